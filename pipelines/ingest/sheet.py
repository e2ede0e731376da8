"""The table of a file as text, whatever the file was: its header, its records, and what is no record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import polars as pl

from pipelines.contracts.export import Export
from pipelines.ingest.findings import finding
from pipelines.ingest.text import plain

TITLES = 10  # lines allowed above the header
_LEAST_NAMES = 2  # known names that make a line a header: one alone may be a title
_LEAST_CELLS = 3  # filled cells that make a line data
EMPTY = ("", "-", "n/a", "N/A", "NULL", "null", "Null", "#N/A", "#n/a")
_SEPARATOR = r"[;,|\t]"
# Two words: a sentence, which no key is.
_SENTENCE = r"(?i)^total(?:[\s:]|$)|\p{L}{2,}\P{L}*\s\P{L}*\p{L}{2,}"


@dataclass(frozen=True)
class Sheet:
    """A table as it stands in a file.

    Attributes:
        header: the column names as written, without the blank ones at the end.
        header_line: where it stands.
        read: how many records there are, blank ones apart, counted before they are split into cells.
        lines: the physical line of each record, where it begins.
        cells: the records as written, a text column per name; of a broken record, what could be made out.
        broken: the records that do not fit the header: `line`, `rule`, `count` of cells.
    """

    header: tuple[str, ...]
    header_line: int
    read: int
    lines: pl.Series
    cells: pl.DataFrame
    broken: pl.DataFrame


@dataclass(frozen=True)
class Records:
    """The records of a sheet under the names of the contract, nothing lost on the way.

    Attributes:
        headers: the header of each field as the service wrote it; as we ask for it where the column is absent.
        lines: the physical line of each record.
        cells: the records, a text column per field; null is empty.
        read: records found, as the reader counted them.
        skipped: total lines and footnotes among them.
        data: the others, broken ones included.
        findings: what is wrong with the header and with broken records.
    """

    headers: dict[str, str]
    lines: pl.Series
    cells: pl.DataFrame
    read: int
    skipped: int
    data: int
    findings: list[pl.DataFrame]


BROKEN = {"line": pl.Int64, "rule": pl.String, "count": pl.Int64}


def known_names(export: Export) -> Mapping[str, str]:
    """The field behind every plain header that is understood."""
    return _names(tuple((field.name, (field.header, *field.synonyms)) for field in export.fields))


@cache
def _names(headers: tuple[tuple[str, tuple[str, ...]], ...]) -> Mapping[str, str]:
    return MappingProxyType({plain(header): field for field, spellings in headers for header in spellings})


def names_known(cells: Sequence[str | None], names: Mapping[str, str]) -> int:
    """How many fields a line of cells names; 0 where too few for a header."""
    found = len({names.get(plain(cell)) for cell in cells if cell} - {None})
    return found if found >= _LEAST_NAMES else 0


def is_blank(cells: Sequence[str]) -> bool:
    """Whether no cell of a record says anything."""
    return all(cell.strip() in EMPTY for cell in cells)


def records(sheet: Sheet, export: Export) -> Records:
    """The sheet's records by field, without total lines and footnotes."""
    names = known_names(export)
    positions: dict[str, str] = {}
    for position, text in enumerate(sheet.header):
        if field := names.get(plain(text)):
            positions.setdefault(field, str(position))
    table = _emptied(sheet.cells).insert_column(0, sheet.lines.alias("line"))
    skipped, some_data = _skipped(table, sheet, export, positions=positions)
    kept = table.filter(~pl.col("line").is_in(skipped.implode())) if len(skipped) else table
    whole = kept.filter(~pl.col("line").is_in(sheet.broken["line"].implode())) if sheet.broken.height else kept
    written = {field: sheet.header[int(position)] for field, position in positions.items()}
    return Records(
        headers={field.name: written.get(field.name, field.header) for field in export.fields},
        lines=whole["line"],
        cells=whole.select(
            pl.col(positions[field.name]).alias(field.name) if field.name in positions else pl.lit(None, pl.String).alias(field.name)
            for field in export.fields
        ),
        read=sheet.read,
        skipped=len(skipped),
        data=kept.height,
        findings=[
            *_header_findings(sheet, export, names=names),
            *(_broken_findings(sheet, kept, names=names) if sheet.broken.height else []),
            *([finding("file.no_row")] if kept.height and not some_data else []),
        ],
    )


def repeated_headers(problems: pl.DataFrame, found: Records, *, names: Mapping[str, str]) -> pl.Series:
    """The positions of records whose unreadable cells are names of columns: a second header line, further down."""
    unread = pl.concat(
        [pl.DataFrame(schema={"row": pl.Int64, "cell": pl.String})]
        + [group.select("row", found.cells[str(name)].gather(group["row"]).alias("cell")) for (name,), group in problems.group_by("field")]
    )
    headings = [cell for cell in unread["cell"].unique() if plain(cell) in names]
    counts = unread.filter(pl.col("cell").is_in(headings)).group_by("row").len()
    return counts.filter(pl.col("len") >= _LEAST_NAMES)["row"].sort()


