"""The yearly sheet of a mixed measure: what one page of paper says of it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.contracts.export import Period
from pipelines.contracts.registry import EXPORTS
from pipelines.reports import formats
from pipelines.reports.book import Book, label
from pipelines.reports.chart import Chart
from pipelines.reports.content import Page, Table, Text
from pipelines.reports.edition import Edition, masthead
from pipelines.reports.language import language, tr
from pipelines.reports.measures import UNLISTED
from pipelines.reports.value import About
from pipelines.reports.yearly_facts import FLOWS, STOCKS, Facts, facts
from pipelines.reports.yearly_tables import actions, figures, outcomes, progress, services
from pipelines.reports.yearly_use import unsaid, use_by_month


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A measure's year, ready to be laid out on a page.

    Attributes:
        title: the measure with its number, and the year.
        described: what it is, a sentence.
        state: whether the year is over.
        figures: the year beside the one before.
        services: who used it.
        outcomes: how participations ended.
        progress: what the observation grid tells.
        chart: participations by month.
        actions: the corrective actions.
        unsaid: what the data cannot say.
        about: the definitions of all figures.
        trace: what the figures were made from, a sentence.
    """

    measure_id: str
    year: int
    title: str
    described: str
    state: str
    figures: Table
    services: Table
    outcomes: Table
    progress: Table
    chart: Chart
    actions: Table
    unsaid: Text
    about: tuple[About, ...]
    trace: str


def yearly_sheets(book: Book, due: list[tuple[str, int]]) -> Iterator[Sheet]:
    """The sheets of measures and years."""
    if due:
        known = facts(book, first=min(year for _, year in due))
        for measure_id, year in due:
            yield _sheet(book, known, measure_id, year=year)


def edition_of(book: Book, sheet: Sheet, *, sample: bool) -> Edition:
    """A sheet as a pack of one page, which takes the same forms."""
    opening = Text((sheet.described, sheet.state, sheet.trace))
    blocks = (opening, sheet.figures, sheet.outcomes, sheet.progress, sheet.services, sheet.chart, sheet.actions, sheet.unsaid)
    pages = ((Page(slug="sheet", title=sheet.title, order=0, build=lambda _: blocks), blocks),)
    name = f"{sheet.measure_id}-{sheet.year}"
    return Edition(book, name, sheet.title, masthead(book, sample=sample), (("", pages),), language())


def _sheet(book: Book, known: Facts, measure_id: str, *, year: int) -> Sheet:
    last = min(book.period, dt.date(year, 12, 1))
    row = known.about[(measure_id, year)]
    over = last.month == 12
    span = formats.span(formats.month_name(last.replace(month=1)), formats.month(last))
    return Sheet(
        measure_id=measure_id,
        year=year,
        title=f"{row['name'] or tr(UNLISTED)} ({measure_id}), {year}",
        described=" ".join((tr("Fiche annuelle d'une mesure mixte."), f"{_described(row)}.")),
        state=tr("Année {year}, terminée.", year=year)
        if over
        else tr("Année en cours: {span}; ses chiffres sont provisoires, {before} est l'année entière.", span=span, before=year - 1),
        figures=figures(known, measure_id, last=last),
        services=services(known, measure_id, last=last),
        outcomes=outcomes(known, measure_id, year=year),
        progress=progress(known, measure_id, year=year),
        chart=use_by_month(book, known, measure_id, last=last),
        actions=actions(known, measure_id, last=last, today=Period(book.period).last),
        unsaid=Text(tuple(unsaid(known, measure_id, last=last)), tr("Ce que les données ne disent pas")),
        about=(_persons(), *book.about(*STOCKS, *FLOWS)),
        trace=_trace(known.trace.get(year, [])),
    )


def _persons() -> About:
    """What the sheet says of a number that no indicator gives."""
    meaning = tr(
        "Personnes distinctes qui ont participé à un moment de l'année, service par service: qui participe pour deux compte dans chacun."
    )
    return About(tr("Personnes"), meaning, "personnes", "")


def _trace(loaded: list[tuple[str, int]]) -> str:
    which = ", ".join(f"{tr(EXPORTS[name].title)} ({formats.number(count)})" for name, count in loaded)
    return tr("Livraisons en vigueur de l'année: {which}.", which=which or tr("aucune"))


def _described(row: dict) -> str:
    parts = (
        row["provider"],
        tr("répond: {service}", service=row["lead_service"]) if row["lead_service"] else "",
        label("measure_kind", row["kind"]) if row["kind"] else "",
        tr("branche {code}, {label}", code=row["branch"], label=label("branch", row["branch"])) if row["branch"] else "",
        tr("public: {group}", group=row["target_group"]) if row["target_group"] else "",
        tr("depuis le {day}", day=formats.day(row["starts_on"])) if row["starts_on"] else "",
        tr("jusqu'au {day}", day=formats.day(row["ends_on"])) if row["ends_on"] else "",
    )
    return " · ".join(filter(None, parts))
