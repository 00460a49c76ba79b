"""Whose weapon acted, and whose post or property it hit, where no verb says so."""

from __future__ import annotations

from dataclasses import replace

from pipeline.coding.classes import ARMED, CIVILIANS, STATES
from pipeline.coding.clauses import after_word, is_speaker
from pipeline.coding.incidents import Incident
from pipeline.coding.nations import acting_nation, nation_at, nation_before
from pipeline.coding.reading import Reading
from pipeline.coding.triggers import Trigger
from pipeline.resources.actors import ActorMention
from pipeline.resources.countries import CountryFacts

AIMED = frozenset(("explosion", "suicide bombing", "grenade", "shelling"))
_GAS = "chemical attack"
_FROM_AFAR = frozenset(("shelling", "air strike"))
_NAME_REACH = 6
_UNARMED = 7
_WEAPON_ACTS = AIMED | {"air strike", "looting"}
_CIVILIAN, _RESIDENTS = "generic:civilian", "residents"
_ARMY_KEY, _ARMY = "generic:army", "army"
_STATE = 1
_SIGHT = 14
"""Tokens around an act within which stands what it hit."""
_NEAR = 2
_ORIGIN_REACH = 6
_CARRIER_REACH = 4
_WEAPONS = ("weapon=device", "weapon=shell", "weapon=air", "weapon=drone", "weapon=grenade")
_HEAVY_WEAPONS = ("weapon=air", "weapon=drone", "weapon=shell")


def owner_of_weapon(reading: Reading, countries: CountryFacts, incident: Incident) -> ActorMention | None:
    """Whose weapon acted, as in `a Turkish drone hit`, `killed by a Contra mine`, `shells fired from Russian positions`."""
    found = (_owner_at(reading, countries, trigger) for trigger in incident.triggers)
    return next((owner for owner in found if owner), None)


def _owner_at(reading: Reading, countries: CountryFacts, trigger: Trigger) -> ActorMention | None:
    """Whose weapon acted, by the sentence of one act."""
    sentence = reading.sentences[trigger.sentence]
    by = after_word(reading, trigger, reading.language.by, _NAME_REACH, sentence.end) if trigger.is_passive else None
    is_other = by is not None and bool(reading.cue_spans(trigger.end, by, "other_doer"))
    return (
        _nation_of_weapon(reading, countries, trigger)
        or _maker(reading, countries, trigger)
        or (nation_at(reading, countries, by) if by is not None and not is_other else None)
        or acting_nation(reading, countries, trigger)
        or _dropper_of_gas(reading, trigger)
        or (_origin(reading, countries, sentence.start, sentence.end) if trigger.row.trigger in _FROM_AFAR else None)
    )


def _nation_of_weapon(reading: Reading, countries: CountryFacts, trigger: Trigger) -> ActorMention | None:
    """The nation whose heavy weapon a sentence names: after the act only by what it was done, as `by a Russian missile`."""
    sentence = reading.sentences[trigger.sentence]
    agency = reading.language.by | reading.language.places.strictly_in
    for start, end in reading.cue_spans(sentence.start, sentence.end, *_HEAVY_WEAPONS):
        if start > trigger.end and not agency & set(reading.document.words(trigger.end, start)[-_NAME_REACH:]):
            continue
        if owner := nation_before(reading, countries, start, sentence.start):
            return replace(owner, end=end, phrase=reading.document.text[owner.start : end])
    return None


def _dropper_of_gas(reading: Reading, trigger: Trigger) -> ActorMention | None:
    """The state's forces where gas came from an aircraft: nobody else has any."""
    sentence = reading.sentences[trigger.sentence]
    planes = reading.cue_spans(sentence.start, sentence.end, "weapon=air") if trigger.row.trigger == _GAS else []
    return ActorMention(*planes[0], _ARMY, (_ARMY_KEY,), "generic", _STATE) if planes else None


