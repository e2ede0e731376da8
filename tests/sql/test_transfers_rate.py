"""Changes from one system to another with no joint file, every rate worked out by hand."""

from typing import Any

import pytest

from tests.sql.paths import bridging, incomplete, link, mature, sent, supported
from tests.sql.world import Made, World, day

RATE = "uncoordinated_transfer_rate"
TABLE = f"mart.{RATE}"
RESEAU = "reseau_cii_dossiers"
AC, AI, AS = "AC_INDEMNITE", "AI_RENTE", "AIDE_SOCIALE"


def with_files(first: str, last: str, *services: str) -> World:
    """Benefits, and files of the Réseau CII from January 2015 on."""
    world = sent(first, last, *services)
    world.deliver_months(RESEAU, "2015-01", last)
    return world


def follow(world: World, person: str, detected: str, closed: str | None = None, last: str = "9999") -> None:
    end = {"closed_on": closed, "outcome": "EMPLOI"} if closed else None
    world.lasting(
        RESEAU,
        since=max(detected, "2015-01"),
        until=closed or last,
        end=end,
        case_id=f"{person} {detected}",
        person_id=person,
        detected_on=detected,
        detected_by="ORP",
    )


def change(world: World, person: str, month: str, left: str, **cells: Any) -> None:
    """From unemployment insurance, of which `left` is the last month, to social assistance."""
    supported(world, person, AC, "2014-06", left, **cells)
    supported(world, person, AS, month, month, **cells)


@pytest.mark.parametrize(("left", "counted"), [("2015-03", 0), ("2015-04", 1), ("2015-05", 1), ("2015-06", 1), ("2015-07", 0)])
def test_the_other_system_was_left_in_the_month_of_the_entry_or_the_two_before(left: str, counted: int) -> None:
    world = with_files("2014-01", "2015-12")
    change(world, "A", "2015-06", left)
    # The month itself and no other begins it: in July the systems are changed back, if at all.
    assert world.make(TABLE).fractions(RATE, "2015-06", "from_to") == ({"AC>AS": (1, 1)} if counted else {})


@pytest.mark.parametrize(
    ("detected", "closed", "joint"),
    [
        # Open long before and long after; from the last day of the month after; to the first day of the month before.
        ("2015-01-05", None, True),
        ("2015-07-31", None, True),
        ("2015-08-01", None, False),
        ("2015-01-05", "2015-05-01", True),
        ("2015-01-05", "2015-04-30", False),
        ("2015-06-10", "2015-06-12", True),
    ],
)
def test_a_joint_file_is_one_open_in_the_month_before_of_or_after(detected: str, closed: str | None, joint: bool) -> None:
    world = with_files("2014-01", "2015-12")
    change(world, "A", "2015-06", "2015-05")
    follow(world, "A", detected, closed)
    # Another person's file helps nobody.
    follow(world, "B", "2015-06-01")
    assert world.make(TABLE).cell(RATE, "2015-06") == (1 - joint, 1, 1 - joint, True, False, None)


def test_a_file_that_vanished_is_open_to_the_end_of_its_last_month() -> None:
    world = with_files("2014-01", "2015-12")
    for person in "AB":
        change(world, person, "2015-06", "2015-05")
    follow(world, "A", "2015-02-01", last="2015-05")
    follow(world, "B", "2015-02-01", last="2015-04")
    assert world.make(TABLE).cell(RATE, "2015-06")[:2] == (1, 2)


@pytest.fixture(scope="module")
def made() -> Made:
    world = with_files("2014-01", "2017-03")
    change(world, "A", "2015-06", "2015-05")
    follow(world, "A", "2015-04-10")
    change(world, "B", "2015-07", "2015-07")
    # Of two systems into a third, and from this one back, after two months.
    supported(world, "C", AC, "2014-06", "2015-08")
    supported(world, "C", AS, "2014-06", "2015-09")
    supported(world, "C", AI, "2015-10", "2015-10")
    supported(world, "C", AC, "2015-12", "2015-12")
    # Before March 2015: the files of the month before are not known.
    change(world, "D", "2015-02", "2015-01")
    change(world, "E", "2015-03", "2015-02")
    # A second benefit of the same system, another one of none, or an interruption of one month is no change.
    change(world, "F", "2015-09", "2015-10")
    supported(world, "G", AC, "2014-06", "2015-05")
    supported(world, "G", "FORMATION", "2015-06")
    supported(world, "G", "DE_SANS_INDEMNITE", "2015-06")
    supported(world, "H", AS, "2014-06", "2015-05")
    supported(world, "H", AC, "2015-03", "2015-05")
    supported(world, "H", AS, "2015-07", "2015-08")
    # 17 and 65 at the entry; 18 and 64 then, 65 when the first was left.
    change(world, "I", "2015-06", "2015-05", birth_year=1997, birth_month=7)
    change(world, "J", "2015-06", "2015-05", birth_year=1950, birth_month=6)
    change(world, "K", "2015-06", "2015-05", birth_year=1997, birth_month=6)
    change(world, "L", "2015-06", "2015-06", birth_year=1950, birth_month=7)
    return world.make(TABLE)


