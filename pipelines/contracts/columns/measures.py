"""Columns of measures and programmes: participations, use, observations, actions."""

from pipelines.contracts.columns.column import Column, Kind

COLUMNS = (
    Column("measure_id", Kind.TEXT, "No mesure", "Massnahmennummer", "Numéro de la mesure dans l'inventaire."),
    Column("participation_id", Kind.TEXT, "No participation", "Teilnahmenummer", "Numéro de la participation, donné par le service."),
    Column("provider", Kind.TEXT, "Organisateur", "Veranstalter", "Institution qui conduit le programme ou la mesure."),
    Column("branch", Kind.CODE, "Branche", "Branche", "Section NOGA 2008, une lettre de A à U."),
    Column("places", Kind.WHOLE, "Places", "Plätze", "Nombre de places."),
    Column("action_id", Kind.TEXT, "No action", "Aktionsnummer", "Numéro de l'action des axes ou de l'action corrective."),
    Column("action", Kind.TEXT, "Action", "Aktion", "Ce qui est entrepris, en une phrase."),
    Column("former_names", Kind.TEXT, "Anciens noms", "Frühere Namen", "Noms que la mesure a portés avant, sous le même numéro."),
    Column("open_at_end", Kind.YES_NO, "Ouverte à la fin", "Am Ende offen", "Vrai si la mesure est ouverte au dernier jour du mois."),
    Column("in_use", Kind.WHOLE, "Utilisée", "Genutzt", "Participations qui ont duré au moins un jour dans le mois."),
    Column("ongoing", Kind.WHOLE, "En cours", "Laufend", "Participations ouvertes au dernier jour du mois."),
    Column("entries", Kind.WHOLE, "Entrées", "Eintritte", "Participations commencées dans le mois."),
    Column("exits", Kind.WHOLE, "Sorties", "Austritte", "Ce qui se termine: participations dans le mois, épisodes à ce nombre de mois."),
    Column("placed", Kind.WHOLE, "Placements", "Vermittlungen", "Participations terminées dans le mois par un emploi ou une formation."),
    Column("dropped_out", Kind.WHOLE, "Abandons", "Abbrüche", "Participations terminées dans le mois par un abandon ou une exclusion."),
    Column(
        "services",
        Kind.TEXT,
        "Services utilisateurs",
        "Nutzende Dienste",
        "Services qui ont utilisé la mesure en douze mois, ou dans l'année, joints par +; vide: aucun.",
    ),
    Column(
        "mixed",
        Kind.CODE,
        "Mesure mixte",
        "Gemischte Massnahme",
        "OUI si deux services ou plus ont utilisé la mesure en douze mois, ou dans l'année; sinon NON.",
    ),
    Column("first_score", Kind.WHOLE, "Première note", "Erste Bewertung", "Première note de la participation dans cette dimension."),
    Column("last_score", Kind.WHOLE, "Dernière note", "Letzte Bewertung", "Dernière note de la participation dans cette dimension."),
    Column("progress", Kind.WHOLE, "Progression", "Fortschritt", "Dernière note moins la première."),
)