def _emptied(cells: pl.DataFrame) -> pl.DataFrame:
    stripped = cells.select(pl.all().str.strip_chars())
    return stripped.select(pl.when(~pl.all().is_in(EMPTY)).then(pl.all()))


def _skipped(table: pl.DataFrame, sheet: Sheet, export: Export, *, positions: Mapping[str, str]) -> tuple[pl.Series, bool]:
    """The lines that are total lines or footnotes, and whether any line is surely data.

    What is skipped is seen by nobody, so only what can be nothing else is: a total line has no key; a footnote is a
    sentence in the first column, with at most one cell beside it and no key, and it stands below the last line that is
    neither. Without a line of data above there is no footnote, and a broken line is either only if it is merely short.
    """
    cells = [pl.col(name) for name in table.columns[1:]]
    key = [pl.col(positions[name]) for name in export.key if name in positions]
    required = [pl.col(positions[field.name]) for field in export.fields if field.required and field.name in positions]
    fits = ~pl.col("line").is_in(sheet.broken["line"].implode())
    # A narrow table's rows have no more cells than a footnote; what holds all that is required is a row.
    row = (pl.sum_horizontal(cell.is_not_null() for cell in cells) >= _LEAST_CELLS) | pl.all_horizontal(
        pl.lit(bool(required)), *(cell.is_not_null() for cell in required)
    )
    keyed = pl.any_horizontal(pl.lit(False), *(cell.is_not_null() for cell in key))
    table = table.with_columns(row=row, data=fits & row & keyed)
    doubtful = table.filter(~pl.col("data"))
    if doubtful.is_empty():
        return doubtful["line"], table.height > 0
    short = sheet.broken.filter((pl.col("rule") == "line.cells") & (pl.col("count") < len(sheet.header)))["line"]
    merely_short = pl.col("line").is_in(short.implode()) & ~pl.any_horizontal(cell.str.contains(_SEPARATOR) for cell in cells).fill_null(
        False
    )
    named = next((place for place, text in enumerate(sheet.header) if text), 0)
    sentence = pl.coalesce(cells[: named + 1]).str.contains(_SENTENCE).fill_null(False)
    no_key = pl.all_horizontal(pl.lit(True), *(cell.str.contains(_SENTENCE).fill_null(True) for cell in key))
    doubtful = doubtful.select(
        "line",
        data=fits & pl.col("row"),
        total=(fits | merely_short) & ~keyed & pl.coalesce(cells).str.contains(r"(?i)^total").fill_null(False),
        note=(fits | merely_short) & ~pl.col("row") & sentence & no_key,
    )
    some = table["data"].any() or doubtful.filter(pl.col("data") & ~pl.col("total")).height > 0
    total = doubtful["line"].filter(doubtful["total"])
    notes = doubtful["line"].filter(doubtful["note"])
    last = table["line"].filter(~table["line"].is_in(pl.concat([total, notes]).implode())).max()
    footnotes = notes.filter(notes > last) if some else notes.clear()
    return pl.concat([total, footnotes]).unique(), some


def _header_findings(sheet: Sheet, export: Export, *, names: Mapping[str, str]) -> list[pl.DataFrame]:
    at = (sheet.header_line,)
    found = []
    seen: set[str] = set()
    for position, text in enumerate(sheet.header):
        field = names.get(plain(text))
        name = field or plain(text)
        if name and name in seen:
            found.append(finding("header.column_twice", at, field=field, header=text))
        elif not field and (name or sheet.cells[str(position)].str.strip_chars().is_in(EMPTY).not_().any()):
            found.append(finding("header.column_unknown", at, header=text))
        seen.add(name)
    for wanted in export.fields:
        if wanted.required and wanted.name not in seen:
            found.append(finding("header.column_missing", at, field=wanted.name, header=wanted.header))
    return found


def _broken_findings(sheet: Sheet, kept: pl.DataFrame, *, names: Mapping[str, str]) -> list[pl.DataFrame]:
    """One finding per broken record, without any of its values: nobody knows which column they belong to."""
    broken = kept.join(sheet.broken, on="line", maintain_order="left")
    cells = broken.select(pl.exclude("line", "rule", "count")).iter_rows()
    again = pl.Series([names_known(row, names) > 0 for row in cells], dtype=pl.Boolean)
    groups = broken.filter(~again).group_by("rule", "count", maintain_order=True)
    found = [finding(str(rule), group["line"], cells=count, expected=len(sheet.header)) for (rule, count), group in groups]
    return [*found, finding("header.repeated", broken["line"].filter(again))]
