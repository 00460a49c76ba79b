"""Names of the world's places in texts.

Among hundreds of thousands of names nearly every capitalised word is one somewhere: a name counts where the words around it say
that a place stands here, and where the place lies in a country that the text is about.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import accumulate

from pipeline.resources.common_words import CommonWords, Use, are_common, are_names
from pipeline.resources.dump_features import FEATURE_WORDS
from pipeline.resources.names import is_upper_case
from pipeline.resources.place import COUNTRY_PREFIX, PlaceMention, kind_around
from pipeline.resources.places_by_name import Candidate, Rank, number_of_name
from pipeline.resources.world_layer import WorldLayer, of_kind
from pipeline.resources.world_needs import Cue, needed_for_town, needed_for_village
from pipeline.resources.world_text import (
    LONGEST_CHAIN,
    Entry,
    NameInText,
    SearchedText,
    before_commas,
    cue_around,
    cue_before,
    end_of,
    follower,
    goes_on,
    has_article,
    is_capital,
    is_listed,
    is_unlike_a_place,
    is_within_longer,
    openings_of,
    runs_on,
)
from pipeline.resources.world_words import WORD, WORD_APART, extend

_OPENING = Use.IN
_LEADS = Use.IN | Use.OF | Use.ARTICLE
BEFORE_COUNTRY = frozenset((", ", " ("))
_MOST_CACHED = 200_000
_WELL_KNOWN = frozenset((Rank.TOWN.value, Rank.ADMIN1.value))
_LARGE_RANKS = frozenset((Rank.TOWN.value, Rank.ADMIN1.value, Rank.ADMIN2.value))


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

    def __init__(
        self,
        layer: WorldLayer,
        words: CommonWords,
        countries_of: Callable[[PlaceMention], Collection[str]],
        units_of: Callable[[PlaceMention], Collection[tuple[str, str]]],
    ) -> None:
        """Search for the places of `layer`; the functions tell in which countries a mention may lie, and which units it may be."""
        self._layer, self._countries_of, self._units_of = layer, countries_of, units_of
        self._entries = _Entries(layer, words)
        # `California` is the state, not one of the hamlets of that name.
        self._units = {number_of_name(unit) for unit in layer.world.large_units.values()}

    def is_common(self, name: str) -> bool:
        """Whether a name is a common word, a day or somebody's nationality, or made of such words alone."""
        return are_common([self._entries[word][1] for word in WORD.findall(name)])

    def is_also_a_word(self, name: str) -> bool:
        """Whether the name of a unit is a common word or a surname too: `Centre`, `Rivers`, `Guerrero`."""
        return " " not in name and bool(self._entries[name][1] & Use.UNIT)

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
        state = self.words_of(text, known, home, otherwise)
        found = list(self._mentions(state))
        starts = {mention.start for mention in found}
        covered = sorted((mention.start, mention.end) for mention in found)
        lost = [each for each in known if each.start not in starts and not _is_within(each, covered)]
        return sorted((*found, *lost), key=lambda each: each.start)

    def words_of(
        self, text: str, known: Sequence[PlaceMention], home: Collection[str], otherwise: Collection[str] = ()
    ) -> SearchedText:
        """A text as it is searched for names; arguments as of `find`."""
        parts = WORD_APART.split(text)
        ends = list(accumulate(map(len, parts)))
        spans = list(zip(ends[::2], ends[1::2], strict=False))
        self._entries.forget()
        entries = list(map(self._entries.__getitem__, parts[1::2]))
        state = SearchedText(
            text=text,
            in_capitals=is_upper_case(text),
            spans=spans,
            openings=openings_of(text),
            entries=entries,
            known={mention.start: mention for mention in known},
            weights=self._weights(known, entries, home) or Counter(otherwise),
            home=home,
        )
        state.led = state.openings | before_commas(state, known)
        return state

    def _weights(self, known: Sequence[PlaceMention], entries: Sequence[Entry], home: Collection[str]) -> Counter[str]:
        """How often a text points to each country."""
        weights = Counter(home)
        for mention in known:
            countries = self._countries_of(mention)
            if len(countries) == 1:
                weights.update(countries)
        weights.update(entry[3] for entry in entries if entry[3])
        return weights

    def _mentions(self, state: SearchedText) -> Iterator[PlaceMention]:
        uses_before, spans, led, seen = _OPENING, state.spans, state.led, state.seen
        in_capitals, all_known = state.in_capitals, state.known
        for index, (number, uses, longest, _) in enumerate(state.entries):
            before, uses_before = uses_before, uses
            start = spans[index][0]
            if not longest and start not in all_known:
                continue
            known = all_known.get(start)
            if not known and not (
                longest
                # In a text in capitals a name needs something before or after it.
                and (
                    not in_capitals or before & _LEADS or start in led or number in seen or start - state.last_end <= LONGEST_CHAIN
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

    def _mention_at(self, state: SearchedText, index: int, known: PlaceMention | None) -> tuple[PlaceMention | None, int]:
        """The place that a word begins, and how surely the words before say that there is one."""
        cue, start = cue_before(state, index), state.spans[index][0]
        if not cue and state.in_capitals and start not in state.led and state.entries[index][0] not in state.seen:
            return known, Cue.NOTHING
        # What was said of the first name of a list is said of all.
        told = state.last_cue if is_listed(state, start) else cue
        for name in self.names_at(state, index, known.end if known else start):
            if mention := self._accept(state, name, cue):
                return mention, told
        return known, told

    def names_at(self, state: SearchedText, index: int, beyond: int) -> Iterator[NameInText]:
        """Names of places that begin with a word and end beyond a position, the longest first."""
        total, ends = 0, []
        spans, entries, text = state.spans, state.entries, state.text
        for after in range(index, min(index + entries[index][2], len(entries))):
            if after > index and not runs_on(state, after):
                break
            total = extend(total, entries[after][0])
            start, end = spans[after]
            if not text[start].isupper() and not (after > index and text[start:end] in FEATURE_WORDS):
                if not entries[after][1] & Use.JOINT:
                    break
            elif end > beyond and end_of(state, after) > beyond:
                ends.append((after + 1, total))
        likeliest = self._layer.world.likeliest
        for after, number in reversed(ends):
            if found := likeliest(number):
                yield NameInText(index, after, state.spans[index][0], end_of(state, after - 1), number, found)

    def _accept(self, state: SearchedText, name: NameInText, cue: int) -> PlaceMention | None:
        """The mention of a place by a name, unless it is likelier to be something else."""
        if any(not self._may_hide(state.known.get(state.spans[each][0])) for each in range(name.first + 1, name.after)):
            return None
        if goes_on(state, name) or is_unlike_a_place(state, name) or name.number in self._units:
            return None
        start, end, kinds = kind_around(state.text, name.start, name.end)
        found, stated = of_kind(name.found, kinds), self._countries_stated(state, name)
        among = self._in_unit_stated(state, name, found) or [each for each in found if each.country in stated]
        has_the = not kinds and has_article(state, name.first) and not follower(state, name) & Use.SITE
        cue = Cue.SURE if kinds or among else max(cue, cue_around(state, name, cue))
        weights = Counter(stated) if among else state.weights
        meant = self._layer.choose(among or found, weights, state.home, is_led=cue >= Cue.STRONG, is_sure=cue >= Cue.SURE)
        if kinds and "town" not in kinds:
            meant = [each for each in meant if each.is_main or each.kind in kinds]
        if not meant or (has_the and meant[0].rank != Rank.FEATURE):
            return None
        if meant[0].rank != Rank.TOWN:
            # Rivers and mountains have the article: `the Tigris`, `in the Hamrin Mountains`.
            cue = max(min(cue + has_the, Cue.STRONG), cue, self._cue_of_village(state, name, meant[0]))
        if cue < needed(state, name, meant[0]) or is_within_longer(state, name, cue):
            return None
        if not are_names(state.entries[each][1] for each in range(name.first, name.after)):
            state.seen |= {name.number, state.entries[name.first][0]}
        keys = tuple(sorted({self._layer.key(each.number) for each in meant}))
        return PlaceMention(start, end, state.text[start:end], keys)

    def _cue_of_village(self, state: SearchedText, name: NameInText, place: Candidate) -> int:
        """What else says that a village is meant: a name in a list of places, or that a larger place stands beside it."""
        if state.last_cue >= Cue.STRONG and is_listed(state, name.start):
            return Cue.STRONG
        if state.text[name.end : name.end + 2] != ", " or name.after == len(state.spans):
            return Cue.NOTHING
        known = state.known.get(name.end + 2)
        if known:
            return Cue.STRONG if place.country in self._countries_of(known) else Cue.NOTHING
        following = self.names_at(state, name.after, name.end) if is_capital(state, name.after) else ()
        units = (each for longer in following for each in longer.found if each.rank in _LARGE_RANKS and each.is_main)
        return Cue.STRONG if any(each.country == place.country for each in units) else Cue.NOTHING

    def _may_hide(self, known: PlaceMention | None) -> bool:
        return known is None or not any(key.startswith(COUNTRY_PREFIX) for key in known.place_ids)

    def _in_unit_stated(self, state: SearchedText, name: NameInText, found: Sequence[Candidate]) -> list[Candidate]:
        """Of the places of a name those in the unit that is named beside it: `Salem, Oregon`, `Cocorná, Antioquia`."""
        known = state.known.get(name.end + 2) if state.text[name.end : name.end + 2] in BEFORE_COUNTRY else None
        units = self._units_of(known) if known else ()
        return [each for each in found if (each.country, self._layer.place(each.number).admin1) in units] if units else []

    def is_stated(self, state: SearchedText, name: NameInText) -> bool:
        """Whether the text says beside a name in which country it lies."""
        return bool(self._countries_stated(state, name))

    def _countries_stated(self, state: SearchedText, name: NameInText) -> Collection[str]:
        """Countries stated beside a name: `Santa Ana, El Salvador`, `the Syrian town of Binnish`."""
        following = state.known.get(name.end + 2) if state.text[name.end : name.end + 2] in BEFORE_COUNTRY else None
        if following:
            return self._countries_of(following)
        first = name.first - 3
        people = state.entries[first][3] if first >= 0 and state.entries[first + 1][1] & Use.SITE else None
        return (people,) if people else ()


def _is_within(mention: PlaceMention, covered: Sequence[tuple[int, int]]) -> bool:
    position = bisect_right(covered, (mention.start, mention.end)) - 1
    return position >= 0 and covered[position][1] > mention.start


def needed(state: SearchedText, name: NameInText, place: Candidate) -> int:
    """How sure the words before must be, for a name such as this."""
    uses = [state.entries[each][1] for each in range(name.first, name.after)]
    needed = needed_for_town(uses, name.end - name.start, place.population, in_capitals=state.in_capitals)
    if place.rank in _WELL_KNOWN:
        return needed
    if place.rank == Rank.FEATURE and len(uses) > 1 and _says_feature(state, name):
        return Cue.NOTHING
    is_word = len(uses) == 1 and state.entries[name.first][0] in state.in_small_letters()
    # `Comment:` opens a line as a dateline does.
    is_word = is_word or state.text[name.end : name.end + 1] == ":"
    for_village = needed_for_village(uses, name.end - name.start, place.rank, is_word=is_word, in_capitals=state.in_capitals)
    return max(needed, for_village)


def _says_feature(state: SearchedText, name: NameInText) -> bool:
    """Whether a name itself says what it is: `Lake Simun`, `Mardush River`."""
    ends = (state.text[slice(*state.spans[each])].lower() for each in (name.first, name.after - 1))
    return any(word in FEATURE_WORDS for word in ends)
