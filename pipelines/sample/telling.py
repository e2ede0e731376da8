"""What a file tells of lives that go on: which are in it, what is known by then, and what goes wrong on the way.

A thing is told from the month it begins in to the month its end is told in.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from pipelines.sample.delivery import MANNERS, SampleDelivery, Slip
from pipelines.sample.world import World, first_day, following, preceding, receipt

_OF_NEXT_MONTH = (2, 10)  # the days most files arrive on
_OF_A_CORRECTION = (12, 20)
_REMEMBERED = 2  # were there more, the file would seem to be of another month


@dataclass(frozen=True)
class Mishaps:
    """What goes otherwise than it should with the files one service sends of one dataset, by month or year as in the file's name.

    Attributes:
        slips: What is wrong in single cells.
        twice: Which row stands in the file a second time.
        corrected: A version 2 free of slips follows.
        late: The days of the following month the file arrives on.
        missing: No file is sent.
    """

    slips: Mapping[str, tuple[Slip, ...]] = field(default_factory=dict)
    twice: Mapping[str, int] = field(default_factory=dict)
    corrected: Collection[str] = ()
    late: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    missing: Collection[str] = ()


NONE = Mishaps()


def months_told(
    world: World,
    sent: tuple[str, str],
    *,
    first: date,
    last: date,
    rows: Callable[[date], pl.DataFrame],
    mishaps: Mishaps = NONE,
) -> Iterator[SampleDelivery]:
    """Yields the monthly files of a service, each followed by its second version if it has one.

    Args:
        world: What is asked for.
        sent: The service and the dataset.
        first: The first month sent.
        last: The last one.
        rows: What a month's file holds.
        mishaps: What goes wrong.
    """
    for period in world.periods(first, last):
        yield from _told(world, sent, period=period, known=(period, f"{period:%Y-%m}"), rows=rows, mishaps=mishaps)


def years_told(
    world: World,
    sent: tuple[str, str],
    *,
    years: Mapping[int, date],
    rows: Callable[[date], pl.DataFrame],
    mishaps: Mishaps = NONE,
) -> Iterator[SampleDelivery]:
    """Yields the yearly files of a service; `years` says in which month each arrives."""
    for period in world.years(min(years), max(years)):
        known = (preceding(years[period.year]), f"{period:%Y}")
        yield from _told(world, sent, period=period, known=known, rows=rows, mishaps=mishaps)


def _told(
    world: World,
    sent: tuple[str, str],
    *,
    period: date,
    known: tuple[date, str],
    rows: Callable[[date], pl.DataFrame],
    mishaps: Mishaps,
) -> Iterator[SampleDelivery]:
    """Yields the versions of one file, which arrives in the month after the one it is known at the end of."""
    service, dataset = sent
    state, name = known
    if name in mishaps.missing:
        return
    table = rows(period)
    if name in mishaps.twice:
        nth = mishaps.twice[name]
        table = pl.concat([table, table[nth : nth + 1]])
    first = SampleDelivery(
        service=service,
        dataset=dataset,
        period=period,
        version=1,
        rows=table,
        received_at=receipt(world.stream(dataset, service, name), state, days=mishaps.late.get(name, _OF_NEXT_MONTH)),
        manner=MANNERS[service],
        slips=mishaps.slips.get(name, ()),
    )
    yield first
    if name in mishaps.corrected:
        again = receipt(world.stream(dataset, service, name, 2), state, days=_OF_A_CORRECTION)
        yield replace(first, version=2, slips=(), received_at=again)


def told_in(ended: str = "ended_on") -> pl.Expr:
    """The month whose file tells an end, where none is missing: the one it falls in."""
    return pl.col(ended).dt.month_start()


def caught_up(lives: pl.DataFrame, *, missing: Collection[str]) -> pl.DataFrame:
    """Tells ends that fall in a month without a file in the next one sent; `told_in` says in which month each is told.

    Two of each such month are told as they were, late; the others are given the first day of the month they are told in.
    """
    month = pl.col("ended_on").dt.month_start()
    next_sent = {gap: _next_sent(gap, missing) for gap in map(first_day, missing)}
    told = lives.with_columns(told_in=month.replace(next_sent) if missing else month)
    late = month != pl.col("told_in")
    remembered = late.cum_sum().over("told_in") <= _REMEMBERED
    return told.with_columns(ended_on=pl.when(late & ~remembered).then("told_in").otherwise("ended_on"))


def known_in(
    period: date, lives: pl.DataFrame, *, started: str = "started_on", with_end: tuple[str, ...] = ("ended_on", "end_reason")
) -> pl.DataFrame:
    """Selects what is open at any moment of the month, as known at its end; `told_in` says when each end is told."""
    told = pl.col("told_in")
    return lives.filter(pl.col(started) < following(period), told.is_null() | (told >= period)).with_columns(
        pl.when(told == period).then(pl.col(with_end))
    )


def listed_in(year: date, rows: pl.DataFrame, *, since: str, ended: str) -> pl.DataFrame:
    """Selects what has begun by the end of the year and not ended before it, as known at its end."""
    end = pl.col(ended).dt.year()
    listed = rows.filter(pl.col(since).dt.year() <= year.year, end.is_null() | (end >= year.year))
    return listed.with_columns(pl.when(end == year.year).then(ended))


def steps_known_in(period: date, rows: pl.DataFrame, *, steps: Mapping[str, tuple[str, ...]]) -> pl.DataFrame:
    """Blanks what lies after the month: every step's date, with what is given when it is."""
    blanked = [
        pl.when(pl.col(step) < following(period)).then(pl.col(name)).alias(name) for step, given in steps.items() for name in (step, *given)
    ]
    return rows.with_columns(blanked)


def days_in(period: date) -> pl.Expr:
    """The days of the month from `started_on` to `ended_on`; none of what ended before."""
    after = pl.min_horizontal(pl.lit(following(period)), pl.col("ended_on").dt.offset_by("1d"))
    return (after - pl.max_horizontal(pl.lit(period), "started_on")).dt.total_days().clip(0)


def numbered(prefix: str, began: str, *, digits: int = 3) -> pl.Expr:
    """Numbers in the order of the rows, anew each year: ESO-2012-001."""
    year = pl.col(began).dt.year()
    return pl.format(f"{prefix}-{{}}-{{}}", year, pl.int_range(1, pl.len() + 1).over(year).cast(pl.String).str.zfill(digits))


def lost(lives: pl.DataFrame, month: date | None, *, nth: int, started: str = "started_on") -> pl.DataFrame:
    """Lets one thing vanish: the nth of those open well after this month is told of for the last time in it, without an end.

    It gets a `gone_in`, the first month that no longer tells of it; without a month nothing does.
    """
    if month is None:
        return lives.with_columns(gone_in=pl.lit(None, pl.Date))
    later = following(following(month))
    stays = (pl.col(started) < month) & (pl.col("told_in").is_null() | (pl.col("told_in") > later))
    chosen = stays & (stays.cum_sum() == nth + 1)
    return lives.with_columns(gone_in=pl.when(chosen).then(pl.lit(following(month))))


def still_told(period: date) -> pl.Expr:
    """Whether a thing has not yet vanished."""
    return pl.col("gone_in").is_null() | (pl.col("gone_in") > period)


def _next_sent(gap: date, missing: Collection[str]) -> date:
    month = gap
    while f"{month:%Y-%m}" in missing:
        month = following(month)
    return month
