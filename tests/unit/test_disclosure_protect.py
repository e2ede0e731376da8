"""What is hidden for the sake of a small count: no less than protects it, and no more."""

import pytest

from pipelines.disclosure import cover, search
from pipelines.disclosure.audit import audit
from pipelines.disclosure.cover import Choice
from pipelines.disclosure.model import Figure, Protection, Quantity, System, equation, order, total
from pipelines.disclosure.net import numbered
from pipelines.disclosure.protect import protect
from tests.unit.disclosure_tables import THRESHOLD, counted, crossed, found_out, row, secondary


def protected(system: System) -> Protection:
    """The protection of a system, proved."""
    protection = protect(system, THRESHOLD)
    assert audit(system, protection.shown(system), THRESHOLD) == []
    assert found_out(system, protection.shown(system)) == set()
    return protection


def test_where_nothing_is_small_nothing_is_hidden() -> None:
    assert protected(row(10, 0, 7)).hidden == {}


def test_one_small_cell_of_a_row_takes_one_other_with_it_the_cheapest() -> None:
    protection = protected(row(3, 10, 20, 8, weights={"b": 3, "c": 2, "d": 4, "sum": 5}))
    assert dict(protection.hidden) == {"a": "primary", "c": "secondary"}
    assert protection.optimal


def test_a_companion_too_small_to_hide_behind_is_not_chosen_though_it_is_the_cheapest() -> None:
    # With the zero alone the small cell is at most 3.
    assert secondary(protected(row(3, 0, 20, weights={"b": 0.1, "c": 2, "sum": 5}))) == {"c"}


def test_two_small_cells_of_a_row_protect_each_other() -> None:
    assert secondary(protected(row(3, 4, 20))) == set()


def test_two_margins_force_exactly_four_cells() -> None:
    protection = protected(crossed([3, 10, 20], [10, 20, 30], [40, 10, 9]))
    assert len(protection.hidden) == 4 and protection.hidden["r0c0"] == "primary"
    rows, columns = {key[:2] for key in protection.hidden}, {key[2:] for key in protection.hidden}
    assert len(rows) == len(columns) == 2, "the corners of a rectangle"


def test_of_all_rectangles_the_cheapest_is_hidden() -> None:
    table = crossed([3, 10, 20], [10, 20, 30], [40, 10, 9], weights={"r0c2": 0.5, "r2c0": 0.5, "r2c2": 0.5})
    assert secondary(protected(table)) == {"r0c2", "r2c0", "r2c2"}


def test_four_small_cells_at_the_corners_of_a_rectangle_need_no_more() -> None:
    assert secondary(protected(crossed([3, 3, 20], [3, 3, 30], [40, 10, 9]))) == set()


def test_small_cells_at_the_corners_that_hold_each_other_back_need_more() -> None:
    # All four move together: the 4 goes down by no more than the 2 beside it has.
    assert secondary(protected(crossed([3, 2, 20], [4, 3, 30], [40, 10, 9]))) in ({"r2c0", "r2c1"}, {"r0c2", "r1c2"})


def test_subtotals_force_a_companion_within_the_group() -> None:
    groups = [total("sum", ["x", "y"]), total("x", ["x1", "x2", "x3"]), total("y", ["y1", "y2"])]
    values = {"x1": 2, "x2": 30, "x3": 40, "y1": 9, "y2": 8, "x": 72, "y": 17, "sum": 89}
    # Outside the group a companion would be cheaper, but x tells what it hides; to hide x takes one of the other group too.
    cheap_outside = counted(values, groups, weights={"x2": 3, "x3": 4, "y1": 0.5, "y2": 0.5, "x": 9, "y": 9, "sum": 9})
    assert secondary(protected(cheap_outside)) == {"x2"}
    # Where the group's others are dear, its subtotal goes, and with it what gives the subtotal away.
    cheap_totals = counted(values, groups, weights={"x2": 30, "x3": 40, "y1": 5, "y2": 5, "x": 1, "y": 9, "sum": 2})
    assert secondary(protected(cheap_totals)) == {"x", "sum"}


