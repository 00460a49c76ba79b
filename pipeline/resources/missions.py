"""Missions by the country in which they serve: whose peacekeepers those are that nobody names."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.resources.actor_rows import Actor
from pipeline.resources.actor_scenes import Scene

PEACEKEEPING = " Peacekeepers"
"""How the name of peacekeepers without a mission ends."""
_MISSION = "mission"


class Missions:
    """Peacekeeping missions and coalitions."""

    def __init__(self, rows: Iterable[Actor]) -> None:
        """The missions among rows of the registry."""
        self._by_country: dict[str, list[Actor]] = {}
        for row in rows:
            if row.kind == _MISSION and row.country and row.parent is None:
                self._by_country.setdefault(row.country, []).append(row)

    def serving(self, name: str, scene: Scene) -> Actor | None:
        """The only mission in the country on that day that peacekeepers of a name may belong to: `United Nations Peacekeepers`."""
        if scene.day is None:
            return None
        there = [row for row in self._by_country.get(scene.country or "", ()) if row.covers(scene.day)]
        own = [row for row in there if name.removesuffix(PEACEKEEPING) in row.name]
        return own[0] if len(own) == 1 else None
