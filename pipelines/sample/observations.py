"""Invented observations on the common grid, sent by SEMP, SASO and SMIG since 2014 for some of their participations.

A participation that is observed at all is observed on entry, once in between if it lasts, and when it ends; not every one that
ends has both, and there is time for so many a month only.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache, partial

import numpy as np
import polars as pl

from pipelines.sample.delivery import SampleDelivery, Slip
from pipelines.sample.stays import told_of
from pipelines.sample.telling import Mishaps, months_told
from pipelines.sample.world import LAST, World, following

DATASET = "observations"
FIRST = date(2014, 1, 1)
SERVICES = ("semp", "saso", "smig")
DIMENSIONS = ("ASSIDUITE", "RYTHME", "QUALITE", "AUTONOMIE", "COLLABORATION", "COMMUNICATION", "COMPETENCES_DE_BASE", "PROJET")
_OBSERVED = {"semp": 0.4, "saso": 0.3, "smig": 0.6}  # of the participations
_AT_MOST = {"semp": 22, "saso": 24, "smig": 13}  # observations a month there is time for, at scale 1
_FORGOTTEN = 0.15  # of the entries and of the exits
_IN_BETWEEN = 100  # days a participation lasts at least to be looked at in between
_BETTER = 0.34  # how often a note rises from one observation to the next
_WORSE = 0.07

_ANY = pl.col("score") > 0

_MISHAPS = {
    "semp": Mishaps(slips={"2015-03": (Slip("score", 5, _ANY, nth=10),), "2016-06": (Slip("stage", "MILIEU", _ANY, nth=4),)}),
    "saso": Mishaps(
        slips={"2014-10": (Slip("grid_dimension", "PONCTUALITE", _ANY, nth=2), Slip("score", "2-3", _ANY, nth=30))},
        twice={"2015-12": 5},
    ),
    "smig": Mishaps(slips={"2016-02": (Slip("observed_on", "12.03.2016", _ANY, nth=6),)}),
}


def deliveries(world: World) -> Iterator[SampleDelivery]:
    """Yields the monthly files of each service."""
    for service, mishaps in _MISHAPS.items():
        rows = partial(_rows, world.whole, service)
        yield from months_told(world, (service, DATASET), first=FIRST, last=LAST, rows=rows, mishaps=mishaps)


def _rows(world: World, service: str, period: date) -> pl.DataFrame:
    return _observed(world, service).filter(pl.col("observed_on").is_between(period, following(period), closed="left"))


@lru_cache(maxsize=1)
def _observed(world: World, service: str) -> pl.DataFrame:
    """Draws all observations of a service's participations, in the order they are made: a row for each dimension."""
    rng = world.stream(DATASET, service)
    every = told_of(world, service)
    chosen = every.filter(pl.Series(rng.random(len(every)) < _OBSERVED[service]))
    level = rng.choice([1, 2, 3], p=[0.35, 0.45, 0.2], size=(len(chosen), len(DIMENSIONS)))
    parts = []
    for stage, days, there in _stages(chosen, rng=rng):
        if stage != "ENTREE":
            moves = rng.random(level.shape)
            level = np.clip(level + (moves < _BETTER) - (moves > 1 - _WORSE), 1, 4)
        seen = pl.DataFrame({"participation_id": chosen["participation_id"], "observed_on": days, "scores": level})
        parts.append(seen.with_columns(stage=pl.lit(stage)).filter(there))
    made = pl.concat(parts).with_columns(turn=rng.permutation(sum(map(len, parts))))
    month = pl.col("observed_on").dt.month_start()
    # Room differs from month to month.
    room = (_AT_MOST[service] * world.scale * pl.lit(pl.Series(rng.uniform(0.75, 1, 12)))).gather(month.dt.month() - 1)
    kept = made.filter(pl.col("turn").rank().over(month) <= room)
    return (
        kept.sort("observed_on", "participation_id")
        .select("participation_id", "observed_on", "stage", grid_dimension=pl.lit(list(DIMENSIONS)), score=pl.col("scores").arr.to_list())
        .explode("grid_dimension", "score")
    )


def _stages(chosen: pl.DataFrame, *, rng: np.random.Generator) -> list[tuple[str, np.ndarray, np.ndarray]]:
    """The day of each stage and whether it is observed then."""
    started, ended = chosen["started_on"].to_numpy(), chosen["ended_on"].to_numpy()
    entry = np.minimum(started + rng.integers(2, 15, len(chosen)).astype("timedelta64[D]"), ended)
    forgotten = rng.random((2, len(chosen))) < _FORGOTTEN
    return [
        ("ENTREE", entry, ~forgotten[0]),
        ("SUIVI", started + (ended - started) // 2, ended - started >= np.timedelta64(_IN_BETWEEN, "D")),
        ("SORTIE", ended, ~forgotten[1] & (ended > entry)),
    ]
