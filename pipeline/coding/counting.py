"""Which people a verb of dying or being hurt counts: how many, and the words for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from pipeline.coding.people import Basis, Item, People, count_items

Form = Literal["verb", "subject", "noun"]

_REACH = 24
"""Tokens of one member of a list, with all that is said of it, before the verb."""
_ASIDE_REACH = 30
"""Tokens between two commas that only add something: `Ana Gil, who worked for the town, was killed`."""
_AFTER = 5
"""Tokens after a verb in which those whom it counts begin."""
_FURTHER = 9
"""Tokens after the words for some in which `and` may add others: `three men in Ba and a boy in Bo`."""
_AUXILIARY_REACH = 4


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


class _Piece(NamedTuple):
    """Tokens between two signs or joining words, and whether `and` and a comma stand before them."""

    first: int
    last: int
    is_joined: bool = False
    is_parted: bool = False

    def mark(self, item: Item | None) -> Item | None:
        """An item found in the piece, with what stands before it."""
        return item._replace(is_joined=self.is_joined, is_parted=self.is_parted) if item else None


def _count(items: Sequence[Item], *, is_row: bool = False) -> Count | None:
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


class Counter(People):
    """Finds the people that belong to one verb of dying or being hurt."""

    def count(self, first: int, after: int, form: Form, *, may_lack_number: bool) -> Count | None:
        """Those whom the word that spans tokens `first` to `after` counts; None if nothing says how many they are.

        Args:
            first: First token of the word.
            after: Token after it.
            form: `verb` such as `killed`, `subject` such as `died`, whose people stand before it, `noun` such as `murder of`.
            may_lack_number: Whether `a soldier was killed` counts one and `villagers were killed` several.
        """
        found = self._found(first, after, form)
        if found is None or may_lack_number or any(item.kind == "number" for item in found.items):
            return found
        return None

    def _found(self, first: int, after: int, form: Form) -> Count | None:
        language = self.reading.language
        if form == "noun":
            return self._after(after, may_be_subject=True)
        inside = self.between(first, after)
        if any(word in language.plural_persons for word in inside):
            # `burned them alive`
            return self._antecedent(first)
        auxiliary = self._auxiliary(first)
        is_passive = auxiliary is not None and any(word in language.be for word in self.between(auxiliary, first))
        if form == "subject" or is_passive or self.word(after) in language.by:
            found = self._before(first if auxiliary is None else auxiliary, is_single=self._is_single(auxiliary, first))
            return self._with_company(found, after)
        if self.word(after) in language.plural_persons:
            return self._antecedent(first)
        # `The killing` names an act and counts nobody.
        is_noun = self.word(first - 1) in language.articles
        found = self._after(after)
        is_gerund = self.word(first).endswith(language.active_endings) and self.word(first - 1) in language.before_gerunds
        if found is not None or is_noun or is_gerund or self._is_object_told(after):
            return found
        return self._before(auxiliary if auxiliary is not None else first, is_single=False)

    def owner(self, noun: int) -> Count | None:
        """Whose death a noun tells of: `the mayor's murder`, `her death`; None if it does not say."""
        language = self.reading.language
        if self.word(noun - 1) in language.single_persons & language.own:
            return Count(1, 1, 1, "stated", noun - 1, noun)
        if self.word(noun - 1) not in language.possessives:
            return None
        begin = max(self._clause_start(noun - 1), noun - _AFTER)
        item = self._last_noun(_Piece(begin, noun - 1), is_nearest=True) or self.item(begin, noun - 1)
        return _count([item]) if item and item.kind != "aside" and not self.reading.places_in(*self._span(item)) else None

    def _span(self, item: Item) -> tuple[int, int]:
        tokens = self.reading.document.tokens
        return tokens[item.first].start, tokens[item.last - 1].end

    # Verbs

    def _auxiliary(self, verb: int) -> int | None:
        """The first token of the auxiliaries close before a verb, or None: `have been`, `was also`."""
        language = self.reading.language
        found = None
        for index in range(verb - 1, max(self.bounds.start - 1, verb - 1 - _AUXILIARY_REACH), -1):
            word = self.word(index)
            if word in language.be or word in language.have_forms:
                found = index
            elif not word.isalpha() or word in language.small_words or (found is not None and word not in language.before_nouns):
                break
        return found

    def _is_single(self, auxiliary: int | None, verb: int) -> bool:
        return auxiliary is not None and any(word in self.reading.language.singular_be for word in self.between(auxiliary, verb))

    def _is_object_told(self, after: int) -> bool:
        """Whether a verb has an object that counts nobody, such as `it` or `the bill`."""
        language = self.reading.language
        return self.word(after) in language.nobody or self.word(after) in language.articles

    def _holds_verb(self, first: int, last: int) -> bool:
        tokens = self.reading.document.tokens
        if first >= last or first >= len(tokens):
            return False
        end = tokens[last].start if last < len(tokens) else self.sentence.end
        return bool(self.reading.cue_spans(tokens[first].start, end, "death", "dies", "wound"))

    # After a verb

    def _after(self, start: int, *, may_be_subject: bool = False) -> Count | None:
        """People from a token on: the object of `killed`, or those after `murder of`, of which something else may be said."""
        items: list[Item] = []
        for piece in self._pieces_after(start):
            item = piece.mark(self.item(piece.first, piece.last, verb=start))
            if item is None and not items:
                item = self._late_number(start)
            if item is None or (items and not self._may_follow(item, piece, may_be_subject=may_be_subject)):
                break
            if items and items[-1].kind == "bare" and item.is_joined and item.kind in ("bare", "name"):
                # `the murder of senator and candidate Ana Gil`
                items.pop()
            items.append(item)
            if self._holds_subset(piece):
                break
        return _count(self._without_names_of_bodies(items))

    def _without_names_of_bodies(self, items: Sequence[Item]) -> list[Item]:
        """Items without the second part of a name: `12 officers of the National Intelligence and Security Agency`."""
        language = self.reading.language
        found: list[Item] = []
        for item in items:
            before = found[-1] if found else None
            is_name = item.kind == "name" and item.is_joined and not item.is_parted
            if before and is_name and before.kind in ("number", "many", "plural"):
                if any(word in language.of for word in self.between(before.first, before.last)):
                    continue
            found.append(item)
        return found

    def _holds_subset(self, piece: _Piece) -> bool:
        """Whether words such as `including` begin a part of those told before."""
        tokens = self.reading.document.tokens
        return piece.last > piece.first and bool(
            self.reading.cue_spans(tokens[piece.first].start, tokens[piece.last - 1].end, "subset")
        )

    def _late_number(self, start: int) -> Item | None:
        """The number that some words part from its verb: `killed on Tuesday five men`."""
        language = self.reading.language
        number = next(iter(self.starting(start, min(start + _AFTER, self.bounds.stop))), None)
        if number is None or not self.is_people(number, start):
            return None
        words = self.between(start, number.first)
        broken = language.be | language.of | language.clause_breaks | language.conjunctions | language.by
        if any(word in broken or word in ",;:." for word in words) or self._holds_verb(start, number.first):
            return None
        return self.item(number.first, self.bounds.stop, verb=start)

    def _may_follow(self, item: Item, piece: _Piece, *, may_be_subject: bool) -> bool:
        """Whether another member of a list is one of the people and opens no clause: `two men and a car was burnt`."""
        if item.kind == "aside":
            return True
        if self._holds_verb(item.first, piece.last):
            return False
        if not may_be_subject and self.word(piece.last) in self.reading.language.be:
            return False
        if item.kind == "number":
            return True
        if not self._is_whole(item, piece):
            return False
        return item.kind == "name" or self.is_person(item.first, item.last)

    def _pieces_after(self, start: int) -> Iterator[_Piece]:
        """The members of a list that begins at a token, each up to the next sign, joining word, preposition or verb."""
        language = self.reading.language
        first, is_joined, is_parted = start, False, False
        while first < self.bounds.stop:
            last = first
            while last < self.bounds.stop and not self._ends_piece(last, first):
                last += 1
            yield _Piece(first, last, is_joined, is_parted)
            following = self._next_piece(last)
            if following is None:
                return
            first, is_joined = following
            is_parted = self.word(last) == ","
            if self.word(first) in language.clause_breaks:
                return

    def _ends_piece(self, index: int, first: int) -> bool:
        word, language = self.word(index), self.reading.language
        if word in ",;:" or self._joint(index):
            return True
        return index > first and (word in language.be or word in language.object_ends)

    def _next_piece(self, index: int) -> tuple[int, bool] | None:
        """Where the next member of a list begins, and whether `and` stands before it; words that say where are passed over."""
        if self.word(index) in ",;":
            length = self._joint(index + 1)
            return index + 1 + length, bool(length) or self.word(index) == ";"
        if length := self._joint(index):
            return index + length, True
        language = self.reading.language
        if self.word(index) not in language.at:
            return None
        for position in range(index, min(index + _FURTHER, self.bounds.stop)):
            word = self.word(position)
            if word in language.clause_breaks or word in ";:" or self._holds_verb(position, position + 1):
                return None
            if length := self._joint(position):
                begin = position + length
                number = next(iter(self.starting(begin, begin + 2)), None)
                is_told = self.word(begin) in language.one or number is not None
                return (begin, True) if is_told else None
        return None

    def _joint(self, index: int) -> int:
        """Length of the words such as `and` or `as well as` at a token; 0 if none stand there."""
        if index in self.within_numbers:
            return 0
        for length in (3, 2, 1):
            if tuple(self.between(index, index + length)) in self.reading.language.list_joints:
                return length
        return 0

    def _with_company(self, found: Count | None, after: int) -> Count | None:
        """The people before a verb with those told after it: `was killed along with two guards`, `died in Ba and two in Bo`."""
        if found is None:
            return None
        words = tuple(self.between(after, after + 2))
        is_company = words in self.reading.language.accompanied
        more = self._after(after + len(words)) if is_company else self._in_other_place(after)
        if more is None:
            return found
        return _count([*found.items, *(item._replace(is_joined=True) for item in more.items)]) if found.items else found

    def _in_other_place(self, after: int) -> Count | None:
        """A number that `and` joins to the place of a verb, if no verb of its own follows."""
        following = self._next_piece(after)
        if following is None or self.word(after) not in self.reading.language.at:
            return None
        begin = following[0]
        stop = next((index for index in range(begin, self.bounds.stop) if self.word(index) in ",;."), self.bounds.stop)
        item = self.item(begin, stop)
        language = self.reading.language
        if (
            item is None
            or item.kind != "number"
            or self.word(item.last) not in language.strictly_in
            or self._holds_verb(begin, stop)
        ):
            return None
        return _count([item])

    # Before a verb

    def _before(self, verb: int, *, is_single: bool) -> Count | None:
        """People up to a token: the subject of `were killed` or `died`."""
        language = self.reading.language
        if self.word(verb - 1) in language.plural_persons and self.word(verb - 2) not in language.of:
            return self._antecedent(verb - 1)
        stop = self._subject_end(verb)
        begin = self._clause_start(stop)
        if begin >= stop and self.word(begin - 1) in language.relatives:
            # `the ten men who were killed`
            stop = begin - 1 - (self.word(begin - 2) == ",")
            begin = self._clause_start(stop)
        items = self._items_before(begin, stop, is_single=is_single)
        found = _count(self._without_names_of_bodies(items), is_row=True)
        if not is_single:
            # `surrender or die`
            is_bare = found is not None and [item.kind for item in found.items] == ["bare"]
            return None if found is None or (is_bare and not self.names_actor(found.first, found.last)) else found
        nearest = next((item for item in reversed(items) if item.kind != "aside"), None)
        if nearest is None:
            is_told = stop > self.bounds.start and self.word(stop - 1) not in language.nobody
            return Count(1, 1, 1, "stated", max(self.bounds.start, stop - 2), stop) if is_told else None
        return _one(nearest)

    def _antecedent(self, pronoun: int) -> Count | None:
        """Whom `them` stands for: the last number of people before its verb, with those who are joined to it."""
        before = [each for each in self.starting(self.bounds.start, pronoun) if self.is_people(each)]
        numbers = [each for each in before if self.noun_end(each.last, pronoun) < pronoun]
        if not numbers:
            return None
        stop = self.noun_end(numbers[-1].last, pronoun)
        return _count(self._items_before(self.bounds.start, stop, is_single=False))

    def _subject_end(self, verb: int) -> int:
        """The token after a subject, without what stands between commas after it: `five men, all of them miners, were killed`."""
        stop = verb
        while stop > self.bounds.start and self.word(stop - 1) in self.reading.language.before_nouns:
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
        tells = language.relatives | language.one | language.definite | language.aged_words | language.pairs | language.before_nouns
        return word in tells or word.isdecimal()

    def _clause_start(self, stop: int) -> int:
        """The first token of the clause that ends before a token."""
        language = self.reading.language
        borders = language.clause_breaks | language.relatives | language.content_openers
        tokens = self.reading.document.tokens
        for index in range(stop - 1, self.bounds.start - 1, -1):
            token = tokens[index]
            is_border = token.word in borders and index + 1 not in self.within_numbers and not self._is_in_subset(index)
            if (is_border and index not in self.within_numbers) or token.word in ":–—":
                return index + 1
            if token.word == "]" and not self.word(self._opening(index) - 1)[:1].isalpha():
                # `[Text] Rebels killed`, but not `at least [9] people`
                return index + 1
            if self.reading.cue_spans(token.start, token.end, "death", "wound", "dies", "speech"):
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
            if (item.kind != "aside" and is_single) or self.word(item.first) in self.reading.language.single_persons:
                break
        return found[::-1]

    def _is_in_row(self, item: Item, following: Item, piece: _Piece) -> bool:
        """Whether a number stands beside another: `three soldiers, two policemen dead`, but not `11 rescued, 3 found dead`."""
        if not item.kind == following.kind == "number" or item.first != piece.first or not self._is_whole(item, piece):
            return False
        last = self.word(item.last - 1)
        return not last.endswith(self.reading.language.participle_endings) or self.reading.language.is_plural(last)

    def _pieces_before(self, begin: int, stop: int) -> Iterator[_Piece]:
        """The tokens between signs and joining words, the nearest to `stop` first."""
        last = index = stop
        while index > begin:
            length = next((each for each in (3, 2, 1) if index - each >= begin and self._joint(index - each) == each), 0)
            if length or self.word(index - 1) in ",;":
                if last > index:
                    yield _Piece(index, last, bool(length), self.word(index - (length or 1) - bool(length)) == ",")
                index -= length or 1
                # The comma before `and`.
                last = index - (bool(length) and self.word(index - 1) == ",")
                index = last
            else:
                index -= 1
        if last > begin:
            yield _Piece(begin, last)

    def _item_in(self, piece: _Piece, *, is_nearest: bool) -> Item | None:
        """The people in a piece before a verb: those at its start, else the last number or the last noun in it."""
        language = self.reading.language
        item = self.item(piece.first, piece.last, verb=piece.first if is_nearest else None)
        if item and (item.kind == "aside" or (item.kind == "number" and (is_nearest or self._is_whole(item, piece)))):
            return item
        pair = next((index for index in range(piece.first, piece.last) if self.word(index) in language.pairs), None)
        if pair is not None and (both := self.item(pair, piece.last)):
            return both
        numbers = [each for each in self.starting(max(piece.first, piece.last - _REACH), piece.last) if self.is_people(each)]
        if numbers:
            is_added = len(numbers) > 1 and self.word(numbers[-1].first - 1) in language.at | language.of
            counted = self.item((numbers[0] if is_added else numbers[-1]).first, piece.last)
            if is_nearest or counted is None or self._is_whole(counted, piece):
                return counted
        if item is None or not self._is_whole(item, piece):
            item = self._last_noun(piece, is_nearest=is_nearest)
        return item if item is None or is_nearest or self._ends_in_person(item) else None

    def _ends_in_person(self, item: Item) -> bool:
        """Whether the last word of a noun, before `of`, is one for people or a name."""
        language = self.reading.language
        head = next((index for index in range(item.first + 1, item.last) if self.word(index) in language.of), item.last)
        if item.kind == "name":
            return self.is_name(head - 1) and (not self.is_in_capitals or head - item.first > 1)
        return self.is_person(head - 1, head)

    def _is_whole(self, item: Item, piece: _Piece) -> bool:
        """Whether nothing but a place or a clause follows the noun at the start of a piece."""
        language = self.reading.language
        return (
            item.last >= piece.last
            or not self.word(item.last)[:1].isalnum()
            or self.word(item.last) in language.at | language.relatives
        )

    def _last_noun(self, piece: _Piece, *, is_nearest: bool) -> Item | None:
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


def _one(nearest: Item) -> Count:
    """One person, since the verb says so, unless a number stands right before it: `a family of five was killed`."""
    item = nearest if nearest.kind == "number" else nearest._replace(kind="one", value=1, low=1, high=1, is_estimate=False)
    basis: Basis = "word_estimate" if item.is_estimate else "stated"
    return Count(item.value, item.low, item.high, basis, item.first, item.last, (item,))
