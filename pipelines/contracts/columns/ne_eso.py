"""Columns of the criteria that a candidacy in a social enterprise (NE-ESO) is held to."""

from pipelines.contracts.columns.column import Column, Kind

COLUMNS = (
    Column(
        "productivity_from", Kind.NUMBER, "Productivité dès", "Produktivität ab", "Plus basse productivité admise par la règle du jour."
    ),
    Column(
        "productivity_to", Kind.NUMBER, "Productivité jusqu'à", "Produktivität bis", "Plus haute productivité admise par la règle du jour."
    ),
    Column("debt_to", Kind.NUMBER, "Dettes jusqu'à", "Schulden bis", "Dettes les plus élevées admises par la règle du jour, en francs."),
    Column(
        "meets_productivity", Kind.YES_NO, "Productivité admise", "Produktivität erfüllt", "Vrai si la productivité est dans les bornes."
    ),
    Column(
        "meets_dependants",
        Kind.YES_NO,
        "Sans charge de famille",
        "Ohne Familienpflichten",
        "Vrai si la personne est sans charge de famille.",
    ),
    Column(
        "meets_social_problem",
        Kind.YES_NO,
        "Sans problématique lourde",
        "Ohne schwere Problematik",
        "Vrai si aucune problématique sociale lourde n'est constatée.",
    ),
    Column("meets_debt", Kind.YES_NO, "Dettes admises", "Schulden erfüllt", "Vrai si les dettes ne dépassent pas la limite."),
    Column(
        "meets_age", Kind.YES_NO, "Âge admis", "Alter erfüllt", "Vrai si l'âge à la candidature est dans les bornes; vide s'il est inconnu."
    ),
    Column("eligible", Kind.YES_NO, "Admissible", "Zulassungsfähig", "Vrai si tous les critères du jour de la candidature sont remplis."),
    Column("criterion", Kind.CODE, "Critère", "Kriterium", "Critère NE-ESO que la candidature ne remplit pas."),
)
