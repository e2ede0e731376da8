"""A table as a sheet: numbers as numbers, days as days, codes as text; what a number rests on stands in a column beside it."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, takewhile
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_range
from xlsxwriter.worksheet import Worksheet

from pipelines.reports.content import Cell, Table
from pipelines.reports.formats import HARD_SPACE, MINUS, Amount, decimals_of, number
from pipelines.reports.language import language, later, tr
from pipelines.reports.marks import met, other_notes
from pipelines.reports.sheets import TITLE, Look, sheet, text
from pipelines.reports.table_columns import BOLD, GAP, SMALL, Column, columns_of, height, long
from pipelines.reports.tabulated import Tabulated
from pipelines.reports.theme import GRID, INK, PALETTE, QUIET, RULE

# Names of sheets, for `tr`.
CONTENTS, NOTES = later("Contenu"), later("Notes")
BAND = "#f5f7f9"
_TITLE, _STAMPS, _PAGE, _BACK, _MARKS, _HEADS = range(6)
_LONGEST_NAME, _UNFIT = 31, re.compile(r"[\[\]:*?/\\]")
_NOTE, _EMPTY, _FROZEN = 110.0, 8.43, 64.0
_UPRIGHT, _DRAWN, _TOP = 92, 22, 84
# What a printed page holds across and down in its full size, how much of that may stand on it before it is too small to be read, and
# from when on a few rows more are worth a page of their own.
_ACROSS, _DOWN, _LEGIBLE, _MORE = 147.0, 505.0, 1.6, 1.25
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


def sheet_name(one: Tabulated) -> str:
    """The number of the table, and as much of its title as a sheet's name may hold."""
    name = f"{one.number} {_UNFIT.sub('', one.table.title).replace(chr(39), chr(8217))}"
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rsplit(' ', 1)[0]}…"


def table_sheet(pen: Pen, one: Tabulated, *, stamps: Sequence[str], marks: Mapping[str, str]) -> None:
    """Write the sheet of a table.

    Args:
        pen: writes into the workbook.
        one: the table.
        stamps: for whom the figures are, and that persons are invented.
        marks: what each mark means.
    """
    table, columns = one.table, columns_of(one.table)
    made = sheet(pen.book, sheet_name(one), widths=[column.width for column in columns])
    made.write_string(_TITLE, 0, text(table.title), pen.look.title)
    made.set_row(_TITLE, 24)
    made.write_string(_STAMPS, 0, text(" · ".join(stamps)), pen.look.quiet)
    page = tr("{page} · unité: {unit}", page=one.stands_on, unit=one.unit) if one.unit else one.stands_on
    made.write_string(_PAGE, 0, text(page), pen.look.quiet)
    made.write_url(_BACK, 0, f"internal:'{tr(CONTENTS)}'!A1", string=f"← {tr(CONTENTS)}", cell_format=link(pen))
    widths = _widths(columns, title=table.title)
    heights = _noted(pen, made, [" ".join(met(table, marks))], row=_MARKS, widths=widths)
    heights += _heads(pen, made, columns)
    heights += (rows := _rows(pen, made, table, columns=columns))
    last = _HEADS + len(rows)
    notes = [*_said(table, columns)]
    heights += _noted(pen, made, notes, row=last + 2, widths=widths)
    first = [column.width for column in columns if column.place == 0]
    frozen = len(first) if sum(first) <= _FROZEN else 1
    made.freeze_panes(_HEADS + 1, frozen)
    made.repeat_rows(_HEADS)
    made.print_area(0, 0, last + 1 + len(notes), len(widths) - 1)
    _fit(made, wide=sum(widths), tall=_TOP + sum(heights), repeated=frozen)
    if table.filters and table.rows:
        made.autofilter(_HEADS, 0, last, len(columns) - 1)
    made.ignore_errors({"number_stored_as_text": f"A{_HEADS + 1}:{xl_col_to_name(len(columns) - 1)}{last + 1}"})


def _fit(made: Worksheet, /, *, wide: float, tall: float, repeated: int) -> None:
    """Print on as many pages side by side as it takes to be read, and on one where little is left over for a second."""
    across = ceil(wide / (_ACROSS * _LEGIBLE))
    if across > 1:
        made.repeat_columns(0, repeated - 1)
    smaller = min(1.0, _ACROSS * across / wide)
    made.fit_to_pages(across, int(tall * smaller <= _MORE * _DOWN))


def link(pen: Pen, *, border: int = 0) -> Format:
    """The format of what leads to another sheet."""
    return pen.format(font_color="#0b5c94", underline=1, text_wrap=True, border=border)


def _heads(pen: Pen, made: Worksheet, columns: Sequence[Column], /) -> list[float]:
    """Write the heads; how high they are."""
    for place, column in enumerate(columns):
        turned = {"rotation": 90, "align": "center"} if column.upright else {"align": "right" if column.right else "left"}
        bold = {"bold": column.part == "figure", "bg_color": GRID, "valign": "bottom", **turned}
        made.write_string(_HEADS, place, text(column.head), pen.words(**bold))
    upright = any(column.upright for column in columns)
    tall = _UPRIGHT if upright else height(((column.head, column.width) for column in columns), size=BOLD)
    made.set_row(_HEADS, tall)
    return [tall]


