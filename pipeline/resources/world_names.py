"""Names of the world's places in texts.

Among hundreds of thousands of names nearly every capitalised word is one somewhere: a name counts where the words around it say
that a place stands here, and where the place lies in a country that the text is about.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.resources.common_words import CommonWords, Use, are_common, are_names
from pipeline.resources.names import APOSTROPHES, HYPHENS, is_upper_case
from pipeline.resources.place import COUNTRY_PREFIX, PlaceMention, kind_around
from pipeline.resources.places_by_name import Candidate, Rank, number_of_name
from pipeline.resources.world_layer import WorldLayer, of_kind
from pipeline.resources.world_needs import Cue, needed_for_town, needed_for_village
from pipeline.resources.world_words import WORD, extend

_LONGEST_ACRONYM = 4
_ABBREVIATIONS = frozenset(("st", "mt", "ft", "sta", "sto"))
_CHAINS = frozenset((", ", " and ", ", and ", " or ", ", or ", " AND ", ", AND ", " OR "))
# Quarters and streets are called after other places: `Dolores neighborhood`, `Sarmiento and San Martin Streets`.
_QUARTER_OR_STREETS = re.compile(
    r"\s+(?:[^\W\d_]+\s+){0,2}neighbou?rhood|\s+(?:and|AND)\s+(?:[^\W\d_]+\s+){1,3}(?:streets|avenues)", re.IGNORECASE
)
_LONGER_BY = frozenset(("de", "del"))
_LONGEST_CHAIN = 6
_OPENING = Use.IN
_LEADS = Use.IN | Use.OF | Use.ARTICLE
_BEFORE_COUNTRY = frozenset((", ", " ("))
_LINE_START = re.compile(r"^[ \t]*(?:[-–•*][ \t]+|\(?\d{1,3}[.)][ \t]+)?", re.MULTILINE)
_AFTER_DATELINE = re.compile(r"(?:, [^\n,:]{2,40})?(?:, \d|,? \(| ?[—–]| -|:)")
_WORDS_BEFORE_COMMA = 3
_MOST_CACHED = 200_000
_LARGE_RANKS = frozenset((Rank.TOWN.value, Rank.ADMIN1.value, Rank.ADMIN2.value))

Entry = tuple[int, int, int, str | None]
"""Hash of a word, its uses, words of the longest place name it begins, country of whose people it is a name."""
Countries = Mapping[str, Collection[str]]


@dataclass(slots=True)
class _Text:
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
class _Name:
    """Some words of a text that are the name of a place somewhere."""

    first: int
    after: int
    start: int
    end: int
    number: int
    found: Sequence[Candidate]


class _Entries(dict[str, Entry]):
    """What is known of the words that were met: texts repeat them."""

    def __init__(self, layer: WorldLayer, words: CommonWords) -> None:
        super().__init__()
        self._layer, self._words = layer, words

    def __missing__(self, word: str) -> Entry:
        number, uses, people = self._words.look_up(word)
        entry = self[word] = (number, uses, self._layer.world.words_from(number), people)
        return entry

    def forget(self) -> None:
        """Make room."""
        if len(self) > _MOST_CACHED:
            self.clear()


class WorldNames:
    """Finds names of the world's places."""

    def __init__(self, layer: WorldLayer, words: CommonWords, countries_of: Callable[[PlaceMention], Collection[str]]) -> None:
        """Search for the places of `layer`; `countries_of` tells where the places of a mention may lie."""
        self._layer, self._countries_of = layer, countries_of
        self._entries = _Entries(layer, words)
        # `California` is the state, not one of the hamlets of that name.
        self._units = {number_of_name(unit) for unit in layer.world.large_units.values()}

    def is_common(self, name: str) -> bool:
        """Whether a name is a common word, a day or somebody's nationality, or made of such words alone."""
        return are_common([self._entries[word][1] for word in WORD.findall(name)])

    def is_unit(self, name: str) -> bool:
        """Whether a name is that of a first-level unit which is larger than any town of that name."""
        return number_of_name(name) in self._units

    def find(
        self, text: str, known: Sequence[PlaceMention], home: Collection[str], otherwise: Collection[str]
    ) -> list[PlaceMention]:
        """Names of places in a text.

        Args:
            text: The text.
            known: Names that the dataset knows, in order; they stay, but for those within a longer name.
            home: Countries that the dataset covers.
            otherwise: Countries that the text is about if nothing else points to one.

        Returns:
            Mentions in order, those of the dataset among them.
        """
        matches = list(WORD.finditer(text))
        self._entries.forget()
        entries = [self._entries[match.group()] for match in matches]
        state = _Text(
            text=text,
            in_capitals=is_upper_case(text),
            spans=[match.span() for match in matches],
            openings={match.end() for match in _LINE_START.finditer(text)},
            entries=entries,
            known={mention.start: mention for mention in known},
            weights=self._weights(known, entries, home) or Counter(otherwise),
            home=home,
        )
        state.led = state.openings | _before_commas(state, known)
        found = list(self._mentions(state))
        starts = {mention.start for mention in found}
        covered = sorted((mention.start, mention.end) for mention in found)
        lost = [each for each in known if each.start not in starts and not _is_within(each, covered)]
        return sorted((*found, *lost), key=lambda each: each.start)

    def _weights(self, known: Sequence[PlaceMention], entries: Sequence[Entry], home: Collection[str]) -> Counter[str]:
        """How often a text points to each country."""
        weights = Counter(home)
        for mention in known:
            countries = self._countries_of(mention)
            if len(countries) == 1:
                weights.update(countries)
        weights.update(entry[3] for entry in entries if entry[3])
        return weights

    def _mentions(self, state: _Text) -> Iterator[PlaceMention]:
        uses_before, spans, led, seen = _OPENING, state.spans, state.led, state.seen
        in_capitals, all_known = state.in_capitals, state.known
        for index, (number, uses, longest, _) in enumerate(state.entries):
            before, uses_before = uses_before, uses
            start = spans[index][0]
            known = all_known.get(start)
            if not known and not (
                longest
                # In a text in capitals a name needs something before or after it.
                and (
                    not in_capitals or before & _LEADS or start in led or number in seen or start - state.last_end <= _LONGEST_CHAIN
                )
                and (state.text[start].isupper() or uses & Use.JOINT)
            ):
                continue
            if start < state.last_end:
                continue
            mention, cue = self._mention_at(state, index, known)
            if mention:
                state.last_end, state.last_cue = mention.end, cue
                yield mention

    def _mention_at(self, state: _Text, index: int, known: PlaceMention | None) -> tuple[PlaceMention | None, int]:
        """The place that a word begins, and how surely the words before say that there is one."""
        cue, start = _cue_before(state, index), state.spans[index][0]
        if not cue and state.in_capitals and start not in state.led and state.entries[index][0] not in state.seen:
            return known, Cue.NOTHING
        # What was said of the first name of a list is said of all.
        told = state.last_cue if _is_listed(state, start) else cue
        for name in self._names_at(state, index, known.end if known else start):
            if mention := self._accept(state, name, cue):
                return mention, told
        return known, told

    def _names_at(self, state: _Text, index: int, beyond: int) -> Iterator[_Name]:
        """Names of places that begin with a word and end beyond a position, the longest first."""
        total, ends = 0, []
        spans, entries, text = state.spans, state.entries, state.text
        for after in range(index, min(index + entries[index][2], len(entries))):
            if after > index and not _runs_on(state, after):
                break
            total = extend(total, entries[after][0])
            start, end = spans[after]
            if not text[start].isupper():
                if not entries[after][1] & Use.JOINT:
                    break
            elif end > beyond and _end_of(state, after) > beyond:
                ends.append((after + 1, total))
        for after, number in reversed(ends):
            if found := self._layer.world.likeliest(number):
                yield _Name(index, after, state.spans[index][0], _end_of(state, after - 1), number, found)

    def _accept(self, state: _Text, name: _Name, cue: int) -> PlaceMention | None:
        """The mention of a place by a name, unless it is likelier to be something else."""
        if any(not self._may_hide(state.known.get(state.spans[each][0])) for each in range(name.first + 1, name.after)):
            return None
        if _goes_on(state, name) or _is_unlike_a_place(state, name) or name.number in self._units:
            return None
        start, end, kinds = kind_around(state.text, name.start, name.end)
        found, stated = of_kind(name.found, kinds), self._countries_stated(state, name)
        among = [each for each in found if each.country in stated]
        has_article = not kinds and _has_article(state, name.first) and not _follower(state, name) & Use.SITE
        cue = Cue.SURE if kinds or among else max(cue, _cue_around(state, name, cue))
        weights = Counter(stated) if among else state.weights
        meant = self._layer.choose(among or found, weights, state.home, is_led=cue >= Cue.STRONG, is_sure=cue >= Cue.SURE)
        if kinds and "town" not in kinds:
            meant = [each for each in meant if each.is_main or each.kind in kinds]
        if not meant or (has_article and meant[0].rank != Rank.FEATURE):
            return None
        if meant[0].rank != Rank.TOWN:
            # Rivers and mountains have the article: `the Tigris`, `in the Hamrin Mountains`.
            cue = max(min(cue + has_article, Cue.STRONG), cue, self._cue_of_village(state, name, meant[0]))
        if cue < _needed(state, name, meant[0]) or _is_within_longer(state, name, cue):
            return None
        if not are_names(state.entries[each][1] for each in range(name.first, name.after)):
            state.seen |= {name.number, state.entries[name.first][0]}
        keys = tuple(sorted({self._layer.key(each.number) for each in meant}))
        return PlaceMention(start, end, state.text[start:end], keys)

    def _cue_of_village(self, state: _Text, name: _Name, place: Candidate) -> int:
        """What else says that a village is meant: a name in a list of places, or that a larger place stands beside it."""
        if state.last_cue >= Cue.STRONG and _is_listed(state, name.start):
            return Cue.STRONG
        if state.text[name.end : name.end + 2] != ", " or name.after == len(state.spans):
            return Cue.NOTHING
        known = state.known.get(name.end + 2)
        if known:
            return Cue.STRONG if place.country in self._countries_of(known) else Cue.NOTHING
        following = self._names_at(state, name.after, name.end) if _is_capital(state, name.after) else ()
        units = (each for longer in following for each in longer.found if each.rank in _LARGE_RANKS and each.is_main)
        return Cue.STRONG if any(each.country == place.country for each in units) else Cue.NOTHING

    def _may_hide(self, known: PlaceMention | None) -> bool:
        return known is None or not any(key.startswith(COUNTRY_PREFIX) for key in known.place_ids)

    def _countries_stated(self, state: _Text, name: _Name) -> Collection[str]:
        """Countries stated beside a name: `Santa Ana, El Salvador`, `the Syrian town of Binnish`."""
        following = state.known.get(name.end + 2) if state.text[name.end : name.end + 2] in _BEFORE_COUNTRY else None
        if following:
            return self._countries_of(following)
        first = name.first - 3
        people = state.entries[first][3] if first >= 0 and state.entries[first + 1][1] & Use.SITE else None
        return (people,) if people else ()


