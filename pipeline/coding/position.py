"""How a place name stands in its sentence: after which preposition, and whether it only tells of somebody."""

from __future__ import annotations

from pipeline.coding.reading import Reading
from pipeline.coding.sentences import Sentence

_LOOK_BACK = 4
_ROAD_REACH = 7
_PEOPLE_REACH = 5
_CARE_REACH = 4
_SPEECH_REACH = 3
_NAME_OF_WAY = 4
"""Tokens of the name of a second street."""


def _words_before(reading: Reading, start: int, number: int, sentence: Sentence) -> list[str]:
    """The words before a code point within its sentence, the nearest first."""
    tokens = reading.document.tokens
    index = reading.document.token_at(start)
    return [token.word for token in reversed(tokens[max(0, index - number) : index]) if token.start >= sentence.start]


def relation_of(reading: Reading, start: int, sentence: Sentence) -> str:
    """`near` if the words before a place say that something lies about it or on the way to it, else `in`."""
    language = reading.language
    before = _words_before(reading, start, _ROAD_REACH, sentence)
    is_end = bool(before) and (before[0] in language.places.direction or before[0] in language.conjunctions)
    if is_end and any(word in language.places.ways or word in language.between for word in before):
        return "near"
    for word in before[:3]:
        if word in reading.language.places.near:
            return "near"
        if word in reading.language.places.strictly_in:
            return "in"
    return "in"


def has_preposition(reading: Reading, start: int) -> bool:
    """Whether a word such as `in`, `near` or `of` stands before a place, with articles, directions or one other word between."""
    tokens, language = reading.document.tokens, reading.language
    index = reading.document.token_at(start)
    for step in range(1, _LOOK_BACK + 1):
        word = tokens[index - step].word if index >= step else ""
        if word in language.at or word in language.places.near:
            return True
        # `in the capital, X`
        if (
            word == ","
            and step == 1
            and index > 1
            and tokens[index - 2].word in (language.places.settlements | language.places.units)
        ):
            return True
        if word not in language.articles and word not in language.places.settlements and step > 1:
            return False
    return False


def has_close_preposition(reading: Reading, start: int) -> bool:
    """As `has_preposition`, with nothing between but articles and words for what kind of place it is."""
    tokens, language = reading.document.tokens, reading.language
    index = reading.document.token_at(start)
    for token in reversed(tokens[max(0, index - _LOOK_BACK) : index]):
        if token.word in language.at or token.word in language.places.near:
            return True
        if (
            token.word not in language.articles
            and token.word not in language.places.settlements
            and token.word not in language.places.units
        ):
            return False
    return False


def preposition_before(reading: Reading, start: int) -> str:
    """The word right before a place, articles aside; empty where the text begins."""
    tokens = reading.document.tokens
    index = reading.document.token_at(start) - 1
    while index > 0 and tokens[index].word in reading.language.articles:
        index -= 1
    # `close to X` tells where something is, `to X` where somebody goes.
    if index > 0 and tokens[index].word in reading.language.to and tokens[index - 1].word in reading.language.places.near:
        index -= 1
    return tokens[index].word if index >= 0 else ""


def is_way(reading: Reading, end: int) -> bool:
    """Whether a name only tells where a road leads: `the Kakamega road`, `the corner of Sarmiento and San Martin Streets`."""
    index = reading.document.token_at(end)
    tokens = reading.document.tokens
    if index < len(tokens) and tokens[index].word in reading.language.conjunctions:
        for after in range(index + 2, min(index + 2 + _NAME_OF_WAY, len(tokens))):
            if tokens[after].word in reading.language.places.streets:
                return True
            if not reading.document.text[tokens[after].start].isupper() or tokens[after].word in reading.language.small_words:
                break
    if index >= len(tokens) or tokens[index].word not in reading.language.places.ways:
        return False
    # `a Kabul street` lies in Kabul, `Haifa Street` does not lie in Haifa.
    return tokens[index].word not in reading.language.places.streets or reading.document.text[tokens[index].start].isupper()


def is_within_name(reading: Reading, start: int, end: int) -> bool:
    """Whether a name only begins that of one of several things: `a Mombasa Royale bus`."""
    document = reading.document
    index, after = document.token_at(start) - 1, document.token_at(end)
    if document.is_in_capitals or index < 0 or after >= len(document.tokens):
        return False
    follower = document.tokens[after]
    is_name = follower.start == end + 1 and document.text[follower.start].isupper() and follower.word.isalpha()
    kinds = reading.language.places.settlements | reading.language.places.units | reading.language.places.sites
    return is_name and document.tokens[index].word in reading.language.one and follower.word not in kinds


def is_compound(reading: Reading, end: int) -> bool:
    """Whether a name is the first part of a word that tells where somebody comes from: `Basra-based`."""
    tokens = reading.document.tokens
    index = reading.document.token_at(end)
    return index + 1 < len(tokens) and tokens[index].word == "-" and tokens[index + 1].word in reading.language.places.origins


def tells_of_somebody(reading: Reading, start: int, sentence: Sentence) -> bool:
    """Whether a place only says whose or whence somebody is: `a farmer from X`, `the governor of X`."""
    language = reading.language
    before = _words_before(reading, start, _PEOPLE_REACH, sentence)
    for position, word in enumerate(before):
        if word in language.of or word == "from":
            return any(each in language.places.people_of for each in before[position + 1 : position + 3])
        if word not in language.articles and word not in language.places.settlements and word not in language.places.near:
            return False
    return False


def is_place_of_care(reading: Reading, start: int, sentence: Sentence) -> bool:
    """Whether a place is where people were brought afterwards: `taken to a hospital in X`, `before a court in X`."""
    language = reading.language
    before = _words_before(reading, start, _CARE_REACH + 4, sentence)
    houses = [position for position, word in enumerate(before[:_CARE_REACH]) if word in language.places.care]
    if not houses:
        return False
    return any(word in language.places.care_prepositions for word in before[houses[0] + 1 : houses[0] + 4])


def is_place_of_speech(reading: Reading, start: int, sentence: Sentence) -> bool:
    """Whether somebody spoke there: `told reporters in X`."""
    span = reading.window(start, start, _SPEECH_REACH + 1, sentence)
    said = reading.cue_spans(span[0], start, "speech")
    return bool(said) and reading.distance(said[-1][1], start) <= _SPEECH_REACH - 1


def is_aside(reading: Reading, start: int, sentence: Sentence) -> bool:
    """Whether a place only tells of somebody, or of where he was brought to or spoke."""
    return (
        tells_of_somebody(reading, start, sentence)
        or is_place_of_care(reading, start, sentence)
        or is_place_of_speech(reading, start, sentence)
    )
