"""Names of places that the gazetteer lacks, told by the words around them: `the village of X`, `in X, Kirkuk province`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.coding.reading import Reading
from pipeline.resources.gazetteer import Gazetteer
from pipeline.resources.names import PARTICLES

_LONGEST = 4
"""Words of the longest name, particles aside."""
_SHORT = 3
"""Letters of the longest word that may stand in a name though it is common: `Rio Blanco`."""
_ENTERED = frozenset(("territory", "withdrawal"))
_DONE_TO_PLACES = _ENTERED | {"attack", "shelling", "air strike"}
_JOINING = frozenset("-'’")
_BEFORE_UNIT = frozenset(",(")
_ACRONYM = 5
"""Letters of the longest word in capitals that is taken for an organisation rather than a place."""


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name that the gazetteer lacks.

    Attributes:
        start: First code point.
        end: Code point after the last.
        phrase: The words.
        is_quarter: Whether it names a part of a city.
        is_told: Whether a noun such as `village`, or the unit around it, says that it is a place.
    """

    start: int
    end: int
    phrase: str
    is_quarter: bool = False
    is_told: bool = False


@dataclass(frozen=True)
class UnknownNames:
    """The unknown place names of one text."""

    reading: Reading
    gazetteer: Gazetteer

    @cached_property
    def found(self) -> list[UnknownName]:
        """All of them in order; of names that overlap the one that is told, else the longer."""
        kept: dict[int, UnknownName] = {}
        opening = self.reading.dateline.end if self.reading.dateline else 0
        named = (*self._beside_nouns(), *self._before_units(), *self._after_prepositions(), *self._after_acts(), *self._held())
        for name in sorted((name for name in named if name.start >= opening), key=_rank):
            indices = self.reading.document.token_range(name.start, name.end)
            is_way = bool(self.reading.language.places.ways & set(self.reading.document.words(name.start, name.end + 2)))
            is_other = is_way or self.gazetteer.is_common(name.phrase) or self._is_acronym(name)
            if not is_other and not any(index in kept for index in indices):
                kept.update(dict.fromkeys(indices, name))
        return sorted(set(kept.values()), key=lambda name: name.start)

    @cached_property
    def _taken(self) -> set[int]:
        """Tokens of what is known: actors, times and places."""
        reading = self.reading
        spans = [(each.start, each.end) for each in reading.actors]
        spans += [(each.start, each.end) for each in reading.times]
        spans += [(each.start, each.end) for each in reading.places]
        return {index for span in spans for index in reading.document.token_range(*span)}

    @cached_property
    def _in_places(self) -> set[int]:
        """Tokens of the known places."""
        reading = self.reading
        return {index for place in reading.places for index in reading.document.token_range(place.start, place.end)}

    def _is_part(self, index: int, *, over_places: bool = False) -> bool:
        """Whether a token may be part of a name, or of one that is longer than a known one."""
        reading, language = self.reading, self.reading.language
        if not 0 <= index < len(reading.document.tokens) or self._is_inside(index):
            return 0 <= index < len(reading.document.tokens)
        start, end, word = reading.document.tokens[index]
        if word in PARTICLES and word not in language.never_in_names:
            return index not in self._taken
        is_adjective = word in language.places.units and (self.reading.document.is_in_capitals or not over_places)
        if is_adjective or word in language.never_in_names or not reading.document.text[start].isupper():
            return False
        if over_places and index in self._in_places:
            return True
        is_word = len(word) > _SHORT and self.gazetteer.is_common(word)
        if self.reading.document.is_in_capitals and (is_word or reading.matches_in(start, end)):
            return False
        return index not in self._taken

    def _is_capital(self, index: int) -> bool:
        """Whether a token has a capital that is more than the text's."""
        document = self.reading.document
        return not document.is_in_capitals and document.text[document.tokens[index].start].isupper()

    def _is_inside(self, index: int) -> bool:
        """Whether a short word is held between two parts of a name: the `i` of `Deh-i-Khas`."""
        tokens, text = self.reading.document.tokens, self.reading.document.text
        if not 1 < index < len(tokens) - 2 or tokens[index].end - tokens[index].start > _SHORT:
            return False
        ends = (tokens[index].start - 1, tokens[index].end)
        return all(text[at : at + 1] in _JOINING for at in ends) and text[tokens[index + 2].start].isupper()

    def _forward(self, index: int, *, over_places: bool = False) -> UnknownName | None:
        """The name that begins at a token."""
        after, words = index, 0
        while self._is_part(after, over_places=over_places) or (after > index and self._joins(after)):
            words += self.reading.document.tokens[after].word not in PARTICLES and not self._joins(after)
            after += 1
        return self._made(index, after) if 0 < words <= _LONGEST else None

    def _backward(self, index: int, *, over_places: bool = False) -> UnknownName | None:
        """The name that ends before a token."""
        first, words = index, 0
        while self._is_part(first - 1, over_places=over_places) or (first < index and self._joins(first - 1)):
            first -= 1
            words += self.reading.document.tokens[first].word not in PARTICLES and not self._joins(first)
        return self._made(first, index) if 0 < words <= _LONGEST else None

    def _joins(self, index: int) -> bool:
        """Whether a sign holds two parts of a name together."""
        tokens = self.reading.document.tokens
        if not 0 < index < len(tokens) - 1 or tokens[index].word not in _JOINING:
            return False
        return (
            tokens[index - 1].end == tokens[index].start
            and tokens[index].end == tokens[index + 1].start
            and self._is_part(index + 1)
        )

    def _made(self, first: int, after: int) -> UnknownName:
        tokens, text = self.reading.document.tokens, self.reading.document.text
        # `in Sobane Da` has a particle as its last name, `the mayor of Tel de` has none.
        while after - first > 1 and tokens[after - 1].word in PARTICLES and not self._is_capital(after - 1):
            after -= 1
        start, end = tokens[first].start, tokens[after - 1].end
        return UnknownName(start, end, text[start:end])

    def _beside_nouns(self) -> Iterator[UnknownName]:
        """Names that a noun for a place stands beside."""
        nouns = self.reading.language.places.settlements | self.reading.language.places.sites
        document = self.reading.document
        for index in document.indices_of(nouns):
            after = self._after_noun(index)
            # Of `the Andean city of Ayacucho` the name stands after the noun, of `the Adhamiya district of Baghdad` before it.
            is_after = after is not None and document.token_words[index] not in self.reading.language.places.quarters
            for name in (after,) if is_after else (after, self._before_noun(index)):
                if name and not self._is_known(name):
                    yield name
                    break

    def _after_noun(self, index: int) -> UnknownName | None:
        """`the village of X`, `barangay X`."""
        tokens, language = self.reading.document.tokens, self.reading.language
        noun = tokens[index].word
        if index + 1 < len(tokens) and tokens[index + 1].word in language.of:
            first = index + 2 + (index + 2 < len(tokens) and tokens[index + 2].word in language.articles)
            name = self._forward(first, over_places=True)
        else:
            name = self._forward(index + 1) if noun in language.places.before_names else None
        if name is None or (noun in language.places.sites and not self._stands_out(name)):
            return None
        return replace(name, is_quarter=noun in language.places.quarters, is_told=True)

    def _before_noun(self, index: int) -> UnknownName | None:
        """`X municipality`, with its noun."""
        token, language = self.reading.document.tokens[index], self.reading.language
        name = (
            self._backward(index, over_places=True)
            if token.word not in language.places.before_names | language.places.sites
            else None
        )
        if name is None or self._is_known(name):
            return None
        phrase = self.reading.document.text[name.start : token.end]
        return UnknownName(name.start, token.end, phrase, is_quarter=token.word in language.places.quarters, is_told=True)

    def _is_known(self, name: UnknownName) -> bool:
        """Whether a name is no longer than a known one, or holds several."""
        indices = self.reading.document.token_range(name.start, name.end)
        known = self.reading.places_in(name.start, name.end)
        return all(index in self._in_places for index in indices) or len(known) > 1

    def _before_units(self) -> Iterator[UnknownName]:
        """`in X, Kirkuk province`, `at X (Kirkuk)`, in capitals `NEAR X IN KIRKUK`: a name between a preposition and its unit."""
        reading, language = self.reading, self.reading.language
        tokens = reading.document.tokens
        for place in reading.places:
            comma = reading.document.token_at(place.start) - 1
            is_within = reading.document.is_in_capitals and tokens[comma].word in language.places.strictly_in
            if comma < 1 or not (tokens[comma].word in _BEFORE_UNIT or is_within):
                continue
            name = self._backward(comma)
            if name is None:
                continue
            before = reading.document.token_at(name.start) - 1
            word = tokens[before].word if before >= 0 else ""
            if word in language.at or word in language.places.near:
                yield UnknownName(name.start, name.end, name.phrase, is_told=True)

    def _is_within_name(self, index: int) -> bool:
        """Whether a word such as `south` is a part of a name: `the South Ossetian capital`; where a sentence begins none is."""
        document = self.reading.document
        if document.is_in_capitals or not document.text[document.tokens[index].start].isupper():
            return False
        return document.tokens[index].start != self.reading.sentences[document.sentence_at(document.tokens[index].start)].start

    def _after_prepositions(self) -> Iterator[UnknownName]:
        """`in X`, `near X`, `south of X`; where all is in capitals only names that the world knows."""
        reading, language = self.reading, self.reading.language
        tokens = reading.document.tokens
        leading = language.places.strictly_in | language.places.near | language.places.onto
        for index in reading.document.indices_of(leading):
            if not (tokens[index].word in language.places.near and self._is_within_name(index)):
                follows = index + 1 < len(tokens) and tokens[index + 1].word in (language.of | language.to)
                first = index + 1 + follows
                while first < len(tokens) and tokens[first].word in language.places.units and not self._is_part(first):
                    first += 1
                name = self._forward(first)
                if name and self._stands_out(name):
                    yield name

    def _after_acts(self) -> Iterator[UnknownName]:
        """`took back X`, `pulled out of X`, `the raid on X`: what follows an act that is done to a place."""
        reading, language = self.reading, self.reading.language
        tokens = reading.document.tokens
        # Who `drove an Opel` or `took a Toyota` did not take a place.
        skipped = (language.of | language.at | language.articles) - language.one
        done = _ENTERED if self.reading.document.is_in_capitals else _DONE_TO_PLACES
        for match in reading.acts:
            if not any(row.trigger in done and row.kind == "act" for row in match.rows):
                continue
            first = reading.document.token_at(match.end)
            while first < len(tokens) and tokens[first].word in skipped:
                first += 1
            name = self._forward(first)
            if name and self._stands_out(name) and self.gazetteer.countries_of_world(name.phrase):
                yield name

    def _held(self) -> Iterator[UnknownName]:
        """`X was in rebel hands`: what opens a sentence that tells of territory."""
        reading = self.reading
        for match in reading.acts:
            if not any(row.trigger in _ENTERED and row.kind == "act" for row in match.rows):
                continue
            sentence = reading.sentences[reading.document.sentence_at(match.start)]
            first = reading.document.token_at(sentence.start)
            name = self._forward(first)
            if name and name.end <= match.start and self.gazetteer.countries_of_world(name.phrase):
                yield name

    def _is_acronym(self, name: UnknownName) -> bool:
        """Whether a short word in capitals is none of the text's: `the UN camp`."""
        word = name.phrase.split()[0]
        return not self.reading.document.is_in_capitals and word.isupper() and 1 < len(word) <= _ACRONYM and word.isalpha()

    def _stands_out(self, name: UnknownName) -> bool:
        """Whether capitals tell a name from other words, or the world has a place of that name."""
        text = self.reading.document.text
        sentence = self.reading.sentences[self.reading.document.sentence_at(name.start)]
        return not text[sentence.start : sentence.end].isupper() or bool(self.gazetteer.countries_of_world(name.phrase))


def _rank(name: UnknownName) -> tuple[bool, int, int]:
    return not name.is_told, name.start - name.end, name.start
