"""Where and when a name is read, which of the actors that bear it suits best there, and what it was taken for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.resources.actor_rows import Actor
from schemas.taxonomy import COUNTRIES

_NOWHERE = 2
"""How near an actor is that is at home nowhere: after those of the nation named and those at home here."""


@dataclass(frozen=True, slots=True)
class ActorResolution:
    """Who a phrase stands for in a country on a day.

    Attributes:
        name: Name as it stands in actor1 and actor2.
        actor_id: Key in the table of actors; None for a name that the registry lacks.
        inter: Class in that country.
        associate: Names for the column of associates, joined by `; `; None without any.
        reasons: What the choice rests on. `regime_unknown`, `outside_validity`, `unregistered` and
            `ambiguous` call for a review.
    """

    name: str
    actor_id: str | None
    inter: int
    associate: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """Where and when a phrase is read, and the nations that it names itself."""

    country: str | None
    day: dt.date | None
    nations: tuple[str, ...]

    def best(self, rows: Sequence[Actor]) -> list[Actor]:
        """Of rows with one name those that suit best: there on the day, of the nation named, at home here, nowhere or nearby."""
        ranked = sorted(rows, key=self._rank)
        # Of those at home elsewhere nothing tells which is meant, so that the first stands for all.
        is_here = bool(ranked) and self._rank(ranked[0])[1] <= _NOWHERE
        return [row for row in ranked if self._rank(row) == self._rank(ranked[0])] if is_here else ranked[:1]

    def _rank(self, row: Actor) -> tuple[bool, int]:
        if row.country in self.nations:
            place = 0
        elif row.country == self.country:
            place = 1
        elif row.country is None:
            place = _NOWHERE
        else:
            is_near = self.country is not None and COUNTRIES[row.country].region == COUNTRIES[self.country].region
            place = 3 if is_near else 4
        return not row.covers(self.day), place
