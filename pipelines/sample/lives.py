"""The persons of the invented world and the benefits they live on, whichever service pays them.

The same persons walk through all services: those of the case management (CM-FP) and of the social enterprises (NE-ESO)
come with the cases their own files tell of; the others take one of the `courses`. An AVS number, a birth date, a sex and
a home belong to one person everywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np
import polars as pl

from pipelines.sample import cm_fp_dossiers, ne_eso_candidatures
from pipelines.sample.courses import (
    AFTER_TRAINING,
    APPRENTICE,
    COURSES,
    LEAVING,
    RATES,
    SENDERS,
    YOUNG_AT_INSURANCE,
    YOUNG_ON_AID,
    YOUNG_SEEKER,
    Course,
    Stage,
)
from pipelines.sample.people import avs_numbers, births, homes
from pipelines.sample.world import LAST, World, draw, following, months_between, working_days

FIRST = date(2009, 1, 1)

_DAYS = 30.44  # in a month
_BY_THE_MONTH = {"AIDE_SOCIALE", "AI_RENTE", "FORMATION", "FORFAIT_INTEGRATION"}
_FOR_GOOD = ("DECES", "DEPART_CANTON")
# Paid twice by mistake, in two spells that overlap: a warning. The year they begin in.
_TWICE = {"AC_INDEMNITE": 2013, "AIDE_SOCIALE": 2014}


@dataclass(frozen=True)
class Lives:
    """Everybody, and what they draw.

    Attributes:
        persons: A row each: person (its number), avs13, birth_date, sex, municipality, permit.
        spells: A row per benefit drawn without interruption: person, service, benefit, started_on, ended_on, end_reason, permit, rate.
    """

    persons: pl.DataFrame
    spells: pl.DataFrame


@lru_cache(maxsize=1)
def lives(world: World) -> Lives:
    """Draws everybody and all they draw, to the end and beyond it; only ends that have come are ever told."""
    rng = world.stream("lives")
    persons, starts = _persons(world, rng=rng)
    walks = [*_of_young_people(world), *_of_the_enterprises(world)]
    walks += [walk(rng, COURSES[name].stages, people=people, begin=begin) for name, people, begin in starts]
    return Lives(persons, _ordered(pl.concat(walks), persons, rng=rng))


def walk(rng: np.random.Generator, stages: Sequence[Stage], *, people: np.ndarray, begin: np.ndarray) -> pl.DataFrame:
    """Draws the spells of persons who take these stages from these days on."""
    reached = np.cumprod([rng.random(len(people)) < (stage.share if number else 1) for number, stage in enumerate(stages)], axis=0) > 0
    spells, started, base = [], begin, begin
    for number, stage in enumerate(stages):
        gap = rng.uniform(*stage.gap, len(people)) if number else np.zeros(len(people))
        started = _start(stage, (started if stage.beside else base) + _whole_days(gap))
        ended = _end(stage, started + _whole_days(_lasting(rng, stage, count=len(people))))
        goes_on = number + 1 < len(stages) and not stages[number + 1].beside
        followed = reached[number + 1] if goes_on else np.zeros(len(people), bool)
        spell = {
            "person": people,
            "benefit": [stage.benefit] * len(people),
            "started_on": started,
            "ended_on": ended,
            "end_reason": np.where(followed, stage.onward, _words(rng, stage.ends, count=len(people))),
            "permit": [stage.permit] * len(people),
        }
        spells.append(pl.DataFrame(spell, schema_overrides={"permit": pl.String}).filter(reached[number]))
        base = ended + 1
    return pl.concat(spells)


def _persons(world: World, *, rng: np.random.Generator) -> tuple[pl.DataFrame, list[tuple[str, np.ndarray, np.ndarray]]]:
    """Draws everybody, and tells which of them take which course from which days on."""
    known = ("avs13", "birth_date", "sex", "municipality")
    others = (cm_fp_dossiers.cases(world), ne_eso_candidatures.candidacies(world))
    earlier = pl.concat([each.select(known) for each in others], how="vertical_relaxed")
    permits = _words(rng, Course(0, ()).permits, count=len(earlier))
    groups, starts, number = [earlier.with_columns(permit=permits)], [], len(earlier)
    for name, course in COURSES.items():
        count = course.count * world.scale
        months = months_between(*course.begins)
        begin = working_days(rng, months[draw(rng, np.ones(len(months)), count=count)])
        starts.append((name, np.arange(number, number + count), begin))
        groups.append(_group(course, begin, rng=rng))
        number += count
    persons = pl.concat(groups, how="diagonal_relaxed")
    numbers = avs_numbers(rng, number - len(earlier), taken=earlier["avs13"])
    return persons.with_columns(avs13=pl.concat([earlier["avs13"], numbers]), person=pl.int_range(pl.len())), starts


def _group(course: Course, begin: np.ndarray, *, rng: np.random.Generator) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "birth_date": births(rng, begin, ages=course.ages),
            "sex": np.where(rng.random(len(begin)) < course.women, 2, 1),
            "municipality": homes(rng, len(begin)),
            "permit": _words(rng, course.permits, count=len(begin)),
        }
    )


def _of_young_people(world: World) -> list[pl.DataFrame]:
    """What those of the case management live on before it, during it and after it."""
    rng = world.stream("lives", "young")
    cases = cm_fp_dossiers.cases(world)
    announced, closed = cases["announced_on"].to_numpy(), cases["closed_on"].to_numpy()
    since = _whole_days(rng.uniform(2, 7, len(cases)))
    soon, later = (_whole_days(rng.uniform(*months, len(cases))) for months in ((0, 2), (3, 14)))

    def those(column: str, *codes: str, share: float = 1) -> np.ndarray:
        chosen: np.ndarray = np.flatnonzero(cases[column].is_in(codes).to_numpy() & (rng.random(len(cases)) < share))
        return chosen

    def led(stages: Sequence[Stage], who: np.ndarray, begin: np.ndarray) -> pl.DataFrame:
        return walk(rng, stages, people=who, begin=begin[who])

    trained = led([APPRENTICE], those("outcome", "CFC", "AFP"), announced + soon)
    until = pl.Series(closed)
    trained = trained.with_columns(ended_on=until.gather(trained["person"]).dt.month_end(), end_reason=pl.lit("EMPLOI"))
    return [
        led([YOUNG_ON_AID], those("referrer", "SSR"), announced - since),
        led([YOUNG_SEEKER], those("referrer", "ORP"), announced - since),
        led([YOUNG_AT_INSURANCE], those("referrer", "OAI"), announced - since),
        trained.filter(pl.col("started_on") < pl.col("ended_on")),
        led([APPRENTICE, replace(AFTER_TRAINING, gap=(0, 3), share=0.3)], those("outcome", "APPRENTISSAGE", share=0.85), closed),
        led([AFTER_TRAINING], those("outcome", "CFC", "AFP", share=0.3), closed + soon),
        led([AFTER_TRAINING], those("outcome", "EMPLOI", share=0.3), closed + later),
        led([YOUNG_AT_INSURANCE], those("outcome", "STRUCTURE_ADAPTEE", share=0.35), closed + soon),
        led([YOUNG_ON_AID], those("outcome", "INTERRUPTION", "SANS_SOLUTION", share=0.5), closed + later),
        led([YOUNG_SEEKER], those("outcome", "INTERRUPTION", "SANS_SOLUTION", "HORS_CRITERES", share=0.4), closed + later),
    ]


def _of_the_enterprises(world: World) -> list[pl.DataFrame]:
    """The social aid of those who apply to the social enterprises, which ends where they leave it altogether."""
    rng = world.stream("lives", "enterprises")
    every = ne_eso_candidatures.candidacies(world)
    people = np.arange(len(every)) + len(cm_fp_dossiers.cases(world))
    begin = every["applied_on"].to_numpy() - _whole_days(rng.uniform(8, 70, len(every)))
    spells = walk(rng, [Stage("AIDE_SOCIALE", (90, 130, 170), (("AUTRE", 1),))], people=people, begin=begin)
    left = every.select(pl.when(pl.col("exit_extent") == "TOTALE").then(pl.col("left_social_aid_on").dt.offset_by("-1d")))
    leaves = pl.col("left").is_not_null()
    return [
        spells.with_columns(left=left.to_series())
        .select(
            pl.exclude("left", "ended_on", "end_reason"),
            ended_on=pl.when(leaves).then("left").otherwise("ended_on"),
            end_reason=pl.when(leaves).then(pl.lit("EMPLOI")).otherwise("end_reason"),
        )
        .select(spells.columns)
    ]


def _ordered(spells: pl.DataFrame, persons: pl.DataFrame, *, rng: np.random.Generator) -> pl.DataFrame:
    """Ends what cannot go on: at the age of retirement, after a death or a departure, or twice at once."""
    mine = spells.join(persons.select("person", "birth_date", "sex", own="permit"), on="person", maintain_order="left")
    retires = pl.col("birth_date").dt.offset_by(pl.when(pl.col("sex") == 1).then(pl.lit("65y")).otherwise(pl.lit("64y"))).dt.month_end()
    until_pension = _cut(mine.with_columns(limit=retires, why=pl.lit("RETRAITE")))
    gone = pl.when(pl.col("end_reason").is_in(_FOR_GOOD)).then("ended_on")
    why = pl.col("end_reason").filter(pl.col("end_reason").is_in(_FOR_GOOD)).sort_by(gone.drop_nulls()).first().over("person")
    until_gone = _cut(until_pension.with_columns(limit=gone.min().over("person"), why=why))
    alone = until_gone.sort("person", "benefit", "started_on", "ended_on").filter(
        (pl.col("started_on") > pl.col("ended_on").cum_max().shift(1).over("person", "benefit")).fill_null(True)
    )
    seen = alone.filter(pl.col("ended_on") >= FIRST, pl.col("started_on") < following(LAST))
    twice = pl.concat([seen, *(_again(seen, benefit, year) for benefit, year in _TWICE.items())])
    return twice.select(
        "person",
        pl.col("benefit").replace_strict(SENDERS).alias("service"),
        "benefit",
        "started_on",
        "ended_on",
        "end_reason",
        pl.coalesce("permit", "own").alias("permit"),
        pl.Series("rate", _rates(twice["benefit"], rng=rng)),
    ).sort("started_on", "person", "benefit")


def _cut(spells: pl.DataFrame) -> pl.DataFrame:
    """Ends at the limit what would last beyond it, and leaves out what would begin after it."""
    beyond = (pl.col("ended_on") > pl.col("limit")).fill_null(False)
    return (
        spells.filter((pl.col("started_on") <= pl.col("limit")).fill_null(True))
        .with_columns(
            end_reason=pl.when(beyond).then("why").otherwise("end_reason"), ended_on=pl.when(beyond).then("limit").otherwise("ended_on")
        )
        .drop("limit", "why")
    )


def _again(spells: pl.DataFrame, benefit: str, year: int) -> pl.DataFrame:
    """A second spell of the same benefit that begins while the first lasts."""
    lasts = (pl.col("ended_on") - pl.col("started_on")).dt.total_days() > 240
    first = spells.filter(pl.col("benefit") == benefit, pl.col("started_on").dt.year() == year, lasts).head(1)
    return first.with_columns(
        pl.col("started_on").dt.offset_by("3mo"), pl.col("started_on").dt.offset_by("6mo").dt.month_end().alias("ended_on")
    )


def _rates(benefits: pl.Series, *, rng: np.random.Generator) -> np.ndarray:
    """Francs a month; those under nothing are nothing."""
    least, usual, most = np.array([RATES[benefit] for benefit in benefits.unique(maintain_order=True)], float).T
    which = benefits.replace_strict({benefit: number for number, benefit in enumerate(benefits.unique(maintain_order=True))}).to_numpy()
    rates: np.ndarray = np.maximum(np.floor(rng.triangular(least[which], usual[which], most[which])), 0)
    return rates


def _lasting(rng: np.random.Generator, stage: Stage, *, count: int) -> np.ndarray:
    """Draws how many months the stage lasts for each person: as it says itself, or until they leave the benefit."""
    if stage.months:
        said: np.ndarray = rng.triangular(*stage.months, count)
        return said
    shares, leaving = np.array(LEAVING[stage.benefit]).T
    drawn: np.ndarray = rng.exponential(1 / leaving[rng.choice(len(shares), count, p=shares)])
    return drawn


def _start(stage: Stage, days: np.ndarray) -> np.ndarray:
    if stage.benefit in _BY_THE_MONTH:
        return ((days - 1).astype("datetime64[M]") + 1).astype("datetime64[D]")
    return np.busday_offset(days, 0, roll="forward")


def _end(stage: Stage, days: np.ndarray) -> np.ndarray:
    return (days.astype("datetime64[M]") + 1).astype("datetime64[D]") - 1 if stage.benefit in _BY_THE_MONTH else days


def _whole_days(months: np.ndarray) -> np.ndarray:
    return np.round(months * _DAYS).astype("timedelta64[D]")


def _words(rng: np.random.Generator, weights: Sequence[tuple[str, int]], *, count: int) -> np.ndarray:
    words, shares = zip(*weights, strict=True)
    drawn: np.ndarray = np.array(words, dtype=object)[rng.permutation(draw(rng, np.array(shares), count=count))]
    return drawn
