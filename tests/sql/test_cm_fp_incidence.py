"""The cumulative incidence of outcomes: one cohort worked out by hand, many compared with statsmodels."""

import calendar
import datetime as dt
import random

import numpy as np
import pytest
from statsmodels.duration.survfunc import CumIncidenceRight

from tests.sql.world import CM_FP, Made, World, day, months

OUTCOMES = ["CFC", "AFP", "APPRENTISSAGE", "EMPLOI", "STRUCTURE_ADAPTEE", "HORS_CRITERES", "SANS_SOLUTION", "INTERRUPTION"]
TABLE = "mart.cm_fp_incidence"


@pytest.fixture(scope="module")
def made() -> Made:
    """Six files of 2010 and one of 2009, known up to the end of 2010."""
    world = World()
    world.deliver_months(CM_FP, "2009-12", "2010-12")
    # One day short of a month, one month to the day, and one month with days.
    world.case("a", announced="2010-01-10", closed="2010-02-09", outcome="CFC")
    world.case("b", announced="2010-01-10", closed="2010-02-10", outcome="EMPLOI")
    world.case("c", announced="2010-01-10", closed="2010-02-20", outcome="CFC")
    # Vanishes: censored on 28 February, after one month, as the events of b and c.
    world.case("d", announced="2010-01-10", last="2010-02")
    world.case("e", announced="2010-01-10", closed="2010-04-15", outcome="SANS_SOLUTION")
    # Open at the end, a day short of nine months: censored after eight; the youngest of its cohort.
    world.case("f", announced="2010-04-01")
    world.case("g", announced="2009-12-31", closed="2010-01-30", outcome="INTERRUPTION")
    return world.make(TABLE)


def incidence(made: Made, cohort: str, outcome: str) -> list[float]:
    """Incidence by month, from 0 to 48."""
    return [
        value
        for (value,) in made.rows(f"select incidence from {TABLE} where cohort = '{cohort}' and outcome = '{outcome}' order by months")
    ]


def at_risk(made: Made, cohort: str) -> list[int]:
    """Files at risk by month, from 0 to 48."""
    return [number for (number,) in made.rows(f"select at_risk from {TABLE} where cohort = '{cohort}' and outcome = 'CFC' order by months")]


def steps(*steps: tuple[int, float]) -> list[float]:
    """A step function over the months 0 to 48."""
    return [max((value for month, value in steps if month <= at), default=0.0) for at in range(49)]


def test_a_case_is_at_risk_in_the_months_it_lasted_also_where_it_is_censored(made: Made) -> None:
    assert at_risk(made, "2010") == [6, 5, 2, 2, 1, 1, 1, 1, 1] + [0] * 40


def test_incidence_of_a_cohort_is_that_worked_out_by_hand(made: Made) -> None:
    assert incidence(made, "2010", "CFC") == pytest.approx(steps((0, 1 / 6), (1, 2 / 6)))
    assert incidence(made, "2010", "EMPLOI") == pytest.approx(steps((1, 1 / 6)))
    # Half of the cohort is still open after the first month; one of the two left ends.
    assert incidence(made, "2010", "SANS_SOLUTION") == pytest.approx(steps((3, 1 / 4)))
    assert incidence(made, "2010", "INTERRUPTION") == [0] * 49


def test_incidence_of_all_cohorts_together_counts_every_file(made: Made) -> None:
    assert at_risk(made, "ALL")[:4] == [7, 5, 2, 2]
    assert incidence(made, "ALL", "CFC") == pytest.approx(steps((0, 1 / 7), (1, 2 / 7)))
    assert incidence(made, "ALL", "INTERRUPTION") == pytest.approx(steps((0, 1 / 7)))
    assert incidence(made, "ALL", "SANS_SOLUTION") == pytest.approx(steps((3, 3 / 14)))


def test_a_cohort_that_has_ended_stays_where_it_is(made: Made) -> None:
    assert at_risk(made, "2009") == [1] + [0] * 48
    assert incidence(made, "2009", "INTERRUPTION") == [1] * 49
    assert incidence(made, "2009", "CFC") == [0] * 49


