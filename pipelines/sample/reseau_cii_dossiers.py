"""Invented files of the Réseau CII NE, sent by the cantonal coordination (CII) since January 2015.

Most are of persons about to pass from one system to another, or just past it; the others have long drawn the same benefit.
A file goes through its steps (accepted, assessed, planned) or ends before.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache, partial

import numpy as np
import polars as pl

from pipelines.sample.delivery import SampleDelivery, Slip
from pipelines.sample.lives import lives
from pipelines.sample.people import dotted
from pipelines.sample.telling import Mishaps, known_in, lost, months_told, numbered, steps_known_in, still_told, told_in
from pipelines.sample.world import LAST, World, following, words

DATASET = "reseau_cii_dossiers"
FIRST = date(2015, 1, 1)

_DETECTORS = {"semp": "ORP", "saso": "SSR", "oai": "OAI"}
_PASSING, _STAYING = 52, 26  # files at scale 1
_ACCEPTED, _ASSESSED, _PHYSICIAN = 0.82, 0.93, 0.7
_LEADS = {"ORP": 35, "SSR": 40, "OAI": 25}
_OUTCOMES = {"EMPLOI": 20, "FORMATION": 10, "MESURE": 22, "RENTE_AI": 16, "AIDE_SOCIALE": 18, "ABANDON": 8, "AUTRE": 6}
_STEPS = {"accepted_on": (), "assessed_on": ("physician_present",), "plan_on": ("lead",)}
_VANISHED = date(2016, 6, 1)  # the last month one file is told of
_OPEN = pl.col("closed_on").is_null()

_MISHAPS = Mishaps(
    slips={
        "2015-08": (Slip("physician_present", "", pl.col("assessed_on").is_not_null(), nth=1),),
        "2016-03": (
            Slip("lead", "MEDECIN", pl.col("plan_on").is_not_null(), nth=2),
            Slip("plan_on", "05.01.2015", pl.col("plan_on").is_not_null()),
        ),
        "2016-11": (Slip("detected_by", "SSRN", _OPEN, nth=4),),
    },
)


def deliveries(world: World) -> Iterator[SampleDelivery]:
    """Yields the monthly files."""
    yield from months_told(world, ("cii", DATASET), first=FIRST, last=LAST, rows=partial(_rows, world.whole), mishaps=_MISHAPS)


def _rows(world: World, period: date) -> pl.DataFrame:
    every = cases(world).filter(still_told(period))
    told = known_in(period, every, started="detected_on", with_end=("closed_on", "outcome"))
    numbers = lives(world).persons.select("person", "avs13")
    return steps_known_in(period, told, steps=_STEPS).join(numbers, on="person", how="left", maintain_order="left").with_columns(dotted())


@lru_cache(maxsize=1)
def cases(world: World) -> pl.DataFrame:
    """Draws every file with all its steps, numbered by detection in each year."""
    rng = world.stream(DATASET)
    detected = _detected(world, rng=rng)
    count = len(detected)
    day = detected["detected_on"].to_numpy()
    accepted = _after(rng, day, (5, 25), happens=rng.random(count) < _ACCEPTED)
    assessed = _after(rng, accepted, (10, 35), happens=rng.random(count) < _ASSESSED)
    plan = _after(rng, assessed, (7, 30), happens=np.full(count, True))
    given_up = np.where(np.isnat(accepted), _after(rng, day, (10, 40)), _after(rng, accepted, (20, 60)))
    closed = np.where(np.isnat(plan), given_up, _after(rng, plan, (120, 420)))
    early = np.where(np.isnat(accepted), "NON_RETENU", "ABANDON")
    every = detected.with_columns(
        case_id=numbered("RES", "detected_on"),
        accepted_on=pl.Series(accepted),
        assessed_on=pl.Series(assessed),
        physician_present=pl.Series(rng.random(count) < _PHYSICIAN),
        lead=pl.Series(words(rng, _LEADS, count=count)),
        plan_on=pl.Series(plan),
        closed_on=pl.Series(closed),
        outcome=pl.Series(np.where(np.isnat(plan), early, words(rng, _OUTCOMES, count=count))),
    )
    return lost(every.with_columns(told_in=told_in("closed_on")), _VANISHED, nth=5, started="detected_on")


def _detected(world: World, *, rng: np.random.Generator) -> pl.DataFrame:
    """Chooses who is detected by which service when, each person once."""
    spells = lives(world).spells.filter(pl.col("service").is_in(list(_DETECTORS))).sort("person", "started_on")
    before = {name: pl.col(name).shift(1).over("person") for name in ("service", "started_on", "ended_on")}
    passing = spells.with_columns(**{f"former_{name}": value for name, value in before.items()}).filter(
        pl.col("former_service") != pl.col("service"),
        pl.col("former_ended_on") >= pl.col("started_on").dt.offset_by("-3mo"),
        pl.col("started_on") >= FIRST,
    )
    ahead = pl.lit(pl.Series(rng.integers(5, 75, len(passing))))
    change = passing.select(
        "person",
        pl.col("former_service").alias("service"),
        detected_on=pl.col("started_on") - pl.duration(days=ahead),
        since="former_started_on",
    )
    lasting = spells.filter(pl.col("ended_on") >= FIRST)
    some_day = pl.lit(pl.Series(rng.integers(0, (following(LAST) - FIRST).days, len(lasting))))
    staying = (
        lasting.with_columns(detected_on=pl.lit(FIRST) + pl.duration(days=some_day))
        .filter(pl.col("ended_on") > pl.col("detected_on").dt.offset_by("2mo"))
        .select("person", "service", "detected_on", since="started_on")
    )
    chosen: list[pl.DataFrame] = []
    for group, count in ((change, _PASSING), (staying, _STAYING)):
        taken = pl.concat(chosen)["person"] if chosen else pl.Series([], dtype=pl.Int64)
        known = group.filter(
            pl.col("detected_on").is_between(FIRST, following(LAST), closed="left"),
            pl.col("since").dt.offset_by("2mo") < pl.col("detected_on"),
            ~pl.col("person").is_in(taken.implode()),
        ).unique("person", keep="first", maintain_order=True)
        chosen.append(known[np.sort(rng.permutation(len(known))[: count * world.scale])])
    return (
        pl.concat(chosen)
        .select("person", detected_by=pl.col("service").replace_strict(_DETECTORS), detected_on="detected_on")
        .sort("detected_on", "person")
    )


def _after(rng: np.random.Generator, days: np.ndarray, apart: tuple[int, int], *, happens: np.ndarray | None = None) -> np.ndarray:
    """Working days so many days later; none where there is no day or it does not happen."""
    later = days + rng.integers(*apart, len(days)).astype("timedelta64[D]")
    rolled: np.ndarray = np.busday_offset(later, 0, roll="forward")
    return rolled if happens is None else np.where(happens, rolled, np.datetime64("NaT", "D"))
