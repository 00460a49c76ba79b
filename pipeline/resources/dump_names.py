"""The names of the places of a dump: spelled, hashed and sorted in arrays, so that millions of them need little memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.resources.dump_features import english_names
from pipeline.resources.geonames_rows import PlaceRow
from pipeline.resources.names import fold_name
from pipeline.resources.place import without_kind
from pipeline.resources.world_spellings import Spelling, is_spoken, spellings
from pipeline.resources.world_words import extend, hash_word

Numbers = npt.NDArray[Any]

LISTED, MAIN, CURRENT, HISTORIC = 0, 1, 2, 4
"""What is known of a name: only that it is listed; that it is the main one; that it is in use; that it no longer is."""

_MOST_WORDS = 1_000_000
# What stands before the name of a unit where a country's own language puts it there.
_UNITS_ABROAD = frozenset((
    "cercle de", "departamento de", "departamento del", "departement de", "estado de", "muhafazat", "muhafazat al", "nahiyat",
    "nahiyat al", "ostan e", "provincia de", "province de", "qada", "qada al", "region de", "shahrestan e", "velayat e",
    "wilaya de", "wilaya du", "wilayat", "wulayat", "wuluswali",
))  # fmt: skip


class NameTable:
    """Names as they are met, each with the place that it belongs to."""

    def __init__(self) -> None:
        """An empty table."""
        self._name, self._owner, self._flags = array("Q"), array("I"), array("B")
        self._first, self._length = array("Q"), array("B")
        self._words: dict[str, int] = {}

    def add(self, owner: int, words: Spelling, flags: int) -> None:
        """Note that a place is called so."""
        total = first = 0
        for word in words:
            number = self._words.get(word)
            if number is None:
                if len(self._words) > _MOST_WORDS:
                    self._words.clear()
                number = self._words[word] = hash_word(word)
            total = extend(total, number)
            first = first or number
        self._name.append(total)
        self._owner.append(owner)
        self._flags.append(flags)
        self._first.append(first)
        self._length.append(len(words))

    def add_row(self, owner: int, row: PlaceRow, *, is_unit: bool) -> None:
        """Note the names in a line of a dump: its own, and those in Latin letters among its alternate names."""
        mains = [row.name] if row.name == row.ascii_name else [row.name, row.ascii_name]
        others = [name for name in row.alternate_names.split(",") if name and name not in mains and is_spoken(name)]
        others += english_names(row.ascii_name or row.name, row.feature_code)
        found: dict[Spelling, int] = {}
        for names, flags in ((others, LISTED), (mains, MAIN)):
            for name in _with_bare(names) if is_unit else names:
                found |= dict.fromkeys(spellings(name, row.country_code, is_main=bool(flags)), flags)
        for words, flags in found.items():
            self.add(owner, words, flags)

    def arrays(self, owner_of: Numbers) -> dict[str, tuple[str, bytes]]:
        """The arrays of an index.

        Args:
            owner_of: Number of the place in the index by the number under which its names were added; -1 for one that is left out.
        """
        names, flags = np.frombuffer(self._name, np.uint64), np.frombuffer(self._flags, np.uint8)
        owners = owner_of[np.frombuffer(self._owner, np.uint32)]
        kept = np.flatnonzero(owners >= 0)
        order = kept[np.lexsort((owners[kept], names[kept]))]
        names, owners, flags = names[order], owners[order], flags[order]
        starts = _starts((names[1:] != names[:-1]) | (owners[1:] != owners[:-1]), len(names))
        flags = np.bitwise_or.reduceat(flags, starts) if len(starts) else flags
        # A name that only history knows is none of today's.
        spoken = ((flags & HISTORIC) == 0) | ((flags & (MAIN | CURRENT)) != 0)
        names, owners, flags = names[starts][spoken], owners[starts][spoken], flags[spoken]
        firsts = _starts(names[1:] != names[:-1], len(names))
        return {
            "name": ("Q", names[firsts].tobytes()),
            "owners_from": ("I", np.append(firsts, len(names)).astype(np.uint32).tobytes()),
            "owner": ("I", (2 * owners + (flags & MAIN)).astype(np.uint32).tobytes()),
        } | self._longest()

    def _longest(self) -> dict[str, tuple[str, bytes]]:
        words, lengths = np.frombuffer(self._first, np.uint64), np.frombuffer(self._length, np.uint8)
        order = np.argsort(words, kind="stable")
        words, lengths = words[order], lengths[order]
        starts = _starts(words[1:] != words[:-1], len(words))
        longest = np.maximum.reduceat(lengths, starts) if len(starts) else lengths
        return {"first_word": ("Q", words[starts].tobytes()), "longest": ("B", longest.tobytes())}


def _starts(changes: Numbers, count: int) -> Numbers:
    """Where runs of equal values begin, by whether each of `count` values but the first differs from the one before."""
    return np.concatenate(([0], np.flatnonzero(changes) + 1))[:count].astype(np.int64)


def _with_bare(names: Iterable[str]) -> list[str]:
    """Names of a unit, and before each what is left of it without the word for a unit."""
    return [each for name in names for each in (bare_unit(name), name)]


def bare_unit(name: str) -> str:
    """The name of a unit without the word that says that it is one: `Kirkuk Governorate` and `Muhafazat Kirkuk` give `Kirkuk`."""
    bare, kinds = without_kind(name)
    if kinds:
        return bare
    words = name.split(" ")
    for count in (2, 1):
        if len(words) > count and fold_name(" ".join(words[:count])) in _UNITS_ABROAD:
            return " ".join(words[count:])
    return name
