"""Small pictures that need no script: the line within a cell, and the chart of a sheet that is printed.

They keep the rules of the large ones: what is not there has no point, and a period that was not received is a grey band.
"""

import datetime as dt
from itertools import groupby

from markupsafe import Markup

from pipelines.reports import formats, theme
from pipelines.reports.chart import Chart, Series
from pipelines.reports.content import Spark
from pipelines.reports.keys import letters_of_bars
from pipelines.reports.language import tr
from pipelines.reports.series import not_received
from pipelines.reports.value import REASONS

_SPARK_WIDTH, _SPARK_HEIGHT, _SPARK_EDGE = 104, 26, 3
_WIDTH, _HEIGHT = 680, 115
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 6, 8, 20
_LETTER = 9


def sparkline(spark: Spark) -> Markup:
    """A line from the first to the last value, zero at its foot unless some are below it, with a dot on the last."""
    step = (_SPARK_WIDTH - 2 * _SPARK_EDGE) / max(len(spark.values) - 1, 1)
    there = [0.0, *(value for value in spark.values if value is not None)]
    scale = (_SPARK_HEIGHT - 2 * _SPARK_EDGE) / (max(there) - min(there) or 1)
    foot = _SPARK_HEIGHT - _SPARK_EDGE
    places = [
        None if value is None else (_SPARK_EDGE + step * place, foot - scale * (value - min(there)))
        for place, value in enumerate(spark.values)
    ]
    bands = "".join(
        _rect(_SPARK_EDGE + step * (place - 0.5), 0, step, _SPARK_HEIGHT, colour=theme.RULE)
        for place, value in enumerate(spark.values)
        if value is None
    )
    last = next((place for place in reversed(places) if place), None)
    dot = "" if last is None else f'<circle cx="{last[0]:.1f}" cy="{last[1]:.1f}" r="2.5" fill="{theme.PALETTE[0]}"/>'
    return _picture("spark", spark.text, bands + _lines(places, colour=theme.PALETTE[0]) + dot, size=(_SPARK_WIDTH, _SPARK_HEIGHT))


def drawing(chart: Chart) -> Markup:
    """A chart by month: bars on top of each other, each with the letter of its series where it has room, and lines over them."""
    months = sorted({str(point.x) for series in chart.series for point in series.points})
    bars = [series for series in chart.series if series.kind == "bar"]
    highest = _highest(chart.series, bars)
    width = (_WIDTH - _LEFT - _RIGHT) / max(len(months), 1)
    height = _HEIGHT - _TOP - _BOTTOM
    left = {month: _LEFT + width * place for place, month in enumerate(months)}
    foot = _TOP + height
    body = "".join(_rect(left[month], _TOP, width, height, colour=theme.RULE) for month in not_received(chart.series))
    stacked, by_letter = dict.fromkeys(months, 0.0), letters_of_bars(chart)
    for series in bars:
        for point in series.points:
            tall = height * (point.value or 0) / highest
            if tall:
                top = foot - stacked[str(point.x)] - tall
                place = left[str(point.x)]
                body += _rect(place + width * 0.12, top, width * 0.76, tall, colour=series.colour)
                if tall > _LETTER and series.label in by_letter:
                    body += _letter(by_letter[series.label], place + width / 2, top + tall / 2)
            stacked[str(point.x)] += tall
    for series in chart.series:
        if series.kind == "line":
            values = {str(point.x): point.value for point in series.points}
            places = [_middle(left[month] + width / 2, values.get(month), foot=foot, scale=height / highest) for month in months]
            body += _lines(places, colour=series.colour)
    body += _axes(months, left, foot=foot, highest=highest)
    return _picture("drawing", chart.title, body, size=(_WIDTH, _HEIGHT))


def _highest(series: tuple[Series, ...], bars: list[Series]) -> float:
    sums: dict[str, float] = {}
    for one in bars:
        for point in one.points:
            sums[str(point.x)] = sums.get(str(point.x), 0) + (point.value or 0)
    return max([*sums.values(), *(point.value or 0 for one in series for point in one.points)], default=0) or 1


def _middle(x: float, value: float | None, *, foot: float, scale: float) -> tuple[float, float] | None:
    return None if value is None else (x, foot - value * scale)


def _axes(months: list[str], left: dict[str, float], *, foot: float, highest: float) -> str:
    """The foot, zero and the highest value, and the name of every third month."""
    texts = [
        f'<path d="M{_LEFT} {foot}H{_WIDTH - _RIGHT}" stroke="{theme.QUIET}"/>',
        *(
            f'<text x="{_LEFT - 5}" y="{y:.1f}" text-anchor="end">{formats.number(value)}</text>'
            for y, value in ((foot, 0), (_TOP + 9, highest))
        ),
        *(
            f'<text x="{left[month] + 2:.1f}" y="{foot + 15}">{formats.short_month(dt.date.fromisoformat(month))}</text>'
            for month in months[::3]
        ),
    ]
    return f'<g font-size="11" fill="{theme.QUIET}">{"".join(texts)}</g>'


def _lines(places: list[tuple[float, float] | None], *, colour: str) -> str:
    """A line for each run of points; a point alone is a dot."""
    runs = [list(run) for there, run in groupby(places, key=bool) if there]
    return "".join(
        f'<path d="M{"L".join(f"{place[0]:.1f} {place[1]:.1f}" for place in run if place)}{"h.1" if len(run) == 1 else ""}" '
        f'fill="none" stroke="{colour}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>'
        for run in runs
    )


def _letter(letter: str, x: float, y: float, /) -> str:
    """A letter in the middle of a bar, for whoever does not tell its colour."""
    return f'<text x="{x:.1f}" y="{y + _LETTER / 3:.1f}" font-size="{_LETTER}" text-anchor="middle" fill="#ffffff">{letter}</text>'


def _rect(x: float, y: float, width: float, height: float, /, *, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}"/>'


def _picture(kind: str, text: str, body: str, /, *, size: tuple[float, float]) -> Markup:
    width, height = size
    label = Markup.escape(text)
    return Markup(f'<svg class="{kind}" role="img" aria-label="{label}" viewBox="0 0 {width} {height}">{body}</svg>')


def spoken(values: list[tuple[dt.date, str]]) -> str:
    """The values of a line in words: the first and the last, and how many months between them were not received."""
    lacking = sum(text == tr(REASONS["NOT_RECEIVED"]) for _, text in values)
    (first, began), (last, ended) = values[0], values[-1]
    gaps = f"; {formats.counted(lacking, 'mois non reçu', 'mois non reçus')}" if lacking else ""
    return f"{began} ({formats.short_month(first)}) → {ended} ({formats.short_month(last)}){gaps}"
