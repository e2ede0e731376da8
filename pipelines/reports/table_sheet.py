"""A table as a sheet: numbers as numbers, days as days, codes as text; what a number rests on stands in a column beside it."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipelines.reports.content import Cell, Table
from pipelines.reports.formats import HARD_SPACE, MINUS, Amount, decimals_of, number, opening
from pipelines.reports.language import language, later, tr
from pipelines.reports.sheets import Look, sheet, text
from pipelines.reports.tabulated import Tabulated
from pipelines.reports.theme import GRID, INK, QUIET, RULE
from pipelines.reports.value import BULLET

# Names of sheets, for `tr`.
CONTENTS, NOTES = later("Contenu"), later("Notes")
_TITLE, _STAMPS, _PAGE, _BACK, _, _HEADS = range(6)
_LONGEST_NAME, _UNFIT = 31, re.compile(r"[\[\]:*?/\\]")
_WIDEST, _ASIDE, _NARROWEST, _STATE, _NOTE, _EMPTY = 46.0, 26.0, 9.0, 4.2, 110.0, 8.43
_MANY, _UPRIGHT = 36, 92
# Fewer than a cell has place for: capitals and the bold of heads take more room.
_LETTER, _WRAPPED = 1.12, 0.96
# The canton's region: where a spreadsheet heeds it, thousands are parted as in the report, whatever the machine speaks.
_REGIONS = {"fr": "[$-100C]", "de": "[$-807]"}
_DAYS = {"day": "dd.mm.yyyy", "month": "mmm yyyy", "year": "yyyy"}


@dataclass(frozen=True)
class Pen:
    """Writes cells into a workbook.

    Attributes:
        book: the workbook.
        look: what it shares with the other workbooks.
        formats: those made so far, by their properties: a workbook holds each once.
    """

    book: xlsxwriter.Workbook
    look: Look
    formats: dict[tuple[tuple[str, Any], ...], Format] = field(default_factory=dict)

    def format(self, **properties: Any) -> Format:
        """The format of a cell in the table."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            # Numbers stand at the edge of their cell; a text beside them keeps off it.
            base: dict[str, Any] = {"font_name": "Arial", "font_size": 10, "font_color": INK, "valign": "top"}
            made = base | {"border": 1, "border_color": RULE, "align": "left"} | properties
            self.formats[key] = self.book.add_format(made | ({"indent": 1} if made["align"] == "left" and made["border"] else {}))
        return self.formats[key]

    def words(self, **properties: Any) -> Format:
        """The format of a text: as text, so that 01 stays 01 and editing a cell evaluates nothing."""
        return self.format(num_format="@", quote_prefix=True, text_wrap=True, **properties)


@dataclass(frozen=True)
class _Column:
    """A column of the sheet: the cells at a place in the rows of the table, or what is said of them."""

    place: int
    head: str
    width: float
    detail: bool = False
    right: bool = False
    upright: bool = False


def sheet_name(one: Tabulated) -> str:
    """The number of the table, and as much of its title as a sheet's name may hold."""
    name = f"{one.number} {_UNFIT.sub('', one.table.title).replace(chr(39), chr(8217))}"
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rsplit(' ', 1)[0]}…"


def table_sheet(pen: Pen, one: Tabulated, *, stamps: Sequence[str], marks: Sequence[str]) -> None:
    """Write the sheet of a table.

    Args:
        pen: writes into the workbook.
        one: the table.
        stamps: for whom the figures are, and that persons are invented.
        marks: what the marks of hidden figures mean, those first that begin with the mark.
    """
    table, columns = one.table, _columns(one.table)
    made = sheet(pen.book, sheet_name(one), widths=[column.width for column in columns])
    made.write_string(_TITLE, 0, text(table.title), pen.look.title)
    made.set_row(_TITLE, 24)
    made.write_string(_STAMPS, 0, text(" · ".join(stamps)), pen.look.quiet)
    page = tr("{page} · unité: {unit}", page=one.stands_on, unit=one.unit) if one.unit else one.stands_on
    made.write_string(_PAGE, 0, text(page), pen.look.quiet)
    made.write_url(_BACK, 0, f"internal:'{tr(CONTENTS)}'!A1", string=f"← {tr(CONTENTS)}", cell_format=link(pen))
    _heads(pen, made, columns)
    last = _rows(pen, made, table, columns=columns)
    _notes(pen, made, _said(table, marks), row=last + 2, columns=columns)
    made.freeze_panes(_HEADS + 1, sum(column.place == 0 for column in columns))
    made.repeat_rows(_HEADS)
    if len(columns) > _MANY:
        made.fit_to_pages(ceil(len(columns) / _MANY), 0)
        made.repeat_columns(0, 1)
    if table.filters and table.rows:
        made.autofilter(_HEADS, 0, last, len(columns) - 1)
    made.ignore_errors({"number_stored_as_text": f"A{_HEADS + 1}:{xlsxwriter.utility.xl_col_to_name(len(columns) - 1)}{last + 1}"})


def link(pen: Pen) -> Format:
    """The format of what leads to another sheet."""
    return pen.format(font_color="#0b5c94", underline=1, border=0)


def _columns(table: Table) -> list[_Column]:
    """The columns of the sheet: beside those whose cells say more in small, one for what they say."""
    found = []
    for place, head in enumerate(table.columns):
        cells = [row[place] for row in table.rows if len(row) > 1]
        if "state" in head.kind:
            found.append(_Column(place, head.detail or head.text, _STATE, right=True, upright=True))
            continue
        details = [cell.detail for cell in cells if cell.detail and "state" not in cell.kind]
        # Of the first column, the head itself names what its cells say in small.
        words = head.text if not place or not head.detail else f"{head.text}, {head.detail}"
        found.append(_Column(place, words, _width(words, [cell.text for cell in cells]), right="number" in head.kind))
        if details:
            named = tr("{column}: détail", column=head.text) if head.text else tr("Détail")
            beside = opening(head.detail) if head.detail and not place else named
            found.append(_Column(place, beside, min(_width(beside, details), _ASIDE if place else _WIDEST), detail=True))
    return found


