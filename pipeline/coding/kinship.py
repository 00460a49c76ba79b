"""Which acts may tell of one incident: those of one kind, those that go together, words for violence of any kind."""

from __future__ import annotations

from typing import Protocol

from pipeline.coding.triggers import Trigger

_VIOLENCE = frozenset(
    (
        "clash",
        "attack",
        "shooting",
        "killing",
        "beating",
        "wounding",
        "air strike",
        "shelling",
        "explosion",
        "suicide bombing",
        "grenade",
        "chemical attack",
        "sexual violence",
    )
)
_GROUPS = (
    _VIOLENCE,
    frozenset(("protest", "riot")),
    frozenset(("territory", "withdrawal")),
    frozenset(("abduction",)),
    frozenset(("mob", "riot")),
    frozenset(("clash", "territory")),
)
_JOINED_BY_GENERIC = _VIOLENCE | {"protest", "riot", "territory", "withdrawal", "mob", "abduction", "looting"}
"""Acts that a word such as `killed` or `attacked` may only tell more of."""
_CROWDED = frozenset(("protest", "riot"))
_OF_A_CROWD = frozenset(("arrest", "looting"))
"""Acts that a brief text tells of the crowd that it is about."""
_SPOILS = frozenset(("weapons seizure", "looting"))


class Told(Protocol):
    """What is known of an incident that was told before."""

    acts: set[str]
    is_generic: bool


def kinship(trigger: Trigger, incident: Told, *, is_brief: bool) -> float:
    """How well an act fits what an incident is, in a text that may be brief: 0 for not at all."""
    mine = trigger.row.trigger
    theirs = incident.acts
    if mine in theirs:
        return 3.0
    is_of_crowd = is_brief and theirs & _CROWDED and mine in _OF_A_CROWD
    if is_of_crowd or any(mine in group and group & theirs for group in _GROUPS):
        return 1.0
    if trigger.row.has("generic") and theirs & _JOINED_BY_GENERIC:
        return 0.5
    if incident.is_generic and mine in _JOINED_BY_GENERIC:
        return 0.5
    # A raid that only turns up arms tells no attack beside them; attackers who carry off goods do it in the same attack.
    is_raid = "weapons seizure" in theirs and mine == "attack" and trigger.row.has("generic")
    if is_raid or (mine in _SPOILS and theirs & _VIOLENCE):
        return 0.4
    return 0.2 if trigger.row.has("weak") else 0.0
