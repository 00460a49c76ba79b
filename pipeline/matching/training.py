"""Weights fitted on labelled pairs: logistic regression on the levels, drawn towards what was believed before.

Levels that few pairs show stay near that; a level that none shows keeps it. Pairs with equal levels are counted together, so that a
million pairs cost no more than a thousand.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.matching.arrays import ReportArrays
from pipeline.matching.blocking import blocked_pairs
from pipeline.matching.comparison import Windows, compare, pack, possible, unpack
from pipeline.matching.frames import Flags, Integers, Numbers
from pipeline.resources.match_weights import LEVELS, RULED_OUT, MatchWeights

SHRINKAGE: Final = 1.0
"""Precision of the normal prior of each weight: as much as four undecided pairs of that level."""
_LOOSE: Final = 1e-3
_STEPS: Final = 50
_ENOUGH: Final = 1e-8

SAME: Final = 0.0
"""Even odds: clusters are joined by the average of their pairs, which errs less than one pair does."""
DOUBTFUL: Final = -2.0
"""One pair in eight of this score is one incident: worth a look."""
LISTED: Final = -4.5
"""One in ninety: such a pair does not part what all others join, rarer ones do."""

_COLUMNS: Final = [(field, level) for field, levels in LEVELS.items() for level in levels if (field, level) not in RULED_OUT]


@dataclass(frozen=True, kw_only=True)
class LabelledPairs:
    """Pairs of which it is known whether they are one incident.

    Attributes:
        packed: The levels of each, packed.
        is_same: Whether they are.
        weight: What each counts.
    """

    packed: Integers
    is_same: Flags
    weight: float = 1.0


def labelled_pairs(arrays: ReportArrays, labels: Integers, windows: Windows) -> LabelledPairs:
    """Every pair that matching would compare, and whether the labels of its reports are equal."""
    packed, is_same = [np.zeros(0, dtype=np.int32)], [np.zeros(0, dtype=bool)]
    blocked = blocked_pairs(arrays, max_distance_km=windows.max_distance_km, max_days_apart=windows.max_days_apart)
    for left, right in blocked:
        kept = possible(arrays, left, right, windows)
        levels = compare(arrays, left[kept], right[kept], windows)
        kept_levels = ~_ruled_out(levels)
        packed.append(pack(levels[:, kept_levels]))
        is_same.append((labels[left[kept]] == labels[right[kept]])[kept_levels])
    return LabelledPairs(packed=np.concatenate(packed).astype(np.int64), is_same=np.concatenate(is_same))


def judged_pairs(arrays: ReportArrays, left: Integers, right: Integers, is_same: Flags, windows: Windows) -> LabelledPairs:
    """Pairs of positions that somebody judged; those that are ruled out whatever else is found teach nothing."""
    levels = compare(arrays, left, right, windows)
    kept = ~_ruled_out(levels)
    return LabelledPairs(packed=pack(levels[:, kept]).astype(np.int64), is_same=is_same[kept])


def _ruled_out(levels: Integers) -> Flags:
    found = np.zeros(levels.shape[1], dtype=bool)
    for row, (field, names) in zip(levels, LEVELS.items(), strict=True):
        found |= np.array([(field, name) in RULED_OUT for name in names])[row]
    return found


def fit_weights(sets: Sequence[LabelledPairs], prior: MatchWeights) -> MatchWeights:
    """The weights under which the labels are likeliest, and the limits that go with them.

    Args:
        sets: Labelled pairs.
        prior: What is believed of each level before any pair is seen; its base and limits are not used.
    """
    rows, same, other = _counted(sets)
    believed = [prior.levels[field][LEVELS[field].index(level)] for field, level in _COLUMNS]
    trust = [_LOOSE, *(SHRINKAGE for _ in _COLUMNS)]
    found = _logistic(rows, same, other, np.array([0.0, *believed]), np.array(trust))
    weights = dict(zip(_COLUMNS, found[1:].tolist(), strict=True))
    levels = {name: tuple(weights.get((name, level), -math.inf) for level in each) for name, each in LEVELS.items()}
    return MatchWeights(levels, float(found[0]), SAME, DOUBTFUL, LISTED)


def _counted(sets: Sequence[LabelledPairs]) -> tuple[Numbers, Numbers, Numbers]:
    """One row of ones and zeros for each pattern of levels, a one first; and how many pairs of it are, and are not, the same."""
    packed = np.concatenate([each.packed for each in sets])
    is_same = np.concatenate([each.is_same for each in sets])
    weight = np.concatenate([np.full(len(each.packed), each.weight) for each in sets])
    patterns, inverse = np.unique(packed, return_inverse=True)
    same: Numbers = np.bincount(inverse, weights=weight * is_same, minlength=len(patterns)).astype(np.float64)
    other: Numbers = np.bincount(inverse, weights=weight * ~is_same, minlength=len(patterns)).astype(np.float64)
    rows = np.zeros((len(patterns), len(_COLUMNS) + 1))
    rows[:, 0] = 1
    at = {column: position + 1 for position, column in enumerate(_COLUMNS)}
    for row, (field, names) in zip(unpack(patterns.astype(np.int32)), LEVELS.items(), strict=True):
        columns = np.array([at.get((field, name), 0) for name in names])
        rows[np.arange(len(patterns)), columns[row]] = 1
    return rows, same, other


def _logistic(rows: Numbers, same: Numbers, other: Numbers, believed: Numbers, trust: Numbers) -> Numbers:
    """Newton's method: the likeliest weights, each drawn to what was believed as firmly as that is trusted."""
    total = same + other
    found: Numbers = believed.copy()
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ found, -40, 40)))
        slope = rows.T @ (same - total * chance) - trust * (found - believed)
        bend = (rows * (total * chance * (1 - chance))[:, None]).T @ rows + np.diag(trust)
        step = np.linalg.solve(bend, slope)
        found = found + step
        if np.abs(step).max() < _ENOUGH:
            break
    return found
