"""Spells of benefits as known: which row counts, how long an open one lasts, and what overlaps."""

from typing import Any

import pytest

from tests.sql.world import Made, World, day

SINCE, UNTIL = "2013-01", "2013-06"


def told(*services: str) -> World:
    """Half a year of benefits, sent by each service."""
    world = World()
    for service in services or ("SASO",):
        world.deliver_months("prestations", SINCE, UNTIL, service=service)
    return world


def spell(
    world: World,
    started: str,
    ended: str | None = None,
    *,
    person: str = "A",
    benefit: str = "AIDE_SOCIALE",
    service: str = "SASO",
    told: str | None = None,
    last: str = "9999",
    reason: str = "EMPLOI",
    **cells: Any,
) -> None:
    """A spell in every month in force from its start to its end, or to the `last` month before it vanishes."""
    end = {"ended_on": ended, "end_reason": reason} if ended else None
    cells = {"person_id": person, "benefit": benefit, "started_on": started} | cells
    world.lasting("prestations", service=service, since=started, until=told or ended or last, end=end, **cells)


def spells(world: World, *columns: str) -> list[tuple[Any, ...]]:
    """The columns of all spells, by default start, end and last day covered."""
    wanted = ", ".join(columns or ("started_on", "ended_on", "covered_to"))
    return world.make("core.spell").rows(f"select {wanted} from core.spell order by service, person_id, benefit, started_on")


def days(*texts: str | None) -> tuple[Any, ...]:
    return tuple(day(text) if text else None for text in texts)


def test_a_spell_lasts_to_its_end_and_an_open_one_to_the_last_day_of_the_month_it_was_last_seen_in() -> None:
    world = told()
    spell(world, "2013-01-10", "2013-03-31", person="A")
    spell(world, "2013-01-10", person="B")
    spell(world, "2013-01-10", last="2013-02", person="C")
    assert spells(world) == [
        days("2013-01-10", "2013-03-31", "2013-03-31"),
        days("2013-01-10", None, "2013-06-30"),
        days("2013-01-10", None, "2013-02-28"),
    ]
    assert spells(world, "last_seen", "vanished_on") == [days("2013-03", None), days("2013-06", None), days("2013-02", "2013-02-28")]


def test_a_spell_vanishes_by_the_deliveries_of_its_own_service_only() -> None:
    world = told("SEMP")
    world.deliver_months("prestations", SINCE, "2013-03", service="SASO")
    spell(world, "2013-01-10")
    assert spells(world, "covered_to", "vanished_on") == [days("2013-03-31", None)]


def test_an_end_that_a_later_month_brings_or_takes_back_is_what_is_known() -> None:
    world = told()
    spell(world, "2013-01-10", "2013-03-15", told="2013-05", person="A")
    spell(world, "2013-01-10", "2013-03-15", person="B")
    spell(world, "2013-01-10", person="B", but=months_to("2013-03"))
    assert spells(world) == [days("2013-01-10", "2013-03-15", "2013-03-15"), days("2013-01-10", None, "2013-06-30")]


def months_to(last: str) -> list[str]:
    """The months from the first one on."""
    return [f"2013-{month:02}" for month in range(1, int(last[-2:]) + 1)]


