"""The frame around an indicator's query: every month, every member, and what an empty value means.

A query counts; the frame gives what all indicators share. Each month between the first and the latest in force has a row
for each member: 0 only where the month's delivery is in force, else empty with its reason (indicators.md, general rules).
"""

from pipelines.contracts.codes import NOT_STATED
from pipelines.contracts.registry import CODE_LISTS
from pipelines.indicators.catalogue import Dimension, Indicator

_SUMS = {
    "count": "sum(numerator)::double as numerator, null::double as denominator, null::double as statistic",
    "ratio": "sum(numerator)::double as numerator, sum(denominator)::double as denominator, null::double as statistic",
    "median": "null::double as numerator, count(observation)::double as denominator, median(observation)::double as statistic",
}

# What a month without any counted row holds, where its delivery is in force.
_NOTHING = {"count": ("0", "null"), "ratio": ("0", "0"), "median": ("null", "0")}

_VALUE = {
    "count": "numerator",
    # Adding 0 makes the zero of a negative denominator a plain one.
    "ratio": "case when denominator <> 0 then numerator / denominator + 0 end",
    "median": "statistic",
}


def framed(indicator: Indicator, *, datasets: tuple[str, ...]) -> tuple[str, dict[str, object]]:
    """The SELECT that makes the indicator's table, with its parameters.

    An indicator that rests on no dataset speaks of the deliveries themselves: a month without any is a fact about it, not a
    gap in it.
    """
    about_deliveries = not datasets
    shape = indicator.shape
    numerator, denominator = _NOTHING[shape]
    select = f"""
with counted as (
{indicator.query.select}
),
calendar as (select period, last_day from core.calendar where cadence = 'monthly'),
delivered as (
  select period, bool_or(in_force) as received, bool_or(owed and not in_force) as lacking
  from core.delivery_month where $all_datasets or list_contains($datasets, dataset) group by period
),
span as (select min(period) as first, max(period) as last from delivered where received),
month as (
  select c.period, $all_datasets or coalesce(d.received, false) as received,
    $all_datasets or coalesce(d.received, false) and not exists (
      select 1 from delivered l where l.lacking and l.period <= c.period
      and ($window is null or l.period > c.period - to_months($window))
    ) and not exists (
      -- A run from a later month on knows nothing of the months before it, though they were owed.
      select 1 from core.sending s where list_contains($datasets, s.dataset) and s.owed_from < $first::date
      and ($window is null or c.period - to_months($window - 1) < $first::date)
    ) as complete,
    $window is null or date_diff('month', span.first, c.period) >= $window - 1 as mature
  from calendar c join span on c.period between span.first and span.last left join delivered d on d.period = c.period
),
cell as ({" union ".join(_members(dimension) for dimension in indicator.dimensions)}),
summed as ({" union all ".join(_grouped(dimension, shape) for dimension in indicator.dimensions)}),
placed as (
  select month.period, cell.dimension, cell.member, month.complete, month.mature, month.received,
    case when summed.period is not null then summed.numerator else {numerator} end as numerator,
    case when summed.period is not null then summed.denominator else {denominator} end as denominator,
    summed.statistic
  from month cross join cell
  left join summed on summed.period = month.period and summed.dimension = cell.dimension and summed.member = cell.member
)
select $indicator as indicator, 'month' as grain, period, dimension, member,
  case when received then numerator end as numerator,
  case when received then denominator end as denominator,
  case when received then {_VALUE[shape]} end as value,
  complete, mature,
  case when not received then 'NOT_RECEIVED' when {_VALUE[shape]} is null then 'NOT_APPLICABLE' end as reason
from placed
"""
    return select, {
        "indicator": indicator.name,
        "datasets": list(datasets),
        "all_datasets": about_deliveries,
        "window": indicator.window,
    }


def _members(dimension: Dimension) -> str:
    """Every code of a closed list, the members seen of an open one, and what is not stated where that occurs."""
    name = dimension.name
    if name == "total":
        return "select 'total' as dimension, 'total' as member"
    seen = f"select distinct '{name}' as dimension, {_member(name)} as member from counted"
    if dimension.code_list not in CODE_LISTS:
        return seen
    return f"select '{name}' as dimension, code as member from core.code where list = '{dimension.code_list}' union {seen}"


def _grouped(dimension: Dimension, shape: str) -> str:
    name = dimension.name
    if name == "total":
        return f"select period, 'total' as dimension, 'total' as member, {_SUMS[shape]} from counted group by period"
    return f"select period, '{name}' as dimension, {_member(name)} as member, {_SUMS[shape]} from counted group by period, {_member(name)}"


def _member(name: str) -> str:
    return f"coalesce({name}, '{NOT_STATED.code}')"
