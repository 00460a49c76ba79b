"""Where a report lies: from the words that name the place to a point, its units and how precise it is (codebook 1.14)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.resources import decision_bodies
from pipeline.resources.disputed import DisputedTerritories
from pipeline.resources.features import Features
from pipeline.resources.gazetteer import Gazetteer, Place
from pipeline.resources.names import fold_name

Row = Mapping[str, Any]
PlaceDecisions = Mapping[tuple[str, str], decision_bodies.Place]

_PARTS = re.compile(r"\s*(?:,|\(|\)|;|/)\s*")
_FINENESS = ("town", "admin3", "admin2", "admin1", "region", "country")
_DISTRICT = re.compile(r"(.+?) - (.+)")


@dataclass(frozen=True, slots=True)
class Located:
    """The columns of place of one report, and codes of what to look at."""

    country: str | None
    admin1: str | None = None
    admin2: str | None = None
    admin3: str | None = None
    location: str | None = None
    place_id: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geo_precision: int | None = None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else is known when a report is located.

    Attributes:
        gazetteer: Places.
        decisions: What a person said that a phrase stands for, by article_id and folded phrase.
        focus: Countries that the dataset covers.
        near: Other places of the article, by name.
        disputed: Territories that several states claim or that changed hands.
        features: Seas, rivers and mountains, for what the gazetteer lacks.
    """

    gazetteer: Gazetteer
    decisions: PlaceDecisions
    focus: tuple[str, ...]
    near: tuple[str, ...]
    disputed: DisputedTerritories
    features: Features


def fold_decisions(decisions: PlaceDecisions) -> dict[tuple[str, str], decision_bodies.Place]:
    """The decisions by article_id and phrase, accents, case and line breaks left aside; of two that fall together the later."""
    return {(article_id, fold_name(phrase)): body for (article_id, phrase), body in decisions.items()}


def _point(country: str | None, place: Place, about: Surroundings, *, is_near: bool) -> Located:
    """A place of the gazetteer as the place of a report: towns at their centre, units at their seat."""
    found = Located(
        country=place.country,
        admin1=place.admin1,
        admin2=place.admin2,
        admin3=place.admin3,
        location=place.name,
        place_id=place.place_id,
        latitude=place.latitude,
        longitude=place.longitude,
    )
    if place.kind == "country":
        return Located(country=country or place.country, codes=("no_place",))
    if place.kind == "town":
        city = about.gazetteer.get(place.parent_place_id) if place.parent_place_id else None
        # A part of a city is written with it (codebook 1.14).
        name = f"{city.name} - {place.name}" if city and city.kind == "town" else place.name
        return replace(found, location=name, geo_precision=2 if is_near else 1)
    precision, code = {"admin1": (3, "province_capital_used"), "region": (3, "region_point_used")}.get(
        place.kind, (2, "district_seat_used")
    )
    seat = about.gazetteer.get(place.capital_place_id) if place.capital_place_id else None
    if seat is not None:
        found = replace(found, location=seat.name, latitude=seat.latitude, longitude=seat.longitude)
    return replace(found, geo_precision=precision, codes=(code,))


@dataclass(frozen=True, slots=True)
class _Match:
    """A place that a phrase names; `is_part` if the phrase says more than the place, as in `villages south of Daquq`."""

    place: Place
    is_doubtful: bool
    is_part: bool = False


def _resolve(name: str, country: str | None, admin1: str | None, about: Surroundings) -> _Match | None:
    found = about.gazetteer.resolve(name, country=country, admin1=admin1, focus=about.focus, near=about.near)
    return _Match(found.place, found.is_doubtful) if found else None


def _find(phrase: str, country: str | None, admin1: str | None, about: Surroundings) -> _Match | None:
    """The place that a phrase names."""
    if found := _resolve(phrase, country, admin1, about):
        return found
    # `Daquq, Kirkuk` and `San Salvador (El Salvador)`: what follows says where the first lies.
    first, *rest = [part for part in _PARTS.split(phrase) if part] or [phrase]
    for hint in [*rest, admin1] if rest else []:
        if found := _resolve(first, country, hint, about):
            return found
    mentions = about.gazetteer.mentions(phrase, (country,) if country else about.focus)
    named = [_resolve(mention.phrase, country, admin1, about) for mention in mentions]
    known = [replace(each, is_part=True) for each in named if each]
    # Of `the road between Kirkuk and Tikrit` the place named first stands for it.
    return min(known, key=lambda each: _FINENESS.index(each.place.kind), default=None)


