"""Columns of registrations at the employment office, and of what is waited for until it ends."""

from pipelines.contracts.columns.column import Column, Kind

COLUMNS = (
    Column("registered_on", Kind.DATE, "Date d'inscription", "Anmeldedatum", "Premier jour de l'inscription à l'ORP."),
    Column("spells", Kind.WHOLE, "Périodes", "Zeiträume", "Périodes de prestation réunies."),
    Column(
        "process",
        Kind.CODE,
        "Processus",
        "Prozess",
        "Ce qui est suivi jusqu'à son issue: CM_FP (de l'annonce à la clôture), RESEAU_CII (de la détection à la clôture) ou CHOMAGE "
        "(de l'inscription à sa fin).",
    ),
    Column(
        "course_id",
        Kind.TEXT,
        "Parcours",
        "Verlauf",
        "Ce qui le distingue des autres de la personne: numéro du dossier ou, d'une inscription, son premier jour.",
    ),
    Column("entered_on", Kind.DATE, "Date d'entrée", "Eintrittsdatum", "Jour de l'annonce, de la détection ou de l'inscription."),
    Column("observed_to", Kind.DATE, "Observé jusqu'au", "Beobachtet bis", "Jour de l'issue ou, sans issue connue, dernier jour observé."),
    Column(
        "observable_months",
        Kind.WHOLE,
        "Mois observables",
        "Beobachtbare Monate",
        "Mois entiers de l'entrée au dernier jour que les données permettent d'observer.",
    ),
)
