"""What geocoders answer, read into rows that a person can decide on: kind, units and spelling as the gazetteer has them."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from pipeline.locating.online.cache import Kept, Raw
from pipeline.locating.online.questions import Question
from pipeline.locating.online.services import Service
from pipeline.resources.gazetteer import Gazetteer
from pipeline.resources.geocodes import COLUMNS, PROPOSED, Row
from pipeline.resources.place import without_kind
from schemas.taxonomy import COUNTRY_BY_ISO2

OSM_LICENCE: Final = "© OpenStreetMap contributors, ODbL 1.0, https://www.openstreetmap.org/copyright"
GEONAMES_LICENCE: Final = "GeoNames, CC BY 4.0, https://www.geonames.org/"

# Tags of OpenStreetMap (`place=*`) and the names that Nominatim and Photon give to levels of boundaries.
_KINDS_BY_LEVEL: Final[Mapping[str, str]] = {
    **dict.fromkeys(("state", "province", "region"), "admin1"),
    **dict.fromkeys(("county", "district", "state_district"), "admin2"),
    **dict.fromkeys(("municipality", "subdistrict"), "admin3"),
    **dict.fromkeys(("country", "continent", "ocean", "sea"), "country"),
    **dict.fromkeys(("island", "archipelago", "islet"), "region"),
}
_AREAS: Final = frozenset(("natural", "water", "waterway"))
_OSM_TYPES: Final = {"N": "node", "W": "way", "R": "relation"}
_GEONAMES_KINDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("ADM1", "ADM1H"), "admin1"),
    **dict.fromkeys(("ADM2", "ADM2H"), "admin2"),
    **dict.fromkeys(("ADM3", "ADM3H", "ADM4", "ADM5"), "admin3"),
    **dict.fromkeys(("RGN", "ISL", "ISLS", "DSRT", "VAL", "MTS"), "region"),
}
_FORMULA_STARTS: Final = "=+-@'"


@dataclass(frozen=True, slots=True)
class Answer:
    """A place that a geocoder found.

    Attributes:
        place_id: Key, such as `osm:node/104` or `geonames:98182`.
        label: The service's own words for it.
        name: Its name.
        kind: town | admin1 | admin2 | admin3 | region | country.
        code: ISO 3166 two-letter code of its country.
        admin1: Its largest sub-national unit, if told.
        admin2: Its second unit, if told.
        latitude: Degrees, WGS 84.
        longitude: Degrees, WGS 84.
        licence: Terms of use.
    """

    place_id: str
    label: str
    name: str
    kind: str
    code: str
    admin1: str
    admin2: str
    latitude: float
    longitude: float
    licence: str


def _text(raw: Mapping[str, Any], *names: str) -> str:
    """The first of some values that is there, as plain text that no spreadsheet runs as a formula."""
    for name in names:
        if raw.get(name) not in (None, ""):
            return unicodedata.normalize("NFC", " ".join(str(raw[name]).split())).lstrip(_FORMULA_STARTS)
    return ""


def _osm_id(raw: Mapping[str, Any]) -> str:
    kind = _text(raw, "osm_type")
    return f"osm:{_OSM_TYPES.get(kind, kind)}/{int(raw['osm_id'])}"


def _nominatim(raw: Raw) -> Answer:
    address: Mapping[str, Any] = raw["address"]
    key, level = _text(raw, "class", "category"), _text(raw, "addresstype", "type")
    return Answer(
        place_id=_osm_id(raw),
        label=_text(raw, "display_name"),
        name=_text(raw, "name") or _text(raw, "display_name").partition(",")[0],
        kind=_osm_kind(key, level),
        code=_text(address, "country_code").upper(),
        admin1=_text(address, "state", "province", "region"),
        admin2=_text(address, "state_district", "county", "district"),
        latitude=float(raw["lat"]),
        longitude=float(raw["lon"]),
        licence=_text(raw, "licence") or OSM_LICENCE,
    )


def _photon(raw: Raw) -> Answer:
    told: Mapping[str, Any] = raw["properties"]
    key = _text(told, "osm_key")
    longitude, latitude = raw["geometry"]["coordinates"][:2]
    parts = [part for name in ("name", "city", "county", "state", "country") if (part := _text(told, name))]
    return Answer(
        place_id=_osm_id(told),
        label=", ".join(parts),
        name=_text(told, "name"),
        # Its `district` is a part of a city.
        kind=_osm_kind(key, _text(told, "osm_value") if key == "place" else _text(told, "type").replace("district", "city")),
        code=_text(told, "countrycode").upper(),
        admin1=_text(told, "state"),
        admin2=_text(told, "county"),
        latitude=float(latitude),
        longitude=float(longitude),
        licence=OSM_LICENCE,
    )


def _osm_kind(key: str, level: str) -> str:
    if key in _AREAS:
        return "region"
    return _KINDS_BY_LEVEL.get(level, "town") if key in ("place", "boundary") else "town"


def _geonames(raw: Raw) -> Answer:
    code = _text(raw, "fcode")
    parts = [part for name in ("name", "adminName1", "countryName") if (part := _text(raw, name))]
    return Answer(
        place_id=f"geonames:{int(raw['geonameId'])}",
        label=", ".join(parts),
        name=_text(raw, "name", "toponymName"),
        kind="country" if code.startswith("PCL") else _GEONAMES_KINDS.get(code, "region" if raw.get("fcl") == "H" else "town"),
        code=_text(raw, "countryCode").upper(),
        admin1=_text(raw, "adminName1"),
        admin2=_text(raw, "adminName2"),
        latitude=float(raw["lat"]),
        longitude=float(raw["lng"]),
        licence=GEONAMES_LICENCE,
    )


_READERS: Final[Mapping[str, Callable[[Raw], Answer]]] = {"nominatim": _nominatim, "photon": _photon, "geonames": _geonames}


def read_answer(service: str, raw: Raw) -> Answer | None:
    """What a service said of one place; None if it is no place on the map of a country, or cannot be read."""
    try:
        found = _READERS[service](raw)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError):
        return None
    on_the_map = abs(found.latitude) <= 90 and abs(found.longitude) <= 180
    return found if found.name and found.kind != "country" and found.code in COUNTRY_BY_ISO2 and on_the_map else None


def spelt_as_in(gazetteer: Gazetteer, answer: Answer, asked: str) -> Answer:
    """The answer with names as the gazetteer writes them: `Kirkuk` for `Kirkuk Governorate`, Latin letters for others."""
    country = COUNTRY_BY_ISO2[answer.code].country
    name = answer.name if _is_latin(answer.name) else asked
    name = without_kind(name)[0] if answer.kind.startswith("admin") else name
    admin1 = name if answer.kind == "admin1" else answer.admin1
    return replace(answer, name=name, admin1=_unit(gazetteer, country, admin1), admin2=without_kind(answer.admin2)[0])


def _is_latin(text: str) -> bool:
    letters = [character for character in text if unicodedata.category(character) in ("Lu", "Ll", "Lt", "Lo")]
    return all("LATIN" in unicodedata.name(letter, "") for letter in letters)


def _unit(gazetteer: Gazetteer, country: str, name: str) -> str:
    bare = without_kind(name)[0]
    known = [place for each in (name, bare) if each for place in gazetteer.candidates(each)]
    units = [place for place in known if place.country == country and place.kind == "admin1"]
    return (units[0].admin1 or units[0].name) if units else bare


def rows_of(question: Question, kept: Kept, service: Service, gazetteer: Gazetteer) -> list[Row]:
    """The rows to propose for one question, those in the unit that the texts state first, then as the service ranks them."""
    read = [answer for raw in kept.answers if (answer := read_answer(service.name, raw))]
    spelt = [spelt_as_in(gazetteer, answer, question.name) for answer in read]
    unit = _unit(gazetteer, question.country or "", question.admin1 or "")
    ranked = sorted(spelt, key=lambda answer: not (unit and answer.admin1 == unit))
    by_id = {answer.place_id: answer for answer in reversed(ranked)}
    return [_row(question, kept, service, answer) for answer in ranked if by_id[answer.place_id] is answer]


def _row(question: Question, kept: Kept, service: Service, answer: Answer) -> Row:
    identity = repr((question.key, service.name, answer.place_id))
    told = {
        "geocode_id": f"g{hashlib.sha256(identity.encode()).hexdigest()[:10]}",
        "status": PROPOSED,
        "query": question.name.lstrip(_FORMULA_STARTS),
        "country": question.country or "",
        "admin1": question.admin1 or "",
        "reports": str(question.reports),
        "example": question.example,
        "answer": answer.label,
        "name": answer.name,
        "kind": answer.kind,
        "place_country": COUNTRY_BY_ISO2[answer.code].country,
        "place_admin1": answer.admin1,
        "place_admin2": answer.admin2,
        "latitude": f"{answer.latitude:.4f}",
        "longitude": f"{answer.longitude:.4f}",
        "place_id": answer.place_id,
        "service": service.name,
        "url": service.address,
        "asked_at": kept.asked_at,
        "licence": answer.licence,
    }
    return {column: told.get(column, "") for column in COLUMNS}
