"""Actors by name: who is named in a text, and under which name of the registry they act on a day in a country.

Names follow the grammar of the codebook: `Military Forces of Iraq (2014-2018) Peshmerga`, `IS: Islamic State (Iraq)`,
`Civilians (Iraq)`. Seed rows write `{country}` and `{regime}` where the country, or the country and the years of its regime, stand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from pipeline.resources import actor_rows
from pipeline.resources.actor_index import ActorIndex
from pipeline.resources.actor_mentions import PARTY, ActorMention, MentionFinder, telling
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
from pipeline.resources.actor_scenes import ActorResolution, Scene
from pipeline.resources.countries import CountryFacts, digest_of_row
from pipeline.resources.local_actors import LocalActors
from pipeline.resources.missions import PEACEKEEPING, Missions
from pipeline.resources.names import Found
from pipeline.resources.organisations import OrganisationWords
from pipeline.resources.regimes import RegimeTable
from schemas.identity import slug
from schemas.taxonomy import COUNTRIES

__all__ = ["Actor", "ActorMention", "ActorRegistry", "ActorResolution"]

_AND_OR = " and/or "
_UNIT = "unit"
_GOVERNMENT = "government"
_OF_AN_ARMY = frozenset(("sniper",))
"""Terms for armed men who are a nation's soldiers where its name stands before them."""
_PEACEKEEPERS = "generic:peacekeepers"
_SHORT_ACRONYM = 3
"""Letters of an acronym that stands for one group in one part of the world and for another elsewhere."""
_LEADING = "the "
"""Before a phrase, so that its first word does not look like the first of a sentence."""


def _is_short_acronym(phrase: str) -> bool:
    return phrase.isupper() and len(phrase) <= _SHORT_ACRONYM


