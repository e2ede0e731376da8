"""What a pack may show over time: totals by month; breakdowns as they stood at the end of a year.

A breakdown that moves from month to month shows what became of one person in one month. So the movements of a month are not shown
at all, and a breakdown moves once a year and, if it only grows, at releases; then only where each of its counts grew by nothing, or
by as many as may be told. What a release told stays told, and stands until it may move.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pipelines.contracts.export import Period
from pipelines.disclosure.cells import TOTAL, Cell, Counted, Place, families

HELD_BACK, NOT_MOVED = "HELD_BACK", "NOT_MOVED"
_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}
_DECEMBER = 12

# A breakdown of indicators that say the same numbers: they move together, or what one holds back the other tells.
Breakdown = tuple[frozenset[str], str, bool]
Counts = dict[tuple[str, str, str], float]


@dataclass(frozen=True)
class Before:
    """What is known before a pack is made.

    Attributes:
        printed: figures that are printed elsewhere.
        told: what releases told last, by its place.
        moving: whether this pack is released, so that its breakdowns may move.
    """

    printed: Collection[Place] = frozenset()
    told: Mapping[Place, Cell] = field(default_factory=dict)
    moving: bool = False

    @cached_property
    def told_rows(self) -> frozenset[tuple[object, ...]]:
        """The rows of which something was told, without their members: what a release hid of them stays in view."""
        return frozenset(place[:-1] for place in self.told)


def in_view(cells: Iterable[Cell], counted: Mapping[str, Counted], *, period: dt.date, before: Before, threshold: int) -> list[Cell]:
    """The figures of persons that a pack of a month may show, before any of them is hidden for being small.

    Args:
        cells: figures of persons.
        counted: what the catalogue says of their counts.
        period: the month of the pack.
        before: what is printed and was told; it is shown whatever the rule.
        threshold: the least number of persons that may be told.
    """
    kin = families(counted)
    shown: list[Cell] = []
    monthly: dict[Breakdown, list[Cell]] = defaultdict(list)
    for cell in cells:
        place, movement = cell.place, counted[cell.place.indicator].persons.movement
        if place.period > period:
            continue
        if place.grain != "month":
            over = Period(place.period).months_before(1 - _MONTHS_IN[place.grain]) <= period
            # A year under way would move with every month, and tell a pack of an earlier month what came later.
            shown += [cell] if over or _is_out(place, before) else []
        elif _is_out(place, before) or (place.dimension == TOTAL and movement not in ("cumulated", "flow")):
            shown.append(cell)
        elif movement == "flow":
            shown += [cell.without_value(HELD_BACK)] if place.period == period else []
        else:
            monthly[kin[place.indicator], place.dimension, movement == "cumulated"].append(cell)
    known = [before.told.get(cell.place, cell) for cell in shown if _is_out(cell.place, before)]
    for breakdown, found in monthly.items():
        out = [cell for cell in known if _is_of(cell, breakdown)]
        if breakdown[1] == TOTAL:
            stands = _begun(found, threshold)
        else:
            at_year_ends = _year_ends(found, counted, period)
            stands = _standing(found, out, before=before, period=period, threshold=threshold) if breakdown[-1] else at_year_ends
        told = {cell.place.indicator for cell in stands} | {cell.place.indicator for cell in out if cell.place in before.told}
        shown += stands
        shown += [cell.without_value(HELD_BACK) for cell in found if cell.place.period == period and cell.place.indicator not in told]
    return shown


def not_moved(cells: Iterable[Cell], told: Mapping[Place, Cell], *, kin: Mapping[str, frozenset[str]], threshold: int) -> dict[Place, Cell]:
    """The figures of breakdowns that differ from what was told, and too little to be told anew: as they were told, and why.

    What is told of a breakdown is told anew where each of its counts differs by nothing, or by as many as may be told.
    """
    revised: dict[tuple[object, ...], list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.place in told and cell.place.dimension != TOTAL:
            revised[kin[cell.place.indicator], *cell.place[1:-1]].append(cell)
    found: dict[Place, Cell] = {}
    for row in revised.values():
        once = _counts(told[cell.place] for cell in row)
        if any(cell[1:4] != told[cell.place][1:4] for cell in row) and not _moves(once or {}, _counts(row), threshold):
            found |= {cell.place: told[cell.place]._replace(reason=NOT_MOVED) for cell in row}
    return found


def _is_out(place: Place, before: Before) -> bool:
    """Whether everybody knows the figure, or others of its row, already."""
    return place in before.printed or place[:-1] in before.told_rows


def _is_of(cell: Cell, breakdown: Breakdown) -> bool:
    return cell.place.grain == "month" and cell.place.indicator in breakdown[0] and cell.place.dimension == breakdown[1]


def _begun(cells: Iterable[Cell], threshold: int) -> list[Cell]:
    """Totals that only grow, from the month on in which half of what is filled is not too few to be told."""
    dates: dict[dt.date, list[Cell]] = defaultdict(list)
    for cell in cells:
        dates[cell.place.period].append(cell)
    first = next((date for date in sorted(dates) if _begins(_counts(dates[date]) or {}, threshold)), dt.date.max)
    return [cell for date, found in dates.items() if date >= first for cell in found]


def _year_ends(cells: Iterable[Cell], counted: Mapping[str, Counted], period: dt.date) -> list[Cell]:
    """A breakdown at the ends of the years; only at the last of them where there are figures by year beside it."""
    last = Period(period).months_before(period.month % _DECEMBER)
    return [
        cell
        for cell in cells
        if cell.place.period.month == _DECEMBER and (cell.place.period == last or not counted[cell.place.indicator].by_year)
    ]


def _standing(cells: Iterable[Cell], out: Collection[Cell], *, before: Before, period: dt.date, threshold: int) -> list[Cell]:
    """The year ends, and the month of a release, at which a breakdown that only grows may be told.

    It begins where half of what is filled is not too few to be told, and moves where each count grew by nothing or by the
    threshold since it was last told; what is out already, in print or by an earlier release, being told on its date.
    """
    dates: dict[dt.date, list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.place.period.month == _DECEMBER or (before.moving and cell.place.period == period):
            dates[cell.place.period].append(cell)
    for cell in out:
        dates.setdefault(cell.place.period, [])
    told: Counts = {}
    begun = False
    found: list[Cell] = []
    for date in sorted(dates):
        now, known = _counts(dates[date]), [cell for cell in out if cell.place.period == date]
        if now is not None and (_moves(told, now, threshold) if begun else _begins(now, threshold)):
            told, begun = told | now, True
            found += dates[date]
        told |= _counts(known) or {}
        begun = begun or any(cell.place in before.told for cell in known)
    return found


def _counts(cells: Iterable[Cell]) -> Counts | None:
    """The counts of a date; none where one of them is not known."""
    found: Counts = {}
    for cell in cells:
        if cell.numerator is None:
            return None
        found[cell.place.indicator, cell.place.member, "numerator"] = cell.numerator
        if cell.denominator is not None:
            found[cell.place.indicator, cell.place.member, "denominator"] = cell.denominator
    return found or None


def _begins(now: Counts, threshold: int) -> bool:
    filled = [count for count in now.values() if count]
    return bool(filled) and 2 * sum(count < threshold for count in filled) <= len(filled)


def _moves(told: Counts, now: Counts | None, threshold: int) -> bool:
    return now is not None and all(count == told.get(key, 0) or abs(count - told.get(key, 0)) >= threshold for key, count in now.items())
