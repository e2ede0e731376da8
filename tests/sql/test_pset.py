"""The PSET indicators in a world of four programmes, every figure worked out by hand; the targets are invented."""

import pytest

from tests.sql.world import PSET, Made, World, day

INDICATORS = ("pset_places", "pset_places_social_aid", "pset_share", "pset_occupancy", "pset_target_gap", "pset_conversion")
CATEGORIES = ("OCCUPATION", "SOCIOPROFESSIONNEL", "PROFESSIONNEL")
MISSING, EMPTY = "2012-03", "2012-04"


def aim(world: World, date: str, *places: int) -> None:
    """The places aimed at by a day, by category."""
    for category, value in zip(CATEGORIES, places, strict=True):
        world.give("mart.target", indicator="pset_places", member=category, date=day(date), value=value)


@pytest.fixture(scope="module")
def made() -> Made:
    """Seven months: March never came, the delivery of April is empty, the last target is of the end of May."""
    world = World()
    world.deliver_months(PSET, "2011-12", "2012-06", but=[MISSING])
    world.programme(
        "1",
        category="OCCUPATION",
        places={"2011-12": (20, 18), "2012-01": (16, 19), "2012-02": (12, 12), "2012-05": (6, 3), "2012-06": (6, 6)},
    )
    world.programme(
        "2",
        category="SOCIOPROFESSIONNEL",
        branch="C",
        places={"2011-12": (10, 5), "2012-01": (10, 7), "2012-02": (14, 7), "2012-05": (20, 10), "2012-06": (20, 20)},
    )
    world.programme(
        "3",
        category="PROFESSIONNEL",
        branch="C",
        places={"2012-01": (5, 6), "2012-02": (10, 0), "2012-05": (15, 15), "2012-06": (0, 0)},
    )
    world.programme(
        "4",
        category="OCCUPATION",
        branch="A",
        audience="AIDE_SOCIALE",
        places=dict.fromkeys(["2011-12", "2012-01", "2012-02", "2012-05", "2012-06"], (7, 7)),
    )
    aim(world, "2012-02-29", 12, 10, 5)
    aim(world, "2012-05-31", 4, 25, 20)
    return world.make()


def fractions(made: Made, indicator: str, dimension: str = "total", member: str = "total") -> dict[str, tuple[float | None, float | None]]:
    """Numerator and denominator by month."""
    return {month: cell[:2] for month, cell in made.series(indicator, dimension, member).items()}


@pytest.mark.parametrize("indicator", INDICATORS)
def test_a_month_that_never_came_is_empty_and_says_so(made: Made, indicator: str) -> None:
    gap = made.cell(indicator, MISSING, "category", "OCCUPATION")
    assert gap == (None, None, None, False, True, "NOT_RECEIVED")


@pytest.mark.parametrize("indicator", INDICATORS)
def test_only_the_missing_month_is_incomplete(made: Made, indicator: str) -> None:
    series = made.series(indicator, "category", "OCCUPATION")
    assert [month for month, cell in series.items() if not cell.complete] == [MISSING]
    assert all(cell.mature for cell in series.values())


@pytest.mark.parametrize("indicator", INDICATORS)
def test_every_category_is_listed_in_every_month(made: Made, indicator: str) -> None:
    for month in made.series(indicator, "category", "OCCUPATION"):
        assert set(made.members(indicator, month, "category")) == set(CATEGORIES)


# -- places ----------------------------------------------------------------------------------------


def test_places_are_those_open_to_all_at_the_end_of_the_month(made: Made) -> None:
    assert made.values("pset_places") == {
        "2011-12": 30,
        "2012-01": 31,
        "2012-02": 36,
        "2012-03": None,
        "2012-04": 0,
        "2012-05": 41,
        "2012-06": 26,
    }


def test_an_empty_delivery_is_zero_places_and_not_missing(made: Made) -> None:
    assert made.cell("pset_places", EMPTY) == (0, None, 0, True, True, None)
    assert made.cell("pset_places_social_aid", EMPTY, "category", "OCCUPATION").value == 0


