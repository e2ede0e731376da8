"""Invented situations of early intervention in lower secondary, sent by SFPO since August 2016.

Published are the two coaches and room for forty situations in the school year 2016-2017; who was followed is invented. A few
pupils pass into the case management (CM-FP), where they are the same persons.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache, partial

import numpy as np
import polars as pl

from pipelines.sample import cm_fp_dossiers
from pipelines.sample.delivery import SampleDelivery, Slip
from pipelines.sample.lives import lives
from pipelines.sample.people import avs_numbers, births, dotted, homes, renumbered
from pipelines.sample.telling import Mishaps, known_in, months_told, told_in
from pipelines.sample.world import LAST, World, draw, months_between, working_days

DATASET = "interventions_precoces"
FIRST = date(2016, 8, 1)

_COACHES = ("COACH-1", "COACH-2")
_MONTHS = (6, 9, 9, 7, 4, 5, 4, 2)  # announced from August to March, by weight
_FOLLOWED = 35  # still open at the end of March, at scale 1
_ENDED = ("TRANSITION_SEC_II", "TRANSITION_SEC_II", "MESURE_TRANSITION", "EMPLOI", "SANS_SOLUTION", "AUTRE")
_INTO_CASE_MANAGEMENT = 3
_OPEN = pl.col("closed_on").is_null()

_MISHAPS = Mishaps(
    slips={
        "2016-11": (Slip("municipality", 6500, _OPEN, nth=3),),
        "2017-02": (Slip("birth_date", "3.4.02", _OPEN, nth=6), Slip("outcome", "CM-FP?", ~_OPEN)),
    },
)


def deliveries(world: World) -> Iterator[SampleDelivery]:
    """Yields the monthly files."""
    yield from months_told(world, ("sfpo", DATASET), first=FIRST, last=LAST, rows=partial(_rows, world.whole), mishaps=_MISHAPS)


def _rows(world: World, period: date) -> pl.DataFrame:
    told = known_in(period, situations(world), started="announced_on", with_end=("closed_on", "outcome"))
    return told.with_columns(dotted(), pl.col("municipality").replace(renumbered(period)))


@lru_cache(maxsize=1)
def situations(world: World) -> pl.DataFrame:
    """Draws every situation, numbered by announcement; the coaches take them in turn."""
    rng = world.stream(DATASET)
    every = pl.concat([_pupils(world, rng=rng), _into_case_management(world, rng=rng)], how="diagonal_relaxed").sort(
        "announced_on", "avs13"
    )
    number = pl.int_range(1, pl.len() + 1)
    return every.with_columns(
        case_id=pl.format("IP-{}", number.cast(pl.String).str.zfill(4)),
        coach=pl.Series(_COACHES).gather(np.arange(len(every)) % len(_COACHES)),
        told_in=told_in("closed_on"),
    )


def _pupils(world: World, *, rng: np.random.Generator) -> pl.DataFrame:
    """Those who do not pass into the case management: most are still followed at the end, whatever comes of it then."""
    count = (_FOLLOWED + len(_ENDED)) * world.scale
    months = months_between(FIRST, LAST)
    announced = working_days(rng, months[draw(rng, np.array(_MONTHS), count=count)])
    ends = np.isin(np.arange(count), np.linspace(0, count // 2, len(_ENDED) * world.scale).astype(int))
    closed = np.busday_offset(announced + rng.integers(60, 120, count).astype("timedelta64[D]"), 0, roll="forward")
    return pl.DataFrame(
        {
            "avs13": avs_numbers(rng, count, taken=lives(world).persons["avs13"]),
            "birth_date": births(rng, announced, ages=(12.6, 14.2, 15.9)),
            "sex": np.where(rng.random(count) < 0.42, 2, 1),
            "municipality": homes(rng, count),
            "announced_on": announced,
            "closed_on": np.where(ends, closed, np.datetime64("NaT", "D")),
        }
    ).with_columns(outcome=pl.when(pl.col("closed_on").is_not_null()).then(pl.Series(_ENDED * count, dtype=pl.String).head(count)))


def _into_case_management(world: World, *, rng: np.random.Generator) -> pl.DataFrame:
    """The youngest whom a school announced to the case management while the coaches were at work."""
    cases = cm_fp_dossiers.cases(world).filter(
        pl.col("announced_on") >= date(2016, 11, 1),
        pl.col("announced_on") <= date(2017, 3, 31),
        pl.col("referrer").is_in(["ECOLE", "OCOSP", "FAMILLE"]),
    )
    young = cases.sort("birth_date", descending=True).head(_INTO_CASE_MANAGEMENT * world.scale)
    before = pl.lit(pl.Series(rng.integers(35, 75, len(young))))
    return young.select(
        "avs13",
        "birth_date",
        "sex",
        "municipality",
        announced_on=pl.col("announced_on") - pl.duration(days=before),
        closed_on="announced_on",
        outcome=pl.lit("CM_FP"),
    )
