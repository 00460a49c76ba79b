"""How far two reports agree, field by field, and what that makes of the pair.

Each field gets a level, each level has a weight in log odds (`seeds/match_weights.csv`, fitted on labelled pairs), and the sum is
the score: the odds that two reports which agree that far tell one incident. What cannot be one incident, such as a protest and an
air strike, has no weight but `never`.

Published rules of thumb for joining event data (MELTT, xSub) use a window of days and kilometres alone; these are the first
gate here. The sum of weights is the model of Fellegi and Sunter (1969).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from pipeline.matching.arrays import ARMED, STATE, TYPE_CODES, ReportArrays
from pipeline.matching.compatibility import COMPATIBILITY
from pipeline.matching.distance import KM_PER_DEGREE, haversine_km
from pipeline.matching.frames import MISSING, Flags, Integers, Numbers
from pipeline.resources.match_weights import LEVELS, MatchWeights

MANY_DEATHS: Final = 5
FEW_DEATHS: Final = 2
"""Two independent reports of one death agree by chance; of five or more hardly."""

SPOT_KM: Final = 0.5
"""Within this distance two entries of the gazetteer are one place under two names, or a place and a part of it."""
NEAR_KM: Final = 5.0
"""Within this distance a place known only roughly is as good as the same."""
NEIGHBOUR_KM: Final = 25.0
"""Two named places farther apart than this are seldom two names of one spot."""

FEW_DAYS: Final = 4
"""A rough date of fewer days than this, such as a night or a weekend, is as good as a range."""

OUTCOMES: Final = ("same", "doubtful", "different")

SCALE: Final = 1000
"""Scores are whole thousandths of log odds: sums of them do not depend on the order of adding."""

FAR_BELOW: Final = -(1 << 28)
"""Score of a pair that is ruled out; far from the limits of 32 bits, so that sums cannot overflow."""


def _positions(field: str) -> Mapping[str, int]:
    return {level: position for position, level in enumerate(LEVELS[field])}


_DATE, _PLACE, _TYPE, _ACTORS, _TOLL = (_positions(name) for name in ("date", "place", "type", "actors", "toll"))
_SIZES: Final = tuple(len(levels) for levels in LEVELS.values())


class Scorer:
    """Weights as look-up tables for many pairs at once."""

    def __init__(self, weights: MatchWeights) -> None:
        """Take over the weights of a table."""
        self._tables = [np.array([_thousandths(weight) for weight in each], dtype=np.int64) for each in weights.levels.values()]
        self._base = _thousandths(weights.base)
        self._same, self._doubtful = _thousandths(weights.same), _thousandths(weights.doubtful)
        self.listed = _thousandths(weights.listed)

    def scores(self, levels: Integers) -> Integers:
        """Scores in thousandths of log odds of pairs with these levels, one row per field in the order of `LEVELS`."""
        total: Integers = np.full(levels.shape[1], self._base, dtype=np.int64)
        for table, row in zip(self._tables, levels, strict=True):
            total += table[row]
        return np.maximum(total, FAR_BELOW)

    def outcomes(self, scores: Integers) -> Integers:
        """Positions in `OUTCOMES`."""
        found: Integers = np.where(scores >= self._same, 0, np.where(scores >= self._doubtful, 1, 2))
        return found

    def parts(self, levels: Integers) -> list[float]:
        """The weight of each level of one pair, in log odds; minus infinity for `never`."""
        found = [int(table[at]) for table, at in zip(self._tables, levels, strict=True)]
        return [value / SCALE if value > FAR_BELOW else float("-inf") for value in found]

    @property
    def base(self) -> float:
        """Log odds before anything is compared."""
        return self._base / SCALE

    @property
    def same(self) -> int:
        """Least score, in thousandths, of a pair that is taken for one incident."""
        return self._same


def _thousandths(weight: float) -> int:
    return FAR_BELOW if weight == float("-inf") else round(weight * SCALE)


def probability(scores: npt.NDArray[Any]) -> Numbers:
    """Scores in thousandths of log odds as probabilities with four digits, as the column `score` has them."""
    odds = np.clip(scores / SCALE, -40.0, 40.0)
    found: Numbers = np.round(1.0 / (1.0 + np.exp(-odds)), 4)
    return found


def pack(levels: Integers) -> npt.NDArray[np.int32]:
    """One number per pair for its levels."""
    if not levels.shape[1]:
        return np.zeros(0, dtype=np.int32)
    found: npt.NDArray[np.int32] = np.ravel_multi_index(tuple(levels), _SIZES).astype(np.int32)
    return found


def unpack(packed: npt.NDArray[np.int32]) -> Integers:
    """The levels that were packed, one row per field."""
    if not len(packed):
        return np.zeros((len(_SIZES), 0), dtype=np.int64)
    found: Integers = np.stack(np.unravel_index(packed.astype(np.int64), _SIZES)).astype(np.int64)
    return found


def in_words(packed: npt.NDArray[np.int32]) -> npt.NDArray[np.object_]:
    """The levels in words: `date:same; place:near; ...`."""
    distinct, inverse = np.unique(packed, return_inverse=True)
    texts = [
        "; ".join(f"{name}:{levels[int(at)]}" for (name, levels), at in zip(LEVELS.items(), column, strict=True))
        for column in unpack(distinct).T
    ]
    found: npt.NDArray[np.object_] = np.array(texts, dtype=object)[inverse]
    return found


@dataclass(frozen=True, kw_only=True)
class Windows:
    """How far two reports of one incident may be apart.

    Attributes:
        max_distance_km: Farthest apart that two places may lie, inclusive.
        max_days_apart: Days that two exact dates may differ, inclusive.
    """

    max_distance_km: float
    max_days_apart: int


def compare(arrays: ReportArrays, left: Integers, right: Integers, windows: Windows) -> Integers:
    """The levels of the reports at the positions `left` with those at `right`; the order of the two does not matter.

    Returns:
        One row per field in the order of `LEVELS`, one column per pair.
    """
    tolls = _toll_levels(arrays, left, right)
    return np.stack(
        [
            _date_levels(arrays, left, right, windows.max_days_apart),
            _place_levels(arrays, left, right, windows.max_distance_km),
            (arrays.country[left] != arrays.country[right]).astype(np.int64),
            _type_levels(arrays, left, right, tolls),
            _actor_levels(arrays, left, right),
            tolls,
        ]
    )


def possible(arrays: ReportArrays, left: Integers, right: Integers, windows: Windows) -> Flags:
    """Whether the pairs can be one incident at all: what is cheap to see, and rules out most that a cell brings together."""
    found: Flags = _TYPE_TABLE[arrays.type[left], arrays.type[right]] != _TYPE["incompatible"]
    coarse = (arrays.geo_precision[left] >= 3) | (arrays.geo_precision[right] >= 3)
    row = np.abs(arrays.latitude[left] - arrays.latitude[right]) * KM_PER_DEGREE <= windows.max_distance_km * (1 + 1e-9)
    found &= row | coarse | _equal(arrays.admin2, left, right) | _equal(arrays.place, left, right)
    return found


_OF_COMPATIBILITY: Final = {"same": "same", "close": "close", "possible": "possible", "different": "incompatible"}
_TYPE_TABLE: Final = np.array(
    [[_TYPE[_OF_COMPATIBILITY[COMPATIBILITY[one, two]]] for two in TYPE_CODES] for one in TYPE_CODES], dtype=np.int64
)


def _type_levels(arrays: ReportArrays, left: Integers, right: Integers, tolls: Integers) -> Integers:
    """Types that may be one incident but need not: a city at war sees both on many days, unless the dead are about as many."""
    levels = _TYPE_TABLE[arrays.type[left], arrays.type[right]]
    says_nothing = (tolls == _TOLL["unknown"]) | (tolls == _TOLL["none"])
    found: Integers = np.where((levels == _TYPE["possible"]) & says_nothing, _TYPE["unsupported"], levels)
    return found


def _date_levels(arrays: ReportArrays, left: Integers, right: Integers, max_days_apart: int) -> Integers:
    gap = np.maximum(arrays.first[left], arrays.first[right]) - np.minimum(arrays.last[left], arrays.last[right])
    coarsest = np.maximum(arrays.time_precision[left], arrays.time_precision[right])
    same = (arrays.first[left] == arrays.first[right]) & (arrays.last[left] == arrays.last[right])
    apart = np.where(gap <= max_days_apart, np.where(gap <= 1, _DATE["adjacent"], _DATE["days apart"]), _DATE["apart"])
    exact = np.where(same, _DATE["same"], np.where(gap <= 0, _DATE["overlap"], apart))
    longest = np.maximum(arrays.last[left] - arrays.first[left], arrays.last[right] - arrays.first[right])
    told = (longest < FEW_DAYS) & ~arrays.day_assumed[left] & ~arrays.day_assumed[right]
    rough = np.where(coarsest == 2, np.where(told, _DATE["overlap"], _DATE["same week"]), _DATE["same month"])
    rough = np.where(gap <= 0, rough, _DATE["apart"])
    levels: Integers = np.where(coarsest <= 1, exact, rough)
    return levels


def _equal(values: Integers, left: Integers, right: Integers) -> Flags:
    equal: Flags = (values[left] == values[right]) & (values[left] != MISSING)
    return equal


def _place_levels(arrays: ReportArrays, left: Integers, right: Integers, max_distance_km: float) -> Integers:
    distance = haversine_km(arrays.latitude[left], arrays.longitude[left], arrays.latitude[right], arrays.longitude[right])
    coarse_l, coarse_r = arrays.geo_precision[left] >= 3, arrays.geo_precision[right] >= 3
    coarse = coarse_l | coarse_r
    levels = np.where(coarse, _PLACE["apart"], _town_levels(arrays, left, right, distance, max_distance_km))
    if not coarse.any():
        return levels
    # The point of a province is its capital: what lies near the capital is no nearer to the incident. A region across provinces
    # has a point of its own.
    province = _equal(arrays.admin1, left, right) | _equal(arrays.place, left, right)
    province |= coarse_l & coarse_r & _equal(arrays.spelled, left, right)
    region = coarse_l & (arrays.admin1[left] == MISSING) | coarse_r & (arrays.admin1[right] == MISSING)
    levels[coarse & region & (distance <= max_distance_km)] = _PLACE["around"]
    levels[coarse & province] = _PLACE["within province"]
    levels[coarse_l & coarse_r & province] = _PLACE["same province"]
    return _with_unplaced(arrays, left, right, levels)


def _town_levels(arrays: ReportArrays, left: Integers, right: Integers, distance: Numbers, max_distance_km: float) -> Integers:
    """Levels of places that are both known better than by their province."""
    exact = (arrays.geo_precision[left] == 1) & (arrays.geo_precision[right] == 1)
    levels: Integers = np.full(len(left), _PLACE["apart"], dtype=np.int64)
    # The finest level that holds is written last.
    levels[_equal(arrays.admin2, left, right) & ~exact] = _PLACE["same district"]
    levels[distance <= max_distance_km] = _PLACE["distant"]
    levels[(distance <= max_distance_km) & exact] = _PLACE["far town"]
    neighbours = distance <= min(NEIGHBOUR_KM, max_distance_km)
    levels[neighbours] = _PLACE["other town"]
    levels[neighbours & ~exact] = _PLACE["neighbouring"]
    levels[distance <= min(SPOT_KM, max_distance_km)] = _PLACE["near"]
    levels[(distance <= min(NEAR_KM, max_distance_km)) & ~exact] = _PLACE["near"]
    by_name = _equal(arrays.location, left, right) | _equal(arrays.spelled, left, right)
    levels[_equal(arrays.place, left, right) | (by_name & (distance <= max_distance_km))] = _PLACE["same"]
    return levels


def _with_unplaced(arrays: ReportArrays, left: Integers, right: Integers, levels: Integers) -> Integers:
    """The levels, with those of pairs of which one report has no coordinates; two of that kind tell nothing of one another."""
    placed_l, placed_r = arrays.placed[left], arrays.placed[right]
    named = arrays.spelled[np.where(placed_l, right, left)] != MISSING
    by_name = np.where(named, _PLACE["unknown"], _PLACE["none"])
    by_name = np.where(_equal(arrays.spelled, left, right), _PLACE["same name"], by_name)
    comparable = (placed_l | placed_r) & (arrays.country[left] == arrays.country[right])
    by_name = np.where(comparable, by_name, _PLACE["apart"])
    found: Integers = np.where(placed_l & placed_r, levels, by_name)
    return found


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
    rest_l, rest_r = _rest_kinds(sides_l, sides_r), _rest_kinds(sides_r, sides_l)
    agreed = np.where((rest_l != 0) & (rest_r != 0) & ((rest_l & rest_r) == 0), _ACTORS["one side"], agreed)
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


def _rest_kinds(sides: tuple[_Side, _Side], others: tuple[_Side, _Side]) -> Integers:
    """Kinds of the actors that this report has and the other does not name, whether or not they have a name."""
    kinds = np.zeros(len(sides[0].name), dtype=np.int64)
    for side in sides:
        shared = (side.name != MISSING) & ((side.name == others[0].name) | (side.name == others[1].name))
        kinds |= np.where(shared, 0, side.kind)
    return kinds


def _toll_levels(arrays: ReportArrays, left: Integers, right: Integers) -> Integers:
    toll_l, toll_r = arrays.toll[left], arrays.toll[right]
    least, most = np.minimum(toll_l, toll_r), np.maximum(toll_l, toll_r)
    overlap = np.maximum(arrays.toll_low[left], arrays.toll_low[right]) <= np.minimum(
        arrays.toll_high[left], arrays.toll_high[right]
    )
    # First counts and later ones of one incident often stand one to two.
    levels = np.where(most <= 2 * least + 2, _TOLL["doubled"], _TOLL["apart"])
    levels = np.where(most - least <= 2, _TOLL["close"], levels)
    levels = np.where(overlap, _TOLL["compatible"], levels)
    equal = np.where(least >= MANY_DEATHS, _TOLL["same many"], _TOLL["same"])
    equal = np.where(least < FEW_DEATHS, np.where(least == 1, _TOLL["same one"], _TOLL["none"]), equal)
    levels = np.where(least == most, equal, levels)
    return np.where(arrays.states_toll[left] & arrays.states_toll[right], levels, _TOLL["unknown"])
