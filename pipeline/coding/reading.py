"""All that was found in one text before any rule weighs it: words of the lexicon, places, actors, times, dateline."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import NamedTuple, Protocol, TypeVar

from pipeline.coding.calendar_dates import TimeMention
from pipeline.coding.classes import ARMED, CIVILIANS, CROWDS, NONSTATE, STATES
from pipeline.coding.datelines import Dateline, find_first_dateline
from pipeline.coding.dates import find_times
from pipeline.coding.document import Document
from pipeline.coding.language import Language
from pipeline.coding.naming import join_names
from pipeline.coding.sentences import Sentence
from pipeline.coding.surnames import surnames
from pipeline.resources.actors import ActorMention
from pipeline.resources.gazetteer import PlaceMention
from pipeline.resources.lexicon import LexiconMatch, LexiconRow

_CLASSES = {"armed": ARMED, "state": STATES, "nonstate": NONSTATE, "crowd": CROWDS, "civilian": CIVILIANS}

_COMMA = ","
_BRIEF = 3
"""Sentences of a text that has room for its news and nothing else."""
_CAUSE_REACH = 2
"""Tokens after a word of dying in which its cause stands."""
_BREAKING_SIGNS = frozenset(";:—–[]")


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_S = TypeVar("_S", bound=_Spanned)


class _Index:
    """Mentions by position."""

    def __init__(self, mentions: Sequence[_Spanned]) -> None:
        self._starts = [mention.start for mention in mentions]

    def within(self, mentions: Sequence[_S], start: int, end: int) -> Sequence[_S]:
        starts = self._starts
        if not starts:
            return ()
        first = bisect_left(starts, start)
        if first == len(starts) or starts[first] >= end:
            return ()
        return mentions[first : bisect_left(starts, end, first)]


class Word(NamedTuple):
    """A word of the lexicon in one of its meanings."""

    start: int
    end: int
    row: LexiconRow


# As for tokens: a call of the class itself is slow.
_made: Callable[[tuple[int, int, LexiconRow]], Word] = partial(tuple.__new__, Word)


@dataclass(frozen=True)
class Reading:
    """One text and what was found in it.

    Attributes:
        document: The text, its tokens and sentences.
        matches: Words of the lexicon.
        places: Place names outside the dateline that are no part of an actor's name, nor somebody's surname.
        actors: Names of actors.
        dateline: The dateline, if there is one.
        dateline_places: Place names in it.
        reference: R, the day of reporting: that of the dateline, else of publication.
        brief_matches: Words of the lexicon with the acts that only a brief text tells in such words; none if it is long.
    """

    document: Document
    matches: Sequence[LexiconMatch]
    places: Sequence[PlaceMention]
    actors: Sequence[ActorMention]
    dateline: Dateline | None
    dateline_places: Sequence[PlaceMention]
    reference: dt.date | None
    brief_matches: Sequence[LexiconMatch] = ()

    @cached_property
    def language(self) -> Language:
        """Language of the text."""
        return self.document.language

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Sentences of the text."""
        return self.document.sentences

    @property
    def is_brief(self) -> bool:
        """Whether a text is so short that it tells its news and no background."""
        return self.document.title_sentence <= _BRIEF

    @cached_property
    def times(self) -> list[TimeMention]:
        """Mentions of time outside the dateline."""
        tokens = self.document.tokens
        first, last = (
            (self.document.token_at(self.dateline.start), self.document.token_at(self.dateline.end)) if self.dateline else (0, 0)
        )
        parts = (range(first), range(last, len(tokens)))
        return [time for indices in parts for time in find_times(tokens, indices, self.language, self.reference)]

    @cached_property
    def _indices(self) -> dict[str, _Index]:
        return {
            "matches": _Index(self.matches),
            "places": _Index(self.places),
            "actors": _Index(self.actors),
            "times": _Index(self.times),
        }

    def matches_in(self, start: int, end: int) -> Sequence[LexiconMatch]:
        """Words of the lexicon that start within a span."""
        return self._indices["matches"].within(self.matches, start, end)

    def places_in(self, start: int, end: int) -> Sequence[PlaceMention]:
        """Place names that start within a span."""
        return self._indices["places"].within(self.places, start, end)

    def actors_in(self, start: int, end: int) -> Sequence[ActorMention]:
        """Names of actors that start within a span."""
        return self._indices["actors"].within(self.actors, start, end)

    def times_in(self, start: int, end: int) -> Sequence[TimeMention]:
        """Mentions of time that start within a span."""
        return self._indices["times"].within(self.times, start, end)

    @cached_property
    def only_group(self) -> ActorMention | None:
        """The first mention of the armed group that the text names, if it names just one that is no state's."""
        named = [actor for actor in self.actors if actor.kind == "registry" and actor.inter in NONSTATE]
        return named[0] if len({actor.actor_ids for actor in named}) == 1 else None

    @cached_property
    def is_unclaimed(self) -> bool:
        """Whether the text says that nobody knows who it was: a group that it names all the same need not have done it."""
        return bool(self.words_in("cue:unclaimed", 0, len(self.document.text)))

    @cached_property
    def _by_kind(self) -> dict[str, list[Word]]:
        """Words of the lexicon by kind, and cues by name as `cue:<name>`, each in order."""
        found: defaultdict[str, list[Word]] = defaultdict(list)
        for start, end, rows in self.matches:
            for row in rows:
                found[row.heading].append(_made((start, end, row)))
        return dict(found)

    @cached_property
    def acts(self) -> list[LexiconMatch]:
        """The words of the lexicon that may tell of an act."""
        spans = {(start, end) for start, end, _ in self._by_kind.get("act", ())}
        return [match for match in self.matches if match[:2] in spans]

    @cached_property
    def _starts_by_kind(self) -> dict[str, list[int]]:
        return {kind: [word.start for word in words] for kind, words in self._by_kind.items()}

    def words_in(self, kind: str, start: int, end: int) -> list[Word]:
        """Words of the lexicon of a kind (`gate`, `attribution`, `cue:<name>`) that start within a span."""
        starts = self._starts_by_kind.get(kind)
        if starts is None:
            return []
        first = bisect_left(starts, start)
        if first == len(starts) or starts[first] >= end:
            return []
        return self._by_kind[kind][first : bisect_left(starts, end, first)]

    def cue_spans(self, start: int, end: int, *names: str) -> list[tuple[int, int]]:
        """Spans of the cues of those names that start within a span, in order."""
        known = self._cue_spans.get(names)
        if known is None:
            spans = sorted(word[:2] for name in names for word in self._by_kind.get(f"cue:{name}", ()))
            known = self._cue_spans[names] = [span[0] for span in spans], spans
        starts, spans = known
        first = bisect_left(starts, start)
        if first == len(starts) or starts[first] >= end:
            return []
        return spans[first : bisect_left(starts, end, first)]

    @cached_property
    def _cue_spans(self) -> dict[tuple[str, ...], tuple[list[int], list[tuple[int, int]]]]:
        """Where the cues stand that were asked for, by their names: every sentence is asked for the same ones."""
        return {}

    def is_spent(self, word: Word, start: int) -> bool:
        """Whether a word such as `not` speaks of a verb before the passive at a place: `two who could not flee were shot`."""
        between = self.document.words(word.end, start)
        language = self.language
        # `not one of them was killed`
        is_of_noun = any(each in language.determiners for each in between[:1])
        is_finite = len(between) > 1 and between[-1] in language.finite_be and not is_of_noun
        is_open = any(each in language.complementizers or each in language.people.content_openers for each in between)
        return is_finite and not is_open and self.document.words(word.start, word.end)[-1] in language.before_verbs

    def tells_late_death(self, start: int, end: int) -> bool:
        """Whether a word of dying tells that somebody died of wounds: `succumbed`, `died of his injuries`."""
        if self.cue_spans(start, end, "dies_later"):
            return True
        if not self.cue_spans(start, end, "dies"):
            return False
        sentence = self.sentences[self.document.sentence_at(start)]
        _, last = self.window(end, end, _CAUSE_REACH, sentence)
        return bool(self.cue_spans(end, last, "own_wounds"))

    @cached_property
    def _sentence_rows(self) -> dict[int, list[LexiconRow]]:
        """Gates and attributions that reach their whole sentence, by its number."""
        found: dict[int, list[LexiconRow]] = {}
        for word in (*self._by_kind.get("gate", ()), *self._by_kind.get("attribution", ())):
            if word.row.scope == "sentence":
                found.setdefault(self.document.sentence_at(word.start), []).append(word.row)
        return found

    def sentence_rows(self, number: int) -> list[LexiconRow]:
        """Gates and attributions that reach a whole sentence."""
        return self._sentence_rows.get(number, [])

    def window(self, start: int, end: int, tokens: int, sentence: Sentence) -> tuple[int, int]:
        """A span widened by a number of tokens on both sides, within its sentence."""
        starts = self.document.token_starts
        first, last = bisect_left(starts, start) - tokens, bisect_left(starts, end) + tokens
        begin = starts[max(0, first)]
        finish = starts[last] if last < len(starts) else sentence.end
        return max(sentence.start, begin), min(sentence.end, finish)

    def has_cue(self, name: str, start: int, end: int) -> bool:
        """Whether a cue, or a computed cue such as `place` or `armed`, starts within a span."""
        if name == "place":
            return bool(self.places_in(start, end))
        if name == "name":
            return bool(self.places_in(start, end)) or self._has_name(start, end)
        classes = _CLASSES.get(name)
        if classes is not None and any(actor.inter in classes for actor in self.actors_in(start, end)):
            return True
        starts = self._starts_by_kind.get(f"cue:{name}")
        if starts is None:
            return False
        first = bisect_left(starts, start)
        return first < len(starts) and starts[first] < end

    def _has_name(self, start: int, end: int) -> bool:
        """Whether a word in capitals starts within a span that opens no sentence and is no actor's and no time."""
        document = self.document
        if document.is_in_capitals:
            return False
        taken = [(each.start, each.end) for each in self.actors_in(start, end)]
        taken += [(each.start, each.end) for each in self.times_in(start, end)]
        for index in document.token_range(start, end):
            token = document.tokens[index]
            if not document.text[token.start].isupper() or any(first <= token.start < last for first, last in taken):
                continue
            if self.sentences[document.sentence_at(token.start)].start != token.start:
                return True
        return False

    def distance(self, first_end: int, second_start: int) -> int:
        """Tokens between two spans; 0 if they touch."""
        starts = self.document.token_starts
        return max(0, bisect_left(starts, second_start) - bisect_left(starts, first_end))

    def breaks_between(self, start: int, end: int, *, commas: bool = False) -> int:
        """Number of clause borders among the tokens of a span."""
        breaking = self._breaks_with_commas if commas else self._breaks
        return sum(word in breaking for word in self.document.words(start, end))

    @cached_property
    def _breaks(self) -> frozenset[str]:
        return self.language.clause_breaks | _BREAKING_SIGNS

    @cached_property
    def _breaks_with_commas(self) -> frozenset[str]:
        return self._breaks | {_COMMA}


