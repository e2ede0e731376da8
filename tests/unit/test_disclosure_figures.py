"""From the cells of a pack to the system that is protected: which counts they show, which of them are small, how they hang together."""

import math

import pytest

from pipelines.contracts.thresholds import Thresholds
from pipelines.disclosure.figures import Count, system_of
from tests.unit.disclosed import at, by, cell, counted


def system(cells, *, published=(), thresholds=None, **indicators):
    """The system of some cells."""
    return system_of(cells, indicators, published=published, thresholds=thresholds or Thresholds())


def top(place):
    return Count("numerator", place)


def bottom(place):
    return Count("denominator", place)


def rest(place):
    return Count("rest", place)


def quantities(made):
    """How many each count is, by its name."""
    return {one.key: one.value for one in made.quantities}


def sensitive(made):
    return {one.key for one in made.quantities if one.sensitive}


def figures(made):
    return {one.key: one for one in made.figures}


def relations(made):
    """The sums that are known, each as what is added and what is taken away; and the orders."""
    sums = {frozenset(dict(one.terms).items()) for one in made.relations if one.lower == one.upper == 0}
    orders = {tuple(key for key, _ in one.terms) for one in made.relations if one.upper == math.inf}
    assert len(sums) + len(orders) == len({(one.terms, one.lower, one.upper) for one in made.relations})
    return sums, orders


def adds(whole, *parts):
    return frozenset({(whole, -1), *((part, 1) for part in parts)})


TOTAL, F, M = at("2019-12"), by("2019-12", "F"), by("2019-12", "M")

# -- which counts a cell shows -------------------------------------------------------------------


def test_a_cell_shows_its_counts_of_persons_and_no_other_number():
    share = cell(F, 12, 40)
    for persons, shows in (("stock", (top(F), bottom(F))), ("stock numerator", (top(F),)), ("stock denominator", (bottom(F),))):
        assert figures(system([share], one=counted(persons, "ratio")))[F].quantities == shows
    assert figures(system([cell(F, None, 40, value=11.5)], one=counted(shape="median")))[F].quantities == (bottom(F),)


def test_a_cell_without_a_value_shows_nothing():
    made = system([cell(F, None, reason="NOT_RECEIVED"), cell(M, 12)], one=counted())
    assert set(figures(made)) == {M} and set(quantities(made)) == {top(M)}


def test_numbers_that_are_the_same_are_one_count():
    other = by("2019-12", "F", "other")
    made = system([cell(F, 12), cell(other, 12)], one=counted(), other=counted(equals="numerator = one", name="other"))
    assert quantities(made) == {top(F): 12} and {one.quantities for one in made.figures} == {(top(F),)}


def test_numbers_said_to_be_the_same_that_are_not_stay_two_counts():
    other = by("2019-12", "F", "other")
    made = system([cell(F, 12), cell(other, 11)], one=counted(), other=counted(equals="numerator = one", name="other"))
    assert quantities(made) == {top(F): 12, top(other): 11} and made.relations == ()


def test_what_equals_the_same_number_is_the_same_through_all_of_them():
    cells = [cell(by("2019-12", "F", name), 12) for name in ("middle", "zenith", "apex")]
    middle = counted(equals="numerator = zenith; numerator = apex", name="middle")
    assert quantities(system(cells, middle=middle, zenith=counted(), apex=counted())) == {top(by("2019-12", "F", "apex")): 12}


def test_an_equality_of_totals_says_nothing_of_members_and_one_of_a_grain_nothing_of_others():
    places = [by("2019-12", "F", "other"), at("2019-12", "other"), at("2019-01", "other", grain="year")]
    cells = [cell(place._replace(indicator=name), 12) for place in places for name in ("one", "other")]
    made = system(cells, one=counted(), other=counted(equals="numerator in month by total = one", name="other"))
    assert {key.place for key in quantities(made)} == {place._replace(indicator="one") for place in places} | {places[0], places[2]}


# -- how they hang together ----------------------------------------------------------------------


def test_the_members_of_a_breakdown_add_up_to_the_total_each_count_of_a_share_by_itself():
    made = system([cell(TOTAL, 22, 70), cell(F, 12, 40), cell(M, 10, 30)], one=counted(shape="ratio"))
    assert relations(made)[0] == {adds(top(TOTAL), top(F), top(M)), adds(bottom(TOTAL), bottom(F), bottom(M))}


