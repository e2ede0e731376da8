"""What is waited for until it ends: from when, until when, and how it ended; every case worked out by hand."""

from typing import Any

import pytest

from tests.sql.paths import draw
from tests.sql.world import CM_FP, World

RESEAU = "reseau_cii_dossiers"
SINCE, UNTIL = "2013-01", "2013-12"
# Two months before the last one: what follows a registration is known of those that end by then.
KNOWN = "2013-10-31"
COLUMNS = ("course_id", "entered_on", "observed_to", "months", "observable_months", "outcome")


def told(*services: str) -> World:
    """A year of benefits, sent by each service."""
    world = World()
    for service in services or ("SEMP", "SASO", "OAI"):
        world.deliver_months("prestations", SINCE, UNTIL, service=service)
    return world


def courses(world: World, process: str, *columns: str) -> list[tuple[Any, ...]]:
    """The columns of all courses of a process, days as text."""
    wanted = ", ".join(f"{name}::varchar" if name.endswith(("_on", "_to")) else name for name in columns or COLUMNS)
    return world.make("core.course").rows(f"select {wanted} from core.course where process = '{process}' order by person_id, course_id")


def registration(reason: str, *, ended: str = "2013-03-15") -> World:
    """A year in which somebody was registered from 10 January, until a day and for a reason."""
    world = told()
    draw(world, "AC_INDEMNITE", "2013-01-10", ended, reason=reason)
    return world


def outcome(world: World) -> str | None:
    ((told,),) = courses(world, "CHOMAGE", "outcome")
    return told


# -- how a registration ends ---------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["EMPLOI", "FORMATION", "DEPART_CANTON", "RETRAITE", "DECES", "FIN_DE_DROIT", "AUTRE"])
def test_a_registration_that_nothing_follows_ends_as_it_was_said_to(reason: str) -> None:
    assert outcome(registration(reason)) == reason


def test_another_benefit_that_nobody_sees_is_another_end() -> None:
    assert outcome(registration("AUTRE_PRESTATION")) == "AUTRE"


@pytest.mark.parametrize(("benefit", "expected"), [("AIDE_SOCIALE", "AIDE_SOCIALE"), ("AI_RENTE", "AI")])
@pytest.mark.parametrize("ended", ["2013-03-15", "2013-03-31"])
@pytest.mark.parametrize(
    ("since", "until", "follows"),
    [
        ("2013-03-31", None, True),
        ("2013-05-01", "2013-05-01", True),
        # The last day of the second month after, and the first of the third.
        ("2013-05-31", None, True),
        ("2013-06-01", None, False),
        # Running since before.
        ("2012-06-01", None, True),
        ("2012-06-01", "2013-04-01", True),
        # Ended the month before.
        ("2012-06-01", "2013-02-28", False),
    ],
)
def test_a_benefit_follows_that_runs_at_the_end_or_begins_within_two_months(
    benefit: str, expected: str, ended: str, since: str, until: str | None, follows: bool
) -> None:
    world = registration("FIN_DE_DROIT", ended=ended)
    draw(world, benefit, since, until)
    assert outcome(world) == (expected if follows else "FIN_DE_DROIT")


@pytest.mark.parametrize(("until", "expected"), [("2013-03-15", "AIDE_SOCIALE"), ("2013-03-14", "FIN_DE_DROIT")])
def test_a_benefit_runs_at_the_end_through_its_own_last_day(until: str, expected: str) -> None:
    world = registration("FIN_DE_DROIT")
    draw(world, "AIDE_SOCIALE", "2012-06-01", until)
    assert outcome(world) == expected


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("EMPLOI", "EMPLOI"),
        ("FORMATION", "FORMATION"),
        ("DECES", "DECES"),
        ("DEPART_CANTON", "AIDE_SOCIALE"),
        ("RETRAITE", "AIDE_SOCIALE"),
        ("AUTRE_PRESTATION", "AIDE_SOCIALE"),
        ("AUTRE", "AIDE_SOCIALE"),
    ],
)
def test_work_training_and_death_are_ends_whatever_follows(reason: str, expected: str) -> None:
    world = registration(reason)
    draw(world, "AIDE_SOCIALE", "2013-02-01")
    assert outcome(world) == expected


@pytest.mark.parametrize(("social_aid", "pension"), [("2013-05-20", "2013-03-16"), ("2013-03-16", "2013-05-20")])
def test_social_aid_comes_before_a_pension_whichever_began_first(social_aid: str, pension: str) -> None:
    world = registration("AUTRE")
    draw(world, "AIDE_SOCIALE", social_aid)
    draw(world, "AI_RENTE", pension)
    assert outcome(world) == "AIDE_SOCIALE"


@pytest.mark.parametrize("benefit", ["AI_MESURE", "FORFAIT_INTEGRATION", "FORMATION", "DE_SANS_INDEMNITE"])
def test_no_other_benefit_is_an_end(benefit: str) -> None:
    world = registration("FIN_DE_DROIT")
    for service in ("SFPO", "SMIG"):
        world.deliver_months("prestations", SINCE, UNTIL, service=service)
    draw(world, benefit, "2013-03-20")
    assert courses(world, "CHOMAGE", "outcome")[0] == ("FIN_DE_DROIT",)


