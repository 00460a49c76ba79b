"""Who the actors of a report are: names of the registry on that day, in the order that the codebook fixes (1.6, 1.8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pipeline.locating.sides import (
    CIVILIANS,
    EXTERNAL,
    GOVERNMENT,
    NAMELESS,
    NOBODY,
    POLITICAL,
    PROTESTERS,
    RIOTERS,
    SECURITY,
    STATE,
    Scene,
    Side,
    Sides,
    other_side,
)
from schemas.taxonomy import ACTOR_CLASSES, SUB_EVENT_TYPES, interaction_label

Row = Mapping[str, Any]

_FORCES = frozenset({"army", "security", "mutineers"})
_FORMS = {"Protesters (": PROTESTERS, "Rioters (": RIOTERS, "Civilians (": CIVILIANS}
_MET_BY_FORCE = frozenset({"Excessive force against protesters", "Protest with intervention"})
_AIR_STRIKE = "Air/drone strike"
_ALONE = frozenset({"Change to group/activity", "Headquarters or base established"})


def _as_given(phrase: str, origin: int) -> Side:
    """An actor that a person named and the registry lacks."""
    inter = next((inter for form, inter in _FORMS.items() if phrase.startswith(form)), POLITICAL)
    return Side(phrase, None, inter, frozenset(), origin, frozenset({"unregistered_actor"}))


def _target(scene: Scene, side: Side, victims: str | None) -> Side:
    """The target of violence against civilians: civilians, with what else the words make of them as associates."""
    told = scene.read(victims, side.origin or 2, is_armed=False)
    if side.inter == CIVILIANS:
        return replace(side, associates=side.associates or (told.associates if told.inter == CIVILIANS else frozenset()))
    if side.name is not None:
        # Fighters who are captive or off duty are civilians; what they are stands beside it.
        return replace(
            scene.civilians(), associates=side.associates | {side.name}, origin=side.origin, codes=side.codes | {"armed_target"}
        )
    if told.inter == CIVILIANS:
        return replace(told, codes=told.codes - {"actor_assumed"})
    return replace(scene.civilians(), codes=frozenset())


def _crowd(scene: Scene, sides: Sides, name: str) -> Sides:
    """A demonstration or riot: the crowd first, whoever acted; beside it who met it."""
    make = scene.registry.protesters if name == "Protests" else scene.registry.rioters
    crowds = [side for side in (sides.first, sides.second) if side.is_crowd]
    people = [side for side in (sides.first, sides.second) if side.inter == CIVILIANS]
    source = next(iter([*crowds, *([sides.first] if sides.first.inter == CIVILIANS else [])]), NOBODY)
    wanted = make(scene.country)
    # The crowd of a protest follows from its type: it is not an assumption.
    crowd = replace(scene.side(wanted, source.origin), associates=source.associates, codes=source.codes)
    others = [side for side in (sides.first, sides.second) if side.name and side is not source]
    others = [side for side in others if side.is_armed or side.is_crowd or (side in people and name == "Riots")]
    second = others[0] if others else NOBODY
    if second.term == SECURITY and second.inter == STATE:
        second = replace(scene.police(), origin=second.origin, codes=second.codes)
    if source is sides.second and source is not NOBODY:
        return Sides(crowd, second, other_side(sides.initiator))
    moved = second.origin != 0 and second.origin == sides.first.origin
    return Sides(crowd, second, other_side(sides.initiator) if moved else sides.initiator)


def _with_force(scene: Scene, kind: str, sides: Sides) -> Sides:
    """A crowd with who met it: nobody if it was peaceful, the police if a force that nobody names stepped in, people for a mob."""
    if kind == "Peaceful protest" and sides.second.is_armed:
        return replace(sides, second=NOBODY)
    if kind in _MET_BY_FORCE and not (sides.second.is_armed or sides.second.is_crowd):
        return replace(sides, second=scene.police())
    if kind == "Mob violence" and sides.second.name is None:
        return replace(sides, second=replace(scene.civilians(), codes=frozenset()))
    return sides


def _battle(scene: Scene, sides: Sides, kind: str) -> Sides:
    """Two armed sides; who is not named is an unidentified group, or the state where it takes the place back."""
    first, second = (side if side.is_armed else NOBODY for side in (scene.attacker(sides.first), scene.attacker(sides.second)))
    has_state = any(side.inter in (STATE, EXTERNAL) for side in (first, second))
    if kind == "Government regains territory" and not has_state and NOBODY in (first, second):
        first, second = (scene.forces(), second) if first is NOBODY else (first, scene.forces())
    if kind == "Non-state actor overtakes territory" and not has_state and first is not NOBODY and second is NOBODY:
        second = scene.forces()
    if NAMELESS & {first.term, second.term} and NOBODY in (first, second):
        # Whom nameless gunmen fight without a name are the forces that there are.
        first, second = (side if side is not NOBODY else scene.forces() for side in (first, second))
    first, second = (side if side is not NOBODY else scene.armed_group() for side in (first, second))
    made = Sides(first, second, sides.initiator)
    if made.initiator == "unknown":
        return made.swapped() if (second.name or "") < (first.name or "") else made
    return made.swapped() if made.initiator == "actor2" else made


def _one_sided(scene: Scene, kind: str, sides: Sides, victims: str | None, *, is_anyone_hurt: bool) -> Sides:
    """Remote violence: who fired or planted first, the target second: civilians if people were hurt whom nobody names."""
    sides = replace(sides, first=scene.attacker(sides.first))
    if not sides.first.is_armed:
        target = sides.second if sides.second.name else sides.first
        if sides.first.inter == CIVILIANS and sides.second.is_armed:
            # Civilians before armed men: the words were read the wrong way round.
            return Sides(sides.second, sides.first, "actor1")
        sides = Sides(scene.airmen() if kind == _AIR_STRIKE else scene.armed_group(), target, sides.initiator)
    if sides.second.term == GOVERNMENT:
        # Who is hurt at a ministry is no soldier.
        sides = replace(sides, second=replace(scene.civilians(), origin=sides.second.origin))
    if sides.second.name is None:
        told = scene.read(victims, 2, is_armed=False)
        second = told if told.name else scene.civilians() if is_anyone_hurt else NOBODY
        return replace(sides, second=second)
    return sides


def _violence(scene: Scene, sides: Sides, victims: str | None) -> Sides:
    """Violence against civilians: the perpetrator first, civilians second."""
    sides = replace(sides, first=scene.attacker(sides.first))
    if sides.first.inter == CIVILIANS and sides.second.is_armed:
        sides = Sides(sides.second, sides.first, "actor1")
    first = sides.first if sides.first.is_armed else scene.armed_group()
    second = sides.second if sides.second.name or sides.first.inter != CIVILIANS else sides.first
    return Sides(first, _target(scene, second, victims), sides.initiator)


def _arrest(scene: Scene, sides: Sides, victims: str | None) -> Sides:
    """The arresting authority, the police if none is named, and those arrested."""
    first, second = sides.first, sides.second
    if first.inter == CIVILIANS and second.name is None:
        first, second = NOBODY, first
    told = second if second.name else scene.read(victims, 2, is_armed=False)
    return Sides(first if first.name else scene.police(), told if told.name else scene.civilians(), sides.initiator)


def _looting(scene: Scene, sides: Sides) -> Sides:
    """The perpetrator, an unidentified group if none is named, and the owner."""
    first, second = sides.first, sides.second
    if first.inter == CIVILIANS and second.name is None:
        first, second = NOBODY, first
    owner = second if second.name else scene.civilians()
    return Sides(first if first.name else scene.armed_group(), owner, sides.initiator)


def _transfer(scene: Scene, sides: Sides) -> Sides:
    """Who takes a place and who leaves it: of a side that nobody names only the kind is known."""
    first, second = (side if side.is_armed else NOBODY for side in (sides.first, sides.second))
    if first is NOBODY and second is NOBODY:
        return sides
    if second is NOBODY:
        second = scene.armed_group() if first.inter in (STATE, EXTERNAL) else scene.forces()
    if first is NOBODY:
        first = scene.armed_group() if second.inter in (STATE, EXTERNAL) else scene.forces()
    return Sides(first, second, sides.initiator)


def _agreement(scene: Scene, sides: Sides) -> Sides:
    """The two sides in the order of the alphabet: a group that deals with nobody by name deals with the government."""
    sides = sides if sides.first.name else sides.swapped()
    first, second = sides.first, sides.second
    if {first.term, second.term} & {GOVERNMENT} and {first.inter, second.inter} == {STATE} and not (first.term and second.term):
        # Rival governments deal with each other as forces of one state.
        first, second = scene.attacker(first), scene.attacker(second)
    if first.is_armed and first.inter != STATE and not second.is_armed:
        second = scene.government()
    elif first.inter == STATE and not second.is_armed:
        second = scene.armed_group()
    made = Sides(first, second, sides.initiator)
    return made.swapped() if second.name and (second.name < (first.name or "")) else made


def _strategic(scene: Scene, sides: Sides, kind: str, victims: str | None) -> Sides:
    """Strategic developments: who acts first; who deals with it, or loses by it, second."""
    match kind:
        case "Arrests":
            sides = _arrest(scene, sides, victims)
        case "Looting/property destruction":
            sides = _looting(scene, sides)
        case "Non-violent transfer of territory":
            sides = _transfer(scene, sides)
        case "Agreement":
            sides = _agreement(scene, sides)
        case _:
            sides = _other_development(scene, sides, kind)
    return sides


def _other_development(scene: Scene, sides: Sides, kind: str) -> Sides:
    """Who disrupts, is founded or moves, or suffers; whose weapons they were second."""
    first, second = sides.first, sides.second
    if kind == "Disrupted weapons use":
        owner = second if second.is_armed else scene.armed_group()
        return Sides(first if first.is_armed else scene.forces(), owner, sides.initiator)
    if kind == "Other" and first.inter == STATE and first.term in _FORCES:
        # Forces that act under no other type have risen against their government.
        return Sides(scene.mutineers(first), second if second.name else scene.government(), "actor1")
    if kind in _ALONE and (first.name or second.name):
        return Sides(first if first.name else second, NOBODY, sides.initiator)
    if first.name is None and second.inter == CIVILIANS and kind == "Other":
        # People found dead suffered; those who fled stand first.
        return replace(sides, first=scene.armed_group())
    if first.name is None and second.name is None and kind == "Other":
        return replace(sides, first=scene.civilians())
    return sides.swapped() if first.name is None and second.name is not None else sides


def _arrange(scene: Scene, kind: str, sides: Sides, victims: str | None, *, is_anyone_hurt: bool) -> Sides:
    match SUB_EVENT_TYPES[kind].event_type:
        case "Battles":
            return _battle(scene, sides, kind)
        case "Violence against civilians":
            return _violence(scene, sides, victims)
        case "Explosions/Remote violence":
            return _one_sided(scene, kind, sides, victims, is_anyone_hurt=is_anyone_hurt)
        case "Protests" | "Riots" as name:
            arranged = _crowd(scene, sides, name)
            return _with_force(scene, kind, arranged)
        case _:
            return _strategic(scene, sides, kind, victims)


def _complete(scene: Scene, kind: str, sides: Sides) -> Sides:
    """What a person coded, in the codebook's order, with a side put in only where the type always has two."""
    event_type = SUB_EVENT_TYPES[kind].event_type
    first, second = sides.first, sides.second
    if event_type in ("Battles", "Violence against civilians", "Explosions/Remote violence") and first.name is None:
        first = scene.armed_group()
    if event_type in ("Protests", "Riots") and first.name is None:
        make = scene.registry.protesters if event_type == "Protests" else scene.registry.rioters
        first = replace(scene.side(make(scene.country)), codes=frozenset())
    if second.name is None and event_type == "Violence against civilians":
        second = replace(scene.civilians(), codes=frozenset())
    if second.name is None and event_type == "Battles":
        second = scene.armed_group()
    made = Sides(first, second, sides.initiator)
    if event_type == "Battles":
        is_late = (second.name or "") < (first.name or "") if made.initiator == "unknown" else made.initiator == "actor2"
        return made.swapped() if is_late else made
    return made