def _before_commas(state: _Text, known: Sequence[PlaceMention]) -> set[int]:
    """Starts of the words before the dataset's places that follow a comma: `Mellit, North Darfur`."""
    ends = {mention.start - 2 for mention in known if state.text[mention.start - 2 : mention.start] == ", "}
    last = [index for index, (_, end) in enumerate(state.spans) if end in ends] if ends else []
    return {state.spans[each][0] for index in last for each in range(max(0, index - _WORDS_BEFORE_COMMA), index + 1)}


def _is_within(mention: PlaceMention, covered: Sequence[tuple[int, int]]) -> bool:
    position = bisect_right(covered, (mention.start, mention.end)) - 1
    return position >= 0 and covered[position][1] > mention.start


def _is_capital(state: _Text, index: int) -> bool:
    return state.text[state.spans[index][0]].isupper()


def _end_of(state: _Text, index: int) -> int:
    """End of a word without a possessive ending."""
    start, end = state.spans[index]
    return end - 2 if end - start > 2 and state.text[end - 2] in APOSTROPHES and state.text[end - 1] in "sS" else end


def _runs_on(state: _Text, index: int) -> bool:
    """Whether a word may continue the name that the word before belongs to."""
    text, before, start = state.text, state.spans[index - 1][1], state.spans[index][0]
    if text[before - 2] in APOSTROPHES and _end_of(state, index - 1) != before:
        return False
    gap = text[before:start]
    if gap == " " or gap in HYPHENS:
        return True
    if gap.startswith(". "):
        return text[slice(*state.spans[index - 1])].lower() in _ABBREVIATIONS
    return gap.isspace() and gap.count("\n") < 2


