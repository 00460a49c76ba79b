"""When two names are taken for one: words without accents and case, what countries are also called, and quotations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_EMPTY_WORDS = frozenset(
    {"the", "a", "an", "of", "in", "and"}
    | {"city", "town", "village", "neighborhood", "municipality", "area"}
    | {"department", "province", "state", "region", "district", "governorate", "county"}
)
"""Words that tell no two places or groups apart."""

_COUNTRY_NAMES = """
Bolivia: Bolivia, Plurinational State of
Bosnia and Herzegovina: Bosnia
Cape Verde: Cabo Verde
China: People's Republic of China; PRC
Czech Republic: Czechia
Democratic Republic of Congo: Democratic Republic of the Congo; DR Congo; DRC; Congo (Kinshasa)
Democratic Republic of Congo: Congo, the Democratic Republic of the
East Timor: Timor-Leste
Eswatini: Swaziland
Gambia: The Gambia
Iran: Iran, Islamic Republic of; Islamic Republic of Iran
Ivory Coast: Côte d'Ivoire
Laos: Lao People's Democratic Republic
Moldova: Moldova, Republic of
Myanmar: Burma
Netherlands: The Netherlands
North Korea: Korea, Democratic People's Republic of
North Macedonia: Macedonia
Palestine: State of Palestine; Palestine, State of; Palestinian Territories; Gaza; West Bank
Republic of Congo: Republic of the Congo; Congo; Congo (Brazzaville)
Russia: Russian Federation; Soviet Union
South Korea: Republic of Korea; Korea, Republic of
Syria: Syrian Arab Republic
Taiwan: Taiwan, Province of China
Tanzania: Tanzania, United Republic of
Turkey: Türkiye
United Kingdom: UK; Great Britain; Britain; England; Scotland; Wales; Northern Ireland
United States: United States of America; USA; US; U.S.; America
Venezuela: Venezuela, Bolivarian Republic of
Vietnam: Viet Nam
"""

_PARTS = re.compile(r"; | - |: ")
_TITLE = re.compile(r"\b([A-Z]|Mr|Mrs|Dr|Gen|Col|Lt|Maj|St|Sgt|No)\.")
_SENTENCE_END = re.compile(r"[.!?]\s+\S")
_LONGEST_QUOTATION = 12


def plain(name: object) -> str:
    """The name in small Latin letters and digits, words divided by one space: "Côte d'Ivoire" is "cote d ivoire"."""
    ascii_only = unicodedata.normalize("NFKD", str(name)).encode("ascii", "ignore").decode()
    return " ".join(re.findall("[a-z0-9]+", ascii_only.lower()))


def _known_countries() -> dict[str, str]:
    known: dict[str, str] = {}
    for line in _COUNTRY_NAMES.strip().splitlines():
        usual, _, others = line.partition(": ")
        known |= {plain(other): plain(usual) for other in others.split("; ")}
    return known


_COUNTRIES = _known_countries()


def same_country(one: str, other: str) -> bool:
    """Whether both name one country; whole names are compared, so that Guinea is not Guinea-Bissau."""
    left, right = plain(one), plain(other)
    return _COUNTRIES.get(left, left) == _COUNTRIES.get(right, right)


def telling_words(name: str) -> frozenset[str]:
    """The words of a name that tell it from others."""
    return frozenset(plain(name).split()) - _EMPTY_WORDS


def same_name(one: str, other: str) -> bool:
    """Whether every telling word of the shorter name stands in the longer one."""
    left, right = telling_words(one), telling_words(other)
    return bool(left) and bool(right) and (left <= right or right <= left)


def any_named(wanted: Iterable[str], found: Iterable[str]) -> bool:
    """Whether a wanted name is among those found, of which each may hold several: "one; two", "force: unit", "A - B"."""
    names = [name for each in found for name in (each, *_PARTS.split(each))]
    return any(same_name(want, name) for want in wanted for name in names)


def proves_something(quotation: str) -> bool:
    """Whether a quotation is short enough to be evidence: twelve words at most, and no end of a sentence within."""
    if len(quotation.split()) > _LONGEST_QUOTATION:
        return False
    return _SENTENCE_END.search(_TITLE.sub(r"\1", quotation)) is None
