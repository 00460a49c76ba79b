"""The dead and wounded of one incident, out of all tolls that its article tells (codebook 1.16 and 4.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.coding.classes import CIVILIANS, CROWDS, NONSTATE, STATES
from pipeline.coding.reading import Reading
from pipeline.coding.tellers import teller_of
from pipeline.coding.toll import Part, Toll
from pipeline.resources.actors import ActorMention

Row = dict[str, Any]

_SIDES = (STATES, NONSTATE, CIVILIANS, CROWDS)
_MOST_TOLLS = 40
"""Tolls among which those added to the first are sought."""
_JOINED_REACH = 6
"""Tokens between two tolls that `and` joins, such as `were wounded and`."""
_BASES = ("stated", "word_estimate", "explicit_none")


@dataclass(frozen=True)
class Deaths:
    """The columns of the dead, and the tolls that they rest on, the one that decides first."""

    columns: Row
    tolls: tuple[Toll, ...]

    @property
    def toll(self) -> Toll | None:
        """The toll that decides."""
        return self.tolls[0] if self.tolls else None


def count_dead(
    reading: Reading, tolls: Sequence[Toll], agent: ActorMention | None, patient: ActorMention | None, article_id: str
) -> Deaths:
    """The dead of an incident.

    The first number stated, else the first estimate, else that nobody died, else nothing. A figure that one side claims of the
    other comes after those of any other origin, and a toll of several incidents after one of this. A total that is told later
    takes the place of the first number; what the text adds to it, or tells of the dead of another side, is added.

    Args:
        reading: The text.
        tolls: What the article tells of the incident, in the order of the text.
        agent: Who is actor1.
        patient: Who is actor2.
        article_id: Key of the article, by which the shares of a divided total are named.
    """
    dead = [toll for toll in tolls if toll.what in ("dead", "both", "either")]
    if not dead:
        return Deaths({**_NOTHING, "split_group": None, **dict.fromkeys(_PARTS)}, ())
    told = dead
    dead = _without_enemy_claims(reading, dead)
    first = _first(reading, dead)
    chosen = (_total(reading, dead, first), *_added(reading, dead, first))
    if chosen[0] is not first:
        chosen = chosen[:1]
    columns = {
        "fatalities": sum(toll.value for toll in chosen),
        "fatalities_low": _low(reading, dead, chosen, agent, patient),
        "fatalities_high": _high(reading, told, chosen),
        "fatalities_basis": "shared_total" if chosen[0].shares > 1 else chosen[0].basis,
        "split_group": f"{article_id}:{chosen[0].start}" if chosen[0].shares > 1 else None,
    }
    return Deaths({**columns, **_by_side(reading, chosen, agent, patient)}, chosen)


def _low(
    reading: Reading, dead: Sequence[Toll], chosen: Sequence[Toll], agent: ActorMention | None, patient: ActorMention | None
) -> int:
    """The lowest number: without those whom only their enemy counts, and no more than another source has."""
    sides = frozenset(side for actor in (agent, patient) if actor for side in (STATES, NONSTATE) if actor.inter in side)
    low = 0
    for toll in chosen:
        claimed = _told_by_enemies(reading, toll) if len(sides) == len(_ENEMIES) else 0
        low += 0 if is_claimed(reading, toll) else max(0, toll.low - claimed)
    rivals = [toll.low for toll in dead if toll.is_rival and toll not in chosen and toll.start > chosen[0].start]
    return min([low, *rivals])


def _told_by_enemies(reading: Reading, toll: Toll) -> int:
    """How many dead of a toll only those tell who fought them: `five rebels died, the army said`, `nine enemies fell`."""
    sentence = reading.sentences[reading.document.sentence_at(toll.start)]
    teller = teller_of(reading, sentence)
    foes = reading.language.people.foes
    return sum(
        part.value
        for part in toll.parts
        if (teller is not None and _side_of(reading, part.start, part.end) in _ENEMIES[teller])
        or any(word in foes for word in reading.document.words(part.start, part.end))
    )


def _without_enemy_claims(reading: Reading, dead: Sequence[Toll]) -> list[Toll]:
    """The tolls without those by which a side counts the dead of the other, where anybody else counts them."""
    claims = [toll for toll in dead if toll.value and _told_by_enemies(reading, toll) == toll.value]
    others = [_sides_of(reading, toll) for toll in dead if toll not in claims and toll.basis == "stated"]
    return [toll for toll in dead if toll not in claims or None in (sides := _sides_of(reading, toll)) or sides not in others]


def _high(reading: Reading, dead: Sequence[Toll], chosen: Sequence[Toll]) -> int | None:
    """The highest number: what another source or the claim of a side has may lie above the number taken."""
    highs = [toll.high for toll in chosen]
    if None in highs:
        return None
    high = sum(each for each in highs if each is not None)
    others = [
        toll.value
        for toll in dead
        if toll not in chosen and (toll.is_rival or is_claimed(reading, toll) or _told_by_enemies(reading, toll) == toll.value > 0)
    ]
    return max([high, *others])


_ENEMIES = {STATES: (NONSTATE,), NONSTATE: (STATES,)}
_NOTHING: Row = {"fatalities": 0, "fatalities_low": 0, "fatalities_high": None, "fatalities_basis": "none_mentioned"}
_PARTS = ("deaths_actor1", "deaths_actor2", "deaths_civilians")


def _first(reading: Reading, dead: Sequence[Toll]) -> Toll:
    """The toll that others are added to, or that a later total takes the place of."""
    first = min(dead, key=lambda toll: _rank(reading, toll))
    if not first.is_added:
        return first
    # `The murder of the mayor ...; two guards were also killed.`
    before = [toll for toll in dead if toll.start < first.start and toll.is_named and toll.basis == "stated"]
    return before[0] if before else first


def _rank(reading: Reading, toll: Toll) -> tuple[int, bool, bool, bool, int]:
    return _BASES.index(toll.basis), is_claimed(reading, toll), toll.incidents != 1, toll.is_named, toll.start


def _total(reading: Reading, dead: Sequence[Toll], first: Toll) -> Toll:
    """The last total that is told after the first number, or that number.

    A smaller one takes its place only if those who fought the state told the first.
    """
    later = [
        toll
        for toll in dead
        if toll.is_total and (toll.start, toll.end) > (first.start, first.end) and toll.basis == "stated"
        if (toll.value >= first.value and not toll.is_rival) or (not toll.parts and _is_told_by_fighters(reading, first))
        if toll.incidents == 1 and not is_claimed(reading, toll)
    ]
    return later[-1] if later else first


def _is_told_by_fighters(reading: Reading, toll: Toll) -> bool:
    """Whether the sentence of a toll begins with what an armed group says."""
    sentence = reading.sentences[reading.document.sentence_at(toll.start)]
    speech = reading.cue_spans(sentence.start, toll.start, "speech")
    return bool(speech) and any(actor.inter in NONSTATE for actor in reading.actors_in(sentence.start, speech[0][0]))


def _added(reading: Reading, dead: Sequence[Toll], first: Toll) -> list[Toll]:
    """The tolls that are added to the first: those which the words add, and those of another side."""
    found: list[Toll] = []
    sides = _sides_of(reading, first)
    last = first
    later = [
        toll
        for toll in dead[:_MOST_TOLLS]
        if toll.start > first.start and toll.basis == "stated" and not toll.is_named and not is_claimed(reading, toll)
        if not (first.is_total and reading.document.sentence_at(toll.start) == reading.document.sentence_at(first.start))
    ]
    if _is_breakdown(first, later):
        return []
    for toll in later:
        theirs = _sides_of(reading, toll)
        is_of_others = bool(sides and theirs) and None not in sides | theirs and not sides & theirs
        is_of_others |= _are_attackers(reading, first, toll) or _are_opposed(reading, first, toll)
        if toll.is_added or is_of_others or _is_joined(reading, last, toll):
            found.append(toll)
            sides, last = sides | theirs, toll
    return found


def _is_breakdown(first: Toll, later: Sequence[Toll]) -> bool:
    """Whether what follows only tells who the first were: `Three died: two on the spot, one in hospital`."""
    return len(later) > 1 and not any(toll.is_total for toll in later) and sum(toll.value for toll in later) == first.value


def _are_opposed(reading: Reading, first: Toll, toll: Toll) -> bool:
    """Whether the words for those who died set them against the first: `two comrades attained martyrdom; nine enemies fell`."""
    people = reading.language.people
    if first.is_own is not toll.is_own and reading.document.sentence_at(first.start) == reading.document.sentence_at(toll.start):
        # `The army lost two men and killed nine.`
        return True
    told = [frozenset(reading.document.words(each.start, each.end)) for each in (first, toll)]
    if not all(each.parts and not any(_is_general(reading, part) for part in each.parts) for each in (first, toll)):
        return False
    return any(bool(told[0] & kind) is not bool(told[1] & kind) for kind in (people.foes, people.assailants, people.martyrdom))


def _is_joined(reading: Reading, before: Toll, toll: Toll) -> bool:
    """Whether `and` alone joins the dead of one sentence: `two guards were killed; three rebels died`."""
    if not (before.parts and toll.parts) or before.is_total or toll.is_total or before.end > toll.start:
        return False
    document = reading.document
    if document.sentence_at(before.start) != document.sentence_at(toll.start):
        return False
    between = document.words(before.end, toll.start)
    joining = reading.language.conjunctions | reading.language.people.additive
    if any(_is_general(reading, part) for part in before.parts):
        return False
    last, following = (document.words(each.people_start, each.people_end)[-1:] for each in (before, toll))
    return len(between) <= _JOINED_REACH and any(word in joining for word in between[-2:]) and last != following


def _is_general(reading: Reading, part: Part) -> bool:
    """Whether those counted are `people`, of whom others that the text tells may be a part; `two army men` are not."""
    words = reading.document.words(part.start, part.end)
    is_told = any(not _is_neutral(reading, actor) for actor in reading.actors_in(part.start, part.end))
    return not is_told and any(word in reading.language.people.neutral_persons for word in words)


def _are_attackers(reading: Reading, first: Toll, toll: Toll) -> bool:
    """Whether a toll is of those who killed the first: `raiders killed nine people ...; four of the raiders died`."""
    is_done_by_others = first.people_start >= first.start + 1 and first.parts
    assailants = reading.language.people.assailants
    theirs = reading.document.words(toll.people_start, toll.people_end)
    own = reading.document.words(first.people_start, first.people_end)
    return bool(is_done_by_others) and any(word in assailants for word in theirs) and not any(word in assailants for word in own)


def _side_of(reading: Reading, start: int, end: int) -> frozenset[int] | None:
    """The classes of the side whose people some words name, or None."""
    for actor in reading.actors_in(start, end):
        if reading.document.words(actor.start, actor.end)[-1:] != [] and not _is_neutral(reading, actor):
            return next((side for side in _SIDES if actor.inter in side), None)
    return None


def _is_neutral(reading: Reading, actor: ActorMention) -> bool:
    return all(word in reading.language.people.neutral_persons for word in reading.document.words(actor.start, actor.end))


def _sides_of(reading: Reading, toll: Toll) -> frozenset[frozenset[int] | None]:
    return frozenset(_side_of(reading, part.start, part.end) for part in toll.parts)


def _by_side(reading: Reading, tolls: Sequence[Toll], agent: ActorMention | None, patient: ActorMention | None) -> Row:
    """Deaths by side, where the words name the side of some; those of all sides where they name that of all."""
    found: dict[str, int] = {}
    is_whole = True
    for toll in tolls:
        parts = toll.parts if toll.what == "dead" and toll.basis == "stated" else ()
        told = 0
        for part in parts:
            column = _column(_side_of(reading, part.start, part.end), agent, patient)
            if column:
                found[column] = found.get(column, 0) + part.value
                told += part.value
        is_whole &= told == toll.value and bool(parts)
    return {name: found.get(name, 0 if is_whole else None) for name in _PARTS}


def _column(side: frozenset[int] | None, agent: ActorMention | None, patient: ActorMention | None) -> str | None:
    """The column that counts the dead of a side: of civilians, or of the one actor on that side."""
    if side is None:
        return None
    if side == CIVILIANS:
        return "deaths_civilians"
    names = [name for name, actor in zip(_PARTS, (agent, patient), strict=False) if actor is not None and actor.inter in side]
    return names[0] if len(names) == 1 else None


def is_claimed(reading: Reading, toll: Toll) -> bool:
    """Whether a side that took part is the only one to vouch for a figure, in the sentence that gives it."""
    sentence = reading.sentences[reading.document.sentence_at(toll.start)]
    return bool(toll.value and reading.cue_spans(sentence.start, sentence.end, "claimed"))


def count_injured(tolls: Sequence[Toll]) -> int | None:
    """The wounded: the first number told; None if none is."""
    return next((toll.value for toll in tolls if toll.what == "wounded"), None)
