"""From one December to the next: who goes where between the systems, every count worked out by hand."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sql.paths import link, mature, sent, supported
from tests.sql.world import Made, World

TRANSITION, RECIPIENTS = "system_transition", "system_recipients"
TABLE = f"mart.{TRANSITION}"
AC, AI, AS = "AC_INDEMNITE", "AI_RENTE", "AIDE_SOCIALE"


def told(world: World) -> World:
    # On, and back.
    supported(world, "A", AC, "2013-06", "2013-12")
    supported(world, "A", AS, "2014-03", "2014-12")
    supported(world, "A", AC, "2015-11", "2015-12")
    # A second system, and one of the two again.
    supported(world, "B", AC, "2013-06", "2014-12")
    supported(world, "B", AS, "2014-10", "2015-12")
    # From nowhere, and to nowhere.
    supported(world, "C", AI, "2014-12", "2014-12")
    # Only between two Decembers.
    supported(world, "D", AC, "2014-01", "2014-11")
    # Stays; not in a system.
    supported(world, "E", AS, "2013-12")
    supported(world, "F", "DE_SANS_INDEMNITE", "2013-12")
    # 65 in December 2014; 64 then, and 65 in December 2015.
    supported(world, "G", AS, "2013-06", birth_year=1949, birth_month=12)
    supported(world, "H", AS, "2013-06", birth_year=1950, birth_month=1)
    # 17 in December 2013; 18 then, also with nothing in December 2013.
    supported(world, "I", AS, "2013-06", birth_year=1996, birth_month=1)
    supported(world, "J", AC, "2014-06", birth_year=1995, birth_month=12)
    # 17 in December 2013 and entering after it.
    supported(world, "K", AC, "2014-06", birth_year=1996, birth_month=1)
    # Left with 64, and 65 in the next December.
    supported(world, "L", AC, "2013-06", "2014-03", birth_year=1949, birth_month=12)
    return world


@pytest.fixture(scope="module")
def made() -> Made:
    return told(sent("2013-06", "2016-11")).make(TABLE, f"mart.{RECIPIENTS}")


def flows(made: Made, year: str) -> dict[str, float | None]:
    return made.counts(TRANSITION, year, "from_to")


def test_persons_count_by_their_systems_in_the_two_decembers(made: Made) -> None:
    expected = {"AC>AS": 1, "AC>AC+AS": 1, "NONE>AI": 1, "AS>AS": 2, "NONE>AC": 1}
    assert flows(made, "2014") == expected
    assert made.series(TRANSITION, grain="year")["2014"] == (6, None, 6, True, True, None)


def test_moves_back_and_to_nowhere_are_kept(made: Made) -> None:
    # J and K stay; E and I (18 in December 2014); H has turned 65.
    assert flows(made, "2015") == {"AS>AC": 1, "AC+AS>AS": 1, "AI>NONE": 1, "AS>AS": 2, "AC>AC": 2}


def test_who_is_in_no_system_in_either_december_is_left_out(made: Made) -> None:
    assert not [row for row in made.rows(f"select distinct member from {TABLE}") if row == ("NONE>NONE",)]


def test_a_year_is_final_with_both_its_decembers(made: Made) -> None:
    assert mature(made, TRANSITION, grain="year") == mature(made, TRANSITION, "from_to", "AC>AS", "year") == ("2014", "2015")
    # All of 2013's Decembers before the first are nobody's.
    first = made.series(TRANSITION, grain="year")["2013"]
    assert (first.value, first.mature) == (6, False)


def test_a_year_whose_december_has_not_come_is_not_received(made: Made) -> None:
    assert made.series(TRANSITION, grain="year")["2016"] == (None, None, None, False, False, "NOT_RECEIVED")
    assert list(made.series(TRANSITION, grain="year")) == ["2013", "2014", "2015", "2016"]
    assert {cell.reason for cell in made.members(TRANSITION, "2016", "from_to").values()} == {"NOT_RECEIVED"}
    assert {grain for (grain,) in made.rows(f"select distinct grain from {TABLE}")} == {"year"}


@pytest.mark.parametrize(
    ("first", "last", "final"), [("2013-12", "2014-12", True), ("2014-01", "2014-12", False), ("2013-12", "2014-11", False)]
)
def test_the_first_and_the_last_month_that_a_year_needs_are_its_decembers(first: str, last: str, final: bool) -> None:
    assert sent(first, last).make(TABLE).series(TRANSITION, grain="year")["2014"].mature is final


def lacking(month: str, service: str = "SASO") -> World:
    world = World()
    for sender in ("SEMP", "SASO", "SMIG"):
        world.deliver_months("prestations", "2012-01", "2015-12", service=sender, but=[month] if sender == service else [])
    return world


@pytest.mark.parametrize(
    ("month", "service", "years"),
    [("2013-12", "SASO", ["2015"]), ("2013-11", "SASO", ["2014", "2015"]), ("2013-12", "SMIG", ["2013", "2014", "2015"])],
)
def test_a_december_that_a_service_lacks_leaves_both_its_years_incomplete(month: str, service: str, years: list[str]) -> None:
    # The December before 2012 was owed, and is not there.
    cells = lacking(month, service).make(TABLE).series(TRANSITION, grain="year")
    assert [year for year, cell in cells.items() if cell.complete] == years
    assert {cell.reason for cell in cells.values()} == {None}


def test_a_december_that_nobody_sent_is_no_zero() -> None:
    world = sent("2012-01", "2015-11")
    world.deliver_months("prestations", "2016-01", "2016-12", service="SEMP")
    cells = world.make(TABLE).series(TRANSITION, grain="year")
    assert cells["2015"][2:] == (None, False, False, "NOT_RECEIVED")


def test_the_shorter_months_of_one_service_decide_what_is_final() -> None:
    world = World()
    for service in ("SEMP", "SASO"):
        world.deliver_months("prestations", "2010-12", "2016-12", service=service)
    world.deliver_months("prestations", "2012-12", "2015-06", service="OAI")
    told(world)
    made = world.make(TABLE)
    assert mature(made, TRANSITION, grain="year") == ("2013", "2014")
    assert flows(made, "2014")["NONE>AI"] == 1
    link(world, "SEMP", "SASO")
    made = world.make(TABLE)
    assert mature(made, TRANSITION, grain="year") == ("2011", "2016")
    assert flows(made, "2014") == {"AC>AS": 1, "AC>AC+AS": 1, "AS>AS": 2, "NONE>AC": 1}
    link(world, "SEMP")
    made = world.make(TABLE)
    assert {(cell.value, cell.reason) for cell in made.series(TRANSITION, grain="year").values()} == {(None, "NOT_LINKED")}


def test_without_the_oai_the_other_systems_are_what_they_are() -> None:
    made = told(sent("2013-06", "2015-12", "SEMP", "SASO")).make(TABLE)
    assert flows(made, "2014") == {"AC>AS": 1, "AC>AC+AS": 1, "AS>AS": 2, "NONE>AC": 1}
    assert mature(made, TRANSITION, grain="year") == ("2014", "2015")


def random_paths(seed: int) -> World:
    """Twelve persons, some of them about to turn 18 or 65, with up to four spells each."""
    chance = random.Random(seed)
    world = sent("2013-10", "2016-01")
    for number in range(12):
        born = {"birth_year": chance.choice([1948, 1949, 1950, 1951, 1980, 1995, 1996, 1997, 1998]), "birth_month": chance.randint(1, 12)}
        for benefit in (AC, AI, AS):
            for year in (2013, 2014, 2015):
                if chance.random() < 0.5:
                    first = chance.randint(10 if year == 2013 else 1, 12)
                    supported(world, str(number), benefit, f"{year}-{first:02}", f"{year}-{chance.randint(first, 12):02}", **born)
    return world


@settings(max_examples=6, deadline=None)
@given(st.integers(min_value=0, max_value=10**6))
def test_the_persons_who_leave_a_node_are_those_who_came_to_it(seed: int) -> None:
    world = random_paths(seed)
    made = world.make(TABLE, f"mart.{RECIPIENTS}", "mart.system_multiple_share")
    known: dict[tuple[str, int], str] = {
        (person, period.year): systems
        for person, period, systems in made.rows(
            "select person_id, period, system_combination from core.recipient_month where month(period) = 12"
        )
    }
    born = {person: 12 * born.year + born.month for person, born in made.rows("select person_id, born_in from core.person")}
    for year in (2014, 2015):
        both = [person for person, birth in born.items() if all(18 <= (12 * y + 12 - birth) // 12 <= 64 for y in (year - 1, year))]
        leaving, coming = Counter[str](), Counter[str]()
        for member, value in flows(made, str(year)).items():
            before, now = member.split(">")
            leaving[before] += int(value or 0)
            coming[now] += int(value or 0)
        assert {node: n for node, n in leaving.items() if node != "NONE"} == Counter(
            known[p, year - 1] for p in both if (p, year - 1) in known
        )
        assert {node: n for node, n in coming.items() if node != "NONE"} == Counter(known[p, year] for p in both if (p, year) in known)
        assert leaving.total() == coming.total() == (made.series(TRANSITION, grain="year")[str(year)].value or 0)
    assert all(0 <= cell.value <= 1 for cell in made.series("system_multiple_share").values() if cell.value is not None)