def _maker(reading: Reading, countries: CountryFacts, trigger: Trigger) -> ActorMention | None:
    """Whose name stands right before an act from afar or a weapon: `Indian shelling of`, `struck a Contra mine`."""
    tokens = reading.document.tokens
    sentence = reading.sentences[trigger.sentence]
    if trigger.row.trigger in _FROM_AFAR and (owner := nation_before(reading, countries, trigger.start, sentence.start)):
        return owner
    weapons = {start for start, _ in reading.cue_spans(sentence.start, sentence.end, *_WEAPONS)}
    for actor in reading.actors_in(sentence.start, sentence.end):
        after = reading.document.token_at(actor.end)
        is_maker = actor.kind == "registry" and actor.inter in ARMED and after < len(tokens) and tokens[after].start in weapons
        if is_maker and not _is_aimed_at(reading, actor):
            return actor
    return None


def _is_aimed_at(reading: Reading, actor: ActorMention) -> bool:
    """Whether a preposition says that an actor, or what is its own, was hit: `on a Hezbollah rocket depot`."""
    index = reading.document.token_at(actor.start) - 1
    while index > 0 and reading.document.tokens[index].word in reading.language.articles:
        index -= 1
    # `Struck a Contra mine` aims at nothing.
    aims = (reading.language.against | reading.language.aims) - reading.language.roles.running_into
    return index >= 0 and reading.document.tokens[index].word in aims


def _origin(reading: Reading, countries: CountryFacts, start: int, end: int) -> ActorMention | None:
    """Whose positions something came from: `from Georgian positions`, `from Houthi batteries`."""
    tokens, language = reading.document.tokens, reading.language
    first, stop = reading.document.token_at(start), reading.document.token_at(end)
    for index in range(first, stop - 1):
        if tokens[index].word not in language.from_:
            continue
        last = next(
            (each for each in range(index + 2, min(index + _ORIGIN_REACH, stop)) if tokens[each].word in language.roles.origins), 0
        )
        if not last:
            continue
        named = [actor for actor in reading.actors_in(tokens[index].end, tokens[last].end) if actor.inter in ARMED]
        if named:
            return named[0]
        if owner := nation_before(reading, countries, tokens[last].start, tokens[index].end):
            return owner
    return None


def who_was_hit(reading: Reading, countries: CountryFacts, incident: Incident, agent: ActorMention | None) -> ActorMention | None:
    """Whom a weapon met where no verb has them as its object: a nation's positions, those treated for gas, the owners of a shop."""
    return (
        _nation_that_was_hit(reading, countries, incident, agent)
        or _treated(reading, incident, agent)
        or _people_of_what_was_hit(reading, incident)
    )


def owner_of_disrupted(
    reading: Reading, countries: CountryFacts, incident: Incident, agent: ActorMention | None
) -> ActorMention | None:
    """Whose weapon was stopped: `shot down nine Russian drones`, `intercepted a Houthi missile`."""
    for trigger in incident.triggers:
        sentence = reading.sentences[trigger.sentence]
        for start, end in reading.cue_spans(sentence.start, sentence.end, *_HEAVY_WEAPONS):
            named = [actor for actor in reading.actors_in(sentence.start, start) if reading.distance(actor.end, start) == 0]
            named = [actor for actor in named if actor.kind == "registry" and actor.inter in ARMED]
            owner = named[-1] if named else nation_before(reading, countries, start, sentence.start, is_hit=True)
            if owner and (agent is None or not set(owner.actor_ids) & set(agent.actor_ids)):
                return replace(owner, end=end) if owner.kind == "generic" else owner
    return None


def _nation_that_was_hit(
    reading: Reading, countries: CountryFacts, incident: Incident, agent: ActorMention | None
) -> ActorMention | None:
    """The forces whose positions or stores were hit: `shelled an Eritrean arms depot`."""
    tokens, language = reading.document.tokens, reading.language
    for trigger in incident.triggers:
        if trigger.row.trigger not in _WEAPON_ACTS | _FROM_AFAR | {_GAS}:
            continue
        _, last = reading.window(trigger.start, trigger.end, _SIGHT, reading.sentences[trigger.sentence])
        for index in range(reading.document.token_at(trigger.end), reading.document.token_at(last)):
            if tokens[index].word in language.clause_breaks:
                break
            if tokens[index].word not in language.roles.origins | language.roles.posts | language.roles.stores:
                continue
            owner = nation_before(reading, countries, tokens[index].start, trigger.end, is_hit=True)
            if owner and (agent is None or owner.actor_ids != agent.actor_ids):
                return owner
    return None


