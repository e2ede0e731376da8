"""Invented case-management files (CM-FP), sent by SFPO since January 2009.

The numbers of cases by outcome are those of the 2009-2013 balance, whose day is not printed: they
are reached at the end of February 2013. How the cases out of criteria divide is invented.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl

from pipelines.sample.delivery import XLSX, SampleDelivery, Slip
from pipelines.sample.people import avs_numbers, births, homes, renumbered
from pipelines.sample.world import World, draw, following, receipt, working_days

DATASET = "cm_fp_dossiers"
FIRST, LAST = date(2009, 1, 1), date(2013, 2, 1)

OPEN = 127
SOLUTIONS = {"CFC": 20, "AFP": 8, "APPRENTISSAGE": 57, "EMPLOI": 14, "STRUCTURE_ADAPTEE": 58}
OUT_OF_CRITERIA = {
    "AGE": 22,
    "SANS_PROBLEMATIQUE_MULTIPLE": 27,
    "SUIVI_PAR_RESEAU": 21,
    "DEPART_CANTON": 13,
    "GROSSESSE": 7,
    "AUTRE": 9,
}
CLOSED = sum(SOLUTIONS.values()) + sum(OUT_OF_CRITERIA.values())
ANNOUNCED = OPEN + CLOSED

# Weights of the calendar months, January first.
_ENTRIES = (5, 5, 6, 6, 8, 14, 12, 14, 13, 8, 6, 3)
_ANY_MONTH = (1,) * 12
_AFTER_EXAMS = (0, 0, 0, 0, 0, 3, 10, 4, 1, 0, 0, 0)
_NEW_APPRENTICES = (1, 1, 1, 1, 1, 2, 4, 16, 12, 4, 2, 1)
_GROWTH = 0.3  # of the entries, each year
_LONGEST = 48  # months

_REFERRERS = (
    ("ECOLE", 24),
    ("OCOSP", 30),
    ("SSR", 18),
    ("ORP", 12),
    ("OAI", 5),
    ("FAMILLE", 7),
    ("AUTRE", 4),
)
_REFERRERS_OF_ADULTS = (("SSR", 40), ("ORP", 40), ("OAI", 12), ("AUTRE", 8))


@dataclass(frozen=True)
class _Course:
    """How the cases that end alike run.

    Attributes:
        count: Cases at scale 1.
        outcome: None for those still open.
        detail: Only for those out of criteria.
        months: Shortest and longest duration.
        ages: Lowest, usual and highest age at announcement.
        women: Their share.
        closings: Weights of the calendar months of closing.
        referrers: Who announces them, by weight.
    """

    count: int
    outcome: str | None
    detail: str | None = None
    months: tuple[int, int] = (1, 3)
    ages: tuple[float, float, float] = (14.5, 16.5, 29)
    women: float = 0.45
    closings: tuple[int, ...] = _ANY_MONTH
    referrers: tuple[tuple[str, int], ...] = _REFERRERS


_COURSES = (
    _Course(OPEN, None, months=(1, 40)),
    _Course(SOLUTIONS["CFC"], "CFC", months=(36, 48), ages=(14.5, 16, 20), closings=_AFTER_EXAMS),
    _Course(SOLUTIONS["AFP"], "AFP", months=(24, 40), ages=(14.5, 16, 22), closings=_AFTER_EXAMS),
    _Course(
        SOLUTIONS["APPRENTISSAGE"],
        "APPRENTISSAGE",
        months=(3, 20),
        ages=(14.5, 16.5, 23),
        closings=_NEW_APPRENTICES,
    ),
    _Course(SOLUTIONS["EMPLOI"], "EMPLOI", months=(6, 24), ages=(17, 20, 29)),
    _Course(SOLUTIONS["STRUCTURE_ADAPTEE"], "STRUCTURE_ADAPTEE", months=(6, 24)),
    *(_Course(count, "HORS_CRITERES", detail) for detail, count in OUT_OF_CRITERIA.items() if detail not in {"AGE", "GROSSESSE"}),
    _Course(
        OUT_OF_CRITERIA["AGE"],
        "HORS_CRITERES",
        "AGE",
        ages=(31.1, 31.5, 35.8),
        referrers=_REFERRERS_OF_ADULTS,
    ),
    _Course(OUT_OF_CRITERIA["GROSSESSE"], "HORS_CRITERES", "GROSSESSE", ages=(16, 19, 28), women=1),
)

_STILL_OPEN = pl.col("closed_on").is_null()
_MONTHS_WITH_SLIPS = {
    # The number printed as an example everywhere, which ends in 85.
    "2009-11": (Slip("avs13", "756.9217.0769.84", _STILL_OPEN),),
    "2010-05": (Slip("avs13", "7.56922E+12", _STILL_OPEN, nth=3),),
    "2011-02": (Slip("announced_on", "31.02.2011", _STILL_OPEN, nth=-1),),
    "2011-10": (Slip("referrer", "OCSOP", _STILL_OPEN, nth=2),),
    "2012-06": (
        Slip("birth_date", "12.07.94", _STILL_OPEN, nth=1),
        Slip("outcome", "EMPLOI", _STILL_OPEN, nth=5),
        Slip("announced_on", "02.07.2012", _STILL_OPEN, nth=-1),
    ),
    # Cernier, part of Val-de-Ruz since the month before: a warning.
    "2013-02": (Slip("municipality", 6472, pl.col("municipality") == 6487),),
}
_KEY_TWICE = "2012-03"
_CORRECTED = "2012-06"  # version 2 is free of the slips
_REJECTED = "2010-09"  # version 2 has no column of announcements; version 1 stays in force
_TOLD_LATE = date(2012, 11, 1)  # the last closing before it is told a month late: a warning


def deliveries(world: World) -> Iterator[SampleDelivery]:
    """Yields the monthly files, each followed by its second version if it has one."""
    lives = _lives(world)
    for period in world.periods(FIRST, LAST):
        month = f"{period:%Y-%m}"
        rows = _rows(lives, period)
        sent = SampleDelivery(
            service="sfpo",
            dataset=DATASET,
            period=period,
            version=1,
            rows=pl.concat([rows, rows[4:5]]) if month == _KEY_TWICE else rows,
            received_at=receipt(world.stream(DATASET, month), period),
            manner=XLSX,
            slips=_MONTHS_WITH_SLIPS.get(month, ()),
        )
        yield sent
        again = replace(
            sent,
            version=2,
            received_at=receipt(world.stream(DATASET, month, 2), period, days=(12, 20)),
        )
        if month == _CORRECTED:
            yield replace(again, slips=())
        if month == _REJECTED:
            yield replace(again, rows=rows.drop("announced_on"))


def _rows(lives: pl.DataFrame, period: date) -> pl.DataFrame:
    """Selects the cases open at any moment of the month, as known at its end."""
    told_in = pl.col("told_in")
    return lives.filter(
        pl.col("announced_on") < following(period),
        told_in.is_null() | (told_in >= period),
    ).with_columns(
        pl.col("avs13").str.replace(r"^(...)(....)(....)(..)$", "$1.$2.$3.$4"),
        pl.col("municipality").replace(renumbered(period)),
        pl.when(told_in == period).then(pl.col("closed_on", "outcome", "outcome_detail")),
    )


def _lives(world: World) -> pl.DataFrame:
    """Draws every case from announcement to closing, numbered by announcement in each year.

    `told_in` is the month whose file tells the closing. The first person out of criteria for their
    age is made older than 35: a warning.
    """
    rng = world.stream(DATASET)
    courses = [_draw_course(course, course.count * world.scale, rng=rng) for course in _COURSES]
    lives = pl.concat(courses).sort("announced_on", maintain_order=True)
    closed = pl.col("closed_on")
    told_late = pl.when(closed < _TOLD_LATE).then(closed).arg_max()
    too_old = (pl.col("outcome_detail") == "AGE").cast(pl.Int8).arg_max()
    year = pl.col("announced_on").dt.year()
    number = pl.int_range(1, pl.len() + 1).over(year).cast(pl.String).str.zfill(4)
    return lives.with_columns(
        case_id=pl.format("CMFP-{}-{}", year, number),
        avs13=pl.Series(avs_numbers(rng, len(lives))).cast(pl.String),
        birth_date=_moved(pl.col("birth_date"), "-6y", row=too_old),
        municipality=pl.Series(homes(rng, len(lives))),
        told_in=_moved(closed.dt.month_start(), "1mo", row=told_late),
    )


def _moved(dates: pl.Expr, by: str, *, row: pl.Expr) -> pl.Expr:
    return pl.when(pl.int_range(pl.len()) == row).then(dates.dt.offset_by(by)).otherwise(dates)


def _draw_course(course: _Course, count: int, *, rng: np.random.Generator) -> pl.DataFrame:
    """Draws the cases of one course: all of them that depends on how they end."""
    announced, closed = (working_days(rng, month) for month in _draw_months(course, count, rng=rng))
    referrers, weights = zip(*course.referrers, strict=True)
    return pl.DataFrame(
        {
            "birth_date": births(rng, announced, ages=course.ages),
            "sex": np.where(rng.random(count) < course.women, 2, 1),
            "referrer": pl.Series(referrers)[rng.permutation(draw(rng, np.array(weights), count=count))],
            "announced_on": announced,
            "closed_on": closed,
        }
    ).with_columns(
        closed_on=pl.col("closed_on") if course.outcome else pl.lit(None, pl.Date),
        outcome=pl.lit(course.outcome, pl.String),
        outcome_detail=pl.lit(course.detail, pl.String),
    )


def _draw_months(course: _Course, count: int, *, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draws the months of announcement and of closing, together.

    Both must agree with what is known at the end of the last month: a case still open then closes
    in a later one, and one that ends with a certificate was announced years before.
    """
    first, end = np.datetime64(FIRST, "M"), np.datetime64(following(LAST), "M")
    months = np.arange(first, end + _LONGEST)
    calendar = months.astype(int) % 12
    lasting = np.arange(len(months)) - np.arange(len(months))[:, np.newaxis]
    entries = np.array(_ENTRIES)[calendar] * (1 + _GROWTH * np.arange(len(months)) / 12)
    weights = np.outer(entries * (months < end), np.array(course.closings)[calendar])
    weights *= (lasting >= course.months[0]) & (lasting <= course.months[1])
    weights *= (months < end) == (course.outcome is not None)
    announced, closed = np.divmod(draw(rng, weights.ravel(), count=count), len(months))
    return months[announced], months[closed]
