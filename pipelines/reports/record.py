"""The figures of record: what was published, beside what the rows give, and up to when anything was."""

import datetime as dt
from dataclasses import replace

from pipelines.reports import formats
from pipelines.reports.book import REASONS, Book, Grain
from pipelines.reports.content import Block, Cell, Chart, Table

_RECORD = """
    select * from mart.figure_of_record where period <= $period
    order by split_part(figure, ':', 1), published desc, figure
"""
_LAST = "select max(period) from mart.figure_of_record where starts_with(indicator, $family) and grain = 'month' and period <= $period"
_SAMPLE = "select coalesce(bool_or(sample), false) from stg.delivery"
_INVENTED = "; ce qui suit est, dans ces données d'exemple, une invention plausible"
_QUALIFIED = {"=": "", ">": "plus de ", "~": "environ "}
_MATCHES = {True: "Concorde", False: "Ne concorde pas", None: "Pas encore comparable"}


def record(book: Book, *families: str) -> list[dict]:
    """The figures of record up to the month of the report; of the indicators that begin so, or of all."""
    rows = book.rows(_RECORD).rows(named=True)
    return [row for row in rows if not families or row["indicator"].startswith(families)]


def record_table(rows: list[dict]) -> Table:
    """A row per published figure."""
    heads = ("Chiffre publié", "Période", "Publié", "Calculé", "Écart", "Concordance", "Source")
    kinds = ("text", "text", "number", "number", "number", "text", "text")
    return Table(
        slug="record",
        title="Chiffres publiés et chiffres comptés",
        columns=tuple(Cell(head, kind=kind) for head, kind in zip(heads, kinds, strict=True)),
        rows=tuple(_compared(row) for row in rows),
        empty="Aucun chiffre publié jusqu'au mois du rapport.",
    )


def published_until(book: Book, blocks: tuple[Block, ...], *, family: str) -> tuple[Block, ...]:
    """The blocks, where the charts over months show up to when figures of these indicators were published."""
    last: dt.date | None = book.rows(_LAST, family=family).item()
    if last is None:
        return blocks
    note = f"Trait vertical: dernier chiffre publié ({formats.short_month(last)}){_INVENTED if book.rows(_SAMPLE).item() else ''}."
    return tuple(
        replace(block, published_until=last, notes=(*block.notes, note)) if isinstance(block, Chart) and _goes_on(block, last) else block
        for block in blocks
    )


def _goes_on(chart: Chart, last: dt.date) -> bool:
    """Whether the lines or bars of the chart go from before a month, or from it, to after it."""
    shown = [str(point.x) for series in chart.series if not series.aside for point in series.points] if chart.axis == "month" else []
    return bool(shown) and min(shown) <= last.isoformat() < max(shown)


def _compared(row: dict) -> tuple[Cell, ...]:
    grain: Grain = row["grain"]
    return (
        Cell(row["figure"], kind="text"),
        Cell(formats.period(row["period"], grain), kind="text"),
        Cell(_QUALIFIED[row["qualifier"]] + formats.number(row["published"])),
        Cell(_number(row["computed"])),
        Cell(REASONS["NOT_APPLICABLE"] if row["difference"] is None else formats.signed(row["difference"])),
        Cell(_MATCHES[row["matches"]], kind="text wrong" if row["matches"] is False else "text"),
        Cell(row["source"], kind="text long"),
    )


def _number(value: float | None) -> str:
    return REASONS["NOT_RECEIVED"] if value is None else formats.number(value)
