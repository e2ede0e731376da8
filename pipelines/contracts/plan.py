"""By when a delivery is due: the calendar of the canton's working days."""

import datetime as dt
from functools import cache

import holidays
import polars as pl

from pipelines.contracts.export import Cadence, Period

# Well before anything is owed, so that an older month that somebody sends is seen; pages and indicators begin with what came.
FIRST_MONTH = dt.date(2000, 1, 1)


_GRAINS: tuple[tuple[str, int, Cadence | None], ...] = (("month", 1, "monthly"), ("quarter", 3, None), ("year", 12, "yearly"))


@cache
def _holidays(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("CH", subdiv="NE", years=year)


def due_on(period: Period) -> dt.date:
    """The day a delivery is due: the 10th of the next month, or 31 January for a year, or the next working day."""
    day = period.last + dt.timedelta(days=31 if period.cadence == "yearly" else 10)
    while day.weekday() >= 5 or day in _holidays(day.year):
        day += dt.timedelta(days=1)
    return day


def months(first: dt.date, last: dt.date) -> list[dt.date]:
    """First days of the months from `first` to `last`."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [Period(first).months_before(-index) for index in range(count)]


def calendar(last: dt.date) -> pl.DataFrame:
    """One row per month, quarter and year up to `last`; nothing is due by the quarter.

    So that one join serves all three: `last_day` is where a stock is taken, `trailing_from` the first day of the twelve
    months that end with the period.
    """
    rows: list[tuple[dt.date, str, str | None, dt.date, dt.date, dt.date | None]] = []
    for first in months(FIRST_MONTH, last):
        for grain, length, cadence in _GRAINS:
            if first.month % length == 1 % length:
                end = Period(Period(first).months_before(1 - length))
                due = due_on(Period(first, cadence)) if cadence else None
                rows.append((first, grain, cadence, end.last, end.months_before(11), due))
    return pl.DataFrame(rows, schema=["period", "grain", "cadence", "last_day", "trailing_from", "due_on"], orient="row")
