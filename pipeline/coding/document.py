"""An article's text and title, their tokens and sentences: what every rule reads.

The title stands after the text, as a last paragraph of its own: every offset of the text stays what it is, and rules that look for
places, actors or tolls find those of the title with no work of their own. `origin` tells where a span of the whole lies.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import accumulate, islice
from typing import NamedTuple

from pipeline.coding.language import Language
from pipeline.coding.sentences import Sentence, split_sentences
from pipeline.resources.lexicon import fold

# Numbers keep their separators, possessives and negations stand alone, every other sign is a token. The first branch takes most
# words at once: those of plain letters that no apostrophe follows, of which the others would make the same.
_TOKEN = re.compile(r"[a-z]++(?!['’\w])|\d++(?:[.,]\d++)*+|['’]s\b|\w+?(?=n['’]t\b)|n['’]t\b|[^\W\d_]++|\w++|[^\w\s]")
# A text split at its tokens has them at the odd places, and the blanks between them at the even ones.
_TOKENS_APART = re.compile(f"({_TOKEN.pattern})")


_GAP = "\n\n"
"""What stands between text and title: no name and no phrase runs over an empty line."""
_OPENING_WORDS = 12


class Token(NamedTuple):
    """A word, number or sign: its span and its folded form."""

    start: int
    end: int
    word: str


# The constructor of a named tuple is a function of Python, which would take half the time of finding the tokens.
_made: Callable[[tuple[int, int, str]], Token] = partial(tuple.__new__, Token)


def join_title(text: str, title: str | None) -> str:
    """The text with its title after it; the text alone if it is blank, or opens with its title as many do."""
    if not title or not title.strip() or not text.strip():
        return text
    words = [match.group() for match in islice(re.finditer(r"\w+", fold(title)), _OPENING_WORDS)]
    opening = [match.group() for match in islice(re.finditer(r"\w+", fold(text[: 2 * len(title) + 20])), len(words))]
    return text if not words or opening == words else f"{text}{_GAP}{title}"


@dataclass(frozen=True)
class Document:
    """One text to be read.

    Attributes:
        text: The text, NFC, with its title after it (`join_title`).
        language: The words that the rules know.
        body_end: Code point after the text proper; None if no title follows.
    """

    text: str
    language: Language
    body_end: int | None = None

    @cached_property
    def title_start(self) -> int:
        """First code point of the title; the end of the text if there is none."""
        return len(self.text) if self.body_end is None else self.body_end + len(_GAP)

    def origin(self, start: int, end: int) -> tuple[str, int, int]:
        """The part of the article that a span lies in, and the span in it."""
        if start < self.title_start:
            return "text", start, end
        return "title", start - self.title_start, end - self.title_start

    @cached_property
    def folded(self) -> str:
        """The text in lower case, every blank a space, each code point in its place."""
        return fold(self.text)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences in order."""
        body = split_sentences(self.text[: self.body_end], self.language)
        if self.body_end is None:
            return body
        paragraph, start = (body[-1].paragraph + 1 if body else 0), self.title_start
        title = split_sentences(self.text[start:], self.language)
        return body + [Sentence(start + each.start, start + each.end, paragraph, is_heading=True) for each in title]

    @cached_property
    def is_in_capitals(self) -> bool:
        """Whether the text proper is all in capitals, which then tell no name from other words."""
        return self.text[: self.body_end].isupper()

    @cached_property
    def title_sentence(self) -> int:
        """Index of the first sentence of the title; the number of sentences if there is none."""
        return bisect_left(self._sentence_starts, self.title_start)

    @cached_property
    def tokens(self) -> list[Token]:
        """The tokens in order."""
        return list(map(_made, zip(*self._columns, strict=True)))

    @cached_property
    def token_starts(self) -> list[int]:
        """Where the tokens begin."""
        return self._columns[0]

    @cached_property
    def token_words(self) -> list[str]:
        """Folded words of the tokens."""
        return self._columns[2]

    @cached_property
    def _columns(self) -> tuple[list[int], list[int], list[str]]:
        """Where the tokens begin and end, and their words."""
        starts: list[int] = []
        ends: list[int] = []
        words: list[str] = []
        for start, end in ((0, self.title_start), (self.title_start, len(self.text))):
            parts = _TOKENS_APART.split(self.folded[start:end])
            borders = list(accumulate(map(len, parts), initial=start))
            first = len(words)
            starts += borders[1:-1:2]
            ends += borders[2::2]
            words += parts[1::2]
            if not self.text[start:end].isupper():
                self._restore_acronyms(range(first, len(words)), starts, words)
        return starts, ends, words

    def _restore_acronyms(self, indices: range, starts: Sequence[int], words: list[str]) -> None:
        """Gives small words their capitals back: `IS` and `US` are names, not the small words that they fold to."""
        names = self.language.words_like_acronyms
        for index in [index for index in indices if words[index] in names]:
            written = self.text[starts[index] : starts[index] + len(words[index])]
            if written.isupper():
                words[index] = written

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def indices_of(self, words: Container[str]) -> list[int]:
        """Indices of the tokens that are one of some words."""
        return [index for index, word in enumerate(self.token_words) if word in words]

    def token_at(self, position: int) -> int:
        """Index of the first token that starts at the code point or after it."""
        return bisect_left(self.token_starts, position)

    def token_range(self, start: int, end: int) -> range:
        """Indices of the tokens that start within a span."""
        return range(bisect_left(self.token_starts, start), bisect_left(self.token_starts, end))

    def sentence_at(self, position: int) -> int:
        """Index of the sentence that a code point lies in, or of the one before it."""
        after = bisect_right(self._sentence_starts, position)
        return after - 1 if after else 0

    def words(self, start: int, end: int) -> list[str]:
        """Folded words that start within a span."""
        starts = self.token_starts
        return self.token_words[bisect_left(starts, start) : bisect_left(starts, end)]
