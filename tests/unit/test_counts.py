"""What a header says of its counts: which are of persons, and which they equal."""

import re

import pytest

from pipelines.indicators.counts import EVERY, Equality, Persons, Term, equalities, persons_of_header


@pytest.mark.parametrize(
    ("text", "shape", "reads", "persons"),
    [
        ("stock", "count", "month", Persons("stock", True, False)),
        ("none", "ratio", "trailing 12", Persons("none", False, False)),
        ("flow", "ratio", "from -12 to 0", Persons("flow", True, True)),
        ("stock numerator", "ratio", "end", Persons("stock", True, False)),
        ("window denominator", "ratio", "trailing 12", Persons("window", False, True)),
        ("window", "median", "since 8", Persons("window", False, True)),
        ("cumulated", "count", "cumulated", Persons("cumulated", True, False)),
        ("cumulated public", "count", "cumulated", Persons("cumulated", True, False, public=True)),
        ("stock numerator public", "ratio", "end", Persons("stock", True, False, public=True)),
    ],
)
def test_a_header_says_which_counts_are_persons_and_how_they_move(text, shape, reads, persons) -> None:
    assert persons_of_header(text, shape=shape, reads=reads) == persons


@pytest.mark.parametrize(
    ("text", "shape", "reads"),
    [
        ("moving", "count", "month"),
        ("flow", "count", "trailing 12"),
        ("stock", "count", "cumulated"),
        ("cumulated", "count", "month"),
        ("stock numerator", "count", "month"),
        ("window denominator", "mean", "trailing 12"),
        ("none numerator", "ratio", "month"),
        ("none public", "count", "month"),
        ("stock public numerator", "ratio", "month"),
        ("stock both", "ratio", "month"),
        ("stock numerator denominator", "ratio", "month"),
    ],
)
def test_a_word_about_persons_that_means_nothing_or_contradicts_what_is_read_is_refused(text, shape, reads) -> None:
    with pytest.raises(ValueError, match="persons"):
        persons_of_header(text, shape=shape, reads=reads)


@pytest.mark.parametrize(
    ("text", "equality"),
    [
        ("numerator = other", Equality("numerator", (Term("other"),))),
        ("denominator in year = other.denominator", Equality("denominator", (Term("other", "denominator"),), grain="year")),
        (
            "numerator by total = a_1 - b[system_combination=AC+AI]",
            Equality("numerator", (Term("a_1"), Term("b", sign=-1, dimension="system_combination", member="AC+AI")), dimension="total"),
        ),
        (
            "numerator in month by total = a[outcome=CFC]@-12..-1 - b@-1",
            Equality(
                "numerator",
                (Term("a", dimension="outcome", member="CFC", months=(-12, -1)), Term("b", sign=-1, months=(-1, -1))),
                grain="month",
                dimension="total",
            ),
        ),
        ("denominator by profile = sum", Equality("denominator", (Term("own", dimension="profile", member=EVERY),), dimension="profile")),
    ],
)
def test_an_equality_names_a_count_where_it_holds_and_what_adds_up_to_it(text, equality) -> None:
    assert equalities(text, indicator="own") == (equality,)


def test_several_equalities_stand_one_after_the_other_and_none_is_none() -> None:
    assert [one.side for one in equalities("numerator = a; denominator = b", indicator="own")] == ["numerator", "denominator"]
    assert equalities("", indicator="own") == ()


@pytest.mark.parametrize(
    "text",
    [
        "numerator other",
        "value = other",
        "numerator in week = other",
        "numerator = ",
        "numerator = other;",
        "numerator = a+b",
        "numerator = a + ",
        "numerator = - a",
        "numerator = a.value",
        "numerator = a@-1",
        "numerator in month = a@1",
        "numerator in month = a@-1..-2",
        "numerator in year = a@-1..0",
        "numerator = a[outcome]",
        "numerator by outcome = a[outcome=CFC]",
        "numerator = a[outcome=CFC]",
        "denominator = sum",
        "denominator by total = sum",
        "numerator by profile = sum",
        "denominator by profile = sum + a",
    ],
)
def test_an_equality_that_is_said_otherwise_is_refused(text) -> None:
    with pytest.raises(ValueError, match=re.escape("equals: ")):
        equalities(text, indicator="own")
