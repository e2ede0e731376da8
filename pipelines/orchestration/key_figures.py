"""The key figures of every month, as numbers that Dagster draws: each month is told once, and again where its figures have changed."""

from typing import cast

import dagster as dg

from pipelines import duck
from pipelines.reports.pages.resume import KEY_FIGURES

KEY = dg.AssetKey(["report", "key_figures"])

_MONTHS = "mois_publies"
# The months that are published, and no others: of a range of months the screens would draw the last ones up to today, come or not.
PUBLISHED_MONTHS = dg.DynamicPartitionsDefinition(name=_MONTHS)

# More events than a history of months holds; of older ones a month is told again, which shows the same.
_TOLD_AT_MOST = 1000

_TOTALS = """
select strftime(v.period, '%Y-%m') as month,
  i.label || case when i.unit = 'part' then ' (%)' when i.shape = 'count' then '' else ' (' || i.unit || ')' end as name,
  round(case when i.unit = 'part' then 100 else 1 end * v.value, 2)::double as figure
from mart.indicator_value v
join mart.indicator i on i.indicator = v.indicator
where list_contains($indicators, v.indicator) and v.grain = 'month' and v.dimension = 'total' and isfinite(v.value)
order by month, list_position($indicators, v.indicator)
"""

# The figures of a month by their names, parts as percentages.
Figures = dict[str, float]


def by_month(con: duck.Connection) -> dict[str, Figures]:
    """The totals of the key figures by month, oldest first; of a month only those that have a value."""
    months: dict[str, Figures] = {}
    for month, name, figure in con.execute(_TOTALS, {"indicators": list(KEY_FIGURES)}).fetchall():
        months.setdefault(month, {})[name] = figure
    return months


def record(context: dg.AssetExecutionContext, months: dict[str, Figures]) -> None:
    """Tell Dagster of the months whose figures it does not show yet: an event costs, and most months stay what they were."""
    _publish(context.instance, list(months))
    told = _told(context.instance, list(months))
    for month, figures in months.items():
        if told.get(month) != figures:
            context.log_event(dg.AssetMaterialization(KEY, partition=month, metadata=_numbers(figures)))


def latest(months: dict[str, Figures]) -> dict[str, dg.MetadataValue]:
    """The key figures of the last month, with its name."""
    if not months:
        return {}
    month, figures = list(months.items())[-1]
    return {"mois": dg.MetadataValue.text(month), **_numbers(figures)}


def _numbers(figures: Figures) -> dict[str, dg.MetadataValue]:
    return {name: dg.MetadataValue.float(figure) for name, figure in figures.items()}


def _publish(instance: dg.DagsterInstance, months: list[str]) -> None:
    """Let Dagster know the months, which it draws in the order it came to know them: others, or another order, are forgotten first."""
    known = list(instance.get_dynamic_partitions(_MONTHS))
    if known != months[: len(known)]:
        for month in known:
            instance.delete_dynamic_partition(_MONTHS, month)
        known = []
    if new := months[len(known) :]:
        instance.add_dynamic_partitions(_MONTHS, new)


def _told(instance: dg.DagsterInstance, months: list[str]) -> dict[str, Figures]:
    """What Dagster shows of these months: of several events the last."""
    told: dict[str, Figures] = {}
    if months:
        asked = dg.AssetRecordsFilter(asset_key=KEY, asset_partitions=months)
        for one in instance.fetch_materializations(asked, limit=_TOLD_AT_MOST).records:
            event = one.asset_materialization
            if event and event.partition:
                told.setdefault(event.partition, {name: cast(float, shown.value) for name, shown in event.metadata.items()})
    return told
