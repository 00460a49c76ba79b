"""Runs of words that a release shares with articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipeline.publishing.reading import arrow_batches
from pipeline.publishing.state import StateReader
from pipeline.publishing.words import words

RUN = 8
"""Words of an article that a release must not repeat in a row."""

Cell = tuple[str, str, int]
"""Table, column and position of a value."""

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_Hashes = npt.NDArray[np.uint64]


def registered_names(actors: pa.Table, sources: pa.Table) -> set[str]:
    """Names of registered actors and of sources: facts, however long. An article that uses one lends us no words."""
    columns = (actors["name"], actors["aliases"], sources["names"])
    return {part for column in columns for cell in column.to_pylist() if cell is not None for part in cell.split("; ")}


class Runs:
    """Every run of eight words in some cells, as hashes, and where each stands.

    Memory grows with the cells, never with the articles: these pass by once.
    """

    def __init__(self, columns: Iterable[tuple[str, str, Sequence[str | None]]], names: Iterable[str]) -> None:
        """Take in the cells.

        Args:
            columns: Table, column and values.
            names: Runs that lie within one of these names are left out.
        """
        self._cells: list[Cell] = []
        self._numbers: dict[str, int] = {}
        hashes, places = [np.empty(0, np.uint64)], [np.empty(0, np.int64)]
        for table, column, values in columns:
            for position, value in enumerate(values):
                if value is None or len(found := words(value)) < RUN:
                    continue
                numbers = [self._numbers.setdefault(word, len(self._numbers) + 1) for word in found]
                runs = _run_hashes(np.array(numbers, np.uint64))
                hashes.append(runs)
                places.append(np.full(len(runs), len(self._cells)))
                self._cells.append((table, column, position))
        every, where = np.concatenate(hashes), np.concatenate(places)
        known = [runs for name in sorted(set(names)) if len(runs := _run_hashes(self._numbered(name)))]
        kept = ~np.isin(every, np.concatenate(known)) if known else np.full(len(every), True)
        order = np.argsort(every[kept], kind="stable")
        self._hashes, self._places = every[kept][order], where[kept][order]

    def _numbered(self, text: str) -> _Hashes:
        """A number for each word, the same as in the cells; 0 for a word that stands in none of them."""
        return np.array([self._numbers.get(word, 0) for word in words(text)], np.uint64)

    def shared_with(self, text: str) -> set[int]:
        """Numbers of the cells that share a run of words with a text."""
        numbers = self._numbered(text)
        if len(numbers) < RUN or not len(self._hashes):
            return set()
        has_unknown = np.convolve(numbers == 0, np.ones(RUN), mode="valid") > 0
        runs = _run_hashes(numbers)[~has_unknown]
        first = np.searchsorted(self._hashes, runs, side="left")
        last = np.searchsorted(self._hashes, runs, side="right")
        return {int(cell) for low, high in zip(first, last, strict=True) if low < high for cell in self._places[low:high]}

    def repeated_in(self, state: StateReader) -> dict[Cell, str]:
        """Cells that repeat an article's title or text, each with the first article_id, in the order of the cells."""
        found: dict[int, str] = {}
        if not len(self._hashes):
            return {}
        for batch in arrow_batches(state, "articles", ("article_id", "title", "text")):
            for article_id, *parts in zip(*(batch[name].to_pylist() for name in batch.column_names), strict=True):
                for part in parts:
                    for cell in self.shared_with(part or "") - found.keys():
                        found[cell] = article_id
        return {self._cells[cell]: found[cell] for cell in sorted(found)}


def _run_hashes(numbers: _Hashes) -> _Hashes:
    """A 64-bit hash of each run of eight numbers; the sums wrap around."""
    if len(numbers) < RUN:
        return np.empty(0, np.uint64)
    mixed = (numbers ^ (numbers >> np.uint64(7))) * _MULTIPLIER
    mixed ^= mixed >> np.uint64(29)
    total = np.zeros(len(numbers) - RUN + 1, np.uint64)
    for offset in range(RUN):
        total = total * _MULTIPLIER + mixed[offset : offset + len(total)]
    return total
