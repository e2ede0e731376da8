"""The indicators of the measures in a world of four measures, every figure worked out by hand."""

import pytest

from tests.sql.measures import FIRST, LAST, MISSING, four_measures
from tests.sql.world import Made, months

COUNTS = (
    "measure_places",
    "measure_without_sheet",
    "measure_participants",
    "measure_entries",
    "measure_exits",
    "measure_placed",
    "measure_cost",
)
RATES = (
    "measure_placement_rate",
    "measure_dropout_rate",
    "measure_occupancy",
    "measure_cost_per_placement",
    "measure_mixed_share",
    "measure_budget_used",
)
OTHERS = ("measure_reserved_places", "observation_completion", "observation_progress")
# They may send, and do not.
SILENT = ("OAI", "SFPO")
# Those that read nothing but the inventory and the participations of their own month.
OF_THE_MONTH = (*COUNTS, "measure_occupancy")


@pytest.fixture(scope="module")
def made() -> Made:
    return four_measures().make(*(f"mart.{indicator}" for indicator in (*COUNTS, *RATES, *OTHERS)))


# Months down, then the years; the year that is not finished has flows and no stocks.
STORY = """
        places without_sheet participants entries exits placed    cost
2013-01     10             1            1       1     0      0  100
2013-02     10             1            1       1     1      0  300
2013-03     15             2            0       0     1      1  100
2013-04     15             2            1       1     0      0   10
2013-05     15             2            2       1     0      0   60.55
2013-06     15             1            2       1     1      1 1060.55
2013-07     15             1            3       1     0      0   65.55
2013-08     15             1            4       1     0      0   95.55
2013-09     15             1            3       0     0      0   60.55
2013-10     15             1            3       0     0      0   65.55
2013-11     15             1            2       0     1      0   65.55
2013-12     10             0            2       1     1      0   67.55
2014-01     10             0            1       0     1      0   57.55
2014-02     10             0            1       0     0      0   50.55
2014-03     10             0            1       0     0      0   50.55
2014-04     10             0            1       0     0      0   50.55
2014-05     10             0            1       0     0      0   50.55
2014-06     10             0            1       0     0      0   50.55
2013        10             0            2       8     5      2 2051.40
2014         ?             ?            ?       0     1      0  310.30
"""


def story() -> dict[str, dict[str, float | None]]:
    """The table above by indicator and period."""
    head, *lines = [line.split() for line in STORY.strip().splitlines()]
    return {
        f"measure_{name}": {line[0]: None if line[at] == "?" else float(line[at]) for line in lines}
        for at, name in enumerate(head, start=1)
    }


def both(made: Made, indicator: str, dimension: str = "total", member: str = "total") -> dict[str, float | None]:
    """An indicator by month and by year."""
    cells = made.series(indicator, dimension, member) | made.series(indicator, dimension, member, grain="year")
    return {period: cell.value for period, cell in cells.items()}


@pytest.mark.parametrize("indicator", COUNTS)
def test_stocks_flows_and_money_are_those_worked_out_by_hand(made: Made, indicator: str) -> None:
    assert both(made, indicator) == pytest.approx(story()[indicator])


@pytest.mark.parametrize(
    ("indicator", "dimension"),
    [(indicator, dimension) for indicator in COUNTS for dimension in ("measure", "branch", "kind", "lead_service", "mixed")]
    # The inventory says nothing of who uses a measure.
    + [(indicator, "service") for indicator in COUNTS if indicator not in ("measure_places", "measure_without_sheet")],
)
def test_the_members_of_a_count_add_up_to_its_total(made: Made, indicator: str, dimension: str) -> None:
    for period, total in story()[indicator].items():
        parts = [cell.value for cell in made.members(indicator, period, dimension).values()]
        assert parts and sum(part or 0 for part in parts) == pytest.approx(total or 0), period


@pytest.mark.parametrize("indicator", OF_THE_MONTH)
def test_only_the_month_that_one_service_did_not_send_is_incomplete(made: Made, indicator: str) -> None:
    cells = made.series(indicator)
    assert [month for month, cell in cells.items() if not cell.complete] == [MISSING]
    assert all(cell.mature for cell in cells.values())


def test_a_year_lacks_what_one_of_its_months_lacks_and_its_last_month_stands_for_stocks(made: Made) -> None:
    assert [made.cell(f"measure_{name}", "2013").complete for name in ("entries", "cost", "placement_rate")] == [False] * 3
    assert [made.cell(f"measure_{name}", "2013").complete for name in ("places", "participants", "occupancy")] == [True] * 3