def test_a_share_is_hidden_with_its_numerator_and_a_sister_table_that_shows_it_too() -> None:
    quantities = (Quantity("placed", 3, True), Quantity("exits", 30))
    figures = (Figure("rate", ("placed", "exits")), Figure("sister", ("placed",)), Figure("count", ("exits",)))
    protection = protected(System(quantities, figures))
    assert dict(protection.hidden) == {"rate": "primary", "sister": "primary"}


def test_a_companion_that_a_share_shows_too_costs_both() -> None:
    quantities = (Quantity("a", 3, True), Quantity("b", 12), Quantity("c", 14), Quantity("all", 29), Quantity("of", 40))
    single = (Figure(key, (key,)) for key in ("a", "b", "all", "of"))
    figures = (*single, Figure("c", ("c",), 1.5), Figure("b of", ("b", "of")))
    protection = protected(System(quantities, figures, (total("all", "abc"),)))
    assert secondary(protection) == {"all"}
    dear = tuple(Figure(one.key, one.quantities, 9.0) if one.key == "all" else one for one in figures)
    assert secondary(protected(System(quantities, dear, (total("all", "abc"),)))) == {"c"}
    dearer = tuple(Figure(one.key, one.quantities, 9.0) if one.key == "c" else one for one in dear)
    assert secondary(protected(System(quantities, dearer, (total("all", "abc"),)))) == {"b", "b of"}


def test_a_small_complement_that_no_table_shows_hides_what_it_follows_from() -> None:
    quantities = (Quantity("with", 27), Quantity("without", 3, True), Quantity("all", 30))
    figures = (Figure("with", ("with",), 2.0), Figure("all", ("all",), 3.0))
    assert secondary(protected(System(quantities, figures, (equation({"all": 1, "with": -1, "without": -1}),)))) == {"with"}


def test_a_cumulated_figure_between_two_that_nearly_say_it_takes_a_neighbour_with_it() -> None:
    months = counted({"jan": 0, "feb": 2, "mar": 2, "apr": 9}, [order("jan", "feb"), order("feb", "mar"), order("mar", "apr")])
    assert dict(protected(months).hidden) == {"feb": "primary", "mar": "primary"}
    near = counted(
        {"jan": 0, "feb": 2, "mar": 5, "apr": 6, "may": 30},
        [order("jan", "feb"), order("feb", "mar"), order("mar", "apr"), order("apr", "may")],
    )
    assert secondary(protected(near)) == set()
    tight = counted({"feb": 2, "mar": 5, "flow": 3}, [total("mar", ["feb", "flow"])])
    assert secondary(protected(tight)) == set()


def test_a_cumulated_total_that_is_too_near_is_hidden() -> None:
    # The small one cannot exceed the part shown beside it, which is not small for it counts places.
    near = System(
        (Quantity("a", 2, True), Quantity("b", 3), Quantity("c", 30)),
        tuple(Figure(key, (key,)) for key in "abc"),
        (order("a", "b"), order("b", "c")),
    )
    assert secondary(protected(near)) == {"b"}


def test_five_ones_behind_a_shown_five_are_told_by_their_reason() -> None:
    assert secondary(protected(row(1, 1, 1, 1, 1))) == {"sum"}


def test_all_but_one_behind_a_shown_total_are_told_by_their_reason() -> None:
    # Each of the three is at most 4, so a total of 12 is 4 and 4 and 4.
    assert secondary(protected(row(4, 4, 4, 0))) == {"sum"}


def test_a_companion_that_can_only_be_five_or_more_does_not_leave_one_value() -> None:
    # 1 and 5 make 6: a small cell and one that is not small are told apart by their reasons.
    assert secondary(protected(row(1, 5, 9, weights={"b": 1, "c": 2, "sum": 5}))) == {"c"}


