"""Datelines: the place and day before the dash that opens an agency text (codebook 4.3).

A dateline tells where the news was gathered, which is not where the incident took place.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_LONGEST = 160
# PLACE[/PLACE][, rest] [(AGENCY)] DASH or (PLACE) DASH; the place begins with a capital and holds no full stop but that of an
# abbreviation.
_DATELINE = re.compile(
    r"\s*(?P<bracket>\()?(?P<place>[A-Z][\w’'. -]{1,40}?)(?:/[A-Z][\w’'. -]{1,30}?)?(?(bracket)\))"
    r"(?P<rest>(?:\s{0,2}(?:,\s?[^,()\n—–]{1,30}|\([^()\n]{1,60}\)|/[A-Z][^/\n]{1,30}/)){0,5})"
    r"\s*(?P<end>--|[—–－―]|\s-(?=\s)|:(?=\s)|/(?=\s))"
)
_OF_LISTS = frozenset(":/")
_DAY = re.compile(r",\s?(?:\d{1,2}\s[A-Z][a-z]{2,8}\b|[A-Z][a-z]{2,8}\.?\s\d{1,2}\b)")
_AGENCY_ONLY = re.compile(r"\s*[A-Z][\w. ]{2,30}?\s?/\s")


class Dateline(NamedTuple):
    """The opening of a text.

    Attributes:
        start: First code point.
        end: Code point after the dash that ends it.
        place: Words that name where the news was gathered; None if it names an agency alone.
        day_start: First code point of the part that may hold a day.
        day_end: Code point after that part.
    """

    start: int
    end: int
    place: str | None
    day_start: int
    day_end: int


def find_dateline(text: str, start: int = 0) -> Dateline | None:
    """The dateline that begins at a code point, or None.

    A colon or dash after ordinary prose is none: before the dash there must be an agency in brackets, a comma, or nothing
    but words in capitals.
    """
    window = text[start : start + _LONGEST]
    agency = _AGENCY_ONLY.match(window)
    if agency:
        return Dateline(start, start + agency.end(), None, start, start)
    found = _DATELINE.match(window)
    if not found:
        return None
    place, rest = found["place"].strip(), found["rest"]
    # `(Nairobi) –` opens the texts of organisations.
    if found["bracket"] and (rest or found["end"] in _OF_LISTS):
        return None
    # `Erbil, 3 May:` needs no agency.
    has_agency = "(" in rest or "/" in rest or _DAY.search(rest) is not None
    if not rest and not (place.isupper() or (len(place.split()) <= 2 and place.istitle())):
        return None
    if (found["end"] == ":" and not (place.isupper() or (place.istitle() and (not rest or has_agency)))) or (
        rest and not has_agency and not place.isupper()
    ):
        return None
    # `Oct 19 (Reuters) -` names no place.
    holds_day = any(character.isdigit() for character in place)
    day_start = found.start("place") if holds_day else found.end("place")
    return Dateline(start, start + found.end(), None if holds_day else place, start + day_start, start + found.start("end"))


def find_first_dateline(text: str, starts: list[int]) -> Dateline | None:
    """The first dateline that opens one of the first paragraphs, whose starts are given."""
    return next((dateline for start in starts[:4] if (dateline := find_dateline(text, start))), None)
