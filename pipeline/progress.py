"""Progress of long work: bars on a terminal, plain lines in a log. Always on standard error, never in what programs read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn


class Reporter(Protocol):
    """Is told how far a stage has come."""

    def start(self, stage: str, total: int) -> None:
        """A stage begins that has `total` pieces of work to do."""

    def advance(self, stage: str) -> None:
        """One piece of work is done."""


class Silent:
    """Says nothing."""

    def start(self, stage: str, total: int) -> None:
        """A stage begins."""

    def advance(self, stage: str) -> None:
        """One piece of work is done."""


class Lines:
    """One line when a stage begins and about ten while it runs."""

    def __init__(self) -> None:
        """Nothing has begun."""
        self._total: dict[str, int] = {}
        self._done: dict[str, int] = {}

    def start(self, stage: str, total: int) -> None:
        """A stage begins."""
        self._total[stage], self._done[stage] = total, 0
        sys.stderr.write(f"{stage}: {total} to do\n")

    def advance(self, stage: str) -> None:
        """One piece of work is done."""
        self._done[stage] += 1
        done, total = self._done[stage], self._total[stage]
        if done == total or done % max(total // 10, 1) == 0:
            sys.stderr.write(f"{stage}: {done} of {total} done\n")


class Bars:
    """A bar for each stage."""

    def __init__(self, progress: Progress) -> None:
        """Draw on `progress`."""
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}

    def start(self, stage: str, total: int) -> None:
        """A stage begins."""
        self._tasks[stage] = self._progress.add_task(stage, total=total)

    def advance(self, stage: str) -> None:
        """One piece of work is done."""
        self._progress.advance(self._tasks[stage])


@contextmanager
def reporter(quiet: bool = False) -> Iterator[Reporter]:
    """The reporter that suits where standard error goes."""
    if quiet:
        yield Silent()
    elif sys.stderr.isatty():
        columns = (TextColumn("{task.description:>10}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True)) as progress:
            yield Bars(progress)
    else:
        yield Lines()
