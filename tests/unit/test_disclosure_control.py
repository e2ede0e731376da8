"""The last step before a pack is written: which rows it gets, what stands where one is hidden, and that nothing hidden follows."""

import datetime as dt

import polars as pl
import pytest

from pipelines import duck
from pipelines.contracts.thresholds import Thresholds
from pipelines.disclosure import growth
from pipelines.disclosure.cells import counted_of, families
from pipelines.disclosure.control import BELOW_THRESHOLD, PROTECTED, controlled
from pipelines.disclosure.model import Protection
from pipelines.disclosure.over_time import HELD_BACK, NOT_MOVED, Before
from pipelines.errors import CiiError
from tests.golden import world
from tests.unit.disclosed import at, by, cell, counted, tables_of

MAY = dt.date(2020, 5, 1)
YEAR = "2019-01"
COLUMNS = {
    "indicator": pl.String,
    "grain": pl.String,
    "period": pl.Date,
    "dimension": pl.String,
    "member": pl.String,
    "numerator": pl.Float64,
    "denominator": pl.Float64,
    "value": pl.Float64,
    "complete": pl.Boolean,
    "mature": pl.Boolean,
    "reason": pl.String,
}


def rows(*cells):
    """Rows of `mart.indicator_value`."""
    return pl.DataFrame([(*one.place, *one[1:]) for one in cells], schema=COLUMNS, orient="row")


def year(counts, indicator="one"):
    """A breakdown of a year and its total."""
    members = [cell(by(YEAR, member, indicator, grain="year"), count) for member, count in counts.items()]
    return [cell(at(YEAR, indicator, grain="year"), sum(counts.values())), *members]


def all_of_one(made, known, *, published=()):
    """The rows that a pack may show which asks for all of the indicator `one`."""
    asked = tables_of(made, "one")
    return controlled(made, {"one": known}, period=MAY, asked=asked, before=Before(published), thresholds=Thresholds())


def told(made, *, asked=("one",), published=(), before=None, thresholds=None, **indicators):
    """The value or the reason of each row that a pack may show, by its place."""
    asked = tables_of(made, *asked)
    known = before or Before(published)
    passed = controlled(made, indicators, period=MAY, asked=asked, before=known, thresholds=thresholds or Thresholds())
    assert passed.schema == made.schema
    return {(one["indicator"], one["member"]): one["reason"] or one["value"] for one in passed.iter_rows(named=True)}


def test_what_is_small_is_hidden_with_another_of_its_row_and_each_says_why():
    assert told(rows(*year({"A": 3, "B": 9, "C": 30})), one=counted("flow")) == {
        ("one", "total"): 42,
        ("one", "A"): BELOW_THRESHOLD,
        ("one", "B"): PROTECTED,
        ("one", "C"): 30,
    }


def test_where_one_category_has_everybody_the_row_goes_for_one_reason_and_its_total_stays():
    """That the others are empty would tell of each of the twelve where they are."""
    row = {"A": 12, "B": 0, "C": 0}
    assert told(rows(*year(row)), one=counted("flow")) == {("one", "total"): 12} | {("one", member): PROTECTED for member in row}
    assert told(rows(*year({"A": 12, "B": 0, "C": 30})), one=counted("flow"))["one", "B"] == 0
    assert set(told(rows(*year({"A": 3, "B": 0})), one=counted("flow")).values()) == {BELOW_THRESHOLD, PROTECTED}


def test_nothing_is_left_in_what_is_hidden():
    passed = all_of_one(rows(*year({"A": 3, "B": 9, "C": 30})), counted("flow"))
    hidden = passed.filter(pl.col("reason").is_not_null())
    assert len(hidden) == 2 and hidden.select("numerator", "denominator", "value").null_count().row(0) == (2, 2, 2)


def test_a_statistic_of_few_is_below_the_threshold():
    of_few = cell(at(YEAR, grain="year"), 8, 12)
    assert told(rows(of_few), one=counted("flow", "ratio")) == {("one", "total"): BELOW_THRESHOLD}


def test_counts_of_things_pass_as_they_are_those_of_every_month_among_them():
    things = [cell(by(month, "F"), 1) for month in ("2020-03", "2020-04")]
    assert len(all_of_one(rows(*things), counted("none"))) == 2


