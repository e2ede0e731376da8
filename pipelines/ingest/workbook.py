"""XLSX, by python-calamine: the sheet's cells as the text a person sees, with the sheet's own row numbers.

What calamine leaves blank or cannot be asked (errors, formulas without value, percentages, merged cells) comes from the scan.
"""

import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook

from pipelines.contracts.export import Export
from pipelines.contracts.limits import Limits
from pipelines.contracts.rules import Both
from pipelines.ingest.findings import Refused, finding
from pipelines.ingest.header import TITLES, Candidate, header_of
from pipelines.ingest.mask import masked
from pipelines.ingest.package import Book, Package, Tab, book_of, damaged, packed, parsed, percent_styles, unpacked
from pipelines.ingest.scan import Place, Scan, scanned
from pipelines.ingest.sheet import BROKEN, EMPTY, Sheet, is_blank
from pipelines.ingest.text import plain

Cell = int | float | str | bool | dt.date | dt.time | dt.datetime | dt.timedelta

_CELL = 64  # bytes that a cell of the rectangle takes in memory, about
_MARKS = 8  # that a filled cell takes in the XML of a sheet, about
_TEXT = re.compile(rb"<(?:\w+:)?si[\s/>]")
_BESIDE = ("sharedStrings", "styles")
_ROWS, _COLUMNS = Both("lignes", "Zeilen"), Both("colonnes", "Spalten")
_MARKUP = Both("marques dans sa feuille", "Auszeichnungen in ihrem Blatt")
_NAMED = 5  # merged cells that a sentence names


def read_workbook(package: Package, export: Export, *, limits: Limits, found: Sequence[pl.DataFrame] = ()) -> Sheet:
    """The table of an XLSX file: the sheet named like the dataset, else the first one that is shown.

    Args:
        package: the parts of the file.
        export: the contract.
        limits: how much is read.
        found: what was found wrong with the file before.
    """
    book = book_of(package)
    tab = _chosen(book.tabs, export.name)
    scan, rows = _rows(package, book, tab, limits=limits)
    filled = [place for place, row in rows.items() if not is_blank(row)]
    start = _header(rows, filled, tab, book.tabs, export=export)
    width = max(place for place, cell in enumerate(rows[start], start=1) if cell.strip())
    body = [place for place in filled if place > start]
    for count, limit, what in ((len(body), limits.rows, _ROWS), (width, limits.columns, _COLUMNS)):
        if count > limit:
            raise Refused(finding("file.too_large", what=what, limit=limit))
    broken = [(place + 1, "line.beyond", len(rows[place])) for place in body if any(cell.strip() for cell in rows[place][width:])]
    lines = pl.Series("line", [place + 1 for place in body], dtype=pl.Int64)
    cells = pl.DataFrame([rows[place][:width] for place in body], schema={str(n): pl.String for n in range(width)}, orient="row")
    return Sheet(
        header=tuple(cell.strip() for cell in rows[start][:width]),
        header_line=start + 1,
        read=len(body),
        lines=lines,
        # Of a cell that is too long nothing is shown: a part of it may be nobody's to see.
        cells=cells.select(pl.when(pl.all().str.len_chars() > limits.cell_length).then(pl.lit("…")).otherwise(pl.all()).name.keep()),
        broken=pl.DataFrame(broken, schema=BROKEN, orient="row"),
        faults=_faults(scan, cells, lines, limits=limits),
        findings=(*found, *_merged_header(scan, start, body[0] if body else start, width=width)),
    )


