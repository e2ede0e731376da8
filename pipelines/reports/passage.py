"""What a pack is made from: the whole warehouse for those who may see all, and for the others what passed the control."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from pipelines import duck
from pipelines.contracts.thresholds import Thresholds
from pipelines.disclosure.control import Shown
from pipelines.disclosure.own import own
from pipelines.disclosure.shown import database_of, shown
from pipelines.release.kept import IN_GERMAN, INDICATORS, THRESHOLDS, tables_of
from pipelines.release.register import Release
from pipelines.reports.book import Book, Released, Standing, open_book
from pipelines.reports.language import Language
from pipelines.reports.pages import chapters


@contextmanager
def passed(
    whole: Book, pack: str, *, thresholds: Thresholds, told: pl.DataFrame | None = None, released: Released | None = None
) -> Iterator[Book]:
    """The book of a pack that leaves the circle: its tables hold nothing but what passed the disclosure control.

    Args:
        whole: the warehouse.
        pack: its name.
        thresholds: how few persons may be told of.
        told: what releases told last.
        released: by whom and when, where the pack is released: then its breakdowns may move.

    Raises:
        CiiError: something hidden would follow from what is shown.
    """

    def read(database: duck.Connection) -> set[Shown]:
        """What the pages themselves say that they show."""
        book = open_book(database, whole.period, standing="provisional", thresholds=thresholds)
        for pages in chapters(pack, internal=False):
            for page in pages:
                page.build(book)
        return set(book.read)

    with shown(whole.con, whole.period, asking=read, thresholds=thresholds, told=told, moving=released is not None) as database:
        yield _book(database, whole.period, thresholds=thresholds, released=released)


def _book(database: duck.Connection, period: dt.date, *, thresholds: Thresholds, released: Released | None) -> Book:
    standing: Standing = "released" if released else "provisional"
    return open_book(database, period, standing=standing, thresholds=thresholds, released=released)


@contextmanager
def kept_book(folder: Path, release: Release, *, language: Language = "fr") -> Iterator[Book]:
    """The book of a pack that was released, as it was: its tables are those that were kept, its definitions told as on that day."""
    tables = tables_of(folder)
    # One that was released before there was German has none.
    german = tables.pop(IN_GERMAN, tables[INDICATORS])
    if language == "de":
        tables[INDICATORS] = german
    (thresholds,) = (Thresholds(**row) for row in tables[THRESHOLDS].iter_rows(named=True))
    with database_of(tables) as database:
        yield _book(database, release.period, thresholds=thresholds, released=named(release))


def named(release: Release) -> Released:
    """A release as the pages name it."""
    return Released(release.number, release.released_at.date(), release.released_by)


@contextmanager
def own_book(whole: Book, service: str, *, internal: bool) -> Iterator[Book]:
    """The book of a service's own pack: its tables hold nothing but what the service sent, for whomever it is made."""
    with own(whole.con, whole.period, service=service) as database:
        yield open_book(database, whole.period, standing="internal" if internal else "own", service=service)