def test_only_what_is_asked_for_comes_out():
    made = rows(*year({"A": 8, "B": 9}), *year({"A": 7, "B": 9}, "other"), cell(at("2020-05", "thing"), 1))
    others = {"one": counted("flow"), "other": counted("flow"), "thing": counted("none")}
    assert {indicator for indicator, _ in told(made, **others)} == {"one"}
    assert {indicator for indicator, _ in told(made, asked=("thing",), **others)} == {"thing"}


def test_two_packs_hide_the_same_whoever_asks_for_what():
    """Where a pack hides by itself what another shows, the two together tell."""
    cells = [*year({"A": 3, "B": 9, "C": 30}), *year({"A": 3, "B": 9, "C": 8, "D": 22}, "other")]
    known = {"one": counted("flow"), "other": counted("flow", equals="numerator = one", name="other")}
    both = told(rows(*cells), asked=("one", "other"), **known)
    apart = told(rows(*cells), asked=("one",), **known) | told(rows(*cells), asked=("other",), **known)
    assert both == apart
    assert both["one", "B"] == PROTECTED and {key for key, why in both.items() if why == PROTECTED} >= {("one", "B"), ("other", "B")}


def test_what_is_printed_stays_and_what_it_gives_away_is_nobody_s_to_hide():
    cells = [cell(at(f"{2015 + place}-01", grain="year"), count) for place, count in enumerate((1, 2, 2, 4, 12))]
    printed = {at("2017-01", grain="year")}
    passed = all_of_one(rows(*cells), counted("cumulated"), published=printed)
    assert passed["value"].to_list() == [None, None, 2.0, None, 12.0]


def test_what_only_grows_hides_what_lies_between_two_that_are_shown():
    """4 lies between 3 and 5 where both are told; the shown neighbour has to go with it."""
    cells = [cell(at(f"{2015 + place}-01", grain="year"), count) for place, count in enumerate((4, 5, 12))]
    assert told(rows(*cells[:1]), one=counted("cumulated")) == {("one", "total"): BELOW_THRESHOLD}
    passed = all_of_one(rows(*cells), counted("cumulated"))
    assert passed["reason"].to_list()[0] == BELOW_THRESHOLD and passed["value"].to_list()[-1] == 12


def test_a_breakdown_by_month_comes_out_as_it_stood_or_is_held_back():
    stood = rows(*(cell(by(month, "F"), 12) for month in ("2019-11", "2019-12", "2020-05")))
    assert all_of_one(stood, counted())["period"].to_list() == [dt.date(2019, 12, 1)]
    assert told(rows(cell(by("2020-05", "F"), 12)), one=counted()) == {("one", "F"): HELD_BACK}


def test_a_printed_figure_of_any_month_is_looked_at():
    printed = by("2019-03", "F")
    assert told(rows(cell(printed, 2), cell(by("2019-04", "F"), 2)), published={printed}, one=counted()) == {("one", "F"): 2}


@pytest.mark.parametrize("hides", ["nothing", "what is small alone"])
def test_where_what_is_hidden_would_follow_nothing_comes_out_and_the_table_is_named(monkeypatch, hides):
    small = {by(YEAR, "A", grain="year"): "primary"} if hides != "nothing" else {}
    monkeypatch.setattr(growth, "protect", lambda *_: Protection(small, (), True))
    monkeypatch.setattr(growth, "_around", lambda *_, **__: set())
    with pytest.raises(CiiError, match=r"n'est pas passé: .* dans one \(sex\)\. Rien n'a été écrit"):
        told(rows(*year({"A": 3, "B": 9, "C": 30})), one=counted("flow"))


@pytest.mark.parametrize("few", ["AB", "ABCD"])
def test_where_the_reasons_alone_would_give_numbers_away_they_say_less(few):
    """As many who are 1 or more each, and fewer than one more together, are 1 each: that they are so few is not said of any."""
    counts = dict.fromkeys(few, 1)
    passed = told(rows(*year(counts)), one=counted("flow"), thresholds=Thresholds(count=len(few) + 1))
    assert passed == {("one", member): PROTECTED for member in (*few, "total")}
    assert set(told(rows(*year(counts)), one=counted("flow"), thresholds=Thresholds(count=len(few) + 2)).values()) == {BELOW_THRESHOLD}


