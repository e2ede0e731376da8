"""What is known of measures, participations and budgets: corrections, gaps, late ends, and numbers that change hands."""

from decimal import Decimal
from typing import Any

import pytest

from pipelines.orchestration.checks import all_checks, breaking
from tests.sql.measures import budget, four_measures, measure, observed, participation
from tests.sql.world import Made, World, day


def told(
    *, first: str = "2013-01", last: str = "2013-06", but: tuple[str, ...] = (), services: tuple[str, ...] = ("SEMP", "SASO")
) -> World:
    """Six months of inventories and participations; the inventories of `but` never came."""
    world = World()
    world.deliver_months("mesures", first, last, service="SEMP", but=but)
    for service in services:
        world.deliver_months("participations", first, last, service=service)
    return world


def known(made: Made, measure_id: str) -> dict[str, tuple[Any, ...]]:
    """Name, service, branch, kind and users of a measure by month and year."""
    select = f"""select if(grain = 'year', year(period)::varchar, strftime(period, '%Y-%m')), measure, lead_service, branch, kind, services
        from core.measure_period where measure_id = '{measure_id}'"""
    return {period: tuple(cells) for period, *cells in made.rows(select)}


# -- participations -------------------------------------------------------------------------------


def lives(world: World) -> dict[str, tuple[Any, ...]]:
    """Measure, end, last month seen and day of vanishing by participation."""
    select = "select participation_id, measure_id, ended_on, last_seen, vanished_on from core.participation where service = 'SEMP'"
    return {name: tuple(cells) for name, *cells in world.make("core.participation").rows(select)}


def test_a_participation_is_known_by_its_latest_row() -> None:
    world = told()
    participation(world, "SEMP", "1", measure="M1", started="2013-02-10", last="2013-03")
    participation(world, "SEMP", "1", measure="M2", started="2013-04-11", ended="2013-05-02")
    assert lives(world) == {"1": ("M2", day("2013-05-02"), day("2013-05"), None)}


def test_a_participation_that_is_left_out_and_comes_back_has_not_vanished() -> None:
    world = told()
    participation(world, "SEMP", "1", measure="M1", started="2013-01-10", but=["2013-02", "2013-03"])
    assert lives(world) == {"1": ("M1", None, day("2013-06"), None)}
    made = world.make("mart.measure_participants")
    assert set(made.values("measure_participants").values()) == {1}


def test_a_participation_vanishes_by_the_deliveries_of_its_own_service_only() -> None:
    world = told(services=("SASO",))
    world.deliver_months("participations", "2013-01", "2013-03", service="SEMP")
    participation(world, "SEMP", "gone", measure="M1", started="2013-01-10", last="2013-02")
    participation(world, "SEMP", "there", measure="M1", started="2013-01-10", last="2013-03")
    assert lives(world) == {
        "gone": ("M1", None, day("2013-02"), day("2013-02-28")),
        "there": ("M1", None, day("2013-03"), None),
    }
    made = world.make("mart.measure_participants", "mart.measure_exits")
    values = made.values("measure_participants")
    assert [values[month] for month in ("2013-01", "2013-02", "2013-03", "2013-06")] == [2, 2, 1, 1]
    assert set(made.values("measure_exits").values()) == {0}


def test_an_end_reported_late_counts_on_its_day_and_its_cost_in_the_month_billed() -> None:
    world = told()
    participation(
        world,
        "SEMP",
        "1",
        measure="M1",
        started="2013-01-10",
        ended="2013-03-31",
        outcome="EMPLOI",
        told="2013-05",
        cost="10",
        but=["2013-04"],
    )
    made = world.make("mart.measure_participants", "mart.measure_placed", "mart.measure_cost", "mart.measure_mixed_share")
    assert made.counts("measure_placed", "2013-03", "measure") == {"M1": 1}
    assert list(made.values("measure_participants").values()) == [1, 1, 0, 0, 0, 0]
    assert list(made.values("measure_cost").values()) == [10, 10, 10, 0, 10, 0]


def test_rows_of_a_version_that_is_not_in_force_count_nowhere() -> None:
    world = told()
    world.deliver_months("observations", "2013-01", "2013-06", service="SEMP")
    world.deliver_months("budgets", "2013", "2013", service="SEMP")
    versions = [(dataset, month) for dataset in ("participations", "mesures", "observations") for month in ("2013-06", "2013-07")]
    for dataset, month in [*versions, ("budgets", "2013")]:
        for status in ("superseded", "held", "withdrawn"):
            delivery = world.deliver(dataset, month, service="SEMP", version=9, content=status, status=status)
            keys = {"observations": {"participation_id": "1"}, "participations": {"participation_id": "1", "cost": Decimal(5)}}
            world.row(delivery, **({} if dataset == "observations" else {"measure_id": "M9"}), **keys.get(dataset, {}))
    tables = ("participation", "observation", "budget", "measure", "measure_month", "measure_use", "measure_period")
    made = world.make(*(f"core.{table}" for table in tables))
    assert {table: made.rows(f"select count(*) from core.{table}")[0][0] for table in tables} == dict.fromkeys(tables, 0)


