"""Registrations at the employment office: which spells make one, how long it lasts and how it ends."""

from typing import Any

import pytest

from tests.sql.paths import draw
from tests.sql.world import World, day

SINCE, UNTIL = "2013-01", "2013-06"
PAID, UNPAID = "AC_INDEMNITE", "DE_SANS_INDEMNITE"


def told(*services: str) -> World:
    """Half a year of benefits, sent by each service."""
    world = World()
    for service in services or ("SEMP",):
        world.deliver_months("prestations", SINCE, UNTIL, service=service)
    return world


def registrations(world: World, *columns: str, shuffled: int | None = None) -> list[tuple[Any, ...]]:
    """The columns of all registrations, by default their days."""
    wanted = ", ".join(columns or ("registered_on", "ended_on", "covered_to"))
    made = world.make("core.registration", shuffled=shuffled)
    return made.rows(f"select {wanted} from core.registration order by person_id, registered_on")


def days(*texts: str | None) -> tuple[Any, ...]:
    return tuple(day(text) if text else None for text in texts)


@pytest.mark.parametrize("benefit", [PAID, UNPAID])
@pytest.mark.parametrize(
    ("second", "expected"),
    [
        # It begins on the last day of the first, the day after, or leaves one day free.
        ("2013-03-31", [days("2013-01-10", "2013-05-20", "2013-05-20")]),
        ("2013-04-01", [days("2013-01-10", "2013-05-20", "2013-05-20")]),
        ("2013-04-02", [days("2013-01-10", "2013-03-31", "2013-03-31"), days("2013-04-02", "2013-05-20", "2013-05-20")]),
    ],
)
def test_spells_that_touch_are_one_registration_and_those_a_day_apart_are_two(benefit: str, second: str, expected: list[Any]) -> None:
    world = told()
    draw(world, PAID, "2013-01-10", "2013-03-31")
    draw(world, benefit, second, "2013-05-20")
    assert registrations(world) == expected


def test_a_long_spell_holds_together_what_short_ones_within_it_do_not() -> None:
    world = told()
    draw(world, PAID, "2013-01-10", "2013-05-31")
    draw(world, UNPAID, "2013-02-01", "2013-02-10")
    draw(world, UNPAID, "2013-06-01", "2013-06-10")
    assert registrations(world, "registered_on", "ended_on", "spells") == [(*days("2013-01-10", "2013-06-10"), 3)]


def test_nobody_is_registered_by_another_service_or_by_another_persons_days() -> None:
    world = told("SEMP", "SASO")
    draw(world, PAID, "2013-01-10", "2013-03-31", person="A")
    draw(world, "AIDE_SOCIALE", "2013-04-01", person="A")
    draw(world, PAID, "2013-02-01", "2013-02-10", person="B")
    draw(world, PAID, "2013-03-01", "2013-04-30", person="B")
    assert registrations(world, "person_id", "registered_on", "ended_on") == [
        ("A", *days("2013-01-10", "2013-03-31")),
        ("B", *days("2013-02-01", "2013-02-10")),
        ("B", *days("2013-03-01", "2013-04-30")),
    ]


def test_the_spell_that_lasts_longest_says_how_a_registration_ended() -> None:
    world = told()
    draw(world, PAID, "2013-01-10", "2013-03-31", reason="FIN_DE_DROIT")
    draw(world, UNPAID, "2013-02-10", "2013-03-10", reason="AUTRE")
    assert registrations(world, "ended_on", "end_reason", "spells") == [(day("2013-03-31"), "FIN_DE_DROIT", 2)]


@pytest.mark.parametrize(
    ("paid", "unpaid", "reason"),
    [
        ("2013-01-10", "2013-02-10", "EMPLOI"),
        ("2013-02-10", "2013-01-10", "FIN_DE_DROIT"),
        # Begun together too: by their names, so that it is always the same one.
        ("2013-01-10", "2013-01-10", "EMPLOI"),
    ],
)
def test_of_two_spells_that_end_together_the_later_one_says_how_whatever_their_order(paid: str, unpaid: str, reason: str) -> None:
    world = told()
    draw(world, PAID, paid, "2013-03-31", reason="FIN_DE_DROIT")
    draw(world, UNPAID, unpaid, "2013-03-31", reason="EMPLOI")
    for seed in range(4):
        assert registrations(world, "end_reason", shuffled=seed) == [(reason,)]


def test_what_lasts_has_no_end_and_is_covered_as_far_as_it_was_seen() -> None:
    world = told()
    draw(world, PAID, "2013-01-10", "2013-03-31", person="open", reason="AUTRE_PRESTATION")
    draw(world, UNPAID, "2013-04-01", person="open")
    draw(world, PAID, "2013-01-10", person="vanished", last="2013-02")
    columns = ("person_id", "ended_on", "end_reason", "covered_to")
    assert registrations(world, *columns) == [("open", None, None, day("2013-06-30")), ("vanished", None, None, day("2013-02-28"))]


def test_an_open_spell_that_lasts_as_long_as_an_ended_one_leaves_the_registration_open() -> None:
    world = told()
    draw(world, PAID, "2013-01-10", last="2013-04")
    draw(world, UNPAID, "2013-02-10", "2013-04-30", reason="EMPLOI")
    assert registrations(world, "ended_on", "end_reason", "covered_to") == [(None, None, day("2013-04-30"))]


def test_a_spell_that_vanishes_is_taken_up_by_one_of_the_next_day() -> None:
    world = told()
    draw(world, PAID, "2013-01-10", last="2013-02")
    draw(world, UNPAID, "2013-03-01", "2013-03-20", reason="EMPLOI")
    assert registrations(world, "registered_on", "ended_on", "end_reason") == [(*days("2013-01-10", "2013-03-20"), "EMPLOI")]
