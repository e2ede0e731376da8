"""Episodes in one system and runs in any: what an interruption ends, and what the data can say of entries and exits.

Data from January to December 2013, where a test says nothing else: an entry is observed from March on, an exit up to October.
"""

import pytest

from tests.sql.paths import bridging, link, sent, supported
from tests.sql.world import World

FIRST, LAST = "2013-01", "2013-12"


def episodes(world: World) -> list[tuple[str, str, str, str]]:
    """Person, system, first and last month."""
    select = "select person_id, system, strftime(first_month, '%Y-%m'), strftime(last_month, '%Y-%m') from core.episode order by all"
    return world.make("core.episode").rows(select)


def runs(world: World) -> list[tuple[str, str, str]]:
    """Person, first and last month in any system."""
    select = "select person_id, strftime(first_month, '%Y-%m'), strftime(last_month, '%Y-%m') from core.system_run order by all"
    return world.make("core.system_run").rows(select)


def observed(world: World, table: str = "core.episode") -> dict[str, tuple[bool, bool]]:
    """Whether entry and exit of the one episode, or run, of each person are observed."""
    rows = world.make(table).rows(f"select person_id, entry_observed, exit_observed from {table} order by all")
    assert len(rows) == len({person for person, *_ in rows})
    return {person: (entry, end) for person, entry, end in rows}


# -- interruptions ---------------------------------------------------------------------------------------


def test_one_month_without_is_bridged_and_two_are_not() -> None:
    world = sent(FIRST, LAST)
    for person, again in (("none", "2013-05"), ("one", "2013-06"), ("two", "2013-07"), ("three", "2013-08")):
        supported(world, person, "AIDE_SOCIALE", "2013-03", "2013-04")
        supported(world, person, "AIDE_SOCIALE", again, "2013-09")
    assert episodes(world) == [
        ("none", "AS", "2013-03", "2013-09"),
        ("one", "AS", "2013-03", "2013-09"),
        ("three", "AS", "2013-03", "2013-04"),
        ("three", "AS", "2013-08", "2013-09"),
        ("two", "AS", "2013-03", "2013-04"),
        ("two", "AS", "2013-07", "2013-09"),
    ]


def test_a_day_at_each_end_of_the_months_between_is_enough() -> None:
    world = sent(FIRST, LAST)
    # From the first of April to the last of June, 91 days: only May is without.
    supported(world, "A", "AC_INDEMNITE", "2013-03-05", "2013-04-01")
    supported(world, "A", "AC_INDEMNITE", "2013-06-30", "2013-07-10")
    # From the last of April to the first of July, 62 days: May and June are without.
    supported(world, "B", "AC_INDEMNITE", "2013-03-05", "2013-04-30")
    supported(world, "B", "AC_INDEMNITE", "2013-07-01", "2013-07-10")
    assert episodes(world) == [
        ("A", "AC", "2013-03", "2013-07"),
        ("B", "AC", "2013-03", "2013-04"),
        ("B", "AC", "2013-07", "2013-07"),
    ]


def test_several_interruptions_are_bridged_each_for_itself_across_the_year() -> None:
    world = sent("2012-09", LAST)
    for month in ("2012-11", "2013-01", "2013-03", "2013-06"):
        supported(world, "A", "AC_INDEMNITE", month, month)
    assert episodes(world) == [("A", "AC", "2012-11", "2013-03"), ("A", "AC", "2013-06", "2013-06")]


def test_another_system_bridges_nothing_nor_does_what_is_no_system() -> None:
    world = sent(FIRST, LAST)
    supported(world, "A", "AI_RENTE", "2013-03", "2013-04")
    supported(world, "A", "AIDE_SOCIALE", "2013-05", "2013-06")
    supported(world, "A", "AI_MESURE", "2013-04", "2013-08")
    supported(world, "A", "AI_RENTE", "2013-07", "2013-08")
    assert episodes(world) == [("A", "AI", "2013-03", "2013-04"), ("A", "AI", "2013-07", "2013-08"), ("A", "AS", "2013-05", "2013-06")]


def test_a_measure_of_the_ai_a_training_and_a_search_without_benefits_are_no_episodes() -> None:
    world = sent(FIRST, LAST, "SEMP", "SASO", "OAI", "SFPO", "SMIG")
    for benefit in ("AI_MESURE", "FORMATION", "DE_SANS_INDEMNITE", "FORFAIT_INTEGRATION"):
        supported(world, benefit, benefit, "2013-04", "2013-06")
    assert episodes(world) == []
    assert runs(world) == []


