"""Average linkage of many small components at once.

Two clusters are one incident if all pairs across them may be, and their scores are on average high enough; the best two are joined
first. Where two clusters are each the other's best they can be joined at once, whatever happens elsewhere (Bruynooghe 1977: the
average never rises above the better of the two that were joined), so whole rounds of joins are done with a few sorts, and the
result is that of joining one by one. A join depends on nothing outside its connected component.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.matching.frames import Flags, Integers


@dataclass(frozen=True)
class Links:
    """Pairs of clusters between which pairs were compared; each once, `one` the smaller.

    Attributes:
        one: Number of a cluster.
        two: Number of the other.
        total: Sum of the scores of the pairs between them.
        count: How many these are.
    """

    one: Integers
    two: Integers
    total: Integers
    count: Integers

    def chosen(self, kept: Flags) -> Links:
        """Some of the links."""
        return Links(self.one[kept], self.two[kept], self.total[kept], self.count[kept])


def gather(one: npt.NDArray[Any], two: npt.NDArray[Any], total: npt.NDArray[Any], count: npt.NDArray[Any], size: int) -> Links:
    """Links from pairs that may repeat or stand the wrong way round; numbers are below `size`, one with itself is left out."""
    low, high = np.minimum(one, two).astype(np.int64), np.maximum(one, two).astype(np.int64)
    apart = low != high
    keys = low[apart] * size + high[apart]
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    if not len(starts):
        empty = np.zeros(0, dtype=np.int64)
        return Links(empty, empty, empty, empty)
    totals = np.add.reduceat(total[apart][order].astype(np.int64), starts)
    counts = np.add.reduceat(count[apart][order].astype(np.int64), starts)
    return Links(keys[starts] // size, keys[starts] % size, totals, counts)


def link_by_average(links: Links, sizes: Integers, least: int) -> Integers:
    """For each item the smallest item of its cluster.

    Args:
        links: All pairs of items that may be one incident, with their scores; a pair that is not listed may not.
        sizes: One for each item; its length is the number of items.
        least: Least average score at which two clusters are joined.
    """
    cluster: Integers = np.arange(len(sizes))
    sizes = sizes.astype(np.int64).copy()
    while True:
        # A link that lacks a pair can never be completed: what is joined to one side lacks that pair too.
        links = links.chosen(links.count == sizes[links.one] * sizes[links.two])
        join = _mutual_best(links.chosen(links.total >= least * links.count))
        if not len(join[0]):
            return cluster
        goes: Integers = np.arange(len(sizes))
        goes[join[1]] = join[0]
        sizes[join[0]] += sizes[join[1]]
        cluster = goes[cluster]
        links = gather(goes[links.one], goes[links.two], links.total, links.count, len(sizes))


def _mutual_best(links: Links) -> tuple[Integers, Integers]:
    """The links that are the best of both their sides: by average, then by the smaller numbers."""
    if not len(links.one):
        return links.one, links.two
    order = np.lexsort((links.two, links.one, -(links.total / links.count)))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    best = np.full(int(links.two.max()) + 1, len(order), dtype=np.int64)
    np.minimum.at(best, links.one, rank)
    np.minimum.at(best, links.two, rank)
    mutual = (best[links.one] == rank) & (best[links.two] == rank)
    return links.one[mutual], links.two[mutual]