def test_a_single_filled_category_hides_its_zeros_and_its_total() -> None:
    # Everyone in the group is in one category: who is known to be in the group is known to be in it.
    quantities = (Quantity("a", 12), Quantity("b", 0, True), Quantity("c", 0, True), Quantity("sum", 12))
    figures = (*(Figure(key, (key,)) for key in "abc"), Figure("sum", ("sum",), 0.5))
    protection = protected(System(quantities, figures, (total("sum", "abc"),)))
    assert protection.hidden["b"] == protection.hidden["c"] == "primary"
    assert secondary(protection) == {"sum"}


def test_a_published_small_count_stays_and_is_reported() -> None:
    table = row(2, 10, 20, a="shown")
    assert protected(table).hidden == {}
    assert protected(table).published == ("a",)


def test_a_published_neighbour_is_no_companion() -> None:
    assert secondary(protected(row(3, 10, 20, weights={"b": 0.1}, b="shown"))) <= {"c", "sum"}


def test_what_is_hidden_for_another_reason_serves_as_companion_and_keeps_its_role() -> None:
    protection = protected(row(3, 10, 20, b="hidden"))
    assert dict(protection.hidden) == {"a": "primary", "b": "forced"}
    assert dict(protected(row(3, 4, 20, a="hidden")).hidden) == {"a": "forced", "b": "primary"}


def test_what_published_figures_give_away_is_left_and_the_audit_says_so() -> None:
    table = row(3, 10, 20, b="shown", c="shown", sum="shown")
    protection = protect(table, THRESHOLD)
    assert dict(protection.hidden) == {"a": "primary"}
    assert {(breach.rule, breach.quantity, breach.reached) for breach in audit(table, protection.shown(table), THRESHOLD)} == {
        ("interval", "a", (3, 3)),
        ("reasons", "a", (3, 3)),
    }


def of_persons(system: System, *keys: str) -> System:
    """The system where these quantities alone are sensitive; the others count places."""
    quantities = tuple(Quantity(one.key, one.value, one.key in keys) for one in system.quantities)
    return System(quantities, system.figures, system.relations)


def test_what_can_be_protected_in_part_is_protected_as_far_as_that_goes() -> None:
    # With c and the total published, a is at most 4, and that takes hiding b and d; b alone would let it be at most 3.
    table = of_persons(row(2, 1, 9, 1, c="shown", sum="shown"), "a")
    assert secondary(protect(table, THRESHOLD)) == {"b", "d"}
    assert [breach.reached for breach in audit(table, {"c", "sum"}, THRESHOLD) if breach.quantity == "a"] == [(0, 4)]


def test_a_companion_that_stays_nearly_known_is_taken_only_where_there_is_no_other() -> None:
    # b can fall by 3, c can rise by 2: enough for a, but each of them would be known too well.
    values = {"a": 2, "b": 10, "c": 10, "d": 20, "sum": 42, "least": 7, "most": 12}
    weights = {"d": 5, "sum": 50, "least": 50, "most": 50}
    bounds = [order("least", "b"), order("b", "10"), order("10", "c"), order("c", "most")]
    table = counted(
        values | {"10": 10}, [total("sum", "abcd"), *bounds], weights=weights | {"10": 50}, least="shown", most="shown", **{"10": "shown"}
    )
    assert secondary(protected(table)) == {"d"}
    without = [total("sum", "abc"), *bounds]
    forced = counted(
        {**values, "10": 10, "sum": 22}, without, weights={"sum": 50}, least="shown", most="shown", sum="shown", **{"10": "shown"}
    )
    assert secondary(protect(forced, THRESHOLD)) == {"b", "c"}


def test_one_hidden_share_may_protect_in_two_tables() -> None:
    quantities = (
        Quantity("a", 3, True),
        Quantity("b", 12),
        Quantity("ab", 15),
        Quantity("z", 2, True),
        Quantity("of", 40),
        Quantity("y", 9),
    )
    single = (Figure(key, (key,)) for key in ("a", "ab", "z", "y"))
    system = System(
        (*quantities, Quantity("yz", 51)),
        (*single, Figure("b of", ("b", "of"), 1.5), Figure("yz", ("yz",), 5.0)),
        (total("ab", ["a", "b"]), total("yz", ["z", "of", "y"])),
    )
    assert secondary(protected(system)) == {"b of"}