def test_a_year_that_is_not_finished_keeps_its_flows_and_has_no_stock_yet(made: Made) -> None:
    assert made.cell("measure_exits", "2014") == (1, None, 1, True, False, None)
    assert made.cell("measure_placement_rate", "2014")[:2] == (0, 1)
    assert not made.cell("measure_placement_rate", "2014").mature
    for indicator in ("measure_places", "measure_participants", "measure_occupancy"):
        assert made.cell(indicator, "2014")[2:] == (None, False, False, "NOT_RECEIVED")


# -- who, what and where --------------------------------------------------------------------------


def test_a_measure_that_nobody_listed_is_a_member_of_its_own_and_of_no_branch(made: Made) -> None:
    assert made.counts("measure_participants", "2013-08", "measure") == {"M1": 1, "M2": 2, "M3": 1}
    assert made.counts("measure_participants", "2013-08", "branch") == {"C": 1, "A": 2, "NON_RENSEIGNE": 1}
    assert made.counts("measure_participants", "2013-08", "kind") == {"OCCUPATION": 1, "FORMATION": 2, "NON_RENSEIGNE": 1}
    assert made.counts("measure_participants", "2013-08", "lead_service") == {"SEMP": 1, "SASO": 2, "NON_RENSEIGNE": 1}


def test_places_are_broken_down_by_what_the_inventory_says(made: Made) -> None:
    assert made.counts("measure_places", "2013-08", "measure") == {"M1": 10, "M2": 5}
    assert made.counts("measure_places", "2013-08", "branch") == {"C": 10, "A": 5}
    assert made.counts("measure_places", "2013-08", "lead_service") == {"SEMP": 10, "SASO": 5}
    assert made.counts("measure_without_sheet", "2013-04", "kind") == {"FORMATION": 1, "COACHING": 1}


def test_what_a_service_used_is_counted_at_the_service_that_sent_it(made: Made) -> None:
    assert made.counts("measure_participants", "2013-08", "service") == {"SEMP": 2, "SASO": 2} | dict.fromkeys(SILENT)
    assert made.counts("measure_entries", "2013", "service") == {"SEMP": 4, "SASO": 4} | dict.fromkeys(SILENT)
    assert made.counts("measure_cost", "2013-06", "service") == {"SEMP": pytest.approx(60.55), "SASO": 1000} | dict.fromkeys(SILENT)
    assert made.counts("measure_placed", "2013", "service") == {"SEMP": 1, "SASO": 1} | dict.fromkeys(SILENT)


def test_a_service_that_sent_a_month_without_a_row_used_nothing(made: Made) -> None:
    assert made.cell("measure_entries", "2013-09", "service", "SMIG")[2:] == (0, True, True, None)


def test_a_service_that_did_not_send_its_month_has_no_cost_for_it(made: Made) -> None:
    assert made.cell("measure_entries", MISSING, "service", "SASO")[3] is False
    assert made.cell("measure_cost", MISSING, "measure", "M3").value == 0


def test_closed_lists_are_listed_whole_and_measures_as_seen(made: Made) -> None:
    for indicator in (*COUNTS, *RATES):
        assert len(set(made.members(indicator, LAST, "branch")) - {"NON_RENSEIGNE"}) == 21
        assert len(set(made.members(indicator, LAST, "kind")) - {"NON_RENSEIGNE"}) == 9
        assert set(made.members(indicator, LAST, "mixed")) == {"OUI", "NON"}
    assert set(made.members("measure_entries", FIRST, "measure")) == {"M1", "M2", "M3"}


# -- mixed ----------------------------------------------------------------------------------------


def test_a_measure_is_mixed_while_two_services_used_it_within_twelve_months(made: Made) -> None:
    mixed = {month for month in months(FIRST, LAST) if "OUI" in made.counts("measure_places", month, "mixed")}
    assert mixed == set(months("2013-06", "2014-05"))
    # M2 from August 2013 on, when the SASO joins the SEMP.
    assert made.counts("measure_places", "2013-07", "mixed") == {"OUI": 10, "NON": 5}
    assert made.counts("measure_places", "2013-08", "mixed") == {"OUI": 15}


