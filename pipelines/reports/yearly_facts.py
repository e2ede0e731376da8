"""What the yearly sheets rest on: all measures and years read at once, since a sheet each would read everything anew."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import Any, TypeVar

from pipelines.reports.book import Book, values
from pipelines.reports.measures import Use, lacking, uses
from pipelines.reports.value import Value

# Sums and rates of the year, and what stands at its end.
FLOWS = (
    "measure_entries",
    "measure_exits",
    "measure_placed",
    "measure_placement_rate",
    "measure_dropout_rate",
    "measure_cost",
    "measure_cost_per_placement",
    "measure_budget_used",
    "observation_completion",
    "observation_progress",
)
STOCKS = ("measure_places", "measure_participants", "measure_occupancy")
OVERDUE = "corrective_actions_overdue"

_SPAN = """
with span as (
  select y as year, make_date(y, 1, 1) as first_day, least(make_date(y, 12, 31), last_day($period::date)) as last_day
  from range($first::integer, year($period::date)::integer + 1) r(y)
)
"""
_MEASURES = f"""{_SPAN}
select p.measure_id, s.year, coalesce(p.measure, m.measure) as name, m.former_names, m.provider, p.lead_service, p.branch, p.kind,
  m.target_group, m.starts_on, m.ends_on, coalesce(p.services, '') as used_by
from span s
join core.measure_period p on p.grain = 'year' and p.period = s.first_day
left join core.measure m on m.measure_id = p.measure_id
"""
_PEOPLE = f"""{_SPAN}
select p.measure_id, s.year, p.service, count(distinct p.person_id) as persons,
  count(*) filter (p.vanished_on between s.first_day and s.last_day) as vanished
from core.participation p
join span s on p.started_on <= s.last_day and coalesce(p.ended_on, p.vanished_on, s.last_day) >= s.first_day
group by all
"""
_OUTCOMES = f"""{_SPAN}
select p.measure_id, s.year, p.outcome, count(*) as exits
from core.participation p join span s on p.ended_on between s.first_day and s.last_day
group by all
"""
_PROGRESS = f"""{_SPAN}
select p.measure_id, s.year, g.grid_dimension, avg(g.progress)::double as progress, count(*) as observed
from core.participation p
join span s on p.ended_on between s.first_day and s.last_day
join core.grid_progress g on g.service = p.service and g.participation_id = p.participation_id
group by all
"""
_BUDGETS = """
select measure_id, year(period)::integer as year, service, budget::double as budget, reserved_places from core.budget
"""
_ACTIONS = """
select measure_id, action, opened_on, due_on, closed_on, vanished_on from core.corrective_action
where opened_on <= last_day($period::date) order by closed_on is not null, due_on, action_id
"""
_TRACE = """
select year(d.period)::integer as year, d.dataset, count(*) as deliveries
from stg.delivery d
where d.status = 'in_force' and d.period <= $period
  and d.dataset in (select unnest(string_split(datasets, ', ')) from mart.indicator where list_contains($indicators, indicator))
group by all order by year, d.dataset
"""


Row = TypeVar("Row")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of all measures, by measure and year.

    Attributes:
        about: what each is and who used it.
        people: by service, distinct persons, and participations that vanished.
        outcomes: participations ended, by outcome.
        progress: mean progress by dimension of the grid, and the participations it rests on.
        budgets: by service, amount and places reserved.
        years, months: the indicators by measure; of the stocks the months too.
        uses: the use by service and month.
        actions: the corrective actions by measure.
        gaps: by service, the months of which its use is not wholly known.
        trace: by year, the datasets and how many of their deliveries are in force.
    """

    about: Mapping[tuple[str, int], dict]
    people: Mapping[tuple[str, int], list[dict]]
    outcomes: Mapping[tuple[str, int], list[dict]]
    progress: Mapping[tuple[str, int], list[dict]]
    budgets: Mapping[tuple[str, int], list[dict]]
    years: Mapping[str, Mapping[str, tuple[Value, ...]]]
    months: Mapping[str, Mapping[str, tuple[Value, ...]]]
    uses: Mapping[str, list[Use]]
    actions: Mapping[str, list[dict]]
    gaps: Mapping[str, list[dt.date]]
    trace: Mapping[int, list[tuple[str, int]]]


def facts(book: Book, *, first: int) -> Facts:
    """The facts from the year before `first` on, which stands beside it."""
    before = first - 1
    rows = {
        name: book.rows(query, **({"first": before} if "$first" in query else {})).rows(named=True)
        for name, query in (("people", _PEOPLE), ("outcomes", _OUTCOMES), ("progress", _PROGRESS), ("budgets", _BUDGETS))
    }
    described = book.rows(_MEASURES, first=before).rows(named=True)
    traced = book.rows(_TRACE, indicators=[*FLOWS, *STOCKS, OVERDUE])
    return Facts(
        about={(row["measure_id"], row["year"]): row for row in described},
        **{name: _gathered(found, itemgetter("measure_id", "year")) for name, found in rows.items()},
        years={name: values(book, name, "measure", grain="year") for name in (*FLOWS, *STOCKS)},
        months={name: values(book, name, "measure") for name in STOCKS},
        uses=_gathered(uses(book, dt.date(before, 1, 1), book.period), attrgetter("measure_id")),
        actions=_gathered(book.rows(_ACTIONS).rows(named=True), itemgetter("measure_id")),
        gaps=lacking(book, dt.date(before, 1, 1), book.period),
        trace={
            year: [(row["dataset"], row["deliveries"]) for row in found]
            for year, found in _gathered(traced.rows(named=True), itemgetter("year")).items()
        },
    )


def _gathered(rows: list[Row], key: Callable[[Row], Any]) -> dict[Any, list[Row]]:
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found
