"""What the pages read: the indicators' values up to the month of the report, and the catalogue that explains them.

An indicator that the catalogue does not know, or that has no row, is an absent value with its reason, never an error: a page
on what nobody delivers stays whole.
"""

import datetime as dt
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Literal

import polars as pl

from pipelines import duck
from pipelines.contracts.codes import COORDINATION, NOT_STATED
from pipelines.contracts.export import Period
from pipelines.contracts.plan import months
from pipelines.contracts.registry import CODE_LISTS, EXPORTS
from pipelines.reports import formats

REASONS = {"NOT_RECEIVED": "Non reçu", "NOT_APPLICABLE": "Non applicable", "NOT_LINKED": "Non lié"}

Grain = Literal["month", "quarter", "year"]
_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class About:
    """What the catalogue says of an indicator.

    Attributes:
        linked: whether it joins what several services say of a person.
        rests_on: the services whose deliveries count, where the indicator names them.
        left_out: those of them that may not be linked, where that is asked for: what they send does not count.
    """

    label: str
    definition: str
    unit: str
    source: str
    numerator: str = ""
    denominator: str = ""
    linked: bool = False
    rests_on: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def share(self) -> bool:
        """Whether its values are shares, from 0 to 1."""
        return self.unit == "part"

    @property
    def shown_unit(self) -> str:
        """The unit as its values are written: shares are written in per cent."""
        return "en %" if self.share else self.unit

    @property
    def basis(self) -> str:
        """What its values rest on, in words."""
        if self.share:
            return f"Numérateur: {self.numerator}. Dénominateur: {self.denominator}."
        return f"Calculé sur: {self.denominator}."

    @property
    def services(self) -> str:
        """The services it rests on, in words; nothing where it names none."""
        if not self.rests_on:
            return ""
        counted = ", ".join(self.rests_on)
        if not self.linked:
            return f"Services: {counted}, chaque service pour lui-même."
        without = f"; sans base légale pour relier, donc sans: {', '.join(self.left_out)}" if self.left_out else ""
        return f"Personnes reliées entre services: {counted or 'aucun'}{without}."


UNKNOWN = About("Indicateur inconnu", "Le catalogue ne connaît pas cet indicateur.", "", "–")


@dataclass(frozen=True)
class Value:
    """A value of an indicator in a period, ready to be written."""

    about: About
    period: dt.date
    numerator: float | None
    denominator: float | None
    value: float | None
    complete: bool
    mature: bool
    reason: str | None

    @property
    def text(self) -> str:
        """The value as it is read, or the word for its absence."""
        if self.value is None:
            return REASONS[self.reason or "NOT_APPLICABLE"]
        return formats.percent(self.value) if self.about.share else formats.number(self.value)

    @property
    def detail(self) -> str:
        """What it rests on: both counts of a rate, the number behind a median; nothing for a count."""
        if self.denominator is None:
            return ""
        if self.numerator is None:
            return f"n = {formats.number(self.denominator)}"
        return f"{formats.number(self.numerator)} / {formats.number(self.denominator)}"

    @property
    def flags(self) -> tuple[str, ...]:
        """What keeps it from being final."""
        if self.value is None:
            return ()
        return (() if self.complete else ("incomplet",)) + (() if self.mature else ("provisoire",))

    def grounds(self, *more: str) -> str:
        """What it rests on, what keeps it from being final, and what else there is to say of it."""
        return " · ".join(filter(None, (self.detail, *self.flags, *more)))


@dataclass(frozen=True)
class Book:
    """The warehouse seen from the month of the report.

    Attributes:
        con: the tables.
        period: the month of the report.
        catalogue: what the indicators are.
        before: the copy published before, where there is one to compare.
        read: the values already made; pages ask for the same ones again and again.
    """

    con: duck.Connection
    period: dt.date
    catalogue: Mapping[str, About]
    before: duck.Connection | None = None
    read: dict[tuple[str, str, str], dict[str, tuple["Value", ...]]] = field(default_factory=dict, compare=False, repr=False)

    def about(self, *indicators: str) -> tuple[About, ...]:
        """What the catalogue says of each; one that it does not know says so itself."""
        return tuple(self.catalogue.get(indicator, UNKNOWN) for indicator in indicators)

    def rows(self, query: str, **parameters: object) -> pl.DataFrame:
        """The rows of a query; `$period` is the month of the report."""
        return duck.frame(self.con, query, {"period": self.period, **parameters} if "$period" in query else parameters)

    @cached_property
    def sample(self) -> bool:
        """Whether any of its persons are invented."""
        found: bool = self.rows("select coalesce(bool_or(sample), false) from stg.delivery").item()
        return found

    @cached_property
    def cells(self) -> Mapping[tuple[object, ...], pl.DataFrame]:
        """The rows of all indicators by indicator, dimension and grain.

        In one query: the table is a view over all indicators, and to plan a query of it takes longer than to read it whole.
        """
        rows = self.rows(
            """
            select indicator, dimension, grain, member, period, numerator, denominator, value, complete, mature, reason
            from mart.indicator_value where period <= $period order by indicator, dimension, grain, member, period
            """
        )
        return rows.partition_by("indicator", "dimension", "grain", include_key=False, as_dict=True)


