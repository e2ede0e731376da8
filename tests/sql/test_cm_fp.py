"""The CM-FP indicators in a world of twelve files, every figure worked out by hand."""

import pytest

from tests.sql.world import CM_FP, Made, World, months

ALL_OUTCOMES = {"CFC", "AFP", "APPRENTISSAGE", "EMPLOI", "STRUCTURE_ADAPTEE", "HORS_CRITERES", "SANS_SOLUTION", "INTERRUPTION"}
RATES = ("cm_fp_solution_rate", "cm_fp_eligible_solution_rate", "cm_fp_training_or_job_rate")


def twelve_files() -> World:
    """Eighteen months, of which June 2009 never came."""
    world = World()
    world.deliver_months(CM_FP, "2009-01", "2010-06", but=["2009-06"])
    # Closed on the last day of a month.
    world.case("01", announced="2009-01-15", closed="2009-03-31", outcome="CFC", age=17, born="1991-06")
    # Announced on the last day of a month, closed on the first of another.
    world.case(
        "02",
        announced="2009-01-31",
        closed="2010-01-01",
        outcome="APPRENTISSAGE",
        age=18,
        born="1990-12",
        sex="2",
        municipality=6436,
        referrer="OCOSP",
    )
    # Open for good; 18 years old in May 2009; a municipality that was merged in 2013.
    world.case("03", announced="2009-02-01", age=17, born="1991-05", sex="2", municipality=6475, referrer="SSR")
    # Vanishes: last seen in May 2009, June never came; 25 in March 2009; Valangin, today Neuchâtel.
    world.case("04", announced="2009-02-28", last="2009-05", age=24, born="1984-03", municipality=6485, referrer="ORP")
    # The age at announcement was never known; lives in another canton.
    world.case(
        "05",
        announced="2009-03-10",
        closed="2009-07-20",
        outcome="HORS_CRITERES",
        detail="AGE",
        age=None,
        born="1980-01",
        sex="3",
        municipality=351,
        referrer="OAI",
    )
    # Out of criteria, nobody said why.
    world.case(
        "06",
        announced="2009-03-20",
        closed="2009-08-15",
        outcome="HORS_CRITERES",
        age=15,
        born="1993-07",
        municipality=6505,
        referrer="FAMILLE",
    )
    # Closed in May, reported in July.
    world.case(
        "07",
        announced="2009-04-01",
        closed="2009-05-20",
        told="2009-07",
        outcome="SANS_SOLUTION",
        age=16,
        born="1992-09",
        sex="2",
        municipality=6436,
        referrer="AUTRE",
    )
    # Announced days before the eighteenth birthday; closed in the month that never came.
    world.case(
        "08", announced="2009-04-15", closed="2009-06-10", told="2009-07", outcome="INTERRUPTION", age=17, born="1991-04", municipality=6453
    )
    # Left out for two months, then back.
    world.case(
        "09",
        announced="2009-05-04",
        closed="2009-12-31",
        outcome="STRUCTURE_ADAPTEE",
        but=["2009-08", "2009-09"],
        age=17,
        born="1992-02",
        sex="2",
        municipality=6471,
    )
    # Announced in the month that never came.
    world.case(
        "10", announced="2009-06-20", closed="2010-02-10", outcome="EMPLOI", age=19, born="1990-03", municipality=6436, referrer="SSR"
    )
    world.case(
        "11",
        announced="2009-09-09",
        closed="2010-03-15",
        outcome="AFP",
        age=24,
        born="1985-01",
        sex="2",
        municipality=6512,
        referrer="OCOSP",
    )
    # Vanishes after December 2009.
    world.case("12", announced="2009-10-01", last="2009-12", age=16, born="1993-01", referrer="OAI")
    return world


@pytest.fixture(scope="module")
def made() -> Made:
    return twelve_files().make()


# Months down, stocks and flows across; the month that never came has no figure at all.
STORY = """
        announced entries open closed vanished exits solutions out_of_criteria
2009-01         2       2    2      0        0     0         0               0
2009-02         4       2    4      0        0     0         0               0
2009-03         6       2    5      1        0     1         1               0
2009-04         8       2    7      1        0     0         1               0
2009-05         9       1    7      2        0     1         1               0
2009-06         ?       ?    ?      ?        ?     ?         ?               ?
2009-07        10       0    5      4        1     1         1               1
2009-08        10       0    4      5        1     1         1               2
2009-09        11       1    5      5        1     0         1               2
2009-10        12       1    6      5        1     0         1               2
2009-11        12       0    6      5        1     0         1               2
2009-12        12       0    5      6        1     1         2               2
2010-01        12       0    3      7        2     1         3               2
2010-02        12       0    2      8        2     1         4               2
2010-03        12       0    1      9        2     1         5               2
2010-04        12       0    1      9        2     0         5               2
2010-05        12       0    1      9        2     0         5               2
2010-06        12       0    1      9        2     0         5               2
"""


