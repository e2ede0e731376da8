"""The packs of the sample in German: the same figures, no word untold, none left in French but what somebody wrote or printed in it."""

import html
import io
import json
import re
from collections.abc import Iterator

import openpyxl
import pytest

from pipelines import duck
from pipelines.contracts.thresholds import Thresholds
from pipelines.disclosure.own import own
from pipelines.reports import language as languages
from pipelines.reports.book import Book, latest_period, open_book
from pipelines.reports.data_package import data_package
from pipelines.reports.edition import Edition, edition, telling
from pipelines.reports.files import COORDINATION, GP_CII, LEGISLATURE, PACKS, sheets_due
from pipelines.reports.language import speaking
from pipelines.reports.pack import html_of, render_sheet
from pipelines.reports.pack_workbook import pack_workbook
from pipelines.reports.passage import passed
from pipelines.reports.tabulated import tabulated
from pipelines.reports.yearly_sheet import yearly_sheets

CONTROLLED = "gp-cii-controlled"
NAMES = (GP_CII, COORDINATION, LEGISLATURE, CONTROLLED, *(name for name, pack in PACKS.items() if pack.service))
# Words of French that German does not have; names and titles that were written or printed in French are taken out before.
FRENCH = re.compile(
    r"\b(?:les?|la|du|une?|est|sont|dans|pour|avec|sans|par|sur|qui|que|aux?|et|ou|pas|plus|moins|chaque|tous|toutes|depuis|jusqu"
    r"|personnes|mois|année|livraisons?|mesures?|dossiers? (?:annoncés?|clos|ouverts?))\b|\b[dlnsq]u?['’]\w|[éèêàùçœ]\w*"
)
WRITTEN = """
select distinct table_schema || '.' || table_name as name, column_name as field from information_schema.columns
where table_schema in ('core', 'stg', 'mart') and data_type in ('VARCHAR', 'VARCHAR[]')
"""
# Names that stay as they are in German.
KEPT = ("Neuchâtel", "sans-serif")


@pytest.fixture(scope="module")
def con(published) -> Iterator[duck.Connection]:
    with duck.open_published(published.settings.published) as con:
        yield con


@pytest.fixture(scope="module")
def whole(con) -> Book:
    period = latest_period(con)
    assert period
    return open_book(con, period)


@pytest.fixture(scope="module", params=NAMES)
def book(request, whole) -> Iterator[tuple[Book, str]]:
    name = request.param
    if name == CONTROLLED:
        with passed(whole, GP_CII, thresholds=Thresholds()) as controlled:
            yield controlled, GP_CII
    elif service := PACKS[name].service:
        with own(whole.con, whole.period, service=service) as database:
            yield open_book(database, whole.period, standing="own", service=service), name
    else:
        yield whole, name


class Listening:
    """The catalogue that notes what it does not know."""

    def __init__(self, catalogue) -> None:
        self.catalogue, self.untold = catalogue, set()

    def gettext(self, message: str) -> str:
        told = self.catalogue.gettext(message)
        if told is message:
            self.untold.add(message)
        return told

    def ngettext(self, one: str, several: str, count: int) -> str:
        told = self.catalogue.ngettext(one, several, count)
        if told is one or told is several:
            self.untold.add(one)
        return told


@pytest.fixture
def listening(monkeypatch) -> Listening:
    heard = Listening(languages._catalogue("de"))
    monkeypatch.setattr(languages, "_catalogue", lambda _: heard)
    return heard


def in_german(book: Book, name: str) -> tuple[Edition, str]:
    with telling(book, "de") as told:
        made = edition(told, name, sample=True)
        return made, html_of(made)


def test_every_word_of_a_pack_is_told_in_german(book, listening):
    made, _ = in_german(*book)
    with speaking("de"):
        pack_workbook(made)
    assert not listening.untold


def test_every_word_of_a_yearly_sheet_is_told_in_german(whole, listening):
    with telling(whole, "de") as told:
        sheets = [render_sheet(told, sheet, sample=True) for sheet in yearly_sheets(told, sheets_due(told.con, told.period))]
    assert sheets and not listening.untold


def test_a_pack_has_the_same_figures_in_german(book):
    french = tabulated(edition(*book, sample=True))
    german = tabulated(in_german(*book)[0])
    assert [one.number for one in french] == [one.number for one in german]
    amounts = 0
    for one, other in zip(french, german, strict=True):
        assert [len(row) for row in one.table.rows] == [len(row) for row in other.table.rows], one.table.title
        for row, same in zip(one.table.rows, other.table.rows, strict=True):
            for cell, twin in zip(row, same, strict=True):
                given, told = cell.counts, twin.counts
                assert (given is None) == (told is None) and (cell.shows is None) == (twin.shows is None), (one.table.title, cell, twin)
                assert given is None or told is None or (given.value, given.kind) == (told.value, told.kind)
                amounts += given is not None
    assert amounts or not french


def written(con: duck.Connection) -> list[str]:
    """What somebody wrote or printed in French: texts of deliveries and sources; the longest first."""
    found = {value for name, field in duck.frame(con, WRITTEN).iter_rows() for value in texts(con, name, field)}
    return sorted((value for value in found if value and FRENCH.search(value)), key=len, reverse=True)


def texts(con: duck.Connection, name: str, field: str) -> list[str]:
    if name in ("mart.indicator", "core.code") or field in ("message", "remedy"):
        return []
    return duck.frame(con, f'select distinct "{field}"::varchar as value from {name} where "{field}" is not null')["value"].to_list()


def words(made: Edition, page: str) -> set[str]:
    """All that a reader of a pack meets: in the page, what opens behind its figures, its charts, its workbook and its data package."""
    seen = set(text_of(page))
    workbook = openpyxl.load_workbook(io.BytesIO(pack_workbook(made)))
    seen |= {str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.data_type == "s"}
    return seen | set(strings(json.loads(data_package(made)["datapackage.json"])))


def text_of(page: str) -> Iterator[str]:
    for script in re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.DOTALL):
        yield from strings(json.loads(script))
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    for texts in re.findall(r'>([^<>]+)<|(?:aria-label|title|data-[a-z]+)="([^"]+)"', body):
        yield from (html.unescape(" ".join(text.split())) for text in texts)


def strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (found for one in value.values() for found in strings(one))
    elif isinstance(value, list):
        yield from (found for one in value for found in strings(one))
    elif isinstance(value, str):
        yield value


def test_no_french_is_left_in_a_german_pack(book, con):
    known = written(con)
    left = set()
    with speaking("de"):
        said = words(*in_german(*book))
    for text in said:
        if FRENCH.search(text):
            for name in (*known, *KEPT):
                text = text.replace(name, "")
            if FRENCH.search(text):
                left.add(text)
    assert not left
