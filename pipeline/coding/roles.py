"""Who did it to whom: from the voice of the verb, the prepositions of the noun and who stands nearest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.coding.classes import ARMED, CIVILIANS
from pipeline.coding.clauses import after_word, first_after, is_object, is_oblique, is_speaker, subject_before
from pipeline.coding.reading import Reading, cues_of
from pipeline.coding.triggers import Trigger
from pipeline.resources.actors import ActorMention

_AGENT_REACH = 14
"""Tokens after a passive verb or a noun within which `by` may name who acts."""
_NAME_REACH = 8
"""Tokens after `by` within which the one who acts is named."""
_PATIENT_REACH = 14
_OBJECT_REACH = 3
_SIGHT = 50
"""Tokens around an act within which those who take part stand."""
_ALLY_REACH = 6
_OWNER_REACH = 2
_BETWEEN_REACH = 9
_LATE_REACH = 6
"""Tokens after a verb within which its object may stand behind a place or a day."""
_MINE_REACH = 4
"""Tokens after `hit` or `struck` within which a mine is what they met."""


@dataclass(frozen=True, slots=True)
class Roles:
    """Who takes part in one act, as one trigger tells it.

    Attributes:
        agent: Who acts.
        patient: Whom it meets.
        is_mutual: True where both do the same, as in `clashes between A and B`: nobody is said to have begun.
        is_passive: Whether the text tells it of whom it meets.
    """

    agent: ActorMention | None = None
    patient: ActorMention | None = None
    is_mutual: bool = False
    is_passive: bool = False


_POSSESSIVE = frozenset(("'s", "’s", "'", "’"))
_POSTS = frozenset(("generic:army-post", "generic:police-post"))
_BEGINNINGS = frozenset(
    ("attack", "shooting", "territory", "explosion", "suicide bombing", "grenade", "shelling", "air strike", "abduction", "looting")
)
DEVICES = frozenset(("explosion", "shelling", "air strike", "suicide bombing", "grenade", "chemical attack"))
_FROM_AFAR = frozenset(("air strike", "shelling", "chemical attack", "grenade"))
_WEAPONS = ("weapon=device", "weapon=shell", "weapon=air", "weapon=drone", "weapon=grenade", "weapon=chemical")


def _is_post(actor: ActorMention) -> bool:
    """Whether words name where a force sits or what it drives: `the police station` attacks nobody."""
    generic = [key for key in actor.actor_ids if key.startswith("generic:")]
    return bool(generic) and all(key in _POSTS for key in generic)


def _shooter(reading: Reading, trigger: Trigger, actor: ActorMention | None) -> ActorMention | None:
    """Who acts through a weapon: nobody who merely stands before one, as in `on a base where a bomb exploded`."""
    if actor is None or _is_post(actor):
        return None
    if trigger.row.trigger not in DEVICES:
        index = reading.document.token_at(trigger.start) - 1
        is_thing = reading.document.tokens[index].word in reading.language.roles.things and index >= 0
        # `On Friday a blast hit a patrol`: no man before it struck.
        return None if is_thing and reading.distance(actor.end, trigger.start) > _OWNER_REACH else actor
    if reading.document.words(trigger.start, trigger.end)[0] in reading.language.roles.bursting:
        # What explodes is a bomb, whoever stands before.
        return None
    weapons = reading.cue_spans(actor.start, trigger.start, *_WEAPONS)
    if not weapons:
        is_own_act = trigger.row.has("verb") and not trigger.row.has("generic")
        is_doer = is_own_act and actor.inter in CIVILIANS and reading.distance(actor.end, trigger.start) == 0
        # `A bomb killed a soldier and wounded five`: whom one verb meets is not who does the next.
        return actor if is_doer or (actor.inter in ARMED and not is_object(reading, actor)) else None
    first = weapons[0][0]
    is_owner = first <= actor.end or reading.distance(actor.end, first) <= _OWNER_REACH
    return actor if is_owner or (is_oblique(reading, actor) and weapons[-1][0] < actor.start) else None


def allies_of(reading: Reading, actor: ActorMention) -> list[ActorMention]:
    """Others of armed classes that `and` joins to an armed actor in one sentence: `the army and the militia`."""
    if actor.inter not in ARMED:
        return []
    sentence = reading.sentences[reading.document.sentence_at(actor.start)]
    row = [each for each in reading.actors_in(sentence.start, sentence.end) if each.inter in ARMED]
    if actor not in row:
        return []
    place = row.index(actor)
    found: list[ActorMention] = []
    for step in (-1, 1):
        position = place
        while 0 <= position + step < len(row):
            # `the Shia militia Hashd al-Shaabi` is one actor: its description joins what stands before it to the name.
            is_apposed = _are_apposed(reading, row[position], row[position + step])
            if not is_apposed and not are_joined(reading, row[position], row[position + step]):
                break
            if is_speaker(reading, row[position + step], sentence.start, sentence.end):
                break
            position += step
            if not is_apposed or row[position].kind == "registry":
                found.append(row[position])
    return [each for each in found if each.actor_ids != actor.actor_ids]


def _are_apposed(reading: Reading, one: ActorMention, other: ActorMention) -> bool:
    first, second = sorted((one, other), key=lambda each: each.start)
    return first.kind != second.kind and not reading.document.words(first.end, second.start)


def are_joined(reading: Reading, one: ActorMention, other: ActorMention) -> bool:
    """Whether `and` or a comma, and no act, stands close between two actors: `the army and Iran-backed militias`."""
    first, second = sorted((one, other), key=lambda each: each.start)
    words = reading.document.words(first.end, second.start)
    is_list = any(word in reading.language.conjunctions or word == "," for word in words)
    is_near = is_list and len(words) <= _ALLY_REACH
    return is_near and not any(cues_of(match, "act") for match in reading.matches_in(first.end, second.start))


def _leader(reading: Reading, actor: ActorMention | None) -> ActorMention | None:
    """The first of those who act together."""
    return min((actor, *allies_of(reading, actor)), key=lambda each: each.start) if actor else None


def _two_sides(reading: Reading, actors: Sequence[ActorMention], trigger: Trigger) -> tuple[ActorMention, ActorMention] | None:
    """Two who stand joined before a verb without an object: `rebels and soldiers clashed`."""
    last = subject_before(reading, actors, trigger.start)
    if last is None or last.inter not in ARMED:
        return None
    after = first_after(reading, actors, trigger.end, _PATIENT_REACH)
    if after is not None and after.inter in ARMED and not reading.breaks_between(trigger.end, after.start):
        return None
    joined = [each for each in allies_of(reading, last) if each.end <= last.start]
    return (joined[0], last) if joined else None


def _taking_part(reading: Reading, trigger: Trigger) -> list[ActorMention]:
    """Actors near a trigger in its sentence that do not only tell the news, unless nobody else is there to act."""
    sentence = reading.sentences[trigger.sentence]
    near = [
        actor
        for actor in reading.actors_in(*reading.window(trigger.start, trigger.end, _SIGHT, sentence))
        if actor.end <= trigger.start or trigger.end <= actor.start
    ]
    speakers = [actor for actor in near if is_speaker(reading, actor, sentence.start, sentence.end)]
    told_of_themselves = [actor for actor in speakers if _tells_of_itself(reading, actor, trigger)]
    return [actor for actor in near if actor not in speakers or actor in told_of_themselves]


def _tells_of_itself(reading: Reading, actor: ActorMention, trigger: Trigger) -> bool:
    """Whether who tells the news tells of its own act: `the army said it had killed two`, `the rebels claimed to have shot`."""
    if actor.end > trigger.start or actor.inter not in ARMED:
        return False
    speech = reading.cue_spans(actor.end, trigger.start, "speech")
    if not speech or reading.actors_in(speech[0][1], trigger.start):
        return False
    words = reading.document.words(speech[0][1], trigger.start)
    # `said on Monday that it had destroyed`
    opener = next((place for place, word in enumerate(words) if word in reading.language.roles.declaratives), -1)
    return any(word in reading.language.selves for word in words[opener + 1 : opener + 3])


def _agent_after(reading: Reading, trigger: Trigger, actors: Sequence[ActorMention], end: int) -> ActorMention | None:
    """Who stands after `by`, unless they only condemned or confirmed the act."""
    is_from = _is_undergone(reading, trigger) or (
        trigger.row.trigger in _FROM_AFAR and (trigger.is_passive or not trigger.row.has("verb"))
    )
    words = reading.language.by | (reading.language.from_ if is_from else frozenset())
    by = after_word(reading, trigger, words, _AGENT_REACH, end)
    if by is None or reading.cue_spans(trigger.end, by, "other_doer"):
        return None
    return first_after(reading, actors, by, _NAME_REACH)


def _is_undergone(reading: Reading, trigger: Trigger) -> bool:
    """Whether the words put who suffers first: `came under fire`, `died`, `hit a mine`, `two soldiers killed in an ambush`."""
    language, tokens = reading.language, reading.document.tokens
    words = reading.document.words(trigger.start, trigger.end)
    if language.under & set(words) or words[0] in language.roles.dying:
        return True
    after = reading.document.token_at(trigger.end)
    if words[0] in language.roles.running_into:
        following = [token.word for token in tokens[after : after + _MINE_REACH]]
        return bool(language.roles.mines & {*words, *following})
    if words[-1] not in language.roles.suffered or not trigger.row.has("verb"):
        return False
    return after >= len(tokens) or (
        tokens[after].word in language.roles.after_suffering and not _has_late_object(reading, trigger, after)
    )


def _has_late_object(reading: Reading, trigger: Trigger, after: int) -> bool:
    """Whether an object follows all the same: `killed at least ten`, `killed in Lima the mayor`."""
    tokens = reading.document.tokens
    if after + 1 < len(tokens) and (tokens[after].word, tokens[after + 1].word) in reading.language.qualifiers:
        return True
    end = reading.sentences[trigger.sentence].end
    late = first_after(reading, reading.actors_in(trigger.end, end), trigger.end, _LATE_REACH)
    return late is not None and not is_oblique(reading, late) and not reading.breaks_between(trigger.end, late.start, commas=True)


def read_roles(reading: Reading, trigger: Trigger) -> Roles:
    """The parts of one act, by the sentence of its trigger; who stands in the trigger itself acts: `unknown gunmen shot`."""
    roles = _read_roles(reading, trigger)
    own = next((actor for actor in reading.actors_in(trigger.start, trigger.end) if actor.end < trigger.end), None)
    if own is None or own.start > trigger.start or own.inter not in ARMED or roles.is_passive:
        return roles
    # `gang-raped` names no gang.
    return replace(roles, agent=own) if reading.document.text[own.end].isspace() else roles


def _read_roles(reading: Reading, trigger: Trigger) -> Roles:
    """The parts of one act by those around its trigger."""
    end = reading.sentences[trigger.sentence].end
    actors = _taking_part(reading, trigger)
    if not actors:
        return Roles()
    language = reading.language
    between = after_word(reading, trigger, language.between, _BETWEEN_REACH, end)
    if between is not None:
        sides = [actor for actor in actors if actor.start >= between]
        return Roles(sides[0] if sides else None, _partner(reading, sides), is_mutual=True)
    agent_after_by = _agent_after(reading, trigger, actors, end)
    if trigger.is_passive or _is_undergone(reading, trigger):
        patient = subject_before(reading, actors, trigger.start) or _owner_of_subject(reading, trigger, actors)
        is_shot = patient is None and trigger.row.trigger in _FROM_AFAR
        if is_shot and (aim := after_word(reading, trigger, language.against - language.of, _BETWEEN_REACH, end)) is not None:
            # `shells were fired at a village`
            patient = first_after(reading, actors, aim, _OBJECT_REACH) or _owner_of_aim(reading, actors, aim)
        return Roles(agent_after_by, patient, is_passive=True)
    is_defence = reading.document.words(trigger.start, trigger.end)[0] in language.roles.defending
    if trigger.row.trigger == "clash" and (is_defence or not (trigger.row.has("generic") or _is_onset(reading, trigger))):
        return _clash(reading, trigger, actors, end)
    agent = _shooter(reading, trigger, subject_before(reading, actors, trigger.start))
    # `the shelling of A`, but not `took control of B`.
    words = reading.document.words(trigger.start, trigger.end)
    is_noun = len(words) == 2 and words[1] in language.of
    if is_noun or not (trigger.row.has("verb") or _is_onset(reading, trigger)):
        return _noun(reading, trigger, actors, agent_after_by, agent)
    # `ambushed soldiers` holds its object.
    own = next(iter(reading.actors_in(trigger.start + 1, trigger.end)), None)
    patient = own or _owner_of_post(reading, trigger, agent) or first_after(reading, actors, trigger.end, _PATIENT_REACH)
    return Roles(_leader(reading, agent), patient)


def _is_onset(reading: Reading, trigger: Trigger) -> bool:
    """Whether words for a fight say who began it: `launched an offensive`, `attacked a patrol`."""
    words = reading.document.words(trigger.start, trigger.end)
    return trigger.row.trigger == "clash" and words[0] in reading.language.onsets


def says_who_began(reading: Reading, trigger: Trigger, roles: Roles) -> bool:
    """Whether an act tells who attacked: to fight, to kill or to wound does not."""
    if trigger.row.trigger in _BEGINNINGS:
        return True
    if trigger.row.trigger != "clash" or roles.is_mutual:
        return False
    first = reading.document.words(trigger.start, trigger.end)[0]
    if first in reading.language.roles.assaulting | reading.language.roles.defending:
        return True
    # The frames of brief texts hold words for killing too, which anybody may do in a fight.
    return not (trigger.row.has("generic") or trigger.row.has("brief"))


def _owner_of_subject(reading: Reading, trigger: Trigger, actors: Sequence[ActorMention]) -> ActorMention | None:
    """Whose the subject is in `soldiers died when their truck hit a mine`."""
    words = reading.document.words(trigger.start, trigger.end)
    first = max(0, reading.document.token_at(trigger.start) - _OBJECT_REACH)
    before = [actor for actor in actors if actor.end <= trigger.start]
    if not before or words[0] not in reading.language.roles.running_into:
        return None
    near = reading.document.words(reading.document.tokens[first].start, trigger.start)
    return before[-1] if reading.language.roles.owners & set(near) else None


def _owner_of_aim(reading: Reading, actors: Sequence[ActorMention], aim: int) -> ActorMention | None:
    """Whose post was aimed at: `thrown at a checkpoint of the border guards`."""
    owner = first_after(reading, actors, aim, 2 * _OBJECT_REACH)
    words = set(reading.document.words(aim, owner.start)) if owner else set()
    return owner if words & reading.language.of and words & reading.language.roles.posts else None


def _owner_of_post(reading: Reading, trigger: Trigger, agent: ActorMention | None) -> ActorMention | None:
    """Whose unit or post is the object in `ambushed their unit`: the armed actor before who does not act."""
    after = reading.document.token_at(trigger.end)
    words = [token.word for token in reading.document.tokens[after : after + 2]]
    if len(words) < 2 or words[0] not in reading.language.roles.owners or words[1] not in reading.language.roles.posts:
        return None
    start = reading.sentences[trigger.sentence].start
    before = [actor for actor in reading.actors_in(start, trigger.start) if actor.inter in ARMED and actor is not agent]
    return before[-1] if before else None


def _partner(reading: Reading, sides: Sequence[ActorMention]) -> ActorMention | None:
    """The second of those after `between`, if `and` stands before it."""
    if len(sides) < 2:
        return None
    words = reading.document.words(sides[0].end, sides[1].start)
    return sides[1] if reading.language.conjunctions & set(words) else None


def _clash(reading: Reading, trigger: Trigger, actors: Sequence[ActorMention], end: int) -> Roles:
    """Two who fight each other: joined before the verb, or the second one after `with` or as its object."""
    if pair := _two_sides(reading, actors, trigger):
        return Roles(*pair, is_mutual=True)
    if reading.document.words(trigger.start, trigger.end)[0] in reading.language.roles.defending:
        return _defence(reading, trigger, actors, end)
    agent = _leader(reading, _shooter(reading, trigger, subject_before(reading, actors, trigger.start)))
    with_ = after_word(reading, trigger, reading.language.against | reading.language.with_, _PATIENT_REACH, end)
    other = first_after(reading, actors, trigger.end if with_ is None else with_, _PATIENT_REACH)
    return Roles(agent, None if other is agent else other, is_mutual=True)


def _defence(reading: Reading, trigger: Trigger, actors: Sequence[ActorMention], end: int) -> Roles:
    """Who beat off whom: `the army repelled the rebels`, `an attack by the rebels`, `the rebels were repelled by the army`."""
    subject = subject_before(reading, actors, trigger.start)
    by = after_word(reading, trigger, reading.language.by, _AGENT_REACH, end)
    other = first_after(reading, actors, trigger.end if by is None else by, _PATIENT_REACH)
    if trigger.is_passive and other is not None:
        return Roles(subject, other, is_passive=True)
    other = None if other is None or other.inter not in ARMED else other
    return Roles(other, subject, is_passive=True)


def _does(reading: Reading, subject: ActorMention | None, trigger: Trigger) -> bool:
    """Whether a subject does what a noun names: it stands right before (`a police raid`), or a verb such as `launched` between.

    In `the police investigate the murder` it does not.
    """
    if subject is None:
        return False
    words = reading.document.words(subject.end, trigger.start)
    if len(words) <= _OWNER_REACH and not reading.language.articles & set(words):
        return True
    if reading.cue_spans(subject.end, trigger.start, "does"):
        return True
    tokens = reading.document.tokens
    language = reading.language
    return any(
        row.has("verb") and tokens[reading.document.token_at(match.start) - 1].word not in language.be
        for match in reading.matches_in(subject.end, trigger.start)
        # `The sergeant evacuated after the blast` set nothing off, nor did `soldiers killed in an ambush` lay it.
        if not reading.breaks_between(match.end, trigger.start)
        and tokens[reading.document.token_at(match.end)].word not in language.places.strictly_in | language.by
        for row in cues_of(match, "act")
    )


def _noun(
    reading: Reading,
    trigger: Trigger,
    actors: Sequence[ActorMention],
    agent_after_by: ActorMention | None,
    subject: ActorMention | None,
) -> Roles:
    """An act that a noun names: `A's attack on B`, `an attack on B by A`, `A repelled an attack by B`."""
    end = reading.sentences[trigger.sentence].end
    own = reading.document.words(trigger.start, trigger.end)
    is_open = own[-1] in reading.language.against
    target = trigger.end if is_open else after_word(reading, trigger, reading.language.against, 6, end)
    reach = _AGENT_REACH
    if target is None and not trigger.row.has("noun"):
        # `to attack villagers`: the form may be a verb.
        target, reach = trigger.end, _OBJECT_REACH
    patient = first_after(reading, actors, target, reach) if target is not None else None
    if target is not None and patient is not None and patient.inter in ARMED:
        # `in an attack on a shop, the raiders used`: another clause tells who did it.
        patient = None if reading.breaks_between(target, patient.start, commas=True) else patient
    if subject is not None and reading.cue_spans(subject.end, trigger.start, "repelled"):
        return Roles(agent_after_by, subject, is_passive=True)
    agent = agent_after_by or (subject if _does(reading, subject, trigger) else _owner_of_act(reading, trigger, actors))
    return Roles(agent, None if patient is agent else patient)


def _owner_of_act(reading: Reading, trigger: Trigger, actors: Sequence[ActorMention]) -> ActorMention | None:
    """Whose act a noun names by what stands right before it: `killed in a Front ambush`, `during the army's raid`."""
    before = [actor for actor in actors if actor.end <= trigger.start]
    if not before or before[-1].inter not in ARMED or _is_post(before[-1]) or trigger.row.trigger in DEVICES:
        return None
    words = reading.document.words(before[-1].end, trigger.start)
    return before[-1] if all(word in _POSSESSIVE for word in words) else None
