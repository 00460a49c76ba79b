"""Which numbers of a sentence count people, and which ages, times, measures, shots or names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.coding.numbers import Quantity
from pipeline.coding.reading import Reading
from pipeline.coding.sentences import Sentence

_DASHES = frozenset("-–—")
_CENTURIES = ("18", "19", "20")


@dataclass(frozen=True)
class Numbers:
    """The numbers of one sentence, and which of them count people.

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
        words = self.reading.document.token_words
        return words[index] if 0 <= index < len(words) else ""

    def between(self, first: int, last: int) -> list[str]:
        """Words of the tokens from `first` up to `last`, empty beyond the text."""
        words = self.reading.document.token_words
        if 0 <= first <= last <= len(words):
            return words[first:last]
        return [self.word(index) for index in range(first, last)]

    def is_dash(self, index: int) -> bool:
        """Whether a dash with spaces about it stands at a token."""
        text, token = self.reading.document.text, self.reading.document.tokens[index]
        return token.word in _DASHES and text[token.start - 1 : token.start].isspace() and text[token.end : token.end + 1].isspace()

    @cached_property
    def bounds(self) -> range:
        """Tokens of the sentence, those of a dateline left out."""
        dateline = self.reading.dateline
        start = max(self.sentence.start, dateline.end) if dateline else self.sentence.start
        return self.reading.document.token_range(start, self.sentence.end)

    @cached_property
    def within_numbers(self) -> frozenset[int]:
        """Tokens within a number, such as the `and` of `between three and five`."""
        return frozenset(index for each in self.quantities for index in range(each.first + 1, each.last))

    def starting(self, first: int, last: int) -> Sequence[Quantity]:
        """Quantities that begin within some tokens."""
        return self.quantities[bisect_left(self.quantities, (first,)) : bisect_left(self.quantities, (last,))]

    @cached_property
    def _known(self) -> dict[tuple[int, bool], bool]:
        """Whether numbers count people, by their first token and whether they are the object of a verb."""
        return {}

    def is_people(self, quantity: Quantity, verb: int | None = None) -> bool:
        """Whether a quantity may count people: no age, time, money, share or part of a larger number.

        Args:
            quantity: The number.
            verb: Token at which its object would begin: `killing three of them` is no part of another number of dead.
        """
        key = quantity.first, quantity.first == verb
        if key not in self._known:
            self._known[key] = self._may_count_people(quantity, is_object=key[1])
        return self._known[key]

    def _may_count_people(self, quantity: Quantity, *, is_object: bool) -> bool:
        language, after = self.reading.language, self.word(quantity.last)
        before = self.word(quantity.first - 1)
        if self._measures(quantity) or self._is_age(quantity) or self._is_in_a_name(quantity):
            return False
        if after in language.numbers or after.isdecimal() or self._is_year(quantity):
            return False
        is_date = (after == "/" and self.word(quantity.last + 1).isdecimal()) or (
            before == "/" and self.word(quantity.first - 2).isdecimal()
        )
        if (
            is_date
            or after == "-"
            or after in language.months
            or before in language.months
            or after in language.day_parts - language.at
        ):
            return False
        tokens = self.reading.document.tokens
        start, end = tokens[quantity.first].start, tokens[quantity.last - 1].end
        if not is_object and self.reading.cue_spans(start, end + 2, "subset"):
            return False
        is_whole = before in language.definite and self.word(quantity.first - 2) in language.people.wholes
        return is_whole or not self.reading.cue_spans(tokens[max(0, quantity.first - 3)].start, start, "subset")

    def _measures(self, quantity: Quantity) -> bool:
        """Whether a number counts hours, metres, shots or the like."""
        language = self.reading.language
        after = self.between(quantity.last, quantity.last + 2)
        is_measure = any(word in language.not_people for word in (after[0], after[0] + language.plural_ending))
        is_named = after[0] in language.time_units or is_measure or after[0] in language.people.incident_nouns
        is_described = after[0].isalpha() and after[1] in language.not_people and not language.is_plural(after[0])
        return is_named or is_described or self.word(quantity.first - 1) in language.not_people

    def _is_age(self, quantity: Quantity) -> bool:
        """Whether a number tells how old somebody is, how many children, or stands in a score such as 3:1."""
        language = self.reading.language
        before, noun = self.word(quantity.first - 1), self.word(quantity.first - 2)
        if before == ":":
            return noun.isdecimal()
        if before in language.of and noun in language.aged:
            return True
        # `Ana Gil, 45, was killed`, `Ana Gil (45)`
        is_alone = quantity.last == quantity.first + 1 and not quantity.is_estimate and self.word(quantity.first).isdecimal()
        return is_alone and before in ",(" and self.word(quantity.last) in ",);."

    def _is_year(self, quantity: Quantity) -> bool:
        """Whether a number, or a span such as `between 2018 and 2019`, has no noun and may be of years."""
        digits = [word for word in self.between(quantity.first, quantity.last) if word.isdecimal()]
        after = self.word(quantity.last)
        is_noun_told = after[:1].isalpha() and after not in self.reading.language.small_words
        return bool(digits) and not is_noun_told and all(len(word) == 4 and word[:2] in _CENTURIES for word in digits)

    def _is_in_a_name(self, quantity: Quantity) -> bool:
        """Whether a number belongs to a name, as in `M-19` or `19 April Movement`, or is an ordinal such as `3d`."""
        tokens = self.reading.document.tokens
        first, last = tokens[quantity.first], tokens[quantity.last - 1]
        before = self.word(quantity.first - 1)
        if before in "-/" and self.word(quantity.first - 2).isalpha() and len(self.word(quantity.first - 2)) < 4:
            return not first.word.isalpha()
        after = tokens[quantity.last] if quantity.last < len(tokens) else None
        return after is not None and after.start == last.end and after.word.isalnum() and last.word.isdecimal()
