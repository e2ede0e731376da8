"""Nothing that a pack hides is in its file: not in a table, a sentence, an alternative, nor in what a chart is drawn from."""

import io
import re
import zipfile

import polars as pl
import pytest

from pipelines.disclosure import control
from pipelines.reports.book import open_book
from pipelines.reports.files import COORDINATION, GP_CII, LEGISLATURE
from pipelines.reports.pack import render
from tests.golden import world
from tests.poison import PLACE, hidden, poison, rendered, told

PACKAGE = ("datapackage.json", "indicator.csv", "indicator_value.csv", "indicator_value.parquet")


def poisoned(places):
    """The small world in which these figures are others."""
    con = world.build()
    poison(con, places)
    return open_book(con, world.PERIOD)


def written(text):
    """A file without the scripts that are the same in all; what charts are drawn from and what is said behind figures stays.

    But for the numbers by which it is found: they are places in a list of words, all of which stay.
    """
    without = re.sub(r"<script(?: type=\"text/plain\" id=\"plotly\")?>.*?</script>| data-of=\"[\d ]+\"", "", text, flags=re.DOTALL)
    return re.sub(r'"parts":[\[\],\d]+,"words"', '"words"', without)


def read(form, content):
    """What a program reads in a form of a pack; of a workbook all its parts, but for the places of its texts in the list of them."""
    if form == "xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return re.sub(r't="s"><v>\d+</v>', "", "".join(parts.read(name).decode() for name in parts.namelist()))
    return pl.read_parquet(content).write_csv() if form.endswith("parquet") else content.decode()


@pytest.fixture(scope="module")
def places(con):
    return hidden(open_book(con, world.PERIOD), GP_CII)


@pytest.fixture(scope="module")
def pack(con):
    return rendered(open_book(con, world.PERIOD), GP_CII)


@pytest.fixture(scope="module")
def other(places):
    return poisoned(places)


def test_what_is_hidden_may_be_anything_and_the_pack_is_the_same_byte_for_byte(pack, other, places):
    assert len(places) > 5000
    assert hidden(other, GP_CII).sort(PLACE).equals(places.sort(PLACE))
    assert rendered(other, GP_CII) == pack
    assert "777" not in written(pack)


@pytest.mark.parametrize("name", [COORDINATION, LEGISLATURE])
def test_in_the_other_packs_as_well(con, name):
    """Of the coordination group's pack also what measures cost."""
    whole = open_book(con, world.PERIOD)
    places = hidden(whole, name)
    assert len(places) > 5000 and "measure_cost" in places["indicator"].to_list()
    assert told(poisoned(places), name) == told(whole, name)


def test_in_the_other_forms_of_a_pack_as_well(con, other):
    before, after = told(open_book(con, world.PERIOD), GP_CII), told(other, GP_CII)
    assert set(before) == {"html", "xlsx", *(f"data/{name}" for name in PACKAGE)}
    assert [form for form, content in before.items() if after[form] != content] == []
    assert [form for form in set(before) - {"html"} if re.search(r"777001|777’001|\b777\b", read(form, before[form]))] == []


def test_the_whole_pack_shows_all_that_was_changed(other):
    text = written(render(other, sample=True))
    assert text.count("777’001") > 100 and text.count("777001.25") > 100


@pytest.mark.parametrize("indicator", ["reseau_open", "cm_fp_solutions", "system_recipients"])
def test_one_figure_that_is_let_through_is_seen(monkeypatch, pack, other, indicator):
    decided = control._decided
    monkeypatch.setattr(control, "_decided", lambda cell, hides: cell if cell.place.indicator == indicator else decided(cell, hides))
    forms = told(other, GP_CII)
    assert forms["html"].decode() != pack and "777001.25" in written(forms["html"].decode())
    assert "777001.25" in read("csv", forms["data/indicator_value.csv"]) and "777001.25" in read("xlsx", forms["xlsx"])
