"""The actions of the seven axes 2013-2017, sent by the cantonal coordination (CII) each year.

The actions and the services behind them are those of the balance of 2013-2017, in our own words; `actions_axes.csv` holds
them with their state at the end of each year. Where the balance gives no day or no state, both are invented. The file of 2017
tells what was known at the end of March.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl

from pipelines.sample.delivery import SampleDelivery, Slip
from pipelines.sample.telling import Mishaps, years_told
from pipelines.sample.world import World

DATASET = "actions_axes"
# The month each year's file arrives in.
YEARS = {year: date(year + 1, 1, 1) for year in range(2013, 2017)} | {2017: date(2017, 4, 1)}
_ACTIONS = Path(__file__).with_suffix(".csv")

_MISHAPS = Mishaps(
    slips={
        "2014": (Slip("indicator", "measure_cost_by_place", pl.col("action_id") == "A-17"),),
        "2015": (Slip("status", "EN PAUSE", pl.col("action_id") == "A-18"), Slip("sub_axis", "4.2", pl.col("action_id") == "A-24")),
    },
)


def deliveries(world: World) -> Iterator[SampleDelivery]:
    """Yields the yearly files."""
    yield from years_told(world, ("cii", DATASET), years=YEARS, rows=_rows, mishaps=_MISHAPS)


def _rows(year: date) -> pl.DataFrame:
    """The actions known by the end of the year, as they stood then."""
    every = pl.read_csv(_ACTIONS, schema_overrides={"sub_axis": pl.String}, try_parse_dates=True)
    known = every.filter(pl.col(f"{year:%Y}").is_not_null())
    return known.with_columns(
        axis=pl.col("sub_axis").str.head(1).cast(pl.Int64),
        status=pl.col(f"{year:%Y}"),
        started_on=pl.when(pl.col(f"{year:%Y}") != "PREVU").then("started_on"),
    )
