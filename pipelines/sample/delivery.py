"""A sample delivery: one month's file of one dataset, and how a service writes it."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
import polars.selectors as cs
import xlsxwriter

from pipelines.contracts.registry import EXPORTS

_AMOUNT = pl.Decimal(14, 2)


@dataclass(frozen=True)
class Manner:
    """How a service writes its files; what follows the suffix concerns CSV only."""

    suffix: str
    separator: str = ";"
    encoding: str = "cp1252"
    newline: str = "\r\n"
    dates: str = "%d.%m.%Y"


CSV = Manner("csv")
XLSX = Manner("xlsx")
MANNERS = {
    "semp": CSV,
    "saso": Manner("csv", encoding="utf-8-sig"),
    "oai": Manner("csv", separator=",", encoding="utf-8", newline="\n", dates="%Y-%m-%d"),
    "sfpo": XLSX,
    "smig": XLSX,
    "cii": XLSX,
}


@dataclass(frozen=True)
class Slip:
    """A cell typed over with something wrong: in the nth of the rows that `among` selects."""

    field: str
    typed: str | int
    among: pl.Expr
    nth: int = 0


@dataclass(frozen=True)
class SampleDelivery:
    """One file as a service sends it.

    Attributes:
        service: The sender, in lower case.
        dataset: The contract it follows.
        period: First day of the month or year delivered.
        version: 1, or more for a correction.
        rows: Typed rows, with the contract's field names for columns.
        received_at: Local Swiss time.
        manner: How the file is written.
        titles: Lines above the header.
        slips: What is wrong in single cells.
    """

    service: str
    dataset: str
    period: date
    version: int
    rows: pl.DataFrame
    received_at: datetime
    manner: Manner
    titles: tuple[str, ...] = ()
    slips: tuple[Slip, ...] = ()

    @property
    def file(self) -> str:
        """The path below `raw/`."""
        version = f"_v{self.version}" if self.version > 1 else ""
        period = f"{self.period:%Y}" if EXPORTS[self.dataset].cadence == "yearly" else f"{self.period:%Y-%m}"
        stem = f"{self.dataset}_{period}{version}"
        return f"{self.service}/{stem}.{self.manner.suffix}"

    @property
    def headers(self) -> dict[str, str]:
        """The header of each column sent, by field name, in the contract's order."""
        fields = EXPORTS[self.dataset].fields
        return {field.name: field.header for field in fields if field.name in self.rows.columns}

    @property
    def header(self) -> tuple[str, ...]:
        """The header line."""
        return tuple(self.headers.values())


def content(delivery: SampleDelivery) -> bytes:
    """Writes a delivery in its manner; the same delivery gives the same bytes."""
    return _xlsx(delivery) if delivery.manner.suffix == "xlsx" else _csv(delivery)


def _csv(delivery: SampleDelivery) -> bytes:
    manner = delivery.manner
    written = _written(delivery).with_columns(cs.date().dt.strftime(manner.dates), cs.float().cast(_AMOUNT))
    text = written.cast(pl.String)
    for row, field, typed in _slipped_cells(delivery):
        text[row, field] = str(typed)
    table = text.rename(delivery.headers).write_csv(separator=manner.separator, line_terminator=manner.newline)
    # Spreadsheets fill a short line up with separators when they save it as CSV.
    padding = manner.separator * (len(delivery.header) - 1) + manner.newline
    return ("".join(title + padding for title in delivery.titles) + table).encode(manner.encoding)


def _xlsx(delivery: SampleDelivery) -> bytes:
    rows = [list(row) for row in _written(delivery).iter_rows()]
    columns = list(delivery.headers)
    for row, field, typed in _slipped_cells(delivery):
        rows[row][columns.index(field)] = typed
    lines = [*([title] for title in delivery.titles), delivery.header, *rows]
    file = io.BytesIO()
    options = {"in_memory": True, "default_date_format": "dd.mm.yyyy"}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"created": delivery.received_at})
        sheet = book.add_worksheet(delivery.dataset)
        sheet.set_column(0, len(columns) - 1, 20)  # narrower, dates show as ####
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    return file.getvalue()


def _written(delivery: SampleDelivery) -> pl.DataFrame:
    """The columns sent, in order; a yes or no in words."""
    rows = delivery.rows.select(list(delivery.headers))
    answers = [name for name, kind in rows.schema.items() if kind == pl.Boolean]
    return rows.with_columns(pl.col(name).replace_strict({True: "OUI", False: "NON"}, return_dtype=pl.String) for name in answers)


def _slipped_cells(delivery: SampleDelivery) -> Iterator[tuple[int, str, str | int]]:
    for slip in delivery.slips:
        matching = delivery.rows.select(pl.arg_where(slip.among)).to_series()
        for row in matching.slice(slip.nth, 1):
            yield row, slip.field, slip.typed
