"""Which incident each toll of an article belongs to."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol

from pipeline.coding.calendar_dates import TimeMention
from pipeline.coding.casualties import find_tolls
from pipeline.coding.reading import Reading
from pipeline.coding.sentences import Sentence
from pipeline.coding.toll import Toll
from pipeline.coding.triggers import Trigger
from schemas.taxonomy import SUB_EVENT_TYPES

_PARAGRAPHS = 1
"""Paragraphs after an incident, or before the first, within which a sentence without an act tells of it."""
_PARAGRAPHS_TO_DEADLY = 3
_TIME_REACH = 12
"""Tokens beside a toll in which its day stands."""
_NEAR_TIME = 1
"""Tokens between a toll that an incident tells itself and a time that takes it away: `the 90 people killed last June`."""
_FIRM = (1, 3)
"""Precisions of days and months."""
_BREAK = 4
"""Tokens that a clause border counts for between a toll and its time."""
_MOURNING_REACH = 3
_FEWEST_PARTS = 2
_PEACEFUL = frozenset(("Peaceful protest", None))
_DEADLY_TOLLS = frozenset(("dead", "both", "either"))


class Told(Protocol):
    """An incident: the words that tell it, in order, what it cost and when it was."""

    triggers: list[Trigger]
    tolls: list[Toll]
    time: TimeMention | None


class _Last(NamedTuple):
    """The incident told last: its paragraph and number, and those of the last that may cost lives."""

    paragraph: int
    order: int
    deadly: tuple[int, int] | None

    def of(self, paragraph: int) -> int | None:
        """The incident that a sentence of a paragraph tells more of; None if it stands too far from all."""
        if paragraph - self.paragraph > _PARAGRAPHS:
            return None
        return self.deadly[1] if self.deadly and paragraph - self.deadly[0] <= _PARAGRAPHS_TO_DEADLY else self.order


def share_tolls(reading: Reading, incidents: Sequence[Told]) -> None:
    """Gives every toll to an incident.

    It is that told in the toll's sentence, else the one told last before it in the paragraph or the last, rather one of violence
    than a strategic development; what stands before the first incident goes to this if it has no other. A title adds only what
    the text does not tell.
    """
    if not incidents:
        return
    by_sentence: dict[int, list[tuple[int, int]]] = {}
    for order, incident in enumerate(incidents):
        for trigger in incident.triggers:
            by_sentence.setdefault(trigger.sentence, []).append((trigger.start, order))
    are_deadly = [any(_is_deadly(trigger) for trigger in incident.triggers) for incident in incidents]
    opening = reading.sentences[incidents[0].triggers[0].sentence].paragraph
    last: _Last | None = None
    early: list[Toll] = []
    title = reading.document.title_sentence
    for number, sentence in enumerate(reading.sentences[:title]):
        here = sorted(by_sentence.get(number, ()))
        before = last.of(sentence.paragraph) if last else None
        if here or before is not None:
            for toll in find_tolls(reading, sentence):
                order, is_own = _order_of(toll, here, before, are_deadly)
                is_other = _is_background(reading, toll, sentence, incidents[order], is_own=is_own)
                if not is_other and not _is_mourned(reading, toll, incidents[order]):
                    incidents[order].tolls.append(toll)
        elif last is None and opening - sentence.paragraph <= _PARAGRAPHS:
            early += find_tolls(reading, sentence)
        if here:
            deadly = [(sentence.paragraph, order) for _, order in here if are_deadly[order]]
            last = _Last(sentence.paragraph, here[-1][1], deadly[-1] if deadly else last.deadly if last else None)
    _take_apart(incidents)
    # What stands before the first incident tells of this, if nothing else says what it cost.
    if not any(toll.what != "wounded" for toll in incidents[0].tolls):
        incidents[0].tolls[:0] = early
    for number in range(title, len(reading.sentences)):
        _add_from_title(reading, number, sorted(by_sentence.get(number, ())), incidents)
    _divide(incidents, are_deadly)


def _order_of(toll: Toll, here: Sequence[tuple[int, int]], before: int | None, are_deadly: Sequence[bool]) -> tuple[int, bool]:
    """Which incident a toll belongs to, and whether a word within the toll tells of that.

    Args:
        toll: The toll.
        here: Starts of the triggers of its sentence, and their incidents.
        before: The incident that a sentence without a trigger would tell more of.
        are_deadly: Which incidents are of a type that costs lives.
    """
    order = _nearest(here, toll) if before is None or here else before
    within = here[bisect_left(here, (toll.start,)) : bisect_left(here, (toll.end,))]
    is_own = any(each == order for _, each in within)
    # `They captured a camp and five rebels were found dead`, but not bodies that a sentence tells of by themselves.
    is_told = is_own and sum(each == order for _, each in here) > 1
    if before is not None and not are_deadly[order] and not is_told:
        order = before
        is_own = any(each == order for _, each in within)
    return order, is_own


def _is_mourned(reading: Reading, toll: Toll, incident: Told) -> bool:
    """Whether a peaceful crowd only gathered for the dead: `marched after the murder of a teacher`."""
    if not toll.is_noun:
        return False
    acts = (_type_of(trigger) for trigger in incident.triggers if not toll.start <= trigger.start < toll.end)
    first = next(acts, "")
    if first not in _PEACEFUL or any(kind not in _PEACEFUL for kind in acts):
        return False
    index = reading.document.token_at(toll.start)
    before = [token.word for token in reading.document.tokens[max(0, index - _MOURNING_REACH) : index]]
    return any(word in reading.language.clause_breaks for word in before)


def _take_apart(incidents: Sequence[Told]) -> None:
    """Takes away a number of dead that others sum up to, of which one is of its own incident and the rest are of others."""
    for incident in incidents:
        own = [toll for toll in incident.tolls if toll.what == "dead" and toll.basis == "stated"]
        if len(own) < _FEWEST_PARTS or any(toll.is_added for toll in own):
            continue
        first = own[0]
        theirs = [_first_dead(each) for each in incidents if each is not incident and each.triggers[0].start > first.end]
        others = [toll.value for toll in theirs if toll is not None and toll.value]
        part = next((toll for toll in own[1:] if others and toll.value + sum(others) == first.value), None)
        if part is not None:
            incident.tolls = [replace(toll, incidents=1) if toll is part else toll for toll in incident.tolls if toll is not first]


def _first_dead(incident: Told) -> Toll | None:
    return next((toll for toll in incident.tolls if toll.what == "dead" and toll.basis == "stated"), None)


def _is_background(reading: Reading, toll: Toll, sentence: Sentence, incident: Told, *, is_own: bool) -> bool:
    """Whether the words beside a toll put it on a day before its incident: `on Sunday a mother and her son had died`.

    What a word within the toll tells of is that incident, unless the text counts back from this: `bodies were found a day earlier`.
    """
    day = incident.time.day if incident.time else None
    if day is None or toll.what == "wounded":
        return False
    begin, end = reading.window(toll.start, toll.end, _TIME_REACH, sentence)
    times = [time for time in reading.times_in(begin, end) if not time.is_since and (time.day or time.kind == "anchored")]

    def distance(time: TimeMention) -> int:
        start, end = (toll.end, time.start) if time.start >= toll.end else (time.end, toll.start)
        return reading.distance(start, end) + _BREAK * reading.breaks_between(start, end)

    nearest = min(times, key=distance, default=None)
    if nearest is None:
        return False
    if nearest.kind == "anchored":
        return (nearest.offset or 0) < 0 and (not is_own or (incident.time is not None and incident.time.start != nearest.start))
    is_beside = distance(nearest) <= _NEAR_TIME and not reading.breaks_between(nearest.end, toll.start)
    is_others = is_beside and incident.time is not None and incident.time.start != nearest.start
    if nearest.day is None or (is_own and not is_others) or not (nearest.precision == 1 or is_beside):
        return False
    return nearest.precision in _FIRM and (nearest.last or nearest.day) < day


def _add_from_title(reading: Reading, number: int, here: Sequence[tuple[int, int]], incidents: Sequence[Told]) -> None:
    """Gives the tolls of a title to the incidents that the text tells no such toll of."""
    for toll in find_tolls(reading, reading.sentences[number]) if here else ():
        tolls = incidents[_nearest(here, toll)].tolls
        if all((each.what == "wounded") != (toll.what == "wounded") for each in tolls):
            tolls.append(toll)


def _divide(incidents: Sequence[Told], are_deadly: Sequence[bool]) -> None:
    """Divides a total that the text gives for several incidents evenly among them, if it counts just these (codebook 1.16).

    What is left over goes to the first day. An incident of which the text tells the dead by itself has no part in it.
    """
    for order, incident in enumerate(incidents):
        totals = [toll for toll in incident.tolls if toll.what in _DEADLY_TOLLS]
        if len(totals) != 1 or totals[0].incidents == 1 or totals[0].shares > 1 or not are_deadly[order]:
            continue
        total = totals[0]
        others = [
            each
            for place, each in enumerate(incidents)
            if place != order and are_deadly[place] and each.triggers[0].start > total.end
            if not any(toll.what in _DEADLY_TOLLS for toll in each.tolls)
        ]
        if others and len(others) + 1 == total.incidents:
            incident.tolls.remove(total)
            _give_shares(sorted([incident, *others], key=_day), total)


def _day(incident: Told) -> dt.date:
    return incident.time.day if incident.time and incident.time.day else dt.date.max


def _give_shares(incidents: Sequence[Told], total: Toll) -> None:
    count = len(incidents)
    for place, incident in enumerate(incidents):
        value, low = (number // count + (number % count if place == 0 else 0) for number in (total.value, total.low))
        high = None if total.high is None else max(value, total.high // count + (total.high % count if place == 0 else 0))
        incident.tolls.append(replace(total, value=value, low=min(low, value), high=high, parts=(), incidents=1, shares=count))


def _type_of(trigger: Trigger) -> str | None:
    return trigger.row.sub_event_type


def _is_deadly(trigger: Trigger) -> bool:
    """Whether an act makes an incident of a type that costs lives."""
    kind = _type_of(trigger)
    return kind is not None and not trigger.row.has("weak") and SUB_EVENT_TYPES[kind].event_type != "Strategic developments"


def _nearest(here: Sequence[tuple[int, int]], toll: Toll) -> int:
    """Incident of the trigger within the words of a toll, else of the nearest trigger in its sentence."""
    after = bisect_left(here, (toll.start,))
    near = here[max(0, after - 1) : after + 2]
    return min(
        (0 if toll.start <= start < toll.end else min(abs(start - toll.start), abs(start - toll.end)), order)
        for start, order in near
    )[1]
