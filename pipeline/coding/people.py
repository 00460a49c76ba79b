"""Nouns that stand for people, and lists of them: how many `the mayor, his wife and two guards` are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from pipeline.coding.head_counts import Numbers
from pipeline.coding.numbers import Quantity

Basis = Literal["stated", "word_estimate", "explicit_none", "none_mentioned"]

_Kind = Literal["number", "many", "plural", "one", "own", "name", "bare", "aside"]
"""A number of people, a plural with or without an article, one person after an article, after a possessive, by name or without any,
or no people, such as an age."""

_LONGEST_NOUN = 14
"""Tokens of one noun with what `of` adds to it."""
_MARKS = frozenset('"“”‘[(')
_OPENERS = 3
"""Tokens such as `also` or `an estimated` before a number."""
_ACTOR_WORDS = 4
_SEVERAL = (3, 2, None)


class Item(NamedTuple):
    """One member of a list.

    Attributes:
        kind: How it is told.
        value: The number taken.
        low: Lowest number that the words allow.
        high: Highest; None if open.
        is_estimate: Whether the words name no number.
        first: Its first token.
        last: Token after it.
        is_joined: Whether `and` stands before it, not a comma alone.
        is_parted: Whether a comma stands before it.
    """

    kind: _Kind
    value: int
    low: int
    high: int | None
    is_estimate: bool
    first: int
    last: int
    is_joined: bool = False
    is_parted: bool = False


class People(Numbers):
    """Reads the people of one sentence."""

    @cached_property
    def is_in_capitals(self) -> bool:
        """Whether all is written in capitals, so that they show no names."""
        return self.reading.document.text[self.sentence.start : self.sentence.end].isupper()

    # Nouns

    def noun_end(self, first: int, stop: int) -> int:
        """Token after the noun that begins at a token, with what `of` adds to it."""
        index = first
        while index < min(stop, first + _LONGEST_NOUN) and self._is_in_noun(index, first):
            index += 1
        return index

    def _is_in_noun(self, index: int, first: int) -> bool:
        """Whether a token goes on with a noun that began before it."""
        language, word = self.reading.language, self.word(index)
        if word == "." and len(self.word(index - 1)) == 1 and index > first:
            # `U. S. citizens`
            return True
        is_age = word.isdecimal() and self.word(index + 1) == "-"
        if not (word[:1].isalpha() or word in language.people.inside_nouns or word in language.people.possessives or is_age):
            return False
        if index == first or is_age:
            return True
        is_stop = word in language.small_words | language.people.before_gerunds and word not in language.of
        is_new = word in language.people.relatives or word in language.numbers or word in language.people.auxiliaries
        if is_stop or is_new or self.begins_time(index):
            return False
        if word in language.articles or word in language.one:
            return self.word(index - 1) in language.of
        return index not in self.cues and not self.is_speech(index) and not self._is_verb(index)

    def _tokens_of(self, *names: str) -> frozenset[int]:
        spans = self.reading.cue_spans(self.sentence.start, self.sentence.end, *names)
        return frozenset(self.reading.document.token_at(start) for start, _ in spans)

    @cached_property
    def cues(self) -> frozenset[int]:
        """Tokens at which words of dying or being hurt begin."""
        return self._tokens_of("death", "death_people", "dies", "dies_people", "wound")

    @cached_property
    def _speech(self) -> frozenset[int]:
        return self._tokens_of("speech")

    def is_speech(self, index: int) -> bool:
        """Whether a verb of saying begins at a token; `Said` is a name."""
        # `two alleged bandits`
        is_hedge = self.word(index) in self.reading.language.hedges and self.word(index - 1) in self.reading.language.determiners
        return index in self._speech and not is_hedge and (self.is_in_capitals or self._is_plain(index))

    def _is_verb(self, index: int) -> bool:
        """Whether a verb of the lexicon begins at a token."""
        token = self.reading.document.tokens[index]
        return any(row.has("verb") for match in self.reading.matches_in(token.start, token.end) for row in match.rows)

    def ends_in_act(self, item: Item) -> bool:
        """Whether the noun of an item is an incident or a place."""
        language = self.reading.language
        return self.word(self._head(item.first, item.last)) + language.plural_ending in language.people.incident_nouns

    def begins_time(self, index: int) -> bool:
        """Whether a token is the name of a day, or a word such as `yesterday`."""
        language = self.reading.language
        return self.word(index) in language.weekdays or self.word(index) in language.people.adverbs_of_time

    def is_person(self, first: int, last: int) -> bool:
        """Whether a noun stands for people: an actor is named in it, or its ending or meaning says so."""
        return self.is_person_word(first, last) or self.names_actor(first, last)

    def is_person_word(self, first: int, last: int) -> bool:
        """Whether the ending or the meaning of a word says that it stands for people."""
        people = self.reading.language.people
        return any(word in people.kin or word.endswith(people.person_endings) for word in self.between(first, last))

    def names_actor(self, first: int, last: int) -> bool:
        """Whether an actor is named in some tokens."""
        tokens = self.reading.document.tokens
        if first >= last:
            return False
        # `lieutenant` is the end of `army lieutenant`.
        return bool(self.reading.actors_in(tokens[first].start, tokens[last - 1].end)) or self._ends_actor(last - 1)

    def is_many(self, first: int, last: int) -> bool:
        """Whether the noun in some tokens stands for several people; what `of` adds to it does not count."""
        language = self.reading.language
        head = next((index for index in range(first + 1, last) if self.word(index) in language.of), last)
        for index in range(head - 1, first - 1, -1):
            if self._is_plural_person(index) and (index + 1 == head or self._is_described(index + 1)):
                return not (index + 1 < head and self.is_person(index + 1, head))
        return False

    def _is_plural_person(self, index: int) -> bool:
        language, word = self.reading.language, self.word(index)
        if word in language.not_people:
            return False
        if word in language.irregular_plurals or word.endswith(language.people.plural_person_endings):
            return True
        return language.is_plural(word) and (self._ends_actor(index) or self._is_plain(index))

    def _ends_actor(self, index: int) -> bool:
        """Whether a word is the last of an actor's name, such as `Jesuit priests`."""
        tokens = self.reading.document.tokens
        end = tokens[index].end
        actors = self.reading.actors_in(tokens[max(0, index - _ACTOR_WORDS)].start, end)
        return any(actor.end == end for actor in actors)

    def _is_described(self, index: int) -> bool:
        """Whether a word after a plural tells more of it and is no name: `people aboard a bus`, but not `reporters Ana Gil`."""
        language, word = self.reading.language, self.word(index)
        return self._is_plain(index) or word.endswith((*language.active_endings, *language.participle_endings))

    def _is_plain(self, index: int) -> bool:
        """Whether a word is written small where names are not."""
        token = self.reading.document.tokens[index]
        return not self.is_in_capitals and self.reading.document.text[token.start].islower()

    def is_name(self, index: int, *, is_alone: bool = True) -> bool:
        """Whether a word may be of a person's name: it is written with a capital or all is; alone, it is no place."""
        token = self.reading.document.tokens[index]
        if not token.word[:1].isalpha() or self.word(index) in self.reading.language.small_words:
            return False
        is_place = is_alone and bool(self.reading.places_in(token.start, token.end))
        return self.reading.document.text[token.start].isupper() and not is_place

    # Members of lists

    def item(self, first: int, stop: int, verb: int | None = None) -> Item | None:
        """The member of a list that begins at a token and ends before `stop`; None if these words tell of no people."""
        language = self.reading.language
        while first < stop and (self.word(first) in language.people.before_nouns or self.word(first) in _MARKS):
            first += 1
        if first >= stop:
            return None
        if quantity := self._number_at(first, stop, verb):
            last = self.noun_end(quantity.last, stop)
            return Item("number", *quantity[2:6], first, last)
        word = self.word(first)
        is_unknown = word in language.one and self.word(first + 1) in language.people.unknown
        if is_unknown or word in language.people.aged_words or (word.isdecimal() and self.word(first + 1) != "-"):
            return Item("aside", 0, 0, 0, False, first, stop)
        return self._pronoun(first, stop) or self._noun(first, stop)

    def _pronoun(self, first: int, stop: int) -> Item | None:
        """`both`, `both men`, `him` or `another`."""
        language, word = self.reading.language, self.word(first)
        if word in language.people.pairs and (first + 1 == stop or self.is_many(first + 1, self.noun_end(first + 1, stop))):
            return Item("number", 2, 2, 2, False, first, self.noun_end(first, stop))
        if word in language.people.single_persons and not (word in language.people.own and self._is_noun_word(first + 1, stop)):
            is_described = word in language.people.adding_people
            return Item("one", 1, 1, 1, False, first, self.noun_end(first + 1, stop) if is_described else first + 1)
        return None

    def _is_noun_word(self, index: int, stop: int) -> bool:
        return index < stop and self.word(index)[:1].isalpha() and self.word(index) not in self.reading.language.small_words

    def _is_no_noun(self, first: int) -> bool:
        """Whether no noun for people can begin at a token."""
        language, word = self.reading.language, self.word(first)
        if word in language.nobody or word in language.small_words or word in language.numbers or word in language.people.relatives:
            return True
        is_age = word.isdecimal() and self.word(first + 1) == "-"
        is_month = word in language.months and self.word(first + 1).isdecimal()
        return not (word[:1].isalpha() or is_age) or is_month or self.begins_time(first)

    def _number_at(self, first: int, stop: int, verb: int | None) -> Quantity | None:
        """The number of people that stands at a token, or after an article, a possessive or a few words such as `another`."""
        language = self.reading.language
        for quantity in self.starting(first, min(stop, first + _OPENERS)):
            words = self.between(first, quantity.first)
            if all(word in language.articles or word in language.people.before_numbers for word in words):
                return quantity if self.is_people(quantity, verb) and not self._counts_deaths(quantity) else None
        return None

    def _counts_deaths(self, quantity: Quantity) -> bool:
        """Whether a number counts `deaths` and no people."""
        tokens = self.reading.document.tokens
        if quantity.last >= len(tokens):
            return False
        token = tokens[quantity.last]
        is_noun = token.word not in self.reading.language.people.dead
        return is_noun and bool(self.reading.cue_spans(token.start, token.end, "deed", "death_noun"))

    def _noun(self, first: int, stop: int) -> Item | None:
        language, word = self.reading.language, self.word(first)
        if self._is_no_noun(first):
            return None
        head = first + (word in language.articles)
        last = self.noun_end(head, stop)
        if last <= head:
            return None
        if counted := self._group(head, last, stop):
            return Item("number", *counted[2:6], first, max(last, counted.last))
        is_bare = word not in language.articles and word not in language.people.own
        if self.is_group(head, last) or (word not in language.one and self.is_many(head, last)):
            return Item("plural" if is_bare else "many", *_SEVERAL, True, first, last)
        kind = self._kind_without_article(head, last)
        is_no_person = is_bare and (self._is_verb(first) or (kind == "bare" and not self.is_person(first, last)))
        if is_no_person or self._is_owned_thing(first, last):
            return None
        if word in language.people.own or any(each in language.people.possessives for each in self.between(first, last)):
            kind = "own"
        elif word in language.articles:
            kind = "one"
        return Item(kind, 1, 1, 1, False, first, last)

    def _is_owned_thing(self, first: int, last: int) -> bool:
        """Whether a noun names things of somebody: `the murdered farmers' houses`."""
        language, head = self.reading.language, self._head(first, last)
        is_owned = any(each in language.people.possessives for each in self.between(first, last))
        return is_owned and language.is_plural(self.word(head)) and not self.is_person(head, last)

    def _head(self, first: int, last: int) -> int:
        """The last token of a noun before what `of` adds to it."""
        return next((index for index in range(first + 1, last) if self.word(index) in self.reading.language.of), last) - 1

    def is_group(self, first: int, last: int) -> bool:
        """Whether a noun stands for several together, such as `a family`."""
        return self.word(self._head(first, last)) in self.reading.language.people.groups

    def _kind_without_article(self, first: int, last: int) -> _Kind:
        """Whether the last word before `of` is a name or a noun for a person; in capitals only its meaning can tell."""
        head = self._head(first, last)
        is_noun = self.is_in_capitals and self.is_person(head, head + 1)
        return "name" if self.is_name(head, is_alone=head == first) and not is_noun else "bare"

    def _group(self, head: int, last: int, stop: int) -> Quantity | None:
        """The number in `a family of five`, `a group of 12 farmers` or `the couple`."""
        language = self.reading.language
        end = self._head(head, last)
        if size := language.collectives.get(self.word(end)):
            return Quantity(end, last, size, size, size)
        for index in range(head, last):
            if self.word(index) in language.of and self.word(index - 1) in language.people.groups:
                return next((each for each in self.starting(index + 1, min(stop, index + 3)) if self.is_people(each)), None)
        return None


