"""Every place name of a text with what it means: towns, units, countries, features, and the names of peoples.

The rule coder asks for less: what it must not take for the scene of an act is left out of `Gazetteer.mentions`. Here a name counts
that the words around it, or the places named beside it, make one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pipeline.resources.bundle import Resources
from pipeline.resources.homonyms import Choice, Context, Group, Sense, Unit, choose
from pipeline.resources.toponym_spans import CERTAIN, Span, SpanFinder, state_where

Towns = Mapping[Unit, Sequence[tuple[int, Sense]]]
"""Positions and senses of the towns that a text names, by the unit they lie in."""
_UNPLACED = "admin2"
_LEAST_SURE = 0.25
"""How sure it must be which of the places of a name is meant, for the name to be listed at all."""
_LOWEST, _HIGHEST = 0.25, 0.96
"""Shares of names that are right where the weights say 0 and 1, on the even half of a development set: what seems sure may be no
place, and what seems open is right more often than its share of the weights."""
_SURELY_A_PLACE = 2
"""Margin that a name needs where a person of the text has it too."""
_SUPPORT = 0.5
"""How far the rest of the text must speak for a name that has too little around it to say that it is a place."""


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name in a text.

    Attributes:
        start: First code point.
        end: Code point after the last.
        phrase: The words.
        kind: place | country | demonym | feature.
        name: The name of what is meant, in the one spelling in which it is written.
        latitude: Degrees; None where no point is known.
        longitude: Degrees; None where no point is known.
        country: Country or territory it lies in; None for what lies in several.
        admin1: First-level unit it lies in.
        admin2: Second-level unit it lies in.
        source_id: Key of the entry: a place_id, `country:`, `feature:` or `county:` with a name.
        score: How likely it is that this entry is meant, from 0 to 1.
        reasons: What spoke for it.
    """

    start: int
    end: int
    phrase: str
    kind: str
    name: str
    latitude: float | None
    longitude: float | None
    country: str | None
    admin1: str | None
    admin2: str | None
    source_id: str
    score: float
    reasons: tuple[str, ...]


class ToponymFinder:
    """Finds and resolves the place names of texts."""

    def __init__(self, resources: Resources) -> None:
        """Use the seeds and the gazetteer of `resources`."""
        self._resources = resources
        self._spans = SpanFinder(resources)

    def find(self, text: str, focus: Collection[str] = ()) -> list[Toponym]:
        """The toponyms of a text in order; none overlaps another.

        Args:
            text: The text.
            focus: Countries that the dataset covers, by name.
        """
        spans = self._spans.find(text)
        state_where(text, spans)
        groups = _groups(spans)
        context = Context(frozenset(focus), *_named(spans))
        choices = dict(zip(groups, choose(list(groups.values()), context), strict=True))
        margins: dict[str, int] = {}
        for span in spans:
            margins[span.name] = max(span.margin, margins.get(span.name, span.margin))
        for span in spans:
            if span.is_surname and margins[span.name] < _SURELY_A_PLACE:
                margins[span.name] = -CERTAIN
        kept = [(span, choices[span.name]) for span in spans if _is_place(choices[span.name], margins[span.name])]
        towns = _towns_by_unit(kept)
        return [self._toponym(span, choice, towns) for span, choice in kept]

    def _toponym(self, span: Span, choice: Choice, towns: Towns) -> Toponym:
        sense = choice.sense
        place = self._resources.gazetteer.get(sense.key)
        score, reasons = round(_LOWEST + (_HIGHEST - _LOWEST) * choice.score, 3), choice.reasons
        point = (sense.latitude, sense.longitude)
        if sense.kind == _UNPLACED and sense.latitude is None:
            point, told = _point_beside(span, sense, towns)
            reasons = (*reasons, told)
        if claimed := self._resources.disputed.reason((span.name, place.name if place else span.name)):
            reasons = (*reasons, claimed)
        return Toponym(
            start=span.start,
            end=span.end,
            phrase=span.phrase,
            kind=span.kind if span.kind == "demonym" else _KINDS.get(sense.kind, "place"),
            name=span.meaning or (place.name if place else span.phrase),
            latitude=point[0],
            longitude=point[1],
            country=sense.country,
            admin1=place.admin1 if place else (sense.unit if sense.kind == _UNPLACED else None),
            admin2=place.admin2 if place else None,
            source_id=sense.key,
            score=score,
            reasons=reasons,
        )


_KINDS: Mapping[str, str] = {"country": "country", "feature": "feature", "region": "feature"}


def _groups(spans: Sequence[Span]) -> dict[str, Group]:
    groups: dict[str, Group] = {}
    for span in spans:
        if span.name not in groups:
            groups[span.name] = Group(span.name, span.senses)
        groups[span.name].stated |= span.stated
    return groups


def _named(spans: Sequence[Span]) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """How often countries and units are named, with their peoples."""
    countries: Counter[str] = Counter()
    units: Counter[tuple[str, str]] = Counter()
    for span in spans:
        homes = {sense.country for sense in span.senses if sense.is_own}
        if len(homes) == 1 and (home := next(iter(homes))):
            countries[home] += 1
        for sense in span.senses:
            if sense.kind == "admin1" and sense.country and sense.unit:
                units[(sense.country, sense.unit)] += 1
        for country, unit in sorted(span.stated, key=lambda each: (each[0], each[1] or "")):
            countries[country] += 1
            if unit:
                units[(country, unit)] += 1
    return countries, units


def _is_place(choice: Choice, margin: int) -> bool:
    """Whether a name is one of a place, by what stands around its mentions and how well the place fits the others."""
    # A city that a person has entered is not left out for the many hamlets of its name: Washington.
    if choice.score < _LEAST_SURE and not choice.sense.is_own:
        return False
    return margin >= 0 or (margin == -1 and choice.support >= _SUPPORT)


def _towns_by_unit(kept: Sequence[tuple[Span, Choice]]) -> Towns:
    towns: dict[Unit, list[tuple[int, Sense]]] = {}
    for span, choice in kept:
        sense = choice.sense
        if sense.kind == "town" and sense.country and sense.unit:
            towns.setdefault((sense.country, sense.unit), []).append((span.start, sense))
    return towns


def _point_beside(span: Span, sense: Sense, towns: Towns) -> tuple[tuple[float | None, float | None], str]:
    """The point of the town next in the text that lies in the same unit, else that of the unit."""
    listed = towns.get((sense.country or "", sense.unit or ""), ())
    if not listed:
        return (span.unit_points or {}).get(sense.key, (None, None)), "point of the unit it lies in"
    position = bisect_left(listed, span.start, key=lambda each: each[0])
    _, nearest = min(listed[max(0, position - 1) : position + 1], key=lambda each: abs(each[0] - span.start))
    return (nearest.latitude, nearest.longitude), f"point of {nearest.key}"