def latest_period(con: duck.Connection, *, dataset: str | None = None) -> dt.date | None:
    """The latest month that a delivery in force speaks of, of one dataset or of any monthly one; a year's comes when it comes."""
    asked = [dataset] if dataset else [name for name, export in EXPORTS.items() if export.cadence == "monthly"]
    query = "select max(period) as period from stg.delivery where status = 'in_force' and list_contains($asked, dataset)"
    period: dt.date | None = duck.frame(con, query, {"asked": asked}).item()
    return period


def linked_services(con: duck.Connection) -> tuple[str, ...]:
    """The services that have a legal basis for linking."""
    return tuple(duck.frame(con, "select service from core.linked_service order by service")["service"])


def open_book(con: duck.Connection, period: dt.date, *, before: duck.Connection | None = None) -> Book:
    """The book of a month."""
    query = """
    select indicator, label, definition, unit, source, coalesce(numerator_label, ''), coalesce(denominator_label, ''), linked,
      coalesce(string_split(rests_on, ', '), [])
    from mart.indicator
    """
    may_be = {*linked_services(con), COORDINATION}
    return Book(con, period, {name: _about(cells, may_be) for name, *cells in duck.frame(con, query).iter_rows()}, before)


def _about(cells: list, may_be: set[str]) -> About:
    """What the catalogue says, and which services count now: of those to be linked, the ones that may be."""
    *texts, linked, services = cells
    out = tuple(service for service in services if linked and service not in may_be)
    return replace(About(*texts), linked=linked, rests_on=tuple(service for service in services if service not in out), left_out=out)


def values(book: Book, indicator: str, dimension: str = "total", *, grain: Grain = "month") -> dict[str, tuple[Value, ...]]:
    """The values of an indicator by member, up to the period that holds the month of the report."""
    asked = (indicator, dimension, grain)
    if asked not in book.read:
        book.read[asked] = _read(book, *asked)
    return book.read[asked]


def _read(book: Book, indicator: str, dimension: str, /, grain: Grain) -> dict[str, tuple[Value, ...]]:
    rows = book.cells.get((indicator, dimension, grain))
    if rows is None:
        return {}
    (about,) = book.about(indicator)
    last = first_of(book.period, grain)
    by_member = groupby(rows.iter_rows(), key=itemgetter(0))
    return {member: _up_to(last, tuple(Value(about, *cells) for _, *cells in group), grain) for member, group in by_member}


def latest(book: Book, indicator: str, dimension: str, *, grain: Grain = "month") -> dict[str, Value]:
    """The values by member of the period that holds the month of the report."""
    return {member: known[-1] for member, known in values(book, indicator, dimension, grain=grain).items()}


def first_of(day: dt.date, grain: Grain) -> dt.date:
    """The first day of the month, quarter or year that a day lies in."""
    return Period(day).months_before((day.month - 1) % _MONTHS_IN[grain])


def under_way(book: Book, period: dt.date, grain: Grain) -> bool:
    """Whether a period goes on after the month of the report."""
    return Period(period).months_before(1 - _MONTHS_IN[grain]) > book.period


def _up_to(period: dt.date, known: tuple[Value, ...], grain: Grain) -> tuple[Value, ...]:
    """The values, and an absent one for each period between the last one with a delivery in force and that of the report."""
    last = known[-1]
    following = [month for month in months(last.period, period)[1:] if month == first_of(month, grain)]
    return (*known, *(Value(last.about, month, None, None, None, False, last.mature, "NOT_RECEIVED") for month in following))


def value_at(
    book: Book,
    indicator: str,
    *,
    months_before: int = 0,
    dimension: str = "total",
    member: str = "total",
    grain: Grain = "month",
) -> Value:
    """The value of the period that holds the month of the report, or a month some months before it.

    Before the first delivery there is none; of an indicator without any row, nothing was received.
    """
    period = first_of(Period(book.period).months_before(months_before), grain)
    found = values(book, indicator, dimension, grain=grain)
    value = next((value for value in found.get(member, ()) if value.period == period), None)
    reason = "NOT_APPLICABLE" if found else "NOT_RECEIVED"
    (about,) = book.about(indicator)
    return value or Value(about, period, None, None, None, False, True, reason)


def label(code_list: str, code: str) -> str:
    """The French label of a code; the code itself where its list is an open one."""
    if code == NOT_STATED.code:
        return NOT_STATED.label
    codes = CODE_LISTS[code_list].codes if code_list in CODE_LISTS else ()
    return next((one.label for one in codes if one.code == code), code)


def in_list_order(code_list: str, present: Container[object]) -> list[str]:
    """The codes of a closed list that are there, as the list orders them."""
    return [one.code for one in CODE_LISTS[code_list].codes if one.code in present]
