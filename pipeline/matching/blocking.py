"""Which pairs of reports are near enough in time and place to be compared.

Reports with a place of their own meet in cells as wide as the distance and in their neighbours, across borders and the 180th
meridian.
Reports of which only the province is known meet all reports of that province: the coordinates of its capital say nothing.
Reports without coordinates meet all that have some in their country.
Within a block the reports lie sorted by day, so that no more pairs are made than lie close in time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pipeline.matching.arrays import ReportArrays
from pipeline.matching.distance import EARTH_RADIUS_KM, KM_PER_DEGREE
from pipeline.matching.frames import MISSING, Integers

Pairs = tuple[Integers, Integers]
Degrees = np.typing.NDArray[np.float64]

CHUNK = 1 << 20
"""Pairs looked at together: bounds the memory, never shows in a result."""

_SMALLEST_CELL = 0.1
"""Degrees: smaller cells would only be emptier."""

_DAYS = 1 << 23
_EARLIEST = 1 << 22


class DayIndex:
    """Reports by block and day.

    Reports with long windows are kept apart from those with short ones, so that one span of a year does not make every
    search a year wide.
    """

    def __init__(self, members: Integers, blocks: Integers, first: Integers, last: Integers) -> None:
        """Index the reports at the positions `members`, whose blocks are `blocks` and whose days are `first` to `last`."""
        length = np.frexp((last - first)[members].astype(np.float64))[1]
        self._parts = []
        for size in np.unique(length):
            chosen = length == size
            keys = blocks[chosen].astype(np.int64) * _DAYS + first[members[chosen]] + _EARLIEST
            order = np.argsort(keys, kind="stable")
            longest = int((last - first)[members[chosen]].max())
            self._parts.append((members[chosen][order], keys[order], longest))

    def pairs(self, queries: Integers, blocks: Integers, earliest: Integers, latest: Integers) -> Iterator[Pairs]:
        """Each query with each member of its block whose window may touch `earliest` to `latest`, in chunks.

        Fastest where the queries come in order of block and day.
        """
        for members, keys, longest in self._parts:
            start = np.searchsorted(keys, blocks * _DAYS + earliest - longest + _EARLIEST, side="left")
            stop = np.searchsorted(keys, blocks * _DAYS + latest + _EARLIEST, side="right")
            yield from _expand(queries, members, start, stop)


def _expand(queries: Integers, members: Integers, start: Integers, stop: Integers) -> Iterator[Pairs]:
    counts = np.maximum(stop - start, 0)
    busy = np.flatnonzero(counts)
    total = np.cumsum(counts[busy])
    begin = 0
    while begin < len(busy):
        done = total[begin - 1] if begin else 0
        end = max(int(np.searchsorted(total, done + CHUNK, side="right")), begin + 1)
        part = busy[begin:end]
        repeats = counts[part]
        within = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        yield np.repeat(queries[part], repeats), members[np.repeat(start[part], repeats) + within]
        begin = end


def blocked_pairs(arrays: ReportArrays, *, max_distance_km: float, max_days_apart: int) -> Iterator[Pairs]:
    """Positions of the reports to compare, each pair once with the smaller position first, in chunks.

    No pair is left out whose windows lie at most `max_days_apart` from each other, and that lies within
    `max_distance_km`, or in one province where one of the two is known no finer, or in one country where one has no coordinates
    at all. Two reports that one coder made of one article are told apart already and never come up.
    """
    if not len(arrays):
        return
    earliest, latest = arrays.first - max_days_apart, arrays.last + max_days_apart
    for left, right in _raw_pairs(arrays, max_distance_km, earliest, latest):
        kept = (arrays.last[right] >= earliest[left]) & (arrays.first[right] <= latest[left])
        kept &= (arrays.article[left] != arrays.article[right]) | (arrays.coder[left] != arrays.coder[right])
        if kept.any():
            yield np.minimum(left[kept], right[kept]), np.maximum(left[kept], right[kept])


def _raw_pairs(arrays: ReportArrays, max_distance_km: float, earliest: Integers, latest: Integers) -> Iterator[Pairs]:
    blocks, coarse = _province_blocks(arrays), arrays.geo_precision >= 3
    # A region across provinces has a point of its own, a province that of its capital.
    regions = coarse & (arrays.admin1 == MISSING)
    pointed = np.flatnonzero(arrays.placed & (~coarse | regions))
    for left, right in _cell_pairs(arrays, pointed, max_distance_km, earliest, latest):
        if not regions.any():
            yield left, right
            continue
        later = (coarse[left] | coarse[right]) & (blocks[left] == blocks[right]) & (blocks[left] != MISSING)
        yield left[~later], right[~later]
    settled = np.flatnonzero(arrays.placed & (blocks != MISSING))
    asking = np.flatnonzero(coarse & arrays.placed & (blocks != MISSING))
    for left, right in _block_pairs(arrays, blocks, settled, asking, earliest, latest):
        once = (left < right) | ~coarse[right]
        yield left[once], right[once]
    yield from _block_pairs(arrays, arrays.country, np.flatnonzero(arrays.placed), np.flatnonzero(~arrays.placed), earliest, latest)


def _block_pairs(
    arrays: ReportArrays, blocks: Integers, members: Integers, queries: Integers, earliest: Integers, latest: Integers
) -> Iterator[Pairs]:
    """Each query with the members of its block that are near in time."""
    if not len(queries):
        return
    index = DayIndex(members, blocks[members].astype(np.int64), arrays.first, arrays.last)
    queries = queries[np.lexsort((earliest[queries], blocks[queries]))]
    yield from index.pairs(queries, blocks[queries].astype(np.int64), earliest[queries], latest[queries])


def _province_blocks(arrays: ReportArrays) -> Integers:
    """The province of each report; where its name is not known, the entry of the gazetteer."""
    admin1, place = arrays.admin1.astype(np.int64), arrays.place.astype(np.int64)
    by_place = np.where(place == MISSING, MISSING, admin1.max() + 1 + place)
    blocks: Integers = np.where(admin1 == MISSING, by_place, admin1)
    return blocks


@dataclass(frozen=True)
class _Grid:
    """Cells at least as high as the distance; a whole number of them goes around the Earth."""

    around: int

    @classmethod
    def of(cls, max_distance_km: float) -> _Grid:
        degrees = max(max_distance_km / KM_PER_DEGREE * (1 + 1e-9), _SMALLEST_CELL)
        return cls(max(1, int(360 / degrees)))

    @property
    def size(self) -> float:
        """Degrees that a cell is high and wide."""
        return 360 / self.around

    def row(self, latitude: Degrees) -> Integers:
        """Row of each latitude; that of the south pole is 1, so that its neighbours are no row below zero."""
        rows: Integers = np.floor((latitude + 90) / self.size).astype(np.int64) + 1
        return rows

    def column(self, longitude: Degrees) -> Integers:
        """Column of each longitude, from 0 to `around` - 1."""
        columns: Integers = np.floor(longitude / self.size).astype(np.int64) % self.around
        return columns

    def reach(self, latitude: Degrees, max_distance_km: float) -> Integers:
        """How many cells to the east and west may hold a point within the distance; near the poles half of all."""
        farthest = np.radians(np.minimum(np.abs(latitude) + self.size, 90.0))
        within = min(max_distance_km / EARTH_RADIUS_KM, np.pi / 2)
        with np.errstate(divide="ignore"):
            sine = np.sin(within) / np.cos(farthest)
        degrees = np.degrees(np.arcsin(np.minimum(sine, 1.0)))
        half = self.around // 2
        columns = np.minimum(np.maximum(1, np.ceil(degrees / self.size)), half)
        found: Integers = np.where(sine >= 1, half, columns).astype(np.int64)
        return found


def _cell_pairs(
    arrays: ReportArrays, fine: Integers, max_distance_km: float, earliest: Integers, latest: Integers
) -> Iterator[Pairs]:
    """Each two reports in one cell or in neighbouring cells, once.

    Of two neighbours only the one to the west, or in one column the one to the south, looks for the other.
    """
    if not len(fine):
        return
    grid = _Grid.of(max_distance_km)
    row, column = grid.row(arrays.latitude[fine]), grid.column(arrays.longitude[fine])
    order = np.lexsort((earliest[fine], column, row))
    fine, row, column = fine[order], row[order], column[order]
    index = DayIndex(fine, row * grid.around + column, arrays.first, arrays.last)
    columns = grid.reach(arrays.latitude[fine], max_distance_km)
    for right in range(int(columns.max()) + 1):
        for up in (-1, 0, 1) if right else (0, 1):
            reached = columns >= right
            asked = fine[reached]
            block = (row[reached] + up) * grid.around + (column[reached] + right) % grid.around
            # Halfway around, and in the cell itself, both of a pair find each other.
            twice = (right == 0 and up == 0) or 2 * right >= grid.around
            for left, found in index.pairs(asked, block, earliest[asked], latest[asked]):
                once = left < found if twice else slice(None)
                yield left[once], found[once]