def count_items(items: Sequence[Item], *, is_row: bool) -> list[Item]:
    """The members of a list that count: neither ages nor what a comma adds to tell who somebody is.

    `Ana Gil, a nurse, and Hugo Paz` are two, `a priest, a nun and a cook` three, `two reporters, Ana Gil and Hugo Paz` two.

    Args:
        items: Members in order.
        is_row: Whether numbers that only commas join count: `three soldiers, two policemen dead`.
    """
    found: list[Item] = []
    waiting: list[Item] = []
    previous: Item | None = None
    is_told_again = False
    for item in items:
        if item.kind == "aside":
            continue
        if previous is None:
            found.append(item)
        elif _explains(previous, item) or (is_told_again and _goes_on(item)):
            if (waiting or found)[-1].kind in ("number", "many", "plural"):
                # All that follows names those already counted.
                break
            previous, is_told_again = item, True
            continue
        elif item.kind == "plural" and (waiting or found)[-1].kind == "number":
            # `300 lawyers, teachers and students` are 300.
            continue
        elif item.is_joined:
            found += [*waiting, item]
            waiting = []
        else:
            waiting.append(item)
        previous, is_told_again = item, False
    return found + [item for item in waiting if is_row and item.kind == "number" and not item.is_estimate]


def _goes_on(item: Item) -> bool:
    """Whether an item belongs to what a comma added: `Ana Gil, senator and candidate`."""
    return item.is_joined and not item.is_parted and item.kind in ("bare", "name")


def _explains(before: Item, item: Item) -> bool:
    """Whether an item tells again who the one before it is."""
    if item.is_joined:
        return False
    if before.kind in ("number", "many", "plural"):
        return item.kind == "name"
    if before.kind == "name":
        return item.kind in ("one", "bare")
    return item.kind == "name" or (item.kind == "bare" and before.kind != "bare")
