"""Where an act took place: the place name that belongs to its trigger, and how it lies to it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from pipeline.coding.place_doubts import MOVES, PlaceDoubts, is_settlement, places_of
from pipeline.coding.place_names import UnknownName, UnknownNames
from pipeline.coding.position import (
    has_preposition,
    is_place_of_care,
    is_place_of_speech,
    is_within_name,
    preposition_before,
    relation_of,
    tells_of_somebody,
)
from pipeline.coding.reading import Reading
from pipeline.coding.sentences import Sentence
from pipeline.coding.triggers import Trigger
from pipeline.resources.countries import CountryFacts
from pipeline.resources.gazetteer import Gazetteer, Place, PlaceMention

Basis = Literal["told", "heading", "beside", "text", "dateline"]

_DEPLOYMENT = frozenset(("movement of forces",))
_FLIGHT = frozenset(("displacement",))
_AIMED = frozenset(("shelling", "air strike", "explosion", "grenade", "attack", "clash", "shooting"))
_TAKEN_FROM = frozenset(("abduction", "arrest", "killing"))
_NEARNESS = 4
"""Penalty in tokens for a place that something only lies near."""
_COARSE = 5
"""Penalty for a name that can only mean a large unit, where a town may stand beside it."""
_UNSURE = 6
"""Penalty for a name without a preposition, and for one that only a capital makes a name."""
_COMPANY = 20
"""Penalty for a name that only begins that of something: `a Mombasa Royale bus`."""
_ELSEWHERE = 14
"""Penalty for a place that tells of somebody: where he comes from, was brought to or spoke."""
_RIGHT_BESIDE = 2
_NEIGHBOURS = 5
_FAR = 40
"""Penalty in tokens above which a place no longer belongs to a trigger."""
_FAR_UNKNOWN = 26
_CHAIN = 5
"""Tokens between a place and the larger one around it."""
_LINKS = 3
_UNIT_WITHIN = 6
_NOUN = 2
"""Code points after a name within which its noun begins."""
_POSSESSIVE = frozenset(("'s", "’s"))


@dataclass(frozen=True, slots=True)
class Scene:
    """Where an act took place.

    Attributes:
        start: First code point of the words.
        end: Code point after them.
        phrase: The words, or city and part of it as `Mosul - Old City`.
        relation: `in`, or `near` for what lies about the place.
        place_ids: What the words may stand for in the gazetteer; none for a name that it lacks.
        basis: `told` with the act or by the `heading` of a list's item, or taken from a sentence `beside` it, from the whole
            `text` or from the `dateline`.
    """

    start: int
    end: int
    phrase: str
    relation: str
    place_ids: tuple[str, ...]
    basis: Basis = "told"


@dataclass(frozen=True)
class SceneFinder:
    """Finds the scenes of the acts of one text.

    Attributes:
        reading: The text.
        gazetteer: Places.
        names: Names that the gazetteer lacks.
        facts: Names of peoples, which are no places.
    """

    reading: Reading
    gazetteer: Gazetteer
    names: UnknownNames
    facts: CountryFacts

    @classmethod
    def of(cls, reading: Reading, gazetteer: Gazetteer, facts: CountryFacts) -> SceneFinder:
        """A finder for a text."""
        return cls(reading, gazetteer, UnknownNames(reading, gazetteer), facts)

    def find(self, trigger: Trigger, first_act: Trigger | None) -> Scene | None:
        """The place that belongs to a trigger in its sentence: the nearest that is finer than a country, in its finest form.

        Args:
            trigger: The act.
            first_act: The first act of the same sentence.
        """
        sentence = self.reading.sentences[trigger.sentence]
        window = self.reading.window(trigger.start, trigger.end, _FAR, sentence)
        ranked = sorted(
            (self._cost(scene, trigger, sentence), scene.start, scene.end, scene)
            for scene in _nearest(self.scenes_in(*window, sentence), trigger)
            if not (scene.start < trigger.end and trigger.start < scene.end)
            and not _belongs_to_another(scene, trigger, first_act)
            and not self._is_direction(scene, trigger)
            and not self._is_later(scene, trigger, sentence)
        )
        best = next((scene for cost, *_, scene in ranked if cost <= (_FAR if scene.place_ids else _FAR_UNKNOWN)), None)
        return self.finest(best, sentence) if best else None

    def scenes_in(self, start: int, end: int, sentence: Sentence) -> list[Scene]:
        """Places that a span of a sentence names, the unknown ones among them; countries, governments and roads are none."""
        scenes = self._scenes.get(sentence)
        if scenes is None:
            scenes = self._scenes[sentence] = self._scenes_of(sentence)
        first = bisect_left(scenes, start, key=lambda scene: scene.start)
        return scenes[first : bisect_left(scenes, end, first, key=lambda scene: scene.start)]

    @cached_property
    def _doubts(self) -> PlaceDoubts:
        return PlaceDoubts(self.reading, self.gazetteer, self.names, self.facts)

    @cached_property
    def _scenes(self) -> dict[Sentence, list[Scene]]:
        """Places of the sentences that were asked for: every act of a sentence asks several times."""
        return {}

    def _scenes_of(self, sentence: Sentence) -> list[Scene]:
        start, end = sentence.start, sentence.end
        known = [place for place in self.reading.places_in(start, end) if not self._doubts.is_no_scene(place, sentence)]
        found = self.names.found
        first = bisect_left(found, start, key=lambda name: name.start)
        last = bisect_left(found, end, key=lambda name: name.start)
        scenes = [self._scene(place, sentence) for place in known] + [self._scene(name, sentence) for name in found[first:last]]
        return sorted(scenes, key=lambda scene: (scene.start, scene.end))

    def _scene(self, name: PlaceMention | UnknownName, sentence: Sentence) -> Scene:
        place_ids = name.place_ids if isinstance(name, PlaceMention) else ()
        return Scene(name.start, name.end, name.phrase, relation_of(self.reading, name.start, sentence), place_ids)

    def finest(self, scene: Scene, sentence: Sentence) -> Scene:
        """The finest place of the chain that a scene stands in: of `X, Kirkuk province` and `the X district of Y` it is X."""
        before = self.scenes_in(sentence.start, scene.start, sentence)[-_LINKS:]
        for finer in reversed(before):
            if not self._is_chained(finer, scene) or not is_settlement(self.gazetteer, finer.place_ids):
                break
            scene = self._chained_quarter(finer, scene) or finer
        return self._quarter_after(scene, sentence) or self._city_after(scene, sentence) or scene

    def _city_after(self, quarter: Scene, sentence: Sentence) -> Scene | None:
        """`City - District` of a part of a city that the city follows: `the X neighbourhood, in eastern Y`."""
        if quarter.place_ids or not self.is_quarter(quarter):
            return None
        following = self.scenes_in(quarter.end, sentence.end, sentence)[:1]
        return next((self.quarter_of(quarter, city) for city in following if self._is_chained(quarter, city)), None)

    def _is_chained(self, finer: Scene, scene: Scene) -> bool:
        """Whether nothing but a comma or `in`, and words for what lies where, stand between two places."""
        language = self.reading.language
        words = self.reading.document.words(finer.end, scene.start)
        links = language.place_links
        if not words or len(words) > _CHAIN or not all(word in links or word == "," for word in words):
            return False
        if words[0] != "," and words[0] not in language.places.strictly_in and words[0] not in language.of:
            return False
        # A list of towns is no chain: each link leads to something larger.
        if language.places.unit_nouns & {*words, *self.reading.document.words(scene.end, scene.end + _NOUN)[:1]}:
            return True
        is_list = is_settlement(self.gazetteer, scene.place_ids) and bool(finer.place_ids) and not self._may_contain(scene, finer)
        return not is_list

    def _may_contain(self, large: Scene, small: Scene) -> bool:
        larger, smaller = (places_of(self.gazetteer, scene.place_ids) for scene in (large, small))
        return any(_contains(one, other) for one in larger for other in smaller)

    def unit_around(self, scene: Scene) -> str | None:
        """The largest unit named right after a place; for a name that the gazetteer lacks that of a town there as well."""
        sentence = self.reading.sentences[self.reading.document.sentence_at(scene.start)]
        for place in self.reading.places_in(scene.end, sentence.end)[:2]:
            if self.reading.distance(scene.end, place.start) > _UNIT_WITHIN:
                break
            places = places_of(self.gazetteer, place.place_ids)
            if self.facts.people(place.phrase.lower()):
                continue
            units = [each.name for each in places if each.kind == "admin1"]
            if not scene.place_ids:
                units += [each.admin1 for each in places if each.admin1]
            if units:
                return units[0]
        return None

    def is_quarter(self, scene: Scene, *, strictly: bool = False) -> bool:
        """Whether words name a part of a city: `the Adhamiya district`; strictly, no district in the country either."""
        words = {word.lower() for word in (scene.phrase.split()[0], scene.phrase.split()[-1])}
        if strictly:
            return bool(words & (self.reading.language.places.quarters - self.reading.language.places.districts))
        name = self._unknown_at(scene)
        return name.is_quarter if name else bool(words & self.reading.language.places.quarters)

    def quarter_of(self, quarter: Scene, city: Scene) -> Scene | None:
        """`City - District` of a part of a city; None if the larger place is none."""
        if not any(place.kind == "town" for place in places_of(self.gazetteer, city.place_ids)):
            return None
        phrase = f"{self._without_noun(city.phrase)} - {self._without_noun(quarter.phrase)}"
        return replace(quarter, phrase=phrase, relation="in", place_ids=city.place_ids)

    def _chained_quarter(self, quarter: Scene, city: Scene) -> Scene | None:
        """`City - District` of two places in a chain."""
        name = self._unknown_at(quarter)
        between = self.reading.document.words(quarter.end, city.start) if quarter.end <= city.start else []
        # A name without a noun that lies in a town is a part of it.
        is_part = name is not None and not name.is_told and not self.reading.language.places.near & set(between)
        return self.quarter_of(quarter, city) if is_part or self.is_quarter(quarter) else None

    def _quarter_after(self, city: Scene, sentence: Sentence) -> Scene | None:
        """`City - District` of `Baghdad's Adhamiya district`."""
        if not city.place_ids or not set(self.reading.document.words(city.end, city.end + 2)[:1]) & _POSSESSIVE:
            return None
        following = self.scenes_in(city.end, min(sentence.end, city.end + 4), sentence)
        return self._chained_quarter(following[0], city) if following else None

    def _unknown_at(self, scene: Scene) -> UnknownName | None:
        found = self.names.found
        position = bisect_left(found, scene.start, key=lambda name: name.start)
        return found[position] if not scene.place_ids and position < len(found) and found[position].start == scene.start else None

    def _without_noun(self, phrase: str) -> str:
        words = [
            word
            for word in phrase.split()
            if word.lower() not in self.reading.language.places.settlements | self.reading.language.of
        ]
        return " ".join(words) or phrase

    # What speaks against a place

    def _cost(self, scene: Scene, trigger: Trigger, sentence: Sentence) -> int:
        """How far a place lies from a trigger, in tokens and penalties."""
        reading = self.reading
        if scene.start >= trigger.end:
            cost = reading.distance(trigger.end, scene.start) + 6 * reading.breaks_between(trigger.end, scene.start)
        else:
            # A possessive or an opening `In Kirkuk,` before the verb belongs to it as well.
            cost = 3 + reading.distance(scene.end, trigger.start) + 6 * reading.breaks_between(scene.end, trigger.start)
        cost += _UNSURE * (not has_preposition(reading, scene.start))
        cost += _COMPANY * is_within_name(reading, scene.start, scene.end)
        cost += _COARSE * (not is_settlement(self.gazetteer, scene.place_ids))
        cost += _NEARNESS * (scene.relation == "near")
        if not scene.place_ids:
            name = self._unknown_at(scene)
            cost += 0 if name and name.is_told else _UNSURE
        if not self._is_right_after(scene, trigger) and tells_of_somebody(reading, scene.start, sentence):
            cost += _ELSEWHERE
        return cost

    def _is_right_after(self, scene: Scene, trigger: Trigger) -> bool:
        """Whether a place stands right after an act, whatever else it may tell."""
        return scene.start >= trigger.end and self.reading.distance(trigger.end, scene.start) <= _RIGHT_BESIDE

    def _is_later(self, scene: Scene, trigger: Trigger, sentence: Sentence) -> bool:
        """Whether a place is where people were brought to or spoke afterwards."""
        reading, start = self.reading, scene.start
        is_later = is_place_of_care(reading, start, sentence) or is_place_of_speech(reading, start, sentence)
        return is_later and not self._is_right_after(scene, trigger)

    def _is_direction(self, scene: Scene, trigger: Trigger) -> bool:
        """Whether somebody only comes from the place or goes to it; who takes or leaves a place is there."""
        act, is_after = trigger.row.trigger, scene.start >= trigger.end
        word = preposition_before(self.reading, scene.start)
        if act in _DEPLOYMENT and word == "from":
            return True
        if act in _FLIGHT and is_after and word in self.reading.language.places.flight_to:
            return True
        if act in MOVES and is_after:
            return False
        if word not in self.reading.language.places.direction:
            return False
        if word in self.reading.language.places.onto and act in _AIMED and is_after:
            return False
        # Somebody was taken from his home there.
        return not (act in _TAKEN_FROM and word == "from" and is_after)


def _nearest(scenes: Sequence[Scene], trigger: Trigger) -> Sequence[Scene]:
    """The places next to a trigger on both sides: a list of many is no scene."""
    following = sum(scene.start < trigger.start for scene in scenes)
    return scenes[max(0, following - _NEIGHBOURS) : following + _NEIGHBOURS]


def _belongs_to_another(scene: Scene, trigger: Trigger, first_act: Trigger | None) -> bool:
    """Whether a place stands between an act and the trigger: in `withdrew from Kirkuk and attacked` it is not the attack's."""
    return first_act is not None and first_act.end <= scene.start and scene.end <= trigger.start


def are_compatible(gazetteer: Gazetteer, one: Scene, other: Scene) -> bool:
    """Whether two scenes may be one: the same words or place, or the one lies within the other."""
    if one.phrase.casefold() == other.phrase.casefold():
        return True
    mine, theirs = _meant(gazetteer, one), _meant(gazetteer, other)
    return any(large == small or _contains(large, small) or _contains(small, large) for large in mine for small in theirs)


def is_finer(gazetteer: Gazetteer, one: Scene, other: Scene) -> bool:
    """Whether a scene is a settlement and the other only a unit around it."""
    return is_settlement(gazetteer, one.place_ids) and not is_settlement(gazetteer, other.place_ids)


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
