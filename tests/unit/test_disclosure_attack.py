"""An attacker of his own means finds what is badly protected, and nothing in what is protected."""

import pytest

from pipelines.disclosure.protect import protect
from tests.attack import Leak, known, reachable
from tests.unit.disclosure_tables import THRESHOLD, crossed, found_out, leak, row


def test_the_attacker_subtracts() -> None:
    assert known(Leak({"b": 10, "sum": 13}, [("sum", ["a", "b"])])) == {"a": 3}


def test_the_attacker_subtracts_across_tables() -> None:
    table = crossed([3, 10, 20], [10, 20, 30], [40, 10, 9])
    everything = {figure.key for figure in table.figures}
    # Hidden in its row and its column, but not in the companions' own.
    assert known(leak(table, everything - {"r0c0", "r0c1", "r1c0"})) == {"r0c0": 3, "r0c1": 10, "r1c0": 10}
    assert known(leak(table, everything - {"r0c0", "r0c1", "r1c0", "r1c1"})) == {}


def test_the_attacker_reads_the_reasons() -> None:
    five = dict.fromkeys("abcde", 1)
    sums = [("sum", list(five))]
    assert known(Leak({"sum": 5}, sums)) == {}
    assert known(Leak({"sum": 5}, sums, small=set(five))) == five
    assert known(Leak({"sum": 6}, [("sum", ["a", "b"])], small={"a"}, protected={"b"})) == {"a": 1, "b": 5}


def test_the_attacker_knows_that_cumulated_figures_grow() -> None:
    assert reachable(Leak({"jan": 2, "mar": 4}, [], [("jan", "feb"), ("feb", "mar"), ("mar", "apr")])) == {"feb": (2, 4), "apr": (4, None)}


def test_the_attacker_finds_the_whole_numbers_only() -> None:
    assert reachable(Leak({"sum": 9}, [("sum", ["a", "b", "b"]), ("b", ["c", "c"])]))["a"] == (1, 9)


@pytest.mark.parametrize(
    "table",
    [
        row(3, 10, 20),
        row(1, 1, 1, 1, 1),
        row(1, 5, 9),
        row(4, 4, 4, 0),
        crossed([3, 10, 20], [10, 20, 30], [40, 10, 9]),
        crossed([3, 2, 20], [4, 3, 30], [40, 10, 9]),
        crossed([1, 0, 0, 7], [5, 5, 2, 0], [0, 12, 30, 6]),
    ],
)
def test_the_attacker_fails_where_the_protection_holds_and_not_without_it(table) -> None:
    protection = protect(table, THRESHOLD)
    primary = {figure.key for figure in table.figures} - {key for key, role in protection.hidden.items() if role == "primary"}
    spans = reachable(leak(table, protection.shown(table), told=False))
    small = [quantity.key for quantity in table.quantities if quantity.sensitive]
    assert all(spans[key][0] == 0 and (spans[key][1] is None or spans[key][1] >= THRESHOLD) for key in small)
    assert found_out(table, protection.shown(table)) == set()
    if len(protection.hidden) > len(small):
        exact = reachable(leak(table, primary, told=False))
        assert found_out(table, primary) or any(exact[key][0] > 0 or exact[key][1] < THRESHOLD for key in small)
