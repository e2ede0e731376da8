"""The frame around an indicator's query: every period, every member, and what an empty value means.

A query counts; the frame gives what all indicators share. Each period between the first and the latest month in force has a
row for each member: 0 only where the period's delivery is in force, else empty with its reason (indicators.md, general rules).
"""

from pipelines.contracts.codes import NOT_STATED
from pipelines.contracts.registry import CODE_LISTS
from pipelines.indicators.catalogue import SENDER, Dimension, Indicator

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

_SINCE = "date_trunc('year', ends - to_months($since - 1)) + to_months($since - 1)"
# From when on a figure reads, and from when on a delivery makes it one that was received.
_MONTHS_READ = {
    "month": ("period", "period"),
    "end": ("ends", "ends"),
    "cumulated": ("date '0001-01-01'", "ends"),
    "trailing": ("ends - to_months($window - 1)", "greatest(period, ends - to_months($window - 1))"),
    "since": (_SINCE, f"greatest(period, {_SINCE})"),
}


def framed(indicator: Indicator, *, datasets: tuple[str, ...]) -> tuple[str, dict[str, object]]:
    """The SELECT that makes the indicator's table, with its parameters.

    An indicator that rests on no dataset speaks of the deliveries themselves: a month without any is a fact about it, not a
    gap in it. A yearly delivery speaks of every month of its year that has come.
    """
    shape = indicator.shape
    numerator, denominator = _NOTHING[shape]
    reads_from, needed_from = _MONTHS_READ[indicator.reads.split()[0]]
    grain = "" if "grains" in indicator.query.header else "'month' as grain, "
    select = f"""
with counted as (
select {grain}* from (
{indicator.query.select}
)),
latest as (select max(period) as month from core.delivery_month where in_force and cadence = 'monthly'),
delivered as (
  select d.service, d.dataset, d.in_force, d.owed and not d.in_force as lacking,
    unnest(generate_series(d.period, greatest(d.period, least(l.month, d.period + to_months(11))), interval 1 month))::date as month
  from core.delivery_month d cross join latest l
  where d.cadence = 'yearly' and ($all_datasets or list_contains($datasets, d.dataset))
  union all
  select service, dataset, in_force, owed and not in_force, period
  from core.delivery_month
  where cadence = 'monthly' and ($all_datasets or list_contains($datasets, dataset))
),
span as (select min(month) as first, max(month) as last from delivered where in_force),
ending as (
  select c.grain, c.period, date_trunc('month', c.last_day)::date as ends, span.first, span.last
  from core.calendar c join span on c.period <= span.last and c.last_day >= span.first
  where list_contains($grains, c.grain)
),
period as (select *, {reads_from} as reads_from, {needed_from} as needed_from from ending),
-- Who sends what the figure needs; all of them together have no name.
sender as (
  select '' as sender, len($needs) as wanted
  union all
  select service, count(*) from core.sending where list_contains($needs, dataset) group by service
),
received as (
  select p.grain, p.period, s.sender,
    $all_datasets or count(distinct d.dataset) filter (
      d.in_force and list_contains($needs, d.dataset) and d.month >= p.needed_from
    ) = s.wanted as received,
    not coalesce(bool_or(d.lacking), false) as whole
  from period p cross join sender s
  left join delivered d on d.month between p.reads_from and p.ends and (s.sender = '' or d.service = s.sender)
  group by p.grain, p.period, s.sender, s.wanted
),
told as (
  select p.grain, p.period, r.sender, r.received,
    $all_datasets or r.received and r.whole and not exists (
      -- A run from a later month on knows nothing of the months before it, though they were owed.
      select 1 from core.sending s
      where list_contains($datasets, s.dataset) and s.owed_from < $first::date and p.reads_from < $first::date
    ) as complete,
    p.ends <= p.last and {"true" if indicator.reads == "cumulated" else "p.reads_from >= p.first"} as mature
  from period p join received r on r.grain = p.grain and r.period = p.period
),
cell as ({" union ".join(_members(dimension) for dimension in indicator.dimensions)}),
summed as ({" union all ".join(_grouped(dimension, shape) for dimension in indicator.dimensions)}),
placed as (
  select told.grain, told.period, cell.dimension, cell.member, told.complete, told.mature,
    -- What is known of a service's things from its other months counts, also in a month that it has not sent.
    told.received or (cell.sender <> '' and summed.period is not null) as received,
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
  case when not received then 'NOT_RECEIVED' when {_VALUE[shape]} is null then 'NOT_APPLICABLE' end as reason
from placed
"""
    return select, {
        "indicator": indicator.name,
        "datasets": list(datasets),
        "needs": list(indicator.needs or datasets),
        "all_datasets": not datasets,
        "grains": list(indicator.grains),
        **({"window": indicator.window} if "$window" in reads_from else {}),
        **({"since": indicator.since} if "$since" in reads_from else {}),
    }


def _members(dimension: Dimension) -> str:
    """Every code of a closed list, the members seen of an open one, and what is not stated where that occurs."""
    name = dimension.name
    if name == "total":
        return "select 'total' as dimension, 'total' as member, '' as sender"
    if dimension.code_list == SENDER:
        return f"select '{name}' as dimension, sender as member, sender from sender where sender <> ''"
    seen = f"select distinct '{name}' as dimension, {_member(name)} as member, '' as sender from {_rows(dimension)}"
    if dimension.code_list not in CODE_LISTS:
        return seen
    return f"select '{name}' as dimension, code as member, '' as sender from core.code where list = '{dimension.code_list}' union {seen}"


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
