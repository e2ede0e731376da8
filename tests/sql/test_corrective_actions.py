"""Corrective actions that are overdue, worked out by hand."""

import pytest

from tests.sql.world import Made, World, months

CORRECTIVE = "actions_correctives"


@pytest.fixture(scope="module")
def made() -> Made:
    """The lists of two years, read up to March of the second."""
    world = World()
    world.deliver_months(CORRECTIVE, "2013", "2014")
    world.deliver_months("cm_fp_dossiers", "2013-01", "2014-03")
    # Due on the last day of a month, closed on the last of another.
    told = {"opened_on": "2013-01-10", "due_on": "2013-02-28", "closed_on": "2013-04-30", "decided_by": "GROUPE_COORDINATION"}
    world.lasting(CORRECTIVE, since="2013", action_id="A", measure_id="M1", **told)
    # No end was ever told, and it is listed no more.
    told = {"opened_on": "2013-03-01", "due_on": "2013-03-30", "decided_by": "GP_CII"}
    world.lasting(CORRECTIVE, since="2013", until="2013", action_id="B", measure_id="M2", **told)
    told = {"opened_on": "2013-05-01", "due_on": "2014-01-30", "decided_by": "GROUPE_COORDINATION"}
    world.lasting(CORRECTIVE, since="2013", action_id="C", measure_id="M1", **told)
    world.lasting(CORRECTIVE, since="2014", action_id="D", measure_id="M3", opened_on="2014-01-05", due_on="2014-12-31")
    # What is held does not count.
    world.deliver(CORRECTIVE, "2015", status="held")
    world.row(f"{CORRECTIVE}_2015_v1", action_id="C", opened_on="2013-05-01", due_on="2013-05-02")
    return world.make("mart.corrective_actions_overdue")


def test_an_action_is_overdue_from_the_day_after_its_due_day_until_it_is_closed_or_vanished(made: Made) -> None:
    expected = {"2013-01": 0, "2013-02": 0, "2013-03": 2, "2013-04": 1} | dict.fromkeys(months("2013-05", "2013-12"), 1)
    assert made.values("corrective_actions_overdue") == expected | {"2014-01": 1, "2014-02": 1, "2014-03": 1}


def test_overdue_actions_are_told_by_measure_and_by_who_decided_them(made: Made) -> None:
    assert made.counts("corrective_actions_overdue", "2013-03", "measure") == {"M1": 1, "M2": 1}
    assert made.counts("corrective_actions_overdue", "2013-12", "decided_by") == {"GP_CII": 1}
    assert made.counts("corrective_actions_overdue", "2014-01", "measure") == {"M1": 1}
    assert made.members("corrective_actions_overdue", "2013-01", "decided_by")["GROUPE_COORDINATION"].value == 0


def test_an_action_is_known_by_its_row_of_the_latest_list_in_force(made: Made) -> None:
    row = "action_id, last_seen::varchar, vanished_on::varchar, delivery_id, line"
    assert made.rows(f"select {row} from core.corrective_action order by action_id") == [
        ("A", "2014-01-01", None, f"{CORRECTIVE}_2014_v1", 2),
        ("B", "2013-01-01", "2013-12-31", f"{CORRECTIVE}_2013_v1", 3),
        ("C", "2014-01-01", None, f"{CORRECTIVE}_2014_v1", 3),
        ("D", "2014-01-01", None, f"{CORRECTIVE}_2014_v1", 4),
    ]
