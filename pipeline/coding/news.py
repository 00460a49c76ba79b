"""What an article newly reports: the sentence that tells an incident first, and the day of the news."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pipeline.coding.incidents import Incident
from pipeline.coding.reading import Reading

LONGEST_NEWS = dt.timedelta(days=31)
"""An incident that lies further back is never the news of an article."""


def anchor_sentence(reading: Reading, incident: Incident) -> int:
    """The sentence that first tells the incident; a headline within the text only if nothing else does.

    What the title alone tells is anchored where the text opens.
    """
    title = reading.document.title_sentence
    numbers = [trigger.sentence for trigger in incident.triggers if trigger.sentence < title] or range(title)
    return next((number for number in numbers if not reading.sentences[number].is_heading), numbers[0])


def main_day(reading: Reading, incidents: Sequence[Incident]) -> dt.date | None:
    """The day of the article's news: that of its first incident if it is recent or opens a brief text, else the day before R."""
    reference = reading.reference
    for incident in [each for each in incidents if not each.is_recalled][:1]:
        time = incident.time
        opens = reading.is_brief and incident.triggers[0].sentence == 0
        if time and time.day and (reference is None or opens or reference - time.day <= LONGEST_NEWS):
            return time.day
    return reference - dt.timedelta(days=1) if reference else None
