"""Which side of a fight tells what a sentence says."""

from __future__ import annotations

from pipeline.coding.classes import NONSTATE, STATES
from pipeline.coding.reading import Reading
from pipeline.coding.sentences import Sentence

_REACH = 5
"""Tokens beside a verb of saying in which its subject stands."""


def teller_of(reading: Reading, sentence: Sentence) -> frozenset[int] | None:
    """The classes of the side whose people or offices say what a sentence tells; None if others do, or nobody is named."""
    for start, end in reading.cue_spans(sentence.start, sentence.end, "speech", "according"):
        before, after = reading.window(start, end, _REACH, sentence)
        for first, last in ((before, start), (end, after)):
            words = frozenset(reading.document.words(first, last))
            for side in (STATES, NONSTATE):
                if any(actor.inter in side for actor in reading.actors_in(first, last)):
                    return side
            if words & reading.language.people.officials:
                return STATES
    return None
