"""The frame of the invented world: its seed, its size, its months and its working days."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np

LAST = date(2017, 3, 1)  # the month the world ends with

_HOLIDAYS = ("01-01", "01-02", "03-01", "05-01", "08-01", "12-25", "12-26")
_CALENDAR = np.busdaycalendar(holidays=[np.datetime64(f"{year}-{day}") for year in range(2000, 2031) for day in _HOLIDAYS])
_FEWEST_WORKING_DAYS = 19  # December 2012 has no more


@dataclass(frozen=True)
class World:
    """What is asked for: the same world gives the same deliveries.

    Attributes:
        seed: Changes the persons and their lives, never the published figures.
        scale: How many times the persons and programmes are multiplied.
        first: First month wanted, by its first day; None for a dataset's own first.
        last: Last month wanted, likewise.
        format: `csv` or `xlsx` for every file; None for the service's own manner.
        datasets: The datasets wanted; None for all. It decides what is written, never what happens.
    """

    seed: int = 1
    scale: int = 1
    first: date | None = None
    last: date | None = None
    format: str | None = None
    datasets: frozenset[str] | None = None

    @property
    def whole(self) -> "World":
        """The same world without limits: whatever part of it is asked for, these lives are led."""
        return replace(self, first=None, last=None, format=None, datasets=None)

    def stream(self, *name: object) -> np.random.Generator:
        """Opens the random stream of this name.

        Each dataset draws from streams of its own, so that adding one does not move another.
        """
        digest = hashlib.sha256("/".join(map(str, name)).encode()).digest()
        return np.random.default_rng([self.seed, int.from_bytes(digest[:8])])

    def periods(self, first: date, last: date) -> Iterator[date]:
        """Yields the months wanted among those of a dataset that runs from first to last."""
        month = max(first, self.first or first)
        while month <= min(last, self.last or last):
            yield month
            month = following(month)

    def years(self, first: int, last: int) -> Iterator[date]:
        """Yields the first days of the years of which any month is wanted."""
        wanted_first, wanted_last = self.first or date(first, 1, 1), self.last or date(last, 12, 1)
        for year in range(max(first, wanted_first.year), min(last, wanted_last.year) + 1):
            yield date(year, 1, 1)


def following(month: date) -> date:
    """Gives the first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def preceding(month: date) -> date:
    """Gives the first day of the month before."""
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def first_day(month: str) -> date:
    """The first day of a month written AAAA-MM."""
    return date.fromisoformat(f"{month}-01")


def last_day(month: str) -> date:
    """The last day of a month written AAAA-MM."""
    return following(first_day(month)) - timedelta(days=1)


def months_between(first: date, last: date) -> np.ndarray:
    """Lists the months from first to last, both included."""
    return np.arange(np.datetime64(first, "M"), np.datetime64(last, "M") + 1)


def working_days(rng: np.random.Generator, months: np.ndarray) -> np.ndarray:
    """Draws a working day in each month."""
    skipped = rng.integers(0, _FEWEST_WORKING_DAYS, len(months))
    firsts = months.astype("datetime64[D]")
    return np.busday_offset(firsts, skipped, roll="forward", busdaycal=_CALENDAR)


def receipt(rng: np.random.Generator, period: date, *, days: tuple[int, int] = (2, 10)) -> datetime:
    """Draws when a month's file arrives: in the next month, in working hours.

    Args:
        rng: The delivery's stream.
        period: The month delivered.
        days: The first and last day of the next month it may arrive on.
    """
    start = np.datetime64(following(period))
    window = np.arange(start + days[0] - 1, start + days[1])
    day: date = rng.choice(window[np.is_busday(window, busdaycal=_CALENDAR)]).item()
    seconds = int(rng.integers(8 * 3600, 17 * 3600))
    return datetime(day.year, day.month, day.day) + timedelta(seconds=seconds)


def words(rng: np.random.Generator, weights: Mapping[str, int], *, count: int) -> np.ndarray:
    """Draws words by weight, each for itself."""
    shares = np.array(list(weights.values()))
    drawn: np.ndarray = np.array(list(weights), dtype=object)[rng.choice(len(shares), count, p=shares / shares.sum())]
    return drawn


def draw(rng: np.random.Generator, weights: np.ndarray, *, count: int) -> np.ndarray:
    """Draws positions by weight, in rising order.

    One draw falls in each of `count` equal slices, so that even few draws keep the proportions.
    """
    shares = np.cumsum(weights) / np.sum(weights)
    slices = (np.arange(count) + rng.random(count)) / count
    # Rounding may leave the last share a hair below the last slice.
    return np.minimum(np.searchsorted(shares, slices, side="right"), len(weights) - 1)
