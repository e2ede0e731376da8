"""Months of people in each form of support, who they are then, and in which systems."""

from typing import Any

import pytest

from tests.sql.paths import link, sent, supported
from tests.sql.world import World, day


def months_of(world: World, person: str = "A") -> list[tuple[str, str]]:
    """The months of a person and the form of support of each row."""
    select = f"""select strftime(period, '%Y-%m'), benefit_state from core.person_month
        where person_id = '{person}' order by period, benefit_state"""
    return world.make("core.person_month").rows(select)


def people(world: World, *columns: str) -> list[tuple[Any, ...]]:
    """The columns of all persons, in their order."""
    return world.make("core.person").rows(f"select {', '.join(columns)} from core.person order by person_id")


def ages(world: World) -> list[tuple[str, str, int]]:
    """Person, month and age."""
    select = "select person_id, strftime(period, '%Y-%m'), age from core.person_month order by all"
    return world.make("core.person_month").rows(select)


def combinations(world: World) -> list[tuple[str, str, str]]:
    """Person, month and systems of the recipients."""
    select = "select person_id, strftime(period, '%Y-%m'), system_combination from core.recipient_month order by all"
    return world.make("core.recipient_month").rows(select)


# -- which months ----------------------------------------------------------------------------------------


def test_a_day_is_enough_for_a_month() -> None:
    world = sent("2013-01", "2013-06")
    supported(world, "A", "AC_INDEMNITE", "2013-03-31", "2013-03-31")
    supported(world, "B", "AC_INDEMNITE", "2013-03-31", "2013-04-01")
    assert months_of(world) == [("2013-03", "AC")]
    assert months_of(world, "B") == [("2013-03", "AC"), ("2013-04", "AC")]


def test_an_open_spell_lasts_to_the_latest_month_that_tells_it() -> None:
    world = sent("2013-01", "2013-03")
    supported(world, "open", "AC_INDEMNITE", "2013-02")
    world.row("SASO/prestations_2013-01_v1", person_id="vanished", benefit="AIDE_SOCIALE", started_on="2013-01-01")
    assert months_of(world, "open") == [("2013-02", "AC"), ("2013-03", "AC")]
    assert months_of(world, "vanished") == [("2013-01", "AS")]


def test_a_month_in_three_systems_is_three_rows() -> None:
    world = sent("2013-01", "2013-03")
    supported(world, "A", "AC_INDEMNITE", "2013-01-05", "2013-02-03")
    supported(world, "A", "AI_RENTE", "2013-02-10", "2013-02-20")
    supported(world, "A", "AIDE_SOCIALE", "2013-02-28", "2013-03-01")
    assert months_of(world) == [("2013-01", "AC"), ("2013-02", "AC"), ("2013-02", "AI"), ("2013-02", "AS"), ("2013-03", "AS")]
    assert combinations(world) == [("A", "2013-01", "AC"), ("A", "2013-02", "AC+AI+AS"), ("A", "2013-03", "AS")]


@pytest.mark.parametrize("second", ["2013-02-11", "2013-02-10", "2013-02-20"], ids=["touch", "overlap", "within a month"])
def test_a_month_of_two_spells_of_one_benefit_is_one_row(second: str) -> None:
    world = sent("2013-01", "2013-03")
    supported(world, "A", "AC_INDEMNITE", "2013-01-15", "2013-02-10")
    supported(world, "A", "AC_INDEMNITE", second, "2013-03-05")
    assert months_of(world) == [("2013-01", "AC"), ("2013-02", "AC"), ("2013-03", "AC")]


def test_a_stretch_joins_the_months_in_a_row_and_ends_where_one_is_without() -> None:
    world = sent("2013-01", "2013-06")
    supported(world, "A", "AC_INDEMNITE", "2013-01", "2013-01")
    supported(world, "A", "AC_INDEMNITE", "2013-02", "2013-02")
    supported(world, "A", "AC_INDEMNITE", "2013-04", "2013-05")
    # The same months, of another person and of another form of support.
    supported(world, "B", "AC_INDEMNITE", "2013-03", "2013-03")
    supported(world, "A", "DE_SANS_INDEMNITE", "2013-03", "2013-03")
    select = "select person_id, benefit_state, month(first_month), month(last_month) from core.stretch order by all"
    assert world.make("core.stretch").rows(select) == [("A", "AC", 1, 2), ("A", "AC", 4, 5), ("A", "DE", 3, 3), ("B", "AC", 3, 3)]
    assert months_of(world) == [("2013-01", "AC"), ("2013-02", "AC"), ("2013-03", "DE"), ("2013-04", "AC"), ("2013-05", "AC")]


