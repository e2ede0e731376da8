"""Columns of people's paths between the systems and the services."""

from pipelines.contracts.columns.column import Column, Kind

COLUMNS = (
    Column(
        "benefit_state",
        Kind.CODE,
        "Forme de soutien",
        "Form der Unterstützung",
        "Forme de soutien: AC, AI ou AS pour les trois systèmes, DE, AI_M, FO ou IN pour les autres.",
    ),
    Column(
        "system", Kind.CODE, "Système", "System", "Système de la sécurité sociale: AC, AI (rente) ou AS; vide pour ce qui n'en est pas."
    ),
    Column(
        "system_combination",
        Kind.CODE,
        "Combinaison de systèmes",
        "Kombination von Systemen",
        "Systèmes où est la personne dans ce mois, joints par +.",
    ),
    Column(
        "merged",
        Kind.WHOLE,
        "Périodes réunies",
        "Zusammengefasste Perioden",
        "Périodes qui se recoupent et n'en font ici qu'une; 1: aucune.",
    ),
    Column("first_month", Kind.DATE, "Premier mois", "Erster Monat", "Premier mois, donné par son premier jour."),
    Column("last_month", Kind.DATE, "Dernier mois", "Letzter Monat", "Dernier mois, donné par son premier jour."),
    Column("gap_months", Kind.WHOLE, "Interruption", "Unterbruch", "Mois sans rien à partir desquels une suite de mois est finie."),
    Column(
        "entry_observed",
        Kind.YES_NO,
        "Entrée observée",
        "Eintritt beobachtet",
        "Vrai si les données commencent assez tôt pour que le premier mois soit une entrée.",
    ),
    Column(
        "exit_observed",
        Kind.YES_NO,
        "Sortie observée",
        "Austritt beobachtet",
        "Vrai si les données vont assez loin pour que le dernier mois soit une sortie.",
    ),
    Column("age", Kind.WHOLE, "Âge", "Alter", "Âge révolu au dernier jour du mois."),
    Column("entry_age", Kind.WHOLE, "Âge à l'entrée", "Alter beim Eintritt", "Âge révolu au dernier jour du premier mois."),
    Column("exit_age", Kind.WHOLE, "Âge à la sortie", "Alter beim Austritt", "Âge révolu au dernier jour du dernier mois."),
    Column("persons", Kind.WHOLE, "Personnes", "Personen", "Nombre de personnes."),
    Column(
        "profile",
        Kind.CODE,
        "Profil",
        "Profil",
        "Ce que contiennent les 24 mois depuis l'entrée: un système ou plusieurs, avec ou sans retour.",
    ),
    Column("from_to", Kind.TEXT, "De, vers", "Von, nach", "D'où l'on passe et où l'on arrive, séparés par >; NONE: nulle part."),
    Column(
        "joint_file",
        Kind.YES_NO,
        "Dossier commun",
        "Gemeinsames Dossier",
        "Vrai si un dossier du Réseau CII NE était ouvert dans le mois d'avant, le mois même ou celui d'après.",
    ),
    Column("gap_length", Kind.WHOLE, "Durée de l'interruption", "Dauer des Unterbruchs", "Mois sans aucun soutien."),
    Column(
        "service_before", Kind.TEXT, "Services d'avant", "Dienste davor", "Services du dernier mois avant l'interruption, joints par +."
    ),
    Column(
        "service_after", Kind.TEXT, "Services d'après", "Dienste danach", "Services du premier mois après l'interruption, joints par +."
    ),
    Column(
        "youth_state",
        Kind.TEXT,
        "Services du jeune",
        "Dienste der jungen Erwachsenen",
        "Services dont la personne a une prestation dans le mois, joints par +; GAP entre deux soutiens.",
    ),
    Column("retention", Kind.NUMBER, "Encore là", "Noch da", "Part des épisodes qui durent au moins ce nombre de mois (Kaplan-Meier)."),
)
