"""Which people a verb of dying or being hurt counts: how many, and the words for them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal, NamedTuple

from pipeline.coding.numbers import Quantity
from pipeline.coding.reading import Reading
from pipeline.coding.sentences import Sentence

Basis = Literal["stated", "word_estimate", "explicit_none", "none_mentioned"]

Form = Literal["verb", "subject", "noun"]

_BEFORE = 16
"""Tokens before a verb in which those who suffered may stand."""
_AFTER = 5
"""Tokens after a verb in which their number may stand."""


class Count(NamedTuple):
    """People counted.

    Attributes:
        value: The number taken.
        low: Lowest number that the words allow.
        high: Highest; None if open.
        basis: What the number rests on.
        first: First token of the words for them.
        last: Token after these words.
    """

    value: int
    low: int
    high: int | None
    basis: Basis
    first: int
    last: int


@dataclass(frozen=True)
class Counter:
    """Finds the people that belong to one verb of dying or being hurt.

    Attributes:
        reading: The text.
        sentence: The sentence that is read.
        quantities: Quantities in it, in order.
    """

    reading: Reading
    sentence: Sentence
    quantities: list[Quantity]

    def word(self, index: int) -> str:
        """Folded word of a token, empty beyond the text."""
        tokens = self.reading.document.tokens
        return tokens[index].word if 0 <= index < len(tokens) else ""

    def is_people(self, quantity: Quantity) -> bool:
        """Whether a quantity may count people: no age, time, money, share or part of a larger number."""
        language, after = self.reading.language, self.word(quantity.last)
        before = self.word(quantity.first - 1)
        if after in language.time_units or after in language.not_people or before in language.not_people:
            return False
        if after == "-" or after in language.months or before in language.months or after in language.day_parts:
            return False
        # `Ana Gil, 45, was killed`: an age.
        if before == "," and after == "," and not quantity.is_estimate and quantity.last == quantity.first + 1:
            return False
        tokens = self.reading.document.tokens
        start = tokens[quantity.first].start
        return not self.reading.cue_spans(tokens[max(0, quantity.first - 3)].start, start, "subset")

    def between(self, first: int, last: int) -> list[str]:
        """Words of the tokens from `first` up to `last`."""
        return [self.word(index) for index in range(first, last)]

    def _starting(self, first: int, last: int) -> Sequence[Quantity]:
        """Quantities that begin within some tokens."""
        return self.quantities[bisect_left(self.quantities, (first,)) : bisect_left(self.quantities, (last,))]

    def before(self, verb: int) -> list[Quantity]:
        """Quantities of the subject: the nearest before a verb, and those that `and` joins to it."""
        begin = max(verb - _BEFORE, 0)
        near = [each for each in self._starting(begin, verb) if each.last <= verb and self.is_people(each)]
        found: list[Quantity] = []
        border = verb
        for quantity in reversed(near):
            words = self.between(quantity.last, border)
            if any(word in self.reading.language.clause_breaks or word in ";:" for word in words):
                break
            if self._holds_verb(quantity.last, border):
                break
            if found and not (len(words) <= 6 and any(word in self.reading.language.conjunctions or word == "," for word in words)):
                break
            found.append(quantity)
            border = quantity.first
        return found

    def after(self, verb: int) -> list[Quantity]:
        """Quantities of the object: the first close after a verb, and those that `and` joins to it."""
        found: list[Quantity] = []
        border = verb
        for quantity in self._starting(verb, verb + _BEFORE):
            if not self.is_people(quantity):
                continue
            words = self.between(border, quantity.first)
            if len(words) > (_AFTER if not found else 6) or self._holds_verb(border, quantity.first):
                break
            if found and not any(word in self.reading.language.conjunctions for word in words):
                break
            if any(word in self.reading.language.clause_breaks or word in ";:" or (word == "," and not found) for word in words):
                break
            found.append(quantity)
            border = quantity.last
        return found

    def people(self, quantity: Quantity, verb: int) -> int:
        """Index after the words that name those counted: up to a verb, preposition or sign."""
        language = self.reading.language
        stops = language.be | language.at | language.by | language.clause_breaks | language.conjunctions | language.have_forms
        index = quantity.last
        while index < quantity.last + 5 and index != verb and self.word(index).isalpha():
            if self.word(index) in stops and self.word(index) not in language.of:
                break
            index += 1
        return index

    def _holds_verb(self, first: int, last: int) -> bool:
        tokens = self.reading.document.tokens
        if first >= last or first >= len(tokens):
            return False
        end = tokens[last].start if last < len(tokens) else self.sentence.end
        return bool(self.reading.cue_spans(tokens[first].start, end, "death", "dies", "wound"))

    def count(self, first: int, after: int, form: Form, *, may_lack_number: bool) -> Count | None:
        """Those whom the word that spans tokens `first` to `after` counts; None if nothing says how many they are.

        Args:
            first: First token of the word.
            after: Token after it.
            form: `verb` such as `killed`, `subject` such as `died`, whose people stand before it, `noun` such as `murder of`.
            may_lack_number: Whether `a soldier was killed` counts one and `villagers were killed` several.
        """
        auxiliary = self._auxiliary(first)
        is_passive = auxiliary is not None or self.word(after) in self.reading.language.by
        if form == "noun":
            found = self.after(after)
        elif form == "subject" or is_passive:
            found = self.before(first)
        else:
            found = self.after(after) or self.before(first)
        if found:
            last = max(found, key=lambda each: each.last)
            return _sum(found, min(each.first for each in found), self.people(last, first))
        if not may_lack_number:
            return None
        if auxiliary is not None and form != "noun":
            return self._subject(auxiliary)
        # `The killing` names an act and counts nobody.
        is_noun = form == "verb" and self.word(first - 1) in self.reading.language.articles
        return self._named_before(first) if form == "subject" else None if is_noun else self._object(after)

    def _named_before(self, verb: int) -> Count | None:
        """One or several without a number who died: `the mayor died`."""
        noun = verb - 1
        if not self.word(noun).isalpha() or self.word(noun) in self.reading.language.clause_breaks:
            return None
        if self.reading.language.is_plural(self.word(noun)):
            return Count(3, 2, None, "word_estimate", max(0, noun - 1), verb)
        return Count(1, 1, 1, "stated", max(0, noun - 1), verb)

    def _auxiliary(self, verb: int) -> int | None:
        """The token of a form of `be` close before a verb, or None."""
        return next(
            (index for index in range(verb - 1, max(-1, verb - 4), -1) if self.word(index) in self.reading.language.be), None
        )

    def _subject(self, auxiliary: int) -> Count | None:
        """People without a number before `was` or `were`."""
        language = self.reading.language
        noun = auxiliary - 1 - (self.word(auxiliary - 1) in language.have_forms)
        if language.singular_be & {self.word(auxiliary - 1), self.word(auxiliary)}:
            return Count(1, 1, 1, "stated", max(0, noun - 2), auxiliary)
        if language.is_plural(self.word(noun)):
            return Count(3, 2, None, "word_estimate", max(0, noun - 2), auxiliary)
        if language.conjunctions & set(self.between(max(0, noun - 6), noun)):
            return Count(2, 2, 2, "stated", max(0, noun - 6), auxiliary)
        return None

    def _object(self, after: int) -> Count | None:
        """People without a number after `killed` or `killing`."""
        language = self.reading.language
        if self.word(after) in language.one and not self.word(after + 1).isalpha():
            # `a 25-year-old man`
            return Count(1, 1, 1, "stated", after, after + 2)
        others = language.nobody | language.conjunctions | language.by | language.at | language.clause_breaks | language.be
        start = after + (self.word(after) in language.articles)
        if not self.word(start).isalpha() or self.word(start) in others:
            return None
        words = list(takewhile(lambda word: word.isalpha() and word not in others, self.between(start, start + 4)))
        if self.word(after) not in language.one and any(language.is_plural(word) for word in words):
            return Count(3, 2, None, "word_estimate", after, start + len(words))
        return Count(1, 1, 1, "stated", after, start + min(len(words), 3))


def _sum(quantities: Sequence[Quantity], first: int, last: int) -> Count:
    highs = [quantity.high for quantity in quantities]
    high = None if None in highs else sum(each for each in highs if each is not None)
    basis: Basis = "word_estimate" if any(quantity.is_estimate for quantity in quantities) else "stated"
    return Count(sum(each.value for each in quantities), sum(each.low for each in quantities), high, basis, first, last)
