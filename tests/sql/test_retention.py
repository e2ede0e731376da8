"""How long people stay in a system, and whether they come back: every figure worked out by hand."""

import pytest

from tests.sql.paths import incomplete, link, mature, sent, supported
from tests.sql.world import Made, World, months

RETENTION = ("mart.system_retention_12", "mart.system_retention_24")
RETURN = ("mart.system_return_6", "mart.system_return_12")
LASTING = "mart.system_lasting_exit_12"
AC = "AC_INDEMNITE"


def entered(world: World) -> World:
    """Nine persons who enter in March 2013, and one in February."""
    # One month too short for a year; the year's last month; an interruption of one month at its end; of two.
    supported(world, "A", AC, "2013-03", "2014-02")
    supported(world, "B", AC, "2013-03", "2014-03")
    supported(world, "C", AC, "2013-03", "2014-02")
    supported(world, "C", AC, "2014-04", "2014-05")
    supported(world, "D", AC, "2013-03", "2014-02")
    supported(world, "D", AC, "2014-05", "2014-06")
    # Two years, and one month less.
    supported(world, "E", AC, "2013-03", "2015-03")
    supported(world, "F", AC, "2013-03", "2015-02")
    # 17 at the entry, or 64; for whose entry too little is known.
    supported(world, "G", AC, "2013-03", "2015-12", birth_year=1995, birth_month=4)
    supported(world, "H", AC, "2013-03", birth_year=1948, birth_month=4)
    supported(world, "I", AC, "2013-02")
    supported(world, "J", "AIDE_SOCIALE", "2013-03", "2014-01")
    return world


@pytest.fixture(scope="module")
def stayed() -> Made:
    return entered(sent("2013-01", "2016-12")).make(*RETENTION)


def known(made: Made, indicator: str, system: str) -> dict[str, tuple[float | None, float | None]]:
    """Numerator and denominator of the months that have any."""
    return {month: cell[:2] for month, cell in made.series(indicator, "system", system).items() if cell.denominator}


def test_retained_after_a_year_is_who_leaves_in_its_last_month_or_later(stayed: Made) -> None:
    # D's second episode begins in May 2014.
    assert known(stayed, "system_retention_12", "AC") == {"2014-03": (5, 7), "2015-05": (0, 1)}
    assert stayed.cell("system_retention_12", "2014-03", "system", "AC").value == 5 / 7
    assert known(stayed, "system_retention_12", "AS") == {"2014-03": (0, 1)}


def test_retained_after_two_years_is_who_leaves_in_their_last_month_or_later(stayed: Made) -> None:
    assert known(stayed, "system_retention_24", "AC") == {"2015-03": (2, 7), "2016-05": (0, 1)}
    assert known(stayed, "system_retention_24", "AS") == {"2015-03": (0, 1)}


@pytest.mark.parametrize("indicator", ["system_retention_12", "system_retention_24"])
def test_every_system_has_its_retention_also_where_nobody_entered(stayed: Made, indicator: str) -> None:
    assert {by for (by,) in stayed.rows(f"select distinct dimension from mart.{indicator}")} == {"system"}
    cells = stayed.members(indicator, "2015-03", "system")
    assert set(cells) == {"AC", "AI", "AS"}
    assert cells["AI"] == (0, 0, None, True, True, "NOT_APPLICABLE")


def test_retention_is_final_from_the_first_entries_known_to_the_month_before_the_last(stayed: Made) -> None:
    # Entries are known from March 2013; in November 2016 an interruption may still end in December.
    assert mature(stayed, "system_retention_12", "system", "AC") == ("2014-03", "2016-11")
    assert mature(stayed, "system_retention_24", "system", "AC") == ("2015-03", "2016-11")


@pytest.mark.parametrize("birth", [(1995, 3, 1), (1995, 4, 0), (1948, 4, 1), (1948, 3, 0)])
def test_the_age_of_those_retained_is_that_of_their_entry(birth: tuple[int, int, int]) -> None:
    year, month, counted = birth
    world = sent("2013-01", "2015-06")
    supported(world, "A", AC, "2013-03", birth_year=year, birth_month=month)
    made = world.make(*RETENTION)
    assert made.cell("system_retention_12", "2014-03", "system", "AC")[:2] == (counted, counted)
    assert made.cell("system_retention_24", "2015-03", "system", "AC")[:2] == (counted, counted)


