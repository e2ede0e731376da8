"""Columns of the indicators: their values, their catalogue and the incidence."""

from pipelines.contracts.columns.column import Column, Kind

COLUMNS = (
    Column("indicator", Kind.TEXT, "Indicateur", "Indikator", "Identifiant d'un indicateur du catalogue, nom de sa table dans mart."),
    Column("grain", Kind.CODE, "Pas de temps", "Zeitschritt", "Mois (month), trimestre (quarter) ou année (year)."),
    Column("dimension", Kind.TEXT, "Ventilation", "Aufgliederung", "total, ou la caractéristique qui ventile le chiffre."),
    Column("member", Kind.TEXT, "Modalité", "Ausprägung", "total, ou le code de la modalité."),
    Column("numerator", Kind.NUMBER, "Numérateur", "Zähler", "Nombre ou somme au numérateur; le chiffre lui-même s'il n'est pas un taux."),
    Column("denominator", Kind.NUMBER, "Dénominateur", "Nenner", "Nombre au dénominateur, ou nombre d'observations d'une médiane."),
    Column("value", Kind.NUMBER, "Valeur", "Wert", "Valeur du chiffre; parts de 0 à 1; vide si non calculable."),
    Column("complete", Kind.YES_NO, "Complet", "Vollständig", "Vrai si toutes les livraisons dues des mois lus sont en vigueur."),
    Column("mature", Kind.YES_NO, "Mûr", "Reif", "Vrai si la fenêtre du chiffre est tout entière dans les données."),
    Column("definition", Kind.TEXT, "Définition", "Definition", "Définition de l'indicateur."),
    Column("definition_version", Kind.WHOLE, "Version de la définition", "Version der Definition", "Numéro de la définition, dès 1."),
    Column("value_before", Kind.NUMBER, "Valeur d'avant", "Wert davor", "Valeur selon la définition d'avant; vide si elle n'en donne pas."),
    Column("value_change", Kind.NUMBER, "Effet de la définition", "Wirkung der Definition", "Valeur moins valeur d'avant."),
    Column("unit", Kind.TEXT, "Unité", "Einheit", "Unité de la valeur."),
    Column("reading", Kind.TEXT, "Sens de lecture", "Lesart", "Comment lire une hausse: favorable, défavorable ou neutre."),
    Column(
        "shape",
        Kind.TEXT,
        "Forme",
        "Form",
        "Un nombre ou une somme (count), un quotient (ratio), une médiane (median) ou une moyenne (mean) d'observations.",
    ),
    Column("numerator_label", Kind.TEXT, "Au numérateur", "Im Zähler", "Ce que compte le numérateur."),
    Column("denominator_label", Kind.TEXT, "Au dénominateur", "Im Nenner", "Ce que compte le dénominateur."),
    Column(
        "reads",
        Kind.TEXT,
        "Mois lus",
        "Gelesene Monate",
        "Mois que le chiffre lit: month (ceux de la période), end (le dernier), trailing N, since N (mois de l'année), cumulated, ou "
        "from A to B (du A-ième mois avant la période au B-ième après).",
    ),
    Column(
        "needs", Kind.TEXT, "Jeux nécessaires", "Nötige Datensätze", "Jeux de données sans lesquels il n'y a pas de chiffre; vide: tous."
    ),
    Column("reads_from", Kind.DATE, "Lit dès", "Liest ab", "Premier mois que lit le chiffre; le 01.01.0001 s'il lit tous les précédents."),
    Column("reads_to", Kind.DATE, "Lit jusqu'à", "Liest bis", "Dernier mois que lit le chiffre."),
    Column(
        "needed",
        Kind.WHOLE,
        "Rang de nécessité",
        "Rang unter den nötigen",
        "Rang parmi les jeux de données nécessaires; vide s'il ne l'est pas.",
    ),
    Column("sender", Kind.CODE, "Expéditeur", "Absender", "Service qui envoie, ou ALL pour tous ensemble."),
    Column("received", Kind.YES_NO, "Reçu", "Erhalten", "Vrai si ce qui est nécessaire au chiffre de la période est en vigueur."),
    Column(
        "linkable",
        Kind.YES_NO,
        "Reliable",
        "Verknüpfbar",
        "Faux si le chiffre rapproche des services dont moins de deux ont une base légale.",
    ),
    Column(
        "rests_on", Kind.TEXT, "Services lus", "Gelesene Dienste", "Services dont les livraisons comptent; vide: tous ceux qui envoient."
    ),
    Column(
        "linked",
        Kind.YES_NO,
        "Chiffre lié",
        "Verknüpfte Zahl",
        "Vrai si le chiffre rapproche ce que plusieurs services disent d'une personne; seuls comptent alors ceux qui ont une base légale.",
    ),
    Column("grains", Kind.TEXT, "Pas de temps offerts", "Verfügbare Zeitschritte", "Pas de temps disponibles: month, quarter, year."),
    Column(
        "overlapping",
        Kind.TEXT,
        "Ventilations qui se recoupent",
        "Überlappende Aufgliederungen",
        "Ventilations dont une même unité peut compter dans plusieurs modalités: leur somme dépasse le total.",
    ),
    Column(
        "person_counts",
        Kind.TEXT,
        "Personnes comptées",
        "Gezählte Personen",
        "Comment bougent les comptes de personnes: stock (présents un jour), flow (ceux de la période), window (plusieurs mois), "
        "cumulated (depuis le début), none (pas de personnes); numerator ou denominator: ce compte seulement, sinon les deux.",
    ),
    Column(
        "equals",
        Kind.TEXT,
        "Comptes égaux",
        "Gleiche Zahlen",
        "Comptes d'autres indicateurs qui sont le même nombre ou s'y additionnent: ce qui est masqué ici s'y lirait.",
    ),
    Column("datasets", Kind.TEXT, "Jeux de données lus", "Gelesene Datensätze", "Jeux de données sur lesquels l'indicateur repose."),
    Column("dimensions", Kind.TEXT, "Ventilations", "Aufgliederungen", "Ventilations disponibles."),
    Column("cohort", Kind.TEXT, "Cohorte", "Kohorte", "Année de l'entrée, ou ALL pour toutes."),
    Column("months", Kind.WHOLE, "Mois écoulés", "Vergangene Monate", "Mois entiers depuis l'entrée."),
    Column("at_risk", Kind.WHOLE, "Sous observation", "Unter Beobachtung", "Ce qui est encore en cours et observé au début de ce mois."),
    Column("events", Kind.WHOLE, "Issues", "Ergebnisse", "Ce qui s'est terminé ainsi à ce nombre de mois."),
    Column(
        "incidence",
        Kind.NUMBER,
        "Incidence cumulée",
        "Kumulierte Inzidenz",
        "Part terminée ainsi jusque-là, parmi ce qui est observé, les autres issues étant concurrentes (Aalen-Johansen).",
    ),
    Column(
        "waiting",
        Kind.NUMBER,
        "Part en attente",
        "Anteil der noch Wartenden",
        "Part encore sans issue après ce mois; elle fait 1 avec les incidences de toutes les issues.",
    ),
    Column(
        "naive",
        Kind.NUMBER,
        "Part naïve",
        "Naiver Anteil",
        "Part terminée ainsi jusque-là, parmi toutes les entrées. Elle ne dépasse jamais l'incidence: ce dont l'observation s'arrête "
        "avant y compte comme s'il n'avait jamais d'issue.",
    ),
)
