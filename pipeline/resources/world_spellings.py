"""How the names in GeoNames are spoken: which of them newspapers write, in which variants, as folded words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from pipeline.resources.world_words import name_words
from schemas.taxonomy import COUNTRY_BY_ISO2

LONGEST_NAME = 6
"""Words of the longest names that are kept."""
_SHORTEST_ALTERNATE = 4
# GeoNames has codes for them, the codebook counts them in with others; uninhabited territories are left out.
_PART_OF = {"AX": "FI", "EH": "MA", "HK": "CN", "MO": "CN", "SJ": "NO"}
# Where one name is written with and without the article, with `al` and `el`, with and without a last `h`.
_ARABIC = frozenset(
    ("AE", "BH", "DJ", "DZ", "EG", "EH", "IQ", "JO", "KW", "LB", "LY", "MA", "MR", "OM", "PS", "QA", "SA", "SD", "SY", "TN", "YE")
)
_TRANSLITERATED = _ARABIC.union(
    ("AF", "BD", "BT", "ER", "ET", "GE", "IL", "IN", "IR", "JP", "KH", "LA", "LK", "MM", "NP", "PK", "TH", "TJ", "UZ")
)
_SCHOLARLY = re.compile("[\u0304\u0323\u0327\u0331\u0306\u02bb\u02bc\u2018]")
_ARTICLES = frozenset(("ad", "al", "an", "ar", "as", "ash", "at", "az", "ed", "el", "er", "es", "esh", "et", "ez"))
_SHORTEST_BARE = 5
_OTHER_SCRIPT = re.compile("[^\u0000-\u024f\u02b0-\u02ff\u0300-\u036f\u1e00-\u1eff\u2000-\u206f]")

Spelling = tuple[str, ...]


def counted_in(country_code: str) -> str:
    """Code of the country of the codebook that a code of GeoNames is counted in with; empty if there is none."""
    code = _PART_OF.get(country_code, country_code)
    return code if code in COUNTRY_BY_ISO2 else ""


def plain_name(name: str, country_code: str) -> str:
    """A name as newspapers write it: without the marks of scholarly transliteration, where the country uses another script."""
    if country_code not in _TRANSLITERATED:
        return name
    if name.isascii():
        return name.strip("`'")
    letters = unicodedata.normalize("NFD", name.strip("‘’ʻʼ`'"))
    return unicodedata.normalize("NFC", _SCHOLARLY.sub("", letters))


def is_spoken(name: str) -> bool:
    """Whether an alternate name is a Latin one: mechanical transliterations are in small letters, codes in capitals."""
    return not (name.islower() or name.isupper() or (not name.isascii() and _OTHER_SCRIPT.search(name)))


def spellings(name: str, country_code: str, *, is_main: bool) -> Iterable[Spelling]:
    """Folded words of a name in its variants; none for one that is too long or short, or not in Latin letters."""
    words = tuple(name_words(name))
    if not words or len(words) > LONGEST_NAME:
        return ()
    letters = "".join(words)
    if not (letters.isascii() and letters.isalpha()) or (not is_main and len(letters) < _SHORTEST_ALTERNATE):
        return ()
    return _variants(words, country_code)


def _variants(words: Spelling, country_code: str) -> Iterable[Spelling]:
    if country_code not in _ARABIC:
        return (words,)
    found = {words}
    if words[0] in _ARTICLES and len(words) > 1 and len(words[1]) >= _SHORTEST_BARE:
        found.add(words[1:])
    found |= {(*each[:-1], each[-1][:-1]) for each in found if each[-1].endswith("ah") and len(each[-1]) >= _SHORTEST_BARE}
    return sorted(found)