def left(world: World) -> World:
    """Persons who leave unemployment insurance in March 2014."""
    for person, back in (("A", "2014-09"), ("B", "2014-10"), ("C", "2015-03"), ("D", "2015-04")):
        supported(world, person, AC, "2013-06", "2014-03")
        supported(world, person, AC, back, back)
    supported(world, "E", AC, "2013-06", "2014-03")
    # Comes back to another system.
    supported(world, "F", AC, "2013-06", "2014-03")
    supported(world, "F", "AIDE_SOCIALE", "2014-06", "2014-06")
    # An interruption of one month: left in June.
    supported(world, "G", AC, "2013-06", "2014-03")
    supported(world, "G", AC, "2014-05", "2014-06")
    # 65 when leaving; 64, and 65 when back.
    supported(world, "H", AC, "2013-06", "2014-03", birth_year=1949, birth_month=3)
    supported(world, "I", AC, "2013-06", "2014-03", birth_year=1949, birth_month=4)
    supported(world, "I", AC, "2014-08", "2014-08", birth_year=1949, birth_month=4)
    return world


@pytest.fixture(scope="module")
def back() -> Made:
    return left(sent("2013-01", "2016-12")).make(*RETURN)


def test_back_within_half_a_year_is_who_begins_anew_by_its_last_month(back: Made) -> None:
    # A and I of A to F and I; the later months are those of the second exits.
    expected = {"2014-09": (2, 7), "2014-12": (0, 1), "2015-03": (0, 1), "2015-04": (0, 1), "2015-09": (0, 1), "2015-10": (0, 1)}
    assert known(back, "system_return_6", "AC") == expected
    assert back.cell("system_return_6", "2014-09", "system", "AC").value == 2 / 7
    assert known(back, "system_return_6", "AS") == {"2014-12": (0, 1)}


def test_back_within_a_year_is_who_begins_anew_by_its_last_month(back: Made) -> None:
    # A, B, C and I of A to F and I.
    expected = {"2015-03": (4, 7), "2015-06": (0, 1), "2015-09": (0, 1), "2015-10": (0, 1), "2016-03": (0, 1), "2016-04": (0, 1)}
    assert known(back, "system_return_12", "AC") == expected
    assert known(back, "system_return_12", "AS") == {"2015-06": (0, 1)}


def test_a_year_s_returns_are_those_of_its_months_together(back: Made) -> None:
    assert {year: cell[:2] for year, cell in back.series("system_return_6", "system", "AC", "year").items()} == {
        "2013": (0, 0),
        "2014": (2, 8),
        "2015": (0, 4),
        "2016": (0, 0),
    }
    assert back.cell("system_return_12", "2015", "system", "AC") == (4, 10, 0.4, True, True, None)
    assert mature(back, "system_return_6", "system", "AC", "year") == mature(back, "system_return_12", "system", "AC", "year")
    assert mature(back, "system_return_12", "system", "AC", "year") == ("2014", "2016")


@pytest.mark.parametrize("indicator", ["system_return_6", "system_return_12"])
def test_every_system_has_its_returns_also_where_nobody_left(back: Made, indicator: str) -> None:
    assert {by for (by,) in back.rows(f"select distinct dimension from mart.{indicator}")} == {"system"}
    assert back.cell(indicator, "2015-03", "system", "AI") == (0, 0, None, True, True, "NOT_APPLICABLE")


def test_returns_are_final_half_a_year_or_a_year_after_the_first_month(back: Made) -> None:
    assert mature(back, "system_return_6", "system", "AC") == ("2013-07", "2016-12")
    assert mature(back, "system_return_12", "system", "AC") == ("2014-01", "2016-12")


@pytest.mark.parametrize("birth", [(1996, 3, 1), (1996, 4, 0), (1949, 4, 1), (1949, 3, 0)])
def test_the_age_of_a_return_is_that_of_the_exit(birth: tuple[int, int, int]) -> None:
    year, month, counted = birth
    world = sent("2013-01", "2015-06")
    supported(world, "A", AC, "2013-06", "2014-03", birth_year=year, birth_month=month)
    made = world.make(*RETURN, LASTING)
    assert made.cell("system_return_6", "2014-09", "system", "AC").denominator == counted
    assert made.cell("system_return_12", "2015-03", "system", "AC").denominator == counted
    assert made.cell("system_lasting_exit_12", "2015-03").denominator == counted


