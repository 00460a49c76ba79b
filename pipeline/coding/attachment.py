"""Which act a mention of time belongs to."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence

from pipeline.coding.calendar_dates import TimeMention
from pipeline.coding.reading import Reading
from pipeline.coding.sentences import Sentence
from pipeline.coding.triggers import Trigger

_SPEECH_REACH = 3
_POSSESSIVE = frozenset(("'s", "’s"))
_BRACKET_REACH = 6
_MONTH = 3
"""Precision of a month."""
_NEIGHBOURS = 4
"""Acts on either side of a time that it may belong to."""


def head_times(reading: Reading, triggers: Sequence[Trigger]) -> dict[int, list[TimeMention]]:
    """Times by the start of the trigger that they belong to.

    In `a source on Thursday said that troops withdrew on Monday and attacked`, Thursday belongs to the saying and Monday to the
    withdrawal alone: each time goes to the nearest act or verb of saying in its sentence.
    """
    by_sentence: dict[int, list[Trigger]] = {}
    alone: dict[int, list[Trigger]] = {}
    for trigger in triggers:
        # A weak trigger founds nothing beside another: its time is that of the act beside it.
        (alone if trigger.row.has("weak") else by_sentence).setdefault(trigger.sentence, []).append(trigger)
    by_sentence = {number: here for number, here in alone.items() if number not in by_sentence} | by_sentence
    owned: dict[int, list[TimeMention]] = {}
    for number, here in by_sentence.items():
        sentence = reading.sentences[number]
        spans = [(trigger.start, trigger.end) for trigger in here]
        for time in reading.times_in(sentence.start, sentence.end):
            said = _days_of_saying(reading, time, sentence)
            if time.opens_clause or _is_bracketed(reading, time):
                continue
            after = bisect_left(spans, (time.start, 0))
            near = spans[max(0, after - _NEIGHBOURS) : after + _NEIGHBOURS]
            best = min((*near, *said), key=lambda span: (_head_cost(reading, span, time), span))
            if best not in said and not _is_aside(reading, best, time, sentence):
                owned.setdefault(best[0], []).append(time)
        _share_within(reading, here, owned)
    return owned


def anchor_of(reading: Reading, time: TimeMention) -> dt.date | None:
    """The day in its sentence that a time is counted from: `said on Tuesday that two had been shot a day earlier`."""
    sentence = reading.sentences[reading.document.sentence_at(time.start)]
    before = [each for each in reading.times_in(sentence.start, time.start) if each.day and each.precision == 1]
    return before[-1].day if before else None


def _is_aside(reading: Reading, span: tuple[int, int], time: TimeMention, sentence: Sentence) -> bool:
    """Whether a month belongs to an added clause and the sentence has a day: `took on Monday a town, which was lost in May`."""
    start, end = (span[1], time.start) if span[1] <= time.start else (time.end, span[0])
    if time.precision < _MONTH or start > end or not reading.breaks_between(start, end):
        return False
    return any(each.precision == 1 and each.day for each in reading.times_in(sentence.start, sentence.end))


def _share_within(reading: Reading, here: Sequence[Trigger], owned: dict[int, list[TimeMention]]) -> None:
    """Gives the only dated act's times of a sentence to words such as `killed` beside it, and the other way round."""
    dated = [trigger for trigger in here if trigger.start in owned]
    if len(dated) != 1:
        return
    own = owned[dated[0].start]
    if all(time.day and time.precision == 1 and not time.is_since for time in own):
        # Of several days the one by which the act itself goes: both tell of one incident.
        own = [min(own, key=lambda time: (_head_cost(reading, (dated[0].start, dated[0].end), time), time.start))]
    for trigger in here:
        later = max(trigger, dated[0], key=lambda each: each.start)
        is_kin = trigger.row.has("generic") or dated[0].row.has("generic")
        if trigger is not dated[0] and is_kin and not later.is_separate:
            owned[trigger.start] = own


def is_day_of_saying(reading: Reading, time: TimeMention, sentence: Sentence) -> bool:
    """Whether a time tells when somebody spoke, or explains another in brackets, and so dates no act."""
    return bool(_days_of_saying(reading, time, sentence)) or _is_bracketed(reading, time)


def _days_of_saying(reading: Reading, time: TimeMention, sentence: Sentence) -> list[tuple[int, int]]:
    """Words of saying, or of what is decided of an incident, that a time stands right beside; none for `this morning's attack`."""
    index = reading.document.token_at(time.end)
    tokens = reading.document.tokens
    if index < len(tokens) and tokens[index].word in _POSSESSIVE:
        return []
    window = reading.window(time.start, time.end, _SPEECH_REACH + 2, sentence)
    return [span for span in reading.cue_spans(*window, "speech", "occasion") if _is_day_of_saying(reading, span, time)]


def _is_bracketed(reading: Reading, time: TimeMention) -> bool:
    """Whether a time stands in square brackets, as an editor's note: `at 2230 [0230 GMT on 12 January]`."""
    index = reading.document.token_at(time.start)
    before = [token.word for token in reading.document.tokens[max(0, index - _BRACKET_REACH) : index]]
    return "[" in before and "]" not in before[len(before) - before[::-1].index("[") :]


def _is_day_of_saying(reading: Reading, span: tuple[int, int], time: TimeMention) -> bool:
    """Whether a verb of saying stands right beside a time: `said on Thursday`, `on Thursday reported`."""
    start, end = (span[1], time.start) if span[1] <= time.start else (time.end, span[0])
    # In `reported that on Monday troops attacked` the day is that of what is reported.
    if span[1] <= time.start and any(word in reading.language.complementizers for word in reading.document.words(start, end)):
        return False
    return start <= end and reading.distance(start, end) <= _SPEECH_REACH and not reading.breaks_between(start, end, commas=True)


def _head_cost(reading: Reading, span: tuple[int, int], time: TimeMention) -> int:
    start, end = (span[1], time.start) if span[1] <= time.start else (time.end, span[0])
    if start > end:
        return 0
    commas = reading.breaks_between(start, end, commas=True) - reading.breaks_between(start, end)
    words = reading.document.words(start, end)
    # A semicolon parts one entry of a list from the next; after `and` a time goes with the act before it.
    entries = words.count(";")
    joined = span[0] >= time.end and any(reading.language.joins.get((word,)) == "both" for word in words)
    return reading.distance(start, end) + 6 * reading.breaks_between(start, end) + 3 * commas + 12 * entries + 3 * joined