def _is_listed(state: _Text, start: int) -> bool:
    """Whether a name goes on a list of places: `in Mosul, Tikrit and`."""
    is_near = state.last_cue > Cue.NOTHING and start - state.last_end <= _LONGEST_CHAIN
    return is_near and state.text[state.last_end : start] in _CHAINS


def _cue_before(state: _Text, index: int) -> int:
    """How surely the words before a word say that it names a place."""
    start = state.spans[index][0]
    if _is_listed(state, start):
        return Cue.WEAK
    before = index - 1
    has_article = before > 0 and bool(state.entries[before][1] & Use.ARTICLE)
    if has_article:
        start, before = state.spans[before][0], before - 1
    if before < 0 or not state.entries[before][1] & (Use.IN | Use.OF) or not state.text[state.spans[before][1] : start].isspace():
        return Cue.NOTHING
    if state.entries[before][1] & Use.IN:
        return Cue.WEAK if has_article else Cue.STRONG
    return Cue.SURE if before and state.entries[before - 1][1] & Use.SITE else Cue.WEAK


def _follower(state: _Text, name: _Name) -> int:
    """Uses of the word that follows a name directly."""
    return state.entries[name.after][1] if name.after < len(state.spans) and _runs_on(state, name.after) else Use.PLAIN


def _has_article(state: _Text, index: int) -> bool:
    return index > 0 and bool(state.entries[index - 1][1] & Use.ARTICLE) and _runs_on(state, index)