def story() -> dict[str, dict[str, float | None]]:
    """The table above by indicator and month."""
    head, *lines = [line.split() for line in STORY.strip().splitlines()]
    return {
        f"cm_fp_{name}": {line[0]: None if line[at] == "?" else float(line[at]) for line in lines} for at, name in enumerate(head, start=1)
    }


@pytest.mark.parametrize("indicator", story())
def test_stocks_and_flows_are_those_worked_out_by_hand(made: Made, indicator: str) -> None:
    assert made.values(indicator) == story()[indicator]


@pytest.mark.parametrize("indicator", story())
def test_a_count_is_its_own_numerator_and_has_no_denominator(made: Made, indicator: str) -> None:
    assert all(cell.numerator == cell.value and cell.denominator is None for cell in made.series(indicator).values())


@pytest.mark.parametrize("indicator", story())
def test_a_month_that_never_came_is_empty_and_says_so(made: Made, indicator: str) -> None:
    gap = made.cell(indicator, "2009-06")
    assert (gap.value, gap.complete, gap.reason) == (None, False, "NOT_RECEIVED")
    assert {cell.reason for month, cell in made.series(indicator).items() if month != "2009-06"} == {None}


def test_announced_files_are_open_closed_or_vanished_in_every_month(made: Made) -> None:
    parts = [made.values(f"cm_fp_{name}") for name in ("open", "closed", "vanished")]
    for month, announced in made.values("cm_fp_announced").items():
        assert month == "2009-06" or announced == sum(part[month] or 0 for part in parts)


@pytest.mark.parametrize("indicator", ["cm_fp_entries", "cm_fp_exits", "cm_fp_open"])
def test_a_missing_month_makes_only_its_own_flow_and_stock_incomplete(made: Made, indicator: str) -> None:
    assert [month for month, cell in made.series(indicator).items() if not cell.complete] == ["2009-06"]


@pytest.mark.parametrize(
    "indicator", ["cm_fp_announced", "cm_fp_closed", "cm_fp_vanished", "cm_fp_solutions", "cm_fp_out_of_criteria", *RATES]
)
def test_a_missing_month_leaves_a_cumulated_figure_incomplete_for_good(made: Made, indicator: str) -> None:
    assert [month for month, cell in made.series(indicator).items() if cell.complete] == months("2009-01", "2009-05")


def test_only_a_trailing_window_has_to_mature(made: Made) -> None:
    immature = {
        indicator
        for (indicator,) in made.rows("select distinct indicator from mart.indicator_value where indicator like 'cm_fp_%' and not mature")
    }
    assert immature == {"cm_fp_median_days"}


# -- breakdowns -----------------------------------------------------------------------------------


def test_entries_are_broken_down_by_what_held_at_the_announcement(made: Made) -> None:
    assert made.counts("cm_fp_entries", "2009-03", "referrer") == {"OAI": 1, "FAMILLE": 1}
    assert made.counts("cm_fp_entries", "2009-03", "sex") == {"1": 1, "3": 1}
    assert made.counts("cm_fp_entries", "2009-03", "age_group") == {"0-17": 1, "NON_RENSEIGNE": 1}
    assert made.counts("cm_fp_entries", "2009-03", "region") == {"VAL_DE_TRAVERS": 1, "HORS_CANTON": 1}


def test_an_entry_has_the_age_of_its_day_and_a_stock_that_of_the_month_s_last_day(made: Made) -> None:
    assert made.counts("cm_fp_entries", "2009-04", "age_group") == {"0-17": 2}
    assert made.counts("cm_fp_open", "2009-04", "age_group") == {"0-17": 3, "18-24": 2, "25-29": 2}


def test_a_birthday_in_the_month_moves_an_open_file_to_the_next_age_group(made: Made) -> None:
    assert made.counts("cm_fp_open", "2009-02", "age_group") == {"0-17": 2, "18-24": 2}
    assert made.counts("cm_fp_open", "2009-03", "age_group") == {"0-17": 2, "18-24": 1, "25-29": 2}
    assert made.counts("cm_fp_open", "2009-05", "age_group") == {"0-17": 2, "18-24": 3, "25-29": 2}


def test_open_files_are_broken_down_by_sex_and_region_of_2025(made: Made) -> None:
    assert made.counts("cm_fp_open", "2009-05", "sex") == {"1": 3, "2": 3, "3": 1}
    assert made.counts("cm_fp_open", "2009-05", "region") == {
        "LITTORAL": 2,
        "MONTAGNES": 1,
        "VAL_DE_RUZ": 2,
        "VAL_DE_TRAVERS": 1,
        "HORS_CANTON": 1,
    }


