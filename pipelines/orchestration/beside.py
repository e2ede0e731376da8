"""Work of the engine that goes on in a thread of its own while Python is busy with something else."""

import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

Item = TypeVar("Item")

# How far the making of items may be before their use.
_AHEAD = 20
_END = object()
# Seconds until a busy thread lets the other have its turn, which every statement asks for several times. Python's own 0.005 would
# make two hundred statements wait eight seconds.
_TURN = 0.0001


@contextmanager
def beside(work: Callable[[], Item]) -> Iterator[Future[Item]]:
    """The work goes on beside the block, which takes what came of it by `result`; it has ended when the block is left."""
    with _thread() as thread:
        yield thread.submit(work)


def ahead(items: Iterator[Item]) -> Iterator[Item]:
    """The items of an iterator in its order, made while the caller is busy with those before."""
    with _thread() as thread:
        coming = deque(thread.submit(next, items, _END) for _ in range(_AHEAD))
        while (item := coming.popleft().result()) is not _END:
            coming.append(thread.submit(next, items, _END))
            yield item  # type: ignore[misc]


@contextmanager
def _thread() -> Iterator[ThreadPoolExecutor]:
    before = sys.getswitchinterval()
    thread = ThreadPoolExecutor(1)
    try:
        sys.setswitchinterval(_TURN)
        yield thread
    finally:
        # Whoever leaves before the end wants no more of it.
        thread.shutdown(cancel_futures=True)
        sys.setswitchinterval(before)
