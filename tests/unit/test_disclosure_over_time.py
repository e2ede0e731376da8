"""What a pack may show over time: totals by month, breakdowns as they stood at the end of a year."""

import datetime as dt

import pytest

from pipelines.contracts.plan import months
from pipelines.disclosure.over_time import HELD_BACK, Before, in_view
from tests.unit.disclosed import at, by, cell, counted

MAY = dt.date(2020, 5, 1)


def seen(cells, *, period=MAY, published=(), before=None, threshold=5, **indicators):
    """The value or the reason of each figure in view, by its place."""
    found = in_view(cells, indicators, period=period, before=before or Before(published), threshold=threshold)
    places = [one.place for one in found]
    assert len(set(places)) == len(places)
    return {one.place: one.reason if one.value is None else one.value for one in found}


def each_month(first, last):
    """The months from one to another, as they are written."""
    return [f"{one:%Y-%m}" for one in months(dt.date.fromisoformat(f"{first}-01"), dt.date.fromisoformat(f"{last}-01"))]


def grown(counts, *, indicator="one", member="F"):
    """A member of a breakdown in the Decembers from 2015 on."""
    return [cell(by(f"{2015 + place}-12", member, indicator), count) for place, count in enumerate(counts)]


def years(shown):
    """The months that are told, without what is held back."""
    return sorted({place.period.year for place, value in shown.items() if value != HELD_BACK})


@pytest.mark.parametrize("persons", ["stock", "window", "cumulated"])
def test_a_total_is_told_month_by_month_up_to_that_of_the_pack(persons):
    cells = [cell(at(month), 30) for month in each_month("2019-11", "2020-07")]
    assert seen(cells, one=counted(persons)) == {at(month): 30 for month in each_month("2019-11", "2020-05")}


def test_a_total_that_only_grows_is_told_from_where_it_is_not_too_few_and_one_of_a_day_always():
    cells = [cell(at(f"2020-0{month}"), count) for month, count in enumerate((0, 2, 4, 5, 6), start=1)]
    assert seen(cells, one=counted("cumulated")) == {at("2020-04"): 5, at("2020-05"): 6}
    assert len(seen(cells, one=counted("stock"))) == 5


def test_totals_that_say_the_same_numbers_begin_together_where_half_of_them_are_not_too_few():
    two = counted("cumulated", equals="numerator = one", name="two")
    cells = [cell(at(f"2020-0{month}", name), count) for month, count in enumerate((3, 4, 9), start=3) for name in ("one", "two")]
    cells += [cell(at(f"2020-0{month}", "three"), 20) for month in (3, 4, 5)]
    three = counted("cumulated", equals="numerator = two", name="three")
    assert {place.period.month for place in seen(cells, one=counted("cumulated"), two=two, three=three)} == {5}


def test_the_movements_of_a_month_are_held_back_and_those_of_earlier_ones_are_not_even_named():
    cells = [cell(at(month), 30) for month in each_month("2019-11", "2020-05")]
    cells += [cell(by(month, "F"), 12) for month in each_month("2019-11", "2020-05")]
    assert seen(cells, one=counted("flow")) == {at("2020-05"): HELD_BACK, by("2020-05", "F"): HELD_BACK}


def test_nothing_of_a_figure_that_is_held_back_is_left_in_it():
    (held,) = in_view([cell(at("2020-05"), 30, 60)], {"one": counted("flow", "ratio")}, period=MAY, before=Before(), threshold=5)
    assert (held.numerator, held.denominator, held.value, held.reason) == (None, None, None, HELD_BACK)


@pytest.mark.parametrize("persons", ["stock", "window"])
def test_a_breakdown_is_told_as_it_stood_at_the_ends_of_the_years(persons):
    cells = [cell(by(month, "F"), 12) for month in each_month("2017-06", "2020-05")]
    assert seen(cells, one=counted(persons)) == {by(f"{year}-12", "F"): 12 for year in (2017, 2018, 2019)}


@pytest.mark.parametrize("by_year", [False, True])
def test_a_pack_of_december_tells_the_breakdown_of_its_own_month(by_year):
    cells = [cell(by(month, "F"), 12) for month in each_month("2019-06", "2019-12")]
    assert seen(cells, period=dt.date(2019, 12, 1), one=counted(by_year=by_year)) == {by("2019-12", "F"): 12}


def test_before_the_first_end_of_a_year_a_breakdown_is_held_back():
    cells = [cell(by(month, "F"), 12) for month in each_month("2020-02", "2020-05")]
    assert seen(cells, one=counted()) == {by("2020-05", "F"): HELD_BACK}


def test_one_breakdown_that_is_told_tells_nothing_of_another():
    cells = [cell(by("2019-12", "F"), 12), cell(by("2020-05", "F"), 12), cell(by("2020-05", "TN", dimension="region"), 12)]
    assert seen(cells, one=counted()) == {by("2019-12", "F"): 12, by("2020-05", "TN", dimension="region"): HELD_BACK}


def test_where_there_are_figures_by_year_a_breakdown_stands_at_the_last_end_of_a_year_only():
    cells = [cell(by(f"{year}-12", "F"), 12) for year in (2017, 2018, 2019)]
    cells += [cell(by(f"{year}-01", "F", grain="year"), 12) for year in (2017, 2018, 2019)]
    shown = seen(cells, one=counted(by_year=True))
    assert sorted(place.period.year for place in shown if place.grain == "month") == [2019]
    assert sorted(place.period.year for place in shown if place.grain == "year") == [2017, 2018, 2019]
    assert len([place for place in seen(cells, one=counted()) if place.grain == "month"]) == 3


