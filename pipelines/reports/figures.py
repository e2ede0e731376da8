"""From a chart to the specification plotly draws: one builder for all charts, one function per kind of series.

A specification is plain lists and dicts, so that its golden file is read by people and the browser gets no binary arrays.
Whatever is not final is dashed or hatched; a month that was not received is a grey band, never a zero.
"""

from pipelines.reports import formats
from pipelines.reports.content import Chart, Point, Series
from pipelines.reports.layouts import Spec, lying, standing
from pipelines.reports.series import AIM


def figure(chart: Chart) -> Spec:
    """The specification of a chart: `data` and `layout`, without what the theme gives."""
    data = [trace for series in chart.series for trace in _DRAWN[series.kind](series)]
    if chart.axis == "category":
        return {"data": [_turned(trace, stacked=chart.stacked) for trace in data], "layout": lying(chart)}
    return {"data": data, "layout": standing(chart)}


def _base(series: Series, points: tuple[Point, ...]) -> Spec:
    return {
        "name": series.name,
        "x": [point.x for point in points],
        "y": [point.value for point in points],
        "hovertext": [f"{series.name}: {point.text}{f' ({point.detail})' if point.detail else ''}" for point in points],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _line(series: Series) -> list[Spec]:
    """The whole line, dashed if any of it is provisional, and then its final part drawn over it."""
    values = [point.value for point in series.points]
    provisional = any(point.provisional for point in series.points)
    whole = _base(series, series.points) | {
        "type": "scatter",
        "mode": "lines+markers",
        "line": {"color": series.colour, "width": 2 if provisional else 3, "dash": "dot" if provisional else "solid"},
        "marker": {"color": series.colour, "size": _sizes(values), "opacity": 1},
    }
    final = [None if point.provisional else point.value for point in series.points]
    if not provisional or final == [None] * len(final):
        return [whole]
    over = {"type": "scatter", "mode": "lines", "line": {"color": series.colour, "width": 3}, "hoverinfo": "skip"}
    return [whole, {"name": series.name, "x": whole["x"], "y": final} | over]


def _sizes(values: list[float | None]) -> list[int]:
    """A dot on the last point, and on every point that no line reaches."""
    drawn = [value is not None for value in values]
    last = max((place for place, there in enumerate(drawn) if there), default=-1)
    alone = [there and not any(drawn[max(place - 1, 0) : place] + drawn[place + 1 : place + 2]) for place, there in enumerate(drawn)]
    return [8 if place == last else 6 if alone[place] else 0 for place in range(len(values))]


def _bar(series: Series) -> list[Spec]:
    shapes = ["/" if point.provisional else "" for point in series.points]
    # Laid over the colour: in its place, white lines on nothing are not seen.
    pattern = {"shape": shapes, "fillmode": "overlay", "fgcolor": "#ffffff", "size": 5, "solidity": 0.4}
    return [_base(series, series.points) | {"type": "bar", "marker": {"color": series.colour, "pattern": pattern}}]


def _mark(series: Series) -> list[Spec]:
    """Diamonds: full for what was published, empty and with their value for what is aimed at."""
    marker = {"size": 12, "color": series.colour, "symbol": "diamond"}
    look: Spec = {"mode": "markers"}
    if series.aside == AIM:
        marker |= {"symbol": "diamond-open", "line": {"width": 2}}
        texts = [f" {point.text}" for point in series.points]
        look = {"mode": "markers+text", "text": texts, "textposition": "middle right", "textfont": {"color": series.colour}}
    return [_base(series, series.points) | {"type": "scatter", "marker": marker, "cliponaxis": False} | look]


_DRAWN = {"line": _line, "bar": _bar, "mark": _mark}


def _turned(trace: Spec, *, stacked: bool) -> Spec:
    """The trace with its categories on the vertical axis; the value is written at the foot of each bar, of stacked ones if not 0."""
    turned = trace | {"x": trace["y"], "y": trace["x"], "orientation": "h"}
    if trace["type"] == "bar":
        texts = ["" if value is None or (stacked and not value) else formats.number(value) for value in trace["y"]]
        # On hatches nothing is read; a stacked bar has another one after it.
        places = ["outside" if shape else "auto" for shape in trace["marker"]["pattern"]["shape"]]
        turned |= {"text": texts, "textposition": "inside" if stacked else places, "insidetextanchor": "start", "textangle": 0}
    return turned
