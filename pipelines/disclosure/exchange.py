"""How far counts move for one another: what one gains another may lose, and nothing that binds both alike shows it.

Tables of thousands of members hang together in few sums; this tells of nearly all of them, without a program for each, that they move.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate

from pipelines.disclosure.solver import Row


def exchanged(rooms: Sequence[tuple[float, float]], rows: Sequence[Row]) -> tuple[list[float], list[float]]:
    """How far down and up each column surely goes while only those that the same rows bind alike make up for it.

    Args:
        rooms: how far each column may go down (at most 0) and up by itself; whole, so that columns go in whole steps.
        rows: what binds them.
    """
    bound: list[list[tuple[int, float]]] = [[] for _ in rooms]
    for number, row in enumerate(rows):
        for column, factor in row.terms:
            bound[column].append((number, factor))
    alike: dict[tuple[tuple[int, float], ...], list[int]] = defaultdict(list)
    for column, terms in enumerate(bound):
        alike[tuple(terms)].append(column)
    down, up = [0.0] * len(rooms), [0.0] * len(rooms)
    for columns in alike.values():
        downs, ups = ([rooms[column][side] for column in columns] for side in (0, 1))
        for column, others_down, others_up in zip(columns, _of_others(downs), _of_others(ups), strict=True):
            down[column], up[column] = max(rooms[column][0], -others_up), min(rooms[column][1], -others_down)
    return down, up


def _of_others(values: Sequence[float]) -> list[float]:
    """Of each value, the sum of the others; nothing is subtracted, for they may be infinite."""
    before, after = accumulate(values, initial=0.0), [*accumulate(reversed(values), initial=0.0)]
    return [sum(ends) for ends in zip(before, reversed(after[:-1]), strict=False)]
