"""Which people a verb of dying or being hurt counts: how many, and the words for them."""

from __future__ import annotations

from typing import Literal

from pipeline.coding.objects import Count, count_list
from pipeline.coding.people import Item
from pipeline.coding.subjects import Subjects

Form = Literal["verb", "subject", "noun"]

_AUXILIARY_REACH = 4
_WHOLE_REACH = 6
_HELD_REACH = 20
_NAMES_REACH = 10
_COMPANY_REACH = 16
"""Tokens after a verb within which words such as `as well as` add others."""
_BLOW_REACH = 12
"""Tokens after a verb within which `to death` tells what became of those whom it meets."""


class Counter(Subjects):
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
            return self.after(after, may_be_subject=True)
        is_headed = self.word(first - 1) in language.definite or first == self.bounds.start
        if is_headed and (names := self._names_after(after)) is not None:
            # `Those killed: two guards and a cook.`
            return self.after(names)
        if whole := self._whole_before(first):
            return count_list([whole])
        inside = self.between(first, after)
        if any(word in language.people.plural_persons for word in inside):
            # `burned them alive`
            return self.antecedent(first)
        auxiliary = self._auxiliary(first)
        is_passive = auxiliary is not None and any(word in language.be for word in self.between(auxiliary, first))
        if form == "subject" or is_passive or self.word(after) in language.by:
            found = self.before(first if auxiliary is None else auxiliary, is_single=self._is_single(auxiliary, first))
            if found is None or found.first > first or self._is_in_relative(found):
                is_several = auxiliary is not None and self.word(auxiliary) in language.plural_be
                opening = self.opening(first)
                fits = opening is not None and not (is_several and opening.value == 1)
                found = opening if fits else found if found and found.first < first else None
            return self._with_company(found, after)
        return self._object(first, after, auxiliary)

    def _is_in_relative(self, found: Count) -> bool:
        """Whether people stand in what is said of those who head the sentence: `Two men who had shot at a patrol were killed`."""
        language = self.reading.language
        parting = (language.clause_breaks | {",", ";", ":"}) - language.people.relatives
        relative = next(
            (each for each in range(self.bounds.start, found.first) if self.word(each) in language.people.relatives), None
        )
        if relative is None:
            return False
        # `The driver hurt in the blast that killed a colonel died`: those whom the verb of the clause meets belong to it.
        between = range(relative + 1, found.first - (found.first - 1 in self.cues))
        return not any(self.word(each) in parting or each in self.cues or self.is_speech(each) for each in between)

    def _whole_before(self, verb: int) -> Item | None:
        """All of whom some were told by themselves: `a nurse and a driver were among the seven people killed`."""
        language = self.reading.language
        for quantity in reversed(self.starting(verb - _WHOLE_REACH, verb)):
            before = quantity.first - 1 - (self.word(quantity.first - 1) in language.definite)
            end = self.noun_end(quantity.last, verb)
            if (
                self.word(before) in language.people.wholes - language.of
                and end == verb
                and self.is_people(quantity, quantity.first)
            ):
                return Item("number", *quantity[2:6], quantity.first, end)
        return None

    def _names_after(self, after: int) -> int | None:
        """Where those are told who `those killed` and `the dead` are: after a colon, or after `were` if they are no others."""
        language = self.reading.language
        if self.word(after) == ":":
            return after + 1
        for index in range(after, min(after + _NAMES_REACH, self.bounds.stop)):
            if self.word(index) in language.plural_be - language.have_forms:
                following = self.item(index + 1, self.bounds.stop, verb=index + 1)
                is_list = following is not None and not (
                    index + 1 in self.cues or self.holds_verb(following.last, following.last + 2)
                )
                return index + 1 if is_list else None
            if self.word(index) in ",;" or index in self.cues or self.is_speech(index):
                return None
        return None

    def _object(self, first: int, after: int, auxiliary: int | None) -> Count | None:
        """Those after an active verb, or before it if nobody stands there."""
        language = self.reading.language
        if self.word(after) in language.people.plural_persons:
            return self.antecedent(first)
        # `The killing` names an act and counts nobody.
        is_noun = self.word(first - 1) in language.articles
        if self.word(after - 1) in language.people.costs and (lost := self.late_number(after)):
            # `The raid cost the army two men.`
            return count_list([lost])
        found = self.after(after)
        is_act = found is not None and self._is_act(found)
        is_gerund = self.word(first).endswith(language.active_endings) and self.word(first - 1) in language.people.before_gerunds
        if found is not None or is_noun or is_gerund or self._is_object_told(after):
            return None if is_act else found
        if auxiliary is None and (held := self._held_before(first)):
            return count_list([held])
        return self.before(auxiliary if auxiliary is not None else first, is_single=False)

    def _held_before(self, verb: int) -> Item | None:
        """Those of whom a bare participle tells, if they are not the subject: `crowds sat by the coffins of six men shot dead`."""
        language = self.reading.language
        number = next(iter(reversed(self.starting(verb - _WHOLE_REACH, verb))), None)
        if number is None or self.word(number.first - 1) not in language.of or self.noun_end(number.last, verb) != verb:
            return None
        earlier = self.starting(max(self.bounds.start, number.first - _HELD_REACH), number.first)
        is_single = not any(self.is_people(each) for each in earlier)
        return Item("number", *number[2:6], number.first, verb) if self.is_people(number) and not is_single else None

    def _is_act(self, found: Count) -> bool:
        """Whether what seems one person is an act: `executed a strike`."""
        item = found.items[0] if len(found.items) == 1 else None
        return item is not None and item.kind == "one" and not self.is_person(item.first, item.last) and self.ends_in_act(item)

    def are_people(self, count: Count, after: int) -> bool:
        """Whether those counted are named as people, and no word after the verb tells of something else: `fell back`."""
        language = self.reading.language
        if count.first < after and self.word(after) in language.people.not_dying:
            return False
        if count.first > after + 1 and language.people.costs.isdisjoint(self.between(after - 1, after)):
            # `lost touch with ten men`
            return False
        if len(count.items) == 1 and any(each.first == count.first and each.last == count.last for each in self.quantities):
            # `They admit the loss of three.`
            return count.first >= after
        several = [item for item in count.items if item.kind in ("number", "many", "plural")]
        # `wiped out a platoon` names an actor and counts nobody.
        single = [item for item in count.items if item.kind == "one" and self.is_person_word(item.first, item.last)]
        return bool(single) or any(self.is_person(item.first, item.last) for item in several)

    def blows(self) -> list[tuple[int, int]]:
        """Spans of verbs that kill by what stands later in their clause: `stabbed two tourists to death`."""
        language, tokens = self.reading.language, self.reading.document.tokens
        found: list[tuple[int, int]] = []
        for index in self.bounds:
            if self.word(index) not in language.people.blows or index in self.cues:
                continue
            stop = min(index + _BLOW_REACH, self.bounds.stop)
            for last in range(index + 2, stop):
                word = self.word(last)
                is_to_death = word in language.to and self.word(last + 1) == language.people.death
                if is_to_death or (word in language.people.dead and self.word(index) in language.people.shots):
                    found.append((tokens[index].start, tokens[index].end))
                if word in ",;:" or word in language.clause_breaks - language.conjunctions or word in language.people.blows:
                    break
        return found

    # Verbs

    def _auxiliary(self, verb: int) -> int | None:
        """The first token of the auxiliaries close before a verb, or None: `have been`, `was also`."""
        language = self.reading.language
        found = None
        for index in range(verb - 1, max(self.bounds.start - 1, verb - 1 - _AUXILIARY_REACH), -1):
            word = self.word(index)
            if word in language.be or word in language.have_forms:
                found = index
            elif (
                not word.isalpha()
                or word in language.small_words | language.articles | language.people.before_gerunds
                or (found is not None and word not in language.people.before_nouns)
            ):
                break
        return found

    def _is_single(self, auxiliary: int | None, verb: int) -> bool:
        return auxiliary is not None and any(word in self.reading.language.singular_be for word in self.between(auxiliary, verb))

    def _is_object_told(self, after: int) -> bool:
        """Whether a verb has an object that counts nobody, such as `it` or `the bill`."""
        language = self.reading.language
        return self.word(after) in language.nobody or self.word(after) in language.articles

    def _with_company(self, found: Count | None, after: int) -> Count | None:
        """The people before a verb with those told after it: `was killed along with two guards`, `died in Ba and two in Bo`."""
        if found is None:
            return None
        company = self._company(after)
        more = self.after(company) if company is not None else self._in_other_place(after)
        if more is None:
            return found
        return count_list([*found.items, *(item._replace(is_joined=True) for item in more.items)]) if found.items else found

    def _company(self, after: int) -> int | None:
        """Where those begin who suffered the same: `was killed, along with two guards`, `were killed, and so were two rebels`."""
        accompanied = self.reading.language.people.accompanied
        for begin in range(after, min(after + _COMPANY_REACH, self.bounds.stop)):
            if begin > after and (self.word(begin) in ";:" or self.holds_verb(begin, begin + 1) or self.is_speech(begin)):
                return None
            is_parted = begin <= after + 1 or self.word(begin - 1) == "," or self.word(begin - 2) == ","
            length = next((each for each in (3, 2) if tuple(self.between(begin, begin + each)) in accompanied), 0)
            if length and is_parted and (begin == after or self._is_told(begin + length)):
                return begin + length
        return None

    def _is_told(self, index: int) -> bool:
        """Whether a number, an article or a possessive begins there, so that people may follow."""
        language = self.reading.language
        is_one = self.word(index) in language.one | language.people.own | language.articles
        return is_one or bool(self.starting(index, index + 2))

    def _in_other_place(self, after: int) -> Count | None:
        """A number that `and` joins to the place of a verb, if no verb of its own follows."""
        following = self.next_piece(after)
        if following is None or self.word(after) not in self.reading.language.at:
            return None
        begin = following[0]
        stop = next((index for index in range(begin, self.bounds.stop) if self.word(index) in ",;."), self.bounds.stop)
        item = self.item(begin, stop)
        language = self.reading.language
        if (
            item is None
            or item.kind != "number"
            or self.word(item.last) not in language.places.strictly_in
            or self.holds_verb(begin, stop)
        ):
            return None
        return count_list([item])