def test_nobody_goes_on_to_what_another_person_draws() -> None:
    world = registration("FIN_DE_DROIT")
    draw(world, "AIDE_SOCIALE", "2013-03-16", person="B")
    assert outcome(world) == "FIN_DE_DROIT"


# -- how long a registration is observed ---------------------------------------------------------------


def test_registrations_are_observed_to_two_months_before_the_last() -> None:
    world = told()
    draw(world, "AC_INDEMNITE", "2013-01-10", "2013-03-09", person="A", reason="EMPLOI")
    draw(world, "AC_INDEMNITE", "2013-01-10", KNOWN, person="B", reason="EMPLOI")
    draw(world, "AC_INDEMNITE", "2013-01-10", "2013-11-01", person="C", reason="EMPLOI")
    draw(world, "AC_INDEMNITE", "2013-01-10", person="D")
    draw(world, "AC_INDEMNITE", "2013-01-10", person="E", last="2013-05")
    draw(world, "AC_INDEMNITE", KNOWN, person="F")
    draw(world, "AC_INDEMNITE", "2013-11-01", person="G")
    assert courses(world, "CHOMAGE") == [
        ("2013-01-10", "2013-01-10", "2013-03-09", 1, 9, "EMPLOI"),
        ("2013-01-10", "2013-01-10", KNOWN, 9, 9, "EMPLOI"),
        ("2013-01-10", "2013-01-10", KNOWN, 9, 9, None),
        ("2013-01-10", "2013-01-10", KNOWN, 9, 9, None),
        ("2013-01-10", "2013-01-10", "2013-05-31", 4, 9, None),
        (KNOWN, KNOWN, KNOWN, 0, 0, None),
    ]


def test_what_began_before_the_data_is_left_out() -> None:
    world = told()
    draw(world, "AC_INDEMNITE", "2012-12-31", person="before")
    draw(world, "AC_INDEMNITE", "2013-01-01", person="since")
    assert courses(world, "CHOMAGE", "person_id") == [("since",)]


def test_a_registration_is_observed_while_all_who_may_take_over_deliver() -> None:
    world = told("SEMP")
    world.deliver_months("prestations", "2013-01", "2013-09", service="SASO")
    world.deliver_months("prestations", "2013-04", "2013-11", service="OAI")
    # Neither of these two is read.
    world.deliver_months("prestations", "2013-06", "2013-07", service="SMIG")
    world.deliver_months(CM_FP, "2013-06", "2013-07")
    draw(world, "AC_INDEMNITE", "2013-03-31", person="before")
    draw(world, "AC_INDEMNITE", "2013-04-01", person="since")
    assert courses(world, "CHOMAGE", "person_id", "observed_to") == [("since", "2013-07-31")]


def test_who_never_delivers_is_not_waited_for() -> None:
    world = told("SEMP")
    draw(world, "AC_INDEMNITE", "2013-01-10", "2013-03-09", reason="FIN_DE_DROIT")
    assert courses(world, "CHOMAGE", "months", "outcome") == [(1, "FIN_DE_DROIT")]


def test_two_registrations_of_a_person_are_two_courses_each_with_its_own_end() -> None:
    world = told()
    draw(world, "AC_INDEMNITE", "2013-01-10", "2013-03-09", reason="AUTRE")
    draw(world, "AC_INDEMNITE", "2013-06-10", "2013-06-20", reason="FIN_DE_DROIT")
    draw(world, "AIDE_SOCIALE", "2013-06-21")
    assert courses(world, "CHOMAGE", "course_id", "outcome") == [("2013-01-10", "AUTRE"), ("2013-06-10", "AIDE_SOCIALE")]


# -- files ---------------------------------------------------------------------------------------------


def test_files_are_courses_from_announcement_or_detection_to_closure() -> None:
    world = World()
    world.deliver_months(CM_FP, SINCE, UNTIL)
    world.deliver_months(RESEAU, SINCE, "2013-06")
    world.case("closed", announced="2013-01-31", closed="2013-02-28", outcome="CFC")
    world.case("gone", announced="2013-01-10", last="2013-04")
    world.case("open", announced="2013-02-10")
    world.case("before", announced="2012-12-31")
    assert courses(world, "CM_FP") == [
        ("closed", "2013-01-31", "2013-02-28", 1, 11, "CFC"),
        ("gone", "2013-01-10", "2013-04-30", 3, 11, None),
        ("open", "2013-02-10", "2013-12-31", 10, 10, None),
    ]
    follow = {"since": "2013-01", "person_id": "A"}
    world.lasting(RESEAU, **follow, case_id="before", detected_on="2012-12-31")
    world.lasting(RESEAU, **follow, case_id="gone", until="2013-03", detected_on="2013-01-05")
    end = {"closed_on": "2013-03-05", "outcome": "NON_RETENU"}
    world.lasting(RESEAU, **follow, case_id="refused", until="2013-03", detected_on="2013-01-05", end=end)
    world.lasting(RESEAU, **follow, case_id="undecided", detected_on="2013-01-05")
    assert courses(world, "RESEAU_CII") == [
        ("gone", "2013-01-05", "2013-03-31", 2, 5, None),
        ("refused", "2013-01-05", "2013-03-05", 2, 5, "NON_RETENU"),
        ("undecided", "2013-01-05", "2013-06-30", 5, 5, None),
    ]
