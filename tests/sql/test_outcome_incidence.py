"""The cumulative incidence of outcomes: one cohort worked out by hand, many compared with statsmodels."""

import calendar
import datetime as dt
import random

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight

from pipelines import duck
from pipelines.orchestration.graph import graph
from tests.sql.paths import draw, link, sent
from tests.sql.world import CM_FP, Made, World, day, months

OUTCOMES = ["CFC", "AFP", "APPRENTISSAGE", "EMPLOI", "STRUCTURE_ADAPTEE", "HORS_CRITERES", "SANS_SOLUTION", "INTERRUPTION"]
ENDINGS = {
    "CM_FP": OUTCOMES,
    "RESEAU_CII": ["EMPLOI", "FORMATION", "MESURE", "RENTE_AI", "AIDE_SOCIALE", "NON_RETENU", "ABANDON", "AUTRE"],
    "CHOMAGE": ["EMPLOI", "FORMATION", "AIDE_SOCIALE", "AI", "FIN_DE_DROIT", "DEPART_CANTON", "RETRAITE", "DECES", "AUTRE"],
}
TABLE = "mart.outcome_incidence"


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


def column(made: Made, name: str, cohort: str, outcome: str, process: str = "CM_FP") -> list[float]:
    """A column of a cohort and outcome by month, from 0 to 48."""
    line = f"process = '{process}' and cohort = '{cohort}' and outcome = '{outcome}'"
    return [value for (value,) in made.rows(f"select {name} from {TABLE} where {line} order by months")]


def incidence(made: Made, cohort: str, outcome: str) -> list[float]:
    """Incidence by month."""
    return column(made, "incidence", cohort, outcome)


def at_risk(made: Made, cohort: str) -> list[int]:
    """Files at risk by month."""
    return column(made, "at_risk", cohort, "CFC")


def steps(*steps: tuple[int, float]) -> list[float]:
    """A step function over the months 0 to 48, its steps in order."""
    return [next((value for month, value in reversed(steps) if month <= at), 0.0) for at in range(49)]


def test_a_case_is_at_risk_in_the_months_it_lasted_also_where_it_is_censored(made: Made) -> None:
    assert at_risk(made, "2010") == [6, 5, 2, 2, 1, 1, 1, 1, 1] + [0] * 40


def test_incidence_of_a_cohort_is_that_worked_out_by_hand(made: Made) -> None:
    assert incidence(made, "2010", "CFC") == pytest.approx(steps((0, 1 / 6), (1, 2 / 6)))
    assert incidence(made, "2010", "EMPLOI") == pytest.approx(steps((1, 1 / 6)))
    # Half of the cohort is still open after the first month; one of the two left ends.
    assert incidence(made, "2010", "SANS_SOLUTION") == pytest.approx(steps((3, 1 / 4)))
    assert incidence(made, "2010", "INTERRUPTION") == [0] * 49


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_share_still_waiting_is_that_worked_out_by_hand_beside_every_outcome(made: Made, outcome: str) -> None:
    # One of six ends, then two of five; of the two left one ends, and the other is still open.
    assert column(made, "waiting", "2010", outcome) == pytest.approx(steps((0, 5 / 6), (1, 1 / 2), (3, 1 / 4)))
    assert column(made, "waiting", "2009", outcome) == [0] * 49


def test_the_naive_share_divides_by_all_that_entered_also_those_that_vanished(made: Made) -> None:
    assert column(made, "naive", "2010", "CFC") == pytest.approx(steps((0, 1 / 6), (1, 2 / 6)))
    assert column(made, "naive", "2010", "SANS_SOLUTION") == pytest.approx(steps((3, 1 / 6)))
    assert column(made, "naive", "2010", "INTERRUPTION") == [0] * 49
    assert column(made, "naive", "ALL", "SANS_SOLUTION") == pytest.approx(steps((3, 1 / 7)))


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


def test_a_cohort_is_mature_as_its_youngest_file_also_where_both_end_alike() -> None:
    world = World()
    world.deliver_months(CM_FP, "2010-01", "2010-12")
    world.case("old", announced="2010-01-10", closed="2010-02-10", outcome="CFC")
    world.case("young", announced="2010-10-10", closed="2010-11-10", outcome="CFC")
    assert column(world.make(TABLE), "mature", "2010", "CFC") == [True] * 3 + [False] * 46


