"""Who is named in a text: actors of the registry, people by what they are, and organisations that only their form shows."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.resources.acronyms import Definition, definitions_in, occurrences
from pipeline.resources.actor_index import ActorIndex
from pipeline.resources.actor_rows import (
    CIVILIANS,
    IDENTITY,
    POLITICAL,
    PROTESTERS,
    RIOTERS,
    STATE,
    Actor,
    Generic,
    militia_of,
    spoken_names,
)
from pipeline.resources.names import Found, is_upper_case, is_word_in_capitals
from pipeline.resources.organisations import NamedGroup, OrganisationWords

ORGANISATION = "organisation:"
"""Before the name of an organisation that no row has, as a key of mentions."""
PARTY = "party"

_LINK = re.compile(r"(?:['’]s?)?[ \t\n-]{1,2}")
_OF_A_PEOPLE = re.compile(
    r"[ \n](?:from|of|described[ \n]as|said[ \n]to[ \n]be|identified[ \n]as)(?:[ \n](?:the|ethnic)){0,2}[ \n]"
)
_LONGEST_LINK = 26
_LONGEST_ACRONYM, _SHORTEST_ACRONYM = 6, 2
_MEMORY = dt.timedelta(days=5 * 366)
"""How long before and after its days a text may use an actor's acronym alone."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ActorMention:
    """Words that name an actor.

    Attributes:
        start: First code point.
        end: Code point after the last.
        phrase: The words, with a nationality or identity before them: `Iraqi forces`, `Kakai villagers`; for an acronym that the
            text itself explains, the words that it stands for.
        actor_ids: Keys of the seed rows they may stand for, sorted: `actor_id`, `generic:term`, `country:name`,
            `organisation:name` for one that no row has.
        kind: `registry` if an actor is named, `generic` for people by what they are.
        inter: Class at home of the most telling of them.
    """

    start: int
    end: int
    phrase: str
    actor_ids: tuple[str, ...]
    kind: Literal["registry", "generic"]
    inter: int


def telling(generic: Generic) -> tuple[int, bool]:
    """Crowds say most about people, arms next; civilians are what is left. Sorting by it keeps the order of the text."""
    rank = {PROTESTERS: 0, RIOTERS: 0, CIVILIANS: 2}.get(generic.inter, 1)
    return rank, generic.associate is None and generic.inter == CIVILIANS


@dataclass(frozen=True, slots=True)
class _Scene:
    """What a text tells of when and where, to choose among rows of one name."""

    text: str
    day: dt.date | None
    nations: frozenset[str]

    def narrowed(self, rows: Sequence[Actor], phrase: str) -> Sequence[Actor]:
        """Those of the rows of a name that were there on the day, of these those at home where the text is.

        Short acronyms stand for many things: they are an actor's only in its days, the shortest only where its country is named.
        """
        if phrase.isupper() and len(phrase) <= _LONGEST_ACRONYM:
            rows = [row for row in rows if self._is_near(row)]
            if len(phrase) <= _SHORTEST_ACRONYM and phrase.isalpha():
                rows = [row for row in rows if row.country is None or row.country in self.nations]
        if len(rows) < 2:
            return rows
        rows = [row for row in rows if row.covers(self.day)] or rows
        return [row for row in rows if row.country in self.nations] or rows

    def speaks_of(self, row: Actor, phrase: str) -> bool:
        """Whether a common word (`settlers`, `national guard`) may be the actor that the registry has under it.

        It may where the actor's country is named, or where the registry itself gives it in small letters.
        """
        return row.country in self.nations or phrase.lower() in row.aliases

    def _is_near(self, row: Actor) -> bool:
        """Whether a text of that day may still, or already, speak of an actor."""
        if self.day is None:
            return True
        first, last = row.valid_from or self.day, row.valid_to or self.day
        return first - _MEMORY <= self.day <= last + _MEMORY


