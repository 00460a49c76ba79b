"""Which texts are near-copies of which: candidates by shared shingles, verified by their sketches.

Texts are gone through from the earliest to the latest. One that resembles an earlier original joins it, any other is an
original itself: every text is verified against the original of its group, so a chain of small changes never joins two texts
that have little in common.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.matching.frames import Flags, Integers, Numbers
from pipeline.matching.signatures import EMPTY, QUARTERS, SKETCH_SIZE, Sketches

EDITED: Final = 0.5
"""Least share of the shorter text that stands in the longer one. Rewritten reprints in trial articles share 0.70 and more,
different reports of one incident, and new reports of one outlet on it, 0.10 at most."""

WELL_SAMPLED: Final = 48
"""Shingles of the shorter text in the sample from which on `EDITED` is enough: it then has 50 words or more and is at least
half as long as the other."""

CONTAINED: Final = 0.8
"""Least share where the sample is smaller: of a truncated text all stands in the other, and a short notice that fills in a
form shares much with any other."""

LEAST_SAMPLED: Final = 16
"""Below this only the same words make a copy: a share of 0.8 would be uncertain by 0.1."""

EACH_QUARTER: Final = 0.3
"""Least share in each quarter of the shorter text. An editor's changes are scattered (trial reprints kept 0.6 of each quarter);
news before a standing paragraph, if they are a fifth of the text or more, leave a quarter with little that is shared."""

QUARTER_SAMPLED: Final = 4
"""Shingles in the sample from which on a quarter has a say."""

STOCK_DAYS: Final = 7
"""A shingle that new texts used on more days than this is a stock phrase and does not count: a story and its reprints are out
within a week."""

INDEXED: Final = 48
"""Smallest hashes of a text by which candidates are found. Of these, texts with the least share that counts have twelve in
common on average, six if one of them is much longer."""

FIRST: Final = 4
"""Earliest texts with a shingle that a later one is compared with: the work grows with the number of texts, not of pairs."""

SHARED: Final = 2
"""Indexed shingles that candidates have in common at least."""

_SLICE: Final = 1 << 20
"""Hashes sorted together, and pairs of hashes compared together: bounds the memory, never shows in a result."""

_MOST_SLICES: Final = 32
"""Each is one more pass over all sketches: beyond this the work would grow faster than the number of texts. A slice then takes
some 70 bytes for each text."""

Codes = npt.NDArray[np.uint32]
_PAIR: Final = np.uint64(32)
_NO_HASH: Final = EMPTY >> np.uint32(2)


@dataclass(frozen=True, kw_only=True)
class Resembling:
    """What was found of pairs of texts.

    Attributes:
        share: Share of the shorter text that stands in the other; 0 where too little was sampled.
        is_measured: Whether enough was sampled.
        is_verified: Whether the two are near-copies.
    """

    share: Numbers
    is_measured: Flags
    is_verified: Flags


class Comparison:
    """Compares texts by their sketches, leaving stock phrases aside."""

    def __init__(self, sketches: Sketches, n_shingles: Integers, stock: Codes) -> None:
        """Compare the texts of some sketches.

        Args:
            sketches: One row per text.
            n_shingles: Number of distinct shingles of each text.
            stock: Hashes of shingles that do not count, sorted.
        """
        self._sketches = sketches
        # Up to its largest hash a sketch is complete; that of a short text holds everything.
        self._limit = np.where(n_shingles > SKETCH_SIZE, _hashes(sketches[:, -1]), _NO_HASH).astype(np.uint32)
        self._stock = stock

    def compare(self, left: Integers, right: Integers) -> Resembling:
        """Compare the texts at the positions `left` with those at `right`; the order of the two does not matter."""
        step = _SLICE // SKETCH_SIZE
        parts = [self._compare(left[at : at + step], right[at : at + step]) for at in range(0, len(left), step)]
        return Resembling(
            share=np.concatenate([np.zeros(0), *(part.share for part in parts)]),
            is_measured=np.concatenate([np.zeros(0, dtype=bool), *(part.is_measured for part in parts)]),
            is_verified=np.concatenate([np.zeros(0, dtype=bool), *(part.is_verified for part in parts)]),
        )

    def _compare(self, left: Integers, right: Integers) -> Resembling:
        limit = np.minimum(self._limit[left], self._limit[right])[:, None]
        in_left, in_right = self._sampled(left, limit), self._sampled(right, limit)
        is_left = in_left.sum(axis=1) < in_right.sum(axis=1)
        is_left |= (in_left.sum(axis=1) == in_right.sum(axis=1)) & (left < right)
        shorter, longer = np.where(is_left, left, right), np.where(is_left, right, left)
        sampled = np.where(is_left[:, None], in_left, in_right)
        shared = sampled & _found_in(_hashes(self._sketches[shorter]), _hashes(self._sketches[longer]))
        size = sampled.sum(axis=1)
        share = shared.sum(axis=1) / np.maximum(size, 1)
        is_measured = size >= LEAST_SAMPLED
        is_alike = share >= np.where(size >= WELL_SAMPLED, EDITED, CONTAINED)
        is_alike &= self._least_quarter(shorter, sampled, shared) >= EACH_QUARTER
        return Resembling(share=np.where(is_measured, share, 0.0), is_measured=is_measured, is_verified=is_alike & is_measured)

    def _sampled(self, texts: Integers, limit: Codes) -> Flags:
        """Which hashes of the sketches both texts were sampled for, stock phrases left aside."""
        hashes = _hashes(self._sketches[texts])
        sampled: Flags = (hashes <= limit) & (hashes != _NO_HASH) & ~_is_among(hashes, self._stock)
        return sampled

    def _least_quarter(self, texts: Integers, sampled: Flags, shared: Flags) -> Numbers:
        least = np.ones(len(texts))
        quarters = self._sketches[texts] & np.uint32(QUARTERS - 1)
        for quarter in range(QUARTERS):
            size = (sampled & (quarters == quarter)).sum(axis=1)
            found = (shared & (quarters == quarter)).sum(axis=1)
            least = np.minimum(least, np.where(size >= QUARTER_SAMPLED, found / np.maximum(size, 1), 1.0))
        return least


def _hashes(sketches: Sketches) -> Codes:
    """The hashes of sketches without the quarters."""
    hashes: Codes = sketches >> np.uint32(2)
    return hashes


def _is_among(hashes: Codes, known: Codes) -> Flags:
    """Which hashes are in a sorted list."""
    if not len(known):
        return np.zeros(hashes.shape, dtype=bool)
    at = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    found: Flags = known[at] == hashes
    return found


def _found_in(hashes: Codes, others: Codes) -> Flags:
    """Which hashes of each row are in the same row of `others`, whose rows are sorted."""
    rows = np.arange(len(hashes), dtype=np.uint64)[:, None] << _PAIR
    # Rows one after the other, each above the last, are one sorted list.
    known = (rows | others).ravel()
    wanted = (rows | hashes).ravel()
    at = np.minimum(np.searchsorted(known, wanted), max(len(known) - 1, 0))
    found: Flags = (known[at] == wanted).reshape(hashes.shape)
    return found


def group_texts(sketches: Sketches, n_shingles: Integers, days: Integers) -> tuple[Integers, Comparison]:
    """The original of each text, by its position, and what compares any two of the texts.

    Args:
        sketches: One row per text, the texts in order of their first print.
        n_shingles: Number of distinct shingles of each text.
        days: Day on which each text first came out, in days since 1970; any other number for those without one.
    """
    stock, firsts = _scan(sketches, days)
    comparison = Comparison(sketches, n_shingles, stock)
    original: Integers = np.arange(len(sketches), dtype=np.int64)
    for earlier, later in _candidates(sketches, firsts):
        found = comparison.compare(earlier, later)
        _settle(original, earlier, later, found, comparison)
    return original, comparison


def _settle(original: Integers, earlier: Integers, later: Integers, found: Resembling, comparison: Comparison) -> None:
    """Give each of the later texts, in order, its original."""
    kept = np.flatnonzero(found.is_verified)
    kept = kept[np.lexsort((earlier[kept], -found.share[kept], later[kept]))]
    starts = np.flatnonzero(np.diff(later[kept], prepend=-1))
    for group in np.split(kept, starts[1:]) if len(kept) else []:
        text = int(later[group[0]])
        # From the one most alike to the least.
        for other in dict.fromkeys(original[earlier[group]].tolist()):
            is_known = bool((earlier[group] == other).any())
            if is_known or comparison.compare(np.array([other]), np.array([text])).is_verified[0]:
                original[text] = other
                break


@dataclass(frozen=True)
class _Firsts:
    """Shingles that several texts have and the earliest of these texts, `FIRST` at most; the last column is repeated."""

    hashes: Codes
    texts: npt.NDArray[np.uint32]


def _scan(sketches: Sketches, days: Integers) -> tuple[Codes, _Firsts]:
    """Hashes of stock phrases, sorted, and the index of the other shingles that several texts have."""
    slices = min(max(1, -(-sketches.size // _SLICE)), _MOST_SLICES)
    stock: list[Codes] = []
    hashes: list[Codes] = []
    texts: list[npt.NDArray[np.uint32]] = []
    for part in range(slices):
        rows, columns = _places(sketches, part, slices)
        codes = _hashes(sketches[rows, columns])
        found = _stock_phrases(codes, days[rows])
        stock.append(found)
        kept = (columns < INDEXED) & ~_is_among(codes, found)
        index = _first_texts(codes[kept], rows[kept])
        hashes.append(index.hashes)
        texts.append(index.texts)
    order = np.argsort(np.concatenate(hashes), kind="stable")
    return np.sort(np.concatenate(stock)), _Firsts(np.concatenate(hashes)[order], np.concatenate(texts)[order])


def _places(sketches: Sketches, part: int, parts: int) -> tuple[Integers, Integers]:
    """Rows and columns of one of so many parts of all hashes; equal hashes are in one part."""
    rows, columns = [], []
    step = _SLICE // SKETCH_SIZE
    for begin in range(0, len(sketches), step):
        chunk = sketches[begin : begin + step]
        row, column = np.nonzero((chunk != EMPTY) & (_hashes(chunk) % np.uint32(parts) == part))
        rows.append(row + begin)
        columns.append(column)
    return np.concatenate([np.zeros(0, dtype=np.int64), *rows]), np.concatenate([np.zeros(0, dtype=np.int64), *columns])


def _stock_phrases(codes: Codes, days: Integers) -> Codes:
    order = np.lexsort((days, codes))
    codes, days = codes[order], days[order]
    is_new = np.ones(len(codes), dtype=bool)
    is_new[1:] = (codes[1:] != codes[:-1]) | (days[1:] != days[:-1])
    found, count = np.unique(codes[is_new], return_counts=True)
    stock: Codes = found[count > STOCK_DAYS]
    return stock


def _first_texts(codes: Codes, texts: Integers) -> _Firsts:
    keys = np.sort(codes.astype(np.uint64) << _PAIR | texts.astype(np.uint64))
    codes, members = (keys >> _PAIR).astype(np.uint32), (keys & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    starts = np.flatnonzero(np.diff(codes, prepend=EMPTY))
    lengths = np.diff(starts, append=len(codes))
    starts, lengths = starts[lengths > 1], lengths[lengths > 1]
    columns = [members[starts + np.minimum(column, lengths - 1)] for column in range(FIRST)]
    return _Firsts(codes[starts], np.stack(columns, axis=1) if len(starts) else np.zeros((0, FIRST), dtype=np.uint32))


def _candidates(sketches: Sketches, firsts: _Firsts) -> Iterator[tuple[Integers, Integers]]:
    """Pairs of texts that share shingles, the earlier first; all pairs of a later text come together, in order."""
    step = _SLICE // (INDEXED * FIRST)
    for begin in range(0, len(sketches), step):
        codes = _hashes(sketches[begin : begin + step, :INDEXED])
        rows, columns = np.nonzero(_is_among(codes, firsts.hashes))
        found = firsts.texts[np.searchsorted(firsts.hashes, codes[rows, columns])]
        # A column that repeats the one before it holds nothing new.
        is_new = np.ones(found.shape, dtype=bool)
        is_new[:, 1:] = found[:, 1:] != found[:, :-1]
        is_new &= found < (rows + begin)[:, None]
        later = np.broadcast_to((rows + begin).astype(np.uint64)[:, None], found.shape)
        keys, count = np.unique(later[is_new] << _PAIR | found[is_new], return_counts=True)
        keys = keys[count >= SHARED]
        yield (keys & np.uint64(0xFFFFFFFF)).astype(np.int64), (keys >> _PAIR).astype(np.int64)
