"""The table under a chart: exactly the points it draws, each with what a program reads beside what a person does."""

import datetime as dt
from collections.abc import Iterable

from pipelines.reports import formats
from pipelines.reports.chart import Chart, Point, Series
from pipelines.reports.content import Cell, Table
from pipelines.reports.flows import matrix, spoken
from pipelines.reports.formats import Amount
from pipelines.reports.language import later, tr
from pipelines.reports.moves import Flow
from pipelines.reports.scales import intervals
from pipelines.reports.series import AIM, PRINTED, not_received
from pipelines.reports.value import BULLET, REASONS

_REDEFINED = later(
    "Trait vertical: «{label}» a une nouvelle définition depuis le {day}; toute la série est comptée selon elle, ce qui a été diffusé "
    "avant l'a été selon l'ancienne."
)
_HIDDEN = later("Masqué: ces chiffres reposent sur trop peu de personnes, ou bougent trop souvent.")


def table_of(chart: Chart | Flow) -> Table:
    """A row per x and a column per label; a series that stands aside has rows of its own. Of a flow: a row and a column per state."""
    if isinstance(chart, Flow):
        return matrix(chart)
    labels = list(dict.fromkeys(series.label for series in chart.series))
    cells = {(series.aside, point.x, series.label): _cell(chart, series, point) for series in chart.series for point in series.points}
    heads = list(dict.fromkeys((aside, x) for aside, x, _ in cells))
    nothing = Cell(tr(REASONS["NOT_APPLICABLE"]))
    rows = tuple((_row_head(chart, x, aside), *(cells.get((aside, x, label), nothing) for label in labels)) for aside, x in heads)
    first = {"month": tr("Mois"), "year": tr("Année"), "number": chart.axis_title or tr("Nombre"), "category": ""}[chart.axis]
    columns = (Cell(first, kind="text"), *(Cell(label) for label in labels))
    return Table(slug=f"{chart.slug}-table", title=chart.title, columns=columns, rows=rows)


def remarks(chart: Chart) -> tuple[str, ...]:
    """What the chart itself tells of its points: months that are lacking, values that are not final."""
    if chart.axis not in _NAMED or not chart.drawn:
        return chart.notes
    named, of_them = _NAMED[chart.axis]
    lacking = named(not_received(chart.series))
    provisional = named({str(point.x) for series in chart.series for point in series.points if point.provisional})
    hidden = named({str(point.x) for series in chart.series for point in series.points if point.text.startswith(BULLET)})
    asides = {series.aside for series in chart.series}
    few = any(intervals(chart, series) for series in chart.series)
    said = (
        *((tr("Zone claire: intervalle de confiance à 95 %, là où peu de personnes comptent."),) if few else ()),
        *((tr("Losange plein: chiffre publié."),) if PRINTED in asides else ()),
        *((tr("Losange vide: cible."),) if AIM in asides else ()),
        *((tr(of_them[0], which=lacking),) if lacking else ()),
        *((tr("• Masqué pour protéger des personnes ({which}).", which=hidden),) if hidden else ()),
        *((tr("Pointillé ou hachures: valeur incomplète ou provisoire ({which}).", which=provisional),) if provisional else ()),
    )
    broken = (tr(_REDEFINED, label=one.label, day=formats.day(one.redefined)) for one in chart.redefined)
    return (*chart.notes, *broken, *said, *(() if lacking or provisional else (tr(of_them[1]),)))


def nothing_drawn(chart: Chart | Flow) -> str:
    """Why there is nothing to draw."""
    if isinstance(chart, Flow):
        hidden = bool(chart.hidden)
    else:
        hidden = any(point.text.startswith(BULLET) for series in chart.series for point in series.points)
    return tr(_HIDDEN) if hidden else tr("Aucune donnée à montrer.")


def alternative(chart: Chart | Flow) -> str:
    """The chart in words: its title and the last value of each series that is not in the background, or the largest moves."""
    if isinstance(chart, Flow):
        return spoken(chart)
    last = [(series.name, point) for series in chart.series if not series.quiet for point in series.points[-1:]]
    return f"{chart.title}. " + "; ".join(f"{name}: {point.text} ({_head(chart, point.x)})" for name, point in last)


def _cell(chart: Chart, series: Series, point: Point, /) -> Cell:
    raw = "" if point.value is None else repr(point.value)
    data = {"series": series.name, "x": str(point.x), "value": raw}
    # A value says itself what is read of it; another point is what is drawn.
    drawn = None if point.shows or point.value is None else Amount(point.value, "share" if chart.share else "number", point.decimals)
    return Cell(point.text, point.detail, data, shows=point.shows, amount=drawn)


def _head(chart: Chart, x: str | int, aside: str = "") -> str:
    text = formats.period(dt.date.fromisoformat(str(x)), chart.axis) if chart.axis in _NAMED else str(x)
    return f"{text} – {tr(aside)}" if aside else text


def _row_head(chart: Chart, x: str | int, aside: str, /) -> Cell:
    after = f" – {tr(aside)}" if aside else ""
    if chart.axis == "month" or chart.axis == "year":
        return Cell(_head(chart, x, aside), kind="text", amount=Amount(dt.date.fromisoformat(str(x)), chart.axis, after=after))
    return Cell(_head(chart, x, aside), kind="text", amount=Amount(x, "name", after=after) if isinstance(x, int) else None)


def _months(periods: Iterable[str]) -> str:
    return formats.several_months([dt.date.fromisoformat(period) for period in sorted(periods)])


def _years(periods: Iterable[str]) -> str:
    return ", ".join(period[:4] for period in sorted(periods))


_NAMED = {
    "month": (_months, (later("Bande grise: mois non reçu ({which})."), later("Tous les mois montrés sont complets."))),
    "year": (_years, (later("Bande grise: année non reçue ({which})."), later("Toutes les années montrées sont complètes."))),
}