def test_episodes_of_two_persons_have_nothing_to_do_with_each_other() -> None:
    world = sent(FIRST, LAST)
    supported(world, "A", "AC_INDEMNITE", "2013-03", "2013-04")
    supported(world, "B", "AC_INDEMNITE", "2013-05", "2013-06")
    assert episodes(world) == [("A", "AC", "2013-03", "2013-04"), ("B", "AC", "2013-05", "2013-06")]


# -- what is observed ------------------------------------------------------------------------------------


def test_an_entry_is_observed_from_the_third_month_of_the_data_on() -> None:
    world = sent(FIRST, LAST)
    for since in ("2012-12", "2013-01", "2013-02", "2013-03"):
        supported(world, since, "AC_INDEMNITE", since, "2013-06")
    assert observed(world) == {
        "2012-12": (False, True),
        "2013-01": (False, True),
        "2013-02": (False, True),
        "2013-03": (True, True),
    }


def test_an_exit_is_observed_up_to_the_third_month_before_the_end_of_the_data() -> None:
    world = sent(FIRST, LAST)
    for until in ("2013-10", "2013-11", "2013-12"):
        supported(world, until, "AC_INDEMNITE", "2013-06", until)
    supported(world, "open", "AC_INDEMNITE", "2013-06")
    assert observed(world) == {
        "2013-10": (True, True),
        "2013-11": (True, False),
        "2013-12": (True, False),
        "open": (True, False),
    }


def test_what_is_observed_says_the_service_that_sends_the_system() -> None:
    world = sent(FIRST, LAST, "SASO", "SEMP")
    world.deliver_months("prestations", "2013-04", "2013-08", service="OAI")
    for person, since, until in (("A", "2013-05", "2013-06"), ("B", "2013-06", "2013-06"), ("C", "2013-06", "2013-07")):
        supported(world, person, "AI_RENTE", since, until)
    supported(world, "D", "AIDE_SOCIALE", "2013-03", "2013-10")
    # AI: April to August.
    assert observed(world) == {"A": (False, True), "B": (True, True), "C": (True, False), "D": (True, True)}
    select = "select system, service, month(first_month), month(last_month), gap_months from core.system_span order by system"
    assert world.make("core.system_span").rows(select) == [("AC", "SEMP", 1, 12, 2), ("AI", "OAI", 4, 8, 2), ("AS", "SASO", 1, 12, 2)]


def test_a_delivery_of_something_else_or_not_in_force_observes_nothing() -> None:
    world = sent("2013-03", "2013-10")
    world.deliver_months("participations", FIRST, LAST, service="SEMP")
    for month in (FIRST, LAST):
        world.deliver("prestations", month, service="SEMP", status="rejected", reason="invented")
    supported(world, "A", "AC_INDEMNITE", "2013-04", "2013-09")
    supported(world, "B", "AC_INDEMNITE", "2013-05", "2013-08")
    assert observed(world) == {"A": (False, False), "B": (True, True)}


@pytest.mark.parametrize("table", ["core.episode", "core.system_run"])
def test_the_ages_are_those_of_the_last_day_of_the_first_and_of_the_last_month(table: str) -> None:
    world = sent(FIRST, LAST)
    born = {"17 to 18": (1995, 7), "17 to 17": (1995, 10), "18": (1995, 4), "64 to 65": (1948, 9), "65": (1948, 4)}
    for person, (year, month) in born.items():
        supported(world, person, "AC_INDEMNITE", "2013-04", "2013-09", birth_year=year, birth_month=month)
    assert world.make(table).rows(f"select person_id, entry_age, exit_age from {table} order by person_id") == [
        ("17 to 17", 17, 17),
        ("17 to 18", 17, 18),
        ("18", 18, 18),
        ("64 to 65", 64, 65),
        ("65", 65, 65),
    ]


# -- the parameter ---------------------------------------------------------------------------------------


def with_interruption_of_two(*gap_months: tuple[str, int]) -> World:
    """Persons with two months without, and data known on the last day of 2013."""
    world = World(known_on="2013-12-31")
    for service in ("SEMP", "SASO", "OAI"):
        world.deliver_months("prestations", FIRST, LAST, service=service)
    supported(world, "A", "AC_INDEMNITE", "2013-03", "2013-04")
    supported(world, "A", "AC_INDEMNITE", "2013-07", "2013-10")
    bridging(world, *gap_months)
    return world


def test_where_three_months_end_an_episode_two_do_not_and_less_is_observed() -> None:
    world = with_interruption_of_two(("2009-01-01", 3))
    assert episodes(world) == [("A", "AC", "2013-03", "2013-10")]
    assert runs(world) == [("A", "2013-03", "2013-10")]
    assert observed(world) == {"A": (False, False)}
    assert observed(world, "core.system_run") == {"A": (False, False)}