def test_places_are_broken_down_by_category_and_branch(made: Made) -> None:
    assert made.counts("pset_places", "2012-01", "category") == {"OCCUPATION": 16, "SOCIOPROFESSIONNEL": 10, "PROFESSIONNEL": 5}
    assert made.counts("pset_places", "2012-01", "branch") == {"Q": 16, "C": 15}
    assert set(made.members("pset_places", "2012-01", "branch")) == set("ABCDEFGHIJKLMNOPQRSTU")


def test_places_reserved_for_social_aid_stand_outside(made: Made) -> None:
    assert made.values("pset_places_social_aid") == {
        "2011-12": 7,
        "2012-01": 7,
        "2012-02": 7,
        "2012-03": None,
        "2012-04": 0,
        "2012-05": 7,
        "2012-06": 7,
    }
    assert made.counts("pset_places_social_aid", "2012-01", "category") == {"OCCUPATION": 7}
    assert made.counts("pset_places", "2011-12", "branch") == {"Q": 20, "C": 10}


# -- share and occupancy ------------------------------------------------------------------------------


def test_a_share_is_of_all_places_open_to_all(made: Made) -> None:
    assert made.fractions("pset_share", "2012-01", "category") == {
        "OCCUPATION": (16, 31),
        "SOCIOPROFESSIONNEL": (10, 31),
        "PROFESSIONNEL": (5, 31),
    }
    assert made.fractions("pset_share", "2011-12", "category")["PROFESSIONNEL"] == (0, 30)


def test_a_share_of_no_places_is_not_applicable(made: Made) -> None:
    assert made.cell("pset_share", EMPTY, "category", "OCCUPATION") == (0, 0, None, True, True, "NOT_APPLICABLE")


def test_occupancy_is_occupied_places_over_places_and_may_exceed_one(made: Made) -> None:
    assert fractions(made, "pset_occupancy") == {
        "2011-12": (23, 30),
        "2012-01": (32, 31),
        "2012-02": (19, 36),
        "2012-03": (None, None),
        "2012-04": (0, 0),
        "2012-05": (28, 41),
        "2012-06": (26, 26),
    }
    assert made.cell("pset_occupancy", "2012-01").value == pytest.approx(32 / 31)


def test_occupancy_divides_within_the_member(made: Made) -> None:
    assert made.fractions("pset_occupancy", "2012-01", "category") == {
        "OCCUPATION": (19, 16),
        "SOCIOPROFESSIONNEL": (7, 10),
        "PROFESSIONNEL": (6, 5),
    }
    assert made.fractions("pset_occupancy", "2012-01", "branch") == {"Q": (19, 16), "C": (13, 15)}


def test_occupancy_of_no_places_is_not_applicable(made: Made) -> None:
    assert made.cell("pset_occupancy", "2012-06", "category", "PROFESSIONNEL").reason == "NOT_APPLICABLE"
    assert made.cell("pset_occupancy", "2012-01", "branch", "A").reason == "NOT_APPLICABLE"


# -- targets ----------------------------------------------------------------------------------------


def test_the_gap_is_to_the_next_target_also_on_its_very_day(made: Made) -> None:
    assert made.values("pset_target_gap", "category", "OCCUPATION") == {
        "2011-12": 12 - 20,
        "2012-01": 12 - 16,
        "2012-02": 12 - 12,
        "2012-03": None,
        "2012-04": 4 - 0,
        "2012-05": 4 - 6,
        "2012-06": None,
    }


def test_the_gap_of_all_is_the_sum_of_the_categories(made: Made) -> None:
    assert list(made.values("pset_target_gap").values()) == [-3, -4, -9, None, 49, 8, None]