@pytest.fixture(scope="module")
def lasting() -> Made:
    world = sent("2013-01", "2016-12")
    for person in "ABCFGJ":
        supported(world, person, AC, "2013-06", "2014-03")
    # Another system after one month is no exit; after two it is one, and no lasting one.
    supported(world, "A", "AIDE_SOCIALE", "2014-05", "2014-12")
    supported(world, "C", "AIDE_SOCIALE", "2014-06", "2014-06")
    # Of two systems; back in the last month of the twelve, in a third.
    for benefit in (AC, "AIDE_SOCIALE"):
        supported(world, "D", benefit, "2013-09", "2014-03")
    supported(world, "D", "AI_RENTE", "2015-03", "2015-03")
    # Back in the month after.
    supported(world, "E", "AI_RENTE", "2013-09", "2014-03")
    supported(world, "E", "AI_RENTE", "2015-04", "2015-04")
    # What is no system is no return.
    supported(world, "F", "DE_SANS_INDEMNITE", "2014-04")
    supported(world, "G", "AI_MESURE", "2014-04")
    # Social assistance ended before, and not with the last month.
    supported(world, "J", "AIDE_SOCIALE", "2013-09", "2014-02")
    # Is still there in the last month but one: whether that is an exit is not known.
    supported(world, "K", AC, "2013-09", "2016-11")
    return world.make(LASTING)


def test_a_lasting_exit_is_from_all_systems_for_twelve_months(lasting: Made) -> None:
    # B, E, F, G and J; not C, nor D.
    assert lasting.cell("system_lasting_exit_12", "2015-03") == (5, 7, 5 / 7, True, True, None)
    months_with_exits = {month: cell[:2] for month, cell in lasting.series("system_lasting_exit_12").items() if cell.denominator}
    # C's, A's, D's and E's later exits.
    assert months_with_exits == {"2015-03": (5, 7), "2015-06": (1, 1), "2015-12": (1, 1), "2016-03": (1, 1), "2016-04": (1, 1)}


def test_a_lasting_exit_counts_in_the_systems_of_the_last_month(lasting: Made) -> None:
    assert lasting.fractions("system_lasting_exit_12", "2015-03", "system_left") == {"AC": (4, 5), "AC+AS": (0, 1), "AI": (1, 1)}
    members = {"AC", "AI", "AS", "AC+AI", "AC+AS", "AI+AS", "AC+AI+AS"}
    assert set(lasting.members("system_lasting_exit_12", "2013-01", "system_left")) == members


def test_lasting_exits_are_final_a_year_after_the_first_month(lasting: Made) -> None:
    assert mature(lasting, "system_lasting_exit_12") == ("2014-01", "2016-12")
    assert mature(lasting, "system_lasting_exit_12", "system_left", "AI") == ("2014-01", "2016-12")


@pytest.fixture(scope="module")
def shorter() -> Made:
    """The OAI sends from June 2013 to June 2015 only, and not in December 2014."""
    world = World()
    for service in ("SEMP", "SASO"):
        world.deliver_months("prestations", "2013-01", "2016-12", service=service)
    world.deliver_months("prestations", "2013-06", "2015-06", service="OAI", but=["2014-12"])
    supported(world, "A", "AI_RENTE", "2013-07", "2015-05")
    supported(world, "B", "AI_RENTE", "2013-08", "2015-04")
    supported(world, "C", AC, "2013-03", "2015-05")
    supported(world, "D", AC, "2013-03", "2015-04")
    return world.make(*RETENTION, *RETURN, LASTING)


def test_stays_and_returns_are_final_by_the_months_of_the_service_that_sends_the_system(shorter: Made) -> None:
    final = {
        indicator: (mature(shorter, indicator, "system", "AC"), mature(shorter, indicator, "system", "AI"))
        for indicator in ("system_retention_12", "system_retention_24", "system_return_6", "system_return_12")
    }
    assert final == {
        "system_retention_12": (("2014-03", "2016-11"), ("2014-08", "2015-05")),
        "system_retention_24": (("2015-03", "2016-11"), None),
        "system_return_6": (("2013-07", "2016-12"), ("2013-12", "2015-06")),
        "system_return_12": (("2014-01", "2016-12"), ("2014-06", "2015-06")),
    }


def test_lasting_exits_are_final_where_all_services_send(shorter: Made) -> None:
    assert mature(shorter, "system_lasting_exit_12") == ("2014-06", "2015-06")


