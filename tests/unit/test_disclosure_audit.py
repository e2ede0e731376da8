"""The audit proves a protection, or says which count can be worked out and how nearly."""

import pytest

from pipelines.disclosure.audit import audit
from pipelines.disclosure.model import Breach, Figure, Quantity, Relation, System, equation, order, total
from tests.unit.disclosure_tables import THRESHOLD, counted, crossed, row


def audited(system: System, *hidden: str) -> list[tuple]:
    shown = {figure.key for figure in system.figures} - set(hidden)
    return [(breach.rule, breach.quantity, breach.reached, breach.needed) for breach in audit(system, shown, THRESHOLD)]


def test_a_small_count_that_is_shown_is_a_breach() -> None:
    assert audited(row(3, 10, 20), "b") == [("shown", "a", (3, 3), (0, 5)), ("width", "b", (10, 10), (10, 15))]


def test_a_small_count_that_a_sister_table_shows_is_a_breach() -> None:
    system = System((Quantity("a", 3, True),), (Figure("one", ("a",)), Figure("other", ("a",))))
    assert audited(system, "one") == [("shown", "a", (3, 3), (0, 5))]
    assert audited(system, "one", "other") == []


def test_a_small_count_that_follows_by_subtraction_is_a_breach_that_says_how_nearly() -> None:
    assert audited(row(3, 10, 20), "a") == [("interval", "a", (3, 3), (0, 5)), ("reasons", "a", (3, 3), (0, 5))]
    assert audited(row(3, 0, 20), "a", "b") == [
        ("interval", "a", (0, 3), (0, 5)),
        ("width", "b", (0, 3), (0, 5)),
        ("reasons", "a", (3, 3), (0, 5)),
    ]
    assert audited(row(3, 10, 20), "a", "b") == []


def test_a_sensitive_count_of_more_must_be_able_to_be_one_threshold_less() -> None:
    system = System(
        tuple(Quantity(key, value, key == "a") for key, value in (("a", 8), ("b", 1), ("sum", 9))), row(8, 1).figures, row(8, 1).relations
    )
    assert audited(system, "a", "b") == []
    bounded = System(
        (*system.quantities, Quantity("less", 5)), (*system.figures, Figure("less", ("less",))), (*system.relations, order("less", "a"))
    )
    assert [one[:3] for one in audited(bounded, "a", "b")] == [("interval", "a", (5, 9)), ("width", "b", (0, 4))]


def test_what_is_hidden_for_others_must_be_uncertain_itself() -> None:
    assert audited(row(3, 10, 20, 30), "a", "b", "c") == []
    two = crossed([3, 10, 20], [10, 20, 30], [40, 10, 9])
    assert [one[:3] for one in audited(two, "r0c0", "r0c1", "r1c0", "r1c1", "r2c2")] == [("width", "r2c2", (9, 9))]


def test_what_is_hidden_for_another_reason_is_no_secret() -> None:
    assert audited(row(10, 20, 30, a="hidden"), "a") == []
    assert audited(row(10, 20, 30), "a") == [("width", "a", (10, 10), (10, 15))]
    assert [one[:2] for one in audited(row(10, 20, 30, a="hidden"))] == [("shown", "a")]


def test_one_uncertain_count_is_enough_for_a_hidden_share() -> None:
    quantities = (Quantity("a", 3, True), Quantity("b", 12), Quantity("sum", 15), Quantity("of", 40))
    figures = (Figure("a", ("a",)), Figure("sum", ("sum",)), Figure("b of", ("b", "of")), Figure("of", ("of",)))
    system = System(quantities, figures, (total("sum", ["a", "b"]),))
    assert audited(system, "a", "b of") == []
    assert audited(system, "a", "sum", "b of") == []


def test_the_reason_in_a_cell_gives_its_count_away_where_only_one_agrees_with_it() -> None:
    assert audited(row(1, 1, 1, 1, 1), *"abcde") == [("reasons", key, (1, 1), (0, 5)) for key in "abcde"]
    assert audited(row(1, 1, 1, 1, 2), *"abcde") == []
    # Two sums bind them as one does.
    twice = counted(dict.fromkeys("abcde", 1) | {"sum": 5, "also": 5}, [total("sum", "abcde"), total("also", "abcde")])
    assert audited(twice, *"abcde") == [("reasons", key, (1, 1), (0, 5)) for key in "abcde"]
    assert [one[:2] for one in audited(row(4, 4, 4, 20), *"abc")] == [("reasons", key) for key in "abc"]
    assert [one[:2] for one in audited(row(1, 5, 9), "a", "b")] == [("reasons", "a")]


