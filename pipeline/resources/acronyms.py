"""Acronyms that a text defines: `the Free Aceh Movement (GAM)`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

_BRACKET = re.compile(r"[ \n]\(\s?[\"“']?([A-Z][A-Za-z0-9-]{1,11})[\"”']?\s?\)")
_ACRONYM = re.compile(r"(?<![\w-])[A-Z][A-Za-z0-9-]{1,11}(?![\w-])")
_WORD = re.compile(r"[^\W_][\w'’.-]*")
_REACH = 110
_TRIES = 3
"""Times that an acronym may stand in brackets before it is no longer sought what it stands for."""
_SMALL = frozenset({"of", "the", "for", "and", "in", "to", "de", "la", "del", "et", "du", "des", "y", "on"})


class Definition(NamedTuple):
    """An acronym in brackets.

    Attributes:
        start: First code point of the acronym.
        end: Code point after the last.
        acronym: The acronym.
        name_end: Where the words before the bracket end.
        long_start: Where words begin whose initials it is made of; -1 if none before it are.
    """

    start: int
    end: int
    acronym: str
    name_end: int
    long_start: int


def _initials_start(words: list[re.Match[str]], acronym: str) -> int:
    """Where the words before a bracket begin whose initials are the acronym, small words counted or not; -1 if they are not."""
    letters = [letter for letter in acronym.lower() if letter.isalpha()]
    for counted in ([word for word in words if word.group().lower() not in _SMALL], words):
        last = counted[-len(letters) :]
        if [word.group()[0].lower() for word in last] == letters:
            return last[0].start()
    return -1


def definitions_in(text: str) -> list[Definition]:
    """Acronyms in brackets in the order of the text, with the words that their letters stand for."""
    found = []
    seen: Counter[str] = Counter()
    for match in _BRACKET.finditer(text):
        seen[match[1]] += 1
        if sum(letter.isupper() for letter in match[1]) < 2 or seen[match[1]] > _TRIES:
            continue
        first = max(0, match.start() - _REACH)
        words = list(_WORD.finditer(text, first, match.start()))[1 if first else 0 :]
        if words and words[-1].end() == match.start():
            found.append(Definition(match.start(1), match.end(1), match[1], match.start(), _initials_start(words, match[1])))
    return found


def occurrences(text: str, acronyms: Collection[str]) -> list[tuple[int, int]]:
    """Where acronyms stand as whole words, in order."""
    if not acronyms:
        return []
    return [match.span() for match in _ACRONYM.finditer(text) if match.group() in acronyms]
