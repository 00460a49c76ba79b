"""Rules on the kind of an event: what follows from sub_event_type."""

from __future__ import annotations

import pandas as pd

from pipeline.checking.check import ACLED, BOTH, in_row, is_true
from schemas.taxonomy import ACTOR_CLASSES, SUB_EVENT_TYPES

_EVENT_TYPES = {name: each.event_type for name, each in SUB_EVENT_TYPES.items()}
_DISORDER_TYPES = {name: each.disorder_type for name, each in SUB_EVENT_TYPES.items()}
_TARGETING = {name: each.civilian_targeting for name, each in SUB_EVENT_TYPES.items()}
_DRONE = r"\b(?:drones?|UAVs?|unmanned|quadcopters?)\b"
_NAME_OF_THE_TYPE = r"(?i)\bair(?:strike)?(?: or |/)drone"


@in_row(
    "event_type_not_of_sub_event_type",
    "hard",
    BOTH,
    "sub_event_type decides event_type.",
    "sub_event_type {sub_event_type} is not one of event_type {event_type}: correct one of the two.",
    source=ACLED,
)
def event_type_not_of_sub_event_type(frame: pd.DataFrame) -> pd.Series:
    """Rows whose event_type is not that of their sub_event_type."""
    return frame["event_type"] != frame["sub_event_type"].map(_EVENT_TYPES)


@in_row(
    "disorder_type_not_of_sub_event_type",
    "hard",
    BOTH,
    "sub_event_type decides disorder_type.",
    "sub_event_type {sub_event_type} is not one of disorder_type {disorder_type}: correct one of the two.",
    source=ACLED,
)
def disorder_type_not_of_sub_event_type(frame: pd.DataFrame) -> pd.Series:
    """Rows whose disorder_type is not that of their sub_event_type."""
    return frame["disorder_type"] != frame["sub_event_type"].map(_DISORDER_TYPES)


@in_row(
    "civilian_targeting_not_of_sub_event_type",
    "hard",
    BOTH,
    "civilian_targeting is set for all Violence against civilians and for Excessive force against protesters; it is null for "
    "Battles, for other Protests and for Strategic developments.",
    "civilian_targeting is {civilian_targeting}, which {sub_event_type} does not allow: set it, or clear it, or correct the type.",
    source=ACLED,
)
def civilian_targeting_not_of_sub_event_type(frame: pd.DataFrame) -> pd.Series:
    """Rows that target civilians where the type excludes it, or do not where it demands it."""
    rule, is_set = frame["sub_event_type"].map(_TARGETING), frame["civilian_targeting"].notna()
    return (rule == "always") & ~is_set | (rule == "never") & is_set


@in_row(
    "civilian_targeting_not_of_actors",
    "soft",
    BOTH,
    "In Explosions/Remote violence and Riots, civilian_targeting is set where actor2 are civilians, and only where civilians are "
    "named on that side.",
    "civilian_targeting is {civilian_targeting}, actor2 {actor2}, assoc_actor_2 {assoc_actor_2}: look whether civilians were the "
    "main target.",
)
def civilian_targeting_not_of_actors(frame: pd.DataFrame) -> pd.Series:
    """Rows whose civilian_targeting does not fit who was hit."""
    depends = frame["sub_event_type"].map(_TARGETING) == "if_targeted"
    are_target = is_true(frame["inter2"] == ACTOR_CLASSES[7].label)
    are_named = are_target | is_true(frame["assoc_actor_2"].str.contains("Civilians (", regex=False))
    is_set = frame["civilian_targeting"].notna()
    return depends & (are_target & ~is_set | is_set & ~are_named)


@in_row(
    "suicide_bomb_without_deaths",
    "soft",
    BOTH,
    "A suicide bomber counts among the dead.",
    "A Suicide bomb with 0 deaths: count the bomber, or correct the type.",
)
def suicide_bomb_without_deaths(frame: pd.DataFrame) -> pd.Series:
    """Suicide bombs in which nobody died."""
    return (frame["sub_event_type"] == "Suicide bomb") & (frame["fatalities"] == 0)


@in_row(
    "chemical_weapon",
    "soft",
    BOTH,
    "Every Chemical weapon event is looked at.",
    "Chemical weapons are rare: look whether the agent is a banned one. Tear gas and incendiaries do not count.",
)
def chemical_weapon(frame: pd.DataFrame) -> pd.Series:
    """All uses of chemical weapons."""
    return frame["sub_event_type"] == "Chemical weapon"


@in_row(
    "air_strike_by_militia",
    "soft",
    BOTH,
    "Political and identity militias strike from the air only with drones.",
    "An Air/drone strike by {actor1} ({inter1}) whose notes name no drone: look who flew.",
)
def air_strike_by_militia(frame: pd.DataFrame) -> pd.Series:
    """Strikes from the air by militias without a word of a drone."""
    is_militia = frame["inter1"].isin([ACTOR_CLASSES[3].label, ACTOR_CLASSES[4].label])
    notes = frame["notes"].str.replace(_NAME_OF_THE_TYPE, "", regex=True)
    return (frame["sub_event_type"] == "Air/drone strike") & is_militia & ~is_true(notes.str.contains(_DRONE, case=False))
