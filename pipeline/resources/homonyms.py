"""Which of many places of one name is meant: weighed for all names of a text together.

What speaks for a place: that the text states where it lies (`Salem, Oregon`), that its unit or country is named or covered by the
dataset, that others which the text names lie near it, that it is large. A name has one meaning in a text, as writers state once
where it lies and then use the name alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import cos, exp, floor, hypot, log10, radians
from typing import NamedTuple, TypeVar

Unit = tuple[str, str]
"""Country and first-level unit."""
Cell = tuple[int, int]
_Key = TypeVar("_Key")

_KM_A_DEGREE = 111.2
_SAME_KM = 30.0
"""Places of one name that lie closer than this are one for whoever reads the text."""
_LEAST_PEOPLE, _LARGEST = 300, 20_000_000
_PASSES = 3
_GREAT = 400_000


class Sense(NamedTuple):
    """One place that a name may mean.

    Attributes:
        key: place_id, or the key of a feature, a country or a county.
        kind: town | admin1 | admin2 | admin3 | region | country | feature.
        country: Country; None for what lies in several.
        unit: First-level unit, or its code where its name is not known.
        latitude: Degrees; None where no point is known.
        longitude: Degrees; None where no point is known.
        population: People; 0 if not known.
        is_main: Whether the name is its main one.
        is_own: Whether a person reviewed the entry.
    """

    key: str
    kind: str
    country: str | None
    unit: str | None
    latitude: float | None
    longitude: float | None
    population: int = 0
    is_main: bool = True
    is_own: bool = False


@dataclass(slots=True)
class Group:
    """All mentions of one name in a text.

    Attributes:
        name: The folded name.
        senses: What it may mean.
        stated: Countries and units that the text states for it; a unit of None stands for the country.
        weights: How likely each sense is, adding up to 1.
    """

    name: str
    senses: Sequence[Sense]
    stated: set[tuple[str, str | None]] = field(default_factory=set)
    weights: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Choice:
    """The sense that is meant.

    Attributes:
        sense: The sense.
        score: From 0 to 1, how sure it is that this one is meant, if the name is one of a place.
        reasons: What spoke for it.
        support: From 0 to 1, how far the rest of the text makes the name that of a place there, whichever it is.
    """

    sense: Sense
    score: float
    reasons: tuple[str, ...]
    support: float


@dataclass(frozen=True, slots=True)
class Context:
    """What a text as a whole is about.

    Attributes:
        focus: Countries that the dataset covers.
        countries: How often each country is named, with its people.
        units: How often each first-level unit is named.
    """

    focus: Collection[str]
    countries: Mapping[str, float]
    units: Mapping[Unit, float]


# Found by hand on the even half of a development set, then left.
_SIZE, _MAIN, _OWN, _FAME = 0.5, 0.6, 0.3, 0.0
_COUNTRY_KIND, _UNIT_KIND, _REGION_KIND = 1.75, 1.6, 1.0
_STATED_UNIT, _STATED_COUNTRY, _CONTRADICTED = 6.0, 3.5, -3.0
_UNIT_NAMED, _COUNTRY_NAMED, _FOCUS, _NEAR = 1.65, 0.4, 2.0, 2.0
_UNIT_OF_OTHERS, _COUNTRY_OF_OTHERS = 1.2, 1.3
_HALF = 1.0
_SHARPNESS = 1.45
_TOLD = 0.35
"""What of its full weight a ground must have to be told as a reason."""


def _rise(amount: float) -> float:
    """From 0 for nothing towards 1 for much."""
    return amount / (amount + _HALF)


def _size(sense: Sense) -> float:
    people = min(max(sense.population, _LEAST_PEOPLE), _LARGEST)
    is_great = sense.kind == "town" and sense.is_main and sense.population >= _GREAT
    return _SIZE * log10(people / _LEAST_PEOPLE) + _MAIN * sense.is_main + _OWN * sense.is_own + _FAME * is_great


def _of_kind(kind: str) -> float:
    return {"country": _COUNTRY_KIND, "admin1": _UNIT_KIND, "feature": _REGION_KIND, "region": _REGION_KIND}.get(kind, 0.0)


def _cell(sense: Sense) -> Cell | None:
    # A large unit's point says nothing of what lies near it.
    if sense.latitude is None or sense.longitude is None or sense.kind not in ("town", "admin2", "admin3"):
        return None
    return floor(sense.latitude), floor(sense.longitude)


def _around(cell: Cell) -> Iterator[Cell]:
    return ((cell[0] + north, cell[1] + east) for north in (-1, 0, 1) for east in (-1, 0, 1))


def kilometres(one: Sense, other: Sense) -> float:
    """Distance of two senses that lie close together; infinite if one has no point."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return float("inf")
    assert one.latitude is not None and one.longitude is not None and other.latitude is not None and other.longitude is not None
    width = cos(radians((one.latitude + other.latitude) / 2))
    return _KM_A_DEGREE * hypot(one.latitude - other.latitude, (one.longitude - other.longitude) * width)


