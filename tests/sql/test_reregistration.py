"""Who registers again at the employment office, four months after the end of a registration, or twelve from 2015 on."""

import pytest

from tests.sql.paths import sent, supported
from tests.sql.world import Cell, Made, World

RATE = "orp_reregistration_rate"


def made(world: World) -> Made:
    return world.make(f"mart.{RATE}")


def registered(world: World, person: str, since: str, until: str | None = None, *, again: str | None = None, **cells: object) -> None:
    """A registration, and another one where `again` says when it begins."""
    supported(world, person, "AC_INDEMNITE", since, until, **cells)
    if again:
        supported(world, person, "DE_SANS_INDEMNITE", again, **cells)


@pytest.fixture(scope="module")
def before_2015() -> Made:
    """Registrations that ended in January 2013: what became of them by the end of May."""
    world = sent("2012-06", "2013-08", "SEMP")
    registered(world, "back in April", "2012-09-10", "2013-01-15", again="2013-04-02")
    registered(world, "back on the last day", "2012-09-10", "2013-01-31", again="2013-05-31")
    registered(world, "back a day too late", "2012-09-10", "2013-01-31", again="2013-06-01")
    registered(world, "never back", "2012-09-10", "2013-01-02")
    # From the day after on another benefit of the same office: the same registration goes on.
    registered(world, "went on", "2012-09-10", "2013-01-15", again="2013-01-16")
    registered(world, "17", "2012-09-10", "2013-01-15", birth_year=1995, birth_month=2)
    registered(world, "18", "2012-09-10", "2013-01-15", birth_year=1995, birth_month=1)
    registered(world, "64", "2012-09-10", "2013-01-15", birth_year=1948, birth_month=2)
    registered(world, "65", "2012-09-10", "2013-01-15", birth_year=1948, birth_month=1)
    return made(world)


def test_of_the_registrations_that_ended_four_months_ago_those_count_that_a_new_one_followed(before_2015: Made) -> None:
    assert before_2015.cell(RATE, "2013-05") == Cell(2, 6, 2 / 6, True, True, None)


def test_other_months_speak_of_other_registrations(before_2015: Made) -> None:
    assert before_2015.cell(RATE, "2013-06") == Cell(0, 0, None, True, True, "NOT_APPLICABLE")


def test_a_figure_is_final_where_the_month_of_the_ends_is_in_the_data(before_2015: Made) -> None:
    mature = {month: cell.mature for month, cell in before_2015.series(RATE).items()}
    assert next(month for month, final in mature.items() if final) == "2012-10"
    assert mature["2012-09"] is False and mature["2013-08"] is True


def test_a_year_tells_of_the_registrations_that_its_months_tell_of() -> None:
    world = sent("2012-06", "2014-12", "SEMP")
    registered(world, "back", "2012-09-10", "2013-01-15", again="2013-04-02")
    registered(world, "not back", "2012-09-10", "2013-06-30")
    registered(world, "next year's", "2012-09-10", "2013-10-31")
    found = made(world)
    assert found.cell(RATE, "2013") == Cell(1, 2, 0.5, True, True, None)
    assert found.cell(RATE, "2014") == Cell(0, 1, 0.0, True, True, None)
    assert {year: cell.mature for year, cell in found.series(RATE, grain="year").items()} == {"2012": False, "2013": True, "2014": True}


def test_from_2015_on_twelve_months_are_waited_for() -> None:
    world = sent("2013-06", "2015-03", "SEMP")
    registered(world, "back after ten months", "2013-07-01", "2014-01-31", again="2014-12-01")
    registered(world, "back after five months", "2013-07-01", "2014-08-31", again="2015-01-15")
    found = made(world)
    assert found.cell(RATE, "2014-05")[:2] == (0, 1)
    # August 2014 is four months before December, when the rule still says four.
    assert found.cell(RATE, "2014-12")[:2] == (0, 1)
    assert found.cell(RATE, "2015-01")[:2] == (1, 1)
    assert {month: cell.mature for month, cell in found.series(RATE).items() if month >= "2014-12"} == {
        "2014-12": True,
        "2015-01": True,
        "2015-02": True,
        "2015-03": True,
    }


def test_of_2015_the_first_months_are_not_final_where_the_data_begin_later_than_a_year_before() -> None:
    world = sent("2014-03", "2015-04", "SEMP")
    assert [month for month, cell in made(world).series(RATE).items() if cell.mature] == [
        *(f"2014-{month:02}" for month in range(7, 13)),
        "2015-03",
        "2015-04",
    ]
