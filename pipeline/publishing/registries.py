"""The tables of actors and sources of a release, and how undisclosed sources are kept out of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import pyarrow as pa

from pipeline.resources.corrections import Correction
from pipeline.resources.sensitivity import Marking
from schemas.arrow import arrow_schema

UNDISCLOSED_NAME = "Undisclosed Source"


class Actor(Protocol):
    """One actor of the registry."""

    actor_id: str
    name: str
    kind: str
    inter: int
    country: str | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    parent: str | None
    successor: str | None
    aliases: tuple[str, ...]
    ucdp_id: str | None
    wikidata_id: str | None


class Source(Protocol):
    """One outlet of the registry."""

    names: tuple[str, ...]
    domains: tuple[str, ...]
    country: str | None
    type: str
    language: str | None
    ownership: str
    licence: str | None
    active_from: dt.date | None
    active_to: dt.date | None
    disclosure: str
    reach: str


class _Spot(Protocol):
    start: int
    end: int


class _Names(Protocol):
    def get(self, key: str, /) -> Any: ...

    def mentions(self, text: str, /) -> list[Any]: ...


class _Places(_Names, Protocol):
    def resolve(self, name: str, *, country: str | None = None, admin1: str | None = None) -> Any: ...


class _Sources(Protocol):
    def get(self, source_id: str, /) -> Any: ...


class Registries(Protocol):
    """What publishing looks up: `pipeline.resources.bundle.Resources` is one."""

    @property
    def actors(self) -> _Names:
        """Actors by id, and where texts name them."""
        ...

    @property
    def gazetteer(self) -> _Places:
        """Places by id, and where texts name them."""
        ...

    @property
    def sources(self) -> _Sources:
        """Outlets by id."""
        ...

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """Values that people found wrong."""
        ...

    @property
    def sensitivity(self) -> tuple[Marking, ...]:
        """What may not be shown as it is."""
        ...


@dataclass(frozen=True)
class Masks:
    """Keys and names under which undisclosed sources appear in a release.

    Attributes:
        ids: Public key by source_id, of undisclosed sources only.
        names: Every name of an undisclosed source.
    """

    ids: Mapping[str, str] = field(default_factory=dict)
    names: frozenset[str] = frozenset()

    def source_id(self, source_id: str) -> str:
        """The key that a release shows."""
        return self.ids.get(source_id, source_id)

    def source(self, joined: str) -> str:
        """A list of source names with each undisclosed one replaced, in alphabetical order."""
        shown = {UNDISCLOSED_NAME if name in self.names else name for name in joined.split("; ")}
        return "; ".join(sorted(shown))


def find_masks(names_given: Mapping[str, Iterable[str]], sources: _Sources) -> Masks:
    """The masks for the sources of a dataset.

    Args:
        names_given: Names that the articles of each source gave, by source_id.
        sources: The registry.
    """
    hidden = [key for key in sorted(names_given) if (found := sources.get(key)) and found.disclosure == "undisclosed"]
    names = {name for key in hidden for name in (*names_given[key], *sources.get(key).names)} - {UNDISCLOSED_NAME}
    return Masks({key: f"undisclosed-{number}" for number, key in enumerate(hidden, 1)}, frozenset(names))


def actors_table(actor_ids: Iterable[str], registries: Registries) -> pa.Table:
    """One row for each actor of the registry that a report or an event names."""
    rows = []
    for actor_id in sorted(set(actor_ids)):
        actor: Actor | None = registries.actors.get(actor_id)
        if actor is not None:
            rows.append(
                {
                    "actor_id": actor_id,
                    "name": actor.name,
                    "kind": actor.kind,
                    "inter": actor.inter,
                    "country": actor.country,
                    "valid_from": actor.valid_from,
                    "valid_to": actor.valid_to,
                    "parent": actor.parent,
                    "successor": actor.successor,
                    "ucdp_id": actor.ucdp_id,
                    "wikidata_id": actor.wikidata_id,
                    "aliases": "; ".join(actor.aliases) or None,
                }
            )
    return pa.Table.from_pylist(rows, schema=arrow_schema("actors"))


def sources_table(names_given: Mapping[str, Counter[str]], registries: Registries, masks: Masks) -> pa.Table:
    """One row for each outlet: the registry's facts, only the names of unregistered ones, nothing of undisclosed ones."""
    rows = [_source_row(key, names_given[key], registries.sources.get(key), masks) for key in names_given]
    return pa.Table.from_pylist(sorted(rows, key=lambda row: str(row["source_id"])), schema=arrow_schema("sources"))


def _source_row(source_id: str, given: Counter[str], source: Source | None, masks: Masks) -> dict[str, Any]:
    if source is None:
        usual_first = sorted(given, key=lambda name: (-given[name], name))
        return {"source_id": source_id, "names": "; ".join(usual_first), "disclosure": "open"}
    if source_id in masks.ids:
        return {"source_id": masks.ids[source_id], "names": UNDISCLOSED_NAME, "disclosure": "undisclosed"}
    return {
        "source_id": source_id,
        "names": "; ".join(source.names),
        "domains": "; ".join(source.domains) or None,
        "country": source.country,
        "type": source.type,
        "language": source.language,
        "ownership": source.ownership,
        "licence": source.licence,
        "active_from": source.active_from,
        "active_to": source.active_to,
        "disclosure": source.disclosure,
        "reach": source.reach,
    }
