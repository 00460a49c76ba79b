"""How well a report fits its event."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from pipeline.matching.pairs import HUMAN_SAME, SAME, PairArrays


class PairIndex:
    """Pairs by their two positions."""

    def __init__(self, pairs: PairArrays, count: int) -> None:
        """Index pairs, sorted by position, among `count` reports."""
        self._pairs = pairs
        self._count = count
        self._keys = pairs.left * count + pairs.right

    def fit(self, position: int, primary: int, members: Iterable[int]) -> tuple[float, str | None]:
        """Score and reasons of a report in an event.

        Of the pair with the primary report; where the two were not found to be one incident, of the best pair with another
        report of the event.

        Args:
            position: The report.
            primary: The primary report of the event.
            members: All reports of the event.
        """
        if position == primary:
            return 1.0, None
        direct = self._find(position, primary)
        if direct is not None:
            return direct
        found = [pair for pair in (self._find(position, member) for member in sorted(members)) if pair is not None]
        return max(found, key=lambda pair: pair[0], default=(0.0, None))

    def _find(self, one: int, two: int) -> tuple[float, str | None] | None:
        low, high = min(one, two), max(one, two)
        key = low * self._count + high
        at = int(np.searchsorted(self._keys, key))
        if at == len(self._keys) or self._keys[at] != key or self._pairs.outcome[at] not in (SAME, HUMAN_SAME):
            return None
        return float(self._pairs.score[at]), str(self._pairs.reasons[at])