def cues_of(match: LexiconMatch, kind: str) -> list[LexiconRow]:
    """Rows of one kind that a match may stand for."""
    return [row for row in match.rows if row.kind == kind]


def day_of_reporting(document: Document, dateline: Dateline | None, published: dt.date | None) -> dt.date | None:
    """R: the day in the dateline, unless publication gainsays it, else the day of publication."""
    if dateline and dateline.day_end > dateline.day_start:
        indices = document.token_range(dateline.day_start, dateline.day_end)
        times = find_times(document.tokens, indices, document.language, published)
        days = [time.day for time in times if time.kind == "explicit" and time.day]
        # A text is not printed before it is written, and seldom more than a month after.
        if days and (published is None or 0 <= (published - days[0]).days <= 31):
            return days[0]
    return published


def read(
    document: Document,
    matches: Sequence[LexiconMatch],
    places: Sequence[PlaceMention],
    actors: Sequence[ActorMention],
    published: dt.date | None,
    *,
    brief_matches: Sequence[LexiconMatch] = (),
) -> Reading:
    """What was found in a text, sorted out: the dateline's places apart, places within actors' names dropped."""
    dateline = find_first_dateline(document.text, _paragraph_starts(document))
    opening = (dateline.start, dateline.end) if dateline else (0, 0)
    actors = _outside_places(actors, places)
    named = _within_actors(places, actors) | surnames(document, places)
    return Reading(
        document=document,
        matches=_told(document, matches, opening),
        brief_matches=_told(document, brief_matches, opening),
        places=[place for place in places if not opening[0] <= place.start < opening[1] and place.start not in named],
        actors=join_names(document, [actor for actor in actors if not opening[0] <= actor.start < opening[1]]),
        dateline=dateline,
        dateline_places=[place for place in places if opening[0] <= place.start < opening[1]],
        reference=day_of_reporting(document, dateline, published),
    )


