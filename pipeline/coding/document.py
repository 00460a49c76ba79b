"""An article's text, its tokens and its sentences: what every rule reads."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pipeline.coding.language import Language
from pipeline.coding.sentences import Sentence, split_sentences
from pipeline.resources.lexicon import fold

# Numbers keep their separators, possessives and negations stand alone, every other sign is a token.
_TOKEN = re.compile(r"\d++(?:[.,]\d++)*+|['’]s\b|\w+?(?=n['’]t\b)|n['’]t\b|[^\W\d_]++|\w++|[^\w\s]")


class Token(NamedTuple):
    """A word, number or sign: its span and its folded form."""

    start: int
    end: int
    word: str


@dataclass(frozen=True)
class Document:
    """One text to be read.

    Attributes:
        text: The text, NFC.
        language: The words that the rules know.
    """

    text: str
    language: Language

    @cached_property
    def folded(self) -> str:
        """The text in lower case, every blank a space, each code point in its place."""
        return fold(self.text)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences in order."""
        return split_sentences(self.text, self.language)

    @cached_property
    def tokens(self) -> list[Token]:
        """The tokens in order."""
        found = [Token(match.start(), match.end(), match.group()) for match in _TOKEN.finditer(self.folded)]
        if self.text.isupper():
            return found
        # `IS` and `US` in capitals are names, not the small words that they fold to.
        names = self.language.words_like_acronyms
        return [
            token._replace(word=self.text[token.start : token.end])
            if token.word in names and self.text[token.start : token.end].isupper()
            else token
            for token in found
        ]

    @cached_property
    def _token_starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def token_at(self, position: int) -> int:
        """Index of the first token that starts at the code point or after it."""
        return bisect_left(self._token_starts, position)

    def token_range(self, start: int, end: int) -> range:
        """Indices of the tokens that start within a span."""
        return range(bisect_left(self._token_starts, start), bisect_left(self._token_starts, end))

    def sentence_at(self, position: int) -> int:
        """Index of the sentence that a code point lies in, or of the one before it."""
        return max(0, bisect_right(self._sentence_starts, position) - 1)

    def words(self, start: int, end: int) -> list[str]:
        """Folded words that start within a span."""
        return [self.tokens[index].word for index in self.token_range(start, end)]
