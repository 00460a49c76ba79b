"""Places by name: which places a text names, and which of several with one name is meant."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.errors import SeedError
from pipeline.resources.common_words import CommonWords
from pipeline.resources.countries import CountryFacts, digest_of_row, split_list
from pipeline.resources.names import Found, NameIndex, fold_name, is_upper_case
from pipeline.resources.place import (
    COUNTRY_PREFIX,
    Place,
    PlaceMention,
    follows_comma,
    follows_in,
    heads_line,
    is_abbreviation,
    is_acronym,
    is_thing,
    kind_around,
    without_kind,
)
from pipeline.resources.place_rows import place_of_row
from pipeline.resources.places_by_name import PREFIX, Candidate, PlacesByName, find_name
from pipeline.resources.resolution import (
    WEIGHTS,
    Hints,
    Resolution,
    as_kind,
    best_abroad,
    by_sound,
    is_same_spot,
    names_of,
    order_of,
)
from pipeline.resources.transliteration import Sounds, squeezed
from pipeline.resources.world_layer import LARGE, LARGE_ABROAD, TOWN, WorldLayer, of_kind
from pipeline.resources.world_names import BEFORE_COUNTRY, WorldNames

OWN = "dataset"
"""Layer of the places of the seeds and of the accepted answers of geocoders, as it is shown to people."""

__all__ = ["COUNTRY_PREFIX", "OWN", "Gazetteer", "Place", "PlaceMention", "Resolution"]


class Gazetteer:
    """Places by id and by name."""

    def __init__(
        self,
        places: Mapping[str, Place],
        names: Mapping[str, set[str]],
        digests: Mapping[str, str],
        world: tuple[PlacesByName, CommonWords] | None = None,
    ) -> None:
        """Use `from_rows`."""
        self._places = dict(sorted(places.items()))
        self._digests = dict(digests)
        self._layer: WorldLayer | None = None
        self._sounds: Sounds | None = None
        if world is not None:
            spoken: dict[str, list[str]] = {}
            for name, keys in sorted(names.items()):
                for key in keys:
                    spoken.setdefault(key, []).append(name)
            own = [(place, spoken[key]) for key, place in self._places.items() if place.kind != "country"]
            self._layer = WorldLayer(world[0], own)
            self._world_names = WorldNames(self._layer, world[1], self._countries_of, self._units_named)
            names = self._with_seats_of_one_name(names)
            towns = [(place.country, name, place.place_id) for place, each in own if place.kind == "town" for name in each]
            self._sounds = Sounds(world[0], towns)
        self._words = self._names_of_words(names)
        self._index = NameIndex(names)
        self._abbreviations = frozenset(name for name in names if is_abbreviation(name) and self._is_unit(names[name]))

    def _names_of_words(self, names: Mapping[str, Collection[str]]) -> frozenset[str]:
        """Folded names of units that are words or surnames too: they count as in `Rivers State` and `in Rivers` alone."""
        if self._layer is None:
            return frozenset()
        return frozenset(
            fold_name(name) for name, keys in names.items() if self._is_unit(keys) and self._world_names.is_also_a_word(name)
        )

    @classmethod
    def from_rows(
        cls, rows: Iterable[Mapping[str, str]], countries: CountryFacts, world: tuple[PlacesByName, CommonWords] | None = None
    ) -> Gazetteer:
        """A gazetteer of the rows of seeds/places.csv and of all countries.

        Args:
            rows: The rows.
            countries: Names of countries.
            world: All other towns of the world, and the words by which texts tell them from other names; None for the rows alone.

        Raises:
            SeedError: A row has an unknown country or kind, or coordinates that cannot be.
        """
        places: dict[str, Place] = {}
        names: dict[str, set[str]] = {}
        digests: dict[str, str] = {}
        for row in rows:
            place = place_of_row(row)
            places[place.place_id] = place
            digests[place.place_id] = digest_of_row(row)
            for name in (place.name, *split_list(row["alternate_names"])):
                names.setdefault(name, set()).add(place.place_id)
        for place in places.values():
            for key in (place.parent_place_id, place.capital_place_id):
                if key and key not in places and not key.startswith(PREFIX):
                    raise SeedError(f"places: {place.place_id} refers to {key}, which is no place_id.")
        for name, country in countries.names().items():
            key = COUNTRY_PREFIX + country
            places[key] = Place(key, country, "country", country)
            digests[key] = countries.digest(country)
            names.setdefault(name, set()).add(key)
        return cls(places, names, digests, world)

    def get(self, place_id: str) -> Place | None:
        """The place with that id, or None."""
        own = self._places.get(place_id)
        return self._layer.get(place_id) if own is None and self._layer else own

    def _at(self, key: str) -> Place:
        place = self.get(key)
        if place is None:
            raise KeyError(key)
        return place

    def _with_seats_of_one_name(self, names: Mapping[str, set[str]]) -> dict[str, set[str]]:
        """The names, those of a unit standing for the town of that name in it too: `Garissa` alone is the town."""
        layer, found = self._layer, {name: set(keys) for name, keys in names.items()}
        if layer is None:
            return found
        for place in self._places.values():
            # New York and Victoria have a town of their name far from their seat, Cabo Delgado has none.
            if place.kind != "admin1" or any(self._is_town_in(key, place) for key in names[place.name]):
                continue
            town = layer.seat_of_one_name(place)
            if town is not None:
                found[place.name].add(town)
        return found

    def _is_unit(self, keys: Iterable[str]) -> bool:
        return all(self._at(key).kind == "admin1" for key in keys)

    def _is_town_in(self, key: str, unit: Place) -> bool:
        place = self._places[key]
        return place.kind == "town" and place.country == unit.country

    def units_of(self, country: str) -> list[Place]:
        """First-level units of a country that the dataset knows, by place_id."""
        return [place for place in self._places.values() if place.kind == "admin1" and place.country == country]

    def population(self, place_id: str) -> int:
        """People of a town; 0 if not known."""
        return self._layer.population(place_id) if self._layer else 0

    def _units_named(self, mention: PlaceMention) -> set[tuple[str, str]]:
        return {(place.country, place.admin1) for place in self._all(mention) if place.admin1 and place.kind == "admin1"}

    def _countries_of(self, mention: PlaceMention) -> set[str]:
        return {place.country for place in self._all(mention)}

    def mentions(self, text: str, home: Collection[str] = (), otherwise: Collection[str] = ()) -> list[PlaceMention]:
        """Places named in a text in order, countries among them; `Kirkuk province` is one mention, of the province.

        Args:
            text: The text.
            home: Countries that the dataset covers, by name or ISO 3166 two-letter code.
            otherwise: Countries that it is about if nothing else points to one.
        """
        found = self.own_mentions(text)
        if self._layer is not None:
            found = self._world_names.find(text, found, sorted(names_of(home)), sorted(names_of(otherwise)))
        return [self._narrowed(text, one, other) for one, other in pairwise((*found, None)) if one]

    def _narrowed(self, text: str, mention: PlaceMention, following: PlaceMention | None) -> PlaceMention:
        """A mention without the places that lie elsewhere than the unit or country named right after it: `Santa Rosa, Peru`."""
        if following is None or text[mention.end : following.start] not in BEFORE_COUNTRY:
            return mention
        units, countries = self._units_named(following), self._countries_of(following)
        is_area = all(place.kind != "town" for place in self._all(following))
        places = self._all(mention)
        kept = [each for each in places if (each.country, each.admin1) in units]
        if not kept and is_area:
            kept = [each for each in places if each.country in countries] if not units else []
            # In `Panama, Colombia` two countries are listed.
            is_list = not units and any(each.kind == "country" for each in places)
            kept = kept or ([] if is_list else self._in_area(mention.phrase, units, countries))
        return replace(mention, place_ids=tuple(sorted(each.place_id for each in kept))) if kept else mention

    def _in_area(self, name: str, units: Collection[tuple[str, str]], countries: Collection[str]) -> list[Place]:
        """The largest place that has a name as its main one in some units, or in some countries if no units are given."""
        found = [each for each in self._layer.candidates(name, countries) if each.is_main] if self._layer else []
        places = [place for each in found if self._layer and (place := self.get(self._layer.key(each.number)))]
        return [each for each in places if not units or (each.country, each.admin1) in units][:1]

    def _all(self, mention: PlaceMention) -> list[Place]:
        return [place for key in mention.place_ids if (place := self.get(key))]

    def own_mentions(self, text: str) -> list[PlaceMention]:
        """Names in a text that the dataset's own places and countries have, in order."""
        found = []
        in_capitals = is_upper_case(text)
        for each in self._index.find(text):
            start, end, kinds = kind_around(text, each.start, each.end)
            kinds = kinds or self._kinds_of_heading(text, each)
            keys = tuple(key for key in each.keys if self._at(key).kind in kinds)
            if each.phrase in self._abbreviations and not follows_comma(text, each.start):
                continue
            places = [self._at(key) for key in each.keys]
            if not kinds and (is_thing(text, each, places, self.is_common) or (not in_capitals and is_acronym(text, each, places))):
                continue
            if not keys:
                if fold_name(each.phrase) in self._words and not follows_in(text, each.start):
                    continue
                start, end, keys = each.start, each.end, each.keys
            found.append(PlaceMention(start, end, text[start:end], keys))
        return found

    @staticmethod
    def _kinds_of_heading(text: str, found: Found) -> tuple[str, ...]:
        """The kinds of a name in capitals that heads a line: `SAGAING.` and `SHAN (NORTH).` before a paragraph are the units."""
        is_heading = found.phrase.isupper() and heads_line(text, found.start, found.end)
        return ("admin1", "region") if is_heading else ()

    @property
    def world_names(self) -> WorldNames | None:
        """Finds names of the world's places; None for a gazetteer of a dataset's own places alone."""
        return self._world_names if self._layer else None

    @property
    def layer(self) -> WorldLayer | None:
        """The world's places; None for a gazetteer of a dataset's own places alone."""
        return self._layer

    def is_common(self, name: str) -> bool:
        """Whether a name is made of common words alone, so that capitals at most make it a name."""
        return self._layer is not None and self._world_names.is_common(name)

    def countries_of_world(self, name: str) -> set[str]:
        """Countries with a place of that name among those shipped, whatever a dataset adds to them.

        The word for what the place is may stand beside the name.
        """
        if self._layer is None:
            return set()
        shipped = self._layer.world.shipped
        found = find_name(shipped, name) or find_name(shipped, without_kind(name)[0])
        return {each.country for each in found}

    def candidates(self, name: str) -> list[Place]:
        """Places of that name: towns first, then the units named after them, then countries; by place_id within a kind.

        Those of the world follow, the largest first, if the dataset knows none of that name.
        """
        return self._own_candidates(name) or self._world_candidates(name)

    def _world_candidates(self, name: str) -> list[Place]:
        if self._layer is None:
            return []
        return [place for each in self._layer.candidates(name) if (place := self.get(self._layer.key(each.number)))]

    def in_all_layers(self, name: str) -> list[tuple[Place, str]]:
        """Every place of a name with what it was taken from, those of the dataset first; each place once."""
        found = {place.place_id: place for place in (*self._own_candidates(name), *self._world_candidates(name))}
        return [(place, self._source(key)) for key, place in found.items()]

    def _source(self, key: str) -> str:
        outside = self._layer.source(key) if self._layer and key not in self._places else None
        return outside or OWN

    def _own_candidates(self, name: str) -> list[Place]:
        keys = self._index.keys_of(name)
        if not keys:
            bare, kinds = without_kind(name)
            keys = self._index.keys_of(bare)
            keys = tuple(key for key in keys if self._at(key).kind in kinds) or keys
        return sorted(map(self._at, keys), key=order_of)

    def resolve(
        self,
        name: str,
        *,
        country: str | None = None,
        admin1: str | None = None,
        focus: Sequence[str] = (),
        near: Sequence[str] = (),
    ) -> Resolution | None:
        """Which of the places of that name is meant.

        Args:
            name: Words of the text, such as `Hawija` or `Kirkuk province`.
            country: Country that the text states for it: no place elsewhere is taken.
            admin1: Largest unit that the text states for it.
            focus: Countries that the dataset covers, by name or ISO 3166 two-letter code.
            near: Other places of the same article: place_ids, or names of places or countries.

        Returns:
            The best place, or None if there is none of that name.
        """
        hints = self._hints(country, admin1, focus, near)
        found = [place for place in self._own_candidates(name) if country in (None, place.country)]
        weighed = ((place, hints.reasons(place)) for place in found)
        scored = [(-sum(WEIGHTS[each] for each in reasons), order_of(place), place, reasons) for place, reasons in weighed]
        scored.sort(key=lambda each: each[:2])
        stranger = bool(found) and not scored[0][3] and bool(hints.about)
        if (not found or stranger) and (elsewhere := self._elsewhere(name, hints, is_known=bool(found))):
            return elsewhere
        if not found:
            return None
        negative, _, best, reasons = scored[0]
        rivals = [place for points, _, place, _ in scored[1:] if points == negative and not is_same_spot(place, best)]
        if len(scored) == 1:
            reasons = (*reasons, "only_one")
        score = min(1.0, 0.5 - negative + (WEIGHTS["only_one"] if len(scored) == 1 else 0.0))
        return Resolution(best, round(score / (1 + len(rivals)), 4), reasons, bool(rivals) or stranger)

    def _elsewhere(self, name: str, hints: Hints, *, is_known: bool) -> Resolution | None:
        """The place of the world that a name means which the dataset lacks, or has only for places that nothing speaks for."""
        countries = [hints.country] if hints.country else sorted(hints.about)
        abroad = self._abroad(name, countries, is_stated=bool(hints.country) or is_known)
        if abroad:
            return best_abroad(abroad, [hints.reasons(place) for _, place in abroad], hints.admin1)
        bare, kinds = without_kind(name)
        if self._sounds is None or self._world_names.is_common(bare):
            return None
        keys = [key for each in countries for key in self._sounds.keys(bare, each)]
        # A name that is known elsewhere must be the same but for blanks: `Jalal-abad` for Jalalabad.
        sounding = [place for key in keys if (place := self.get(key)) and (not is_known or squeezed(place.name) == squeezed(bare))]
        return by_sound([as_kind(place, kinds) for place in sounding], hints) if sounding else None

    def _hints(self, country: str | None, admin1: str | None, focus: Sequence[str], near: Sequence[str]) -> Hints:
        others = [place for each in near if (place := self._settled(each))]
        return Hints(
            country=country,
            admin1=admin1,
            focus=names_of(focus),
            countries=frozenset(each.country for each in others),
            admins=frozenset((each.country, each.admin1) for each in others if each.admin1),
            points=tuple(
                (each.latitude, each.longitude)
                for each in others
                if each.kind == "town" and each.latitude is not None and each.longitude is not None
            ),
        )

    def _settled(self, name: str) -> Place | None:
        """The place of a place_id, or of a name that no two countries have."""
        if place := self.get(name):
            return place
        choices = self._own_candidates(name)
        return choices[0] if len({choice.country for choice in choices}) == 1 else None

    def _abroad(self, name: str, countries: Collection[str], *, is_stated: bool) -> list[tuple[Candidate, Place]]:
        """Places of the world of that name in some countries, else, unless these are stated, the large ones; the largest first."""
        if self._layer is None:
            return []
        bare, found = name, self._layer.candidates(name)
        kinds: tuple[str, ...] = ()
        if not found:
            bare, kinds = without_kind(name)
            found = self._layer.candidates(bare) if kinds else []
        if self._world_names.is_unit(bare) and not kinds:
            found = []
        elif self._world_names.is_common(bare) and not kinds:
            found = [each for each in found if each.population >= TOWN] if " " in bare else []
        found = of_kind(found, kinds)
        if kinds and "town" not in kinds:
            found = [each for each in found if each.is_main or each.kind in kinds]
        within = [each for each in found if each.country in countries]
        if not within and not is_stated:
            enough = LARGE_ABROAD if countries else LARGE
            within = [each for each in found if each.is_main and each.population > enough]
        return [(each, as_kind(place, kinds)) for each in within if (place := self.get(self._layer.key(each.number)))]

    def digest_of(self, mentions: Iterable[PlaceMention]) -> str:
        """SHA-256 over the mentions and the rows that they may stand for: changes if and only if one of these does."""
        found = [(mention.start, mention.end, mention.place_ids) for mention in mentions]
        keys = sorted({key for _, _, place_ids in found for key in place_ids})
        return hashlib.sha256(repr((found, [(key, self._digest(key)) for key in keys])).encode()).hexdigest()

    def _digest(self, key: str) -> str:
        if key not in self._digests and self._layer:
            self._digests[key] = self._layer.digest(key)
        return self._digests[key]
