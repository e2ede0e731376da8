"""From a chart to the specification plotly draws: one builder for all charts, one function per kind of series.

A specification is plain lists and dicts, so that its golden file is read by people and the browser gets no binary arrays.
Whatever is not final is dashed or hatched; a month that was not received is a grey band, never a zero.
"""

from bisect import bisect_right
from dataclasses import replace
from itertools import groupby

from pipelines.reports import formats
from pipelines.reports.chart import Chart, Point, Series
from pipelines.reports.flows import sankey
from pipelines.reports.keys import letters
from pipelines.reports.layouts import lying, standing
from pipelines.reports.moves import Flow
from pipelines.reports.scales import Spec, intervals
from pipelines.reports.series import AIM, ELSEWHERE


def figure(chart: Chart | Flow) -> Spec:
    """The specification of a chart: `data` and `layout`, without what the theme gives."""
    if isinstance(chart, Flow):
        return sankey(chart)
    if chart.axis == "category":
        data = [_turned(trace, chart, series) for series in chart.series for trace in _drawn(chart, series)]
        return {"data": data, "layout": lying(chart)}
    behind = [trace for series in chart.series for trace in _between(chart, series)]
    lines = [trace for series in chart.series for trace in _drawn(chart, series)]
    return {"data": [*behind, *lines], "layout": standing(chart)}


def _drawn(chart: Chart, series: Series) -> list[Spec]:
    traces = [trace for part in _parted(chart, series) for trace in _DRAWN[series.kind](part)]
    return [_edged(trace) for trace in traces] if chart.stacked else traces


def _parted(chart: Chart, series: Series) -> list[Series]:
    """A line in its parts: no line joins values that do not compare."""
    days = [day.isoformat() for day, _ in chart.breaks]
    if not days or series.kind != "line":
        return [series]
    parts = groupby(series.points, key=lambda point: bisect_right(days, str(point.x)))
    return [replace(series, points=tuple(points)) for _, points in parts]


def _between(chart: Chart, series: Series) -> list[Spec]:
    """Behind a line of shares of few, between what they may lie by chance alone: an outline for each run of points that follow."""
    there = {x: (low, high) for x, low, high in intervals(chart, series)}
    runs = [list(run) for part in _parted(chart, series) for few, run in groupby(part.points, key=lambda point: point.x in there) if few]
    if not runs:
        return []
    xs: list[str | int | None] = []
    ys: list[float | None] = []
    for run in runs:
        places = [point.x for point in run]
        xs += [*places, *reversed(places), places[0], None]
        ys += [*(there[x][0] for x in places), *(there[x][1] for x in reversed(places)), there[places[0]][0], None]
    shape = {"type": "scatter", "mode": "lines", "fill": "toself", "fillcolor": series.colour, "opacity": 0.14}
    return [{"name": series.name, "x": xs, "y": ys, "line": {"color": series.colour, "width": 1}, "hoverinfo": "skip"} | shape]


def _base(series: Series, points: tuple[Point, ...]) -> Spec:
    return {
        "name": series.name,
        "x": [point.x for point in points],
        "y": [point.value for point in points],
        "hovertext": [f"{series.name}: {point.text}{f' ({point.detail})' if point.detail else ''}" for point in points],
    }


def _line(series: Series) -> list[Spec]:
    """The whole line, dashed if any of it is provisional, and then its final part drawn over it."""
    values = [point.value for point in series.points]
    provisional = any(point.provisional for point in series.points)
    thick, thin = (1.5, 1.5) if series.quiet else (3, 2)
    dots = {"marker": {"color": series.colour, "size": _sizes(values), "opacity": 1}}
    whole = _base(series, series.points) | {
        "type": "scatter",
        "mode": "lines" if series.quiet else "lines+markers",
        "line": {"color": series.colour, "width": thin if provisional else thick, "dash": "dot" if provisional else "solid"},
        **({} if series.quiet else dots),
    }
    final = [None if point.provisional else point.value for point in series.points]
    if not provisional or final == [None] * len(final):
        return [whole]
    over = {"type": "scatter", "mode": "lines", "line": {"color": series.colour, "width": thick}, "hoverinfo": "skip"}
    return [whole, {"name": series.name, "x": whole["x"], "y": final} | over]


