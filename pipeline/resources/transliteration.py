"""Names of places in one country by their sound: what writers make of one name in another script comes to the same letters.

Arabic, Persian, Cyrillic and Indian names reach English in many spellings (Hawija, Haweeja, El Hawidja). The index knows those
that GeoNames lists; for the rest a rule takes away what transliterations differ in. It joins names that are different too, so
it is asked last, and only of the places of one country.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from pipeline.resources.names import fold_name
from pipeline.resources.places_by_name import PlacesByName

# Countries whose names are written in other scripts than the Latin.
COUNTRIES_OF_OTHER_SCRIPTS = frozenset(
    (
        "Afghanistan",
        "Algeria",
        "Armenia",
        "Azerbaijan",
        "Bahrain",
        "Bangladesh",
        "Belarus",
        "Bulgaria",
        "Cambodia",
        "Chad",
        "China",
        "Djibouti",
        "Egypt",
        "Eritrea",
        "Ethiopia",
        "Georgia",
        "Greece",
        "India",
        "Iran",
        "Iraq",
        "Israel",
        "Jordan",
        "Kazakhstan",
        "Kuwait",
        "Kyrgyzstan",
        "Laos",
        "Lebanon",
        "Libya",
        "Mali",
        "Mauritania",
        "Mongolia",
        "Morocco",
        "Myanmar",
        "Nepal",
        "Niger",
        "Oman",
        "Pakistan",
        "Palestine",
        "Qatar",
        "Russia",
        "Saudi Arabia",
        "Somalia",
        "South Sudan",
        "Sri Lanka",
        "Sudan",
        "Syria",
        "Tajikistan",
        "Thailand",
        "Tunisia",
        "Turkey",
        "Turkmenistan",
        "Ukraine",
        "United Arab Emirates",
        "Uzbekistan",
        "Yemen",
    )
)
_ARTICLES = r"(?:a[dlnrstz]|e[dlnrstz]|ash|esh|ath|adh|ul)"
_ARTICLE = re.compile(rf"^(?:the )?{_ARTICLES}[ -]+(?=\w{{4}})|(?<= ){_ARTICLES} (?=\w)")
# In this order: what several letters make, then single ones.
_SOUNDS: Sequence[tuple[re.Pattern[str], str]] = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("dj|zh", "j"),
        ("tch", "ch"),
        ("kh|gh", "h"),
        ("th", "t"),
        ("dh", "d"),
        ("ph", "f"),
        ("ck|q|c(?!h)", "k"),
        ("ou|oo|au|aw|ow|o|u|w", "u"),
        ("ee|ei|ey|ai|ay|iy|yy|ie|i|y", "i"),
        ("e|a", "a"),
        ("v", "w"),
        ("(?<=.{3})(?:ah?|ih|i)$", ""),
        ("h$", ""),
        (r"(.)\1+", r"\1"),
    )
]
LEAST_LETTERS = 4
"""Letters that are left at least of a name that can be told by its sound."""


def sound_of(name: str) -> str:
    """What is left of a name without articles, blanks, and all in which transliterations differ; shorter the shorter it is."""
    folded = _ARTICLE.sub("", fold_name(name)).replace(" ", "")
    for pattern, sound in _SOUNDS:
        folded = pattern.sub(sound, folded)
    return folded


def squeezed(name: str) -> str:
    """The letters of a name without blanks."""
    return fold_name(name).replace(" ", "")


class Sounds:
    """Towns of countries by sound, a country at a time when it is first asked for."""

    def __init__(self, world: PlacesByName, own: Iterable[tuple[str, str, str]]) -> None:
        """Know the places of `world`, and a dataset's own as triples of country, name and place_id."""
        self._world = world
        self._own: dict[str, list[tuple[str, str]]] = {}
        for country, name, key in own:
            self._own.setdefault(country, []).append((name, key))
        self._known: dict[str, Mapping[str, Sequence[str]]] = {}

    def keys(self, name: str, country: str) -> Sequence[str]:
        """Keys of the towns of a country that sound like a name, the dataset's own before others, the larger first."""
        if country not in COUNTRIES_OF_OTHER_SCRIPTS or len(sound := sound_of(name)) < LEAST_LETTERS:
            return ()
        if country not in self._known:
            self._known[country] = self._of_country(country)
        return self._known[country].get(sound, ())

    def _of_country(self, country: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, key in sorted(self._own.get(country, ())):
            _append(found, sound_of(name), key)
        world = self._world
        numbers = sorted(world.numbers_in(country), key=lambda number: (-world.population(number), number))
        for number in numbers:
            _append(found, sound_of(world.name(number)), world.place_id(number))
        return found


def _append(found: dict[str, list[str]], sound: str, key: str) -> None:
    if len(sound) >= LEAST_LETTERS and key not in found.setdefault(sound, []):
        found[sound].append(key)
