"""The two sides of an incident, from the parts of all its acts (codebook 1.8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.coding.blame import find_blamed
from pipeline.coding.classes import ARMED, CIVILIANS, CROWDS, NONSTATE, STATES
from pipeline.coding.clauses import is_after_by, is_object, is_oblique, is_speaker
from pipeline.coding.incidents import Incident
from pipeline.coding.naming import PERSON
from pipeline.coding.nations import agreeing_nations
from pipeline.coding.reading import Reading
from pipeline.coding.roles import DEVICES, Roles, allies_of, are_joined, says_who_began
from pipeline.coding.sentences import Sentence
from pipeline.coding.triggers import Trigger
from pipeline.coding.weapons import AIMED, owner_of_weapon, post_that_was_hit
from pipeline.resources.actors import ActorMention
from pipeline.resources.countries import CountryFacts

Sides = tuple[ActorMention | None, ActorMention | None]

_TWO_SIDED = frozenset(("clash", "territory", "withdrawal", "agreement", "weapons seizure"))
_FIGHTS = frozenset(("clash", "territory", "attack", "shooting", "air strike", "shelling", "explosion"))
_OF_OUTLAWS = frozenset(("explosion", "suicide bombing", "grenade"))
_OF_ARMIES = frozenset(("shelling", "air strike", "clash", "territory", "chemical attack"))
_CLAIMABLE = frozenset(("explosion", "suicide bombing", "grenade", "attack", "killing", "wounding", "shooting", "abduction"))
_FOR_A_CAUSE = frozenset(("generic:insurgents", "generic:militia"))
_GOVERNMENT = "generic:government"
_NAMELESS = "generic:gunmen"
_INSURGENTS = "generic:insurgents"
_GUARDS = "generic:private-security"
_SENTENCES_ON = 3
"""Sentences after an incident in which `the gunmen` are those who did it."""
_MEMORY = 2000
"""Characters back to which `the rebels` may refer."""
_REBEL = 2


@dataclass(frozen=True, slots=True)
class _Act:
    """One firm act of an incident."""

    trigger: Trigger
    roles: Roles

    @property
    def name(self) -> str:
        return self.trigger.row.trigger


def find_sides(reading: Reading, countries: CountryFacts, incident: Incident, following: int) -> Sides:
    """Who acted and whom it met.

    Args:
        reading: The text.
        countries: Their nationalities.
        incident: The incident.
        following: Sentence at which the next incident begins.
    """
    acts = [
        _Act(trigger, roles)
        for roles, trigger in zip(incident.roles, incident.triggers, strict=True)
        if not trigger.row.has("weak")
    ]
    names = {act.name for act in acts}
    if "withdrawal" in names and not names & _FIGHTS:
        return _taker_and_leaver(reading, incident, acts)
    left, acts = _in_order(reading, acts, is_taken="territory" in names, is_fight="clash" in names)
    agent, patient = _agent_and_patient(reading, countries, incident, acts, left, following)
    agent = _as_the_text_has_it(reading, incident, agent)
    if "clash" in names and agent is not None and agent.inter in ARMED and (patient is None or patient.inter not in ARMED):
        # Who is hurt in a fight is no side of it, if the text says who fights.
        patient = _opponent(acts, agent) or patient
    if "agreement" in names:
        agent, patient = _partners(reading, countries, incident, agent, patient)
    elif names & _TWO_SIDED:
        agent, patient = _completed(reading, incident, _meant(reading, agent), _meant(reading, patient), are_partners=False)
    else:
        agent = _meant(reading, agent or _bystander(reading, incident, following, patient))
    if names & AIMED and (patient is None or patient.inter not in ARMED):
        patient = post_that_was_hit(reading, incident, agent) or patient
    return agent, patient


def _partners(
    reading: Reading, countries: CountryFacts, incident: Incident, agent: ActorMention | None, patient: ActorMention | None
) -> Sides:
    """The two who agree: not the captives whom it frees, unless nobody else is named; countries where no forces are."""
    freed = patient if patient and patient.inter in CIVILIANS else None
    agent, patient = _completed(
        reading, incident, _meant(reading, agent), None if freed else _meant(reading, patient), are_partners=True
    )
    if agent is None and patient is None:
        pairs = (agreeing_nations(reading, countries, trigger) for trigger in incident.triggers)
        agent, patient = next((tuple(pair) for pair in pairs if pair), (None, None))
    return agent, patient or freed


def _opponent(acts: Sequence[_Act], agent: ActorMention) -> ActorMention | None:
    """The first whom acts met that bears arms and is of the other camp."""
    camp = STATES if agent.inter in STATES else NONSTATE
    met = (act.roles.patient for act in acts if act.roles.patient)
    return next((actor for actor in met if actor.inter in ARMED and actor.inter not in camp), None)


def _as_the_text_has_it(reading: Reading, incident: Incident, actor: ActorMention | None) -> ActorMention | None:
    """An actor of the title as the sentences of the incident name it, if they do."""
    document = reading.document
    if actor is None or document.sentence_at(actor.start) < document.title_sentence:
        return actor
    for number in sorted({trigger.sentence for trigger in incident.triggers} - {document.title_sentence}):
        sentence = reading.sentences[number]
        for each in reading.actors_in(sentence.start, sentence.end):
            if each.actor_ids == actor.actor_ids:
                return each
    return actor


def _in_order(reading: Reading, acts: list[_Act], *, is_taken: bool, is_fight: bool) -> tuple[list[ActorMention], list[_Act]]:
    """Who left a place that changed hands, and the other acts: those first that say who began."""
    leavers = [act.roles.agent for act in acts if is_taken and act.name == "withdrawal" and act.roles.agent]
    others = [act for act in acts if not (is_taken and act.name == "withdrawal")]
    if is_taken:
        # Words such as `attacked` are said of many things beside the taking of a place.
        others = sorted(others, key=lambda each: (each.name == "clash", each.trigger.row.has("generic")))
    elif is_fight:
        began = {id(each): says_who_began(reading, each.trigger, each.roles) for each in others}
        others = sorted(others, key=lambda each: -1 if began[id(each)] else not each.roles.is_mutual)
    return leavers, others


def _agent_and_patient(
    reading: Reading,
    countries: CountryFacts,
    incident: Incident,
    acts: Sequence[_Act],
    leavers: list[ActorMention],
    following: int,
) -> Sides:
    """The first who acts and the first whom it meets, by the verbs; who is blamed if the act itself names nobody."""
    suffering = {act.roles.patient for act in acts if act.roles.patient and act.roles.is_passive}
    # `A rocket hit a barracks, killing five`: whom a weapon met did not go on to kill.
    met = suffering | {act.roles.patient for act in acts if act.roles.agent is None and act.name in DEVICES}
    doing = ((act.roles.agent, met if act.name in DEVICES else suffering) for act in acts)
    agents = [agent for agent, others in doing if agent and agent not in leavers and agent not in others]
    if {act.name for act in acts} & _OF_OUTLAWS and not {act.name for act in acts} & _OF_ARMIES:
        # Forces stand beside a bomb, or are hit by it: no state plants one.
        agents = [agent for agent in agents if agent.inter not in STATES or is_after_by(reading, agent)]
    # `A policeman was shot by men`, and in the title `Policeman shot at a crossing`.
    victims = {actor.actor_ids for actor in suffering}
    agents = [actor for actor in agents if actor.actor_ids not in victims] or agents
    agent = _first_armed(agents) or owner_of_weapon(reading, countries, incident)
    is_state = agent is not None and agent.inter in STATES
    if agent is None or agent.kind == "generic":
        blame = find_blamed(reading, countries, incident, following)
        is_better = blame and (agent is None or blame.actor.kind == "registry" or blame.actor.inter in STATES)
        # Forces stand beside a bombing that others say was theirs.
        is_claimed = (
            blame and blame.rule == "claimed" and blame.actor.inter in NONSTATE and {act.name for act in acts} <= _CLAIMABLE
        )
        agent = blame.actor if blame and (is_claimed if is_state else is_better) else agent
    acting = set(agents)
    patients = leavers + [act.roles.patient for act in acts if act.roles.patient and act.roles.patient not in acting]
    patients = patients or [act.roles.patient for act in acts if act.roles.patient]
    others = [actor for actor in patients if agent is None or not _are_same(agent, actor)]
    if {act.name for act in acts} & _OF_OUTLAWS:
        # The bomber is who did it, also where a verb says that he died or was sent.
        others = [actor for actor in others if _NAMELESS not in actor.actor_ids]
    # A government is named beside an act more often than it is hit.
    others = [actor for actor in others if _GOVERNMENT not in actor.actor_ids] or others
    return agent, _guarded(reading, others) if others else None


def _guarded(reading: Reading, patients: Sequence[ActorMention]) -> ActorMention:
    """The first whom an act met; of guards and those whom they protect the latter: the judge, not her bodyguards."""
    first = patients[0]
    if _GUARDS not in first.actor_ids:
        return first
    sentence = reading.sentences[reading.document.sentence_at(first.start)]
    beside = (each for each in reading.actors_in(sentence.start, sentence.end) if are_joined(reading, first, each))
    return next((each for each in (*patients, *beside) if each.inter in CIVILIANS), first)


def _bystander(reading: Reading, incident: Incident, following: int, patient: ActorMention | None) -> ActorMention | None:
    """An armed actor that no verb of an incident has as its subject, but that acts in its sentences or, nameless, in the next."""
    told = sorted({trigger.sentence for trigger in incident.triggers})
    last = min(following, told[-1] + _SENTENCES_ON + 1, len(reading.sentences))
    for number in sorted({*told, *range(told[0], max(last, told[0] + 1))}):
        sentence = reading.sentences[number]
        if any(row.kind == "gate" for row in reading.sentence_rows(number)):
            continue
        for actor in reading.actors_in(sentence.start, sentence.end):
            is_told = number in told or actor.kind == "generic" or _goes_on(reading, actor)
            if actor.inter in NONSTATE and is_told and _acts(reading, actor, sentence, patient):
                return actor
    return None


def _goes_on(reading: Reading, actor: ActorMention) -> bool:
    """Whether a sentence after the act tells what the only group of the text did: a past verb follows, as in `fighters entered`."""
    if reading.only_group is None or actor.actor_ids != reading.only_group.actor_ids:
        return False
    tokens, language = reading.document.tokens, reading.language
    after = reading.document.token_at(actor.end)
    return after < len(tokens) and tokens[after].word.endswith(language.participle_endings[:1])


def _acts(reading: Reading, actor: ActorMention, sentence: Sentence, patient: ActorMention | None) -> bool:
    """Whether an actor is a subject, or stands after `by`, and does not only tell the news."""
    if patient is not None and actor.actor_ids == patient.actor_ids:
        return False
    is_agent = not is_object(reading, actor) and (not is_oblique(reading, actor) or is_after_by(reading, actor))
    return is_agent and not is_speaker(reading, actor, sentence.start, sentence.end)


def _taker_and_leaver(reading: Reading, incident: Incident, acts: Sequence[_Act]) -> Sides:
    """Of a place that changes hands without a fight, who takes it and who leaves it."""
    takers: list[ActorMention] = []
    leavers: list[ActorMention] = []
    for act in acts:
        if act.name != "withdrawal":
            continue
        agent, patient = act.roles.agent, act.roles.patient
        words = reading.document.words(act.trigger.start, act.trigger.end)
        own, other = (leavers, takers) if words and words[0] in reading.language.leaving else (takers, leavers)
        own += [agent] if agent and agent.inter in ARMED else []
        # `withdrew to its barracks` names nobody else.
        other += [patient] if patient and patient.inter in ARMED and not (agent and _are_one_side(agent, patient)) else []
    taker = takers[0] if takers else None
    leaver = next((actor for actor in leavers if taker is None or actor.actor_ids != taker.actor_ids), None)
    if (known := taker or leaver) and not (taker and leaver):
        someone = _someone_else(reading, incident, known)
        taker, leaver = taker or someone, leaver or someone
    return _meant(reading, taker), _meant(reading, leaver)


def _someone_else(reading: Reading, incident: Incident, known: ActorMention) -> ActorMention | None:
    """An armed actor in the sentences of an incident that is another than the one known."""
    strangers = (actor for actor in _armed_in(reading, incident) if actor.actor_ids != known.actor_ids)
    return next((actor for actor in strangers if not _are_one_side(known, actor)), None)


def _meant(reading: Reading, actor: ActorMention | None) -> ActorMention | None:
    """Whom `the rebels` stands for: the armed group that the text named last before it, or the only one that it names."""
    if actor is None or actor.kind != "generic" or actor.inter not in NONSTATE:
        return actor
    tokens = reading.document.tokens
    index = reading.document.token_at(actor.start) - 1
    if index >= 0 and tokens[index].word in reading.language.definite:
        before = reading.actors_in(max(0, actor.start - _MEMORY), actor.start)
        named = [each for each in before if each.kind == "registry" and each.inter in NONSTATE]
        return named[-1] if named else actor
    only = reading.only_group
    if reading.is_unclaimed or only is None or not _FOR_A_CAUSE & set(actor.actor_ids):
        return actor
    # A militia of the government's, or a gang, are no insurgents.
    is_of_kind = _INSURGENTS not in actor.actor_ids or only.inter == _REBEL
    return only if is_of_kind else actor


def _are_same(one: ActorMention, other: ActorMention) -> bool:
    """Whether two mentions are of one actor: one name, or the forces of one state by two words."""
    is_state = {one.inter, other.inter} <= STATES and {one.kind, other.kind} == {"generic"}
    return one.actor_ids == other.actor_ids or (is_state and _are_one_side(one, other))


def _completed(
    reading: Reading, incident: Incident, agent: ActorMention | None, patient: ActorMention | None, *, are_partners: bool
) -> Sides:
    """Both sides where each act has two: a side that no verb gives is an armed actor of the other camp in its sentences.

    Who is joined to the known side by `and` stands beside it, unless the act is one of partners, as an agreement is.
    """
    known, missing = (agent, patient) if agent else (patient, agent)
    if known is not None and known.inter not in ARMED:
        return agent, patient
    is_joined_to_foe = are_partners
    if known is not None and missing is not None and known.actor_ids == missing.actor_ids:
        # One actor by two words is one side: `rebels and soldiers were killed in a clash`.
        agent, patient, missing, is_joined_to_foe = known, None, None, True
    if known is not None and missing is not None and not _are_one_side(known, missing):
        return agent, patient
    present = _armed_in(reading, incident)
    if known is None and present:
        agent = known = _meant(reading, present[0])
    if known is None:
        return _last_opponents(reading, incident)
    allies = {ally.actor_ids for ally in allies_of(reading, known)} if missing is None and not is_joined_to_foe else set()
    strangers = [actor for actor in present if actor.actor_ids != known.actor_ids and actor.actor_ids not in allies]
    camp = STATES if known.inter in STATES else NONSTATE
    other = next((actor for actor in strangers if actor.inter not in camp), None)
    if other is None and missing is None and (known.kind == "registry" or are_partners):
        other = next((actor for actor in strangers if actor.kind == "registry"), None)
    if other is None and missing is None and known.inter in STATES:
        other = _group_before(reading, incident)
    if other is None:
        return agent, patient
    named = _better_named(known, missing)
    return (named, _meant(reading, other)) if known is agent else (_meant(reading, other), named)


def _group_before(reading: Reading, incident: Incident) -> ActorMention | None:
    """The group that acts in the sentence right before a fight: `The Front took a convoy. Nine soldiers fell`."""
    number = incident.triggers[0].sentence - 1
    if number < 0 or reading.is_unclaimed:
        return None
    sentence = reading.sentences[number]
    named = (
        actor for actor in reading.actors_in(sentence.start, sentence.end) if actor.kind == "registry" and actor.inter in NONSTATE
    )
    return next((actor for actor in named if _acts(reading, actor, sentence, None)), None)


def _last_opponents(reading: Reading, incident: Incident) -> Sides:
    """The sides of a fight that names none: the only group of the text, and the forces named last before."""
    start = reading.sentences[incident.triggers[0].sentence].start
    before = reading.actors_in(max(0, start - _MEMORY), start)
    forces = [actor for actor in before if actor.inter in STATES]
    return (reading.only_group, forces[-1]) if reading.only_group and forces else (None, None)


def _armed_in(reading: Reading, incident: Incident) -> list[ActorMention]:
    """Armed actors in the sentences of an incident that do not only tell the news."""
    found: list[ActorMention] = []
    for number in sorted({trigger.sentence for trigger in incident.triggers}):
        sentence = reading.sentences[number]
        found += [
            actor
            for actor in reading.actors_in(sentence.start, sentence.end)
            if actor.inter in ARMED and not is_speaker(reading, actor, sentence.start, sentence.end)
        ]
    return found


def _are_one_side(one: ActorMention, other: ActorMention) -> bool:
    """Whether two armed actors may be one side told twice: one of them has no name of its own, and both are of one camp."""
    is_same_camp = {one.inter, other.inter} <= STATES or {one.inter, other.inter} <= NONSTATE
    is_foreign = any(key.startswith("country:") for each in (one, other) for key in each.actor_ids)
    return is_same_camp and not is_foreign and "generic" in (one.kind, other.kind)


def _better_named(known: ActorMention, other: ActorMention | None) -> ActorMention:
    return other if other is not None and other.kind == "registry" and known.kind == "generic" else known


def find_displaced(incident: Incident) -> Sides:
    """Those who flee act alone; those whose grave is found suffered."""
    people = [actor for roles in incident.roles for actor in (roles.agent, roles.patient) if actor and actor.inter in CIVILIANS]
    return (people[0] if people else None), None


def find_buried(reading: Reading, countries: CountryFacts, incident: Incident) -> Sides:
    """Those whose grave is found: who killed them is not known, unless the text blames somebody."""
    spans = ((trigger.start, trigger.end) for trigger in incident.triggers)
    graves = [actor for start, end in spans for actor in reading.actors_in(start, end) if actor.inter in CIVILIANS]
    blame = find_blamed(reading, countries, incident, incident.last_sentence + 1)
    return (blame.actor if blame else None), (graves[0] if graves else None)


def find_crowd_and_force(reading: Reading, incident: Incident) -> Sides:
    """The two sides of a protest or riot: the crowd stands first, whoever acted, then the force that met it."""
    people = [actor for roles in incident.roles for actor in (roles.agent, roles.patient) if actor]
    is_mob = "mob" in incident.acts

    def rank(actor: ActorMention) -> tuple[bool, bool, bool]:
        # `women` says more than `people`; of a mob whoever acts comes first.
        return actor.inter not in CROWDS, actor.inter not in CIVILIANS, PERSON in actor.actor_ids and not is_mob

    crowd = min(people, key=rank, default=None)
    armed = [actor for actor in people if actor.inter in ARMED]
    if not armed and not is_mob:
        armed = [actor for actor in _armed_in(reading, incident) if actor.inter in STATES]
    return (None if crowd is None or crowd.inter in ARMED else crowd), (armed[0] if armed else None)


def _first_armed(agents: Sequence[ActorMention]) -> ActorMention | None:
    """The first who is armed; if nobody knew them (`gunmen`), the first name given later (`Islamic State fighters`)."""
    armed = [actor for actor in agents if actor.inter in ARMED] or list(agents)
    if not armed:
        return None
    if armed[0].kind == "registry" or armed[0].inter in STATES:
        return armed[0]
    return next((actor for actor in armed if actor.kind == "registry" and actor.inter not in STATES), armed[0])
