"""The tables that a pack is made from: a database of its own, which holds what passed the control and nothing else.

A page can leak only what it can read. So the pages of a pack do not see the warehouse but this database, and a table that is not
named here is not in it.
"""

import datetime as dt
from collections.abc import Callable, Collection, Mapping

import polars as pl

from pipelines import duck
from pipelines.contracts.thresholds import Thresholds
from pipelines.disclosure import durations
from pipelines.disclosure.cells import Place, cells_of, counted_of
from pipelines.disclosure.control import Shown, controlled
from pipelines.disclosure.over_time import NOT_MOVED, Before

# Lists, rules, and what is known of deliveries, programmes and agreements: nothing of a person.
_WHOLE = (
    "core.age_group",
    "core.agreement",
    "core.axis_action",
    "core.benefit",
    "core.code",
    "core.corrective_action",
    "core.delivery_month",
    "core.linked_service",
    "core.parameter",
    "core.release",
    "core.rule",
    "core.sending",
    "mart.indicator",
    "mart.reference_value",
    "mart.target",
)
# What is told of a table that holds more.
_PART = {
    "core.budget": "select service, measure_id, period, budget, reserved_places from core.budget",
    # The measures themselves, and which services use them; how many persons do is for the indicators to say.
    "core.measure": "select measure_id, measure, provider, target_group from core.measure",
    "core.measure_month": "select * exclude (delivery_id, line) from core.measure_month",
    "core.measure_period": "select * from core.measure_period",
    "stg.delivery": "select delivery_id, service, dataset, period, file, version, status, sample, received_at from stg.delivery",
    # Which rule a file breaks; not in which line, nor what is written there.
    "mart.finding": "select delivery_id, rule, severity, null::varchar as message from mart.finding",
}
_VALUES = """
select indicator, grain, period, dimension, member, numerator, denominator, value, complete, mature, reason
from mart.indicator_value where period <= $period
"""
# A service's lines are its persons: how many there are is told in whole hundreds, over all deliveries of a figure, and the share of
# those rejected in whole per cent, of a hundred at least.
_BASIS = """
select * replace (
  rows_read // 100 * 100 as rows_read,
  null::bigint as rows_rejected,
  case when rows_read >= 100 then if(rejected_share < 0.01, 0, round(rejected_share, 2)) end as rejected_share
)
from mart.figure_basis where period <= $period
"""
# What was printed is no secret, where the rows give the same.
_PRINTED = """
select indicator, grain, period, dimension, member from mart.figure_of_record where qualifier = '=' and matches and period <= $period
"""
# What a place costs is known, so that what a measure cost would say how many persons were in it. By service, or for the mixed
# measures and the others, it is told where no member of the breakdown had too few of them in the period.
_MONEY = """
with few as (
  select grain, period, dimension from (
    select grain, period, dimension, member, sum(numerator) as persons from mart.indicator_value
    where indicator in ('measure_participants', 'measure_exits') and dimension in ('service', 'mixed')
    group by all having persons > 0 and persons < $least
  )
  group by all
)
select indicator, grain, period, dimension, member, numerator, denominator, value, complete, mature, reason
from mart.indicator_value anti join few using (grain, period, dimension)
where indicator in $money and period <= $period and dimension in ('total', 'service', 'mixed')
"""
_PRICED = ("measure_cost", "measure_budget_used")
# The lines of a service's file are its persons of the month: of those that were rejected the share is told, in whole per cent.
OF_LINES = "delivery_reject_rate"
# A figure that was counted stands beside the printed one only where it is that one, or is shown anyway.
_RECORD = """
select f.* replace (
  case when f.qualifier = '=' and f.matches or v.value is not null then f.computed end as computed,
  case when f.qualifier = '=' and f.matches or v.value is not null then f.difference end as difference
)
from mart.figure_of_record f
left join mart.indicator_value v using (indicator, grain, period, dimension, member)
"""


# Rows like those of `mart.indicator_value`: what a release tells, and later packs know of.
TOLD = ("mart.indicator_value", "mart.end_value")
# What a pack shows, asked of tables like its own that still hold all.
Asking = Callable[[duck.Connection], Collection[Shown]]
# Of what was told and is another now, what may be told of it; where a breakdown changed, the parts of the change may be too small.
_REVISED = """
select r.* replace (v.numerator as numerator, v.denominator as denominator, v.value as value, v.reason as reason)
from revision r join mart.indicator_value v using (indicator, grain, period, dimension, member)
where v.value is not null and v.reason is null or v.reason in ('NOT_RECEIVED', 'NOT_APPLICABLE', 'NOT_LINKED')
"""
_EFFECTS = """
select e.* replace (case when e.dimension = 'total' then e.effect end as effect)
from revision_effect e semi join mart.revision using (indicator, grain, period, dimension, member)
"""
# By how much a new definition differs from the one before it: a share in whole per cent, a count where it is not too small.
_REDEFINED = """
select c.* replace (
  case when i.unit = 'part' then round(c.value_before, 2) else c.value_before end as value_before,
  case when i.unit = 'part' then round(v.value, 2) else v.value end as value
)
from definition_change c join mart.indicator i using (indicator)
join mart.indicator_value v using (indicator, grain, period, dimension, member)
where c.dimension = 'total' and v.value is not null and v.reason is null
  and (i.person_counts = 'none' or i.unit = 'part' or abs(c.value_change) >= $least)
"""


