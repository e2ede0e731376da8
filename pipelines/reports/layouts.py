"""How the room of a chart is laid out: axes from zero, names at the ends of lines, and a grey band where a month did not come."""

import datetime as dt
import math
import textwrap
from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from pipelines.contracts.plan import months
from pipelines.reports import formats, theme
from pipelines.reports.chart import Chart, Point, Series
from pipelines.reports.keys import end, end_text, latest, letters, value_text
from pipelines.reports.language import tr
from pipelines.reports.series import not_received

Spec = dict[str, Any]
# Where a line, an area or a stacked bar ends: its height, its last point, and which it is.
_End = tuple[float, Point, Series]

_HEIGHT, _COMPACT = 420, 320
_TOP, _BOTTOM = 16, 56
_LINE = 19
# Where a chart has little room: the height of a line of text, and that between its margins; on paper report.js sets both, by `onPaper`.
_TIGHT = {"phone": (_LINE, _HEIGHT - _TOP - _BOTTOM), "paper": (12, 108)}
_TICKS = 7
_FEW = 12
_NAMES = {False: 10, True: 5}
_HALF_MONTH, _HALF_YEAR = dt.timedelta(days=15), dt.timedelta(days=183)
_HALVES = {"month": _HALF_MONTH, "year": _HALF_YEAR}


