"""Tags of a report (codebook 1.18): size of a crowd, women as targets, sexual violence beside another act, local administrators."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.coding.crowds import CrowdSize, tag_of
from pipeline.coding.incidents import Incident
from pipeline.coding.reading import Reading
from pipeline.resources.actors import ActorMention
from schemas.taxonomy import SUB_EVENT_TYPES

_CROWDS = frozenset(("Protests", "Riots"))
_TARGETING = frozenset(("Violence against civilians", "Explosions/Remote violence", "Riots"))
"""Event types in which those who suffer may be their target."""
_SEXUAL = "Sexual violence"
WOMEN = (
    "politicians",
    "candidates for office",
    "government officials",
    "girls",
    "activists/human rights defenders/social leaders",
    "relatives of targeted groups or persons",
)
"""Labels of `women targeted`; the lexicon has a cue `women=<label>` for each."""
_BESIDE = 2
"""Tokens about the words for a victim within which a cue belongs to them."""


def tags_of(reading: Reading, incident: Incident, kind: str, patient: ActorMention | None, crowd: CrowdSize | None) -> str | None:
    """The tags of a report, joined by `; ` in alphabetical order; None if it has none.

    Args:
        reading: The text.
        incident: The incident.
        kind: Its sub_event_type.
        patient: Whom it met.
        crowd: Its crowd, if it is a protest or riot that the text counts.
    """
    event_type = SUB_EVENT_TYPES[kind].event_type
    found = {tag_of(reading, crowd)} if event_type in _CROWDS else set()
    if kind != _SEXUAL and "sexual violence" in incident.acts:
        found.add("sexual violence")
    if event_type in _TARGETING:
        spans = list(_victims(reading, incident, patient))
        found |= {f"women targeted: {label}" for label in WOMEN if _stands_in(reading, f"women={label}", spans)}
        if _stands_in(reading, "local_administrator", spans):
            found.add("local administrators")
    return "; ".join(sorted(found)) or None


def _victims(reading: Reading, incident: Incident, patient: ActorMention | None) -> Iterator[tuple[int, int]]:
    """Where the victims are named, with the words right beside."""
    spans = [(toll.people_start, toll.people_end) for toll in incident.tolls if toll.people_end > toll.people_start]
    if patient is not None:
        spans.append((patient.start, patient.end))
    for start, end in spans:
        yield reading.window(start, end, _BESIDE, reading.sentences[reading.document.sentence_at(start)])


def _stands_in(reading: Reading, cue: str, spans: list[tuple[int, int]]) -> bool:
    return any(reading.words_in(f"cue:{cue}", start, end) for start, end in spans)
