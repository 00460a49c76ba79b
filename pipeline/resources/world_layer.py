"""The world's places below a dataset's own: the same places under the dataset's keys, and which of many homonyms is meant."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from pipeline.resources.layered_world import SAME_KM, kilometres
from pipeline.resources.place import Place
from pipeline.resources.places_by_name import KIND_OF_RANK, Candidate, PlacesByName, Rank, find_name
from schemas.taxonomy import COUNTRIES

LARGE = 500_000
"""People that a place needs to be taken for the one meant in a text that does not name its country."""
LARGE_ABROAD = 1_000_000
"""The same in a text that names other countries."""
_TOWERING = 50
"""How many times larger a place abroad is than its namesake in a country of the text, to be the one meant."""
_RIVAL = 3
"""A namesake in the same country counts as long as it has at least this part of the people."""
_MOST = 4
_BY_OTHER_NAME = 3
"""What another name counts against a place, where a rank counts 2: a town by its other name goes before a village by its own."""
TOWN, CITY = 15_000, 100_000
"""People from which a name is well known, and from which it is known abroad."""
_UNIT_KM = 150.0
"""Distance within which two units of one name are one: one gazetteer gives the middle of a unit, another its seat."""


class WorldLayer:
    """Places of the world as places of the gazetteer."""

    def __init__(self, world: PlacesByName, own: Iterable[tuple[Place, Sequence[str]]]) -> None:
        """Join the world with a dataset's own places.

        Args:
            world: The index.
            own: The dataset's places with all their names; the same place in the index goes under their key.
        """
        self.world = world
        self._own: dict[int, str] = {}
        votes: dict[str, Counter[str]] = {}
        lower: dict[int, Counter[str]] = {}
        for place, names in own:
            number = self._same(place, names)
            seat = world.number_of(place.capital_place_id) if place.capital_place_id else None
            if place.kind == "admin1" and place.admin1 and seat is not None and (code := world.unit(seat)):
                votes.setdefault(code, Counter())[place.admin1] += 1
            if number is None:
                continue
            if self._kind(number) == place.kind:
                self._own.setdefault(number, place.place_id)
            if place.admin1 and (code := world.unit(number)):
                votes.setdefault(code, Counter())[place.admin1] += 1
            second = world.around(number).second
            if place.admin2 and second is not None:
                lower.setdefault(second, Counter())[place.admin2] += 1
        self._units: dict[str, str] = {**world.unit_names, **{code: _most_frequent(units) for code, units in votes.items()}}
        self._lower = {key: _most_frequent(units) for key, units in lower.items()}
        self._numbers = {key: number for number, key in self._own.items()}
        self._places: dict[int, Place] = {}

    def seat_of_one_name(self, unit: Place) -> str | None:
        """Key of the largest town that has the main name of a unit and lies near its point; None if there is none."""
        towns = (each for each in self.candidates(unit.name, (unit.country,)) if each.is_main and each.kind == "town")
        return next((self.key(each.number) for each in towns if self._is_close(unit, each.number)), None)

    def _is_close(self, unit: Place, number: int) -> bool:
        if unit.latitude is None or unit.longitude is None:
            return False
        return kilometres((unit.latitude, unit.longitude), self.world.point(number)) <= _UNIT_KM

    def _same(self, place: Place, names: Sequence[str]) -> int | None:
        """The place of the index that a place of the dataset is: of its kind if there is one, else the town of that name."""
        if place.latitude is None or place.longitude is None:
            return None
        point = (place.latitude, place.longitude)
        found = {each.number: each.kind for name in names for each in find_name(self.world, name) if each.country == place.country}
        near = []
        for number, kind in sorted(found.items()):
            distance = kilometres(point, self.world.point(number))
            if distance <= (SAME_KM if "town" in (place.kind, kind) else _UNIT_KM):
                near.append((kind != place.kind, distance, number))
        return min(near)[2] if near else None

    def place(self, number: int) -> Place:
        """A place of the index as one of the gazetteer."""
        if number not in self._places:
            world, around = self.world, self.world.around(number)
            latitude, longitude = world.point(number)
            self._places[number] = Place(
                place_id=world.place_id(number),
                name=self._name(number),
                kind=self._kind(number),
                country=world.country(number),
                admin1=self._units.get(world.unit(number)),
                admin2=self._lower_name(around.second),
                admin3=self._lower_name(around.third),
                latitude=latitude,
                longitude=longitude,
                parent_place_id=None if around.parent is None else self.key(around.parent),
                capital_place_id=None if around.seat is None else self.key(around.seat),
            )
        return self._places[number]

    def _kind(self, number: int) -> str:
        return KIND_OF_RANK[self.world.rank(number)]

    def _name(self, number: int) -> str:
        """Name of a place; a unit has the name under which the places in it tell where they lie."""
        rank = self.world.rank(number)
        unit = self._units.get(self.world.unit(number)) if rank == Rank.ADMIN1 else None
        if rank == Rank.ADMIN2:
            unit = self._lower_name(self.world.around(number).second)
        return unit or self.world.name(number)

    def _lower_name(self, key: int | None) -> str | None:
        if key is None:
            return None
        return self._lower.get(key) or self.world.lower_name(key) or None

    def get(self, place_id: str) -> Place | None:
        """The place with an id such as `geonames:99532`."""
        number = self.world.number_of(place_id)
        return None if number is None else self.place(number)

    def population(self, place_id: str) -> int:
        """People of a place, by the dataset's key or that of the index; 0 if not known."""
        number = self._numbers.get(place_id)
        number = self.world.number_of(place_id) if number is None else number
        return 0 if number is None else self.world.population(number)

    def codes_of(self, unit: Place) -> list[str]:
        """Codes such as `US.CA` that stand for a first-level unit in the index."""
        prefix = f"{COUNTRIES[unit.country].iso2}."
        return [code for code, name in sorted(self._units.items()) if name == unit.admin1 and code.startswith(prefix)]

    def key(self, number: int) -> str:
        """Key of a place: that of the dataset if it knows it."""
        return self._own.get(number) or self.world.place_id(number)

    def digest(self, place_id: str) -> str:
        """Hash of what a place of the index is."""
        return hashlib.sha256(repr((self.source(place_id), self.get(place_id))).encode()).hexdigest()

    def source(self, place_id: str) -> str | None:
        """What the place with an id such as `geonames:99532` was taken from; None if there is none."""
        number = self.world.number_of(place_id)
        return None if number is None else self.world.source(number)

    def choose(
        self,
        found: Sequence[Candidate],
        weights: Mapping[str, int],
        home: Collection[str] = (),
        *,
        is_led: bool = False,
        is_sure: bool = False,
    ) -> list[Candidate]:
        """Of several places with one name those that may be meant, the likeliest first.

        Args:
            found: The places.
            weights: How much points to each country.
            home: Countries that the dataset covers.
            is_led: Whether the words around point to a place.
            is_sure: Whether they say that it is one.

        Returns:
            Places in the country that the text is about, one of the dataset, or a city in one that it names; else the largest in
            the world; none if none of these is there.
        """
        leading_weight = max(weights.values(), default=0)
        enough = LARGE_ABROAD if leading_weight else LARGE
        largest = max((each for each in found if each.is_main and each.population > enough), key=_size, default=None)
        # Countries named in passing: what is said to be a place there must be known, or the only one of its name.
        enough_there = TOWN if is_sure else CITY
        is_only = is_led and sum(each.is_main and each.rank == Rank.TOWN for each in found) == 1
        about = [
            each
            for each in found
            if (weight := weights.get(each.country, 0))
            and (
                weight == leading_weight
                or each.country in home
                # A village is known in its country alone.
                or (each.is_main and each.rank == Rank.TOWN and (is_only or each.population >= enough_there))
            )
        ]
        if not about:
            return [largest] if largest else []
        most = max(weights[each.country] for each in about)
        leading = sorted((each for each in about if weights[each.country] == most), key=_size, reverse=True)
        if largest and largest.population > _TOWERING * leading[0].population and not weights.get(largest.country):
            return [largest]
        return without_small(leading)

    def candidates(self, name: str, countries: Collection[str] | None = None) -> list[Candidate]:
        """Places of a name in some countries or anywhere, the largest first."""
        found = [each for each in find_name(self.world, name) if countries is None or each.country in countries]
        return sorted(found, key=_size, reverse=True)


