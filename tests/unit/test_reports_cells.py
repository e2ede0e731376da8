"""What a cell says is what a program counts with: no form has to read a number out of a text."""

import datetime as dt
import re

import pytest

from pipelines.reports.cells import change_cell, day_cell, number_cell, share_cell
from pipelines.reports.edition import edition
from pipelines.reports.files import COORDINATION, GP_CII, LEGISLATURE
from pipelines.reports.formats import Amount
from pipelines.reports.tabulated import tabulated
from tests.unit.page_parts import SPACE

NUMBER = re.compile(r"[+−]?[\d’]+(,\d+)?( %)?\*?|\d\d\.\d\d\.\d{4}")


def cells(book, pack):
    return [cell for one in tabulated(edition(book, pack, sample=True)) for row in one.table.rows for cell in row]


@pytest.mark.parametrize("pack", [GP_CII, COORDINATION, LEGISLATURE])
def test_every_number_and_day_of_a_pack_is_there_as_one_and_reads_as_it_is_written(book, told, pack):
    found = [*cells(book, pack), *(cells(told, pack) if pack == GP_CII else ())]
    numbers = [cell for cell in found if cell.counts]
    assert len(numbers) > 300
    assert [(cell.text, cell.counts.text) for cell in numbers if cell.counts.text != cell.text] == []
    # What a service wrote, a measure's number among it, is a text whatever it looks like.
    assert [cell.text for cell in found if not cell.counts and "text" not in cell.kind and NUMBER.fullmatch(cell.text)] == []


def test_a_hidden_figure_is_a_mark_and_no_amount(told):
    hidden = [cell for cell in cells(told, GP_CII) if cell.text.startswith("•")]
    assert len(hidden) > 50 and {cell.counts for cell in hidden} == {None}


def test_an_amount_is_written_as_the_canton_writes_it():
    day = dt.date(2013, 2, 28)
    written = [number_cell(1234), number_cell(1.25, 1), share_cell(0.613, after="*"), change_cell(-2), change_cell(0.04, 1), day_cell(day)]
    assert [cell.text for cell in written] == ["1’234", "1,2", f"61,3{SPACE}%*", "−2", "0,0", "28.02.2013"]
    assert [cell.amount.value for cell in written] == [1234, 1.25, 0.613, -2, 0.04, day]
    assert Amount(day.replace(day=1), "month", after=" – publié").text == f"févr.{SPACE}2013 – publié"
    assert (Amount(day, "year").text, Amount(1250, "name").text, Amount(30, before="plus de ").text) == ("2013", "1250", "plus de 30")


def test_where_there_is_no_number_a_word_stands_and_no_amount():
    for cell, word in (
        (number_cell(None), "–"),
        (share_cell(None, absent="• seuil"), "• seuil"),
        (change_cell(None), "–"),
        (day_cell(None), "–"),
    ):
        assert (cell.text, cell.counts) == (word, None)
