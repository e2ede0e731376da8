"""The packs of a month as they come to be: two from every run, and those that somebody asks for."""

import datetime as dt
from pathlib import Path

from pipelines import duck
from pipelines.contracts.thresholds import Thresholds
from pipelines.reports.book import open_book
from pipelines.reports.files import COORDINATION, GP_CII
from pipelines.reports.pack import write_index, write_pack
from pipelines.reports.passage import passed


def write_packs(con: duck.Connection, out: Path, *, period: dt.date, sample: bool = True) -> list[Path]:
    """Write the steering group's pack, controlled and whole, the coordination group's whole one with its sheets, and the list."""
    whole = open_book(con, period)
    with passed(whole, GP_CII, thresholds=Thresholds()) as book:
        written = write_pack(book, out, GP_CII, sample=sample)
    for pack in (GP_CII, COORDINATION):
        written += write_pack(whole, out, pack, sample=sample)
    return [*written, write_index(out, sample=sample)]
