"""The invented inventory of insertion measures, sent by SEMP since January 2013."""

from collections.abc import Iterator
from datetime import date
from functools import partial

import polars as pl

from pipelines.sample.delivery import SampleDelivery, Slip
from pipelines.sample.offer import open_in
from pipelines.sample.telling import Mishaps, months_told
from pipelines.sample.world import LAST, World

DATASET = "mesures"
FIRST = date(2013, 1, 1)

# On small measures: who takes part in one left out for a month takes part in one that is not in the inventory.
_MISHAPS = Mishaps(
    slips={
        "2013-08": (Slip("kind", "COURS", pl.col("measure_id") == "MES-103"),),
        "2014-11": (Slip("places", -2, pl.col("measure_id") == "MES-107"),),
        "2015-10": (Slip("branch", "Horlogerie", pl.col("measure_id") == "MES-112"),),
        "2016-09": (Slip("monthly_cost_per_place", "8OO.-", pl.col("measure_id") == "MES-126"),),
    },
)


def deliveries(world: World) -> Iterator[SampleDelivery]:
    """Yields the monthly files."""
    yield from months_told(world, ("semp", DATASET), first=FIRST, last=LAST, rows=partial(open_in, world), mishaps=_MISHAPS)
