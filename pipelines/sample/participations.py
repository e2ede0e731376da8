"""Invented participations in measures, sent by SEMP, SASO and SMIG since January 2013; by OAI and SFPO now and then.

Who takes part in what is drawn in `stays`. Of those that end in a month for which no file was sent, the next one tells
two late: a warning.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache, partial

import polars as pl

from pipelines.sample.delivery import SampleDelivery, Slip
from pipelines.sample.lives import lives
from pipelines.sample.people import dotted
from pipelines.sample.stays import told_of
from pipelines.sample.telling import Mishaps, caught_up, days_in, known_in, lost, months_told, still_told
from pipelines.sample.world import LAST, World, following

DATASET = "participations"
FIRST = {
    "semp": date(2013, 1, 1),
    "saso": date(2013, 1, 1),
    "smig": date(2013, 1, 1),
    "oai": date(2013, 7, 1),
    "sfpo": date(2014, 9, 1),
}
_VANISHED = {"semp": date(2015, 4, 1)}  # the last month one participation is told of
_OPEN = pl.col("ended_on").is_null()
_ENDED = pl.col("ended_on").is_not_null()

_MISHAPS = {
    "semp": Mishaps(
        slips={
            "2013-06": (Slip("outcome", "EMPLOIE", _ENDED, nth=1), Slip("cost", "1,234", _OPEN, nth=5)),
            "2015-01": (Slip("avs13", "756.9217.0769.84", _OPEN, nth=11),),
            "2016-02": (Slip("measure_id", "MES-999", _OPEN, nth=7), Slip("started_on", "01.03.2016", _OPEN, nth=-1)),
        },
        twice={"2014-10": 3},
    ),
    "saso": Mishaps(
        slips={
            "2014-03": (Slip("cost", "-800", _OPEN, nth=4), Slip("outcome", "", _ENDED), Slip("started_on", "31.11.2013", _OPEN, nth=9)),
            "2016-10": (Slip("avs13", "", _OPEN, nth=2), Slip("outcome", "EMPLOI", _OPEN, nth=20)),
        },
        corrected=("2014-03",),
    ),
    "smig": Mishaps(
        slips={"2014-08": (Slip("cost", "gratuit", _OPEN, nth=2),), "2016-05": (Slip("started_on", "12.4.16", _OPEN, nth=3),)},
        late={"2015-11": (21, 21)},
    ),
    "oai": Mishaps(
        slips={"2015-05": (Slip("cost", "2'6OO", _OPEN, nth=1),)},
        missing=("2013-08", "2013-12", "2014-07", "2015-01", "2015-08", "2016-03", "2016-07", "2016-12"),
    ),
    "sfpo": Mishaps(
        slips={"2016-11": (Slip("outcome", "CFC", _ENDED),)},
        missing=("2014-12", "2015-07", "2015-08", "2016-02", "2016-07", "2017-01"),
    ),
}


def deliveries(world: World) -> Iterator[SampleDelivery]:
    """Yields the monthly files of each service."""
    for service, mishaps in _MISHAPS.items():
        rows = partial(_rows, world.whole, service)
        yield from months_told(world, (service, DATASET), first=FIRST[service], last=LAST, rows=rows, mishaps=mishaps)


def _rows(world: World, service: str, period: date) -> pl.DataFrame:
    told = known_in(period, _sent(world, service).filter(still_told(period)), with_end=("ended_on", "outcome"))
    numbers = lives(world).persons.select("person", "avs13")
    return told.join(numbers, on="person", how="left", maintain_order="left").with_columns(dotted(), cost=_cost(period))


@lru_cache(maxsize=1)
def _sent(world: World, service: str) -> pl.DataFrame:
    mine = caught_up(told_of(world, service), missing=_MISHAPS[service].missing)
    return lost(mine, _VANISHED.get(service), nth=10)


def _cost(period: date) -> pl.Expr:
    """The price of the place for the days of the month it was taken, to the franc."""
    return (pl.col("price") * days_in(period) / (following(period) - period).days).round()
