"""How far two reports agree, field by field, and what that makes of the pair.

Each field gets a level. Some levels leave a doubt: reports a day apart, two villages near each other, only the province
known. Some levels speak up for one incident: both name the same armed group, both count the same dead. A pair is `same` if
every doubt is answered, `doubtful` if one is left, `different` if more are. The score orders pairs; it decides nothing.

Published rules of thumb for joining event data (MELTT, xSub) use a window of days and kilometres alone; these are the first
gate here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.matching.arrays import ARMED, STATE, TYPE_CODES, ReportArrays
from pipeline.matching.compatibility import COMPATIBILITY, LEVELS
from pipeline.matching.distance import haversine_km
from pipeline.matching.frames import MISSING, Flags, Integers, Numbers


@dataclass(frozen=True, slots=True)
class Level:
    """How two reports agree in one field.

    Attributes:
        name: As written in `reasons`.
        agreement: From 0 to 1, for the score.
        doubts: How much else must speak for one incident; `NEVER` if nothing can.
        support: How many doubts it answers.
    """

    name: str
    agreement: float
    doubts: int = 0
    support: int = 0


NEVER: Final = 99
"""Doubts that nothing but a person answers."""

DATE: Final = (
    Level("same", 1.0),
    Level("overlap", 0.8),
    # Armies and crowds meet on many days in a row: a day apart needs more than the same names.
    Level("adjacent", 0.4, doubts=2),
    Level("same week", 0.5, doubts=1),
    Level("same month", 0.2, doubts=2),
    Level("apart", 0.0, doubts=NEVER),
)
PLACE: Final = (
    Level("same", 1.0),
    Level("near", 0.6),
    # Two named places are two places, until something says that one source took the nearest town.
    Level("neighbouring", 0.4, doubts=1),
    Level("same district", 0.6, doubts=1),
    Level("same province", 0.3, doubts=1),
    Level("apart", 0.0, doubts=NEVER),
)
COUNTRY: Final = (Level("same", 1.0), Level("other", 0.0, doubts=1))
TYPE: Final = (
    Level("same", 1.0),
    Level("close", 0.8),
    Level("possible", 0.5, doubts=1),
    Level("incompatible", 0.0, doubts=NEVER),
)
ACTORS: Final = (
    Level("same group", 1.0, support=1),
    # Police or soldiers of the country are in half of all reports.
    Level("same state", 0.7),
    Level("same kinds", 0.6),
    Level("some kinds", 0.4),
    Level("unknown", 0.5),
    Level("mixed", 0.3, doubts=1),
    Level("other kinds", 0.1, doubts=1),
    Level("other names", 0.0, doubts=1),
)
TOLL: Final = (
    Level("same many", 1.0, support=2),
    Level("same", 1.0, support=1),
    Level("compatible", 0.7),
    Level("close", 0.6),
    Level("unknown", 0.5),
    Level("apart", 0.0, doubts=1),
)

FIELDS: Final[tuple[tuple[str, tuple[Level, ...], float], ...]] = (
    ("date", DATE, 0.25),
    ("place", PLACE, 0.25),
    ("country", COUNTRY, 0.05),
    ("type", TYPE, 0.15),
    ("actors", ACTORS, 0.15),
    ("toll", TOLL, 0.15),
)
"""Fields in the order of `reasons`, their levels, and their share of the score."""

MANY_DEATHS: Final = 5
FEW_DEATHS: Final = 2
"""Two independent reports of one death agree by chance; of five or more hardly."""

NEAR_KM: Final = 5.0
"""Within this distance a place known only roughly is as good as the same."""

MOST_DOUBTS: Final = 2
"""Pairs with more doubts left are not listed: in a province and a month almost any two reports would be."""

OUTCOMES: Final = ("same", "doubtful", "different")


def _positions(levels: tuple[Level, ...]) -> dict[str, int]:
    return {level.name: position for position, level in enumerate(levels)}


_DATE, _PLACE, _ACTORS, _TOLL = (_positions(levels) for levels in (DATE, PLACE, ACTORS, TOLL))


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Pairs with what was found, one position per pair.

    Attributes:
        levels: Position of the level of each field, one row per field in the order of `FIELDS`.
        score: Weighted agreement, from 0 to 1.
        outcome: Position in `OUTCOMES`.
        is_close: Whether the pair is worth a row: not where a date, place or type rules it out or nearly everything is open.
    """

    levels: Integers
    score: Numbers
    outcome: Integers
    is_close: Flags

    def chosen(self, kept: Flags) -> Compared:
        """Some of the pairs."""
        return Compared(
            levels=self.levels[:, kept], score=self.score[kept], outcome=self.outcome[kept], is_close=self.is_close[kept]
        )

    def reasons(self) -> npt.NDArray[np.object_]:
        """The levels in words: `date:same; place:near; ...`."""
        sizes = [len(levels) for _, levels, _ in FIELDS]
        combined = np.ravel_multi_index(tuple(self.levels), tuple(sizes)) if self.levels.size else np.zeros(0, dtype=np.int64)
        distinct, inverse = np.unique(combined, return_inverse=True)
        texts = []
        for code in distinct:
            positions = np.unravel_index(int(code), tuple(sizes))
            parts = [f"{name}:{levels[int(at)].name}" for (name, levels, _), at in zip(FIELDS, positions, strict=True)]
            texts.append("; ".join(parts))
        found: npt.NDArray[np.object_] = np.array(texts, dtype=object)[inverse]
        return found


