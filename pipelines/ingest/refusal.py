"""A file that is refused before its rows are looked at: the verdict with its one finding."""

from typing import Any

import polars as pl

from pipelines.ingest.findings import finding
from pipelines.ingest.intake import Intake


def refused(rule: str, **words: Any) -> Intake:
    """The verdict by a rule on files, its sentences filled in."""
    return Intake(False, rule, pl.DataFrame(), finding(rule, **words), 0, 0, 0, 0)
