"""The country of an incident: from its place, else from all that the text says of countries, weighed by how near it stands."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.coding.incidents import Incident
from pipeline.coding.places import Scene, is_country, places_of
from pipeline.coding.position import has_preposition, is_aside, preposition_before
from pipeline.coding.reading import Reading
from pipeline.coding.sentences import Sentence
from pipeline.resources.actors import ActorMention, ActorRegistry
from pipeline.resources.countries import CountryFacts
from pipeline.resources.gazetteer import Gazetteer, PlaceMention
from pipeline.resources.places_by_name import PREFIX

_STATED = 6.0
"""Weight of the country or unit that follows the place: `Colon, La Libertad department`."""
_SCENE = 3.0
"""Weight of a place that something happens in, in the incident's own sentences."""
_INVOLVED = 2.0
"""Weight of the home of an actor there."""
_BESIDE = 1.0
"""Weight of any other country there: `the Dutch reporter`, `the U.S. embassy`."""
_DATELINE = 3.0
_PLACES, _ACTORS, _PEOPLES = 4.0, 2.0, 2.0
"""Weights of all places, actors and nationalities of the text, by their share."""
_OUTLET = 1.5
_GAINSAID = 5.0
"""Weight of its places from which a text says that a place lies in another country than those of the entries of its name."""
_GAINSAID_BY_PEOPLE = 6.0
"""The same for all that it says, of people and outlets too."""
_GREAT = 400_000
"""People of a city that a text names without its country."""
_TOWN = 50_000
"""People of a town that is meant though the text speaks of another country alone, if no other place has its name."""
_FIRM = 3.0
"""Weight of its places from which a text speaks of a country."""
_STATED_WITHIN = 9
"""Tokens after a place within which a town or unit says where it lies; a country right after it alone."""
_COUNTRY_WITHIN = 2
_AROUND = 3
_SENTENCES = 6


