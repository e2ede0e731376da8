"""Columns of what is opened, lasts and ends: cases, situations, spells; as sent and as known at a rebuild."""

from pipelines.contracts.columns.column import Column, Kind

COLUMNS = (
    Column("case_id", Kind.TEXT, "No dossier", "Dossiernummer", "Numéro du dossier ou de la situation, donné par le service."),
    Column("announced_on", Kind.DATE, "Date d'annonce", "Meldedatum", "Jour de l'annonce."),
    Column("closed_on", Kind.DATE, "Date de clôture", "Abschlussdatum", "Jour de la clôture; vide tant que c'est ouvert."),
    Column("outcome", Kind.CODE, "Issue", "Ergebnis", "Comment cela s'est terminé; vide tant que c'est ouvert."),
    Column("started_on", Kind.DATE, "Date de début", "Beginn", "Premier jour."),
    Column("ended_on", Kind.DATE, "Date de fin", "Ende", "Dernier jour; vide tant que cela dure."),
    Column("end_reason", Kind.CODE, "Motif de fin", "Grund des Endes", "Pourquoi cela s'est terminé; vide tant que cela dure."),
    Column("open", Kind.WHOLE, "Ouvertes", "Offen", "Situations ouvertes au dernier jour du mois."),
    Column(
        "capacity", Kind.NUMBER, "Capacité", "Kapazität", "Situations qui peuvent être suivies à la fois; vide si elle n'est pas connue."
    ),
    Column("last_seen", Kind.DATE, "Dernier mois vu", "Zuletzt gesehen", "Premier jour du dernier mois en vigueur où la clé figure."),
    Column("solved", Kind.YES_NO, "Solution", "Lösung", "Vrai si le dossier est clos avec une issue qui compte comme solution."),
    Column("announced_now", Kind.YES_NO, "Annoncé ce mois", "Neu gemeldet", "Vrai si l'annonce tombe dans ce mois."),
    Column("closed_now", Kind.YES_NO, "Clos ce mois", "Neu abgeschlossen", "Vrai si la clôture tombe dans ce mois."),
    Column(
        "vanished_on",
        Kind.DATE,
        "Disparu le",
        "Verschwunden am",
        "Dernier jour du dernier mois vu, pour une clé disparue sans date de fin.",
    ),
    Column(
        "covered_to",
        Kind.DATE,
        "Couvert jusqu'au",
        "Gedeckt bis",
        "Dernier jour de la période de prestation: sa fin ou, tant qu'elle dure, celle du mois de sa dernière ligne en vigueur.",
    ),
)
