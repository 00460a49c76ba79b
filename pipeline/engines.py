"""Where the partitions of a stage are worked on: an Executor, here in this process or in several of this machine.

Any other `concurrent.futures.Executor` serves as well, for example the one that a Dask client gives.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from typing import Any


class InlineExecutor(Executor):
    """Runs each call at once in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The finished future of `fn(*args, **kwargs)`; an exception is kept in it."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def open_executor(jobs: int) -> Executor:
    """An executor with so many processes; with one, everything runs in this process.

    Processes are spawned, not forked: Arrow's threads do not survive a fork.
    """
    if jobs == 1:
        return InlineExecutor()
    return ProcessPoolExecutor(max_workers=jobs, mp_context=multiprocessing.get_context("spawn"))