@dataclass(frozen=True)
class CountryFinder:
    """Finds the countries of one text's incidents.

    Attributes:
        reading: The text.
        gazetteer: Places.
        actors: Whose home tells of a country too.
        facts: Names of peoples.
        source_country: Where the outlet sits.
    """

    reading: Reading
    gazetteer: Gazetteer
    actors: ActorRegistry
    facts: CountryFacts
    source_country: str | None

    def country(self, incident: Incident, scene: Scene | None) -> str | None:
        """The country of an incident with a scene.

        That of the place, unless all other places of the text gainsay it. Of a name that several countries have it is the one
        that the text speaks of most; None, for the look-up of places to decide, if it speaks of none of them. Without a place it
        is what the text speaks of.
        """
        firm = self._firm(incident, scene)
        weights = self._with_people(firm, incident)
        if scene is None:
            return _heaviest(weights)
        return self._of_places(scene, weights, firm) if scene.place_ids else self._of_name(scene.phrase, weights, firm)

    def _of_places(self, scene: Scene, weights: Mapping[str, float], firm: Mapping[str, float]) -> str | None:
        """The country of a place of the gazetteer."""
        possible = {place.country for place in places_of(self.gazetteer, scene.place_ids)}
        told = _heaviest({country: weight for country, weight in weights.items() if country in possible})
        other = self._gainsaying(possible, weights, firm) if told is None or weights[told] < _INVOLVED else None
        # Nobody needs to be told where a great city lies; of the dataset's other places any sign of their country is enough.
        if other and (self._is_of_world(scene) or not self._is_sure(scene, told, weights[other])):
            return other
        if told or len(possible) > 1:
            return told
        return self._stated(scene) or next(iter(possible))

    @staticmethod
    def _gainsaying(possible: set[str], weights: Mapping[str, float], firm: Mapping[str, float]) -> str | None:
        """The country that a text as a whole speaks of, if it is none of those that a place may lie in."""
        for heavy, least in ((firm, _GAINSAID), (weights, _GAINSAID_BY_PEOPLE)):
            other = _heaviest(heavy)
            if other is not None and other not in possible and heavy[other] >= least:
                return other
        return None

    def _is_sure(self, scene: Scene, told: str | None, against: float) -> bool:
        return told is not None or against < _GAINSAID_BY_PEOPLE or self._has_people(scene.phrase, _GREAT)

    def _has_people(self, name: str, least: int) -> bool:
        """Whether a place of that name has so many people."""
        return any(self.gazetteer.population(place.place_id) >= least for place in self.gazetteer.candidates(name))

    @staticmethod
    def _is_of_world(scene: Scene) -> bool:
        return all(key.startswith(PREFIX) for key in scene.place_ids)

    def _of_name(self, name: str, weights: Mapping[str, float], firm: Mapping[str, float]) -> str | None:
        """The country of a name that the look-up of the whole text did not take for a place.

        As the text says, among the countries that have such a place if it speaks of one; if it says nothing firm, the only one.
        """
        possible = self.gazetteer.countries_of_world(name)
        told = _heaviest({country: weight for country, weight in weights.items() if country in possible})
        other = _heaviest(firm)
        if told is None and len(possible) == 1 and (other is None or firm[other] < _FIRM or self._has_people(name, _TOWN)):
            return next(iter(possible))
        return told or other or _heaviest(weights)

    def _firm(self, incident: Incident, scene: Scene | None) -> dict[str, float]:
        """How much the places of a text speak for each country, in the order in which they are named."""
        weights: dict[str, float] = {}
        own = scene.phrase.casefold() if scene else None
        for sentence in self._sentences(incident):
            for place in self.reading.places_in(sentence.start, sentence.end):
                if place.phrase.casefold() != own:
                    _add(weights, self._country_of(place), self._weight_of(place, scene, sentence))
        for place in self.reading.dateline_places[-1:]:
            _add(weights, self._country_of(place), _DATELINE)
        _share(weights, self._counted - self._counted_by_phrase.get(own, Counter()), _PLACES)
        return weights

    def _with_people(self, firm: Mapping[str, float], incident: Incident) -> dict[str, float]:
        """What the places speak for, and the actors, nationalities and the outlet as well."""
        weights = dict(firm)
        for sentence in self._sentences(incident):
            involved = self.reading.actors_in(sentence.start, sentence.end)
            for country in sorted({home for actor in involved if (home := self.actors.home_of(actor))}):
                _add(weights, country, _INVOLVED)
            named = self._peoples[bisect_left(self._peoples, (sentence.start,)) : bisect_left(self._peoples, (sentence.end,))]
            for country in sorted({country for _, country in named}):
                _add(weights, country, _BESIDE)
        for country, weight in self._of_text.items():
            _add(weights, country, weight)
        _add(weights, self.source_country, _OUTLET)
        return weights

    def _sentences(self, incident: Incident) -> list[Sentence]:
        numbers = sorted({trigger.sentence for trigger in incident.triggers})[:_SENTENCES]
        return [self.reading.sentences[number] for number in numbers]

    def _country_of(self, mention: PlaceMention) -> str | None:
        """Country of a place; None of a name that several countries have, or that is the name of a people."""
        if self.facts.people(mention.phrase.lower()):
            return None
        countries = {place.country for place in places_of(self.gazetteer, mention.place_ids)}
        return next(iter(countries)) if len(countries) == 1 else None

    def _stated(self, scene: Scene) -> str | None:
        """The country of the towns or units right after a place, of the first that has but one."""
        sentence = self.reading.sentences[self.reading.document.sentence_at(scene.start)]
        after = self.reading.places_in(scene.end, sentence.end)[:_AROUND]
        around = (self._country_of(place) for place in after if self._is_around(place, scene))
        return next((country for country in around if country), None)

    def _is_around(self, place: PlaceMention, scene: Scene) -> bool:
        within = _COUNTRY_WITHIN if is_country(self.gazetteer, place.place_ids) else _STATED_WITHIN
        if place.start < scene.end or self.reading.distance(scene.end, place.start) > within:
            return False
        # `rockets were fired at X from Y` puts X nowhere.
        return preposition_before(self.reading, place.start) not in self.reading.language.from_

    def _weight_of(self, place: PlaceMention, scene: Scene | None, sentence: Sentence) -> float:
        if scene and self._is_around(place, scene):
            return _STATED
        # Whence a shell came, where the wounded were brought and who spoke says little of where it happened.
        is_direction = preposition_before(self.reading, place.start) in self.reading.language.from_
        if is_direction or is_aside(self.reading, place.start, sentence):
            return _BESIDE
        return _SCENE if has_preposition(self.reading, place.start) and not self._is_adjective(place) else _BESIDE

    def _is_adjective(self, place: PlaceMention) -> bool:
        """Whether the name of a country only tells whose something is: `near the U.S. embassy`."""
        if not is_country(self.gazetteer, place.place_ids):
            return False
        follower = self.reading.document.words(place.end, place.end + 2)[:1]
        return bool(follower) and follower[0].isalpha() and follower[0] not in self.reading.language.small_words

    @cached_property
    def _counted_by_phrase(self) -> dict[str | None, Counter[str]]:
        """How often each name of a place stands in the text for a country."""
        found: dict[str | None, Counter[str]] = {}
        for place in self.reading.places:
            if country := self._country_of(place):
                found.setdefault(place.phrase.casefold(), Counter())[country] += 1
        return found

    @cached_property
    def _counted(self) -> Counter[str]:
        """How often the places of the text stand for each country."""
        total: Counter[str] = Counter()
        for counted in self._counted_by_phrase.values():
            total += counted
        return total

    @cached_property
    def _peoples(self) -> list[tuple[int, str]]:
        """Nationalities named in the text, by position."""
        document = self.reading.document
        named = self.facts.peoples_among(document.token_words)
        found = document.indices_of(named) if named else []
        return [(document.token_starts[index], named[document.token_words[index]]) for index in found]

    @cached_property
    def _of_text(self) -> dict[str, float]:
        """What the actors and nationalities of the whole text speak for."""
        weights: dict[str, float] = {}
        _share(weights, Counter(_homes(self.actors, self.reading.actors)), _ACTORS)
        _share(weights, Counter(country for _, country in self._peoples), _PEOPLES)
        return weights


def _add(weights: dict[str, float], country: str | None, weight: float) -> None:
    if country:
        weights[country] = weights.get(country, 0.0) + weight


def _share(weights: dict[str, float], counted: Counter[str], weight: float) -> None:
    """Shares a weight out among countries by how often they are named."""
    for country, number in counted.items():
        _add(weights, country, weight * number / counted.total())


def _heaviest(weights: Mapping[str, float]) -> str | None:
    # `max` takes the first of several: the country that the text names first.
    return max(weights, key=lambda country: weights[country], default=None)


def _homes(actors: ActorRegistry, mentions: Sequence[ActorMention]) -> list[str]:
    return [home for mention in mentions if (home := actors.home_of(mention))]
