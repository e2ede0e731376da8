"""A definition that changes has a new version, and the one before it stays."""

from dataclasses import replace

import pytest

from pipelines.contracts.query import read_query
from pipelines.indicators.catalogue import Indicator, indicator_of
from pipelines.indicators.versions import fingerprint, replacements
from pipelines.orchestration.graph import QUERIES, graph


@pytest.mark.parametrize("indicator", [*graph().indicators, *graph().former], ids=lambda indicator: indicator.name)
def test_a_definition_is_the_one_that_its_version_was_given_for(indicator: Indicator) -> None:
    assert fingerprint(indicator) == indicator.text("fingerprint"), (
        f"Version {indicator.version} of {indicator.name} is another definition. Keep the file as it was as "
        f"assets/mart/former_{indicator.name}_{indicator.version}.sql, and give the new one the version {indicator.version + 1}, "
        f"the day from which it is valid, and the fingerprint {fingerprint(indicator)} (a new indicator: this one alone)."
    )


# -- what a definition is ------------------------------------------------------------------------------


def told(**changes: str) -> Indicator:
    """An indicator of the house, its header or its query changed."""
    query = read_query(QUERIES / "mart" / "cm_fp_solutions.sql")
    select = changes.pop("select", query.select)
    return indicator_of(replace(query, header=query.header | changes, select=select))


OUTCOME = "select period, outcome, 1 as numerator\nfrom core.cm_fp_case_month\nwhere state = '{}'"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"definition": "Autrement dit.", "unit": "cas", "source": "ailleurs", "reading": "neutre", "numerator": "cas"}),
        ({}, {"persons": "none", "equals": "", "version": "2", "valid_from": "2016-01-01"}),
        ({}, {"grains": "month"}),
        (
            {"select": OUTCOME.format("A")},
            {"select": "select period,outcome , 1 as numerator from core.cm_fp_case_month\n\n  where state='A'"},
        ),
        ({"select": OUTCOME.format("A")}, {"select": "-- Why.\n" + OUTCOME.format("A").replace("where", "-- how\nwhere")}),
    ],
    ids=["what people read", "what disclosure asks", "the usual grain, said", "its layout", "its comments"],
)
def test_words_and_layout_make_no_other_definition(before: dict[str, str], after: dict[str, str]) -> None:
    assert fingerprint(told(**before)) == fingerprint(told(**after))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"select": OUTCOME.format("A")}, {"select": OUTCOME.format("B")}),
        ({"select": OUTCOME.format("A  B")}, {"select": OUTCOME.format("A B")}),
        ({"select": OUTCOME.format("A -- B")}, {"select": OUTCOME.format("A -- C")}),
        ({"select": OUTCOME.format("A")}, {"select": OUTCOME.format("A").replace("period, outcome", "periodoutcome")}),
        ({}, {"dimensions": "total"}),
        ({}, {"dimensions": "total, outcome = cm_fp_outcome"}),
        ({}, {"overlapping": "outcome"}),
        ({}, {"reads": "month", "persons": "stock"}),
        ({}, {"grains": "month, year"}),
        ({}, {"needs": "cm_fp_dossiers"}),
        ({}, {"shape": "ratio", "denominator": "dossiers"}),
        ({}, {"rests_on": "SFPO"}),
        ({"rests_on": "SFPO"}, {"rests_on": "SFPO", "linked": "yes"}),
        ({"rests_on": "SFPO", "linked": "yes"}, {"rests_on": "SFPO", "linked": "yes", "persons_of": "SFPO"}),
    ],
)
def test_whatever_decides_values_makes_another_definition(before: dict[str, str], after: dict[str, str]) -> None:
    assert fingerprint(told(**before)) != fingerprint(told(**after))


# -- which follows which -------------------------------------------------------------------------------


def version(number: int, valid_from: str, *, file: int | None = None) -> Indicator:
    """A definition of `cm_fp_solutions`, the one in use unless a number of its former file is given."""
    indicator = told(version=str(number), valid_from=valid_from)
    name = f"former_cm_fp_solutions_{file}" if file else "cm_fp_solutions"
    return replace(indicator, query=replace(indicator.query, name=name))


FIRST, SECOND, THIRD = version(1, "2009-01-01", file=1), version(2, "2014-01-01", file=2), version(3, "2016-01-01")


def test_each_definition_is_followed_by_the_next_until_the_one_in_use() -> None:
    assert list(replacements([THIRD], [SECOND, FIRST])) == [("cm_fp_solutions", FIRST, SECOND), ("cm_fp_solutions", SECOND, THIRD)]
    assert list(replacements([told()], [])) == []


@pytest.mark.parametrize(
    ("current", "former"),
    [
        (THIRD, [FIRST]),
        (THIRD, []),
        (told(), [FIRST]),
        (THIRD, [FIRST, version(1, "2014-01-01", file=2)]),
        (THIRD, [FIRST, version(2, "2016-01-01", file=2)]),
        (THIRD, [version(1, "2015-01-01", file=1), SECOND]),
    ],
    ids=[
        "one is missing",
        "all are",
        "none follows",
        "another number than the file's",
        "valid from the same day",
        "valid from a later day",
    ],
)
def test_definitions_that_do_not_follow_each_other_are_refused(current: Indicator, former: list[Indicator]) -> None:
    with pytest.raises(ValueError, match="cm_fp_solutions"):
        list(replacements([current], former))
