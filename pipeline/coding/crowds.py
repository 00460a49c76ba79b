"""How many took part in a demonstration or riot, in the words of the report (codebook 1.18)."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.coding.classes import CIVILIANS, CROWDS
from pipeline.coding.incidents import Incident
from pipeline.coding.numbers import Quantity, find_quantities
from pipeline.coding.reading import Reading
from pipeline.coding.sentences import Sentence

_NOUN_REACH = 4
_VERB_REACH = 4
_OTHERS = ("death", "wound", "death_of", "detained")
"""Cues before a number of people who were hurt or taken, and are not the crowd."""


class CrowdSize(NamedTuple):
    """A crowd and the words that count it."""

    start: int
    end: int
    value: int


def find_crowd_size(reading: Reading, incident: Incident) -> CrowdSize | None:
    """The first number of people in the sentences of an incident that counts neither dead, wounded nor arrested."""
    for number in sorted({trigger.sentence for trigger in incident.triggers}):
        sentence = reading.sentences[number]
        indices = reading.document.token_range(sentence.start, sentence.end)
        for quantity in find_quantities(reading.document.tokens, indices, reading.language):
            if _counts_a_crowd(reading, incident, sentence, quantity):
                tokens = reading.document.tokens
                return CrowdSize(tokens[quantity.first].start, tokens[quantity.last - 1].end, quantity.value)
    return None


def _counts_a_crowd(reading: Reading, incident: Incident, sentence: Sentence, quantity: Quantity) -> bool:
    tokens = reading.document.tokens
    start, end = tokens[quantity.first].start, tokens[quantity.last - 1].end
    if any(toll.start <= start < toll.end for toll in incident.tolls):
        return False
    before = reading.window(start, start, _VERB_REACH, sentence)[0]
    if any(reading.cue_spans(before, start, name) for name in _OTHERS):
        return False
    after = reading.window(end, end, _NOUN_REACH, sentence)[1]
    people = [actor for actor in reading.actors_in(end, after) if actor.inter in CROWDS | CIVILIANS]
    return bool(people) and not reading.breaks_between(end, people[0].start, commas=True)


def tag_of(reading: Reading, crowd: CrowdSize | None) -> str:
    """The tag of a demonstration or riot: the words of the report, or that it gives none."""
    if crowd is None:
        return "crowd size=no report"
    words = " ".join(reading.document.text[crowd.start : crowd.end].replace(";", " ").split())
    return f"crowd size={words.lower()}"
