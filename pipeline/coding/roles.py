"""Who did it to whom: from the voice of the verb, the prepositions of the noun and who stands nearest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.coding.reading import ARMED, Reading
from pipeline.coding.triggers import Trigger
from pipeline.resources.actors import ActorMention

_AGENT_REACH = 14
"""Tokens after a passive verb or a noun within which `by` may name who acts."""
_SPEECH_REACH = 2
_PATIENT_REACH = 14
_OBJECT_REACH = 3
_SIGHT = 50
"""Tokens around an act within which those who take part stand."""
_ALLY_REACH = 6
_OWNER_REACH = 2
_BETWEEN_REACH = 9


@dataclass(frozen=True, slots=True)
class Roles:
    """Who takes part in one act, as one trigger tells it.

    Attributes:
        agent: Who acts.
        patient: Whom it meets.
        is_mutual: True where both do the same, as in `clashes between A and B`: nobody is said to have begun.
        is_passive: Whether the text tells it of whom it meets.
    """

    agent: ActorMention | None = None
    patient: ActorMention | None = None
    is_mutual: bool = False
    is_passive: bool = False


def is_speaker(reading: Reading, actor: ActorMention, start: int, end: int) -> bool:
    """Whether an actor only tells the news: a verb of saying stands beside it with nothing between."""
    tokens = reading.document.tokens
    before, after = reading.document.token_at(actor.start), reading.document.token_at(actor.end)
    first = tokens[max(0, before - _SPEECH_REACH)].start
    last = tokens[min(after + _SPEECH_REACH, len(tokens) - 1)].start
    near_before = reading.cue_spans(max(start, first), actor.start, "speech")
    near_after = reading.cue_spans(actor.end, min(end, last), "speech")
    opens_clause = near_after and not reading.breaks_between(actor.end, near_after[0][0], commas=True)
    closes_clause = near_before and not reading.breaks_between(near_before[-1][1], actor.start, commas=True)
    return bool(opens_clause or (closes_clause and _ends_clause(reading, actor, end)))


def _ends_clause(reading: Reading, actor: ActorMention, end: int) -> bool:
    """Whether nothing follows an actor in its clause, as in `said the army`."""
    tokens = reading.document.tokens
    after = reading.document.token_at(actor.end)
    return after >= len(tokens) or tokens[after].start >= end or tokens[after].word in {",", ".", ";", "”", '"', "'s"}


def _after_word(reading: Reading, trigger: Trigger, words: frozenset[str], reach: int, end: int) -> int | None:
    """Code point after the first of some words that follows the trigger in its clause, or None."""
    tokens = reading.document.tokens
    index = reading.document.token_at(trigger.end)
    for position in range(index, min(index + reach, len(tokens))):
        token = tokens[position]
        if token.start >= end or token.word in reading.language.clause_breaks - words:
            return None
        if token.word in words:
            return token.end
    return None


def _first_after(reading: Reading, actors: Sequence[ActorMention], position: int, reach: int) -> ActorMention | None:
    for actor in actors:
        if actor.start >= position:
            return actor if reading.distance(position, actor.start) <= reach else None
    return None


def _is_object_of_preposition(reading: Reading, actor: ActorMention) -> bool:
    """Whether a preposition stands right before an actor: `the withdrawal of the army` is not the army's act."""
    tokens, language = reading.document.tokens, reading.language
    index = reading.document.token_at(actor.start) - 1
    while index >= 0 and tokens[index].word in language.articles:
        index -= 1
    return index >= 0 and tokens[index].word in language.of | language.by | language.at | language.with_ - language.conjunctions


def _last_before(reading: Reading, actors: Sequence[ActorMention], position: int) -> ActorMention | None:
    """The nearest subject before a position: rather in the same clause, rather without a preposition."""
    before = [actor for actor in actors if actor.end <= position]
    if before and reading.distance(before[-1].end, position) == 0:
        return before[-1]
    same_clause = [actor for actor in before if not reading.breaks_between(actor.end, position)] or _across_clauses(
        reading, before, position
    )
    subjects = [actor for actor in same_clause if not _is_object_of_preposition(reading, actor)] or same_clause
    return subjects[-1] if subjects else None


def _across_clauses(reading: Reading, before: Sequence[ActorMention], position: int) -> Sequence[ActorMention]:
    """Those before a position whose clause goes on there: after `who` or before a participle, but not after `when`."""
    tokens, language = reading.document.tokens, reading.language
    index = reading.document.token_at(position)
    if index < len(tokens) and tokens[index].word.endswith(language.active_endings):
        return before
    opener = next((tokens[each] for each in range(index - 1, -1, -1) if tokens[each].word in language.clause_breaks), None)
    return () if opener and opener.word in language.new_subject else before


_DEVICES = frozenset(("explosion", "shelling", "air strike", "suicide bombing", "grenade", "chemical attack"))
_WEAPONS = ("weapon=device", "weapon=shell", "weapon=air", "weapon=drone", "weapon=grenade", "weapon=chemical")


