"""Jobseekers whom another service supports too, every share worked out by hand."""

import pytest

from tests.sql.paths import incomplete, link, mature, sent, supported
from tests.sql.world import Made, World, months

SHARE = "cii_share_of_jobseekers"
TABLE = f"mart.{SHARE}"
ALL = ("SEMP", "SASO", "OAI", "SFPO", "SMIG")
AC, DE = "AC_INDEMNITE", "DE_SANS_INDEMNITE"


def told(world: World) -> World:
    # With the OAI, the SASO, the SFPO and the SMIG in turn.
    supported(world, "A", AC, "2013-03", "2013-06")
    supported(world, "A", "AI_MESURE", "2013-03", "2013-03")
    supported(world, "A", "AIDE_SOCIALE", "2013-04", "2013-04")
    supported(world, "A", "FORMATION", "2013-05", "2013-05")
    supported(world, "A", "FORFAIT_INTEGRATION", "2013-06", "2013-06")
    # Both benefits of the one service; with none.
    supported(world, "B", AC, "2013-03", "2013-06")
    supported(world, "B", DE, "2013-03", "2013-06")
    # Without an indemnity, and with two others.
    supported(world, "C", DE, "2013-04", "2013-05")
    supported(world, "C", "AI_RENTE", "2013-04", "2013-06")
    supported(world, "C", "AIDE_SOCIALE", "2013-04", "2013-07")
    # No jobseeker.
    supported(world, "D", "AIDE_SOCIALE", "2013-03")
    # 17, then 18; 64, then 65.
    supported(world, "E", AC, "2013-03", "2013-06", birth_year=1995, birth_month=6)
    supported(world, "F", AC, "2013-03", "2013-06", birth_year=1948, birth_month=4)
    supported(world, "F", "AIDE_SOCIALE", "2013-03", birth_year=1948, birth_month=4)
    return world


@pytest.fixture(scope="module")
def made() -> Made:
    return told(sent("2013-01", "2013-12", *ALL)).make(TABLE)


def shares(made: Made) -> dict[str, tuple[float | None, float | None]]:
    return {month: cell[:2] for month, cell in made.series(SHARE).items() if cell.denominator}


def test_a_jobseeker_with_another_service_in_the_month_counts_once(made: Made) -> None:
    # A, B and F in March; C from April to May; E from June, F no longer from April.
    assert shares(made) == {"2013-03": (2, 3), "2013-04": (2, 3), "2013-05": (2, 3), "2013-06": (1, 3)}
    assert made.cell(SHARE, "2013-06") == (1, 3, 1 / 3, True, True, None)
    assert made.cell(SHARE, "2013-07") == (0, 0, None, True, True, "NOT_APPLICABLE")
    assert {by for (by,) in made.rows(f"select distinct dimension from {TABLE}")} == {"total"}


def test_it_is_final_at_once_where_all_services_send(made: Made) -> None:
    assert mature(made, SHARE) == ("2013-01", "2013-12")
    world = sent("2013-01", "2013-12", "SEMP", "SASO", "OAI", "SMIG")
    world.deliver_months("prestations", "2013-04", "2013-10", service="SFPO")
    assert mature(world.make(TABLE), SHARE) == ("2013-04", "2013-10")


def test_without_the_sfpo_and_the_oai_the_others_count() -> None:
    made = told(sent("2013-01", "2013-12", "SEMP", "SASO", "SMIG")).make(TABLE)
    assert shares(made) == {"2013-03": (1, 3), "2013-04": (2, 3), "2013-05": (1, 3), "2013-06": (1, 3)}
    assert mature(made, SHARE) == ("2013-01", "2013-12")


def test_what_a_service_lacks_leaves_its_month_incomplete_and_what_all_lack_is_unknown() -> None:
    world = World()
    for service in ALL:
        world.deliver_months("prestations", "2013-01", "2013-12", service=service, but=["2013-05"] + ["2013-04"] * (service == "SMIG"))
    made = told(world).make(TABLE)
    assert incomplete(made, SHARE) == ["2013-04", "2013-05"]
    assert made.cell(SHARE, "2013-05") == (None, None, None, False, True, "NOT_RECEIVED")
    assert made.cell(SHARE, "2013-04")[:2] == (2, 3)


def test_another_service_that_may_not_be_linked_is_none() -> None:
    world = told(sent("2013-01", "2013-12", "SEMP", "SFPO", "OAI", "SMIG"))
    world.deliver_months("prestations", "2013-03", "2013-06", service="SASO")
    link(world, "SEMP", "SFPO", "OAI")
    made = world.make(TABLE)
    assert shares(made) == {"2013-03": (1, 3), "2013-04": (1, 3), "2013-05": (2, 3), "2013-06": (0, 3)}
    assert mature(made, SHARE) == ("2013-01", "2013-12")
    link(world, "SEMP")
    made = world.make(TABLE)
    assert {(cell[:3], cell.reason) for cell in made.series(SHARE).values()} == {((None, None, None), "NOT_LINKED")}


def test_where_the_service_that_sends_them_may_not_be_linked_nothing_is_known_of_jobseekers() -> None:
    world = told(sent("2013-01", "2013-12", *ALL))
    link(world, "SASO", "OAI", "SFPO")
    cells = world.make(TABLE).series(SHARE)
    assert list(cells) == months("2013-01", "2013-12")
    assert {(cell[:3], cell.reason) for cell in cells.values()} == {((None, None, None), "NOT_LINKED")}


def test_a_month_that_the_service_that_sends_them_has_not_sent_is_unknown_though_others_have() -> None:
    world = World()
    for service in ALL:
        world.deliver_months("prestations", "2013-01", "2013-12", service=service, but=["2013-02", "2013-05"] if service == "SEMP" else [])
    cells = told(world).make(TABLE).series(SHARE)
    assert (cells["2013-02"][:3], cells["2013-02"].reason) == ((None, None, None), "NOT_RECEIVED")
    # Of A and B its other months tell; that C was there in May nobody said.
    assert (cells["2013-05"][:2], cells["2013-05"].complete) == ((1, 2), False)
