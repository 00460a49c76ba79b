"""Which words of a language tell who acts and who suffers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RoleWords:
    """Words around an act, in small letters.

    Attributes:
        owners: Words for those to whom something belongs.
        posts: Words for where armed men stand or what they drive.
        declaratives: Words between a verb of saying and what is said.
        attackers: Words for those who did it, whoever they are.
        being: Verbs between those and the name of what they are.
        members: Words for people who may belong to an armed group.
        sent: Participles of what is done with a bomb before it goes off.
        assaulting: Verbs whose subject began a fight.
        stores: Words for what armies own beside their posts.
        holding: Verbs before somebody who is `responsible`.
        things: What hits people by itself.
        bursting: Verbs that a bomb does by itself.
        laden: Participles behind a vehicle that carries a bomb.
        kin: Words for what a group is to a larger one.
        origins: Words for where shots come from.
        defending: Verbs whose subject was attacked by their object.
        dying: Verbs whose subject suffers.
        running_into: Verbs whose subject suffers where a mine is their object.
        mines: Words for what somebody runs into.
        suffered: Participles of verbs that always have an object: without one they tell of who suffers.
        after_suffering: Words after such a participle by which it has no object.
    """

    owners: frozenset[str]
    posts: frozenset[str]
    declaratives: frozenset[str]
    attackers: frozenset[str]
    being: frozenset[str]
    members: frozenset[str]
    sent: frozenset[str]
    assaulting: frozenset[str]
    stores: frozenset[str]
    holding: frozenset[str]
    things: frozenset[str]
    bursting: frozenset[str]
    laden: frozenset[str]
    kin: frozenset[str]
    origins: frozenset[str]
    defending: frozenset[str]
    dying: frozenset[str]
    running_into: frozenset[str]
    mines: frozenset[str]
    suffered: frozenset[str]
    after_suffering: frozenset[str]
