"""A pack as a workbook: in front what each page says and its tables with links, a sheet per table, and behind them what to know."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from pipelines.reports.edition import Edition
from pipelines.reports.formats import day
from pipelines.reports.language import later, tr
from pipelines.reports.marks import marks
from pipelines.reports.sheets import opened, sheet, text
from pipelines.reports.table_columns import height
from pipelines.reports.table_sheet import BAND, CONTENTS, NOTES, Pen, link, sheet_name, table_sheet
from pipelines.reports.tabulated import Section, Tabulated, sections
from pipelines.reports.theme import GRID
from pipelines.reports.value import About

_CONTENTS_WIDE, _NOTES_WIDE = (7.0, 112.0, 26.0), (38.0, 16.0, 84.0, 40.0, 24.0)
_HEAD, _PAGE = {"bold": True, "bg_color": GRID}, {"bold": True, "bg_color": BAND}
_OF_NOTES = later("Marques, sources et définitions")
_BESIDE = later(
    "Les mêmes phrases et les mêmes chiffres que dans le rapport HTML du même nom; ce qui y est petit sous un chiffre est ici dans la "
    "colonne qui suit."
)
_VERSIONS = "select indicator, definition_version, valid_from from mart.indicator"


def pack_workbook(edition: Edition) -> bytes:
    """The workbook's bytes; the same for the same pack."""
    title = f"{edition.title}, {edition.masthead.month}"
    book, file, look = opened(title=title, language=edition.language)
    book.set_custom_property("Language", edition.language)
    pen, pages = Pen(book, look), sections(edition)
    tables = [one for page in pages for one in page.contents if isinstance(one, Tabulated)]
    known = marks(edition.masthead.hiding)
    _contents(pen, edition, pages, title=title)
    for one in tables:
        table_sheet(pen, one, stamps=edition.masthead.stamps, marks=known)
    _notes(pen, edition, tables, known=known)
    book.close()
    return file.getvalue()


def _contents(pen: Pen, edition: Edition, pages: Sequence[Section], *, title: str) -> None:
    """What each page says, and its tables, each leading to its sheet."""
    made = sheet(pen.book, tr(CONTENTS), widths=_CONTENTS_WIDE)
    made.write_string(0, 0, text(title), pen.look.title)
    made.set_row(0, 24)
    for row, said in enumerate(_standing(edition), 1):
        made.write_string(row, 0, text(said), pen.look.quiet)
    row += 2
    _line(pen, made, row, _CONTENTS_WIDE, (tr("No"), tr("Ce que disent les pages, et leurs tableaux"), tr("Unité")), look=_HEAD)
    made.freeze_panes(row + 1, 0)
    made.repeat_rows(row)
    for page in pages:
        row = _page(pen, made, page, row=row + 1)
    made.write_url(row + 2, 1, f"internal:'{tr(NOTES)}'!A1", string=tr(_OF_NOTES), cell_format=link(pen))
    made.ignore_errors({"number_stored_as_text": f"A1:A{row + 1}"})


def _page(pen: Pen, made: Worksheet, page: Section, /, *, row: int) -> int:
    """Write the title of a page, its sentences and its tables; the last row written."""
    _line(pen, made, row, _CONTENTS_WIDE, (page.number, page.title, ""), look=_PAGE)
    for one in page.contents:
        if isinstance(one, Tabulated):
            row += 1
            _line(pen, made, row, _CONTENTS_WIDE, (one.number, one.table.title, one.unit))
            target = f"internal:'{sheet_name(one)}'!A1"
            made.write_url(row, 1, target, string=text(one.table.title), cell_format=link(pen, border=1))
            continue
        for words in filter(None, (one.title, *one.sentences)):
            row += 1
            _line(pen, made, row, _CONTENTS_WIDE, ("", words, ""), look={"bold": words == one.title})
    return row


def _standing(edition: Edition) -> Iterator[str]:
    """What the pack says of itself, line by line."""
    yield from edition.masthead.said
    yield tr(_BESIDE)


def _notes(pen: Pen, edition: Edition, tables: Sequence[Tabulated], *, known: Mapping[str, str]) -> None:
    """What the marks mean, and what each indicator is and where it comes from."""
    made = sheet(pen.book, tr(NOTES), widths=_NOTES_WIDE)
    made.write_string(0, 0, tr(_OF_NOTES), pen.look.title)
    made.set_row(0, 24)
    made.write_url(1, 0, f"internal:'{tr(CONTENTS)}'!A1", string=f"← {tr(CONTENTS)}", cell_format=link(pen))
    row = 3
    _line(pen, made, row, _NOTES_WIDE, (tr("Marque"), "", tr("Ce qu'elle veut dire")), look=_HEAD)
    for mark, meaning in known.items():
        row += 1
        _line(pen, made, row, _NOTES_WIDE, (mark, "", meaning))
    row += 2
    _line(pen, made, row, _NOTES_WIDE, (tr("Indicateur"), tr("Unité"), tr("Définition"), tr("Source"), tr("Version")), look=_HEAD)
    versions = _versions(edition)
    for about in dict.fromkeys(about for one in tables for about in one.table.about):
        row += 1
        _line(pen, made, row, _NOTES_WIDE, (about.label, about.shown_unit, about.meaning, about.source, versions.get(about, "")))


def _versions(edition: Edition) -> dict[About, str]:
    """Which definition each indicator has, and since when."""
    rows = edition.book.rows(_VERSIONS).iter_rows()
    return {edition.book.catalogue[name]: _version(number, since) for name, number, since in rows}


def _version(number: int, since: dt.date | None) -> str:
    return tr("{number}, dès le {day}", number=number, day=day(since)) if since else str(number)


def _line(
    pen: Pen, made: Worksheet, row: int, widths: Sequence[float], texts: Sequence[str], /, *, look: Mapping[str, Any] | None = None
) -> None:
    """Write texts side by side in columns of these widths, and make the row high enough for them."""
    for place, words in enumerate(texts):
        made.write_string(row, place, text(words), pen.words(**(look or {})))
    made.set_row(row, height(zip(texts, widths, strict=False)))