def _decided(body: decision_bodies.Place, about: Surroundings, *, is_near: bool) -> Located | None:
    """Where a person said that the phrase lies; None if the gazetteer lacks the entry that was named."""
    if body.place_id is not None:
        place = about.gazetteer.get(body.place_id)
        return _point(None, place, about, is_near=is_near) if place else None
    return Located(
        country=body.country,
        admin1=body.admin1,
        location=body.name,
        latitude=_rounded(body.latitude),
        longitude=_rounded(body.longitude),
        geo_precision=2 if is_near else 1,
    )


def _rounded(degrees: float | None) -> float | None:
    return None if degrees is None else round(degrees, 4)


def _flat(phrase: str) -> str:
    return " ".join(phrase.split())


def locate(report: Row, about: Surroundings) -> Located:
    """Where a coded report lies.

    A decision about the phrase goes before the coder's point, and this before the gazetteer. A name that the gazetteer lacks stays
    as the location without a point; a country alone gives no location. A territory that changed hands goes to the country that it
    belonged to on the day (seeds/disputed.csv).
    """
    found = _located(report, about)
    return replace(found, country=about.disputed.country_on(found.country, report["event_date"])) if found.country else found


def _located(report: Row, about: Surroundings) -> Located:
    phrase, country, admin1 = report["location_mention"], report["country"], report["admin1"]
    is_near = report["location_relation"] == "near"
    if phrase and (body := about.decisions.get((report["article_id"], fold_name(phrase)))):
        if decided := _decided(body, about, is_near=is_near):
            return decided
        return Located(country=country, admin1=admin1, location=_flat(phrase), codes=("place_decision_unknown",))
    found = _find(phrase, country, admin1, about) if phrase else None
    if report["latitude"] is not None and report["longitude"] is not None and phrase:
        return _coded_point(report, found.place if found else None, about, is_near=is_near)
    if phrase and (found is None or found.is_part):
        known = _city_of_district(phrase, country, admin1, about) or _feature(phrase, country, about)
        if known:
            return known
    if found is None:
        return _unknown(phrase, country, admin1, about)
    point = _point(country, found.place, about, is_near=is_near or found.is_part)
    return replace(point, codes=(*point.codes, "doubtful_place")) if found.is_doubtful else point


def _coded_point(report: Row, place: Place | None, about: Surroundings, *, is_near: bool) -> Located:
    """A point that the coder gave, with the names of the gazetteer where it knows the place."""
    named = _point(report["country"], place, about, is_near=is_near) if place and place.kind != "country" else None
    name, precision = _flat(report["location_mention"]), 2 if is_near else 1
    found = named or Located(country=report["country"], admin1=report["admin1"], location=name, geo_precision=precision)
    return replace(
        found,
        country=report["country"] or found.country,
        admin1=report["admin1"] or found.admin1,
        latitude=_rounded(report["latitude"]),
        longitude=_rounded(report["longitude"]),
        codes=(),
    )


def _city_of_district(phrase: str, country: str | None, admin1: str | None, about: Surroundings) -> Located | None:
    """The city of a part of it that is written `Mosul - Old City`; None for any other phrase."""
    parts = _DISTRICT.fullmatch(_flat(phrase))
    city = _resolve(parts.group(1), country, admin1, about) if parts else None
    if city is None or city.place.kind != "town":
        return None
    return replace(_point(country, city.place, about, is_near=False), location=_flat(phrase))


def _feature(phrase: str, country: str | None, about: Surroundings) -> Located | None:
    """A river, mountain or sea that lies in one country; of one that lies in several the point says too little."""
    feature = about.features.named(phrase)
    if feature is None or len(feature.countries) != 1 or country not in (None, feature.countries[0]):
        return None
    return Located(
        country=feature.countries[0],
        location=feature.name,
        place_id=feature.key,
        latitude=feature.latitude,
        longitude=feature.longitude,
        geo_precision=3,
        codes=("region_point_used",),
    )


def _unknown(phrase: str | None, country: str | None, admin1: str | None, about: Surroundings) -> Located:
    """A report whose place is not named, or not known by that name: the unit stated for it is what is left."""
    code = ("unknown_place",) if phrase else ("no_place",)
    unit = _resolve(admin1, country, admin1, about) if admin1 else None
    if admin1 and unit:
        same = [each for each in about.gazetteer.candidates(admin1) if each.country == unit.place.country]
        if units := [each for each in same if each.kind == "admin1"]:
            found = _point(country, units[0], about, is_near=False)
            # An unknown village keeps its name; the point is that of the unit around it.
            return replace(found, location=_flat(phrase), codes=(*found.codes, *code)) if phrase else found
    return Located(country=country, admin1=admin1, location=_flat(phrase) if phrase else None, codes=code)


def others_near(reports: Sequence[Row], report: Row) -> tuple[str, ...]:
    """Places and countries that the other reports of an article name, sorted."""
    names = {each[name] for each in reports if each is not report for name in ("location_mention", "country") if each[name]}
    return tuple(sorted(names - {report["location_mention"]}))
