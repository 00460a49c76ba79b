"""Countries that act: a nationality before a weapon, a country as the subject of an act, two that agree."""

from __future__ import annotations

from pipeline.coding.reading import Reading
from pipeline.coding.triggers import Trigger
from pipeline.resources.actors import ActorMention
from pipeline.resources.countries import CountryFacts

_OF_STATES = frozenset(
    ("explosion", "grenade", "shelling", "air strike", "chemical attack", "attack", "shooting", "clash", "killing")
)
_OPENING_SIGNS = frozenset(';:—–“"')
_COUNTRY_WORDS = 3
_SHORT = 3
"""Letters of a name that may be a common word."""
_MODIFIERS = 2
"""Tokens between a nationality and its weapon."""
_STATE = 1


def nation_at(reading: Reading, countries: CountryFacts, position: int) -> ActorMention | None:
    """The forces of the nationality that stands at a position before a word for what they used: `Israeli gunfire`."""
    tokens = reading.document.tokens
    index = reading.document.token_at(position)
    if index + 1 >= len(tokens) or not (country := countries.name_of(tokens[index].word)) or not tokens[index + 1].word.isalpha():
        return None
    start, end = tokens[index].start, tokens[index + 1].end
    return ActorMention(start, end, reading.document.text[start:end], (f"country:{country}",), "generic", _STATE)


def nation_before(
    reading: Reading, countries: CountryFacts, position: int, start: int, *, is_hit: bool = False
) -> ActorMention | None:
    """The forces of the nationality before a weapon, two words between at most: `Israeli artillery`, `a Russian Kh-22`."""
    tokens, language = reading.document.tokens, reading.language
    index = reading.document.token_at(position)
    for last in range(index, max(0, index - _MODIFIERS) - 1, -1):
        for first in range(last - 1, max(-1, last - 1 - _COUNTRY_WORDS), -1):
            if first < 0 or tokens[first].start < start:
                break
            span = tokens[first].start, tokens[last - 1].end
            country = _country(reading, countries, *span)
            # `The South Lebanon Army` is not Lebanon's.
            if country is None or any(
                actor.end > span[0] for actor in reading.actors_in(start, span[1]) if actor.kind == "registry"
            ):
                continue
            before = tokens[first - 1].word if first else ""
            before = tokens[first - 2].word if before in language.articles and first > 1 else before
            return None if not is_hit and before in language.against | language.aims else _state(reading, country, *span)
        if last < 1 or not tokens[last - 1].word[:1].isalnum() or tokens[last - 1].word in language.small_words:
            return None
    return None


def acting_nation(reading: Reading, countries: CountryFacts, trigger: Trigger) -> ActorMention | None:
    """The country that is the subject of an act: `Rwanda shelled`, `Iran made an air strike`, `Israel said it had bombed`."""
    if trigger.is_passive or trigger.row.trigger not in _OF_STATES:
        return None
    language, tokens = reading.language, reading.document.tokens
    sentence = reading.sentences[trigger.sentence]
    does = reading.cue_spans(sentence.start, trigger.start, "does")
    if not trigger.row.has("verb") and not does:
        return None
    position = trigger.start if trigger.row.has("verb") else does[-1][0]
    allowed = language.auxiliaries | language.said | language.selves | language.roles.declaratives | language.weekdays.keys()
    index = reading.document.token_at(position)
    first = reading.document.token_at(sentence.start)
    while index > first and (
        tokens[index - 1].word in allowed or tokens[index - 1].word.endswith("ly") or tokens[index - 1].word == "on"
    ):
        index -= 1
    for begin in range(index - 1, max(first - 1, index - 1 - _COUNTRY_WORDS), -1):
        country = _country(reading, countries, tokens[begin].start, tokens[index - 1].end)
        if country is None:
            continue
        is_subject = _opens_clause(reading, begin, first)
        return _state(reading, country, tokens[begin].start, tokens[index - 1].end) if is_subject else None
    return None


def _opens_clause(reading: Reading, index: int, first: int) -> bool:
    """Whether a clause begins at a token, its article aside; a comma behind a place opens none: `in Baidoa, Somalia`."""
    tokens, language = reading.document.tokens, reading.language
    before = index - 1
    if before >= first and tokens[before].word in language.articles:
        before -= 1
    if before < first:
        return True
    word = tokens[before].word
    if word == ",":
        return not any(place.end == tokens[before].start for place in reading.places_in(tokens[first].start, tokens[before].start))
    return word in _OPENING_SIGNS or word in language.clause_breaks | language.conjunctions | language.roles.declaratives


def _country(reading: Reading, countries: CountryFacts, start: int, end: int) -> str | None:
    """The country that words with a capital stand for: a `car` is no country, `CAR` is."""
    words = reading.document.text[start:end]
    is_name = words[0].isupper() and (len(words) > _SHORT or (words.isupper() and not reading.document.is_in_capitals))
    return countries.name_of(words) if is_name else None


def _state(reading: Reading, country: str, start: int, end: int) -> ActorMention:
    phrase = f"{reading.document.text[start:end]} forces"
    return ActorMention(start, end, phrase, (f"country:{country}",), "generic", _STATE)


def agreeing_nations(reading: Reading, countries: CountryFacts, trigger: Trigger) -> list[ActorMention]:
    """Two countries that stand joined right before an act: `Armenia and Azerbaijan agreed`."""
    tokens, language = reading.document.tokens, reading.language
    sentence = reading.sentences[trigger.sentence]
    first, last = reading.document.token_at(sentence.start), reading.document.token_at(trigger.start)
    joints = [index for index in range(first, last) if tokens[index].word in language.conjunctions]
    for joint in reversed(joints):
        if joint == first or joint + 1 >= last:
            continue
        one = nation_before(reading, countries, tokens[joint].start, sentence.start)
        ends = [tokens[index].start for index in range(joint + 2, min(joint + 2 + _COUNTRY_WORDS, last + 1))]
        others = (nation_before(reading, countries, end, tokens[joint].end) for end in ends)
        other = next((each for each in others if each), None)
        if one and other and one.actor_ids != other.actor_ids:
            return [one, other]
    return []
