"""Every run of words in a text that may be the name of a place somewhere, and how far the words around make it one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.resources.common_words import Use, are_common, are_names
from pipeline.resources.place import PlaceMention, kind_around
from pipeline.resources.places_by_name import Candidate
from pipeline.resources.world_layer import of_kind
from pipeline.resources.world_names import WorldNames, needed
from pipeline.resources.world_needs import Cue
from pipeline.resources.world_text import (
    NameInText,
    SearchedText,
    cue_around,
    cue_before,
    follower,
    goes_on,
    has_article,
    is_capital,
    is_unlike_a_place,
    is_within_longer,
    runs_on,
)

HIDDEN = -5
"""Margin of a name that stands in a longer one or after an article, as in `the Huntsville Police Department`."""


@dataclass(frozen=True, slots=True)
class LooseName:
    """A name that some places of the world have.

    Attributes:
        start: First code point, of the word of kind if one stands before the name.
        end: Code point after the last.
        name: The name alone.
        kinds: Kinds that a word beside it allows; none if there is no such word.
        margin: By how much the words around say more than a name such as this needs; below 0 too little, `HIDDEN` where they speak
            against it but another mention of the name may speak for it.
        found: The places.
        is_surname: Whether it stands after a given name: other mentions of it are likely of the person.
    """

    start: int
    end: int
    name: str
    kinds: tuple[str, ...]
    margin: int
    found: Sequence[Candidate]
    is_surname: bool = False


def loose_names(names: WorldNames, text: str, known: Sequence[PlaceMention]) -> tuple[list[LooseName], set[int]]:
    """Names of the world's places in a text, but for those that are no longer than a known one, the longest where several begin.

    Args:
        names: The names.
        text: The text.
        known: Names that need no look at the words around them.

    Returns:
        The names in order, and the starts of those of `known` that are parts of the name of a person or body.
    """
    state = names.words_of(text, known, ())
    found = list(_search(names, state))
    words = {start: number for number, (start, _) in enumerate(state.spans)}
    bodies = {each.start for each in known if each.start in words and _is_body(state, each, words[each.start])}
    return found, bodies


def _is_body(state: SearchedText, mention: PlaceMention, first: int) -> bool:
    after = first
    while after < len(state.spans) and state.spans[after][0] < mention.end:
        after += 1
    name = NameInText(first, after, mention.start, mention.end, 0, ())
    if is_person(state, name) or goes_on(state, name):
        return True
    # `Lake Vermont` and `Fort Jackson` are called after them.
    return first > 0 and bool(state.entries[first - 1][1] & Use.BEFORE) and is_capital(state, first - 1) and runs_on(state, first)


def _search(names: WorldNames, state: SearchedText) -> Iterator[LooseName]:
    for index, (_, uses, longest, _) in enumerate(state.entries):
        start = state.spans[index][0]
        if start < state.last_end:
            continue
        known = state.known.get(start)
        is_name = longest and (state.text[start].isupper() or uses & Use.JOINT)
        loose = _longest(names, state, index, known.end if known else start) if is_name else None
        if loose:
            state.last_end, state.last_cue = loose.end, Cue.STRONG if loose.margin >= 0 else Cue.NOTHING
            yield loose
        elif known:
            state.last_end, state.last_cue = known.end, Cue.STRONG


_NO_GIVEN_NAME = Use.WORD | Use.IN | Use.OF | Use.SITE | Use.TIME | Use.JOINT | Use.ARTICLE | Use.PEOPLE | Use.LOCAL | Use.OTHER


def _follows_given_name(state: SearchedText, name: NameInText) -> bool:
    before = name.first - 1
    if before < 0 or not is_capital(state, before) or not runs_on(state, name.first) or state.spans[before][0] in state.known:
        return False
    uses = state.entries[before][1]
    return bool(uses & Use.NAME) or not uses & _NO_GIVEN_NAME


def _longest(names: WorldNames, state: SearchedText, index: int, beyond: int) -> LooseName | None:
    cue = cue_before(state, index)
    if state.in_capitals and not cue and state.spans[index][0] not in state.led:
        return None
    for name in names.names_at(state, index, beyond):
        if goes_on(state, name) or is_unlike_a_place(state, name) or is_person(state, name):
            continue
        start, end, kinds = kind_around(state.text, name.start, name.end)
        surely = Cue.SURE if kinds or names.is_stated(state, name) else max(cue, cue_around(state, name, cue))
        found = of_kind(name.found, kinds)
        least = needed(state, name, max(found, key=lambda each: (-each.rank, each.population, -each.number)))
        if least >= Cue.NEVER:
            continue
        is_local = follower(state, name) & (Use.LOCAL | Use.SITE)
        is_hidden = not is_local and (is_within_longer(state, name, surely) or (not kinds and has_article(state, name.first)))
        margin = HIDDEN if is_hidden else surely - least
        if (margin < 0 or kinds) and are_common(state.entries[each][1] for each in range(name.first, name.after)):
            margin = HIDDEN
        is_surname = surely == Cue.NOTHING and _follows_given_name(state, name)
        return LooseName(start, end, state.text[name.start : name.end], kinds, margin, name.found, is_surname)
    return None


def is_person(state: SearchedText, name: NameInText) -> bool:
    """Whether a name that people have too stands for a person: `Mr. Jordan`, `Michael Jordan`, `Paris Jackson`."""
    if state.in_capitals or not are_names(state.entries[each][1] for each in range(name.first, name.after)):
        return name.first > 0 and bool(state.entries[name.first - 1][1] & Use.TITLE) and _stands_after(state, name.first)
    if name.first > 0 and _stands_after(state, name.first):
        before = state.entries[name.first - 1][1]
        if before & Use.TITLE or (before & Use.NAME and is_capital(state, name.first - 1)):
            return True
    if name.after >= len(state.spans) or not runs_on(state, name.after) or not is_capital(state, name.after):
        return False
    return bool(state.entries[name.after][1] & Use.NAME) and name.end == state.spans[name.after - 1][1]


def _stands_after(state: SearchedText, index: int) -> bool:
    """Whether a word stands right after another, a full stop between them being a part of a title: `Mr. Jordan`."""
    gap = state.text[state.spans[index - 1][1] : state.spans[index][0]]
    return gap in (" ", ". ") and (gap == " " or bool(state.entries[index - 1][1] & Use.TITLE))
