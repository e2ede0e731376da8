"""The table under a chart: exactly the points it draws, each with what a program reads beside what a person does."""

import datetime as dt
from collections.abc import Iterable

from pipelines.reports import formats
from pipelines.reports.book import REASONS
from pipelines.reports.content import Cell, Chart, Point, Series, Table
from pipelines.reports.series import AIM, PRINTED, not_received


def table_of(chart: Chart) -> Table:
    """A row per x and a column per label; a series that stands aside has rows of its own."""
    labels = list(dict.fromkeys(series.label for series in chart.series))
    cells = {(series.aside, point.x, series.label): _cell(series, point) for series in chart.series for point in series.points}
    heads = list(dict.fromkeys((aside, x) for aside, x, _ in cells))
    nothing = Cell(REASONS["NOT_APPLICABLE"])
    rows = tuple(
        (Cell(_head(chart, x, aside), kind="text"), *(cells.get((aside, x, label), nothing) for label in labels)) for aside, x in heads
    )
    first = {"month": "Mois", "number": chart.axis_title or "Nombre", "category": ""}[chart.axis]
    columns = (Cell(first, kind="text"), *(Cell(label) for label in labels))
    return Table(slug=f"{chart.slug}-table", title=chart.title, columns=columns, rows=rows)


def remarks(chart: Chart) -> tuple[str, ...]:
    """What the chart itself tells of its points: months that are lacking, values that are not final."""
    if chart.axis != "month" or not chart.drawn:
        return chart.notes
    lacking = _months(not_received(chart.series))
    provisional = _months({str(point.x) for series in chart.series for point in series.points if point.provisional})
    asides = {series.aside for series in chart.series}
    said = (
        *(("Losange plein: chiffre publié.",) if PRINTED in asides else ()),
        *(("Losange vide: cible.",) if AIM in asides else ()),
        *((f"Bande grise: mois non reçu ({lacking}).",) if lacking else ()),
        *((f"Pointillé ou hachures: valeur incomplète ou provisoire ({provisional}).",) if provisional else ()),
    )
    return (*chart.notes, *said, *(() if lacking or provisional else ("Tous les mois montrés sont complets.",)))


def alternative(chart: Chart) -> str:
    """The chart in words: its title and the last value of each series."""
    last = [(series.name, point) for series in chart.series for point in series.points[-1:]]
    return f"{chart.title}. " + "; ".join(f"{name}: {point.text} ({_head(chart, point.x)})" for name, point in last)


def _cell(series: Series, point: Point) -> Cell:
    raw = "" if point.value is None else repr(point.value)
    return Cell(point.text, point.detail, {"series": series.name, "x": str(point.x), "value": raw})


def _head(chart: Chart, x: str | int, aside: str = "") -> str:
    text = formats.short_month(dt.date.fromisoformat(str(x))) if chart.axis == "month" else str(x)
    return f"{text} – {aside}" if aside else text


def _months(periods: Iterable[str]) -> str:
    return formats.several_months([dt.date.fromisoformat(period) for period in sorted(periods)])
