"""One incident for each of several places or days that one sentence names (codebook 1.7): `in Kirkuk, Hawija and Daquq`.

A total that the text gives for all of them is divided evenly, what is left over goes to the first (codebook 1.16).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from pipeline.coding.calendar_dates import TimeMention
from pipeline.coding.incidents import Incident, Share
from pipeline.coding.place_doubts import is_country
from pipeline.coding.places import Scene, are_compatible
from pipeline.coding.reading import Reading
from pipeline.resources.gazetteer import Gazetteer

_IN_ONE_PLACE = frozenset(("displacement", "movement of forces", "change of group", "agreement", "coup"))
"""Acts that several places only tell the way of, or the reach."""
_MOST_PLACES = 8
_DAYS = frozenset(("weekday", "explicit", "relative"))


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_S = TypeVar("_S", bound=_Spanned)


def split_incidents(reading: Reading, gazetteer: Gazetteer, incidents: Sequence[Incident]) -> list[Incident]:
    """The incidents in order, each that a list of places or days stands for as one of every place, or every day."""
    found: list[Incident] = []
    for incident in incidents:
        parts = _by_place(reading, gazetteer, incident, incidents) or _by_day(reading, incident)
        shares = [Share(number, len(parts)) for number in range(len(parts))]
        found += [replace(part, share=share) for part, share in zip(parts, shares, strict=True)] or [incident]
    return found


def _by_place(reading: Reading, gazetteer: Gazetteer, incident: Incident, others: Sequence[Incident]) -> list[Incident]:
    """An incident for every place of the list that its scene stands in; none if it stands in no list."""
    scene = incident.scene
    if scene is None or not scene.place_ids or incident.acts & _IN_ONE_PLACE:
        return []
    sentence = reading.sentences[reading.document.sentence_at(scene.start)]
    named = reading.places_in(sentence.start, sentence.end)
    towns = [each for each in named if not is_country(gazetteer, each.place_ids)]
    scenes = [
        Scene(each.start, each.end, each.phrase, scene.relation, each.place_ids) for each in _listed(reading, towns, scene.start)
    ]
    if not 1 < len(scenes) <= _MOST_PLACES or not _are_apart(gazetteer, scenes):
        return []
    # What the text goes on to tell of one of the places is told there, with its own toll.
    elsewhere = [each.scene for each in others if each is not incident and each.scene and each.acts & incident.acts]
    left = [one for one in scenes if not any(are_compatible(gazetteer, one, other) for other in elsewhere)]
    if len(left) < len(scenes) and (incident.tolls or len(left) == 1):
        return []
    return [replace(incident, scene=each) for each in left]


def _by_day(reading: Reading, incident: Incident) -> list[Incident]:
    """An incident for every day of the list that its time stands in; none if it stands in no list."""
    time = incident.time
    if time is None or time.kind not in _DAYS or incident.is_inherited or incident.acts & _IN_ONE_PLACE:
        return []
    sentence = reading.sentences[reading.document.sentence_at(time.start)]
    times = [each for each in reading.times_in(sentence.start, sentence.end) if each.kind in _DAYS and each.last is None]
    listed: list[TimeMention] = sorted(_listed(reading, times, time.start), key=lambda each: (str(each.day), each.start))
    if len({each.day for each in listed}) < len(listed) or any(each.precision != 1 or each.day is None for each in listed):
        return []
    return [replace(incident, time=each) for each in listed] if len(listed) > 1 else []


def _listed(reading: Reading, mentions: Sequence[_S], start: int) -> list[_S]:
    """The mentions of the list that one of them stands in: commas between them, and at last `and`; none after `between`."""
    for row in _rows(reading, mentions):
        if any(each.start == start for each in row):
            index = reading.document.token_at(row[0].start) - 1
            is_between = index >= 0 and reading.document.tokens[index].word in reading.language.between
            return [] if is_between else row
    return []


def _rows(reading: Reading, mentions: Sequence[_S]) -> Iterator[list[_S]]:
    """Runs of mentions that end with two joined by `and`."""
    row: list[_S] = []
    for each in mentions:
        words = reading.document.words(row[-1].end, each.start) if row else []
        is_last = bool(words) and reading.language.joins.get((words[-1],)) == "both" and words[:-1] in ([], [","])
        if row and not is_last and words != [","]:
            row = []
        row.append(each)
        if is_last:
            yield row
            row = []


def _are_apart(gazetteer: Gazetteer, scenes: Sequence[Scene]) -> bool:
    """Whether no place lies in another, as a town does in the province named after it."""
    return not any(are_compatible(gazetteer, one, other) for index, one in enumerate(scenes) for other in scenes[index + 1 :])


def share_of(columns: dict[str, Any], incident: Incident, article_id: str) -> dict[str, Any]:
    """The columns of the dead of an incident, of one that stands for a list those of its part."""
    if incident.share is None:
        return columns
    shared = {**columns, "split_group": f"{article_id}:{incident.triggers[0].start}"}
    number, size = incident.share
    if not columns["fatalities_high" if columns["fatalities_high"] is not None else "fatalities"]:
        return shared

    def part(total: int | None) -> int | None:
        return None if total is None else total // size + (total % size if number == 0 else 0)

    dead, low, high = (part(columns[name]) for name in ("fatalities", "fatalities_low", "fatalities_high"))
    # What is left over may turn the order of the three about, and whose dead they were is not known of a part.
    bounds = {"fatalities_low": min(low or 0, dead or 0), "fatalities_high": None if high is None else max(high, dead or 0)}
    sides = dict.fromkeys(("deaths_actor1", "deaths_actor2", "deaths_civilians"))
    return {**shared, **bounds, **sides, "fatalities": dead, "fatalities_basis": "shared_total"}
