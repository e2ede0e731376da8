"""Signs that stand for a value which is not told: never a zero, an error where the value is required, missing elsewhere."""

import polars as pl
import pytest

from pipelines.contracts.codes import Code, CodeList
from pipelines.contracts.columns import Kind
from pipelines.contracts.export import Field
from pipelines.ingest.cells import code, is_marker, unless_marker
from tests.unit.ingest_cases import CM_FP, WORKSHOPS, found, right_row, taken_rows

MARKERS = ("X", "x", "XX", "*", "**", "***", ".", "..", "...", "…", "<30", "< 30", ">30", "≤ 5", "<1'000", "<5 %", "＜30")
MARKERS += ("(X)", "(*)", "(...)", "( )", "(<5)", "k.A.", "K. A.", "n.d.")


OPTIONAL, REQUIRED = (
    [field for field in WORKSHOPS.fields if field.kind is not Kind.TEXT and field.required is required] for required in (False, True)
)


def _markers(field: Field) -> list[str]:
    """The markers of a column; a cross may mean yes where yes or no is asked for."""
    return [marker for marker in MARKERS if field.kind is not Kind.YES_NO or marker.strip("()").lower() != "x"]


@pytest.mark.parametrize("field", OPTIONAL, ids=lambda field: field.name)
def test_a_marker_where_a_value_may_be_missing_is_missing_with_a_warning(field: Field) -> None:
    markers = _markers(field)
    intake = taken_rows(WORKSHOPS, *(right_row(WORKSHOPS, n, **{field.name: marker}) for n, marker in enumerate(markers)))
    assert found(intake) == [(line, field.name, "value.marker") for line in range(2, len(markers) + 2)]
    assert intake.rows[field.name].to_list() == [None] * len(markers)
    assert intake.findings["suggestion"].null_count() == len(markers)


@pytest.mark.parametrize("field", REQUIRED, ids=lambda field: field.name)
def test_a_marker_where_a_value_is_required_keeps_the_row_out(field: Field) -> None:
    markers = _markers(field)
    right = [right_row(WORKSHOPS, n) for n in range(100, 100 + 5 * len(markers))]
    intake = taken_rows(WORKSHOPS, *(right_row(WORKSHOPS, n, **{field.name: marker}) for n, marker in enumerate(markers)), *right)
    assert found(intake) == [(line, field.name, "value.marker_required") for line in range(2, len(markers) + 2)]
    assert (intake.rows_rejected, intake.rows_loaded) == (len(markers), len(right))


@pytest.mark.parametrize("marker", ["X", "*", "..."])
def test_a_marker_for_a_municipality_keeps_the_row_out(marker: str) -> None:
    assert found(taken_rows(CM_FP, right_row(CM_FP, 1, municipality=marker))) == [(2, "municipality", "value.marker_required")]


def test_what_a_list_of_codes_knows_is_no_marker() -> None:
    read = unless_marker(code(CodeList("list", (Code("X", "Autre", "Anderes"), Code("A", "*", "k.A.")), "tests")), "value.marker")
    assert [read(cell) for cell in ("X", "*", "k.A.", "...")] == [("X", None), ("A", None), ("A", None), (None, "value.marker")]


@pytest.mark.parametrize("text", ["XXXX", "-5", "30", "?", "< trente", "(5)", "X12", "....", "< 30 > 5", "((X))", "k.o."])
def test_only_the_signs_of_the_closed_list_are_markers(text: str) -> None:
    assert not is_marker(text)


@pytest.mark.parametrize("marker", ["X", "*", "...", "<30"])
def test_in_a_text_a_marker_is_a_text(marker: str) -> None:
    intake = taken_rows(WORKSHOPS, right_row(WORKSHOPS, 1, workshop_id=marker))
    assert (found(intake), intake.rows["workshop_id"].to_list()) == ([], [marker])


def test_a_cross_among_other_words_of_yes_and_no_says_neither() -> None:
    rows = (right_row(WORKSHOPS, 1, open_to_all="X", subsidised="X"), right_row(WORKSHOPS, 2, open_to_all="OUI", subsidised="(x)"))
    assert found(taken_rows(WORKSHOPS, *rows)) == [
        (2, "open_to_all", "yes_no.format"),
        (2, "subsidised", "yes_no.format"),
        (3, "subsidised", "yes_no.format"),
    ]


def test_crosses_and_blanks_alone_are_yes_and_no_and_no_markers() -> None:
    intake = taken_rows(WORKSHOPS, right_row(WORKSHOPS, 1, open_to_all="X"), right_row(WORKSHOPS, 2, open_to_all=""))
    assert (found(intake), intake.rows["open_to_all"].to_list()) == ([], [True, False])


def test_a_value_that_is_missing_by_a_marker_is_missing_to_the_other_rules_too() -> None:
    intake = taken_rows(CM_FP, right_row(CM_FP, 1, closed_on="05.02.2013", outcome="X"))
    assert found(intake) == [(2, "outcome", "given.missing"), (2, "outcome", "value.marker")]


@pytest.mark.parametrize("word", ["", "-", "n/a", "NULL", "#N/A"])
def test_a_word_for_empty_is_empty_and_no_marker(word: str) -> None:
    assert found(taken_rows(WORKSHOPS, right_row(WORKSHOPS, 1, seats=word, over_on=word))) == []
    assert found(taken_rows(WORKSHOPS, right_row(WORKSHOPS, 1, cost=word))) == [(2, "cost", "value.required")]


def test_many_markers_never_become_zeros() -> None:
    intake = taken_rows(WORKSHOPS, *(right_row(WORKSHOPS, n, seats="*", taken="<5", share="...") for n in range(9)))
    assert intake.rows.select(pl.col("seats", "taken", "share").null_count()).row(0) == (9, 9, 9)
    assert intake.rows_rejected == 0