def test_what_follows_from_the_reasons_whatever_is_said_lets_nothing_come_out(monkeypatch):
    """Five who are 1 to 4 each and 5 together are 1 each."""
    hides = dict.fromkeys((by(YEAR, member, grain="year") for member in "ABCDE"), "primary")
    monkeypatch.setattr(growth, "protect", lambda *_: Protection(hides, (), True))
    monkeypatch.setattr(growth, "_around", lambda *_, **__: set())
    monkeypatch.setattr(growth, "_silent", lambda system, _: system)
    with pytest.raises(CiiError, match="n'est pas passé"):
        told(rows(*year(dict.fromkeys("ABCDE", 1))), one=counted("flow"))


def test_print_excuses_no_more_than_it_tells(monkeypatch):
    """Of 3 and 1 everybody knows that they are at most their sum, 4: that a third one is printed is no excuse."""
    cells = [*year({"A": 3, "B": 1, "C": 30})]
    hides = dict.fromkeys((by(YEAR, member, grain="year") for member in "AB"), "primary")
    monkeypatch.setattr(growth, "protect", lambda *_: Protection(hides, (), True))
    monkeypatch.setattr(growth, "_around", lambda *_, **__: set())
    with pytest.raises(CiiError, match="n'est pas passé"):
        told(rows(*cells), published={by(YEAR, "C", grain="year")}, one=counted("flow"))


# -- what the catalogue says ---------------------------------------------------------------------


def test_what_says_the_same_numbers_or_sums_of_them_is_one_family():
    known = {
        "one": counted(),
        "two": counted(equals="numerator = one", name="two"),
        "three": counted(equals="numerator by total = two - five", name="three"),
        "four": counted(),
        "five": counted(),
        "six": counted(equals="numerator = gone", name="six"),
    }
    kin = frozenset({"one", "two", "three", "five"})
    assert families(known) == dict.fromkeys(kin, kin) | {"four": frozenset({"four"}), "six": frozenset({"six"})}


def test_the_catalogue_says_of_each_indicator_what_the_control_has_to_know(con):
    known = counted_of(duck.frame(con, "select * from mart.indicator"))
    assert len(known) > 50
    assert (known["cm_fp_solution_rate"].shape, known["cm_fp_median_days"].shape) == ("ratio", "median")
    assert known["cm_fp_median_days"].statistic and not known["cm_fp_solution_rate"].statistic
    assert known["cm_fp_solutions"].persons.movement == "cumulated" and known["pset_places"].persons.movement == "none"
    assert known["measure_placed"].by_year and not known["cm_fp_open"].by_year
    assert any(one.overlapping for one in known.values()) and known["cm_fp_exits"].equals


def test_two_packs_of_the_small_world_hide_the_same(con, told):
    values = duck.frame(con, f"select {', '.join(COLUMNS)} from mart.indicator_value where period <= $period", {"period": world.PERIOD})
    known = counted_of(duck.frame(con, "select * from mart.indicator"))
    printed = {at("2019-05", "cm_fp_open"), by("2019-05", "EMPLOI", "cm_fp_solutions", dimension="outcome")}
    arguments = {"period": world.PERIOD, "before": Before(printed), "thresholds": Thresholds()}
    key = ["indicator", "grain", "period", "dimension", "member"]
    whole = controlled(values, known, asked=tables_of(values, *known), **arguments).sort(key)
    one = controlled(values, known, asked=tables_of(values, "cm_fp_solutions"), **arguments).sort(key)
    assert len(one) > 20 and one.equals(whole.filter(pl.col("indicator") == "cm_fp_solutions"))
    shown = duck.frame(told.con, "select * from mart.indicator_value where indicator = 'cm_fp_solutions'").select(values.columns).sort(key)
    assert shown.equals(one)


def test_a_pack_without_figures_of_persons_is_a_pack():
    assert told(rows(cell(at("2020-05", "thing"), 1)), asked=("thing",), thing=counted("none")) == {("thing", "total"): 1}


# -- after releases ------------------------------------------------------------------------------


def by_outcome(month, counts, **cells):
    """A breakdown of what only grows, and its total, in a month."""
    members = [cell(by(month, member), count, **cells) for member, count in counts.items()]
    return [cell(at(month), sum(counts.values())), *members]


def released(*cells, moving=False):
    return Before(told={one.place: one for one in cells}, moving=moving)


