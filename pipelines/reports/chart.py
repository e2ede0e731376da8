"""What a chart shows: points, and what is to be said of them; nothing here knows how they are drawn."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from pipelines.reports.language import tr
from pipelines.reports.value import About, Value

Kind = Literal["line", "area", "bar", "mark"]


@dataclass(frozen=True)
class Point:
    """A point of a chart and a cell of its table.

    Attributes:
        x: first day of the month in ISO form, a number of months, or the name of a category.
        value: where it is drawn; None where there is nothing to draw.
        text: the value as it is read, or the word for its absence.
        detail: what the value rests on: numerator and denominator, or a number of cases.
        provisional: drawn and said as not final.
        shows: the value of an indicator that it is.
        decimals: how many the text has, where that does not follow from the number.
    """

    x: str | int
    value: float | None
    text: str
    detail: str = ""
    provisional: bool = False
    shows: Value | None = None
    decimals: int | None = None


@dataclass(frozen=True)
class Series:
    """Points that belong together.

    Attributes:
        label: what it shows.
        colour: of its line, bars or marks.
        points: in the order of x.
        kind: how it is drawn.
        aside: set where it stands beside a series of the same label, as a target does: its name for it, for `tr`. Its points share that
            series' column of the table, in rows of their own.
        quiet: drawn in the background, without its name: one of many that the named ones are compared with.
    """

    label: str
    colour: str
    points: tuple[Point, ...]
    kind: Kind = "line"
    aside: str = ""
    quiet: bool = False

    @property
    def name(self) -> str:
        """Its name, no other series of the chart has it."""
        return f"{self.label} – {tr(self.aside)}" if self.aside else self.label


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A figure with the table of its points.

    Attributes:
        slug: its name, unique on its page.
        title: what it shows.
        about: the indicators it shows; they give unit, source and definition.
        series: what is drawn.
        axis: what x is; categories lie on the vertical axis, where long names have room.
        axis_title: what x counts, where the ticks do not say it.
        stacked: bars or areas on top of each other instead of side by side.
        notes: what a reader must know of these points.
        published_until: the last month of which a figure was published; a line marks it.
        compact: small, with short names that stay at the ends of lines on a narrow screen too.
        highest: what its axis reaches at least, so that panels side by side compare.
        parted: the days from which its values do not compare with those before, and what stands there.
    """

    slug: str
    title: str
    about: tuple[About, ...]
    series: tuple[Series, ...]
    axis: Literal["month", "year", "number", "category"] = "month"
    axis_title: str = ""
    stacked: bool = False
    notes: tuple[str, ...] = ()
    published_until: dt.date | None = None
    compact: bool = False
    highest: float = 0.0
    parted: tuple[tuple[dt.date, str], ...] = ()

    @property
    def share(self) -> bool:
        """Whether the values are shares, from 0 to 1."""
        return self.about[0].share

    @property
    def redefined(self) -> tuple[About, ...]:
        """Those of its indicators whose definition changed within the months or years that it shows."""
        return tuple(one for one in self.about if one.redefined and self._within(one.redefined))

    @property
    def breaks(self) -> tuple[tuple[dt.date, str], ...]:
        """The days of `parted` within the months or years that it shows."""
        return tuple((day, text) for day, text in self.parted if self._within(day))

    def _within(self, day: dt.date) -> bool:
        """Whether some of what it shows lies before a day, and some on it or after."""
        shown = [str(point.x) for series in self.series for point in series.points] if self.axis in ("month", "year") else []
        return bool(shown) and min(shown) < day.isoformat() <= max(shown)

    @property
    def drawn(self) -> bool:
        """Whether there is anything to draw."""
        return any(point.value is not None for series in self.series for point in series.points)


@dataclass(frozen=True, kw_only=True)
class Panels:
    """Compact charts of the same figures side by side, under one title, with what is to be said of all of them.

    Attributes:
        slug: its name, unique on its page.
        title: what they show.
        about: the indicators they show.
        charts: the panels, each with a title and a table of its own.
        notes: what a reader must know of all of them.
    """

    slug: str
    title: str
    about: tuple[About, ...]
    charts: tuple[Chart, ...]
    notes: tuple[str, ...] = ()

    @property
    def drawn(self) -> bool:
        """Whether there is anything to draw."""
        return any(chart.drawn for chart in self.charts)
