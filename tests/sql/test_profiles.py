"""What the 24 months since an entry hold, every profile worked out by hand."""

import pytest

from tests.sql.paths import link, mature, sent, supported
from tests.sql.world import Made, World

PROFILE, REVOLVING = "trajectory_profile_24", "revolving_door_rate"
TABLES = (f"mart.{PROFILE}", f"mart.{REVOLVING}")
AC, AI, AS = "AC_INDEMNITE", "AI_RENTE", "AIDE_SOCIALE"


@pytest.fixture(scope="module")
def made() -> Made:
    world = sent("2013-01", "2016-12")
    # One system, one run: throughout; with an interruption of one month; with a second run that begins after the 24 months.
    supported(world, "A", AC, "2013-03")
    supported(world, "B", AS, "2013-04", "2013-06")
    supported(world, "B", AS, "2013-08", "2013-09")
    supported(world, "C", AI, "2013-05", "2013-06")
    supported(world, "C", AI, "2015-05", "2015-06")
    # One system, two runs: after two months; in the last month of the 24.
    supported(world, "D", AC, "2013-05", "2013-06")
    supported(world, "D", AC, "2013-09", "2013-10")
    supported(world, "E", AC, "2013-05", "2013-06")
    supported(world, "E", AC, "2015-04", "2015-04")
    # Several systems, one run each: at once; one after the other; what is no system is none.
    supported(world, "F", AC, "2013-06", "2013-08")
    supported(world, "F", AS, "2013-06", "2013-12")
    supported(world, "G", AC, "2013-06", "2013-08")
    supported(world, "G", AI, "2014-06")
    supported(world, "H", AC, "2013-06", "2013-08")
    supported(world, "H", "DE_SANS_INDEMNITE", "2013-09", "2014-08")
    supported(world, "H", "AI_MESURE", "2014-12", "2014-12")
    # Several systems and two runs in one of them, also where no run in any system ends between them.
    supported(world, "I", AS, "2013-07", "2013-12")
    supported(world, "I", AC, "2013-07", "2013-07")
    supported(world, "I", AC, "2013-10", "2013-10")
    # 17 and 65 at the first entry of the year, also where a second one follows.
    supported(world, "J", AC, "2013-03", "2013-04", birth_year=1995, birth_month=4)
    supported(world, "J", AC, "2013-08", "2013-08", birth_year=1995, birth_month=4)
    supported(world, "K", AC, "2013-03", birth_year=1948, birth_month=3)
    # 18 and 64 at the entry.
    supported(world, "L", AC, "2013-03", birth_year=1995, birth_month=3)
    supported(world, "M", AC, "2013-03", birth_year=1948, birth_month=4)
    # Before whose entry too little is known: the return counts.
    supported(world, "N", AC, "2013-02", "2013-03")
    supported(world, "N", AC, "2013-06", "2013-06")
    # First entry of another year: two systems in that year's 24 months, and a return.
    supported(world, "O", AC, "2013-12", "2013-12")
    supported(world, "O", AS, "2014-12", "2014-12")
    supported(world, "O", AS, "2015-12", "2015-12")
    return world.make(*TABLES)


def profiles(made: Made, year: str) -> dict[str, tuple[float | None, float | None]]:
    return {member: cell[:2] for member, cell in made.members(PROFILE, year, "profile").items()}


def test_persons_count_in_the_profile_of_their_first_24_months(made: Made) -> None:
    # ONE_STABLE: A, B, C, H, L, M and N; ONE_RETURN: D and E; SEVERAL_STABLE: F, G and O (December 2013 and 2014); REVOLVING: I.
    assert profiles(made, "2013") == {"ONE_STABLE": (7, 13), "ONE_RETURN": (2, 13), "SEVERAL_STABLE": (3, 13), "REVOLVING": (1, 13)}
    assert made.cell(PROFILE, "2013", "profile", "ONE_RETURN").value == 2 / 13


def test_a_person_has_a_profile_for_each_year_with_an_entry(made: Made) -> None:
    # G enters a second time in June 2014, O in December 2014 with a return a year later.
    assert profiles(made, "2014") == {"ONE_STABLE": (1, 2), "ONE_RETURN": (1, 2), "SEVERAL_STABLE": (0, 2), "REVOLVING": (0, 2)}
    # C's, E's and O's returns.
    assert profiles(made, "2015")["ONE_STABLE"] == (3, 3)
    assert profiles(made, "2016") == dict.fromkeys(("ONE_STABLE", "ONE_RETURN", "SEVERAL_STABLE", "REVOLVING"), (0, 0))


def test_the_revolving_door_is_that_profile_among_all_by_age_at_the_entry(made: Made) -> None:
    assert made.series(REVOLVING, grain="year")["2013"][:3] == (1, 13, 1 / 13)
    cells = {member: cell[:2] for member, cell in made.members(REVOLVING, "2013", "age_group").items()}
    empty = dict.fromkeys(("0-17", "25-29", "35-49", "65+"), (0, 0))
    assert cells == empty | {"18-24": (0, 1), "30-34": (1, 11), "50-64": (0, 1)}
    assert made.series(REVOLVING, grain="year")["2016"].reason == "NOT_APPLICABLE"


