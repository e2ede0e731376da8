"""What a delivery is held to by what other deliveries say, computed at each rebuild."""

from pipelines.contracts.rules.rule import Rule

RULES = (
    Rule(
        "measure.not_in_inventory",
        "warning",
        "Cette mesure ne figure pas dans l'inventaire de la même période.",
        "Vérifiez le numéro; s'il est juste, demandez au SEMP de porter la mesure à l'inventaire.",
        "Diese Massnahme steht nicht im Inventar derselben Periode.",
        "Prüfen Sie die Nummer; stimmt sie, bitten Sie das SEMP, die Massnahme ins Inventar aufzunehmen.",
    ),
    Rule(
        "measure.unknown",
        "warning",
        "Cette mesure ne figure dans aucun inventaire reçu.",
        "Vérifiez le numéro; s'il est juste, demandez au SEMP de porter la mesure à l'inventaire.",
        "Diese Massnahme steht in keinem erhaltenen Inventar.",
        "Prüfen Sie die Nummer; stimmt sie, bitten Sie das SEMP, die Massnahme ins Inventar aufzunehmen.",
    ),
    Rule(
        "participation.unknown",
        "warning",
        "Cette participation ne figure dans aucun envoi de participations de votre service.",
        "Vérifiez le numéro, ou annoncez la participation.",
        "Diese Teilnahme steht in keiner Teilnahmelieferung Ihres Dienstes.",
        "Prüfen Sie die Nummer, oder melden Sie die Teilnahme.",
    ),
    Rule(
        "indicator.unknown",
        "warning",
        "Cet indicateur n'est pas au catalogue.",
        "Indiquez l'identifiant d'un indicateur du catalogue (cii dictionary), ou laissez la cellule vide.",
        "Dieser Indikator steht nicht im Katalog.",
        "Geben Sie die Kennung eines Indikators des Katalogs an (cii dictionary), oder lassen Sie die Zelle leer.",
    ),
)