def test_in_a_year_s_row_a_measure_is_mixed_by_the_use_of_the_year(made: Made) -> None:
    assert made.counts("measure_entries", "2013", "mixed") == {"OUI": 6, "NON": 2}
    assert made.counts("measure_exits", "2014", "mixed") == {"NON": 1}
    # In January alone M1 was not mixed yet.
    assert made.counts("measure_entries", "2013-01", "mixed") == {"NON": 1}


def test_the_mixed_share_counts_the_measures_that_were_used(made: Made) -> None:
    shares = {
        period: made.cell("measure_mixed_share", period)[:2] for period in ("2013-01", "2013-05", "2013-12", "2014-06", "2013", "2014")
    }
    assert shares == {"2013-01": (0, 1), "2013-05": (0, 2), "2013-12": (2, 3), "2014-06": (1, 3), "2013": (2, 3), "2014": (0, 2)}
    assert made.fractions("measure_mixed_share", "2013-12", "measure") == {"M1": (1, 1), "M2": (1, 1), "M3": (0, 1)}
    assert made.fractions("measure_mixed_share", "2013-12", "branch") == {"C": (1, 1), "A": (1, 1), "NON_RENSEIGNE": (0, 1)}


# -- rates ----------------------------------------------------------------------------------------

# Numerator and denominator.
TRAILING = {
    "measure_placement_rate": {
        "2013-01": (0, 0),
        "2013-02": (0, 1),
        "2013-12": (2, 5),
        "2014-01": (2, 6),
        "2014-02": (2, 5),
        "2014-03": (1, 4),
        "2014-06": (0, 3),
        "2013": (2, 5),
        "2014": (0, 1),
    },
    "measure_dropout_rate": {"2013-01": (0, 0), "2013-12": (2, 5), "2014-01": (2, 6), "2014-02": (1, 5), "2014-06": (1, 3), "2014": (0, 1)},
    "measure_cost_per_placement": {
        "2013-02": (400, 0),
        "2013-03": (500, 1),
        "2013-12": (2051.40, 2),
        "2014-06": (730.60, 0),
        "2013": (2051.40, 2),
        "2014": (310.30, 0),
    },
    "measure_occupancy": {
        "2013-01": (1, 10),
        "2013-03": (0, 15),
        "2013-08": (4, 15),
        "2013-12": (2, 10),
        "2014-01": (1, 10),
        "2013": (2, 10),
    },
    "observation_completion": {
        "2013-01": (0, 0),
        "2013-02": (0, 1),
        "2013-12": (2, 5),
        "2014-02": (2, 5),
        "2014-03": (1, 4),
        "2014": (0, 1),
    },
}


@pytest.mark.parametrize("rate", TRAILING)
def test_a_rate_rests_on_the_counts_of_twelve_months_or_of_the_year(made: Made, rate: str) -> None:
    for period, (numerator, denominator) in TRAILING[rate].items():
        cell = made.cell(rate, period)
        assert cell[:2] == (pytest.approx(numerator), denominator), period
        assert cell.value == (pytest.approx(numerator / denominator) if denominator else None)
        assert cell.reason == (None if denominator else "NOT_APPLICABLE")


@pytest.mark.parametrize("rate", ["measure_placement_rate", "measure_dropout_rate", "measure_cost_per_placement", "measure_mixed_share"])
def test_a_rate_of_twelve_months_is_mature_once_they_lie_within_the_data(made: Made, rate: str) -> None:
    cells = made.series(rate)
    assert [month for month, cell in cells.items() if cell.mature] == months("2013-12", LAST)
    assert [month for month, cell in cells.items() if not cell.complete] == months(MISSING, LAST)


def test_a_rate_divides_within_the_member(made: Made) -> None:
    assert made.fractions("measure_placement_rate", "2013", "service") == {"SEMP": (1, 3), "SASO": (1, 2)} | dict.fromkeys(
        SILENT, (None, None)
    )
    assert made.fractions("measure_placement_rate", "2013", "measure") == {"M1": (2, 3), "M2": (0, 1), "M3": (0, 1)}
    assert made.fractions("measure_dropout_rate", "2013", "branch") == {"C": (1, 3), "A": (0, 1), "NON_RENSEIGNE": (1, 1)}
    assert made.fractions("measure_placement_rate", "2013", "mixed") == {"OUI": (2, 4), "NON": (0, 1)}
    assert made.fractions("measure_occupancy", "2013-08", "lead_service") == {"SEMP": (1, 10), "SASO": (2, 5), "NON_RENSEIGNE": (1, 0)}


