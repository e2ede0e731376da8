"""What an indicator is: the header of its query, read and checked."""

import re
from dataclasses import dataclass
from typing import Literal, cast

import polars as pl

from pipelines.contracts.columns import SHARED
from pipelines.contracts.query import Query
from pipelines.contracts.registry import CODE_LISTS
from pipelines.contracts.table import Held, Table

Shape = Literal["count", "ratio", "median"]

_KEYS = ("definition", "numerator", "denominator", "unit", "source", "reading", "shape", "reads", "dimensions")
_REQUIRED = ("definition", "numerator", "unit", "source", "reading", "shape", "reads", "dimensions")
_READINGS = ("hausse favorable", "hausse défavorable", "neutre")

_CELL = ("indicator", "grain", "period", "dimension", "member")
_VALUES = ("numerator", "denominator", "value", "complete", "mature", "reason")
_FILLED = {*_CELL, "complete", "mature"}


@dataclass(frozen=True)
class Dimension:
    """A breakdown and the code list of its members; one that has no list is open: the members seen."""

    name: str
    code_list: str


@dataclass(frozen=True)
class Indicator:
    """An indicator of the catalogue.

    Attributes:
        query: what it counts: rows of `period`, its dimensions, and `numerator`, `denominator` or `observation`.
        shape: `count` (numerators add up), `ratio` (numerators over denominators) or `median` (of `observation`).
        window: how many months, the period's own included, a figure reads; None for all months up to it.
        dimensions: the breakdowns, `total` among them where there is a total.
    """

    query: Query
    shape: Shape
    window: int | None
    dimensions: tuple[Dimension, ...]

    @property
    def name(self) -> str:
        """Its identifier."""
        return self.query.name

    def text(self, key: str) -> str | None:
        """A header field."""
        return self.query.header.get(key) or None

    @property
    def table(self) -> Table:
        """Its table in `mart`; all indicators have the same columns."""
        return indicator_table(self.name, f"{self.query.about}. {self.query.header['definition']}")


def indicator_table(name: str, grain: str) -> Table:
    """A table with the columns of an indicator."""
    return Table(
        schema="mart",
        name=name,
        grain=grain,
        columns=tuple(Held(SHARED[column], column in _FILLED) for column in _CELL + _VALUES),
        key=_CELL,
        privacy="internal",
    )


def is_indicator(query: Query) -> bool:
    """Whether a query of `mart` is an indicator rather than one of the few other tables."""
    return "shape" in query.header


def indicator_of(query: Query) -> Indicator:
    """The indicator a query is.

    Raises:
        ValueError: the header is incomplete, or says something that has no meaning.
    """
    header = query.only(_KEYS, required=_REQUIRED).header
    shape = header["shape"]
    reads = re.fullmatch(r"(month)|trailing (\d+)|(cumulated)", header["reads"])
    dimensions = tuple(_dimension(text, query=query.qualified) for text in header["dimensions"].split(","))
    if shape not in ("count", "ratio", "median") or not reads or header["reading"] not in _READINGS:
        raise ValueError(f"{query.qualified}: shape, reads or reading has no meaning")
    if (shape == "count") == bool(header.get("denominator")):
        raise ValueError(f"{query.qualified}: a denominator belongs to ratios and medians, and to them only")
    window = None if reads[3] else int(reads[2] or 1)
    return Indicator(query, cast(Shape, shape), window, dimensions)


def _dimension(text: str, *, query: str) -> Dimension:
    name, equals, code_list = (part.strip() for part in text.partition("="))
    if equals and code_list not in CODE_LISTS:
        raise ValueError(f"{query}: there is no code list {code_list or '(empty)'}")
    return Dimension(name, code_list or name)


CATALOGUE = Table(
    schema="mart",
    name="indicator",
    grain="Une ligne par indicateur: le catalogue, tiré de l'en-tête des requêtes.",
    columns=tuple(
        Held(SHARED[name], name not in ("denominator_label", "datasets"))
        for name in (
            "indicator",
            "label",
            "definition",
            "numerator_label",
            "denominator_label",
            "unit",
            "source",
            "reading",
            "reads",
            "dimensions",
            "datasets",
        )
    ),
    key=("indicator",),
    privacy="public",
)


def catalogue(indicators: list[Indicator], *, datasets: dict[str, tuple[str, ...]]) -> pl.DataFrame:
    """One row per indicator, its header fields as columns; `datasets` by indicator."""
    rows = [
        {
            "indicator": indicator.name,
            "label": indicator.query.about,
            "numerator_label": indicator.text("numerator"),
            "denominator_label": indicator.text("denominator"),
            "datasets": ", ".join(datasets[indicator.name]) or None,
            **{key: indicator.text(key) for key in ("definition", "unit", "source", "reading", "reads", "dimensions")},
        }
        for indicator in sorted(indicators, key=lambda each: each.name)
    ]
    return pl.DataFrame(rows, schema=CATALOGUE.frame_schema)