def test_changes_count_for_twelve_months_from_march_2015_on(made: Made) -> None:
    cells = {month: cell[:2] for month, cell in made.series(RATE).items() if cell.denominator}
    # E; A, K and L of June, of which A has a file; B; C twice, and back; H, whose unemployment ended in May, enters nothing in July.
    expected = {"2015-03": (1, 1), "2015-04": (1, 1), "2015-05": (1, 1), "2015-06": (3, 4), "2015-07": (4, 5), "2015-08": (4, 5)}
    expected |= {"2015-09": (4, 5), "2015-10": (6, 7), "2015-11": (6, 7), "2015-12": (7, 8), "2016-01": (7, 8), "2016-02": (7, 8)}
    expected |= dict.fromkeys(("2016-03", "2016-04", "2016-05"), (6, 7))
    expected |= {"2016-06": (4, 4)} | dict.fromkeys(("2016-07", "2016-08", "2016-09"), (3, 3))
    assert cells == expected | {"2016-10": (1, 1), "2016-11": (1, 1)}


def test_a_change_counts_from_where_and_to_where_once_for_each_system_left(made: Made) -> None:
    assert made.fractions(RATE, "2015-12", "from_to") == {"AC>AS": (4, 5), "AC>AI": (1, 1), "AS>AI": (1, 1), "AI>AC": (1, 1)}
    assert made.cell(RATE, "2015-12", "from_to", "AC>AS").value == 4 / 5
    assert made.cell(RATE, "2015-06", "from_to", "AI>AC").reason == "NOT_APPLICABLE"


def test_it_is_final_once_twelve_months_follow_march_2015_and_two_months_follow(made: Made) -> None:
    # February 2016 reads changes from March 2015 on, and so files from January 2015 on, the Réseau's first month.
    assert mature(made, RATE) == mature(made, RATE, "from_to", "AC>AS") == ("2016-02", "2017-01")


def test_months_without_files_are_not_received(made: Made) -> None:
    assert made.cell(RATE, "2014-12")[2:] == (None, False, False, "NOT_RECEIVED")
    assert made.cell(RATE, "2015-01").reason == "NOT_APPLICABLE"


@pytest.mark.parametrize(
    ("left", "entered", "month", "counted"),
    [
        # The first month in which an entry into social assistance is known, and the one before.
        ("2015-07", "2015-08", "2015-08", 1),
        ("2015-06", "2015-07", "2015-07", 0),
        # The last month in which an exit from unemployment insurance is known, and the one after.
        ("2016-04", "2016-04", "2016-04", 1),
        ("2016-05", "2016-05", "2016-05", 0),
    ],
)
def test_both_the_entry_and_the_exit_must_be_observed(left: str, entered: str, month: str, counted: int) -> None:
    world = World()
    world.deliver_months("prestations", "2014-01", "2016-06", service="SEMP")
    world.deliver_months("prestations", "2015-06", "2017-06", service="SASO")
    world.deliver_months(RESEAU, "2015-01", "2017-06")
    change(world, "A", entered, left)
    made = world.make(TABLE)
    assert made.cell(RATE, month).denominator == counted
    # Files and benefits from June 2015 to June 2016.
    assert mature(made, RATE) is None


def test_final_are_the_months_that_all_services_cover() -> None:
    world = with_files("2014-01", "2018-12", "SEMP", "SASO")
    world.deliver_months("prestations", "2015-06", "2018-06", service="OAI")
    assert mature(world.make(TABLE), RATE) == ("2016-07", "2018-04")
    link(world, "SEMP", "SASO")
    assert mature(world.make(TABLE), RATE) == ("2016-02", "2018-10")


def test_a_month_that_the_reseau_or_a_service_lacks_leaves_incomplete_what_reads_it() -> None:
    world = sent("2013-01", "2017-12")
    world.deliver_months(RESEAU, "2015-01", "2017-12", but=["2016-06"])
    made = world.make(TABLE)
    assert made.cell(RATE, "2016-06").reason == "NOT_RECEIVED"
    cells = incomplete(made, RATE)
    # From two months before, of which the interruption is not known yet, to thirteen after.
    assert [month for month in cells if month >= "2016-01"] == [f"2016-{month:02}" for month in range(4, 13)] + [
        f"2017-{month:02}" for month in range(1, 8)
    ]


def test_changes_of_a_system_whose_service_may_not_be_linked_do_not_appear() -> None:
    world = with_files("2014-01", "2017-03")
    link(world, "SEMP", "OAI")
    change(world, "A", "2015-06", "2015-05")
    supported(world, "B", AC, "2014-06", "2015-05")
    supported(world, "B", AI, "2015-06")
    follow(world, "B", "2015-06-05")
    made = world.make(TABLE)
    assert made.fractions(RATE, "2015-06", "from_to") == {"AC>AI": (0, 1)}
    link(world, "SEMP")
    cell = world.make(TABLE).cell(RATE, "2015-06")
    assert (*cell[:3], cell.reason) == (None, None, None, "NOT_LINKED")


def test_without_the_oai_the_changes_between_the_others_count() -> None:
    world = with_files("2014-01", "2017-03", "SEMP", "SASO")
    change(world, "A", "2015-06", "2015-05")
    made = world.make(TABLE)
    assert made.cell(RATE, "2015-06")[:3] == (1, 1, 1)
    assert mature(made, RATE) == ("2016-02", "2017-01")


@pytest.mark.parametrize(("first", "counted"), [("2015-06", 1), ("2015-07", 0)])
def test_the_month_from_which_changes_count_is_a_parameter_whose_latest_line_holds(first: str, counted: int) -> None:
    world = with_files("2014-01", "2015-12")
    change(world, "A", "2015-06", "2015-05")
    bridging(world, ("2009-01", 2))
    for valid_from, date in (("2009-01", "2015-03"), ("2012-01", first), ("2099-01", "2010-01")):
        world.give("core.parameter", parameter="transfer_file_from", valid_from=day(valid_from), date=day(date))
    assert world.make(TABLE).cell(RATE, "2015-12")[:2] == (counted, counted)
