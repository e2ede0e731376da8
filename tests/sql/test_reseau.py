"""The Réseau CII NE in a world of seven files, every figure worked out by hand."""

from typing import Any

import pytest

from tests.sql.world import Made, World

RESEAU = "reseau_cii_dossiers"
STEPS = ("reseau_detected", "reseau_accepted", "reseau_assessed", "reseau_planned", "reseau_closed", "reseau_open")
TRAILING = ("reseau_days_to_plan", "reseau_reinsertion_rate", "reseau_physician_share")
MISSING = "2015-06"


def follow(world: World, case_id: str, *, closed: str | None = None, outcome: str | None = None, last: str = "9999", **cells: Any) -> None:
    """A file in every month in force from its detection to its closure, or to the last month it is in."""
    end = {"closed_on": closed, "outcome": outcome} if closed else None
    world.lasting(RESEAU, since=cells["detected_on"], until=closed or last, end=end, case_id=case_id, **cells)


@pytest.fixture(scope="module")
def made() -> Made:
    """Fifteen months, of which June 2015 never came."""
    world = World()
    world.deliver_months(RESEAU, "2015-01", "2016-03", but=[MISSING])
    # Every step but the acceptance on the last day of a month.
    steps = {"accepted_on": "2015-02-01", "assessed_on": "2015-02-28", "physician_present": True, "plan_on": "2015-03-31", "lead": "OAI"}
    follow(world, "A", detected_by="ORP", detected_on="2015-01-31", closed="2015-04-30", outcome="EMPLOI", **steps)
    # Nobody has decided yet.
    follow(world, "B", detected_by="SSR", detected_on="2015-01-05")
    # Refused.
    follow(world, "C", detected_by="OAI", detected_on="2015-02-10", closed="2015-03-10", outcome="NON_RETENU")
    # Accepted on the last day of a month, assessed on the first; last seen in May.
    steps = {"accepted_on": "2015-02-28", "assessed_on": "2015-03-01", "physician_present": False}
    follow(world, "D", detected_by="SSR", detected_on="2015-02-01", last="2015-05", **steps)
    # All steps within two days.
    steps = {"accepted_on": "2015-03-02", "assessed_on": "2015-03-02", "physician_present": True, "plan_on": "2015-03-03", "lead": "SSR"}
    follow(world, "E", detected_by="ORP", detected_on="2015-03-02", closed="2016-02-29", outcome="FORMATION", **steps)
    # Accepted and never assessed.
    follow(world, "F", detected_by="ORP", detected_on="2015-04-01", accepted_on="2015-04-15", closed="2016-03-31", outcome="ABANDON")
    steps = {"accepted_on": "2015-12-10", "assessed_on": "2016-01-10", "physician_present": False, "plan_on": "2016-02-01", "lead": "ORP"}
    follow(world, "G", detected_by="OAI", detected_on="2015-12-01", **steps)
    return world.make(*(f"mart.{indicator}" for indicator in (*STEPS, *TRAILING)))


# Months down; the month that never came has no figure at all. Rates and medians as numerator/denominator or days/number.
STORY = """
        detected accepted assessed planned closed open days_to_plan reinsertion_rate physician_share
2015-01        2        0        0       0      0    0        -/0             0/0            0/0
2015-02        4        2        1       0      0    2        -/0             0/0            1/1
2015-03        5        3        3       2      1    3       30/2             0/0            2/3
2015-04        6        4        3       2      2    3       30/2             1/1            2/3
2015-05        6        4        3       2      2    3       30/2             1/1            2/3
2015-07        6        4        3       2      2    2       30/2             1/1            2/3
2015-08        6        4        3       2      2    2       30/2             1/1            2/3
2015-09        6        4        3       2      2    2       30/2             1/1            2/3
2015-10        6        4        3       2      2    2       30/2             1/1            2/3
2015-11        6        4        3       2      2    2       30/2             1/1            2/3
2015-12        7        5        3       2      2    3       30/2             1/1            2/3
2016-01        7        5        4       2      2    3       30/2             1/1            2/4
2016-02        7        5        4       3      3    2       59/3             2/2            1/3
2016-03        7        5        4       3      4    1       62/1             2/3            0/1
"""
HEAD, *LINES = [line.split() for line in STORY.strip().splitlines()]


@pytest.mark.parametrize("indicator", STEPS)
def test_steps_and_stock_are_those_worked_out_by_hand(made: Made, indicator: str) -> None:
    at = HEAD.index(indicator.removeprefix("reseau_")) + 1
    assert made.values(indicator) == {line[0]: float(line[at]) for line in LINES} | {MISSING: None}


