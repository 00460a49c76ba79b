"""Names of actors, of people by what they are, and of nations, sought in a text together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeline.resources.actor_checks import check_links, check_names
from pipeline.resources.actor_rows import Actor, Generic, spoken_names
from pipeline.resources.countries import CountryFacts
from pipeline.resources.names import Found, NameIndex

_REGISTRY, _GENERIC, _NATION = "registry:", "generic:", "country:"
_MOST_CACHED = 100_000


class _Meaning(NamedTuple):
    """What the keys of a name stand for."""

    rows: tuple[Actor, ...]
    generic: Generic | None
    is_nation: bool


class _Meanings(dict[tuple[str, ...], _Meaning]):
    """What keys stand for that were met: texts repeat their names, and each name is asked many times."""

    def __init__(self, rows: Mapping[str, Actor], generics: Mapping[str, Generic]) -> None:
        super().__init__()
        self._actors, self._generics = rows, generics

    def __missing__(self, keys: tuple[str, ...]) -> _Meaning:
        if len(self) > _MOST_CACHED:
            self.clear()
        generic = next((key for key in keys if key.startswith(_GENERIC)), None)
        made = self[keys] = _Meaning(
            tuple(self._actors[key.removeprefix(_REGISTRY)] for key in keys if key.startswith(_REGISTRY)),
            self._generics[generic.removeprefix(_GENERIC)] if generic else None,
            any(key.startswith(_NATION) for key in keys),
        )
        return made


class ActorIndex:
    """What a name may stand for: rows of the registry, people by what they are, nations."""

    def __init__(
        self, actors: Iterable[Actor], generics: Iterable[Generic], countries: CountryFacts, digests: Mapping[str, str]
    ) -> None:
        """The index over rows of the seeds.

        Args:
            actors: Rows of actors.csv.
            generics: Rows of generic_actors.csv.
            countries: Names of countries and their people.
            digests: Hash of each row by the keys that mentions have.

        Raises:
            SeedError: Two rows share a name, or a row points to one that is not there.
        """
        self.rows = {actor.actor_id: actor for actor in sorted(actors, key=lambda each: each.actor_id)}
        self.generics = {each.term: each for each in sorted(generics, key=lambda each: each.term)}
        self._meanings = _Meanings(self.rows, self.generics)
        self._homes: dict[tuple[str, ...], str | None] = {}
        self._digests = dict(digests)
        names: dict[str, set[str]] = {}
        for actor in self.rows.values():
            for name in spoken_names(actor):
                names.setdefault(name, set()).add(_REGISTRY + actor.actor_id)
        for generic in self.generics.values():
            for form in generic.forms:
                names.setdefault(form, set()).add(_GENERIC + generic.term)
        for word, country in sorted({**countries.demonyms(), **countries.names()}.items()):
            names.setdefault(word, set()).add(_NATION + country)
            self._digests[_NATION + country] = countries.digest(country)
        self.country_words = frozenset(name.casefold() for name in countries.names())
        # A name that the seeds write without any capital is a common word.
        self._index = NameIndex(names, any_case=[name for name in names if name == name.lower()])
        check_links(self.rows)
        check_names(self.rows, names)

    def find(self, text: str, *, in_capitals: bool | None = None) -> list[Found]:
        """All names in a text in order."""
        return self._index.find(text, in_capitals=in_capitals)

    def rows_of(self, found: Found) -> tuple[Actor, ...]:
        """The rows of the registry that a name may stand for, by key."""
        return self._meanings[found.keys].rows

    def generic_of(self, found: Found) -> Generic | None:
        """The people that a name tells of by what they are; None if it is of another kind."""
        return self._meanings[found.keys].generic

    def nations_of(self, found: Sequence[Found]) -> list[str]:
        """The countries that names or nationalities among those found stand for, in order and once each."""
        return list(dict.fromkeys(key.removeprefix(_NATION) for each in found for key in each.keys if key.startswith(_NATION)))

    def is_nation(self, found: Found) -> bool:
        """Whether a name is that of a country or its people, whatever else it may be."""
        return self._meanings[found.keys].is_nation

    def home_of(self, keys: tuple[str, ...]) -> str | None:
        """The country that keys which a mention shows speak of, see `ActorRegistry.home_of`."""
        if keys not in self._homes:
            if len(self._homes) > _MOST_CACHED:
                self._homes.clear()
            nations = [key.removeprefix(_NATION) for key in keys if key.startswith(_NATION)]
            homes = [row.country for key in keys if (row := self.rows.get(key)) and row.country]
            found = set(nations or homes)
            self._homes[keys] = found.pop() if len(found) == 1 else None
        return self._homes[keys]

    @staticmethod
    def mention_key(key: str) -> str:
        """The key that a mention shows: that of the row for actors, with its kind before it for others."""
        return key.removeprefix(_REGISTRY)

    def digest(self, keys: Iterable[str]) -> str:
        """SHA-256 over the rows of keys that mentions show; one that no row has stands for itself."""
        return hashlib.sha256(repr([(key, self._digests.get(key, "")) for key in sorted(set(keys))]).encode()).hexdigest()
