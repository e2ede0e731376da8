"""CSV, line by line: what every physical line says is kept, and a broken one costs itself only.

Regular lines (the right number of separators, quotes only around whole cells) are split by polars in one go. The others are
read one by one after RFC 4180: quoted separators, doubled quotes, line breaks inside quotes. A record may run over several
lines only where no two of them could be rows of their own, so a stray quote can never swallow the lines below it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

import polars as pl

from pipelines.contracts.export import Export
from pipelines.contracts.limits import Limits
from pipelines.contracts.rules import Both
from pipelines.ingest.findings import Refused, finding
from pipelines.ingest.header import TITLES, Candidate, header_of, known_names, meant
from pipelines.ingest.sheet import BROKEN, EMPTY, Sheet, is_blank
from pipelines.ingest.text import decoded

_SEPARATORS = (";", ",", "\t")
_DECLARED = re.compile(r'"?sep=([;,\t|])"?[;,\t|]*', re.IGNORECASE)
_LINES_OF_A_RECORD = 200
# Line feed, return and tab apart, no control byte stands in a text on purpose.
_CONTROLS = [sign for sign in (*map(chr, range(32)), "\x7f") if sign not in "\n\r\t"]
_HOLDS_CONTROL = re.compile(f"[{re.escape(''.join(_CONTROLS))}]")
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
_ROWS, _COLUMNS = Both("le nombre de lignes", "die Zahl der Zeilen"), Both("le nombre de colonnes", "die Zahl der Spalten")
_USUAL = Limits()


@dataclass(frozen=True)
class Layout:
    """What the header line tells about the lines below it.

    Attributes:
        header: its cells up to the last that is named.
        width: how many cells it has with the blank ones behind.
        separator: what stands between two cells.
        first: where it begins, counted from 0.
        last: where it ends.
        required: the places of the cells without which a line is no row.
    """

    header: tuple[str, ...]
    width: int
    separator: str
    first: int
    last: int
    required: tuple[int, ...] = ()

    def fits(self, cells: Sequence[str]) -> bool:
        """Whether a record has all the named cells, and behind them nothing but blank ones."""
        return len(cells) >= len(self.header) and not any(cell.strip() for cell in cells[len(self.header) :])


@dataclass(frozen=True)
class Record:
    """A record read with care; a broken one holds what could be made out of its first line."""

    line: int
    cells: list[str]
    broken: str | None = None


def read_delimited(content: bytes, export: Export, *, limits: Limits = _USUAL) -> Sheet:
    """The table of a CSV file."""
    text = decoded(content)
    lines = _lines(text)
    layout = _layout(lines, export, limits=limits)
    body = lines.slice(layout.last + 1)
    numbers = pl.Series("line", range(layout.last + 2, len(lines) + 1), dtype=pl.Int64)
    regular = _regular(body, layout, limits=limits, controls=any(sign in text for sign in _CONTROLS))
    filled = regular & ~_blank(body, layout)
    others = careful(body.filter(~regular).to_list(), numbers.filter(~regular).to_list(), layout=layout, limits=limits)
    slow = list(islice((record for record in others if record.broken or not is_blank(record.cells)), limits.rows + 1))
    read = int(filled.sum()) + len(slow)
    _no_more(read, limits.rows, _ROWS)
    fast = split(body.filter(filled), layout).insert_column(0, numbers.filter(filled))
    return _sheet(fast, slow, layout=layout, read=read)


def split(lines: pl.Series, layout: Layout) -> pl.DataFrame:
    """The fast way: the cells of regular lines, a text column per cell."""
    cells = lines.str.split_exact(layout.separator, layout.width - 1).struct.unnest()
    cells.columns = [str(position) for position in range(layout.width)]
    if lines.str.contains('"', literal=True).any():
        cells = cells.select(pl.all().str.strip_chars('"'))
    return cells


def careful(lines: Sequence[str], numbers: Sequence[int], *, layout: Layout, limits: Limits = _USUAL) -> Iterator[Record]:
    """The careful way: records from lines and their physical numbers, blank ones left out."""
    position = 0
    while position < len(lines):
        number, line = numbers[position], lines[position]
        cells, height = _record(_neighbours(lines, numbers, start=position), layout.separator, most=limits.columns) or ([], 0)
        broken: str | None = None
        taken = lines[position : position + height]
        if len(cells) > limits.columns or not layout.fits(cells) or _rows_in_one(taken, layout, behind=len(cells) - len(layout.header)):
            inside = _inside(cells, layout.separator, limits=limits)
            broken = "line.quotes" if height != 1 else "line.wrapped" if layout.fits(inside) else "line.cells"
            cells, height = cells if height == 1 else line.split(layout.separator, limits.columns), 1
        position += height
        if any(cell.strip() for cell in cells):
            yield Record(number, cells, _spoilt(cells, limits) or broken)


def _spoilt(cells: Sequence[str], limits: Limits) -> str | None:
    if any(_HOLDS_CONTROL.search(cell) for cell in cells):
        return "line.control"
    return "cell.too_long" if any(len(cell) > limits.cell_length for cell in cells) else None


def _inside(cells: Sequence[str], separator: str, *, limits: Limits) -> list[str]:
    """The cells within the only one, as a spreadsheet writes a record that it took for one cell."""
    alone = cells and not any(cell.strip() for cell in cells[1:])
    return _cells(cells[0], separator, most=limits.columns) or [] if alone else []


def _lines(text: str) -> pl.Series:
    """The lines as an editor counts them: a line feed, a return or both end one, and nothing else does."""
    lines = pl.Series([text]).str.split("\n").explode().str.strip_suffix("\r")
    if not lines.str.contains("\r", literal=True).any():
        return lines
    return pl.Series([text.replace("\r\n", "\n").replace("\r", "\n")]).str.split("\n").explode()


def _layout(lines: pl.Series, export: Export, *, limits: Limits) -> Layout:
    """The line among the first that names the most columns, under the separator that makes it so."""
    filled = lines.str.contains(r'[^\s;,"]').arg_true().head(TITLES + 2).to_list()
    if not filled:
        raise Refused(finding("file.empty"))
    declared = _DECLARED.fullmatch(lines[filled[0]].strip(" "))
    places = filled[1:] if declared else filled[: TITLES + 1]
    separators = declared.groups() if declared else _SEPARATORS
    best = header_of([list(_candidates(lines, places, separator, limits=limits)) for separator in separators], export)
    _no_more(len(best.cells), limits.columns, _COLUMNS)
    named = max(place for place, cell in enumerate(best.cells, start=1) if cell.strip())
    header = tuple(cell.strip() for cell in best.cells[:named])
    fields = [meant(cell, known_names(export)) for cell in header]
    required = tuple(place for place, field in enumerate(fields) if field and export.by_name[field].required)
    return Layout(header, len(best.cells), best.separator, best.first, best.first + best.height - 1, required)


def _candidates(lines: pl.Series, places: Sequence[int], separator: str, *, limits: Limits) -> Iterator[Candidate]:
    for first in places:
        cells, height = _record(lines.slice(first, _LINES_OF_A_RECORD), separator, most=limits.columns) or ([], 0)
        yield Candidate(first, _inside(cells, separator, limits=limits) or cells, height, separator)


def _no_more(count: int, limit: int, what: Both) -> None:
    if count > limit:
        raise Refused(finding("file.too_large", limit=limit, what=what))


def _regular(lines: pl.Series, layout: Layout, *, limits: Limits, controls: bool) -> pl.Series:
    """True for lines that need no care."""
    regular = (lines.str.count_matches(layout.separator, literal=True) == layout.width - 1) & (lines.str.len_bytes() <= limits.cell_length)
    if controls:
        regular &= ~lines.str.contains(_CONTROL)
    quoted = lines.str.contains('"', literal=True)
    if quoted.any():
        cell = f'(?:[^"{layout.separator}]*|"[^"{layout.separator}]*")'
        whole = lines.filter(quoted).str.contains(f"^{cell}(?:[{layout.separator}]{cell})*$")
        regular = regular.scatter(quoted.arg_true(), regular.filter(quoted) & whole)
    return regular


def _blank(lines: pl.Series, layout: Layout) -> pl.Series:
    """True for regular lines whose every cell is empty, quoted or not, or one of the words for empty."""
    cell = rf'"?\s*(?:{"|".join(re.escape(word) for word in EMPTY)})\s*"?'
    return lines.str.contains(f"^{cell}(?:[{layout.separator}]{cell})*$")


def _neighbours(lines: Sequence[str], numbers: Sequence[int], *, start: int) -> Iterator[str]:
    """A line and those that stand directly below it."""
    for position in range(start, min(len(lines), start + _LINES_OF_A_RECORD)):
        if numbers[position] - numbers[start] != position - start:
            return
        yield lines[position]


def _rows_in_one(lines: Sequence[str], layout: Layout, *, behind: int) -> bool:
    """Whether a record over several lines looks like rows that two stray quotes have joined; `behind` it stand so many blank cells."""
    parted = [_whole_cell(layout.separator).sub("", line).split(layout.separator) for line in lines]
    width, last = len(layout.header), parted[-1]
    # The blank cells behind a record make its last line as wide as a row, even where little more than the end of a text stands on it.
    padded = width <= len(last) < width + behind and not all(last[place].strip() for place in layout.required)
    return sum(len(cells) >= width for cells in parted) - padded > 1


def _record(lines: Iterable[str], separator: str, *, most: int) -> tuple[list[str], int] | None:
    """The cells of the record that begins with the first line, and how many lines it takes; None where its quotes are wrong."""
    taken: list[str] = []
    quotes = 0
    for line in lines:
        taken.append(line)
        quotes += line.count('"')
        if quotes % 2 == 0:
            cells = _cells("\n".join(taken), separator, most=most)
            return (cells, len(taken)) if cells else None
    return None


@cache
def _whole_cell(separator: str) -> re.Pattern[str]:
    """A cell in quotes that begins and ends on its line: the separators in it are text."""
    return re.compile(f'(?:(?<=[{separator}])|^)"[^"]*(?:""[^"]*)*"(?=[{separator}]|$)')


@cache
def _cell(separator: str) -> re.Pattern[str]:
    return re.compile(f'(?:"([^"]*(?:""[^"]*)*)"|([^"{separator}]*))([{separator}]|\\Z)')


def _cells(record: str, separator: str, *, most: int) -> list[str] | None:
    """The cells of a whole record, one more than the most where there are too many; None where a quote stands in the middle of a cell."""
    cells: list[str] = []
    position = 0
    while match := _cell(separator).match(record, position):
        quoted, bare, end = match.groups()
        cells.append(bare if quoted is None else quoted.replace('""', '"'))
        if not end or len(cells) > most:
            return cells
        position = match.end()
    return None


def _sheet(fast: pl.DataFrame, slow: list[Record], *, layout: Layout, read: int) -> Sheet:
    """Both ways' records in the order of the lines."""
    named = [str(position) for position in range(len(layout.header))]
    beyond = fast.select(pl.any_horizontal(pl.lit(False), *(pl.col(name).str.contains(r"\S") for name in fast.columns[len(named) + 1 :])))
    shifted = fast["line"].filter(beyond.to_series()) if layout.width > len(named) else fast["line"].clear()
    broken = [(line, "line.cells", layout.width) for line in shifted]
    broken += [(record.line, record.broken, len(record.cells)) for record in slow if record.broken]
    rows = [[record.line, *(record.cells + [""] * len(named))[: len(named)]] for record in slow]
    careful_rows = pl.DataFrame(rows, schema={"line": pl.Int64} | dict.fromkeys(named, pl.String), orient="row")
    table = fast.select("line", *named)
    if rows:
        table = pl.concat([table, careful_rows]).sort("line")
    return Sheet(
        header=layout.header,
        header_line=layout.first + 1,
        read=read,
        lines=table["line"],
        cells=table.drop("line"),
        broken=pl.DataFrame(broken, schema=BROKEN, orient="row"),
    )
