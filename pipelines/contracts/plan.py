"""By when a delivery is due: the calendar of the canton's working days."""

import datetime as dt
from functools import cache

import holidays
import polars as pl

from pipelines.contracts.export import Cadence, Period

# Well before anything is owed, so that an older month that somebody sends is seen; pages and indicators begin with what came.
FIRST_MONTH = dt.date(2000, 1, 1)


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
    """One row per month and cadence up to `last`: period, cadence, last_day, due_on."""
    rows: list[tuple[dt.date, Cadence, dt.date, dt.date]] = []
    for first in months(FIRST_MONTH, last):
        cadences: tuple[Cadence, ...] = ("monthly", "yearly") if first.month == 1 else ("monthly",)
        for cadence in cadences:
            period = Period(first, cadence)
            rows.append((first, cadence, period.last, due_on(period)))
    return pl.DataFrame(rows, schema=["period", "cadence", "last_day", "due_on"], orient="row")
