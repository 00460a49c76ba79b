"""A text in which names of places are sought, and what the words around a name say of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.resources.common_words import Use, are_names
from pipeline.resources.names import APOSTROPHES, HYPHENS
from pipeline.resources.place import PlaceMention
from pipeline.resources.places_by_name import Candidate, Rank
from pipeline.resources.world_needs import Cue

_LINE_START = re.compile(r"[ \t]*(?:[-–•*][ \t]+|\(?\d{1,3}[.)][ \t]+)?")
_LONGEST_ACRONYM = 4
_ABBREVIATIONS = frozenset(("st", "mt", "ft", "sta", "sto"))
_CHAINS = frozenset((", ", " and ", ", and ", " or ", ", or ", " AND ", ", AND ", " OR "))
# Quarters and streets are called after other places: `Dolores neighborhood`, `Sarmiento and San Martin Streets`.
_QUARTER_OR_STREETS = re.compile(
    r"\s+(?:[^\W\d_]+\s+){0,2}neighbou?rhood|\s+(?:and|AND)\s+(?:[^\W\d_]+\s+){1,3}(?:streets|avenues)", re.IGNORECASE
)
_LONGER_BY = frozenset(("de", "del"))
LONGEST_CHAIN = 6
"""Characters that may part the names of a list."""
_AFTER_DATELINE = re.compile(r"(?:, [^\n,:]{2,40})?(?:, \d|,? \(| ?[—–]| -|:)")
_WORDS_BEFORE_COMMA = 3

Entry = tuple[int, int, int, str | None]
"""Hash of a word, its uses, words of the longest place name it begins, country of whose people it is a name."""


@dataclass(slots=True)
class SearchedText:
    """A text while it is searched.

    Attributes:
        text: The text.
        in_capitals: Whether it is written in capitals throughout.
        spans: Its words.
        openings: Where lines and items of lists begin.
        entries: What is known of each word.
        known: Mentions of the dataset's places by their start.
        weights: How often it points to each country.
        home: Countries that the dataset covers.
        led: Where a name may begin without a word before it, even in capitals.
        seen: Names that were accepted, and the words they begin with.
        last_end: End of the last mention.
        last_cue: How surely the words before that one said that it is a place.
    """

    text: str
    in_capitals: bool
    spans: list[tuple[int, int]]
    openings: set[int]
    entries: list[Entry]
    known: Mapping[int, PlaceMention]
    weights: Mapping[str, int]
    home: Collection[str]
    led: set[int] = field(default_factory=set)
    seen: set[int] = field(default_factory=set)
    last_end: int = 0
    last_cue: int = 0
    _small: frozenset[int] | None = None

    def in_small_letters(self) -> frozenset[int]:
        """Words that the text also has in small letters: names hardly are."""
        if self._small is None:
            self._small = frozenset(
                entry[0] for entry, (start, _) in zip(self.entries, self.spans, strict=True) if self.text[start].islower()
            )
        return self._small


@dataclass(frozen=True, slots=True)
class NameInText:
    """Some words of a text that are the name of a place somewhere."""

    first: int
    after: int
    start: int
    end: int
    number: int
    found: Sequence[Candidate]


def openings_of(text: str) -> set[int]:
    """Where the words of each line begin, after the sign or number of an item."""
    found, line = set(), 0
    while line >= 0:
        if opening := _LINE_START.match(text, line):
            found.add(opening.end())
        line = text.find("\n", line) + 1 or -1
    return found


def before_commas(state: SearchedText, known: Sequence[PlaceMention]) -> set[int]:
    """Starts of the words before the dataset's places that follow a comma: `Mellit, North Darfur`."""
    ends = {mention.start - 2 for mention in known if state.text[mention.start - 2 : mention.start] == ", "}
    last = [index for index, (_, end) in enumerate(state.spans) if end in ends] if ends else []
    return {state.spans[each][0] for index in last for each in range(max(0, index - _WORDS_BEFORE_COMMA), index + 1)}


def is_capital(state: SearchedText, index: int) -> bool:
    """Whether a word begins with a capital."""
    return state.text[state.spans[index][0]].isupper()


def end_of(state: SearchedText, index: int) -> int:
    """End of a word without a possessive ending."""
    start, end = state.spans[index]
    return end - 2 if end - start > 2 and state.text[end - 2] in APOSTROPHES and state.text[end - 1] in "sS" else end


