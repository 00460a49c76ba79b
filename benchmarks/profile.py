"""Where the time of some work goes, by module: the one that runs is noted at even intervals of processor time.

A profiler that follows every call would make small functions look dearer than they are.
"""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable
from types import FrameType

INTERVAL = 0.004
"""Seconds of processor time between two looks; clocks of most machines are no finer."""
ROOMS = ("/pipeline/", "/schemas/")
MOST = 30


def _module(frame: FrameType | None) -> str:
    """The module of ours that runs, or that called what runs."""
    while frame is not None:
        path = frame.f_code.co_filename
        for room in ROOMS:
            if room in path:
                return room[1:] + path.rpartition(room)[2]
        frame = frame.f_back
    return "(others)"


def shares(work: Callable[[], object]) -> list[tuple[float, str]]:
    """Share of the time of some work in each module and in whole rooms, the largest first; the rest is left out.

    What libraries do counts for the module that called them. The work is done once before, so that loading does not count.
    """
    work()
    seen: Counter[str] = Counter()

    def note(_signal: int, frame: FrameType | None) -> None:
        module = _module(frame)
        seen[module] += 1
        seen[f"{module.rpartition('/')[0]}/"] += 1

    before = signal.signal(signal.SIGPROF, note)
    signal.setitimer(signal.ITIMER_PROF, INTERVAL, INTERVAL)
    try:
        work()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    total = sum(number for name, number in seen.items() if not name.endswith("/"))
    return [(number / total, name) for name, number in sorted(seen.items(), key=lambda each: (-each[1], each[0]))[:MOST]]
