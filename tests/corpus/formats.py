"""Grids to files whose bytes are the same on every day: CSV, XLSX, and what else a service may send under these names."""

import datetime as dt
import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.corpus.clean import Cell, Grid

Finish = Callable[[Workbook, Worksheet], object]
_MADE_ON = dt.datetime(2013, 3, 1)
_THEME = "xl/theme/theme1.xml"


def line(cells: Iterable[Cell], separator: str = ";") -> str:
    """A line of CSV; quotes only where a cell needs them."""
    return separator.join(_quoted(str(cell), separator) for cell in cells)


def _quoted(cell: str, separator: str) -> str:
    needed = any(sign in cell for sign in (separator, '"', "\n", "\r"))
    return '"' + cell.replace('"', '""') + '"' if needed else cell


def lines(grid: Grid, separator: str = ";") -> list[str]:
    """The lines of a CSV."""
    return [line(row, separator) for row in grid]


def csv(texts: Iterable[str], *, newline: str = "\r\n", encoding: str = "utf-8", mark: bytes = b"", last: bool = True) -> bytes:
    """Lines to a file."""
    return mark + (newline.join(texts) + newline * last).encode(encoding)


def xlsx(grid: Grid, *, finish: Finish | None = None, sheet: str = "Feuil1", **options: object) -> bytes:
    """A grid to a workbook with one sheet; `finish` does to it what a person does in Excel."""
    return book({sheet: grid}, finish=finish, **options)


def book(sheets: Mapping[str, Grid], *, finish: Finish | None = None, **options: object) -> bytes:
    """Grids to a workbook; `finish` gets the last sheet."""
    file = io.BytesIO()
    usual = {"in_memory": True, "default_date_format": "dd.mm.yyyy", "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, usual | options) as made:
        made.set_properties({"created": _MADE_ON})
        for name, grid in sheets.items():
            tab = made.add_worksheet(name)
            for row, cells in enumerate(grid):
                tab.write_row(row, 0, ["" if cell is None else cell for cell in cells])
        if finish:
            finish(made, tab)
    return _without_theme(file.getvalue())


def _without_theme(content: bytes) -> bytes:
    """The workbook at half its size: no reader of ours looks at colours."""
    held = parts(content)
    del held[_THEME]
    for name, mark in (("[Content_Types].xml", b"<Override "), ("xl/_rels/workbook.xml.rels", b"<Relationship ")):
        held[name] = b"".join(mark * bool(n) + piece for n, piece in enumerate(held[name].split(mark)) if b"theme" not in piece)
    return packed(held)


def parts(content: bytes) -> dict[str, bytes]:
    """The files within a ZIP."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(held: Mapping[str, bytes], *, method: int = zipfile.ZIP_STORED) -> bytes:
    """Files to a ZIP; stored, since what deflate makes of them is not the same everywhere."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in held.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, compress_type=method)
    return file.getvalue()


def rewritten(content: bytes, *changes: tuple[str, str], part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """The workbook with text of one part replaced; the text must be there."""
    held = parts(content)
    text = held[part].decode()
    for old, new in changes:
        if old not in text:
            raise ValueError(f"{part} does not say {old}")
        text = text.replace(old, new)
    return packed(held | {part: text.encode()})


def compound(streams: Sequence[tuple[str, bytes]]) -> bytes:
    """Streams to the container of old Office files (MS-CFB, version 3), each long enough to need no small sectors."""
    sector, end, free, fat_mark = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    fat, body, entries = [fat_mark], b"", [_entry("Root Entry", kind=5, child=1, start=end)]
    for number, (name, content) in enumerate(streams, start=1):
        filled = content.ljust(4096, b"\0")
        filled += bytes(-len(filled) % sector)
        following = number + 1 if number < len(streams) else free
        entries.append(_entry(name, kind=2, right=following, start=len(fat), size=len(filled)))
        fat += [*range(len(fat) + 1, len(fat) + len(filled) // sector), end]
        body += filled
    entries += [bytes(128)] * (-len(entries) % 4)
    directory = len(fat)
    fat += [*range(directory + 1, directory + len(entries) // 4), end]
    header = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, directory, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)
    return header + struct.pack("<128I", *fat, *[free] * (128 - len(fat))) + body + b"".join(entries)


def _entry(name: str, *, kind: int, start: int, size: int = 0, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF) -> bytes:
    spelt = name.encode("utf-16-le") + b"\0\0"
    return spelt.ljust(64, b"\0") + struct.pack("<HBBIII36xIQ", len(spelt), kind, 1, 0xFFFFFFFF, right, child, start, size)
