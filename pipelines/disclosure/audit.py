"""The audit: what an attacker can work out from what is shown, whoever chose it and however.

It is given the shown figures and trusts nothing else: for every quantity that has to be uncertain, a linear program finds the least
and the greatest value that agree with all that is shown.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from typing import Any

from pipelines.disclosure.component import Component, Interval
from pipelines.disclosure.groups import connected
from pipelines.disclosure.model import Breach, Rule, State, System
from pipelines.disclosure.solver import EPSILON, Row


@dataclass(frozen=True)
class Auditor:
    """What everybody knows of a system whatever is shown of it, by number, and what was asked before.

    Attributes:
        system: the system.
        threshold: counts from 1 to below it are small.
    """

    system: System
    threshold: int

    @cached_property
    def met(self) -> dict[tuple[int, ...], Component]:
        """The components of before: what is known, is known by its true value, so that the same unknowns make the same program."""
        return {}

    @cached_property
    def number(self) -> dict[Any, int]:
        """The number of each quantity."""
        return {quantity.key: number for number, quantity in enumerate(self.system.quantities)}

    @cached_property
    def figures(self) -> tuple[tuple[int, ...], ...]:
        """The quantities of each figure."""
        return tuple(tuple(self.number[key] for key in figure.quantities) for figure in self.system.figures)

    @cached_property
    def terms(self) -> tuple[dict[int, int], ...]:
        """The weighted quantities of each relation."""
        merged: list[dict[int, int]] = []
        for relation in self.system.relations:
            merged.append({})
            for key, factor in relation.terms:
                merged[-1][self.number[key]] = merged[-1].get(self.number[key], 0) + factor
        return tuple(merged)

    @cached_property
    def relations_of(self) -> tuple[list[int], ...]:
        """The relations that name each quantity."""
        found: tuple[list[int], ...] = tuple([] for _ in self.system.quantities)
        for relation, terms in enumerate(self.terms):
            for one in terms:
                found[one].append(relation)
        return found

    @cached_property
    def sensitive(self) -> tuple[int, ...]:
        """What is to be protected."""
        return tuple(one for one, quantity in enumerate(self.system.quantities) if quantity.sensitive)

    @cached_property
    def published(self) -> frozenset[int]:
        """The quantities that a figure published before shows."""
        return self._in_figures("shown")

    @cached_property
    def _reasoned(self) -> frozenset[int]:
        """The quantities that, where they are unknown, are in a hidden figure that says why: in one that these rules hide."""
        return self._in_figures("free")

    def _in_figures(self, state: State) -> frozenset[int]:
        figures = zip(self.system.figures, self.figures, strict=True)
        return frozenset(one for figure, ones in figures if figure.state == state for one in ones)

    def component(self, unknown: tuple[int, ...]) -> Component:
        """What an attacker can make of quantities that hang together, while whatever else binds them is known."""
        columns = {one: column for column, one in enumerate(unknown)}
        relations = sorted({relation for one in unknown for relation in self.relations_of[one]})
        return Component(
            tuple(self.system.quantities[one] for one in unknown),
            tuple(self._row(relation, columns) for relation in relations),
            tuple(one in self._reasoned for one in unknown),
            self.threshold,
        )

    def _row(self, number: int, columns: Mapping[int, int]) -> Row:
        relation, terms = self.system.relations[number], self.terms[number]
        known = sum(by * self.system.quantities[one].value for one, by in terms.items() if one not in columns)
        unknown = tuple((columns[one], by) for one, by in terms.items() if one in columns)
        return Row(unknown, relation.lower - known, relation.upper - known)

    def needed(self, one: int) -> Interval:
        """The interval of a quantity that nobody must be able to narrow."""
        return self.system.quantities[one].needed(self.threshold)

    def breach(self, rule: Rule, one: int) -> Breach:
        """That the value of a quantity is known."""
        quantity = self.system.quantities[one]
        return Breach(rule, quantity.key, (quantity.value, quantity.value), quantity.needed(self.threshold))


@dataclass(frozen=True)
class Seen:
    """A system as it is shown.

    Attributes:
        auditor: what is known of it anyway.
        figures: the keys of the figures shown; those published before are shown too.
    """

    auditor: Auditor
    figures: frozenset[Any]

    @cached_property
    def shown(self) -> tuple[bool, ...]:
        """Of each figure, whether it is shown now."""
        return tuple(figure.key in self.figures for figure in self.auditor.system.figures)

    @cached_property
    def known(self) -> frozenset[int]:
        """The quantities that a figure shows."""
        return self.auditor.published.union(*compress(self.auditor.figures, self.shown))

    @cached_property
    def wide(self) -> tuple[tuple[int, ...], ...]:
        """The quantities of each figure hidden for the sake of others: one of them must have a wide interval."""
        kept = {*self.auditor.sensitive} - self.auditor.published
        figures = zip(self.auditor.system.figures, self.auditor.figures, self.shown, strict=True)
        hidden = (ones for figure, ones, shown in figures if figure.state == "free" and not shown)
        return tuple(ones for ones in hidden if kept.isdisjoint(ones))

    @cached_property
    def _places(self) -> dict[int, tuple[Component, int]]:
        return {}

    def place(self, one: int) -> tuple[Component, int]:
        """The component of an unknown quantity, and its place there."""
        if one not in self._places:
            together = self._together(one)
            component = self._component(together)
            self._places.update((other, (component, column)) for column, other in enumerate(together))
        return self._places[one]

    def _together(self, one: int) -> tuple[int, ...]:
        """The unknown quantities that hang together with one of them, once everything known is put in."""
        terms, relations_of = self.auditor.terms, self.auditor.relations_of
        (together,) = connected([one], relations_of.__getitem__, lambda relation: terms[relation].keys() - self.known)
        return together

    def _component(self, together: tuple[int, ...]) -> Component:
        if together not in self.auditor.met:
            self.auditor.met[together] = self.auditor.component(together)
        return self.auditor.met[together]


def audit(system: System, shown: Collection[Any], threshold: int) -> list[Breach]:
    """The promises of `model` that are not kept while these figures are shown, in the order of the quantities."""
    seen = Seen(Auditor(system, threshold), frozenset(shown))
    return [*narrow(seen), *_thin(seen), *guessed(seen)]


def narrow(seen: Seen) -> list[Breach]:
    """What is shown and must not be, and the intervals that are narrower than promised."""
    return [*_shown(seen), *_short(seen, seen.auditor.sensitive)]


def guessed(seen: Seen) -> list[Breach]:
    """What whole numbers and the reasons of hidden figures leave one value."""
    unknown = [one for one in seen.auditor.sensitive if one not in seen.known]
    places = [(one, *seen.place(one)) for one in unknown]
    return [seen.auditor.breach("reasons", one) for one, component, column in places if component.guessed(column)]


def printed(auditor: Auditor, quantities: Collection[Any]) -> list[Breach]:
    """The intervals of these quantities that what was published before makes by itself too narrow."""
    return list(_short(Seen(auditor, frozenset()), [auditor.number[key] for key in quantities]))


def _shown(seen: Seen) -> Iterator[Breach]:
    """What is shown and must not be."""
    figures = zip(seen.auditor.system.figures, seen.auditor.figures, seen.shown, strict=True)
    forced = {one for figure, ones, shown in figures if shown and figure.state in ("hidden", "row") for one in ones}
    for one in sorted(forced | (seen.known & {*seen.auditor.sensitive}) - seen.auditor.published):
        yield seen.auditor.breach("shown", one)


def _short(seen: Seen, quantities: Iterable[int]) -> Iterator[Breach]:
    for one in quantities:
        if one not in seen.known:
            component, column = seen.place(one)
            needed = seen.auditor.needed(one)
            low, high = component.interval(column, needed)
            if low > needed[0] + EPSILON or high < needed[1] - EPSILON:
                yield Breach("interval", seen.auditor.system.quantities[one].key, (low, high), needed)


def _thin(seen: Seen) -> Iterator[Breach]:
    """Figures hidden for the sake of others of which every quantity is nearly known."""
    for ones in seen.wide:
        reached = [_interval(seen, one) for one in ones]
        low, high = max(reached, key=lambda interval: interval[1] - interval[0])
        if high - low < seen.auditor.threshold - EPSILON:
            key = seen.auditor.system.quantities[ones[reached.index((low, high))]].key
            yield Breach("width", key, (low, high), (low, low + seen.auditor.threshold))


def _interval(seen: Seen, one: int) -> Interval:
    value = float(seen.auditor.system.quantities[one].value)
    if one in seen.known:
        return value, value
    component, column = seen.place(one)
    return component.interval(column, (0.0, value + seen.auditor.threshold))
