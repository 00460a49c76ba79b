"""The words for whom or what an act met: `three policemen`, `the telephone exchange`, `a former mayor`."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from pipeline.coding.document import Token
from pipeline.coding.reading import Reading, cues_of
from pipeline.coding.triggers import Trigger

LONGEST = 10
"""Tokens of one noun phrase."""
_MOST = 5
"""Phrases that one incident gives."""
_PREPOSITION_REACH = 6
_HARM = frozenset(
    (
        "attack",
        "killing",
        "shooting",
        "beating",
        "wounding",
        "abduction",
        "explosion",
        "suicide bombing",
        "grenade",
        "shelling",
        "air strike",
        "chemical attack",
        "sexual violence",
        "arrest",
        "looting",
        "mob",
    )
)
_WEAPONS = ("weapon=device", "weapon=shell", "weapon=grenade", "weapon=suicide", "weapon=chemical", "weapons")
_SIGNS = frozenset('.;:,()[]—–"“”')


class Target(NamedTuple):
    """Words that name whom or what an act met."""

    start: int
    end: int


class _Told(Protocol):
    """An incident: the words that tell it, in order."""

    triggers: list[Trigger]


def target_of(reading: Reading, trigger: Trigger) -> Target | None:
    """The noun phrase that an act has as its object, if it is an act that harms."""
    return _Finder(reading, trigger).target() if trigger.row.trigger in _HARM else None


def find_targets(reading: Reading, incident: _Told) -> list[Target]:
    """The noun phrases that the acts of an incident have as their object, in order; none twice."""
    found: list[Target] = []
    for trigger in incident.triggers:
        target = target_of(reading, trigger) if len(found) < _MOST else None
        if target and target not in found:
            found.append(target)
    return found


class _Finder:
    """Looks for the object of one act."""

    def __init__(self, reading: Reading, trigger: Trigger) -> None:
        self.reading, self.trigger = reading, trigger
        document = reading.document
        sentence = reading.sentences[trigger.sentence]
        self.tokens = document.tokens
        self.begin, self.stop = document.token_at(sentence.start), document.token_at(sentence.end)
        self.first, self.after = document.token_at(trigger.start), document.token_at(trigger.end)

    def target(self) -> Target | None:
        """Before the verb if this is passive, after it if not, after `of` or `on` if the act is a noun."""
        if self.trigger.is_passive:
            return self._before(self.first)
        if self.trigger.row.has("noun") or not self.trigger.row.has("verb"):
            return self._after_preposition() or (None if self.trigger.row.has("noun") else self._from(self.after))
        return self._from(self.after) or self._after_preposition()

    def _after_preposition(self) -> Target | None:
        language = self.reading.language
        last = self.tokens[self.after - 1].word if self.after > self.begin else ""
        if last in language.against:
            return self._from(self.after)
        for index in range(self.after, min(self.after + _PREPOSITION_REACH, self.stop)):
            word = self.tokens[index].word
            if word in language.clause_breaks or word in _SIGNS:
                return None
            if word in language.against | language.aims and (target := self._from(index + 1)):
                return target
        return None

    def _from(self, index: int) -> Target | None:
        """The noun phrase that begins at a token, articles aside."""
        language = self.reading.language
        while index < self.stop and self.tokens[index].word in language.before_objects:
            index += 1
        if index < self.stop and self.tokens[index].word in language.with_:
            return None
        end = index
        while end < min(index + LONGEST, self.stop) and not self._ends_phrase(self.tokens[end]):
            end += 1
        return self._made(index, end)

    def _before(self, index: int) -> Target | None:
        """The noun phrase that ends before a verb and its auxiliaries."""
        language = self.reading.language
        words = language.be | language.have_forms | language.pronouns
        end = index
        while end > self.begin and (self.tokens[end - 1].word in words or self.tokens[end - 1].word.endswith("ly")):
            end -= 1
        if end > self.begin and self.tokens[end - 1].word == ",":
            end -= 1
        if end > self.begin and self.tokens[end - 1].word in language.conjunctions:
            # `three were tied and killed`: the first verb has the subject.
            return self._before(end - 2) if self._is_verb(self.tokens[end - 2]) and end - 2 > self.begin else None
        start = end
        while start > max(self.begin, end - LONGEST) and not self._opens_phrase(self.tokens[start - 1]):
            start -= 1
        while start < end and self.tokens[start].word in language.articles | language.conjunctions:
            start += 1
        return self._made(start, end)

    def _ends_phrase(self, token: Token) -> bool:
        stops = self.reading.language.phrase_ends
        return token.word in stops or token.word in _SIGNS or self._is_act(token) or self._is_time(token)

    def _opens_phrase(self, token: Token) -> bool:
        stops = self.reading.language.phrase_openings
        return token.word in stops or token.word in _SIGNS or (self._is_verb(token) and self._is_act(token))

    def _is_verb(self, token: Token) -> bool:
        return token.word.endswith(self.reading.language.participle_endings + self.reading.language.active_endings)

    def _is_act(self, token: Token) -> bool:
        matches = self.reading.matches_in(token.start, token.end)
        return any(row.has("verb") for match in matches for row in cues_of(match, "act"))

    def _is_time(self, token: Token) -> bool:
        return bool(self.reading.times_in(token.start, token.end))

    def _made(self, start: int, end: int) -> Target | None:
        if start >= end or self.tokens[start].word in self.reading.language.nobody:
            return None
        first, last = self.tokens[start].start, self.tokens[end - 1].end
        # `in Basra` says where, not what was hit.
        if any(place.start == first and place.end == last for place in self.reading.places_in(first, last)):
            return None
        # What was thrown was not what was hit.
        if self.reading.cue_spans(first, last, *_WEAPONS):
            return None
        language = self.reading.language
        empty = language.determiners | language.small_words | language.under
        told = (each for each in self.tokens[start:end] if each.word.isalpha() and each.word not in empty)
        return Target(first, last) if any(not self._is_act(each) for each in told) else None
