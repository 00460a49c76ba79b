"""Makes the index of the GeoNames dumps that a user has added, from their lines as these are read.

The index depends on nothing but the names and bytes of the files, the table of countries and the code that makes it. Of a place
only numbers are kept while it is made; of several lines with one geonameid the one that was last modified counts.
"""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import TypeVar

import numpy as np

from pipeline.errors import InputError
from pipeline.resources import (
    dump_features,
    dump_names,
    dump_units,
    geonames_files,
    geonames_rows,
    names,
    place,
    places_by_name,
    world_compile,
    world_spellings,
    world_words,
)
from pipeline.resources.dump_names import CURRENT, HISTORIC, MAIN, NameTable, Numbers, bare_unit
from pipeline.resources.dump_units import LEVELS, Units, find_cities, find_parents, find_seats, seat_level
from pipeline.resources.geonames_files import GeonamesFiles, file_sha256, kind_of, numbered_lines
from pipeline.resources.geonames_rows import UNIT_TABLES, Kind, PlaceRow, RowError, code_row, name_row, place_row, rank_of
from pipeline.resources.place import without_kind
from pipeline.resources.places_by_name import Rank
from pipeline.resources.world_compile import DEGREE
from pipeline.resources.world_file import pack
from pipeline.resources.world_spellings import counted_in, is_spoken, plain_name, spellings
from schemas.taxonomy import COUNTRIES, COUNTRY_BY_ISO2

Packed = dict[str, tuple[str, bytes]]
_Row = TypeVar("_Row")

_COLUMNS = {"id": "I", "latitude": "i", "longitude": "i", "population": "I", "country": "H", "rank": "B",
            "level1": "I", "level2": "I", "level3": "I", "seat_of": "B"}  # fmt: skip

_ENGLISH = "en"
_MODULES = (
    *(dump_features, dump_names, dump_units, geonames_files, geonames_rows, names, place, places_by_name),
    *(world_compile, world_spellings, world_words),
)
_UNIT_RANKS = frozenset((Rank.ADMIN1, Rank.ADMIN2, Rank.ADMIN3))


def index_name(files: GeonamesFiles) -> str:
    """Name of the file that holds the index of some dumps."""
    digest = hashlib.blake2b(files.digest.encode(), digest_size=16)
    for source in (__file__, *(str(module.__file__) for module in _MODULES)):
        digest.update(Path(source).read_bytes())
    digest.update(repr([(country.country, country.iso2) for country in COUNTRIES.values()]).encode())
    return f"gazetteer-{digest.hexdigest()}.bin"


def compile_files(files: GeonamesFiles) -> bytes:
    """The index of some dumps with the tables of units and of alternate names that lie beside them.

    Lines that are not in the published format, or tell of what is no place of the gazetteer, are left out.

    Returns:
        Content of a file for `world_file.unpack`.

    Raises:
        InputError: A file cannot be read, is no table of GeoNames, or has changed since its hash was taken.
    """
    paths: dict[Kind, list[Path]] = {}
    for file in files.files:
        paths.setdefault(kind_of(file.path), []).append(file.path)
    units = Units()
    for kind in UNIT_TABLES:
        for path in paths.get(kind, ()):
            for code in _parsed(path, partial(code_row, kind=kind)):
                units.name_by_table(code.code, bare_unit(code.name))
    compiler = _Compiler(units)
    for path in paths.get("places", ()):
        for row in _parsed(path, place_row):
            compiler.add(row)
    compiler.settle()
    compiler.has_all_names = "alternate_names" in paths
    for path in paths.get("alternate_names", ()):
        for name in _parsed(path, name_row):
            if name is not None:
                compiler.rename(
                    name.geonameid, name.name, name.language, is_preferred=name.is_preferred, is_historic=name.is_historic
                )
    for file in files.files:
        if file_sha256(file.path) != file.sha256:
            raise InputError(f"{file.path}: changed while it was read. Run the command again.")
    return compiler.packed()


def _parsed(path: Path, parse: Callable[[bytes], _Row]) -> Iterator[_Row]:
    """The lines of a file that are in its format; what the others lack was told when the file was added."""
    for _, line in numbered_lines(path):
        try:
            row = parse(line)
        except RowError:
            continue
        yield row


