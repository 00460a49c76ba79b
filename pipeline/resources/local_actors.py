"""What a wide or common name means in one country in some years: `separatists` in Cameroon, the Islamic State in Mali."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import SeedError
from pipeline.resources.actor_index import ActorIndex
from pipeline.resources.actor_rows import Actor
from pipeline.resources.actor_scenes import Scene
from pipeline.resources.countries import split_list
from pipeline.resources.names import Found
from pipeline.resources.regimes import read_bound
from schemas.taxonomy import COUNTRIES

_TERM, _ROW = "generic:", "registry:"


@dataclass(frozen=True, slots=True)
class LocalName:
    """One row of seeds/local_actors.csv.

    Attributes:
        country: Where.
        words: Words in small letters; `generic:army` for all forms of that row of generic_actors.csv, `registry:islamic-state` for
            all names of that row of actors.csv.
        actor_id: Key of the row of actors.csv that they mean there.
        valid_from: First day.
        valid_to: Last day.
    """

    country: str
    words: frozenset[str]
    actor_id: str
    valid_from: dt.date | None
    valid_to: dt.date | None

    def covers(self, day: dt.date | None) -> bool:
        """Whether it held on that day; without a day only what always holds does."""
        if day is None:
            return self.valid_from is None and self.valid_to is None
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class LocalActors:
    """Whom words mean in a country on a day."""

    def __init__(self, names: Iterable[LocalName], index: ActorIndex) -> None:
        """Use `from_rows`."""
        self._index = index
        self._by_country: dict[str, list[LocalName]] = {}
        for name in names:
            self._by_country.setdefault(name.country, []).append(name)

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, str]], index: ActorIndex) -> LocalActors:
        """Local names from rows of seeds/local_actors.csv.

        Raises:
            SeedError: A row names a country, an actor or a term that is not there, or a day that is none.
        """
        return cls((_read(row, index) for row in rows), index)

    def meant(self, found: Sequence[Found], scene: Scene) -> Actor | None:
        """Whom wide or common words mean there; None if they mean nobody in particular, or name somebody or another nation."""
        if scene.country not in self._by_country:
            return None
        named = [each for each in found if self._index.rows_of(each) and not self._index.generic_of(each)]
        told = {word for each in named or found for word in (each.phrase.casefold(), *each.keys)}
        local = (name for name in self._by_country[scene.country] if name.words & told and name.covers(scene.day))
        actor = next((self._index.rows[name.actor_id] for name in local), None)
        if actor is None or (scene.nations and actor.country not in (None, *scene.nations)):
            return None
        return actor


def _read(row: Mapping[str, str], index: ActorIndex) -> LocalName:
    key, words = f"{row['country']}, {row['actor_id']}", split_list(row["words"])
    if row["country"] not in COUNTRIES:
        raise SeedError(f"local_actors: {key}: country {row['country']!r} is not in schemas/data/countries.csv.")
    known = {f"{_TERM}{term}" for term in index.generics} | {f"{_ROW}{actor_id}" for actor_id in index.rows}
    keys = [word for word in words if word.startswith((_TERM, _ROW))]
    missing = next((each for each in (_ROW + row["actor_id"], *keys) if each not in known), None)
    if missing:
        raise SeedError(f"local_actors: {key}: {missing!r} is no row of actors.csv or generic_actors.csv.")
    valid_from, valid_to = (read_bound(row, column, "local_actors") for column in ("valid_from", "valid_to"))
    return LocalName(row["country"], frozenset(map(str.casefold, words)), row["actor_id"], valid_from, valid_to)
