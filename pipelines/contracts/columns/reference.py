"""Columns of the calendar, the code lists and the reference files."""

from pipelines.contracts.columns.column import Column, Kind

COLUMNS = (
    Column("last_day", Kind.DATE, "Dernier jour", "Letzter Tag", "Dernier jour de la période, jour de référence des stocks."),
    Column("trailing_from", Kind.DATE, "Douze mois dès", "Zwölf Monate ab", "Premier jour des douze mois qui finissent avec la période."),
    Column("list", Kind.TEXT, "Liste", "Liste", "Nom de la liste de codes."),
    Column("code", Kind.TEXT, "Code", "Code", "Code, tel qu'il est écrit dans les tables."),
    Column("label", Kind.TEXT, "Libellé", "Bezeichnung", "Libellé français."),
    Column("label_de", Kind.TEXT, "Libellé allemand", "Deutsche Bezeichnung", "Libellé allemand."),
    Column("position", Kind.WHOLE, "Rang", "Rang", "Rang dans l'ordre de la liste, du modèle ou du fichier."),
    Column("valid_from", Kind.DATE, "Valable dès", "Gültig ab", "Premier jour de validité; vide: depuis toujours."),
    Column("valid_to", Kind.DATE, "Valable jusqu'au", "Gültig bis", "Dernier jour de validité; vide: encore valable."),
    Column("name", Kind.TEXT, "Nom", "Name", "Nom officiel."),
    Column("successor", Kind.MUNICIPALITY, "Commune suivante", "Nachfolgegemeinde", "Commune qui l'a reprise; vide si elle existe encore."),
    Column("age_from", Kind.WHOLE, "Dès l'âge", "Ab Alter", "Premier âge révolu de la classe, ou admis par la règle du jour."),
    Column(
        "age_to",
        Kind.WHOLE,
        "Jusqu'à l'âge",
        "Bis Alter",
        "Dernier âge révolu de la classe, ou admis par la règle du jour; vide: sans limite.",
    ),
    Column("parameter", Kind.TEXT, "Paramètre", "Parameter", "Nom du paramètre daté."),
    Column("basis", Kind.TEXT, "Base légale", "Rechtsgrundlage", "Loi ou article qui permet de relier les personnes du service."),
    Column("population", Kind.TEXT, "Population", "Grundgesamtheit", "De qui parle la valeur: jamais des personnes du canton."),
    Column("source", Kind.TEXT, "Source", "Quelle", "D'où vient l'information."),
    Column(
        "date", Kind.DATE, "Date", "Datum", "Jour auquel une cible doit être atteinte, ou date que donne un paramètre (mois de référence)."
    ),
)
