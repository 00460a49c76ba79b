"""The times of one act: those beside it, and those that its sentence counts from another act or from what was told before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pipeline.coding.attachment import anchor_of
from pipeline.coding.calendar_dates import DAY, TimeMention
from pipeline.coding.founding import begins_state, with_year
from pipeline.coding.reading import Reading
from pipeline.coding.triggers import Trigger

_OPENING = 1
"""Tokens before words that open a sentence."""


@dataclass
class ActTimes:
    """Tells the times of the acts of one text, in their order.

    Attributes:
        reading: The text.
        heads: Times by the start of the trigger that they stand beside.
        first_acts: The first act of each sentence.
    """

    reading: Reading
    heads: Mapping[int, list[TimeMention]]
    first_acts: Mapping[int, Trigger]
    _anchored: dict[int, TimeMention | None] = field(default_factory=dict)

    def of(self, trigger: Trigger, before: dt.date | None) -> list[TimeMention]:
        """The times of a trigger.

        Args:
            trigger: The act.
            before: Day of the incident told before.
        """
        if counted := self._counted_from_clause(trigger, before):
            return [counted]
        found = []
        own, reference = self.heads.get(trigger.start, []), self.reading.reference
        # Beside a day that has been, one that is still to come is that of something planned.
        has_been = any(time.day and reference and time.day <= reference for time in own)
        for time in own:
            if time.kind == "anchored":
                dated = self._dated(time, before)
                found += [dated] if dated else []
            elif (time.begins or time.is_since) and begins_state(self.reading, trigger):
                day, precision = (time.begins, 1) if time.begins else (time.day, time.precision)
                found.append(replace(time, day=day, last=None, precision=precision, is_since=False))
            else:
                found.append(time if has_been else with_year(self.reading, time))
        return found

    def _dated(self, time: TimeMention, before: dt.date | None) -> TimeMention | None:
        """A time with its day, counted from another of its sentence, from the incident told before or from R."""
        if time.start not in self._anchored:
            # What has happened lies before R: only days counted back are counted from that.
            fallback = self.reading.reference if (time.offset or 0) < 0 else None
            anchor = anchor_of(self.reading, time) or before or fallback
            # Whatever else goes by these words is of that day, and not counted on from it.
            self._anchored[time.start] = time.anchored_to(anchor) if anchor else None
        return self._anchored[time.start]

    def _opener(self, trigger: Trigger) -> tuple[TimeMention, bool, bool] | None:
        """Words such as `a day after` in the sentence of an act; whether they open it; whether the act is in their clause."""
        reading, sentence = self.reading, self.reading.sentences[trigger.sentence]
        time = next((each for each in reading.times_in(sentence.start, sentence.end) if each.opens_clause), None)
        if time is None:
            return None
        is_within = time.end <= trigger.start and not reading.breaks_between(time.end, trigger.start, commas=True)
        return time, reading.distance(sentence.start, time.start) <= _OPENING, is_within

    def is_recalled(self, trigger: Trigger) -> bool:
        """Whether an act is only what a sentence counts its day from: `Two days after the ambush, houses burned`."""
        opener = self._opener(trigger)
        if opener is None or not opener[1] or not opener[2]:
            return False
        index = self.reading.document.token_at(trigger.start)
        return self.reading.document.tokens[index - 1].word in self.reading.language.definite

    def _counted_from_clause(self, trigger: Trigger, before: dt.date | None) -> TimeMention | None:
        """The time of an act beside words such as `a day after` that rests on the other act of its sentence.

        `The town was held on Friday, a day after rebels took it`: they took it on Thursday. `Two days after the ambush, houses
        burned`: that was two days after what was told before.
        """
        opener = self._opener(trigger)
        if opener is None:
            return None
        time, is_leading, is_within = opener
        if is_within and not is_leading:
            anchor = anchor_of(self.reading, time)
            is_told = any(each.start >= time.end and each.day for each in self.heads.get(trigger.start, ()))
            return replace(time, kind="relative", day=anchor - (time.offset or 0) * DAY) if anchor and not is_told else None
        if not is_leading or is_within or trigger.start < time.end:
            return None
        inner = [each for each in self.reading.times_in(time.end, trigger.start) if each.day and each.precision == 1]
        anchor = inner[0].day if inner else before
        return time.anchored_to(anchor) if anchor else None
