"""Acts that a text only speaks of, and of which it tells the day: `was charged with killing a judge in Karsa on 3 May`.

Whoever condemns, tries, mourns or inquires into an act takes it for a fact. Such an act is no news, and a report of background.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.coding.attachment import is_day_of_saying
from pipeline.coding.calendar_dates import TimeMention
from pipeline.coding.founding import NAMING
from pipeline.coding.reading import Reading
from pipeline.coding.triggers import Rejection, Trigger, closing_gates

_RECALLING = frozenset(("condemned", "verdict", "anniversary"))
"""Gates of words that take an act for a fact."""
_AFTER, _BEFORE = 16, 2
"""Tokens after and before an act within which its day stands."""


def find_recalled(reading: Reading, rejections: Sequence[Rejection]) -> tuple[list[Trigger], list[Rejection]]:
    """Of the triggers that gates turned down those that are recalled with their day, and the others."""
    recalled: list[Trigger] = []
    others: list[Rejection] = []
    for each in rejections:
        is_firm = not each.trigger.row.has("weak") or each.trigger.row.trigger in NAMING
        is_fact = each.gate in _RECALLING and _RECALLING.issuperset(closing_gates(reading, each.trigger))
        if is_fact and is_firm and _has_day(reading, each.trigger):
            recalled.append(replace(each.trigger, is_recalled=True))
        else:
            others.append(each)
    return recalled, others


def _has_day(reading: Reading, trigger: Trigger) -> bool:
    """Whether a day stands after an act and before a new clause, or right before it: `the 3 May attack`, `Monday's attack`."""
    sentence = reading.sentences[trigger.sentence]
    if sentence.start >= _title_start(reading):
        return False
    start, end = reading.window(trigger.start, trigger.end, _AFTER, sentence)
    after = next(iter(reading.times_in(trigger.end, end)), None)
    if after and _is_firm(reading, after) and not is_day_of_saying(reading, after, sentence):
        return not reading.breaks_between(trigger.end, after.start) and not _has_verb(reading, trigger.end, after.start)
    before = next(iter(reversed(reading.times_in(start, trigger.start))), None)
    return before is not None and _is_firm(reading, before) and reading.distance(before.end, trigger.start) <= _BEFORE


def _has_verb(reading: Reading, start: int, end: int) -> bool:
    """Whether a verb stands within a span, whose day that of the act is not: `accused of killing a man were tried on Monday`."""
    language = reading.language
    words = reading.document.words(start, end)
    verbs = language.be | language.have_past | language.irregular_past
    return any((word in verbs or word.endswith(language.past_endings)) and word not in language.befalling for word in words)


def _title_start(reading: Reading) -> int:
    numbers = reading.sentences[reading.document.title_sentence :]
    return numbers[0].start if numbers else len(reading.document.text)


def _is_firm(reading: Reading, time: TimeMention) -> bool:
    has_been = time.day is not None and (reading.reference is None or time.day <= reading.reference)
    return has_been and time.kind != "vague" and not time.is_since
