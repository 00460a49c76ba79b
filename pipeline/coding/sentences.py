"""Sentences as spans of code points, in time linear in the text.

Agency texts are hard to cut by full stops alone: titles (`Lt. Gen.`), initials, `U.N.`, `Sept. 25`, quotations, whole texts in
capitals and lines broken at a fixed width all occur in one article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.coding.language import Language

LONGEST = 1500
"""Longer sentences are cut at a blank, so that work within a sentence stays bounded."""

# The run is matched possessively and only from its first character: a text of full stops costs one step each.
_STOP = re.compile(r"(?<![.!?…。؟۔])[.!?…。؟۔]++[\"'”’»)\]]*+(?=\s)")
_PARAGRAPH = re.compile(r"\n[^\S\n]*+(?:\n\s*+)+")
_NEWLINE = re.compile(r"\n\s*+")
_FIRST_WORD = re.compile(r"\w*")
_LAST_WORD = re.compile(r"[\w.’'-]*\Z")
_WRAPPED_LINES = range(45, 96)


class Sentence(NamedTuple):
    """One sentence.

    Attributes:
        start: First code point.
        end: Code point after the last.
        paragraph: Number of the paragraph it stands in, from 0.
        is_heading: True if its paragraph has no full stop at its end, as headlines have none.
    """

    start: int
    end: int
    paragraph: int
    is_heading: bool


def _is_hard_wrapped(text: str) -> bool:
    """Whether single line breaks are only the width of the page."""
    lengths = [len(line) for line in text.split("\n") if line.strip()]
    full = sum(length in _WRAPPED_LINES for length in lengths)
    return len(lengths) >= 3 and max(lengths) <= _WRAPPED_LINES.stop and full * 2 >= len(lengths)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    pattern = _PARAGRAPH if _is_hard_wrapped(text) else _NEWLINE
    start = 0
    for gap in pattern.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _ends_sentence(text: str, stop: re.Match[str], end: int, language: Language) -> bool:
    """Whether the punctuation found ends a sentence, by the words on both sides of it."""
    following = text[stop.end() : min(end, stop.end() + 40)].lstrip()
    first = following.lstrip("\"'“‘«([—–-")[:1]
    if not first or first.islower():
        return not first
    if stop.group()[0] != "." or len(stop.group()) > 1:
        return True
    word_match = _LAST_WORD.search(text, max(0, stop.start() - 20), stop.start())
    word = word_match.group().lower() if word_match else ""
    next_word = _FIRST_WORD.match(following)
    opens = bool(next_word) and next_word.group().lower() in language.openers  # type: ignore[union-attr]
    if word in language.abbreviations:
        return False
    if word in language.abbreviations_before_number:
        return not first.isdigit()
    is_initial = len(word) == 1 and word.isalpha()
    is_acronym = "." in word and not any(character.isdigit() for character in word)
    return opens if is_initial or is_acronym else True


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span without blanks at its ends, in pieces of at most `LONGEST`."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        blank = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        middle = blank if blank > 0 else start + LONGEST
        yield start, middle
        start = middle + (blank > 0)
    if start < end:
        yield start, end


def split_sentences(text: str, language: Language) -> list[Sentence]:
    """The sentences of a text in order. They never overlap, and leave out nothing but blanks."""
    found: list[Sentence] = []
    number = 0
    for start, end in _paragraphs(text):
        tail = text[max(start, end - 10) : end].rstrip().rstrip("\"'”’»)]")
        is_heading = not tail.endswith((".", "!", "?", "…", ":", "。", "؟", "۔"))
        begin = start
        spans: list[tuple[int, int]] = []
        for stop in _STOP.finditer(text, start, end):
            if _ends_sentence(text, stop, end, language):
                spans.append((begin, stop.end()))
                begin = stop.end()
        is_heading = is_heading and not spans
        spans.append((begin, end))
        pieces = [piece for span in spans for piece in _cut(text, *span)]
        found += [Sentence(first, last, number, is_heading) for first, last in pieces]
        number += bool(pieces)
    return found
