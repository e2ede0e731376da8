"""What Dagster checks of the made tables beyond their contracts."""

from collections.abc import Iterator
from dataclasses import dataclass

import dagster as dg

from pipelines import duck
from pipelines.errors import CiiError


@dataclass(frozen=True)
class Check:
    """A condition on the tables: a query for what breaks it.

    Attributes:
        name: its name in Dagster.
        asset: the table it is shown at.
        says: what holds, in French.
        breaking: SELECT that counts what breaks it.
        blocking: whether nothing may be published while it fails.
    """

    name: str
    asset: tuple[str, str]
    says: str
    breaking: str
    blocking: bool = True


CHECKS = (
    Check(
        "lignes_conservees",
        ("core", "delivery_month"),
        "Lignes lues = chargées + écartées + passées, pour chaque livraison du registre.",
        "select count(*) from stg.delivery where rows_read <> rows_loaded + rows_rejected + lines_skipped",
    ),
    Check(
        "une_version_en_vigueur",
        ("core", "delivery_month"),
        "Au plus une version en vigueur par service, jeu de données et période.",
        "select count(*) from (select 1 from stg.delivery where status = 'in_force' group by service, dataset, period having count(*) > 1)",
    ),
    Check(
        "dossiers_conserves",
        ("mart", "cm_fp_announced"),
        "Dossiers annoncés = ouverts + clos + disparus, chaque mois.",
        """
        select count(*) from mart.cm_fp_announced a
        join mart.cm_fp_open o using (period, dimension, member)
        join mart.cm_fp_closed c using (period, dimension, member)
        join mart.cm_fp_vanished v using (period, dimension, member)
        where dimension = 'total' and a.value <> o.value + c.value + v.value
        """,
    ),
    Check(
        "incidence_bornee",
        ("mart", "cm_fp_incidence"),
        "Les incidences de toutes les issues ne dépassent pas 1 ensemble.",
        "select count(*) from (select 1 from mart.cm_fp_incidence group by cohort, months having sum(incidence) > 1 + 1e-9)",
    ),
    Check(
        "ventilations_completes",
        ("mart", "indicator_value"),
        "Les modalités d'un compte s'additionnent à son total.",
        """
        with shape as (select indicator from mart.indicator where denominator_label is null),
        summed as (
          select v.indicator, v.period, v.dimension, sum(v.value) as value
          from mart.indicator_value v join shape s on s.indicator = v.indicator where v.dimension <> 'total' group by all
        )
        select count(*) from summed m
        join mart.indicator_value t on t.indicator = m.indicator and t.period = m.period and t.dimension = 'total'
        where m.value <> t.value
        """,
    ),
    Check(
        "chiffres_publies",
        ("mart", "figure_of_record"),
        "Les chiffres publiés ressortent des lignes.",
        "select count(*) from mart.figure_of_record where matches = false",
        blocking=False,
    ),
)


def specs(schema: str) -> list[dg.AssetCheckSpec]:
    """The checks of a layer, as Dagster declares them."""
    return [
        dg.AssetCheckSpec(check.name, asset=list(check.asset), description=check.says, blocking=check.blocking)
        for check in CHECKS
        if check.asset[0] == schema
    ]


def results(schema: str, con: duck.Connection) -> Iterator[dg.AssetCheckResult]:
    """The results of a layer's checks; raises after the last one if a blocking one failed.

    Raises:
        CiiError: what is made contradicts itself; nothing of it may be published.
    """
    broken = []
    for check in CHECKS:
        if check.asset[0] == schema:
            found = con.execute(check.breaking).fetchone()
            count = int(found[0]) if found else 0
            severity = dg.AssetCheckSeverity.ERROR if check.blocking else dg.AssetCheckSeverity.WARN
            yield dg.AssetCheckResult(
                asset_key=list(check.asset), check_name=check.name, passed=count == 0, severity=severity, metadata={"cas": count}
            )
            if count and check.blocking:
                broken.append(check)
    if broken:
        raise CiiError(
            "Contrôle manqué: " + " ".join(check.says for check in broken) + " Rien n'a été publié; signalez-le à l'équipe cii-monitor."
        )
