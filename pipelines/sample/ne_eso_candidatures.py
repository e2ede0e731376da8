"""Invented candidacies for the productive social enterprises (NE-ESO), sent by SASO since January 2012.

Published are the pilot of 2012 at Alfaset (more than thirty candidacies, about six trials, two persons who left social aid,
one in archiving and one in maintenance) and the posts of early 2017 in two enterprises (about fifteen). All else is
invented: who applied, why others were not taken, and the years between, of which nothing real is known.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import polars as pl

from pipelines.sample import cm_fp_dossiers
from pipelines.sample.delivery import SampleDelivery, Slip
from pipelines.sample.people import avs_numbers, births, dotted, homes
from pipelines.sample.telling import Mishaps, known_in, months_told, numbered, steps_known_in, told_in
from pipelines.sample.world import LAST, World, draw, months_between, working_days

DATASET = "ne_eso_candidatures"
FIRST = date(2012, 1, 1)
ALFASET, ESPACE = "Alfaset", "Espace des Solidarités"
_SECOND_ENTERPRISE = np.datetime64("2014-01-01")


@dataclass(frozen=True)
class _Group:
    """Candidacies that end alike.

    Attributes:
        count: How many at scale 1.
        applied: First and last month of application.
        failing: The criterion not met, if any.
        trial: Whether there is a trial of three months.
        activity: Where those hired work; None if nobody is.
        ages: Lowest, usual and highest age at application.
        reasons: Why it ends, by weight; none while it goes on.
        lasting: Shortest and longest time in months from the last step to the end.
    """

    count: int
    applied: tuple[date, date]
    failing: str | None = None
    trial: bool = False
    activity: tuple[str, ...] | None = None
    ages: tuple[float, float, float] = (50.2, 53, 60)
    reasons: tuple[tuple[str, int], ...] = ()
    lasting: tuple[float, float] = (0.3, 2)


_PILOT = (date(2012, 1, 1), date(2012, 10, 1))
_EARLY_IN_PILOT = (date(2012, 2, 1), date(2012, 6, 1))
_SINCE = (date(2013, 3, 1), date(2016, 8, 1))
_TO_THE_END = (date(2013, 3, 1), date(2016, 12, 1))
_ADULTS = (30.2, 44, 60)
_NOT_TAKEN = (("NON_RETENU", 3), ("ABANDON", 2))
_NOT_ELIGIBLE = (("NON_ELIGIBLE", 1),)
_ACTIVITIES = ("Archivage", "Maintenance", "Conditionnement", "Blanchisserie", "Jardinage", "Cuisine")

_GROUPS = (
    _Group(1, _EARLY_IN_PILOT, trial=True, activity=("Archivage",)),
    _Group(1, _EARLY_IN_PILOT, trial=True, activity=("Maintenance",)),
    _Group(4, (date(2012, 3, 1), date(2012, 8, 1)), trial=True, reasons=_NOT_TAKEN),
    _Group(14, _PILOT, reasons=_NOT_TAKEN),
    _Group(6, _PILOT, "PRODUCTIVITE", reasons=_NOT_ELIGIBLE),
    _Group(5, _PILOT, "DETTES", reasons=_NOT_ELIGIBLE),
    _Group(2, _PILOT, "PROBLEMATIQUE", reasons=_NOT_ELIGIBLE),
    _Group(1, _PILOT, "CHARGE_DE_FAMILLE", reasons=_NOT_ELIGIBLE),
    _Group(1, (date(2012, 1, 1), date(2012, 3, 1)), "AGE", ages=(41, 44, 48), reasons=_NOT_ELIGIBLE),
    _Group(13, _SINCE, trial=True, activity=_ACTIVITIES, ages=_ADULTS),
    _Group(
        5,
        (date(2013, 3, 1), date(2014, 6, 1)),
        trial=True,
        activity=_ACTIVITIES,
        ages=_ADULTS,
        reasons=(("EMPLOI_1ER_MARCHE", 2), ("FIN_CONTRAT", 2), ("AUTRE", 1)),
        lasting=(8, 22),
    ),
    _Group(7, _TO_THE_END, trial=True, ages=_ADULTS, reasons=_NOT_TAKEN),
    _Group(14, _TO_THE_END, ages=_ADULTS, reasons=_NOT_TAKEN),
    _Group(6, _TO_THE_END, "PRODUCTIVITE", ages=_ADULTS, reasons=_NOT_ELIGIBLE),
    _Group(5, _TO_THE_END, "DETTES", ages=_ADULTS, reasons=_NOT_ELIGIBLE),
    _Group(2, _TO_THE_END, "CHARGE_DE_FAMILLE", ages=_ADULTS, reasons=_NOT_ELIGIBLE),
    _Group(2, _TO_THE_END, "PROBLEMATIQUE", ages=_ADULTS, reasons=_NOT_ELIGIBLE),
    _Group(2, _TO_THE_END, "AGE", ages=(24, 27, 29.5), reasons=_NOT_ELIGIBLE),
    _Group(3, (date(2017, 1, 1), LAST), ages=_ADULTS),
)
_STEPS = {
    "trial_started_on": ("enterprise", "activity"),
    "trial_ended_on": (),
    "hired_on": ("contract",),
    "left_social_aid_on": ("exit_extent",),
}
_OPEN = pl.col("ended_on").is_null()
_MISHAPS = Mishaps(
    slips={
        "2012-05": (Slip("productivity", 175, _OPEN, nth=1),),
        "2013-09": (Slip("debt", "1.234", _OPEN), Slip("dependants", "peut-être", _OPEN, nth=1)),
        "2015-06": (Slip("contract", "", pl.col("hired_on").is_not_null(), nth=2),),
        "2016-04": (Slip("hired_on", "30.02.2016", pl.col("hired_on").is_not_null(), nth=1),),
    },
)


def deliveries(world: World) -> Iterator[SampleDelivery]:
    """Yields the monthly files."""
    yield from months_told(
        world, ("saso", DATASET), first=FIRST, last=LAST, rows=lambda period: _rows(candidacies(world.whole), period), mishaps=_MISHAPS
    )


def _rows(every: pl.DataFrame, period: date) -> pl.DataFrame:
    told = known_in(period, every, started="applied_on")
    return steps_known_in(period, told, steps=_STEPS).with_columns(dotted())


@lru_cache(maxsize=1)
def candidacies(world: World) -> pl.DataFrame:
    """Draws every candidacy with all that comes of it, numbered by application in each year."""
    rng = world.stream(DATASET)
    every = pl.concat([_draw_group(group, group.count * world.scale, rng=rng) for group in _GROUPS]).sort("applied_on", maintain_order=True)
    return every.with_columns(
        candidacy_id=numbered("ESO", "applied_on"),
        avs13=avs_numbers(rng, len(every), taken=cm_fp_dossiers.cases(world)["avs13"]),
        sex=np.where(rng.random(len(every)) < 0.4, 2, 1),
        municipality=pl.Series(homes(rng, len(every))),
        told_in=told_in(),
    )


def _draw_group(group: _Group, count: int, *, rng: np.random.Generator) -> pl.DataFrame:
    months = months_between(*group.applied)
    applied = working_days(rng, months[draw(rng, np.ones(len(months)), count=count)])
    trial = _later(rng, applied, (10, 30)) if group.trial else _never(count)
    trial_ended = _later(rng, trial, (85, 92))
    hired = _later(rng, trial_ended, (3, 14)) if group.activity else _never(count)
    left = np.where(np.isnat(hired), hired, (hired.astype("datetime64[M]") + 1).astype("datetime64[D]"))
    step = np.where(np.isnat(left), np.where(np.isnat(trial_ended), applied, trial_ended), left)
    ended = _later(rng, step, tuple(round(months * 30.4) for months in group.lasting)) if group.reasons else _never(count)
    reasons: list[str | None] = [code for code, weight in group.reasons for _ in range(weight)]
    return _with_criteria(group, count, rng=rng).with_columns(
        birth_date=pl.Series(births(rng, applied, ages=group.ages)),
        applied_on=pl.Series(applied),
        trial_started_on=pl.Series(trial),
        trial_ended_on=pl.Series(trial_ended),
        hired_on=pl.Series(hired),
        left_social_aid_on=pl.Series(left),
        ended_on=pl.Series(ended),
        enterprise=pl.Series(np.where((applied < _SECOND_ENTERPRISE) | (rng.random(count) < 0.35), ALFASET, ESPACE)),
        activity=_chosen(rng, group.activity or _ACTIVITIES, count=count),
        contract=pl.lit("CDD" if group.activity and group.reasons else "CDI"),
        # In the pilot somebody hired left social aid altogether or was not hired.
        exit_extent=pl.Series(np.where((applied < np.datetime64("2013")) | (rng.random(count) < 0.6), "TOTALE", "PARTIELLE")),
        end_reason=_chosen(rng, reasons or [None], count=count),
    )


def _with_criteria(group: _Group, count: int, *, rng: np.random.Generator) -> pl.DataFrame:
    """Draws what eligibility asks about, met but for the one criterion that fails; the age is another matter."""
    little_debt = np.where(rng.random(count) < 0.5, 0, rng.integers(2, 190, count) * 50)
    return pl.DataFrame(
        {
            "productivity": rng.integers(25, 58, count) if group.failing == "PRODUCTIVITE" else rng.integers(60, 91, count),
            "dependants": np.full(count, group.failing == "CHARGE_DE_FAMILLE"),
            "heavy_social_problem": np.full(count, group.failing == "PROBLEMATIQUE"),
            "debt": (rng.integers(105, 480, count) * 100 if group.failing == "DETTES" else little_debt).astype(float),
        }
    )


def _later(rng: np.random.Generator, days: np.ndarray, apart: tuple[int, ...]) -> np.ndarray:
    moved: np.ndarray = days + rng.integers(apart[0], apart[1], len(days), endpoint=True).astype("timedelta64[D]")
    return np.busday_offset(moved, 0, roll="forward")


def _never(count: int) -> np.ndarray:
    return np.full(count, np.datetime64("NaT", "D"))


def _chosen(rng: np.random.Generator, words: Sequence[str | None], *, count: int) -> pl.Series:
    return pl.Series(words, dtype=pl.String)[rng.permutation(np.resize(np.arange(len(words)), count))]
