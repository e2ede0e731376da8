"""The columns of a table as a sheet: what its cells say in small and the months of their lines stand in columns of their own."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import Literal

from xlsxwriter.utility import xl_pixel_width

from pipelines.reports import formats
from pipelines.reports.cells import amount_cell
from pipelines.reports.content import Cell, Spark, Table
from pipelines.reports.formats import HARD_SPACE, opening
from pipelines.reports.language import tr

_WIDEST, _ASIDE, _NARROWEST, _STATE, _LINE, _IN_WORDS = 46.0, 30.0, 9.0, 4.2, 18.0, 40.0
# Pixels of the unit in which a spreadsheet counts the width of columns, and how much of it a cell keeps free at its edges.
_UNIT, _EDGES, _HEAD_LINES = 7, 2.2, 2.6
# What adding up may make of nothing.
_NONE = 0.001
# The size of what is small, and as large as bold letters of the size of the others take room.
SMALL, BOLD = 9, 10.8
# The kind of a cell that is a month without a value.
GAP = "gap"


@dataclass(frozen=True)
class Column:
    """A column of the sheet.

    Attributes:
        place: in the rows of the table, of the cells it shows or says more of.
        head: its name.
        width: in characters.
        part: of these cells: what is read, what is small beside it, its line, the line in words, or a month of it.
        right: whether it holds numbers.
        upright: whether its head stands upright, so that it may be narrow.
        month: of the line.
    """

    place: int
    head: str
    width: float
    part: Literal["figure", "detail", "line", "words", "month"] = "figure"
    right: bool = False
    upright: bool = False
    month: dt.date | None = None

    def of(self, row: Sequence[Cell]) -> Cell:
        """What the column shows of a row."""
        cell = row[self.place]
        match self.part:
            case "figure":
                return cell
            case "detail":
                return Cell(cell.detail, kind="text")
            case "words":
                return Cell(cell.spark.text if cell.spark else "", kind="text")
            case "month":
                amount = cell.spark.amounts.get(self.month) if cell.spark and self.month else None
                return amount_cell(amount, absent="", kind=GAP if cell.spark and not amount else "number")
            case "line":
                return Cell("")


def columns_of(table: Table) -> list[Column]:
    """The columns of the sheet; the months of lines stand behind all others."""
    rows = [row for row in table.rows if len(row) > 1]
    drawn = {place: sparks for place in range(len(table.columns)) if (sparks := [row[place].spark for row in rows if row[place].spark])}
    found = [column for place, head in enumerate(table.columns) for column in _side_by_side(place, head, [row[place] for row in rows])]
    return found + [
        column for place, sparks in drawn.items() for column in _months(place, table.columns[place], sparks, alone=len(drawn) == 1)
    ]


def _side_by_side(place: int, head: Cell, cells: Sequence[Cell]) -> Iterator[Column]:
    """What is read of a column of the table, what is small beside it, and its line, as far as there is any."""
    if "state" in head.kind:
        yield Column(place, head.detail or head.text, _STATE, right=True, upright=True)
        return
    # Of the first column, the head itself names what its cells say in small.
    words = head.text if not place or not head.detail else f"{head.text}, {head.detail}"
    yield Column(place, words, _width(words, [cell.text for cell in cells]), right="number" in head.kind)
    if details := [cell.detail for cell in cells if cell.detail and "state" not in cell.kind]:
        named = tr("{column}: détail", column=head.text) if head.text else tr("Détail")
        beside = opening(head.detail) if head.detail and not place else named
        yield Column(place, beside, _width(beside, details, size=SMALL, most=_ASIDE if place else _WIDEST), "detail")
    if told := [cell.spark.text for cell in cells if cell.spark]:
        yield Column(place, tr("{column}: courbe", column=head.text), _LINE, "line")
        words = tr("{column}: courbe, en mots", column=head.text)
        yield Column(place, words, _width(words, told, size=SMALL, most=_IN_WORDS), "words")


def _months(place: int, head: Cell, sparks: Sequence[Spark | None], /, *, alone: bool) -> Iterator[Column]:
    named = tr("Courbe") if alone else head.text
    for month in sorted({month for spark in sparks if spark for month in spark.amounts}):
        words = f"{named}, {formats.short_month(month)}"
        amounts = [spark.amounts.get(month) for spark in sparks if spark]
        width = _width(words, [one.text for one in amounts if one], size=SMALL)
        yield Column(place, words, width, "month", right=True, month=month)


@lru_cache(maxsize=65536)
def long(words: str, size: float) -> float:
    """How much width a text takes, as that of columns is counted: Arial of this size is about as wide as Calibri a tenth larger."""
    return float(xl_pixel_width(words.replace(HARD_SPACE, " ").replace("’", "'"))) / _UNIT * size / 10


def _width(head: str, texts: Sequence[str], *, size: float = 10, most: float = _WIDEST) -> float:
    longest = max((long(written, size) for written in texts), default=0)
    word = max((long(part, BOLD) for part in head.split()), default=0)
    return min(max(longest + _EDGES, word + _EDGES, long(head, BOLD) / _HEAD_LINES + _EDGES, _NARROWEST), most)


def height(texts: Iterable[tuple[str, float]], *, size: float = 10) -> float:
    """How high a row is in which each text has its column's width: not every program looks itself."""
    return 4 + 1.25 * size * max((_lines(words, width - _EDGES, size=size) for words, width in texts), default=1)


def _lines(words: str, room: float, *, size: float) -> int:
    """In how many lines a text stands; a word that is longer than one is broken."""
    lines, used = 1, 0.0
    for word in words.split(" "):
        taken = long(word, size)
        if used and used + taken > room + _NONE:
            lines, used = lines + 1, 0.0
        broken = ceil((taken - _NONE) / room) - 1
        lines, used = lines + broken, used + taken - broken * room + long(" ", size)
    return lines
