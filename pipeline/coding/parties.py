"""The two sides of an incident, from the parts of all its acts (codebook 1.8)."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.coding.blame import find_blamed
from pipeline.coding.incidents import Incident
from pipeline.coding.reading import ARMED, CIVILIANS, CROWDS, NONSTATE, Reading
from pipeline.coding.roles import is_speaker
from pipeline.resources.actors import ActorMention
from pipeline.resources.countries import CountryFacts

Sides = tuple[ActorMention | None, ActorMention | None]

_STATES = frozenset((1, 8))
_AIMED = frozenset(("explosion", "suicide bombing", "grenade", "shelling"))
_TWO_SIDED = frozenset(("clash", "territory", "withdrawal", "agreement", "weapons seizure"))
_MEMORY = 2000
"""Characters back to which `the rebels` may refer."""
_HEAVY_WEAPONS = ("weapon=air", "weapon=drone", "weapon=shell")


def find_sides(reading: Reading, countries: CountryFacts, incident: Incident, following: int) -> Sides:
    """Who acted and whom it met.

    Args:
        reading: The text.
        countries: Their nationalities.
        incident: The incident.
        following: Sentence at which the next incident begins.
    """
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
    suffering = {role.patient for row, role in acts if role.patient and role.is_passive}
    agents = [role.agent for _, role in acts if role.agent and role.agent not in leavers and role.agent not in suffering]
    agent = _first_armed(agents) or _owner_of_weapon(reading, countries, incident)
    if agent is None or (agent.kind == "generic" and agent.inter not in _STATES):
        blame = find_blamed(reading, incident, following)
        agent = blame.actor if blame else agent
    acting = set(agents)
    patients = leavers + [role.patient for _, role in acts if role.patient and role.patient not in acting]
    patients = patients or [role.patient for _, role in acts if role.patient]
    others = [actor for actor in patients if agent is None or actor.actor_ids != agent.actor_ids]
    patient = others[0] if others else None
    if any(row.trigger in _TWO_SIDED for row, _ in acts):
        agent, patient = _completed(reading, incident, _meant(reading, agent), _meant(reading, patient))
    elif agent is not None:
        agent = _meant(reading, agent)
    if any(row.trigger in _AIMED for row, _ in acts) and (patient is None or patient.inter not in ARMED):
        patient = _post_that_was_hit(reading, incident, agent) or patient
    return agent, patient


def _meant(reading: Reading, actor: ActorMention | None) -> ActorMention | None:
    """Whom `the rebels` stands for: the armed group that the text named last before it."""
    if actor is None or actor.kind != "generic" or actor.inter not in NONSTATE:
        return actor
    tokens = reading.document.tokens
    index = reading.document.token_at(actor.start) - 1
    if index < 0 or tokens[index].word not in reading.language.definite:
        return actor
    before = reading.actors_in(max(0, actor.start - _MEMORY), actor.start)
    named = [each for each in before if each.kind == "registry" and each.inter in NONSTATE]
    return named[-1] if named else actor


def _completed(reading: Reading, incident: Incident, agent: ActorMention | None, patient: ActorMention | None) -> Sides:
    """Both sides where each act has two: the one that no verb gives is an armed actor of the other camp in its sentences."""
    known, missing = (agent, patient) if agent else (patient, agent)
    if known is None or known.inter not in ARMED or missing is not None:
        return agent, patient
    camp = _STATES if known.inter in _STATES else NONSTATE
    for number in sorted({trigger.sentence for trigger in incident.triggers}):
        sentence = reading.sentences[number]
        for actor in reading.actors_in(sentence.start, sentence.end):
            is_other = actor.inter in ARMED - camp and actor.actor_ids != known.actor_ids
            if is_other and not is_speaker(reading, actor, sentence.start, sentence.end):
                return (agent, actor) if known is agent else (actor, patient)
    return agent, patient


def _post_that_was_hit(reading: Reading, incident: Incident, agent: ActorMention | None) -> ActorMention | None:
    """Forces whose post or column was aimed at: those after `at`, `into` or `outside` in a sentence that tells the blast."""
    tokens, language = reading.document.tokens, reading.language
    for number in sorted({trigger.sentence for trigger in incident.triggers if trigger.row.trigger in _AIMED}):
        sentence = reading.sentences[number]
        for actor in reading.actors_in(sentence.start, sentence.end):
            index = reading.document.token_at(actor.start) - 1
            while index > 0 and tokens[index].word in language.articles:
                index -= 1
            is_aim = index >= 0 and tokens[index].word in language.aims
            if is_aim and actor.inter in _STATES and (agent is None or actor.actor_ids != agent.actor_ids):
                return actor
    return None


def find_displaced(incident: Incident) -> Sides:
    """Those who flee, or nobody for what is only found: no side acts."""
    people = [actor for role in incident.roles for actor in (role.agent, role.patient) if actor and actor.inter in CIVILIANS]
    return (people[0] if people else None), None


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