def test_money_is_the_sum_of_every_monthly_row_with_the_measure_it_names() -> None:
    world = told()
    participation(world, "SEMP", "1", measure="M1", started="2013-01-10", last="2013-02", cost="10.10")
    participation(world, "SEMP", "1", measure="M2", started="2013-03-10", cost="20.20")
    made = world.make("mart.measure_cost")
    assert made.counts("measure_cost", "2013", "measure") == {"M1": pytest.approx(20.2), "M2": pytest.approx(80.8)}
    assert made.cell("measure_cost", "2013").value == pytest.approx(101)


def test_cents_add_up_to_the_total_whatever_they_are_broken_down_by() -> None:
    world = told()
    for number, cost in enumerate(("0.10", "0.20"), start=1):
        participation(world, "SEMP", str(number), measure=f"M{number}", started="2013-01-10", cost=cost)
    made = world.make("mart.indicator_value")
    (adds_up,) = (check for check in all_checks() if check.name == "ventilations_completes")
    assert not breaking(made.con, adds_up)


# -- the inventory --------------------------------------------------------------------------------


def test_a_renamed_measure_keeps_its_former_names_in_order() -> None:
    world = told()
    measure(world, "M1", until="2013-02", measure="Atelier")
    measure(world, "M1", since="2013-03", until="2013-03", measure="Buffet")
    measure(world, "M1", since="2013-04", until="2013-04", measure="Atelier")
    measure(world, "M1", since="2013-05", measure="Cuisine", branch="I")
    measure(world, "M2")
    made = world.make("core.measure")
    assert made.rows("select measure_id, measure, former_names, branch, vanished_on from core.measure order by all") == [
        ("M1", "Cuisine", "Buffet · Atelier", "I", None),
        ("M2", "Mesure M2", None, "A", None),
    ]


def test_a_measure_missing_from_a_later_inventory_has_vanished_unless_its_end_was_told() -> None:
    world = told()
    measure(world, "M1", until="2013-04")
    measure(world, "M2", until="2013-04", ends="2013-04-30")
    measure(world, "M3")
    made = world.make("core.measure")
    rows = made.rows("select measure_id, last_seen, vanished_on from core.measure order by all")
    assert rows == [
        ("M1", day("2013-04"), day("2013-04-30")),
        ("M2", day("2013-04"), None),
        ("M3", day("2013-06"), None),
    ]


def test_a_period_s_figures_stand_where_the_measure_stood_at_its_end() -> None:
    world = told()
    measure(world, "M1", until="2013-03", measure="Avant", lead_service="SEMP", branch="C", kind="FORMATION", places=3)
    measure(world, "M1", since="2013-04", measure="Après", lead_service="SASO", branch="F", kind="COACHING", places=3)
    participation(world, "SEMP", "1", measure="M1", started="2013-01-10")
    made = world.make("mart.measure_participants", "mart.measure_places", "mart.measure_entries", "mart.measure_occupancy")
    for indicator, value in (("measure_participants", 1), ("measure_places", 3)):
        assert made.counts(indicator, "2013-03", "branch") == {"C": value}
        assert made.counts(indicator, "2013-04", "branch") == {"F": value}
    assert made.fractions("measure_occupancy", "2013-04", "branch") == {"F": (1, 3)}
    assert made.counts("measure_entries", "2013", "branch") == {"F": 1}
    assert known(made, "M1")["2013-03"] == ("Avant", "SEMP", "C", "FORMATION", "SEMP")
    assert known(made, "M1")["2013"] == ("Après", "SASO", "F", "COACHING", "SEMP")