def at_month(made, month, before):
    """What a pack tells of a breakdown that only grows in a month."""
    asked = tables_of(made, "one")
    passed = controlled(made, {"one": counted("cumulated")}, period=MAY, asked=asked, before=before, thresholds=Thresholds())
    found = passed.filter((pl.col("period") == dt.date.fromisoformat(f"{month}-01")) & (pl.col("dimension") != "total"))
    return {row["member"]: (row["value"], row["reason"]) for row in found.iter_rows(named=True)}


def test_a_breakdown_moves_at_a_release_and_only_where_each_member_moved_enough_since_it_was_told():
    december = by_outcome("2019-12", {"A": 20, "B": 30})
    enough, one_alone = by_outcome("2020-05", {"A": 20, "B": 35}), by_outcome("2020-05", {"A": 21, "B": 35})
    assert at_month(rows(*december, *enough), "2020-05", Before()) == {}
    assert at_month(rows(*december, *enough), "2020-05", Before(moving=True)) == {"A": (20, None), "B": (35, None)}
    assert at_month(rows(*december, *one_alone), "2020-05", Before(moving=True)) == {}


def test_it_moves_from_what_the_last_release_told_and_that_stays_told():
    march, may = by_outcome("2020-03", {"A": 24, "B": 30}), by_outcome("2020-05", {"A": 29, "B": 30})
    made = rows(*by_outcome("2019-12", {"A": 18, "B": 30}), *march, *by_outcome("2020-04", {"A": 26, "B": 30}), *may)
    assert set(at_month(made, "2020-05", released(*march, moving=True)).values()) == {(29, None), (30, None)}
    assert set(at_month(made, "2020-03", released(*march)).values()) == {(24, None), (30, None)}
    assert at_month(made, "2020-04", released(*march)) == {} == at_month(made, "2020-03", Before())
    close = rows(*march, *by_outcome("2020-05", {"A": 28, "B": 30}))
    assert at_month(close, "2020-05", released(*march, moving=True)) == {}


def test_it_moves_from_what_was_told_whatever_that_is_by_now():
    """24 were told, of which 26 are known now: 30 are six more than anybody was told of."""
    corrected = by_outcome("2020-03", {"A": 26, "B": 30})
    made = rows(*corrected, *by_outcome("2020-05", {"A": 30, "B": 30}))
    before = released(*by_outcome("2020-03", {"A": 24, "B": 30}), moving=True)
    assert at_month(made, "2020-03", before) == {"A": (24, NOT_MOVED), "B": (30, NOT_MOVED)}
    assert at_month(made, "2020-05", before) == {"A": (30, None), "B": (30, None)}


def test_a_correction_of_few_leaves_what_was_told_and_one_of_many_is_told():
    said = by_outcome("2019-12", {"A": 20, "B": 30})
    one_more = rows(*by_outcome("2019-12", {"A": 21, "B": 30}))
    assert at_month(one_more, "2019-12", released(*said)) == {"A": (20, NOT_MOVED), "B": (30, NOT_MOVED)}
    five_more = rows(*by_outcome("2019-12", {"A": 25, "B": 30}))
    assert at_month(five_more, "2019-12", released(*said)) == {"A": (25, None), "B": (30, None)}
    total = controlled(
        one_more,
        {"one": counted("cumulated")},
        period=MAY,
        asked=tables_of(one_more, "one"),
        before=released(*said),
        thresholds=Thresholds(),
    ).filter(pl.col("dimension") == "total")
    assert total["value"].to_list() == [51]


def test_what_was_told_stays_told_and_is_known_to_whoever_reads_the_next_pack():
    """With 9 told before, hiding it anew would hide nothing: another one has to go."""
    row = year({"A": 3, "B": 9, "C": 30})
    before = released(cell(by(YEAR, "B", grain="year"), 9))
    assert told(rows(*row), one=counted("flow"))["one", "B"] == PROTECTED
    assert told(rows(*row), before=before, one=counted("flow")) == {
        ("one", "total"): 42,
        ("one", "A"): BELOW_THRESHOLD,
        ("one", "B"): 9,
        ("one", "C"): PROTECTED,
    }


def test_what_a_release_hid_of_a_row_stays_hidden_where_a_later_pack_shows_the_row():
    march = by_outcome("2020-03", {"A": 3, "B": 9, "C": 30})
    before = released(march[0], march[3])
    found = at_month(rows(*march), "2020-03", before)
    assert found == {"A": (None, BELOW_THRESHOLD), "B": (None, PROTECTED), "C": (30, None)}
