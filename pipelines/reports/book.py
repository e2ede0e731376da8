"""What the pages read: the indicators' values up to the month of the report, and the catalogue that explains them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import polars as pl

from pipelines import duck
from pipelines.contracts.codes import NOT_STATED
from pipelines.contracts.export import Period
from pipelines.contracts.plan import months
from pipelines.contracts.registry import CODE_LISTS
from pipelines.reports import formats

REASONS = {"NOT_RECEIVED": "Non reçu", "NOT_APPLICABLE": "Non applicable"}


@dataclass(frozen=True)
class About:
    """What the catalogue says of an indicator."""

    label: str
    definition: str
    unit: str
    source: str
    numerator: str = ""
    denominator: str = ""

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


@dataclass(frozen=True)
class Value:
    """A value of an indicator in a month, ready to be written."""

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


@dataclass(frozen=True)
class Book:
    """The warehouse seen from the month of the report, and the copy published before it, where there is one to compare."""

    con: duck.Connection
    period: dt.date
    catalogue: Mapping[str, About]
    before: duck.Connection | None = None

    def rows(self, query: str, **parameters: object) -> pl.DataFrame:
        """The rows of a query; `$period` is the month of the report."""
        return duck.frame(self.con, query, {"period": self.period, **parameters} if "$period" in query else parameters)


def latest_period(con: duck.Connection, *, dataset: str | None = None) -> dt.date | None:
    """The latest month that a delivery in force speaks of, of one dataset or of any."""
    query = "select max(period) as period from stg.delivery where status = 'in_force' and ($dataset is null or dataset = $dataset)"
    period: dt.date | None = duck.frame(con, query, {"dataset": dataset}).item()
    return period


def open_book(con: duck.Connection, period: dt.date, *, before: duck.Connection | None = None) -> Book:
    """The book of a month."""
    query = "select indicator, label, definition, unit, source, numerator_label, denominator_label from mart.indicator"
    catalogue = {name: About(*(text or "" for text in texts)) for name, *texts in duck.frame(con, query).iter_rows()}
    return Book(con, period, catalogue, before)


def values(book: Book, indicator: str, dimension: str = "total") -> dict[str, tuple[Value, ...]]:
    """The monthly values of an indicator by member, up to the month of the report."""
    rows = book.rows(
        """
        select member, period, numerator, denominator, value, complete, mature, reason from mart.indicator_value
        where indicator = $indicator and dimension = $dimension and grain = 'month' and period <= $period
        order by member, period
        """,
        indicator=indicator,
        dimension=dimension,
    )
    about = book.catalogue[indicator]
    by_member = groupby(rows.iter_rows(), key=itemgetter(0))
    return {member: _up_to(book.period, tuple(Value(about, *cells) for _, *cells in group)) for member, group in by_member}


def _up_to(period: dt.date, known: tuple[Value, ...]) -> tuple[Value, ...]:
    """The values, and an absent one for each month between the last delivery in force and the month of the report."""
    last = known[-1]
    following = months(last.period, period)[1:]
    return (*known, *(Value(last.about, month, None, None, None, False, last.mature, "NOT_RECEIVED") for month in following))


def value_at(book: Book, indicator: str, *, months_before: int = 0, dimension: str = "total", member: str = "total") -> Value:
    """The value in the month of the report, or some months before it; before the first delivery there is none."""
    period = Period(book.period).months_before(months_before)
    found = [value for value in values(book, indicator, dimension).get(member, ()) if value.period == period]
    return found[0] if found else Value(book.catalogue[indicator], period, None, None, None, False, True, "NOT_APPLICABLE")


def label(code_list: str, code: str) -> str:
    """The French label of a code; the code itself where its list is an open one."""
    if code == NOT_STATED.code:
        return NOT_STATED.label
    return next((one.label for one in CODE_LISTS[code_list].codes if one.code == code), code)