class MentionFinder:
    """Finds actors in texts."""

    def __init__(self, index: ActorIndex, words: OrganisationWords) -> None:
        """A finder of these names, and of names made of these words."""
        self._index = index
        self._words = words

    def find(self, text: str, day: dt.date | None, places: Sequence[Span]) -> list[ActorMention]:
        """Actors named in a text in order; see `ActorRegistry.mentions`."""
        found = self._index.find(text)
        groups = self._groups(text, found, places)
        scene = _Scene(text, day, frozenset(self._index.nations_of(found)))
        classes = {_key_of(group): group.inter for group in groups}
        mentions: list[ActorMention] = []
        run: list[Found] = []
        for each in _with_groups(found, groups):
            if self._is_only_attributed(text, each):
                continue
            if run and not self._joins(text, run, each):
                mentions += self._mention(scene, run, classes)
                run = []
            run.append(each)
        mentions += self._mention(scene, run, classes)
        return self._with_acronyms(text, mentions)

    def _groups(self, text: str, found: Sequence[Found], places: Sequence[Span]) -> list[NamedGroup]:
        """Organisations that only the form of their names shows; a place's fighters are named after no organisation."""
        known = [(each.start, each.end) for each in found if self._is_known(each)]
        common = [(each.start, each.end) for each in found if not self._is_known(each)]
        nations = [(each.start, each.end) for each in found if self._index.is_nation(each)]
        groups = self._words.names_in(text, known, common, nations, in_capitals=is_upper_case(text))
        where = iter([*places, (len(text) + 1, len(text) + 1)])
        place = next(where)
        kept = []
        for group in groups:
            while place[1] <= group.start:
                place = next(where)
            if not (group.is_led and place[0] < group.start + len(group.name)):
                kept.append(group)
        return kept

    def _is_only_attributed(self, text: str, each: Found) -> bool:
        """Whether a word only tells of others, as in `pro-government elders`, `a junta-appointed mayor`, `pro-Iranian militia`."""
        is_plain = self._index.generic_of(each) is not None or self._index.is_nation(each)
        if not is_plain or (each.start and text[each.start - 1] == "-" and self._words.is_leaning(text, each.start - 1)):
            return is_plain
        return text[each.end : each.end + 1] == "-" and self._words.is_doing(text, each.end + 1)

    def _is_known(self, found: Found) -> bool:
        return bool(self._index.rows_of(found)) and self._index.generic_of(found) is None

    def _joins(self, text: str, run: list[Found], each: Found) -> bool:
        """Whether a name belongs to those before it."""
        last = run[-1]
        if _LINK.fullmatch(text, last.end, each.start):
            return self._leads_to(run, each)
        gap = text[last.end : each.start] if each.start - last.end <= _LONGEST_LINK else ""
        if _OF_A_PEOPLE.fullmatch(gap) and self._is_people_of(last, each):
            return True
        return self._words.is_alternative(gap) and self._is_group(last) and self._is_group(each)

    def _is_people_of(self, armed: Found, people: Found) -> bool:
        """Whether armed men are said to be of an ethnic group: `raiders from the Murle`."""
        one, other = self._index.generic_of(armed), self._index.generic_of(people)
        is_people = other is not None and other.associate is not None and militia_of(other.associate) is not None
        return is_people and one is not None and one.inter == POLITICAL

    def _is_group(self, found: Found) -> bool:
        """Whether a name is one of armed groups alone."""
        rows = self._index.rows_of(found)
        return bool(rows) and all(row.kind == "armed_group" for row in rows) and self._index.generic_of(found) is None

    def _leads_to(self, run: list[Found], each: Found) -> bool:
        generic = self._index.generic_of(each)
        last = run[-1]
        if generic is None:
            return self._index.is_nation(last) and not self._index.is_nation(each)
        if self._index.is_nation(last):
            return True
        rows = self._index.rows_of(last)
        if rows and rows[0].kind == PARTY:
            # A party that governs has soldiers.
            return generic.inter in (CIVILIANS, PROTESTERS, RIOTERS, STATE)
        if rows or last.keys[0].startswith(ORGANISATION):
            return generic.inter == POLITICAL
        before = self._index.generic_of(last)
        # `Nuer civilians`, `armed Nuer men`
        return before is not None and (before.associate is not None or before.inter == IDENTITY) and generic.associate is None

    def _mention(self, scene: _Scene, run: list[Found], classes: dict[str, int]) -> list[ActorMention]:
        """The actor that names one behind another stand for; none for a nationality alone."""
        if len(run) == 1 and not run[0].keys[0].startswith(ORGANISATION) and not self._index.rows_of(run[0]):
            return self._mention_of_people(scene, run[0])
        named: list[Actor] = []
        heard: list[Actor] = []
        for each in run:
            if self._index.generic_of(each) is None:
                named += scene.narrowed(self._index.rows_of(each), each.phrase)
            else:
                heard += [row for row in self._index.rows_of(each) if scene.speaks_of(row, each.phrase)]
        generic = [each for each in map(self._index.generic_of, run) if each]
        own = sorted({key for each in run for key in each.keys if key.startswith(ORGANISATION)})
        if not (named or generic or own):
            return []
        out = {row.actor_id for each in run for row in self._index.rows_of(each)} - {row.actor_id for row in (*named, *heard)}
        keys = {self._index.mention_key(key) for each in run for key in each.keys} - out
        inter, kind = self._class_of(named, generic, [classes[key] for key in own])
        start, end = run[0].start, run[-1].end
        return [ActorMention(start, end, scene.text[start:end], tuple(sorted(keys)), kind, inter)]

    def _mention_of_people(self, scene: _Scene, found: Found) -> list[ActorMention]:
        """The same for one word for people by what they are, as most mentions are, or for a nationality."""
        generic = self._index.generic_of(found)
        words = scene.text[found.start : found.end]
        return [ActorMention(found.start, found.end, words, found.keys, "generic", generic.inter)] if generic else []

    @staticmethod
    def _class_of(
        named: Sequence[Actor], generic: Sequence[Generic], own: Sequence[int]
    ) -> tuple[int, Literal["registry", "generic"]]:
        """Class and kind of a mention; the people of a party are people like others."""
        actors = [row for row in named if row.kind != PARTY]
        if actors:
            first = sorted(actors, key=lambda row: row.actor_id)
            return Counter(row.inter for row in first).most_common(1)[0][0], "registry"
        if own:
            return own[0], "registry"
        return (min(generic, key=telling).inter if generic else CIVILIANS), "generic"

    # ------------------------------------------------------------------ acronyms that the text explains

    def _with_acronyms(self, text: str, mentions: list[ActorMention]) -> list[ActorMention]:
        """The mentions, with acronyms read as the text explains them: what it says goes before what the registry says."""
        definitions = definitions_in(text)
        if not definitions:
            return mentions
        ends = {mention.end: mention for mention in mentions}
        in_capitals = is_upper_case(text)
        meant: dict[str, ActorMention | None] = {}
        for each in definitions:
            if each.acronym in meant or (in_capitals and is_word_in_capitals(each.acronym)):
                continue
            named = self._explanation(text, each, ends.get(each.name_end))
            if (named is None and each.long_start < 0) or self._is_known_as(text, each, named):
                continue
            meant[each.acronym] = named
            if named is not None and named.end not in ends:
                mentions = [*mentions, named]
        return _replaced(text, mentions, meant)

    def _explanation(self, text: str, definition: Definition, named: ActorMention | None) -> ActorMention | None:
        """The actor before an acronym whose name it shortens; people by what they are only if its letters are theirs."""
        if named is None:
            return self._defined(text, definition)
        if named.kind == "generic" and not (named.start <= definition.long_start and named.inter == STATE):
            return None
        return named

    def _defined(self, text: str, definition: Definition) -> ActorMention | None:
        """The unknown organisation whose initials an acronym is, in a text whose capitals do not show where names begin."""
        name = " ".join(text[definition.long_start : definition.name_end].split()) if definition.long_start >= 0 else ""
        groups = self._words.names_in(name.title(), (), (), in_capitals=False) if name.isupper() else []
        if len(groups) != 1 or len(groups[0].name) != len(name):
            return None
        return ActorMention(
            definition.long_start, definition.name_end, groups[0].name, (_key_of(groups[0]),), "registry", groups[0].inter
        )

    def _is_known_as(self, text: str, definition: Definition, named: ActorMention | None) -> bool:
        """Whether the registry reads an acronym as the text does: the same actor, or one whose name shares a word of its own."""
        rows = [row for found in self._index.find(definition.acronym, in_capitals=False) for row in self._index.rows_of(found)]
        if not rows or (named is not None and named.kind == "generic"):
            return False
        if named is not None and not named.actor_ids[0].startswith(ORGANISATION):
            # `UN peacekeepers (MINUSCA)`: what the registry knows of the acronym is more than the words before it.
            return definition.long_start < 0 or any(row.actor_id in named.actor_ids for row in rows)
        start = definition.long_start if named is None else named.start
        words = text[start : definition.name_end].split()
        return any(self._words.is_same_name(words, name.split()) for row in rows for name in spoken_names(row) if " " in name)


