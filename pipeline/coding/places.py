"""Where an act took place: the place name that belongs to its trigger, and how it lies to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.coding.document import Token
from pipeline.coding.reading import Reading
from pipeline.coding.sentences import Sentence
from pipeline.coding.triggers import Trigger
from pipeline.resources.gazetteer import Gazetteer, Place, PlaceMention

_MOVES = frozenset(("territory", "withdrawal", "displacement", "movement of forces"))
_NEAR = 12
_NEARNESS = 4
"""Penalty in tokens for a place that something only lies near."""
_NEIGHBOURS = 5
_FAR = 40
"""Penalty in tokens above which a place no longer belongs to a trigger."""
_NAME = re.compile(r"(?:[A-Z][\w’'-]+)(?:[ -](?:(?:al|de|la|el|del|el)[ -])?[A-Z][\w’'-]+){0,3}")


@dataclass(frozen=True, slots=True)
class Scene:
    """Where an act took place.

    Attributes:
        start: First code point of the words.
        end: Code point after them.
        phrase: The words.
        relation: `in`, or `near` for what lies about the place.
        place_ids: What the words may stand for in the gazetteer; none for a name that it lacks.
    """

    start: int
    end: int
    phrase: str
    relation: str
    place_ids: tuple[str, ...]


def places_of(gazetteer: Gazetteer, place_ids: tuple[str, ...]) -> list[Place]:
    """Entries of the gazetteer for some ids."""
    return [place for place_id in place_ids if (place := gazetteer.get(place_id))]


def is_country(gazetteer: Gazetteer, place_ids: tuple[str, ...]) -> bool:
    """Whether words can only mean a country."""
    places = places_of(gazetteer, place_ids)
    return bool(places) and all(place.kind == "country" for place in places)


def _relation(reading: Reading, start: int, sentence: Sentence) -> str:
    tokens = reading.document.tokens
    index = reading.document.token_at(start)
    before = [token.word for token in tokens[max(0, index - 3) : index] if token.start >= sentence.start]
    for word in reversed(before):
        if word in reading.language.near:
            return "near"
        if word in reading.language.strictly_in:
            return "in"
    return "in"


def _has_preposition(reading: Reading, start: int) -> bool:
    tokens = reading.document.tokens
    index = reading.document.token_at(start)
    for step in (1, 2, 3):
        word = tokens[index - step].word if index >= step else ""
        if word in reading.language.at or word in reading.language.near:
            return True
        if word not in reading.language.articles and step > 1:
            return False
    return False


def _cost(reading: Reading, place: PlaceMention | Scene, start: int, end: int) -> int:
    """How far a place lies from a trigger, in tokens and penalties."""
    if place.start >= end:
        cost = reading.distance(end, place.start) + 6 * reading.breaks_between(end, place.start)
    else:
        # A possessive or an opening `In Kirkuk,` before the verb belongs to it as well.
        cost = 3 + reading.distance(place.end, start) + 6 * reading.breaks_between(place.end, start)
    return cost + (0 if _has_preposition(reading, place.start) else 4)


def _belongs_to_another(place: PlaceMention, trigger: Trigger, first_act: Trigger | None) -> bool:
    """Whether a place stands between an act and the trigger: in `withdrew from Kirkuk and attacked` it is not the attack's."""
    return first_act is not None and first_act.end <= place.start and place.end <= trigger.start


def _is_direction(reading: Reading, place: PlaceMention, trigger: Trigger) -> bool:
    """Whether somebody only comes from the place or goes to it; who takes or leaves a place is there."""
    if trigger.row.trigger in _MOVES and place.start >= trigger.end:
        return False
    tokens = reading.document.tokens
    index = reading.document.token_at(place.start) - 1
    while index > 0 and tokens[index].word in reading.language.articles:
        index -= 1
    return index >= 0 and tokens[index].word in reading.language.direction


