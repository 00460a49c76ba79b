"""The scene of an incident that no place stands beside: from the sentences about it, the whole text, at last the dateline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.coding.incidents import Incident
from pipeline.coding.place_doubts import is_country, is_settlement, places_of
from pipeline.coding.places import Basis, Scene, SceneFinder, are_compatible
from pipeline.coding.position import has_preposition, is_aside, preposition_before
from pipeline.resources.layered_world import kilometres

_REACH = (1, -1, 2, -2)
"""Sentences about one that tells an incident, in the order in which they are asked."""
_TELLING = 3
"""Sentences of an incident whose surroundings are asked."""
_BRIEF = 12
"""Sentences of a text that tells of one thing."""
_SUBURB_KM = 15.0
"""Distance from a city within which a town may be a part of it."""
_COMMON = 2
"""How many times as often as any other a place must be named to stand for the whole text."""


@dataclass(frozen=True)
class SceneSettler:
    """Decides the scenes of the incidents of one text, once all of them are known.

    Attributes:
        finder: Finds the places of a sentence.
        incidents: All incidents of the text.
    """

    finder: SceneFinder
    incidents: Sequence[Incident]

    def settle(self, incident: Incident, country: str | None, elsewhere: str | None = None) -> Scene | None:
        """The scene of an incident as `_found` finds it; a part of a city with the city that the text names beside it.

        Args:
            incident: The incident.
            country: The country that the text speaks of.
            elsewhere: The country that it speaks of but for its dateline: no city of another one is taken from there.
        """
        beside = self._beside(incident)
        dateline = self._of_dateline if self._of_dateline and self._may_be_written(elsewhere) else None
        scene = self._found(incident, beside, country, dateline)
        if scene is None or scene.place_ids or not self.finder.is_quarter(scene, strictly=True):
            return scene
        cities = (*(each for each, _ in beside if each.place_ids), self._of_text, dateline)
        known = (city for city in cities if city and city.place_ids and " - " not in city.phrase)
        return next((part for city in known if (part := self.finder.quarter_of(scene, city))), scene)

    def _may_be_written(self, elsewhere: str | None) -> bool:
        """Whether the city of the dateline may be the scene: the text says so, or speaks of no other country."""
        return self._says_here or self._of_dateline is None or self._may_be_in(self._of_dateline, elsewhere)

    def _found(
        self, incident: Incident, beside: Sequence[tuple[Scene, bool]], country: str | None, dateline: Scene | None
    ) -> Scene | None:
        """The scene of an incident in a country, as far as the text tells it without a place.

        1. The place told with its acts; of a unit the town that a sentence beside them says it took place in, of a city the one
           part of it that such a sentence names.
        2. The place of a sentence beside them that tells no other incident.
        3. The one place of the text, if it is all about that place.
        4. The city of the dateline, if the text calls it its own or names no other place.
        5. The one town that the text names at all, in whatever words: `Marjiya holds`, `the people of Marjiya`.
        """
        told = incident.scene
        if told and is_settlement(self.finder.gazetteer, told.place_ids):
            return self._quarter(told, beside) or told
        if told:
            within = (scene for scene, is_happening in beside if is_happening and self._may_be_within(scene, told))
            return next(within, told)
        happening = next((scene for scene, is_happening in beside if is_happening), None)
        others = (*(scene for scene, _ in beside), self._of_text, dateline, self._only_one)
        return happening or next((scene for scene in others if scene and self._may_be_in(scene, country)), None)

    def _may_be_in(self, scene: Scene, country: str | None) -> bool:
        """Whether a place may lie in the country that the text speaks of."""
        countries = {place.country for place in places_of(self.finder.gazetteer, scene.place_ids)}
        return not countries or country is None or country in countries

    def _quarter(self, city: Scene, beside: Sequence[tuple[Scene, bool]]) -> Scene | None:
        """`City - District` of a city and the one part of it that the sentences beside an incident name."""
        if " - " in city.phrase or not city.place_ids:
            return None
        others = [(scene, is_happening) for scene, is_happening in beside if scene.phrase != city.phrase]
        parts = {scene.phrase: scene for scene, _ in others if self._is_part(scene, city)}
        parts = parts or {scene.phrase: scene for scene, is_happening in others if is_happening and self._is_close(scene, city)}
        only = next(iter(parts.values())) if len(parts) == 1 else None
        if only is None:
            return None
        return only if " - " in only.phrase else self.finder.quarter_of(only, city)

    def _is_part(self, scene: Scene, city: Scene) -> bool:
        """Whether a place is a part of a city, or stands in the words as one."""
        if " - " in scene.phrase:
            return bool(set(scene.place_ids) & set(city.place_ids))
        return self.finder.is_quarter(scene, strictly=True)

    def _is_close(self, scene: Scene, city: Scene) -> bool:
        """Whether a town lies so near a city that it may be a part of it."""
        towns, cities = (
            [
                (place.latitude, place.longitude)
                for place in places_of(self.finder.gazetteer, each.place_ids)
                if place.kind == "town" and place.latitude is not None and place.longitude is not None
            ]
            for each in (scene, city)
        )
        return any(0.0 < kilometres(town, seat) <= _SUBURB_KM for town in towns for seat in cities)

    def _may_be_within(self, scene: Scene, unit: Scene) -> bool:
        gazetteer = self.finder.gazetteer
        return is_settlement(gazetteer, scene.place_ids) and (not scene.place_ids or are_compatible(gazetteer, scene, unit))

    @cached_property
    def _owners(self) -> dict[int, int]:
        """Number of the incident that a sentence tells, the first of several."""
        owners: dict[int, int] = {}
        for order, incident in enumerate(self.incidents):
            for trigger in incident.triggers:
                owners.setdefault(trigger.sentence, order)
        return owners

    def _beside(self, incident: Incident) -> list[tuple[Scene, bool]]:
        """Places of the sentences about an incident, and whether the words say that something took place there."""
        own = sorted({trigger.sentence for trigger in incident.triggers})[:_TELLING]
        asked: dict[int, None] = dict.fromkeys(own)
        asked.update(dict.fromkeys(number + step for step in _REACH for number in own))
        title = range(self.finder.reading.document.title_sentence, len(self.finder.reading.sentences))
        asked.update(dict.fromkeys(title if incident is self.incidents[0] else ()))
        found: list[tuple[Scene, bool]] = []
        for number in asked:
            if not 0 <= number < len(self.finder.reading.sentences):
                continue
            if number in own or number not in self._owners:
                found += self._scenes_of(number)
        return found

    def _scenes_of(self, number: int) -> Iterator[tuple[Scene, bool]]:
        finder = self.finder
        sentence = finder.reading.sentences[number]
        happening = self._happenings.get(number)
        for scene in finder.scenes_in(sentence.start, sentence.end, sentence):
            if self._is_scene(scene, number):
                finest = finder.finest(scene, sentence)
                yield replace(finest, basis="beside"), happening is not None and scene.start >= happening

    def _is_scene(self, scene: Scene, number: int) -> bool:
        """Whether something may have happened at a place: after a word such as `in`, and nobody comes from there."""
        reading = self.finder.reading
        return (
            has_preposition(reading, scene.start)
            and preposition_before(reading, scene.start) not in reading.language.moving
            and not is_aside(reading, scene.start, reading.sentences[number])
        )

    @cached_property
    def _happenings(self) -> dict[int, int]:
        """Where words such as `took place` end in each sentence that has them."""
        document = self.finder.reading.document
        tokens, phrases = document.tokens, document.language.places.happening
        first_words = {phrase[0] for phrase in phrases}
        found: dict[int, int] = {}
        for index in document.indices_of(first_words):
            pair = tokens[index : index + 2]
            if any(tuple(each.word for each in pair[:length]) in phrases for length in (1, 2)):
                found.setdefault(document.sentence_at(tokens[index].start), tokens[index].end)
        return found

    @cached_property
    def _settlements(self) -> list[Scene]:
        """Every place of the text that something may have happened at, towns alone."""
        reading = self.finder.reading
        return [
            scene
            for number, sentence in enumerate(reading.sentences)
            for scene in self.finder.scenes_in(sentence.start, sentence.end, sentence)
            if scene.place_ids and is_settlement(self.finder.gazetteer, scene.place_ids) and self._is_scene(scene, number)
        ]

    @cached_property
    def _of_text(self) -> Scene | None:
        """The place that the text names far more often than any other."""
        counted = Counter(scene.phrase.casefold() for scene in self._settlements).most_common(2)
        if not counted or (len(counted) > 1 and counted[0][1] < _COMMON * counted[1][1]):
            return None
        first = next(scene for scene in self._settlements if scene.phrase.casefold() == counted[0][0])
        return replace(first, basis="text")

    @cached_property
    def _only_one(self) -> Scene | None:
        """The only town that a brief text and its title name, though no word says that something happened there."""
        finder = self.finder
        if len(finder.reading.sentences) > _BRIEF:
            return None
        named = [
            scene
            for sentence in finder.reading.sentences
            for scene in finder.scenes_in(sentence.start, sentence.end, sentence)
            if scene.place_ids and is_settlement(finder.gazetteer, scene.place_ids)
        ]
        names = {scene.phrase.casefold() for scene in named}
        return replace(named[0], basis="text") if len(names) == 1 else None

    @cached_property
    def _of_dateline(self) -> Scene | None:
        """The city of the dateline, if the text is about it."""
        reading = self.finder.reading
        dateline = reading.dateline
        if dateline is None or dateline.place is None or not (self._says_here or not self._settlements):
            return None
        basis: Basis = "dateline"
        known = next((place for place in reading.dateline_places if not is_country(self.finder.gazetteer, place.place_ids)), None)
        if known:
            return Scene(known.start, known.end, known.phrase, "in", known.place_ids, basis)
        if not reading.dateline_places and not self.finder.gazetteer.countries_of_world(dateline.place):
            return None
        start = reading.document.text.index(dateline.place, dateline.start)
        return Scene(start, start + len(dateline.place), dateline.place, "in", (), basis)

    @cached_property
    def _says_here(self) -> bool:
        """Whether the text says `here` or `this city` of the place that it was written in."""
        words = [token.word for token in self.finder.reading.document.tokens]
        here = self.finder.reading.language.places.here
        return any((word,) in here or (word, after) in here for word, after in zip(words, [*words[1:], ""], strict=True))
