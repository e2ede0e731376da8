"""The table of a file as text, whatever the file was: its header, its records, and what is no record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from pipelines.contracts.export import Export
from pipelines.ingest.findings import finding
from pipelines.ingest.text import plain

TITLES = 10  # lines allowed above the header
_LEAST_NAMES = 2  # known names that make a line a header: one alone may be a title
_LEAST_CELLS = 3  # filled cells that make the last lines data and not footnotes
_EMPTY = ("", "-", "n/a", "N/A", "NULL", "null", "Null", "#N/A", "#n/a")


@dataclass(frozen=True)
class Sheet:
    """A table as it stands in a file.

    Attributes:
        header: the column names as written, without the blank ones at the end.
        header_line: where it stands.
        lines: the physical line of each record, where it begins.
        cells: the records as written, a text column per name; of a broken record, what could be made out.
        broken: the records that do not fit the header: `line`, `rule`, `count` of cells.
    """

    header: tuple[str, ...]
    header_line: int
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
        read: records found, blank lines apart.
        skipped: total lines and footnotes among them.
        findings: what is wrong with the header and with broken records.
    """

    headers: dict[str, str]
    lines: pl.Series
    cells: pl.DataFrame
    read: int
    skipped: int
    findings: list[pl.DataFrame]


BROKEN = {"line": pl.Int64, "rule": pl.String, "count": pl.Int64}


def known_names(export: Export) -> dict[str, str]:
    """The field behind every plain header that is understood."""
    return {plain(name): field.name for field in export.fields for name in (field.header, *field.synonyms)}


def names_known(cells: Sequence[str | None], names: Mapping[str, str]) -> int:
    """How many fields a line of cells names; 0 where too few for a header."""
    found = len({names.get(plain(cell)) for cell in cells if cell} - {None})
    return found if found >= _LEAST_NAMES else 0


def records(sheet: Sheet, export: Export) -> Records:
    """The sheet's records by field, without blank lines, total lines and footnotes."""
    names = known_names(export)
    positions: dict[str, str] = {}
    for position, text in enumerate(sheet.header):
        if field := names.get(plain(text)):
            positions.setdefault(field, str(position))
    table = _emptied(sheet.cells).insert_column(0, sheet.lines.alias("line"))
    table = table.filter(~pl.all_horizontal(pl.exclude("line").is_null()) | pl.col("line").is_in(sheet.broken["line"].implode()))
    kept = table.filter(~_skipped(table, export, positions=positions))
    whole = kept.filter(~pl.col("line").is_in(sheet.broken["line"].implode())) if sheet.broken.height else kept
    written = {field: sheet.header[int(position)] for field, position in positions.items()}
    return Records(
        headers={field.name: written.get(field.name, field.header) for field in export.fields},
        lines=whole["line"],
        cells=whole.select(
            pl.col(positions[field.name]).alias(field.name) if field.name in positions else pl.lit(None, pl.String).alias(field.name)
            for field in export.fields
        ),
        read=table.height,
        skipped=table.height - kept.height,
        findings=[
            *_header_findings(sheet, export, names=names),
            *_broken_findings(sheet, kept, names=names),
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
    return stripped.select(pl.when(~pl.all().is_in(_EMPTY)).then(pl.all()))


def _skipped(table: pl.DataFrame, export: Export, *, positions: Mapping[str, str]) -> pl.Series:
    """True for total lines, and for the lines of one or two cells that follow the last data line."""
    cells = table.drop("line")
    key = [positions[name] for name in export.key if name in positions]
    required = [positions[field.name] for field in export.fields if field.required and field.name in positions]
    total = table.select(
        pl.all_horizontal(pl.lit(True), *(pl.col(name).is_null() for name in key))
        & pl.coalesce(cells.columns).str.contains(r"(?i)^total").fill_null(False)
    ).to_series()
    many = pl.sum_horizontal(pl.all().is_not_null()) >= _LEAST_CELLS
    # A narrow table's rows have no more cells than a footnote; what holds all that is required is a row.
    row = pl.all_horizontal(pl.lit(bool(required)), *(pl.col(name).is_not_null() for name in required))
    data = (cells.select(many | row).to_series() & ~total).arg_true()
    footnote = pl.Series(range(table.height), dtype=pl.Int64) > (data[-1] if len(data) else -1)
    return total | footnote


def _header_findings(sheet: Sheet, export: Export, *, names: Mapping[str, str]) -> list[pl.DataFrame]:
    at = (sheet.header_line,)
    found = []
    seen: set[str] = set()
    for position, text in enumerate(sheet.header):
        field = names.get(plain(text))
        name = field or plain(text)
        if name and name in seen:
            found.append(finding("header.column_twice", at, field=field, header=text))
        elif not field and (name or sheet.cells[str(position)].str.strip_chars().is_in(_EMPTY).not_().any()):
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