def test_after_the_last_target_there_is_no_gap(made: Made) -> None:
    assert made.cell("pset_target_gap", "2012-06") == (None, None, None, True, True, "NOT_APPLICABLE")
    assert {cell.reason for cell in made.members("pset_target_gap", "2012-06", "category").values()} == {"NOT_APPLICABLE"}


def test_conversion_is_the_way_gone_from_the_baseline_to_the_target(made: Made) -> None:
    assert fractions(made, "pset_conversion", "category", "OCCUPATION") == {
        "2011-12": (0, -8),
        "2012-01": (-4, -8),
        "2012-02": (-8, -8),
        "2012-03": (None, None),
        "2012-04": (-20, -16),
        "2012-05": (-14, -16),
        "2012-06": (-14, None),
    }
    assert made.cell("pset_conversion", "2012-05", "category", "OCCUPATION").value == 0.875


def test_conversion_after_the_last_target_is_not_applicable(made: Made) -> None:
    assert made.cell("pset_conversion", "2012-06", "category", "OCCUPATION")[2:] == (None, True, True, "NOT_APPLICABLE")


def test_conversion_to_a_target_that_is_the_baseline_is_not_applicable(made: Made) -> None:
    assert made.cell("pset_conversion", "2012-02", "category", "SOCIOPROFESSIONNEL") == (4, 0, None, True, True, "NOT_APPLICABLE")


def test_the_baseline_is_the_one_valid_in_the_month() -> None:
    world = World()
    world.deliver_months(PSET, "2011-12", "2012-03")
    world.programme("1", category="OCCUPATION", places={"2011-12": (20, 20), "2012-01": (16, 16), "2012-02": (10, 10), "2012-03": (8, 8)})
    aim(world, "2012-12-31", 4, 25, 20)
    for valid_from, baseline in (("2011-12-31", "2011-12"), ("2012-03-01", "2012-01")):
        world.give("core.parameter", parameter="pset_baseline", valid_from=day(valid_from), date=day(baseline))
    assert fractions(world.make("mart.pset_conversion"), "pset_conversion", "category", "OCCUPATION") == {
        "2011-12": (0, -16),
        "2012-01": (-4, -16),
        "2012-02": (-10, -16),
        "2012-03": (-8, -12),
    }


def test_without_the_baseline_month_there_is_no_conversion() -> None:
    world = World()
    world.deliver(PSET, "2011-12", status="rejected")
    world.deliver_months(PSET, "2012-01", "2012-02")
    world.programme("1", category="OCCUPATION", places={"2012-01": (16, 16), "2012-02": (12, 12)})
    aim(world, "2012-12-31", 4, 25, 20)
    made = world.make("mart.pset_conversion", "mart.pset_target_gap")
    for member in CATEGORIES:
        assert made.cell("pset_conversion", "2012-02", "category", member)[2:] == (None, True, True, "NOT_APPLICABLE")
    assert made.values("pset_target_gap", "category", "OCCUPATION") == {"2012-01": -12, "2012-02": -8}


# -- deliveries behind them ----------------------------------------------------------------------------


def test_a_correction_replaces_the_programmes_of_its_month() -> None:
    world = World()
    first = world.deliver(PSET, "2012-01")
    world.programme("1", category="OCCUPATION", places={"2012-01": (20, 20)})
    world.deliveries[first]["status"] = "superseded"
    world.deliver(PSET, "2012-01", version=2)
    world.programme("2", category="OCCUPATION", places={"2012-01": (5, 5)})
    assert world.make("mart.pset_places").values("pset_places") == {"2012-01": 5}


def test_a_month_between_two_deliveries_is_incomplete_also_where_none_was_owed() -> None:
    # Places are owed from December 2011; what came before is welcome.
    world = World()
    for month in ("2011-09", "2011-11"):
        world.deliver(PSET, month)
    made = world.make("mart.pset_places")
    assert made.cell("pset_places", "2011-09")[2:] == (0, True, True, None)
    assert made.cell("pset_places", "2011-10")[2:] == (None, False, True, "NOT_RECEIVED")
