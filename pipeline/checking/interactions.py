"""Soft rules: which interactions go with which sub-event type."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from pipeline.checking.actors import EXTERNAL, PROTESTERS, RIOTERS, STATE
from pipeline.checking.check import BOTH, in_row
from schemas.taxonomy import INTERACTIONS

_LOOK = "{sub_event_type} with the interaction {interaction} is unusual: look at the type and the actors."
_ALLIES = (11, 13, 14, 18, 22, 28, 33, 38, 44, 48, 88)
_VIOLENT_CROWD = (15, 25, 35, 45, 50, 55, 56, 57, 58)
_PEACEFUL_CROWD_MET = (16, 26, 36, 46, 56, 68)


def _labels(codes: Iterable[int]) -> list[str]:
    return [INTERACTIONS[code].label for code in codes]


def _other_than(frame: pd.DataFrame, types: list[str], codes: Iterable[int]) -> pd.Series:
    """Rows of some types whose interaction is known and is none of those listed."""
    known = frame["interaction"].notna()
    return frame["sub_event_type"].isin(types) & known & ~frame["interaction"].isin(_labels(codes))


@in_row(
    "regained_without_state",
    "soft",
    BOTH,
    "Where a government regains territory, one side are state forces or their external allies.",
    _LOOK,
)
def regained_without_state(frame: pd.DataFrame) -> pd.Series:
    """Territory regained by nobody of the state."""
    helped = frame["inter1"].isin([STATE, EXTERNAL]) | frame["inter2"].isin([STATE, EXTERNAL])
    return (frame["sub_event_type"] == "Government regains territory") & frame["interaction"].notna() & ~helped


@in_row(
    "overtaken_by_state",
    "soft",
    BOTH,
    "Where a non-state actor overtakes territory, one side is no state force.",
    _LOOK,
)
def overtaken_by_state(frame: pd.DataFrame) -> pd.Series:
    """Territory overtaken with none but state forces on both sides."""
    return (frame["sub_event_type"] == "Non-state actor overtakes territory") & frame["interaction"].isin(_labels([10, 11]))


@in_row(
    "protest_met_by_nobody",
    "soft",
    BOTH,
    "Excessive force against protesters and Protest with intervention name who met the protesters: interaction 16, 26, 36, 46, 56 "
    "or 68.",
    _LOOK,
)
def protest_met_by_nobody(frame: pd.DataFrame) -> pd.Series:
    """Protests with intervention or excessive force in which nobody intervenes."""
    return _other_than(frame, ["Excessive force against protesters", "Protest with intervention"], _PEACEFUL_CROWD_MET)


@in_row(
    "peaceful_protest_with_force",
    "soft",
    BOTH,
    "A Peaceful protest is one of protesters alone, with other protesters or civilians.",
    _LOOK,
)
def peaceful_protest_with_force(frame: pd.DataFrame) -> pd.Series:
    """Peaceful protests that met somebody."""
    return _other_than(frame, ["Peaceful protest"], (60, 66, 67))


@in_row(
    "violent_demonstration_interaction",
    "soft",
    BOTH,
    "A Violent demonstration is one of rioters alone or against another side: interaction 15, 25, 35, 45, 50, 55, 56, 57 or 58.",
    _LOOK,
)
def violent_demonstration_interaction(frame: pd.DataFrame) -> pd.Series:
    """Violent demonstrations without rioters on a side."""
    return _other_than(frame, ["Violent demonstration"], _VIOLENT_CROWD)


@in_row(
    "mob_violence_interaction",
    "soft",
    BOTH,
    "Mob violence is one of rioters alone or against another side, but not against protesters.",
    _LOOK,
)
def mob_violence_interaction(frame: pd.DataFrame) -> pd.Series:
    """Mob violence without rioters on a side, or against protesters."""
    return _other_than(frame, ["Mob violence"], (code for code in _VIOLENT_CROWD if code != 56))


@in_row(
    "arrests_of_nobody",
    "soft",
    BOTH,
    "Arrests name who was arrested.",
    "Arrests by {actor1} without an actor2: name those arrested, for example as Civilians (<country>).",
)
def arrests_of_nobody(frame: pd.DataFrame) -> pd.Series:
    """Arrests without anybody arrested."""
    return (frame["sub_event_type"] == "Arrests") & frame["actor1"].notna() & frame["actor2"].isna()


@in_row(
    "settlement_with_crowd",
    "soft",
    BOTH,
    "Agreements and Non-violent transfers of territory are not made by rioters or protesters.",
    _LOOK,
)
def settlement_with_crowd(frame: pd.DataFrame) -> pd.Series:
    """Agreements and transfers in which a crowd is a side."""
    crowds = [RIOTERS, PROTESTERS]
    settled = frame["sub_event_type"].isin(["Agreement", "Non-violent transfer of territory"])
    return settled & (frame["inter1"].isin(crowds) | frame["inter2"].isin(crowds))


@in_row(
    "own_change_with_opponent",
    "soft",
    BOTH,
    "Change to group/activity and Headquarters or base established have one side, or one and its ally.",
    _LOOK,
)
def own_change_with_opponent(frame: pd.DataFrame) -> pd.Series:
    """A group's own changes in which a second side stands that is no likely ally."""
    alone = [each.interaction for each in INTERACTIONS.values() if each.inter2 is None]
    return _other_than(frame, ["Change to group/activity", "Headquarters or base established"], (*alone, *_ALLIES))
