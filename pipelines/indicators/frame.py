"""The frame around an indicator's query: every period, every member, and what an empty value means.

A query counts; the frame gives what all indicators share. Each period between the first and the latest month in force has a
row for each member: 0 only where the period's delivery is in force, else empty with its reason (indicators.md, general rules).
"""

from pipelines.contracts.codes import NOT_STATED, SYSTEM_COMBINATION
from pipelines.contracts.registry import CODE_LISTS
from pipelines.indicators.catalogue import SENDER, SYSTEM, Dimension, Indicator

_NO_COUNTS = "null::double as numerator, count(observation)::double as denominator"
_SUMS = {
    "count": "sum(numerator)::double as numerator, null::double as denominator, null::double as statistic",
    "ratio": "sum(numerator)::double as numerator, sum(denominator)::double as denominator, null::double as statistic",
    "median": f"{_NO_COUNTS}, median(observation)::double as statistic",
    "mean": f"{_NO_COUNTS}, avg(observation)::double as statistic",
}

# What a period without any counted row holds, where its delivery is in force.
_NOTHING = {"count": ("0", "null"), "ratio": ("0", "0"), "median": ("null", "0"), "mean": ("null", "0")}

_VALUE = {
    "count": "numerator",
    # Adding 0 makes the zero of a negative denominator a plain one.
    "ratio": "case when denominator <> 0 then numerator / denominator + 0 end",
    "median": "statistic",
    "mean": "statistic",
}


# Where a member says what only some services know: whether they may be linked; and, for nobody to be none, whether all have sent.
_LINKED = "list_has_all((select coalesce(list(service), []) from core.linked_service), cell.needed)"
_HEARD = """(summed.period is not null or not exists (
      select 1 from told other where other.grain = told.grain and other.period = told.period and not other.received
        and list_contains(cell.needed, other.sender)
    ))"""
_ANY = "(coalesce(summed.numerator, 0) <> 0 or coalesce(summed.denominator, 0) <> 0)"


def framed(indicator: Indicator) -> tuple[str, dict[str, object]]:
    """The SELECT that makes the indicator's table, with its parameters."""
    shape = indicator.shape
    numerator, denominator = _NOTHING[shape]
    needed = _needed(indicator)
    linkable = _LINKED if needed and indicator.linked else "true"
    heard = _HEARD if needed else "true"
    select = f"""
with counted as (
select {_grain(indicator)}* from (
{indicator.query.select}
)),
told as (
  select *, bool_or(received) filter (sender = 'ALL') over (partition by grain, period) as received_at_all
  from mart.figure_period
  where indicator = $indicator
),
member as ({" union ".join(_members(dimension) for dimension in indicator.dimensions)}),
cell as (select *, {needed or "null"} as needed from member),
summed as ({" union all ".join(_grouped(dimension, shape) for dimension in indicator.dimensions)}),
placed as (
  select told.grain, told.period, cell.dimension, cell.member, told.complete, told.mature,
    told.linkable and {linkable} as linkable,
    -- What is known of a service's things from its other months counts, also in a month that it has not sent, but others did;
    -- that there were none is not known from there.
    told.linkable and {linkable} and {heard}
      and (told.received or (told.received_at_all and cell.sender <> 'ALL' and {_ANY})) as received,
    case when summed.period is not null then summed.numerator else {numerator} end as numerator,
    case when summed.period is not null then summed.denominator else {denominator} end as denominator,
    summed.statistic
  from told join cell on cell.sender = told.sender
  left join summed on summed.grain = told.grain and summed.period = told.period
    and summed.dimension = cell.dimension and summed.member = cell.member
)
select $indicator as indicator, grain, period, dimension, member,
  case when received then numerator end as numerator,
  case when received then denominator end as denominator,
  case when received then {_VALUE[shape]} end as value,
  complete, mature,
  case
    when not linkable then 'NOT_LINKED'
    when not received then 'NOT_RECEIVED'
    when {_VALUE[shape]} is null then 'NOT_APPLICABLE'
  end as reason
from placed
"""
    return select, {"indicator": indicator.name}


def of_cell(indicator: Indicator, select: str, dimension: Dimension) -> str:
    """The rows of a query of the indicator that a figure counts, by `$grain`, `$period` and `$member` of a dimension."""
    member = "'total'" if dimension.name == "total" else _member(dimension.name)
    return f"""
with counted as (select {_grain(indicator)}* from ({select}))
select * from {_rows(dimension)} where grain = $grain and period = $period and {member} = $member
"""


def _grain(indicator: Indicator) -> str:
    """The grain of rows that do not say it."""
    return "" if "grains" in indicator.query.header else "'month' as grain, "


def _needed(indicator: Indicator) -> str:
    """The services without which a member has no value, as a list: those whose persons count, and those of the systems it combines."""
    lists = ["[" + ", ".join(f"'{service}'" for service in indicator.persons_of) + "]"] if indicator.persons_of else []
    # A combination with a system of which nothing is known is seen of nobody: that is no 0.
    lists += [
        f"""case when dimension = '{dimension.name}' then (
  select list(b.service) from core.benefit b where list_contains(string_split(member, '+'), b.system)
) else [] end"""
        for dimension in indicator.dimensions
        if dimension.code_list == SYSTEM_COMBINATION.name
    ]
    # So is one whose name says several services of which one has told nothing: OAI+SEMP, SEMP>OAI.
    told = f"list_intersect(string_split_regex(member, '[+>]'), {list(indicator.rests_on)})"
    lists += [
        f"case when dimension = '{dimension.name}' then {told} else [] end"
        for dimension in indicator.dimensions
        if indicator.linked and dimension.code_list not in (SENDER, SYSTEM, *CODE_LISTS)
    ]
    return " || ".join(lists)


def _members(dimension: Dimension) -> str:
    """Every code of a closed list, the members seen of an open one, and what is not stated where that occurs."""
    name = dimension.name
    if name == "total":
        return "select 'total' as dimension, 'total' as member, 'ALL' as sender"
    if dimension.code_list == SENDER:
        return f"select '{name}' as dimension, sender as member, sender from told where sender <> 'ALL'"
    if dimension.code_list == SYSTEM:
        return f"select '{name}' as dimension, system as member, service as sender from core.benefit where system is not null"
    seen = f"select distinct '{name}' as dimension, {_member(name)} as member, 'ALL' as sender from {_rows(dimension)}"
    if dimension.code_list not in CODE_LISTS:
        return seen
    return f"select '{name}' as dimension, code as member, 'ALL' as sender from core.code where list = '{dimension.code_list}' union {seen}"


def _grouped(dimension: Dimension, shape: str) -> str:
    name = dimension.name
    member = "'total'" if name == "total" else _member(name)
    rows = _rows(dimension)
    return f"select grain, period, '{name}' as dimension, {member} as member, {_SUMS[shape]} from {rows} group by grain, period, {member}"


def _rows(dimension: Dimension) -> str:
    name = dimension.name
    return f"(select * replace (unnest({name}) as {name}) from counted)" if dimension.overlapping else "counted"


def _member(name: str) -> str:
    return f"coalesce({name}, '{NOT_STATED.code}')"