def _told(document: Document, matches: Sequence[LexiconMatch], opening: tuple[int, int]) -> list[LexiconMatch]:
    """The words of the lexicon outside the dateline."""
    return [match for match in matches if not opening[0] <= match.start < opening[1] and not _is_month(document, *match[:2])]


def _is_month(document: Document, start: int, end: int) -> bool:
    """Whether a word of the lexicon is the name of a month here: `12 March`, not `a march`."""
    if document.folded[start:end] not in document.language.months:
        return False
    index = document.token_at(start)
    near = [document.tokens[each].word for each in (index - 1, index + 1) if 0 <= each < len(document.tokens)]
    return any(word.isdecimal() for word in near)


def _paragraph_starts(document: Document) -> list[int]:
    starts: dict[int, int] = {}
    for sentence in document.sentences[: min(12, document.title_sentence)]:
        starts.setdefault(sentence.paragraph, sentence.start)
    return list(starts.values())


def _outside_places(actors: Sequence[ActorMention], places: Sequence[PlaceMention]) -> Sequence[ActorMention]:
    """The actors whose words are no part of a longer place name: `Sheikh Zuweid` is no sheikh."""
    inside: set[int] = set()
    position = 0
    for number, actor in enumerate(actors):
        while position < len(places) and places[position].end < actor.end:
            position += 1
        if position == len(places) or places[position].start > actor.start:
            continue
        if (places[position].start, places[position].end) != (actor.start, actor.end):
            inside.add(number)
    return [actor for number, actor in enumerate(actors) if number not in inside] if inside else actors


def _within_actors(places: Sequence[PlaceMention], actors: Sequence[ActorMention]) -> set[int]:
    """Starts of the place names that lie within the name of an actor."""
    inside: set[int] = set()
    position = 0
    for place in places:
        while position < len(actors) and actors[position].end <= place.start:
            position += 1
        if position < len(actors) and actors[position].start <= place.start:
            inside.add(place.start)
    return inside
