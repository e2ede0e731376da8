"""CII training, quarter by quarter, and the agreements between the institutions."""

import datetime as dt

from pipelines.contracts.export import Period
from pipelines.reports import formats, theme
from pipelines.reports.basis import basis
from pipelines.reports.book import Book, in_list_order, under_way, values
from pipelines.reports.cells import day_cell
from pipelines.reports.chart import Chart, Series
from pipelines.reports.content import Block, Cell, Page, Table, Text, heads
from pipelines.reports.files import GP_CII, LEGISLATURE
from pipelines.reports.language import later, tr
from pipelines.reports.record import record, record_table
from pipelines.reports.series import point
from pipelines.reports.value import Value

_TRAINING = ("training_sessions", "training_participants", "training_plan_met")
# In force on the last day of the month of the report, whatever the list's own year.
_AGREEMENTS = """
    select party_a, party_b, signed_on, review_on from core.agreement
    where signed_on <= $last and coalesce(ended_on > $last, true) and coalesce(vanished_on >= $last, true)
    order by party_a, party_b, signed_on
"""


def _build(book: Book) -> tuple[Block, ...]:
    trained = bool(values(book, "training_sessions", grain="quarter"))
    agreed = bool(values(book, "agreements_in_force", grain="year"))
    rests_on = (
        *basis(book, "training_sessions", dataset="formations_cii", grain="quarter"),
        *basis(book, "agreements_in_force", dataset="conventions", grain="year"),
    )
    return (
        Text(rests_on),
        *((_quarters(book), _participants(book), record_table(book, record(book, "training"))) if trained else ()),
        *((_agreements(book), _in_force(book)) if agreed else ()),
    )


def _quarters(book: Book) -> Table:
    """A row per quarter, the latest first."""
    known = {indicator: _totals(book, indicator) for indicator in _TRAINING}
    periods = sorted({period for totals in known.values() for period in totals}, reverse=True)
    rows = tuple(
        (Cell(_quarter(book, period), kind="text"), *(_cell(known[indicator].get(period)) for indicator in _TRAINING)) for period in periods
    )
    about = book.about(*_TRAINING)
    columns = (Cell(tr("Trimestre"), kind="text"), *(Cell(one.label, one.shown_unit) for one in about))
    return Table(slug="quarters", title=tr("Séances et participants par trimestre"), columns=columns, rows=rows, about=about)


def _totals(book: Book, indicator: str) -> dict[dt.date, Value]:
    return {value.period: value for value in values(book, indicator, grain="quarter").get("total", ())}


def _cell(value: Value | None) -> Cell:
    return Cell(value.text, value.grounds(), shows=value) if value else Cell("–")


def _quarter(book: Book, period: dt.date) -> str:
    """The quarter; the one that the report's month does not end is under way."""
    name = formats.period(period, "quarter")
    return tr("{quarter} (en cours)", quarter=name) if under_way(book, period, "quarter") else name


def _participants(book: Book) -> Chart:
    """The participants of each service, by quarter."""
    members = values(book, "training_participants", "service", grain="quarter")
    series = tuple(
        Series(
            service,
            theme.colour("service", service),
            tuple(point(value, _quarter(book, value.period)) for value in members[service]),
            "bar",
        )
        for service in in_list_order("service", members)
    )
    about = book.about("training_participants")
    return Chart(slug="participants", title=tr("Participants par service"), about=about, series=series, axis="category", stacked=True)


def _agreements(book: Book) -> Table:
    """A row per agreement in force, with what its review asks for."""
    last = Period(book.period).last
    found = book.rows(_AGREEMENTS, last=last).rows(named=True)
    rows = tuple(
        (
            Cell(f"{one['party_a']} – {one['party_b']}", kind="text"),
            day_cell(one["signed_on"], kind="text"),
            day_cell(one["review_on"], kind="text"),
            _review(one["review_on"], last),
        )
        for one in found
    )
    overdue = sum(one["review_on"] is not None and one["review_on"] <= last for one in found)
    in_force = formats.counted(len(found), "convention en vigueur", "conventions en vigueur")
    due = formats.counted(overdue, "révision échue", "révisions échues")
    notes = (tr("{agreements} au {day}; {reviews}.", agreements=in_force, day=formats.day(last), reviews=due),)
    columns = heads((tr("Entre"), tr("Signée le"), tr("Révision prévue"), tr("Révision")))
    return Table(slug="agreements", title=tr("Conventions en vigueur et révisions"), columns=columns, rows=rows, notes=notes)


def _review(review_on: dt.date | None, last: dt.date) -> Cell:
    """How far away a review is on a day."""
    if review_on is None:
        return Cell(tr("sans date"), kind="text")
    if review_on <= last:
        return Cell(tr("échue"), kind="text wrong")
    return Cell(tr("dans les douze mois") if review_on <= last + dt.timedelta(days=365) else tr("plus tard"), kind="text")


def _in_force(book: Book) -> Chart:
    known = values(book, "agreements_in_force", grain="year").get("total", ())
    title = tr("Conventions en vigueur, fin d'année")
    points = tuple(point(value, str(value.period.year)) for value in known if not under_way(book, value.period, "year"))
    series = (Series(title, theme.nth(0), points, "bar"),)
    return Chart(slug="in_force", title=title, about=book.about("agreements_in_force"), series=series, axis="category")


PAGE = Page(slug="formation_conventions", title=later("Formation et conventions"), order=90, build=_build, packs=(GP_CII, LEGISLATURE))
