"""Where the partitions of a stage are worked on: an Executor, here in this process or in several of this machine.

Any other `concurrent.futures.Executor` serves as well, for example the one that a Dask client gives.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from pipeline.errors import KhaldunError

T = TypeVar("T")
_COLLECTION = (50_000, 20, 100)
"""Objects, and collections of younger ones, after which Python looks for cycles of dead objects: see `gc.set_threshold`."""


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
    return ProcessPoolExecutor(max_workers=jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_start_worker)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Has Python look for cycles of dead objects less often: a build makes few, and each look goes through all it has loaded."""
    before = gc.get_threshold()
    gc.set_threshold(*_COLLECTION)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _start_worker() -> None:
    """Let a worker end at once on Ctrl-C, and with the process that started it, however that ends."""
    gc.set_threshold(*_COLLECTION)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        signal.raise_signal(signal.SIGKILL)


def completed(
    executor: Executor, function: Callable[..., T], calls: Mapping[str, tuple[Any, ...]], *, at_once: int
) -> Iterator[tuple[str, T]]:
    """Results of calls by name, each as soon as it is there.

    No more than `at_once` calls are handed in at a time: after an error or Ctrl-C hardly anything is left to wait for.

    Raises:
        KhaldunError: A process was killed.
        Exception: What a call raised.
    """
    names: dict[Future[T], str] = {}
    left = iter(calls.items())
    try:
        while True:
            names |= {executor.submit(function, *arguments): name for name, arguments in islice(left, at_once - len(names))}
            if not names:
                return
            for future in wait(names, return_when=FIRST_COMPLETED).done:
                yield names.pop(future), future.result()
    except BrokenExecutor:
        raise KhaldunError(
            "A process of the build was killed, most likely because memory ran out. What was finished is kept: run the command "
            "again with fewer --jobs, or with a smaller partition_size under [build] in dataset.toml."
        ) from None