class ActorRegistry:
    """Actors by name, country and day."""

    def __init__(self, index: ActorIndex, words: OrganisationWords, regimes: RegimeTable, local: LocalActors) -> None:
        """Use `from_rows`."""
        self.regimes = regimes
        self._local = local
        self._index = index
        self._words = words
        self._missions = Missions(index.rows.values())
        self._finder = MentionFinder(index, words)

    @classmethod
    def from_rows(
        cls,
        actors: Iterable[Mapping[str, str]],
        regimes: Iterable[Mapping[str, str]],
        generic_actors: Iterable[Mapping[str, str]],
        countries: CountryFacts,
        organisation_words: Iterable[Mapping[str, str]] = (),
        local_actors: Iterable[Mapping[str, str]] = (),
    ) -> ActorRegistry:
        """A registry from the rows of the seed tables of actors, regimes, generic_actors, organisation_words and local_actors.

        Raises:
            SeedError: A row has an unknown kind, class, country, day or link, or two actors share a name.
        """
        named, generics = list(actors), list(generic_actors)
        digests = {row["actor_id"]: digest_of_row(row) for row in named}
        digests |= {"generic:" + row["term"]: digest_of_row(row) for row in generics}
        people = [actor_rows.read_generic(row) for row in generics]
        index = ActorIndex([actor_rows.read_actor(row) for row in named], people, countries, digests)
        local = LocalActors.from_rows(local_actors, index)
        return cls(index, OrganisationWords.from_rows(organisation_words), RegimeTable.from_rows(regimes), local)

    # ------------------------------------------------------------------ mentions

    def mentions(self, text: str, *, day: dt.date | None = None, places: Sequence[tuple[int, int]] = ()) -> list[ActorMention]:
        """Actors named in a text in order.

        A nationality or identity belongs to the people it stands before (`Iraqi forces`, `Kakai villagers`), an armed group to its
        fighters (`Boko Haram gunmen`). A nationality alone names nobody. What the text says that an acronym means goes before what
        the registry says. An organisation that no row has is known by the form of its name.

        Args:
            text: The text.
            day: Day of reporting: of several actors of one name, those are meant that were there then.
            places: Spans of names of places in order: `the Kirkuk militants` are no organisation's.
        """
        return self._finder.find(text, day, places)

    def home_of(self, mention: ActorMention) -> str | None:
        """The country that a mention speaks of: that of a nationality in it, else the home of the actor; None if it says none."""
        # `Senegalese peacekeepers` serve abroad.
        return None if _PEACEKEEPERS in mention.actor_ids else self._index.home_of(mention.actor_ids)

    def digest_of(self, mentions: Iterable[ActorMention]) -> str:
        """SHA-256 over the rows that the mentions may stand for: changes if and only if one of these rows does."""
        return self._index.digest(key for mention in mentions for key in mention.actor_ids)

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
        scene = Scene(country, day, tuple(self._index.nations_of(found)))
        if named := self._resolve_named(phrase, found, scene):
            return named
        if unit := self._resolve_unit(found, scene):
            return unit
        if found and _is_short_acronym(phrase) and self._index.rows_of(found[0]):
            # It is somebody's name, but not that of the far-off group that the registry has under it.
            return ActorResolution(phrase, None, POLITICAL, None, ("unregistered",))
        return self._unregistered(phrase, found) or self._resolve_people(phrase, found, scene, is_armed)

    def _resolve_named(self, phrase: str, found: list[Found], scene: Scene) -> ActorResolution | None:
        """The actor that a phrase names, or means in that country."""
        if local := self._local.meant(found, scene):
            return replace(self._resolve_row(local, scene), reasons=("local",))
        chosen = self._named_rows(phrase, found, scene)
        if not chosen:
            return None
        first = chosen[0][0]
        governing = [each for each in self._generics_in(phrase, found) if each.term == _GOVERNMENT]
        if governing and first.inter == STATE and first.country:
            # `The Taliban government` is not their army.
            return self._resolve_generic(governing, replace(scene, nations=(first.country,)))
        return self._resolve_rows(chosen, scene)

    def _resolve_people(self, phrase: str, found: list[Found], scene: Scene, is_armed: bool) -> ActorResolution | None:
        """Who people are that no organisation's name tells: by their party, by what they are, by their nation."""
        generics = self._generics_in(phrase, found)
        if parties := [row for each in found for row in scene.best(self._index.rows_of(each))[:1] if row.kind == PARTY]:
            return self._resolve_party(parties, generics, scene)
        if generics and generics[0].name.endswith(PEACEKEEPING) and (mission := self._missions.serving(generics[0].name, scene)):
            return self._resolve_row(mission, scene)
        if generics:
            return self._resolve_generic(generics, scene)
        return self._resolve_nation(phrase, found, scene, is_armed) if scene.nations else None

    def _named_rows(self, phrase: str, found: list[Found], scene: Scene) -> list[list[Actor]]:
        """For each actor named, the first, or the two of which either may be meant, the rows that suit best."""
        chosen: list[list[Actor]] = []
        last: Found | None = None
        for each in found:
            rows = [row for row in self._index.rows_of(each) if row.kind != PARTY and self._is_heard(row, each, scene)]
            # `national guard` is a common word and, in some countries, a name.
            if self._index.generic_of(each):
                rows = [row for row in rows if row.country in (None, scene.country, *scene.nations)]
            if rows and last is not None and not self._words.is_alternative(phrase[last.end : each.start]):
                break
            if rows:
                chosen.append(scene.best(rows))
                last = each
        return chosen[:2]

    def _is_heard(self, row: Actor, found: Found, scene: Scene) -> bool:
        """Whether a row may be meant there: a name of common words alone (`National Liberation Army`) reaches no other region.

        A unit's (`Republican Guard`) reaches no other country: each has its own.
        """
        if row.country is None or scene.country is None or row.country in (scene.country, *scene.nations):
            return True
        is_near = COUNTRIES[row.country].region == COUNTRIES[scene.country].region and row.kind != _UNIT
        if not is_near and _is_short_acronym(found.phrase):
            # `SLA` in Sri Lanka is not Sudan's.
            return False
        return is_near or row.kind not in ("armed_group", _UNIT) or bool(self._words.telling(found.phrase.split()))

    def _resolve_unit(self, found: list[Found], scene: Scene) -> ActorResolution | None:
        """The forces of the country for a unit of a name that only other countries' are known by; None if no unit is named."""
        units = [row for each in found for row in self._index.rows_of(each) if row.kind == _UNIT]
        if not units or any(self._index.generic_of(each) for each in found):
            return None
        name, known = self._fill(units[0].name.partition(REGIME)[0] + REGIME, scene.country, scene.day)
        reasons = ("unit",) if known else ("unit", "regime_unknown")
        return self._placed(Actor(self._id_of(name), name, "state", STATE, scene.country), scene.country, None, reasons)

    def _resolve_rows(self, chosen: list[list[Actor]], scene: Scene) -> ActorResolution:
        """The actor that rows stand for; where several suit equally, or two are named, all of them as one."""
        rows = list(dict.fromkeys(row for each in chosen for row in self._widest(each)))
        there = [self._on_day(row, scene.day) for row in rows]
        first = self._resolve_row(there[0], scene)
        if there[0] is not rows[0]:
            first = replace(first, reasons=(*first.reasons, "succession"))
        names = sorted({self._resolve_row(row, scene).name for row in there})
        if len(names) == 1:
            return first
        return ActorResolution(_AND_OR.join(names), None, first.inter, None, (*first.reasons, "ambiguous"))

    def _widest(self, rows: list[Actor]) -> list[Actor]:
        """Rows without those whose front is among them."""
        keys = {row.actor_id for row in rows}
        return [row for row in rows if not keys.intersection(self._above(row))] if len(rows) > 1 else rows

    def _above(self, row: Actor) -> list[str]:
        """Keys of the front that a row is a part of, and of what that is a part of."""
        above = []
        while row.parent:
            above.append(row.parent)
            row = self._index.rows[row.parent]
        return above

    def _on_day(self, row: Actor, day: dt.date | None) -> Actor:
        """The row itself or, outside its days, what it had become by then or had been."""
        following: Actor | None = row
        while following and day and following.valid_to and following.valid_to < day:
            following = self._index.rows.get(following.successor or "")
        if following and following is not row and following.covers(day):
            return following
        before: Actor | None = row
        while before and day and before.valid_from and day < before.valid_from:
            before = self._predecessors.get(before.actor_id)
        return before if before and before.covers(day) else row

    @cached_property
    def _predecessors(self) -> dict[str, Actor]:
        """The last row that each row succeeds."""
        return {row.successor: row for row in self._index.rows.values() if row.successor}

    def _resolve_row(self, row: Actor, scene: Scene) -> ActorResolution:
        if row.name.endswith(PEACEKEEPING):
            row = self._missions.serving(row.name, scene) or row
        reasons = ["named"] if row.covers(scene.day) else ["named", "outside_validity"]
        if REGIME in row.name:
            name, known = self._fill(row.name, row.country, scene.day)
            reasons += [] if known else ["regime_unknown"]
        else:
            name = row.name.replace(COUNTRY, scene.country or INTERNATIONAL)
        return self._placed(replace(row, actor_id=self._id_of(name, row), name=name), scene.country, None, tuple(reasons))

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
        parts = [each for each in found if self._index.generic_of(each)]
        if heads := [each for each in parts if head >= 0 and each.end <= head]:
            parts = heads
        generics = [generic for each in parts if (generic := self._index.generic_of(each))]
        return sorted(generics, key=telling)

    def _resolve_generic(self, generics: list[Generic], scene: Scene) -> ActorResolution:
        first = actor_rows.as_militia(generics)
        home, nations = scene.country, scene.nations
        # A nationality says whose soldiers and which country's people these are; crowds and gunmen are named by the place.
        if nations and first.term in _OF_AN_ARMY:
            return self.forces(nations[0], country=scene.country, day=scene.day, reasons=(f"generic:{first.term}",))
        if nations and first.inter in (STATE, CIVILIANS):
            home = nations[0] if len(nations) == 1 or first.inter == STATE else None
        name, known = self._fill(first.name, home, scene.day)
        # Armed men are no civilians of whatever else the words call them.
        identities = [each.associate for each in generics if each is first or first.inter > IDENTITY]
        associates = {self._fill(each, home, scene.day)[0] for each in identities if each}
        actor = Actor(self._id_of(name), name, "generic", first.inter, home)
        associates -= {name, NAMELESS_FORCES}
        reasons = (f"generic:{first.term}",) if known else (f"generic:{first.term}", "regime_unknown")
        return self._placed(actor, scene.country, "; ".join(sorted(associates)) or None, reasons)

    def _resolve_party(self, parties: list[Actor], generics: list[Generic], scene: Scene) -> ActorResolution:
        """The people of parties: a crowd or civilians, with the parties as associates."""
        if (armed := [each for each in generics if each.inter == STATE]) and parties[0].country:
            return self._resolve_generic(armed, replace(scene, nations=(parties[0].country,)))
        unarmed = [each for each in generics if each.inter >= RIOTERS]
        crowd = self._resolve_generic(unarmed, scene) if unarmed else self.civilians(scene.country, reasons=("party",))
        names = {row.name for row in parties} | set((crowd.associate or "").split("; ")) - {""}
        return replace(crowd, associate="; ".join(sorted(names)))

    def _resolve_nation(self, phrase: str, found: list[Found], scene: Scene, is_armed: bool) -> ActorResolution:
        """A country that acts stands for its forces, its people stand for themselves."""
        nations = scene.nations
        is_country = any(each.phrase.casefold() in self._index.country_words for each in found) and "'s" not in phrase
        if is_country or is_armed:
            return self.forces(nations[0], country=scene.country, day=scene.day, reasons=("country_as_actor",))
        return self.civilians(nations[0] if len(nations) == 1 else None, reasons=("nationals",))

    def _unregistered(self, phrase: str, found: list[Found]) -> ActorResolution | None:
        """An organisation that the registry lacks, under its own name and in the class that its words speak for."""
        led = f"{_LEADING}{phrase}"
        shift = len(_LEADING)
        plain = [each for each in found if self._index.generic_of(each) or self._index.is_nation(each)]
        common = [(each.start + shift, each.end + shift) for each in plain]
        nations = [span for span, each in zip(common, plain, strict=True) if self._index.is_nation(each)]
        groups = self._words.names_in(led, (), common, nations, in_capitals=False) if not phrase.isupper() else []
        if not groups and not nations:
            whole = self._words.whole_name(phrase, [(each.start, each.end) for each in plain])
            groups = [whole] if whole else []
        return ActorResolution(groups[0].name, None, groups[0].inter, None, ("unregistered",)) if groups else None

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

    def militia(self, groups: Iterable[str]) -> ActorResolution | None:
        """The armed men of the first of some names of people that is an ethnic group's."""
        name = next((name for group in sorted(groups) if (name := actor_rows.militia_of(group))), None)
        return ActorResolution(name, self._id_of(name) or None, IDENTITY, None, ("militia",)) if name else None

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

    def rows_named(self, words: str) -> list[Actor]:
        """Rows of the registry that words may name, wherever and whenever, by key."""
        rows = {row.actor_id: row for found in self._index.find(words, in_capitals=False) for row in self._index.rows_of(found)}
        return [rows[key] for key in sorted(rows)]

    def get(self, actor_id: str) -> Actor | None:
        """The actor under its full name, as the table of actors has it; None if there is none of that id."""
        return self._by_id.get(actor_id)

    def named(self, name: str) -> Actor | None:
        """The actor of that full name, such as `Military Forces of Iraq (2014-2018)`; None if the registry makes no such name."""
        return self._by_name.get(name)

    @cached_property
    def _by_id(self) -> dict[str, Actor]:
        return actor_rows.all_actors(self._index.rows.values(), self._index.generics.values(), self.regimes)

    @cached_property
    def _by_name(self) -> dict[str, Actor]:
        return {actor.name: actor for _, actor in sorted(self._by_id.items())}
