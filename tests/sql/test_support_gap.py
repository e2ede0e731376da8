"""Interruptions between two supports, of all linked services together: how long, after whom and before whom."""

from typing import Any

from tests.sql.paths import link, sent, supported
from tests.sql.world import World, day

ALL = ("SEMP", "SASO", "OAI", "SFPO", "SMIG")


def told() -> World:
    """Four years of all services."""
    return sent("2013-01", "2016-12", *ALL)


def gaps(world: World, *columns: str) -> list[tuple[Any, ...]]:
    """The columns of all interruptions, by default person, month of the return and length."""
    wanted = ", ".join(columns or ("person_id", "strftime(period, '%Y-%m')", "gap_length"))
    return world.make("core.support_gap").rows(f"select {wanted} from core.support_gap order by person_id, period")


def test_an_interruption_begins_with_one_month_without_and_lasts_as_long_as_it_lasts() -> None:
    world = told()
    for person, again in (("none", "2013-05"), ("1", "2013-06"), ("24", "2015-05"), ("25", "2015-06")):
        supported(world, person, "AIDE_SOCIALE", "2013-03", "2013-04")
        supported(world, person, "FORMATION", again)
    assert gaps(world) == [("1", "2013-06", 1), ("24", "2015-05", 24), ("25", "2015-06", 25)]


def test_every_form_of_support_ends_an_interruption_and_none_within_it_is_lost() -> None:
    world = told()
    supported(world, "A", "FORMATION", "2013-03", "2013-08")
    # Within the training, which goes on.
    supported(world, "A", "DE_SANS_INDEMNITE", "2013-04", "2013-05")
    supported(world, "A", "AI_MESURE", "2013-11", "2013-11")
    supported(world, "A", "FORFAIT_INTEGRATION", "2014-02", "2014-02")
    assert gaps(world) == [("A", "2013-11", 2), ("A", "2014-02", 2)]


def test_services_before_and_after_are_sorted_and_joined_and_each_stands_once() -> None:
    world = told()
    supported(world, "A", "FORMATION", "2013-03", "2013-04")
    supported(world, "A", "AIDE_SOCIALE", "2013-04", "2013-04")
    # Ended before the others.
    supported(world, "A", "FORFAIT_INTEGRATION", "2013-02", "2013-03")
    # Two forms of one service.
    supported(world, "A", "DE_SANS_INDEMNITE", "2013-07", "2013-08")
    supported(world, "A", "AC_INDEMNITE", "2013-07", "2013-09")
    supported(world, "A", "AI_RENTE", "2013-07")
    # Began after the others.
    supported(world, "A", "FORMATION", "2013-08", "2013-08")
    supported(world, "B", "AC_INDEMNITE", "2013-04", "2013-04")
    supported(world, "B", "DE_SANS_INDEMNITE", "2013-03", "2013-04")
    supported(world, "B", "AC_INDEMNITE", "2013-07", "2013-07")
    columns = ("person_id", "last_month", "period", "service_before", "service_after")
    assert gaps(world, *columns) == [
        ("A", day("2013-04"), day("2013-07"), "SASO+SFPO", "OAI+SEMP"),
        ("B", day("2013-04"), day("2013-07"), "SEMP", "SEMP"),
    ]


def test_age_and_region_are_those_at_the_return() -> None:
    world = told()
    supported(world, "A", "AIDE_SOCIALE", "2013-03", "2013-04", birth_year=1979, birth_month=7, municipality=6458)
    supported(world, "A", "AC_INDEMNITE", "2014-07", "2014-08", birth_year=1979, birth_month=7, municipality=6421)
    supported(world, "B", "AIDE_SOCIALE", "2013-03", "2013-04", birth_year=1979, birth_month=8)
    supported(world, "B", "AC_INDEMNITE", "2014-07", "2014-08", birth_year=1979, birth_month=8)
    assert gaps(world, "person_id", "age", "region") == [("A", 35, "MONTAGNES"), ("B", 34, "LITTORAL")]


def test_what_a_service_that_may_not_be_linked_pays_is_not_seen() -> None:
    world = told()
    supported(world, "A", "AIDE_SOCIALE", "2013-03", "2013-04")
    supported(world, "A", "AC_INDEMNITE", "2013-06", "2013-07")
    supported(world, "A", "AIDE_SOCIALE", "2013-09", "2013-09")
    link(world, "SASO", "SFPO")
    assert gaps(world, "strftime(period, '%Y-%m')", "gap_length", "service_before", "service_after") == [("2013-09", 4, "SASO", "SASO")]