def written(cell: Cell) -> str:
    """A cell as text: whole numbers without decimals, dates without time of day, truth as 1 or 0."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return str(cell)


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    # Excel keeps 15 digits; what a formula leaves behind them (0.1 + 0.2) is no decimal of the service's.
    text = format(Decimal(format(value, ".15g")), "f")
    # A cell of type number leaves nothing to guess; a fourth decimal says so to the reader of amounts.
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text


def _chosen(tabs: Sequence[Tab], dataset: str) -> Tab:
    named = [tab for tab in tabs if plain(tab.name) == plain(dataset)]
    if len(named) > 1:
        raise Refused(finding("file.sheet", sheet=masked(named[0].name), dataset=dataset))
    shown = [tab for tab in tabs if tab.shown]
    if not named + shown:
        raise Refused(finding("file.empty"))
    return (named + shown)[0]


def _header(rows: Mapping[int, Sequence[str]], filled: Sequence[int], tab: Tab, tabs: Sequence[Tab], *, export: Export) -> int:
    """Where the header stands; a sheet without one that was only the first of several may be the wrong one."""
    try:
        if not filled:
            raise Refused(finding("file.empty"))
        return header_of([[Candidate(place, rows[place]) for place in filled[: TITLES + 1]]], export).first
    except Refused as refusal:
        lacking = refusal.finding["rule"][0] in ("file.empty", "header.missing")
        if lacking and plain(tab.name) != plain(export.name) and sum(one.shown for one in tabs) > 1:
            raise Refused(finding("file.sheet", sheet=masked(tab.name), dataset=export.name)) from None
        raise


def _rows(package: Package, book: Book, tab: Tab, *, limits: Limits) -> tuple[Scan, dict[int, list[str]]]:
    """The scan of a sheet, and the text of the cells of its rows by their place from 0, without those that say nothing."""
    parts: dict[str, bytes] = {}
    for kind, path in [("worksheet", tab.part)] + [(kind, book.others[kind]) for kind in _BESIDE if kind in book.others]:
        parts[kind] = unpacked(package, path, limit=limits.unpacked_bytes - sum(map(len, parts.values())))
    scan = _scan(parts, limits=limits)
    grid = _grid(packed(parts, since_1904=book.since_1904))
    if scan.formulas:
        # Where the last cells hold a formula and no value, calamine's rectangle ends before them.
        grid += [[] for _ in range(scan.height - len(grid))]
        grid = [row + [""] * (scan.width - len(row)) for row in grid]
    for place, text in (scan.errors | scan.formulas).items():
        grid[place.row - 1][place.column - 1] = text
    for place in scan.percents:
        number = grid[place.row - 1][place.column - 1] if place.row <= scan.height and place.column <= scan.width else ""
        if isinstance(number, float):
            grid[place.row - 1][place.column - 1] = f"{_number(number * 100)}%"
    blank = [""] * max(map(len, grid), default=0)
    return scan, {place: [cell if type(cell) is str else written(cell) for cell in row] for place, row in enumerate(grid) if row != blank}


def _scan(parts: Mapping[str, bytes], *, limits: Limits) -> Scan:
    """The scan of a sheet that fits into memory, its texts spread over their cells too."""
    texts = parts.get("sharedStrings", b"")
    parsed(texts or b"<sst/>")
    lengths = [len(text) for text in _TEXT.split(texts)[1:]]
    percents = percent_styles(parts["styles"]) if "styles" in parts else frozenset[str]()
    cells = limits.unpacked_bytes // _CELL
    if parts["worksheet"].count(b"<") > cells * _MARKS:
        raise Refused(finding("file.too_large", what=_MARKUP, limit=cells * _MARKS))
    scan = scanned(parts["worksheet"], percents=percents)
    if scan.height * scan.width > cells:
        corner = Place(scan.height, scan.width)
        reach = Both(f"cellules, pleines ou vides, jusqu'à {corner}", f"Zellen, volle und leere, bis {corner}")
        raise Refused(finding("file.too_large", what=reach, limit=cells))
    if len(lengths) > cells:
        raise Refused(finding("file.too_large", what=Both("textes", "Texte"), limit=cells))
    # A cell names its text by a number, so that a long one may stand in every cell at no cost to the file.
    if max(lengths, default=0) * scan.filled > limits.unpacked_bytes:
        scan = scanned(parts["worksheet"], percents=percents, lengths=lengths)
        if scan.weight > limits.unpacked_bytes:
            repeated = Both("octets de texte, répétitions comprises", "Bytes Text, samt Wiederholungen")
            raise Refused(finding("file.too_large", what=repeated, limit=limits.unpacked_bytes))
    return scan


def _grid(content: bytes) -> list[list[Cell]]:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError):
        raise damaged() from None
    except BaseException as error:
        # What fails inside the library without its having foreseen it is no Exception.
        if type(error).__name__ == "PanicException":
            raise damaged() from None
        raise


def _merged_header(scan: Scan, start: int, below: int, *, width: int) -> list[pl.DataFrame]:
    """The finding that merged cells leave it open which column a name is for.

    A title merged above the header does not, nor a name merged with blank cells below it.

    Args:
        scan: of the sheet.
        start: where the header stands, from 0.
        below: where the first record does.
        width: columns of the header.
    """
    unclear = [
        area
        for area in scan.merged
        if area.first.row <= start + 1 <= area.last.row
        and area.first.column <= width
        and (area.first.row <= start or area.first.column < area.last.column or start < below < area.last.row)
    ]
    return [finding("header.merged", (start + 1,), cells=", ".join(map(str, unclear[:_NAMED])))] if unclear else []


def _faults(scan: Scan, cells: pl.DataFrame, lines: pl.Series, *, limits: Limits) -> list[tuple[int, str, str]]:
    """The cells that cannot be read."""
    found = [(place.row, str(place.column - 1), "cell.error") for place, text in scan.errors.items() if text not in EMPTY]
    found += [(place.row, str(place.column - 1), "cell.formula") for place in scan.formulas]
    for name in cells.columns:
        found += [(line, name, "cell.too_long") for line in lines.filter(cells[name].str.len_chars() > limits.cell_length)]
    return found
