"""What a pack may show of how long things take: half-years, years that have been followed, and enough who have gone and are left."""

import datetime as dt

import polars as pl
import pytest

from pipelines import duck
from pipelines.contracts.thresholds import Thresholds
from pipelines.disclosure import durations
from pipelines.disclosure.control import controlled
from pipelines.disclosure.over_time import Before
from tests.unit.disclosed import tables_of

MAY = dt.date(2020, 5, 1)


@pytest.fixture
def con():
    """A database with the tables that durations are read from, still empty."""
    database = duck.in_memory()
    for statement in (
        "create table mart.system_survival (system text, cohort text, months int, at_risk int, retention double, mature boolean)",
        "create table mart.outcome_incidence (process text, cohort text, outcome text, months int, at_risk int, naive double, mature boolean)",
        "create table core.code (list text, code text)",
        "insert into core.code values ('cm_fp_solution', 'EMPLOI'), ('cm_fp_solution', 'CFC'), ('other', 'SANS')",
    ):
        database.execute(statement)
    yield database
    database.close()


def stayed(con, left, *, cohort="2017", mature=True, months=None):
    """Who is still there of a year of entry, at these months; half-years unless said."""
    for month, at_risk in zip(months or range(0, 6 * len(left), 6), left, strict=True):
        row = ["AS", cohort, month, at_risk, at_risk / left[0] if left[0] else None, mature]
        con.execute("insert into mart.system_survival values (?, ?, ?, ?, ?, ?)", row)


def survival(con, period=MAY, **thresholds):
    rows = durations.survival(con, period, Thresholds(**thresholds))
    return [(cohort, months, at_risk) for _, cohort, months, at_risk, *_ in rows.iter_rows()]


def test_a_curve_has_a_point_at_each_half_year(con):
    stayed(con, [100 - 6 * month for month in range(13)], months=range(13))
    assert survival(con) == [("2017", 0, 100), ("2017", 6, 64), ("2017", 12, 28)]


def test_a_point_stands_where_nobody_or_enough_have_gone_since_the_last_one_and_are_left(con):
    stayed(con, [100, 96, 95, 95, 91, 90, 4, 0])
    assert [months for _, months, _ in survival(con, dt.date(2022, 12, 1))] == [0, 12, 18, 30, 42]
    stayed(con, [100, 95, 0], cohort="2016")
    assert [months for cohort, months, _ in survival(con) if cohort == "2016"] == [0, 6, 12]


def test_a_year_that_few_entered_has_no_curve(con):
    stayed(con, [19, 10])
    stayed(con, [20, 10], cohort="2016")
    assert [cohort for cohort, *_ in survival(con)] == ["2016", "2016"]
    assert [cohort for cohort, *_ in survival(con, share=10)] == ["2016", "2016", "2017", "2017"]


def test_the_least_number_is_the_one_that_is_set(con):
    stayed(con, [100, 97])
    assert [months for _, months, _ in survival(con)] == [0]
    assert [months for _, months, _ in survival(con, count=3)] == [0, 6]


def test_a_curve_goes_as_far_as_all_who_entered_that_year_have_been_followed(con):
    """Who entered in December 2017 has been there for thirty months at the end of June 2020."""
    stayed(con, [100, 90, 80, 70, 60, 50])
    assert max(months for _, months, _ in survival(con)) == 24
    assert max(months for _, months, _ in survival(con, dt.date(2020, 6, 1))) == 30


def test_what_is_not_mature_has_no_point(con):
    stayed(con, [100, 90], mature=False)
    assert survival(con) == []


def incidence(con, outcome, shares, *, entered=100, process="CM_FP", cohort="2017", mature=True, months=None):
    """The share that has ended so by these months, of those that entered."""
    for month, share in zip(months or range(0, 6 * len(shares), 6), shares, strict=True):
        row = [process, cohort, outcome, month, entered - month, share, mature]
        con.execute("insert into mart.outcome_incidence values (?, ?, ?, ?, ?, ?, ?)", row)