def test_without_its_month_s_inventory_a_measure_is_what_the_one_before_said_or_else_what_is_known_now() -> None:
    world = told(but=("2013-04",))
    measure(world, "M1", until="2013-03", branch="C")
    measure(world, "M1", since="2013-05", branch="F")
    measure(world, "M2", since="2013-03", until="2013-03", branch="G")
    measure(world, "M2", since="2013-05", branch="H", measure="Après", lead_service="SASO", kind="COACHING")
    for number in ("1", "2"):
        participation(world, "SEMP", number, measure=f"M{number}", started="2013-01-10")
    made = world.make("mart.measure_participants", "mart.measure_places", "mart.measure_occupancy")
    assert made.counts("measure_participants", "2013-04", "branch") == {"C": 1, "G": 1}
    assert made.counts("measure_participants", "2013-01", "branch") == {"C": 1, "H": 1}
    assert known(made, "M2")["2013-01"] == ("Après", "SASO", "H", "COACHING", "SEMP")
    assert made.cell("measure_participants", "2013-04")[2:] == (2, False, True, None)
    for indicator in ("measure_places", "measure_occupancy"):
        assert made.cell(indicator, "2013-04")[2:] == (None, False, True, "NOT_RECEIVED")


def test_a_measure_is_open_from_its_first_day_until_the_day_before_its_last() -> None:
    world = told()
    # Announced ahead; opens on the last day of February.
    measure(world, "M1", starts_on="2013-02-28", places=1)
    measure(world, "M2", ends="2013-04-30", places=20)
    measure(world, "M3", ends="2013-05-01", places=300)
    made = world.make("mart.measure_places", "mart.measure_without_sheet")
    assert list(made.values("measure_places").values()) == [320, 321, 321, 301, 1, 1]
    assert list(made.values("measure_without_sheet").values()) == [2, 3, 3, 2, 1, 1]


def test_measures_are_told_of_every_month_and_year_that_an_inventory_or_a_participation_came_for() -> None:
    world = World()
    world.deliver_months("mesures", "2012-12", "2013-02", service="SEMP")
    world.deliver_months("participations", "2013-01", "2013-03", service="SEMP")
    # What came for other months, or is not in force, adds none.
    world.deliver_months("budgets", "2011", "2014", service="SEMP")
    world.deliver("mesures", "2013-04", service="SEMP", status="superseded")
    measure(world, "M1", since="2012-12")
    assert set(known(world.make("core.measure_period"), "M1")) == {"2012-12", "2013-01", "2013-02", "2013-03", "2012", "2013"}
    world = World()
    world.deliver_months("mesures", "2013-01", "2013-02", service="SEMP")
    world.deliver_months("participations", "2012-12", "2013-01", service="SEMP")
    world.deliver("participations", "2013-04", service="SEMP", status="held")
    measure(world, "M1")
    participation(world, "SEMP", "1", measure="M1", started="2012-12-10")
    made = world.make("core.measure_period")
    assert set(known(made, "M1")) == {"2012-12", "2013-01", "2013-02", "2012", "2013"}
    assert made.rows("select max(period) from core.measure_use") == [(day("2013-01"),)]


# -- use ------------------------------------------------------------------------------------------


def test_a_service_uses_a_measure_while_somebody_takes_part_on_one_day_of_the_window() -> None:
    world = told(first="2013-01", last="2014-12")
    participation(world, "SEMP", "1", measure="M1", started="2013-01-10")
    participation(world, "SASO", "2", measure="M1", started="2013-03-01", ended="2013-05-01", outcome="AUTRE")
    users = {period: cells[-1] for period, cells in known(world.make("core.measure_period"), "M1").items()}
    both = {period for period, services in users.items() if services == "SASO+SEMP"}
    assert both == {f"2013-{month:02}" for month in range(3, 13)} | {f"2014-{month:02}" for month in range(1, 5)} | {"2013"}


def test_who_has_vanished_uses_nothing_from_the_next_month_on() -> None:
    world = told(first="2013-01", last="2014-12")
    participation(world, "SEMP", "1", measure="M1", started="2013-01-10")
    participation(world, "SASO", "2", measure="M1", started="2013-01-10", last="2013-12")
    users = {period: cells[-1] for period, cells in known(world.make("core.measure_period"), "M1").items()}
    assert users["2014-11"] == "SASO+SEMP"
    assert users["2014-12"] == "SEMP"
    assert users["2014"] == "SEMP"


def test_a_bill_that_comes_after_the_end_makes_no_user() -> None:
    world = told(first="2013-01", last="2014-03")
    participation(world, "SEMP", "1", measure="M1", started="2013-01-10", ended="2013-01-31", told="2013-03", cost="7")
    made = world.make("mart.measure_cost", "mart.measure_mixed_share")
    assert made.counts("measure_cost", "2013-03", "measure") == {"M1": 7}
    assert made.cell("measure_mixed_share", "2013-12")[:2] == (0, 1)
    assert made.cell("measure_mixed_share", "2014-01")[:2] == (0, 0)


