"""Which columns a file may have, and what is stored of its rows."""

from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from pipelines.ingest import delimited
from pipelines.ingest import intake as intake_module
from pipelines.ingest.intake import Intake
from tests.unit.ingest_cases import CM_FP, PSET, avs, csv, found, right_row, table, taken, taken_rows


def _taken(**cells: str) -> Intake:
    """A row of CM-FP with these cells, and a right one below it."""
    return taken_rows(CM_FP, right_row(CM_FP, 1, **cells), right_row(CM_FP, 2))


# -- columns ------------------------------------------------------------------------------------------------------------


def test_an_optional_column_may_be_absent() -> None:
    lines = [line[:7] for line in table(CM_FP, [right_row(CM_FP)])]
    assert found(taken(csv(lines))) == []
    assert taken(csv(lines)).rows["closed_on"].to_list() == [None]


def test_every_missing_column_is_named_and_what_is_there_is_counted() -> None:
    lines = [line[:5] for line in table(PSET, [right_row(PSET, n) for n in range(3)])]
    intake = taken(csv([*lines, ["", "Total", "", "", ""]]), PSET)
    assert found(intake) == [(1, field, "header.column_missing") for field in ("audience", "occupied", "places")]
    assert "«Places occupées»" in str(intake.findings["message"].to_list())
    assert (intake.rows_read, intake.rows_rejected, intake.lines_skipped) == (4, 3, 1)


def test_an_unknown_column_is_not_stored_and_one_given_twice_refuses_the_file() -> None:
    def columns(*names: str) -> Intake:
        lines = table(PSET, [right_row(PSET, 1), right_row(PSET, 2)])
        return taken(csv([[*names, *lines[0]], *(["x"] * len(names) + line for line in lines[1:])]), PSET)

    assert found(columns("Remarque")) == [(1, None, "header.column_unknown")]
    assert columns("Remarque").rows.columns == columns().rows.columns
    assert columns("Remarque", "REMARQUE").reason == "header.column_twice"
    assert columns("").findings.select("header", "rule").rows() == [(None, "header.unnamed")]


def test_a_blank_column_between_named_ones_is_passed_over() -> None:
    lines = table(PSET, [right_row(PSET, 1)])
    assert found(taken(csv([[*line[:2], "", *line[2:]] for line in lines]), PSET)) == []


def test_a_second_header_line_is_recognised_under_other_names_and_in_another_order() -> None:
    lines = table(PSET, [right_row(PSET, n) for n in range(3)])
    again = ["Programm-Nr.", "Nom du programme", "Places", "Belegte Plätze", "Catégorie", "Branche", "Public", "Veranstalter"]
    assert taken(csv([*lines, again, lines[1]]), PSET).reason == "header.repeated"
    assert taken(csv([*lines, again[:5], lines[1]]), PSET).reason == "header.repeated", "a second table of another width"


# -- what is stored -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("birth", "announced", "age"),
    [
        ("05.02.1994", "04.02.2013", 18),
        ("05.02.1994", "05.02.2013", 19),
        ("29.02.1996", "28.02.2013", 16),
        ("29.02.1996", "28.02.2012", 15),
        ("29.02.1996", "29.02.2012", 16),
        ("31.12.1994", "01.01.2013", 18),
    ],
)
def test_an_age_is_in_whole_years_to_the_day(birth: str, announced: str, age: int) -> None:
    assert _taken(birth_date=birth, announced_on=announced).rows["announced_age"][0] == age


@pytest.mark.parametrize(("birth", "accepted"), [("28.02.2013", True), ("01.03.2013", False), ("01.03.1902", True), ("28.02.1902", False)])
def test_a_birth_lies_in_the_past_and_not_more_than_110_years_back(birth: str, accepted: bool) -> None:
    rules = {rule for _, _, rule in found(_taken(birth_date=birth))}
    assert ("birth_date.range" not in rules) == accepted


def test_of_a_person_only_a_pseudonym_and_the_month_of_birth_are_stored() -> None:
    rows = _taken().rows
    assert rows.columns[:5] == ["line", "case_id", "person_id", "birth_year", "birth_month"]
    assert (rows["birth_year"][0], rows["birth_month"][0]) == (1994, 7)
    assert avs(1) not in str(rows.rows())
    assert rows["person_id"].str.contains("^[0-9a-f]{32}$").all()


def test_no_personal_value_is_shown_wherever_it_was_written() -> None:
    number, birth = avs(77), "05.07.1994"
    row = right_row(
        CM_FP, case_id=number, avs13="Jeanne Rochat", birth_date="né en été", referrer=birth, municipality=number, outcome=number
    )
    lines = table(CM_FP, [row, row, right_row(CM_FP, 2)])
    lines[0].append(f"{number} {birth}")
    lines[1].append("x")
    lines[2].append("y")
    lines[3].append("z")
    shown = str(taken(csv([*lines, [number, birth, "1", "2"]]), file=f"{number}.csv").findings.rows())
    assert "756.••••.••••" in shown
    assert not [secret for secret in (number, birth, "Rochat", "été") if secret in shown]


def test_a_file_without_header_shows_nothing_of_the_person_in_its_first_line() -> None:
    intake = taken(csv(table(CM_FP, [right_row(CM_FP, 5)])[1:]))
    assert intake.reason == "header.missing"
    assert avs(5) not in str(intake.findings.rows())


@pytest.mark.parametrize(
    ("module", "step", "losing"),
    [
        (delimited, "_sheet", lambda sheet: replace(sheet, lines=sheet.lines[1:], cells=sheet.cells[1:])),
        (intake_module, "records", lambda found: replace(found, lines=found.lines[1:], cells=found.cells[1:])),
        (intake_module, "_stored", lambda rows: rows[1:]),
    ],
    ids=["reading", "naming", "storing"],
)
def test_a_row_that_goes_astray_on_the_way_stops_the_reading(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, step: str, losing: Callable[[Any], Any]
) -> None:
    right = getattr(module, step)
    monkeypatch.setattr(module, step, lambda *args, **words: losing(right(*args, **words)))
    with pytest.raises(RuntimeError, match="astray: 3 read, 2 loaded"):
        taken_rows(PSET, *(right_row(PSET, n) for n in range(3)))


def test_reading_twice_gives_the_same() -> None:
    first, second = _taken(sex="?"), _taken(sex="?")
    assert first.rows.equals(second.rows)
    assert first.findings.equals(second.findings)
