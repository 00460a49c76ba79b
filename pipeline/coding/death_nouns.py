"""The dead whom nouns tell of: `twelve deaths`, `her murder`, `the death toll rose to 12`, `no survivors among its crew`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.coding.counting import Counter
from pipeline.coding.people import Basis
from pipeline.coding.toll import Toll, do_overlap, span_of

_SIGNS = (",", ";", ".", ")", "]", "/", "")
"""Signs after a number that stands by itself."""
_NOUN_REACH = 2
_TOLL_REACH = 18
_ESTIMATING_REACH = 6
_NEIGHBOURS = 4
NOUN_CUES = ("death_noun", "death", "dies", "toll", "deed", "body_found", "no_survivors")
"""Words by which the functions of this module are called for."""


def without_survivors(counter: Counter) -> list[Toll]:
    """`There were no survivors among its nine passengers`: all whom the sentence counts."""
    reading, sentence = counter.reading, counter.sentence
    people = [quantity for quantity in counter.quantities if counter.is_people(quantity, quantity.first)]
    spans = reading.cue_spans(sentence.start, sentence.end, "no_survivors")
    if not spans or len(people) != 1:
        return []
    start, end = span_of(reading, people[0].first, people[0].last)
    value, low, high = people[0][2:5]
    return [Toll(min(start, spans[0][0]), max(end, spans[0][1]), "dead", value, low, high, "stated", start, end)]


def told_by_possessives(counter: Counter, told: Sequence[Toll]) -> list[Toll]:
    """`the mayor's murder`, `her death`."""
    reading = counter.reading
    made: list[Toll] = []
    for start, end in reading.cue_spans(counter.sentence.start, counter.sentence.end, "deed"):
        index = reading.document.token_at(start)
        owner = counter.owner(index)
        if owner is None or owner.value != 1 or any(do_overlap(start, end, toll) for toll in (*told[-_NEIGHBOURS:], *made[-1:])):
            continue
        people = span_of(reading, owner.first, owner.last)
        made.append(Toll(people[0], end, "dead", *owner[:4], *people, is_named=True))
    return made


def told_by_nouns(counter: Counter, told: Sequence[Toll]) -> list[Toll]:
    """`twelve deaths`, `five bodies`, `death toll rose to 12`."""
    reading, sentence = counter.reading, counter.sentence
    if not reading.cue_spans(sentence.start, sentence.end, *NOUN_CUES):
        return []
    covered = {index for toll in told for index in reading.document.token_range(toll.start, toll.end)}
    made: list[Toll] = []
    for quantity in counter.quantities:
        if quantity.first in covered or not counter.is_people(quantity):
            continue
        start, end = span_of(reading, quantity.first, quantity.last)
        noun = reading.cue_spans(end, reading.window(start, end, _NOUN_REACH, sentence)[1], "death_noun")
        if not noun and counter.word(quantity.first - 1) == ":" and counter.word(quantity.last)[:1] in _SIGNS:
            # `Killed: 3`
            before = reading.window(start, start, _NOUN_REACH + 1, sentence)[0]
            noun = [
                span
                for span in reading.cue_spans(before, start, "death_noun", "death", "dies")
                if reading.distance(span[1], start) == 1
            ]
        toll = _toll_words(counter, start, end)
        if noun or toll:
            span = (min(start, noun[0][0]), max(end, noun[0][1])) if noun else (min(start, toll[-1][0]), max(end, toll[-1][1]))
            basis: Basis = "word_estimate" if quantity.is_estimate else "stated"
            number = Toll(*span, "dead", quantity.value, quantity.low, quantity.high, basis, start, start, is_total=bool(toll))
            made.append(replace(number, is_rival=bool(toll) and _is_estimated(counter, *toll[-1])))
    return made + _told_by_ordinals(counter)


def _toll_words(counter: Counter, start: int, end: int) -> list[tuple[int, int]]:
    """The words that make a number that of all dead: before it, or after it in `bringing to nine the number of dead`."""
    reading, sentence = counter.reading, counter.sentence
    before, _ = reading.window(start, start, _TOLL_REACH, sentence)
    if toll := reading.cue_spans(before, start, "toll"):
        return toll
    index = reading.document.token_at(start)
    language = reading.language
    if counter.word(index - 1) in language.people.up_to and counter.word(index - 2) in language.people.raising:
        return reading.cue_spans(end, reading.window(end, end, _ESTIMATING_REACH, sentence)[1], "toll")
    return []


def _told_by_ordinals(counter: Counter) -> list[Toll]:
    """`A fourth body was found`: how many there were."""
    reading, sentence = counter.reading, counter.sentence
    made: list[Toll] = []
    for start, end in reading.cue_spans(sentence.start, sentence.end, "body_found"):
        index = reading.document.token_at(start)
        value = reading.language.people.ordinals.get(counter.word(index - 1))
        if value and counter.word(index - 2) in reading.language.one:
            first, _ = span_of(reading, index - 2, index)
            made.append(Toll(first, end, "dead", value, value, value, "stated", first, first, is_total=True))
    return made


def _is_estimated(counter: Counter, start: int, end: int) -> bool:
    """Whether a toll is the number of one more source, and no later news: `an official put the number of dead at ten`."""
    begin, _ = counter.reading.window(start, start, _ESTIMATING_REACH, counter.sentence)
    estimating = counter.reading.language.people.estimating
    return any(word in estimating for word in counter.reading.document.words(begin, end))