@pytest.mark.parametrize(("grain", "last_over", "goes_on"), [("quarter", "2020-01", "2020-04"), ("year", "2019-01", "2020-01")])
def test_a_quarter_or_year_waits_for_its_end_its_total_too(grain, last_over, goes_on):
    places = [
        place(month, grain=grain) for month in (last_over, goes_on) for place in (at, lambda month, grain: by(month, "F", grain=grain))
    ]
    shown = seen([cell(place, 12) for place in places], one=counted("flow"))
    assert shown.keys() == {at(last_over, grain=grain), by(last_over, "F", grain=grain)}


def test_a_quarter_that_ends_with_the_month_of_the_pack_is_over():
    place = by("2020-04", "F", grain="quarter")
    assert seen([cell(place, 12)], period=dt.date(2020, 6, 1), one=counted("flow")) == {place: 12}


# -- what only grows -----------------------------------------------------------------------------


def test_what_is_cumulated_moves_where_each_count_grew_by_nothing_or_by_enough():
    cells = [*grown([10, 14, 15, 19, 20]), *grown([10, 10, 10, 10, 10], member="M")]
    assert years(seen(cells, one=counted("cumulated"))) == [2015, 2017, 2019]


def test_what_is_cumulated_moves_at_the_ends_of_the_years_only():
    cells = [cell(by(month, "F"), 10 * place) for place, month in enumerate(each_month("2018-06", "2020-05"), start=1)]
    assert seen(cells, one=counted("cumulated")) == {by("2018-12", "F"): 70, by("2019-12", "F"): 190}


def test_one_member_that_grew_by_too_few_holds_back_all_of_them():
    cells = [*grown([10, 20]), *grown([10, 12], member="M")]
    assert years(seen(cells, one=counted("cumulated"))) == [2015]


def test_a_denominator_that_grew_by_too_few_holds_back_a_share():
    cells = [cell(by("2015-12", "F"), 10, 40), cell(by("2016-12", "F"), 10, 43), cell(by("2017-12", "F"), 10, 45)]
    assert years(seen(cells, one=counted("cumulated", "ratio"))) == [2015, 2017]


def test_a_member_that_is_new_grew_from_nobody():
    assert years(seen([*grown([10, 10, 10]), cell(by("2016-12", "M"), 4)], one=counted("cumulated"))) == [2015, 2017]
    assert years(seen([*grown([10, 10, 10]), cell(by("2016-12", "M"), 5)], one=counted("cumulated"))) == [2015, 2016, 2017]


@pytest.mark.parametrize(("small", "begins"), [(1, True), (2, True), (3, False)])
def test_what_is_cumulated_begins_where_no_more_than_half_of_what_is_filled_is_too_few(small, begins):
    members = [cell(by("2015-12", f"M{place}"), 4 if place < small else 9) for place in range(4)]
    # What nobody is in counts on neither side.
    empty = [cell(by("2015-12", f"E{place}"), 0) for place in range(4)]
    assert years(seen([*members, *empty], one=counted("cumulated"))) == ([2015] if begins else [])


def test_a_breakdown_that_nobody_is_in_does_not_begin():
    assert years(seen(grown([0, 9]), one=counted("cumulated"))) == [2016]


def test_an_end_of_a_year_of_which_a_count_is_not_known_is_not_told():
    cells = [*grown([10, 20, 30]), cell(by("2016-12", "M"), None, reason="NOT_RECEIVED")]
    assert years(seen(cells, one=counted("cumulated"))) == [2015, 2017]


def test_what_says_the_same_numbers_moves_together():
    others = {"one": counted("cumulated"), "other": counted("cumulated", equals="numerator = one", name="other")}
    cells = [*grown([10, 20, 30]), *grown([10, 12, 30], indicator="other")]
    assert years(seen(cells, **others)) == [2015, 2017]
    apart = {"one": counted("cumulated"), "other": counted("cumulated")}
    assert years(seen(cells, **apart)) == [2015, 2016, 2017]


def test_the_threshold_is_the_one_that_is_set():
    assert years(seen(grown([10, 13]), threshold=3, one=counted("cumulated"))) == [2015, 2016]


# -- what is printed elsewhere -------------------------------------------------------------------


def test_a_printed_figure_is_shown_whatever_the_rule():
    flow, member = at("2020-03"), by("2020-03", "F")
    cells = [cell(flow, 2), cell(at("2020-04"), 2), cell(member, 2), cell(by("2020-03", "M"), 2)]
    assert seen(cells, published={flow, member}, one=counted("flow")) == {flow: 2, member: 2}


def test_a_printed_figure_counts_as_told_on_its_date():
    printed = by("2016-02", "F")
    cells = [*grown([10, 20, 25]), cell(printed, 18)]
    assert years(seen(cells, published={printed}, one=counted("cumulated"))) == [2015, 2016, 2017]
    assert {place.period for place in seen(cells, published={printed}, one=counted("cumulated"))} == {
        dt.date(2015, 12, 1),
        dt.date(2016, 2, 1),
        dt.date(2017, 12, 1),
    }


def test_a_printed_figure_of_another_breakdown_is_told_of_that_one_alone():
    printed = by("2016-02", "F", dimension="region")
    cells = [*grown([10, 15]), cell(printed, 12)]
    assert by("2016-12", "F") in seen(cells, published={printed}, one=counted("cumulated"))
