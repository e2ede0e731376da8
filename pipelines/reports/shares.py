"""What each service has of the measures in the year of the report: places, use, cost and budget."""

import datetime as dt
from dataclasses import dataclass, replace

from pipelines.reports.book import Book, values
from pipelines.reports.measures import Use, in_order, lacking, uses

MONTHS_A_YEAR = 12
_BUDGETS = """
select service, measure_id, budget::double as budget, reserved_places from core.budget
where year(period) = year($period::date) order by service, measure_id
"""


@dataclass(frozen=True, kw_only=True)
class Share:
    """What a service has of a measure in the year of the report; of all its measures together, where `measure_id` is None.

    Attributes:
        budget: of the year, in francs; None where there is none.
        reserved: places it keeps; None where there is no budget.
        used: participations going on at the end of each month, in order.
        cost: since January, in francs; None where it may not be told.
        elapsed: the months since January.
        gaps: the months of which its use is not wholly known.
    """

    service: str
    measure_id: str | None
    budget: float | None
    reserved: int | None
    used: dict[dt.date, int]
    cost: float | None
    elapsed: int
    gaps: list[dt.date]

    @property
    def whole(self) -> bool:
        """Whether every month of it is known."""
        return not self.gaps

    @property
    def pace(self) -> float | None:
        """The cost of the year if it goes on like this; None where a month is not known."""
        return self.cost / self.elapsed * MONTHS_A_YEAR if self.whole and self.cost is not None else None


def budgets(book: Book) -> list[tuple[str, str, float, int]]:
    """The budgets of the year of the report: service, measure, francs and places reserved."""
    return book.rows(_BUDGETS).rows()


def shares(book: Book, span: list[dt.date]) -> list[Share]:
    """A share per service and measure, and one per service for all of them, which comes first."""
    planned = {(service, measure_id): (budget, reserved) for service, measure_id, budget, reserved in budgets(book)}
    used: dict[tuple[str, str], list[Use]] = {}
    for use in uses(book, span[0], span[-1]):
        used.setdefault((use.service, use.measure_id), []).append(use)
    gaps = lacking(book, span[0], span[-1])
    own: dict[str, list[Share]] = {}
    for service, measure_id in sorted({*planned, *used}):
        budget, reserved = planned.get((service, measure_id), (None, None))
        found = used.get((service, measure_id), [])
        share = Share(
            service=service,
            measure_id=measure_id,
            budget=budget,
            reserved=reserved,
            used=dict.fromkeys(span, 0) | {use.period: use.ongoing for use in found},
            cost=sum(use.cost for use in found),
            elapsed=len(span),
            gaps=gaps.get(service, []),
        )
        own.setdefault(service, []).append(share)
    return [share for service in in_order(own) for share in (_together(own[service]), *own[service])]


def told_shares(book: Book, span: list[dt.date]) -> list[Share]:
    """A share per service, all its measures together, where no count of persons may be told."""
    planned: dict[str, tuple[float, int]] = {}
    for service, _, budget, reserved in budgets(book):
        before = planned.get(service, (0.0, 0))
        planned[service] = before[0] + budget, before[1] + reserved
    costs = {service: {value.period: value for value in known} for service, known in values(book, "measure_cost", "service").items()}
    told = all(any(month in known for known in costs.values()) for month in span)
    found = []
    for service in in_order({*planned, *costs}):
        known = costs.get(service, {})
        sums = planned.get(service, (None, None))
        cost = sum(value.value or 0 for month, value in known.items() if month in span) if told else None
        gaps = [month for month in span if month not in known or not known[month].complete]
        share = Share(service=service, measure_id=None, budget=sums[0], reserved=sums[1], used={}, cost=cost, elapsed=len(span), gaps=gaps)
        found.append(share)
    return found


def _together(own: list[Share]) -> Share:
    """All that a service has; a budget only where it sent one."""
    budgets = [share.budget for share in own if share.budget is not None]
    reserved = [share.reserved for share in own if share.reserved is not None]
    return replace(
        own[0],
        measure_id=None,
        budget=sum(budgets) if budgets else None,
        reserved=sum(reserved) if reserved else None,
        used={month: sum(share.used[month] for share in own) for month in own[0].used},
        cost=sum(share.cost or 0 for share in own),
    )
