"""The places of the GeoNames dumps that a user has added to a dataset, in a file that all processes map."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from pipeline.resources.dump_compile import compile_files, index_name
from pipeline.resources.geonames_files import GeonamesFiles
from pipeline.resources.places_by_name import KIND_OF_RANK, Candidate, Rank, Surroundings
from pipeline.resources.world import World
from pipeline.resources.world_file import MappedArrays, open_or_make


class Dump(World):
    """Places of all kinds by number, name and id of GeoNames, with the units that they lie in."""

    def __init__(self, mapped: MappedArrays) -> None:
        """Use `open_dump`, or `world_file.unpack` of what `dump_compile.compile_files` made."""
        super().__init__(mapped)
        arrays = mapped.arrays
        self._rank, self._second, self._third = arrays["rank"], arrays["second"], arrays["third"]
        self._parent, self._seat = arrays["parent"], arrays["seat"]
        self._unit_spelling, self._unit_spellings = arrays["unit_spelling"], arrays["unit_spellings"]
        self._codes: dict[int, str] = {int(number): code for number, code in mapped.facts["units"].items()}
        self.has_all_names: bool = mapped.facts["has_all_names"]
        # Its units are places themselves, which their rank puts before the towns of their name.
        self.large_units = {}

    def _candidate(self, number: int, is_main: bool) -> Candidate:
        country = self._countries[self._country[number]]
        return Candidate(number, country, self._population[number], is_main, self._rank[number])

    def kinds(self) -> Counter[str]:
        """Places by kind."""
        found: Counter[str] = Counter()
        for rank, count in Counter(self._rank).items():
            found[KIND_OF_RANK[rank]] += count
        return found

    def rank(self, number: int) -> int:
        """What a place is: a `Rank`."""
        found: int = self._rank[number]
        return found

    def unit(self, number: int) -> str:
        """Code of the first-level unit of a place, such as `IQ.13`; empty if it is not told."""
        return self._codes[self._unit[number]]

    def name(self, number: int) -> str:
        """Main name of a place; a quarter of a city is named with it, as the codebook writes `Mosul - Old City`."""
        own = super().name(number)
        if self._rank[number] == Rank.QUARTER and self._parent[number] and self._is_city(self._parent[number] - 1):
            return f"{super().name(self._parent[number] - 1)} - {own}"
        return own

    def _is_city(self, number: int) -> bool:
        return self._rank[number] == Rank.TOWN.value

    def lower_name(self, key: int) -> str:
        """Name of a second- or third-level unit; empty if it is not known."""
        return bytes(self._unit_spellings[self._unit_spelling[key] : self._unit_spelling[key + 1]]).decode()

    def around(self, number: int) -> Surroundings:
        """What a place lies in below the first level."""
        return Surroundings(
            second=self._second[number] or None,
            third=self._third[number] or None,
            parent=self._parent[number] - 1 if self._parent[number] else None,
            seat=self._seat[number] - 1 if self._seat[number] else None,
        )

    def source(self, number: int = 0) -> str:  # noqa: ARG002 - all were taken from one
        """What a place was taken from."""
        return "data/raw/gazetteer"


@lru_cache(maxsize=4)
def open_dump(files: GeonamesFiles) -> Dump | None:
    """The places in some dumps; None if there is no file. The index is made when it is first asked for."""
    if not files.files:
        return None
    return Dump(open_or_make(index_name(files), lambda: compile_files(files)))
