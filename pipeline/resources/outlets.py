"""Where an outlet sits that nobody registered: as its name says, such as `bamako-quotidien`, `times-of-india` or `punch-ng`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.resources.countries import CountryFacts
from pipeline.resources.gazetteer import Gazetteer
from pipeline.resources.place import Place
from schemas.taxonomy import COUNTRIES

_LONGEST = 3
"""Words of the longest name that is looked up."""
_CITY = 100_000
"""People of a town of the world that an outlet is named after; of those of the dataset any size is enough."""
_NO_COUNTRY: Final = frozenset(
    (
        "ai",
        "am",
        "at",
        "be",
        "by",
        "cc",
        "co",
        "do",
        "fm",
        "in",
        "io",
        "is",
        "it",
        "me",
        "my",
        "no",
        "pm",
        "so",
        "to",
        "tv",
        "us",
        "ws",
    )
)
"""Codes that are used as words, or by addresses from anywhere."""


def _by_code() -> Mapping[str, str]:
    codes = {facts.iso2.lower(): country for country, facts in COUNTRIES.items() if facts.iso2}
    return {code: country for code, country in codes.items() if code not in _NO_COUNTRY}


_BY_CODE: Final = _by_code()


def country_of_outlet(source_id: str, gazetteer: Gazetteer, facts: CountryFacts) -> str | None:
    """The country that the words of an outlet's name tell, the longest name of a country, people, unit or city in it.

    None if there is none, or if several countries have a place of that name.
    """
    words = source_id.split("-")
    if len(words) > 1 and words[-1] in _BY_CODE:
        return _BY_CODE[words[-1]]
    for length in range(min(_LONGEST, len(words)), 0, -1):
        for first in range(len(words) - length + 1):
            if found := _country_of(words[first : first + length], gazetteer, facts):
                return found
    return None


def _country_of(words: Sequence[str], gazetteer: Gazetteer, facts: CountryFacts) -> str | None:
    name = " ".join(words)
    if country := facts.name_of(name):
        return country
    title = name.title()
    if gazetteer.is_common(title):
        return None
    countries = {place.country for place in gazetteer.candidates(title) if _is_known(place, gazetteer)}
    return next(iter(countries)) if len(countries) == 1 else None


def _is_known(place: Place, gazetteer: Gazetteer) -> bool:
    return not place.place_id.startswith("geonames:") or gazetteer.population(place.place_id) >= _CITY
