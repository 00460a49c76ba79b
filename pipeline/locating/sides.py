"""The two sides of a report, and the scene that says who the words stand for: country, day and registry."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from pipeline.resources.actors import ActorRegistry, ActorResolution

STATE, REBEL, POLITICAL, IDENTITY, RIOTERS, PROTESTERS, CIVILIANS, EXTERNAL = range(1, 9)
ARMED = frozenset({STATE, REBEL, POLITICAL, IDENTITY, EXTERNAL})
CROWDS = frozenset({RIOTERS, PROTESTERS})

_CODES = {
    "regime_unknown": "regime_unknown",
    "outside_validity": "actor_outside_validity",
    "unregistered": "unregistered_actor",
    "ambiguous": "ambiguous_actor",
}
_GENERIC = "generic:"
PERSON, SECURITY, GOVERNMENT = "person", "security", "government"
"""Terms for people of whom nothing else is said, for forces that are the police where they meet a crowd, and for a government."""
NAMELESS = frozenset({"gunmen", "insurgents", "militia"})
"""Terms for armed men who are nobody's forces."""
_OTHER_SIDE = {"actor1": "actor2", "actor2": "actor1", "unknown": "unknown"}


def other_side(initiator: str) -> str:
    """Who began, after the sides changed places."""
    return _OTHER_SIDE[initiator]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a report.

    Attributes:
        name: Actor; None where there is none.
        actor_id: Its key.
        inter: Its class.
        associates: Names for the column of associates.
        origin: 1 or 2: the coded side that it comes from; 0 if the type alone asks for it.
        codes: What to look at.
        term: Key of the row of seeds/generic_actors.csv that its words stand for; None for a name.
    """

    name: str | None = None
    actor_id: str | None = None
    inter: int | None = None
    associates: frozenset[str] = frozenset()
    origin: int = 0
    codes: frozenset[str] = frozenset()
    term: str | None = None

    @property
    def is_armed(self) -> bool:
        """Whether its class bears arms."""
        return self.inter in ARMED

    @property
    def is_crowd(self) -> bool:
        """Whether it is a demonstration or a mob."""
        return self.inter in CROWDS


NOBODY = Side()


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a report in order, and which of them began."""

    first: Side
    second: Side
    initiator: str

    def swapped(self) -> Sides:
        """The same with the sides exchanged: who began stays who began."""
        return Sides(self.second, self.first, other_side(self.initiator))


@dataclass(frozen=True, slots=True)
class Scene:
    """Where and when a report's actors act, and who is known."""

    registry: ActorRegistry
    country: str | None
    day: dt.date | None

    def side(self, found: ActorResolution, origin: int = 0) -> Side:
        """A resolution as a side; one that the text does not name is marked as assumed."""
        codes = {_CODES[reason] for reason in found.reasons if reason in _CODES} | ({"actor_assumed"} if not origin else set())
        associates = frozenset((found.associate or "").split("; ")) - {""}
        term = next((reason.removeprefix(_GENERIC) for reason in found.reasons if reason.startswith(_GENERIC)), None)
        return Side(found.name, found.actor_id, found.inter, associates, origin, frozenset(codes), term)

    def read(self, phrase: str | None, origin: int, *, is_armed: bool) -> Side:
        """Who a phrase of the text stands for; nobody for a phrase that names no known actor, such as a person's name."""
        if not phrase:
            return NOBODY
        found = self.registry.resolve(phrase, country=self.country, day=self.day, is_armed=is_armed)
        return self.side(found, origin) if found else NOBODY

    def armed_group(self) -> Side:
        """An armed group that nobody names."""
        return self.side(self.registry.armed_group(self.country))

    def attacker(self, side: Side) -> Side:
        """Who did violence: men of whom nothing else is said are a nameless armed group, those of a people its militia."""
        if side.inter == CIVILIANS and side.associates and (found := self.registry.militia(side.associates)):
            return replace(self.side(found, side.origin), codes=side.codes)
        if (
            side.term == GOVERNMENT
            and side.name
            and (forces := self.registry.named(side.name.replace("Government", "Military Forces", 1)))
        ):
            # A government fights through its army.
            return replace(side, name=forces.name, actor_id=forces.actor_id)
        is_nameless = side.term == PERSON and not side.associates
        return replace(self.armed_group(), origin=side.origin) if is_nameless else side

    def airmen(self) -> Side:
        """Armed forces that nobody names: no other group has aircraft."""
        return self.side(self.registry.forces(None, country=self.country, day=self.day))

    def civilians(self) -> Side:
        """Civilians of the country."""
        return self.side(self.registry.civilians(self.country))

    def forces(self) -> Side:
        """The state's armed forces."""
        return self.side(self.registry.forces(self.country, country=self.country, day=self.day))

    def police(self) -> Side:
        """The state's police."""
        found = self.registry.resolve("police", country=self.country, day=self.day)
        return self.side(found) if found else self.forces()

    def government(self) -> Side:
        """The country's government."""
        found = self.registry.resolve("government", country=self.country, day=self.day)
        return self.side(found) if found else self.forces()

    def mutineers(self, side: Side) -> Side:
        """Forces of the country that rise against it."""
        found = self.registry.resolve("mutineers", country=self.country, day=self.day)
        return self.side(found, side.origin) if found else side

    def associates(self, names: str | None) -> frozenset[str]:
        """Names for the column of associates from those that the coder gave, joined by `; `."""
        found: set[str] = set()
        for name in (names or "").split("; "):
            side = self.read(name, 1, is_armed=False)
            if side.inter == CIVILIANS and side.associates:
                found |= side.associates
            elif name:
                found.add(side.name or name)
        return frozenset(found)
