"""The country of an incident: from its place, else from all that the text says of countries, weighed by how near it stands."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.coding.incidents import Incident
from pipeline.coding.place_doubts import is_country, is_settlement, places_of
from pipeline.coding.places import Scene
from pipeline.coding.position import has_preposition, is_aside, preposition_before
from pipeline.coding.reading import Reading
from pipeline.coding.sentences import Sentence
from pipeline.resources.actors import ActorMention, ActorRegistry
from pipeline.resources.countries import CountryFacts
from pipeline.resources.gazetteer import Gazetteer, Place, PlaceMention
from pipeline.resources.layered_world import kilometres
from pipeline.resources.place import without_kind
from pipeline.resources.places_by_name import PREFIX

_STATED = 6.0
"""Weight of the country or unit that follows the place: `Colon, La Libertad department`."""
_SCENE = 3.0
"""Weight of a place that something happens in, in the incident's own sentences."""
_WITHIN = 5.0
"""Weight of a country that something happens in, as these words say."""
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
_OVERWHELMING = 10.0
"""Weight of its places from which a text cannot mean a place in a country that it does not speak of."""
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
_BEFORE_UNIT = frozenset((", ", " (", " in "))
_NEIGHBOURING_KM = 700
"""Distance from a country's capital within which places over its border lie."""
_PREPOSITION = 8
"""Code points within which the preposition before a place begins."""
_BORDER_REACH, _BORDER_WITHIN = 24, 3
"""Code points and tokens before a country within which a border is named."""
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
            return _heaviest(weights) or self._named_alone
        return self._of_places(scene, weights, firm) if scene.place_ids else self._of_name(scene.phrase, weights, firm)

    def beside_dateline(self, incident: Incident) -> str | None:
        """What a text speaks of, wherever it was written; None if its places and its people tell different countries."""
        firm = self._firm(incident, None, with_dateline=False)
        told, other = _heaviest(self._with_people(firm, incident)), _heaviest(firm)
        return told if other in (None, told) else None

    def _of_places(self, scene: Scene, weights: Mapping[str, float], firm: Mapping[str, float]) -> str | None:
        """The country of a place of the gazetteer."""
        possible = {place.country for place in places_of(self.gazetteer, scene.place_ids)}
        if (stated := self._country_after(scene)) and stated not in possible:
            return stated
        told = _heaviest({country: weight for country, weight in weights.items() if country in possible})
        other = self._gainsaying(possible, weights, firm) if told is None or weights[told] < _INVOLVED else None
        is_overwhelmed = other is not None and told is None and firm.get(other, 0.0) >= _OVERWHELMING
        if other and (is_overwhelmed or self._is_of_world(scene) or self._is_homonym(scene, told, other, weights[other])):
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

    def _is_homonym(self, scene: Scene, told: str | None, other: str, against: float) -> bool:
        """Whether a name of the dataset's own places may be that of another one, in the country that the text speaks of.

        Nobody needs to be told where a great city lies; of other places any sign of their country is enough. News of one country
        tells of towns over its border too: a town there is meant unless the country has one of that name itself.
        """
        if told is not None or against < _GAINSAID_BY_PEOPLE or self._is_well_known(scene):
            return False
        return other in self.gazetteer.countries_of_world(scene.phrase) or not self._is_over_the_border(
            places_of(self.gazetteer, scene.place_ids), other
        )

    def _is_over_the_border(self, places: Sequence[Place], country: str) -> bool:
        """Whether one of some places lies about as far from a country's capital as a neighbour's does."""
        seats = [place for place in self.gazetteer.candidates(self.facts.capital(country) or "") if place.country == country]
        points = [point for seat in seats if (point := _point(seat))]
        return any(kilometres(one, other) <= _NEIGHBOURING_KM for place in places for one in points if (other := _point(place)))

    def _is_well_known(self, scene: Scene) -> bool:
        return bool(scene.place_ids) and self._has_people(scene.phrase, _GREAT)

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
        least = _GAINSAID if self._has_people(name, _TOWN) else _FIRM
        if told is None and len(possible) == 1 and (other is None or firm[other] < least):
            return next(iter(possible))
        if told is None:
            return _heaviest(weights)
        # Those who act there may come from anywhere: only places speak against the one country that has a town of that name.
        against = other if other not in possible and other and firm[other] >= _GAINSAID and weights[told] < _INVOLVED else None
        places = [place for place in self.gazetteer.candidates(without_kind(name)[0]) if place.country == told]
        return against if against and not self._is_over_the_border(places, against) else told

    def _firm(self, incident: Incident, scene: Scene | None, *, with_dateline: bool = True) -> dict[str, float]:
        """How much the places of a text speak for each country, in the order in which they are named."""
        weights: dict[str, float] = {}
        own = scene.phrase.casefold() if scene else None
        for sentence in self._sentences(incident):
            for place in self.reading.places_in(sentence.start, sentence.end):
                if place.phrase.casefold() != own and not self._is_adjective(place):
                    _add(weights, self._country_of(place), self._weight_of(place, scene, sentence))
        # What follows the town is its country, or the name of an agency.
        told = (country for place in self.reading.dateline_places if (country := self._country_of(place)))
        if with_dateline:
            _add(weights, next(told, None) or self._of_unknown_dateline, _DATELINE)
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
        """Country of a place, of one that several countries have that whose capital it is; None of others, or of a people."""
        if self.facts.people(mention.phrase.lower()):
            return None
        places = places_of(self.gazetteer, mention.place_ids)
        countries = {place.country for place in places}
        if len(countries) > 1:
            capitals = (place for place in places if place.kind == "town" and self.facts.capital(place.country) == place.name)
            countries = {place.country for place in capitals}
        return next(iter(countries)) if len(countries) == 1 else None

    def _stated(self, scene: Scene) -> str | None:
        """The country of the towns or units right after a place, of the first that has but one."""
        sentence = self.reading.sentences[self.reading.document.sentence_at(scene.start)]
        after = self.reading.places_in(scene.end, sentence.end)[:_AROUND]
        around = (self._country_of(place) for place in after if self._is_around(place, scene))
        return next((country for country in around if country), None)

    def _country_after(self, scene: Scene) -> str | None:
        """The country that the words right after a place put it in, as in `Santa Rosa, Usulutan department`."""
        sentence = self.reading.sentences[self.reading.document.sentence_at(scene.start)]
        text = self.reading.document.text
        after = self.reading.places_in(scene.end, sentence.end)[:1]
        units = (place for place in after if text[scene.end : place.start] in _BEFORE_UNIT)
        return next((self._country_of(place) for place in units if not is_settlement(self.gazetteer, place.place_ids)), None)

    def _is_around(self, place: PlaceMention, scene: Scene) -> bool:
        within = _COUNTRY_WITHIN if is_country(self.gazetteer, place.place_ids) else _STATED_WITHIN
        if place.start < scene.end or self.reading.distance(scene.end, place.start) > within:
            return False
        # `rockets were fired at X from Y` and `X, near the border with Y` put X nowhere.
        return preposition_before(self.reading, place.start) not in self.reading.language.from_ and not self._is_beyond(place)

    def _is_beyond(self, place: PlaceMention) -> bool:
        """Whether a country only lies on the other side of a border: `near the border with Y`, `close to the Y border`."""
        if not is_country(self.gazetteer, place.place_ids):
            return False
        before = self.reading.document.words(max(0, place.start - _BORDER_REACH), place.start)[-_BORDER_WITHIN:]
        follower = self.reading.document.words(place.end, place.end + 2)[:1]
        return bool(self.reading.language.places.borders & {*before, *follower})

    def _weight_of(self, place: PlaceMention, scene: Scene | None, sentence: Sentence) -> float:
        if scene and self._is_around(place, scene):
            return _STATED
        # Whence a shell came, where the wounded were brought and who spoke says little of where it happened.
        is_direction = preposition_before(self.reading, place.start) in self.reading.language.from_
        if is_direction or is_aside(self.reading, place.start, sentence) or self._is_beyond(place):
            return _BESIDE
        if not has_preposition(self.reading, place.start):
            return _BESIDE
        is_within = preposition_before(self.reading, place.start) in self.reading.language.places.strictly_in
        return _WITHIN if is_within and is_country(self.gazetteer, place.place_ids) else _SCENE

    def _is_adjective(self, place: PlaceMention) -> bool:
        """Whether the name of a country only tells whose something is: `near the U.S. embassy`; not in `in Mali last week`."""
        if not is_country(self.gazetteer, place.place_ids):
            return False
        before = self.reading.document.words(max(0, place.start - _PREPOSITION), place.start)[-1:]
        if before and before[0] in self.reading.language.places.strictly_in and not place.phrase.replace(".", "").isupper():
            return False
        follower = self.reading.document.words(place.end, place.end + 2)[:1]
        return bool(follower) and follower[0].isalpha() and follower[0] not in self.reading.language.small_words

    @cached_property
    def _named_alone(self) -> str | None:
        """The country whose name a text has for all that it says of countries, though a unit bears it too: `in Georgia`."""
        named = (place for mention in self.reading.places for place in places_of(self.gazetteer, mention.place_ids))
        return next((place.country for place in named if place.kind == "country"), None)

    @cached_property
    def _of_unknown_dateline(self) -> str | None:
        """The only country with a place that the look-up of the text left out where it opens."""
        dateline = self.reading.dateline
        if dateline is None or dateline.place is None or self.reading.dateline_places:
            return None
        countries = self.gazetteer.countries_of_world(dateline.place)
        return next(iter(countries)) if len(countries) == 1 else None

    @cached_property
    def _counted_by_phrase(self) -> dict[str | None, Counter[str]]:
        """How often each name of a place stands in the text for a country."""
        found: dict[str | None, Counter[str]] = {}
        for place in self.reading.places:
            if (country := self._country_of(place)) and not self._is_adjective(place) and not self._is_beyond(place):
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
        """Nationalities named in the text, by position, and names of countries that stand for them: `U.S. soldiers`."""
        document = self.reading.document
        known = self.facts.peoples_among(document.token_words)
        found = document.indices_of(known) if known else []
        peoples = [(*document.tokens[index][:2], known[document.token_words[index]]) for index in found]
        named = (place for place in self.reading.places if self._is_adjective(place))
        adjectives = [(place.start, place.end, self._country_of(place)) for place in named]
        return sorted((start, country) for start, end, country in (*peoples, *adjectives) if country and not self._is_guest(end))

    def _is_guest(self, end: int) -> bool:
        """Whether a nationality is that of somebody who is abroad: `the U.S. embassy`, `two Dutch tourists`."""
        follower = self.reading.document.words(end, end + 2)[:1]
        return bool(follower) and follower[0] in self.reading.language.places.guests

    @cached_property
    def _of_text(self) -> dict[str, float]:
        """What the actors and nationalities of the whole text speak for."""
        weights: dict[str, float] = {}
        _share(weights, Counter(_homes(self.actors, self.reading.actors)), _ACTORS)
        _share(weights, Counter(country for _, country in self._peoples), _PEOPLES)
        return weights


def _point(place: Place) -> tuple[float, float] | None:
    return (place.latitude, place.longitude) if place.latitude is not None and place.longitude is not None else None


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
