"""What releases told, over all of them: what everybody may know before the next pack is made."""

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from pipelines.disclosure.shown import OF_LINES, TOLD
from pipelines.release.kept import table_of
from pipelines.release.register import Release

KEY = ("indicator", "grain", "period", "dimension", "member")


def told_values(register: Path, releases: list[Release]) -> pl.DataFrame | None:
    """Every value of an indicator that a release told, each time, with number and day of the release; None where there was none.

    A figure that a release repeated, for the new one could not be told, is told by the release that told it first.
    """
    rows = _of(register, releases, TOLD[:1])
    # Told in whole per cent only: nothing that could be compared.
    return None if rows is None else rows.filter(pl.col("indicator") != OF_LINES)


def told_last(register: Path, releases: list[Release]) -> pl.DataFrame | None:
    """All that releases told, what is no indicator's among it, as it was told last."""
    rows = _of(register, releases, TOLD)
    return None if rows is None else rows.unique(KEY, keep="last", maintain_order=True)


def _of(register: Path, releases: list[Release], tables: Iterable[str]) -> pl.DataFrame | None:
    found = [
        table_of(register / one.folder, name).with_columns(release=pl.lit(one.number, pl.Int64), released_on=one.released_at.date())
        for one in releases
        for name in tables
    ]
    return pl.concat(found).filter(pl.col("value").is_not_null() & pl.col("reason").is_null()) if found else None
