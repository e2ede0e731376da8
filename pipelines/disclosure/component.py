"""What an attacker can make of unknown counts that hang together: how far each may go, and whether it has one possible value."""

import math
from dataclasses import dataclass
from functools import cached_property

import highspy

from pipelines.disclosure.exchange import exchanged
from pipelines.disclosure.model import Quantity
from pipelines.disclosure.solver import EPSILON, Row, farthest, program

# The attacker's own idea of how large a count may be at most, in thresholds above its value: it keeps the programs bounded, and a
# narrower one than he has errs on the safe side.
_MARGIN = 10

Interval = tuple[float, float]


@dataclass(frozen=True)
class Component:
    """Unknown quantities that hang together, with what binds them.

    Attributes:
        values: the quantities.
        rows: what is known of them, by their place here.
        reasoned: of each, whether the reason of a hidden figure tells something of it.
        threshold: counts from 1 to below it are small.
    """

    values: tuple[Quantity, ...]
    rows: tuple[Row, ...]
    reasoned: tuple[bool, ...]
    threshold: int

    def interval(self, column: int, needed: Interval) -> Interval:
        """The interval of a quantity; a part of it that reaches what is needed is enough."""
        if self._single:
            return self._left(column, self._room)
        low, high = self._reached
        if low[column] > needed[0] + EPSILON or high[column] < needed[1] - EPSILON:
            self._look(self._plain, column, -1)
            self._look(self._plain, column, 1)
        return low[column], high[column]

    def guessed(self, column: int) -> bool:
        """Whether whole numbers and reasons leave the quantity one value."""
        if self._single and all(abs(factor) == 1 for row in self.rows for _, factor in row.terms):
            # A sum of single counts leaves whole numbers between its whole ends.
            low, high = self._left(column, self._told_room)
            return math.ceil(low) == math.floor(high)
        for sign in (-1, 1):
            if not self._varies(column):
                self._look(self._with_reasons, column, sign)
        # An integer program costs ten times as much: it is for what the corners of the linear one do not tell.
        for sign in (-1, 1):
            if not self._varies(column):
                self._look(self._in_whole_numbers, column, sign)
        return not self._varies(column)

    @cached_property
    def _single(self) -> bool:
        """Whether at most one sum binds the quantities: then it alone says how far each goes."""
        return len(self.rows) < 2

    def _left(self, column: int, room: list[Interval]) -> Interval:
        """What that sum leaves a quantity while the others stay within their room."""
        low, high = room[column]
        for row in self.rows:
            by = dict(row.terms)[column]
            ends = [(factor * room[other][0], factor * room[other][1]) for other, factor in row.terms if other != column]
            least, most = (row.lower - sum(map(max, ends))) / by, (row.upper - sum(map(min, ends))) / by
            low, high = max(low, min(least, most)), min(high, max(least, most))
        return low, high

    @cached_property
    def _reached(self) -> tuple[list[float], list[float]]:
        """The least and the greatest value of each quantity found so far in points that agree with all that is shown."""
        return self._exchanged(self._room)

    @cached_property
    def _told(self) -> tuple[list[float], list[float]]:
        """The same in points that agree with the reasons too, and are whole."""
        return self._exchanged(self._told_room)

    def _exchanged(self, room: list[Interval]) -> tuple[list[float], list[float]]:
        """The values that each quantity takes where others make up for it one by one."""
        values = [float(one.value) for one in self.values]
        free = [(lower - value, upper - value) for value, (lower, upper) in zip(values, room, strict=True)]
        down, up = ([value + by for value, by in zip(values, moved, strict=True)] for moved in exchanged(free, self.rows))
        return down, up

    @cached_property
    def _room(self) -> list[Interval]:
        return [(0.0, float(one.value + _MARGIN * self.threshold)) for one in self.values]

    @cached_property
    def _told_room(self) -> list[Interval]:
        """The values that agree with the reason that readers are given."""
        told = (one.told(self.threshold) if reason else (0, math.inf) for one, reason in zip(self.values, self.reasoned, strict=True))
        return [(lower, min(upper, most)) for (lower, upper), (_, most) in zip(told, self._room, strict=True)]

    @cached_property
    def _plain(self) -> highspy.Highs:
        return program(self._room, self.rows)

    @cached_property
    def _with_reasons(self) -> highspy.Highs:
        return program(self._told_room, self.rows)

    @cached_property
    def _in_whole_numbers(self) -> highspy.Highs:
        return program(self._told_room, self.rows, kinds=["whole"] * len(self.values))

    def _look(self, solver: highspy.Highs, column: int, sign: int) -> None:
        point = farthest(solver, column, sign).point
        for low, high in (self._reached, self._told) if self._agrees(point) else (self._reached,):
            low[:], high[:] = map(min, low, point), map(max, high, point)

    def _varies(self, column: int) -> bool:
        low, high = self._told
        return low[column] < self.values[column].value - 0.5 or high[column] > self.values[column].value + 0.5

    def _agrees(self, point: tuple[float, ...]) -> bool:
        return all(
            lower - EPSILON <= value <= upper + EPSILON and abs(value - round(value)) <= EPSILON
            for (lower, upper), value in zip(self._told_room, point, strict=True)
        )
