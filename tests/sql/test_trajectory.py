"""What the 24 months since an entry hold: one system or several, with or without a return.

Data from January 2013 to December 2016.
"""

from typing import Any

import pytest

from tests.sql.paths import link, sent, supported
from tests.sql.world import World


def told() -> World:
    """Four years of the three systems."""
    return sent("2013-01", "2016-12")


def profiles(world: World) -> dict[tuple[str, int], str]:
    """The profile of each person and year of entry."""
    rows = world.make("core.trajectory").rows("select person_id, year(period), profile from core.trajectory order by all")
    return {(person, year): profile for person, year, profile in rows}


def entries(world: World) -> list[tuple[Any, ...]]:
    """Person, year and month of entry, age group."""
    select = "select person_id, year(period), strftime(first_month, '%Y-%m'), age_group from core.trajectory order by all"
    return world.make("core.trajectory").rows(select)


def test_the_profile_says_how_many_systems_and_whether_there_is_a_return() -> None:
    world = told()
    # Still there at the end of the window, or gone after a month.
    supported(world, "one, stable", "AC_INDEMNITE", "2013-05", "2016-05")
    supported(world, "one month", "AC_INDEMNITE", "2013-05", "2013-05")
    supported(world, "one, return", "AC_INDEMNITE", "2013-05", "2013-06")
    supported(world, "one, return", "AC_INDEMNITE", "2013-09", "2013-10")
    supported(world, "one, bridged", "AC_INDEMNITE", "2013-05", "2013-06")
    supported(world, "one, bridged", "AC_INDEMNITE", "2013-08", "2013-10")
    supported(world, "several, stable", "AC_INDEMNITE", "2013-05", "2013-06")
    supported(world, "several, stable", "AIDE_SOCIALE", "2014-01", "2014-02")
    supported(world, "three at once", "AC_INDEMNITE", "2013-05", "2014-05")
    supported(world, "three at once", "AIDE_SOCIALE", "2013-05", "2014-05")
    supported(world, "three at once", "AI_RENTE", "2013-05", "2014-05")
    supported(world, "revolving", "AIDE_SOCIALE", "2013-05", "2013-06")
    supported(world, "revolving", "AC_INDEMNITE", "2013-06", "2013-08")
    supported(world, "revolving", "AIDE_SOCIALE", "2013-09", "2014-12")
    assert profiles(world) == {
        ("one month", 2013): "ONE_STABLE",
        ("one, bridged", 2013): "ONE_STABLE",
        ("one, return", 2013): "ONE_RETURN",
        ("one, stable", 2013): "ONE_STABLE",
        ("revolving", 2013): "REVOLVING",
        ("several, stable", 2013): "SEVERAL_STABLE",
        # Out of all systems from July to December 2013, but in again the year after.
        ("several, stable", 2014): "ONE_STABLE",
        ("three at once", 2013): "SEVERAL_STABLE",
    }


def test_who_returns_in_the_last_of_the_24_months_returns_and_a_month_later_not() -> None:
    world = told()
    for person, again in (("in month 23", "2015-04"), ("in month 24", "2015-05")):
        supported(world, person, "AC_INDEMNITE", "2013-05", "2013-06")
        supported(world, person, "AC_INDEMNITE", again, again)
        supported(world, f"{person}, elsewhere", "AC_INDEMNITE", "2013-05", "2013-06")
        supported(world, f"{person}, elsewhere", "AI_RENTE", again)
    made = profiles(world)
    assert {person: profile for (person, year), profile in made.items() if year == 2013} == {
        "in month 23": "ONE_RETURN",
        "in month 23, elsewhere": "SEVERAL_STABLE",
        "in month 24": "ONE_STABLE",
        "in month 24, elsewhere": "ONE_STABLE",
    }


def test_what_was_before_the_entry_is_not_in_its_24_months() -> None:
    world = told()
    supported(world, "A", "AIDE_SOCIALE", "2013-05", "2013-06")
    supported(world, "A", "AC_INDEMNITE", "2014-02", "2014-03")
    assert profiles(world) == {("A", 2013): "SEVERAL_STABLE", ("A", 2014): "ONE_STABLE"}


def test_the_first_entry_of_a_year_counts_and_every_year_has_its_own() -> None:
    world = told()
    for month in ("2013-04", "2013-08", "2014-02"):
        supported(world, "A", "AC_INDEMNITE", month, month)
    assert entries(world) == [("A", 2013, "2013-04", "30-34"), ("A", 2014, "2014-02", "30-34")]


def test_the_first_entry_of_a_year_says_the_age() -> None:
    world = told()
    for month in ("2013-04", "2013-08"):
        supported(world, "A", "AC_INDEMNITE", month, month, birth_year=1983, birth_month=6)
        supported(world, "B", "AC_INDEMNITE", month, month, birth_year=1988, birth_month=4)
    assert entries(world) == [("A", 2013, "2013-04", "25-29"), ("B", 2013, "2013-04", "25-29")]


def test_an_entry_is_one_into_any_system_that_is_observed() -> None:
    world = told()
    # In the data's second month.
    supported(world, "early", "AC_INDEMNITE", "2013-02", "2013-06")
    supported(world, "early", "AIDE_SOCIALE", "2013-08", "2013-09")
    # Not an entry: was in another system the month before.
    supported(world, "changed", "AIDE_SOCIALE", "2012-01", "2014-01")
    supported(world, "changed", "AC_INDEMNITE", "2014-02", "2014-03")
    supported(world, "right", "AC_INDEMNITE", "2013-03", "2013-06")
    assert [(person, since) for person, _, since, _ in entries(world)] == [("right", "2013-03")]


@pytest.mark.parametrize(
    ("born", "counted"),
    [((1995, 3), True), ((1995, 4), True), ((1995, 5), False), ((1948, 3), False), ((1948, 4), False), ((1948, 5), True)],
    ids=["18", "18 in the month", "17", "65", "65 in the month", "64"],
)
def test_persons_of_18_to_64_at_the_end_of_the_month_of_entry_count(born: tuple[int, int], counted: bool) -> None:
    world = told()
    supported(world, "A", "AC_INDEMNITE", "2013-04", "2013-06", birth_year=born[0], birth_month=born[1])
    assert bool(entries(world)) is counted


def test_a_service_that_may_not_be_linked_makes_no_trajectory() -> None:
    world = told()
    link(world, "SEMP", "OAI")
    supported(world, "A", "AC_INDEMNITE", "2013-05", "2013-06")
    supported(world, "A", "AIDE_SOCIALE", "2013-09", "2013-10")
    supported(world, "B", "AIDE_SOCIALE", "2013-09", "2013-10")
    assert profiles(world) == {("A", 2013): "ONE_STABLE"}
