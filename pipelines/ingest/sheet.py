"""The table of a file as text, whatever the file was: its records under the names of the contract, and what is no record."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from pipelines.contracts.columns import Kind
from pipelines.contracts.export import Export
from pipelines.ingest.findings import finding
from pipelines.ingest.header import LEAST_NAMES, header_findings, known_names, names_known
from pipelines.ingest.mask import masked
from pipelines.ingest.text import MAY_BE_MANGLED, is_mangled, mended, plain

_LEAST_CELLS = 3  # filled cells that make a line data
EMPTY = ("", "-", "n/a", "N/A", "NULL", "null", "Null", "#N/A", "#n/a")
_SEPARATOR = r"[;,|\t]"
_TOTAL = r"(?i)^total(?:[^\p{L}]|$)"
# Two words: a sentence, which no key is.
_SENTENCE = _TOTAL + r"|\p{L}{2,}\P{L}*\s\P{L}*\p{L}{2,}"
BROKEN = {"line": pl.Int64, "rule": pl.String, "count": pl.Int64}
_SKIPPED = {"line": pl.Int64, "what": pl.String}
_FAULTS = {"line": pl.Int64, "column": pl.String, "rule": pl.String}


@dataclass(frozen=True)
class Sheet:
    """A table as it stands in a file.

    Attributes:
        header: the column names as written, without the blank ones at the end.
        header_line: where it stands.
        read: how many records there are, blank ones apart, counted before they are split into cells.
        lines: the physical line of each record, where it begins.
        cells: the records as written, a text column per name; of a broken record, what could be made out.
        broken: the records that cannot be read: `line`, `rule`, `count` of cells.
        faults: the cells that say nothing readable whatever their column: `line`, `column` of `cells`, `rule`.
        findings: what was found wrong with the file on the way here.
    """

    header: tuple[str, ...]
    header_line: int
    read: int
    lines: pl.Series
    cells: pl.DataFrame
    broken: pl.DataFrame
    faults: Sequence[tuple[int, str, str]] = ()
    findings: tuple[pl.DataFrame, ...] = ()


@dataclass(frozen=True)
class Records:
    """The records of a sheet under the names of the contract, nothing lost on the way.

    Attributes:
        headers: the header of each field as the service wrote it; as we ask for it where the column is absent.
        lines: the physical line of each record.
        cells: the records, a text column per field; null is empty.
        read: records found, as the reader counted them.
        skipped: the total lines and footnotes among them: `line`, and what it is, `total` or `note`.
        data: the others, broken ones included.
        faults: the cells that say nothing readable whatever their column: `row`, `field`, `rule`.
        findings: what is wrong with the header and with broken records.
    """

    headers: dict[str, str]
    lines: pl.Series
    cells: pl.DataFrame
    read: int
    skipped: pl.DataFrame
    data: int
    faults: pl.DataFrame
    findings: list[pl.DataFrame]


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
    kept = table.filter(~pl.col("line").is_in(skipped["line"].implode())) if skipped.height else table
    whole = kept.filter(~pl.col("line").is_in(sheet.broken["line"].implode())) if sheet.broken.height else kept
    written = {field: sheet.header[int(position)] for field, position in positions.items()}
    headers = {field.name: written.get(field.name, field.header) for field in export.fields}
    filled = [table[str(position)].null_count() < table.height for position in range(len(sheet.header))]
    return Records(
        headers=headers,
        lines=whole["line"],
        cells=whole.select(
            pl.col(positions[field.name]).alias(field.name) if field.name in positions else pl.lit(None, pl.String).alias(field.name)
            for field in export.fields
        ),
        read=sheet.read,
        skipped=skipped,
        data=kept.height,
        faults=_faults(sheet, whole["line"], positions=positions),
        findings=[
            *sheet.findings,
            *header_findings(sheet.header, sheet.header_line, export, filled=filled),
            *_mangled_findings(whole, export, positions=positions, headers=headers),
            *(_broken_findings(sheet, kept, names=names) if sheet.broken.height else []),
            *([finding("file.no_row")] if kept.height and not some_data else []),
        ],
    )


def _faults(sheet: Sheet, lines: pl.Series, *, positions: Mapping[str, str]) -> pl.DataFrame:
    """The faults of the records that are whole, by their row and field; what stands in no field's column is not stored."""
    fields = pl.DataFrame({"field": list(positions), "column": list(positions.values())}, schema={"field": pl.String, "column": pl.String})
    rows = pl.DataFrame({"line": lines}).with_row_index("row")
    found = pl.DataFrame(list(sheet.faults), schema=_FAULTS, orient="row").join(rows, on="line").join(fields, on="column")
    return found.select(pl.col("row").cast(pl.Int64), "field", "rule").sort("row", maintain_order=True)


