"""CSV, line by line: what every physical line says is kept, and a broken one costs itself only.

Regular lines (the right number of separators, quotes only around whole cells) are split by polars in one go. The others are
read one by one after RFC 4180: quoted separators, doubled quotes, line breaks inside quotes. A record may run over several
lines only where no two of them could be rows of their own, so a stray quote can never swallow the lines below it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import polars as pl

from pipelines.ingest.findings import Refused, finding
from pipelines.ingest.sheet import BROKEN, EMPTY, TITLES, Sheet, is_blank, names_known
from pipelines.ingest.text import decoded

_SEPARATORS = (";", ",", "\t")
_DECLARED = re.compile(r'"?sep=([;,\t|])"?[;,\t|]*', re.IGNORECASE)
_LINES_OF_A_RECORD = 200


@dataclass(frozen=True)
class Layout:
    """What the header line tells about the lines below it.

    Attributes:
        header: its cells up to the last that is named.
        width: how many cells it has with the blank ones behind.
        separator: what stands between two cells.
        first: where it begins, counted from 0.
        last: where it ends.
    """

    header: tuple[str, ...]
    width: int
    separator: str
    first: int
    last: int

    def fits(self, cells: Sequence[str]) -> bool:
        """Whether a record has all the named cells, and behind them nothing but blank ones."""
        return len(cells) >= len(self.header) and not any(cell.strip() for cell in cells[len(self.header) :])


@dataclass(frozen=True)
class Record:
    """A record read with care; a broken one holds what could be made out of its first line."""

    line: int
    cells: list[str]
    broken: str | None = None


def read_delimited(content: bytes, names: Mapping[str, str]) -> Sheet:
    """The table of a CSV file; `names` are the plain headers that are understood."""
    text = decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    lines = pl.Series([text]).str.split("\n")[0]
    layout = _layout(lines, names)
    body = lines.slice(layout.last + 1)
    numbers = pl.Series("line", range(layout.last + 2, len(lines) + 1), dtype=pl.Int64)
    regular = _regular(body, layout)
    filled = regular & ~_blank(body, layout)
    fast = split(body.filter(filled), layout).insert_column(0, numbers.filter(filled))
    others = careful(body.filter(~regular).to_list(), numbers.filter(~regular).to_list(), layout=layout)
    slow = [record for record in others if record.broken or not is_blank(record.cells)]
    return _sheet(fast, slow, layout=layout, read=int(filled.sum()) + len(slow))


def split(lines: pl.Series, layout: Layout) -> pl.DataFrame:
    """The fast way: the cells of regular lines, a text column per cell."""
    cells = lines.str.split_exact(layout.separator, layout.width - 1).struct.unnest()
    cells.columns = [str(position) for position in range(layout.width)]
    if lines.str.contains('"', literal=True).any():
        cells = cells.select(pl.all().str.strip_chars('"'))
    return cells


def careful(lines: Sequence[str], numbers: Sequence[int], *, layout: Layout) -> Iterator[Record]:
    """The careful way: records from lines and their physical numbers, blank ones left out."""
    position = 0
    while position < len(lines):
        number, line = numbers[position], lines[position]
        read = _record(_neighbours(lines, numbers, start=position), layout.separator)
        if read and layout.fits(read[0]) and not _rows_in_one(lines[position : position + read[1]], layout):
            cells, height = read
            if any(cell.strip() for cell in cells):
                yield Record(number, cells)
            position += height
            continue
        position += 1
        if read is None or read[1] > 1:
            yield Record(number, line.split(layout.separator), "line.quotes")
        elif any(cell.strip() for cell in read[0]):
            yield Record(number, read[0], "line.cells")


def _layout(lines: pl.Series, names: Mapping[str, str]) -> Layout:
    """The line among the first that names the most columns, under the separator that makes it so."""
    filled = lines.str.contains(r"[^\s;,]").arg_true().head(TITLES + 2).to_list()
    if not filled:
        raise Refused(finding("file.empty"))
    declared = _DECLARED.fullmatch(lines[filled[0]].strip(" "))
    known, best = 0, None
    for separator in declared.groups() if declared else _SEPARATORS:
        for first in filled[1:] if declared else filled[: TITLES + 1]:
            read = _record(lines.slice(first, _LINES_OF_A_RECORD), separator)
            if read and names_known(read[0], names) > known:
                cells, height = read
                named = max(place for place, cell in enumerate(cells, start=1) if cell.strip())
                best = Layout(tuple(cell.strip() for cell in cells[:named]), len(cells), separator, first, first + height - 1)
                known = names_known(cells, names)
    if best is None:
        raise Refused(finding("header.missing", lines=TITLES + 1))
    return best


def _regular(lines: pl.Series, layout: Layout) -> pl.Series:
    """True for lines that need no care."""
    regular = lines.str.count_matches(layout.separator, literal=True) == layout.width - 1
    if lines.str.contains('"', literal=True).any():
        cell = f'(?:[^"{layout.separator}]*|"[^"{layout.separator}]*")'
        regular &= lines.str.contains(f"^{cell}(?:[{layout.separator}]{cell})*$")
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


def _rows_in_one(lines: Sequence[str], layout: Layout) -> bool:
    """Whether a record over several lines looks like rows that two stray quotes have joined."""
    return sum(line.count(layout.separator) >= len(layout.header) - 1 for line in lines) > 1


def _record(lines: Iterable[str], separator: str) -> tuple[list[str], int] | None:
    """The cells of the record that begins with the first line, and how many lines it takes; None where its quotes are wrong."""
    taken: list[str] = []
    quotes = 0
    for line in lines:
        taken.append(line)
        quotes += line.count('"')
        if quotes % 2 == 0:
            cells = _cells("\n".join(taken), separator)
            return (cells, len(taken)) if cells else None
    return None


@cache
def _cell(separator: str) -> re.Pattern[str]:
    return re.compile(f'(?:"([^"]*(?:""[^"]*)*)"|([^"{separator}]*))([{separator}]|\\Z)')


def _cells(record: str, separator: str) -> list[str] | None:
    """The cells of a whole record; None where a quote stands in the middle of a cell."""
    cells = []
    position = 0
    while match := _cell(separator).match(record, position):
        quoted, bare, end = match.groups()
        cells.append(bare if quoted is None else quoted.replace('""', '"'))
        if not end:
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
