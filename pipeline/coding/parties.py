"""The two sides of an incident, from the parts of all its acts (codebook 1.8)."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.coding.incidents import Incident
from pipeline.coding.reading import ARMED, CIVILIANS, CROWDS, Reading
from pipeline.resources.actors import ActorMention
from pipeline.resources.countries import CountryFacts

Sides = tuple[ActorMention | None, ActorMention | None]

_STATES = frozenset((1, 8))
_HEAVY_WEAPONS = ("weapon=air", "weapon=drone", "weapon=shell")


def find_sides(reading: Reading, countries: CountryFacts, incident: Incident) -> Sides:
    """Who acted and whom it met."""
    told = [
        (trigger.row, role) for role, trigger in zip(incident.roles, incident.triggers, strict=True) if not trigger.row.has("weak")
    ]
    taken = any(row.trigger == "territory" for row, _ in told)
    # Of a place that changes hands, who withdraws is the other side.
    leavers = [role.agent for row, role in told if taken and row.trigger == "withdrawal" and role.agent]
    acts = [(row, role) for row, role in told if not (taken and row.trigger == "withdrawal")]
    if taken:
        # Words such as `attacked` are said of many things beside the taking of a place.
        acts = sorted(acts, key=lambda each: each[0].has("generic"))
    agents = [role.agent for _, role in acts if role.agent and role.agent not in leavers]
    agent = _first_armed(agents) or _owner_of_weapon(reading, countries, incident)
    patients = leavers + [role.patient for _, role in acts if role.patient]
    others = [actor for actor in patients if agent is None or actor.actor_ids != agent.actor_ids]
    return agent, (others[0] if others else None)


def find_crowd_and_force(incident: Incident) -> Sides:
    """The two sides of a protest or riot: the crowd stands first, whoever acted, then the force that met it."""
    people = [actor for role in incident.roles for actor in (role.agent, role.patient) if actor]
    crowd = min(people, key=lambda actor: (actor.inter not in CROWDS, actor.inter not in CIVILIANS), default=None)
    force = next((actor for actor in people if actor.inter in ARMED), None)
    return (None if crowd is None or crowd.inter in ARMED else crowd), force


def _first_armed(agents: Sequence[ActorMention]) -> ActorMention | None:
    """The first who is armed; if nobody knew them (`gunmen`), the first name given later (`Islamic State fighters`)."""
    armed = [actor for actor in agents if actor.inter in ARMED] or list(agents)
    if not armed:
        return None
    if armed[0].kind == "registry" or armed[0].inter in _STATES:
        return armed[0]
    return next((actor for actor in armed if actor.kind == "registry" and actor.inter not in _STATES), armed[0])


def _owner_of_weapon(reading: Reading, countries: CountryFacts, incident: Incident) -> ActorMention | None:
    """The state whose weapon acted, as in `a Turkish drone hit`."""
    tokens = reading.document.tokens
    for trigger in incident.triggers:
        sentence = reading.sentences[trigger.sentence]
        for start, end in reading.cue_spans(sentence.start, trigger.start, *_HEAVY_WEAPONS):
            index = reading.document.token_at(start) - 1
            if index >= 0 and (country := countries.name_of(tokens[index].word)):
                phrase = reading.document.text[tokens[index].start : end]
                return ActorMention(tokens[index].start, end, phrase, (f"country:{country}",), "generic", 1)
    return None
