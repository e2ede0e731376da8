"""XLSX files as services save them: the cells as a person sees them, under the sheet's own row numbers."""

import datetime as dt
import io
from collections.abc import Callable

import openpyxl
import pytest
import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pipelines.contracts.limits import Limits
from pipelines.ingest.intake import Intake, take_in
from pipelines.ingest.workbook import written
from tests.corpus.formats import rewritten
from tests.unit.ingest_cases import CM_FP, PERIOD, PSET, PSEUDONYMS, WORKSHOPS, avs, found, right_row, table, taken, xlsx

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


@pytest.mark.parametrize(
    "content",
    [
        xlsx(LINES)[:500],
        xlsx(LINES)[:-40],
        b"PK\x03\x04",
        b"PK\x03\x04" + b"Jeanne Rochat" * 9,
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


# -- sheets ---------------------------------------------------------------------------------------------------------------


def _finished(finish: Callable[[Workbook, Worksheet], object], lines: list[list[object]] | None = None, **options: object) -> bytes:
    """The clean sheet after somebody worked on it."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(
        file, {"in_memory": True, "default_date_format": "dd.mm.yyyy", "strings_to_formulas": False} | options
    ) as book:
        tab = book.add_worksheet("Feuil1")
        for row, line in enumerate(lines or LINES):
            tab.write_row(row, 0, line)
        finish(book, tab)
    return file.getvalue()


OTHER = table(PSET, [right_row(PSET, 9)])


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_not_read_unless_it_is_named_like_the_dataset(state: str) -> None:
    def hidden(name: str) -> bytes:
        book = _book((name, OTHER, True), ("Feuil2", LINES, False))
        return rewritten(book, ('state="hidden"', f'state="{state}"'), part="xl/workbook.xml")

    assert taken(hidden("Saisie"), PSET).rows_loaded == 2
    assert taken(hidden("Pset places"), PSET).rows_loaded == 1


def test_a_book_whose_sheets_are_all_hidden_is_empty() -> None:
    book = rewritten(_book(("Feuil1", LINES, False)), ('sheetId="1"', 'sheetId="1" state="veryHidden"'), part="xl/workbook.xml")
    assert taken(book, PSET).reason == "file.empty"


def test_a_chart_is_no_sheet() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        chart = book.add_chart({"type": "column"})
        book.add_chartsheet("pset_places").set_chart(chart)
        tab = book.add_worksheet("Feuil1")
        for row, line in enumerate(LINES):
            tab.write_row(row, 0, line)
        chart.add_series({"values": "=Feuil1!$G$2:$G$3"})
    assert taken(file.getvalue(), PSET).rows_loaded == 2


@pytest.mark.parametrize("first", [[], [["À lire avant de remplir"], ["Une ligne par programme"]]])
def test_of_several_sheets_the_wrong_one_is_named_and_none_is_guessed(first: list[list[str]]) -> None:
    intake = taken(_book(("Mode d'emploi 05.07.1994", first, False), ("Feuil2", LINES, False)), PSET)
    assert intake.reason == "file.sheet"
    assert "«Mode d'emploi ••.••.1994»" in intake.findings["message"][0]
    assert "«pset_places»" in intake.findings["remedy"][0]


def test_two_sheets_named_like_the_dataset_are_one_too_many() -> None:
    assert taken(_book(("PSET-Places", LINES, False), ("pset_places", OTHER, False)), PSET).reason == "file.sheet"


@pytest.mark.parametrize("name", ["L'été d'ici", 'a"b & <c>', "x" * 31, "№ 1 – «été»"])
def test_a_sheet_may_have_any_name(name: str) -> None:
    assert taken(_book((name, LINES, False)), PSET).rows_loaded == 2


# -- merged cells ---------------------------------------------------------------------------------------------------------


def _merged(area: str, text: str, lines: list[list[object]] | None = None) -> Intake:
    return taken(_finished(lambda book, tab: tab.merge_range(area, text, book.add_format()), lines), PSET)


def test_a_header_merged_over_two_columns_is_refused_and_the_cells_are_named() -> None:
    intake = _merged("C1:D1", "Organisateur")
    assert (intake.reason, found(intake)[0], intake.rows_read) == ("header.merged", (1, None, "header.merged"), 2)
    assert "C1:D1" in intake.findings["message"][0] and "C1:D1" in intake.findings["message_de"][0]


def test_a_title_merged_above_the_header_or_cells_merged_beside_it_leave_it_clear() -> None:
    titled = [["Places"], *LINES]
    assert found(_merged("A1:H1", "Places", titled)) == []
    assert found(_merged("K1:L1", "", LINES)) == []


def test_a_header_merged_downwards_is_clear_over_blank_cells_and_unclear_over_a_line_that_says_something() -> None:
    assert found(_merged("A1:A2", "No programme", [LINES[0], [], *LINES[1:]])) == []
    assert _merged("A1:A2", "No programme", [LINES[0], ["", "(nom)"], *LINES[1:]]).reason == "header.merged"


def test_a_name_merged_from_the_line_above_into_the_header_is_refused() -> None:
    lines = [["No programme"], ["", *LINES[0][1:]], *LINES[1:]]
    assert _merged("A1:A2", "No programme", lines).reason in ("header.merged", "header.two_lines")


# -- errors and formulas --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!"])
def test_an_error_of_excel_is_an_error_of_its_cell_in_any_column(error: str) -> None:
    for cell, field in (("G2", "places"), ("B2", "programme"), ("A2", "programme_id")):
        intake = taken(_finished(lambda _, tab, cell=cell: tab.write_formula(cell, "=1/0", None, error)), PSET)
        assert found(intake) == [(2, field, "cell.error")]
        assert (intake.findings["header"][0], intake.findings["cell"][0]) == (PSET.by_name[field].header, error)
        assert (intake.rows_loaded, intake.rows_rejected) == (1, 1)


def test_not_available_is_empty() -> None:
    intake = taken(_finished(lambda _, tab: tab.write_formula("G2", "=NA()", None, "#N/A")), PSET)
    assert found(intake) == [(2, "places", "value.required")]


def test_an_error_outside_the_columns_we_store_or_on_a_total_line_breaks_no_row() -> None:
    lines = [[*line, extra] for line, extra in zip(LINES, ["Divers", "a", "b"], strict=True)]
    intake = taken(_finished(lambda _, tab: tab.write_formula("I2", "=1/0", None, "#DIV/0!"), lines), PSET)
    assert found(intake) == [(1, None, "header.column_unknown")]
    total = [*LINES, ["", "", "", "", "", "Total"]]
    intake = taken(_finished(lambda _, tab: tab.write_formula("G4", "=SUM(X1)", None, "#REF!"), total), PSET)
    assert (found(intake), intake.lines_skipped) == ([], 1)


@pytest.mark.parametrize("cell", ["<c r=\"G2\"><f>6*7</f></c>", "<c r=\"G2\"><f>6*7</f><v></v></c>", "<c r=\"G2\"><f>6*7</f><v/></c>", "<c r=\"G2\" t=\"str\"><f>6*7</f></c>"])  # fmt: skip
def test_a_formula_without_its_value_is_an_error_that_shows_it(cell: str) -> None:
    book = _finished(lambda _, tab: tab.write_formula("G2", "=6*7", None, 42))
    intake = taken(rewritten(book, ('<c r="G2"><f>6*7</f><v>42</v></c>', cell)), PSET)
    assert found(intake) == [(2, "places", "cell.formula")]
    assert intake.findings["cell"].to_list() == ["=6*7"]


def test_formulas_as_another_program_writes_them_lose_no_row() -> None:
    book = openpyxl.Workbook()
    for line in LINES[:1]:
        book.active.append(line)
    book.active.append([f"=Feuil2!{letter}2" for letter in "ABCDEFGH"])
    file = io.BytesIO()
    book.save(file)
    intake = taken(file.getvalue(), PSET)
    assert (intake.rows_read, intake.rows_rejected) == (1, 1)
    assert set(intake.findings["rule"]) == {"cell.formula"} and intake.findings.height == 8


def test_a_formula_whose_value_is_a_text_of_no_letters_is_empty() -> None:
    book = _finished(lambda _, tab: tab.write_formula("G2", '=""', None, "x"))
    assert found(taken(rewritten(book, ("<v>x</v>", "<v></v>")), PSET)) == [(2, "places", "value.required")]


def test_a_formula_of_a_list_of_values_is_none_of_the_last_cell() -> None:
    book = _finished(lambda _, tab: tab.data_validation("F2:F9", {"validate": "list", "source": "=$K$1:$K$9"}))
    assert found(taken(book, PSET)) == []


# -- values ---------------------------------------------------------------------------------------------------------------


def _workshop(**cells: object) -> Intake:
    row = right_row(WORKSHOPS) | cells
    return taken(xlsx([[field.header for field in WORKSHOPS.fields], [row.get(field.name, "") for field in WORKSHOPS.fields]]), WORKSHOPS)


def test_a_percentage_is_read_as_it_is_shown() -> None:
    header = [field.header for field in WORKSHOPS.fields]
    row = [right_row(WORKSHOPS).get(field.name, "") for field in WORKSHOPS.fields]
    place = list(WORKSHOPS.by_name).index("share")

    def read(value: float | str, shown: str) -> list[float]:
        book = _finished(lambda book, tab: tab.write(1, place, value, book.add_format({"num_format": shown})), [header, row])
        return taken(book, WORKSHOPS).rows["share"].to_list()

    for shown in ("0%", "0.00%", '0.0" "%', "[Red]0%"):
        assert read(0.123, shown) == [12.3]
    for shown in ("0.00", '0.0"%"', "0\\%"):
        assert read(0.123, shown) == [0.123]
    assert read("12", "0%") == [12.0]


def test_dates_count_from_1904_where_the_book_says_so_and_a_bare_number_is_no_date() -> None:
    header = [field.header for field in WORKSHOPS.fields]
    row = [(right_row(WORKSHOPS) | {"begun_on": dt.date(2013, 2, 1)}).get(field.name, "") for field in WORKSHOPS.fields]
    place = list(WORKSHOPS.by_name).index("begun_on")
    for since_1904 in (False, True):
        intake = taken(_finished(lambda *_: None, [header, row], date_1904=since_1904), WORKSHOPS)
        assert intake.rows["begun_on"].to_list() == [dt.date(2013, 2, 1)]
        bare = _finished(lambda _, tab: tab.write_number(1, place, 41333), [header, row], date_1904=since_1904)
        assert found(taken(bare, WORKSHOPS)) == [(2, "begun_on", "date.format")]
    book = rewritten(_finished(lambda *_: None, [header, row], date_1904=True), ('date1904="1"', 'date1904="true"'), part="xl/workbook.xml")
    assert taken(book, WORKSHOPS).rows["begun_on"].to_list() == [dt.date(2013, 2, 1)]


def test_numbers_and_dates_typed_as_text_with_blanks_around_them_are_read() -> None:
    intake = _workshop(begun_on=" 01.02.2013\u00a0", seats="12.0", cost="1\u202f234.50", avs13=f"\u00a0{avs(7)} ", kind_of=" court\n")
    assert found(intake) == []
    assert (intake.rows["seats"][0], intake.rows["begun_on"][0]) == (12, dt.date(2013, 2, 1))


@pytest.mark.parametrize("written_as", [7.56922e12, "7.56922E+12", "7,56922E+12"])
def test_an_avs_number_that_excel_rounded_has_its_own_error(written_as: object) -> None:
    assert found(_workshop(avs13=written_as)) == [(2, "avs13", "avs.excel")]


def test_texts_are_whole_however_they_are_stored() -> None:
    stored = {
        '<c r="B2" t="inlineStr"><is><t>Atelier</t></is></c>': "Atelier",
        '<c r="B2" t="inlineStr"><is><r><t>Ate</t></r><r><rPr><b/></rPr><t xml:space="preserve">lier 2</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c>': "Atelier 2",
        '<c r="B2" t="str"><v>Bois &amp; fer</v></c>': "Bois & fer",
        '<c r="B2" t="str" s="0"><v> deux\nlignes </v></c>': "deux\nlignes",
    }
    for cell, text in stored.items():
        book = _finished(lambda _, tab: tab.write_number("B2", 4711))
        assert taken(rewritten(book, ('<c r="B2"><v>4711</v></c>', cell)), PSET).rows["programme"][0] == text
    quoted = _finished(lambda book, tab: tab.write_string("B2", "007", book.add_format({"quote_prefix": True})))
    assert taken(quoted, PSET).rows["programme"][0] == "007"


def test_a_cell_longer_than_a_cell_may_be_is_an_error_that_shows_nothing_of_it() -> None:
    content = xlsx([LINES[0], [LINES[1][0], avs(3) + "x" * 117, *LINES[1][2:]], LINES[2]])
    intake = take_in(content, "x", export=PSET, period=PERIOD, pseudonyms=PSEUDONYMS, limits=Limits(cell_length=129))
    assert found(intake) == [(2, "programme", "cell.too_long")]
    assert intake.findings["cell"].to_list() == ["…"]
    assert take_in(content, "x", export=PSET, period=PERIOD, pseudonyms=PSEUDONYMS, limits=Limits(cell_length=130)).findings[
        "rule"
    ].to_list() == ["text.personal"]