def _width(head: str, texts: Sequence[str]) -> float:
    longest = max((len(written) for written in texts), default=0)
    word = max((len(part) for part in head.split()), default=0)
    return min(max(_LETTER * longest + 3, 1.25 * word + 3, _NARROWEST), _WIDEST)


def height(texts: Iterable[tuple[str, float]]) -> float:
    """How high a row is in which each text has its column's width: not every program looks itself."""
    return 4 + 12.5 * max((ceil(_WRAPPED * len(words) / (width - 2)) for words, width in texts if words), default=1)


def _heads(pen: Pen, made: Worksheet, columns: Sequence[_Column], /) -> None:
    for place, column in enumerate(columns):
        turned = {"rotation": 90, "align": "center"} if column.upright else {"align": "right" if column.right else "left"}
        bold = {"bold": not column.detail, "bg_color": GRID, "valign": "bottom", **turned}
        made.write_string(_HEADS, place, text(column.head), pen.words(**bold))
    upright = any(column.upright for column in columns)
    made.set_row(_HEADS, _UPRIGHT if upright else height((column.head, column.width - 1) for column in columns))


def _rows(pen: Pen, made: Worksheet, table: Table, /, *, columns: Sequence[_Column]) -> int:
    """Write the rows; the last one written."""
    row = _HEADS
    for row, cells in enumerate(table.rows, _HEADS + 1):
        if len(cells) == 1:
            for place in range(len(columns)):
                made.write_string(row, place, "" if place else text(cells[0].text), pen.format(bold=True, bg_color="#f5f7f9", top=2))
            continue
        for place, column in enumerate(columns):
            _write(pen, made, cells[column.place], row=row, place=place, column=column)
        shown = [(cells[column.place], column) for column in columns if not column.upright]
        made.set_row(row, height((cell.detail if column.detail else cell.text, column.width) for cell, column in shown))
    if not table.rows:
        row += 1
        made.write_string(row, 0, text(table.nothing), pen.look.quiet)
    return row


def _write(pen: Pen, made: Worksheet, cell: Cell, /, *, row: int, place: int, column: _Column) -> None:
    if column.detail:
        made.write_string(row, place, text(cell.detail), pen.words(font_size=9, font_color=QUIET))
        return
    side = "center" if "state" in cell.kind else "left" if "text" in cell.kind else "right"
    aligned: dict[str, Any] = {"align": side, "bold": "whole" in cell.kind}
    amount = cell.counts
    if amount is None:
        quiet = {"font_color": QUIET} if side == "right" else {}
        made.write_string(row, place, text(cell.text), pen.words(**aligned, **quiet))
    elif isinstance(amount.value, dt.date):
        made.write_datetime(row, place, dt.datetime(*amount.value.timetuple()[:3]), pen.format(**aligned, num_format=number_format(amount)))
    else:
        made.write_number(row, place, amount.value, pen.format(**aligned, num_format=number_format(amount)))


def number_format(amount: Amount) -> str:
    """How a spreadsheet writes an amount as the report does: with as many decimals, its sign, and the words around it."""
    written = _DAYS.get(amount.kind) or _number(amount)
    before, after = (f'"{words.replace(chr(34), "”")}"' if words else "" for words in (amount.before, amount.after))
    return _REGIONS[language()] + ";".join(f"{before}{part}{after}" for part in written.split(";"))


def _number(amount: Amount) -> str:
    assert not isinstance(amount.value, dt.date)
    if amount.kind == "name":
        return "0"
    if amount.kind == "share":
        return f'0.0"{HARD_SPACE}"%'
    decimals = decimals_of(amount.value) if amount.decimals is None else amount.decimals
    digits = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
    if not number(amount.value, decimals).strip("0,."):
        return f"{digits};{digits}"
    return f'"+"{digits};"{MINUS}"{digits};{digits}' if amount.kind == "change" else f'{digits};"{MINUS}"{digits}'


def _said(table: Table, marks: Sequence[str]) -> list[str]:
    """What stands under the table: its notes, what the marks in it mean, and where its figures come from."""
    texts = {cell.text for row in table.rows for cell in row if cell.text.startswith(BULLET)}
    meant = [mark for mark in marks if any(mark.startswith(f"{written}:") for written in texts)]
    sources = "; ".join(dict.fromkeys(about.source for about in table.about))
    from_where = tr("Source: {sources}. Définitions: feuille «{sheet}».", sources=sources, sheet=tr(NOTES)) if sources else ""
    return [*filter(None, (*table.notes, *meant, from_where))]


def _notes(pen: Pen, made: Worksheet, notes: Sequence[str], /, *, row: int, columns: Sequence[_Column]) -> None:
    """Write texts under the table, over as many columns as lines of a fair length need, and more than it has where it is narrow."""
    widths = [column.width for column in columns]
    last = 1
    while sum(widths[: last + 1]) < _NOTE:
        last += 1
        widths += [_EMPTY] * (last + 1 - len(widths))
    look = pen.words(font_size=9, font_color=QUIET, border=0)
    for place, note in enumerate(notes, row):
        made.merge_range(place, 0, place, last, text(note), look)
        made.set_row(place, height([(note, 1.2 * sum(widths[: last + 1]))]))
