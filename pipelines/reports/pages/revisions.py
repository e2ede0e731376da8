"""What was said and is no more so: the figures that changed since they were released, each with what changed it."""

import datetime as dt

from pipelines.reports import formats
from pipelines.reports.book import Book, label
from pipelines.reports.cells import amount_cell, number_cell
from pipelines.reports.content import Block, Cell, Page, Table, Text, heads
from pipelines.reports.files import COORDINATION, GP_CII, LEGISLATURE, PACKS
from pipelines.reports.language import later, tr
from pipelines.reports.revised import REVISED, Revision, revisions
from pipelines.reports.value import About, Value

_LISTED = 100
_RELEASES = "select release, pack, period, released_on, released_by from core.release order by release desc"
_STANDING = "select count(*) from mart.indicator_value where reason = 'NOT_MOVED'"
_DEFINITIONS = """
select c.indicator, i.definition_version, i.valid_from, c.grain, c.period, c.value_before, c.value
from mart.definition_change c join mart.indicator i on i.indicator = c.indicator and i.definition_version = c.definition_version
where c.dimension = 'total' and c.period <= $period and c.value_change <> 0
qualify row_number() over (partition by c.indicator order by c.period desc, c.grain) = 1
order by i.valid_from desc, c.indicator
"""


def _build(book: Book) -> tuple[Block, ...]:
    releases = book.rows(_RELEASES).rows()
    revised = [one for one in revisions(book.rows(REVISED)) if one.figure.period <= book.period]
    return (
        Text(_said(book, releases, revised)),
        *((_table(book, revised),) if revised else ()),
        *_definitions(book),
        *((_released(releases),) if releases else ()),
    )


def _said(book: Book, releases: list[tuple], revised: list[Revision]) -> tuple[str, ...]:
    if not releases:
        return (tr("Aucun rapport n'a encore été diffusé: il n'y a rien à réviser."),)
    count = formats.counted(len(revised), "chiffre diffusé n'est plus le même", "chiffres diffusés ne sont plus les mêmes")
    changed = f"{count}." if revised else tr("Ce qui a été diffusé n'a pas changé.")
    if not (standing := book.rows(_STANDING).item()):
        return (changed,)
    kept = formats.counted(standing, "chiffre reste tel qu'il a été diffusé", "chiffres restent tels qu'ils ont été diffusés")
    return (changed, tr("{kept}: trop peu de personnes y ont bougé pour que la nouvelle valeur soit montrée.", kept=kept))


def _table(book: Book, revised: list[Revision]) -> Table:
    rows = tuple(_row(one, *book.about(one.figure.indicator)) for one in revised[:_LISTED])
    columns = heads((tr("Chiffre"), tr("Période")), (tr("Dit"), tr("Maintenant"), tr("Changement")), (tr("Cause"),))
    more = tr(
        "Les {listed} premiers sur {count}, les totaux d'abord; tous sont dans la table mart.revision.",
        listed=_LISTED,
        count=formats.number(len(revised)),
    )
    return Table(
        slug="revised",
        title=tr("Chiffres révisés depuis leur diffusion"),
        columns=columns,
        rows=rows,
        notes=(more,) if len(revised) > _LISTED else (),
    )


def _row(one: Revision, about: About) -> tuple[Cell, ...]:
    figure, before, after = one.figure, one.before(about), one.after(about)
    return (
        Cell(about.label, "" if figure.dimension == "total" else label(figure.dimension, figure.member), kind="text"),
        Cell(formats.period(figure.period, figure.grain), kind="text"),
        Cell(before.text, before.grounds(one.told), amount=before.amount),
        Cell(after.text, after.detail, shows=after),
        amount_cell(one.change(about)),
        Cell(one.causes(about), kind="text long"),
    )


def _definitions(book: Book) -> tuple[Table, ...]:
    """What the latest definitions changed, in the last period that both give."""
    rows = tuple(
        (
            Cell(about.label, tr("version {number}, dès le {day}", number=version, day=formats.day(valid_from)), kind="text"),
            Cell(formats.period(period, grain), kind="text"),
            *(_of_definition(about, period, value) for value in values),
        )
        for indicator, version, valid_from, grain, period, *values in book.rows(_DEFINITIONS).iter_rows()
        for about in book.about(indicator)
    )
    if not rows:
        return ()
    columns = heads((tr("Indicateur"), tr("Période")), (tr("Définition d'avant"), tr("Définition en vigueur")))
    return (Table(slug="definitions", title=tr("Ce que changent les nouvelles définitions"), columns=columns, rows=rows),)


def _of_definition(about: About, period: dt.date, value: float | None) -> Cell:
    found = Value(about, None, period, None, None, value, True, True, None if value is not None else "NOT_APPLICABLE")
    return Cell(found.text, amount=found.amount)


def _released(releases: list[tuple]) -> Table:
    rows = tuple(
        (
            number_cell(number, kind="text"),
            Cell(tr(PACKS[pack].title) if pack in PACKS else pack, kind="text"),
            Cell(formats.month(period), kind="text"),
            Cell(tr("{day}, par {by}", day=formats.day(day), by=by), kind="text"),
        )
        for number, pack, period, day, by in releases[:_LISTED]
    )
    columns = heads((tr("No"), tr("Rapport"), tr("Mois"), tr("Diffusé le")))
    return Table(slug="releases", title=tr("Rapports diffusés"), columns=columns, rows=rows, folded=len(rows) > 12)


PAGE = Page(slug="revisions", title=later("Révisions"), order=97, build=_build, packs=(GP_CII, COORDINATION, LEGISLATURE))
