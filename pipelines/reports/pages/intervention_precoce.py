"""Early intervention in lower secondary school: situations by coach, against capacity, and where they lead."""

import datetime as dt
from itertools import groupby

from pipelines.reports import formats, theme
from pipelines.reports.basis import basis
from pipelines.reports.book import Book, values
from pipelines.reports.cards import cards
from pipelines.reports.chart import Chart
from pipelines.reports.content import Block, Cell, Page, Table, Text, heads
from pipelines.reports.files import GP_CII, LEGISLATURE
from pipelines.reports.language import later, tr
from pipelines.reports.record import record, record_table
from pipelines.reports.series import by_member, total
from pipelines.reports.value import Value

_KEY_FIGURES = ("early_intervention_open", "early_intervention_load", "early_intervention_direct_transition")
_AUGUST = 8


def _build(book: Book) -> tuple[Block, ...]:
    rests_on = Text(basis(book, "early_intervention_open", dataset="interventions_precoces"))
    if not values(book, "early_intervention_open"):
        return (rests_on,)
    return (
        rests_on,
        cards(book, tr("Chiffres clés"), indicators=_KEY_FIGURES),
        _coaches(book),
        _capacity(book),
        _school_years(book),
        _transitions(book),
        record_table(book, record(book, "early_intervention")),
    )


def _coaches(book: Book) -> Chart:
    series = by_member(book, "early_intervention_open", "coach")
    notes = (tr("Les coaches figurent sous leur code."),)
    about = book.about("early_intervention_open")
    return Chart(slug="coaches", title=tr("Situations ouvertes par coach"), about=about, series=series, notes=notes)


def _capacity(book: Book) -> Chart:
    indicators = ("early_intervention_open", "early_intervention_capacity")
    series = tuple(total(book, indicator, colour=colour) for indicator, colour in zip(indicators, (theme.nth(0), theme.INK), strict=True))
    return Chart(slug="capacity", title=tr("Situations ouvertes et capacité"), about=book.about(*indicators), series=series)


def _school_years(book: Book) -> Table:
    """A row per school year: the fullest month, the latest one, and how many went straight on."""
    load = values(book, "early_intervention_load").get("total", ())
    went_on = {value.period: value for value in values(book, "early_intervention_direct_transition").get("total", ())}
    rows = tuple(_year_row(year, list(known), went_on) for year, known in groupby(load, key=lambda value: _school_year(value.period)))
    return Table(
        slug="years",
        title=tr("Charge et transitions par année scolaire"),
        columns=heads((tr("Année scolaire"),), (tr("Charge la plus forte"), tr("Dernière charge connue"), tr("Transitions directes"))),
        rows=rows,
        notes=(tr("L'année scolaire va d'août à juillet. Sans capacité connue, la charge n'est pas calculée."),),
        about=book.about("early_intervention_load", "early_intervention_direct_transition"),
    )


def _school_year(month: dt.date) -> str:
    first = month.year - (month.month < _AUGUST)
    return f"{first}–{first + 1}"


def _year_row(year: str, load: list[Value], went_on: dict[dt.date, Value]) -> tuple[Cell, ...]:
    known = [value for value in load if value.value is not None]
    fullest = max(known, key=lambda value: value.value or 0, default=load[-1])
    ends = [went_on[value.period] for value in load if value.period in went_on]
    told = next((value for value in reversed(ends) if value.value is not None), None)
    return (Cell(year, kind="text"), _cell(fullest), _cell(known[-1] if known else load[-1]), _cell(told) if told else Cell("–"))


def _cell(value: Value) -> Cell:
    return Cell(value.text, "" if value.value is None else value.grounds(formats.short_month(value.period)), shows=value)


def _transitions(book: Book) -> Chart:
    indicator = "early_intervention_direct_transition"
    title = tr("Transitions directes au secondaire II, depuis le début de l'année scolaire")
    return Chart(slug="transitions", title=title, about=book.about(indicator), series=(total(book, indicator),))


PAGE = Page(
    slug="intervention_precoce", title=later("Intervention précoce au secondaire I"), order=70, build=_build, packs=(GP_CII, LEGISLATURE)
)
