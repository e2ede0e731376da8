"""What the reader of sheets does not tell: how far a sheet reaches, its errors, formulas, percentages and merged cells.

The reader lays out a rectangle around all filled cells before anything can be asked of it, and one cell in the last corner
makes it larger than any memory; so the sheet is walked first: element by element where it holds anything out of the common
run, else its cells at one go, a fourth of the time.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import NamedTuple
from xml.parsers import expat

import polars as pl

from pipelines.ingest.package import damaged, plain_name

_ROWS, _COLUMNS = 1 << 20, 1 << 14  # of any sheet
_MERGES = 100_000  # that anybody would make
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)
# What follows the opening of a cell up to the next one, where there is nothing but a number, a text or nothing in it.
_REGULAR = r'^[A-Z]{1,3}[1-9][0-9]{0,6}"(?: s="\d+")?(?: t="(?:s|n|b|str)")?(?:/>|><v>[^<]*</v></c>)(?:</row>|<row [^<>]*>)*$'
_BEFORE = r"^(?:<row [^<>]*>)*$"
_ROW, _CELL, _FORMULA, _VALUE, _INLINE, _MERGED, _OTHER = range(7)
_KINDS = {"row": _ROW, "c": _CELL, "f": _FORMULA, "v": _VALUE, "is": _INLINE, "mergeCell": _MERGED}


class Place(NamedTuple):
    """A cell of a sheet, both counted from 1."""

    row: int
    column: int

    def __str__(self) -> str:
        """As the sheet names it: `C3`."""
        letters, rest = "", self.column
        while rest:
            rest, letter = divmod(rest - 1, 26)
            letters = chr(ord("A") + letter) + letters
        return f"{letters}{self.row}"


class Area(NamedTuple):
    """Merged cells, from the upper left to the lower right one."""

    first: Place
    last: Place

    def __str__(self) -> str:
        """As the sheet names it: `C3:D3`."""
        return f"{self.first}:{self.last}"


@dataclass
class Scan:
    """What a walk through a sheet found.

    Attributes:
        height: the last row with a filled cell.
        width: the last column with a filled cell.
        filled: how many cells are filled.
        weight: characters of the shared texts, counted anew for each cell that holds them; where asked for.
        errors: the cells that hold an error of Excel's, with its name.
        formulas: the cells that hold a formula and no value, with the formula.
        percents: the cells that show their number as a percentage.
        merged: the merged cells.
    """

    height: int = 0
    width: int = 0
    filled: int = 0
    weight: int = 0
    errors: dict[Place, str] = field(default_factory=dict)
    formulas: dict[Place, str] = field(default_factory=dict)
    percents: list[Place] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)


def scanned(sheet: bytes, *, percents: frozenset[str], lengths: Sequence[int] = ()) -> Scan:
    """Walk a sheet once.

    Args:
        sheet: the XML of the sheet.
        percents: the styles that show percentages.
        lengths: of the shared texts, to weigh them.
    """
    head, _, rest = sheet.partition(b"<sheetData>")
    body, whole, tail = rest.partition(b"</sheetData>")
    common = _common(body) if whole and not (percents or lengths or b"<!" in head) else None
    if common is None:
        return _walked(sheet, percents, lengths)
    scan = _walked(head + b"<sheetData/>" + tail, percents, lengths)
    return replace(scan, height=max(scan.height, common[0]), width=max(scan.width, common[1]), filled=scan.filled + common[2])


def _walked(sheet: bytes, percents: frozenset[str], lengths: Sequence[int]) -> Scan:
    walk = _Walk(percents, lengths)
    try:
        walk.parser.Parse(sheet, True)
    except expat.ExpatError:
        raise damaged() from None
    walk.leave()
    return walk.scan


def _common(body: bytes) -> tuple[int, int, int] | None:
    """The last row, the last column and the count of cells; None where any of them needs to be looked at."""
    try:
        pieces = pl.Series([body.decode()]).str.split('<c r="').explode()
    except UnicodeDecodeError:
        return None
    cells = pieces.slice(1)
    if not (pieces.head(1).str.contains(_BEFORE).all() and cells.str.contains(_REGULAR).all()):
        return None
    rows = pieces.str.extract(r'<row r="(\d+)"[^<>]*>$').forward_fill().shift(1)
    valued = pieces.str.contains("<v>", literal=True)
    places = pieces.filter(valued).str.extract_groups(r"^([A-Z]+)([0-9]+)").struct.unnest()
    if places.is_empty() or places.n_unique() < places.height or not places["2"].eq_missing(rows.filter(valued)).all():
        return None
    height, width = max(map(int, places["2"].unique())), max(map(_column, places["1"].unique()))
    return (height, width, places.height) if height <= _ROWS else None


def reference(text: str) -> Place:
    """The place that `C3` names."""
    match = _REFERENCE.fullmatch(text)
    if not match or int(match[2]) > _ROWS:
        raise damaged()
    return Place(int(match[2]), _column(match[1]))


@cache
def _column(letters: str) -> int:
    number = 0
    for letter in letters[:4]:
        number = number * 26 + ord(letter) - ord("A") + 1
    if not (letters.isascii() and letters.isalpha() and letters.isupper() and number <= _COLUMNS):
        raise damaged()
    return number


class _Walk:
    """A walk through a sheet, element by element; half a million of them are usual, so each is met in haste."""

    def __init__(self, percents: frozenset[str], lengths: Sequence[int]) -> None:
        self.scan = Scan()
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartElementHandler = self.enter
        self._kinds = dict(_KINDS)
        self._percents, self._lengths = percents, lengths
        self._row, self._row_text, self._column = 0, "0", 0
        self._cell = self._heard = False
        self._type = ""
        self._formula: list[str] | None = None
        self._value: list[str] | None = None

    def enter(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        kind = self._kinds.get(name)
        if kind is None:
            kind = self._kinds.setdefault(name, _KINDS.get(plain_name(name), _OTHER))
        if kind == _CELL:
            self._enter_cell(attributes)
        elif kind in (_FORMULA, _VALUE, _INLINE):
            if self._cell:
                self._fill(kind)
        else:
            self.leave()
            if kind == _ROW:
                self._enter_row(attributes)
            elif kind == _MERGED:
                if len(self.scan.merged) > _MERGES:
                    raise damaged()
                first, _, last = attributes.get("ref", "").partition(":")
                self.scan.merged.append(Area(reference(first), reference(last or first)))

    def leave(self) -> None:
        """The cell before is over; its texts are judged where they were listened to."""
        self._cell = False
        if not self._heard:
            return
        place, value = Place(self._row, self._column), "".join(self._value or ()).strip()
        if self._type == "e":
            self.scan.errors[place] = value
        elif self._formula is not None:
            # A formula may well say nothing: a text of no letters is a value.
            if not value and (self._value is None or self._type != "str"):
                self.scan.formulas[place] = "=" + "".join(self._formula)
        elif value.isascii() and value.isdigit() and int(value) < len(self._lengths):
            self.scan.weight += self._lengths[int(value)]
        self._heard, self._formula, self._value = False, None, None
        self.parser.CharacterDataHandler = None

    def _enter_row(self, attributes: dict[str, str]) -> None:
        text = attributes.get("r", str(self._row + 1))
        row = int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
        # The same row again, and one of two values would be lost.
        if not self._row < row <= _ROWS:
            raise damaged()
        self._row, self._row_text, self._column = row, text, 0

    def _enter_cell(self, attributes: dict[str, str]) -> None:
        if self._heard:
            self.leave()
        text = attributes.get("r")
        if text is None:
            column = self._column + 1
        elif text.endswith(self._row_text):
            column = _column(text[: -len(self._row_text)])
        else:
            raise damaged()
        if not self._column < column <= _COLUMNS:
            raise damaged()
        self._column, self._cell, self._type = column, True, attributes.get("t", "")
        if self._percents and attributes.get("s") in self._percents:
            self.scan.percents.append(Place(self._row, column))

    def _fill(self, kind: int) -> None:
        scan = self.scan
        scan.filled += 1
        scan.height = self._row
        if self._column > scan.width:
            scan.width = self._column
        if kind == _FORMULA:
            self._formula = heard = []
        elif self._type == "e" or self._formula is not None or (self._lengths and self._type == "s"):
            self._value = heard = ["a text"] if kind == _INLINE else []
        else:
            return
        self._heard = True
        self.parser.CharacterDataHandler = heard.append
