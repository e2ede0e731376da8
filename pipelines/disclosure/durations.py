"""What a pack may show of how long things take: by year of entry, at half-years, once all who entered that year have been followed.

A curve drawn month by month shows what became of one person in one month. Here it has a point only where, since the point before,
nobody or as many as may be told have gone; and a year whose entries are not all known for so long has none, for it would move with
every delivery.
"""

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

import polars as pl

from pipelines import duck
from pipelines.contracts.thresholds import Thresholds
from pipelines.disclosure.cells import Counted
from pipelines.indicators.counts import Persons, equalities

_GRID = 6
_OUTCOME = "outcome"
# Those still there after so many months, of all who entered a system in a year.
_SURVIVAL = """
select system, cohort, months, at_risk, retention, mature from mart.system_survival
where mature and months % $grid = 0 and make_date(try_cast(cohort as integer), 12, 1) + to_months(months::integer) <= $period
order by system, cohort, months
"""
# Those without a solution after so many months, of all whom the case management took in a year.
_SOLVED = """
with entered as (
  select cohort, max(at_risk) as entered from mart.outcome_incidence where process = 'CM_FP' and months = 0 group by cohort
)
select i.cohort, i.months, e.entered, round(sum(e.entered * i.naive))::bigint as solved
from mart.outcome_incidence i
join entered e using (cohort)
join core.code c on c.list = 'cm_fp_solution' and c.code = i.outcome
where i.process = 'CM_FP' and i.cohort <> 'ALL' and i.mature and i.months % $grid = 0
  and make_date(try_cast(i.cohort as integer), 12, 1) + to_months(i.months::integer) <= $period
group by all order by i.cohort, i.months
"""
# How the registrations and files of a year have ended two years later, and how many have not.
_ENDED = """
with entered as (
  select process, cohort, max(at_risk) as entered from mart.outcome_incidence where months = 0 group by process, cohort
),
ended as (
  select i.process, i.cohort, i.outcome, e.entered, round(e.entered * i.naive)::bigint as ended
  from mart.outcome_incidence i
  join entered e using (process, cohort)
  where i.process <> 'CM_FP' and i.cohort <> 'ALL' and i.mature and i.months = $read_at
    and make_date(try_cast(i.cohort as integer), 12, 1) + to_months(i.months::integer) <= $period
)
select process, cohort, outcome, entered, ended from ended
union all
select process, cohort, 'WAITING', any_value(entered), any_value(entered) - sum(ended)::bigint from ended group by process, cohort
order by process, cohort, outcome
"""
READ_AT = 24
_ENDS = "ends:"


def ends(con: duck.Connection, period: object) -> pl.DataFrame:
    """How a year's entries have ended, as rows of an indicator, so that they are controlled as all others are."""
    rows = duck.frame(con, _ENDED, {"period": period, "read_at": READ_AT})
    return rows.select(
        indicator=_ENDS + pl.col("process"),
        grain=pl.lit("year"),
        period=pl.date(pl.col("cohort").cast(pl.Int32), 1, 1),
        dimension=pl.lit(_OUTCOME),
        member="outcome",
        numerator=pl.col("ended").cast(pl.Float64),
        denominator=pl.col("entered").cast(pl.Float64),
        value=pl.col("ended") / pl.col("entered"),
        complete=pl.lit(True),
        mature=pl.lit(True),
        reason=pl.lit(None, pl.String),
    )


def counted_ends(rows: pl.DataFrame) -> dict[str, Counted]:
    """What the control has to know of them: the ends, and those that wait, are all who entered."""
    return {
        name: Counted(
            "ratio", Persons("flow", True, True), frozenset(), equalities(f"denominator by {_OUTCOME} = sum", indicator=name), True
        )
        for name in rows["indicator"].unique()
    }


def told_ends(rows: pl.DataFrame) -> pl.DataFrame:
    """Of the rows that passed the control: process, cohort, outcome, share and reason."""
    return rows.filter(pl.col("indicator").str.starts_with(_ENDS)).select(
        process=pl.col("indicator").str.strip_prefix(_ENDS),
        cohort=pl.col("period").dt.year().cast(pl.String),
        outcome="member",
        incidence="value",
        entered="denominator",
        reason="reason",
    )


def survival(con: duck.Connection, period: object, thresholds: Thresholds) -> pl.DataFrame:
    """The rows of `mart.system_survival` that may be shown."""
    rows = duck.frame(con, _SURVIVAL, {"period": period, "grid": _GRID})
    kept = []
    for _, group in groupby(rows.iter_rows(named=True), key=itemgetter("system", "cohort")):
        line = list(group)
        entered = line[0]["at_risk"]
        kept += _told(line, [entered - row["at_risk"] for row in line], entered=entered, thresholds=thresholds)
    return pl.DataFrame(kept, schema=rows.schema)


def solved(con: duck.Connection, period: object, thresholds: Thresholds) -> pl.DataFrame:
    """The share with a solution by year of announcement, all solutions together: `cohort`, `months`, `entered`, `incidence`."""
    rows = duck.frame(con, _SOLVED, {"period": period, "grid": _GRID})
    kept = []
    for _, group in groupby(rows.iter_rows(named=True), key=itemgetter("cohort")):
        line = list(group)
        kept += _told(line, [row["solved"] for row in line], entered=line[0]["entered"], thresholds=thresholds)
    return pl.DataFrame(kept, schema=rows.schema).select("cohort", "months", "entered", incidence=pl.col("solved") / pl.col("entered"))


def _told(line: Iterable[dict], gone: list[int], *, entered: int, thresholds: Thresholds) -> list[dict]:
    """The points of a line that may be told: enough entered, and as many have gone since the last point, and are left."""
    if entered < thresholds.share:
        return []
    told, last = [], 0
    for row, count in zip(line, gone, strict=True):
        if all(number == 0 or number >= thresholds.count for number in (count - last, entered - count)):
            told.append(row)
            last = count
    return told
