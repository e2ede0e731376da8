"""A service's own deliveries: what has come and in which state, whether in time, how often anew, and how much of it was left out."""

from pipelines.reports import formats
from pipelines.reports.book import Book
from pipelines.reports.cells import number_cell, share_cell
from pipelines.reports.content import Block, Cell, Page, Table, Text, heads
from pipelines.reports.delivery_blocks import kept_dates, matrix, yearly
from pipelines.reports.files import OWN
from pipelines.reports.language import later, tr
from pipelines.reports.value import REASONS

_DATASETS = """
select dataset, count(*) filter (owed) as owed, count(*) filter (owed and in_force) as there, count(*) filter (in_force) as in_force,
  sum(greatest(versions - 1, 0))::bigint as more_versions,
  coalesce(sum(rows_read), 0)::bigint as read, coalesce(sum(rows_rejected), 0)::bigint as rejected
from core.delivery_month where period between $period - interval 12 months and $period group by dataset order by dataset
"""
_LACKING = """
select count(*) filter (owed) as owed, count(*) filter (owed and in_force) as there
from core.delivery_month where cadence = 'monthly' and period = $period
"""


def _build(book: Book) -> tuple[Block, ...]:
    ((owed, there),) = book.rows(_LACKING).rows()
    month = formats.opening(formats.month(book.period))
    in_force = formats.counted(there, "envoi en vigueur", "envois en vigueur")
    said = (
        tr("{month}: {in_force} sur {owed}.", month=month, in_force=in_force, owed=formats.counted(owed, "dû", "dus"))
        if owed
        else tr("{month}: aucun envoi mensuel n'est dû.", month=month)
    )
    return (Text((said,)), matrix(book), *yearly(book), _datasets(book), kept_dates(book))


def _datasets(book: Book) -> Table:
    """What came of each dataset in the last thirteen months."""
    rows = tuple(
        (
            Cell(dataset, kind="text"),
            Cell(f"{formats.number(there)} / {formats.number(owed)}" if owed else tr("Rien de dû")),
            number_cell(in_force),
            number_cell(more),
            number_cell(read),
            number_cell(rejected),
            share_cell(rejected / read if read else None, absent=tr(REASONS["NOT_APPLICABLE"])),
        )
        for dataset, owed, there, in_force, more, read, rejected in book.rows(_DATASETS).iter_rows()
    )
    numbers = (
        tr("En vigueur sur dus"),
        tr("En vigueur en tout"),
        tr("Versions en plus"),
        tr("Lignes lues"),
        tr("Lignes écartées"),
        tr("Part écartée"),
    )
    return Table(
        slug="datasets",
        title=tr("Vos envois des treize derniers mois"),
        columns=heads((tr("Jeu de données"),), numbers),
        rows=rows,
        notes=(tr("Versions en plus: celles qui ont suivi la première. Lignes: de la version en vigueur, sinon de la dernière."),),
        empty=tr("Aucun envoi."),
    )


PAGE = Page(slug="service_livraisons", title=later("Vos livraisons"), order=20, build=_build, packs=OWN, annex=False)
