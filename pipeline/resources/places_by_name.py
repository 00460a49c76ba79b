"""What an index of places by name answers, whatever it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from typing import Final, NamedTuple, Protocol

from pipeline.resources.world_words import extend, hash_word, name_words

PREFIX: Final = "geonames:"
"""What the place_ids of these places begin with; the number of GeoNames follows."""


class Rank(IntEnum):
    """What a place is; of several with one name, the first that is there is likeliest to be meant."""

    TOWN = 0
    ADMIN1 = 1
    ADMIN2 = 2
    VILLAGE = 3
    ADMIN3 = 4
    QUARTER = 5
    FEATURE = 6


KIND_OF_RANK: Final = ("town", "admin1", "admin2", "town", "admin3", "town", "region")
"""Kind of a place of the gazetteer by rank: villages, camps and quarters are points such as towns, a river is none."""


class Candidate(NamedTuple):
    """A place that a name may stand for, without what only the one that is meant is asked for.

    Attributes:
        number: Its number in the index.
        country: Country or territory.
        population: People; 0 if not known.
        is_main: Whether the name is its main one.
        rank: What it is: a `Rank`, as a plain number since every name of a text is asked.
    """

    number: int
    country: str
    population: int
    is_main: bool
    rank: int = 0

    @property
    def kind(self) -> str:
        """Its kind in the gazetteer."""
        return KIND_OF_RANK[self.rank]


class Surroundings(NamedTuple):
    """What a place lies in; None where it is not known.

    Attributes:
        second: Key of the second-level unit, for `PlacesByName.lower_name`.
        third: Key of the third-level unit.
        parent: Number of the unit that it lies in; of a quarter the city.
        seat: Number of the seat of a unit.
    """

    second: int | None = None
    third: int | None = None
    parent: int | None = None
    seat: int | None = None


class PlacesByName(Protocol):
    """Places by number, name and id of GeoNames."""

    @property
    def unit_names(self) -> Mapping[str, str]:
        """Names of first-level units by `<country code>.<unit code>`, where they are known."""
        ...

    @property
    def large_units(self) -> Mapping[str, str]:
        """Those of them that are meant by their name rather than any town of that name."""
        ...

    @property
    def shipped(self) -> PlacesByName:
        """Those of them that come with the package, whatever a user has added."""
        ...

    def words_from(self, word: int) -> int:
        """Words of the longest name that begins with a word, given by its hash; 0 if none does."""
        ...

    def named(self, name: int) -> Sequence[Candidate]:
        """Places of a name, given by the hash of its words, in the order of their numbers."""
        ...

    def likeliest(self, name: int) -> Sequence[Candidate]:
        """Those of them that a text may mean: of hundreds of villages with one name some stand for all."""
        ...

    def number_of(self, place_id: str) -> int | None:
        """Number of the place with an id such as `geonames:99532`; None if there is none."""
        ...

    def place_id(self, number: int) -> str:
        """Key of a place."""
        ...

    def name(self, number: int) -> str:
        """Main name of a place."""
        ...

    def numbers_in(self, country: str) -> Iterator[int]:
        """Numbers of the places of a country in order."""
        ...

    def population(self, number: int) -> int:
        """People of a place; 0 if not known."""
        ...

    def rank(self, number: int) -> int:
        """What a place is: a `Rank`."""
        ...

    def country(self, number: int) -> str:
        """Country of a place."""
        ...

    def unit(self, number: int) -> str:
        """Code of the first-level unit of a place, such as `US.CA`."""
        ...

    def lower_name(self, key: int) -> str:
        """Name of a second- or third-level unit, given by its key."""
        ...

    def around(self, number: int) -> Surroundings:
        """What a place lies in below the first level."""
        ...

    def point(self, number: int) -> tuple[float, float]:
        """Latitude and longitude of a place in degrees."""
        ...

    def source(self, number: int) -> str:
        """What a place was taken from."""
        ...


def number_of_name(name: str) -> int:
    """Hash of the words of a name; 0 for a name without words."""
    total = 0
    for word in name_words(name):
        total = extend(total, hash_word(word))
    return total


def find_name(world: PlacesByName, name: str) -> Sequence[Candidate]:
    """Places of a name in an index."""
    number = number_of_name(name)
    return world.named(number) if number else ()
