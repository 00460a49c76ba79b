"""Words of a text, and hashes of runs of them that find a sentence again without telling what it says."""

from __future__ import annotations

import hashlib
import re

_WORD = re.compile(r"\w+")

RUN_OF_ANCHOR = 3
"""Words in one run of an anchor sentence: shorter runs are found everywhere, longer ones break at each edit."""


def words(text: str) -> list[str]:
    """The words of a text, without case."""
    return _WORD.findall(text.casefold())


def run_hashes(text: str, run: int = RUN_OF_ANCHOR) -> list[int]:
    """Distinct 64-bit hashes, in order of size, of each run of words; a text of fewer words is one run."""
    found = words(text)
    if not found:
        return []
    runs = [found[start : start + run] for start in range(max(1, len(found) - run + 1))]
    hashes = {hashlib.blake2b(" ".join(each).encode(), digest_size=8).digest() for each in runs}
    return sorted(int.from_bytes(digest, "little") for digest in hashes)


def share_found(wanted: list[int], present: frozenset[int]) -> float:
    """Share of the wanted hashes that are present, from 0 to 1; 0 if none are wanted."""
    return sum(each in present for each in wanted) / len(wanted) if wanted else 0.0
