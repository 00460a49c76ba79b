"""The people after a verb of dying or being hurt, or after a noun such as `the murder of`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from pipeline.coding.people import Basis, Item, People, count_items

LATE_REACH = 5
"""Tokens after a verb in which those whom it counts begin."""
_FURTHER = 9
"""Tokens after the words for some in which `and` may add others: `three men in Ba and a boy in Bo`."""
LONGEST_JOINT = 3
"""Tokens between two members of a list."""


class Count(NamedTuple):
    """People counted.

    Attributes:
        value: The number taken.
        low: Lowest number that the words allow.
        high: Highest; None if open.
        basis: What the number rests on.
        first: First token of the words for them.
        last: Token after these words.
        items: The members of the list that they are.
    """

    value: int
    low: int
    high: int | None
    basis: Basis
    first: int
    last: int
    items: tuple[Item, ...] = ()


class Piece(NamedTuple):
    """Tokens between two signs or joining words, and whether `and` and a comma stand before them."""

    first: int
    last: int
    is_joined: bool = False
    is_parted: bool = False

    def mark(self, item: Item | None) -> Item | None:
        """An item found in the piece, with what stands before it."""
        return item._replace(is_joined=self.is_joined, is_parted=self.is_parted) if item else None


def count_list(items: Sequence[Item], *, is_row: bool = False) -> Count | None:
    """The sum of the members of a list that count."""
    chosen = _without_breakdown(count_items(items, is_row=is_row))
    if not chosen:
        return None
    highs = [item.high for item in chosen]
    high = None if None in highs else sum(each for each in highs if each is not None)
    basis: Basis = "word_estimate" if any(item.is_estimate for item in chosen) else "stated"
    value, low = sum(item.value for item in chosen), sum(item.low for item in chosen)
    return Count(value, low, high, basis, chosen[0].first, max(item.last for item in chosen), tuple(chosen))


def _without_breakdown(items: Sequence[Item]) -> list[Item]:
    """Items without those that only divide the first: `12 people, nine soldiers and three civilians`."""
    if len(items) > 2 and not items[1].is_joined and items[0].value == sum(item.value for item in items[1:]):
        return [items[0]]
    return list(items)


class Objects(People):
    """Finds the people who stand after a verb."""

    def after(self, start: int, *, may_be_subject: bool = False) -> Count | None:
        """People from a token on: the object of `killed`, or those after `murder of`, of which something else may be said."""
        items: list[Item] = []
        for piece in self._pieces_after(start):
            item = piece.mark(self.item(piece.first, piece.last, verb=start))
            if item is None and not items:
                item = self.late_number(start)
            if item is None or (items and not self._may_follow(item, piece, may_be_subject=may_be_subject)):
                break
            if len(items) == 1 and items[0].kind == "bare" and item.is_joined and item.kind in ("bare", "name"):
                # `the murder of senator and candidate Ana Gil`
                items.pop()
            items.append(item)
            if self._holds_subset(piece):
                break
        return count_list(self.without_names_of_bodies(items))

    def without_names_of_bodies(self, items: Sequence[Item]) -> list[Item]:
        """Items without the second part of a name: `12 officers of the National Intelligence and Security Agency`."""
        language = self.reading.language
        found: list[Item] = []
        for item in items:
            before = found[-1] if found else None
            is_name = item.kind == "name" and item.is_joined and not item.is_parted
            is_several = before is not None and before.kind in ("number", "many", "plural")
            if not (
                is_name and is_several and before and any(word in language.of for word in self.between(before.first, before.last))
            ):
                found.append(item)
        return found

    def _holds_subset(self, piece: Piece) -> bool:
        """Whether words such as `including` begin a part of those told before."""
        tokens = self.reading.document.tokens
        return piece.last > piece.first and bool(
            self.reading.cue_spans(tokens[piece.first].start, tokens[piece.last - 1].end, "subset")
        )

    def late_number(self, start: int) -> Item | None:
        """The number that some words part from its verb: `killed on Tuesday five men`."""
        language = self.reading.language
        number = next(iter(self.starting(start, min(start + LATE_REACH, self.bounds.stop))), None)
        if number is None or not self.is_people(number, start):
            return None
        words = self.between(start, number.first)
        broken = language.be | language.of | language.clause_breaks | language.conjunctions | language.by
        if any(word in broken or word in ",;:." for word in words) or self.holds_verb(start, number.first):
            return None
        return self.item(number.first, self.bounds.stop, verb=start)

    def _may_follow(self, item: Item, piece: Piece, *, may_be_subject: bool) -> bool:
        """Whether another member of a list is one of the people and opens no clause: `two men and a car was burnt`."""
        if item.kind == "aside":
            return True
        if self.holds_verb(item.first, piece.last):
            return False
        if not may_be_subject and self.word(piece.last) in self.reading.language.be:
            return False
        if item.kind == "number":
            return True
        if not self.is_whole(item, piece):
            return False
        return item.kind == "name" or self.is_person(item.first, item.last)

    def _pieces_after(self, start: int) -> Iterator[Piece]:
        """The members of a list that begins at a token, each up to the next sign, joining word, preposition or verb."""
        language = self.reading.language
        first, is_joined, is_parted = start, False, False
        while first < self.bounds.stop:
            last = first
            while last < self.bounds.stop and not self._ends_piece(last, first):
                last += 1
            yield Piece(first, last, is_joined, is_parted)
            following = self.next_piece(last)
            if following is None:
                return
            first, is_joined = following
            is_parted = self.word(last) == ","
            if self.word(first) in language.clause_breaks:
                return

    def _ends_piece(self, index: int, first: int) -> bool:
        word, language = self.word(index), self.reading.language
        if word in ",;:" or self.joint(index) or self.is_dash(index):
            return True
        return index > first and (word in language.be or word in language.object_ends)

    def next_piece(self, index: int) -> tuple[int, bool] | None:
        """Where the next member of a list begins, and whether `and` stands before it; words that say where are passed over."""
        if self.word(index) in ",;":
            length = self.joint(index + 1)
            return index + 1 + length, bool(length) or self.word(index) == ";"
        if length := self.joint(index):
            return index + length, True
        language = self.reading.language
        if self.word(index) not in language.at:
            return None
        for position in range(index, min(index + _FURTHER, self.bounds.stop)):
            word = self.word(position)
            if word in language.clause_breaks or word in ";:" or self.holds_verb(position, position + 1):
                return None
            if length := self.joint(position):
                begin = position + length
                number = next(iter(self.starting(begin, begin + 2)), None)
                is_own = self.word(begin) in language.people.own and self.word(position) not in language.conjunctions
                is_told = is_own or self.word(begin) in language.one or number is not None
                return (begin, True) if is_told else None
        return None

    @cached_property
    def _joints(self) -> dict[int, int]:
        """Lengths of the words such as `and` or `as well as`, by their first token."""
        joints = self.reading.language.people.list_joints
        found: dict[int, int] = {}
        for index in self.bounds:
            words = tuple(self.between(index, index + LONGEST_JOINT))
            length = next((each for each in range(LONGEST_JOINT, 0, -1) if words[:each] in joints), 0)
            if length and index not in self.within_numbers:
                found[index] = length
        return found

    @cached_property
    def joints_by_end(self) -> dict[int, int]:
        """Lengths of the same words, the longest that end there, by the token after them."""
        return {start + length: length for start, length in sorted(self._joints.items(), reverse=True)}

    @cached_property
    def joint_tokens(self) -> frozenset[int]:
        """Tokens of these words."""
        return frozenset(start + step for start, length in self._joints.items() for step in range(length))

    def joint(self, index: int) -> int:
        """Length of the words such as `and` or `as well as` at a token; 0 if none stand there."""
        return self._joints.get(index, 0)

    def holds_verb(self, first: int, last: int) -> bool:
        """Whether a verb of dying or being hurt begins among some tokens."""
        return any(index in self.cues for index in range(first, min(last, self.bounds.stop)))

    def is_whole(self, item: Item, piece: Piece) -> bool:
        """Whether nothing but a place or a clause follows the noun at the start of a piece."""
        language = self.reading.language
        return (
            item.last >= piece.last
            or not self.word(item.last)[:1].isalnum()
            or self.word(item.last) in language.at | language.people.relatives | language.people.before_gerunds
        )
