"""An attacker of published tables, with means of his own.

He knows nothing of how the tables were protected and shares no code with it. He is told the numbers that are printed, which printed
or blank cells add up to which, and what the pages say of the blanks; he looks for the whole numbers that each blank may stand for.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

Span = tuple[int, int | None]


@dataclass(frozen=True)
class Leak:
    """What the attacker is told.

    Attributes:
        shown: the printed number of each cell that has one.
        sums: cells, printed or blank, and the cells that they are the sum of.
        growing: pairs of cells of which the first is never more than the second.
        small: blanks that are said to be 1 to `threshold` - 1.
        protected: blanks that are said to be hidden for the sake of others: nobody, or at least `threshold`.
    """

    shown: Mapping[Hashable, int]
    sums: Sequence[tuple[Hashable, Sequence[Hashable]]]
    growing: Sequence[tuple[Hashable, Hashable]] = ()
    small: Collection[Hashable] = ()
    protected: Collection[Hashable] = ()
    threshold: int = 5


def reachable(leak: Leak, wanted: Collection[Hashable] | None = None) -> dict[Hashable, Span]:
    """The least and the greatest whole number that each blank, or each wanted one, may stand for; no greatest where there is no end."""
    ways = [({whole: -1} | Counter(parts), True) for whole, parts in leak.sums]
    ways += [({lesser: -1, greater: 1}, False) for lesser, greater in leak.growing]
    open_ways = [way for way in ways if any(cell not in leak.shown for cell in way[0])]
    spans: dict[Hashable, Span] = {}
    for blanks in _islands([[cell for cell in cells if cell not in leak.shown] for cells, _ in open_ways]):
        here = [way for way in open_ways if not blanks.isdisjoint(way[0])]
        if asked := blanks if wanted is None else blanks.intersection(wanted):
            spans |= _solved(leak, sorted(blanks, key=repr), here, asked)
    return spans


def known(leak: Leak) -> dict[Hashable, int]:
    """The blanks that the attacker can fill in for certain."""
    return {cell: low for cell, (low, high) in reachable(leak).items() if low == high}


def _islands(links: Iterable[Iterable[Hashable]]) -> list[set[Hashable]]:
    islands: list[set[Hashable]] = []
    for link in map(set, links):
        apart = [island for island in islands if island.isdisjoint(link)]
        islands = [*apart, link.union(*(island for island in islands if not island.isdisjoint(link)))]
    return islands


def _solved(
    leak: Leak, blanks: list[Hashable], ways: list[tuple[dict[Hashable, int], bool]], asked: Collection[Hashable]
) -> dict[Hashable, Span]:
    place = {cell: column for column, cell in enumerate(blanks)}
    end = 1000 + 10 * sum(leak.shown.values())
    # The second half of the columns says of each blank whether it is more than nothing.
    matrix, least, most = np.zeros((len(ways) + 2 * len(blanks), 2 * len(blanks))), [], []
    for row, (cells, exact) in enumerate(ways):
        for cell in cells.keys() & place.keys():
            matrix[row, place[cell]] = cells[cell]
        rest = -sum(sign * leak.shown[cell] for cell, sign in cells.items() if cell in leak.shown)
        least.append(rest)
        most.append(rest if exact else np.inf)
    lower, upper = np.zeros(2 * len(blanks)), np.repeat([end, 1], len(blanks)).astype(float)
    for cell, column in place.items():
        row = len(ways) + 2 * column
        matrix[row, column], matrix[row + 1, column] = 1, 1
        matrix[row, len(blanks) + column], matrix[row + 1, len(blanks) + column] = -end, -leak.threshold if cell in leak.protected else 0
        least += [-np.inf, 0]
        most += [0, np.inf]
        if cell in leak.small:
            lower[column], upper[column] = 1, leak.threshold - 1
    rules = LinearConstraint(matrix, least, most)
    return {cell: _span(column, Bounds(lower, upper), rules, end) for cell, column in place.items() if cell in asked}


def _span(column: int, bounds: Bounds, rules: LinearConstraint, end: int) -> Span:
    ends = []
    for sign in (1, -1):
        aim = np.zeros(len(bounds.lb))
        aim[column] = sign
        answer = milp(aim, constraints=rules, bounds=bounds, integrality=np.ones(len(bounds.lb)))
        assert answer.status == 0, answer.message
        ends.append(round(float(answer.x[column])))
    return ends[0], None if ends[1] >= end else ends[1]
