"""How the room of a chart is laid out: axes from zero, names at the ends of lines, and a grey band where a month did not come."""

import datetime as dt
import math
import textwrap
from typing import Any

from pipelines.contracts.plan import months
from pipelines.reports import formats, theme
from pipelines.reports.content import Chart, Series
from pipelines.reports.language import tr
from pipelines.reports.series import not_received

Spec = dict[str, Any]

_HEIGHT, _COMPACT = 420, 320
_TOP, _BOTTOM = 16, 56
_LINE = 19
_TICKS = 7
_FEW = 12
_NAMES = {False: 10, True: 5}
_HALF_MONTH, _HALF_YEAR = dt.timedelta(days=15), dt.timedelta(days=183)
_HALVES = {"month": _HALF_MONTH, "year": _HALF_YEAR}


def lying(chart: Chart) -> Spec:
    """Categories on the vertical axis, where long names have room."""
    names = list(dict.fromkeys(str(point.x) for series in chart.series for point in series.points))
    wrapped = ["<br>".join(textwrap.wrap(name, 18)) for name in names]
    return {
        "height": 80 + 52 * max(len(names), 2),
        # A share that is too small for its bar stands beside the last one.
        "margin": {"t": _TOP, "r": 56 if chart.stacked and chart.share else 40, "b": 40, "l": 12},
        "hovermode": "closest",
        "bargap": 0.35,
        **({"barmode": "stack"} if chart.stacked else {}),
        **({"uniformtext": {"minsize": 12, "mode": "hide"}} if chart.stacked and chart.share else {}),
        "xaxis": _value_axis(chart) | {"showgrid": True, "gridcolor": theme.GRID},
        "yaxis": {
            "type": "category",
            "autorange": "reversed",
            "tickmode": "array",
            "tickvals": names,
            "ticktext": wrapped,
            "ticklabelstandoff": 8,
            "showgrid": False,
            "tickfont": {"color": theme.INK},
        },
    }


def standing(chart: Chart) -> Spec:
    """Months or numbers on the horizontal axis."""
    labels = _end_labels(chart)
    room = max((8 * len(line) + 20 for label in labels for line in label["text"].split("<br>")), default=16)
    return {
        "height": _height(chart),
        "margin": {"t": _TOP, "r": room, "b": _BOTTOM, "l": 12},
        "hovermode": "x unified",
        "bargap": 0.2,
        "barmode": "stack" if chart.stacked else "group",
        "xaxis": _AXES[chart.axis](chart),
        "yaxis": _value_axis(chart),
        "annotations": [*labels, *_published_line(chart), *_breaks(chart)],
        "shapes": _bands(chart),
    }


def _height(chart: Chart) -> int:
    return _COMPACT if chart.compact else _HEIGHT


