"""A walk through a sheet finds the same in a hurry, over regular cells at one go, and with care, element by element."""

import io

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.ingest import scan
from pipelines.ingest.findings import Refused
from pipelines.ingest.scan import Place, scanned
from tests.corpus.formats import parts

HURRIED = scan._common
CELLS = st.one_of(st.none(), st.integers(-5, 5), st.text("aé<&> \n", max_size=4), st.floats(0, 1), st.booleans())


def _sheet(rows: list[list[object]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        tab = book.add_worksheet()
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell is not None:
                    tab.write(row, column, cell)
    return parts(file.getvalue())["xl/worksheets/sheet1.xml"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=30), max_size=5))
def test_both_ways_through_a_sheet_find_the_same(rows: list[list[object]]) -> None:
    sheet = _sheet(rows)
    # A style that no cell has makes every cell be met by itself.
    assert scanned(sheet, percents=frozenset()) == scanned(sheet, percents=frozenset({"99"}))


def test_regular_cells_are_taken_at_one_go_and_others_are_not() -> None:
    def body(*cells: str) -> bytes:
        return f'<row r="1" spans="1:9">{"".join(cells)}</row><row r="2"/>'.encode()

    assert HURRIED(body('<c r="A1" s="1"/>', '<c r="C1" t="s"><v>0</v></c>')) == (1, 3, 1)
    for cell in (
        '<c r="A1" t="e"><v>#REF!</v></c>',
        '<c r="A1"><f>1</f><v>1</v></c>',
        '<c r="A1" t="inlineStr"><is><t>a</t></is></c>',
        "<c r='A1'><v>1</v></c>",
        "<c><v>1</v></c>",
        '<x:c r="XFD9"><v>1</v></x:c>',
        '<c r="A1"><v>1</v></c><!-- <c r="XFD9"> -->',
        '<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>',
        '<c r="A2"><v>1</v></c>',
        '<c r="A1"><v>1</v></c><extra/>',
        '<c r="A1"><v>1</v>',
    ):
        assert HURRIED(body(cell)) is None, cell
    assert HURRIED(body('<c r="A1"><v>1</v></c>') + b"\xff") is None


@pytest.mark.parametrize(
    ("name", "place"), [("A1", Place(1, 1)), ("Z9", Place(9, 26)), ("AA10", Place(10, 27)), ("XFD1048576", Place(1048576, 16384))]
)
def test_a_place_has_one_name(name: str, place: Place) -> None:
    assert scan.reference(name) == place
    assert str(place) == name


@pytest.mark.parametrize("name", ["", "A", "1", "A0", "a1", "XFE1", "A1048577", "A1:B2", "ZZZ1", "É1", "A１"])
def test_what_names_no_cell_is_damage(name: str) -> None:
    with pytest.raises(Refused):
        scan.reference(name)
