"""Numbers in words and digits, and how sure they are: `at least two dozen` is 24, 24 or more (codebook 4.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.coding.document import Token
from pipeline.coding.language import Language

LARGEST = 1_000_000_000
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+|\d+\.\d+")


class Quantity(NamedTuple):
    """A number of something.

    Attributes:
        first: Index of its first token, its qualifier included.
        last: Index of the token after it.
        value: The number taken.
        low: Lowest number that the words allow.
        high: Highest; None if open.
        is_estimate: True if the words name no number, so that the value is a convention.
        is_approximate: True for `about`, `nearly` and their like.
    """

    first: int
    last: int
    value: int
    low: int
    high: int | None
    is_estimate: bool = False
    is_approximate: bool = False


def _word(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].word if 0 <= index < len(tokens) else ""


def _read_digits(tokens: Sequence[Token], index: int, language: Language) -> tuple[int, int] | None:
    """Value and next index of a number in digits, `1.5 million` included."""
    word = _word(tokens, index)
    if not _DIGITS.fullmatch(word) or len(word) > 13:
        return None
    factor = language.multipliers.get(_word(tokens, index + 1), 1)
    if "." in word and factor == 1:
        return None
    value = round(float(word.replace(",", "")) * factor)
    return (value, index + 1 + (factor > 1)) if value <= LARGEST else None


def _read_words(tokens: Sequence[Token], index: int, language: Language) -> tuple[int, int] | None:
    """Value and next index of a number in words such as `two hundred and twenty-one` or `half a dozen`."""
    if _word(tokens, index) in language.half and _word(tokens, index + 1) in language.articles:
        unit = language.collectives.get(_word(tokens, index + 2))
        return (unit // 2, index + 3) if unit else None
    total, part, position = 0, 0, index
    if _word(tokens, index) in language.one:
        if _word(tokens, index + 1) not in language.collectives.keys() | language.multipliers.keys():
            return None
        part, position = 1, index + 1
    while True:
        word = _word(tokens, position)
        if word in language.numbers:
            part += language.numbers[word]
        elif position > index and part and (factor := language.collectives.get(word) or language.multipliers.get(word)):
            part *= factor
            if factor >= 1000:
                total, part = total + part, 0
        elif not (position > index and _continues(tokens, position, language)):
            break
        position += 1
    return (total + part, position) if position > index else None


def _continues(tokens: Sequence[Token], position: int, language: Language) -> bool:
    """Whether a hyphen, `and` or `of` lies within one number: `twenty-one`, `a hundred and three`, `a couple of hundred`."""
    before, word, after = (_word(tokens, each) for each in (position - 1, position, position + 1))
    if word == "-":
        return 20 <= language.numbers.get(before, 0) < 100 and language.numbers.get(after, 99) < 10
    if word in language.of:
        return before in language.collectives and after in language.multipliers
    return word in language.conjunctions and before in language.multipliers and after in language.numbers


def read_number(tokens: Sequence[Token], index: int, language: Language) -> tuple[int, int] | None:
    """The exact number that begins at a token, and the index after it; None if none does."""
    word = _word(tokens, index)
    if word not in language.number_starters and not word[:1].isdecimal():
        return None
    return _read_digits(tokens, index, language) or _read_words(tokens, index, language)


def _qualifier(tokens: Sequence[Token], index: int, language: Language) -> tuple[str, int]:
    """What the words before a number make of it, and the index at which they begin."""
    for length in (3, 2, 1):
        if index >= length:
            words = tuple(token.word for token in tokens[index - length : index])
            if words in language.qualifiers:
                return language.qualifiers[words], index - length
    return "", index


def _vague(tokens: Sequence[Token], index: int, language: Language) -> Quantity | None:
    word = _word(tokens, index)
    if word not in language.vague_numbers:
        return None
    value, low, high = language.vague_numbers[word]
    first, last = index, index + 1
    if unit := language.multipliers.get(_word(tokens, last)) or language.collectives.get(_word(tokens, last)):
        # `several thousand` is told as `thousands` are.
        value, low, high, last = unit, unit, None, last + 1
    # `a number of` and `a few` count people; `the number of`, `few`, `some 40` and `how many` do not.
    if word in language.vague_needing_article and _word(tokens, index - 1) not in language.one:
        return None
    is_qualifier = tuple(token.word for token in tokens[max(0, index - 1) : index + 2]) in language.qualifiers
    is_asked = _word(tokens, index - 1) in language.people.content_openers
    if is_qualifier or is_asked or read_number(tokens, index + 1, language):
        return None
    if _word(tokens, index - 1) in language.one:
        first -= 1
    if _word(tokens, last) in language.of:
        last += 1
    return Quantity(first, last, value, low, high, is_estimate=True)


def _span(tokens: Sequence[Token], index: int, read: tuple[int, int, int], language: Language) -> Quantity | None:
    """A number that opens a span: `10 to 15`, `between 10 and 15`. `read` is its value, first token and the token after it."""
    value, first, last = read
    is_between = _word(tokens, index - 1) in language.between and _word(tokens, last) in language.conjunctions
    if not is_between and _word(tokens, last) not in language.to:
        return None
    upper = read_number(tokens, last + 1, language)
    is_mixed = _word(tokens, last - 1).isdecimal() is not _word(tokens, last + 1).isdecimal()
    if upper is None or upper[0] <= value or (is_mixed and not _word(tokens, last).isalpha()):
        # `Update 1-Ten dead` names no span.
        return None
    if _word(tokens, first - 1) in language.from_:
        # `rose from 12 to 15`
        return Quantity(first, upper[1], upper[0], upper[0], upper[0])
    return Quantity(index - 1 if is_between else first, upper[1], value, value, upper[0])


def read_quantity(tokens: Sequence[Token], index: int, language: Language) -> Quantity | None:
    """The quantity whose number begins at a token, with the words before and after that qualify it."""
    exact = read_number(tokens, index, language)
    if exact is None:
        return _vague(tokens, index, language)
    value, last = exact
    kind, first = _qualifier(tokens, index, language)
    low, high = value, value
    if span := _span(tokens, index, (value, first, last), language):
        return span
    if tuple(token.word for token in tokens[last : last + 2]) in language.or_more:
        return Quantity(first, last + 2, value, value, None)
    if _word(tokens, last) in language.of and _word(tokens, last - 1) in language.collectives:
        last += 1
    if kind == "at_least":
        return Quantity(first, last, value, low, None)
    if kind == "at_most":
        return Quantity(first, last, min(3, value), 1, value, is_estimate=True)
    return Quantity(first, last, value, low, high, is_approximate=kind == "about")


def find_quantities(tokens: Sequence[Token], indices: range, language: Language) -> list[Quantity]:
    """All quantities whose number begins within a range of tokens, in order, none within another."""
    found: list[Quantity] = []
    position = indices.start
    starters = language.quantity_starters
    for index in indices:
        word = tokens[index].word
        if index < position or not (word in starters or word[0].isdecimal()):
            continue
        if quantity := read_quantity(tokens, index, language):
            found.append(quantity)
            position = quantity.last
    return found
