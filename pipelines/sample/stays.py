"""Who stays in which measure: the places are filled month by month with persons the services know at that time.

A service sends only those it pays for: SEMP jobseekers, SASO recipients of social aid, SMIG those it integrates, OAI those in
rehabilitation, SFPO those of the case management. Nobody is in two measures at once, and nobody outlasts the measure or
the benefit. A PSET programme is filled up to what its own file says is occupied.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import polars as pl

from pipelines.sample import cm_fp_dossiers, pset_places
from pipelines.sample.lives import lives
from pipelines.sample.offer import Measure, inventory
from pipelines.sample.world import LAST, World, following, last_day, months_between, words, working_days

SERVICES = ("semp", "saso", "smig", "oai", "sfpo")
FIRST = date(2013, 1, 1)
_FILLING_SINCE = date(2012, 1, 1)  # so that the first month told is as full as any

_AT_LEAST = np.timedelta64(45, "D")  # what a benefit must still last for a measure to begin
_YOUNG = np.timedelta64(26 * 365, "D")
_FILLED = (0.72, 1.0)
_MONTHS = (1.5, 5, 10)
# Leaving before the end comes early.
_OUTCOMES = {
    "FIN_PREVUE": 46,
    "EMPLOI": 8,
    "FORMATION": 5,
    "AUTRE_MESURE": 13,
    "ABANDON": 12,
    "EXCLUSION": 5,
    "SANTE": 7,
    "AUTRE": 4,
}
_PLACEMENTS = _OUTCOMES | {"EMPLOI": 18, "FIN_PREVUE": 36}
_EARLY = ("ABANDON", "EXCLUSION", "SANTE")
# What ends a benefit, or a case, ends the measure with it.
_WITH_THE_BENEFIT = {
    "EMPLOI": "EMPLOI",
    "FORMATION": "FORMATION",
    "CFC": "FORMATION",
    "AFP": "FORMATION",
    "APPRENTISSAGE": "FORMATION",
    "STRUCTURE_ADAPTEE": "AUTRE_MESURE",
    "AUTRE_PRESTATION": "AUTRE_MESURE",
}
_UNKNOWN_MEASURE = "MES-940"  # in no inventory: a warning


@dataclass(frozen=True)
class _Pool:
    """The persons a service may send, with the days it knows them from and to, and why no longer."""

    person: np.ndarray
    started: np.ndarray
    ended: np.ndarray
    outcome: np.ndarray


@dataclass(frozen=True)
class _Offer:
    """The measures by column: who uses them, until when, for whom."""

    measures: tuple[Measure, ...]
    shares: np.ndarray
    ends: np.ndarray
    young: np.ndarray
    placing: np.ndarray


@lru_cache(maxsize=1)
def stays(world: World) -> pl.DataFrame:
    """Draws every stay to its end: participation_id, service, person, measure_id, price, started_on, ended_on, outcome."""
    rng = world.stream("stays")
    offer = _offer(world)
    pools = {service: _pool(world, service) for service in SERVICES}
    births = lives(world).persons["birth_date"].to_numpy()
    busy_until = np.full(len(births), np.datetime64("2000-01-01"))
    all_stays: list[dict[str, np.ndarray]] = []
    active = _none()
    for month in months_between(_FILLING_SINCE, LAST):
        sizes, wanted = _wanted(world, offer, month.item(), rng=rng)
        last = (month + 1).astype("datetime64[D]") - 1
        gone = active["ended"] <= last
        all_stays.append({name: values[gone] for name, values in active.items()})
        active = _fitting({name: values[~gone] for name, values in active.items()}, sizes, last)
        all_stays.append({name: values[active["ended"] <= last] for name, values in active.items()})
        active = {name: values[active["ended"] > last] for name, values in active.items()}
        free = np.maximum(wanted - np.bincount(active["measure"], minlength=len(wanted)), 0)
        slots = rng.permutation(np.repeat(np.arange(len(free)), free))
        whose = (rng.random(len(slots))[:, np.newaxis] < offer.shares[slots]).argmax(axis=1)
        for number, service in enumerate(SERVICES):
            mine = slots[whose == number]
            chosen = _chosen(pools[service], mine, month=month, young=offer.young[mine], births=births, busy_until=busy_until, rng=rng)
            new = _begun(rng, offer, number, *chosen, pool=pools[service], month=month)
            busy_until[new["person"]] = new["ended"]
            active = {name: np.concatenate([active[name], new[name]]) for name in active}
    return _numbered([*all_stays, active], offer)


def told_of(world: World, service: str) -> pl.DataFrame:
    """The stays one service tells of, from January 2013 on."""
    return stays(world).filter(pl.col("service") == service, pl.col("ended_on") >= FIRST)


def _offer(world: World) -> _Offer:
    measures = inventory(world)
    shares = np.array([[each.shares.get(service, 0) for service in SERVICES] for each in measures])
    forever = np.datetime64("2099-12-31")
    return _Offer(
        measures,
        np.cumsum(shares, axis=1) + 1e-9,
        np.array([np.datetime64(last_day(each.ends)) if each.ends else forever for each in measures]),
        np.array([each.young for each in measures]),
        np.array([each.kind == "PLACEMENT" for each in measures]),
    )


def _pool(world: World, service: str) -> _Pool:
    if service == "sfpo":
        cases = cm_fp_dossiers.cases(world)
        known = cases.select(pl.int_range(pl.len()).alias("person"), "announced_on", "closed_on", "outcome")
    else:
        spells = lives(world).spells.filter(pl.col("service") == service, pl.col("benefit") != "AI_RENTE")
        known = spells.select("person", "started_on", "ended_on", "end_reason")
    person, started, ended, why = known.sort(pl.nth(1)).get_columns()
    outcome = why.replace_strict(_WITH_THE_BENEFIT, default="AUTRE").to_numpy()
    return _Pool(person.to_numpy(), started.to_numpy(), ended.to_numpy(), outcome)


def _wanted(world: World, offer: _Offer, period: date, *, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The places of each measure at the end of the month, and how many of them are to be filled by then."""
    month = f"{period:%Y-%m}"
    sizes = np.array([each.size(month) for each in offer.measures])
    wanted = np.ceil(sizes * rng.uniform(*_FILLED, len(sizes))).astype(int)
    _, programmes = pset_places.programmes(world, period)
    occupied = dict(programmes.select("programme_id", "occupied").iter_rows())
    wanted = np.array([min(occupied.get(each.number, fill), size) for each, fill, size in zip(offer.measures, wanted, sizes, strict=True)])
    # Nobody begins where little time is left.
    ending = offer.ends < np.datetime64(following(following(period)))
    return sizes, np.where(ending, 0, wanted)


