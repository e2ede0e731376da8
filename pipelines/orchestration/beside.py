"""Work of the engine that goes on in a thread of its own while Python is busy with something else."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

Result = TypeVar("Result")

# Seconds until a busy thread lets the other have its turn, which every statement asks for several times. Python's own 0.005 would
# make two hundred statements wait eight seconds.
_TURN = 0.0001


@contextmanager
def beside(work: Callable[[], Result]) -> Iterator[Future[Result]]:
    """The work goes on beside the block, which takes what came of it by `result`; it has ended when the block is left."""
    before = sys.getswitchinterval()
    with ThreadPoolExecutor(1) as thread:
        try:
            sys.setswitchinterval(_TURN)
            yield thread.submit(work)
        finally:
            thread.shutdown()
            sys.setswitchinterval(before)
