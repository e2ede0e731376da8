"""Work beside work: in its order, ahead of whoever takes it, and ended when nobody wants more of it."""

import sys
import threading
from collections.abc import Iterator

import pytest

from pipelines.orchestration.beside import ahead, beside


def test_items_come_in_their_order_and_are_made_while_the_first_is_looked_at() -> None:
    made = threading.Event()

    def items() -> Iterator[int]:
        yield 1
        yield 2
        made.set()
        yield 3

    taken = []
    for item in ahead(items()):
        assert made.wait(10), "the third waits for nobody"
        taken.append(item)
    assert taken == [1, 2, 3]


def test_a_failure_reaches_whoever_takes_the_items_in_its_place() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("second")

    coming = ahead(items())
    assert next(coming) == 1
    with pytest.raises(ValueError, match="second"):
        next(coming)


def test_who_stops_taking_waits_for_what_is_being_made_and_has_no_more_made() -> None:
    going_on = threading.Event()
    made = []

    def items() -> Iterator[int]:
        for number in range(1000):
            made.append(number)
            yield number
            going_on.wait(0.001)

    coming = ahead(items())
    next(coming)
    coming.close()  # type: ignore[attr-defined]
    then = len(made)
    going_on.wait(0.05)
    assert len(made) == then < 100


def test_the_work_beside_a_block_has_ended_when_the_block_is_left_also_by_a_failure() -> None:
    done = threading.Event()

    def work() -> None:
        threading.Event().wait(0.05)
        done.set()

    with pytest.raises(KeyError), beside(work):
        raise KeyError
    assert done.is_set()


def test_a_failure_of_the_work_is_told_where_its_result_is_taken() -> None:
    def work() -> None:
        raise ValueError("beside")

    with beside(work) as working, pytest.raises(ValueError, match="beside"):
        working.result()


def test_turns_are_short_only_while_two_work() -> None:
    before = sys.getswitchinterval()
    with beside(lambda: None):
        assert sys.getswitchinterval() < before
    assert sys.getswitchinterval() == before