def lying(chart: Chart) -> Spec:
    """Categories on the vertical axis, where long names have room."""
    names = list(dict.fromkeys(str(point.x) for series in chart.series for point in series.points))
    beside = 1 if chart.stacked else sum(series.kind == "bar" for series in chart.series)
    wrapped = ["<br>".join(textwrap.wrap(name, 18, break_on_hyphens=False)) for name in names]
    return {
        # Bars beside each other keep a height in which their value is read.
        "height": 80 + max(52, 34 * beside) * max(len(names), 2),
        # A share that is too small for its bar stands beside the last one.
        "margin": {"t": _TOP, "r": 56 if chart.stacked and chart.share else 40, "b": 40, "l": 12},
        "hovermode": "closest",
        "bargap": 0.35,
        **({"barmode": "stack"} if chart.stacked else {}),
        **({"uniformtext": {"minsize": 12, "mode": "hide"}} if chart.stacked else {}),
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
    tight = _tight(chart)
    return {
        "height": _height(chart),
        "margin": {"t": _TOP, "r": _room(label["text"] for label in labels), "b": _BOTTOM, "l": 12},
        **({"meta": tight} if tight else {}),
        "hovermode": "x unified",
        "bargap": 0.2,
        "barmode": "stack" if chart.stacked else "group",
        "xaxis": _AXES[chart.axis](chart),
        "yaxis": _value_axis(chart),
        "annotations": [*labels, *_published_line(chart), *_redefined(chart), *_breaks(chart)],
        "shapes": _not_received(chart),
    }


def _height(chart: Chart) -> int:
    return _COMPACT if chart.compact else _HEIGHT


def _month_axis(chart: Chart) -> Spec:
    days = [dt.date.fromisoformat(str(point.x)) for series in chart.series for point in series.points]
    span = [(min(days) - _HALF_MONTH).isoformat(), (max(days) + _HALF_MONTH).isoformat()] if days else None
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
    """From zero, or below it where a value is, to a little above the greatest value or interval; a vertical line has its name there."""
    heights: dict[object, list[float]] = {}
    reached = [high for series in chart.series for _, _, high in intervals(chart, series)]
    for number, series in enumerate(chart.series):
        for point in series.points:
            heights.setdefault(point.x if chart.stacked else (number, point.x), []).append(point.value or 0)
    sums = [chart.highest, *reached, *(sum(parts) for parts in heights.values())]
    return round(min(0.0, *sums) * 1.08, 6), round(max(0.0, *sums) * (1.15 if _ruled(chart) else 1.08), 6) or 1


def _ruled(chart: Chart) -> bool:
    """Whether a vertical line with its name at its head stands in it."""
    return bool(chart.published_until or chart.breaks or chart.redefined)


def intervals(chart: Chart, series: Series) -> list[tuple[str | int, float, float]]:
    """Where the shares of a line rest on few: x, and between what they may lie by chance alone."""
    if series.kind != "line" or series.aside or series.quiet or chart.compact:
        return []
    found = ((point.x, point.shows.interval) for point in series.points if point.shows and point.value is not None)
    return [(x, *interval) for x, interval in found if interval]


def _end_labels(chart: Chart) -> list[Spec]:
    """The name of each line at its end, of what is stacked at the middle of its end; where there is one line only, its value."""
    ends = _ends(chart)
    if len(ends) == 1 and not chart.compact:
        ((value, last, series),) = ends
        return [_label("end-label", "<br>".join(value_text(last).split(" ")), x=last.x, y=value, series=series)]
    if len(ends) < 2:
        return []
    ends = _loud(ends)
    texts = [
        "<br>".join(
            textwrap.wrap(series.label if chart.compact else end_text(chart, series), 30, break_long_words=False, break_on_hyphens=False)
        )
        for _, _, series in ends
    ]
    places = _places(chart, ends, texts, line=_LINE, height=_height(chart) - _TOP - _BOTTOM)
    name = "short-label" if chart.compact else "end-label"
    found = zip(ends, texts, places, strict=True)
    # Under one another where the last line ends: beside one that ends before, a name would cover those that go on.
    column = "" if chart.compact else latest(chart)
    return [
        _label(name, text, x=_edge(chart, series, column or last.x), y=place, series=series) for (_, last, series), text, place in found
    ]


def _edge(chart: Chart, series: Series, x: str | int) -> str | int:
    """Where what is drawn at a point ends on the right: a bar is as wide as its month."""
    if series.kind != "bar" or chart.axis not in _HALVES:
        return x
    return (dt.date.fromisoformat(str(x)) + _HALVES[chart.axis]).isoformat()


def _tight(chart: Chart) -> Spec:
    """What stands at the same ends where there is little room: a letter, or the name where all are short; where, and how wide it is."""
    ends = _ends(chart)
    if chart.compact or len(ends) < 2:
        return {}
    ends, by_letter = _loud(ends), letters(chart)
    texts = [by_letter.get(series.label) or end_text(chart, series, counts=False) for _, _, series in ends]
    places = {where: _places(chart, ends, texts, line=line, height=height) for where, (line, height) in _TIGHT.items()}
    # What is aimed at may lie behind the ends, and has its number beside it.
    aims = [point.text for series in chart.series if series.aside for point in series.points if str(point.x) > latest(chart)]
    return {"room": _room([*texts, *aims]), "texts": texts} | places


def _places(chart: Chart, ends: list[_End], texts: list[str], *, line: int, height: int) -> list[float]:
    """How high a text beside each end stands, pushed apart where these lie close."""
    low, high = _bounds(chart)
    tall = line * (high - low) / height
    gap = tall * max(text.count("<br>") + 1 for text in texts)
    return _spread([value for value, _, _ in ends], gap=gap, high=high - tall if _ruled(chart) else high)


def _label(name: str, text: str, *, x: str | int, y: float, series: Series) -> Spec:
    return {
        "name": name,
        "text": text,
        "x": x,
        "y": y,
        "font": {"color": theme.QUIET if series.colour == theme.RULE else series.colour},
    }


def _room(texts: Iterable[str]) -> int:
    """The margin beside the ends of lines that these texts need."""
    return max((8 * len(line) + 20 for text in texts for line in text.split("<br>")), default=16)


def _ends(chart: Chart) -> list[_End]:
    """From the lowest to the highest."""
    found, below = [], 0.0
    for series in chart.series:
        stacked = series.kind == "area" or (series.kind == "bar" and chart.stacked)
        last = end(series)
        if last is None or last.value is None or not (stacked or series.kind == "line"):
            continue
        found.append((below + last.value / 2 if stacked else last.value, last, series))
        below += last.value if stacked else 0
    return sorted(found, key=itemgetter(0))


def _loud(ends: list[_End]) -> list[_End]:
    """Those that are named."""
    return [one for one in ends if not one[2].quiet]


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


def _redefined(chart: Chart) -> list[Spec]:
    """A line at each day from which a definition is in use that followed another."""
    days = sorted({one.redefined for one in chart.redefined if one.redefined})
    return [_line(chart, "redefined", tr("définition du {day}", day=formats.day(day)), at=day - _HALVES[chart.axis]) for day in days]


def _breaks(chart: Chart) -> list[Spec]:
    """A line at each day from which values do not compare with those before."""
    return [_line(chart, "parted", text, at=day - _HALVES[chart.axis]) for day, text in chart.breaks]


def _line(chart: Chart, name: str, text: str, /, *, at: dt.date) -> Spec:
    """A vertical line, its name at its head: an arrow without a point holds both."""
    low, high = _bounds(chart)
    x = at.isoformat()
    shown = [dt.date.fromisoformat(str(point.x)) for series in chart.series for point in series.points]
    # Beside the line, where a phone has room too.
    side = "left" if at - min(shown) < 2 * (max(shown) - at) else "right"
    place = {"x": x, "y": low, "ax": x, "ay": high, "axref": "x", "ayref": "y", "xanchor": side}
    look = {
        "showarrow": True,
        "xshift": 0,
        "arrowhead": 0,
        "arrowwidth": 1,
        "arrowcolor": theme.QUIET,
        "font": {"color": theme.QUIET, "size": 12},
    }
    return {"name": name, "text": text} | place | look


def _not_received(chart: Chart) -> list[Spec]:
    """A grey band where nothing came."""
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
