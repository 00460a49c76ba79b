"""The country of an incident: from its place, else from whatever the text says of countries, the nearest words first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.coding.incidents import Incident
from pipeline.coding.places import places_of
from pipeline.coding.reading import Reading
from pipeline.resources.actors import ActorMention, ActorRegistry
from pipeline.resources.gazetteer import Gazetteer, PlaceMention


@dataclass(frozen=True)
class CountryFinder:
    """Finds the countries of one text's incidents.

    Attributes:
        reading: The text.
        gazetteer: Places.
        actors: Whose home tells of a country too.
        source_country: Where the outlet sits.
    """

    reading: Reading
    gazetteer: Gazetteer
    actors: ActorRegistry
    source_country: str | None

    def country(self, incident: Incident) -> str | None:
        """The country of an incident: that of its place.

        Of a name that several countries have it is the one that the text speaks of; None, for the look-up of places to decide, if
        it speaks of none of them. Without a place it is what the text speaks of, else the outlet's country.
        """
        hints = self._hints(incident)
        scene = incident.scene
        if scene and scene.place_ids:
            possible = {place.country for place in places_of(self.gazetteer, scene.place_ids)}
            if len(possible) == 1:
                return next(iter(possible))
            return next((hint for hint in hints if hint in possible), None)
        return next(hints, self.source_country)

    def _hints(self, incident: Incident) -> Iterator[str]:
        """Countries that the text speaks of, the surest first: places beside the incident, its actors, then the whole text."""
        sentences = [self.reading.sentences[number] for number in sorted({trigger.sentence for trigger in incident.triggers})]
        own = incident.scene.start if incident.scene else None
        beside = [place for each in sentences for place in self.reading.places_in(each.start, each.end) if place.start != own]
        yield from _of_places(self.gazetteer, beside)
        involved = [actor for each in sentences for actor in self.reading.actors_in(each.start, each.end)]
        yield from _of_actors(self.actors, involved)
        yield from self._of_text

    @cached_property
    def _of_text(self) -> list[str]:
        """Countries of the dateline, the places and the actors of the whole text."""
        return [
            *_of_places(self.gazetteer, self.reading.dateline_places),
            *_of_places(self.gazetteer, self.reading.places),
            *_of_actors(self.actors, self.reading.actors),
        ]


def _of_places(gazetteer: Gazetteer, places: Sequence[PlaceMention]) -> list[str]:
    """Countries of some places, the one with most names first; a name that several countries have says nothing."""
    found = []
    for mention in places:
        countries = {place.country for place in places_of(gazetteer, mention.place_ids)}
        if len(countries) == 1:
            found += sorted(countries)
    return _by_frequency(found)


def _of_actors(actors: ActorRegistry, mentions: Sequence[ActorMention]) -> list[str]:
    """Countries that some actors belong to, the most frequent first."""
    return _by_frequency([home for mention in mentions if (home := actors.home_of(mention))])


def _by_frequency(found: Sequence[str]) -> list[str]:
    # `most_common` keeps the order of the text among equals.
    return [country for country, _ in Counter(found).most_common()]
