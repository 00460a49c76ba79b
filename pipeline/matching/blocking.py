"""Which pairs of reports are near enough in time and place to be compared.

Reports with a place of their own meet in cells of one degree and their neighbours, across borders and the 180th meridian.
Reports of which only the province is known meet all reports of that province: the coordinates of its capital say nothing.
Within a block the reports lie sorted by day, so that no more pairs are made than lie close in time.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pipeline.matching.arrays import ReportArrays
from pipeline.matching.distance import EARTH_RADIUS_KM
from pipeline.matching.frames import MISSING, Integers

Pairs = tuple[Integers, Integers]

CHUNK = 1 << 20
"""Pairs looked at together: bounds the memory, never shows in a result."""

KM_PER_DEGREE = EARTH_RADIUS_KM * np.pi / 180

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
            keys = blocks[chosen] * _DAYS + first[members[chosen]] + _EARLIEST
            order = np.argsort(keys, kind="stable")
            longest = int((last - first)[members[chosen]].max())
            self._parts.append((members[chosen][order], keys[order], longest))

    def pairs(self, queries: Integers, blocks: Integers, earliest: Integers, latest: Integers) -> Iterator[Pairs]:
        """Each query with each member of its block whose window may touch `earliest` to `latest`, in chunks."""
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
    `max_distance_km`, or in one province where one of the two is known no finer. Two reports that one coder made of one
    article are told apart already and never come up.
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
    fine = np.flatnonzero(arrays.geo_precision < 3)
    coarse = np.flatnonzero(arrays.geo_precision >= 3)
    for left, right in _cell_pairs(arrays, fine, max_distance_km, earliest, latest):
        once = left < right
        yield left[once], right[once]
    blocks = _province_blocks(arrays)
    settled = np.flatnonzero(blocks != MISSING)
    index = DayIndex(settled, blocks[settled], arrays.first, arrays.last)
    queries = coarse[blocks[coarse] != MISSING]
    for left, right in index.pairs(queries, blocks[queries], earliest[queries], latest[queries]):
        once = (left < right) | (arrays.geo_precision[right] < 3)
        yield left[once], right[once]


def _province_blocks(arrays: ReportArrays) -> Integers:
    """The province of each report; where its name is not known, the entry of the gazetteer."""
    by_place = np.where(arrays.place == MISSING, MISSING, arrays.admin1.max() + 1 + arrays.place)
    blocks: Integers = np.where(arrays.admin1 == MISSING, by_place, arrays.admin1)
    return blocks


def _cell_pairs(
    arrays: ReportArrays, fine: Integers, max_distance_km: float, earliest: Integers, latest: Integers
) -> Iterator[Pairs]:
    if not len(fine):
        return
    row = np.floor(arrays.latitude[fine]).astype(np.int64) + 90
    column = np.floor(arrays.longitude[fine]).astype(np.int64) % 360
    index = DayIndex(fine, row * 360 + column, arrays.first, arrays.last)
    rows = max(1, int(np.ceil(max_distance_km / KM_PER_DEGREE)))
    columns = _neighbour_columns(np.abs(arrays.latitude[fine]), rows, max_distance_km)
    widest = int(columns.max())
    for up in range(-rows, rows + 1):
        for right in range(-widest, widest + 1):
            # A row that is searched all around has 360 columns: -180 would be 180 again.
            reached = (columns >= abs(right)) & (row + up >= 0) & (row + up <= 180) & ((columns < 180) | (right > -180))
            if reached.any():
                asked = fine[reached]
                block = (row[reached] + up) * 360 + (column[reached] + right) % 360
                yield from index.pairs(asked, block, earliest[asked], latest[asked])


def _neighbour_columns(latitude: np.typing.NDArray[np.float64], rows: int, max_distance_km: float) -> Integers:
    """How many cells to the east and west may hold a point within the distance; near the poles all of them."""
    farthest = np.radians(np.minimum(latitude + rows + 1, 90.0))
    reach = min(max_distance_km / EARTH_RADIUS_KM, np.pi / 2)
    with np.errstate(divide="ignore"):
        sine = np.sin(reach) / np.cos(farthest)
    degrees = np.degrees(np.arcsin(np.minimum(sine, 1.0)))
    columns: Integers = np.where(sine >= 1, 180, np.minimum(np.maximum(1, np.ceil(degrees)), 180)).astype(np.int64)
    return columns
