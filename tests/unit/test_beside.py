"""Work beside work: ended when the block it stands beside is left, and heard where its result is taken."""

import sys
import threading

import pytest

from pipelines.orchestration.beside import beside


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
