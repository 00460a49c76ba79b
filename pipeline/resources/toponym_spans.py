"""The words of a text that may be place names, what each may mean, and what the text states of where it lies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.resources.bundle import Resources
from pipeline.resources.features import Feature, People
from pipeline.resources.homonyms import Sense
from pipeline.resources.loose_names import LooseName, loose_names
from pipeline.resources.names import NameIndex, fold_name
from pipeline.resources.place import COUNTRY_PREFIX, KINDS_BY_WORD, Place, PlaceMention, without_kind
from pipeline.resources.places_by_name import Candidate
from pipeline.resources.us_counties import us_counties

_UNITED_STATES = "United States"
COUNTY = "county:"
_MOST_SENSES = 40
_COUNTY_PEOPLE, _UNIT_PEOPLE, _TOWN_PEOPLE = 60_000, 500_000, 15_000
CERTAIN = 9
"""Margin of a name that needs no words around it."""
_STATED_AFTER = re.compile(r",\s+|\s+\(|,?\s+in\s+(?:the\s+)?(?:(?:state|province|region)\s+of\s+)?")
_OWNED = re.compile(r"['’]s?\s+(?:[a-z]+\s+){0,2}")
_LONGEST_GAP = 30
_LARGE_TOWN = 100_000
_LISTING = frozenset((", ", " and ", ", and ", " or ", ", or "))
_COUNTY_WORD = re.compile(r" (?:County|Parish|Borough|Municipality|Census Area|City and Borough|Municipio|city)$")
_PLACE_OF_A_PEOPLE = re.compile(rf"\s+(?:[a-z]+\s+)?(?:{'|'.join(sorted(KINDS_BY_WORD))})\s+(?:of\s+)?")
_TOWNSHIP = re.compile(r"\s+(?:Township|Twp\.|Borough|Parish)(?!\w)")
_PRIORITY = {"own": 0, "county": 0, "feature": 1, "demonym": 2, "loose": 3}


@dataclass(slots=True)
class Span:
    """Words that may be a place name.

    Attributes:
        start: First code point.
        end: Code point after the last.
        phrase: The words.
        kind: own | county | feature | demonym | loose.
        name: The folded name, which all mentions of it share.
        senses: What it may mean.
        margin: By how much the words around say more than a name such as this needs.
        stated: Countries and units that the text states for it; a unit of None stands for the country.
        is_surname: Whether it stands after a given name.
        meaning: What it is called, if no place of the gazetteer says so.
        unit_points: Point of the unit that a county lies in, by the county's key.
    """

    start: int
    end: int
    phrase: str
    kind: str
    name: str
    senses: Sequence[Sense]
    margin: int = CERTAIN
    stated: set[tuple[str, str | None]] = field(default_factory=set)
    is_surname: bool = False
    meaning: str = ""
    unit_points: Mapping[str, tuple[float | None, float | None]] | None = None


class SpanFinder:
    """Finds the words of texts that may be place names."""

    def __init__(self, resources: Resources) -> None:
        """Use the seeds and the gazetteer of `resources`."""
        self._gazetteer, self._features, self._peoples = resources.gazetteer, resources.features, resources.peoples
        self._points = resources.country_points
        counties = us_counties()
        self._counties = NameIndex(counties)
        self._states: dict[str, Place] = {}
        layer = self._gazetteer.layer
        for place in self._gazetteer.units_of(_UNITED_STATES) if layer else ():
            for code in layer.codes_of(place) if layer else ():
                self._states[code] = place
        self._known: dict[tuple[str, tuple[str, ...]], Sequence[Sense]] = {}

    def find(self, text: str) -> list[Span]:
        """The spans of a text in order; none overlaps another."""
        own = self._gazetteer.own_mentions(text)
        loose: list[LooseName] = []
        bodies: set[int] = set()
        if names := self._gazetteer.world_names:
            loose, bodies = loose_names(names, text, own)
        found = [self._own(each) for each in own if each.start not in bodies]
        found += [self._loose(text, each) for each in loose]
        found += [_feature(each.start, each.end, each.phrase, feature) for each, feature in self._features.find(text)]
        found += [self._people(each.start, each.end, each.phrase, people) for each, people in self._peoples.find(text)]
        found += [self._county(each.start, each.end, each.phrase, each.keys) for each in self._counties.find(text)]
        return _apart([each for each in found if each.senses])

    def _own(self, mention: PlaceMention) -> Span:
        name = fold_name(mention.phrase)
        return Span(mention.start, mention.end, mention.phrase, "own", name, self._senses(name, mention))

    def _senses(self, name: str, mention: PlaceMention) -> Sequence[Sense]:
        key = (name, mention.place_ids)
        if key not in self._known:
            places = [place for each in mention.place_ids if (place := self._gazetteer.get(each))]
            own = [self._sense(place, is_own=True) for place in places]
            taken = {each.key for each in own}
            bare, kinds = without_kind(mention.phrase)
            # `Kirkuk province` is the unit, whatever else is called Kirkuk.
            abroad = self._abroad(bare, kinds) if not kinds or "town" in kinds else []
            units = {place.country for place in places if place.kind == "admin1"}
            # `England` is a part of its country, not another word for it.
            own = [each for each in own if each.kind != "country" or each.country not in units]
            self._known[key] = [*own, *(each for each in abroad if each.key not in taken)]
        return self._known[key]

    def _abroad(self, name: str, kinds: Sequence[str]) -> list[Sense]:
        layer = self._gazetteer.layer
        found = layer.candidates(name)[:_MOST_SENSES] if layer else []
        if kinds and "town" not in kinds:
            found = [each for each in found if each.is_main]
        return [self._of_world(each) for each in found]

    def _of_world(self, candidate: Candidate) -> Sense:
        layer = self._gazetteer.layer
        assert layer is not None
        key = layer.key(candidate.number)
        place = self._gazetteer.get(key)
        assert place is not None
        unit = place.admin1 or layer.world.unit(candidate.number)
        return Sense(
            key, place.kind, place.country, unit, place.latitude, place.longitude, candidate.population, candidate.is_main, False
        )

    def _sense(self, place: Place, *, is_own: bool) -> Sense:
        if place.kind == "country":
            latitude, longitude = self._points.get(place.country, (None, None))
            return Sense(place.place_id, "country", place.country, None, latitude, longitude, _UNIT_PEOPLE, True, is_own)
        people = self._gazetteer.population(place.place_id)
        if not people:
            people = _TOWN_PEOPLE if place.kind == "town" else _UNIT_PEOPLE
        return Sense(place.place_id, place.kind, place.country, place.admin1, place.latitude, place.longitude, people, True, is_own)

    def _loose(self, text: str, name: LooseName) -> Span:
        end = name.end
        if not name.kinds and (township := _TOWNSHIP.match(text, end)):
            end = township.end()
        senses = self._abroad(name.name, name.kinds)
        phrase = text[name.start : end]
        return Span(
            name.start, end, phrase, "loose", fold_name(phrase), senses, name.margin + (end > name.end), is_surname=name.is_surname
        )

    def _people(self, start: int, end: int, phrase: str, people: People) -> Span:
        name = people.place
        place = next((each for each in self._gazetteer.candidates(name) if each.country == people.country), None)
        country = self._gazetteer.get(COUNTRY_PREFIX + name) if name == people.country else None
        if found := country or place:
            senses = [self._sense(found, is_own=True)]
        elif feature := self._features.named(name):
            senses = [_feature_sense(feature)]
        else:
            senses = []
        return Span(start, end, phrase, "demonym", f"people of {fold_name(phrase)}", senses, meaning=name)

    def _county(self, start: int, end: int, phrase: str, codes: Sequence[str]) -> Span:
        senses, points = [], {}
        for code in codes:
            if state := self._states.get(f"US.{code}"):
                key = f"{COUNTY}{phrase}, {state.name}"
                point = self._town_of_one_name(phrase, state)
                senses.append(Sense(key, "admin2", _UNITED_STATES, state.admin1, *point, _COUNTY_PEOPLE))
                points[key] = (state.latitude, state.longitude)
        return Span(start, end, phrase, "county", fold_name(phrase), senses, meaning=phrase, unit_points=points)

    def _town_of_one_name(self, county: str, state: Place) -> tuple[float | None, float | None]:
        """Point of the town of a county's name in its state, which mostly lies in it or beside it; none if there is none."""
        layer = self._gazetteer.layer
        for each in layer.candidates(_COUNTY_WORD.sub("", county), (_UNITED_STATES,)) if layer else ():
            if layer and each.is_main and layer.place(each.number).admin1 == state.admin1:
                return layer.world.point(each.number)
        return None, None