@pytest.mark.parametrize(
    ("cells", "one"),
    [
        ([cell(TOTAL, 21), cell(F, 12), cell(M, 10)], counted()),
        ([cell(TOTAL, 22), cell(F, 12), cell(M, 10)], counted(overlapping=("sex",))),
        ([cell(TOTAL, None, 22, value=3.0), cell(F, None, 12, value=2.0), cell(M, None, 10, value=4.0)], counted(shape="median")),
        ([cell(F, 12), cell(M, 10)], counted()),
        ([cell(at("2019-11"), 22), cell(F, 12), cell(M, 10)], counted()),
    ],
    ids=["not true", "overlapping", "median", "no total", "another month"],
)
def test_members_add_up_only_where_they_do(cells, one):
    assert system(cells, one=one).relations == ()


def test_a_count_that_equals_a_sum_of_others_hangs_together_with_them():
    places = [at("2019-12", name) for name in ("open", "announced", "closed")]
    cells = [cell(place, count) for place, count in zip(places, (7, 20, 13), strict=True)]
    known = {"announced": counted("cumulated"), "closed": counted("cumulated")}
    made = system(cells, open=counted(equals="numerator by total = announced - closed", name="open"), **known)
    assert relations(made)[0] == {frozenset({(top(places[0]), -1), (top(places[1]), 1), (top(places[2]), -1)})}
    lacking = system(cells[:2], open=counted(equals="numerator by total = announced - closed", name="open"), **known)
    assert lacking.relations == ()


def test_a_total_equals_the_members_of_another_s_breakdown_one_or_all():
    cells = [cell(F, 12), cell(M, 10), cell(at("2019-12", "other"), 12), cell(at("2019-12", "third"), 12, 22)]
    made = system(
        cells,
        one=counted(),
        other=counted(equals="numerator by total = one[sex=F]", name="other"),
        third=counted("stock denominator", "ratio", equals="denominator by total = one[sex=*]", name="third"),
    )
    assert top(at("2019-12", "other")) not in quantities(made)
    assert relations(made)[0] == {adds(bottom(at("2019-12", "third")), top(F), top(M))}
    nobody = system([cell(TOTAL, 12)], one=counted(equals="numerator by total = other[sex=*]"), other=counted())
    assert nobody.relations == ()


def test_a_count_equals_one_of_another_month_or_a_sum_of_months():
    before = [at(f"2019-{month:02}") for month in range(1, 13)]
    cells = [*(cell(place, 6) for place in before), cell(at("2019-12", "year_long"), 72), cell(at("2019-12", "earlier"), 6)]
    made = system(
        cells,
        one=counted("flow"),
        year_long=counted("window", equals="numerator in month = one@-11..0", name="year_long"),
        earlier=counted("flow", equals="numerator in month = one@-1", name="earlier"),
    )
    assert relations(made)[0] == {
        adds(top(at("2019-12", "year_long")), *map(top, before[:-2]), top(at("2019-12", "earlier")), top(before[-1]))
    }


def test_the_few_that_a_share_does_not_count_are_a_count_and_the_many_are_not():
    made = system([cell(F, 37, 40), cell(M, 35, 40)], one=counted(shape="ratio"))
    assert relations(made)[0] == {frozenset({(top(F), 1), (rest(F), 1), (bottom(F), -1)})}
    assert quantities(made)[rest(F)] == 3 and sensitive(made) == {rest(F)} and rest(M) not in quantities(made)


def test_nobody_left_is_no_secret():
    made = system([cell(F, 40, 40)], one=counted(shape="ratio"))
    assert sensitive(made) == set() and made.relations == ()


def test_what_is_cumulated_only_grows():
    places = [by(month, "F") for month in ("2017-12", "2018-12", "2019-12")]
    cells = [cell(place, count) for place, count in zip(places, (6, 6, 12), strict=True)]
    assert relations(system(cells, one=counted("cumulated")))[1] == {
        (top(places[0]), top(places[1])),
        (top(places[1]), top(places[2])),
    }
    assert system(cells, one=counted("stock")).relations == ()


def test_what_shrank_against_the_rule_is_left_out():
    places = [by(month, "F") for month in ("2017-12", "2018-12", "2019-12")]
    cells = [cell(place, count) for place, count in zip(places, (6, 5, 12), strict=True)]
    assert relations(system(cells, one=counted("cumulated")))[1] == {(top(places[1]), top(places[2]))}


def test_a_member_and_a_period_grow_by_themselves():
    cells = [cell(F, 6), cell(M, 12), cell(by("2019-01", "F", grain="year"), 12)]
    assert system(cells, one=counted("cumulated")).relations == ()


# -- which of them are small ---------------------------------------------------------------------


