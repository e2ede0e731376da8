"""Published figures beside what the rows give, and the catalogue; the figures here are invented."""

import pytest

from pipelines.orchestration.graph import graph
from tests.sql.world import CM_FP, PSET, Made, World, day

BY_PERSON = ("sex", "age_group", "region")

# The tables of indicators.md: each id with its breakdowns.
BREAKDOWNS = {
    "cm_fp_announced": (),
    "cm_fp_entries": ("referrer", *BY_PERSON),
    "cm_fp_open": BY_PERSON,
    "cm_fp_closed": ("outcome",),
    "cm_fp_vanished": (),
    "cm_fp_exits": ("outcome",),
    "cm_fp_solutions": ("outcome",),
    "cm_fp_out_of_criteria": ("outcome_detail",),
    "cm_fp_solution_rate": (*BY_PERSON, "referrer"),
    "cm_fp_eligible_solution_rate": (*BY_PERSON, "referrer"),
    "cm_fp_training_or_job_rate": (*BY_PERSON, "referrer"),
    "cm_fp_median_days": ("outcome",),
    "pset_places": ("category", "branch"),
    "pset_places_social_aid": ("category",),
    "pset_share": ("category",),
    "pset_occupancy": ("category", "branch"),
    "pset_target_gap": ("category",),
    "pset_conversion": ("category",),
    "delivery_completeness": ("service", "dataset"),
    "delivery_days": ("service", "dataset"),
    "delivery_reject_rate": ("service", "dataset"),
    "delivery_versions": ("service", "dataset"),
}


def publish(world: World, figure: str, indicator: str, month: str, published: float, **other: object) -> None:
    """A published figure, exact and of the whole unless said otherwise."""
    exact = {"dimension": "total", "member": "total", "qualifier": "=", "low": published, "high": published}
    cells = {"figure": figure, "indicator": indicator, "grain": "month", "period": day(month), "published": published}
    world.give("mart.published_figure", **cells, **exact | other)


@pytest.fixture(scope="module")
def made() -> Made:
    """Three closed files and one open one at the end of February 2010; March never came, April did."""
    world = World()
    world.deliver_months(CM_FP, "2010-01", "2010-04", but=["2010-03"])
    world.deliver(PSET, "2011-12")
    for number, outcome in enumerate(["CFC", "CFC", "AFP"]):
        world.case(f"{number}", announced="2010-01-04", closed="2010-02-10", outcome=outcome)
    world.case("open", announced="2010-01-04")
    solutions = ("cm_fp_solutions", "2010-02")
    publish(world, "right", "cm_fp_closed", "2010-02", 3)
    publish(world, "one too many", "cm_fp_closed", "2010-02", 4)
    publish(world, "one too few", "cm_fp_closed", "2010-02", 2)
    publish(world, "sum of members", *solutions, 3, dimension="outcome", member="CFC+AFP")
    publish(world, "one member", *solutions, 2, dimension="outcome", member="CFC")
    publish(world, "a member that is not there", *solutions, 2, dimension="outcome", member="CFC+PERMIS")
    publish(world, "more than two", "cm_fp_closed", "2010-02", 2, qualifier=">", low=3, high=None)
    publish(world, "more than three", "cm_fp_closed", "2010-02", 3, qualifier=">", low=4, high=None)
    publish(world, "about four", "cm_fp_closed", "2010-02", 4, qualifier="~", low=3, high=5)
    publish(world, "about five", "cm_fp_closed", "2010-02", 5, qualifier="~", low=4, high=6)
    publish(world, "about two", "cm_fp_closed", "2010-02", 2, qualifier="~", low=1, high=2)
    publish(world, "of a month that never came", "cm_fp_closed", "2010-03", 3)
    publish(world, "of a month beyond the data", "cm_fp_closed", "2010-05", 3)
    publish(world, "of an indicator not yet counted", "measure_places", "2010-02", 3)
    publish(world, "zero", "cm_fp_exits", "2010-01", 0)
    return world.make()


COMPARED = {
    "right": (3, 0, True),
    "one too many": (3, -1, False),
    "one too few": (3, 1, False),
    "sum of members": (3, 0, True),
    "one member": (2, 0, True),
    "a member that is not there": (None, None, None),
    "more than two": (3, 1, True),
    "more than three": (3, 0, False),
    "about four": (3, -1, True),
    "about five": (3, -2, False),
    "about two": (3, 1, False),
    "of a month that never came": (None, None, None),
    "of a month beyond the data": (None, None, None),
    "of an indicator not yet counted": (None, None, None),
    "zero": (0, 0, True),
}


@pytest.mark.parametrize("figure", COMPARED)
def test_a_published_figure_stands_beside_what_the_rows_give(made: Made, figure: str) -> None:
    select = f"select computed, difference, matches from mart.figure_of_record where figure = '{figure}'"
    assert made.rows(select) == [COMPARED[figure]]


def test_every_published_figure_is_listed_once(made: Made) -> None:
    assert sorted(made.rows("select figure from mart.figure_of_record")) == sorted((figure,) for figure in COMPARED)


@pytest.mark.parametrize("indicator", BREAKDOWNS)
def test_an_indicator_has_the_breakdowns_of_the_specification(made: Made, indicator: str) -> None:
    found = {dimension for (dimension,) in made.rows(f"select distinct dimension from mart.{indicator}")}
    assert found - {"total"} == set(BREAKDOWNS[indicator])
    # The share of all in all says nothing.
    assert ("total" in found) == (indicator not in ("pset_share", "pset_conversion"))


def test_every_indicator_of_the_specification_is_catalogued(made: Made) -> None:
    assert set(BREAKDOWNS) <= {name for (name,) in made.rows("select indicator from mart.indicator")}
    assert set(BREAKDOWNS) <= {indicator.name for indicator in graph().indicators}


def test_the_catalogue_says_which_deliveries_a_figure_rests_on(made: Made) -> None:
    rests = dict(made.rows("select indicator, datasets from mart.indicator"))
    for indicator in BREAKDOWNS:
        assert rests[indicator] == {"cm_fp": CM_FP, "pset_": PSET, "deliv": None}[indicator[:5]]


def test_a_rate_has_a_denominator_label_and_a_count_has_none(made: Made) -> None:
    labels = dict(made.rows("select indicator, denominator_label from mart.indicator"))
    values = made.rows("select indicator, bool_or(denominator is not null) from mart.indicator_value group by indicator")
    assert len(values) >= len(BREAKDOWNS)
    assert all((labels[indicator] is not None) == has_denominator for indicator, has_denominator in values)


def test_all_values_are_the_union_of_the_indicators(made: Made) -> None:
    apart = sum(made.rows(f"select count(*) from mart.{indicator.name}")[0][0] for indicator in graph().indicators)
    assert made.rows("select count(*), count(distinct (indicator, grain, period, dimension, member)) from mart.indicator_value") == [
        (apart, apart)
    ]
    assert made.rows("select indicator from mart.indicator_value where value is null and reason is null") == []
    assert made.rows("select indicator from mart.indicator_value where value is not null and reason is not null") == []