def _key_of(group: NamedGroup) -> str:
    return ORGANISATION + group.name.casefold()


def _with_groups(found: Sequence[Found], groups: Sequence[NamedGroup]) -> list[Found]:
    """Names in order, those that are part of an organisation's left out."""
    made = [Found(group.start, group.end, group.name, (_key_of(group),)) for group in groups]
    kept: list[Found] = []
    position = 0
    for each in found:
        while position < len(groups) and groups[position].end <= each.start:
            position += 1
        if position == len(groups) or each.end <= groups[position].start:
            kept.append(each)
    return sorted([*kept, *made], key=lambda each: each.start)


def _replaced(text: str, mentions: list[ActorMention], meant: dict[str, ActorMention | None]) -> list[ActorMention]:
    """The mentions, with those of acronyms exchanged for what the text says that they mean."""
    spots = dict(occurrences(text, meant.keys()))
    brackets = {start for start in spots if text[start - 1 : start] == "("}
    kept = []
    for mention in mentions:
        taken = spots.pop(mention.start, None)
        named = meant.get(text[mention.start : taken]) if taken else None
        if taken is None:
            kept.append(mention)
        elif named is not None:
            kept.append(replace(named, start=mention.start, end=mention.end))
    for start, end in spots.items():
        named = meant[text[start:end]]
        if named is not None and not (start in brackets and named.kind == "generic"):
            kept.append(replace(named, start=start, end=end))
    return sorted(kept, key=lambda mention: mention.start)
