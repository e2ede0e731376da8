"""A register in which something was released, without a pack to release."""

import datetime as dt
from collections.abc import Iterable

import polars as pl

from pipelines.disclosure.shown import TOLD
from pipelines.orchestration import fingerprint
from pipelines.release import kept
from pipelines.release.register import Release, last_entry, record, releases
from pipelines.release.tables import RELEASED_VALUE
from pipelines.settings import Settings

# What of a release is compared with the warehouse.
_LEDGER = {"delivery_id": pl.String, "service": pl.String, "dataset": pl.String, "period": pl.Date, "status": pl.String}
_CATALOGUE = {"indicator": pl.String, "definition_version": pl.Int64}


def released(settings: Settings, *values: tuple, period: dt.date, at: dt.datetime, ledger: Iterable[tuple] = ()) -> Release:
    """A release that told these values: indicator, grain, period, dimension, member, numerator, denominator, value."""
    names = [name for name in RELEASED_VALUE.names if name != "release"]
    told = pl.DataFrame(values, schema={name: RELEASED_VALUE.frame_schema[name] for name in names}, orient="row")
    told = told.with_columns(complete=True, mature=True, reason=pl.lit(None, pl.String))
    made_of = fingerprint.besides_deliveries(settings) | {"linked": settings.linked}
    tables = dict.fromkeys(TOLD, told.clear()) | {
        TOLD[0]: told,
        "stg.delivery": pl.DataFrame(list(ledger), schema=_LEDGER, orient="row"),
        "stg.fingerprint": pl.DataFrame(list(made_of.items()), schema=["part", "sha256"], orient="row"),
        "mart.indicator": pl.DataFrame(schema=_CATALOGUE),
    }
    known = releases(settings.register)
    settings.register.mkdir(parents=True, exist_ok=True)
    draft = kept.keep(settings.register, tables, file=b"")
    hashes = dict.fromkeys(("definitions", "deliveries", "code", "settings", "file"), "")
    one = Release(
        number=len(known) + 1,
        pack="gp-cii",
        period=period,
        released_at=at,
        released_by="Présidence inventée",
        shown=kept.hash_of(draft),
        previous=last_entry(known),
        **hashes,
    )
    record(settings.register, one)
    kept.settle(settings.register, one.folder)
    return one
