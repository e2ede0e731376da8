"""The actions of the seven axes: a list a year, counted as it stands at the end of the year."""

import pytest

from tests.sql.world import Made, World

AXES = "actions_axes"
STATUSES = {"PREVU", "PILOTE", "EN_COURS", "REALISE", "ABANDONNE"}


@pytest.fixture(scope="module")
def made() -> Made:
    """Four years and the first months of a fifth; the list of 2015 never came."""
    world = World()
    world.deliver_months(AXES, "2013", "2017", but=["2015"])
    world.deliver_months("cm_fp_dossiers", "2013-01", "2017-03")
    for year, status in (("2013", "PREVU"), ("2014", "EN_COURS"), ("2016", "REALISE"), ("2017", "REALISE")):
        world.row(f"{AXES}_{year}_v1", action_id="A", axis=4, sub_axis="4.1", status=status)
    # Told once, and no more.
    world.row(f"{AXES}_2013_v1", action_id="B", axis=6, sub_axis="6.1", status="PILOTE")
    world.row(f"{AXES}_2016_v1", action_id="C", axis=4, sub_axis="4.1", status="EN_COURS")
    return world.make("mart.axis_actions")


def test_an_action_counts_in_the_years_whose_list_has_it(made: Made) -> None:
    assert {year: cell.value for year, cell in made.series("axis_actions", grain="year").items()} == {
        "2013": 2,
        "2014": 1,
        "2015": None,
        "2016": 2,
        "2017": None,
    }


def test_a_year_whose_list_never_came_is_missing_and_one_that_goes_on_is_not_yet_known(made: Made) -> None:
    assert made.cell("axis_actions", "2015") == (None, None, None, False, True, "NOT_RECEIVED")
    assert made.cell("axis_actions", "2017") == (None, None, None, False, False, "NOT_RECEIVED")
    assert made.cell("axis_actions", "2016") == (2, None, 2, True, True, None)


def test_an_action_counts_by_its_axis_and_by_its_status_of_that_year(made: Made) -> None:
    assert made.counts("axis_actions", "2013", "axis") == {"4": 1, "6": 1}
    assert made.counts("axis_actions", "2013", "status") == {"PREVU": 1, "PILOTE": 1}
    assert made.counts("axis_actions", "2016", "axis") == {"4": 2}
    assert made.counts("axis_actions", "2016", "status") == {"REALISE": 1, "EN_COURS": 1}


def test_every_axis_and_every_status_is_listed_also_with_none(made: Made) -> None:
    assert set(made.members("axis_actions", "2014", "axis")) == set("1234567")
    assert set(made.members("axis_actions", "2014", "status")) == STATUSES


def test_an_action_is_kept_year_by_year_with_its_line(made: Made) -> None:
    told = made.rows("select period::varchar, status, delivery_id, line from core.axis_action where action_id = 'A' order by period")
    assert told == [
        ("2013-01-01", "PREVU", f"{AXES}_2013_v1", 2),
        ("2014-01-01", "EN_COURS", f"{AXES}_2014_v1", 2),
        ("2016-01-01", "REALISE", f"{AXES}_2016_v1", 2),
        ("2017-01-01", "REALISE", f"{AXES}_2017_v1", 2),
    ]


def test_a_corrected_list_replaces_that_of_its_year() -> None:
    world = World()
    world.deliver(AXES, "2016", status="superseded")
    world.deliver(AXES, "2016", version=2)
    world.row(f"{AXES}_2016_v1", action_id="A", axis=4)
    world.row(f"{AXES}_2016_v2", action_id="B", axis=5)
    assert world.make("core.axis_action").rows("select action_id, axis from core.axis_action") == [("B", 5)]
