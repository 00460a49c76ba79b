"""Which people a verb of dying or being hurt counts: how many, and the words for them."""

from __future__ import annotations

from typing import Literal

from pipeline.coding.objects import Count, count_list
from pipeline.coding.subjects import Subjects

Form = Literal["verb", "subject", "noun"]

_AUXILIARY_REACH = 4


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
        inside = self.between(first, after)
        if any(word in language.people.plural_persons for word in inside):
            # `burned them alive`
            return self.antecedent(first)
        auxiliary = self._auxiliary(first)
        is_passive = auxiliary is not None and any(word in language.be for word in self.between(auxiliary, first))
        if form == "subject" or is_passive or self.word(after) in language.by:
            found = self.before(first if auxiliary is None else auxiliary, is_single=self._is_single(auxiliary, first))
            return self._with_company(found, after)
        if self.word(after) in language.people.plural_persons:
            return self.antecedent(first)
        # `The killing` names an act and counts nobody.
        is_noun = self.word(first - 1) in language.articles
        found = self.after(after)
        is_gerund = self.word(first).endswith(language.active_endings) and self.word(first - 1) in language.people.before_gerunds
        if found is not None or is_noun or is_gerund or self._is_object_told(after):
            return found
        return self.before(auxiliary if auxiliary is not None else first, is_single=False)

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
        words = tuple(self.between(after, after + 2))
        is_company = words in self.reading.language.people.accompanied
        more = self.after(after + len(words)) if is_company else self._in_other_place(after)
        if more is None:
            return found
        return count_list([*found.items, *(item._replace(is_joined=True) for item in more.items)]) if found.items else found

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
