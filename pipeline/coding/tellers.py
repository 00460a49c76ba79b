"""Which side of a fight tells what a sentence says."""

from __future__ import annotations

from pipeline.coding.classes import NONSTATE, STATES
from pipeline.coding.reading import Reading
from pipeline.coding.sentences import Sentence

_REACH = 5
"""Tokens beside a verb of saying in which its subject stands."""
_SIGNS = frozenset(",;:.")


def teller_of(reading: Reading, sentence: Sentence) -> frozenset[int] | None:
    """The classes of the side whose people or offices say what a sentence tells; None if others do, or nobody is named."""
    for start, end in reading.cue_spans(sentence.start, sentence.end, "speech", "according"):
        is_inverted = (start, end) in reading.cue_spans(start, end, "according") or _word_before(reading, start) == ","
        first, last = (end, reading.window(end, end, _REACH, sentence)[1]) if is_inverted else _subject(reading, start, sentence)
        for side in (STATES, NONSTATE):
            if any(actor.inter in side for actor in reading.actors_in(first, last)):
                return side
        if any(word in reading.language.people.officials for word in reading.document.words(first, last)):
            return STATES
    return None


def _word_before(reading: Reading, start: int) -> str:
    index = reading.document.token_at(start)
    return reading.document.tokens[index - 1].word if index else ""


def _subject(reading: Reading, start: int, sentence: Sentence) -> tuple[int, int]:
    """Where the subject of a verb of saying stands: before it, and after the last sign."""
    begin, _ = reading.window(start, start, _REACH, sentence)
    tokens = reading.document.tokens
    for index in reversed(reading.document.token_range(begin, start)):
        if tokens[index].word in _SIGNS:
            return tokens[index].end, start
    return begin, start