def test_what_no_cell_shows_is_told_by_no_reason() -> None:
    # 6 less 5 is 1: that the 5 is hidden for another's sake says it is 5 or 6, and of the other it says nothing.
    quantities = (Quantity("with", 5), Quantity("without", 1, True), Quantity("all", 6))
    figures = (Figure("with", ("with",)), Figure("all", ("all",), 3.0))
    assert secondary(protected(System(quantities, figures, (total("all", ["with", "without"]),)))) == {"with"}


def test_a_companion_that_whole_numbers_give_away_is_not_chosen() -> None:
    # Of 1 to 4 only 3 makes 57 with six times a whole number.
    system = counted({"a": 3, "b": 9, "sum": 57}, [total("sum", ["a", *"bbbbbb"])], weights={"sum": 5})
    assert secondary(protected(system)) == {"sum"}


def test_the_same_figures_are_hidden_whatever_the_order_they_are_given_in() -> None:
    table = crossed([3, 10, 10, 10], [10, 10, 10, 2], [10, 10, 10, 10])
    turned = System(
        table.quantities[::-1],
        table.figures[::-1],
        tuple(type(one)(one.terms[::-1], one.lower, one.upper) for one in table.relations[::-1]),
    )
    assert protect(table, THRESHOLD) == protect(turned, THRESHOLD)
    assert numbered(table) == numbered(turned)


@pytest.mark.parametrize("table", [row(3, 10, 10, 10), crossed([3, 10, 10], [10, 10, 10])])
def test_of_figures_as_good_as_each_other_the_same_are_hidden_whatever_the_order(table) -> None:
    for figures in (table.figures[::-1], table.figures[2:] + table.figures[:2]):
        assert protect(System(table.quantities, figures, table.relations), THRESHOLD) == protect(table, THRESHOLD)


def test_a_search_that_gets_no_further_ends(monkeypatch) -> None:
    monkeypatch.setattr(search, "cover", lambda *_, **__: Choice(frozenset(), proven=True))
    protection = protect(row(3, 10, 20), THRESHOLD)
    assert secondary(protection) == set() and not protection.optimal


def test_parts_that_do_not_hang_together_are_solved_apart() -> None:
    one, other = row(3, 10, 20), crossed([3, 10], [10, 20])
    both = System(one.quantities + other.quantities, one.figures + other.figures, one.relations + other.relations)
    assert secondary(protect(both, THRESHOLD)) == secondary(protect(one, THRESHOLD)) | secondary(protect(other, THRESHOLD))


@pytest.mark.parametrize(("module", "limit"), [(cover, "EXACT"), (search, "ROUNDS")])
def test_where_a_part_is_too_large_the_protection_holds_and_nothing_hidden_is_superfluous(monkeypatch, module, limit) -> None:
    monkeypatch.setattr(module, limit, 0)
    values = [[(i + 4 * j) % 17 for j in range(4)] for i in range(4)]
    table = crossed(*values)
    protection = protect(table, THRESHOLD)
    shown = protection.shown(table)
    assert not protection.optimal
    assert audit(table, shown, THRESHOLD) == []
    assert [key for key in secondary(protection) if audit(table, shown | {key}, THRESHOLD) == []] == []


@pytest.mark.parametrize(
    ("quantities", "figures", "relations"),
    [
        ((Quantity("a", 1), Quantity("a", 2)), (), ()),
        ((Quantity("a", -1),), (), ()),
        ((Quantity("a", 1),), (Figure("f", ("b",)),), ()),
        ((Quantity("a", 1),), (Figure("f", ("a",), 0.0),), ()),
        ((Quantity("a", 1),), (Figure("f", ("a",)), Figure("f", ("a",))), ()),
        ((Quantity("a", 1), Quantity("b", 2)), (), (total("a", ["b"]),)),
        ((Quantity("a", 1),), (), (total("a", ["b"]),)),
    ],
)
def test_a_system_that_contradicts_itself_is_refused(quantities, figures, relations) -> None:
    with pytest.raises(ValueError):
        System(quantities, figures, relations)