def runs_on(state: SearchedText, index: int) -> bool:
    """Whether a word may continue the name that the word before belongs to."""
    text, before, start = state.text, state.spans[index - 1][1], state.spans[index][0]
    if text[before - 2] in APOSTROPHES and end_of(state, index - 1) != before:
        return False
    gap = text[before:start]
    if gap == " " or gap in HYPHENS:
        return True
    if gap.startswith(". "):
        return text[slice(*state.spans[index - 1])].lower() in _ABBREVIATIONS
    return gap.isspace() and gap.count("\n") < 2


def is_listed(state: SearchedText, start: int) -> bool:
    """Whether a name goes on a list of places: `in Mosul, Tikrit and`."""
    is_near = state.last_cue > Cue.NOTHING and start - state.last_end <= LONGEST_CHAIN
    return is_near and state.text[state.last_end : start] in _CHAINS


def cue_before(state: SearchedText, index: int) -> int:
    """How surely the words before a word say that it names a place."""
    start = state.spans[index][0]
    if is_listed(state, start):
        return Cue.WEAK
    before = index - 1
    has_the = before > 0 and bool(state.entries[before][1] & Use.ARTICLE)
    if has_the:
        start, before = state.spans[before][0], before - 1
    if before < 0 or not state.entries[before][1] & (Use.IN | Use.OF) or not state.text[state.spans[before][1] : start].isspace():
        return Cue.NOTHING
    if state.entries[before][1] & Use.IN:
        return Cue.WEAK if has_the else Cue.STRONG
    return Cue.SURE if before and state.entries[before - 1][1] & Use.SITE else Cue.WEAK


def follower(state: SearchedText, name: NameInText) -> int:
    """Uses of the word that follows a name directly."""
    return state.entries[name.after][1] if name.after < len(state.spans) and runs_on(state, name.after) else Use.PLAIN


def has_article(state: SearchedText, index: int) -> bool:
    """Whether a word has the article before it."""
    return index > 0 and bool(state.entries[index - 1][1] & Use.ARTICLE) and runs_on(state, index)


def is_unlike_a_place(state: SearchedText, name: NameInText) -> bool:
    """Whether a name is written as no place is: `EU`, `the D`, `Eva's Village`; capitals tell only where not all are."""
    if state.in_capitals:
        return False
    phrase = state.text[name.start : name.end]
    if (len(phrase) <= _LONGEST_ACRONYM and phrase.isupper()) or state.text[slice(*state.spans[name.first])] == "the":
        return True
    is_owner = name.end != state.spans[name.after - 1][1] and name.after < len(state.spans) and is_capital(state, name.after)
    return is_owner and are_names(state.entries[each][1] for each in range(name.first, name.after))


def cue_around(state: SearchedText, name: NameInText, cue: int) -> int:
    """What says besides the words before that a name is a place: `in the Gereshk area`, a dateline, that it was one before."""
    if cue == Cue.WEAK and follower(state, name) & Use.SITE:
        return Cue.STRONG
    if name.start in state.openings and _AFTER_DATELINE.match(state.text, name.end):
        return Cue.STRONG
    return Cue.STRONG if name.number in state.seen else Cue.NOTHING


def goes_on(state: SearchedText, name: NameInText) -> bool:
    """Whether the words after a name make it that of something else: a street, a river, `San Juan de Urama`, `Chechnya-like`."""
    if name.after == len(state.spans):
        return False
    if _QUARTER_OR_STREETS.match(state.text, name.end) and not any(each.rank == Rank.QUARTER for each in name.found):
        return True
    start, end = state.spans[name.after]
    gap = state.text[name.end : start]
    if len(gap) == 1 and gap in HYPHENS and state.text[start].islower():
        return True
    if name.end != state.spans[name.after - 1][1] or not (gap.isspace() or gap in HYPHENS):
        return False
    follows = state.entries[name.after][1]
    # `Kirkuk Now` is a paper, `in Kirkuk now` is not.
    if follows & Use.OTHER and (not follows & Use.WORD or is_capital(state, name.after)):
        return True
    following = name.after + 1
    return state.text[start:end].lower() in _LONGER_BY and following < len(state.spans) and is_capital(state, following)


def is_within_longer(state: SearchedText, name: NameInText, cue: int) -> bool:
    """Whether a name is but a part of a longer one, of a person or an organisation; capitals tell only where not all are."""
    if state.in_capitals:
        return False
    if name.after < len(state.spans) and runs_on(state, name.after) and is_capital(state, name.after):
        follows = state.entries[name.after][1]
        if not follows & (Use.SITE | Use.TIME) and not (cue >= Cue.STRONG and name.after - name.first > 1):
            return True
    return cue == Cue.NOTHING and name.first > 0 and is_capital(state, name.first - 1) and runs_on(state, name.first)
