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
from typing import Literal, NamedTuple

import polars as pl

from pipelines import duck
from pipelines.contracts.codes import COORDINATION, NOT_STATED
from pipelines.contracts.export import Period
from pipelines.contracts.plan import months
from pipelines.contracts.registry import CODE_LISTS, EXPORTS
from pipelines.contracts.thresholds import Thresholds
from pipelines.reports import formats
from pipelines.reports.language import labelled, tr
from pipelines.reports.value import UNKNOWN, About, Figure, Grain, Value

# To whom the book's figures go: to the analysts alone, to the service whose own they are, or to others, before and after somebody
# released them.
Standing = Literal["internal", "own", "provisional", "released"]
MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}


class Released(NamedTuple):
    """The release of a pack, as its pages name it."""

    number: int
    day: dt.date
    by: str


@dataclass(frozen=True)
class Book:
    """The warehouse seen from the month of the report.

    Attributes:
        con: the tables.
        period: the month of the report.
        catalogue: what the indicators are.
        before: the copy published before, where there is one to compare.
        standing: to whom its figures go.
        service: whose own figures they are, where they go to a service.
        thresholds: how few persons are told of, where small numbers are hidden.
        released: by whom and when, where they are released.
        read: the values already made; pages ask for the same ones again and again.
    """

    con: duck.Connection
    period: dt.date
    catalogue: Mapping[str, About]
    before: duck.Connection | None = None
    standing: Standing = "internal"
    service: str | None = None
    thresholds: Thresholds | None = None
    released: Released | None = None
    read: dict[tuple[str, str, str], dict[str, tuple["Value", ...]]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def internal(self) -> bool:
        """Whether it goes to the analysts alone."""
        return self.standing == "internal"

    @property
    def controlled(self) -> bool:
        """Whether its tables are those that passed the disclosure control."""
        return self.thresholds is not None

    def about(self, *indicators: str) -> tuple[About, ...]:
        """What the catalogue says of each; one that it does not know says so itself."""
        return tuple(self.catalogue.get(indicator) or _told(UNKNOWN) for indicator in indicators)

    def rows(self, query: str, **parameters: object) -> pl.DataFrame:
        """The rows of a query; `$period` is the month of the report."""
        return duck.frame(self.con, query, {"period": self.period, **parameters} if "$period" in query else parameters)

    @cached_property
    def sample(self) -> bool:
        """Whether any of its persons are invented."""
        found: bool = self.rows("select coalesce(bool_or(sample), false) from stg.delivery").item()
        return found

    @cached_property
    def stands(self) -> Mapping[Figure, dt.date]:
        """The figures that stand as they were released, with the day: too few persons moved for the new ones to be told."""
        if not self.controlled:
            return {}
        select = "select indicator, grain, period, dimension, member, released_on from mart.standing"
        return {Figure(*figure): day for *figure, day in self.rows(select).iter_rows()}

    @cached_property
    def cells(self) -> Mapping[tuple[object, ...], pl.DataFrame]:
        """The rows of all indicators by indicator, dimension and grain, in no order.

        In one query: the table is a view over all indicators, and to plan a query of it takes longer than to read it whole.
        """
        rows = self.rows(
            """
            select indicator, dimension, grain, member, period, numerator, denominator, value, complete, mature, reason
            from mart.indicator_value where period <= $period
            """
        )
        return rows.partition_by("indicator", "dimension", "grain", include_key=False, as_dict=True)


def latest_period(con: duck.Connection, *, dataset: str | None = None) -> dt.date | None:
    """The latest month that a delivery in force speaks of, of one dataset or of any monthly one; a year's comes when it comes."""
    return _ends(con, dataset)[1]


def first_period(con: duck.Connection) -> dt.date | None:
    """The first month that a delivery in force of any monthly dataset speaks of."""
    return _ends(con)[0]


def _ends(con: duck.Connection, dataset: str | None = None) -> tuple[dt.date | None, dt.date | None]:
    asked = [dataset] if dataset else [name for name, export in EXPORTS.items() if export.cadence == "monthly"]
    query = "select min(period), max(period) from stg.delivery where status = 'in_force' and list_contains($asked, dataset)"
    (ends,) = duck.frame(con, query, {"asked": asked}).iter_rows()
    return ends


def linked_services(con: duck.Connection) -> tuple[str, ...]:
    """The services that have a legal basis for linking."""
    return tuple(duck.frame(con, "select service from core.linked_service order by service")["service"])


def open_book(
    con: duck.Connection,
    period: dt.date,
    *,
    before: duck.Connection | None = None,
    standing: Standing = "internal",
    service: str | None = None,
    thresholds: Thresholds | None = None,
    released: Released | None = None,
) -> Book:
    """The book of a month, for whom it stands open."""
    return Book(con, period, _catalogue(con), before, standing, service, thresholds, released)


def retold(book: Book) -> Book:
    """The same book in the language of now; what was read of it in another is not used."""
    return replace(book, catalogue=_catalogue(book.con), read={})


def _catalogue(con: duck.Connection) -> Mapping[str, About]:
    query = """
    select indicator, label, definition, unit, source, coalesce(numerator_label, ''), coalesce(denominator_label, ''), linked,
      person_counts <> 'none', not regexp_matches(person_counts, '^none$|numerator|denominator'),
      case when definition_version > 1 then valid_from end, coalesce(string_split(rests_on, ', '), [])
    from mart.indicator
    """
    may_be = {*linked_services(con), COORDINATION}
    return {name: _told(_about(cells, may_be)) for name, *cells in duck.frame(con, query).iter_rows()}


def _told(about: About) -> About:
    """The same in the language of now; a unit is told where it is written."""
    label, definition, source, numerator, denominator = map(
        tr, (about.label, about.definition, about.source, about.numerator, about.denominator)
    )
    return replace(about, label=label, definition=definition, source=source, numerator=numerator, denominator=denominator)


def _about(cells: list, may_be: set[str]) -> About:
    """What the catalogue says, and which services count now: of those to be linked, the ones that may be."""
    *texts, linked, persons, among, redefined, services = cells
    out = tuple(service for service in services if linked and service not in may_be)
    kept = tuple(service for service in services if service not in out)
    return replace(About(*texts), linked=linked, rests_on=kept, left_out=out, persons=persons, among=among, redefined=redefined)


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
    by_member = groupby(sorted(rows.iter_rows(), key=itemgetter(0, 1)), key=itemgetter(0))
    found = {
        member: tuple(Value(about, Figure(indicator, grain, cells[0], dimension, member), *cells) for _, *cells in group)
        for member, group in by_member
    }
    if book.stands:
        found = {member: tuple(_as_said(book, value) for value in known) for member, known in found.items()}
    if _stands(book, about, dimension, grain):
        return found
    return {member: _up_to(last, known, grain) for member, known in found.items()}


def _as_said(book: Book, value: Value) -> Value:
    """The value with the word that it is the released one, where the new one may not be told."""
    day = book.stands.get(value.figure) if value.figure else None
    return replace(value, stood=tr("tel que diffusé le {day}", day=formats.day(day))) if day else value


def _stands(book: Book, about: About, dimension: str, grain: Grain) -> bool:
    """Whether a breakdown does not move from month to month: what was told last stands until more may be told."""
    return book.controlled and about.persons and dimension != "total" and grain == "month"


def value_of(book: Book, figure: Figure) -> Value | None:
    """The value of a figure, where the book has it for what its pages show: this asks for nothing more to be shown."""
    indicator, grain, period, dimension, member = figure
    found = _read(book, indicator, dimension, grain).get(member, ())
    return next((value for value in found if value.period == period), None)


def latest(book: Book, indicator: str, dimension: str, *, grain: Grain = "month") -> dict[str, Value]:
    """The values by member of the period that holds the month of the report, or the last that may be told."""
    last = first_of(book.period, grain)
    found = {member: known[-1] for member, known in values(book, indicator, dimension, grain=grain).items()}
    return {member: value if value.period == last else standing(value) for member, value in found.items()}


def standing(value: Value) -> Value:
    """The value with the word that it is of an earlier month."""
    return replace(value, stood=tr("état à fin {month}", month=formats.month(value.period)))


def first_of(day: dt.date, grain: Grain) -> dt.date:
    """The first day of the month, quarter or year that a day lies in."""
    return Period(day).months_before((day.month - 1) % MONTHS_IN[grain])


def under_way(book: Book, period: dt.date, grain: Grain) -> bool:
    """Whether a period goes on after the month of the report."""
    return Period(period).months_before(1 - MONTHS_IN[grain]) > book.period


def _up_to(period: dt.date, known: tuple[Value, ...], grain: Grain) -> tuple[Value, ...]:
    """The values, and an absent one for each period between the last one with a delivery in force and that of the report."""
    last = known[-1]
    following = [month for month in months(last.period, period)[1:] if month == first_of(month, grain)]
    return (*known, *(Value(last.about, None, month, None, None, None, False, last.mature, "NOT_RECEIVED") for month in following))


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

    Before the first delivery there is none; of an indicator without any row, nothing was received. Where a breakdown stands, the
    last that may be told, and nothing before it.
    """
    period = first_of(Period(book.period).months_before(months_before), grain)
    found = values(book, indicator, dimension, grain=grain)
    value = next((value for value in found.get(member, ()) if value.period == period), None)
    reason = "NOT_APPLICABLE" if found else "NOT_RECEIVED"
    (about,) = book.about(indicator)
    if value is None and member in found and _stands(book, about, dimension, grain):
        if not months_before:
            return standing(found[member][-1])
        reason = "HELD_BACK"
    held_back = Figure(indicator, grain, period, dimension, member) if reason == "HELD_BACK" else None
    return value or Value(about, held_back, period, None, None, None, False, True, reason)


def label(code_list: str, code: str) -> str:
    """The label of a code; the code itself where its list is an open one."""
    if code == NOT_STATED.code:
        return labelled(NOT_STATED)
    codes = CODE_LISTS[code_list].codes if code_list in CODE_LISTS else ()
    return next((labelled(one) for one in codes if one.code == code), code)


def in_list_order(code_list: str, present: Container[object]) -> list[str]:
    """The codes of a closed list that are there, as the list orders them."""
    return [one.code for one in CODE_LISTS[code_list].codes if one.code in present]
