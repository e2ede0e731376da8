"""What is wrong in a service's own files: every remark with its line, its column and its remedy, the newest file first."""

from itertools import groupby
from operator import itemgetter

from pipelines.reports import formats
from pipelines.reports.book import Book, label
from pipelines.reports.content import Block, Cell, Page, Table, Text, heads
from pipelines.reports.delivery_blocks import RECENT, finding_cells
from pipelines.reports.files import OWN

_LISTED = 300
_FINDINGS = f"""
select d.file, d.status, d.received_at::date as received, f.severity, f.line, f.header, f.cell, f.message, f.remedy
from mart.finding f join stg.delivery d on d.delivery_id = f.delivery_id
where {RECENT}
order by d.period desc nulls first, d.received_at desc, d.file, d.delivery_id,
  list_position(['rejected', 'error', 'warning'], f.severity), f.line, f.rule, f.field
"""


def _build(book: Book) -> tuple[Block, ...]:
    found = book.rows(_FINDINGS).rows()
    files = len({file for file, *_ in found})
    counted = formats.counted(len(found), "remarque", "remarques")
    said = f"{counted} sur {formats.counted(files, 'fichier', 'fichiers')}" if found else "aucune remarque"
    return (
        Text(
            (
                f"Envois des treize derniers mois jusqu'à {formats.month(book.period)}: {said}.",
                "La valeur écrite est masquée là où elle désignerait une personne. Les classeurs de correction disent aussi les remarques "
                "plus anciennes.",
            )
        ),
        _table(found),
    )


def _table(found: list[tuple]) -> Table:
    """The remarks under the file they are on."""
    rows: list[tuple[Cell, ...]] = []
    for (file, status, received), group in groupby(found[:_LISTED], key=itemgetter(0, 1, 2)):
        rows.append((Cell(f"{file} – {label('status', status).lower()}, reçu le {formats.day(received)}"),))
        for _, _, _, severity, line, header, cell, message, remedy in group:
            rows.append(finding_cells(severity, line, header, cell=cell, message=f"{message} {remedy}"))
    return Table(
        slug="findings",
        title="Remarques, ligne par ligne",
        columns=heads(("Gravité",), ("Ligne",), ("Colonne", "Valeur écrite", "Message et remède")),
        rows=tuple(rows),
        notes=(f"Les {_LISTED} premières sur {formats.number(len(found))}.",) if len(found) > _LISTED else (),
        empty="Rien à corriger.",
    )


PAGE = Page(slug="service_remarques", title="Remarques sur vos fichiers", order=30, build=_build, packs=OWN, annex=False)