def test_closures_are_broken_down_by_outcome(made: Made) -> None:
    assert made.counts("cm_fp_closed", "2010-03", "outcome") == dict.fromkeys(ALL_OUTCOMES, 1) | {"HORS_CRITERES": 2}
    assert made.counts("cm_fp_exits", "2009-07", "outcome") == {"HORS_CRITERES": 1}
    assert made.counts("cm_fp_exits", "2009-09", "outcome") == {}


def test_solutions_are_broken_down_by_the_five_outcomes_that_are_one(made: Made) -> None:
    solutions = {"CFC", "AFP", "APPRENTISSAGE", "EMPLOI", "STRUCTURE_ADAPTEE"}
    assert made.counts("cm_fp_solutions", "2010-06", "outcome") == dict.fromkeys(solutions, 1)
    assert set(made.members("cm_fp_solutions", "2010-06", "outcome")) == solutions


def test_out_of_criteria_files_without_a_reason_are_counted_as_not_stated(made: Made) -> None:
    assert made.counts("cm_fp_out_of_criteria", "2009-07", "outcome_detail") == {"AGE": 1}
    assert made.counts("cm_fp_out_of_criteria", "2009-08", "outcome_detail") == {"AGE": 1, "NON_RENSEIGNE": 1}


def test_a_closed_list_is_listed_whole_in_every_month_also_with_zero(made: Made) -> None:
    for month in months("2009-01", "2010-06"):
        assert set(made.members("cm_fp_closed", month, "outcome")) == ALL_OUTCOMES
        assert set(made.members("cm_fp_open", month, "sex")) == {"1", "2", "3"}
        assert set(made.members("cm_fp_open", month, "age_group")) == {"0-17", "18-24", "25-29", "30-34", "35-49", "50-64", "65+"}
        assert len(made.members("cm_fp_entries", month, "region")) == 5
        assert len(made.members("cm_fp_entries", month, "referrer")) == 7


def test_not_stated_is_a_member_only_where_it_was_seen(made: Made) -> None:
    seen = made.rows(
        "select distinct indicator, dimension from mart.indicator_value where member = 'NON_RENSEIGNE' and indicator like 'cm_fp_%'"
    )
    # The file whose age is not known was closed out of criteria: the rates of the others never see it.
    assert set(seen) == {("cm_fp_out_of_criteria", "outcome_detail"), ("cm_fp_entries", "age_group"), ("cm_fp_solution_rate", "age_group")}


def test_the_members_of_a_count_add_up_to_its_total(made: Made) -> None:
    short = made.rows("""
        with total as (select indicator, period, value from mart.indicator_value where dimension = 'total' and denominator is null),
        summed as (
          select indicator, period, dimension, sum(value) as value from mart.indicator_value where dimension <> 'total' group by all
        )
        select s.indicator, s.period, s.dimension from summed s join total t using (indicator, period) where s.value <> t.value
    """)
    assert short == []


# -- rates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rate", "numerator", "denominator"), [(RATES[0], 5, 9), (RATES[1], 5, 7), (RATES[2], 4, 7)])
def test_a_rate_carries_its_numerator_and_denominator(made: Made, rate: str, numerator: int, denominator: int) -> None:
    cell = made.cell(rate, "2010-03")
    assert (cell.numerator, cell.denominator, cell.reason) == (numerator, denominator, None)
    assert cell.value == pytest.approx(numerator / denominator)


def test_a_rate_of_nothing_is_not_applicable(made: Made) -> None:
    for rate in RATES:
        assert made.cell(rate, "2009-02") == (0, 0, None, True, True, "NOT_APPLICABLE")


def test_a_rate_of_a_month_that_never_came_has_neither_numerator_nor_denominator(made: Made) -> None:
    assert made.cell("cm_fp_solution_rate", "2009-06") == (None, None, None, False, True, "NOT_RECEIVED")


def test_without_solution_and_interruption_lower_the_eligible_rate_and_out_of_criteria_does_not(made: Made) -> None:
    # July 2009: one CFC, one SANS_SOLUTION, one INTERRUPTION, one HORS_CRITERES.
    assert made.cell("cm_fp_solution_rate", "2009-07")[:2] == (1, 4)
    assert made.cell("cm_fp_eligible_solution_rate", "2009-07")[:2] == (1, 3)


def test_an_adapted_structure_is_a_solution_and_neither_training_nor_job(made: Made) -> None:
    assert made.cell("cm_fp_eligible_solution_rate", "2009-12")[:2] == (2, 4)
    assert made.cell("cm_fp_training_or_job_rate", "2009-12")[:2] == (1, 4)