def test_participations_that_began_before_the_first_delivery_are_no_entries_of_its_months() -> None:
    world = told()
    participation(world, "SEMP", "1", measure="M1", started="2011-07-01", ended="2013-01-31", outcome="EMPLOI")
    made = world.make("mart.measure_entries", "mart.measure_placed", "mart.measure_participants")
    assert set(made.values("measure_entries").values()) == {0}
    assert made.cell("measure_entries", "2013").value == 0
    assert made.cell("measure_placed", "2013-01").value == 1
    assert set(made.values("measure_participants").values()) == {0}


# -- budgets and the grid -------------------------------------------------------------------------


def test_a_budget_of_nothing_has_no_share_used() -> None:
    world = told()
    world.deliver_months("budgets", "2013", "2013", service="SEMP")
    world.deliver_months("budgets", "2013", "2013", service="SASO")
    budget(world, "SEMP", "M1", year="2013", amount="0", reserved=0)
    participation(world, "SEMP", "1", measure="M1", started="2013-01-10", cost="10")
    # The other service has no budget for the measure: what it spends on it is not held against this one.
    participation(world, "SASO", "1", measure="M1", started="2013-01-10", cost="99")
    made = world.make("mart.measure_budget_used")
    assert made.cell("measure_budget_used", "2013-03")[:3] == (30, 0, None)
    assert made.cell("measure_budget_used", "2013-03").reason == "NOT_APPLICABLE"


def test_a_budget_stands_for_its_own_year_only() -> None:
    world = told(first="2013-12", last="2014-01", services=("SEMP",))
    world.deliver_months("budgets", "2013", "2014", service="SEMP")
    budget(world, "SEMP", "M1", year="2013", amount="100", reserved=5)
    budget(world, "SEMP", "M1", year="2014", amount="200", reserved=7)
    participation(world, "SEMP", "1", measure="M1", started="2013-12-10", cost="10")
    made = world.make("mart.measure_budget_used", "mart.measure_reserved_places")
    assert {period: made.cell("measure_budget_used", period)[:2] for period in ("2013-12", "2014-01", "2013", "2014")} == {
        "2013-12": (10, 100),
        "2014-01": (10, 200),
        "2013": (10, 100),
        "2014": (10, 200),
    }
    assert {period: made.cell("measure_reserved_places", period).value for period in ("2013-12", "2014-01", "2013", "2014")} == {
        "2013-12": 5,
        "2014-01": 7,
        "2013": 5,
        "2014": 7,
    }


def test_an_observation_is_known_by_its_latest_row_and_belongs_to_its_service() -> None:
    world = told()
    for service in ("SEMP", "SASO"):
        world.deliver_months("observations", "2013-01", "2013-06", service=service)
        participation(world, service, "1", measure="M1", started="2013-01-10", ended="2013-04-30", outcome="AUTRE")
    observed(world, "SEMP", "1", on="2013-01-15", stage="ENTREE", PROJET=1)
    observed(world, "SEMP", "1", on="2013-04-15", stage="SORTIE", PROJET=2)
    # Sent again a month later, with another note.
    again = {"participation_id": "1", "observed_on": "2013-04-15", "stage": "SORTIE", "grid_dimension": "PROJET", "score": 4}
    world.lasting("observations", service="SEMP", since="2013-05", until="2013-05", **again)
    # The same number, days and dimension at another service.
    observed(world, "SASO", "1", on="2013-01-15", stage="ENTREE", PROJET=3)
    observed(world, "SASO", "1", on="2013-04-15", stage="SORTIE", PROJET=2)
    made = world.make("mart.observation_progress", "mart.observation_completion")
    assert made.counts("observation_progress", "2013-04", "service") == {"SEMP": 3, "SASO": -1} | dict.fromkeys(("SMIG", "OAI", "SFPO"))
    assert made.cell("observation_progress", "2013-04")[1:3] == (2, 1)
    assert made.cell("observation_completion", "2013-04")[:2] == (2, 2)


def test_where_nobody_observes_nothing_is_said_of_the_grid() -> None:
    world = told()
    participation(world, "SEMP", "1", measure="M1", started="2013-01-10", ended="2013-04-30", outcome="AUTRE")
    made = world.make("mart.observation_progress", "mart.observation_completion")
    for indicator in ("observation_completion", "observation_progress"):
        assert {cell.reason for cell in made.series(indicator).values()} == {"NOT_RECEIVED"}


# -- the whole ------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    tables = (
        "core.measure",
        "core.measure_month",
        "core.measure_period",
        "core.grid_progress",
        "mart.measure_cost",
        "mart.observation_progress",
    )
    once, again = four_measures().make(*tables), four_measures().make(*tables, shuffled=seed)
    for table in tables:
        assert again.rows(f"select * from {table}") == once.rows(f"select * from {table}"), table
