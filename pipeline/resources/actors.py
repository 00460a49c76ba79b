"""Actors by name: who is named in a text, and under which name of the registry they act on a day in a country.

Names follow the grammar of the codebook: `Military Forces of Iraq (2014-2018) Peshmerga`, `IS: Islamic State (Iraq)`,
`Civilians (Iraq)`. Seed rows write `{country}` and `{regime}` where the country, or the country and the years of its regime, stand.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from pipeline.resources import actor_rows
from pipeline.resources.actor_rows import (
    CIVILIANS,
    COUNTRY,
    EXTERNAL,
    IDENTITY,
    INTERNATIONAL,
    NAMELESS_FORCES,
    POLITICAL,
    PROTESTERS,
    REGIME,
    RIOTERS,
    STATE,
    Actor,
    Generic,
)
from pipeline.resources.countries import CountryFacts, digest_of_row
from pipeline.resources.names import PARTICLES, Found, NameIndex
from pipeline.resources.regimes import RegimeTable
from schemas.identity import slug

_REGISTRY, _GENERIC, _NATION = "registry:", "generic:", "country:"
_LINK = re.compile(r"(?:['’]s?)?[ \t\n-]{1,2}")
# A name that only its form shows to be an organisation's: two words or more, one of these among them.
_ORGANISATION = re.compile(
    r"\b(?:army|brigades?|battalions?|cartel|commandos?|command|front|guards?|jaysh|jaish|katiba|lashkar|liwa|militia|movement|mujahideen|"
    r"resistance|liberation|organi[sz]ation|revolutionary|syndicate|vigilantes?|ansar|jund|harakat)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ActorMention:
    """Words that name an actor.

    Attributes:
        start: First code point.
        end: Code point after the last.
        phrase: The words, with a nationality or identity before them: `Iraqi forces`, `Kakai villagers`.
        actor_ids: Keys of the seed rows they may stand for, sorted: `actor_id`, `generic:term`, `country:name`.
        kind: `registry` if an actor is named, `generic` for people by what they are.
        inter: Class at home of the most telling of them.
    """

    start: int
    end: int
    phrase: str
    actor_ids: tuple[str, ...]
    kind: Literal["registry", "generic"]
    inter: int


@dataclass(frozen=True, slots=True)
class ActorResolution:
    """Who a phrase stands for in a country on a day.

    Attributes:
        name: Name as it stands in actor1 and actor2.
        actor_id: Key in the table of actors; None for a name that the registry lacks.
        inter: Class in that country.
        associate: Names for the column of associates, joined by `; `; None without any.
        reasons: What the choice rests on. `regime_unknown`, `outside_validity` and `unregistered` call for a review.
    """

    name: str
    actor_id: str | None
    inter: int
    associate: str | None
    reasons: tuple[str, ...]


class ActorRegistry:
    """Actors by name, country and day."""

    def __init__(
        self,
        actors: Iterable[Actor],
        generics: Iterable[Generic],
        regimes: RegimeTable,
        countries: CountryFacts,
        digests: Mapping[str, str],
    ) -> None:
        """Use `from_rows`."""
        self.regimes = regimes
        self._rows = {actor.actor_id: actor for actor in sorted(actors, key=lambda each: each.actor_id)}
        self._generics = {each.term: each for each in sorted(generics, key=lambda each: each.term)}
        self._digests = dict(digests)
        names: dict[str, set[str]] = {}
        for actor in self._rows.values():
            for name in actor_rows.spoken_names(actor):
                names.setdefault(name, set()).add(_REGISTRY + actor.actor_id)
        for generic in self._generics.values():
            for form in generic.forms:
                names.setdefault(form, set()).add(_GENERIC + generic.term)
        for word, country in sorted({**countries.demonyms(), **countries.names()}.items()):
            names.setdefault(word, set()).add(_NATION + country)
            self._digests[_NATION + country] = countries.digest(country)
        self._country_words = frozenset(name.casefold() for name in countries.names())
        # A name that the seeds write without any capital is a common word.
        self._index = NameIndex(names, any_case=[name for name in names if name == name.lower()])

    @classmethod
    def from_rows(
        cls,
        actors: Iterable[Mapping[str, str]],
        regimes: Iterable[Mapping[str, str]],
        generic_actors: Iterable[Mapping[str, str]],
        countries: CountryFacts,
    ) -> ActorRegistry:
        """A registry from the rows of seeds/actors.csv, regimes.csv and generic_actors.csv.

        Raises:
            SeedError: A row has an unknown kind, class, country or day.
        """
        named, generics = list(actors), list(generic_actors)
        digests = {row["actor_id"]: digest_of_row(row) for row in named}
        digests |= {_GENERIC + row["term"]: digest_of_row(row) for row in generics}
        people = [actor_rows.read_generic(row) for row in generics]
        return cls([actor_rows.read_actor(row) for row in named], people, RegimeTable.from_rows(regimes), countries, digests)

    # ------------------------------------------------------------------ mentions

    def mentions(self, text: str) -> list[ActorMention]:
        """Actors named in a text in order.

        A nationality or identity belongs to the people it stands before (`Iraqi forces`, `Kakai villagers`), an armed group to its
        fighters (`Boko Haram gunmen`). A nationality alone names nobody.
        """
        mentions: list[ActorMention] = []
        run: list[Found] = []
        for each in self._index.find(text):
            if run and not (_LINK.fullmatch(text, run[-1].end, each.start) and self._leads_to(run, each)):
                mentions += self._mention(text, run)
                run = []
            run.append(each)
        return mentions + self._mention(text, run)

    def _leads_to(self, run: list[Found], each: Found) -> bool:
        generic = self._first_generic(each)
        last = run[-1].keys[0]
        if generic is None:
            return last.startswith(_NATION) and not each.keys[0].startswith(_NATION)
        if last.startswith(_NATION):
            return True
        if last.startswith(_REGISTRY):
            return generic.inter == POLITICAL
        return self._generics[last.removeprefix(_GENERIC)].associate is not None and generic.associate is None

    def _first_generic(self, found: Found) -> Generic | None:
        keys = [key for key in found.keys if key.startswith(_GENERIC)]
        return self._generics[keys[0].removeprefix(_GENERIC)] if keys else None

    def _mention(self, text: str, run: list[Found]) -> list[ActorMention]:
        keys = sorted({key for each in run for key in each.keys})
        sure = [each for each in run if not self._first_generic(each)]
        named = sorted(key.removeprefix(_REGISTRY) for each in sure for key in each.keys if key.startswith(_REGISTRY))
        generic = [self._generics[key.removeprefix(_GENERIC)] for key in keys if key.startswith(_GENERIC)]
        if not named and not generic:
            return []
        inter = self._rows[named[0]].inter if named else min(generic, key=_telling).inter
        start, end = run[0].start, run[-1].end
        ids = tuple(sorted(key.removeprefix(_REGISTRY) for key in keys))
        return [ActorMention(start, end, text[start:end], ids, "registry" if named else "generic", inter)]

    def home_of(self, mention: ActorMention) -> str | None:
        """The country that a mention speaks of: that of a nationality in it, else the home of the actor; None if it says none."""
        nations = [key.removeprefix(_NATION) for key in mention.actor_ids if key.startswith(_NATION)]
        homes = [row.country for key in mention.actor_ids if (row := self._rows.get(key)) and row.country]
        found = sorted(set(nations or homes))
        return found[0] if len(found) == 1 else None

    def digest_of(self, mentions: Iterable[ActorMention]) -> str:
        """SHA-256 over the rows that the mentions may stand for: changes if and only if one of these rows does."""
        keys = sorted({key for mention in mentions for key in mention.actor_ids})
        return hashlib.sha256(repr([(key, self._digests[key]) for key in keys]).encode()).hexdigest()

    # ------------------------------------------------------------------ resolution

    def resolve(self, phrase: str, *, country: str | None, day: dt.date | None, is_armed: bool = False) -> ActorResolution | None:
        """Who a phrase stands for.

        Args:
            phrase: Words of a text, such as `IS militants`, or a full name of the registry.
            country: Country of the event.
            day: Day of the event.
            is_armed: Whether they did violence: `the Russians` are then that state's forces, else its people.

        Returns:
            The actor, or None if the phrase names nobody known, such as a person's name.
        """
        # `Taliban` alone may be the insurgents or the government: only the form of a full name settles it.
        if ("(" in phrase or ": " in phrase) and (exact := self._by_name.get(phrase)):
            return self._placed(exact, country, None, ("full_name",))
        found = self._index.find(phrase, in_capitals=False)
        nations = list(dict.fromkeys(key.removeprefix(_NATION) for each in found for key in each.keys if key.startswith(_NATION)))
        if row := self._best_row(found, nations, country, day):
            return self._resolve_row(row, country, day)
        own_name = None if nations else _unregistered(phrase, [each.phrase for each in found])
        if own_name is None and (generics := self._generics_in(phrase, found)):
            return self._resolve_generic(generics, nations, country, day)
        if nations:
            return self._resolve_nation(phrase, found, nations, country, day, is_armed)
        return own_name

    def _best_row(self, found: list[Found], nations: list[str], country: str | None, day: dt.date | None) -> Actor | None:
        """The first actor named; of several with one name the one whose name holds that day, at home here first."""
        for each in found:
            rows = [self._rows[key.removeprefix(_REGISTRY)] for key in each.keys if key.startswith(_REGISTRY)]
            # `national guard` is a common word and, in some countries, a name.
            if self._first_generic(each):
                rows = [row for row in rows if row.country in (None, country, *nations)]
            if rows:
                return min(
                    rows,
                    key=lambda row: (
                        not row.covers(day),
                        row.country not in nations,
                        row.country != country,
                        row.country is not None,
                        row.actor_id,
                    ),
                )
        return None

    def _resolve_row(self, row: Actor, country: str | None, day: dt.date | None) -> ActorResolution:
        reasons = ["named"] if row.covers(day) else ["named", "outside_validity"]
        if REGIME in row.name:
            name, known = self._fill(row.name, row.country, day)
            reasons += [] if known else ["regime_unknown"]
        else:
            name = row.name.replace(COUNTRY, country or INTERNATIONAL)
        return self._placed(replace(row, actor_id=self._id_of(name, row), name=name), country, None, tuple(reasons))

    def _id_of(self, name: str, row: Actor | None = None) -> str:
        """Key of a full name in the table of actors; empty for a name that it lacks."""
        if row is not None and row.name == name:
            return row.actor_id
        known = self._by_name.get(name)
        return known.actor_id if known else ""

    def _placed(self, actor: Actor, country: str | None, associate: str | None, reasons: tuple[str, ...]) -> ActorResolution:
        """The actor in the event's country: a state's forces are external forces abroad."""
        abroad = actor.inter == STATE and country is not None and actor.country not in (None, country)
        inter, why = (EXTERNAL, (*reasons, "abroad")) if abroad else (actor.inter, reasons)
        return ActorResolution(actor.name, actor.actor_id or None, inter, associate, why)

    def _generics_in(self, phrase: str, found: list[Found]) -> list[Generic]:
        """People in a phrase by what they are, the most telling first; of `relatives of soldiers` only the relatives."""
        head = phrase.find(" of ")
        parts = [each for each in found if self._first_generic(each)]
        if heads := [each for each in parts if head >= 0 and each.end <= head]:
            parts = heads
        generics = [generic for each in parts if (generic := self._first_generic(each))]
        return sorted(generics, key=_telling)

    def _resolve_generic(
        self, generics: list[Generic], nations: list[str], country: str | None, day: dt.date | None
    ) -> ActorResolution:
        first = generics[0]
        # A nationality says whose soldiers and which country's people these are; crowds and gunmen are named by the place.
        home = country
        if nations and first.inter in (STATE, CIVILIANS):
            home = nations[0] if len(nations) == 1 or first.inter == STATE else None
        name, known = self._fill(first.name, home, day)
        # Armed men are no civilians of whatever else the words call them.
        identities = [each.associate for each in generics if each is first or first.inter >= IDENTITY]
        associates = {self._fill(each, home, day)[0] for each in identities if each}
        actor = Actor(self._id_of(name), name, "generic", first.inter, home)
        associates -= {name, NAMELESS_FORCES}
        reasons = (f"generic:{first.term}",) if known else (f"generic:{first.term}", "regime_unknown")
        return self._placed(actor, country, "; ".join(sorted(associates)) or None, reasons)

    def _resolve_nation(
        self, phrase: str, found: list[Found], nations: list[str], country: str | None, day: dt.date | None, is_armed: bool
    ) -> ActorResolution:
        """A country that acts stands for its forces, its people stand for themselves."""
        is_country = any(each.phrase.casefold() in self._country_words for each in found) and "'s" not in phrase
        if is_country or is_armed:
            return self.forces(nations[0], country=country, day=day, reasons=("country_as_actor",))
        return self.civilians(nations[0] if len(nations) == 1 else None, reasons=("nationals",))

    def _fill(self, template: str, country: str | None, day: dt.date | None) -> tuple[str, bool]:
        """A name with its country or regime, and whether the regime is known."""
        if REGIME not in template:
            return template.replace(COUNTRY, country or INTERNATIONAL), True
        regime, known = self.regimes.on(country, day) if country else (None, False)
        return (template.replace(REGIME, regime.words), known) if regime else (NAMELESS_FORCES, False)

    def forces(self, of: str | None, *, country: str | None, day: dt.date | None, reasons: tuple[str, ...] = ()) -> ActorResolution:
        """The armed forces of a state in a country on a day."""
        name, known = self._fill(f"Military Forces of {REGIME}", of, day)
        actor = Actor(self._id_of(name), name, "state", STATE, of)
        return self._placed(actor, country, None, reasons if known else (*reasons, "regime_unknown"))

    def civilians(self, country: str | None, reasons: tuple[str, ...] = ()) -> ActorResolution:
        """The people of a country, or of several or an unknown one if it is None."""
        return self._plain("Civilians", CIVILIANS, country, reasons)

    def armed_group(self, country: str | None, reasons: tuple[str, ...] = ()) -> ActorResolution:
        """An armed group that nobody named."""
        return self._plain("Unidentified Armed Group", POLITICAL, country, reasons)

    def protesters(self, country: str | None, reasons: tuple[str, ...] = ()) -> ActorResolution:
        """A peaceful crowd."""
        return self._plain("Protesters", PROTESTERS, country, reasons)

    def rioters(self, country: str | None, reasons: tuple[str, ...] = ()) -> ActorResolution:
        """A violent crowd."""
        return self._plain("Rioters", RIOTERS, country, reasons)

    @staticmethod
    def _plain(word: str, inter: int, country: str | None, reasons: tuple[str, ...]) -> ActorResolution:
        name = f"{word} ({country or INTERNATIONAL})"
        return ActorResolution(name, slug(name), inter, None, reasons)

    # ------------------------------------------------------------------ the table of actors

    def get(self, actor_id: str) -> Actor | None:
        """The actor under its full name, as the table of actors has it; None if there is none of that id."""
        return self._by_id.get(actor_id)

    @cached_property
    def _by_id(self) -> dict[str, Actor]:
        return actor_rows.all_actors(self._rows.values(), self._generics.values(), self.regimes)

    @cached_property
    def _by_name(self) -> dict[str, Actor]:
        return {actor.name: actor for _, actor in sorted(self._by_id.items())}


def _telling(generic: Generic) -> tuple[int, bool]:
    """Crowds say most about people, arms next; civilians are what is left. Sorting by it keeps the order of the text."""
    rank = {PROTESTERS: 0, RIOTERS: 0, CIVILIANS: 2}.get(generic.inter, 1)
    return rank, generic.associate is None and generic.inter == CIVILIANS


def _unregistered(phrase: str, known: list[str]) -> ActorResolution | None:
    """An organisation that the registry lacks, seen by the form of its name; None for anything else.

    Args:
        phrase: Words of the text.
        known: Common words found in them. Those that are part of such names (`Brigade`) do not count against one.
    """
    name = re.sub(r"^(?:the|a|an)\s+", "", phrase.strip(), flags=re.IGNORECASE)
    words = re.split(r"[\s-]+", name)
    if any(not _ORGANISATION.search(each) for each in known) or (known and name.isupper()) or not _ORGANISATION.search(name):
        return None
    if any(word[:1].islower() and word not in PARTICLES | {"for", "of"} for word in words) or ";" in name:
        return None
    if all(_ORGANISATION.fullmatch(word) for word in words) or len(words) < 2:
        return None
    return ActorResolution(name.title() if name.isupper() else name, None, POLITICAL, None, ("unregistered",))