BY_MEMBER = {
    ("cm_fp_solution_rate", "sex"): {"1": (2, 4), "2": (3, 4), "3": (0, 1)},
    ("cm_fp_eligible_solution_rate", "sex"): {"1": (2, 3), "2": (3, 4)},
    ("cm_fp_training_or_job_rate", "sex"): {"1": (2, 3), "2": (2, 4)},
    ("cm_fp_solution_rate", "age_group"): {"0-17": (2, 5), "18-24": (3, 3), "NON_RENSEIGNE": (0, 1)},
    ("cm_fp_eligible_solution_rate", "age_group"): {"0-17": (2, 4), "18-24": (3, 3)},
    ("cm_fp_training_or_job_rate", "age_group"): {"0-17": (1, 4), "18-24": (3, 3)},
    ("cm_fp_solution_rate", "region"): {
        "LITTORAL": (1, 2),
        "MONTAGNES": (2, 3),
        "VAL_DE_RUZ": (1, 1),
        "VAL_DE_TRAVERS": (1, 2),
        "HORS_CANTON": (0, 1),
    },
    ("cm_fp_eligible_solution_rate", "region"): {"LITTORAL": (1, 2), "MONTAGNES": (2, 3), "VAL_DE_RUZ": (1, 1), "VAL_DE_TRAVERS": (1, 1)},
    ("cm_fp_training_or_job_rate", "region"): {"LITTORAL": (1, 2), "MONTAGNES": (2, 3), "VAL_DE_RUZ": (0, 1), "VAL_DE_TRAVERS": (1, 1)},
    ("cm_fp_solution_rate", "referrer"): {
        "ECOLE": (2, 3),
        "OCOSP": (2, 2),
        "SSR": (1, 1),
        "OAI": (0, 1),
        "FAMILLE": (0, 1),
        "AUTRE": (0, 1),
    },
    ("cm_fp_eligible_solution_rate", "referrer"): {"ECOLE": (2, 3), "OCOSP": (2, 2), "SSR": (1, 1), "AUTRE": (0, 1)},
    ("cm_fp_training_or_job_rate", "referrer"): {"ECOLE": (1, 3), "OCOSP": (2, 2), "SSR": (1, 1), "AUTRE": (0, 1)},
}


@pytest.mark.parametrize(("rate", "dimension"), BY_MEMBER)
def test_a_rate_divides_within_the_member(made: Made, rate: str, dimension: str) -> None:
    assert made.fractions(rate, "2010-03", dimension) == BY_MEMBER[rate, dimension]


def test_a_member_without_any_closure_is_not_applicable(made: Made) -> None:
    assert made.members("cm_fp_eligible_solution_rate", "2010-03", "referrer")["ORP"] == (0, 0, None, False, True, "NOT_APPLICABLE")


# -- median days ----------------------------------------------------------------------------------

# Days to the five solutions: 75 (CFC), 241 (adapted structure), 335 (apprenticeship), 235 (job), 187 (AFP).
MEDIANS = {
    "2009-02": (None, 0),
    "2009-03": (75, 1),
    "2009-11": (75, 1),
    "2009-12": (158, 2),
    "2010-01": (241, 3),
    "2010-02": (238, 4),
    "2010-03": (238, 4),
}


@pytest.mark.parametrize("month", MEDIANS)
def test_the_median_rests_on_the_solutions_of_twelve_months(made: Made, month: str) -> None:
    cell = made.cell("cm_fp_median_days", month)
    assert (cell.value, cell.denominator) == MEDIANS[month]
    assert cell.numerator is None


def test_a_median_of_nothing_is_not_applicable(made: Made) -> None:
    assert made.cell("cm_fp_median_days", "2009-02") == (None, 0, None, True, False, "NOT_APPLICABLE")


def test_the_median_is_broken_down_by_the_outcomes_of_the_window(made: Made) -> None:
    cells = made.members("cm_fp_median_days", "2010-03", "outcome")
    assert {member: (cell.value, cell.denominator) for member, cell in cells.items()} == {
        "CFC": (None, 0),
        "AFP": (187, 1),
        "APPRENTISSAGE": (335, 1),
        "EMPLOI": (235, 1),
        "STRUCTURE_ADAPTEE": (241, 1),
    }


def test_the_median_is_mature_once_twelve_months_lie_within_the_data(made: Made) -> None:
    assert [month for month, cell in made.series("cm_fp_median_days").items() if cell.mature] == months("2009-12", "2010-06")


def test_a_missing_month_leaves_the_window_incomplete_until_it_has_passed(made: Made) -> None:
    incomplete = [month for month, cell in made.series("cm_fp_median_days").items() if not cell.complete]
    assert incomplete == months("2009-06", "2010-05")


# -- the whole ------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_rows_changes_nothing(made: Made, seed: int) -> None:
    again = twelve_files().make(shuffled=seed)
    tables = made.rows("select schema_name || '.' || table_name from duckdb_tables() where schema_name in ('core', 'mart') order by all")
    assert len(tables) > 30
    for (table,) in tables:
        assert again.rows(f"select * from {table}") == made.rows(f"select * from {table}"), table
