"""Changes from one system to another, and whether a file of the Réseau CII NE was open around them.

Data from January 2015 to December 2016; the change of most tests begins social aid in June 2015.
"""

import pytest

from tests.sql.paths import bridging, link, sent, supported
from tests.sql.world import World

CASES = "reseau_cii_dossiers"


def told() -> World:
    """Two years of the three systems and of files."""
    world = sent("2015-01", "2016-12")
    world.deliver_months(CASES, "2015-01", "2016-12")
    return world


def changed(world: World, person: str, **cells: object) -> None:
    """Unemployed until May, with social aid since June."""
    supported(world, person, "AC_INDEMNITE", "2015-03", "2015-05", **cells)
    supported(world, person, "AIDE_SOCIALE", "2015-06", "2015-12", **cells)


def case(world: World, person: str, detected: str, closed: str | None = None, *, last: str = "9999") -> None:
    """A file of the person, in every month from its detection to its closure, or to the `last` month before it vanishes."""
    end = {"closed_on": closed, "outcome": "EMPLOI"} if closed else None
    number = f"{person}, {detected}"
    world.lasting(CASES, since=detected, until=closed or last, end=end, case_id=number, person_id=person, detected_on=detected)


def transfers(world: World) -> list[tuple[str, str, str]]:
    """Person, month and systems of every change."""
    return world.make("core.transfer").rows("select person_id, strftime(period, '%Y-%m'), from_to from core.transfer order by all")


def coordinated(world: World) -> dict[str, bool]:
    """Whether the one change of each person had a joint file."""
    rows = world.make("core.transfer").rows("select person_id, joint_file from core.transfer order by all")
    assert len(rows) == len({person for person, _ in rows})
    return dict(rows)


# -- what a change is ------------------------------------------------------------------------------------


def test_a_system_left_up_to_two_months_before_another_begins_is_a_change() -> None:
    world = told()
    for until in ("2015-03", "2015-04", "2015-05", "2015-06", "2015-07"):
        supported(world, until, "AC_INDEMNITE", "2015-03", until)
        supported(world, until, "AIDE_SOCIALE", "2015-06", "2015-12")
    # Three months before, and a month after, are none.
    assert transfers(world) == [(until, "2015-06", "AC>AS") for until in ("2015-04", "2015-05", "2015-06")]


def test_who_stays_in_the_first_system_changes_nothing() -> None:
    world = told()
    supported(world, "A", "AC_INDEMNITE", "2015-03")
    supported(world, "A", "AIDE_SOCIALE", "2015-06", "2015-12")
    assert transfers(world) == []


def test_an_interruption_that_is_bridged_is_no_end() -> None:
    world = told()
    supported(world, "A", "AC_INDEMNITE", "2015-03", "2015-05")
    supported(world, "A", "AC_INDEMNITE", "2015-07", "2015-08")
    supported(world, "A", "AIDE_SOCIALE", "2015-06", "2015-12")
    assert transfers(world) == []


def test_a_return_to_the_same_system_is_no_change() -> None:
    world = told()
    supported(world, "A", "AC_INDEMNITE", "2015-03", "2015-04")
    supported(world, "A", "AC_INDEMNITE", "2015-07", "2015-08")
    assert transfers(world) == []


def test_a_change_is_counted_once_for_each_system_left() -> None:
    world = told()
    supported(world, "A", "AC_INDEMNITE", "2015-03", "2015-04")
    supported(world, "A", "AI_RENTE", "2015-03", "2015-06")
    supported(world, "A", "AIDE_SOCIALE", "2015-06", "2015-12")
    assert transfers(world) == [("A", "2015-06", "AC>AS"), ("A", "2015-06", "AI>AS")]


def test_a_change_is_counted_for_each_system_entered_and_each_way() -> None:
    world = told()
    supported(world, "A", "AC_INDEMNITE", "2015-03", "2015-05")
    supported(world, "A", "AIDE_SOCIALE", "2015-06", "2015-08")
    supported(world, "A", "AI_RENTE", "2015-06", "2015-12")
    supported(world, "A", "AC_INDEMNITE", "2015-09", "2016-10")
    assert transfers(world) == [("A", "2015-06", "AC>AI"), ("A", "2015-06", "AC>AS"), ("A", "2015-09", "AS>AC")]