def _month_axis(chart: Chart) -> Spec:
    days = [dt.date.fromisoformat(str(point.x)) for series in chart.series for point in series.points]
    span = [(min(days) - _HALF_MONTH).isoformat(), (max(days) + _HALF_MONTH).isoformat()] if days else None
    # Left to itself, plotly names a month twice where few are drawn.
    few = len(months(min(days), max(days))) if days else 0
    ticks = (
        {"dtick": "M1" if few <= _FEW // 2 else "M2", "tick0": min(days).isoformat()}
        if days and few <= _FEW
        else {"nticks": _NAMES[chart.compact]}
    )
    return {"type": "date", "range": span, "tickformat": "%b\n%Y", "hoverformat": "%B %Y"} | ticks


def _year_axis(chart: Chart) -> Spec:
    days = [dt.date.fromisoformat(str(point.x)) for series in chart.series for point in series.points]
    span = [(min(days) - _HALF_YEAR).isoformat(), (max(days) + _HALF_YEAR).isoformat()] if days else None
    return {"type": "date", "range": span, "dtick": "M24" if chart.compact else "M12", "tickformat": "%Y", "hoverformat": "%Y"}


def _number_axis(chart: Chart) -> Spec:
    last = max((int(point.x) for series in chart.series for point in series.points), default=0)
    return {"type": "linear", "range": [-0.5, last + 0.5], "dtick": 6, "title": {"text": chart.axis_title}, "hoverformat": "d"}


_AXES = {"month": _month_axis, "year": _year_axis, "number": _number_axis}


def _value_axis(chart: Chart) -> Spec:
    low, high = _bounds(chart)
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


def _bounds(chart: Chart) -> tuple[float, float]:
    """From zero, or below it where a value is, to a little above the greatest."""
    heights: dict[object, list[float]] = {}
    for number, series in enumerate(chart.series):
        for point in series.points:
            heights.setdefault(point.x if chart.stacked else (number, point.x), []).append(point.value or 0)
    sums = [chart.highest, *(sum(parts) for parts in heights.values())]
    return round(min(0.0, *sums) * 1.08, 6), round(max(0.0, *sums) * 1.08, 6) or 1


def _end_labels(chart: Chart) -> list[Spec]:
    """The name of each line at its end, of what is stacked at the middle of its end, pushed apart where these lie close."""
    low, high = _bounds(chart)
    ends = _ends(chart)
    if len(ends) < 2:
        return []
    ends = sorted((end for end in ends if not end[2].quiet), key=lambda end: end[0])
    texts = ["<br>".join(textwrap.wrap(series.label, 30)) for _, _, series in ends]
    lines = max(text.count("<br>") + 1 for text in texts)
    gap = _LINE * lines * (high - low) / (_height(chart) - _TOP - _BOTTOM)
    places = _spread([value for value, _, _ in ends], gap=gap, high=high)
    return [
        {
            "name": "short-label" if chart.compact else "end-label",
            "text": text,
            "align": "left",
            "bgcolor": "rgba(255,255,255,0.8)",
            "x": x,
            "y": place,
            "xanchor": "left",
            "xshift": 8,
            "showarrow": False,
            "font": {"color": theme.QUIET if series.colour == theme.RULE else series.colour},
        }
        for (_, x, series), text, place in zip(ends, texts, places, strict=True)
    ]


def _ends(chart: Chart) -> list[tuple[float, str | int, Series]]:
    """Where each line, area or stacked bar ends: its height, its x, and which it is."""
    found, below = [], 0.0
    for series in chart.series:
        drawn = [(point.value, point.x) for point in series.points if point.value is not None]
        stacked = series.kind == "area" or (series.kind == "bar" and chart.stacked)
        if not drawn or not (stacked or series.kind == "line"):
            continue
        value, x = drawn[-1]
        found.append((below + value / 2 if stacked else value, x, series))
        below += value if stacked else 0
    return found


def _spread(values: list[float], *, gap: float, high: float) -> list[float]:
    """The ascending values, moved up and then back down until they are `gap` apart and below `high`."""
    placed: list[float] = []
    for value in values:
        placed.append(max(value, placed[-1] + gap) if placed else value)
    limit = high
    for place in reversed(range(len(placed))):
        placed[place] = min(placed[place], limit)
        limit = placed[place] - gap
    return [round(value, 6) for value in placed]


def _published_line(chart: Chart) -> list[Spec]:
    """A line at the end of what was published."""
    if (until := chart.published_until) is None:
        return []
    text = tr("publié jusqu'à {month}", month=formats.short_month(until))
    return [_line(chart, "published", text, at=until + _HALF_MONTH)]


def _breaks(chart: Chart) -> list[Spec]:
    """A line at each day from which a definition is in use that followed another."""
    days = sorted({one.redefined for one in chart.redefined if one.redefined})
    return [_line(chart, "redefined", tr("définition du {day}", day=formats.day(day)), at=day - _HALVES[chart.axis]) for day in days]


def _line(chart: Chart, name: str, text: str, /, *, at: dt.date) -> Spec:
    """A vertical line, its name at its head: an arrow without a point holds both."""
    low, high = _bounds(chart)
    x = at.isoformat()
    place = {"x": x, "y": low, "ax": x, "ay": high, "axref": "x", "ayref": "y", "xanchor": "left"}
    look = {"arrowhead": 0, "arrowwidth": 1, "arrowcolor": theme.QUIET, "font": {"color": theme.QUIET, "size": 12}}
    return {"name": name, "text": text} | place | look


def _bands(chart: Chart) -> list[Spec]:
    if chart.axis not in _HALVES:
        return []
    half = _HALVES[chart.axis]
    return [
        {
            "type": "rect",
            "x0": (dt.date.fromisoformat(x) - half).isoformat(),
            "x1": (dt.date.fromisoformat(x) + half).isoformat(),
            "y0": 0,
            "y1": 1,
            "yref": "paper",
            "fillcolor": theme.RULE,
            "line": {"width": 0},
            "layer": "below",
        }
        for x in not_received(chart.series)
    ]