def test_events_are_listed_where_they_happened(made: Made) -> None:
    events = made.rows(f"select outcome, months, events from {TABLE} where cohort = '2010' and events > 0 order by months, outcome")
    assert events == [("CFC", 0, 1), ("CFC", 1, 1), ("EMPLOI", 1, 1), ("SANS_SOLUTION", 3, 1)]


@pytest.mark.parametrize(("cohort", "last"), [("2009", 12), ("2010", 8), ("ALL", 8)])
def test_a_cohort_is_mature_as_far_as_its_youngest_file_was_watched(made: Made, cohort: str, last: int) -> None:
    mature = made.rows(f"select distinct months from {TABLE} where cohort = '{cohort}' and mature order by months")
    assert mature == [(month,) for month in range(last + 1)]


def test_every_cohort_has_every_outcome_and_month(made: Made) -> None:
    cells = made.rows(f"select cohort, outcome, months from {TABLE}")
    assert set(cells) == {(cohort, outcome, month) for cohort in ("2009", "2010", "ALL") for outcome in OUTCOMES for month in range(49)}


@pytest.mark.parametrize(("closed", "month"), [("2010-02-27", 0), ("2010-02-28", 1), ("2010-03-30", 1), ("2010-03-31", 2)])
def test_a_month_too_short_for_the_day_is_whole_on_its_last_day_as_duckdb_has_it(closed: str, month: int) -> None:
    world = World()
    world.deliver_months(CM_FP, "2010-01", "2010-04")
    world.case("a", announced="2010-01-31", closed=closed, outcome="CFC")
    assert world.make(TABLE).rows(f"select months from {TABLE} where cohort = 'ALL' and events = 1") == [(month,)]


def whole_months(start: dt.date, end: dt.date) -> int:
    """Whole months between two days of which the first is in no month's last days."""
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def random_world(seed: int) -> tuple[World, dict[str, list[tuple[int, int]]]]:
    """Invented files, and by cohort how many months each was watched and how it ended (0: censored)."""
    chance = random.Random(seed)
    span = months("2009-01", "2014-12")
    world = World()
    world.deliver_months(CM_FP, span[0], span[-1])
    watched: dict[str, list[tuple[int, int]]] = {"ALL": []}
    for number in range(chance.randint(5, 120)):
        begin = chance.randrange(len(span))
        announced = f"{span[begin]}-{chance.randint(1, 28):02}"
        last = span[min(begin + chance.choice([0, 1, 1, 2, 5, 12, 30, 60]), len(span) - 1)]
        end = dt.date(int(last[:4]), int(last[5:]), calendar.monthrange(int(last[:4]), int(last[5:]))[1])
        ending = chance.randint(0, 8)
        if ending:
            closed = max(day(announced), dt.date(end.year, end.month, chance.randint(1, 28)))
            world.case(f"{number}", announced=announced, closed=f"{closed}", outcome=OUTCOMES[ending - 1])
            end = closed
        else:
            world.case(f"{number}", announced=announced, last=last)
        for cohort in ("ALL", announced[:4]):
            watched.setdefault(cohort, []).append((whole_months(day(announced), end), ending))
    return world, watched


# Its standard errors, of which nothing is used here, divide by zero once everything has ended.
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("seed", range(8))
def test_incidence_equals_that_of_statsmodels_on_random_files(seed: int) -> None:
    world, watched = random_world(seed)
    made = world.make(TABLE)
    assert {cohort for (cohort,) in made.rows(f"select distinct cohort from {TABLE}")} == set(watched)
    for cohort, files in watched.items():
        times, endings = (np.array(column) for column in zip(*files, strict=True))
        if not endings.any():
            continue
        expected = CumIncidenceRight(times, endings)
        at = np.searchsorted(expected.times, np.arange(49), side="right")
        for number, outcome in enumerate(OUTCOMES):
            curve = np.r_[0, expected.cinc[number]] if number < endings.max() else np.zeros(len(expected.times) + 1)
            assert incidence(made, cohort, outcome) == pytest.approx(curve[at], abs=1e-9)
