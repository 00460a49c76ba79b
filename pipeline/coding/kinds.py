"""Which of the 25 kinds an incident is: codebook 1.5, from its acts, weapons and sides."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pipeline.coding.classes import ARMED
from pipeline.resources.lexicon import LexiconRow
from schemas.taxonomy import SUB_EVENT_TYPES

_STATE = 1
_ATTACK, _CLASH = "Attack", "Armed clash"
_REGAINS, _OVERTAKES, _TRANSFER = (
    "Government regains territory",
    "Non-state actor overtakes territory",
    "Non-violent transfer of territory",
)
_OTHER, _AGREEMENT = "Other", "Agreement"
_DISRUPTED = "Disrupted weapons use"
_MOB = "Mob violence"
_GRENADE, _DEVICE = "Grenade", "Remote explosive/landmine/IED"
_SUICIDE, _AIR = "Suicide bomb", "Air/drone strike"
_ABDUCTION = "Abduction/forced disappearance"
_LOOTING, _REMOTE = "Looting/property destruction", "Explosions/Remote violence"
_VIOLENT, _PEACEFUL = "Violent demonstration", "Peaceful protest"
_DEMONSTRATIONS = frozenset((_VIOLENT, "Excessive force against protesters", "Protest with intervention", _PEACEFUL))


def decide_type(
    rows: Sequence[LexiconRow],
    *,
    agent_class: int | None,
    patient_class: int | None,
    has_victims: bool,
    is_anyone_hurt: bool,
    is_peaceful_transfer: bool = False,
) -> str:
    """The sub_event_type of an incident.

    Args:
        rows: Rows of the lexicon whose forms tell it.
        agent_class: Class of who acted; None if not known.
        patient_class: Class of whom it met; None if not known.
        has_victims: Whether anybody is said to have been attacked.
        is_anyone_hurt: Whether anybody is said to have been killed or wounded.
        is_peaceful_transfer: Whether the text says that a place changed hands without a fight.
    """
    firm = [row for row in rows if not row.has("weak")] or list(rows)
    proposed = {row.sub_event_type for row in firm if row.sub_event_type}
    if is_peaceful_transfer and proposed & {_REGAINS, _OVERTAKES, _TRANSFER}:
        return _TRANSFER
    demonstrations = proposed & _DEMONSTRATIONS
    # Where a demonstration burns or smashes things it is a violent one.
    if _PEACEFUL in demonstrations and _LOOTING in proposed:
        demonstrations |= {_VIOLENT}
    # A crowd that falls on people where nobody demonstrates is a mob.
    if demonstrations == {_VIOLENT} and _MOB in proposed and all(row.trigger != "protest" for row in rows):
        return _MOB
    chosen = (
        _first(demonstrations)
        if demonstrations
        else _first(_refined(firm, agent_class, patient_class, has_victims, is_anyone_hurt))
    )
    if chosen == "Arrests" and agent_class in ARMED - {_STATE, 8}:
        return _ABDUCTION
    return chosen


def _refined(
    rows: Sequence[LexiconRow], agent_class: int | None, patient_class: int | None, has_victims: bool, is_anyone_hurt: bool
) -> set[str]:
    """The types after the tests that ask who stood on the two sides."""
    refined = {row.sub_event_type for row in rows if row.sub_event_type}
    # `killed` and `attacked` say less than the weapon does.
    if any(SUB_EVENT_TYPES[name].event_type == _REMOTE for name in refined):
        refined.discard(_ATTACK)
        if all(row.has("generic") for row in rows if row.sub_event_type == _CLASH):
            refined.discard(_CLASH)
    # `Bombers` are aircraft or people, `the device` that was thrown is the grenade that the text names: the firmer word decides.
    for firm, vague in ((_SUICIDE, _AIR), (_GRENADE, _DEVICE)):
        if firm in refined and all(row.has("generic") or row.has("weak") for row in rows if row.sub_event_type == vague):
            refined.discard(vague)
    # A mob named as such is no armed group, whatever it does to its victims.
    if _MOB in refined and agent_class not in ARMED:
        refined.discard(_ATTACK)
    # Raiders who only take people or goods have attacked nobody.
    if (_LOOTING in refined and not has_victims) or (_ABDUCTION in refined and not is_anyone_hurt):
        refined.discard(_ATTACK)
    # A deal under which one side leaves a place is told by the place that changes hands.
    if _TRANSFER in refined and all(row.has("brief") for row in rows if row.sub_event_type == _AGREEMENT):
        refined.discard(_AGREEMENT)
    # Attacks that are only why people fled are not what the text tells.
    if not is_anyone_hurt and any(row.trigger == "displacement" for row in rows) and _OTHER in refined:
        return {_OTHER}
    # A raid in which somebody is only arrested is an arrest, one in which arms are only found disrupts their use.
    if refined & {"Arrests", _DISRUPTED} and agent_class in (_STATE, None) and not is_anyone_hurt:
        refined.discard(_ATTACK)
    # Two armed sides make a battle, whatever word the text has for it.
    if _ATTACK in refined and patient_class in ARMED:
        refined = (refined - {_ATTACK}) | {_CLASH}
    return _of_places(refined, agent_class, patient_class)


def _of_places(refined: set[str], agent_class: int | None, patient_class: int | None) -> set[str]:
    """The types after the tests that ask who won a place."""
    # Raiders who hold a village after an attack on its people, with no defender named, have won no battle for it.
    if {_OVERTAKES, _ATTACK} <= refined and patient_class not in ARMED:
        refined.discard(_OVERTAKES)
    if _OVERTAKES in refined and agent_class == _STATE:
        refined = (refined - {_OVERTAKES}) | {_REGAINS}
    if _REGAINS in refined and agent_class in ARMED - {_STATE, 8}:
        refined = (refined - {_REGAINS}) | {_OVERTAKES}
    return refined


def _first(proposed: Collection[str]) -> str:
    return min(proposed, key=lambda name: SUB_EVENT_TYPES[name].precedence)
