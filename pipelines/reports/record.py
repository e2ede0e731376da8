"""The figures of record: what was published, beside what the rows give, and up to when anything was."""

import datetime as dt
from dataclasses import replace
from operator import itemgetter

from pipelines.reports import formats
from pipelines.reports.book import Book, value_of
from pipelines.reports.cells import change_cell, number_cell
from pipelines.reports.chart import Chart, Point, Series
from pipelines.reports.content import Block, Cell, Table, heads
from pipelines.reports.language import agreeing, later, tr
from pipelines.reports.series import PRINTED
from pipelines.reports.value import BULLET, REASONS, Figure, Grain, Value

_RECORD = """
    select * from mart.figure_of_record where period <= $period
    order by split_part(figure, ':', 1), published desc, figure
"""
_PUBLISHED = later("Trait vertical: dernier chiffre publié ({month}).")
_INVENTED = later("Trait vertical: dernier chiffre publié ({month}); ce qui suit est, dans ces données d'exemple, une invention plausible.")
QUALIFIED = {"=": "", ">": later("plus de "), "~": later("environ ")}
_MATCHES = {True: later("Concorde"), False: later("Ne concorde pas"), None: later("Pas encore comparable")}


def record(book: Book, *families: str) -> list[dict]:
    """The figures of record up to the month of the report; of the indicators that begin so, or of all."""
    rows = book.rows(_RECORD).rows(named=True)
    return [row for row in rows if not families or row["indicator"].startswith(families)]


def agreement(rows: list[dict]) -> tuple[str, ...]:
    """How many of the published figures the rows give, and which they do not."""
    compared = [row for row in rows if row["matches"] is not None]
    wrong = [
        tr(
            "{figure} (publié {published}, calculé {computed})",
            figure=tr(row["figure"]),
            published=formats.number(row["published"]),
            computed=formats.known(row["computed"], absent=BULLET),
        )
        for row in compared
        if not row["matches"]
    ]
    if not compared:
        return ()
    counts = {"agreed": len(compared) - len(wrong), "compared": len(compared)}
    if not wrong:
        return (tr("Chiffres publiés que les lignes redonnent: {agreed} sur {compared}.", **counts),)
    said = agreeing(
        len(wrong),
        "Chiffres publiés que les lignes redonnent: {agreed} sur {compared}; ne concorde pas: {wrong}.",
        "Chiffres publiés que les lignes redonnent: {agreed} sur {compared}; ne concordent pas: {wrong}.",
    )
    return (said.format(wrong=", ".join(wrong), **counts),)


def counted(book: Book, row: dict) -> Value | None:
    """The value of the indicator beside which a published figure stands, as far as it is one and the book tells the same of it."""
    value = value_of(book, Figure(row["indicator"], row["grain"], row["period"], row["dimension"], row["member"]))
    return value if value and value.value == row["computed"] and not value.about.share else None


def record_table(book: Book, rows: list[dict]) -> Table:
    """A row per published figure."""
    return Table(
        slug="record",
        title=tr("Chiffres publiés et chiffres comptés"),
        columns=heads((tr("Chiffre publié"), tr("Période")), (tr("Publié"), tr("Calculé"), tr("Écart")), (tr("Concordance"), tr("Source"))),
        rows=tuple(_compared(book, row) for row in rows),
        empty=tr("Aucun chiffre publié jusqu'au mois du rapport."),
    )


def published(book: Book, indicator: str, *, label: str, colour: str, dimension: str = "total", member: str = "total") -> Series:
    """The published figures of an indicator, as marks beside its line; only exact ones can stand there."""
    asked = (indicator, dimension, member, "month", "=")
    points = tuple(
        Point(row["period"].isoformat(), row["published"], formats.number(row["published"]), row["source"])
        for row in sorted(record(book, indicator), key=itemgetter("period"))
        if tuple(row[name] for name in ("indicator", "dimension", "member", "grain", "qualifier")) == asked
    )
    return Series(label, colour, points, "mark", PRINTED)


def published_until(book: Book, blocks: tuple[Block, ...], *, family: str) -> tuple[Block, ...]:
    """The blocks, where the charts over months show up to when figures of these indicators were published."""
    months = [row["period"] for row in record(book, family) if row["grain"] == "month"]
    if not months:
        return blocks
    last = max(months)
    said = _INVENTED if book.sample else _PUBLISHED
    note = tr(said, month=formats.short_month(last))
    return tuple(
        replace(block, published_until=last, notes=(*block.notes, note)) if isinstance(block, Chart) and _goes_on(block, last) else block
        for block in blocks
    )


def _goes_on(chart: Chart, last: dt.date) -> bool:
    """Whether the lines or bars of the chart go from before a month, or from it, to after it."""
    shown = [str(point.x) for series in chart.series if not series.aside for point in series.points] if chart.axis == "month" else []
    return bool(shown) and min(shown) <= last.isoformat() < max(shown)


def _compared(book: Book, row: dict) -> tuple[Cell, ...]:
    grain: Grain = row["grain"]
    # Compared, though not to be told: it passed no control.
    hidden = row["computed"] is None and row["matches"] is not None
    absent = BULLET if hidden else tr(REASONS["NOT_RECEIVED"])
    return (
        Cell(tr(row["figure"]), kind="text"),
        Cell(formats.period(row["period"], grain), kind="text"),
        number_cell(row["published"], before=tr(QUALIFIED[row["qualifier"]])),
        number_cell(row["computed"], absent=absent, shows=counted(book, row)),
        change_cell(row["difference"], absent=absent if hidden else tr(REASONS["NOT_APPLICABLE"])),
        Cell(tr(_MATCHES[row["matches"]]), kind="text wrong" if row["matches"] is False else "text"),
        Cell(row["source"], kind="text long"),
    )