def _size(candidate: Candidate) -> tuple[int, int, int]:
    """Order of namesakes: what is likelier to be meant by its main name or by another, the larger, the one GeoNames knew first."""
    return (-2 * candidate.rank - (0 if candidate.is_main else _BY_OTHER_NAME), candidate.population, -candidate.number)


def of_kind(found: Sequence[Candidate], kinds: Collection[str]) -> list[Candidate]:
    """Of namesakes those of the kinds that the words around allow; a town, but no village, may stand for the unit around it."""
    if not kinds:
        return list(found)
    return [each for each in found if each.kind in kinds] or [each for each in found if each.rank == Rank.TOWN]


def without_small(found: Sequence[Candidate]) -> list[Candidate]:
    """Of namesakes, the first being the likeliest in its country, those that are not much smaller than it in theirs."""
    best: dict[str, Candidate] = {}
    for each in found:
        best.setdefault(each.country, each)
    kept = [each for each in found if _rivals(each, best[each.country])]
    return kept[:_MOST]


def _rivals(one: Candidate, best: Candidate) -> bool:
    return one.rank == best.rank and one.is_main >= best.is_main and one.population * _RIVAL >= best.population


def _most_frequent(names: Counter[str]) -> str:
    return min(names.items(), key=lambda each: (-each[1], each[0]))[0]