def test_places_are_not_told_by_a_reason_that_is_for_persons() -> None:
    # Of b, which counts places, nobody is told that it is not small.
    system = System((Quantity("a", 1, True), Quantity("b", 4), Quantity("sum", 5)), row(1, 4).figures, row(1, 4).relations)
    assert audited(system, "a", "b") == []


def test_counts_are_whole() -> None:
    def system(b: int, rest: int) -> System:
        quantities = (Quantity("a", 3, True), Quantity("b", b), Quantity("sum", rest))
        figures = tuple(Figure(quantity.key, (quantity.key,)) for quantity in quantities)
        return System(quantities, figures, (equation({"a": 1, "b": (rest - 3) // b, "sum": -1}),))

    # A small count that makes 21 with twice another is 1 or 3; the one that makes 57 with six times another is 3.
    assert audited(system(9, 21), "a", "b") == []
    assert [one[:2] for one in audited(system(9, 57), "a", "b")] == [("reasons", "a")]


def test_a_whole_number_between_the_ends_is_found() -> None:
    # With twice another it makes 20, so 1 and 5 would leave halves; 4 is another whole number.
    quantities = (Quantity("a", 2, True), Quantity("b", 9), Quantity("sum", 20))
    figures = tuple(Figure(quantity.key, (quantity.key,)) for quantity in quantities)
    assert audit(System(quantities, figures, (equation({"a": 1, "b": 2, "sum": -1}),)), {"sum"}, 6) == []


def test_one_whole_number_between_bounds_that_are_not_whole_is_told() -> None:
    system = System((Quantity("a", 3, True),), (Figure("a", ("a",)),), (Relation((("a", 1),), 2.5, 3.5),))
    assert [one[:3] for one in audited(system, "a")] == [("interval", "a", (2.5, 3.5)), ("reasons", "a", (3, 3))]


def test_what_no_cell_shows_is_told_by_no_reason() -> None:
    quantities = (Quantity("with", 5), Quantity("without", 1, True), Quantity("all", 6))
    figures = (Figure("with", ("with",)), Figure("all", ("all",)))
    system = System(quantities, figures, (total("all", ["with", "without"]),))
    assert audited(system, "with") == []
    seen = System(quantities, (*figures, Figure("without", ("without",))), system.relations)
    assert [one[:2] for one in audited(seen, "with", "without")] == [("reasons", "without")]


def test_a_published_count_is_no_breach_and_is_known_to_the_attacker() -> None:
    assert audited(row(2, 10, 20, a="shown"), "a") == []
    assert [one[:2] for one in audited(row(2, 3, 20, a="shown"), "b")] == [("interval", "b"), ("reasons", "b")]
    table = row(2, 10, 20, a="shown")
    share = System(table.quantities, (*table.figures, Figure("a of b", ("a", "b"))), table.relations)
    assert [one[:2] for one in audited(share, "a of b")] == [("width", "a")]


def test_orders_narrow_what_hides_between_two_shown_figures() -> None:
    months = counted({"jan": 0, "feb": 2, "mar": 3, "apr": 4}, [order("jan", "feb"), order("feb", "mar"), order("mar", "apr")])
    assert [one[:3] for one in audited(months, "feb", "mar", "apr")] == []
    places = System(tuple(Quantity(one.key, one.value, one.key == "feb") for one in months.quantities), months.figures, months.relations)
    assert [one[:3] for one in audited(places, "feb", "mar")] == [("interval", "feb", (0, 4)), ("width", "mar", (0, 4))]


@pytest.mark.parametrize("threshold", [3, 5, 10])
def test_the_threshold_is_a_setting(threshold) -> None:
    table = row(2, 9, 20)
    assert audit(table, {"c", "sum"}, threshold) == []
    assert audit(table, {"b", "c", "sum"}, threshold)[0] == Breach("interval", "a", (2, 2), (0, threshold))