def _feature_sense(feature: Feature) -> Sense:
    country = feature.countries[0] if len(feature.countries) == 1 else None
    return Sense(feature.key, "feature", country, None, feature.latitude, feature.longitude, 0, True, True)


def _feature(start: int, end: int, phrase: str, feature: Feature) -> Span:
    return Span(start, end, phrase, "feature", fold_name(phrase), [_feature_sense(feature)], meaning=feature.name)


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Spans of which none overlaps another: those that begin first, of these the longest, of these the better known."""
    found: list[Span] = []
    last = -1
    for span in sorted(spans, key=lambda each: (each.start, -each.end, _PRIORITY[each.kind])):
        if span.start >= last:
            found.append(span)
            last = span.end
    return found


def state_where(text: str, spans: Sequence[Span]) -> None:
    """Note what the text states of where names lie: `Salem, Oregon`, `Sinjar (Iraq)`, `Ontario's Barrie`."""
    gaps = [
        text[before.end : after.start] if after.start - before.end <= _LONGEST_GAP else None for before, after in pairwise(spans)
    ]
    for number, (before, after) in enumerate(pairwise(spans)):
        gap = gaps[number]
        if gap is None:
            continue
        if _STATED_AFTER.fullmatch(gap):
            neighbours = (gaps[number - 1] if number else None, gaps[number + 1] if number + 1 < len(gaps) else None)
            if not (_is_town(after) and any(each in _LISTING for each in neighbours)):
                before.stated |= _containers(after, before)
        elif _OWNED.fullmatch(gap) or (before.kind == "demonym" and _PLACE_OF_A_PEOPLE.fullmatch(gap)):
            after.stated |= _containers(before, after)


def _is_town(span: Span) -> bool:
    """Whether a name may be that of a large town: in `Boston, New York and Chicago` nothing lies in New York."""
    return any(sense.kind == "town" and sense.population >= _LARGE_TOWN for sense in span.senses)


def _containers(container: Span, inner: Span) -> set[tuple[str, str | None]]:
    """Countries and units that a name beside another may say it lies in, among those that the other may lie in."""
    countries: set[tuple[str, str | None]] = {
        (sense.country, None) for sense in container.senses if sense.kind == "country" and sense.country
    }
    units: set[tuple[str, str | None]] = {
        (sense.country, sense.unit)
        for sense in container.senses
        if sense.kind in ("admin1", "admin2") and sense.country and sense.unit
    }
    possible = {(sense.country, sense.unit) for sense in inner.senses}
    fitting = {each for each in units if each in possible}
    return fitting or {each for each in countries if each[0] in {country for country, _ in possible}}
