"""How far the values of hidden quantities can be moved, and what else would have to be hidden to move them farther.

The program is that of the literature: differences from the true values that keep every relation, for the quantities that are
unknown. Its dual gives an inequality that every sufficient choice of hidden figures keeps and the present one does not.
"""

import math
from dataclasses import dataclass
from functools import cached_property

import highspy

from pipelines.disclosure.exchange import exchanged
from pipelines.disclosure.net import Net
from pipelines.disclosure.solver import EPSILON, Row, farthest, program


@dataclass(frozen=True)
class Reach:
    """How far a quantity can be moved, and why not farther.

    Whatever is hidden, it goes no farther than `constant` and the sum of `factors` over the quantities that are unknown.
    """

    value: float
    factors: dict[int, float]
    constant: float = 0.0


@dataclass(frozen=True)
class Attack:
    """What an attacker can make of unknown quantities that hang together.

    Attributes:
        net: the system.
        unknown: the quantities, in order.
        threshold: counts from 1 to below it are small.
        told: whether he uses the reasons: which quantities are small and which are not.
    """

    net: Net
    unknown: tuple[int, ...]
    threshold: int
    told: bool = False

    @cached_property
    def _reached(self) -> tuple[list[float], list[float]]:
        """How far down and up each quantity goes at least, by exchange or in an extreme point found so far: that need not be asked."""
        return exchanged(self._rooms, self.rows)

    @cached_property
    def _moved(self) -> set[int]:
        """The columns of the quantities that go to another whole number so."""
        return {column for column, ends in enumerate(zip(*self._reached, strict=True)) if max(map(abs, ends)) > 0.5}

    @cached_property
    def touched(self) -> tuple[int, ...]:
        """The rows that bind these quantities."""
        return tuple(sorted({row for one in self.unknown for row in self.net.rows_of[one]}))

    @cached_property
    def columns(self) -> dict[int, int]:
        """The column of each quantity."""
        return {one: column for column, one in enumerate(self.unknown)}

    @cached_property
    def rows(self) -> list[Row]:
        """Those rows, without what is known."""
        rows = [self.net.rows[row] for row in self.touched]
        return [Row(tuple((self.columns[one], by) for one, by in row.terms if one in self.columns), row.lower, row.upper) for row in rows]

    @cached_property
    def _solver(self) -> highspy.Highs:
        return program(self._rooms, self.rows)

    @cached_property
    def _rooms(self) -> list[tuple[float, float]]:
        return [self.room(one) for one in self.unknown]

    def room(self, one: int) -> tuple[float, float]:
        """How far a quantity may be from its true value, relations aside."""
        quantity = self.net.quantities[one]
        lower, upper = quantity.told(self.threshold) if self.told and self.net.shown_in[one] else (0.0, math.inf)
        return lower - quantity.value, upper - quantity.value

    def reach(self, one: int, sign: int, needed: float) -> Reach | None:
        """How far the quantity goes up (sign 1) or down; nothing where it goes as far as needed."""
        if self.plain:
            if self._goes(one, sign, needed):
                return None
            limits = [self.bounded(one, sign, multipliers) for multipliers in ({}, *self._alone(one, sign))]
            return min(limits, key=lambda limit: limit.value)
        column = self.columns[one]
        if sign * self._reached[sign > 0][column] >= needed - EPSILON:
            return None
        lower, upper = self.room(one)
        # No farther than is asked, so that the answer is finite.
        self._solver.changeColBounds(column, max(lower, -needed), min(upper, needed))
        found = farthest(self._solver, column, sign)
        self._solver.changeColBounds(column, lower, upper)
        self._keep(found.point)
        if found.value >= needed - EPSILON:
            return None
        return self.bounded(one, sign, dict(zip(self.touched, found.multipliers, strict=True)))

    def width(self, one: int, needed: float) -> Reach | None:
        """How wide the interval of the quantity is; nothing where it is as wide as needed."""
        up = self.reach(one, 1, needed)
        down = up and self.reach(one, -1, needed)
        if not up or not down or up.value + down.value >= needed - EPSILON:
            return None
        factors = {other: up.factors.get(other, 0.0) + down.factors.get(other, 0.0) for other in {**up.factors, **down.factors}}
        return Reach(up.value + down.value, factors, up.constant + down.constant)

    def bounded(self, one: int, sign: int, multipliers: dict[int, float]) -> Reach:
        """What the sum of the rows, each times its multiplier, says of the farthest that a quantity can be moved."""
        rest: dict[int, float] = {one: float(sign)}
        constant = 0.0
        for row, multiplier in multipliers.items():
            if abs(multiplier) > EPSILON:
                bounds = self.net.rows[row]
                constant += multiplier * (bounds.upper if multiplier > 0 else bounds.lower)
                for other, factor in bounds.terms:
                    rest[other] = rest.get(other, 0.0) - multiplier * factor
        factors = {other: left * self.room(other)[left > 0] for other, left in sorted(rest.items()) if abs(left) > EPSILON}
        value = constant + sum(factor for other, factor in factors.items() if other in self.columns)
        return Reach(value, {other: factor for other, factor in factors.items() if factor > 0}, constant)

    def enclosed(self) -> dict[int, float]:
        """The bound that any of the quantities moves no farther unless one beside them becomes unknown."""
        beside = {other for row in self.touched for other, _ in self.net.rows[row].terms if other not in self.columns}
        return dict.fromkeys(sorted(beside), math.inf)

    def guessed(self, one: int) -> Reach | None:
        """Why the quantity has one possible value, if it has: counts are whole, so the next one is a whole step away."""
        if not self.plain and self.columns[one] in self._moved:
            return None
        up = self.reach(one, 1, 1.0)
        down = self.reach(one, -1, 1.0)
        if up and down:
            return either(up, down)
        if self.plain or self.columns[one] in self._moved or self._found_elsewhere(one):
            return None
        return Reach(0.0, self.enclosed())

    @cached_property
    def plain(self) -> bool:
        """Whether at most one sum of single counts binds the quantities: then it alone says how far each goes, in whole steps."""
        return len(self.rows) < 2 and all(abs(factor) == 1 for row in self.rows for _, factor in row.terms)

    def _goes(self, one: int, sign: int, needed: float) -> bool:
        """Whether neither its own room nor the sum stops the quantity before what is needed."""
        column = self.columns[one]
        free = abs(self._rooms[column][sign > 0])
        for row in self.rows:
            by = sign / dict(row.terms)[column]
            left = by * (row.upper if by > 0 else row.lower)
            for other, factor in row.terms:
                if left >= needed:
                    break
                if other != column:
                    left += abs(self._rooms[other][by * factor < 0])
            free = min(free, left)
        return free >= needed - EPSILON

    def _alone(self, one: int, sign: int) -> list[dict[int, float]]:
        return [{row: sign / dict(self.net.rows[row].terms)[one]} for row in self.touched]

    def _keep(self, point: tuple[float, ...]) -> None:
        """Remember where an extreme point is."""
        down, up = self._reached
        down[:], up[:] = map(min, down, point), map(max, up, point)
        if all(abs(moved - round(moved)) < EPSILON for moved in point):
            self._moved.update(column for column, moved in enumerate(point) if abs(moved) > 0.5)

    def _found_elsewhere(self, one: int) -> bool:
        """The same by an integer program, where no extreme point is whole."""
        solver = program(self._rooms, self.rows, kinds=["whole"] * len(self.unknown))
        column = self.columns[one]
        lower, upper = self.room(one)
        solver.changeColBounds(column, max(lower, -1.0), min(upper, 1.0))
        return any(farthest(solver, column, sign).value > 0.5 for sign in (1, -1))


def either(one: Reach, other: Reach) -> Reach:
    """The bound that holds for the farther of two."""
    factors = {key: max(one.factors.get(key, 0.0), other.factors.get(key, 0.0)) for key in {**one.factors, **other.factors}}
    return Reach(max(one.value, other.value), factors, max(one.constant, other.constant))
