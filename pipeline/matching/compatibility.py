"""Which kinds of event two sources may make of one incident.

One source writes of a battle where another tells only that the place changed hands; one sees a protest where another sees a
riot. The table says how far two sub-event types go together; it is symmetric and holds for any order of the reports.

    same        the same sub-event type
    close       kinds that reporters often confuse; the difference says nothing against one incident
    possible    one incident may be told as both, but so may two incidents: something else must speak for it
    different   never one incident
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from types import MappingProxyType
from typing import Final, Literal

from schemas.taxonomy import SUB_EVENT_TYPES

Compatibility = Literal["same", "close", "possible", "different"]

LEVELS: Final[tuple[Compatibility, ...]] = ("same", "close", "possible", "different")

REGAINS, OVERTAKES, CLASH = "Government regains territory", "Non-state actor overtakes territory", "Armed clash"
EXCESSIVE, INTERVENTION, PEACEFUL = "Excessive force against protesters", "Protest with intervention", "Peaceful protest"
VIOLENT, MOB = "Violent demonstration", "Mob violence"
CHEMICAL, STRIKE, SUICIDE = "Chemical weapon", "Air/drone strike", "Suicide bomb"
SHELLING, IED, GRENADE = "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Grenade"
SEXUAL, ATTACK, ABDUCTION = "Sexual violence", "Attack", "Abduction/forced disappearance"
AGREEMENT, ARRESTS, CHANGE = "Agreement", "Arrests", "Change to group/activity"
DISRUPTED, BASE, LOOTING = "Disrupted weapons use", "Headquarters or base established", "Looting/property destruction"
TRANSFER, OTHER = "Non-violent transfer of territory", "Other"

BATTLES: Final = (REGAINS, OVERTAKES, CLASH)
EXPLOSIONS: Final = (CHEMICAL, STRIKE, SUICIDE, SHELLING, IED, GRENADE)
DEMONSTRATIONS: Final = (VIOLENT, EXCESSIVE, INTERVENTION, PEACEFUL)
AGAINST_CIVILIANS: Final = (SEXUAL, ATTACK, ABDUCTION)

CLOSE: Final[tuple[tuple[str, ...], ...]] = (
    # Who held the place at nightfall is often known to one source only.
    BATTLES,
    # A protest that is met with force or turns violent is one event, and each source saw its own part of it.
    DEMONSTRATIONS,
    # What exploded is often unclear: a bomb, a suicide bomber, a rocket.
    (SUICIDE, IED, GRENADE),
    (STRIKE, SHELLING),
    (SHELLING, GRENADE),
    (SHELLING, IED),
    (CHEMICAL, STRIKE),
    (CHEMICAL, SHELLING),
    # People taken and then found hurt or dead: one source has the taking, the other the harm.
    (ATTACK, ABDUCTION),
    (ATTACK, SEXUAL),
)
"""Types of which every two are close."""

POSSIBLE: Final[tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]] = (
    # Any two kinds of remote violence; of them a drone is never taken for a mine without more.
    (EXPLOSIONS, EXPLOSIONS),
    # Fire that one source heard returned; a town entered that another source calls handed over.
    (BATTLES, EXPLOSIONS),
    (BATTLES, (ATTACK, TRANSFER, LOOTING)),
    # A bomb thrown while gunmen shoot.
    (EXPLOSIONS, (ATTACK,)),
    (AGAINST_CIVILIANS, AGAINST_CIVILIANS),
    # A mob's victim and a gang's victim look alike.
    ((MOB,), AGAINST_CIVILIANS),
    ((MOB,), DEMONSTRATIONS),
    # Shots at a crowd that one source calls victims, and a crowd that fights.
    ((EXCESSIVE, VIOLENT), (ATTACK,)),
    ((VIOLENT,), (CLASH,)),
    # Arrests at a demonstration; a taking that one side calls an arrest.
    ((ARRESTS,), (INTERVENTION, VIOLENT, ABDUCTION)),
    ((LOOTING,), (MOB, VIOLENT, ATTACK)),
    # A device found: one source says defused, the other that it went off.
    ((DISRUPTED,), (IED, SUICIDE, GRENADE, STRIKE, SHELLING)),
    ((TRANSFER,), (AGREEMENT, CHANGE)),
    ((BASE,), (CHANGE,)),
    ((OTHER,), (AGREEMENT, CHANGE, TRANSFER)),
)
"""Two groups of types; each of the first possible with each of the second."""


def _fill_table() -> Mapping[tuple[str, str], Compatibility]:
    table: dict[tuple[str, str], Compatibility] = {(one, two): "different" for one in SUB_EVENT_TYPES for two in SUB_EVENT_TYPES}
    for ones, twos in POSSIBLE:
        for one in ones:
            for two in twos:
                table[one, two] = table[two, one] = "possible"
    for group in CLOSE:
        for one, two in combinations(group, 2):
            table[one, two] = table[two, one] = "close"
    table |= {(each, each): "same" for each in SUB_EVENT_TYPES}
    return MappingProxyType(table)


COMPATIBILITY: Final = _fill_table()
"""How far each two of the 25 sub-event types go together."""
