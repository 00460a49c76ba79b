"""Which of the actors of a sentence stands where a verb or a noun looks for one: as subject, as object, as who tells the news."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.coding.classes import ARMED
from pipeline.coding.reading import Reading, cues_of
from pipeline.coding.triggers import Trigger
from pipeline.resources.actors import ActorMention

_SPEECH_REACH = 2
_FAR_SPEECH = 16
"""Tokens between who tells the news and the verb of saying, where a title or a place stands between them."""
_SOURCE_REACH = 4
_ADVERBS = 3
"""Tokens between a pronoun or `who` and its verb: auxiliaries and adverbs."""
_NEW_SENTENCE = frozenset(";")
_DETERMINERS = 5
"""Articles, numbers and the like that may stand before a noun."""


def is_speaker(reading: Reading, actor: ActorMention, start: int, end: int) -> bool:
    """Whether an actor only tells the news: a verb of saying is its own, or the words name it as a source."""
    tokens = reading.document.tokens
    before, after = reading.document.token_at(actor.start), reading.document.token_at(actor.end)
    first = tokens[max(0, before - _SOURCE_REACH)].start
    if reading.cue_spans(max(start, first), actor.start, "according"):
        return True
    if after < len(tokens) and reading.cue_spans(actor.end, tokens[after].end, "source_noun"):
        return True
    if after < len(tokens) and reading.cue_spans(actor.end, tokens[after].end, "accuses"):
        return True
    first = tokens[max(0, before - _SPEECH_REACH)].start
    near_before = reading.cue_spans(max(start, first), actor.start, "speech")
    closes_clause = near_before and not reading.breaks_between(near_before[-1][1], actor.start, commas=True)
    return bool(_opens_speech(reading, actor, end) or (closes_clause and _ends_clause(reading, actor, end)))


def _opens_speech(reading: Reading, actor: ActorMention, end: int) -> bool:
    """Whether the next verb after an actor is one of saying, as in `the commander of the police, Colonel Rafiq, said`."""
    after = reading.cue_spans(actor.end, end, "speech")
    # `By a column, according to the press` is said by nobody before it.
    if not after or after[0] in reading.cue_spans(actor.end, end, "according") or is_after_by(reading, actor):
        return False
    cue = after[0][0]
    distance = reading.distance(actor.end, cue)
    if any(cues_of(match, "act") for match in reading.matches_in(actor.end, cue)):
        return False
    if distance <= _SPEECH_REACH:
        return not reading.breaks_between(actor.end, cue, commas=True)
    if distance > _FAR_SPEECH or reading.breaks_between(actor.end, cue):
        return False
    words = reading.document.words(actor.end, cue)
    # A comma opens another speaker (`the rebels, officials said`), unless what it opens is closed before the verb.
    return "," not in words or (words[-1] == "," and words.count(",") > 1)


def _ends_clause(reading: Reading, actor: ActorMention, end: int) -> bool:
    """Whether nothing follows an actor in its clause, as in `said the army`."""
    tokens = reading.document.tokens
    after = reading.document.token_at(actor.end)
    return after >= len(tokens) or tokens[after].start >= end or tokens[after].word in {",", ".", ";", "”", '"', "'s"}


def is_oblique(reading: Reading, actor: ActorMention) -> bool:
    """Whether a preposition stands right before an actor: `the withdrawal of the army` is not the army's act.

    After a word that only counts or gathers people (`a column of rebels`) the actor is the one meant.
    """
    tokens, language = reading.document.tokens, reading.language
    index = _before_noun(reading, actor)
    if index < 0:
        return False
    word = tokens[index].word
    if word in language.of and index > 0 and tokens[index - 1].word in language.collectives_of_people:
        return False
    return word in language.obliques


def is_after_by(reading: Reading, actor: ActorMention) -> bool:
    """Whether `by` stands right before an actor."""
    index = _before_noun(reading, actor)
    return index >= 0 and reading.document.tokens[index].word in reading.language.by


def _before_noun(reading: Reading, actor: ActorMention) -> int:
    """Index of the token before an actor's articles, numbers and `alleged`: -1 at the beginning of a text."""
    tokens, language = reading.document.tokens, reading.language
    index = reading.document.token_at(actor.start) - 1
    last = max(-1, index - _DETERMINERS)
    while index > last:
        # `at least five`, `up to ten`: no preposition.
        if index > 0 and (tokens[index - 1].word, tokens[index].word) in language.qualifiers:
            index -= 2
        elif tokens[index].word in language.determiners or tokens[index].word.isdecimal():
            index -= 1
        elif (tokens[index].word,) in language.qualifiers and _is_number(reading, index + 1):
            # `around thirty raiders`
            index -= 1
        else:
            break
    return max(-1, index)


