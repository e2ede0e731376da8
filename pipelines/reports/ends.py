"""What stands at the ends of lines and of what is stacked: their names with their last values, kept apart."""

import datetime as dt
import textwrap
from collections.abc import Iterable
from operator import itemgetter

from pipelines.reports import theme
from pipelines.reports.chart import Chart, Point, Series
from pipelines.reports.keys import end, end_text, latest, letters, value_text
from pipelines.reports.scales import HALVES, Spec, bounds, ruled

# Where a line, an area or a stacked bar ends: its height, its last point, and which it is.
_End = tuple[float, Point, Series]

_HEIGHT, _COMPACT = 420, 320
TOP, BOTTOM = 16, 56
_LINE = 19
# Where a chart has little room: the height of a line of text, and that between its margins; on paper report.js sets both, by `onPaper`.
_TIGHT = {"phone": (_LINE, _HEIGHT - TOP - BOTTOM), "paper": (12, 108)}


def height(chart: Chart) -> int:
    """Of a chart with lines, margins included."""
    return _COMPACT if chart.compact else _HEIGHT


def end_labels(chart: Chart) -> list[Spec]:
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
    places = _places(chart, ends, texts, line=_LINE, height=height(chart) - TOP - BOTTOM)
    name = "short-label" if chart.compact else "end-label"
    found = zip(ends, texts, places, strict=True)
    # Under one another where the last line ends: beside one that ends before, a name would cover those that go on.
    column = "" if chart.compact else latest(chart)
    return [
        _label(name, text, x=_edge(chart, series, column or last.x), y=place, series=series) for (_, last, series), text, place in found
    ]


def _edge(chart: Chart, series: Series, x: str | int) -> str | int:
    """Where what is drawn at a point ends on the right: a bar is as wide as its month."""
    if series.kind != "bar" or chart.axis not in HALVES:
        return x
    return (dt.date.fromisoformat(str(x)) + HALVES[chart.axis]).isoformat()


def tight(chart: Chart) -> Spec:
    """What stands at the same ends where there is little room: a letter, or the name where all are short; where, and how wide it is."""
    ends = _ends(chart)
    if chart.compact or len(ends) < 2:
        return {}
    ends, by_letter = _loud(ends), letters(chart)
    texts = [by_letter.get(series.label) or end_text(chart, series, counts=False) for _, _, series in ends]
    places = {where: _places(chart, ends, texts, line=line, height=height) for where, (line, height) in _TIGHT.items()}
    # What is aimed at may lie behind the ends, and has its number beside it.
    aims = [point.text for series in chart.series if series.aside for point in series.points if str(point.x) > latest(chart)]
    return {"room": room([*texts, *aims]), "texts": texts} | places


def _places(chart: Chart, ends: list[_End], texts: list[str], *, line: int, height: int) -> list[float]:
    """How high a text beside each end stands, pushed apart where these lie close."""
    low, high = bounds(chart)
    tall = line * (high - low) / height
    gap = tall * max(text.count("<br>") + 1 for text in texts)
    return _spread([value for value, _, _ in ends], gap=gap, high=high - tall if ruled(chart) else high)


def _label(name: str, text: str, *, x: str | int, y: float, series: Series) -> Spec:
    return {
        "name": name,
        "text": text,
        "x": x,
        "y": y,
        "font": {"color": theme.QUIET if series.colour == theme.RULE else series.colour},
    }


def room(texts: Iterable[str]) -> int:
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
