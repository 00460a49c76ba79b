"""What speaks for one of several places with one name, and how sure that makes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import cos, hypot, radians

from pipeline.resources.names import fold_name
from pipeline.resources.place import KIND_ORDER, Place
from pipeline.resources.places_by_name import Candidate
from pipeline.resources.world_layer import without_small
from schemas.taxonomy import COUNTRIES, COUNTRY_BY_ISO2

_FOLDED_COUNTRIES = frozenset(map(fold_name, COUNTRIES))
WEIGHTS = {
    "country_stated": 0.3,
    "admin1_stated": 0.15,
    "focus": 0.1,
    "country_near": 0.08,
    "admin1_near": 0.07,
    "near": 0.05,
    "only_one": 0.1,
}
"""What each reason adds to the half that a name alone is worth."""
_NEAR_KM = 100.0
_KM_A_DEGREE = 111.2
_BY_SOUND = 0.35
"""Score of a place whose name but sounds like the one asked for."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """The place that a name stands for.

    Attributes:
        place: The place.
        score: How well it fits, from 0 to 1.
        reasons: What spoke for it.
        is_doubtful: Whether a place elsewhere fits as well, or nothing else points to its country.
    """

    place: Place
    score: float
    reasons: tuple[str, ...]
    is_doubtful: bool


def order_of(place: Place) -> tuple[int, str]:
    """Order in which places of one name are meant if nothing tells them apart."""
    # Who writes `Guatemala` or `Mexico` means the country; the cities are called so with a further word.
    like_country = place.kind != "country" and fold_name(place.name) in _FOLDED_COUNTRIES
    return (10 if like_country else KIND_ORDER[place.kind], place.place_id)


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of where a name lies.

    Attributes:
        country: Country that the text states for it.
        admin1: Largest unit that the text states for it.
        focus: Countries that the dataset covers.
        countries: Countries of other places of the article.
        admins: Their units, each with its country.
        points: Their points in degrees.
    """

    country: str | None
    admin1: str | None
    focus: frozenset[str]
    countries: frozenset[str]
    admins: frozenset[tuple[str, str]]
    points: tuple[tuple[float, float], ...]

    @property
    def about(self) -> frozenset[str]:
        """Countries that the dataset or the article is about."""
        return self.focus | self.countries

    def reasons(self, place: Place) -> tuple[str, ...]:
        """What speaks for a place."""
        told = {
            "country_stated": self.country == place.country,
            "admin1_stated": bool(self.admin1 and place.admin1 and fold_name(self.admin1) == fold_name(place.admin1)),
            "focus": place.country in self.focus,
            "country_near": place.country in self.countries,
            "admin1_near": bool(place.admin1) and (place.country, place.admin1 or "") in self.admins,
            "near": any(_is_near(place, point) for point in self.points),
        }
        return tuple(reason for reason, holds in told.items() if holds)


def _is_near(place: Place, point: tuple[float, float]) -> bool:
    if place.latitude is None or place.longitude is None:
        return False
    width = cos(radians((place.latitude + point[0]) / 2))
    return _KM_A_DEGREE * hypot(place.latitude - point[0], (place.longitude - point[1]) * width) <= _NEAR_KM


def names_of(countries: Iterable[str]) -> frozenset[str]:
    """Names of countries that are given by name or ISO 3166 two-letter code."""
    return frozenset(COUNTRY_BY_ISO2[each].country if each in COUNTRY_BY_ISO2 else each for each in countries)


def as_kind(place: Place, kinds: Sequence[str]) -> Place:
    """A town as the unit of the same name, of which it is the seat, if the text names the unit."""
    if not kinds or "town" in kinds or place.kind != "town":
        return place
    return replace(place, kind=kinds[0], admin1=place.admin1 or (place.name if kinds[0] == "admin1" else None))


def best_abroad(found: Sequence[tuple[Candidate, Place]], told: Sequence[tuple[str, ...]], admin1: str | None) -> Resolution:
    """Of places of the world, the larger before the smaller, the one that most speaks for; doubtful if it is in another unit."""
    points = [sum(WEIGHTS[each] for each in reasons) for reasons in told]
    most = max(points)
    place, reasons = found[points.index(most)][1], told[points.index(most)]
    rivals = without_small([candidate for (candidate, _), each in zip(found, points, strict=True) if each == most])[1:]
    if len(found) == 1:
        reasons = (*reasons, "only_one")
    score = min(1.0, 0.5 + most + (WEIGHTS["only_one"] if len(found) == 1 else 0.0))
    is_elsewhere = bool(admin1 and place.admin1) and "admin1_stated" not in reasons
    return Resolution(place, round(score / (1 + len(rivals)), 4), reasons, bool(rivals) or not told[0] or is_elsewhere)


def is_same_spot(one: Place, other: Place) -> bool:
    """Whether one of two places with one name lies in the other, as the town of Kirkuk in Kirkuk province."""
    if one.country != other.country:
        return False
    if "country" in (one.kind, other.kind) or one.place_id in (other.parent_place_id, other.capital_place_id):
        return True
    if other.place_id in (one.parent_place_id, one.capital_place_id):
        return True
    return one.kind != other.kind and one.admin1 == other.admin1


def by_sound(places: Sequence[Place], hints: Hints) -> Resolution:
    """The likeliest place whose name sounds like one that no place has; doubtful unless it alone does in a country stated."""
    best = max(places, key=lambda place: (sum(WEIGHTS[each] for each in hints.reasons(place)), -places.index(place)))
    return Resolution(best, _BY_SOUND, (*hints.reasons(best), "sound"), len(places) > 1 or hints.country is None)