def compare(arrays: ReportArrays, left: Integers, right: Integers, *, max_distance_km: float, max_days_apart: int) -> Compared:
    """Compare the reports at the positions `left` with those at `right`; the order of the two does not matter."""
    levels = np.stack(
        [
            _date_levels(arrays, left, right, max_days_apart),
            _place_levels(arrays, left, right, max_distance_km),
            (arrays.country[left] != arrays.country[right]).astype(np.int64),
            _TYPE_LEVELS[arrays.type[left], arrays.type[right]],
            _actor_levels(arrays, left, right),
            _toll_levels(arrays, left, right),
        ]
    )
    score: Numbers = np.zeros(len(left))
    doubts = np.zeros(len(left), dtype=np.int64)
    support = np.zeros(len(left), dtype=np.int64)
    for row, (_, field, weight) in zip(levels, FIELDS, strict=True):
        score += weight * np.array([level.agreement for level in field])[row]
        doubts += np.array([level.doubts for level in field])[row]
        support += np.array([level.support for level in field])[row]
    is_close = doubts - support <= MOST_DOUBTS
    outcome = np.clip(doubts - support, 0, 2)
    return Compared(
        levels=levels,
        score=np.round(np.clip(score, 0.0, 1.0), 4).astype(np.float64),
        outcome=outcome,
        is_close=is_close,
    )


_TYPE_LEVELS: Final = np.array(
    [[LEVELS.index(COMPATIBILITY[one, two]) for two in TYPE_CODES] for one in TYPE_CODES], dtype=np.int64
)


def _date_levels(arrays: ReportArrays, left: Integers, right: Integers, max_days_apart: int) -> Integers:
    gap = np.maximum(arrays.first[left], arrays.first[right]) - np.minimum(arrays.last[left], arrays.last[right])
    coarsest = np.maximum(arrays.time_precision[left], arrays.time_precision[right])
    same = (arrays.first[left] == arrays.first[right]) & (arrays.last[left] == arrays.last[right])
    touching = np.where(gap <= 0, _DATE["overlap"], np.where(gap <= max_days_apart, _DATE["adjacent"], _DATE["apart"]))
    exact = np.where(same, _DATE["same"], touching)
    rough = np.where(coarsest == 2, _DATE["same week"], _DATE["same month"])
    rough = np.where(gap <= 0, rough, _DATE["apart"])
    levels: Integers = np.where(coarsest <= 1, exact, rough)
    return levels


def _equal(values: Integers, left: Integers, right: Integers) -> Flags:
    equal: Flags = (values[left] == values[right]) & (values[left] != MISSING)
    return equal


