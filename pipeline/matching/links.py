"""How well a report fits its event."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from pipeline.matching.comparison import probability
from pipeline.matching.pairs import DIFFERENT, HUMAN_DIFFERENT, PairArrays


class PairIndex:
    """Pairs by their two positions."""

    def __init__(self, pairs: PairArrays, reasons: npt.NDArray[np.object_], count: int) -> None:
        """Index pairs, sorted by position, among `count` reports; `reasons` are those of the pairs in words."""
        self._reasons = reasons
        self._count = count
        self._score = probability(pairs.score)
        self._speaks = (pairs.outcome != DIFFERENT) & (pairs.outcome != HUMAN_DIFFERENT)
        self._keys = pairs.left.astype(np.int64) * count + pairs.right

    def fit(self, position: int, primary: int, members: Iterable[int]) -> tuple[float, str | None]:
        """Score and reasons of a report in an event.

        Of the pair with the primary report; where that pair alone does not speak for one incident, of the best pair with another
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
        key = min(one, two) * self._count + max(one, two)
        at = int(np.searchsorted(self._keys, key))
        if at == len(self._keys) or self._keys[at] != key or not self._speaks[at]:
            return None
        return float(self._score[at]), str(self._reasons[at])