def _fitting(active: dict[str, np.ndarray], sizes: np.ndarray, last: np.datetime64) -> dict[str, np.ndarray]:
    """Ends the oldest stays of a measure that has lost places, a few days before the end of the month."""
    order = np.lexsort((active["started"], active["measure"]))
    measure = active["measure"][order]
    counts = np.bincount(measure, minlength=len(sizes))
    rank = np.arange(len(measure)) - (np.cumsum(counts) - counts)[measure]
    over = order[rank < (counts - sizes)[measure]]
    ended, outcome = active["ended"].copy(), active["outcome"].copy()
    ended[over], outcome[over] = last - 3, "FIN_PREVUE"
    return active | {"ended": ended, "outcome": outcome}


def _chosen(
    pool: _Pool,
    slots: np.ndarray,
    *,
    month: np.datetime64,
    young: np.ndarray,
    births: np.ndarray,
    busy_until: np.ndarray,
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """Chooses persons for the places, the young first for those kept for them; gives places and rows of the pool."""
    first = month.astype("datetime64[D]")
    able = np.flatnonzero((pool.started <= first) & (pool.ended >= first + _AT_LEAST) & (busy_until[pool.person] < first))
    able = rng.permutation(able[np.unique(pool.person[able], return_index=True)[1]])
    is_young = births[pool.person[able]] > first - _YOUNG
    kept = able[is_young][: young.sum()]
    rest = able[~np.isin(able, kept)][: (~young).sum()]
    return np.concatenate([slots[young][: len(kept)], slots[~young][: len(rest)]]), np.concatenate([kept, rest])


def _begun(
    rng: np.random.Generator, offer: _Offer, service: int, slots: np.ndarray, rows: np.ndarray, *, pool: _Pool, month: np.datetime64
) -> dict[str, np.ndarray]:
    """Draws the stays that begin in the month: until when they last, and how they end."""
    started = working_days(rng, np.full(len(slots), month))
    outcome = np.where(offer.placing[slots], words(rng, _PLACEMENTS, count=len(slots)), words(rng, _OUTCOMES, count=len(slots)))
    shortened = np.where(np.isin(outcome, _EARLY), 0.4, 1)
    planned = started + np.round(rng.triangular(*_MONTHS, len(slots)) * shortened * 30.4).astype("timedelta64[D]")
    limits = np.minimum(pool.ended[rows], offer.ends[slots])
    outcome = np.where(planned < limits, outcome, np.where(pool.ended[rows] <= offer.ends[slots], pool.outcome[rows], "FIN_PREVUE"))
    return {
        "service": np.full(len(slots), service),
        "measure": slots,
        "person": pool.person[rows],
        "started": started,
        "ended": np.minimum(planned, limits),
        "outcome": outcome.astype(object),
    }


def _none() -> dict[str, np.ndarray]:
    days, numbers = np.array([], "datetime64[D]"), np.array([], int)
    return {"service": numbers, "measure": numbers, "person": numbers, "started": days, "ended": days, "outcome": np.array([], object)}


def _numbered(parts: list[dict[str, np.ndarray]], offer: _Offer) -> pl.DataFrame:
    """All stays in order of their start, numbered by service and year."""
    columns = {name: np.concatenate([part[name] for part in parts]) for name in _none()}
    numbers = pl.Series([each.number for each in offer.measures])
    prices = pl.Series([float(each.price) for each in offer.measures])
    every = pl.DataFrame(
        {
            "service": pl.Series(SERVICES).gather(columns["service"]),
            "person": columns["person"],
            "measure_id": numbers.gather(columns["measure"]),
            "price": prices.gather(columns["measure"]),
            "started_on": columns["started"],
            "ended_on": columns["ended"],
            "outcome": pl.Series(columns["outcome"].tolist(), dtype=pl.String),
        }
    ).sort("started_on", "service", "person")
    year = pl.col("started_on").dt.year()
    number = pl.int_range(1, pl.len() + 1).over("service", year).cast(pl.String).str.zfill(4)
    unknown = (pl.col("service") == "saso") & (pl.col("started_on") >= date(2014, 6, 1))
    return every.with_columns(
        participation_id=pl.format("{}-{}-{}", pl.col("service").str.to_uppercase(), year, number),
        measure_id=pl.when(unknown & (unknown.cum_sum() == 1)).then(pl.lit(_UNKNOWN_MEASURE)).otherwise("measure_id"),
    )