def _sizes(values: list[float | None]) -> list[int]:
    """A dot on the last point, and on every point that no line reaches."""
    drawn = [value is not None for value in values]
    last = max((place for place, there in enumerate(drawn) if there), default=-1)
    alone = [there and not any(drawn[max(place - 1, 0) : place] + drawn[place + 1 : place + 2]) for place, there in enumerate(drawn)]
    return [8 if place == last else 6 if alone[place] else 0 for place in range(len(values))]


def _area(series: Series) -> list[Spec]:
    """A band on top of those before it, apart from them by a white line."""
    look = {"mode": "lines", "stackgroup": "one", "fillcolor": series.colour, "line": {"color": "#ffffff", "width": 1}}
    return [_base(series, series.points) | {"type": "scatter"} | look]


def _bar(series: Series) -> list[Spec]:
    shapes = ["/" if point.provisional else "" for point in series.points]
    # Laid over the colour: in its place, white lines on nothing are not seen.
    pattern = {"shape": shapes, "fillmode": "overlay", "fgcolor": "#ffffff", "size": 5, "solidity": 0.4}
    return [_base(series, series.points) | {"type": "bar", "marker": {"color": series.colour, "pattern": pattern}}]


def _edged(trace: Spec) -> Spec:
    """A bar apart from those it stands on by a white line: colours alone do not part them on every paper."""
    if trace["type"] != "bar":
        return trace
    # Of bars that are narrow on a phone the line, which goes all around, would leave little.
    width = 1 if len(trace["x"]) <= _BARS else 0.3
    return trace | {"marker": trace["marker"] | {"line": {"color": "#ffffff", "width": width}}}


# So many months stand beside each other, on a phone too.
_BARS = 24
# Of a share: from here on, lines that begin at 100 % are near.
_HIGH = 0.85
# A white edge where lines may pass under the text.
_READABLE = {AIM: {}, ELSEWHERE: {"shadow": ", ".join(["0 0 3px #ffffff"] * 6)}}


def _mark(series: Series) -> list[Spec]:
    """Diamonds: full for what was published, empty for what is aimed at; with their value where it is compared with others."""
    marker = {"size": 12, "color": series.colour, "symbol": "diamond"}
    look: Spec = {"mode": "markers"}
    if series.aside == AIM:
        marker |= {"symbol": "diamond-open", "line": {"width": 2}}
    if series.aside in (AIM, ELSEWHERE):
        texts = [f" {point.text}" if series.aside == AIM else f" {series.label.split(',')[0]} {point.text}" for point in series.points]
        look = {
            "mode": "markers+text",
            "text": texts,
            "textposition": "middle right" if series.aside == AIM else [_above(point) for point in series.points],
            "textfont": {"color": series.colour} | _READABLE[series.aside],
        }
    return [_base(series, series.points) | {"type": "scatter", "marker": marker} | look]


def _above(point: Point) -> str:
    """Where the text of a mark among lines stands: beside it are their names, and above a high one there are too."""
    return "bottom center" if (point.value or 0) > _HIGH else "top center"


_DRAWN = {"line": _line, "area": _area, "bar": _bar, "mark": _mark}


def _turned(trace: Spec, chart: Chart, series: Series) -> Spec:
    """The trace with its categories on the vertical axis; the value is written at the foot of each bar, of stacked ones if not 0."""
    turned = trace | {"x": trace["y"], "y": trace["x"], "orientation": "h"}
    if trace["type"] == "bar":
        written = formats.percent if chart.share else formats.number
        letter = letters(chart).get(series.label)
        before = f"{letter}{formats.HARD_SPACE}" if letter else ""
        texts = ["" if value is None or (chart.stacked and not value) else f"{before}{written(value)}" for value in trace["y"]]
        # On hatches nothing is read; a stacked bar has another one after it.
        places = ["outside" if shape else "auto" for shape in trace["marker"]["pattern"]["shape"]]
        # The share that ends the bar has room beside it, however small it is.
        stacked = "outside" if chart.share and series.label == chart.series[-1].label else "inside"
        turned |= {"text": texts, "textposition": stacked if chart.stacked else places, "insidetextanchor": "start", "textangle": 0}
        turned |= {"cliponaxis": False} if stacked == "outside" else {}
    return turned
