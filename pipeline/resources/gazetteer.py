"""Places by name: which places a text names, and which of several with one name is meant."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.errors import SeedError
from pipeline.resources.common_words import CommonWords
from pipeline.resources.countries import CountryFacts, digest_of_row, split_list
from pipeline.resources.names import NameIndex, fold_name
from pipeline.resources.place import COUNTRY_PREFIX, KIND_ORDER, Place, PlaceMention, kind_around, without_kind
from pipeline.resources.places_by_name import Candidate, PlacesByName, find_name
from pipeline.resources.world_layer import LARGE, LARGE_ABROAD, TOWN, WorldLayer, of_kind, without_small
from pipeline.resources.world_names import WorldNames
from schemas.taxonomy import COUNTRIES, COUNTRY_BY_ISO2

OWN = "dataset"
"""Layer of the places of the seeds and of the accepted answers of geocoders, as it is shown to people."""

__all__ = ["COUNTRY_PREFIX", "OWN", "Gazetteer", "Place", "PlaceMention", "Resolution"]


@dataclass(frozen=True, slots=True)
class Resolution:
    """The place that a name stands for.

    Attributes:
        place: The place.
        score: How well it fits, from 0 to 1.
        reasons: What spoke for it.
        is_doubtful: Whether a place elsewhere fits as well, or nothing else points to its country.
    """

    place: Place
    score: float
    reasons: tuple[str, ...]
    is_doubtful: bool


def _number(row: Mapping[str, str], column: str, limit: float) -> float:
    try:
        value = float(row[column])
    except ValueError:
        raise SeedError(f"places: {row['place_id']}: {column} {row[column]!r} is not a number of degrees.") from None
    if not -limit <= value <= limit:
        raise SeedError(f"places: {row['place_id']}: {column} {value} lies outside -{limit:g} to {limit:g}.")
    return round(value, 4)


def _place(row: Mapping[str, str]) -> Place:
    if row["country"] not in COUNTRIES:
        raise SeedError(f"places: {row['place_id']}: country {row['country']!r} is not in schemas/data/countries.csv.")
    if row["kind"] not in KIND_ORDER:
        raise SeedError(f"places: {row['place_id']}: kind {row['kind']!r} is none of {', '.join(KIND_ORDER)}.")
    return Place(
        place_id=row["place_id"],
        name=row["name"],
        kind=row["kind"],
        country=row["country"],
        admin1=row["admin1"] or None,
        admin2=row["admin2"] or None,
        admin3=row["admin3"] or None,
        latitude=_number(row, "latitude", 90),
        longitude=_number(row, "longitude", 180),
        parent_place_id=row["parent_place_id"] or None,
        capital_place_id=row["capital_place_id"] or None,
    )


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
        self._index = NameIndex(names)
        self._layer: WorldLayer | None = None
        if world is not None:
            spoken: dict[str, list[str]] = {}
            for name, keys in sorted(names.items()):
                for key in keys:
                    spoken.setdefault(key, []).append(name)
            own = [(place, spoken[key]) for key, place in self._places.items() if place.kind != "country"]
            self._layer = WorldLayer(world[0], own)
            self._world_names = WorldNames(self._layer, world[1], self._countries_of)

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
            place = _place(row)
            places[place.place_id] = place
            digests[place.place_id] = digest_of_row(row)
            for name in (place.name, *split_list(row["alternate_names"])):
                names.setdefault(name, set()).add(place.place_id)
        for place in places.values():
            for key in (place.parent_place_id, place.capital_place_id):
                if key and key not in places:
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

    def _countries_of(self, mention: PlaceMention) -> set[str]:
        return {place.country for key in mention.place_ids if (place := self.get(key))}

    def mentions(self, text: str, home: Collection[str] = (), otherwise: Collection[str] = ()) -> list[PlaceMention]:
        """Places named in a text in order, countries among them; `Kirkuk province` is one mention, of the province.

        Args:
            text: The text.
            home: Countries that the dataset covers, by name or ISO 3166 two-letter code.
            otherwise: Countries that it is about if nothing else points to one.
        """
        found = []
        for each in self._index.find(text):
            start, end, kinds = kind_around(text, each.start, each.end)
            keys = tuple(key for key in each.keys if self._places[key].kind in kinds)
            if not keys:
                start, end, keys = each.start, each.end, each.keys
            found.append(PlaceMention(start, end, text[start:end], keys))
        if self._layer is None:
            return found
        return self._world_names.find(text, found, sorted(_names_of(home)), sorted(_names_of(otherwise)))

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
            keys = tuple(key for key in keys if self._places[key].kind in kinds) or keys
        return sorted((self._places[key] for key in keys), key=self._order)

    @staticmethod
    def _order(place: Place) -> tuple[int, str]:
        # Who writes `Guatemala` or `Mexico` means the country; the cities are called so with a further word.
        like_country = place.kind != "country" and fold_name(place.name) == fold_name(place.country)
        return (10 if like_country else KIND_ORDER[place.kind], place.place_id)

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
        found = [place for place in self._own_candidates(name) if country in (None, place.country)]
        focused = _names_of(focus)
        countries_near, admins_near = self._surroundings(near)
        scored = []
        for place in found:
            reasons = _reasons(place, country, admin1, focused, countries_near, admins_near)
            scored.append((-sum(_WEIGHTS[each] for each in reasons), self._order(place), place, reasons))
        scored.sort(key=lambda each: each[:2])
        about = focused | countries_near
        stranger = bool(found) and not scored[0][3] and bool(about)
        if not found or stranger:
            abroad = self._abroad(name, {country} if country else about, is_stated=bool(country) or bool(found))
            told = [_reasons(place, country, admin1, focused, countries_near, admins_near) for _, place in abroad]
            if told:
                return _best_abroad(abroad, told, admin1)
        if not found:
            return None
        negative, _, best, reasons = scored[0]
        rivals = [place for points, _, place, _ in scored[1:] if points == negative and not _is_same_spot(place, best)]
        if len(scored) == 1:
            reasons = (*reasons, "only_one")
        score = min(1.0, 0.5 - negative + (_WEIGHTS["only_one"] if len(scored) == 1 else 0.0))
        return Resolution(best, round(score / (1 + len(rivals)), 4), reasons, bool(rivals) or stranger)

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
        return [(each, _as_kind(place, kinds)) for each in within if (place := self.get(self._layer.key(each.number)))]

    def _surroundings(self, near: Sequence[str]) -> tuple[set[str], set[tuple[str, str]]]:
        countries: set[str] = set()
        admins: set[tuple[str, str]] = set()
        for each in near:
            place = self.get(each)
            choices = [place] if place else self._own_candidates(each)
            # A name that may lie in two countries points to neither.
            if len({choice.country for choice in choices}) == 1:
                countries.add(choices[0].country)
                admins |= {(choice.country, choice.admin1) for choice in choices if choice.admin1}
        return countries, admins

    def digest_of(self, mentions: Iterable[PlaceMention]) -> str:
        """SHA-256 over the mentions and the rows that they may stand for: changes if and only if one of these does."""
        found = [(mention.start, mention.end, mention.place_ids) for mention in mentions]
        keys = sorted({key for _, _, place_ids in found for key in place_ids})
        return hashlib.sha256(repr((found, [(key, self._digest(key)) for key in keys])).encode()).hexdigest()

    def _digest(self, key: str) -> str:
        if key not in self._digests and self._layer:
            self._digests[key] = self._layer.digest(key)
        return self._digests[key]


_WEIGHTS = {"country_stated": 0.3, "admin1_stated": 0.15, "focus": 0.1, "country_near": 0.08, "admin1_near": 0.07, "only_one": 0.1}


def _reasons(
    place: Place, country: str | None, admin1: str | None, focused: set[str], countries: set[str], admins: set[tuple[str, str]]
) -> tuple[str, ...]:
    told = {
        "country_stated": country == place.country,
        "admin1_stated": bool(admin1 and place.admin1 and fold_name(admin1) == fold_name(place.admin1)),
        "focus": place.country in focused,
        "country_near": place.country in countries,
        "admin1_near": bool(place.admin1) and (place.country, place.admin1 or "") in admins,
    }
    return tuple(reason for reason, holds in told.items() if holds)


def _names_of(countries: Iterable[str]) -> set[str]:
    return {COUNTRY_BY_ISO2[each].country if each in COUNTRY_BY_ISO2 else each for each in countries}


def _as_kind(place: Place, kinds: Sequence[str]) -> Place:
    """A town as the unit of the same name, of which it is the seat, if the text names the unit."""
    if not kinds or "town" in kinds or place.kind != "town":
        return place
    return replace(place, kind=kinds[0], admin1=place.admin1 or (place.name if kinds[0] == "admin1" else None))


def _best_abroad(found: Sequence[tuple[Candidate, Place]], told: Sequence[tuple[str, ...]], admin1: str | None) -> Resolution:
    """Of places of the world, the larger before the smaller, the one that most speaks for; doubtful if it is in another unit."""
    points = [sum(_WEIGHTS[each] for each in reasons) for reasons in told]
    most = max(points)
    place, reasons = found[points.index(most)][1], told[points.index(most)]
    rivals = without_small([candidate for (candidate, _), each in zip(found, points, strict=True) if each == most])[1:]
    if len(found) == 1:
        reasons = (*reasons, "only_one")
    score = min(1.0, 0.5 + most + (_WEIGHTS["only_one"] if len(found) == 1 else 0.0))
    is_elsewhere = bool(admin1 and place.admin1) and "admin1_stated" not in reasons
    return Resolution(place, round(score / (1 + len(rivals)), 4), reasons, bool(rivals) or not told[0] or is_elsewhere)


def _is_same_spot(one: Place, other: Place) -> bool:
    """Whether one of two places with one name lies in the other, as the town of Kirkuk in Kirkuk province."""
    if one.country != other.country:
        return False
    if "country" in (one.kind, other.kind) or one.place_id in (other.parent_place_id, other.capital_place_id):
        return True
    if other.place_id in (one.parent_place_id, one.capital_place_id):
        return True
    return one.kind != other.kind and one.admin1 == other.admin1
