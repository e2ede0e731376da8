"""Early intervention in two school years, every figure worked out by hand; the capacity is that of the reference file."""

from typing import Any

import pytest

from tests.sql.world import Made, World, months

EARLY = "interventions_precoces"
INDICATORS = tuple(f"early_intervention_{name}" for name in ("open", "load", "capacity", "direct_transition"))
MISSING = "2017-01"


def follow(world: World, case_id: str, *, closed: str | None = None, outcome: str | None = None, last: str = "9999", **cells: Any) -> None:
    """A situation in every month in force from its announcement to its closure, or to the last month it is in."""
    end = {"closed_on": closed, "outcome": outcome} if closed else None
    world.lasting(EARLY, since=cells["announced_on"], until=closed or last, end=end, case_id=case_id, **cells)


@pytest.fixture(scope="module")
def made() -> Made:
    """Fourteen months around the turn of a school year; January 2017 never came."""
    world = World()
    world.deliver_months(EARLY, "2016-08", "2017-09", but=[MISSING])
    # Announced on the last day of a month, closed on the last of another.
    follow(world, "A", coach="C1", announced_on="2016-08-31", closed="2016-10-31", outcome="TRANSITION_SEC_II", municipality=351)
    # Closed on the last day of the school year, and on the first of the next.
    follow(world, "B", coach="C2", announced_on="2016-09-01", closed="2017-07-31", outcome="TRANSITION_SEC_II")
    follow(world, "C", coach="C1", announced_on="2016-09-15", closed="2017-08-01", outcome="SANS_SOLUTION")
    # Last seen in December.
    follow(world, "D", coach="C1", announced_on="2016-10-10", last="2016-12", municipality=6436, announced_age=14)
    follow(world, "E", coach="C2", announced_on="2017-08-20")
    follow(world, "F", coach="C2", announced_on="2016-11-05", closed="2017-02-28", outcome="MESURE_TRANSITION")
    # What is held does not count.
    for month in ("2016-07", "2017-10"):
        world.deliver(EARLY, month, status="held")
        world.row(f"{EARLY}_{month}_v1", case_id="E", coach="C9", announced_on="2016-07-01")
    return world.make(*(f"mart.{indicator}" for indicator in INDICATORS))


OPEN = {"2016-08": 1, "2016-09": 3, "2016-10": 3, "2016-11": 4, "2016-12": 4, MISSING: None}
OPEN |= dict.fromkeys(months("2017-02", "2017-06"), 2) | {"2017-07": 1, "2017-08": 1, "2017-09": 1}


def test_situations_are_open_from_their_announcement_until_closed_or_vanished(made: Made) -> None:
    assert made.values("early_intervention_open") == OPEN


def test_situations_are_told_by_coach(made: Made) -> None:
    assert made.counts("early_intervention_open", "2016-11", "coach") == {"C1": 2, "C2": 2}
    assert made.counts("early_intervention_open", "2017-07", "coach") == {"C1": 1}


def test_the_load_is_open_situations_over_the_capacity_of_the_school_year(made: Made) -> None:
    load = {month: cell[:2] for month, cell in made.series("early_intervention_load").items()}
    known = {month: (number, 40) for month, number in OPEN.items() if month < "2017-08"}
    assert load == known | {MISSING: (None, None), "2017-08": (1, None), "2017-09": (1, None)}
    assert made.cell("early_intervention_load", "2016-11").value == 4 / 40


def test_a_school_year_without_a_known_capacity_has_no_load(made: Made) -> None:
    for indicator in ("early_intervention_load", "early_intervention_capacity"):
        assert made.cell(indicator, "2017-08").reason == "NOT_APPLICABLE"
        assert made.cell(indicator, "2017-07").reason is None
    assert made.values("early_intervention_capacity") == {month: 40 if month < "2017-08" else None for month in OPEN} | {MISSING: None}


def test_months_are_told_from_the_first_to_the_latest_in_force(made: Made) -> None:
    assert made.rows("select min(period)::varchar, max(period)::varchar, count(*) from core.early_intervention_month") == [
        ("2016-08-01", "2017-09-01", 14)
    ]


def test_a_month_without_any_situation_has_a_load_of_nothing() -> None:
    world = World()
    world.deliver_months(EARLY, "2016-08", "2016-09")
    made = world.make("mart.early_intervention_load")
    assert made.cell("early_intervention_load", "2016-09") == (0, 40, 0, True, True, None)


def test_direct_transitions_begin_anew_with_the_school_year(made: Made) -> None:
    rate = {month: cell[:2] for month, cell in made.series("early_intervention_direct_transition").items()}
    expected = dict.fromkeys(months("2016-08", "2016-09"), (0, 0)) | dict.fromkeys(months("2016-10", "2016-12"), (1, 1))
    expected |= {MISSING: (None, None)} | dict.fromkeys(months("2017-02", "2017-06"), (1, 2))
    assert rate == expected | {"2017-07": (2, 3), "2017-08": (0, 1), "2017-09": (0, 1)}


def test_a_missing_month_leaves_its_school_year_incomplete_and_not_the_next(made: Made) -> None:
    series = made.series("early_intervention_direct_transition")
    assert [month for month, cell in series.items() if not cell.complete] == months(MISSING, "2017-07")
    assert all(cell.mature for cell in series.values())
    for indicator in INDICATORS[:3]:
        assert [month for month, cell in made.series(indicator).items() if not cell.complete] == [MISSING]


def test_a_school_year_whose_beginning_was_never_sent_is_not_final() -> None:
    world = World()
    world.deliver_months(EARLY, "2016-10", "2017-09")
    series = world.make("mart.early_intervention_direct_transition").series("early_intervention_direct_transition")
    assert [month for month, cell in series.items() if cell.mature] == ["2017-08", "2017-09"]


def test_a_situation_is_known_by_its_row_of_the_latest_month_in_force(made: Made) -> None:
    row = "case_id, region, age_group, last_seen::varchar, vanished_on::varchar, delivery_id, line"
    assert made.rows(f"select {row} from core.early_intervention where case_id in ('A', 'D', 'E') order by case_id") == [
        ("A", "HORS_CANTON", None, "2016-10-01", None, f"{EARLY}_2016-10_v1", 2),
        ("D", "MONTAGNES", "0-17", "2016-12-01", "2016-12-31", f"{EARLY}_2016-12_v1", 4),
        ("E", "LITTORAL", None, "2017-09-01", None, f"{EARLY}_2017-09_v1", 2),
    ]
