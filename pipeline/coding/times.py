"""The time of an incident that no time stands beside: the one time of the sentences about it that belongs to nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.coding.attachment import is_day_of_saying
from pipeline.coding.calendar_dates import TimeMention
from pipeline.coding.incidents import Incident
from pipeline.coding.reading import Reading

_REACH = (0, -1, 1)
"""Sentences about one that tells an incident, in the order in which they are asked."""
_TELLING = 3
_KINDS = frozenset(("explicit", "weekday", "relative"))
_LONGEST = dt.timedelta(days=31)


@dataclass(frozen=True)
class TimeSettler:
    """Decides the times of the incidents of one text, once all of them are known.

    Attributes:
        reading: The text.
        incidents: All incidents of the text.
    """

    reading: Reading
    incidents: Sequence[Incident]

    def settle(self, incident: Incident) -> TimeMention | None:
        """The time told with an incident, else the only day that a sentence beside it tells; of the last before the next."""
        if incident.time:
            return incident.time
        own = sorted({trigger.sentence for trigger in incident.triggers})[:_TELLING]
        for step in _REACH:
            for number in own:
                days = {time.day: time for time in self._free_times(number + step, is_own=step == 0)}
                if len(days) == 1:
                    return next(iter(days.values()))
        return None

    def _free_times(self, number: int, *, is_own: bool) -> list[TimeMention]:
        """Times of a sentence that tell neither when somebody spoke nor when another incident took place."""
        reading, reference = self.reading, self.reading.reference
        if not 0 <= number < len(reading.sentences) or (not is_own and number in self._telling):
            return []
        sentence = reading.sentences[number]
        return [
            time
            for time in reading.times_in(sentence.start, sentence.end)
            if time.kind in _KINDS
            and time.precision == 1
            and time.day
            and not time.is_since
            and (reference is None or reference - _LONGEST <= time.day <= reference)
            and time.start not in self._dating
            and not is_day_of_saying(reading, time, sentence)
        ]

    @cached_property
    def _telling(self) -> set[int]:
        """Sentences that tell an incident."""
        return {trigger.sentence for incident in self.incidents for trigger in incident.triggers}

    @cached_property
    def _dating(self) -> set[int]:
        """Starts of the times that date an incident."""
        return {incident.time.start for incident in self.incidents if incident.time}