def _is_unlike_a_place(state: _Text, name: _Name) -> bool:
    """Whether a name is written as no place is: `EU`, `the D`, `Eva's Village`; capitals tell only where not all are."""
    if state.in_capitals:
        return False
    phrase = state.text[name.start : name.end]
    if (len(phrase) <= _LONGEST_ACRONYM and phrase.isupper()) or state.text[slice(*state.spans[name.first])] == "the":
        return True
    is_owner = name.end != state.spans[name.after - 1][1] and name.after < len(state.spans) and _is_capital(state, name.after)
    return is_owner and are_names(state.entries[each][1] for each in range(name.first, name.after))


def _cue_around(state: _Text, name: _Name, cue: int) -> int:
    """What says besides the words before that a name is a place: `in the Gereshk area`, a dateline, that it was one before."""
    if cue == Cue.WEAK and _follower(state, name) & Use.SITE:
        return Cue.STRONG
    if name.start in state.openings and _AFTER_DATELINE.match(state.text, name.end):
        return Cue.STRONG
    return Cue.STRONG if name.number in state.seen else Cue.NOTHING


def _needed(state: _Text, name: _Name, place: Candidate) -> int:
    """How sure the words before must be, for a name such as this."""
    uses = [state.entries[each][1] for each in range(name.first, name.after)]
    needed = needed_for_town(uses, name.end - name.start, place.population, in_capitals=state.in_capitals)
    if place.rank == Rank.TOWN:
        return needed
    is_word = len(uses) == 1 and state.entries[name.first][0] in state.in_small_letters()
    return max(needed, needed_for_village(uses, name.end - name.start, place.rank, is_word=is_word))


def _goes_on(state: _Text, name: _Name) -> bool:
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
    if state.entries[name.after][1] & Use.OTHER:
        return True
    following = name.after + 1
    return state.text[start:end].lower() in _LONGER_BY and following < len(state.spans) and _is_capital(state, following)


def _is_within_longer(state: _Text, name: _Name, cue: int) -> bool:
    """Whether a name is but a part of a longer one, of a person or an organisation; capitals tell only where not all are."""
    if state.in_capitals:
        return False
    if name.after < len(state.spans) and _runs_on(state, name.after) and _is_capital(state, name.after):
        follows = state.entries[name.after][1]
        if not follows & (Use.SITE | Use.TIME) and not (cue >= Cue.STRONG and name.after - name.first > 1):
            return True
    return cue == Cue.NOTHING and name.first > 0 and _is_capital(state, name.first - 1) and _runs_on(state, name.first)