@pytest.mark.parametrize(
    ("second", "joined"),
    [
        # It begins on the last day of the first: they overlap.
        (("2013-03-31", "2013-05-20"), [days("2013-01-10", "2013-05-20", "2013-05-20")]),
        # It begins the day after: they touch.
        (("2013-04-01", "2013-05-20"), [days("2013-01-10", "2013-03-31", "2013-03-31"), days("2013-04-01", "2013-05-20", "2013-05-20")]),
        # It lies within the first.
        (("2013-02-01", "2013-02-20"), [days("2013-01-10", "2013-03-31", "2013-03-31")]),
        # It is still open.
        (("2013-02-01", None), [days("2013-01-10", None, "2013-06-30")]),
    ],
)
def test_spells_that_overlap_are_one_and_those_that_touch_are_two(second: tuple[str, str | None], joined: list[tuple[Any, ...]]) -> None:
    world = told()
    spell(world, "2013-01-10", "2013-03-31")
    spell(world, *second)
    assert spells(world) == joined
    assert spells(world, "merged") == [(2 // len(joined),)] * len(joined)


def test_a_spell_counts_what_it_joins_and_no_row_twice() -> None:
    world = told()
    spell(world, "2013-01-10", "2013-03-31", person="A")
    spell(world, "2013-02-01", "2013-05-10", person="A")
    spell(world, "2013-05-10", "2013-05-10", person="A")
    spell(world, "2013-06-01", person="A")
    spell(world, "2013-01-10", person="B")
    assert spells(world, "person_id", "started_on", "merged") == [
        ("A", day("2013-01-10"), 3),
        ("A", day("2013-06-01"), 1),
        ("B", day("2013-01-10"), 1),
    ]


def test_a_long_spell_holds_together_what_short_ones_within_it_do_not() -> None:
    world = told()
    spell(world, "2013-01-10", "2013-05-31")
    spell(world, "2013-02-01", "2013-02-10")
    # Overlaps the first, not the second.
    spell(world, "2013-05-31", "2013-06-10", reason="DECES")
    assert spells(world, "started_on", "ended_on", "end_reason") == [(day("2013-01-10"), day("2013-06-10"), "DECES")]


def test_only_spells_of_one_person_benefit_and_service_are_joined() -> None:
    world = told("SASO", "SEMP")
    spell(world, "2013-01-10", person="A")
    spell(world, "2013-02-10", person="B")
    spell(world, "2013-01-10", service="SEMP", benefit="AC_INDEMNITE")
    spell(world, "2013-02-10", service="SEMP", benefit="DE_SANS_INDEMNITE")
    assert spells(world, "service", "person_id", "benefit") == [
        ("SASO", "A", "AIDE_SOCIALE"),
        ("SASO", "B", "AIDE_SOCIALE"),
        ("SEMP", "A", "AC_INDEMNITE"),
        ("SEMP", "A", "DE_SANS_INDEMNITE"),
    ]


def test_an_open_spell_that_lasts_as_long_as_an_ended_one_is_not_ended() -> None:
    world = told()
    spell(world, "2013-01-10", "2013-04-30")
    spell(world, "2013-02-10", last="2013-04")
    assert spells(world, "started_on", "ended_on", "covered_to", "vanished_on") == [days("2013-01-10", None, "2013-04-30", "2013-04-30")]


def test_who_the_person_is_is_taken_from_the_latest_row() -> None:
    world = told()
    spell(world, "2013-01-10", last="2013-06", municipality=6458, permit="N")
    # Ends before the first, and began later.
    spell(world, "2013-02-10", "2013-03-10", municipality=6436, permit="B")
    assert spells(world, "municipality", "region", "permit") == [(6458, "LITTORAL", "N")]
    world = told()
    spell(world, "2013-01-10", "2013-03-31", municipality=6458)
    spell(world, "2013-02-10", municipality=351)
    assert spells(world, "municipality", "region") == [(351, "HORS_CANTON")]


def test_the_line_is_that_of_the_row_that_lasts_longest() -> None:
    world = told()
    spell(world, "2013-01-10", "2013-03-31")
    spell(world, "2013-02-10", "2013-02-20")
    assert spells(world, "delivery_id", "line") == [("SASO/prestations_2013-03_v1", 2)]


def test_rows_of_a_version_that_is_not_in_force_count_nowhere() -> None:
    world = told()
    delivery = world.deliver("prestations", "2013-07", service="SASO", status="superseded")
    world.row(delivery, person_id="A", started_on="2013-07-01")
    # Nor does it make anybody vanish.
    spell(world, "2013-01-10", person="B")
    assert spells(world, "person_id", "vanished_on") == [("B", None)]


def made_in_order(seed: int | None) -> Made:
    """Three spells that overlap, the rows shuffled."""
    world = told()
    for start, end in (("2013-01-10", "2013-02-20"), ("2013-02-01", "2013-04-30"), ("2013-03-01", "2013-04-30")):
        spell(world, start, end, municipality=6436 + (start > "2013-02"))
    return world.make("core.spell", shuffled=seed)


def test_the_order_of_rows_changes_nothing() -> None:
    assert made_in_order(1).rows("select * from core.spell") == made_in_order(None).rows("select * from core.spell")