def shown(
    con: duck.Connection,
    period: dt.date,
    *,
    asking: Asking,
    thresholds: Thresholds,
    told: pl.DataFrame | None = None,
    moving: bool = False,
) -> duck.Connection:
    """The database of a month's pack.

    Args:
        con: the warehouse.
        period: the month.
        asking: asks the pages which indicators they show.
        thresholds: how few persons may be told of.
        told: what releases told last, as rows like those of `mart.indicator_value`, with the day as `released_on`.
        moving: whether the pack is released.

    Raises:
        CiiError: something hidden would follow from what is shown.
    """
    ends = durations.ends(con, period)
    values = duck.frame(con, _VALUES, {"period": period})
    every = pl.concat([values, ends])
    counted = counted_of(duck.frame(con, "select * from mart.indicator")) | durations.counted_ends(ends)
    printed = {Place(*row) for row in duck.frame(con, _PRINTED, {"period": period}).iter_rows()}
    said = {} if told is None else {cell.place: cell for cell in cells_of(told)}
    before = Before(printed, said, moving)
    tables = {name: duck.frame(con, f"select * from {name}") for name in (*_WHOLE, "mart.figure_of_record")}
    tables |= {name: duck.frame(con, select) for name, select in _PART.items()}
    tables |= {
        "mart.figure_basis": duck.frame(con, _BASIS, {"period": period}),
        "mart.system_survival": durations.survival(con, period, thresholds),
        "mart.cm_fp_solved": durations.solved(con, period, thresholds),
    }
    whole_tables = {"mart.indicator_value": values, "mart.end_share": durations.told_ends(ends), "mart.standing": _standing(values, None)}
    with database_of(tables | whole_tables) as whole:
        _fill_revisions(con, whole, period, least=thresholds.count)
        asked = {*asking(whole), *ends.select("indicator", "dimension", "grain").rows()}
    passed = controlled(every, counted, period=period, asked=asked, before=before, thresholds=thresholds)
    money = duck.frame(
        con, _MONEY, {"period": period, "least": thresholds.count, "money": list({name for name, _, _ in asked} & {*_PRICED})}
    )
    of_ends = pl.col("indicator").is_in(ends["indicator"].unique().to_list())
    told_ends = passed.filter(of_ends)
    told_values = _without_lines(pl.concat([passed.filter(~of_ends & ~pl.col("indicator").is_in(_PRICED)), money]))
    tables |= dict(zip(TOLD, (told_values, told_ends), strict=True)) | {"mart.end_share": durations.told_ends(told_ends)}
    tables["mart.standing"] = _standing(told_values, told)
    database = database_of(tables)
    duck.fill(database, "mart.figure_of_record", duck.frame(database, _RECORD))
    _fill_revisions(con, database, period, least=thresholds.count)
    return database


def _without_lines(values: pl.DataFrame) -> pl.DataFrame:
    """The values without the numbers of lines."""
    of_lines, none = pl.col("indicator") == OF_LINES, pl.lit(None, pl.Float64)
    return values.with_columns(
        numerator=pl.when(of_lines).then(none).otherwise("numerator"),
        denominator=pl.when(of_lines).then(none).otherwise("denominator"),
        value=pl.when(of_lines).then(pl.col("value").round(2)).otherwise("value"),
    )


def _standing(values: pl.DataFrame, told: pl.DataFrame | None) -> pl.DataFrame:
    """The figures that stand as they were released, each with the day."""
    stands = values.filter(pl.col("reason") == NOT_MOVED).select(Place._fields)
    if told is None:
        return stands.with_columns(released_on=pl.lit(None, pl.Date))
    return stands.join(told.select(*Place._fields, "released_on"), on=list(Place._fields), maintain_order="left")


def _fill_revisions(con: duck.Connection, database: duck.Connection, period: dt.date, *, least: int) -> None:
    """Put into the database what may be told of revised figures and new definitions."""
    for name, select, given in (
        ("mart.revision", _REVISED, {}),
        ("mart.revision_effect", _EFFECTS, {}),
        ("mart.definition_change", _REDEFINED, {"least": least}),
    ):
        limit = " where revised and period <= $period" if name == "mart.revision" else " where period <= $period"
        rows = duck.frame(con, f"select * from {name}{limit}", {"period": period})
        with duck.lent(database, name.removeprefix("mart."), rows):
            duck.fill(database, name, duck.frame(database, select, given))


def database_of(tables: Mapping[str, pl.DataFrame]) -> duck.Connection:
    """A database of these tables alone."""
    database = duck.in_memory()
    for name, rows in tables.items():
        duck.fill(database, name, rows)
    return database
