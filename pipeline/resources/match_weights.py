"""How much each way of agreeing speaks for one incident: the seed table `match_weights`.

A weight is in log odds (natural logarithm): 0.7 doubles the odds that two reports tell one incident, -0.7 halves them. The
weights of a pair's levels and the `base` add up to its score. No weight can outvote a `never`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pipeline.errors import SeedError
from pipeline.resources.seeds import Row

LEVELS: Final[Mapping[str, tuple[str, ...]]] = {
    "date": ("same", "overlap", "adjacent", "days apart", "same week", "same month", "apart"),
    "place": (
        "same", "near", "neighbouring", "other town", "distant", "far town", "same district", "same province", "within province",
        "around", "same name", "unknown", "none", "apart",
    ),
    "country": ("same", "other"),
    "type": ("same", "close", "possible", "unsupported", "incompatible"),
    "actors": (
        "same group", "same state", "one side", "same kinds", "some kinds", "unknown", "mixed", "other kinds", "other names",
    ),
    "toll": ("same many", "same", "same one", "none", "compatible", "close", "doubled", "unknown", "apart"),
}  # fmt: skip
"""The fields that are compared, in the order of `reasons`, and the levels of each."""

RULED_OUT: Final = frozenset({("date", "apart"), ("place", "apart"), ("type", "incompatible")})
"""Levels at which two reports cannot be one incident; training leaves them alone."""

NEVER: Final = "never"
BASE: Final = "base"
SAME, DOUBTFUL, LISTED = "same", "doubtful", "listed"
LIMITS: Final = (SAME, DOUBTFUL, LISTED)
"""Least scores: of pairs taken for one incident, of doubtful ones, and of those that have a row at all."""


@dataclass(frozen=True)
class MatchWeights:
    """What the table says.

    Attributes:
        levels: Weight of each level of each field in the order of `LEVELS`, in log odds; minus infinity for `never`.
        base: Log odds before anything is compared.
        same: Least score of a pair that is taken for one incident.
        doubtful: Least score of a pair that a person should look at.
        listed: Least score of a pair that may stand in one event; those below it are kept apart.
    """

    levels: Mapping[str, tuple[float, ...]]
    base: float
    same: float
    doubtful: float
    listed: float

    @classmethod
    def from_rows(cls, rows: Iterable[Row]) -> MatchWeights:
        """The weights in rows of the seed table.

        Raises:
            SeedError: A field or level is unknown or lacks a weight, or a weight is no number.
        """
        found = {(row["field"], row["level"]): _weight(row) for row in rows}
        wanted = {(name, level) for name, levels in LEVELS.items() for level in levels}
        wanted |= {(BASE, BASE), *(("limit", name) for name in LIMITS)}
        if unknown := sorted(found.keys() - wanted):
            raise SeedError(f"match_weights: {' '.join(unknown[0])}: no such field and level. docs/matching.md lists them.")
        if missing := sorted(wanted - found.keys()):
            raise SeedError(f"match_weights: {' '.join(missing[0])}: has no weight. Copy its row from the shipped table.")
        same, doubtful, listed = (found["limit", name] for name in LIMITS)
        if not same >= doubtful >= listed:
            raise SeedError("match_weights: limit: same, doubtful and listed must fall in this order.")
        levels = {name: tuple(found[name, level] for level in each) for name, each in LEVELS.items()}
        return cls(levels, found[BASE, BASE], same, doubtful, listed)


def _weight(row: Row) -> float:
    if row["weight"] == NEVER:
        return -math.inf
    try:
        weight = float(row["weight"])
    except ValueError:
        weight = math.nan
    if not math.isfinite(weight):
        raise SeedError(f"match_weights: {row['field']} {row['level']}: weight {row['weight']!r} is no number and not `never`.")
    return weight


def weight_rows(weights: MatchWeights) -> list[Row]:
    """The rows of the seed table for weights, in the order of `LEVELS`."""
    found = [
        {"field": name, "level": level, "weight": _written(weight), "note": ""}
        for name, each in LEVELS.items()
        for level, weight in zip(each, weights.levels[name], strict=True)
    ]
    rest = ((BASE, BASE, weights.base), *(("limit", name, getattr(weights, name)) for name in LIMITS))
    return [*found, *({"field": field, "level": level, "weight": _written(weight), "note": ""} for field, level, weight in rest)]


def _written(weight: float) -> str:
    return NEVER if weight == -math.inf else f"{weight:.3f}"
