"""How sure a report is, and what in it a person should look at.

What speaks for a report: the weight of the form that decides the type, times 0.5, plus 0.2 if a day is told, 0.2 if a place finer
than the country is told with the act (0.1 if it comes from elsewhere in the text) and 0.1 if an actor is named. Confidence is the
share of reports with so much that proved right, an event of gold with its type: a line fitted by least squares to the even half of
the gold sets (`khaldun evaluate --by confidence` shows how well it holds). A background report has four fifths of that.
"""

from __future__ import annotations

from pipeline.coding.calendar_dates import TimeMention
from pipeline.coding.deaths import Deaths, is_claimed
from pipeline.coding.incidents import Incident
from pipeline.coding.places import Scene
from pipeline.coding.reading import Reading
from pipeline.coding.triggers import Trigger
from pipeline.resources.actors import ActorMention

STATED = frozenset(("told", "heading"))
"""Bases of a scene that the text states for the incident itself."""
_LEAST, _SLOPE = 0.25, 0.62
"""The line from what speaks for a report to the share that is right."""
_OF_BACKGROUND = 0.8
_UNSURE = 0.6
"""Confidence below which a person should look."""


def confidence_of(
    incident: Incident, scene: Scene | None, decisive: Trigger, actor: ActorMention | None, *, is_background: bool
) -> float:
    """The chance that a report tells an event and its type, from 0 to 1, to four decimals.

    Args:
        incident: The incident.
        scene: Its place; None if none is known.
        decisive: The trigger that its type rests on.
        actor: One of those who take part.
        is_background: Whether the article only recalls it.
    """
    time = incident.time
    placed = 0.0 if scene is None else 0.2 if scene.basis in STATED else 0.1
    spoken_for = 0.5 * decisive.row.weight + 0.2 * bool(time and time.precision == 1) + placed + 0.1 * bool(actor)
    return round((_LEAST + _SLOPE * spoken_for) * (_OF_BACKGROUND if is_background else 1.0), 4)


def review_codes(
    reading: Reading,
    incident: Incident,
    time: TimeMention | None,
    scene: Scene | None,
    deaths: Deaths,
    agent: ActorMention | None,
    confidence: float,
) -> str | None:
    """Codes of what is uncertain, in alphabetical order, joined by `; `; None if nothing is."""
    codes = {
        "unsure": confidence < _UNSURE,
        "date_assumed": time is None and not incident.is_undated,
        "date_beside": time is not incident.time,
        "no_date": time is None and (incident.is_undated or reading.reference is None),
        "no_place": scene is None,
        "place_assumed": scene is not None and scene.basis not in STATED,
        "no_actor": agent is None,
        "word_estimate": deaths.toll is not None and deaths.toll.basis == "word_estimate",
        "belligerent_claim": deaths.toll is not None and is_claimed(reading, deaths.toll),
        "toll_unknown": any(toll.what == "unknown" for toll in incident.tolls),
    }
    found = {code for code, holds in codes.items() if holds} | ({time.needs_review} if time and time.needs_review else set())
    return "; ".join(sorted(found)) or None