def _rows(pen: Pen, made: Worksheet, table: Table, /, *, columns: Sequence[Column]) -> list[float]:
    """Write the rows; how high each is."""
    heights, band = [], pen.format(bold=True, bg_color=BAND, top=2, left=0, right=0)
    for row, cells in enumerate(table.rows, _HEADS + 1):
        if len(cells) == 1:
            for place in range(len(columns)):
                made.write_blank(row, place, None, band)
            made.write_string(row, 0, text(cells[0].text), band)
            heights.append(15.0)
            continue
        for place, column in enumerate(columns):
            _write(pen, made, column.of(cells), row=row, place=place, column=column)
        _draw(made, cells, row=row, columns=columns)
        heights.append(_height(cells, columns))
        made.set_row(row, heights[-1])
    if not table.rows:
        made.write_string(_HEADS + 1, 0, text(table.nothing), pen.look.quiet)
    return heights or [15.0]


def _height(cells: Sequence[Cell], columns: Sequence[Column]) -> float:
    shown = [(column.of(cells).text, column) for column in columns if not column.upright]
    read = height((words, column.width) for words, column in shown if column.part == "figure")
    small = height(((words, column.width) for words, column in shown if column.part != "figure"), size=SMALL)
    return max(read, small, _DRAWN if any(cell.spark for cell in cells) else 0)


def _write(pen: Pen, made: Worksheet, cell: Cell, /, *, row: int, place: int, column: Column) -> None:
    """Write a cell of the sheet."""
    side = "center" if "state" in cell.kind else "left" if "text" in cell.kind else "right"
    look: dict[str, Any] = {"align": side, "bold": "whole" in cell.kind}
    if column.part != "figure":
        look |= {"font_size": SMALL, "font_color": QUIET}
    amount = cell.counts
    if cell.kind == GAP:
        # Empty, so that the line breaks: a spreadsheet takes a word for zero.
        made.write_blank(row, place, None, pen.format(bg_color=RULE))
    elif not cell.text:
        made.write_blank(row, place, None, pen.words(**look))
    elif amount is None:
        quiet = {"font_color": QUIET} if side == "right" else {}
        made.write_string(row, place, text(cell.text), pen.words(**(look | quiet)))
    elif isinstance(amount.value, dt.date):
        made.write_datetime(row, place, dt.datetime(*amount.value.timetuple()[:3]), pen.format(**look, num_format=number_format(amount)))
    else:
        made.write_number(row, place, amount.value, pen.format(**look, num_format=number_format(amount)))


def _draw(made: Worksheet, cells: Sequence[Cell], /, *, row: int, columns: Sequence[Column]) -> None:
    """Draw the lines of a row, each from its months there: zero at the foot unless it goes below, and a dot on the last."""
    for place, column in enumerate(columns):
        if column.part != "line" or not (spark := cells[column.place].spark):
            continue
        months = [at for at, other in enumerate(columns) if (other.part, other.place) == ("month", column.place)]
        drawn = {
            "range": xl_range(row, months[0], row, months[-1]),
            "empty_cells": "gaps",
            "min": None if any(value < 0 for value in spark.values if value is not None) else 0,
            # A month between two without a value is no line, and not every program prints lines.
            "markers": True,
            "last_point": True,
            "weight": 1.5,
        }
        made.add_sparkline(row, place, drawn | dict.fromkeys(("series_color", "markers_color", "last_color"), PALETTE[0]))


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
        return f'{"0" if amount.decimals == 0 else "0.0"}"{HARD_SPACE}"%'
    decimals = decimals_of(amount.value) if amount.decimals is None else amount.decimals
    digits = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
    if not number(amount.value, decimals).strip("0,."):
        return f"{digits};{digits}"
    return f'"+"{digits};"{MINUS}"{digits};{digits}' if amount.kind == "change" else f'{digits};"{MINUS}"{digits}'


def _said(table: Table, columns: Sequence[Column]) -> Iterator[str]:
    """What stands under the table: its notes, and where its figures come from."""
    yield from other_notes(table)
    if any(column.part == "line" for column in columns):
        yield tr(
            "Les mois des courbes sont à droite du tableau; un mois sans valeur est une cellule grise et vide, où la courbe s'interrompt."
        )
    if sources := "; ".join(dict.fromkeys(about.source for about in table.about)):
        yield tr("Source: {sources}. Définitions: feuille «{sheet}».", sources=sources, sheet=tr(NOTES))


def _noted(pen: Pen, made: Worksheet, notes: Iterable[str], /, *, row: int, widths: Sequence[float]) -> list[float]:
    """Write texts over as many columns as lines of a fair length need, more than the table has where it is narrow; how high each is."""
    across = [*takewhile(lambda before: before < _NOTE, accumulate(widths, initial=0.0))]
    look, heights = pen.words(font_size=SMALL, font_color=QUIET, border=0), []
    for place, note in enumerate(filter(None, notes), row):
        made.merge_range(place, 0, place, len(across) - 1, text(note), look)
        heights.append(height([(note, sum(widths[: len(across)]))], size=SMALL))
        made.set_row(place, heights[-1])
    return heights


def _widths(columns: Sequence[Column], *, title: str) -> list[float]:
    """How wide the columns are, and as many empty ones beside them as it takes to hold the title and lines of a fair length."""
    widths, least = [column.width for column in columns], max(_NOTE, long(title, 1.1 * TITLE))
    return widths + [_EMPTY] * ceil(max(least - sum(widths), 0) / _EMPTY)
