"""Where words that a person marked stand in the present text, or that nobody can tell any more.

Two rules: words are never taken for found where they could stand in two places, and a text that did not change needs no
search. Runs of blanks count as one, because articles are often fetched again with other line breaks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipeline.resources.decision_parts import CONTEXT_CHARACTERS, Span

NEARBY = 20
"""Characters on one side of the words that must be unchanged if those on the other side are not."""

TELLING = 16
"""Length from which words are taken as found by themselves; a lone `two` could have become another sentence's."""


@dataclass(frozen=True)
class Anchor:
    """Words found: code points [start, end) of the part of the article, at their old offset or by the words."""

    start: int
    end: int
    matched_by: Literal["offset", "words"]


@dataclass(frozen=True)
class Stale:
    """Words not found, or not in one place alone, and which of the two."""

    reason: str


@dataclass(frozen=True)
class _Collapsed:
    """A text whose runs of blanks are single spaces, with the way back to its offsets."""

    text: str
    starts: tuple[int, ...]
    originals: tuple[int, ...]

    def original(self, position: int) -> int:
        """Offset in the text as it was, for a character that is no blank."""
        token = bisect_right(self.starts, position) - 1
        return self.originals[token] + position - self.starts[token]


def make_span(text: str, start: int, end: int, part: Literal["title", "text"] = "text") -> Span:
    """The span of code points [start, end) of a text, with its words and 32 characters on either side."""
    return Span(
        start=start,
        end=end,
        part=part,
        words=text[start:end],
        before=text[max(0, start - CONTEXT_CHARACTERS) : start],
        after=text[end : end + CONTEXT_CHARACTERS],
    )


def find_span(span: Span, text: str | None, *, unchanged: bool = False) -> Anchor | Stale:
    """Where the words of a span stand in a text, in time linear in the text.

    1. In an unchanged text: at their offset.
    2. With all their surroundings, if these stand there once.
    3. With the nearest `NEARBY` characters on one side, if that is one place and the other side does not speak for another.
    4. By themselves, if they are at least `TELLING` long and stand there once.

    Args:
        span: Words, offsets and surroundings.
        text: The present text of that part of the article, NFC; None if there is none.
        unchanged: True if the text is known to be the one in which the words were marked.

    Returns:
        An anchor, `offset` if the words stand where they stood, else `words`; or why there is none.
    """
    if text is None:
        return Stale(f"the article has no {span.part}")
    if unchanged and text.startswith(span.words, span.start):
        return Anchor(span.start, span.start + len(span.words), "offset")
    collapsed = _collapse(text)
    words, before, after = _needle(span)
    found = _search(collapsed.text, words, before, after)
    if isinstance(found, Stale):
        return found
    start, end = collapsed.original(found), collapsed.original(found + len(words) - 1) + 1
    moved = start != span.start + len(span.words) - len(span.words.lstrip())
    return Anchor(start, end, "words" if moved else "offset")


def _needle(span: Span) -> tuple[str, str, str]:
    """Words, characters before and characters after, with single blanks and none at the outer ends."""
    words = span.words.strip()
    lead, tail = span.words.partition(words)[::2]
    before, after = (re.sub(r"\s+", " ", side) for side in (span.before + lead, tail + span.after))
    return re.sub(r"\s+", " ", words), before.lstrip(), after.rstrip()


def _search(text: str, words: str, before: str, after: str) -> int | Stale:
    places = _places(before + words + after, text)
    if len(places) == 1 and len(before + words + after) >= TELLING:
        return places[0] + len(before)
    if len(places) > 1:
        return Stale("the words stand in several places with the same surroundings")
    near_before, near_after = before[-NEARBY:], after[:NEARBY]
    on_left = [place + len(near_before) for place in _places(near_before + words, text)]
    on_right = _places(words + near_after, text)
    if len(on_left) > 1 or len(on_right) > 1 or len({*on_left, *on_right}) > 1:
        return Stale("the surroundings changed and the words stand in several places")
    if (on_left and len(near_before) == NEARBY) or (on_right and len(near_after) == NEARBY):
        return (on_left or on_right)[0]
    alone = _places(words, text)
    if len(alone) == 1 and len(words) >= TELLING:
        return alone[0]
    return Stale(
        "the words are no longer in the article"
        if not alone
        else "the words stand in several places"
        if len(alone) > 1
        else "the surroundings changed and the words are too short to be told by themselves"
    )


def _places(needle: str, text: str) -> list[int]:
    """The first two places of a string: enough to know whether it stands alone."""
    first = text.find(needle)
    if first < 0:
        return []
    second = text.find(needle, first + 1)
    return [first] if second < 0 else [first, second]


@lru_cache(maxsize=8)
def _collapse(text: str) -> _Collapsed:
    tokens, starts, originals, length = [], [], [], 0
    for match in re.finditer(r"\S+", text):
        tokens.append(match.group())
        starts.append(length)
        originals.append(match.start())
        length += len(match.group()) + 1
    return _Collapsed(" ".join(tokens), tuple(starts), tuple(originals))
