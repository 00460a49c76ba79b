"""What the places of a dump lie in: units by their codes and names, seats of units, cities of quarters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import cos, hypot, radians
from typing import Final

from pipeline.resources.dump_names import Numbers
from pipeline.resources.places_by_name import Rank

LEVELS: Final = (1, 2, 3)
_NO_UNIT: Final = frozenset(("", "00"))
_SEAT_LEVELS: Final[Mapping[str, int]] = {"PPLA": 1, "PPLC": 1, "PPLA2": 2, "PPLA3": 3}
_SEATS: Final = frozenset((Rank.TOWN, Rank.VILLAGE))
_CITY: Final = 100_000
"""People from which a quarter is named with its city."""
_REACH_KM: Final = 20.0
_KM_A_DEGREE: Final = 111.2

Codes = tuple[str, str, str]
Keys = tuple[int, int, int]


def seat_level(feature_code: str) -> int:
    """Level of the units that a place with this code is the seat of; 0 for any other place."""
    return _SEAT_LEVELS.get(feature_code, 0)


class Units:
    """Units by number, from 1; 0 stands for none."""

    def __init__(self) -> None:
        """No units."""
        self._numbers: dict[str, int] = {}
        self._by_table: dict[str, str] = {}
        self._rows: list[tuple[int, int, str]] = []
        self._english: dict[int, str] = {}

    def levels(self, country_code: str, codes: Codes) -> Keys:
        """Numbers of the first, second and third unit with these codes, each 0 if it or the one above is not told."""
        found, code = [0, 0, 0], country_code
        for level, part in enumerate(codes):
            if part in _NO_UNIT:
                break
            code = f"{code}.{part}"
            number = self._numbers.get(code)
            if number is None:
                number = self._numbers[code] = len(self._numbers) + 1
            found[level] = number
        return found[0], found[1], found[2]

    def name_by_table(self, code: str, name: str) -> None:
        """Take a name from admin1CodesASCII.txt or admin2Codes.txt."""
        self._by_table.setdefault(code, name)

    def name_by_row(self, unit: int, owner: int, name: str) -> None:
        """Take the name of a unit from its own line in a dump, the line's number being `owner`."""
        if unit:
            self._rows.append((unit, owner, name))

    def name_in_english(self, owner: int, name: str) -> None:
        """Take the name by which a unit is known in English."""
        self._english.setdefault(owner, name)

    def codes(self) -> list[str]:
        """Codes by number; that of 0 is empty."""
        return ["", *self._numbers]

    def resolved(self, owner_of: Numbers) -> tuple[list[str], dict[int, int]]:
        """Names of the units by number, empty where none is known, and by unit the place in the index that it is.

        A table of codes goes before the preferred English name, and this before the name in the dump.

        Args:
            owner_of: Number in the index by number of a line; -1 for a line that is left out.
        """
        names, places = [""] * (len(self._numbers) + 1), {}
        for unit, owner, name in sorted(self._rows, key=lambda each: (each[0], -int(owner_of[each[1]]))):
            if owner_of[owner] >= 0:
                names[unit], places[unit] = self._english.get(owner, name), int(owner_of[owner])
        for code, number in self._numbers.items():
            names[number] = self._by_table.get(code, names[number])
        return names, places


def find_seats(
    levels: Sequence[Numbers], arrays: Mapping[str, Numbers], written: Sequence[bytes], names: Sequence[str]
) -> dict[int, int]:
    """The seat of each unit that has one: the place that GeoNames says is it, else the one that bears its name; the largest.

    Args:
        levels: Units of every place, level by level.
        arrays: Columns `seat_of`, `rank` and `population`.
        written: Names of the places.
        names: Names of the units.
    """
    best: dict[int, tuple[bool, int, int]] = {}
    encoded = [name.encode() for name in names]
    columns = (
        arrays["rank"].tolist(),
        arrays["seat_of"].tolist(),
        arrays["population"].tolist(),
        *(each.tolist() for each in levels),
    )
    for number, (rank, seat_of, population, *units) in enumerate(zip(*columns, strict=True)):
        if rank not in _SEATS:
            continue
        for level, unit in zip(LEVELS, units, strict=True):
            if unit and (seat_of == level or encoded[unit] == written[number]):
                best[unit] = max(best.get(unit, (False, 0, -number)), (seat_of == level, population, -number))
    return {unit: -seat for unit, (_, _, seat) in best.items()}


def find_parents(levels: Sequence[Numbers], places: Mapping[int, int]) -> list[int]:
    """Number of the smallest unit in which each place lies and that is a place itself, from 1; 0 if there is none."""
    found = []
    for number, units in enumerate(zip(*(each.tolist() for each in reversed(levels)), strict=True)):
        around = (places[unit] for unit in units if unit in places)
        found.append(next((place + 1 for place in around if place != number), 0))
    return found


def find_cities(arrays: Mapping[str, Numbers], degree: int) -> dict[int, int]:
    """The city of each quarter that has one within reach, in the same country; the closest.

    Args:
        arrays: Columns `rank`, `population`, `country`, `latitude` and `longitude`.
        degree: Parts of a degree that coordinates count.
    """
    latitude, longitude, country = (arrays[name].tolist() for name in ("latitude", "longitude", "country"))
    grid: dict[tuple[int, int, int], list[int]] = {}
    for number in ((arrays["rank"] == Rank.TOWN) & (arrays["population"] >= _CITY)).nonzero()[0].tolist():
        grid.setdefault((country[number], latitude[number] // degree, longitude[number] // degree), []).append(number)
    found = {}
    for quarter in (arrays["rank"] == Rank.QUARTER).nonzero()[0].tolist():
        row, column = latitude[quarter] // degree, longitude[quarter] // degree
        cells = ((country[quarter], row + up, column + right) for up in (-1, 0, 1) for right in (-1, 0, 1))
        width = cos(radians(latitude[quarter] / degree))
        distances = [
            (
                _KM_A_DEGREE * hypot(latitude[city] - latitude[quarter], (longitude[city] - longitude[quarter]) * width) / degree,
                city,
            )
            for cell in cells
            for city in grid.get(cell, ())
        ]
        closest = min(distances, default=(_REACH_KM, -1))
        if closest[0] < _REACH_KM:
            found[quarter] = closest[1]
    return found