def test_what_enters_or_leaves_too_near_the_ends_of_its_service_counts_nowhere(shorter: Made) -> None:
    assert known(shorter, "system_retention_12", "AI") == {"2014-08": (1, 1)}
    assert known(shorter, "system_retention_24", "AI") == {"2015-08": (0, 1)}
    assert known(shorter, "system_return_6", "AI") == {"2015-10": (0, 1)}
    assert known(shorter, "system_return_12", "AI") == {"2016-04": (0, 1)}
    # Whether C is in no system from June 2015 on is not known.
    assert {month: cell[:2] for month, cell in shorter.series("system_lasting_exit_12").items() if cell.denominator} == {"2016-04": (2, 2)}


def test_what_a_service_has_not_sent_makes_incomplete_all_that_reads_it(shorter: Made) -> None:
    # The OAI owes nothing; what it has not sent is unknown for the month itself.
    assert shorter.cell("system_return_6", "2014-12", "system", "AI").reason == "NOT_RECEIVED"
    assert shorter.cell("system_retention_12", "2014-12", "system", "AI").reason == "NOT_RECEIVED"
    world = World()
    world.deliver_months("prestations", "2013-01", "2016-12", service="SEMP", but=["2015-01"])
    world.deliver_months("prestations", "2013-01", "2016-12", service="SASO")
    made = world.make(*RETENTION, *RETURN, LASTING)
    # The first months read what was owed before the first delivery.
    assert incomplete(made, "system_retention_12", "system", "AC") == months("2013-01", "2014-02") + months("2014-12", "2016-03")
    assert incomplete(made, "system_retention_24", "system", "AC") == months("2013-01", "2016-12")
    assert incomplete(made, "system_return_6", "system", "AC") == months("2013-01", "2013-06") + months("2015-01", "2015-07")
    assert incomplete(made, "system_return_12", "system", "AC") == months("2013-01", "2013-12") + months("2015-01", "2016-01")
    assert incomplete(made, "system_lasting_exit_12") == incomplete(made, "system_return_12", "system", "AC")
    assert incomplete(made, "system_retention_24", "system", "AS") == months("2013-01", "2015-02")
    assert made.cell("system_return_6", "2015-01", "system", "AC").reason == "NOT_RECEIVED"


def test_stays_and_returns_speak_of_a_service_that_may_not_be_linked_and_lasting_exits_do_not() -> None:
    world = sent("2013-01", "2016-12")
    link(world, "SEMP", "OAI")
    supported(world, "A", "AIDE_SOCIALE", "2013-04", "2014-03")
    supported(world, "B", AC, "2013-04", "2014-03")
    supported(world, "B", "AIDE_SOCIALE", "2014-10", "2014-12")
    made = world.make(*RETENTION, *RETURN, LASTING)
    assert made.cell("system_retention_12", "2014-04", "system", "AS")[:2] == (0, 1)
    assert made.cell("system_retention_24", "2015-04", "system", "AS")[:2] == (0, 1)
    assert made.cell("system_return_6", "2014-09", "system", "AS")[:2] == (0, 1)
    assert made.cell("system_return_12", "2015-03", "system", "AS")[:2] == (0, 1)
    left = made.members("system_lasting_exit_12", "2015-03", "system_left")
    assert {member: cell[:2] for member, cell in left.items() if "AS" not in member} == {"AC": (1, 1), "AI": (0, 0), "AC+AI": (0, 0)}
    assert left["AI"].reason == "NOT_APPLICABLE"
    unknown = {member: (*cell[:3], cell.reason) for member, cell in left.items() if "AS" in member}
    assert unknown == dict.fromkeys(("AS", "AC+AS", "AI+AS", "AC+AI+AS"), (None, None, None, "NOT_LINKED"))


def test_a_lasting_exit_is_final_by_the_services_that_may_be_linked_and_absent_without_two() -> None:
    world = World()
    for service in ("SEMP", "OAI"):
        world.deliver_months("prestations", "2013-01", "2015-12", service=service)
    world.deliver_months("prestations", "2013-06", "2015-06", service="SASO")
    supported(world, "A", AC, "2013-04", "2014-09")
    link(world, "SEMP", "OAI", "SMIG")
    assert mature(world.make(LASTING), "system_lasting_exit_12") == ("2014-01", "2015-12")
    # A left too late for the SASO's months.
    assert world.make(LASTING).cell("system_lasting_exit_12", "2015-09")[:2] == (1, 1)
    link(world, "SEMP", "SMIG")
    cell = world.make(LASTING).cell("system_lasting_exit_12", "2015-09")
    assert (*cell[:3], cell.reason) == (None, None, None, "NOT_LINKED")