def test_a_system_left_twice_in_the_three_months_is_left_once() -> None:
    world = told()
    # Where a month ends an episode, it can be left twice.
    bridging(world, ("2009-01-01", 1))
    supported(world, "A", "AC_INDEMNITE", "2015-03", "2015-04")
    supported(world, "A", "AC_INDEMNITE", "2015-06", "2015-06")
    supported(world, "A", "AIDE_SOCIALE", "2015-06", "2015-12")
    assert transfers(world) == [("A", "2015-06", "AC>AS")]


def test_a_measure_of_the_ai_is_no_system_to_change_to_or_from() -> None:
    world = told()
    supported(world, "A", "AI_MESURE", "2015-03", "2015-05")
    supported(world, "A", "AIDE_SOCIALE", "2015-06", "2015-08")
    supported(world, "A", "DE_SANS_INDEMNITE", "2015-09", "2015-12")
    assert transfers(world) == []


def test_entry_and_exit_are_both_observed() -> None:
    world = told()
    # The entry in the second month of the data, and in the third.
    for month in ("2015-02", "2015-03"):
        supported(world, f"enters in {month}", "AC_INDEMNITE", "2015-01", "2015-02")
        supported(world, f"enters in {month}", "AIDE_SOCIALE", month)
    # The exit in the last but two, and in the last but one.
    for month in ("2016-10", "2016-11"):
        supported(world, f"leaves in {month}", "AC_INDEMNITE", "2015-12", month)
        supported(world, f"leaves in {month}", "AIDE_SOCIALE", "2016-11")
    assert [person for person, *_ in transfers(world)] == ["enters in 2015-03", "leaves in 2016-10"]


@pytest.mark.parametrize(
    ("born", "counted"),
    [((1997, 6), True), ((1997, 7), False), ((1950, 6), False), ((1950, 7), True)],
    ids=["18 in the month", "17", "65 in the month", "64"],
)
def test_persons_of_18_to_64_at_the_end_of_the_month_of_entry_change(born: tuple[int, int], counted: bool) -> None:
    world = told()
    changed(world, "A", birth_year=born[0], birth_month=born[1])
    assert transfers(world) == [("A", "2015-06", "AC>AS")] * counted


@pytest.mark.parametrize("linked", [("SEMP", "OAI"), ("SASO", "OAI")], ids=["to", "from"])
def test_a_service_that_may_not_be_linked_is_no_end_of_a_change(linked: tuple[str, str]) -> None:
    world = told()
    changed(world, "A")
    link(world, *linked)
    assert transfers(world) == []


# -- with a joint file -----------------------------------------------------------------------------------


def test_a_file_counts_that_is_open_in_the_month_before_of_or_after() -> None:
    world = told()
    files = {
        # Closed in April, on the first of May, in June; change in June.
        "closed two months before": ("2015-03-01", "2015-04-30"),
        "closed the month before": ("2015-03-01", "2015-05-01"),
        "closed in the month": ("2015-06-02", "2015-06-03"),
        "detected the month after": ("2015-07-31", None),
        "detected two months after": ("2015-08-01", None),
        "open all along": ("2015-01-05", "2016-09-30"),
        "vanished two months before": ("2015-03-01", None),
        "vanished the month before": ("2015-03-01", None),
    }
    last = {"vanished two months before": "2015-04", "vanished the month before": "2015-05"}
    changed(world, "no file")
    for person, (detected, closed) in files.items():
        changed(world, person)
        case(world, person, detected, closed, last=last.get(person, "9999"))
    assert coordinated(world) == {
        "closed in the month": True,
        "closed the month before": True,
        "closed two months before": False,
        "detected the month after": True,
        "detected two months after": False,
        "no file": False,
        "open all along": True,
        "vanished the month before": True,
        "vanished two months before": False,
    }


def test_a_file_of_another_person_or_two_of_ones_own_change_nothing() -> None:
    world = told()
    changed(world, "A")
    changed(world, "B")
    case(world, "B", "2015-02-01", "2015-03-10")
    case(world, "B", "2015-05-20")
    case(world, "B", "2015-06-20")
    case(world, "C", "2015-06-01")
    assert coordinated(world) == {"A": False, "B": True}
