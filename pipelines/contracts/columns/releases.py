"""Columns of what was released, and of what changed since."""

from pipelines.contracts.columns.column import Column, Kind

COLUMNS = (
    Column("release", Kind.WHOLE, "Diffusion", "Freigabe", "Numéro de la diffusion, dès 1, tous rapports comptés."),
    Column("pack", Kind.TEXT, "Rapport", "Bericht", "Nom du rapport diffusé."),
    Column("released_on", Kind.DATE, "Diffusé le", "Freigegeben am", "Jour de la diffusion."),
    Column("released_by", Kind.TEXT, "Diffusé par", "Freigegeben durch", "Qui a diffusé, tel qu'indiqué."),
    Column("first_release", Kind.WHOLE, "Première diffusion", "Erste Freigabe", "Diffusion qui a dit le chiffre pour la première fois."),
    Column("value_first", Kind.NUMBER, "Valeur d'abord", "Wert zuerst", "Valeur que la première diffusion a dite."),
    Column("value_said", Kind.NUMBER, "Valeur dite", "Genannter Wert", "Valeur que la dernière diffusion a dite."),
    Column("numerator_said", Kind.NUMBER, "Numérateur dit", "Genannter Zähler", "Numérateur que la dernière diffusion a dit."),
    Column("denominator_said", Kind.NUMBER, "Dénominateur dit", "Genannter Nenner", "Dénominateur que la dernière diffusion a dit."),
    Column("revised", Kind.YES_NO, "Révisé", "Revidiert", "Vrai si le chiffre n'est plus celui de la dernière diffusion."),
    Column(
        "cause",
        Kind.CODE,
        "Cause",
        "Ursache",
        "Ce qui a changé le chiffre: NEW_DATA (livraison nouvelle), CORRECTED_DATA (livraison corrigée ou retirée), "
        "RULE (code, référence ou réglage), DEFINITION (nouvelle version de la définition), LINK (services reliés), RULE_OR_LINK, UNKNOWN.",
    ),
    Column(
        "effect", Kind.NUMBER, "Effet", "Wirkung", "De combien la cause a changé la valeur; vide si l'une des deux n'est pas un nombre."
    ),
)