@pytest.mark.parametrize("indicator", TRAILING)
def test_what_reads_twelve_months_is_that_worked_out_by_hand(made: Made, indicator: str) -> None:
    at = HEAD.index(indicator.removeprefix("reseau_")) + 1
    told = {month: cell for month, cell in made.series(indicator).items() if month != MISSING}
    assert set(told) == {line[0] for line in LINES}
    for line in LINES:
        over, under = line[at].split("/")
        cell = told[line[0]]
        assert cell.denominator == float(under)
        if indicator == "reseau_days_to_plan":
            assert (cell.numerator, cell.value) == (None, None if over == "-" else float(over))
        else:
            assert cell.numerator == float(over)
            assert cell.value == (float(over) / float(under) if float(under) else None)


@pytest.mark.parametrize("indicator", [*STEPS, *TRAILING])
def test_a_month_that_never_came_is_empty_and_says_so(made: Made, indicator: str) -> None:
    gap = made.cell(indicator, MISSING)
    assert (gap.value, gap.complete, gap.reason) == (None, False, "NOT_RECEIVED")


def test_a_missing_month_leaves_what_reads_it_incomplete(made: Made) -> None:
    incomplete = {indicator: [m for m, cell in made.series(indicator).items() if not cell.complete] for indicator in (*STEPS, *TRAILING)}
    since = [month for month in made.series("reseau_open") if month >= MISSING]
    assert incomplete == dict.fromkeys((*STEPS, *TRAILING), since) | {"reseau_open": [MISSING]}


def test_what_reads_twelve_months_is_final_once_there_are_twelve(made: Made) -> None:
    for indicator in TRAILING:
        assert [month for month, cell in made.series(indicator).items() if cell.mature] == ["2015-12", "2016-01", "2016-02", "2016-03"]


def test_a_file_counts_by_who_detected_it_and_by_who_leads_it(made: Made) -> None:
    assert made.counts("reseau_detected", "2015-03", "detected_by") == {"ORP": 2, "SSR": 2, "OAI": 1}
    assert made.counts("reseau_accepted", "2015-03", "detected_by") == {"ORP": 2, "SSR": 1}
    assert made.counts("reseau_assessed", "2015-02", "detected_by") == {"ORP": 1}
    assert made.counts("reseau_planned", "2016-02", "detected_by") == {"ORP": 2, "OAI": 1}
    assert made.counts("reseau_closed", "2015-03", "detected_by") == {"OAI": 1}
    assert made.counts("reseau_open", "2015-03", "lead") == {"OAI": 1, "SSR": 1, "NON_RENSEIGNE": 1}


def test_every_partner_is_listed_also_with_none(made: Made) -> None:
    assert set(made.members("reseau_planned", "2015-01", "detected_by")) == {"ORP", "OAI", "SSR"}
    assert set(made.members("reseau_open", "2015-01", "lead")) == {"ORP", "OAI", "SSR", "NON_RENSEIGNE"}


def test_a_file_is_known_by_its_row_of_the_latest_month_in_force() -> None:
    world = World()
    world.deliver_months(RESEAU, "2015-01", "2015-04")
    world.deliver(RESEAU, "2015-03", version=2, status="superseded")
    told = {"case_id": "A", "detected_on": "2015-01-05"}
    world.row(f"{RESEAU}_2015-01_v1", detected_by="SSR", person_id="first", **told)
    world.row(f"{RESEAU}_2015-02_v1", detected_by="ORP", person_id="second", accepted_on="2015-02-03", **told)
    world.row(f"{RESEAU}_2015-03_v2", detected_by="OAI", person_id="nobody", accepted_on="2015-02-03", **told)
    made = world.make("core.reseau_case")
    row = "detected_by, person_id, accepted_on::varchar, last_seen::varchar, vanished_on::varchar, delivery_id, line"
    assert made.rows(f"select {row} from core.reseau_case") == [
        ("ORP", "second", "2015-02-03", "2015-02-01", "2015-02-28", f"{RESEAU}_2015-02_v1", 2)
    ]


def test_nothing_vanishes_that_is_closed_or_in_the_latest_month() -> None:
    world = World()
    world.deliver_months(RESEAU, "2015-01", "2015-03")
    follow(world, "closed", detected_on="2015-01-05", closed="2015-02-10", outcome="NON_RETENU")
    follow(world, "back", detected_on="2015-01-06")
    follow(world, "gone", detected_on="2015-01-07", last="2015-02")
    made = world.make("core.reseau_case")
    assert made.rows("select case_id, vanished_on::varchar from core.reseau_case where vanished_on is not null") == [("gone", "2015-02-28")]
