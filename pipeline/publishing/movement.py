"""How a release differs from the one before as a whole: its class, and the totals of countries and months that moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.publishing.ledger import Values

ChangeClass = Literal["first", "unchanged", "additive", "revised", "restructured"]

_CLASS_OF: Mapping[str, ChangeClass] = {
    "added": "additive",
    "evidence_added": "additive",
    "revised": "revised",
    "removed": "restructured",
    "merged": "restructured",
    "split": "restructured",
}
_GRAVITY: tuple[ChangeClass, ...] = ("unchanged", "additive", "revised", "restructured")


@dataclass(frozen=True)
class Movement:
    """The totals of one country and month in both releases."""

    country: str
    month: str
    events: tuple[int, int]
    fatalities: tuple[int, int]

    @property
    def step(self) -> int:
        """How far the two totals moved together."""
        return abs(self.events[1] - self.events[0]) + abs(self.fatalities[1] - self.fatalities[0])


def change_class(changes: Iterable[Mapping[str, Any]], *, is_first: bool) -> ChangeClass:
    """What the gravest change is: nothing taken back (`additive`), values other than before (`revised`), events gone or divided."""
    if is_first:
        return "first"
    found = {_CLASS_OF[row["change"]] for row in changes}
    return max(found, key=_GRAVITY.index, default="unchanged")


def events_by_change(changes: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Number of events by change; one that is revised in several columns counts once."""
    found: dict[str, set[str]] = {}
    for row in changes:
        found.setdefault(row["change"], set()).add(row["event_id"])
    return {change: len(found[change]) for change in sorted(found)}


def movements(old: Mapping[str, Values], new: Mapping[str, Values]) -> list[Movement]:
    """Countries and months whose number of events or deaths differs, the largest step first.

    Args:
        old: Values of each event of the release before, as the ledger holds them.
        new: Those of the new one.
    """
    totals: dict[tuple[str, str], list[int]] = {}
    for side, events in enumerate((old, new)):
        for values in events.values():
            cell = totals.setdefault((values["country"], values["event_date"][:7]), [0, 0, 0, 0])
            cell[side] += 1
            cell[2 + side] += values["fatalities"]
    found = [Movement(*key, (each[0], each[1]), (each[2], each[3])) for key, each in totals.items()]
    return sorted((each for each in found if each.step), key=lambda each: (-each.step, each.country, each.month))
