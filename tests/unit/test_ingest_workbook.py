"""XLSX files as services save them: the cells as a person sees them, under the sheet's own row numbers."""

import datetime as dt
import io
import zipfile

import pytest
import xlsxwriter

from pipelines.ingest.workbook import written
from tests.unit.ingest_cases import CM_FP, PSET, WORKSHOPS, avs, found, right_row, table, taken, xlsx

ROW = right_row(PSET)
LINES = table(PSET, [right_row(PSET, 1), right_row(PSET, 2)])


def _book(*sheets: tuple[str, list[list[str]], bool]) -> bytes:
    """Sheets with name, lines and whether they are hidden; the last one is the active one."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for name, lines, hidden in sheets:
            tab = book.add_worksheet(name)
            for row, line in enumerate(lines):
                tab.write_row(row, 0, line)
            if hidden:
                tab.hide()
            else:
                tab.activate()
                tab.set_first_sheet()
    return file.getvalue()


def test_rows_have_the_numbers_the_sheet_shows() -> None:
    lines = [["Places par programme"], [], [], *LINES[:1], [], LINES[1], ["", " "], LINES[2]]
    intake = taken(xlsx(lines), PSET)
    assert intake.rows["line"].to_list() == [6, 8]
    assert (intake.rows_read, intake.findings.height) == (2, 0)


def test_a_sheet_that_does_not_begin_in_its_corner_keeps_its_row_numbers() -> None:
    assert taken(xlsx([[], [], *[["", "", *line] for line in LINES]]), PSET).rows["line"].to_list() == [4, 5]


def test_an_eleventh_title_row_is_one_too_many() -> None:
    titles = [[f"Titre {number}"] for number in range(11)]
    assert taken(xlsx([*titles[1:], *LINES]), PSET).accepted
    assert taken(xlsx([*titles, *LINES]), PSET).reason == "header.missing"


def test_the_sheet_named_like_the_dataset_is_read_even_if_hidden_or_last() -> None:
    other = table(PSET, [right_row(PSET, 9)])
    content = _book(("PSET-Places", LINES, True), ("Feuil1", other, False))
    assert taken(content, PSET).rows["programme_id"].to_list() == [line[0] for line in LINES[1:]]


def test_without_such_a_sheet_the_first_visible_one_is_read() -> None:
    other = table(PSET, [right_row(PSET, 9)])
    content = _book(("brouillon", other, True), ("Feuil2", LINES, False), ("Feuil3", other, False))
    assert taken(content, PSET).rows["programme_id"].to_list() == [line[0] for line in LINES[1:]]


def test_dates_numbers_and_texts_are_read_by_what_they_say() -> None:
    row = right_row(WORKSHOPS, 7) | {
        "workshop_id": 4711,
        "avs13": int(avs(7)),
        "birth_date": dt.date(1994, 7, 5),
        "cost": 1234.5,
        "share": 0.1 + 0.2,
        "seats": 12,
        "open_to_all": True,
        "begun_on": dt.datetime(2013, 2, 1, 14, 30),
    }
    lines = [[field.header for field in WORKSHOPS.fields], [row.get(field.name, "") for field in WORKSHOPS.fields]]
    intake = taken(xlsx(lines), WORKSHOPS)
    assert found(intake) == []
    loaded = intake.rows.row(0, named=True)
    assert loaded["workshop_id"] == "4711", "no decimals where the sheet shows none"
    assert (loaded["birth_year"], loaded["begun_on"], loaded["seats"], loaded["open_to_all"]) == (1994, dt.date(2013, 2, 1), 12, True)
    assert (str(loaded["cost"]), round(loaded["share"], 6)) == ("1234.50", 0.3)


def test_a_number_cell_with_three_decimals_leaves_nothing_to_guess_but_the_text_does() -> None:
    def rules(cost: object) -> list[str]:
        row = right_row(WORKSHOPS) | {"cost": cost}
        lines = [[field.header for field in WORKSHOPS.fields], [row.get(field.name, "") for field in WORKSHOPS.fields]]
        return taken(xlsx(lines), WORKSHOPS).findings["rule"].to_list()

    assert (rules(1.234), rules("1.234")) == (["number.decimals"], ["number.ambiguous"])
    assert rules(1.2) == rules(0.1 + 0.2) == rules(1234.1 * 3) == [], "what a formula leaves behind the 15th digit is no decimal"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (12.0, "12"),
        (-3.0, "-3"),
        (7561234567897.0, "7561234567897"),
        (12.5, "12.5"),
        (1.234, "1.2340"),
        (0.1 + 0.2, "0.3"),
        (1e20, "100000000000000000000"),
        (1.5e-7, "0.00000015"),
        (True, "1"),
        (False, "0"),
        (dt.date(2013, 2, 1), "2013-02-01"),
        (dt.datetime(2013, 2, 1, 23, 59), "2013-02-01"),
        (" é\n", " é\n"),
        ("", ""),
    ],
)
def test_a_cell_is_written_as_a_person_reads_it(cell: object, text: str) -> None:
    assert written(cell) == text


def test_a_formula_counts_by_its_cached_value() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        tab = book.add_worksheet("Feuil1")
        for row, line in enumerate(LINES):
            tab.write_row(row, 0, line)
        tab.write_formula(1, 6, "=6*7", None, 42)
    assert taken(file.getvalue(), PSET).rows["places"].to_list() == [42, 1]


def test_a_value_right_of_the_named_columns_is_an_error_of_its_row() -> None:
    intake = taken(xlsx([LINES[0], [*LINES[1], "", "note"], LINES[2]]), PSET)
    assert found(intake) == [(2, None, "line.beyond")]
    assert intake.findings["cell"].to_list() == [None]


def test_total_rows_and_footnotes_are_skipped_and_counted() -> None:
    intake = taken(xlsx([*LINES, ["", "", "", "", "", "Total", 2, 2], ["Source: SEMP"]]), PSET)
    assert (intake.rows_read, intake.rows_loaded, intake.lines_skipped) == (4, 2, 2)


def test_an_empty_sheet_is_an_empty_file_and_a_header_alone_an_empty_delivery() -> None:
    assert taken(xlsx([]), PSET).reason == "file.empty"
    assert taken(xlsx(LINES[:1]), PSET).accepted


def _zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("lettre.txt", "Jeanne Rochat, 05.07.1994")
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        xlsx(LINES)[:500],
        xlsx(LINES)[:-40],
        b"PK\x03\x04",
        b"PK\x03\x04" + b"Jeanne Rochat" * 9,
        _zip(),
        bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600),
    ],
)
def test_a_damaged_or_foreign_workbook_is_refused_without_a_word_of_what_it_holds(content: bytes) -> None:
    intake = taken(content, PSET, file="semp/pset_places_2013-02.xlsx")
    assert found(intake) == [(None, None, "file.unreadable")]
    assert "Rochat" not in intake.findings["message"][0]


def test_a_workbook_behind_a_password_is_refused_as_such() -> None:
    content = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    assert taken(content, PSET).reason == "file.encrypted"


def test_a_text_named_xlsx_is_refused_and_a_workbook_named_csv_is_read() -> None:
    assert taken(b"No programme;Programme\r\n", PSET, file="semp/pset_places_2013-02.xlsx").reason == "file.unreadable"
    assert taken(xlsx(LINES), PSET, file="semp/pset_places_2013-02.csv").accepted


def test_a_personal_number_under_another_header_stays_hidden() -> None:
    row = right_row(CM_FP, 3)
    shifted = [row.get(field.name, "") for field in CM_FP.fields]
    shifted[3:3] = [avs(8)]
    intake = taken(xlsx([[field.header for field in CM_FP.fields], shifted]), CM_FP)
    assert avs(8) not in str(intake.findings.rows())
    assert intake.rows_rejected == 1