def find_scene(reading: Reading, gazetteer: Gazetteer, trigger: Trigger, first_act: Trigger | None) -> Scene | None:
    """The place that belongs to a trigger in its sentence: finer than a country, no mere speaker, no other act's place.

    Args:
        reading: The text.
        gazetteer: Places.
        trigger: The act.
        first_act: The first act of the same sentence.
    """
    sentence = reading.sentences[trigger.sentence]
    candidates = [
        place
        for place in _nearest(reading.places_in(*reading.window(trigger.start, trigger.end, _FAR, sentence)), trigger)
        if not is_country(gazetteer, place.place_ids)
        and not _is_speaker(reading, place, sentence)
        and not (place.start < trigger.end and trigger.start < place.end)
        and not _belongs_to_another(place, trigger, first_act)
        and not _is_direction(reading, place, trigger)
    ]
    ranked = sorted(
        (
            _cost(reading, place, trigger.start, trigger.end)
            + _coarseness(gazetteer, place)
            + _NEARNESS * (_relation(reading, place.start, sentence) == "near"),
            place.start,
            place,
        )
        for place in candidates
    )
    if ranked and ranked[0][0] <= _FAR:
        place = ranked[0][2]
        return Scene(place.start, place.end, place.phrase, _relation(reading, place.start, sentence), place.place_ids)
    return _unknown_name(reading, trigger.start, trigger.end, sentence)


def _nearest(places: Sequence[PlaceMention], trigger: Trigger) -> Sequence[PlaceMention]:
    """The places next to a trigger on both sides: a list of many is no scene."""
    following = sum(place.start < trigger.start for place in places)
    return places[max(0, following - _NEIGHBOURS) : following + _NEIGHBOURS]


def _coarseness(gazetteer: Gazetteer, place: PlaceMention) -> int:
    """Penalty for a name that can only mean a large unit, where a town may stand beside it."""
    return 0 if any(each.kind == "town" for each in places_of(gazetteer, place.place_ids)) else 5


def _is_speaker(reading: Reading, place: PlaceMention, sentence: Sentence) -> bool:
    """Whether a capital stands for its government, as in `Ankara said`."""
    tokens = reading.document.tokens
    after = reading.document.token_at(place.end)
    last = tokens[min(after + 1, len(tokens) - 1)].start
    return not _has_preposition(reading, place.start) and bool(reading.cue_spans(place.end, min(last, sentence.end), "speech"))


def _unknown_name(reading: Reading, start: int, end: int, sentence: Sentence) -> Scene | None:
    """A capitalised name after `in` or `near` that the gazetteer lacks: the words are kept for whoever can place them."""
    text, language = reading.document.text, reading.language
    if text[sentence.start : sentence.end].isupper():
        return None
    window = reading.window(start, end, _NEAR, sentence)
    known = (reading.actors_in(*window), reading.times_in(*window), reading.places_in(*window))
    taken = [(mention.start, mention.end) for mentions in known for mention in mentions]
    scenes = []
    for first in _after_prepositions(reading, reading.document.token_range(*window), sentence.end):
        name = _NAME.match(text, first.start, sentence.end)
        if not name or first.word in language.months or first.word in language.weekdays:
            continue
        if not any(name.start() < last and begin < name.end() for begin, last in taken):
            scenes.append(Scene(name.start(), name.end(), name.group(), _relation(reading, name.start(), sentence), ()))
    ranked = sorted((_cost(reading, scene, start, end), scene.start, scene) for scene in scenes)
    return ranked[0][2] if ranked and ranked[0][0] <= _NEAR else None


def _after_prepositions(reading: Reading, indices: range, end: int) -> Iterator[Token]:
    """Tokens that stand right after `in`, `near` or `south of`."""
    tokens, language = reading.document.tokens, reading.language
    for index in indices:
        word = tokens[index].word
        if word in language.strictly_in or word in language.near:
            follower = index + 1 + (index + 1 < len(tokens) and tokens[index + 1].word in language.of)
            if follower < len(tokens) and tokens[follower].start < end:
                yield tokens[follower]


def are_compatible(gazetteer: Gazetteer, one: Scene, other: Scene) -> bool:
    """Whether two scenes may be one: the same words or place, or the one lies within the other."""
    if one.phrase.casefold() == other.phrase.casefold():
        return True
    mine, theirs = _meant(gazetteer, one), _meant(gazetteer, other)
    return any(large == small or _contains(large, small) or _contains(small, large) for large in mine for small in theirs)


def _meant(gazetteer: Gazetteer, scene: Scene) -> list[Place]:
    """What the words of a scene may mean: the towns of that name if there are any, with `near` the units around them too."""
    places = places_of(gazetteer, scene.place_ids)
    towns = [place for place in places if place.kind == "town"]
    return towns if towns and scene.relation == "in" else places


def _contains(large: Place, small: Place) -> bool:
    if large.country != small.country:
        return False
    if large.kind == "admin1":
        return large.admin1 == small.admin1
    if large.kind == "admin2":
        return (large.admin1, large.admin2) == (small.admin1, small.admin2)
    return small.parent_place_id == large.place_id
