"""Who is said to have done it, where the act itself names nobody: `blamed on`, `claimed responsibility`, `held responsible`."""

from __future__ import annotations

from typing import Literal, NamedTuple

from pipeline.coding.classes import ARMED, NONSTATE
from pipeline.coding.incidents import Incident
from pipeline.coding.reading import Reading
from pipeline.coding.sentences import Sentence
from pipeline.resources.actors import ActorMention

_REACH = 9
"""Tokens between the word of blame and the name."""
_CLAIM_REACH = 14
_BLAMED_REACH = 6
_DENIAL_REACH = 5
_SENTENCES = 6
"""Sentences after the incident in which the blame may follow."""
_MEMORY = 1500
"""Characters back to which `the group` may refer."""
_UNKNOWN = frozenset(("generic:gunmen", "generic:person"))
"""People of whom no word of blame says more than the act itself."""


class Blame(NamedTuple):
    """An actor said to have done it, and whether by others or by themselves."""

    actor: ActorMention
    rule: Literal["blamed", "claimed"]


def find_blamed(reading: Reading, incident: Incident, following: int) -> Blame | None:
    """The first armed actor who claims an incident or is blamed for it.

    Args:
        reading: The text.
        incident: The incident.
        following: Sentence at which the next incident begins, or the number of sentences.
    """
    told = sorted({trigger.sentence for trigger in incident.triggers})
    last = min(following, told[-1] + _SENTENCES + 1, len(reading.sentences))
    for number in sorted({*told, *range(told[0], max(last, told[0] + 1))}):
        sentence = reading.sentences[number]
        # In `gunmen suspected to belong to the group took a man` the suspicion is of that act alone.
        found = _told_in(reading, sentence) or (_suspected(reading, sentence.start, sentence.end) if number in told else None)
        if found:
            return found
    return None


def _told_in(reading: Reading, sentence: Sentence) -> Blame | None:
    """Who claims it or is blamed in one sentence."""
    span = sentence.start, sentence.end
    return _claiming(reading, *span) or _accused(reading, *span) or _held_responsible(reading, *span)


def _is_suspect(actor: ActorMention) -> bool:
    return actor.inter in ARMED and not _UNKNOWN & set(actor.actor_ids)


def _is_denied(reading: Reading, start: int, position: int) -> bool:
    """Whether `no`, `nobody` or `denied` stands right before a position."""
    tokens = reading.document.tokens
    index = max(0, reading.document.token_at(position) - _DENIAL_REACH)
    begin = max(start, tokens[index].start)
    return any(word.row.name in ("negated", "denied") for word in reading.words_in("gate", begin, position))


def _claiming(reading: Reading, start: int, end: int) -> Blame | None:
    """Who stands before `claimed responsibility` or its like: a name, or `the group` that was named before."""
    for cue, cue_end in reading.cue_spans(start, end, "claimed"):
        if _is_denied(reading, start, cue):
            continue
        before = [actor for actor in reading.actors_in(start, cue) if actor.end <= cue and actor.inter in ARMED]
        named = [actor for actor in before if actor.kind == "registry"]
        if named and reading.distance(named[-1].end, cue) <= _CLAIM_REACH:
            return Blame(named[-1], "claimed")
        if not before and (group := _group_before(reading, start, cue_end)):
            return Blame(group, "claimed")
    return None


def _group_before(reading: Reading, start: int, end: int) -> ActorMention | None:
    """The armed group named last before a sentence whose subject is `it`, `they` or `the group`."""
    language = reading.language
    if not any(word in language.pronouns | language.groups for word in reading.document.words(start, end)):
        return None
    named = [
        actor for actor in reading.actors_in(max(0, start - _MEMORY), start) if actor.kind == "registry" and actor.inter in NONSTATE
    ]
    return named[-1] if named else None


def _accused(reading: Reading, start: int, end: int) -> Blame | None:
    """Who stands after `blamed` or its like."""
    return _after_cue(reading, start, end, "blame")


def _suspected(reading: Reading, start: int, end: int) -> Blame | None:
    """Who stands after `suspected` or its like."""
    return _after_cue(reading, start, end, "suspects")


def _after_cue(reading: Reading, start: int, end: int, name: str) -> Blame | None:
    for begin, cue in reading.cue_spans(start, end, name):
        if _is_denied(reading, start, begin):
            continue
        # `accused the` may hold the first word of `the army`.
        after = next((actor for actor in reading.actors_in(begin, end) if actor.end > cue and _is_suspect(actor)), None)
        if after and reading.distance(cue, after.start) <= _REACH and not reading.breaks_between(cue, after.start):
            return Blame(after, "blamed")
    return None


def _held_responsible(reading: Reading, start: int, end: int) -> Blame | None:
    """Who stands before `is responsible`, `was blamed` or its like."""
    for cue, _ in reading.cue_spans(start, end, "responsible"):
        before = [actor for actor in reading.actors_in(start, cue) if actor.end <= cue]
        is_near = before and reading.distance(before[-1].end, cue) <= _BLAMED_REACH
        if is_near and _is_suspect(before[-1]) and not _is_denied(reading, before[-1].end, cue):
            return Blame(before[-1], "blamed")
    return None
