"""Cells that hold a number or a day: what a person reads, made from what a program counts with."""

import datetime as dt
from typing import Any

from pipelines.reports.content import Cell
from pipelines.reports.formats import Amount


def amount_cell(amount: Amount | None, *, absent: str = "–", **more: Any) -> Cell:
    """A number or a day, or what stands where there is none; `more` is what else a cell has."""
    return Cell(amount.text if amount else absent, amount=amount, **more)


def number_cell(
    value: float | None, decimals: int | None = None, *, absent: str = "–", before: str = "", after: str = "", **more: Any
) -> Cell:
    """A number, or what stands where there is none."""
    return amount_cell(None if value is None else Amount(value, decimals=decimals, before=before, after=after), absent=absent, **more)


def share_cell(value: float | None, *, absent: str = "–", after: str = "", **more: Any) -> Cell:
    """A share in per cent, or what stands where there is none."""
    return amount_cell(None if value is None else Amount(value, "share", after=after), absent=absent, **more)


def change_cell(value: float | None, decimals: int | None = None, *, absent: str = "–", after: str = "", **more: Any) -> Cell:
    """By how much something moved, or what stands where that is not known."""
    return amount_cell(None if value is None else Amount(value, "change", decimals, after=after), absent=absent, **more)


def day_cell(day: dt.date | None, **more: Any) -> Cell:
    """A day; a dash where there is none."""
    return amount_cell(None if day is None else Amount(day, "day"), **more)
