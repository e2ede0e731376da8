"""The tables of a pack read back from its forms, cell by cell: from the HTML as a browser reads it, from the workbook as a spreadsheet does."""

import datetime as dt
import io
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import openpyxl

from pipelines.reports.formats import HARD_SPACE, short_month_name

HEADS = 6
_LITERAL = re.compile(r'"([^"]*)"')
_DIGITS = re.compile(r"#,##0(?:\.(0+))?|0(?:\.(0+))?")


@dataclass
class Seen:
    """A cell of the HTML: what is read, what stands small beside it, what its line says, and where what is said behind it is found."""

    kind: str
    of: str = ""
    text: str = ""
    small: str = ""
    line: str = ""


@dataclass
class Grid:
    """The rows of a table, or of key figures side by side."""

    cards: bool = False
    rows: list[list[Seen]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.grids: list[Grid] = []
        self.inside: list[str] = []
        self.grid: Grid | None = None
        self.cell: Seen | None = None

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        kind = told.get("class") or ""
        if tag == "table" or (tag == "ul" and kind == "cards"):
            self.grid = Grid(tag == "ul")
            self.grids.append(self.grid)
        elif self.grid and tag in ("tr", "li"):
            self.grid.rows.append([])
        elif self.grid and (tag in ("th", "td") or (tag == "span" and kind in ("label", "value", "detail", "change"))):
            self.cell = Seen(kind, told.get("data-of") or "")
            self.grid.rows[-1].append(self.cell)
        elif self.cell and kind == "spark":
            self.cell.line = told["aria-label"] or ""
        self.inside.append(tag)

    def handle_endtag(self, tag):
        while self.inside and self.inside.pop() != tag:
            pass
        if tag in ("th", "td", "li"):
            self.cell = None
        elif tag in ("table", "ul"):
            self.grid = None

    def handle_data(self, data):
        if self.cell is None or "svg" in self.inside:
            return
        if "small" in self.inside:
            self.cell.small += data
        else:
            self.cell.text += data


def html_grids(html: str) -> list[Grid]:
    """The tables and key figures of a report in their order; heads of columns are a row like the others."""
    reader = _Reader()
    reader.feed(re.sub(r"<(script|style).*?</\1>", "", html, flags=re.DOTALL))
    for grid in reader.grids:
        for row in grid.rows:
            for cell in row:
                cell.text, cell.small = cell.text.strip(), cell.small.strip()
    return reader.grids


def expected(grid: Grid) -> list[list[str]]:
    """What a spreadsheet shows of these rows: what is small in a column, its line, and that in words stand in columns beside it."""
    if grid.cards:
        return [[label.text, value.text, detail.text, *(one.text for one in changes)] for label, value, detail, *changes in grid.rows]
    body = [row for row in grid.rows[1:] if len(row) > 1]
    wide = [any(row[place].small for row in body) and "state" not in head.kind for place, head in enumerate(grid.rows[0])]
    wide = [one and not all("state" in row[place].kind for row in body) for place, one in enumerate(wide)]
    drawn = [any(row[place].line for row in body) for place in range(len(wide))]
    return [
        [
            text
            for cell, small, line in zip(row, wide, drawn, strict=False)
            for text in (cell.text, *([cell.small] if small else []), *(["", cell.line] if line else []))
        ]
        for row in grid.rows[1:]
    ]


def sheet_rows(sheet, grid: Grid) -> list[list[str]]:
    """As many rows of a sheet as the table has, each cell as a reader sees it; of key figures without their units."""
    wanted = expected(grid)
    rows = [[read(cell) for cell in row] for row in sheet.iter_rows(min_row=HEADS + 1, max_row=HEADS + len(wanted))]
    if grid.cards:
        return [[label, value, detail, *changes[:2]] for label, value, _, detail, *changes in rows]
    return [row[: len(cells)] for row, cells in zip(rows, wanted, strict=True)]


def table_sheets(content: bytes) -> list:
    """The sheets that hold a table."""
    return [sheet for sheet in openpyxl.load_workbook(io.BytesIO(content)) if sheet.title not in ("Contenu", "Notes")]


def read(cell) -> str:
    """What a cell shows: its value in its format, as a spreadsheet of the canton writes it."""
    if cell.value is None or isinstance(cell.value, str):
        return (cell.value or "").removeprefix("'")
    assert cell.number_format.startswith("[$-100C]"), cell.number_format
    positive, *others = cell.number_format.removeprefix("[$-100C]").split(";")
    if isinstance(cell.value, dt.date):
        named = {"dd.mm.yyyy": "%d.%m.%Y", "yyyy": "%Y", "mmm yyyy": f"{short_month_name(cell.value)}{HARD_SPACE}%Y"}
        pattern = _LITERAL.sub("", positive)
        return cell.value.strftime(named[pattern]) + "".join(_LITERAL.findall(positive))
    section = others[0] if others and cell.value < 0 else positive
    (digits,) = _DIGITS.finditer(_LITERAL.sub("", section))
    share = "%" in section
    value = abs(cell.value) * (100 if share else 1)
    grouped = "," if digits[0].startswith("#") else ""
    written = format(value, f"{grouped}.{len(digits[1] or digits[2] or '')}f").replace(",", "’").replace(".", ",")
    return _LITERAL.sub(r"\1", section).replace(digits[0], written)
