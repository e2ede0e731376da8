"""Invented budgets per measure and service, sent by SEMP, SASO and SMIG.

They are sent in January of their year, a year before they are due: a budget is of use before it is spent.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial

import polars as pl

from pipelines.sample.delivery import SampleDelivery, Slip
from pipelines.sample.offer import inventory
from pipelines.sample.telling import Mishaps, years_told
from pipelines.sample.world import World

DATASET = "budgets"
YEARS = {year: date(year, 1, 1) for year in range(2013, 2018)}
_OF_FULL_PLACES = 0.92  # nobody expects every place to be taken on every day
_NOBODY_KNOWS = {"smig": (2014, "MES-950")}  # a budget for a measure of no inventory: a warning

_MISHAPS = {
    "semp": Mishaps(slips={"2014": (Slip("budget", "48.500", pl.col("measure_id") == "MES-101"),)}),
    "saso": Mishaps(
        slips={"2015": (Slip("reserved_places", "2,5", pl.col("measure_id") == "MES-102"),)},
        twice={"2016": 2},
    ),
    "smig": Mishaps(slips={"2016": (Slip("budget", "à définir", pl.col("measure_id") == "MES-104"),)}),
}


def deliveries(world: World) -> Iterator[SampleDelivery]:
    """Yields the yearly files of each service."""
    for service, mishaps in _MISHAPS.items():
        yield from years_told(world, (service, DATASET), years=YEARS, rows=partial(_rows, world, service), mishaps=mishaps)


def _rows(world: World, service: str, year: date) -> pl.DataFrame:
    """The measures that run in the year and the part of their places the service reserves."""
    months = [f"{year:%Y}-{month:02}" for month in range(1, 13)]
    rows = []
    for measure in inventory(world):
        sizes = [measure.size(month) for month in months]
        reserved = round(max(sizes) * measure.shares.get(service, 0))
        if reserved:
            budget = sum(sizes) * measure.shares[service] * measure.price * _OF_FULL_PLACES
            rows.append((measure.number, float(round(budget, -2)), reserved))
    unknown_in, unknown = _NOBODY_KNOWS.get(service, (0, ""))
    if unknown_in == year.year:
        rows.append((unknown, 18_000.0, 2))
    return pl.DataFrame(rows, schema=["measure_id", "budget", "reserved_places"], orient="row")