def _shooter(reading: Reading, trigger: Trigger, actor: ActorMention | None) -> ActorMention | None:
    """Who acts through a weapon: nobody who merely stands before one, as in `on a base where a bomb exploded`."""
    if actor is None or trigger.row.trigger not in _DEVICES:
        return actor
    weapons = reading.cue_spans(actor.start, trigger.start, *_WEAPONS)
    if not weapons:
        return actor if actor.inter in ARMED else None
    first = weapons[0][0]
    is_owner = first <= actor.end or reading.distance(actor.end, first) <= _OWNER_REACH
    return actor if is_owner or (_is_object_of_preposition(reading, actor) and weapons[-1][0] < actor.start) else None


def allies_of(reading: Reading, actor: ActorMention) -> list[ActorMention]:
    """Others of armed classes that `and` joins to an armed actor in one sentence: `the army and the militia`."""
    if actor.inter not in ARMED:
        return []
    sentence = reading.sentences[reading.document.sentence_at(actor.start)]
    row = [each for each in reading.actors_in(sentence.start, sentence.end) if each.inter in ARMED]
    if actor not in row:
        return []
    place = row.index(actor)
    found: list[ActorMention] = []
    for step in (-1, 1):
        position = place
        while 0 <= position + step < len(row):
            # `the Shia militia Hashd al-Shaabi` is one actor: its description joins what stands before it to the name.
            is_apposed = _are_apposed(reading, row[position], row[position + step])
            if not is_apposed and not _are_joined(reading, row[position], row[position + step]):
                break
            position += step
            if not is_apposed or row[position].kind == "registry":
                found.append(row[position])
    return [each for each in found if each.actor_ids != actor.actor_ids]


def _are_apposed(reading: Reading, one: ActorMention, other: ActorMention) -> bool:
    first, second = sorted((one, other), key=lambda each: each.start)
    return first.kind != second.kind and not reading.document.words(first.end, second.start)


def _are_joined(reading: Reading, one: ActorMention, other: ActorMention) -> bool:
    first, second = sorted((one, other), key=lambda each: each.start)
    words = reading.document.words(first.end, second.start)
    is_list = any(word in reading.language.conjunctions or word == "," for word in words)
    return is_list and len(words) <= _ALLY_REACH and not reading.matches_in(first.end, second.start)


def _leader(reading: Reading, actor: ActorMention | None) -> ActorMention | None:
    """The first of those who act together."""
    return min((actor, *allies_of(reading, actor)), key=lambda each: each.start) if actor else None


def _two_sides(reading: Reading, actors: Sequence[ActorMention], trigger: Trigger) -> tuple[ActorMention, ActorMention] | None:
    """Two who stand joined before a verb without an object: `rebels and soldiers clashed`."""
    last = _last_before(reading, actors, trigger.start)
    if last is None or last.inter not in ARMED:
        return None
    after = _first_after(reading, actors, trigger.end, _PATIENT_REACH)
    if after is not None and after.inter in ARMED and not reading.breaks_between(trigger.end, after.start):
        return None
    joined = [each for each in allies_of(reading, last) if each.end <= last.start]
    return (joined[0], last) if joined else None


def read_roles(reading: Reading, trigger: Trigger) -> Roles:
    """The parts of one act, by the sentence of its trigger."""
    sentence = reading.sentences[trigger.sentence]
    actors = [
        actor
        for actor in reading.actors_in(*reading.window(trigger.start, trigger.end, _SIGHT, sentence))
        if not (actor.start < trigger.end and trigger.start < actor.end)
        and not is_speaker(reading, actor, sentence.start, sentence.end)
    ]
    if not actors:
        return Roles()
    language = reading.language
    between = _after_word(reading, trigger, language.between, _BETWEEN_REACH, sentence.end)
    if between is not None:
        sides = [actor for actor in actors if actor.start >= between]
        return Roles(sides[0] if sides else None, sides[1] if len(sides) > 1 else None, is_mutual=True)
    by = _after_word(reading, trigger, language.by, _AGENT_REACH, sentence.end)
    agent_after_by = _first_after(reading, actors, by, 4) if by is not None else None
    if trigger.is_passive:
        return Roles(agent_after_by, _last_before(reading, actors, trigger.start), is_passive=True)
    if not trigger.row.has("verb"):
        target = _after_word(reading, trigger, language.against, 6, sentence.end)
        reach = _AGENT_REACH
        if target is None and not trigger.row.has("noun"):
            # `to attack villagers`: the form may be a verb.
            target, reach = trigger.end, _OBJECT_REACH
        patient = _first_after(reading, actors, target, reach) if target is not None else None
        agent = agent_after_by or _shooter(reading, trigger, _last_before(reading, actors, trigger.start))
        return Roles(agent, None if patient is agent else patient)
    if trigger.row.trigger == "clash" and (pair := _two_sides(reading, actors, trigger)):
        return Roles(*pair, is_mutual=True)
    agent = _leader(reading, _shooter(reading, trigger, _last_before(reading, actors, trigger.start)))
    return Roles(agent, _first_after(reading, actors, trigger.end, _PATIENT_REACH))
