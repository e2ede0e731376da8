"""XLSX, by python-calamine: the sheet's cells as the text a person sees, with the sheet's own row numbers."""

import datetime as dt
import io
from collections.abc import Mapping
from decimal import Decimal

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from pipelines.contracts.rules import Both
from pipelines.ingest.findings import Refused, finding
from pipelines.ingest.sheet import BROKEN, TITLES, Sheet, is_blank, names_known
from pipelines.ingest.text import plain

Cell = int | float | str | bool | dt.date | dt.time | dt.datetime | dt.timedelta


def read_workbook(content: bytes, dataset: str, *, names: Mapping[str, str]) -> Sheet:
    """The table of an XLSX file: the sheet named like the dataset, else the first one that is visible."""
    rows = [[written(cell) for cell in row] for row in _grid(content, dataset)]
    filled = [place for place, row in enumerate(rows) if any(cell.strip() for cell in row)]
    if not filled:
        raise Refused(finding("file.empty"))
    candidates = filled[: TITLES + 1]
    start = max(candidates, key=lambda place: names_known(rows[place], names))
    if not names_known(rows[start], names):
        raise Refused(finding("header.missing", lines=TITLES + 1))
    width = max(place for place, cell in enumerate(rows[start], start=1) if cell.strip())
    body = [place for place in filled if place > start and not is_blank(rows[place])]
    beyond = [place for place in body if any(cell.strip() for cell in rows[place][width:])]
    return Sheet(
        header=tuple(cell.strip() for cell in rows[start][:width]),
        header_line=start + 1,
        read=sum(not is_blank(row) for row in rows[start + 1 :]),
        lines=pl.Series("line", [place + 1 for place in body], dtype=pl.Int64),
        cells=pl.DataFrame([rows[place][:width] for place in body], schema={str(n): pl.String for n in range(width)}, orient="row"),
        broken=pl.DataFrame([(place + 1, "line.beyond", len(rows[place])) for place in beyond], schema=BROKEN, orient="row"),
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


def _grid(content: bytes, dataset: str) -> list[list[Cell]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        named = [sheet.name for sheet in sheets if plain(sheet.name) == plain(dataset)]
        visible = [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
        if not named + visible:
            raise Refused(finding("file.empty"))
        return book.get_sheet_by_name((named + visible)[0]).to_python(skip_empty_area=False)
    except PasswordError:
        raise Refused(finding("file.encrypted")) from None
    except (CalamineError, OSError, ValueError):
        # What the library says may quote the file.
        raise Refused(finding("file.unreadable", why=Both("le classeur est endommagé", "die Arbeitsmappe ist beschädigt"))) from None
