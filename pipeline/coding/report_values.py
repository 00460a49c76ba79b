"""Single values of a report, from what was found of its incident."""

from __future__ import annotations

from pipeline.coding.certainty import STATED
from pipeline.coding.incidents import Incident
from pipeline.coding.places import Scene
from pipeline.coding.reading import Reading
from pipeline.coding.roles import allies_of, says_who_began
from pipeline.coding.triggers import Trigger
from pipeline.resources.actors import ActorMention
from schemas.taxonomy import SUB_EVENT_TYPES

CROWD_FIRST = frozenset(("Protests", "Riots"))
"""Event types whose crowd stands first, whoever acted."""


def rule_of_place(scene: Scene) -> str:
    """Name of the rule that gave a place."""
    return f"place.{scene.relation if scene.basis in STATED else scene.basis}"


def on_one_line(phrase: str) -> str:
    """The words of a phrase on one line, free of the separator of lists."""
    return " ".join(phrase.replace(";", " ").split())


def allied_phrases(reading: Reading, actor: ActorMention | None, other_side: ActorMention | None) -> str | None:
    """Words for those who stand beside an actor, joined by `; `."""
    if actor is None:
        return None
    ids = other_side.actor_ids if other_side else ()
    found = {on_one_line(ally.phrase) for ally in allies_of(reading, actor) if ally.actor_ids != ids}
    return "; ".join(sorted(found)) or None


def phrase_of(actor: ActorMention | None) -> str | None:
    """The words of a mention on one line; None for nobody."""
    return on_one_line(actor.phrase) if actor else None


def initiator_of(reading: Reading, kind: str, incident: Incident, agent: ActorMention | None, patient: ActorMention | None) -> str:
    """Which side began: the one that acts, unless both do the same and no other act says who attacked.

    Where nobody is said to act, whoever killed or attacked somebody began: `a policeman was shot dead`.
    """
    if SUB_EVENT_TYPES[kind].event_type in CROWD_FIRST:
        return "unknown"
    told = list(zip(incident.triggers, incident.roles, strict=True))
    # Who was shot in an exchange of fire need not have been attacked.
    assaults = [(trigger, roles) for trigger, roles in told if roles.patient and trigger.row.trigger != "shooting"]
    attacked = {roles.patient.actor_ids for trigger, roles in assaults if roles.patient and says_who_began(reading, trigger, roles)}
    if agent is None:
        is_fight = any(roles.is_mutual or trigger.row.trigger == "clash" for trigger, roles in told)
        suffers = patient is not None and any(roles.is_passive and roles.patient is patient for roles in incident.roles)
        is_victim = patient is not None and (patient.actor_ids in attacked or (suffers and not is_fight))
        return "actor1" if is_victim and SUB_EVENT_TYPES[kind].event_type == "Battles" else "unknown"
    if any(says_who_began(reading, trigger, roles) for trigger, roles in told if roles.agent):
        return "actor1"
    if any(roles.is_mutual for roles in incident.roles):
        return "actor2" if agent.actor_ids in attacked else "actor1" if patient and patient.actor_ids in attacked else "unknown"
    return "actor1"


def decisive_trigger(incident: Incident, kind: str) -> Trigger:
    """The trigger that the type rests on: the first that proposes it, else the heaviest."""
    proposing = [trigger for trigger in incident.triggers if trigger.row.sub_event_type == kind]
    return proposing[0] if proposing else max(incident.triggers, key=lambda trigger: (trigger.row.weight, -trigger.start))