class _Votes:
    """Where the names of a text may lie, each name having one vote."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._cells: Counter[Cell] = Counter()
        self._units: Counter[Unit] = Counter()
        self._countries: Counter[str] = Counter()
        for group in groups:
            self._cells.update(_best_by(group, _cell))
            self._units.update(_best_by(group, _unit))
            self._countries.update(_best_by(group, _country))

    def near(self, sense: Sense, own: Mapping[Cell, float]) -> float:
        cell = _cell(sense)
        return sum(self._cells[each] - own.get(each, 0.0) for each in _around(cell) if each in self._cells) if cell else 0.0

    def in_unit(self, sense: Sense, own: Mapping[Unit, float]) -> float:
        unit = _unit(sense)
        return self._units[unit] - own.get(unit, 0.0) if unit else 0.0

    def in_country(self, sense: Sense, own: Mapping[str, float]) -> float:
        return self._countries[sense.country] - own.get(sense.country, 0.0) if sense.country else 0.0


def _unit(sense: Sense) -> Unit | None:
    return (sense.country, sense.unit) if sense.country and sense.unit and sense.kind != "country" else None


def _country(sense: Sense) -> str | None:
    return sense.country


def _best_by(group: Group, key_of: Callable[[Sense], _Key | None]) -> dict[_Key, float]:
    found: dict[_Key, float] = {}
    for sense, weight in zip(group.senses, group.weights, strict=True):
        key = key_of(sense)
        if key is not None:
            found[key] = found.get(key, 0.0) + weight
    return found


def _is_outshone(unit: Sense, senses: Sequence[Sense]) -> bool:
    """Whether a unit has the name of a great city of its country, which is meant more often: New York, Washington."""
    return any(each.kind == "town" and each.country == unit.country and each.population >= _GREAT for each in senses)


def _grounds(sense: Sense, group: Group, context: Context) -> dict[str, float]:
    """What the text says of a sense whatever its other names mean."""
    found = {"size": _size(sense)}
    if not (sense.kind == "admin1" and _is_outshone(sense, group.senses)):
        found["size"] += _of_kind(sense.kind)
    if group.stated:
        if (sense.country, sense.unit) in group.stated:
            found["stated"] = _STATED_UNIT
        elif (sense.country, None) in group.stated:
            found["stated"] = _STATED_COUNTRY
        else:
            found["contradicted"] = _CONTRADICTED
    if sense.country in context.focus:
        found["focus"] = _FOCUS
    if sense.country and (amount := context.countries.get(sense.country, 0.0)):
        found["country_named"] = _COUNTRY_NAMED * _rise(amount)
    unit = _unit(sense)
    if unit and sense.kind != "admin1" and (amount := context.units.get(unit, 0.0)):
        found["unit_named"] = _UNIT_NAMED * _rise(amount)
    return found


def _softmax(points: Sequence[float]) -> list[float]:
    most = max(points)
    powers = [exp(_SHARPNESS * (each - most)) for each in points]
    total = sum(powers)
    return [each / total for each in powers]


def choose(groups: Sequence[Group], context: Context) -> list[Choice]:
    """The place that each name of a text means, in the order of the groups; every group has a sense at least."""
    grounds = [[_grounds(sense, group, context) for sense in group.senses] for group in groups]
    for group, found in zip(groups, grounds, strict=True):
        group.weights = _softmax([sum(each.values()) for each in found])
    for _ in range(_PASSES):
        votes = _Votes(groups)
        for group, found in zip(groups, grounds, strict=True):
            _weigh_neighbours(group, found, votes)
        for group, found in zip(groups, grounds, strict=True):
            group.weights = _softmax([sum(each.values()) for each in found])
    return [_choice(group, found) for group, found in zip(groups, grounds, strict=True)]


def _weigh_neighbours(group: Group, found: list[dict[str, float]], votes: _Votes) -> None:
    cells: dict[Cell, float] = _best_by(group, _cell)
    units: dict[Unit, float] = _best_by(group, _unit)
    countries: dict[str, float] = _best_by(group, _country)
    for sense, each in zip(group.senses, found, strict=True):
        each["near"] = _NEAR * _rise(votes.near(sense, cells))
        each["unit_of_others"] = _UNIT_OF_OTHERS * _rise(votes.in_unit(sense, units))
        each["country_of_others"] = _COUNTRY_OF_OTHERS * _rise(votes.in_country(sense, countries))


_SUPPORTING = {"stated", "focus", "country_named", "unit_named"}
_FULL = {
    "near": _NEAR,
    "unit_of_others": _UNIT_OF_OTHERS,
    "country_of_others": _COUNTRY_OF_OTHERS,
    "country_named": _COUNTRY_NAMED,
    "unit_named": _UNIT_NAMED,
}


def _choice(group: Group, found: Sequence[Mapping[str, float]]) -> Choice:
    best = max(range(len(group.senses)), key=lambda position: (group.weights[position], -position))
    sense = group.senses[best]
    sure = sum(
        weight
        for each, weight in zip(group.senses, group.weights, strict=True)
        if each is sense or kilometres(each, sense) <= _SAME_KM
    )
    reasons = [name for name, amount in found[best].items() if name != "size" and amount >= _TOLD * _FULL.get(name, 1.0)]
    if len(group.senses) == 1:
        reasons.append("only_one")
    elif not reasons:
        reasons.append("largest")
    support = sum(weight for each, weight in zip(found, group.weights, strict=True) if _SUPPORTING & each.keys())
    return Choice(sense, sure, tuple(reasons), support)
