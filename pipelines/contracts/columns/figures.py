"""Columns of published figures against counted ones."""

from pipelines.contracts.columns.column import Column, Kind

COLUMNS = (
    Column("figure", Kind.TEXT, "Chiffre publié", "Veröffentlichte Zahl", "Nom du chiffre publié."),
    Column("qualifier", Kind.CODE, "Précision", "Genauigkeit", "= exact, > plus que, ~ environ."),
    Column("published", Kind.NUMBER, "Publié", "Veröffentlicht", "Valeur publiée."),
    Column("low", Kind.NUMBER, "Au moins", "Mindestens", "Plus petite valeur compatible avec le chiffre publié."),
    Column("high", Kind.NUMBER, "Au plus", "Höchstens", "Plus grande valeur compatible avec le chiffre publié; vide: sans limite."),
    Column("computed", Kind.NUMBER, "Calculé", "Berechnet", "Valeur comptée dans les lignes."),
    Column("difference", Kind.NUMBER, "Écart", "Abweichung", "Calculé moins publié."),
    Column(
        "matches", Kind.YES_NO, "Concorde", "Stimmt überein", "Vrai si le calcul concorde; vide si les données n'atteignent pas la période."
    ),
)