def test_of_a_spell_that_began_before_the_first_delivery_only_the_months_since_then_are_there() -> None:
    world = sent("2013-01", "2013-06", "SASO")
    world.deliver_months("prestations", "2013-05", "2013-06", service="OAI")
    # What it sent of something else says nothing of benefits.
    world.deliver_months("participations", "2012-11", "2013-06", service="SASO")
    supported(world, "A", "AIDE_SOCIALE", "2010-05", "2013-02")
    supported(world, "A", "AI_RENTE", "2013-02")
    # The OAI sends since May.
    assert months_of(world) == [("2013-01", "AS"), ("2013-02", "AS"), ("2013-05", "AI"), ("2013-06", "AI")]


def test_an_end_before_the_first_delivery_told_late_makes_no_month() -> None:
    world = sent("2013-01", "2013-06")
    ended = {"started_on": "2012-03-01", "end_reason": "AUTRE", "benefit": "AIDE_SOCIALE"}
    world.row("SASO/prestations_2013-01_v1", person_id="A", ended_on="2012-12-31", **ended)
    world.row("SASO/prestations_2013-01_v1", person_id="B", ended_on="2013-01-01", **ended)
    made = world.make("core.person_month", "core.episode")
    assert made.rows("select person_id, period from core.person_month") == [("B", day("2013-01"))]
    assert made.rows("select person_id, first_month, last_month from core.episode") == [("B", day("2013-01"), day("2013-01"))]


def test_a_correction_that_moves_a_start_moves_the_months() -> None:
    world = sent("2013-01", "2013-04", "SASO")
    cells = {"person_id": "A", "benefit": "AIDE_SOCIALE"}
    world.deliveries["SASO/prestations_2013-02_v1"]["status"] = "superseded"
    world.row("SASO/prestations_2013-02_v1", started_on="2013-02-25", **cells)
    world.deliver("prestations", "2013-02", service="SASO", version=2)
    for month in ("2013-03", "2013-04"):
        world.row(f"SASO/prestations_{month}_v1", started_on="2013-03-01", **cells)
    assert months_of(world) == [("2013-03", "AS"), ("2013-04", "AS")]
    # Back to January, as the correction of a later month says; February is as it was.
    world.row("SASO/prestations_2013-02_v2", started_on="2013-02-25", **cells)
    world.deliveries["SASO/prestations_2013-04_v1"]["status"] = "superseded"
    world.row(world.deliver("prestations", "2013-04", service="SASO", version=2), started_on="2013-01-31", **cells)
    assert months_of(world) == [(month, "AS") for month in ("2013-01", "2013-02", "2013-03", "2013-04")]


@pytest.mark.parametrize(
    ("benefit", "service", "state", "system"),
    [
        ("AC_INDEMNITE", "SEMP", "AC", "AC"),
        ("DE_SANS_INDEMNITE", "SEMP", "DE", None),
        ("AIDE_SOCIALE", "SASO", "AS", "AS"),
        ("AI_RENTE", "OAI", "AI", "AI"),
        ("AI_MESURE", "OAI", "AI_M", None),
        ("FORMATION", "SFPO", "FO", None),
        ("FORFAIT_INTEGRATION", "SMIG", "IN", None),
    ],
)
def test_each_benefit_is_a_state_of_one_service_and_three_of_them_are_systems(
    benefit: str, service: str, state: str, system: str | None
) -> None:
    world = sent("2013-01", "2013-01", "SEMP", "SASO", "OAI", "SFPO", "SMIG")
    supported(world, "A", benefit, "2013-01")
    made = world.make("core.person_month", "core.recipient_month")
    assert made.rows("select service, benefit_state, system from core.person_month") == [(service, state, system)]
    assert made.rows("select system_combination from core.recipient_month") == [(system,)] * (system is not None)


