"""Places by name: which places a text names, and which of several with one name is meant."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import SeedError
from pipeline.resources.countries import CountryFacts, digest_of_row, split_list
from pipeline.resources.names import NameIndex, fold_name
from schemas.taxonomy import COUNTRIES, COUNTRY_BY_ISO2

COUNTRY_PREFIX = "country:"
# Of two places with one name the smaller is meant unless the text says otherwise: towns come before what is named after them.
_KIND_ORDER = {"town": 0, "admin3": 1, "admin2": 2, "admin1": 3, "region": 4, "country": 5}
_KINDS_BY_WORD: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("province", "governorate", "oblast", "prefecture", "provinces"), ("admin1",)),
    **dict.fromkeys(("department", "state", "region", "division"), ("admin1", "region", "admin2")),
    **dict.fromkeys(("county", "canton"), ("admin1", "admin2")),
    **dict.fromkeys(("district", "districts", "subdistrict", "subprefecture", "cercle", "raion", "woreda"), ("admin2", "admin3")),
    **dict.fromkeys(("municipality", "commune"), ("admin2", "admin3", "town")),
    **dict.fromkeys(("city", "town", "village", "hamlet", "camp", "neighborhood", "neighbourhood", "port", "capital"), ("town",)),
}
_WORDS = "|".join(sorted(_KINDS_BY_WORD, key=lambda word: (-len(word), word)))
_KIND_AFTER = re.compile(rf"[ \t]*\s({_WORDS})\b(?!\s+of\b)", re.IGNORECASE)
_KIND_BEFORE = re.compile(rf"\b({_WORDS})\s+of\s+(?:the\s+)?$", re.IGNORECASE)
_LONGEST_KIND_BEFORE = 32


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


def _number(row: Mapping[str, str], column: str, limit: float) -> float:
    try:
        value = float(row[column])
    except ValueError:
        raise SeedError(f"places: {row['place_id']}: {column} {row[column]!r} is not a number of degrees.") from None
    if not -limit <= value <= limit:
        raise SeedError(f"places: {row['place_id']}: {column} {value} lies outside -{limit:g} to {limit:g}.")
    return round(value, 4)


def _place(row: Mapping[str, str]) -> Place:
    if row["country"] not in COUNTRIES:
        raise SeedError(f"places: {row['place_id']}: country {row['country']!r} is not in schemas/data/countries.csv.")
    if row["kind"] not in _KIND_ORDER:
        raise SeedError(f"places: {row['place_id']}: kind {row['kind']!r} is none of {', '.join(_KIND_ORDER)}.")
    return Place(
        place_id=row["place_id"],
        name=row["name"],
        kind=row["kind"],
        country=row["country"],
        admin1=row["admin1"] or None,
        admin2=row["admin2"] or None,
        admin3=row["admin3"] or None,
        latitude=_number(row, "latitude", 90),
        longitude=_number(row, "longitude", 180),
        parent_place_id=row["parent_place_id"] or None,
        capital_place_id=row["capital_place_id"] or None,
    )


def _without_kind(name: str) -> tuple[str, tuple[str, ...]]:
    """A name without the word that says what it is, and the kinds this word allows: `Kirkuk province` gives `Kirkuk`."""
    bare = re.sub(r"^the\s+", "", name.strip(), flags=re.IGNORECASE)
    if before := re.match(rf"(?:city|{_WORDS})\s+of\s+(?:the\s+)?", bare, re.IGNORECASE):
        return bare[before.end() :], _KINDS_BY_WORD[before.group().split()[0].lower()]
    if after := re.search(rf"\s+({_WORDS})$", bare, re.IGNORECASE):
        return bare[: after.start()], _KINDS_BY_WORD[after.group(1).lower()]
    return bare, ()


class Gazetteer:
    """Places by id and by name."""

    def __init__(self, places: Mapping[str, Place], names: Mapping[str, set[str]], digests: Mapping[str, str]) -> None:
        """Use `from_rows`."""
        self._places = dict(sorted(places.items()))
        self._digests = dict(digests)
        self._index = NameIndex(names)

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, str]], countries: CountryFacts) -> Gazetteer:
        """A gazetteer of the rows of seeds/places.csv and of all countries.

        Raises:
            SeedError: A row has an unknown country or kind, or coordinates that cannot be.
        """
        places: dict[str, Place] = {}
        names: dict[str, set[str]] = {}
        digests: dict[str, str] = {}
        for row in rows:
            place = _place(row)
            places[place.place_id] = place
            digests[place.place_id] = digest_of_row(row)
            for name in (place.name, *split_list(row["alternate_names"])):
                names.setdefault(name, set()).add(place.place_id)
        for place in places.values():
            for key in (place.parent_place_id, place.capital_place_id):
                if key and key not in places:
                    raise SeedError(f"places: {place.place_id} refers to {key}, which is no place_id.")
        for name, country in countries.names().items():
            key = COUNTRY_PREFIX + country
            places[key] = Place(key, country, "country", country)
            digests[key] = countries.digest(country)
            names.setdefault(name, set()).add(key)
        return cls(places, names, digests)

    def get(self, place_id: str) -> Place | None:
        """The place with that id, or None."""
        return self._places.get(place_id)

    def mentions(self, text: str) -> list[PlaceMention]:
        """Places named in a text in order, countries among them; `Kirkuk province` is one mention, of the province."""
        found = []
        for each in self._index.find(text):
            start, end = each.start, each.end
            kinds: tuple[str, ...] = ()
            if after := _KIND_AFTER.match(text, each.end):
                kinds = _KINDS_BY_WORD[after.group(1).lower()]
                end = after.end()
            elif before := _KIND_BEFORE.search(text[max(0, each.start - _LONGEST_KIND_BEFORE) : each.start]):
                kinds = _KINDS_BY_WORD[before.group(1).lower()]
                start = max(0, each.start - _LONGEST_KIND_BEFORE) + before.start()
            keys = tuple(key for key in each.keys if self._places[key].kind in kinds)
            if not keys:
                start, end, keys = each.start, each.end, each.keys
            found.append(PlaceMention(start, end, text[start:end], keys))
        return found

    def candidates(self, name: str) -> list[Place]:
        """Places of that name: towns first, then the units named after them, then countries; by place_id within a kind."""
        keys = self._index.keys_of(name)
        if not keys:
            bare, kinds = _without_kind(name)
            keys = self._index.keys_of(bare)
            keys = tuple(key for key in keys if self._places[key].kind in kinds) or keys
        return sorted((self._places[key] for key in keys), key=self._order)

    @staticmethod
    def _order(place: Place) -> tuple[int, str]:
        # Who writes `Guatemala` or `Mexico` means the country; the cities are called so with a further word.
        like_country = place.kind != "country" and fold_name(place.name) == fold_name(place.country)
        return (10 if like_country else _KIND_ORDER[place.kind], place.place_id)

    def resolve(
        self,
        name: str,
        *,
        country: str | None = None,
        admin1: str | None = None,
        focus: Sequence[str] = (),
        near: Sequence[str] = (),
    ) -> Resolution | None:
        """Which of the places of that name is meant.

        Args:
            name: Words of the text, such as `Hawija` or `Kirkuk province`.
            country: Country that the text states for it: no place elsewhere is taken.
            admin1: Largest unit that the text states for it.
            focus: Countries that the dataset covers, by name or ISO 3166 two-letter code.
            near: Other places of the same article: place_ids, or names of places or countries.

        Returns:
            The best place, or None if there is none of that name.
        """
        found = self.candidates(name)
        if country is not None:
            found = [place for place in found if place.country == country]
        if not found:
            return None
        focused = {COUNTRY_BY_ISO2[each].country if each in COUNTRY_BY_ISO2 else each for each in focus}
        countries_near, admins_near = self._surroundings(near)
        scored = []
        for place in found:
            reasons = _reasons(place, country, admin1, focused, countries_near, admins_near)
            scored.append((-sum(_WEIGHTS[each] for each in reasons), self._order(place), place, reasons))
        scored.sort(key=lambda each: each[:2])
        negative, _, best, reasons = scored[0]
        rivals = [place for points, _, place, _ in scored[1:] if points == negative and not _is_same_spot(place, best)]
        stranger = not reasons and bool(countries_near or focused)
        if len(scored) == 1:
            reasons = (*reasons, "only_one")
        score = min(1.0, 0.5 - negative + (_WEIGHTS["only_one"] if len(scored) == 1 else 0.0))
        return Resolution(best, round(score / (1 + len(rivals)), 4), reasons, bool(rivals) or stranger)

    def _surroundings(self, near: Sequence[str]) -> tuple[set[str], set[tuple[str, str]]]:
        countries: set[str] = set()
        admins: set[tuple[str, str]] = set()
        for each in near:
            place = self._places.get(each)
            choices = [place] if place else self.candidates(each)
            # A name that may lie in two countries points to neither.
            if len({choice.country for choice in choices}) == 1:
                countries.add(choices[0].country)
                admins |= {(choice.country, choice.admin1) for choice in choices if choice.admin1}
        return countries, admins

    def digest_of(self, mentions: Iterable[PlaceMention]) -> str:
        """SHA-256 over the rows that the mentions may stand for: changes if and only if one of these rows does."""
        keys = sorted({key for mention in mentions for key in mention.place_ids})
        return hashlib.sha256(repr([(key, self._digests[key]) for key in keys]).encode()).hexdigest()

    def seeds_in(self, text: str) -> str:
        """`digest_of` the text's mentions."""
        return self.digest_of(self.mentions(text))


_WEIGHTS = {"country_stated": 0.3, "admin1_stated": 0.15, "focus": 0.1, "country_near": 0.08, "admin1_near": 0.07, "only_one": 0.1}


def _reasons(
    place: Place, country: str | None, admin1: str | None, focused: set[str], countries: set[str], admins: set[tuple[str, str]]
) -> tuple[str, ...]:
    told = {
        "country_stated": country == place.country,
        "admin1_stated": bool(admin1 and place.admin1 and fold_name(admin1) == fold_name(place.admin1)),
        "focus": place.country in focused,
        "country_near": place.country in countries,
        "admin1_near": bool(place.admin1) and (place.country, place.admin1 or "") in admins,
    }
    return tuple(reason for reason, holds in told.items() if holds)


def _is_same_spot(one: Place, other: Place) -> bool:
    """Whether one of two places with one name lies in the other, as the town of Kirkuk in Kirkuk province."""
    if one.country != other.country:
        return False
    if "country" in (one.kind, other.kind) or one.place_id in (other.parent_place_id, other.capital_place_id):
        return True
    if other.place_id in (one.parent_place_id, one.capital_place_id):
        return True
    return one.kind != other.kind and one.admin1 == other.admin1
