"""The world's places below a dataset's own: the same places under the dataset's keys, and which of many homonyms is meant."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import cos, hypot, radians

from pipeline.resources.place import Place
from pipeline.resources.world import Candidate, World

LARGE = 500_000
"""People that a place needs to be taken for the one meant in a text that does not name its country."""
LARGE_ABROAD = 1_000_000
"""The same in a text that names other countries."""
_TOWERING = 50
"""How many times larger a place abroad is than its namesake in a country of the text, to be the one meant."""
_RIVAL = 3
"""A namesake in the same country counts as long as it has at least this part of the people."""
_MOST = 4
TOWN, CITY = 15_000, 100_000
"""People from which a name is well known, and from which it is known abroad."""
_SAME_KM = 15.0
_KM_A_DEGREE = 111.2


def _km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance of two points that lie close together."""
    width = cos(radians((one[0] + other[0]) / 2))
    return _KM_A_DEGREE * hypot(one[0] - other[0], (one[1] - other[1]) * width)


class WorldLayer:
    """Places of the world as places of the gazetteer."""

    def __init__(self, world: World, own: Iterable[tuple[Place, Sequence[str]]]) -> None:
        """Join the world with a dataset's own places.

        Args:
            world: The index.
            own: The dataset's places with all their names; the same place in the index goes under their key.
        """
        self.world = world
        self._own: dict[int, str] = {}
        votes: dict[str, Counter[str]] = {}
        for place, names in own:
            number = self._same(place, names)
            if number is None:
                continue
            if place.kind == "town":
                self._own.setdefault(number, place.place_id)
            if place.admin1:
                votes.setdefault(world.unit(number), Counter())[place.admin1] += 1
        named = {code: min(units.items(), key=lambda each: (-each[1], each[0]))[0] for code, units in votes.items()}
        self._units: dict[str, str] = {**world.unit_names, **named}
        self._places: dict[int, Place] = {}

    def _same(self, place: Place, names: Sequence[str]) -> int | None:
        if place.latitude is None or place.longitude is None:
            return None
        point = (place.latitude, place.longitude)
        found = {each.number for name in names for each in self.world.find(name) if each.country == place.country}
        near = [(_km(point, self.world.point(number)), number) for number in sorted(found)]
        closest = min(near, default=None)
        return closest[1] if closest and closest[0] <= _SAME_KM else None

    def place(self, number: int) -> Place:
        """A place of the index as one of the gazetteer."""
        if number not in self._places:
            latitude, longitude = self.world.point(number)
            self._places[number] = Place(
                place_id=self.world.place_id(number),
                name=self.world.name(number),
                kind="town",
                country=self.world.country(number),
                admin1=self._units.get(self.world.unit(number)),
                latitude=latitude,
                longitude=longitude,
            )
        return self._places[number]

    def get(self, place_id: str) -> Place | None:
        """The place with an id such as `geonames:99532`."""
        number = self.world.number_of(place_id)
        return None if number is None else self.place(number)

    def key(self, number: int) -> str:
        """Key of a place: that of the dataset if it knows it."""
        return self._own.get(number) or self.world.place_id(number)

    def digest(self, place_id: str) -> str:
        """Hash of what a place of the index is."""
        return hashlib.sha256(repr((self.world.release, self.get(place_id))).encode()).hexdigest()

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
        is_only = is_led and sum(each.is_main for each in found) == 1
        about = [
            each
            for each in found
            if (weight := weights.get(each.country, 0))
            and (
                weight == leading_weight or each.country in home or (each.is_main and (is_only or each.population >= enough_there))
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
        found = [each for each in self.world.find(name) if countries is None or each.country in countries]
        return sorted(found, key=_size, reverse=True)


def _size(candidate: Candidate) -> tuple[bool, int, int]:
    """Order of namesakes: main names, then the larger, then the one that GeoNames knew first."""
    return (candidate.is_main, candidate.population, -candidate.number)


def without_small(found: Sequence[Candidate]) -> list[Candidate]:
    """Of namesakes, the first being the likeliest in its country, those that are not much smaller than it in theirs."""
    best: dict[str, Candidate] = {}
    for each in found:
        best.setdefault(each.country, each)
    kept = [
        each
        for each in found
        if each.is_main >= best[each.country].is_main and each.population * _RIVAL >= best[each.country].population
    ]
    return kept[:_MOST]
