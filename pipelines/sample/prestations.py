"""Invented benefits and support, sent by five services since January 2009; OAI and SFPO began later and miss months.

Which benefits a person draws, and what follows what, is drawn in `lives`. Of the spells that end in a month for which no
file was sent, the next one tells two late: a warning.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache, partial

import polars as pl

from pipelines.sample.delivery import SampleDelivery, Slip
from pipelines.sample.lives import lives
from pipelines.sample.people import dotted, renumbered
from pipelines.sample.telling import Mishaps, caught_up, days_in, known_in, lost, months_told, still_told
from pipelines.sample.world import LAST, World, following

DATASET = "prestations"
FIRST = {
    "semp": date(2009, 1, 1),
    "saso": date(2009, 1, 1),
    "smig": date(2009, 1, 1),
    "oai": date(2010, 1, 1),
    "sfpo": date(2009, 8, 1),
}
_VANISHED = {"saso": date(2012, 5, 1), "smig": date(2014, 2, 1)}  # the last month one spell is told of
_OPEN = pl.col("ended_on").is_null()
_ENDED = pl.col("ended_on").is_not_null()

_MISHAPS = {
    "semp": Mishaps(
        slips={
            "2010-03": (Slip("municipality", 6440, _OPEN, nth=14),),
            "2012-11": (
                Slip("amount", "1.234", _OPEN, nth=30),
                Slip("avs13", "756.9217.0769.84", _OPEN, nth=41),
                Slip("end_reason", "EMPLOI", _OPEN, nth=52),
            ),
            "2014-09": (Slip("benefit", "AC_INDEMNITES", _OPEN, nth=8), Slip("sex", "X", _OPEN, nth=22)),
            "2016-06": (Slip("avs13", "7.56922E+12", _OPEN, nth=3), Slip("started_on", "2.7.2016", _OPEN, nth=-1)),
        },
        corrected=("2012-11",),
    ),
    "saso": Mishaps(
        slips={
            "2009-05": (Slip("birth_date", "12.07.74", _OPEN, nth=6),),
            "2011-09": (Slip("permit", "Z", _OPEN, nth=17), Slip("amount", "-250", _OPEN, nth=33)),
            # Dissolved the month before: a warning.
            "2013-01": (Slip("municipality", 6472, pl.col("municipality") == 6487),),
            "2015-11": (Slip("benefit", "AI_RENTE", _OPEN, nth=25), Slip("end_reason", "", _ENDED)),
        },
        twice={"2014-03": 12},
        late={"2014-06": (24, 24)},
    ),
    "oai": Mishaps(
        slips={
            "2011-04": (Slip("amount", "1,234", _OPEN, nth=9),),
            "2013-10": (Slip("started_on", "2013-10-32", _OPEN, nth=2),),
            "2016-03": (Slip("benefit", "AIDE_SOCIALE", _OPEN, nth=20),),
        },
        missing=("2010-07", "2011-12", "2012-08", "2013-07", "2014-08", "2015-07", "2015-12", "2016-08"),
    ),
    "sfpo": Mishaps(
        slips={
            "2012-09": (Slip("started_on", "01.10.2012", _OPEN, nth=-1),),
            "2015-02": (Slip("sex", "fille", _OPEN, nth=4), Slip("permit", "CHE", _OPEN, nth=11)),
        },
        missing=("2010-07", "2011-07", "2012-07", "2012-12", "2013-07", "2014-07", "2015-06", "2016-07", "2017-02"),
    ),
    "smig": Mishaps(
        slips={
            "2010-11": (Slip("birth_date", "01.01.1889", _OPEN, nth=5),),
            "2013-05": (Slip("permit", "F plus", _OPEN, nth=7),),
            "2015-09": (Slip("avs13", "756.1234.5678", _OPEN, nth=3), Slip("amount", "env. 900", _OPEN, nth=10)),
        },
        corrected=("2015-09",),
    ),
}


def deliveries(world: World) -> Iterator[SampleDelivery]:
    """Yields the monthly files of each service."""
    for service, mishaps in _MISHAPS.items():
        rows = partial(_rows, world.whole, service)
        yield from months_told(world, (service, DATASET), first=FIRST[service], last=LAST, rows=rows, mishaps=mishaps)


def _rows(world: World, service: str, period: date) -> pl.DataFrame:
    told = known_in(period, _sent(world)[service].filter(still_told(period)))
    persons = lives(world).persons.select("person", "avs13", "birth_date", "sex", "municipality")
    return told.join(persons, on="person", how="left", maintain_order="left").with_columns(
        dotted(), pl.col("municipality").replace(renumbered(period)), amount=_amount(period)
    )


@lru_cache(maxsize=1)
def _sent(world: World) -> dict[str, pl.DataFrame]:
    """The spells each service tells of."""
    spells = lives(world).spells
    return {
        service: lost(caught_up(spells.filter(service=service), missing=mishaps.missing), _VANISHED.get(service), nth=20)
        for service, mishaps in _MISHAPS.items()
    }


def _amount(period: date) -> pl.Expr:
    """The month's share of the monthly rate, by days, to five centimes; nothing for a spell that ended before."""
    share = days_in(period) / (following(period) - period).days
    return (pl.col("rate") * share * 20).round() / 20
