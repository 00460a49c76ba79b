"""Who is said to have done it, where the act itself names nobody: `blamed on`, `claimed responsibility`, `held responsible`."""

from __future__ import annotations

from typing import Literal, NamedTuple

from pipeline.coding.classes import ARMED, NONSTATE
from pipeline.coding.incidents import Incident
from pipeline.coding.reading import Reading, cues_of
from pipeline.coding.sentences import Sentence
from pipeline.resources.actors import ActorMention
from pipeline.resources.countries import CountryFacts

_REACH = 9
"""Tokens between the word of blame and the name."""
_CLAIM_REACH = 14
_BLAMED_REACH = 6
_DENIAL_REACH = 5
_OWN_REACH = 5
"""Tokens between a group, its verb of saying and the word for itself."""
_COUNTRY_WORDS = 3
_IDENTITY_REACH = 7
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


def find_blamed(reading: Reading, countries: CountryFacts, incident: Incident, following: int) -> Blame | None:
    """The first armed actor who claims an incident or is blamed for it.

    Args:
        reading: The text.
        countries: Names of countries, whose forces are meant where one is blamed.
        incident: The incident.
        following: Sentence at which the next incident begins, or the number of sentences.
    """
    told = sorted({trigger.sentence for trigger in incident.triggers})
    last = min(following, told[-1] + _SENTENCES + 1, len(reading.sentences))
    for number in sorted({*told, *range(told[0], max(last, told[0] + 1))}):
        sentence = reading.sentences[number]
        # In `gunmen suspected to belong to the group took a man` the suspicion is of that act alone.
        found = _told_in(reading, countries, sentence) or (
            _suspected(reading, sentence.start, sentence.end) if number in told else None
        )
        if found:
            return found
    return None


def _told_in(reading: Reading, countries: CountryFacts, sentence: Sentence) -> Blame | None:
    """Who claims it, is blamed or is said to be the attackers in one sentence."""
    span = sentence.start, sentence.end
    return (
        _claiming(reading, *span)
        or _telling_of_itself(reading, *span)
        or _accused(reading, countries, *span)
        or _sending(reading, *span)
        or _held_responsible(reading, *span)
        or _held(reading, *span)
        or _identified(reading, *span)
    )


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


def _telling_of_itself(reading: Reading, start: int, end: int) -> Blame | None:
    """The group that says what it did: `the Front said it had laid the mine`, `the group said one of its men`."""
    language = reading.language
    for cue, cue_end in reading.cue_spans(start, end, "speech"):
        before = [actor for actor in reading.actors_in(start, cue) if actor.end <= cue]
        index = reading.document.token_at(cue_end)
        following = {token.word for token in reading.document.tokens[index : index + _OWN_REACH]}
        is_own = bool(following & language.selves)
        told = (row for match in reading.matches_in(cue_end, end) for row in cues_of(match, "act"))
        if not is_own or _is_denied(reading, start, cue) or not (any(told) or reading.cue_spans(cue_end, end, "does")):
            continue
        if not before and (group := _group_before(reading, start, cue_end)):
            return Blame(group, "claimed")
        speaker = before[-1] if before and reading.distance(before[-1].end, cue) <= _OWN_REACH else None
        if speaker and speaker.kind == "registry" and speaker.inter in NONSTATE:
            return Blame(speaker, "claimed")
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


def _accused(reading: Reading, countries: CountryFacts, start: int, end: int) -> Blame | None:
    """Who stands after `blamed` or its like: an actor, or a country, whose forces are meant."""
    return _after_cue(reading, start, end, "blame") or _blamed_country(reading, countries, start, end)


def _blamed_country(reading: Reading, countries: CountryFacts, start: int, end: int) -> Blame | None:
    """The country right after `blamed`: `accused Eritrea of the raid`, `blamed the Eritrean side`."""
    tokens, language = reading.document.tokens, reading.language
    for begin, cue in reading.cue_spans(start, end, "blame"):
        index = reading.document.token_at(cue)
        while index < len(tokens) and tokens[index].word in language.articles | language.of | language.to:
            index += 1
        if index == len(tokens) or tokens[index].start >= end or _is_denied(reading, start, begin):
            continue
        for words in range(_COUNTRY_WORDS, 0, -1):
            last = tokens[min(index + words, len(tokens)) - 1]
            phrase = reading.document.text[tokens[index].start : last.end]
            if phrase[0].isupper() and (country := countries.name_of(phrase)):
                actor = ActorMention(tokens[index].start, last.end, f"{phrase} forces", (f"country:{country}",), "generic", 1)
                return Blame(actor, "blamed")
    return None


def _identified(reading: Reading, start: int, end: int) -> Blame | None:
    """The group that attackers are said to be of: `the attackers from the Front`, `the gunmen were members of the Front`."""
    for actor in reading.actors_in(start, end):
        if actor.kind == "registry" and actor.inter in NONSTATE and _is_what_attackers_are(reading, actor, start):
            return Blame(actor, "blamed")
    return None


def _sending(reading: Reading, start: int, end: int) -> Blame | None:
    """Who laid or threw what went off: `a mine laid by the Front`, `a grenade thrown by militiamen`."""
    language, tokens = reading.language, reading.document.tokens
    for actor in reading.actors_in(start, end):
        index = reading.document.token_at(actor.start) - 1
        while index > 0 and tokens[index].word in language.articles | language.hedges:
            index -= 1
        is_sent = index > 1 and tokens[index].word in language.by
        if is_sent and _is_suspect(actor) and language.roles.sent & {tokens[index - 1].word, tokens[index - 2].word}:
            return Blame(actor, "blamed")
    return None


def _is_what_attackers_are(reading: Reading, actor: ActorMention, start: int) -> bool:
    """Whether a group's name is said of those who did it: as part of their name, or after `were`, `belonged to` and the like."""
    document, language = reading.document, reading.language
    definite = language.definite | language.roles.owners
    first = document.token_at(actor.start)
    if document.tokens[first].word in language.roles.attackers:
        return first > 0 and document.tokens[first - 1].word in definite
    before = reading.actors_in(start, actor.start)
    if not before or _UNKNOWN.isdisjoint(before[-1].actor_ids) or reading.distance(before[-1].end, actor.start) > _IDENTITY_REACH:
        return False
    opener = document.token_at(before[-1].start)
    words = document.words(before[-1].end, actor.start)
    is_told = document.tokens[opener].word in language.roles.attackers and opener > 0
    return is_told and document.tokens[opener - 1].word in definite and bool(words) and words[0] in language.roles.being


def _suspected(reading: Reading, start: int, end: int) -> Blame | None:
    """Who stands after `suspected` or its like."""
    return _after_cue(reading, start, end, "suspects")


def _held(reading: Reading, start: int, end: int) -> Blame | None:
    """Who stands between `hold` and `responsible`."""
    for actor in reading.actors_in(start, end):
        index = reading.document.token_at(actor.start) - 1
        while index > 0 and reading.document.tokens[index].word in reading.language.articles:
            index -= 1
        is_held = index >= 0 and reading.document.tokens[index].word in reading.language.roles.holding
        after = reading.cue_spans(actor.end, end, "responsible")
        if is_held and after and _is_suspect(actor) and reading.distance(actor.end, after[0][0]) <= _BLAMED_REACH:
            return Blame(actor, "blamed")
    return None


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
