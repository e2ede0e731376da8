"""The axes of a chart: values from zero, and months, years or numbers of months below them."""

import datetime as dt
import math
from typing import Any

from pipelines.contracts.plan import months
from pipelines.reports import formats
from pipelines.reports.chart import Chart, Series

Spec = dict[str, Any]

_TICKS = 7
_FEW = 12
_NAMES = {False: 10, True: 5}
HALF_MONTH, _HALF_YEAR = dt.timedelta(days=15), dt.timedelta(days=183)
# Half of the room that a point has on the axis of time.
HALVES = {"month": HALF_MONTH, "year": _HALF_YEAR}


def _month_axis(chart: Chart) -> Spec:
    days = [dt.date.fromisoformat(str(point.x)) for series in chart.series for point in series.points]
    span = [(min(days) - HALF_MONTH).isoformat(), (max(days) + HALF_MONTH).isoformat()] if days else None
    return {"type": "date", "range": span, "tickformat": "%b\n%Y", "hoverformat": "%B %Y"} | _month_ticks(chart, days)


def _month_ticks(chart: Chart, days: list[dt.date]) -> Spec:
    """Which months are named: those of the points where one is shown a year, else every so many of them."""
    few = len(months(min(days), max(days))) if days else 0
    if few > _FEW and len({day.month for day in days}) == 1:
        return {"dtick": "M12", "tick0": min(days).isoformat()}
    # Left to itself, plotly names a month twice where few are drawn.
    if days and few <= _FEW:
        return {"dtick": "M1" if few <= _FEW // 2 else "M2", "tick0": min(days).isoformat()}
    return {"nticks": _NAMES[chart.compact]}


def _year_axis(chart: Chart) -> Spec:
    days = [dt.date.fromisoformat(str(point.x)) for series in chart.series for point in series.points]
    span = [(min(days) - _HALF_YEAR).isoformat(), (max(days) + _HALF_YEAR).isoformat()] if days else None
    return {"type": "date", "range": span, "dtick": "M24" if chart.compact else "M12", "tickformat": "%Y", "hoverformat": "%Y"}


def _number_axis(chart: Chart) -> Spec:
    last = max((int(point.x) for series in chart.series for point in series.points), default=0)
    return {"type": "linear", "range": [-0.5, last + 0.5], "dtick": 6, "title": {"text": chart.axis_title}, "hoverformat": "d"}


AXES = {"month": _month_axis, "year": _year_axis, "number": _number_axis}


def value_axis(chart: Chart) -> Spec:
    """Of numbers as plotly names them, of shares in per cent."""
    low, high = bounds(chart)
    if not chart.share:
        return {"range": [low, high], "tickformat": ",d", "rangemode": "tozero"} | ({"dtick": 1} if high <= 6 else {})
    # Plotly's own percent signs stand without the space French wants before them.
    magnitude = 10 ** math.floor(math.log10((high - low) / _TICKS))
    step = next(times * magnitude for times in (1, 2, 5, 10) if (high - low) / (times * magnitude) <= _TICKS)
    ticks = [round(place * step, 6) for place in range(int(low // step), int(high // step) + 1)]
    # As many decimals as tell two ticks apart.
    decimals = max(0, math.ceil(-math.log10(step * 100)))
    return {
        "range": [low, high],
        "tickmode": "array",
        "tickvals": ticks,
        "ticktext": [f"{formats.number(tick * 100, decimals)}{formats.HARD_SPACE}%" for tick in ticks],
    }


def bounds(chart: Chart) -> tuple[float, float]:
    """From zero, or below it where a value is, to a little above the greatest value or interval; a vertical line has its name there."""
    heights: dict[object, list[float]] = {}
    reached = [high for series in chart.series for _, _, high in intervals(chart, series)]
    for number, series in enumerate(chart.series):
        for point in series.points:
            heights.setdefault(point.x if chart.stacked else (number, point.x), []).append(point.value or 0)
    sums = [chart.highest, *reached, *(sum(parts) for parts in heights.values())]
    return round(min(0.0, *sums) * 1.08, 6), round(max(0.0, *sums) * (1.15 if ruled(chart) else 1.08), 6) or 1


def ruled(chart: Chart) -> bool:
    """Whether a vertical line with its name at its head stands in it."""
    return bool(chart.published_until or chart.breaks or chart.redefined)


def intervals(chart: Chart, series: Series) -> list[tuple[str | int, float, float]]:
    """Where the shares of a line rest on few: x, and between what they may lie by chance alone."""
    if series.kind != "line" or series.aside or series.quiet or chart.compact:
        return []
    found = ((point.x, point.shows.interval) for point in series.points if point.shows and point.value is not None)
    return [(x, *interval) for x, interval in found if interval]