def test_every_cohort_has_every_outcome_and_month(made: Made) -> None:
    cells = made.rows(f"select process, cohort, outcome, months from {TABLE}")
    told = ((cohort, outcome, month) for cohort in ("2009", "2010", "ALL") for outcome in OUTCOMES for month in range(49))
    assert set(cells) == {("CM_FP", *cell) for cell in told}


def test_registrations_and_files_are_counted_apart_each_by_its_own_outcomes() -> None:
    world = World()
    for service in ("SEMP", "SASO"):
        world.deliver_months("prestations", "2013-01", "2013-12", service=service)
    world.deliver_months("reseau_cii_dossiers", "2013-01", "2013-12")
    # Exhausted after one month; one goes on to social aid, one is never seen again, and one is open at the end of October.
    draw(world, "AC_INDEMNITE", "2013-01-01", "2013-02-28", person="A", reason="FIN_DE_DROIT")
    draw(world, "AIDE_SOCIALE", "2013-04-30", person="A")
    draw(world, "AC_INDEMNITE", "2013-01-01", "2013-02-28", person="B", reason="FIN_DE_DROIT")
    draw(world, "AC_INDEMNITE", "2013-01-01", person="C", last="2013-02")
    draw(world, "AC_INDEMNITE", "2013-05-31", person="D")
    draw(world, "AC_INDEMNITE", "2013-01-01", "2013-06-30", person="E", reason="EMPLOI")
    refused = {"closed_on": "2013-02-10", "outcome": "NON_RETENU"}
    world.lasting("reseau_cii_dossiers", since="2013-01", until="2013-02", end=refused, case_id="1", detected_on="2013-01-10")
    world.lasting("reseau_cii_dossiers", since="2013-01", case_id="2", detected_on="2013-01-10")
    # As the registration of E: work after five months.
    found = {"closed_on": "2013-06-10", "outcome": "EMPLOI", "accepted_on": "2013-02-01"}
    world.lasting("reseau_cii_dossiers", since="2013-01", until="2013-06", end=found, case_id="3", detected_on="2013-01-10")
    made = world.make(TABLE)
    told = made.rows(f"select distinct process, outcome from {TABLE}")
    assert set(told) == {(process, code) for process in ("CHOMAGE", "RESEAU_CII") for code in ENDINGS[process]}
    assert column(made, "at_risk", "ALL", "AI", "CHOMAGE")[:7] == [5, 5, 2, 2, 2, 2, 0]
    assert column(made, "incidence", "ALL", "AIDE_SOCIALE", "CHOMAGE") == pytest.approx(steps((1, 1 / 5)))
    assert column(made, "incidence", "2013", "FIN_DE_DROIT", "CHOMAGE") == pytest.approx(steps((1, 1 / 5)))
    # Three fifths wait after the first month; half of those who were still observed find work.
    assert column(made, "incidence", "2013", "EMPLOI", "CHOMAGE") == pytest.approx(steps((5, 3 / 10)))
    assert column(made, "naive", "2013", "EMPLOI", "CHOMAGE") == pytest.approx(steps((5, 1 / 5)))
    # D, the youngest, was watched from 31 May to 31 October.
    assert column(made, "mature", "2013", "AI", "CHOMAGE") == [True] * 6 + [False] * 43
    assert column(made, "incidence", "ALL", "NON_RETENU", "RESEAU_CII") == pytest.approx(steps((1, 1 / 3)))
    assert column(made, "incidence", "ALL", "EMPLOI", "RESEAU_CII") == pytest.approx(steps((5, 1 / 3)))


