"""Reports that belong together whatever else is found: copies of one text, and what a person called one incident."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from pipeline.matching.frames import Integers
from pipeline.matching.groups import DisjointSets
from pipeline.matching.verdicts import Pair, Verdicts


def find_atoms(twins: Integers, verdicts: Verdicts) -> Integers:
    """For each report the smallest position of those that it cannot be parted from.

    What people said goes first, copies follow; what would put a pair into one atom that a person told apart is left out.

    Args:
        twins: Position of the report that each one is a copy of, or its own.
        verdicts: What people said of pairs.
    """
    sets = DisjointSets(len(twins))
    foes = _Foes(verdicts.different)
    linked: set[int] = set()
    for one, two in _links(twins, verdicts):
        linked |= {one, two}
        low, high = sorted((sets.root(one), sets.root(two)))
        if low != high and not foes.between(sets, low, high):
            sets.join(low, high)
            foes.merge(low, high)
    # Most reports stand for themselves.
    atoms: Integers = np.arange(len(twins))
    for position in linked:
        atoms[position] = sets.root(position)
    return atoms


def _links(twins: Integers, verdicts: Verdicts) -> Iterator[Pair]:
    yield from verdicts.same
    for position in np.flatnonzero(twins != np.arange(len(twins))).tolist():
        yield int(twins[position]), position


class _Foes:
    """Which sets a person told apart."""

    def __init__(self, different: Iterable[Pair]) -> None:
        self._of: dict[int, set[int]] = {}
        for one, two in different:
            self._of.setdefault(one, set()).add(two)
            self._of.setdefault(two, set()).add(one)

    def between(self, sets: DisjointSets, one: int, two: int) -> bool:
        return any(sets.root(foe) == two for foe in self._of.get(one, ()))

    def merge(self, low: int, high: int) -> None:
        if moved := self._of.pop(high, None):
            self._of.setdefault(low, set()).update(moved)
