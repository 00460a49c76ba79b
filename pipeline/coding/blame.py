"""Who is said to have done it, where the act itself names nobody: `blamed on`, `claimed responsibility`, `accused`."""

from __future__ import annotations

from typing import Literal, NamedTuple

from pipeline.coding.incidents import Incident
from pipeline.coding.reading import ARMED, Reading
from pipeline.resources.actors import ActorMention

_REACH = 9
"""Tokens between the word of blame and the name."""
_SENTENCES = 6
"""Sentences after the incident in which the blame may follow."""
_NAMED = frozenset((1, 8))


class Blame(NamedTuple):
    """An actor said to have done it, and whether by others or by themselves."""

    actor: ActorMention
    rule: Literal["blamed", "claimed"]


def find_blamed(reading: Reading, incident: Incident, following: int) -> Blame | None:
    """The first armed actor who is blamed for an incident or claims it.

    Args:
        reading: The text.
        incident: The incident.
        following: Sentence at which the next incident begins, or the number of sentences.
    """
    told = sorted({trigger.sentence for trigger in incident.triggers})
    last = min(following, told[-1] + _SENTENCES + 1, len(reading.sentences))
    for number in sorted({*told, *range(told[0], max(last, told[0] + 1))}):
        sentence = reading.sentences[number]
        found = _claiming(reading, sentence.start, sentence.end) or _accused(reading, sentence.start, sentence.end)
        if found:
            return found
    return None


def _is_suspect(actor: ActorMention) -> bool:
    return actor.inter in ARMED and (actor.kind == "registry" or actor.inter in _NAMED)


def _claiming(reading: Reading, start: int, end: int) -> Blame | None:
    """Who stands before `claimed responsibility` or its like."""
    for cue, _ in reading.cue_spans(start, end, "claimed"):
        before = [actor for actor in reading.actors_in(start, cue) if actor.end <= cue and actor.kind == "registry"]
        if before and before[-1].inter in ARMED and reading.distance(before[-1].end, cue) <= _REACH:
            return Blame(before[-1], "claimed")
    return None


def _accused(reading: Reading, start: int, end: int) -> Blame | None:
    """Who stands after `blamed` or its like."""
    for _, cue in reading.cue_spans(start, end, "blame"):
        after = next((actor for actor in reading.actors_in(cue, end) if _is_suspect(actor)), None)
        if after and reading.distance(cue, after.start) <= _REACH and not reading.breaks_between(cue, after.start):
            return Blame(after, "blamed")
    return None
