"""Items of a list or bulletin: each tells of its own, under a heading that may name its place and day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.coding.calendar_dates import TimeMention
from pipeline.coding.place_doubts import is_country
from pipeline.coding.places import Scene
from pipeline.coding.reading import Reading
from pipeline.resources.gazetteer import Gazetteer, PlaceMention

_LONGEST_HEAD = 70
_BULLET = re.compile(r"[-–—•*·▪■►]\s+|\(?\d{1,2}[.)]\s+")
# ZAPORIZHZHIA AXIS. / SHAN (NORTH). / MAKHMUR: / Burin (11 March): / - Jenin (10 March):
_HEAD = re.compile(r"(?P<name>[^\W\d_][\w’' ,/-]{1,40}?)(?:\s?\((?P<more>[^()\n]{1,30})\))?\s?(?P<end>[:.])(?=\s)")


@dataclass(frozen=True, slots=True)
class Item:
    """One item.

    Attributes:
        paragraph: Number of its paragraph.
        scene: The place that its heading names.
        time: The time that its heading names.
    """

    paragraph: int
    scene: Scene | None
    time: TimeMention | None


def find_items(reading: Reading, gazetteer: Gazetteer) -> dict[int, Item]:
    """The items of a text by paragraph: paragraphs that open with a bullet or number, or with a heading that names a place."""
    found: dict[int, Item] = {}
    text = reading.document.text
    starts: dict[int, int] = {}
    for sentence in reading.sentences[: reading.document.title_sentence]:
        starts.setdefault(sentence.paragraph, sentence.start)
    for paragraph, start in starts.items():
        bullet = _BULLET.match(text, start)
        begin = bullet.end() if bullet else start
        head = _HEAD.match(text, begin, begin + _LONGEST_HEAD)
        is_head = head is not None and (head["name"].isupper() or head["more"] is not None)
        end = head.end() if head and is_head else begin
        place = _place(gazetteer, reading.places_in(begin, end)) if is_head else None
        if bullet or place:
            scene = Scene(place.start, place.end, place.phrase, "in", place.place_ids, "heading") if place else None
            times = [time for time in reading.times_in(begin, end) if time.day] if is_head else []
            found[paragraph] = Item(paragraph, scene, times[0] if times else None)
    return found if len(found) > 1 else {}


def _place(gazetteer: Gazetteer, places: Sequence[PlaceMention]) -> PlaceMention | None:
    return next((place for place in places if not is_country(gazetteer, place.place_ids)), None)
