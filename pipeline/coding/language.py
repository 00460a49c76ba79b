"""What one language calls days, months and numbers, and its small words: all that the rules know of it outside the lexicon.

Another language is one more `Language` and rows in the lexicon; an article in a language without one is left to people.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pipeline.coding.people_words import PeopleWords
from pipeline.coding.place_words import PlaceWords
from pipeline.coding.role_words import RoleWords


@dataclass(frozen=True)
class Language:
    """Words of one language, lower case, as tokens or pairs of tokens.

    Attributes:
        code: ISO 639 code.
        weekdays: Names of the days of the week, Monday being 0.
        months: Names and abbreviations of the months, January being 1.
        numbers: Words for numbers that may be counted with.
        multipliers: Words that multiply the number before them, and the value they have alone in the plural.
        vague_numbers: Words for an unknown number: value, lowest and highest (None is open).
        abbreviations: Words whose full stop ends no sentence.
        abbreviations_before_number: Words whose full stop ends no sentence if a digit follows.
        openers: Words that open a sentence after an abbreviation such as `U.S.`
        be: Forms of the verb that makes the passive.
        present: Those of them in the present.
        have_past: Auxiliary of the past perfect.
        by: Words before the one who acts in the passive.
        at: Words before a place where something happens.
        between: Word before two sides.
        conjunctions: Words that join equal parts.
        clause_breaks: Words that open a new clause.
        aims: Words before what a weapon is aimed at.
        new_subject: Those of `clause_breaks` after which another subject stands.
        articles: Words that may stand before a noun without changing it.
        relatives: Those of them that also open a clause, as in `a bomb that killed ten`.
        indefinite: Those of them that bring in what was not named before.
        definite: Those of them that point back to what was named.
        collectives: Words such as `dozen` that a number may stand before.
        half, one, of, to: Small words within numbers.
        vague_needing_article: Those of `vague_numbers` that count only as in `a number of`.
        qualifiers: Words before a number, and what they make of it: at_least, at_most or about.
        or_more: Words after a number that open it upwards.
        ambiguous_weekdays: Abbreviations of weekdays that are common words too.
        before_month: Words that make a bare month or year a time.
        month_parts: Words for a part of a month: -1 its beginning, 0 the middle, 1 the end.
        month_part_nouns: Nouns before `of` and a month, in the same way.
        ordinal_days: Words such as `first` and the number that each is.
        holidays: Names of days: month and day, or days from Easter Sunday.
        week: The word for a week.
        fortnight: The word for two weeks.
        weeks_back: Phrases after the name of a day for its week, and days by which that lies before this one.
        overnight: Words for a night that the name of a day may follow.
        eve: Words for the day before.
        into: Words that join two days by the night between them, beside those of `to`.
        earlier: Words after a number of days that are counted back from what was told before.
        later: Words after it that are counted on from that.
        after_words: Words after it that are counted from what follows.
        day_parts: Words for a part of a day, after a weekday.
        day_prefixes: Words for a part of a day, before a weekday.
        last_words, next_words: Words that put a weekday into the past or the future.
        relative_days: Phrases for a day counted back from the day of reporting, and a reason for review.
        relative_spans: Phrases for a span: days back to its first day, length, time precision.
        month_spans: Those of `relative_spans` that are calendar months: this one if 0 days back, else the last.
        calendar_weeks: Those of `relative_spans` that begin on the Monday so many days before this week's.
        vague_times: Phrases that only say that it was not long ago.
        uncodable_times: Phrases for times coarser than a month.
        past_words: Words that make a length of time end with the day of reporting.
        spanning: Words of a time coarser than a month that holds many days rather than one of them.
        ago: Words after a length of time that count it back.
        time_units: Lengths of time in days.
        since: Words that make a time the beginning of a state.
        active_endings: Endings of verb forms that are never passive.
        participle_endings: Endings of past participles that may stand before a noun.
        participles: Past participles that have other endings.
        adverb_endings: Endings of adverbs that stand before a verb.
        negations: Words that turn what follows into its contrary, and adverbs that stand before a verb.
        befalling: Verbs of the past whose subject may be an act: `the attack that took place`, `carried out`.
        irregular_past: Verbs of the past that have other endings.
        past_endings: Endings that a finite verb of the past has and few other words.
        irregular_plurals: Nouns for several people that the plural ending does not show.
        plural_ending: Ending of other nouns for several.
        singular_be: Forms of `be` and `have` that stand after one person.
        finite_be: Forms of `be` that tell what was.
        plural_be: Auxiliaries of which several are the subject.
        before_verbs: Words such as `not` and `to` that speak of the verb after them.
        against: Words before the one who suffers an act that a noun names.
        with_: Words before the second of two sides.
        not_people: Words beside a number that make it a measure, a share or money.
        aged: Nouns after which `of` and a number tell the age or the children.
        anchored_days: Phrases for a day counted from that of the incident told before, in days.
        have_forms: Forms of `have`.
        words_like_acronyms: Small words whose capitals, in a text of small letters, are a name.
        nobody: Words that stand for no person.
        plural_selves: Words for several who did something to themselves.
        roles: Words that tell who acts and who suffers.
        people: Words for people and the lists that they stand in.
        places: Words around the names of places.
        complementizers: Words between a verb of saying and what is said.
        membership: Words between fighters and the group that they belong to.
        groups: Nouns for a group, between a description and its name.
        collectives_of_people: Nouns before `of` that count or gather the people after it.
        pronouns: Words that stand for who was named before.
        hedges: Words before a noun that doubt it or count on.
        leaving: First words of phrases for giving up a place.
        onsets: First words of phrases for the beginning of a fight.
        said: Verbs of saying, after which another clause begins.
        selves: Words by which who tells the news tells of itself.
        from_: Word before who a blow comes from.
        under: Words that make a phrase tell of who suffers, as in `came under fire`.
        joins: Words between two verbs, and whether both hold of those counted or either.
    """

    code: str
    weekdays: dict[str, int]
    months: dict[str, int]
    numbers: dict[str, int]
    multipliers: dict[str, int]
    vague_numbers: dict[str, tuple[int, int, int | None]]
    abbreviations: frozenset[str]
    abbreviations_before_number: frozenset[str]
    openers: frozenset[str]
    be: frozenset[str]
    present: frozenset[str]
    have_past: frozenset[str]
    by: frozenset[str]
    at: frozenset[str]
    between: frozenset[str]
    conjunctions: frozenset[str]
    clause_breaks: frozenset[str]
    aims: frozenset[str]
    new_subject: frozenset[str]
    articles: frozenset[str]
    relatives: frozenset[str]
    indefinite: frozenset[str]
    definite: frozenset[str]
    collectives: dict[str, int]
    half: frozenset[str]
    one: frozenset[str]
    of: frozenset[str]
    to: frozenset[str]
    vague_needing_article: frozenset[str]
    qualifiers: dict[tuple[str, ...], str]
    or_more: frozenset[tuple[str, ...]]
    ambiguous_weekdays: frozenset[str]
    before_month: frozenset[str]
    month_parts: dict[str, int]
    month_part_nouns: dict[str, int]
    ordinal_days: dict[str, int]
    holidays: dict[str, tuple[int, int] | int]
    week: frozenset[str]
    fortnight: frozenset[str]
    weeks_back: dict[str, int]
    overnight: frozenset[str]
    eve: frozenset[str]
    into: frozenset[str]
    earlier: frozenset[str]
    later: frozenset[str]
    after_words: frozenset[str]
    day_parts: frozenset[str]
    day_prefixes: frozenset[str]
    last_words: frozenset[str]
    next_words: frozenset[str]
    relative_days: dict[str, tuple[int, str | None]]
    relative_spans: dict[str, tuple[int, int, int]]
    month_spans: frozenset[str]
    calendar_weeks: frozenset[str]
    vague_times: frozenset[str]
    uncodable_times: frozenset[str]
    past_words: frozenset[str]
    spanning: frozenset[str]
    ago: frozenset[str]
    time_units: dict[str, int]
    since: frozenset[str]
    active_endings: tuple[str, ...]
    participle_endings: tuple[str, ...]
    participles: frozenset[str]
    adverb_endings: tuple[str, ...]
    negations: frozenset[str]
    befalling: frozenset[str]
    irregular_past: frozenset[str]
    past_endings: tuple[str, ...]
    irregular_plurals: frozenset[str]
    plural_ending: str
    singular_be: frozenset[str]
    finite_be: frozenset[str]
    plural_be: frozenset[str]
    before_verbs: frozenset[str]
    against: frozenset[str]
    with_: frozenset[str]
    not_people: frozenset[str]
    aged: frozenset[str]
    anchored_days: dict[str, int]
    have_forms: frozenset[str]
    words_like_acronyms: frozenset[str]
    nobody: frozenset[str]
    plural_selves: frozenset[str]
    roles: RoleWords
    people: PeopleWords
    places: PlaceWords
    complementizers: frozenset[str]
    membership: frozenset[str]
    groups: frozenset[str]
    collectives_of_people: frozenset[str]
    pronouns: frozenset[str]
    hedges: frozenset[str]
    leaving: frozenset[str]
    onsets: frozenset[str]
    said: frozenset[str]
    selves: frozenset[str]
    from_: frozenset[str]
    under: frozenset[str]
    joins: dict[tuple[str, ...], Literal["both", "either"]]

    @cached_property
    def small_words(self) -> frozenset[str]:
        """Words that end a noun with what stands before it."""
        return self.be | self.have_forms | self.at | self.by | self.of | self.clause_breaks | self.conjunctions

    @cached_property
    def determiners(self) -> frozenset[str]:
        """Words that may stand before a noun without changing whom it names: articles, numbers, `alleged`."""
        numbers = frozenset(self.numbers) | frozenset(self.vague_numbers) | frozenset(self.collectives)
        return self.articles | numbers | self.hedges

    @cached_property
    def object_ends(self) -> frozenset[str]:
        """Words that end the object of a verb."""
        return (self.at | self.by | self.clause_breaks) - self.of - self.articles

    # Unions that are asked of word after word.

    @cached_property
    def auxiliaries(self) -> frozenset[str]:
        """Forms of `be` and `have`."""
        return self.be | self.have_forms

    @cached_property
    def phrase_ends(self) -> frozenset[str]:
        """Words that end the phrase of a noun."""
        return (self.at | self.by | self.clause_breaks | self.pronouns | self.auxiliaries) - self.of

    @cached_property
    def phrase_openings(self) -> frozenset[str]:
        """Words after which the phrase of a noun begins."""
        return self.clause_breaks | self.pronouns | self.be | self.said

    @cached_property
    def before_objects(self) -> frozenset[str]:
        """Words that may stand between an act and the noun that it is done to."""
        return self.articles | self.aims | (self.against - self.of)

    @cached_property
    def obliques(self) -> frozenset[str]:
        """Prepositions after which nobody is the subject."""
        return self.of | self.by | self.at | (self.with_ - self.conjunctions)

    @cached_property
    def place_links(self) -> frozenset[str]:
        """Words that may stand between a place and the one that it lies in."""
        return self.places.strictly_in | self.of | self.articles | self.places.settlements | self.places.near | self.places.units

    @cached_property
    def never_in_names(self) -> frozenset[str]:
        """Words that are no part of the name of a place."""
        small = self.small_words | self.articles | self.places.near | self.places.settlements | self.places.not_places
        return small | self.day_parts | self.days_and_months

    @cached_property
    def days_and_months(self) -> frozenset[str]:
        """Names of days of the week and of months."""
        return frozenset(self.weekdays) | frozenset(self.months)

    @cached_property
    def moving(self) -> frozenset[str]:
        """Words before a place that somebody goes to or comes from."""
        return self.places.direction - self.places.onto

    def is_plural(self, word: str) -> bool:
        """Whether a folded noun stands for several."""
        return word in self.irregular_plurals or (word.endswith(self.plural_ending) and not word.endswith("ss"))

    @cached_property
    def number_starters(self) -> frozenset[str]:
        """Words at which a number may begin, those in digits aside."""
        return self.one | self.half | self.numbers.keys()

    @cached_property
    def quantity_starters(self) -> frozenset[str]:
        """Words at which a number or a vague one may begin, those in digits aside."""
        return self.number_starters | self.vague_numbers.keys()

    @cached_property
    def time_phrases(self) -> dict[tuple[str, str], list[int]]:
        """Lengths in tokens of the phrases for times, the longest first, by their first two words (one and an empty one)."""
        found: dict[tuple[str, str], set[int]] = {}
        for phrase in self._time_phrases:
            words = [*phrase.split(" "), ""]
            found.setdefault((words[0], words[1]), set()).add(len(words) - 1)
        return {opening: sorted(lengths, reverse=True) for opening, lengths in found.items()}

    @cached_property
    def time_phrase_starters(self) -> frozenset[str]:
        """First words of the phrases for times."""
        return frozenset(first for first, _ in self.time_phrases)

    @property
    def _time_phrases(self) -> tuple[str, ...]:
        return (*self.relative_days, *self.anchored_days, *self.relative_spans, *self.vague_times, *self.uncodable_times)

    @cached_property
    def holiday_lengths(self) -> dict[str, list[int]]:
        """Lengths in tokens of the names of days, the longest first, by their first word."""
        found: dict[str, set[int]] = {}
        for phrase in self.holidays:
            words = phrase.split(" ")
            found.setdefault(words[0], set()).add(len(words))
        return {word: sorted(lengths, reverse=True) for word, lengths in found.items()}

    @cached_property
    def calendar_starters(self) -> frozenset[str]:
        """Words at which a date may begin, numbers in digits aside."""
        names = self.weekdays.keys() | self.months.keys() | self.ordinal_days.keys() | self.holiday_lengths.keys()
        return frozenset(names) | self.last_words

    @cached_property
    def time_starters(self) -> frozenset[str]:
        """Words at which a mention of time may begin, numbers in digits aside."""
        first = {phrase.split(maxsplit=1)[0] for phrase in self._time_phrases}
        return self.number_starters | first | self.calendar_starters