def test_one_to_four_persons_are_too_few_and_none_are_not():
    cells = [cell(by("2019-12", f"M{count}"), count) for count in range(7)]
    assert sensitive(system(cells, one=counted())) == {top(by("2019-12", f"M{count}")) for count in range(1, 5)}
    of_three = system(cells, thresholds=Thresholds(count=3), one=counted())
    assert sensitive(of_three) == {top(by("2019-12", f"M{count}")) for count in (1, 2)}


def test_what_counts_no_persons_is_never_too_few():
    assert sensitive(system([cell(F, 2, 40)], one=counted("stock denominator", "ratio"))) == set()


def test_what_tells_of_a_list_is_never_too_few_and_still_adds_up_with_what_is():
    one = counted("cumulated public", name="one")
    whole = counted("cumulated", name="whole", equals="numerator = one + other")
    cells = [cell(at("2019-12", name), count) for name, count in (("one", 2), ("other", 3), ("whole", 5))]
    made = system(cells, one=one, other=counted("cumulated", name="other"), whole=whole)
    assert sensitive(made) == {top(at("2019-12", "other"))}
    assert relations(made)[0] == {adds(top(at("2019-12", "whole")), top(at("2019-12", "one")), top(at("2019-12", "other")))}


def test_a_denominator_may_be_too_few_as_well():
    made = system([cell(F, 0, 3)], one=counted(shape="ratio"))
    assert bottom(F) in sensitive(made) and rest(F) in sensitive(made)


def test_the_numerator_of_a_share_of_few_is_not_told_unless_it_is_nobody():
    cells = [cell(by("2019-12", name), *counts) for name, counts in (("A", (8, 19)), ("B", (8, 20)), ("C", (0, 19)))]
    assert sensitive(system(cells, one=counted(shape="ratio"))) == {top(by("2019-12", "A"))}
    of_more = system(cells, thresholds=Thresholds(share=30), one=counted(shape="ratio"))
    assert sensitive(of_more) == {top(by("2019-12", "A")), top(by("2019-12", "B"))}


@pytest.mark.parametrize(
    ("shape", "denominator", "state"),
    [
        ("ratio", 19, "hidden"),
        ("ratio", 20, "free"),
        ("mean", 19, "hidden"),
        ("mean", 20, "free"),
        ("median", 9, "hidden"),
        ("median", 10, "free"),
    ],
)
def test_a_share_a_mean_or_a_median_of_few_is_hidden(shape, denominator, state):
    one = cell(F, 12 if shape == "ratio" else None, denominator, value=0.6)
    assert figures(system([one], one=counted(shape=shape)))[F].state == state


def test_a_share_of_things_is_never_of_few():
    assert figures(system([cell(F, 12, 15)], one=counted("stock numerator", "ratio")))[F].state == "free"


def test_thresholds_of_shares_and_medians_are_those_that_are_set():
    thresholds = Thresholds(share=40, median=4)
    assert figures(system([cell(F, 12, 39)], thresholds=thresholds, one=counted(shape="ratio")))[F].state == "hidden"
    assert figures(system([cell(F, None, 4, value=3.0)], thresholds=thresholds, one=counted(shape="median")))[F].state == "free"


def test_what_is_printed_elsewhere_is_shown_however_few_it_rests_on():
    made = system([cell(F, 1, 3), cell(M, 1, 3)], published={F}, one=counted(shape="ratio"))
    assert {place: one.state for place, one in figures(made).items()} == {F: "shown", M: "hidden"}


def test_the_only_member_that_anybody_is_in_is_not_told():
    others = [cell(by("2019-12", f"E{place}"), 0) for place in range(3)]
    assert sensitive(system([cell(F, 30), *others], one=counted())) == {top(F)}
    assert {one.state for one in figures(system([cell(F, 30), *others], one=counted())).values()} == {"row"}
    assert sensitive(system([cell(F, 30), cell(M, 6), *others], one=counted())) == set()
    # A breakdown of one member says nothing that its total does not, and an overlapping one may name everybody in each.
    assert sensitive(system([cell(F, 30)], one=counted())) == set()
    assert sensitive(system([cell(F, 30), *others], one=counted(overlapping=("sex",)))) == set()


# -- what their loss costs -----------------------------------------------------------------------


def test_a_total_is_dearer_than_any_of_its_members_and_a_large_member_than_a_small_one():
    cells = [cell(TOTAL, 90000), cell(F, 89990), cell(M, 10)]
    weights = {place: one.weight for place, one in figures(system(cells, one=counted())).items()}
    assert weights[TOTAL] > 10 * weights[F] > 10 * weights[M] and weights[F] < 2