def test_where_one_month_ends_an_episode_none_is_bridged_and_more_is_observed() -> None:
    world = sent(FIRST, LAST)
    bridging(world, ("2009-01-01", 1))
    supported(world, "A", "AC_INDEMNITE", "2013-02", "2013-11")
    supported(world, "B", "AC_INDEMNITE", "2013-03", "2013-04")
    supported(world, "B", "AC_INDEMNITE", "2013-05", "2013-05")
    supported(world, "C", "AIDE_SOCIALE", "2013-03", "2013-04")
    supported(world, "C", "AIDE_SOCIALE", "2013-06", "2013-06")
    assert episodes(world) == [
        ("A", "AC", "2013-02", "2013-11"),
        ("B", "AC", "2013-03", "2013-05"),
        ("C", "AS", "2013-03", "2013-04"),
        ("C", "AS", "2013-06", "2013-06"),
    ]
    select = "select entry_observed, exit_observed from core.episode where person_id = 'A'"
    assert world.make("core.episode").rows(select) == [(True, True)]


def test_of_the_parameters_lines_the_latest_that_is_valid_by_the_day_of_knowledge_counts() -> None:
    two = [("A", "AC", "2013-03", "2013-04"), ("A", "AC", "2013-07", "2013-10")]
    assert episodes(with_interruption_of_two(("2009-01-01", 2), ("2014-01-01", 3))) == two
    assert episodes(with_interruption_of_two(("2013-12-31", 3), ("2009-01-01", 2))) == [("A", "AC", "2013-03", "2013-10")]


# -- runs in any system ----------------------------------------------------------------------------------


def test_a_run_goes_on_from_one_system_to_another() -> None:
    world = sent(FIRST, LAST)
    for person, next_month in (("at once", "2013-05"), ("bridged", "2013-06"), ("after two", "2013-07")):
        supported(world, person, "AC_INDEMNITE", "2013-03", "2013-04")
        supported(world, person, "AIDE_SOCIALE", next_month, "2013-09")
    assert runs(world) == [
        ("after two", "2013-03", "2013-04"),
        ("after two", "2013-07", "2013-09"),
        ("at once", "2013-03", "2013-09"),
        ("bridged", "2013-03", "2013-09"),
    ]


def test_a_long_stay_holds_a_run_together_while_another_system_comes_and_goes() -> None:
    world = sent(FIRST, LAST)
    supported(world, "A", "AIDE_SOCIALE", "2013-03", "2013-08")
    supported(world, "A", "AC_INDEMNITE", "2013-04", "2013-04")
    supported(world, "A", "AC_INDEMNITE", "2013-08", "2013-10")
    assert runs(world) == [("A", "2013-03", "2013-10")]


def test_what_is_no_system_keeps_no_run_together() -> None:
    world = sent(FIRST, LAST, "SEMP", "SASO", "OAI")
    supported(world, "A", "AC_INDEMNITE", "2013-03", "2013-04")
    supported(world, "A", "DE_SANS_INDEMNITE", "2013-05", "2013-06")
    supported(world, "A", "AC_INDEMNITE", "2013-07", "2013-08")
    assert runs(world) == [("A", "2013-03", "2013-04"), ("A", "2013-07", "2013-08")]


def test_a_run_is_observed_where_all_systems_are() -> None:
    world = sent(FIRST, LAST, "SASO", "SEMP")
    world.deliver_months("prestations", "2013-03", "2013-10", service="OAI")
    for person, since, until in (("A", "2013-04", "2013-09"), ("B", "2013-05", "2013-08")):
        supported(world, person, "AIDE_SOCIALE", since, until)
    # The AI from March to October, so that May and August are the outermost.
    assert observed(world, "core.system_run") == {"A": (False, False), "B": (True, True)}
    assert observed(world) == {"A": (True, True), "B": (True, True)}


def test_a_service_that_may_not_be_linked_keeps_its_episodes_and_takes_no_part_in_runs() -> None:
    world = sent(FIRST, LAST, "SASO", "SEMP")
    world.deliver_months("prestations", "2013-03", "2013-10", service="OAI")
    supported(world, "A", "AC_INDEMNITE", "2013-03", "2013-04")
    supported(world, "A", "AI_RENTE", "2013-05", "2013-06")
    supported(world, "A", "AIDE_SOCIALE", "2013-07", "2013-10")
    assert runs(world) == [("A", "2013-03", "2013-10")]
    link(world, "SEMP", "SASO")
    assert runs(world) == [("A", "2013-03", "2013-04"), ("A", "2013-07", "2013-10")]
    assert [system for _, system, *_ in episodes(world)] == ["AC", "AI", "AS"]
    # Nor do its months say what is observed.
    made = world.make("core.system_run").rows("select entry_observed, exit_observed from core.system_run order by first_month")
    assert made == [(True, True), (True, True)]
