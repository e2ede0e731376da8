"""How the room of a chart is laid out: axes, names at the ends of lines, vertical lines, and a grey band where a month did not come."""

import datetime as dt
import textwrap

from pipelines.reports import formats, theme
from pipelines.reports.chart import Chart
from pipelines.reports.ends import BOTTOM, TOP, end_labels, height, room, tight
from pipelines.reports.language import tr
from pipelines.reports.scales import AXES, HALF_MONTH, HALVES, Spec, bounds, value_axis
from pipelines.reports.series import not_received


def lying(chart: Chart) -> Spec:
    """Categories on the vertical axis, where long names have room."""
    names = list(dict.fromkeys(str(point.x) for series in chart.series for point in series.points))
    beside = 1 if chart.stacked else sum(series.kind == "bar" for series in chart.series)
    wrapped = ["<br>".join(textwrap.wrap(name, 18, break_on_hyphens=False)) for name in names]
    return {
        # Bars beside each other keep a height in which their value is read.
        "height": 80 + max(52, 34 * beside) * max(len(names), 2),
        # A share that is too small for its bar stands beside the last one.
        "margin": {"t": TOP, "r": 56 if chart.stacked and chart.share else 40, "b": 40, "l": 12},
        "hovermode": "closest",
        "bargap": 0.35,
        **({"barmode": "stack"} if chart.stacked else {}),
        **({"uniformtext": {"minsize": 12, "mode": "hide"}} if chart.stacked else {}),
        "xaxis": value_axis(chart) | {"showgrid": True, "gridcolor": theme.GRID},
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
    labels = end_labels(chart)
    where_tight = tight(chart)
    return {
        "height": height(chart),
        "margin": {"t": TOP, "r": room(label["text"] for label in labels), "b": BOTTOM, "l": 12},
        **({"meta": where_tight} if where_tight else {}),
        "hovermode": "x unified",
        "bargap": 0.2,
        "barmode": "stack" if chart.stacked else "group",
        "xaxis": AXES[chart.axis](chart),
        "yaxis": value_axis(chart),
        "annotations": [*labels, *_published_line(chart), *_redefined(chart), *_breaks(chart)],
        "shapes": _not_received(chart),
    }


def _published_line(chart: Chart) -> list[Spec]:
    """A line at the end of what was published."""
    if (until := chart.published_until) is None:
        return []
    text = tr("publié jusqu'à {month}", month=formats.short_month(until))
    return [_line(chart, "published", text, at=until + HALF_MONTH)]


def _redefined(chart: Chart) -> list[Spec]:
    """A line at each day from which a definition is in use that followed another."""
    days = sorted({one.redefined for one in chart.redefined if one.redefined})
    return [_line(chart, "redefined", tr("définition du {day}", day=formats.day(day)), at=day - HALVES[chart.axis]) for day in days]


def _breaks(chart: Chart) -> list[Spec]:
    """A line at each day from which values do not compare with those before."""
    return [_line(chart, "parted", text, at=day - HALVES[chart.axis]) for day, text in chart.breaks]


def _line(chart: Chart, name: str, text: str, /, *, at: dt.date) -> Spec:
    """A vertical line, its name at its head: an arrow without a point holds both."""
    low, high = bounds(chart)
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
    if chart.axis not in HALVES:
        return []
    half = HALVES[chart.axis]
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
