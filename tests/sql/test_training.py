"""Training sessions by quarter, worked out by hand; the plan is that of the reference file: one a quarter from 2017 on."""

from typing import Any

import pytest

from tests.sql.world import Made, World, day

TRAINING = "formations_cii"
INDICATORS = ("training_sessions", "training_participants", "training_plan_met")


def hold(world: World, session_id: str, held_on: str, **participants: int) -> None:
    """A session with its participants by service."""
    for service, number in participants.items():
        told: dict[str, Any] = {"session_id": session_id, "held_on": held_on, "service": service, "participants": number}
        world.row(f"{TRAINING}_{held_on[:7]}_v1", **told)


@pytest.fixture(scope="module")
def made() -> Made:
    """A year and two months; nothing came for the last quarter of 2017."""
    world = World()
    world.deliver_months(TRAINING, "2016-10", "2017-09")
    world.deliver(TRAINING, "2018-01")
    hold(world, "before the plan", "2016-12-31", SFPO=1)
    # On the last day of a quarter, and on the first of the next; the OAI was invited and nobody came.
    hold(world, "first", "2017-03-31", SEMP=5, SASO=3, OAI=0)
    hold(world, "second", "2017-04-01", SEMP=2)
    hold(world, "third", "2017-06-30", SMIG=4, SEMP=6)
    return world.make(*(f"mart.{indicator}" for indicator in INDICATORS))


def test_sessions_and_participants_are_those_of_the_quarter(made: Made) -> None:
    quarters = ["2016-Q4", "2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4", "2018-Q1"]
    for indicator, counted in (("training_sessions", [1, 1, 2, 0, None, 0]), ("training_participants", [1, 8, 12, 0, None, 0])):
        series = made.series(indicator, grain="quarter")
        assert {quarter: cell.value for quarter, cell in series.items()} == dict(zip(quarters, counted, strict=True))


def test_a_session_counts_once_and_under_each_service_that_took_part(made: Made) -> None:
    assert made.counts("training_sessions", "2017-Q1", "service") == {"SEMP": 1, "SASO": 1}
    assert made.counts("training_sessions", "2017-Q2", "service") == {"SEMP": 2, "SMIG": 1}
    assert made.counts("training_participants", "2017-Q1", "service") == {"SEMP": 5, "SASO": 3}
    assert made.members("training_participants", "2017-Q1", "service")["OAI"].value == 0


def test_the_plan_is_one_session_a_quarter_from_2017_on(made: Made) -> None:
    assert {quarter: cell[:2] for quarter, cell in made.series("training_plan_met", grain="quarter").items()} == {
        "2016-Q4": (1, None),
        "2017-Q1": (1, 1),
        "2017-Q2": (2, 1),
        "2017-Q3": (0, 1),
        "2017-Q4": (None, None),
        "2018-Q1": (0, 1),
    }
    assert made.cell("training_plan_met", "2016-Q4").reason == "NOT_APPLICABLE"


def test_the_plan_is_the_one_valid_in_the_quarter() -> None:
    world = World()
    world.deliver_months(TRAINING, "2017-01", "2017-06")
    for valid_from, sessions in (("2017-01", 1), ("2017-04", 3)):
        world.give("core.parameter", parameter="training_sessions_planned", valid_from=day(valid_from), value=sessions)
    series = world.make("mart.training_plan_met").series("training_plan_met", grain="quarter")
    assert {quarter: cell[:2] for quarter, cell in series.items()} == {"2017-Q1": (0, 1), "2017-Q2": (0, 3)}


def test_a_quarter_without_a_session_is_zero_and_one_of_which_nothing_came_is_missing(made: Made) -> None:
    assert made.cell("training_sessions", "2017-Q3") == (0, None, 0, True, True, None)
    assert made.cell("training_plan_met", "2017-Q3") == (0, 1, 0, True, True, None)
    for indicator in INDICATORS:
        assert made.cell(indicator, "2017-Q4").reason == "NOT_RECEIVED"


def test_a_quarter_that_goes_on_is_not_final(made: Made) -> None:
    for indicator in INDICATORS:
        assert [quarter for quarter, cell in made.series(indicator, grain="quarter").items() if not cell.mature] == ["2018-Q1"]


def test_a_session_told_twice_is_known_by_its_latest_row() -> None:
    world = World()
    world.deliver_months(TRAINING, "2017-03", "2017-04")
    # What is held does not count.
    world.deliver(TRAINING, "2017-05", status="held")
    hold(world, "S", "2017-03-15", SEMP=5)
    for month, participants in (("2017-04", 7), ("2017-05", 9)):
        world.row(f"{TRAINING}_{month}_v1", session_id="S", service="SEMP", held_on="2017-03-15", participants=participants)
    made = world.make("mart.training_participants")
    assert made.rows("select participants, last_seen::varchar, delivery_id, line from core.training_session") == [
        (7, "2017-04-01", f"{TRAINING}_2017-04_v1", 2)
    ]
    assert made.cell("training_participants", "2017-Q1").value == 7
