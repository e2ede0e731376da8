"""What an indicator is: the header of its query, read and checked."""

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, cast, get_args

import polars as pl

from pipelines.contracts.codes import SERVICE
from pipelines.contracts.columns import SHARED
from pipelines.contracts.given import GIVEN, read_reference
from pipelines.contracts.query import Query
from pipelines.contracts.registry import CODE_LISTS, EXPORTS
from pipelines.contracts.table import Held, Table
from pipelines.indicators.counts import COUNTS, EVERY, Equality, Persons, Shape, Side, Term, equalities, persons_of_header

Grain = Literal["month", "quarter", "year"]

_REQUIRED = ("definition", "numerator", "unit", "source", "reading", "shape", "reads", "dimensions", "persons", "version", "valid_from")
_KEYS = (*_REQUIRED, "denominator", "grains", "needs", "overlapping", "rests_on", "linked", "persons_of", "equals", "fingerprint")
# Numbers of months, a parameter among them: from -12-gap_months to +gap_months-1.
_AROUND = re.compile(r"(?:end )?from (?:0|-\d+|(?:-\d+)?-[a-z_]+) to (?:0|\+\d+|\+[a-z_]+(?:[+-]\d+)?)")
_READS = re.compile(rf"month|end|trailing \d+|since ([1-9]|1[0-2])|cumulated|{_AROUND.pattern}")
# A dataset or a table, as a source names it behind its words.
_NAMED = re.compile(r"\((?:\w+\.)?(\w+)\)")
_READINGS = ("hausse favorable", "hausse défavorable", "neutre")

_CELL = ("indicator", "grain", "period", "dimension", "member")
_VALUES = ("numerator", "denominator", "value", "complete", "mature", "reason")
_FILLED = {*_CELL, "complete", "mature"}


# Instead of a code list: the services that send what the indicator needs. What one of them has not sent is missing, not 0.
SENDER = "sender"
# The systems, each of which one service sends.
SYSTEM = "system"
# No list, where a list bears the dimension's name: the members seen.
OPEN = "open"


@dataclass(frozen=True)
class Dimension:
    """A breakdown and the code list of its members; one that has no list is open: the members seen.

    An overlapping one is a list of members: a row counts in each of them, and once in the total.
    """

    name: str
    code_list: str
    overlapping: bool = False


@dataclass(frozen=True)
class Indicator:
    """An indicator of the catalogue.

    Attributes:
        query: what it counts: rows of `period`, its dimensions, and `numerator`, `denominator` or `observation`; with more
            grains than months also of `grain`.
        shape: `count` (numerators add up), `ratio` (numerators over denominators), `median` or `mean` (of `observation`).
        grains: month, quarter, year.
        reads: the months a figure reads: `month` (those of its period), `end` (the last of them), `trailing N`,
            `since 8` (since the last August, the period's own included), `cumulated`, `from -12 to +2` (from twelve months before
            the period's first to two after its last; `end from …` where only the last makes it one that was received).
        dimensions: the breakdowns, `total` among them where there is a total.
        needs: the datasets without which there is no figure; none named: all that it reads.
        rests_on: the services whose deliveries count; none named: all that send what it reads.
        linked: whether it joins what several services say of a person; then only services with a legal basis count.
        persons: which of its counts are of persons, and how they move.
        version: which of the definitions that it ever had, from 1 on.
        valid_from: the day from which that definition is in use.
        persons_of: the services whose persons a linked figure counts: without a legal basis for each of them it has no value.
        equals: what its counts equal of other indicators.
    """

    query: Query
    shape: Shape
    grains: tuple[Grain, ...]
    reads: str
    dimensions: tuple[Dimension, ...]
    needs: tuple[str, ...]
    persons: Persons
    version: int
    valid_from: dt.date
    rests_on: tuple[str, ...] = ()
    linked: bool = False
    persons_of: tuple[str, ...] = ()
    equals: tuple[Equality, ...] = ()

    @property
    def name(self) -> str:
        """Its identifier."""
        return self.query.name

    def text(self, key: str) -> str | None:
        """A header field."""
        return self.query.header.get(key) or None

    @property
    def counts(self) -> tuple[Side, ...]:
        """The counts that its cells hold."""
        return COUNTS[self.shape]

    @property
    def theme(self) -> str | None:
        """The dataset that its source names first, or a table of our own."""
        named = _NAMED.search(self.query.header["source"])
        return named and named[1]

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
    shape = cast(Shape, header["shape"])
    dimensions = tuple(_dimension(text, query=query.qualified) for text in header["dimensions"].split(","))
    grains = _words(header.get("grains", "month"), among=get_args(Grain), query=query.qualified)
    needs = _words(header.get("needs", ""), among=tuple(EXPORTS), query=query.qualified)
    overlapping = _words(header.get("overlapping", ""), among=tuple(dimension.name for dimension in dimensions), query=query.qualified)
    dimensions = tuple(replace(dimension, overlapping=dimension.name in overlapping) for dimension in dimensions)
    if shape not in get_args(Shape) or not _READS.fullmatch(header["reads"]) or header["reading"] not in _READINGS:
        raise ValueError(f"{query.qualified}: shape, reads or reading has no meaning")
    if _AROUND.fullmatch(header["reads"]):
        _words(",".join(re.findall("(?<=[+-])[a-z_]+", header["reads"])), among=_parameters(), query=query.qualified)
    rests_on = _words(header.get("rests_on", ""), among=tuple(code.code for code in SERVICE.codes), query=query.qualified)
    linked = header.get("linked", "no")
    persons_of = _words(header.get("persons_of", ""), among=rests_on, query=query.qualified)
    if linked not in ("yes", "no") or (linked == "yes" and not rests_on) or (linked == "no" and persons_of):
        raise ValueError(f"{query.qualified}: linked is yes or no, and says on which services it rests, and whose persons it counts")
    if (shape == "count") == bool(header.get("denominator")):
        raise ValueError(f"{query.qualified}: a denominator belongs to all but counts, and to them only")
    if not re.fullmatch("[1-9][0-9]*", header["version"]):
        raise ValueError(f"{query.qualified}: version is a number from 1 on")
    try:
        persons = persons_of_header(header["persons"], shape=shape, reads=header["reads"])
        equals = equalities(header.get("equals", ""), indicator=query.name)
        valid_from = dt.date.fromisoformat(header["valid_from"])
    except ValueError as error:
        raise ValueError(f"{query.qualified}: {error}") from None
    return Indicator(
        query,
        shape,
        cast(tuple[Grain, ...], grains),
        header["reads"],
        dimensions,
        needs,
        persons,
        int(header["version"]),
        valid_from,
        rests_on,
        linked == "yes",
        persons_of,
        equals,
    )


