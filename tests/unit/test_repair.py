"""A service that follows nothing but its correction workbook sends back a file that is taken in."""

import io

import polars as pl
import pytest
import xlsxwriter

from pipelines.ingest.findings import gathered
from pipelines.ingest.intake import Intake
from pipelines.reports.correction import workbook
from tests.corpus.repair import repaired
from tests.unit.ingest_cases import CM_FP, PSET, csv, right_row, table, taken, xlsx
from tests.unit.test_correction import broken, told


def answered(intake: Intake, file: str, *more: pl.DataFrame, language: str = "fr-de") -> bytes:
    status = "in_force" if intake.accepted else "rejected"
    return workbook(told(findings=gathered([intake.findings, *more]), file=file, status=status), language=language)


def code_suggested(line: int, header: str, suggestion: str) -> pl.DataFrame:
    return broken("code.unknown", (line,), header=header).with_columns(suggestion=pl.lit(suggestion))


@pytest.mark.parametrize("language", ["fr", "de", "fr-de"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_cell_of_a_text_file_is_replaced_and_every_other_byte_stays(language: str, encoding: str, separator: str) -> None:
    rows = [right_row(PSET, number) | {"provider": f"Café {number}"} for number in (1, 2)]
    wrong = table(PSET, [rows[0], rows[1] | {"category": "OCUPATION"}])
    right = table(PSET, [rows[0], rows[1] | {"category": "OCCUPATION"}])
    content = csv(wrong, separator=separator, encoding=encoding)
    book = workbook(told(code_suggested(3, "Catégorie", "OCCUPATION")), language=language)
    assert repaired(content, "a.csv", book) == ("cm_fp_dossiers_2013-02_v2.xlsx", csv(right, separator=separator, encoding=encoding))


def test_quoted_cells_and_records_over_several_lines_keep_their_place() -> None:
    text = 'titre\nNo programme;Programme;Catégorie\nP1;"un; ""deux""\ntrois";X\n"P2";"b";"Y"\n'
    book = workbook(told(code_suggested(3, "Catégorie", "A;B"), code_suggested(5, "Catégorie", "OCCUPATION")))
    mended = 'titre\nNo programme;Programme;Catégorie\nP1;"un; ""deux""\ntrois";"A;B"\n"P2";"b";OCCUPATION\n'
    assert repaired(text.encode(), "a.csv", book)[1] == mended.encode()


def test_the_line_of_a_key_given_twice_is_deleted() -> None:
    lines = table(CM_FP, [right_row(CM_FP, 1), right_row(CM_FP, 2), right_row(CM_FP, 1), right_row(CM_FP, 3)])
    for content in (csv(lines), xlsx(lines)):
        intake = taken(content)
        assert intake.findings["rule"].to_list() == ["key.duplicate"]
        again = taken(repaired(content, "a", answered(intake, "a.csv"))[1])
        assert again.findings.is_empty() and again.rows_loaded == 3


@pytest.mark.parametrize("form", [csv, xlsx])
def test_a_misspelt_header_and_a_misspelt_code_are_mended_by_their_suggestions(form) -> None:
    lines = table(CM_FP, [right_row(CM_FP, 1) | {"referrer": "OCOPS"}, right_row(CM_FP, 2)])
    lines[0] = ["Date d'anonce" if cell == "Date d'annonce" else cell for cell in lines[0]]
    content = form(lines)
    first = taken(content)
    assert not first.accepted
    name, second = repaired(content, "a", answered(first, "a"))
    again = taken(second)
    _, third = repaired(second, name, answered(again, name))
    assert taken(third).findings.is_empty() and taken(third).rows_loaded == 2


def test_a_formula_keeps_the_value_that_the_sheet_showed() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, line in enumerate(table(CM_FP, [right_row(CM_FP, 1) | {"referrer": "OCOPS"}])):
            for column, cell in enumerate(line):
                if row and column == 0:
                    sheet.write_formula(row, column, '="D"&1', None, "D1")
                else:
                    sheet.write(row, column, cell)
    mended = repaired(file.getvalue(), "a.xlsx", workbook(told(code_suggested(2, "Annoncé par", "OCOSP"))))[1]
    assert taken(mended).findings.is_empty() and taken(mended).rows.select("case_id", "referrer").rows() == [("D1", "OCOSP")]


def test_what_has_no_suggestion_is_left_to_people() -> None:
    content = csv(table(CM_FP, [right_row(CM_FP, 1) | {"announced_on": ""}]))
    assert repaired(content, "a.csv", answered(taken(content), "a.csv"))[1] == content
