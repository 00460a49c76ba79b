"""The people before a verb of dying or being hurt, and those whose death a noun tells of."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.coding.objects import LATE_REACH, Count, Objects, Piece, count_list
from pipeline.coding.people import Basis, Item

_REACH = 24
"""Tokens of one member of a list, with all that is said of it, before the verb."""
_ASIDE_REACH = 30
"""Tokens between two commas that only add something: `Ana Gil, who worked for the town, was killed`."""
_AGE_REACH = 5
"""Tokens of ages such as `six and nine years`."""
_PRONOUN_REACH = 30
"""Tokens before `them` in which those stand who are meant."""


class Subjects(Objects):
    """Finds the people who stand before a verb."""

    def before(self, verb: int, *, is_single: bool) -> Count | None:
        """People up to a token: the subject of `were killed` or `died`."""
        language = self.reading.language
        if self.word(verb - 1) in language.people.plural_persons and self.word(verb - 2) not in language.of:
            return self.antecedent(verb - 1)
        stop = self._subject_end(verb)
        begin = self._clause_start(stop)
        if begin >= stop and self.word(begin - 1) in language.people.relatives:
            # `the ten men who were killed`
            stop = begin - 1 - (self.word(begin - 2) == ",")
            if self.word(stop - 1) in language.definite and self.word(stop - 2) in language.people.wholes:
                # `a nurse and a cook were among those who died`
                stop = next((index for index in range(stop - 2, stop - 4, -1) if self.word(index) in language.be), stop)
            begin = self._clause_start(stop)
        if part := self._part_before(begin):
            return count_list([part])
        items = self._items_before(begin, stop, is_single=is_single)
        found = count_list(self.without_names_of_bodies(items), is_row=True)
        if not is_single:
            # `surrender or die`
            is_bare = found is not None and [item.kind for item in found.items] == ["bare"]
            return None if found is None or (is_bare and not self.names_actor(found.first, found.last)) else found
        nearest = next((item for item in reversed(items) if item.kind != "aside"), None)
        if nearest is None:
            is_told = stop > self.bounds.start and self.word(stop - 1) not in language.nobody
            return Count(1, 1, 1, "stated", max(self.bounds.start, stop - 2), stop) if is_told else None
        return self._one(nearest)

    def _part_before(self, begin: int) -> Item | None:
        """The number of whom a clause tells: `a militia, six of whose members`."""
        language = self.reading.language
        if self.word(begin - 1) not in language.people.relatives or self.word(begin - 2) not in language.of:
            return None
        part = next((each for each in self.starting(begin - 4, begin - 2) if each.last == begin - 2), None)
        return Item("number", *part[2:6], part.first, begin) if part and self.is_people(part) else None

    def opening(self, verb: int) -> Count | None:
        """Who stands at the head of a sentence, if a clause on them parts them from their verb: `A nurse hit in the raid died`."""
        language = self.reading.language
        item = self.item(self.bounds.start, verb)
        if item is None or item.kind not in ("one", "number") or not self.is_person(item.first, item.last):
            return None
        after = self.word(item.last)
        is_parted = after in {",", "shot", "hit", "hurt"} | language.people.relatives or after.endswith(language.participle_endings)
        return count_list([item]) if is_parted else None

    def _one(self, nearest: Item) -> Count:
        """One person, since the verb says so, unless a number or a group stands right before it: `a family of five was killed`."""
        is_several = nearest.kind == "number" or self.is_group(nearest.first, nearest.last)
        item = nearest if is_several else nearest._replace(kind="one", value=1, low=1, high=1, is_estimate=False)
        basis: Basis = "word_estimate" if item.is_estimate else "stated"
        return Count(item.value, item.low, item.high, basis, item.first, item.last, (item,))

    def antecedent(self, pronoun: int) -> Count | None:
        """Whom `them` stands for: the last number of people before its verb, with those who are joined to it."""
        nearest = max(self.bounds.start, pronoun - _PRONOUN_REACH)
        before = [each for each in self.starting(nearest, pronoun) if self.is_people(each)]
        numbers = [each for each in before if self.noun_end(each.last, pronoun) < pronoun]
        if not numbers:
            return None
        stop = self.noun_end(numbers[-1].last, pronoun)
        # No list reaches across a verb of dying.
        begin = max((index + 1 for index in range(nearest, numbers[-1].first) if index in self.cues), default=nearest)
        return count_list(self._items_before(begin, stop, is_single=False))

    def _subject_end(self, verb: int) -> int:
        """The token after a subject, without what stands between commas after it: `five men, all of them miners, were killed`."""
        stop = verb
        while stop > self.bounds.start and self.word(stop - 1) in self.reading.language.people.before_nouns:
            stop -= 1
        stop = self._without_subset(stop)
        while self.word(stop - 1) == ",":
            nearest = max(self.bounds.start, stop - _ASIDE_REACH)
            opening = next((index for index in range(stop - 2, nearest, -1) if self.word(index) == ","), None)
            if opening is None or not self._is_aside(opening + 1):
                stop -= 1
                break
            stop = opening
        return self._opening(stop - 1) if self.word(stop - 1) in ")]" else stop

    def _without_subset(self, stop: int) -> int:
        """The token after the number of which `including two boys` or `, two of them boys,` tells a part."""
        tokens = self.reading.document.tokens
        begin = self._clause_start(stop)
        if begin >= stop:
            return stop
        spans = self.reading.cue_spans(tokens[begin].start, tokens[stop - 1].end, "subset")
        if not spans:
            return stop
        index = self.reading.document.token_at(spans[0][0])
        if any(word in self.reading.language.be for word in self.between(index, stop)):
            # The part is one of those whom another verb counts.
            return stop
        part = next((each for each in self.starting(begin, index) if each.last == index), None)
        if part is not None and self.word(part.first - 1) == "," and self.starting(begin, part.first):
            return part.first - 1
        if not self.starting(begin, index):
            return stop
        return index - (self.word(index - 1) == ",")

    def _is_aside(self, first: int) -> bool:
        """Whether words after a comma only tell more of those before it."""
        language = self.reading.language
        word = self.word(first)
        tells = (
            language.people.relatives
            | language.one
            | language.definite
            | language.people.aged_words
            | language.people.pairs
            | language.people.before_nouns
        )
        if word in language.numbers:
            # `two brothers, six and nine years old,` and `two guards, one a father,`
            near = self.between(first + 1, first + _AGE_REACH)
            return near[0] in language.one or any(each in language.time_units for each in near)
        # `Ana Gil and Hugo Paz, leaders of a union, were killed`
        is_of_names = self._is_plural_person(first) and self.is_name(first - 2)
        return word in tells or word.isdecimal() or is_of_names

    def _clause_start(self, stop: int) -> int:
        """The first token of the clause that ends before a token."""
        language = self.reading.language
        borders = language.clause_breaks | language.people.relatives | language.people.content_openers
        tokens = self.reading.document.tokens
        closed = 0
        for index in range(stop - 1, self.bounds.start - 1, -1):
            token = tokens[index]
            closed += (token.word == ")") - (token.word == "(")
            if closed < 0:
                # `a mine on the road (two soldiers killed)`
                return index + 1
            is_border = (
                token.word in borders
                and index not in self.joint_tokens
                and index + 1 not in self.within_numbers
                and not self._is_in_subset(index)
            )
            if (is_border and index not in self.within_numbers) or token.word in ":–—":
                return index + 1
            if token.word == "]" and not self.word(self._opening(index) - 1)[:1].isalpha():
                # `[Text] Rebels killed`, but not `at least [9] people`
                return index + 1
            if index in self.cues or self.is_speech(index):
                return index + 1
        return self.bounds.start

    def _opening(self, bracket: int) -> int:
        """The token that opens a bracket, or the bracket itself."""
        pair = {")": "(", "]": "["}.get(self.word(bracket))
        nearest = max(self.bounds.start, bracket - _REACH)
        return next((index for index in range(bracket - 1, nearest - 1, -1) if pair and self.word(index) == pair), bracket)

    def _is_in_subset(self, index: int) -> bool:
        """Whether a word belongs to one such as `all but two`."""
        tokens = self.reading.document.tokens
        spans = self.reading.cue_spans(tokens[max(0, index - 2)].start, tokens[index].end, "subset")
        return any(start <= tokens[index].start < end for start, end in spans)

    def _items_before(self, begin: int, stop: int, *, is_single: bool) -> list[Item]:
        """The members of the list that ends before `stop`, the earliest first."""
        found: list[Item] = []
        is_closed = False
        for piece in self._pieces_before(begin, stop):
            item = piece.mark(self._item_in(piece, is_nearest=not found))
            if item is None:
                break
            if found and found[-1].kind != "aside" and not (is_closed or self._is_in_row(item, found[-1], piece)):
                break
            found.append(item)
            is_closed |= piece.is_joined
            if item.kind != "aside" and (is_single or self._is_pronoun(item)):
                break
        return found[::-1]

    def _is_pronoun(self, item: Item) -> bool:
        return item.last == item.first + 1 and self.word(item.first) in self.reading.language.people.single_persons

    def _is_in_row(self, item: Item, following: Item, piece: Piece) -> bool:
        """Whether a number stands beside another: `three soldiers, two policemen dead`, but not `11 rescued, 3 found dead`."""
        if not item.kind == following.kind == "number" or item.first != piece.first or not self.is_whole(item, piece):
            return False
        last = self.word(item.last - 1)
        return not last.endswith(self.reading.language.participle_endings) or self.reading.language.is_plural(last)

    def _pieces_before(self, begin: int, stop: int) -> Iterator[Piece]:
        """The tokens between signs and joining words, the nearest to `stop` first."""
        last = index = stop
        while index > begin:
            length = self.joints_by_end.get(index, 0)
            length = length if index - length >= begin else 0
            if length or self.word(index - 1) in ",;":
                if last > index:
                    yield Piece(index, last, bool(length), self.word(index - (length or 1) - bool(length)) == ",")
                index -= length or 1
                # The comma before `and`.
                last = index - (bool(length) and self.word(index - 1) == ",")
                index = last
            else:
                index -= 1
        if last > begin:
            yield Piece(begin, last)

    def _item_in(self, piece: Piece, *, is_nearest: bool) -> Item | None:
        """The people in a piece before a verb: those at its start, else the last number or the last noun in it."""
        language = self.reading.language
        item = self.item(piece.first, piece.last, verb=piece.first if is_nearest else None)
        if item and (item.kind == "aside" or (item.kind == "number" and (is_nearest or self.is_whole(item, piece)))):
            return item
        pair = next((index for index in range(piece.first, piece.last) if self.word(index) in language.people.pairs), None)
        if pair is not None and (both := self.item(pair, piece.last)):
            return both
        numbers = [each for each in self.starting(max(piece.first, piece.last - _REACH), piece.last) if self.is_people(each)]
        if numbers:
            is_added = len(numbers) > 1 and self.word(numbers[-1].first - 1) in language.at | language.of
            counted = self.item((numbers[0] if is_added else numbers[-1]).first, piece.last)
            if is_nearest or counted is None or self.is_whole(counted, piece):
                return counted
        if item is None or not self.is_whole(item, piece):
            item = self._last_noun(piece, is_nearest=is_nearest)
        return item if item is None or is_nearest or self._ends_in_person(item) else None

    def _ends_in_person(self, item: Item) -> bool:
        """Whether the last word of a noun, before `of`, is one for people or a name."""
        language = self.reading.language
        head = next((index for index in range(item.first + 1, item.last) if self.word(index) in language.of), item.last)
        if item.kind == "name":
            return self.is_name(head - 1) and (not self.is_in_capitals or head - item.first > 1)
        return self.is_person(head - 1, head)

    def _last_noun(self, piece: Piece, *, is_nearest: bool) -> Item | None:
        """The noun that ends a piece: `rebels dragged the mayor of Huanta`, `On Monday Ana Gil`."""
        language = self.reading.language
        stops = language.at | language.by | language.be | language.have_forms
        for index in range(piece.last - 1, max(piece.first, piece.last - _REACH) - 1, -1):
            word = self.word(index)
            if word in language.articles and self.word(index - 1) not in language.at | language.of:
                return self.item(index, piece.last)
            if (word in stops or self.begins_time(index)) and index + 1 < piece.last and word not in language.of:
                if not is_nearest:
                    return None
                return self.item(index + 1, piece.last)
        return None

    def owner(self, noun: int) -> Count | None:
        """Whose death a noun tells of: `the mayor's murder`, `her death`; None if it does not say."""
        language = self.reading.language
        if self.word(noun - 1) in language.people.single_persons & language.people.own:
            return Count(1, 1, 1, "stated", noun - 1, noun)
        if self.word(noun - 1) not in language.people.possessives:
            return None
        begin = max(self._clause_start(noun - 1), noun - LATE_REACH)
        item = self._last_noun(Piece(begin, noun - 1), is_nearest=True) or self.item(begin, noun - 1)
        return count_list([item]) if item and item.kind != "aside" and not self.reading.places_in(*self._span(item)) else None

    def _span(self, item: Item) -> tuple[int, int]:
        tokens = self.reading.document.tokens
        return tokens[item.first].start, tokens[item.last - 1].end