def _treated(reading: Reading, incident: Incident, agent: ActorMention | None) -> ActorMention | None:
    """The people in the sentence of a gas attack who do not act: they are treated for it, or had trouble to breathe."""
    for trigger in incident.triggers:
        if trigger.row.trigger != _GAS:
            continue
        sentence = reading.sentences[trigger.sentence]
        for actor in reading.actors_in(sentence.start, sentence.end):
            is_other = agent is None or actor.actor_ids != agent.actor_ids
            if is_other and actor.inter in CIVILIANS and not is_speaker(reading, actor, sentence.start, sentence.end):
                return actor
    return None


def _people_of_what_was_hit(reading: Reading, incident: Incident) -> ActorMention | None:
    """The people whose shop, bus or school a weapon hit, where nobody is said to be hurt; what only serves all is nobody's own."""
    for trigger in incident.triggers:
        if trigger.row.trigger not in _WEAPON_ACTS:
            continue
        first, last = reading.window(trigger.start, trigger.end, _SIGHT, reading.sentences[trigger.sentence])
        weapons = reading.cue_spans(first, last, *_WEAPONS)
        for start, end in reading.cue_spans(first, last, "civil_object"):
            # `A car bomb`, `a device in a van`: what brought the bomb is not what it hit.
            is_carrier = any(begin < end and start < stop for begin, stop in weapons) or _is_carrier(reading, start, end)
            if not is_carrier and _is_hit(reading, trigger, start, end):
                return ActorMention(start, end, _RESIDENTS, (_CIVILIAN,), "generic", _UNARMED)
    return None


def _is_hit(reading: Reading, trigger: Trigger, start: int, end: int) -> bool:
    """Whether words stand where what an act hit does: behind it in its clause, or right before a passive verb."""
    if trigger.end <= start:
        return not reading.breaks_between(trigger.end, start)
    return end <= trigger.start and trigger.is_passive and reading.distance(end, trigger.start) <= _NEAR


def _is_carrier(reading: Reading, start: int, end: int) -> bool:
    """Whether a vehicle holds the bomb: `in a parked car`, `a truck packed with`."""
    if not reading.cue_spans(start, end, "vehicle"):
        return False
    language, tokens = reading.language, reading.document.tokens
    index, after = reading.document.token_at(start), reading.document.token_at(end)
    before = {token.word for token in tokens[max(0, index - _CARRIER_REACH) : index]}
    following = tokens[after].word if after < len(tokens) else ""
    return bool(before & (language.places.strictly_in | language.under | language.with_)) or following in language.roles.laden


def post_that_was_hit(reading: Reading, incident: Incident, agent: ActorMention | None) -> ActorMention | None:
    """Forces whose post or column was aimed at: those after `at`, `into` or `outside` in a sentence that tells the blast."""
    tokens, language = reading.document.tokens, reading.language
    for number in sorted({trigger.sentence for trigger in incident.triggers if trigger.row.trigger in AIMED}):
        sentence = reading.sentences[number]
        for actor in reading.actors_in(sentence.start, sentence.end):
            index = reading.document.token_at(actor.start) - 1
            while index > 0 and tokens[index].word in language.articles:
                index -= 1
            is_aim = index >= 0 and tokens[index].word in language.aims
            is_owner = index > 1 and tokens[index].word in language.of and tokens[index - 1].word in language.roles.posts
            is_force = actor.inter in STATES or (is_owner and actor.inter in ARMED)
            if (is_aim or is_owner) and is_force and (agent is None or actor.actor_ids != agent.actor_ids):
                return actor
    return None
