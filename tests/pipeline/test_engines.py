"""Executors: results as they come, and nothing left behind by what fails or is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from pipeline.engines import InlineExecutor, completed, open_executor
from pipeline.errors import KhaldunError


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_each_result_comes_before_the_next_call_begins() -> None:
    begun: list[int] = []
    results = completed(InlineExecutor(), lambda n: begun.append(n) or n, {str(n): (n,) for n in range(3)}, at_once=1)
    assert next(results) == ("0", 0)
    assert begun == [0]
    assert dict(results) == {"1": 1, "2": 2}


def test_after_an_error_no_further_call_begins() -> None:
    begun: list[int] = []

    def call(number: int) -> None:
        begun.append(number)
        raise ValueError

    with pytest.raises(ValueError):
        list(completed(InlineExecutor(), call, {str(n): (n,) for n in range(9)}, at_once=1))
    assert begun == [0]


def test_a_killed_process_is_told_in_words() -> None:
    executor = open_executor(2)
    try:
        with pytest.raises(KhaldunError, match="fewer --jobs"):
            list(completed(executor, die, {"a": (), "b": ()}, at_once=2))
    finally:
        executor.shutdown()


def test_processes_end_with_the_one_that_started_them() -> None:
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import os, time; from pipeline.engines import open_executor; executor = open_executor(2)\n"
            "print(executor.submit(os.getpid).result(), flush=True); time.sleep(60)",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout
    assert int(parent.stdout.readline()) != parent.pid
    parent.kill()
    parent.wait()
    # Its output ends when the last process that writes to it does.
    assert parent.communicate(timeout=20) == ("", None)