def refuse_unknown_counts(indicators: Collection[Indicator]) -> None:
    """See that what indicators say to equal is there.

    Raises:
        ValueError: an equality names an indicator, a count, a grain or a breakdown that there is not.
    """
    known = {indicator.name: indicator for indicator in indicators}
    for indicator in indicators:
        for equality in indicator.equals:
            terms = (Term(indicator.name, equality.side), *equality.terms)
            if wrong := [term.indicator for term in terms if not _holds(known.get(term.indicator), term, equality)]:
                raise ValueError(f"{indicator.query.qualified}: equals: {', '.join(wrong)} has no such count, grain or breakdown")


def _holds(indicator: Indicator | None, term: Term, equality: Equality) -> bool:
    if indicator is None or term.side not in indicator.counts or (equality.grain or indicator.grains[0]) not in indicator.grains:
        return False
    lists = {dimension.name: dimension.code_list for dimension in indicator.dimensions}
    name = term.dimension or equality.dimension
    # The members of an open breakdown are not known here.
    codes = CODE_LISTS.get(lists.get(name, OPEN)) if name and term.member not in (None, EVERY) else None
    return name in (None, *lists) and (codes is None or term.member in [code.code for code in codes.codes])


@cache
def _parameters() -> tuple[str, ...]:
    """The dated parameters that there are."""
    (table,) = (given.table for given in GIVEN if given.table.qualified == "core.parameter")
    return tuple(sorted(set(read_reference(table)["parameter"])))


def _words(text: str, *, among: tuple[str, ...], query: str) -> tuple[str, ...]:
    words = tuple(word.strip() for word in text.split(",") if word.strip())
    if unknown := set(words) - set(among):
        raise ValueError(f"{query}: there is no {', '.join(sorted(unknown))} among {', '.join(among)}")
    return words


def _dimension(text: str, *, query: str) -> Dimension:
    name, equals, code_list = (part.strip() for part in text.partition("="))
    if equals and code_list not in (*CODE_LISTS, SENDER, OPEN):
        raise ValueError(f"{query}: there is no code list {code_list or '(empty)'}")
    return Dimension(name, code_list or name)


# Keys whose text is a column.
_AS_SAID = ("definition", "unit", "source", "reading", "shape", "reads", "dimensions", "overlapping", "equals")

CATALOGUE = Table(
    schema="mart",
    name="indicator",
    grain="Une ligne par indicateur: le catalogue, tiré de l'en-tête des requêtes.",
    columns=tuple(
        Held(SHARED[name], name not in ("denominator_label", "datasets", "needs", "overlapping", "rests_on", "equals"))
        for name in (
            "indicator",
            "label",
            "definition",
            "numerator_label",
            "denominator_label",
            "unit",
            "source",
            "reading",
            "shape",
            "reads",
            "grains",
            "dimensions",
            "overlapping",
            "datasets",
            "needs",
            "rests_on",
            "linked",
            "person_counts",
            "equals",
            "definition_version",
            "valid_from",
        )
    ),
    key=("indicator",),
    privacy="public",
)
FORMER_CATALOGUE = replace(CATALOGUE, name="former_indicator", grain="Une ligne par définition remplacée: son catalogue d'alors.")


def catalogue(indicators: list[Indicator], *, datasets: dict[str, tuple[str, ...]]) -> pl.DataFrame:
    """One row per indicator, its header fields as columns; `datasets` by indicator."""
    rows = [
        {
            "indicator": indicator.name,
            "label": indicator.query.about,
            "numerator_label": indicator.text("numerator"),
            "denominator_label": indicator.text("denominator"),
            "grains": ", ".join(indicator.grains),
            "datasets": ", ".join(datasets[indicator.name]) or None,
            "needs": ", ".join(indicator.needs) or None,
            "rests_on": ", ".join(indicator.rests_on) or None,
            "linked": indicator.linked,
            "person_counts": indicator.text("persons"),
            "definition_version": indicator.version,
            "valid_from": indicator.valid_from,
            **{key: indicator.text(key) for key in _AS_SAID},
        }
        for indicator in sorted(indicators, key=lambda each: each.name)
    ]
    return pl.DataFrame(rows, schema=CATALOGUE.frame_schema)
