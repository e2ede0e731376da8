"""Invented bilateral agreements between the institutions, sent by the cantonal coordination (CII) each year."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from pipelines.sample.delivery import SampleDelivery, Slip
from pipelines.sample.telling import Mishaps, listed_in, years_told
from pipelines.sample.world import World

DATASET = "conventions"
YEARS = {year: date(year + 1, 1, 1) for year in range(2013, 2017)}

# Between whom, since when, to be reviewed when, until when.
_AGREEMENTS = (
    ("SEMP", "SASO", date(2008, 6, 2), date(2014, 6, 30), date(2014, 6, 30)),
    ("SEMP", "OAI", date(2009, 3, 16), date(2015, 3, 31), None),
    ("SASO", "OAI", date(2010, 1, 11), date(2016, 1, 31), None),
    ("SEMP", "SFPO", date(2010, 9, 6), date(2015, 9, 30), None),
    ("SASO", "SFPO", date(2011, 5, 9), date(2016, 5, 31), None),
    ("OAI", "SFPO", date(2011, 11, 21), date(2016, 11, 30), None),
    ("SASO", "SMIG", date(2012, 2, 6), date(2015, 2, 28), None),
    ("SEMP", "SMIG", date(2012, 10, 1), date(2015, 9, 30), date(2015, 9, 30)),
    ("SFPO", "SMIG", date(2013, 4, 15), date(2017, 4, 30), None),
    ("SEMP", "SASO", date(2014, 7, 1), date(2018, 6, 30), None),
    ("OAI", "SMIG", date(2014, 11, 3), date(2017, 11, 30), None),
    ("SEMP", "CII", date(2015, 1, 5), date(2017, 12, 31), None),
    ("OAI", "CII", date(2015, 1, 5), date(2017, 12, 31), None),
    ("SASO", "CII", date(2015, 1, 5), date(2017, 12, 31), None),
    ("SEMP", "SMIG", date(2015, 10, 1), date(2019, 9, 30), None),
    ("SFPO", "CII", date(2016, 9, 12), date(2018, 9, 30), None),
)

_MISHAPS = Mishaps(
    slips={
        "2014": (Slip("party_b", "SASO", pl.col("agreement_id") == "CONV-03"),),
        "2015": (Slip("party_a", "ORP", pl.col("agreement_id") == "CONV-04"),),
    },
)


def deliveries(world: World) -> Iterator[SampleDelivery]:
    """Yields the yearly files."""
    yield from years_told(world, ("cii", DATASET), years=YEARS, rows=_rows, mishaps=_MISHAPS)


def _rows(year: date) -> pl.DataFrame:
    """The agreements signed by the end of the year, but for those that ended in an earlier one."""
    columns = ("party_a", "party_b", "signed_on", "review_on", "ended_on")
    every = pl.DataFrame(_AGREEMENTS, schema=columns, orient="row").with_row_index("number", offset=1)
    identified = every.with_columns(agreement_id=pl.format("CONV-{}", pl.col("number").cast(pl.String).str.zfill(2)))
    return listed_in(year, identified, since="signed_on", ended="ended_on")
