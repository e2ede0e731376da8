"""The cells that the control looks at: the values of the indicators, and what the catalogue says of their counts."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from pipelines.indicators.counts import Equality, Persons, Shape, equalities, persons_of_header

TOTAL = "total"


class Place(NamedTuple):
    """Where a figure stands."""

    indicator: str
    grain: str
    period: dt.date
    dimension: str
    member: str


class Cell(NamedTuple):
    """A figure: its place, and what `mart.indicator_value` says of it."""

    place: Place
    numerator: float | None
    denominator: float | None
    value: float | None
    complete: bool
    mature: bool
    reason: str | None

    def without_value(self, reason: str) -> "Cell":
        """The same figure, where it is not shown, and why."""
        return self._replace(numerator=None, denominator=None, value=None, reason=reason)


@dataclass(frozen=True)
class Counted:
    """What the control has to know of an indicator.

    Attributes:
        shape: count, ratio, median or mean.
        persons: which of its counts are of persons, and how they move.
        overlapping: the breakdowns whose members do not add up to the total.
        equals: which counts of other indicators are the same numbers.
        by_year: whether it has figures by year beside those by month.
    """

    shape: Shape
    persons: Persons
    overlapping: frozenset[str]
    equals: tuple[Equality, ...]
    by_year: bool

    @property
    def statistic(self) -> bool:
        """Whether its value is one of observations, rather than a count or two."""
        return self.shape in ("median", "mean")


def counted_of(catalogue: pl.DataFrame) -> dict[str, Counted]:
    """What the catalogue says of the counts of each indicator."""
    found = {}
    for row in catalogue.iter_rows(named=True):
        found[row["indicator"]] = Counted(
            row["shape"],
            persons_of_header(row["person_counts"], shape=row["shape"], reads=row["reads"]),
            frozenset(word.strip() for word in (row["overlapping"] or "").split(",") if word),
            equalities(row["equals"] or "", indicator=row["indicator"]),
            "year" in row["grains"],
        )
    return found


def cells_of(rows: pl.DataFrame) -> Iterator[Cell]:
    """The cells of rows of `mart.indicator_value`."""
    names = [*Place._fields, "numerator", "denominator", "value", "complete", "mature", "reason"]
    for row in rows.select(names).iter_rows():
        yield Cell(Place(*row[:5]), *row[5:])


def families(counted: Mapping[str, Counted]) -> dict[str, frozenset[str]]:
    """The indicators that say the same numbers as another one, or sums of them, each with all of its kin."""
    kin = {name: {name} for name in counted}
    for name, one in counted.items():
        for equality in one.equals:
            for term in equality.terms:
                if term.indicator in kin:
                    joined = kin[name] | kin[term.indicator]
                    kin |= dict.fromkeys(joined, joined)
    return {name: frozenset(found) for name, found in kin.items()}