def solved(con, period=MAY, **thresholds):
    rows = durations.solved(con, period, Thresholds(**thresholds))
    assert rows.columns == ["cohort", "months", "entered", "incidence"]
    return [tuple(row) for row in rows.iter_rows()]


def test_solutions_are_told_all_together_and_what_is_none_is_not_among_them(con):
    incidence(con, "EMPLOI", [0.0, 0.04, 0.05])
    incidence(con, "CFC", [0.0, 0.03, 0.06])
    incidence(con, "SANS", [0.0, 0.5, 0.5])
    assert solved(con) == [("2017", 0, 100, 0.0), ("2017", 6, 100, 0.07)]
    assert solved(con, count=4) == [("2017", 0, 100, 0.0), ("2017", 6, 100, 0.07), ("2017", 12, 100, 0.11)]


def test_solutions_are_told_of_years_that_are_followed_at_half_years(con):
    shares = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5]
    incidence(con, "EMPLOI", shares)
    incidence(con, "EMPLOI", [0.6], months=[7])
    incidence(con, "EMPLOI", shares, cohort="ALL")
    incidence(con, "EMPLOI", shares, process="AC", entered=500)
    incidence(con, "EMPLOI", shares, cohort="2015", mature=False)
    incidence(con, "EMPLOI", shares, cohort="2014", entered=19)
    assert solved(con) == [("2017", 6 * place, 100, share) for place, share in enumerate(shares[:5])]


def ended(con, period=MAY, *, asked=None):
    """How the entries of each year have ended, by what passed the control."""
    rows = durations.ends(con, period)
    known = durations.counted_ends(rows)
    passed = controlled(rows, known, period=period, asked=tables_of(rows, *known), before=Before(), thresholds=Thresholds())
    told = durations.told_ends(passed)
    return {
        (one["process"], one["cohort"], one["outcome"]): one["reason"] or round(one["incidence"], 6) for one in told.iter_rows(named=True)
    }


def test_the_ends_after_two_years_and_those_that_wait_are_all_who_entered(con):
    for outcome, share in (("EMPLOI", 0.2), ("TRANSFERT", 0.3)):
        incidence(con, outcome, [0.0, share], process="AC", months=[0, 24])
    incidence(con, "EMPLOI", [0.1], process="AC", months=[12])
    rows = durations.ends(con, MAY)
    assert rows.select("member", "numerator", "denominator").rows() == [("EMPLOI", 20, 100), ("TRANSFERT", 30, 100), ("WAITING", 50, 100)]
    assert ended(con) == {("AC", "2017", "EMPLOI"): 0.2, ("AC", "2017", "TRANSFERT"): 0.3, ("AC", "2017", "WAITING"): 0.5}


def test_an_end_of_few_is_hidden_with_another_for_together_they_are_all_who_entered(con):
    for outcome, share in (("EMPLOI", 0.03), ("TRANSFERT", 0.3)):
        incidence(con, outcome, [0.0, share], process="AC", months=[0, 24])
    told = ended(con)
    assert told["AC", "2017", "EMPLOI"] == "BELOW_THRESHOLD"
    assert sorted(str(one) for one in told.values()).count("PROTECTED") == 1


def test_ends_are_told_of_years_of_which_all_entries_are_two_years_old_and_not_of_the_case_management(con):
    for cohort, mature, process in (
        ("2017", True, "AC"),
        ("2018", True, "AC"),
        ("2016", False, "AC"),
        ("ALL", True, "AC"),
        ("2015", True, "CM_FP"),
    ):
        incidence(con, "EMPLOI", [0.0, 0.4], process=process, cohort=cohort, mature=mature, months=[0, 24])
    assert {cohort for _, cohort, _ in ended(con)} == {"2017"}
    assert {cohort for _, cohort, _ in ended(con, dt.date(2020, 12, 1))} == {"2017", "2018"}


def test_without_entries_there_are_no_ends(con):
    assert durations.ends(con, MAY).is_empty() and durations.counted_ends(durations.ends(con, MAY)) == {}
    assert durations.solved(con, MAY, Thresholds()).is_empty() and isinstance(durations.survival(con, MAY, Thresholds()), pl.DataFrame)