def repeated_headers(problems: pl.DataFrame, found: Records, *, names: Mapping[str, str]) -> pl.Series:
    """The positions of records whose unreadable cells are names of columns: a second header line, further down."""
    unread = pl.concat(
        [pl.DataFrame(schema={"row": pl.Int64, "cell": pl.String})]
        + [group.select("row", found.cells[str(name)].gather(group["row"]).alias("cell")) for (name,), group in problems.group_by("field")]
    )
    headings = [cell for cell in unread["cell"].unique() if plain(cell) in names]
    counts = unread.filter(pl.col("cell").is_in(headings)).group_by("row").len()
    return counts.filter(pl.col("len") >= LEAST_NAMES)["row"].sort()


def _emptied(cells: pl.DataFrame) -> pl.DataFrame:
    stripped = cells.select(pl.all().str.strip_chars())
    return stripped.select(pl.when(~pl.all().is_in(EMPTY)).then(pl.all()))


def _skipped(table: pl.DataFrame, sheet: Sheet, export: Export, *, positions: Mapping[str, str]) -> tuple[pl.DataFrame, bool]:
    """The lines that are total lines or footnotes, and which, and whether any line is surely data.

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
        return pl.DataFrame(schema=_SKIPPED), table.height > 0
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
        total=(fits | merely_short) & ~keyed & pl.coalesce(cells).str.contains(_TOTAL).fill_null(False),
        note=(fits | merely_short) & ~pl.col("row") & sentence & no_key,
    )
    some = table["data"].any() or doubtful.filter(pl.col("data") & ~pl.col("total")).height > 0
    total = doubtful["line"].filter(doubtful["total"])
    notes = doubtful["line"].filter(doubtful["note"])
    last = table["line"].filter(~table["line"].is_in(pl.concat([total, notes]).implode())).max()
    footnotes = notes.filter(notes > last) if some else notes.clear()
    told = [pl.DataFrame({"line": lines, "what": what}, schema=_SKIPPED) for what, lines in (("total", total), ("note", footnotes))]
    return pl.concat(told).unique("line", keep="first").sort("line"), some


def _mangled_findings(
    table: pl.DataFrame, export: Export, *, positions: Mapping[str, str], headers: Mapping[str, str]
) -> Iterator[pl.DataFrame]:
    """The texts that were decoded wrongly before they came, with what they may have been; codes and dates fail by themselves."""
    for field in export.fields:
        if field.kind is not Kind.TEXT or field.name not in positions:
            continue
        cells = table[positions[field.name]]
        suspects = cells.filter(cells.str.contains(MAY_BE_MANGLED)).unique()
        wrong = [text for text in suspects if is_mangled(text)]
        if wrong:
            at = cells.is_in(wrong).fill_null(False)
            texts = cells.filter(at)
            back = {text: None if field.personal or (was := mended(text)) is None else masked(was) for text in wrong}
            yield finding(
                "text.mangled",
                table["line"].filter(at),
                field=field.name,
                header=headers[field.name],
                values=texts,
                suggestions=texts.replace_strict(back, return_dtype=pl.String),
                personal=field.personal,
            )


def _broken_findings(sheet: Sheet, kept: pl.DataFrame, *, names: Mapping[str, str]) -> list[pl.DataFrame]:
    """One finding per broken record, without any of its values: nobody knows which column they belong to."""
    broken = kept.join(sheet.broken, on="line", maintain_order="left")
    cells = broken.select(pl.exclude("line", "rule", "count")).iter_rows()
    again = pl.Series([names_known(row, names) > 0 for row in cells], dtype=pl.Boolean)
    groups = broken.filter(~again).group_by("rule", "count", maintain_order=True)
    found = [finding(str(rule), group["line"], cells=count, expected=len(sheet.header)) for (rule, count), group in groups]
    return [*found, finding("header.repeated", broken["line"].filter(again))]