class _Compiler:
    """The index while it is made."""

    def __init__(self, units: Units) -> None:
        self.has_all_names = False
        self._units = units
        self._table = NameTable()
        self._columns = {name: array(code) for name, code in _COLUMNS.items()}
        self._modified = array("I")
        self._written: list[bytes] = []
        self._codes: list[str] = []
        self._countries = {country: number for number, country in enumerate(sorted(COUNTRIES))}
        self._iso2 = [COUNTRIES[country].iso2 for country in sorted(COUNTRIES)]
        self._owner_of: Numbers = np.zeros(0, np.int64)
        self._sorted_ids = array("I")
        self._english: dict[int, bytes] = {}

    def add(self, row: PlaceRow) -> None:
        """Take a line of a dump, if it tells of a place of the gazetteer."""
        rank, country = rank_of(row), counted_in(row.country_code)
        if rank is None or not country:
            return
        is_unit, owner = rank in _UNIT_RANKS, len(self._written)
        name = bare_unit(row.name) if is_unit else row.name
        written = plain_name(name, row.country_code)
        levels = self._units.levels(row.country_code, row.admin_codes)
        values = (row.geonameid, round(row.latitude * DEGREE), round(row.longitude * DEGREE), row.population,
                  self._countries[COUNTRY_BY_ISO2[country].country], rank, *levels, seat_level(row.feature_code))  # fmt: skip
        for column, value in zip(self._columns.values(), values, strict=True):
            column.append(value)
        self._modified.append(row.modified)
        self._written.append(written.encode())
        self._table.add_row(owner, row, is_unit=is_unit)
        if is_unit:
            level = int(row.feature_code[-1])
            self._units.name_by_row(levels[level - 1] if level <= len(levels) else 0, owner, _english_unit(row) or written)

    def settle(self) -> None:
        """Number the places in the order of their geonameids, of several lines with one keeping the last modified."""
        ids = np.frombuffer(self._columns["id"], np.uint32)
        changed = np.frombuffer(self._modified, np.uint32)
        order = np.lexsort((np.arange(len(ids)), changed, ids)) if len(ids) else np.zeros(0, np.int64)
        ordered = ids[order]
        last = np.append(ordered[1:] != ordered[:-1], True)[: len(ordered)]
        kept = order[last]
        self._owner_of = np.full(len(ids), -1, np.int64)
        self._owner_of[kept] = np.arange(len(kept))
        self._arrays: dict[str, Numbers] = {name: np.asarray(column)[kept] for name, column in self._columns.items()}
        self._written = [self._written[number] for number in kept]
        self._sorted_ids = array("I", self._arrays["id"].tobytes())
        self._kept = kept
        self._columns, self._modified = {}, array("I")

    def rename(self, geonameid: int, name: str, language: str, *, is_preferred: bool, is_historic: bool) -> None:
        """Take a name from a table of alternate names."""
        number = bisect_left(self._sorted_ids, geonameid)
        if number == len(self._sorted_ids) or self._sorted_ids[number] != geonameid or not is_spoken(name):
            return
        is_main = is_preferred and language == _ENGLISH and not is_historic and number not in self._english
        country_code = self._iso2[self._arrays["country"][number]]
        owner = int(self._kept[number])
        is_unit = self._arrays["rank"][number] in _UNIT_RANKS
        flags = HISTORIC if is_historic else CURRENT | MAIN * is_main
        for each in {name, bare_unit(name)} if is_unit else {name}:
            for words in spellings(each, country_code, is_main=is_main):
                self._table.add(owner, words, flags)
        if is_main:
            plain = plain_name(bare_unit(name) if is_unit else name, country_code)
            self._english[number] = plain.encode()
            if is_unit:
                self._units.name_in_english(owner, plain)

    def packed(self) -> bytes:
        """Content of the file."""
        arrays, owner_of = self._arrays, self._owner_of
        levels = [arrays.pop(f"level{level}") for level in LEVELS]
        names, places = self._units.resolved(owner_of)
        for number, english in self._english.items():
            self._written[number] = english
        for unit, number in places.items():
            self._written[number] = names[unit].encode()
        seats = find_seats(levels, arrays, self._written, names)
        cities = find_cities(arrays, DEGREE)
        around = {name: np.zeros(len(self._written), np.uint32) for name in ("parent", "seat")}
        around["parent"][:] = find_parents(levels, places)
        for quarter, city in cities.items():
            around["parent"][quarter] = city + 1
        for unit, seat in seats.items():
            # Who names the seat of a unit, however small, means it before its namesakes.
            arrays["rank"][seat] = Rank.TOWN
            if unit in places:
                around["seat"][places[unit]] = seat + 1
        del arrays["seat_of"]
        columns = arrays | around | {"unit": levels[0], "second": levels[1], "third": levels[2]}
        packed: Packed = {name: (column.dtype.char, column.tobytes()) for name, column in columns.items()}
        packed |= _pool("spelling", self._written) | _pool("unit_spelling", [name.encode() for name in names])
        codes = self._units.codes()
        firsts = sorted({int(number) for number in np.unique(levels[0])})
        facts = {
            "release": "",
            "has_all_names": self.has_all_names,
            "countries": sorted(COUNTRIES),
            "units": {str(number): codes[number] for number in firsts},
            "unit_names": {codes[number]: names[number] for number in firsts if names[number]},
        }
        return pack(facts, packed | self._table.arrays(owner_of))


def _pool(name: str, texts: list[bytes]) -> dict[str, tuple[str, bytes]]:
    """Texts one after the other, and where each begins."""
    return {
        name: ("I", array("I", accumulate(map(len, texts), initial=0)).tobytes()),
        f"{name}s": ("B", b"".join(texts)),
    }


def _english_unit(row: PlaceRow) -> str | None:
    """The name of a unit in English, if one of its names says in English what it is."""
    for name in (row.name, row.ascii_name, *row.alternate_names.split(",")):
        bare, kinds = without_kind(name)
        if kinds and is_spoken(name):
            return plain_name(bare, row.country_code)
    return None
