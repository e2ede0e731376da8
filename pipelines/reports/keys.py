"""How the series of a chart are told apart, not by colour alone: by name at their ends, or by a letter that the list above it explains."""

import datetime as dt
import string
from dataclasses import dataclass

from pipelines.reports import formats
from pipelines.reports.chart import Chart, Point, Series
from pipelines.reports.formats import HARD_SPACE

# The longest name with its value that has room beside a line on a phone, or in a column of paper.
_SHORT = 18


@dataclass(frozen=True)
class Key:
    """An entry of the list above a chart.

    Attributes:
        letter: what stands for it in the chart; empty where its form tells it.
        text: its name, with its last value where a line ends with it.
        colour: of its line, bars or marks.
        kind: how it is drawn.
    """

    letter: str
    text: str
    colour: str
    kind: str


def named(chart: Chart) -> list[Series]:
    """The series that have a name of their own."""
    return [series for series in chart.series if not series.aside]


def end(series: Series) -> Point | None:
    """The last point of it that is drawn."""
    return next((point for point in reversed(series.points) if point.value is not None), None)


def latest(chart: Chart) -> str:
    """The last month or year in which a series of it has a value; empty where its axis counts none."""
    found = [str(last.x) for series in named(chart) if (last := end(series))]
    return max(found, default="") if chart.axis in ("month", "year") else ""


def end_text(chart: Chart, series: Series, *, counts: bool = True) -> str:
    """The name of a series and its last value; of a share, of how many it is one; when it was, where others go on."""
    last = end(series)
    if last is None:
        return series.label
    day = dt.date.fromisoformat(str(last.x)) if str(last.x) < latest(chart) else None
    when = f", {day.year if chart.axis == 'year' else formats.short_month(day)}" if day else ""
    return f"{series.label}{when}:{HARD_SPACE}{value_text(last) if counts else last.text}"


def value_text(point: Point) -> str:
    """A value as it stands at the end of a line: `67,2 % (450 / 670)`."""
    counts = point.shows.counts if point.shows and point.shows.about.share else ""
    return f"{point.text} ({counts.replace(' ', HARD_SPACE)})" if counts else point.text


def ended(chart: Chart) -> bool:
    """Whether every series is named at its end: lines and what is stacked over time are, where there are more than one."""
    found = named(chart)
    return len(found) > 1 and chart.axis != "category" and all(series.kind != "bar" or chart.stacked for series in found)


def letters(chart: Chart) -> dict[str, str]:
    """The letter of each series by its label, where names have no room: of bars that lie, and of lines where a name is long."""
    if chart.axis == "category":
        return letters_of_bars(chart)
    lines = [series for series in named(chart) if not series.quiet]
    needed = ended(chart) and not chart.compact and any(len(end_text(chart, series, counts=False)) > _SHORT for series in lines)
    return _lettered(lines) if needed else {}


def letters_of_bars(chart: Chart) -> dict[str, str]:
    """The letter of each series of bars by its label, where there are more than one."""
    bars = [series for series in named(chart) if series.kind == "bar"]
    return _lettered(bars) if len(bars) > 1 else {}


def _lettered(series: list[Series]) -> dict[str, str]:
    return dict(zip((one.label for one in series), string.ascii_uppercase, strict=False))


def keys(chart: Chart) -> list[Key]:
    """The list above a chart: one series alone is named by the title, short names stand at the ends of their lines."""
    found, by_letter, at_ends = named(chart), letters(chart), ended(chart)
    if len(found) < 2 or (at_ends and not by_letter):
        return []
    return [Key(by_letter.get(one.label, ""), end_text(chart, one) if at_ends else one.label, one.colour, one.kind) for one in found]
