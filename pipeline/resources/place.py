"""What the gazetteer's parts share: places, their mentions in texts, and words that tell what kind of place is meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.resources.names import Found

COUNTRY_PREFIX = "country:"
# Of two places with one name the smaller is meant unless the text says otherwise: towns come before what is named after them.
KIND_ORDER = {"town": 0, "admin3": 1, "admin2": 2, "admin1": 3, "region": 4, "country": 5}
KINDS_BY_WORD: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("province", "governorate", "oblast", "prefecture", "provinces"), ("admin1",)),
    **dict.fromkeys(("department", "state", "region", "division"), ("admin1", "region", "admin2")),
    **dict.fromkeys(("county", "canton"), ("admin1", "admin2")),
    **dict.fromkeys(("district", "districts", "subdistrict", "subprefecture", "cercle", "raion", "woreda"), ("admin2", "admin3")),
    **dict.fromkeys(("municipality", "commune"), ("admin2", "admin3", "town")),
    **dict.fromkeys(("city", "town", "village", "hamlet", "camp", "neighborhood", "neighbourhood", "port", "capital"), ("town",)),
}
_WORDS = "|".join(sorted(KINDS_BY_WORD, key=lambda word: (-len(word), word)))
_AFTER = re.compile(rf"[ \t]*\s({_WORDS})\b(?!\s+of\b)", re.IGNORECASE)
_BEFORE = re.compile(rf"\b({_WORDS})\s+of\s+(?:the\s+)?$", re.IGNORECASE)
_OF = ("of", "the")
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
_KIND_FIRST = re.compile(rf"(?:city|{_WORDS})\s+of\s+(?:the\s+)?", re.IGNORECASE)
_KIND_LAST = re.compile(rf"\s+({_WORDS})$", re.IGNORECASE)
_LONGEST_BEFORE = 32
_POSTAL = 2
_ACRONYM = 4
_QUARTERS = frozenset(
    ("north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "centre", "far", "upper", "lower")
)
_ITEM = re.compile(r"[ \t]*(?:[-–•*]|\(?\d{1,3}[.)]|[a-z]\))?[ \t]*")
_AFTER_HEADING = re.compile(r"(?: \([^()\n]{1,20}\))?[.:](?:\s|$)")


@dataclass(frozen=True, slots=True)
class Place:
    """One gazetteer entry, or a country with the place_id `country:<name>`.

    Attributes:
        place_id: Key.
        name: The one spelling in which it is written.
        kind: town | admin1 | admin2 | admin3 | region | country.
        country: Country or territory it lies in.
        admin1: Largest sub-national unit; None where the place is larger.
        admin2: Second unit.
        admin3: Third unit.
        latitude: Degrees, WGS 84; None for a country.
        longitude: Degrees, WGS 84; None for a country.
        parent_place_id: Unit it lies in.
        capital_place_id: Seat of a unit.
    """

    place_id: str
    name: str
    kind: str
    country: str
    admin1: str | None = None
    admin2: str | None = None
    admin3: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    parent_place_id: str | None = None
    capital_place_id: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Words that name one or more places: span in code points, the words, and the places in order of place_id."""

    start: int
    end: int
    phrase: str
    place_ids: tuple[str, ...]


def kind_around(text: str, start: int, end: int) -> tuple[int, int, tuple[str, ...]]:
    """A name's span widened by the word that says what is meant, and the kinds this allows: none if there is no such word."""
    if after := _AFTER.match(text, end):
        return start, after.end(), KINDS_BY_WORD[after.group(1).lower()]
    from_here = max(0, start - _LONGEST_BEFORE)
    words = text[from_here:start]
    # Few names have `of` or `of the` before them: the pattern is tried on these alone.
    if words[-1:].isspace() and words.rstrip()[-3:].lower().endswith(_OF) and (before := _BEFORE.search(words)):
        return from_here + before.start(), end, KINDS_BY_WORD[before.group(1).lower()]
    return start, end, ()


def is_abbreviation(name: str) -> bool:
    """Whether a name is short for a unit as addresses write it: `Ky.`, `Penn.`, `KY`; `N.C.` and `D.C.` stand for themselves."""
    if name.endswith("."):
        return name.count(".") == 1
    return len(name) == _POSTAL and name.isupper() and name.isalpha()


def follows_comma(text: str, start: int) -> bool:
    """Whether words stand right after a comma on the same line, as the unit in `Louisville, Ky.` does."""
    return text[max(0, start - 2) : start] == ", "


def is_thing(text: str, found: Found, places: Sequence[Place], is_common: Callable[[str], bool]) -> bool:
    """Whether a name that is a word too means what the word means: `A VAN` in a text in capitals, `the North West`.

    Args:
        text: The text.
        found: The name.
        places: What it may stand for.
        is_common: Tells whether a name is made of common words.
    """
    follows_article = f" {text[max(0, found.start - 5) : found.start].lower()}".endswith((" a ", " an ", " the "))
    if not follows_article or not is_common(found.phrase) or any(place.kind == "country" for place in places):
        return False
    return " " not in found.phrase or _QUARTERS.issuperset(found.phrase.lower().replace("-", " ").split())


def is_acronym(text: str, found: Found, places: Sequence[Place]) -> bool:
    """Whether a short name that is written in small letters elsewhere stands in capitals within a sentence: `a SWAT team`.

    A dateline opens or ends a part of the text.
    """
    if not found.phrase.isupper() or found.end - found.start > _ACRONYM:
        return False
    if text[found.end : found.end + 1] != " " or not text[found.end + 1 : found.end + 2].isalpha():
        return False
    is_inside = text[max(0, found.start - 2) : found.start].strip().isalpha()
    return is_inside and all(place.name.isupper() != (place.name.upper() == found.phrase) for place in places)


def follows_in(text: str, start: int) -> bool:
    """Whether `in` stands right before words."""
    return f" {text[max(0, start - 4) : start].lower()}".endswith(" in ")


def heads_line(text: str, start: int, end: int) -> bool:
    """Whether words stand as the heading of a line that goes on after them: `- SAGAING. A jet ...`, `3. HIRAAN: ...`."""
    line = text.rfind("\n", max(0, start - _LONGEST_BEFORE), start) + 1
    if not line and start > _LONGEST_BEFORE:
        return False
    before = text[line:start]
    return bool(_ITEM.fullmatch(before)) and bool(_AFTER_HEADING.match(text, end))


def without_kind(name: str) -> tuple[str, tuple[str, ...]]:
    """A name without the word that says what it is, and the kinds this word allows: `Kirkuk province` gives `Kirkuk`."""
    bare = _ARTICLE.sub("", name.strip())
    if before := _KIND_FIRST.match(bare):
        return bare[before.end() :], KINDS_BY_WORD[before.group().split()[0].lower()]
    if after := _KIND_LAST.search(bare):
        return bare[: after.start()], KINDS_BY_WORD[after.group(1).lower()]
    return bare, ()
