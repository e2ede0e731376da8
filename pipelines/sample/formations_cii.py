"""Training sessions on collaboration, sent by the cantonal coordination (CII) since 2017.

Published is that a first cycle of half-days was held in March 2017 and that one a quarter follows. Who came is invented.
"""

from collections.abc import Iterator
from datetime import date

import polars as pl

from pipelines.sample.delivery import SampleDelivery
from pipelines.sample.telling import Mishaps, months_told
from pipelines.sample.world import LAST, World

DATASET = "formations_cii"
FIRST = date(2017, 1, 1)

_FIRST_CYCLE = {"SEMP": 9, "SASO": 8, "OAI": 4, "SFPO": 5, "SMIG": 6}
_HELD_ON = date(2017, 3, 16)

_MISHAPS = Mishaps(twice={"2017-03": 1})


def deliveries(world: World) -> Iterator[SampleDelivery]:
    """Yields the monthly files; one without a session has no row."""
    yield from months_told(world, ("cii", DATASET), first=FIRST, last=LAST, rows=_rows, mishaps=_MISHAPS)


def _rows(period: date) -> pl.DataFrame:
    rows = pl.DataFrame(
        {
            "session_id": ["CII-2017-1"] * len(_FIRST_CYCLE),
            "held_on": [_HELD_ON] * len(_FIRST_CYCLE),
            "service": list(_FIRST_CYCLE),
            "participants": list(_FIRST_CYCLE.values()),
        }
    )
    return rows.filter(pl.col("held_on").dt.month_start() == period)
