"""Places of the temporary employment programmes: on the way to the targets, and how full they are."""

import datetime as dt

from pipelines.contracts.exports.pset_places import CATEGORY
from pipelines.reports import formats, theme
from pipelines.reports.book import Book, label
from pipelines.reports.chart import Chart, Series
from pipelines.reports.content import Block, Page
from pipelines.reports.files import GP_CII, LEGISLATURE
from pipelines.reports.language import later, tr
from pipelines.reports.record import published, published_until
from pipelines.reports.sentences import changed
from pipelines.reports.series import by_code, targets, total


def _build(book: Book) -> tuple[Block, ...]:
    blocks = (
        changed(book, "pset_places", "pset_occupancy", "pset_places_social_aid"),
        _places(book),
        _conversion(book),
        _by_category(book, "pset_occupancy", slug="occupancy", title=tr("Taux d'occupation")),
        _share(book),
        _by_category(book, "pset_places_social_aid", slug="social_aid", title=tr("Places réservées à l'aide sociale, hors du total PSET")),
    )
    return published_until(book, blocks, family="pset")


def _with_total(book: Book, indicator: str) -> tuple[Series, ...]:
    whole = total(book, indicator, tr("Total"), colour=theme.INK)
    return (*((whole,) if whole.points else ()), *by_code(book, indicator, "category", code_list="category"))


def _places(book: Book) -> Chart:
    lines = _with_total(book, "pset_places")
    members = {tr("Total"): ("total", "total")} | {label("category", one.code): ("category", one.code) for one in CATEGORY.codes}
    marks = []
    for line in lines:
        dimension, member = members[line.label]
        marks.append(published(book, "pset_places", label=line.label, colour=line.colour, dimension=dimension, member=member))
        marks.append(targets(book, "pset_places", member=member, label=line.label, colour=line.colour))
    series = (*lines, *(mark for mark in marks if mark.points))
    return Chart(slug="places", title=tr("Places par catégorie"), about=book.about("pset_places"), series=series)


def _by_category(book: Book, indicator: str, *, slug: str, title: str) -> Chart:
    return Chart(slug=slug, title=title, about=book.about(indicator), series=_with_total(book, indicator))


def _conversion(book: Book) -> Chart:
    """By category only: baseline and target of the total lie so close that its share of the way says nothing."""
    series = by_code(book, "pset_conversion", "category", code_list="category")
    last: dt.date | None = book.rows("select max(date) from mart.target where indicator = 'pset_places'").item()
    notes = (tr("Aucune cible n'est fixée après {month}.", month=formats.month(last)),) if last and last < book.period else ()
    title = tr("Chemin parcouru vers la prochaine cible")
    return Chart(slug="conversion", title=title, about=book.about("pset_conversion"), series=series, notes=notes)


def _share(book: Book) -> Chart:
    series = by_code(book, "pset_share", "category", code_list="category", kind="bar")
    return Chart(slug="share", title=tr("Part de chaque catégorie"), about=book.about("pset_share"), series=series, stacked=True)


PAGE = Page(
    slug="pset", title=later("Programmes d'emploi temporaire (PSET)"), order=30, build=_build, annex=False, packs=(GP_CII, LEGISLATURE)
)