def _coded_side(report: Row, scene: Scene, number: int, *, is_armed: bool, is_person: bool) -> Side:
    phrase = report[f"actor{number}_mention"]
    side = scene.read(phrase, number, is_armed=is_armed)
    if side is NOBODY and phrase and is_person:
        side = _as_given(phrase, number)
    if side is NOBODY:
        return side
    return replace(side, associates=side.associates | scene.associates(report[f"assoc_actor_{number}_mention"]))


def resolve_sides(report: Row, scene: Scene, victims: str | None) -> Sides:
    """The actors of a coded report.

    Args:
        report: Row of coded_reports.
        scene: Country and day of the event.
        victims: Words for those who died or were hurt, if the coder found some.
    """
    is_person = report["coder_kind"] != "rules"
    event_type = SUB_EVENT_TYPES[report["sub_event_type"]].event_type
    first = _coded_side(report, scene, 1, is_armed=True, is_person=is_person)
    second = _coded_side(report, scene, 2, is_armed=event_type == "Battles", is_person=is_person)
    coded = Sides(first, second, report["initiator"])
    if is_person:
        return _complete(scene, report["sub_event_type"], coded)
    is_anyone_hurt = bool(report["fatalities"] or report["injured"] or victims)
    return _arrange(scene, report["sub_event_type"], coded, victims, is_anyone_hurt=is_anyone_hurt)


def _columns_of(side: Side, number: int, other: Side) -> dict[str, Any]:
    associates = sorted(side.associates - {side.name, other.name}) if side.name else []
    return {
        f"actor{number}": side.name,
        f"actor{number}_id": side.actor_id,
        f"assoc_actor_{number}": "; ".join(associates) or None,
        f"inter{number}": ACTOR_CLASSES[side.inter].label if side.inter else None,
    }


def actor_columns(kind: str, sides: Sides) -> dict[str, Any]:
    """The columns of actors, with interaction and civilian_targeting, which follow from them and the type."""
    first, second = sides.first, sides.second
    targeting = SUB_EVENT_TYPES[kind].civilian_targeting
    is_targeted = targeting == "always" or (targeting == "if_targeted" and second.inter == CIVILIANS)
    return {
        **_columns_of(first, 1, second),
        **_columns_of(second, 2, first),
        "initiator": sides.initiator if first.name else "unknown",
        "interaction": interaction_label(first.inter, second.inter) if first.inter else None,
        "civilian_targeting": "Civilians targeted" if is_targeted else None,
    }


def review_codes(sides: Sides) -> set[str]:
    """Codes of what to look at in the actors."""
    return set(sides.first.codes | sides.second.codes)
