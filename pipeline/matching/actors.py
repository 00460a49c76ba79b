"""Which actors an event of some type may have, and which of those reported it gets.

The rules are the hard checks of the codebook: both sides of a battle are armed, violence against civilians has civilians as
its target, demonstrations have their crowd first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from pipeline.matching.arrays import comparable_name
from pipeline.matching.voters import Row
from schemas.taxonomy import ACTOR_CLASSES, SUB_EVENT_TYPES

ACTOR_FIELDS: Final = ("actor1", "actor1_id", "inter1", "actor2", "actor2_id", "inter2", "initiator")

_LABEL: Final = {number: each.label for number, each in ACTOR_CLASSES.items()}
STATE_FORCES, RIOTERS, PROTESTERS, CIVILIANS, EXTERNAL = (_LABEL[number] for number in (1, 5, 6, 7, 8))
MILITIA: Final = _LABEL[3]
ARMED_CLASSES: Final = frozenset(_LABEL[number] for number in (1, 2, 3, 4, 8))

_FIRST: Final = {
    "Battles": ARMED_CLASSES,
    "Violence against civilians": ARMED_CLASSES,
    "Explosions/Remote violence": ARMED_CLASSES,
    "Protests": frozenset({PROTESTERS}),
    "Riots": frozenset({RIOTERS}),
}
_SECOND: Final = {"Battles": ARMED_CLASSES, "Violence against civilians": frozenset({CIVILIANS})}
_GENERIC_FIRST: Final = {"Protests": ("Protesters", PROTESTERS), "Riots": ("Rioters", RIOTERS)}
_GENERIC_SECOND: Final = {
    "Battles": ("Unidentified Armed Group", MILITIA),
    "Violence against civilians": ("Civilians", CIVILIANS),
}
_PROTEST_SECOND: Final[dict[str, frozenset[str | None]]] = {
    "Peaceful protest": frozenset({None, PROTESTERS, CIVILIANS}),
    "Protest with intervention": ARMED_CLASSES | {RIOTERS},
    "Excessive force against protesters": ARMED_CLASSES | {RIOTERS},
}


def actors_fit(sub_event_type: str, row: Row) -> bool:
    """Whether the actors of a report may be those of an event of that type."""
    event_type = SUB_EVENT_TYPES[sub_event_type].event_type
    if event_type in _FIRST and row["inter1"] not in _FIRST[event_type]:
        return False
    return event_type not in _SECOND or row["inter2"] in _SECOND[event_type]


def complete_actors(sub_event_type: str, row: Row) -> Row:
    """The actors of a report, with generic ones where the type asks for an actor that the report lacks.

    The review code `actor_assumed` tells that one was put in.
    """
    event_type = SUB_EVENT_TYPES[sub_event_type].event_type
    found: Row = {name: row[name] for name in ACTOR_FIELDS}
    found["codes"] = []
    first = _GENERIC_FIRST.get(event_type, ("Unidentified Armed Group", MILITIA))
    for side, (name, label) in (("1", first), ("2", _GENERIC_SECOND.get(event_type, (None, None)))):
        if found[f"actor{side}"] is None and name is not None:
            found |= {f"actor{side}": f"{name} ({row['country']})", f"actor{side}_id": None, f"inter{side}": label}
            found["codes"] = ["actor_assumed"]
        elif found[f"actor{side}"] is not None and found[f"inter{side}"] is None:
            found[f"inter{side}"] = label or MILITIA
            found["codes"] = ["actor_class_assumed"]
    if found["actor2"] is None:
        found |= {"actor2_id": None, "inter2": None}
    return found


def choose_actors(sub_event_type: str, voters: Sequence[Row]) -> Row | None:
    """The actors of one report: those that fit the type, the most specific, then the commonest, then the most reliable.

    All values come from one report, so that names, keys and classes belong together.

    Args:
        sub_event_type: Type of the event.
        voters: Reports that have a say, the most reliable first.

    Returns:
        The fields in `ACTOR_FIELDS` and `codes`; None if no report's actors fit the type.
    """
    completed = [(position, row, complete_actors(sub_event_type, row)) for position, row in enumerate(voters)]
    fitting = [(position, row, actors) for position, row, actors in completed if actors_fit(sub_event_type, actors)]
    if not fitting:
        return None
    commonness = Counter((actors["actor1"], actors["actor2"]) for _, _, actors in fitting)

    def rank(entry: tuple[int, Row, Row]) -> tuple[Any, ...]:
        position, row, actors = entry
        return (
            not _suits(sub_event_type, row, actors),
            -_specificity(actors, "1") - _specificity(actors, "2"),
            -commonness[actors["actor1"], actors["actor2"]],
            position,
        )

    return min(fitting, key=rank)[2]


def _suits(sub_event_type: str, row: Row, actors: Row) -> bool:
    """Whether the actors also suit the kind: a peaceful protest meets no police, one that was broken up does."""
    if sub_event_type in _PROTEST_SECOND:
        return bool(actors["inter2"] in _PROTEST_SECOND[sub_event_type])
    if sub_event_type == "Government regains territory":
        return bool({actors["inter1"], actors["inter2"]} & {STATE_FORCES, EXTERNAL})
    if SUB_EVENT_TYPES[sub_event_type].event_type == "Strategic developments":
        return bool(row["sub_event_type"] == sub_event_type)
    return True


def _specificity(actors: Row, side: str) -> int:
    name = actors[f"actor{side}"]
    if name is None:
        return -1
    if comparable_name(name) is None:
        return 0
    return 2 if actors[f"actor{side}_id"] is not None else 1


def join_associates(actors: Row, voters: Sequence[Row]) -> Row:
    """assoc_actor_1 and assoc_actor_2: those of all voters, each on the side where the event has that voter's actor."""
    found: dict[str, set[str]] = {"1": set(), "2": set()}
    for row in voters:
        swapped = _is_swapped(actors, row)
        for side, other in (("1", "2"), ("2", "1")):
            names = row[f"assoc_actor_{other if swapped else side}"]
            found[side].update(name for name in (names or "").split("; ") if name)
    joined: Row = {}
    for side, names in found.items():
        others = sorted(names - {actors["actor1"], actors["actor2"]})
        joined[f"assoc_actor_{side}"] = "; ".join(others) or None
    return joined


def _is_swapped(actors: Row, row: Row) -> bool:
    """Whether the report has the event's actors the other way round, by name, else by class."""
    straight = sum(actors[name] is not None and actors[name] == row[name] for name in ("actor1", "actor2", "inter1", "inter2"))
    crossed = sum(
        actors[one] is not None and actors[one] == row[two]
        for one, two in (("actor1", "actor2"), ("actor2", "actor1"), ("inter1", "inter2"), ("inter2", "inter1"))
    )
    return bool(crossed > straight)
