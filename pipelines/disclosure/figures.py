"""From the cells of a pack to the system that is protected: which counts they show, which of them are small, how they hang together."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from pipelines.contracts.export import Period
from pipelines.contracts.thresholds import Thresholds
from pipelines.disclosure.cells import TOTAL, Cell, Counted, Place
from pipelines.disclosure.model import Figure, Quantity, Relation, State, System, equation, order
from pipelines.indicators.counts import EVERY, Side, Term

# What it costs to hide a total, where hiding a member costs 1: a pack without its totals is of no use.
_TOTAL_COSTS = 20
# Of two members the smaller one is hidden; counted in persons, less than any member's own cost.
_SIZE_COSTS, _LARGE = 1e-4, 5000


class Count(NamedTuple):
    """A count of persons in a cell: its numerator, its denominator, or those of the second that are not of the first."""

    side: Side | str
    place: Place


_REST = "rest"
_SIDES: tuple[Side, ...] = ("numerator", "denominator")


@dataclass(frozen=True)
class Tables:
    """The cells of a pack, and what is known of their counts; what several tables say is one count.

    Attributes:
        cells: by place, those that have a value.
        counted: what the catalogue says.
        threshold: the least number of persons that may be told.
    """

    cells: Mapping[Place, Cell]
    counted: Mapping[str, Counted]
    threshold: int

    @cached_property
    def equal(self) -> tuple[tuple[Count, list[tuple[Count, int]]], ...]:
        """The counts of cells that the catalogue says to equal others, with these and their signs."""
        return tuple(_equal(self.cells, self.counted))

    @cached_property
    def same(self) -> Mapping[Count, Count]:
        """The count that stands for all that are the same number."""
        return _same(self)

    def named(self, count: Count) -> Count:
        """The count that stands for it."""
        return self.same.get(count, count)

    def value(self, count: Count) -> int:
        """How many."""
        cell = self.cells[count.place]
        if count.side == _REST:
            return int((cell.denominator or 0) - (cell.numerator or 0))
        return int(getattr(cell, count.side))

    @cached_property
    def counts(self) -> Mapping[Place, tuple[Count, ...]]:
        """The counts of persons that each cell shows."""
        return {place: tuple(map(self.named, self._counts(cell))) for place, cell in self.cells.items()}

    @cached_property
    def rows(self) -> Mapping[tuple[Place, str, str], list[Count]]:
        """The counts of each breakdown that divides its total, by the place of the total, the side and the breakdown."""
        rows: dict[tuple[Place, str, str], list[Count]] = defaultdict(list)
        for place, cell in self.cells.items():
            one = self.counted[place.indicator]
            if place.dimension != TOTAL and not one.statistic and place.dimension not in one.overlapping:
                whole = place._replace(dimension=TOTAL, member=TOTAL)
                for count in self._counts(cell):
                    rows[whole, count.side, place.dimension].append(count)
        return rows

    def _counts(self, cell: Cell) -> Iterator[Count]:
        persons = self.counted[cell.place.indicator].persons
        if persons.numerator and cell.numerator is not None:
            yield Count("numerator", cell.place)
        if persons.denominator and cell.denominator is not None:
            yield Count("denominator", cell.place)


def system_of(
    cells: Iterable[Cell],
    counted: Mapping[str, Counted],
    *,
    published: Collection[Place],
    thresholds: Thresholds,
    withheld: Collection[Place] = (),
) -> System:
    """The counts that the cells of a pack show, and all that a reader can work out of them.

    Args:
        cells: the cells of the pack, and of those that hang together with them.
        counted: what the catalogue says of their counts.
        published: cells that are printed elsewhere, or were told: they stay.
        thresholds: how few persons may be told of.
        withheld: cells in whose place an older figure stands.
    """
    there = {cell.place: cell for cell in cells if cell.value is not None}
    tables = Tables(there, counted, thresholds.count)
    relations = [relation for relation in _relations(tables) if _holds(relation, tables)]
    alone = _alone(tables)
    forced: dict[Place, State] = dict.fromkeys((count.place for row in alone.values() for count in row), "row")
    forced |= dict.fromkeys(withheld, "hidden")
    forced |= dict.fromkeys(published, "shown")
    figures = [_figure(tables, place, forced=forced, thresholds=thresholds) for place in there]
    sensitive = {count for place in there for count in _sensitive(tables, place, thresholds)} | alone.keys()
    shown = {count for figure in figures for count in figure.quantities}
    mentioned = shown | sensitive | {count for relation in relations for count, _ in relation.terms}
    quantities = [Quantity(count, tables.value(count), count in sensitive) for count in sorted(mentioned)]
    return System(tuple(quantities), tuple(figures), tuple(relations))


def _same(tables: Tables) -> dict[Count, Count]:
    """Counts that are the same number, by the one that stands for them."""
    stands: dict[Count, Count] = {}

    def found(count: Count) -> Count:
        while count in stands:
            count = stands[count]
        return count

    for count, terms in tables.equal:
        if len(terms) == 1 and terms[0][1] == 1 and tables.value(count) == tables.value(terms[0][0]):
            one, other = sorted((found(count), found(terms[0][0])))
            if one != other:
                stands[other] = one
    return {count: found(count) for count in stands}


def _equal(cells: Mapping[Place, Cell], counted: Mapping[str, Counted]) -> Iterator[tuple[Count, list[tuple[Count, int]]]]:
    members: dict[tuple[str, str, dt.date, str], list[Place]] = defaultdict(list)
    for place in cells:
        members[place[:4]].append(place)
    for place in cells:
        for equality in counted[place.indicator].equals:
            if equality.grain in (None, place.grain) and equality.dimension in (None, place.dimension):
                terms = [_places(term, place, members) for term in equality.terms]
                found = [(Count(term.side, one), term.sign) for term, ones in zip(equality.terms, terms, strict=True) for one in ones]
                if all(terms) and all(count.place in cells for count, _ in found):
                    yield Count(equality.side, place), found


def _places(term: Term, place: Place, members: Mapping[tuple[str, str, dt.date, str], list[Place]]) -> list[Place]:
    """Where a term of an equality of a cell stands."""
    dimension = term.dimension or place.dimension
    if term.member == EVERY:
        return members.get((term.indicator, place.grain, place.period, dimension), [])
    first, last = term.months
    periods = [Period(place.period).months_before(-months) for months in range(first, last + 1)]
    return [Place(term.indicator, place.grain, period, dimension, term.member or place.member) for period in periods]


def _relations(tables: Tables) -> Iterator[Relation]:
    for count, terms in tables.equal:
        if len(terms) > 1 or terms[0][1] != 1:
            yield _sum(tables, count, terms)
    yield from _totals(tables)
    yield from _rests(tables)
    yield from _growth(tables)


def _sum(tables: Tables, whole: Count, parts: Iterable[tuple[Count, int]]) -> Relation:
    terms: dict[Count, int] = defaultdict(int)
    terms[tables.named(whole)] -= 1
    for part, sign in parts:
        terms[tables.named(part)] += sign
    return equation({key: factor for key, factor in terms.items() if factor})


def _totals(tables: Tables) -> Iterator[Relation]:
    """The members of a breakdown add up to the total, each count of a rate by itself."""
    for (whole, side, _), parts in tables.rows.items():
        if whole in tables.cells:
            yield _sum(tables, Count(side, whole), [(part, 1) for part in parts])


def _rests(tables: Tables) -> Iterator[Relation]:
    """Where few persons of a share are not counted in it, they are a count that follows from its two."""
    for place in tables.cells:
        if rest := _few_left(tables, place):
            numerator, denominator = tables.counts[place]
            yield equation({numerator: 1, rest: 1, denominator: -1})


def _growth(tables: Tables) -> Iterator[Relation]:
    """What is counted since the beginning only grows."""
    lines: dict[tuple[Side, str, str, str, str], list[Count]] = defaultdict(list)
    for place in sorted(tables.cells):
        if tables.counted[place.indicator].persons.movement == "cumulated":
            for side in _SIDES:
                if getattr(tables.counted[place.indicator].persons, side):
                    lines[side, place.indicator, place.grain, place.dimension, place.member].append(Count(side, place))
    for counts in lines.values():
        for earlier, later in pairwise(counts):
            yield order(tables.named(earlier), tables.named(later))


def _holds(relation: Relation, tables: Tables) -> bool:
    """Whether it is true: where a delivery is lacking, members need not add up, and what is not so tells nobody anything."""
    return relation.lower <= sum(factor * tables.value(count) for count, factor in relation.terms) <= relation.upper


def _figure(tables: Tables, place: Place, *, forced: Mapping[Place, State], thresholds: Thresholds) -> Figure:
    cell, one = tables.cells[place], tables.counted[place.indicator]
    few = one.persons.denominator and 0 < (cell.denominator or 0) < (thresholds.median if one.shape == "median" else thresholds.share)
    state = forced.get(place, "hidden" if few else "free")
    weight = _TOTAL_COSTS if place.dimension == TOTAL else 1 + _SIZE_COSTS * min(cell.numerator or cell.denominator or 0, _LARGE)
    return Figure(place, tables.counts[place], weight, state)


def _sensitive(tables: Tables, place: Place, thresholds: Thresholds) -> Iterator[Count]:
    """The counts of a cell that must not be told: too few persons, counted or not, or the share of too few."""
    if tables.counted[place.indicator].persons.public:
        return
    cell, counts = tables.cells[place], tables.counts[place]
    yield from (count for count in counts if 0 < tables.value(count) < thresholds.count)
    if rest := _few_left(tables, place):
        yield rest
    # Nobody of few is no secret: a count that only grows tells it of all the months before.
    if len(counts) == len(_SIDES) and cell.numerator and (cell.denominator or 0) < thresholds.share:
        yield counts[0]


def _few_left(tables: Tables, place: Place) -> Count | None:
    """Those of a share's persons that it does not count, where they are few."""
    rest = Count(_REST, place)
    return rest if len(tables.counts[place]) == len(_SIDES) and 0 < tables.value(rest) < tables.threshold else None


def _alone(tables: Tables) -> dict[Count, list[Count]]:
    """The one member of a breakdown that has all the persons, and its row: the others' zeros tell where everybody is.

    The row is hidden as a whole, and for one reason, so that its total can stay.
    """
    found = {}
    for parts in tables.rows.values():
        filled = [part for part in parts if tables.value(part)]
        if len(filled) == 1 < len(parts):
            found[tables.named(filled[0])] = parts
    return found