@pytest.mark.parametrize(
    ("linked", "unknown"),
    [
        (("SEMP", "SASO"), {"AI"}),
        (("SEMP", "OAI", "SMIG"), {"AIDE_SOCIALE"}),
        (("SASO", "OAI"), {"AIDE_SOCIALE", "AI"}),
        (("SEMP",), {"AIDE_SOCIALE", "AI"}),
        ((), {"AIDE_SOCIALE", "AI"}),
        (("SEMP", "SASO", "OAI"), set()),
    ],
)
def test_an_end_that_only_a_service_tells_that_may_not_be_linked_is_left_out_and_no_zero(
    linked: tuple[str, ...], unknown: set[str]
) -> None:
    world = sent("2013-01", "2013-12")
    world.deliver_months("reseau_cii_dossiers", "2013-01", "2013-12")
    draw(world, "AC_INDEMNITE", "2013-01-01", "2013-02-28", person="A", reason="EMPLOI")
    draw(world, "AC_INDEMNITE", "2013-01-01", "2013-02-28", person="B", reason="FIN_DE_DROIT")
    draw(world, "AI_RENTE", "2013-03-01", person="B")
    world.lasting("reseau_cii_dossiers", since="2013-01", case_id="1", detected_on="2013-01-10")
    link(world, *linked)
    made = world.make(TABLE)
    told = made.rows(f"select distinct process, outcome from {TABLE}")
    # The files of the Réseau CII say their ends themselves.
    assert {outcome for process, outcome in told if process == "RESEAU_CII"} == set(ENDINGS["RESEAU_CII"])
    assert {outcome for process, outcome in told if process == "CHOMAGE"} == set(ENDINGS["CHOMAGE"]) - unknown
    assert column(made, "incidence", "ALL", "EMPLOI", "CHOMAGE") == steps((1, 1 / 2))
    led_to = "FIN_DE_DROIT" if "AI" in unknown else "AI"
    assert column(made, "incidence", "ALL", led_to, "CHOMAGE") == steps((1, 1 / 2))


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


@pytest.fixture(scope="module")
def empty() -> Made:
    """The tables of a world in which nothing is waited for yet."""
    return World().make(TABLE)


# Few months and many courses, so that most end, or are lost sight of, together. Months are given to statsmodels as they are: it
# knows a time of 0, and there too an event counts before a censoring of the same time.
COURSES = st.lists(
    st.tuples(st.sampled_from(["2010-01-05", "2010-07-05", "2011-01-05"]), st.integers(0, 8) | st.integers(40, 60), st.integers(-4, 8)),
    min_size=1,
    max_size=60,
)


def fill(made: Made, process: str, courses: list[tuple[str, int, int]]) -> None:
    """Make the incidence of courses: the day entered, months observed, and how it ended (below 0: censored)."""
    tables = {step.table.qualified: step for step in graph().steps}
    names = ENDINGS[process]
    rows = [
        {
            "process": process,
            "person_id": f"{number}",
            "course_id": f"{number}",
            "entered_on": day(entered),
            "observed_to": day(entered),
            "months": lasted,
            "observable_months": lasted,
            "outcome": names[ending % len(names)] if ending >= 0 else None,
        }
        for number, (entered, lasted, ending) in enumerate(courses)
    ]
    table = tables["core.course"].table
    duck.replace_with_rows(made.con, table, pl.DataFrame(rows, schema=table.frame_schema))
    duck.replace(made.con, tables[TABLE].table, tables[TABLE].select)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@settings(max_examples=60, deadline=None)
@given(process=st.sampled_from(sorted(ENDINGS)), courses=COURSES)
def test_incidence_and_waiting_equal_those_of_statsmodels_and_add_to_one(
    empty: Made, process: str, courses: list[tuple[str, int, int]]
) -> None:
    fill(empty, process, courses)
    names = ENDINGS[process]
    for cohort in {"ALL", *(entered[:4] for entered, _, _ in courses)}:
        told = [
            (lasted, ending % len(names) + 1 if ending >= 0 else 0) for entered, lasted, ending in courses if cohort in ("ALL", entered[:4])
        ]
        times, endings = (np.array(values) for values in zip(*told, strict=True))
        shares = {code: np.array(column(empty, "incidence", cohort, code, process)) for code in names}
        naive = {code: np.array(column(empty, "naive", cohort, code, process)) for code in names}
        waiting = np.array(column(empty, "waiting", cohort, names[0], process))
        assert sum(shares.values()) + waiting == pytest.approx(np.ones(49), abs=1e-9)
        assert all((naive[code] <= shares[code] + 1e-9).all() for code in names)
        if not endings.any():
            assert (waiting == 1).all()
            continue
        survival = SurvfuncRight(times, endings > 0)
        at = np.searchsorted(survival.surv_times, np.arange(49), side="right")
        assert waiting == pytest.approx(np.r_[1, survival.surv_prob][at], abs=1e-9)
        expected = CumIncidenceRight(times, endings)
        at = np.searchsorted(expected.times, np.arange(49), side="right")
        for number, code in enumerate(names):
            curve = np.r_[0, expected.cinc[number]] if number < endings.max() else np.zeros(len(expected.times) + 1)
            assert shares[code] == pytest.approx(curve[at], abs=1e-9)
            counted = [((times <= month) & (endings == number + 1)).mean() for month in range(49)]
            assert naive[code] == pytest.approx(counted, abs=1e-9)
