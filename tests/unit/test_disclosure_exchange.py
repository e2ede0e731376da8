"""Counts that move for one another: never farther than an attacker can move them, and far enough that thousands need few programs."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.disclosure import attacker, component
from pipelines.disclosure.audit import audit
from pipelines.disclosure.exchange import exchanged
from pipelines.disclosure.groups import connected
from pipelines.disclosure.growth import touching
from pipelines.disclosure.model import Figure, total
from pipelines.disclosure.protect import protect
from pipelines.disclosure.solver import Row, farthest, program
from tests.unit.disclosure_tables import THRESHOLD, counted

MEMBERS = 400


@st.composite
def programs(draw) -> tuple[list[tuple[float, float]], list[Row]]:
    """Columns in whole steps around 0, and sums of some of them that are known, or within bounds."""
    rooms = draw(st.lists(st.tuples(st.integers(-6, 0), st.sampled_from([0, 1, 2, 7, math.inf])), min_size=2, max_size=6))
    columns = st.sets(st.integers(0, len(rooms) - 1), min_size=1).map(sorted)
    rows = []
    for ones in draw(st.lists(columns, min_size=1, max_size=3)):
        terms = tuple((one, draw(st.sampled_from([1, 1, 1, -1, 2]))) for one in ones)
        rows.append(Row(terms, draw(st.sampled_from([0, 0, -2])), draw(st.sampled_from([0, 0, 3]))))
    return [(float(low), float(high)) for low, high in rooms], rows


@given(programs())
def test_what_is_exchanged_an_attacker_can_move_in_whole_numbers(made) -> None:
    rooms, rows = made
    for column, ends in enumerate(zip(*exchanged(rooms, rows), strict=True)):
        for sign, end in zip((-1, 1), ends, strict=True):
            assert sign * end >= 0
            # To where it is said to go at least, and no farther: what has no end is not looked for.
            rest = [(low, min(high, 100.0)) for low, high in rooms]
            rest[column] = tuple(sorted((0.0, max(-100.0, min(end, 100.0)))))
            solver = program(rest, rows, kinds=["whole"] * len(rooms))
            assert farthest(solver, column, sign).value == pytest.approx(min(abs(end), 100.0))


def test_what_the_same_sums_bind_in_the_same_way_moves_for_one_another() -> None:
    rows = [Row(((0, 1), (1, 1), (2, 1), (3, 2)), 0, 0), Row(((2, 1),), 0, 0)]
    down, up = exchanged([(-3, math.inf), (-2, 1), (-9, math.inf), (-9, math.inf)], rows)
    assert (down, up) == ([-1, -2, 0, 0], [2, 1, 0, 0])


def test_a_table_of_many_members_needs_few_programs(monkeypatch) -> None:
    asked = []
    for module in (attacker, component):
        monkeypatch.setattr(module, "farthest", lambda *given: asked.append(given) or farthest(*given))
    members = {f"m{number}": 3 for number in range(MEMBERS)}
    values = members | {"half": 3 * MEMBERS // 2, "sum": 3 * MEMBERS}
    system = counted(values, [total("sum", [*members]), total("half", [*members][: MEMBERS // 2])])
    protection = protect(system, THRESHOLD)
    assert {*protection.hidden} == {*members} and audit(system, protection.shown(system), THRESHOLD) == []
    assert len(asked) < MEMBERS / 10


def test_what_ties_many_together_is_followed_once() -> None:
    followed = []
    everybody = range(MEMBERS)
    assert connected(everybody, lambda _: [0], lambda tie: followed.append(tie) or everybody) == [tuple(everybody)]
    assert followed == [0]


class Looked(str):
    """A key that counts how often it is looked up."""

    times = 0

    def __hash__(self) -> int:
        Looked.times += 1
        return super().__hash__()


def test_what_touches_a_figure_of_many_members_is_found_in_one_walk() -> None:
    members = [Looked(f"m{number}") for number in range(MEMBERS)]
    system = counted(dict.fromkeys(members, 3) | {"sum": 3 * MEMBERS, "apart": 7}, [total("sum", members)])
    Looked.times = 0
    assert {one.key for one in touching(system, {"m0"}).quantities} == {*members, "sum"}
    assert Looked.times < 20 * MEMBERS


def test_what_a_share_shows_touches_both_of_its_tables() -> None:
    system = counted({"a": 3, "b": 9, "sum": 12, "of": 20, "others": 30, "all": 50}, [total("sum", "ab"), total("all", ["of", "others"])])
    alone = {one.key for one in touching(system, {"a"}).figures}
    both = replace(system, figures=(*system.figures, Figure("a of", ("a", "of"))))
    assert alone == {"a", "b", "sum"} and {one.key for one in touching(both, {"b"}).figures} == {one.key for one in both.figures}
