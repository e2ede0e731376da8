"""What tables show of which counts, and how the counts hang together.

The words are those of cell suppression (Fischetti and Salazar): a *primary* suppression hides what is sensitive, a *secondary* one
hides what would give it away. A quantity is what is counted, once, however many tables show it; a figure is a cell that shows it.
An attacker knows a quantity as soon as one figure that shows it is shown; a share is published with its two counts, and shows both.

What is promised of a system, with a threshold T, and what the audit proves:

1. A sensitive quantity of value v is unknown, and an attacker who holds all that is shown finds no interval for it that leaves
   out any part of [L, L + T], where L = max(0, v - T): for a count of 1 to T - 1 at least 0 to T.
2. A figure hidden for the sake of others shows a quantity whose interval is at least T wide. Nothing is promised of the other
   quantities of a hidden share, nor of what is hidden for a reason of its own (`hidden`): they are no secret, only not shown there.
3. Readers are told why a cell is hidden, and counts are whole. So they also know that a count "below the threshold" is 1 to T - 1
   (or 0, where that discloses), and that what is "protected" is 0 or at least T. Even so no sensitive quantity has one possible
   value: there is another in which each hidden cell keeps its reason, and a 0 that is not sensitive stays 0.

Of a quantity that is not sensitive though its value is 1 to T - 1 (places, not persons), or in no cell that these rules hide, the
third promise takes readers to know only that it is not negative.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

State = Literal["free", "hidden", "row", "shown"]
Role = Literal["forced", "row", "primary", "secondary"]
Rule = Literal["shown", "interval", "width", "reasons"]


@dataclass(frozen=True)
class Quantity:
    """A count, whole and not negative, and whether it is to be protected."""

    key: Any
    value: int
    sensitive: bool = False

    def told(self, threshold: int) -> tuple[float, float]:
        """The values that agree with the reason in a hidden cell; of two kinds that agree, the one that the true value is of."""
        if self.value >= threshold:
            return threshold, math.inf
        if self.sensitive:
            return min(1, self.value), threshold - 1
        return (0, 0) if self.value == 0 else (0, math.inf)

    def needed(self, threshold: int) -> tuple[float, float]:
        """The interval that an attacker must not be able to narrow, where it is sensitive."""
        low = max(0, self.value - threshold)
        return low, low + threshold


@dataclass(frozen=True)
class Figure:
    """A cell: the quantities it shows, what its loss would cost, and whether that is still to be decided.

    `hidden` is forced, for a reason that says nothing of the quantities; so is `row`, with all the figures of a row, or with those that
    hang together, for one reason that is the same for all. `shown` is already published and stays.
    """

    key: Any
    quantities: tuple[Any, ...]
    weight: float = 1.0
    state: State = "free"


@dataclass(frozen=True)
class Relation:
    """What everyone knows of some quantities: their weighted sum lies from `lower` to `upper`."""

    terms: tuple[tuple[Any, int], ...]
    lower: float = 0.0
    upper: float = 0.0


def equation(terms: Mapping[Any, int], constant: int = 0) -> Relation:
    """The weighted sum of the quantities is the constant."""
    return Relation(tuple(terms.items()), constant, constant)


def total(whole: Any, parts: Iterable[Any]) -> Relation:
    """The parts add up to the whole."""
    return Relation(((whole, -1), *((part, 1) for part in parts)))


def order(lesser: Any, greater: Any) -> Relation:
    """The one is never more than the other: a cumulated figure only grows, a part stays below its whole."""
    return Relation(((lesser, -1), (greater, 1)), 0.0, math.inf)


@dataclass(frozen=True)
class System:
    """All that one reader gets to see, with what is known about it; every relation holds for the true values.

    Keys may be anything hashable; what is as good as something else is chosen by the order of their `repr`.
    """

    quantities: tuple[Quantity, ...]
    figures: tuple[Figure, ...]
    relations: tuple[Relation, ...] = ()

    def __post_init__(self) -> None:
        value = {quantity.key: quantity.value for quantity in self.quantities}
        if len(value) != len(self.quantities) or len({figure.key for figure in self.figures}) != len(self.figures):
            raise ValueError("two quantities, or two figures, have one key")
        if any(quantity.value < 0 for quantity in self.quantities) or any(figure.weight <= 0 for figure in self.figures):
            raise ValueError("a quantity is negative, or a figure would cost nothing")
        shown = (key for figure in self.figures for key in figure.quantities)
        if not value.keys() >= {*shown, *(key for relation in self.relations for key, _ in relation.terms)}:
            raise ValueError("a figure or a relation names a quantity that is not given")
        for relation in self.relations:
            if not relation.lower <= sum(factor * value[key] for key, factor in relation.terms) <= relation.upper:
                raise ValueError("a relation does not hold for the true values")


@dataclass(frozen=True)
class Protection:
    """Which figures stay hidden, and as what.

    Attributes:
        hidden: the role of every hidden figure: `forced` or `row` from outside, `primary` for what it shows, `secondary` for the sake of
            others.
        published: sensitive quantities that a published figure shows, and that nothing can protect any more.
        optimal: whether no smaller loss achieves the same; false where a part was too large to be solved exactly.
    """

    hidden: Mapping[Any, Role]
    published: tuple[Any, ...]
    optimal: bool

    def shown(self, system: System) -> frozenset[Any]:
        """The figures of the system that are shown."""
        return frozenset(figure.key for figure in system.figures if figure.key not in self.hidden)


@dataclass(frozen=True)
class Breach:
    """A promise that is not kept.

    Attributes:
        rule: `shown` where a figure is shown that must not be, or the promise: `interval`, `width`, `reasons`.
        quantity: the key of the quantity.
        reached: the interval that an attacker arrives at.
        needed: the interval that he should not be able to narrow.
    """

    rule: Rule
    quantity: Any
    reached: tuple[float, float]
    needed: tuple[float, float]