def _place_levels(arrays: ReportArrays, left: Integers, right: Integers, max_distance_km: float) -> Integers:
    distance = haversine_km(arrays.latitude[left], arrays.longitude[left], arrays.latitude[right], arrays.longitude[right])
    coarsest = np.maximum(arrays.geo_precision[left], arrays.geo_precision[right])
    same = _equal(arrays.place, left, right) | (_equal(arrays.location, left, right) & (distance <= max_distance_km))
    rough = (coarsest == 2) | (arrays.place[left] == MISSING) | (arrays.place[right] == MISSING)
    levels: Integers = np.full(len(left), _PLACE["apart"], dtype=np.int64)
    # The finest level that holds is written last.
    levels[_equal(arrays.admin2, left, right) & (coarsest == 2)] = _PLACE["same district"]
    levels[distance <= max_distance_km] = _PLACE["neighbouring"]
    levels[(distance <= min(NEAR_KM, max_distance_km)) & rough] = _PLACE["near"]
    levels[same] = _PLACE["same"]
    # The point of a province is its capital: what lies near the capital is no nearer to the incident.
    province = _equal(arrays.admin1, left, right) | _equal(arrays.place, left, right)
    rough_levels = np.where(province, _PLACE["same province"], _PLACE["apart"])
    return np.where(coarsest >= 3, rough_levels, levels)


def _actor_levels(arrays: ReportArrays, left: Integers, right: Integers) -> Integers:
    sides_l, sides_r = _sides(arrays, left), _sides(arrays, right)
    shared_kinds = _shared_kinds(sides_l, sides_r)
    conflict = (_unshared_kinds(sides_l, sides_r) & _unshared_kinds(sides_r, sides_l)) != 0
    kinds_l, kinds_r = sides_l[0].kind | sides_l[1].kind, sides_r[0].kind | sides_r[1].kind
    levels = np.where((kinds_l & kinds_r) != 0, _ACTORS["some kinds"], _ACTORS["other kinds"])
    levels = np.where(kinds_l == kinds_r, _ACTORS["same kinds"], levels)
    levels = np.where((kinds_l == 0) | (kinds_r == 0), _ACTORS["unknown"], levels)
    levels = np.where(conflict, _ACTORS["other names"], levels)
    agreed = np.where((shared_kinds & ~STATE) != 0, _ACTORS["same group"], _ACTORS["same state"])
    return np.where(shared_kinds != 0, np.where(conflict, _ACTORS["mixed"], agreed), levels)


@dataclass(frozen=True)
class _Side:
    """One side of the incident in each report."""

    name: Integers
    kind: Integers
    registered: Flags


def _sides(arrays: ReportArrays, at: Integers) -> tuple[_Side, _Side]:
    return (
        _Side(arrays.name1[at], arrays.kind1[at], arrays.registered1[at]),
        _Side(arrays.name2[at], arrays.kind2[at], arrays.registered2[at]),
    )


def _shared_kinds(sides: tuple[_Side, _Side], others: tuple[_Side, _Side]) -> Integers:
    """Kinds of the actors that both reports name."""
    kinds = np.zeros(len(sides[0].name), dtype=np.int64)
    for side in sides:
        found = (side.name != MISSING) & ((side.name == others[0].name) | (side.name == others[1].name))
        # A named actor whose class is missing still counts as named.
        kinds |= np.where(found, np.maximum(side.kind, STATE), 0)
    return kinds


def _unshared_kinds(sides: tuple[_Side, _Side], others: tuple[_Side, _Side]) -> Integers:
    """Kinds of the actors that only this report names.

    Names that the registry lacks do not count: two of them may be two spellings, or one man and his band.
    """
    kinds = np.zeros(len(sides[0].name), dtype=np.int64)
    for side in sides:
        alone = side.registered & (side.name != MISSING) & (side.name != others[0].name) & (side.name != others[1].name)
        kinds |= np.where(alone, side.kind & (STATE | ARMED), 0)
    return kinds


def _toll_levels(arrays: ReportArrays, left: Integers, right: Integers) -> Integers:
    toll_l, toll_r = arrays.toll[left], arrays.toll[right]
    least, most = np.minimum(toll_l, toll_r), np.maximum(toll_l, toll_r)
    overlap = np.maximum(arrays.toll_low[left], arrays.toll_low[right]) <= np.minimum(
        arrays.toll_high[left], arrays.toll_high[right]
    )
    # First counts and later ones of one incident often stand one to two.
    levels = np.where(most <= 2 * least + 2, _TOLL["close"], _TOLL["apart"])
    levels = np.where(overlap, _TOLL["compatible"], levels)
    equal = np.where(least >= MANY_DEATHS, _TOLL["same many"], _TOLL["same"])
    levels = np.where((least == most) & (least >= FEW_DEATHS), equal, levels)
    return np.where(arrays.states_toll[left] & arrays.states_toll[right], levels, _TOLL["unknown"])
