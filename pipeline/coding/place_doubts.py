"""Which names of the gazetteer in a text are no scene: countries, governments, roads, origins and parts of longer names."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from pipeline.coding.place_names import UnknownNames
from pipeline.coding.position import has_close_preposition, has_preposition, is_compound, is_way, preposition_before
from pipeline.coding.reading import Reading
from pipeline.coding.sentences import Sentence
from pipeline.resources.countries import CountryFacts
from pipeline.resources.gazetteer import Gazetteer, Place, PlaceMention

MOVES = frozenset(("territory", "withdrawal", "displacement", "movement of forces"))
"""Acts of those who take a place, leave it or go there."""
_GOVERNING = 4
"""Tokens after a capital in which an act says that the city itself is meant."""
_RIGHT_BEFORE = 4
"""Tokens of the longest act that is looked for right before a place."""
_POSSESSIVE = frozenset(("'s", "’s"))


def places_of(gazetteer: Gazetteer, place_ids: tuple[str, ...]) -> list[Place]:
    """Entries of the gazetteer for some ids."""
    return [place for place_id in place_ids if (place := gazetteer.get(place_id))]


def is_country(gazetteer: Gazetteer, place_ids: tuple[str, ...]) -> bool:
    """Whether words can only mean a country."""
    places = places_of(gazetteer, place_ids)
    return bool(places) and all(place.kind == "country" for place in places)


def is_settlement(gazetteer: Gazetteer, place_ids: tuple[str, ...]) -> bool:
    """Whether words may mean a town, or what the gazetteer lacks."""
    return not place_ids or any(place.kind == "town" for place in places_of(gazetteer, place_ids))


@dataclass(frozen=True)
class PlaceDoubts:
    """What speaks against the known places of one text, whatever act is asked for.

    Attributes:
        reading: The text.
        gazetteer: Places.
        names: Names that the gazetteer lacks.
        facts: Capitals, and names of peoples, which are no places.
    """

    reading: Reading
    gazetteer: Gazetteer
    names: UnknownNames
    facts: CountryFacts

    def is_no_scene(self, place: PlaceMention, sentence: Sentence) -> bool:
        """Whether nothing can have happened at what a name of a sentence stands for."""
        return (
            self._is_country(place)
            or self._is_speaker(place, sentence)
            or is_compound(self.reading, place.end)
            or self._is_lone_capital(place)
            or is_way(self.reading, place.end)
            or place.start in self._within_longer
            or self.facts.people(place.phrase.lower()) is not None
        )

    def _is_country(self, mention: PlaceMention) -> bool:
        """Whether words mean a country; of `Niger` and `Georgia` what the other names of the text speak for, else the country."""
        places = places_of(self.gazetteer, mention.place_ids)
        countries = {place.country for place in places if place.kind == "country"}
        others = {place.country for place in places if place.kind == "admin1"} - countries
        if not countries or len(places) == len(countries) or any(place.kind == "town" for place in places):
            return is_country(self.gazetteer, mention.place_ids)
        named = self._countries_named
        return max(named[each] for each in countries) >= max((named[each] for each in others), default=0)

    @cached_property
    def _countries_named(self) -> Counter[str]:
        """How often the text names each country by its people and by places that lie in no other."""
        reading = self.reading
        words = (self.facts.people(token.word) for token in reading.document.tokens)
        places = ({place.country for place in places_of(self.gazetteer, each.place_ids)} for each in reading.places)
        return Counter([*(country for country in words if country), *(next(iter(each)) for each in places if len(each) == 1)])

    def _is_speaker(self, place: PlaceMention, sentence: Sentence) -> bool:
        """Whether a capital stands for its government, as in `Ankara said` and `to discredit Moscow`."""
        if self._is_capital(place) and preposition_before(self.reading, place.start) in self.reading.language.places.governed:
            return True
        if has_preposition(self.reading, place.start):
            return False
        tokens = self.reading.document.tokens
        after = self.reading.document.token_at(place.end)
        last = tokens[min(after + 1, len(tokens) - 1)].start
        is_said = self.reading.cue_spans(place.end, min(last, sentence.end), "speech")
        return bool(is_said) or (self._is_capital(place) and self._governs(place))

    def _is_capital(self, place: PlaceMention) -> bool:
        places = places_of(self.gazetteer, place.place_ids)
        return any(each.kind == "town" and self.facts.capital(each.country) == each.name for each in places)

    def _governs(self, place: PlaceMention) -> bool:
        """Whether a capital does what governments do; `Kabul was attacked` is about the city."""
        document, words = self.reading.document, self.reading.language.places
        after = document.token_at(place.end)
        follower = document.tokens[after].word if after < len(document.tokens) else ""
        span = self.reading.window(place.end, place.end, _GOVERNING, self.reading.sentences[document.sentence_at(place.start)])
        return follower in words.governs and not self.reading.matches_in(*span)

    def _is_lone_capital(self, place: PlaceMention) -> bool:
        """Whether a text in capitals may mean a person: a name without a preposition or a unit after it."""
        if not self.reading.document.is_in_capitals or has_close_preposition(self.reading, place.start):
            return False
        kinds = self.reading.language.places.settlements | self.reading.language.places.unit_nouns
        if kinds & {word.lower() for word in place.phrase.split()}:
            return False
        tokens = self.reading.document.tokens
        first, after = self.reading.document.token_at(place.start), self.reading.document.token_at(place.end)
        if self._follows_move(place):
            return False
        if after < len(tokens) and tokens[after].word in _POSSESSIVE:
            return False
        is_followed = after + 1 < len(tokens) and tokens[after].word == "," and bool(self.reading.places_in(*tokens[after + 1][:2]))
        is_listed = first > 1 and tokens[first - 2].end in self._ends and tokens[first - 1].word in (",", *self._and)
        return not is_followed and not is_listed

    def _follows_move(self, place: PlaceMention) -> bool:
        """Whether an act that is done to places stands right before one: `TROOPS TOOK BACK JAMAAME`."""
        tokens, first = self.reading.document.tokens, self.reading.document.token_at(place.start)
        if first == 0:
            return False
        before = self.reading.matches_in(tokens[max(0, first - _RIGHT_BEFORE)].start, place.start)
        ending = (match for match in before if match.end == tokens[first - 1].end)
        return any(row.kind == "act" and row.trigger in MOVES for match in ending for row in match.rows)

    @cached_property
    def _within_longer(self) -> set[int]:
        """Starts of the known places that are but parts of longer names: the first words of `San Francisco Javier`."""
        places = self.reading.places
        within: set[int] = set()
        for name in self.names.found:
            within.update(place.start for place in self.reading.places_in(name.start, name.end))
            before = bisect_left(places, name.start, key=lambda place: place.start) - 1
            # The noun before it belongs to the known name: `the town of San Francisco Javier`.
            if before >= 0 and name.start < places[before].end < name.end:
                within.add(places[before].start)
        return within

    @property
    def _and(self) -> frozenset[str]:
        return self.reading.language.conjunctions

    @cached_property
    def _ends(self) -> set[int]:
        """Ends of the known places."""
        return {place.end for place in self.reading.places}
