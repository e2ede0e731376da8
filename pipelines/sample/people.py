"""Invented persons: AVS numbers, dates of birth and the municipalities they live in.

Kept by column, not by person, since a benchmark asks for a million of them.
"""

from datetime import date

import numpy as np
import polars as pl

from pipelines.sample.world import draw

# OFS numbers of the 53 municipalities of 2009-2012, weighted by their inhabitants (hundreds,
# rounded, at least 1).
_CANTON = {
    6401: 16, 6402: 38, 6403: 18, 6404: 50, 6405: 1, 6406: 55, 6407: 45, 6408: 46, 6409: 2,
    6410: 19, 6411: 2, 6412: 57, 6413: 11, 6414: 24, 6415: 3, 6421: 375, 6422: 2, 6423: 10,
    6431: 11, 6432: 6, 6433: 3, 6434: 3, 6435: 5, 6436: 102, 6437: 13, 6451: 16, 6452: 19,
    6453: 3, 6454: 26, 6455: 44, 6456: 9, 6458: 331, 6459: 32, 6461: 48, 6471: 8, 6472: 22,
    6473: 16, 6474: 7, 6475: 16, 6476: 1, 6477: 8, 6478: 17, 6479: 10, 6480: 15, 6481: 9,
    6482: 6, 6483: 2, 6484: 10, 6485: 5, 6486: 5, 6504: 5, 6511: 8, 6512: 107,
}  # fmt: skip
# Bern, Biel, Fribourg, Lausanne, Yverdon: a few persons live in another canton.
_ELSEWHERE = {351: 6, 371: 12, 2196: 4, 5586: 6, 5938: 8}
_HOMES = _CANTON | _ELSEWHERE

_NUMBERS = 10**9  # nine digits are free
_SPARE = 1000  # numbers drawn beyond those needed, since a few may be taken: at least so many, and ten times those to be expected

# First day of the new municipality, its number, the numbers it replaced.
_MERGERS = (
    (date(2013, 1, 1), 6487, (*range(6471, 6485), 6486)),
    (date(2013, 1, 1), 6416, (6401, 6403, 6406)),
    (date(2016, 1, 1), 6413, (6405,)),
    (date(2018, 1, 1), 6417, (6402, 6409, 6410, 6411, 6414, 6415)),
    (date(2021, 1, 1), 6458, (6407, 6412, 6485)),
    (date(2021, 1, 1), 6436, (6431,)),
    (date(2025, 1, 1), 6513, (6453, 6454, 6459, 6461)),
)


def avs_numbers(rng: np.random.Generator, count: int, *, taken: pl.Series | None = None) -> pl.Series:
    """Draws AVS numbers, each once: prefix 756, nine random digits, EAN-13 check digit.

    Args:
        rng: Their stream.
        count: How many.
        taken: Numbers that somebody else bears already.
    """
    spare = 0 if taken is None else max(_SPARE, 10 * count * len(taken) // _NUMBERS)
    body = 756 * _NUMBERS + rng.choice(_NUMBERS, count + spare, replace=False)
    digits = body[:, np.newaxis] // 10 ** np.arange(11, -1, -1) % 10
    numbers = pl.Series(body * 10 + -(digits @ np.tile([1, 3], 6)) % 10).cast(pl.String)
    free = numbers if taken is None else numbers.filter(~numbers.is_in(taken.implode()))
    return free.head(count)


def births(rng: np.random.Generator, days: np.ndarray, *, ages: tuple[float, float, float]) -> np.ndarray:
    """Draws dates of birth of persons who on these days have an age (lowest, usual, highest)."""
    years = rng.triangular(*ages, size=len(days))
    born: np.ndarray = days - np.round(years * 365.25).astype("timedelta64[D]")
    return born


def homes(rng: np.random.Generator, count: int) -> np.ndarray:
    """Draws municipalities by weight, numbered as in 2009-2012."""
    numbers = np.array(list(_HOMES))
    return rng.permutation(numbers[draw(rng, np.array(list(_HOMES.values())), count=count)])


def dotted(numbers: str = "avs13") -> pl.Expr:
    """Writes AVS numbers as people do: 756.1234.5678.97."""
    return pl.col(numbers).str.replace(r"^(...)(....)(....)(..)$", "$1.$2.$3.$4")


def renumbered(period: date) -> dict[int, int]:
    """Tells which numbers of 2009-2012 have become which by this month."""
    became: dict[int, int] = {}
    for since, new, olds in _MERGERS:
        if since <= period:
            became |= dict.fromkeys(olds, new)
    return became