def _is_number(reading: Reading, index: int) -> bool:
    word = reading.document.tokens[index].word if index < len(reading.document.tokens) else ""
    return word.isdecimal() or word in reading.language.numbers or word in reading.language.collectives


def is_object(reading: Reading, actor: ActorMention) -> bool:
    """Whether a verb stands right before an actor: `stormed a police post and killed` is not the police's killing."""
    tokens, language = reading.document.tokens, reading.language
    index = _before_noun(reading, actor)
    if index < 1:
        return False
    token = tokens[index]
    if tokens[index - 1].word in language.to:
        # `who had come to disarm civilians`
        return True
    if any(row.has("verb") for match in reading.matches_in(token.start, token.end) for row in cues_of(match, "act")):
        return True
    has_article = index + 1 < reading.document.token_at(actor.start)
    return has_article and token.word.endswith(language.participle_endings[:1] + language.active_endings)


def _is_relative(reading: Reading, position: int) -> bool:
    """Whether `who` or a pronoun stands right before a verb, with nothing but auxiliaries between."""
    tokens, language = reading.document.tokens, reading.language
    index = reading.document.token_at(position) - 1
    for step in range(_ADVERBS):
        if index - step < 0:
            return False
        word = tokens[index - step].word
        if word in language.pronouns:
            return True
        if word not in language.auxiliaries and not word.endswith("ly"):
            return False
    return False


def subject_before(reading: Reading, actors: Sequence[ActorMention], position: int) -> ActorMention | None:
    """The subject of a verb: rather in its clause, without a preposition and not the object of another verb."""
    before = [actor for actor in actors if actor.end <= position]
    is_next = bool(before) and reading.distance(before[-1].end, position) == 0
    # `the hands of women marching`: a participle belongs to the noun before it.
    if is_next and (_is_participle(reading, position) or not is_oblique(reading, before[-1])):
        return before[-1]
    if _is_relative(reading, position):
        armed = [actor for actor in before if actor.inter in ARMED]
        people = armed or before
        return people[-1] if people else None
    same_clause = [actor for actor in before if not reading.breaks_between(actor.end, position)] or _across_clauses(
        reading, before, position
    )
    subjects = [actor for actor in same_clause if not is_oblique(reading, actor)]
    clear = [actor for actor in subjects if not is_object(reading, actor)]
    chosen = (
        clear
        or ([] if _is_participle(reading, position) else subjects)
        or [actor for actor in same_clause if _is_of(reading, actor)]
    )
    return chosen[-1] if chosen else None


def _is_participle(reading: Reading, position: int) -> bool:
    tokens = reading.document.tokens
    index = reading.document.token_at(position)
    return index < len(tokens) and tokens[index].word.endswith(reading.language.active_endings)


def _is_of(reading: Reading, actor: ActorMention) -> bool:
    index = _before_noun(reading, actor)
    return index >= 0 and reading.document.tokens[index].word in reading.language.of


def _across_clauses(reading: Reading, before: Sequence[ActorMention], position: int) -> Sequence[ActorMention]:
    """Those before a position whose clause goes on there: after `who` or before a participle, but not after `when`."""
    tokens, language = reading.document.tokens, reading.language
    index = reading.document.token_at(position)
    if _is_participle(reading, position):
        return before
    if before and _NEW_SENTENCE & set(reading.document.words(before[-1].end, position)):
        return ()
    opener = next((tokens[each] for each in range(index - 1, -1, -1) if tokens[each].word in language.clause_breaks), None)
    return () if opener and opener.word in language.new_subject else before


def first_after(reading: Reading, actors: Sequence[ActorMention], position: int, reach: int) -> ActorMention | None:
    """The first actor after a position, if it is within reach."""
    for actor in actors:
        if actor.start >= position:
            return actor if reading.distance(position, actor.start) <= reach else None
    return None


def after_word(reading: Reading, trigger: Trigger, words: frozenset[str], reach: int, end: int) -> int | None:
    """Code point after the first of some words that follows the trigger in its clause, or None."""
    tokens = reading.document.tokens
    index = reading.document.token_at(trigger.end)
    breaks = reading.language.clause_breaks
    for token in tokens[index : index + reach]:
        if token.start >= end or (token.word in breaks and token.word not in words):
            return None
        if token.word in words:
            return token.end
    return None
