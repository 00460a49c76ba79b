"""Names as words and words as numbers: how the index of the world's places is written and asked."""

from __future__ import annotations

import hashlib
import re

from pipeline.resources.names import APOSTROPHES, fold_name

WORD = re.compile(rf"[^\W_]+(?:[{APOSTROPHES}][^\W_]+)*")
"""One word of a text or of a name; apostrophes within it belong to it."""
WORD_APART = re.compile(f"({WORD.pattern})")
"""The same, to split a text into words, at odd places, and what lies between them."""
_FACTOR, _MASK = 0x9E3779B97F4A7C15, (1 << 64) - 1
_ARTICLES = frozenset(("ad", "al", "an", "ar", "as", "ash", "at", "az", "ed", "el", "er", "es", "esh", "et", "ez", "ul"))


def fold_word(word: str) -> str:
    """A word as it is compared: `Sana'a` gives `sanaa`, `Iraq's` gives `iraq`."""
    if word.isascii() and word.isalpha():
        return word.lower()
    return fold_name(word).partition(" ")[0]


def hash_word(folded: str) -> int:
    """A number of 64 bits for a folded word; the Arabic article is one word in all its forms."""
    plain = "al" if folded in _ARTICLES else folded
    return int.from_bytes(hashlib.blake2b(plain.encode(), digest_size=8).digest(), "little")


def extend(number: int, word: int) -> int:
    """The number of a name from that of the words before and that of one word more; a name of one word has the word's own."""
    return ((number * _FACTOR) ^ word) & _MASK if number else word


def name_words(name: str) -> list[str]:
    """The folded words of a name."""
    if name.isascii() and name.isalpha():
        return [name.lower()]
    return [folded for word in WORD.findall(name) if (folded := fold_word(word))]
