"""Which incident each toll of an article belongs to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Protocol

from pipeline.coding.casualties import Toll, find_tolls
from pipeline.coding.reading import Reading
from pipeline.coding.triggers import Trigger

_PARAGRAPHS = 1
"""Paragraphs after an incident, or before the first, within which a sentence without an act tells of it."""


class Told(Protocol):
    """An incident: the words that tell it, in order, and what it cost."""

    triggers: list[Trigger]
    tolls: list[Toll]


def share_tolls(reading: Reading, incidents: Sequence[Told]) -> None:
    """Gives every toll to an incident.

    It is that told in the toll's sentence, else the one told last before it in the paragraph or the last; what stands before the
    first incident goes to this if it has no other.
    """
    if not incidents:
        return
    by_sentence: dict[int, list[tuple[int, int]]] = {}
    for order, incident in enumerate(incidents):
        for trigger in incident.triggers:
            by_sentence.setdefault(trigger.sentence, []).append((trigger.start, order))
    opening = reading.sentences[incidents[0].triggers[0].sentence].paragraph
    last: tuple[int, int] | None = None
    early: list[Toll] = []
    for number, sentence in enumerate(reading.sentences):
        here = sorted(by_sentence.get(number, ()))
        if here or (sentence.paragraph - last[0] if last else opening - sentence.paragraph) <= _PARAGRAPHS:
            for toll in find_tolls(reading, sentence):
                if here or last:
                    incidents[_nearest(here, toll) if here else last[1]].tolls.append(toll)  # type: ignore[index]
                else:
                    early.append(toll)
        if here:
            last = (sentence.paragraph, here[-1][1])
    # What stands before the first incident tells of this, if nothing else says what it cost.
    if not any(toll.what != "wounded" for toll in incidents[0].tolls):
        incidents[0].tolls[:0] = early


def _nearest(here: Sequence[tuple[int, int]], toll: Toll) -> int:
    """Incident of the trigger within the words of a toll, else of the nearest trigger in its sentence."""
    after = bisect_left(here, (toll.start, -1))
    near = here[max(0, after - 1) : after + 2]
    return min(
        (0 if toll.start <= start < toll.end else min(abs(start - toll.start), abs(start - toll.end)), order)
        for start, order in near
    )[1]