def test_a_benefit_counts_only_from_the_service_that_pays_it() -> None:
    world = sent("2013-01", "2013-01")
    world.row("SEMP/prestations_2013-01_v1", person_id="A", benefit="AIDE_SOCIALE", started_on="2013-01-01")
    assert months_of(world) == []


# -- who they are ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("birth_month", "before", "then"),
    [(2, 18, 18), (3, 17, 18), (4, 17, 17)],
    ids=["born the month before", "in the month", "the month after"],
)
def test_the_age_is_that_of_the_last_day_of_the_month(birth_month: int, before: int, then: int) -> None:
    world = sent("2013-02", "2013-03")
    supported(world, "A", "AC_INDEMNITE", "2013-02", birth_year=1995, birth_month=birth_month)
    assert ages(world) == [("A", "2013-02", before), ("A", "2013-03", then)]


@pytest.mark.parametrize(("birth_month", "counted"), [(2, False), (3, False), (4, True)])
def test_recipients_are_64_at_most(birth_month: int, counted: bool) -> None:
    world = sent("2013-03", "2013-03")
    supported(world, "A", "AC_INDEMNITE", "2013-03", birth_year=1948, birth_month=birth_month)
    assert combinations(world) == [("A", "2013-03", "AC")] * counted


@pytest.mark.parametrize(("birth_month", "counted"), [(2, True), (3, True), (4, False)])
def test_recipients_are_18_at_least(birth_month: int, counted: bool) -> None:
    world = sent("2013-03", "2013-03")
    supported(world, "A", "AC_INDEMNITE", "2013-03", birth_year=1995, birth_month=birth_month)
    assert combinations(world) == [("A", "2013-03", "AC")] * counted


def test_who_a_person_of_two_services_is_says_the_latest_row_whichever_service_sent_it() -> None:
    world = sent("2013-01", "2013-04")
    told_before = {"sex": "1", "municipality": 6458, "birth_year": 1980, "birth_month": 5}
    told_after = {"sex": "2", "municipality": 6421, "birth_year": 1981, "birth_month": 6}
    columns = ("person_id", "sex", "region", "born_in")
    supported(world, "A", "AC_INDEMNITE", "2013-02", "2013-02", **told_before)
    supported(world, "A", "AIDE_SOCIALE", "2013-01", "2013-03", **told_after)
    supported(world, "B", "AC_INDEMNITE", "2013-02", "2013-03", **told_before)
    supported(world, "B", "AIDE_SOCIALE", "2013-01", "2013-02", **told_after)
    assert people(world, *columns) == [("A", "2", "MONTAGNES", day("1981-06")), ("B", "1", "LITTORAL", day("1980-05"))]
    made = world.make("core.person_month")
    # All months of a person are of one and the same.
    assert made.rows("select count(distinct (person_id, sex, region)) from core.person_month") == [(2,)]


def test_of_two_rows_of_one_month_that_of_the_later_start_says_who_a_person_is() -> None:
    world = sent("2013-01", "2013-02")
    supported(world, "A", "AC_INDEMNITE", "2013-01-10", sex="1")
    supported(world, "A", "AIDE_SOCIALE", "2013-01-11", sex="2")
    supported(world, "B", "AC_INDEMNITE", "2013-01-11", sex="1")
    supported(world, "B", "AIDE_SOCIALE", "2013-01-10", sex="2")
    assert people(world, "person_id", "sex") == [("A", "2"), ("B", "1")]


def test_recipients_are_those_of_the_services_that_may_be_linked() -> None:
    world = sent("2013-01", "2013-01")
    supported(world, "A", "AC_INDEMNITE", "2013-01")
    supported(world, "A", "AIDE_SOCIALE", "2013-01")
    supported(world, "B", "AIDE_SOCIALE", "2013-01")
    link(world, "SEMP", "OAI")
    assert combinations(world) == [("A", "2013-01", "AC")]
    # Its own months stay.
    assert months_of(world, "B") == [("2013-01", "AS")]
