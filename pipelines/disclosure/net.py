"""A system as the search for a protection reads it: numbered, and its fixed parts taken out."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from pipelines.disclosure.model import Figure, Quantity, System
from pipelines.disclosure.solver import Row


@dataclass(frozen=True)
class Net:
    """Quantities, figures and relations by number, in the order of their keys' `repr`.

    Attributes:
        quantities: the quantities.
        figures: the figures.
        shows: of each figure, its quantities.
        shown_in: of each quantity, the figures that are not forced: it is unknown where all of them are hidden.
        known: quantities that a published figure shows; their part of a relation is settled.
        rows: the relations as differences from the true values, over the quantities that are not known.
        rows_of: of each quantity, its rows.
        primary: the figures that are hidden for what they show.
    """

    quantities: tuple[Quantity, ...]
    figures: tuple[Figure, ...]
    shows: tuple[tuple[int, ...], ...]
    shown_in: tuple[tuple[int, ...], ...]
    known: frozenset[int]
    rows: tuple[Row, ...]
    rows_of: tuple[tuple[int, ...], ...]
    primary: frozenset[int]

    def unknown(self, quantity: int, hidden: Collection[int]) -> bool:
        """Whether nobody is shown the quantity while these figures are hidden."""
        return quantity not in self.known and all(figure in hidden for figure in self.shown_in[quantity])

    def hideable(self, quantity: int) -> list[int]:
        """The figures that would have to be hidden for others so that nobody is shown the quantity."""
        return [] if quantity in self.known else [figure for figure in self.shown_in[quantity] if figure not in self.primary]

    def bound(self, row: int) -> Iterator[int]:
        """The quantities that a row binds."""
        return (one for one, _ in self.rows[row].terms)


def numbered(system: System) -> Net:
    """The system by number."""
    quantities = tuple(sorted(system.quantities, key=lambda quantity: repr(quantity.key)))
    figures = tuple(sorted(system.figures, key=lambda figure: repr(figure.key)))
    number = {quantity.key: index for index, quantity in enumerate(quantities)}
    shows = tuple(tuple(sorted({number[key] for key in figure.quantities})) for figure in figures)
    known = frozenset(one for figure, shown in zip(figures, shows, strict=True) if figure.state == "shown" for one in shown)
    shown_in: list[list[int]] = [[] for _ in quantities]
    for index, figure in enumerate(figures):
        if figure.state == "free":
            for one in shows[index]:
                shown_in[one].append(index)
    rows = tuple(_rows(system, number, quantities, known))
    rows_of: list[list[int]] = [[] for _ in quantities]
    for index, row in enumerate(rows):
        for one, _ in row.terms:
            rows_of[one].append(index)
    primary = frozenset(
        index
        for index, figure in enumerate(figures)
        if figure.state == "free" and any(quantities[one].sensitive and one not in known for one in shows[index])
    )
    return Net(quantities, figures, shows, tuple(map(tuple, shown_in)), known, rows, tuple(map(tuple, rows_of)), primary)


def _rows(system: System, number: dict[Any, int], quantities: tuple[Quantity, ...], known: frozenset[int]) -> list[Row]:
    rows = set()
    for relation in system.relations:
        factors: dict[int, float] = {}
        for key, factor in relation.terms:
            factors[number[key]] = factors.get(number[key], 0) + factor
        true = sum(factor * quantities[one].value for one, factor in factors.items())
        terms = tuple(sorted((one, factor) for one, factor in factors.items() if factor and one not in known))
        if terms:
            rows.add(Row(terms, relation.lower - true, relation.upper - true))
    return sorted(rows, key=lambda row: (row.terms, row.lower, row.upper))
