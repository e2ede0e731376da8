"""Invented case-management files (CM-FP), sent by SFPO since January 2009.

The numbers of cases by outcome are those of the 2009-2013 balance, whose day is not printed: they
are reached at the end of February 2013. How the cases out of criteria divide is invented. After that nothing
real is known: the cases still open close and new ones come, in a way that is merely plausible.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np
import polars as pl

from pipelines.sample.delivery import XLSX, SampleDelivery, Slip
from pipelines.sample.people import avs_numbers, births, dotted, homes, renumbered
from pipelines.sample.telling import known_in, lost, numbered, still_told
from pipelines.sample.world import LAST, World, draw, following, months_between, receipt, working_days

DATASET = "cm_fp_dossiers"
FIRST, PUBLISHED = date(2009, 1, 1), date(2013, 2, 1)

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

# Those announced since; most of the last ones are still open when the sample ends.
_LATER_COURSES = (
    _Course(46, "CFC", months=(36, 48), ages=(14.5, 16, 20), closings=_AFTER_EXAMS),
    _Course(34, "AFP", months=(24, 40), ages=(14.5, 16, 22), closings=_AFTER_EXAMS),
    _Course(128, "APPRENTISSAGE", months=(3, 20), ages=(14.5, 16.5, 23), closings=_NEW_APPRENTICES),
    _Course(44, "EMPLOI", months=(6, 24), ages=(17, 20, 29)),
    _Course(66, "STRUCTURE_ADAPTEE", months=(6, 24)),
    _Course(28, "SANS_SOLUTION", months=(8, 30), ages=(15, 18, 29)),
    _Course(34, "INTERRUPTION", months=(2, 18), ages=(15, 18, 29)),
    _Course(18, "HORS_CRITERES", "SANS_PROBLEMATIQUE_MULTIPLE"),
    _Course(14, "HORS_CRITERES", "SUIVI_PAR_RESEAU"),
    _Course(12, "HORS_CRITERES", "AGE", ages=(31.1, 31.5, 34.8), referrers=_REFERRERS_OF_ADULTS),
    _Course(8, "HORS_CRITERES", "DEPART_CANTON"),
)
# How the cases open at the end of the published months close: months they take at least, weight.
_LATER_OUTCOMES = {
    "CFC": (35, 30),
    "AFP": (23, 14),
    "APPRENTISSAGE": (3, 26),
    "EMPLOI": (6, 10),
    "STRUCTURE_ADAPTEE": (6, 18),
    "SANS_SOLUTION": (8, 8),
    "INTERRUPTION": (0, 9),
}

_END = ("closed_on", "outcome", "outcome_detail")
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
    "2014-04": (Slip("referrer", "ORPS", _STILL_OPEN, nth=6), Slip("sex", "9", _STILL_OPEN, nth=20)),
    # The number printed as an example everywhere: for one month the case is another person's.
    "2015-09": (Slip("avs13", "756.9217.0769.85", _STILL_OPEN, nth=12),),
    "2016-05": (Slip("announced_on", "00.05.2016", _STILL_OPEN, nth=-1), Slip("municipality", 6440, _STILL_OPEN, nth=9)),
    "2017-02": (Slip("avs13", "123.45.678.910", _STILL_OPEN, nth=7),),
}
_KEY_TWICE = "2012-03"
_CORRECTED = "2012-06"  # version 2 is free of the slips
_REJECTED = "2010-09"  # version 2 has no column of announcements; version 1 stays in force
_VANISHED = date(2014, 10, 1)  # the last month one open case is told of
_COMES_BACK = (date(2016, 1, 1), date(2016, 3, 1))  # closed in the one, told again in the other
_TOLD_LATE = date(2012, 11, 1)  # the last closing before it is told a month late: a warning


def deliveries(world: World) -> Iterator[SampleDelivery]:
    """Yields the monthly files, each followed by its second version if it has one."""
    for period in world.periods(FIRST, LAST):
        month = f"{period:%Y-%m}"
        rows = _rows(cases(world.whole), period)
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


@lru_cache(maxsize=1)
def cases(world: World) -> pl.DataFrame:
    """Draws every case from announcement to closing, numbered by announcement in each year.

    `told_in` is the month whose file tells the closing, `gone_in` the first from which a case that vanishes is missing.
    """
    lives = pl.concat([_published(world), _later(world)])
    return lost(lives.with_columns(case_id=numbered("CMFP", "announced_on", digits=4)), _VANISHED, nth=15, started="announced_on")


def _rows(lives: pl.DataFrame, period: date) -> pl.DataFrame:
    """Selects the cases open at any moment of the month, as known at its end."""
    told = known_in(period, lives.filter(still_told(period)), started="announced_on", with_end=_END)
    closed, again = _COMES_BACK
    if period == again:
        back = lives.filter(pl.col("told_in") == closed).head(1)
        told = pl.concat([told, back.with_columns(pl.lit(None).alias(name) for name in _END)], how="vertical_relaxed")
    return told.with_columns(dotted(), pl.col("municipality").replace(renumbered(period)))


def _published(world: World) -> pl.DataFrame:
    """Draws the cases of the balance; those open at its end close later, each as long as it has lasted allows.

    The first person out of criteria for their age is made older than 35: a warning.
    """
    rng = world.stream(DATASET)
    courses = [_draw_course(course, course.count * world.scale, rng=rng) for course in _COURSES]
    lives = pl.concat(courses).sort("announced_on", maintain_order=True)
    closed = pl.col("closed_on")
    told_late = pl.when(closed < _TOLD_LATE).then(closed).arg_max()
    too_old = (pl.col("outcome_detail") == "AGE").cast(pl.Int8).arg_max()
    return lives.with_columns(
        avs13=avs_numbers(rng, len(lives)),
        birth_date=_moved(pl.col("birth_date"), "-6y", row=too_old),
        municipality=pl.Series(homes(rng, len(lives))),
        told_in=_moved(closed.dt.month_start(), "1mo", row=told_late),
        outcome=pl.col("outcome").fill_null(_outcomes_of_the_open(lives, rng=world.stream(DATASET, "open"))),
    )


def _later(world: World) -> pl.DataFrame:
    """Draws the cases announced since the balance."""
    rng = world.stream(DATASET, "later")
    window = months_between(following(PUBLISHED), LAST)
    courses = [_draw_course(course, course.count * world.scale, rng=rng, window=window) for course in _LATER_COURSES]
    lives = pl.concat(courses).sort("announced_on", maintain_order=True)
    return lives.with_columns(
        avs13=avs_numbers(rng, len(lives), taken=_published(world)["avs13"]),
        municipality=pl.Series(homes(rng, len(lives))),
        told_in=pl.col("closed_on").dt.month_start(),
    )


def _outcomes_of_the_open(lives: pl.DataFrame, *, rng: np.random.Generator) -> pl.Series:
    months = (lives["closed_on"] - lives["announced_on"]).dt.total_days().to_numpy() / 30.4
    least, weights = np.array(list(_LATER_OUTCOMES.values())).T
    shares = np.cumsum(weights * (months[:, np.newaxis] >= least), axis=1)
    chosen = (rng.random(len(lives)) * shares[:, -1])[:, np.newaxis] < shares
    return pl.Series(list(_LATER_OUTCOMES)).gather(pl.Series(chosen.argmax(axis=1)))


def _moved(dates: pl.Expr, by: str, *, row: pl.Expr) -> pl.Expr:
    return pl.when(pl.int_range(pl.len()) == row).then(dates.dt.offset_by(by)).otherwise(dates)


def _draw_course(course: _Course, count: int, *, rng: np.random.Generator, window: np.ndarray | None = None) -> pl.DataFrame:
    """Draws the cases of one course: all of them that depends on how they end.

    Args:
        course: How they run.
        count: How many.
        rng: Their stream.
        window: The months they are announced in, whenever they close; None for those of the balance.
    """
    announced, closed = (working_days(rng, month) for month in _draw_months(course, count, rng=rng, window=window))
    referrers, weights = zip(*course.referrers, strict=True)
    return pl.DataFrame(
        {
            "birth_date": births(rng, announced, ages=course.ages),
            "sex": np.where(rng.random(count) < course.women, 2, 1),
            "referrer": pl.Series(referrers)[rng.permutation(draw(rng, np.array(weights), count=count))],
            "announced_on": announced,
            "closed_on": closed,
        }
    ).with_columns(outcome=pl.lit(course.outcome, pl.String), outcome_detail=pl.lit(course.detail, pl.String))


def _draw_months(course: _Course, count: int, *, rng: np.random.Generator, window: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
    """Draws the months of announcement and of closing, together.

    In the balance both must agree with what is known at the end of its last month: a case still open then
    closes in a later one, and one that ends with a certificate was announced years before.
    """
    entered = months_between(FIRST, PUBLISHED) if window is None else window
    months = np.arange(entered[0], entered[-1] + 1 + _LONGEST)
    calendar = months.astype(int) % 12
    lasting = np.arange(len(months)) - np.arange(len(months))[:, np.newaxis]
    growth = 1 + _GROWTH * np.arange(len(months)) / 12 if window is None else np.ones(len(months))
    known = np.isin(months, entered)
    weights = np.outer(np.array(_ENTRIES)[calendar] * growth * known, np.array(course.closings)[calendar])
    weights *= (lasting >= course.months[0]) & (lasting <= course.months[1])
    if window is None:
        weights *= known == (course.outcome is not None)
    announced, closed = np.divmod(draw(rng, weights.ravel(), count=count), len(months))
    return months[announced], months[closed]
