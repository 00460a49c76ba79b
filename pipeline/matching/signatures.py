"""The stage `sign`: of each text a small signature by which near-copies are found without the texts.

A text is taken as the set of its shingles: every three words in a row. The signature is the shingles with the smallest hashes,
a bottom-k MinHash sketch: an even sample of the set, and two samples cut at the same hash show what share of one text stands
in the other (Broder 1997, "On the resemblance and containment of documents").
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.matching.frames import Integers, columns_to_frame, text_list

Hashes = npt.NDArray[np.uint64]
Sketches = npt.NDArray[np.uint32]
"""One row per text: its smallest hashes in order, `EMPTY` after the last; the two lowest bits of each say in which quarter of
the text the shingle first stands."""

SHINGLE_WORDS: Final = 3
"""Of three, four and five words in a row three left the widest gap between rewritten reprints (half of the shorter text is
shared) and different reports of one incident (a tenth at most)."""

SKETCH_SIZE: Final = 96
"""Shares are known to about 0.05 (the square root of 0.25 / 96), and each quarter of a text has some 24 shingles in the sample.
Four bytes each make 384 bytes, or 512 characters of base64 without padding."""

QUARTERS: Final = 4
EMPTY: Final = np.uint32(0xFFFFFFFF)

_HASH_BITS: Final = 30
_BATCH: Final = 1_000
"""Articles hashed together: bounds the memory, never shows in a table."""

# Scripts that set no blanks between words give one word for each sign.
_WORD: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|\w+")
_BYLINE: Final = re.compile(r"\s*By [^\n]{2,60}\n", re.IGNORECASE)
_CREDIT: Final = re.compile(r"(?P<place>[^\n()]{0,60})\([^()\n]{2,60}\)\s*(?P<end>--|[-–—:]|\n)?")


def sign_articles(articles: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The signature of every article of status `ok`.

    Args:
        articles: The columns article_id, text and status of the table `articles`.

    Returns:
        The table `article_signatures`, sorted by article_id. A row depends on the text of its article alone.
    """
    coded = articles[(articles["status"] == "ok") & articles["text"].notna()].sort_values("article_id", ignore_index=True)
    hashes = _WordHashes()
    wordings: list[str | None] = []
    counts: list[int] = []
    signatures: list[str] = []
    for begin in range(0, len(coded), _BATCH):
        texts = [words_of(text) for text in text_list(coded["text"].iloc[begin : begin + _BATCH])]
        sketches, found = _sketch([np.fromiter(map(hashes.__getitem__, words), np.uint64, len(words)) for words in texts])
        wordings += [_wording_hash(words) for words in texts]
        counts += found.tolist()
        signatures += [b64encode(row.astype("<u4").tobytes()).decode() for row in sketches]
    columns = {"article_id": coded["article_id"], "wording_hash": wordings, "n_shingles": counts, "signature": signatures}
    return {"article_signatures": columns_to_frame(columns, "article_signatures")}


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation and without a byline or an agency's name at its head.

    The place of a dateline stays: of two short dispatches that differ in it alone each tells another incident.
    """
    byline = _BYLINE.match(text)
    start = byline.end() if byline else 0
    credit = _CREDIT.match(text, start)
    # Brackets in the midst of a sentence are no credit; those at the very beginning, or before a dash, are.
    is_credit = credit is not None and bool(credit["end"] or not credit["place"].strip())
    kept = f"{credit['place']} {text[credit.end() :]}" if credit and is_credit else text[start:]
    return _WORD.findall(kept.casefold())


def read_sketches(signatures: pd.Series, rows: Integers) -> Sketches:
    """The sketches of some rows of the column `signature`, all `EMPTY` where a row is -1."""
    result = np.full((len(rows), SKETCH_SIZE), EMPTY, dtype=np.uint32)
    places = np.full(len(signatures), -1, dtype=np.int64)
    places[rows[rows >= 0]] = np.flatnonzero(rows >= 0)
    # In the order of the column: to pick rows out of it would copy it each time.
    for begin in range(0, len(signatures), _BATCH):
        chosen = places[begin : begin + _BATCH]
        data = np.frombuffer(b64decode("".join(text_list(signatures.iloc[begin : begin + _BATCH])), validate=True), dtype="<u4")
        result[chosen[chosen >= 0]] = data.reshape(-1, SKETCH_SIZE)[chosen >= 0]
    return result


class _WordHashes(dict[str, int]):
    """A hash of 64 bits for each word, worked out when it is first met."""

    def __missing__(self, word: str) -> int:
        found = int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
        self[word] = found
        return found


def _wording_hash(words: Iterable[str]) -> str | None:
    joined = " ".join(words)
    return hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest() if joined else None


def _sketch(texts: Sequence[Hashes]) -> tuple[Sketches, Integers]:
    """The sketch of each text, given by the hashes of its words, and the number of its distinct shingles."""
    lengths = np.array([max(len(words) - SHINGLE_WORDS + 1, 0) for words in texts], dtype=np.int64)
    sketches = np.full((len(texts), SKETCH_SIZE), EMPTY, dtype=np.uint32)
    if not lengths.sum():
        return sketches, np.zeros(len(texts), dtype=np.int64)
    shingles = np.concatenate([_shingle_hashes(words) for words in texts])
    owner = np.repeat(np.arange(len(texts), dtype=np.int64), lengths)
    place = np.arange(len(shingles)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    quarter = (place * QUARTERS // lengths[owner]).astype(np.uint64)
    # The largest hash is left to mark empty places.
    short = np.minimum(shingles >> np.uint64(64 - _HASH_BITS), np.uint64(2**_HASH_BITS - 2))
    keys = np.sort(owner.astype(np.uint64) << np.uint64(32) | short << np.uint64(2) | quarter)
    # Of equal hashes the first stays: that of the earliest quarter.
    keys = keys[np.diff(keys >> np.uint64(2), prepend=np.uint64(2**64 - 1)) != 0]
    owner = (keys >> np.uint64(32)).astype(np.int64)
    counts: Integers = np.bincount(owner, minlength=len(texts)).astype(np.int64)
    rank = np.arange(len(keys)) - np.repeat(np.cumsum(counts) - counts, counts)
    low = rank < SKETCH_SIZE
    sketches[owner[low], rank[low]] = (keys[low] & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    return sketches, counts


def _shingle_hashes(words: Hashes) -> Hashes:
    """A hash of 64 bits for each shingle of a text, from those of its words."""
    count = max(len(words) - SHINGLE_WORDS + 1, 0)
    mixed: Hashes = np.zeros(count, dtype=np.uint64)
    for offset in range(SHINGLE_WORDS):
        mixed = _mix(mixed ^ words[offset : offset + count])
    return mixed


def _mix(values: npt.NDArray[Any]) -> Hashes:
    """The finaliser of SplitMix64: each bit of the input changes half of those of the output."""
    values = values + np.uint64(0x9E3779B97F4A7C15)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    result: Hashes = values ^ (values >> np.uint64(31))
    return result
