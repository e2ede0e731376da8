"""A service that follows its correction workbook to the letter: nothing else tells it what to change.

It puts the suggestion in place of a cell or of a column's name, deletes the line of a key given twice, and gives the file the
name it must bear. Everything else of the file stays as it was: encoding, separator, quotes, line ends, other cells.
"""

import codecs
import io
import re
from dataclasses import dataclass

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

_NAME_OF_THE_CORRECTED = ("Nom du fichier corrigé", "Name der korrigierten Datei")
_FIRST_HEAD = ("Ligne", "Zeile")
_LINES_BEFORE_A_HEADER = 12
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass(frozen=True)
class Told:
    """A row of the workbook's list of findings."""

    line: int | None
    header: str
    suggestion: str
    rule: str

    @property
    def deletes(self) -> bool:
        return self.rule == "key.duplicate" and self.line is not None

    @property
    def renames(self) -> bool:
        return self.rule.startswith("header.") and bool(self.suggestion)

    @property
    def replaces(self) -> bool:
        return bool(self.suggestion) and self.line is not None and bool(self.header) and not self.renames


def repaired(content: bytes, name: str, workbook: bytes) -> tuple[str, bytes]:
    """The name that the corrected file must bear, and its bytes.

    Args:
        content: the bytes of the delivery.
        name: its name, kept where the workbook tells no other.
        workbook: the bytes of its correction workbook, in any language.
    """
    book = load_workbook(io.BytesIO(workbook))
    summary, findings = book.worksheets[:2]
    told = _told(findings)
    corrected = _corrected_name(summary) or name
    if not any(one.deletes or one.renames or one.replaces for one in told):
        return corrected, content
    return corrected, _mended_workbook(content, told) if content.startswith(b"PK") else _mended_text(content, told)


def _told(sheet: Worksheet) -> list[Told]:
    rows = list(sheet.iter_rows(values_only=True))
    first = next(place for place, row in enumerate(rows) if str(row[0] or "").split(" / ")[0] in _FIRST_HEAD)
    return [
        Told(row[0], _as_written(row[1]), _as_written(row[5]), row[6] or "")
        for row in rows[first + 1 :]
        if any(cell is not None for cell in row)
    ]


def _as_written(cell: object) -> str:
    """The text behind the apostrophe that keeps it from being a formula."""
    return re.sub(r"^'(?=[=+\-@\t\r\n＝＋－＠])", "", str(cell or ""))


def _corrected_name(sheet: Worksheet) -> str | None:
    for row in sheet.iter_rows(values_only=True):
        if row[0] in _NAME_OF_THE_CORRECTED:
            return row[1] if row[1] != "–" else None
    return None


# -- workbooks ---------------------------------------------------------------------------------------


def _mended_workbook(content: bytes, told: list[Told]) -> bytes:
    # Values in place of formulas: openpyxl keeps only one of the two, and a file without values says nothing.
    book = load_workbook(io.BytesIO(content), data_only=True)
    for one in told:
        for sheet in book.worksheets:
            at = _column_in(sheet, one.header)
            if at and one.renames:
                sheet.cell(*at).value = one.suggestion
            elif at and one.replaces:
                sheet.cell(one.line, at[1]).value = one.suggestion
                sheet.cell(one.line, at[1]).number_format = "@"
            if at:
                break
    for line in sorted({one.line for one in told if one.deletes}, reverse=True):
        sheet = next(sheet for sheet in book.worksheets if any(_column_in(sheet, one.header) for one in told if one.line == line))
        sheet.delete_rows(line)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _column_in(sheet: Worksheet, header: str) -> tuple[int, int] | None:
    for row in sheet.iter_rows(max_row=_LINES_BEFORE_A_HEADER):
        for cell in row:
            if header and str(cell.value or "").strip() == header:
                return cell.row, cell.column
    return None


# -- text --------------------------------------------------------------------------------------------


def _mended_text(content: bytes, told: list[Told]) -> bytes:
    mark, encoding = next(((mark, name) for mark, name in _BOMS if content.startswith(mark)), (b"", "utf-8"))
    try:
        text = content[len(mark) :].decode(encoding)
    except UnicodeDecodeError:
        encoding = "cp1252"
        text = content.decode(encoding)
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
    edits = []
    for one in told:
        at = _column_of(text, starts, one.header)
        if at and (one.renames or one.replaces):
            header_line, place, separator = at
            cells = _cells(text, starts[(header_line if one.renames else one.line - 1)], separator)
            if place < len(cells):
                edits.append((*cells[place][:2], _quoted(one.suggestion, separator)))
        elif at and one.deletes:
            cells = _cells(text, starts[one.line - 1], at[2])
            end = next((start for start in starts if start >= cells[-1][1]), len(text))
            edits.append((starts[one.line - 1], end if end > starts[one.line - 1] else len(text), ""))
    for start, end, cell in sorted(set(edits), reverse=True):
        text = text[:start] + cell + text[end:]
    return mark + text.encode(encoding)


def _column_of(text: str, starts: list[int], header: str) -> tuple[int, int, str] | None:
    """The line of the header, counted from 0, the place of the column in it, and what separates the cells."""
    for separator in (";", ",", "\t", "|"):
        for line, start in enumerate(starts[: _LINES_BEFORE_A_HEADER + 1]):
            cells = [value.strip() for _, _, value in _cells(text, start, separator)]
            if header and len(cells) > 1 and header in cells:
                return line, cells.index(header), separator
    return None


def _cells(text: str, start: int, separator: str) -> list[tuple[int, int, str]]:
    """Where the cells of the record that begins at `start` lie, and what they say."""
    cell = re.compile(f'"((?:[^"]|"")*)"|([^{separator}\r\n]*)')
    cells = []
    while match := cell.match(text, start):
        quoted, bare = match.groups()
        cells.append((match.start(), match.end(), bare if quoted is None else quoted.replace('""', '"')))
        start = match.end() + 1
        if text[match.end() : start] != separator:
            break
    return cells


def _quoted(cell: str, separator: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if re.search(f'[{separator}"\r\n]', cell) else cell