def test_a_measure_without_a_place_has_no_occupancy(made: Made) -> None:
    assert made.cell("measure_occupancy", "2013-08", "measure", "M4")[:3] == (0, 0, None)
    assert made.cell("measure_occupancy", "2013-08", "measure", "M3")[:3] == (1, 0, None)


# -- budgets --------------------------------------------------------------------------------------


def test_the_budget_used_is_what_has_been_spent_since_january_where_there_is_a_budget(made: Made) -> None:
    used = {period: made.cell("measure_budget_used", period)[:2] for period in ("2013-01", "2013-06", "2013-12", "2014-01", "2013", "2014")}
    assert used == {
        "2013-01": (100, 5550),
        "2013-06": (pytest.approx(1631.10), 5550),
        "2013-12": (pytest.approx(1994.40), 5550),
        "2014-01": (pytest.approx(50.55), 300),
        "2013": (pytest.approx(1994.40), 5550),
        "2014": (pytest.approx(303.30), 300),
    }


def test_a_month_that_is_missing_leaves_the_budget_used_incomplete_until_the_year_is_over(made: Made) -> None:
    cells = made.series("measure_budget_used")
    assert [month for month, cell in cells.items() if not cell.complete] == months(MISSING, "2013-12")
    assert all(cell.mature for cell in cells.values())


def test_a_budget_counts_with_its_measure_and_service_also_where_nothing_was_spent(made: Made) -> None:
    def used(dimension: str) -> dict[str, tuple[float | None, float | None]]:
        return made.fractions("measure_budget_used", "2013-12", dimension)

    assert used("service") == {"SEMP": (pytest.approx(994.40), 1500), "SASO": (1000, 4050)} | dict.fromkeys(SILENT, (None, None))
    assert used("measure") == {"M1": (pytest.approx(1904.40), 5000), "M2": (90, 500), "M5": (0, 50)}
    assert used("branch") == {"C": (pytest.approx(1904.40), 5000), "A": (90, 500), "NON_RENSEIGNE": (0, 50)}
    assert used("mixed") == {"OUI": (pytest.approx(1994.40), 5500), "NON": (0, 50)}


def test_reserved_places_are_those_of_the_year_s_budgets(made: Made) -> None:
    reserved = both(made, "measure_reserved_places")
    assert reserved == dict.fromkeys(["2013", *months("2013-01", "2013-12")], 12) | dict.fromkeys(["2014", *months("2014-01", LAST)], 4)
    assert made.counts("measure_reserved_places", "2013-05", "service") == {"SEMP": 9, "SASO": 3}
    assert made.counts("measure_reserved_places", "2013-05", "measure") == {"M1": 8, "M2": 3, "M5": 1}


def test_a_service_whose_budget_has_not_come_has_no_reserved_places(made: Made) -> None:
    assert made.cell("measure_reserved_places", "2014-02", "service", "SASO")[2:] == (None, False, True, "NOT_RECEIVED")
    assert made.cell("measure_reserved_places", "2014-02", "service", "SMIG")[2:] == (0, True, True, None)


# -- the grid -------------------------------------------------------------------------------------


def test_progress_is_the_mean_step_from_the_first_to_the_last_note(made: Made) -> None:
    def progress(period: str, dimension: str = "total", member: str = "total") -> tuple[float | None, float | None]:
        return made.cell("observation_progress", period, dimension, member)[1:3]

    assert progress("2013-02") == (0, None)
    assert progress("2013-03") == (2, 0.5)
    assert progress("2013-12") == (4, 0.75)
    assert progress("2014-06") == (1, 1)
    assert progress("2013") == (4, 0.75)
    assert [progress("2013", "grid_dimension", name) for name in ("ASSIDUITE", "RYTHME", "PROJET", "QUALITE")] == [
        (2, 1.5),
        (1, -1),
        (1, 1),
        (0, None),
    ]
    assert progress("2013", "measure", "M1") == (3, pytest.approx(2 / 3))
    assert progress("2013", "service", "SASO") == (1, 1)
    assert made.cell("observation_progress", "2013").numerator is None


def test_completion_is_told_by_service_and_measure(made: Made) -> None:
    assert made.fractions("observation_completion", "2013", "service") == {"SEMP": (1, 3), "SASO": (1, 2)} | dict.fromkeys(
        SILENT, (None, None)
    )
    assert made.fractions("observation_completion", "2013", "measure") == {"M1": (2, 3), "M2": (0, 1), "M3": (0, 1)}
