"""What is wrong in a service's own files: every remark with its line, its column and its remedy, the newest file first."""

from itertools import groupby
from operator import itemgetter

from pipelines.reports import formats
from pipelines.reports.book import Book, label
from pipelines.reports.content import Block, Cell, Page, Table, Text, heads
from pipelines.reports.delivery_blocks import RECENT, finding_cells
from pipelines.reports.files import OWN
from pipelines.reports.language import language, later, tr

_LISTED = 300
_FINDINGS = f"""
select d.file, d.status, d.received_at::date as received, f.severity, f.line, f.header, f.cell,
  f.message, f.remedy, f.message_de, f.remedy_de
from mart.finding f join stg.delivery d on d.delivery_id = f.delivery_id
where {RECENT}
order by d.period desc nulls first, d.received_at desc, d.file, d.delivery_id,
  list_position(['rejected', 'error', 'warning'], f.severity), f.line, f.rule, f.field
"""


def _build(book: Book) -> tuple[Block, ...]:
    found = book.rows(_FINDINGS).rows()
    files = len({file for file, *_ in found})
    counted = formats.counted(len(found), "remarque", "remarques")
    month, on_files = formats.month(book.period), formats.counted(files, "fichier", "fichiers")
    said = (
        tr("Envois des treize derniers mois jusqu'à {month}: {remarks} sur {files}.", month=month, remarks=counted, files=on_files)
        if found
        else tr("Envois des treize derniers mois jusqu'à {month}: aucune remarque.", month=month)
    )
    masked = tr(
        "La valeur écrite est masquée là où elle désignerait une personne. Les classeurs de correction disent aussi les remarques "
        "plus anciennes."
    )
    return (Text((said, masked)), _table(found))


def _table(found: list[tuple]) -> Table:
    """The remarks under the file they are on."""
    rows: list[tuple[Cell, ...]] = []
    for (file, status, received), group in groupby(found[:_LISTED], key=itemgetter(0, 1, 2)):
        standing = formats.inside(label("status", status))
        rows.append((Cell(tr("{file} – {status}, reçu le {day}", file=file, status=standing, day=formats.day(received))),))
        for _, _, _, severity, line, header, cell, *told in group:
            message, remedy = told[2:] if language() == "de" else told[:2]
            rows.append(finding_cells(severity, line, header, cell=cell, message=f"{message} {remedy}"))
    more = tr("Les {listed} premières sur {count}.", listed=_LISTED, count=formats.number(len(found)))
    return Table(
        slug="findings",
        title=tr("Remarques, ligne par ligne"),
        columns=heads((tr("Gravité"),), (tr("Ligne"),), (tr("Colonne"), tr("Valeur écrite"), tr("Message et remède"))),
        rows=tuple(rows),
        notes=(more,) if len(found) > _LISTED else (),
        empty=tr("Rien à corriger."),
    )


PAGE = Page(slug="service_remarques", title=later("Remarques sur vos fichiers"), order=30, build=_build, packs=OWN, annex=False)