def test_there_is_a_figure_a_year_and_no_other_breakdown(made: Made) -> None:
    for indicator, dimensions in ((PROFILE, {"profile"}), (REVOLVING, {"total", "age_group"})):
        assert set(made.rows(f"select distinct grain, dimension from mart.{indicator}")) == {("year", by) for by in dimensions}
        assert made.rows(f"select distinct year(period) from mart.{indicator} order by 1") == [(2013,), (2014,), (2015,), (2016,)]


@pytest.mark.parametrize(
    ("first", "last", "final"),
    [
        ("2012-11", "2015-11", ("2013", "2013")),
        ("2012-12", "2015-11", None),
        ("2012-11", "2015-10", None),
        ("2011-01", "2016-10", ("2012", "2013")),
    ],
)
def test_a_year_is_final_with_two_months_before_january_and_23_after_december(first: str, last: str, final: tuple[str, str] | None) -> None:
    made = sent(first, last).make(*TABLES)
    assert mature(made, PROFILE, "profile", "REVOLVING", "year") == final
    assert mature(made, REVOLVING, grain="year") == mature(made, REVOLVING, "age_group", "18-24", "year") == final


@pytest.fixture
def later() -> World:
    """The OAI sends from March 2013 to June 2016 only."""
    world = World()
    for service in ("SEMP", "SASO"):
        world.deliver_months("prestations", "2012-01", "2016-12", service=service)
    world.deliver_months("prestations", "2013-03", "2016-06", service="OAI")
    # Entered before all services have sent for two months, and in the first month in which they have.
    supported(world, "A", AC, "2013-04", "2013-04")
    supported(world, "B", AC, "2013-05", "2013-05")
    return world


def test_an_entry_is_known_and_a_year_final_where_all_services_send(later: World) -> None:
    made = later.make(*TABLES)
    assert profiles(made, "2013")["ONE_STABLE"] == (1, 1)
    # 2013 begins too early for the OAI; 2014 is followed by its 18 months only.
    assert mature(made, REVOLVING, grain="year") is None


def test_what_lacks_after_the_year_leaves_it_incomplete() -> None:
    world = World()
    world.deliver_months("prestations", "2009-01", "2013-12", service="SEMP", but=["2012-11"])
    for service in ("SASO", "SMIG"):
        world.deliver_months("prestations", "2009-01", "2013-12", service=service)
    made = world.make(*TABLES)
    # 2010 and the 23 months after it end in November 2012, 2013 and the two months before it begin then.
    assert [year for year, cell in made.series(REVOLVING, grain="year").items() if cell.complete] == ["2009"]
    assert list(made.series(PROFILE, "profile", "REVOLVING", "year")) == ["2009", "2010", "2011", "2012", "2013"]
    assert made.cell(PROFILE, "2010", "profile", "REVOLVING").complete is False


def test_what_a_service_lacks_that_it_does_not_rest_on_changes_nothing() -> None:
    world = World()
    for service in ("SEMP", "SASO"):
        world.deliver_months("prestations", "2009-01", "2013-12", service=service)
    world.deliver_months("prestations", "2009-01", "2013-12", service="SMIG", but=["2010-05"])
    cells = world.make(*TABLES).series(REVOLVING, grain="year")
    assert [year for year, cell in cells.items() if not cell.complete] == []


def test_a_year_of_which_nothing_came_is_not_received() -> None:
    world = sent("2011-06", "2014-12", "SEMP", "SASO")
    world.deliveries = {key: told for key, told in world.deliveries.items() if told["period"].year != 2013}
    made = world.make(*TABLES)
    assert made.series(REVOLVING, grain="year")["2013"] == (None, None, None, False, False, "NOT_RECEIVED")
    assert made.series(REVOLVING, grain="year")["2012"].reason == "NOT_APPLICABLE"


def test_the_persons_of_a_service_that_may_not_be_linked_do_not_appear(later: World) -> None:
    link(later, "SEMP", "SASO")
    supported(later, "C", AI, "2014-05", "2014-05")
    supported(later, "D", AC, "2014-05", "2014-05")
    supported(later, "D", AI, "2014-05", "2014-05")
    made = later.make(*TABLES)
    # A's entry is known, the OAI's months being none of its business.
    assert profiles(made, "2013")["ONE_STABLE"] == (2, 2)
    assert profiles(made, "2014")["ONE_STABLE"] == (1, 1)
    assert mature(made, REVOLVING, grain="year") == mature(made, PROFILE, "profile", "ONE_STABLE", "year") == ("2013", "2014")
    link(later, "SASO", "SMIG")
    made = later.make(*TABLES)
    assert {cell.reason for cell in made.members(PROFILE, "2013", "profile").values()} == {"NOT_LINKED"}
    assert made.series(REVOLVING, grain="year")["2013"].value is None
