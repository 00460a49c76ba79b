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
_MORE = 7
"""Tokens after a number within which `and a policeman` adds one."""
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

    def plus(self, more: int) -> Count:
        """The same with some more who were told one by one."""
        high = None if self.high is None else self.high + more
        return self._replace(value=self.value + more, low=self.low + more, high=high)


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

    def is_people(self, quantity: Quantity, verb: int | None = None) -> bool:
        """Whether a quantity may count people: no age, time, money, share or part of a larger number.

        Args:
            quantity: The number.
            verb: Token at which its object would begin: `killing three of them` is no part of another number of dead.
        """
        language, after = self.reading.language, self.word(quantity.last)
        before = self.word(quantity.first - 1)
        if after in language.time_units or after in language.not_people or before in language.not_people:
            return False
        if self._is_age(quantity):
            return False
        if after == "-" or after in language.months or before in language.months or after in language.day_parts:
            return False
        # `Ana Gil, 45, was killed`: an age.
        if before == "," and after == "," and not quantity.is_estimate and quantity.last == quantity.first + 1:
            return False
        tokens = self.reading.document.tokens
        start = tokens[quantity.first].start
        end = tokens[quantity.last - 1].end
        if quantity.first != verb and any(begin - end <= 1 for begin, _ in self.reading.cue_spans(end, end + 2, "subset")):
            return False
        return not self.reading.cue_spans(tokens[max(0, quantity.first - 3)].start, start, "subset")

    def _is_age(self, quantity: Quantity) -> bool:
        """Whether a number after `a boy of` tells how old one person is, or stands in a score such as 3:1."""
        before, noun = self.word(quantity.first - 1), self.word(quantity.first - 2)
        if before == ":":
            return noun.isdecimal()
        return before in self.reading.language.of and noun in self.reading.language.aged

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
            if not self.is_people(quantity, verb):
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
            counted = _sum(found, min(each.first for each in found), self.people(last, first))
            begin = min(each.first for each in found)
            more = self._one_more_before(begin) + self._one_more_after(
                last.last, first if last.last <= first else last.last + _MORE
            )
            return counted.plus(more)
        if not may_lack_number:
            return None
        if auxiliary is not None and form != "noun":
            return self._subject(auxiliary)
        # `The killing` names an act and counts nobody.
        is_noun = form == "verb" and self.word(first - 1) in self.reading.language.articles
        return self._named_before(first) if form == "subject" else None if is_noun else self._object(after)

    def _one_more_before(self, first: int) -> int:
        """1 if a single person is joined by `and` to the number that begins at a token: `a soldier and two rebels`."""
        language = self.reading.language
        index = first - 1 - (self.word(first - 1) in language.articles)
        if self.word(index) not in language.conjunctions:
            return 0
        for noun in range(index - 1, max(index - _MORE, -1), -1):
            word = self.word(noun)
            if word in language.one:
                return int(not language.is_plural(self.word(index - 1)) and not self._holds_verb(noun, index))
            if not word.isalpha() or word in language.clause_breaks | language.be:
                return 0
        return 0

    def _one_more_after(self, after: int, border: int) -> int:
        """How many single persons are joined by `and` to the number before: `two rebels and a soldier`."""
        language = self.reading.language
        end = min(border, after + _BEFORE)
        found = 0
        for index in range(after, end):
            word = self.word(index)
            if word in language.clause_breaks - language.conjunctions or word in ";:.":
                break
            if word in language.conjunctions and self.word(index + 1) in language.one | language.articles:
                found += self._is_one_person(index + 2, border)
        return found

    def _is_one_person(self, noun: int, border: int) -> bool:
        """Whether a single noun, and no verb, follows an article."""
        language = self.reading.language
        words = list(takewhile(lambda word: word.isalpha() and word not in language.small_words, self.between(noun, noun + 4)))
        end = noun + len(words)
        is_closed = end >= border or self.word(end) in language.small_words or not self.word(end).isalpha()
        return bool(words) and is_closed and not language.is_plural(words[-1]) and bool(self._people_in(noun, end))

    def _people_in(self, first: int, last: int) -> bool:
        """Whether an actor is named among some tokens."""
        tokens = self.reading.document.tokens
        if first >= len(tokens):
            return False
        return bool(self.reading.actors_in(tokens[first].start, tokens[min(last, len(tokens) - 1)].start + 1))

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
        people = 1 + self._listed(start + len(words))
        return Count(people, people, people, "stated", after, start + min(len(words), 3))

    def _listed(self, index: int) -> int:
        """How many single persons follow one in a list: `a priest, a nun and a cook`, `Ali Hassan, 34, and his brother`."""
        language = self.reading.language
        found = waiting = 0
        for position in range(index, index + _BEFORE):
            word = self.word(position)
            if word in language.at | language.by or word in language.clause_breaks - language.conjunctions or word in ".;:":
                break
            opens = self.word(position + 1) in language.one | language.articles
            if word == "," and opens and self._people_in(position + 2, position + 4):
                waiting += 1
            elif word in language.conjunctions and opens and self._people_in(position + 2, position + 4):
                return found + waiting + 1
        return found


def _sum(quantities: Sequence[Quantity], first: int, last: int) -> Count:
    highs = [quantity.high for quantity in quantities]
    high = None if None in highs else sum(each for each in highs if each is not None)
    basis: Basis = "word_estimate" if any(quantity.is_estimate for quantity in quantities) else "stated"
    return Count(sum(each.value for each in quantities), sum(each.low for each in quantities), high, basis, first, last)
