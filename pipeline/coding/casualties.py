"""The dead and the wounded that a sentence tells (codebook 4.1). The wounded are never counted as dead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from pipeline.coding.counting import Counter, Form
from pipeline.coding.numbers import find_quantities
from pipeline.coding.objects import Count
from pipeline.coding.people import Basis
from pipeline.coding.reading import Reading
from pipeline.coding.sentences import Sentence

What = Literal["dead", "wounded", "both", "either", "unknown"]

_PHRASE = 10
"""Tokens of evidence at most."""
_NEIGHBOURS = 4


class Part(NamedTuple):
    """Some of those whom a toll counts, told by themselves: `three soldiers` of `three soldiers and a boy`."""

    start: int
    end: int
    value: int


@dataclass(frozen=True, slots=True)
class Toll:
    """A number of dead, wounded, or both together.

    Attributes:
        start: First code point of the words that carry it.
        end: Code point after the last.
        what: `dead`, `wounded`, `both` (killed and wounded) or `either` (killed or wounded), or `unknown`.
        value: The number taken.
        low: Lowest number that the words allow.
        high: Highest; None if open.
        basis: What the number rests on.
        people_start: First code point of the words for those who suffered; equal to people_end if there are none.
        people_end: Code point after them.
        parts: Those who were told one by one or group by group.
        is_added: Whether the words add it to what was told before: `was also killed`, `another died later`.
        is_total: Whether it is what all came to: `the death toll rose to 9`, `in all, 9 people died`.
        incidents: Number of incidents or places that it is the toll of; 0 if several without a number.
        is_named: Whether a noun such as `the murder of` carries it without a number, which often recalls what is known.
        is_noun: Whether a noun such as `the murder of` carries it.
        shares: Number of incidents among which a total was divided; 1 if it was not.
        is_rival: Whether it is the number of one more source, and no later news.
    """

    start: int
    end: int
    what: What
    value: int
    low: int
    high: int | None
    basis: Basis
    people_start: int
    people_end: int
    parts: tuple[Part, ...] = ()
    is_added: bool = False
    is_total: bool = False
    incidents: int = 1
    is_named: bool = False
    is_noun: bool = False
    shares: int = 1
    is_rival: bool = False


class _Cue(NamedTuple):
    """A word of dying or being hurt.

    Attributes:
        start: First code point.
        end: Code point after the last.
        what: Whether it tells of the dead or the wounded.
        form: Where those stand whom it counts.
        needs_people: Whether it tells of a death only where people are named: `soldiers fell`, but not `a town fell`.
    """

    start: int
    end: int
    what: What
    form: Form
    needs_people: bool = False


_CUES: tuple[tuple[str, What, Form, bool], ...] = (
    ("death", "dead", "verb", False),
    ("death_people", "dead", "verb", True),
    ("dies", "dead", "subject", False),
    ("dies_people", "dead", "subject", True),
    ("death_of", "dead", "noun", False),
    ("neutralised", "either", "verb", True),
    ("wound", "wounded", "verb", False),
)
_SUPPOSED = frozenset(("negated", "hypothetical", "planned", "infinitive", "threatened"))
_ALL_CUES = (*(name for name, *_ in _CUES), "death_noun", "toll", "deed", "body_found")
_MANY = (10, 3, None)
"""What many dead without a number are taken for, at least and at most (codebook 4.1)."""
_GATE_REACH = 4
_ADVERBS = 2
_SHARED_REACH = 6
_NOUN_REACH = 2
_TOLL_REACH = 18
_ESTIMATING_REACH = 6
_GRIEVANCE_REACH = 2


def _span(reading: Reading, first: int, last: int) -> tuple[int, int]:
    """Code points of a run of tokens, cut to a number of them."""
    tokens = reading.document.tokens
    last = min(last, first + _PHRASE, len(tokens))
    return tokens[first].start, tokens[max(first, last - 1)].end


def _is_supposed(reading: Reading, start: int, sentence: Sentence) -> bool:
    """Whether a verb of dying is negated or supposed, by the nearest words before it."""
    begin, _ = reading.window(start, start, _GATE_REACH, sentence)
    index = reading.document.token_at(start)
    if index and reading.document.tokens[index - 1].word in reading.language.people.near_misses:
        return True
    return any(
        word.row.name in _SUPPOSED
        and (word.row.scope != "adjacent" or reading.distance(word.end, start) == 0)
        and not reading.is_spent(word, start)
        for word in reading.words_in("gate", begin, start)
        if word.row.scope != "sentence"
    )


def find_tolls(reading: Reading, sentence: Sentence) -> list[Toll]:
    """The tolls of a sentence in order; parts of a number already told are left out."""
    where = (sentence.start, sentence.end)
    found = [
        Toll(start, end, "dead", 0, 0, 0, "explicit_none", start, start) for start, end in reading.cue_spans(*where, "no_deaths")
    ]
    found += [
        Toll(start, end, "unknown", 0, 0, None, "none_mentioned", start, start)
        for start, end in reading.cue_spans(*where, "unknown_deaths")
    ]
    found += [
        Toll(start, end, "dead", *_MANY, "word_estimate", start, start) for start, end in reading.cue_spans(*where, "heavy_losses")
    ]
    if not reading.cue_spans(*where, *_ALL_CUES) or _looks_back(reading, sentence):
        return found
    indices = reading.document.token_range(*where)
    counter = Counter(reading, sentence, find_quantities(reading.document.tokens, indices, reading.language))
    found += _told_by_verbs(counter)
    found += _told_by_possessives(counter, found)
    found += _told_by_nouns(counter, found)
    found = _with_the_bomber(counter, found)
    incidents, is_total = _incidents_told(counter), bool(reading.cue_spans(*where, "total"))
    found = [replace(toll, incidents=incidents, is_total=toll.is_total or is_total) for toll in found]
    return sorted(found, key=lambda toll: (toll.start, toll.end))


def _incidents_told(counter: Counter) -> int:
    """The number of incidents or places that a sentence sums up, as in `two attacks`; 0 if several, 1 if it does not."""
    language = counter.reading.language
    for quantity in counter.quantities:
        words = counter.between(quantity.last, quantity.last + _SHARED_REACH)
        noun = next((index for index, word in enumerate(words) if word in language.people.incident_nouns), None)
        if (
            noun is not None
            and quantity.value > 1
            and all(word.isalpha() and word not in language.small_words for word in words[:noun])
        ):
            return 0 if quantity.is_estimate else quantity.value
    return 1


def _looks_back(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence sums up or recalls: its numbers are those of years, trials or trends."""
    times = reading.times_in(sentence.start, sentence.end)
    rows = reading.sentence_rows(reading.document.sentence_at(sentence.start))
    return any(time.is_since or time.kind == "uncodable" for time in times) or any(row.kind == "gate" for row in rows)


def _told_by_verbs(counter: Counter) -> list[Toll]:
    reading, where = counter.reading, (counter.sentence.start, counter.sentence.end)
    cues = [_Cue(*span, what, form, needs) for name, what, form, needs in _CUES for span in reading.cue_spans(*where, name)]
    cues += [_Cue(*span, "dead", "verb") for span in counter.blows()]
    cues.sort()
    found: list[Toll] = []
    done = -1
    for number, cue in enumerate(cues):
        if cue.start < done or _is_supposed(reading, cue.start, counter.sentence) or _is_grievance(counter, cue):
            continue
        joined = _joined(reading, cues, number)
        toll = _toll(counter, joined or cue)
        done = joined.end if joined else done
        if toll and not any(_tells_again(toll, cue, other) for other in found[-_NEIGHBOURS:]):
            found.append(toll)
    return found


def _is_grievance(counter: Counter, cue: _Cue) -> bool:
    """Whether a death is what people protest against or mourn: `marched over the death of a student`."""
    if cue.form != "noun":
        return False
    index = counter.reading.document.token_at(cue.start)
    return any(word in counter.reading.language.people.grievances for word in counter.between(index - _GRIEVANCE_REACH, index))


def _tells_again(toll: Toll, cue: _Cue, other: Toll) -> bool:
    """Whether a word lies within those of another toll, or counts the same people."""
    is_same = toll.people_start < other.people_end and other.people_start < toll.people_end
    return toll.what == other.what and (is_same or _overlap(cue.start, cue.end, other))


def _overlap(start: int, end: int, toll: Toll) -> bool:
    return start < toll.end and toll.start < end


def _joined(reading: Reading, cues: Sequence[_Cue], number: int) -> _Cue | None:
    """`killed and wounded` or `killed or wounded` in one breath as one cue."""
    if number + 1 >= len(cues) or cues[number].what == cues[number + 1].what:
        return None
    between = tuple(reading.document.words(cues[number].end, cues[number + 1].start))
    if cues[number].what == "wounded" and cues[number + 1].form == "subject" and reading.language.joins.get(between) == "both":
        # `was hurt and died`
        return _Cue(cues[number].start, cues[number + 1].end, "dead", cues[number].form)
    what = reading.language.joins.get(between)
    return None if what is None else _Cue(cues[number].start, cues[number + 1].end, what, cues[number].form)


def _toll(counter: Counter, cue: _Cue) -> Toll | None:
    """The toll that a word tells."""
    document = counter.reading.document
    first, after = document.token_at(cue.start), document.token_at(cue.end)
    count = counter.count(first, after, cue.form, may_lack_number=cue.what == "dead")
    if count is None or (cue.needs_people and not counter.are_people(count, after)):
        return None
    whole = _span(counter.reading, min(count.first, first), max(count.last, after))
    people = _span(counter.reading, count.first, count.last)
    value, low, high, basis = _split(count, cue.what)
    if basis == "word_estimate" and value <= 3 and counter.reading.cue_spans(cue.start, cue.end, "massacre"):
        value, low, high = 10, 3, None
    tokens = document.tokens
    parts = tuple(Part(tokens[item.first].start, tokens[item.last - 1].end, item.value) for item in count.items)
    if ordinal := _ordinal(counter, count):
        return Toll(*whole, cue.what, ordinal, ordinal, ordinal, basis, *people, is_total=True)
    is_added = _is_added(counter, count, first, after)
    is_named = cue.form == "noun" and all(item.kind != "number" for item in count.items)
    is_noun = cue.form == "noun"
    return Toll(*whole, cue.what, value, low, high, basis, *people, parts, is_added, is_named=is_named, is_noun=is_noun)


def _ordinal(counter: Counter, count: Count) -> int | None:
    """How many died with one who was `a third soldier`."""
    language = counter.reading.language
    if len(count.items) != 1 or count.value != 1 or counter.word(count.first) not in language.one:
        return None
    return language.people.ordinals.get(counter.word(count.first + 1))


def _is_added(counter: Counter, count: Count, first: int, after: int) -> bool:
    """Whether words such as `also` or `another` stand beside a verb of dying or before its people."""
    language = counter.reading.language
    beside = [*counter.between(first - _ADVERBS, first), *counter.between(after, after + 1)]
    people = counter.between(count.first, min(count.first + _ADVERBS, count.last))
    tokens = counter.reading.document.tokens
    if _is_late(counter, tokens[first].start):
        return True
    # `more than 20`
    is_more = any(word in language.people.adding_people for word in people) and tuple(people) not in language.qualifiers
    return is_more or any(word in language.people.adding for word in beside)


def _is_late(counter: Counter, start: int) -> bool:
    """Whether somebody died of wounds on another day than others, or the text told of wounded before."""
    reading, sentence = counter.reading, counter.sentence
    if not reading.cue_spans(start, start + 1, "dies_later"):
        return False
    return bool(reading.times_in(sentence.start, sentence.end) or reading.cue_spans(0, sentence.start, "wound"))


def _with_the_bomber(counter: Counter, found: Sequence[Toll]) -> list[Toll]:
    """The tolls of a sentence, with those who killed themselves counted where the words say so: `four sailors and himself`."""
    where = (counter.sentence.start, counter.sentence.end)
    spans = counter.reading.cue_spans(*where, "self_dead")
    first = next((toll for toll in found if toll.what == "dead" and toll.value), None)
    if not spans or first is None:
        return list(found)
    words = counter.reading.document.words(*spans[0])
    more = 2 if any(word in counter.reading.language.plural_selves for word in words) else 1
    if more == 1 and spans[0][0] < first.people_end and first.people_start < spans[0][1]:
        # `four sailors and himself` were counted as a list.
        return list(found)
    high = None if first.high is None else first.high + more
    grown = replace(first, value=first.value + more, low=first.low + more, high=high)
    return [grown if toll is first else toll for toll in found]


def _split(count: Count, what: What) -> tuple[int, int, int | None, Basis]:
    """The dead among those `killed and wounded`: at least one died and one lived; of `killed or wounded` perhaps none died."""
    if what == "both":
        return 1, 1, None if count.high is None else max(1, count.high - 1), "word_estimate"
    if what == "either":
        return 0, 0, count.high, "word_estimate"
    return count.value, count.low, count.high, count.basis


def _told_by_possessives(counter: Counter, told: Sequence[Toll]) -> list[Toll]:
    """`the mayor's murder`, `her death`."""
    reading = counter.reading
    made: list[Toll] = []
    for start, end in reading.cue_spans(counter.sentence.start, counter.sentence.end, "deed"):
        index = reading.document.token_at(start)
        owner = counter.owner(index)
        if owner is None or owner.value != 1 or any(_overlap(start, end, toll) for toll in (*told[-_NEIGHBOURS:], *made[-1:])):
            continue
        people = _span(reading, owner.first, owner.last)
        made.append(Toll(people[0], end, "dead", *owner[:4], *people, is_named=True))
    return made


def _told_by_nouns(counter: Counter, told: Sequence[Toll]) -> list[Toll]:
    """`twelve deaths`, `five bodies`, `death toll rose to 12`."""
    reading, sentence = counter.reading, counter.sentence
    if not reading.cue_spans(sentence.start, sentence.end, "death_noun", "toll", "body_found"):
        return []
    covered = {index for toll in told for index in reading.document.token_range(toll.start, toll.end)}
    made: list[Toll] = []
    for quantity in counter.quantities:
        if quantity.first in covered or not counter.is_people(quantity):
            continue
        start, end = _span(reading, quantity.first, quantity.last)
        noun = reading.cue_spans(end, reading.window(start, end, _NOUN_REACH, sentence)[1], "death_noun")
        toll = _toll_words(counter, start, end)
        if noun or toll:
            span = (start, noun[0][1]) if noun else (min(start, toll[-1][0]), max(end, toll[-1][1]))
            basis: Basis = "word_estimate" if quantity.is_estimate else "stated"
            number = Toll(*span, "dead", quantity.value, quantity.low, quantity.high, basis, start, start, is_total=bool(toll))
            made.append(replace(number, is_rival=bool(toll) and _is_estimated(counter, toll[-1][0])))
    return made + _told_by_ordinals(counter)


def _toll_words(counter: Counter, start: int, end: int) -> list[tuple[int, int]]:
    """The words that make a number that of all dead: before it, or after it in `bringing to nine the number of dead`."""
    reading, sentence = counter.reading, counter.sentence
    before, _ = reading.window(start, start, _TOLL_REACH, sentence)
    if toll := reading.cue_spans(before, start, "toll"):
        return toll
    if any(stop + 1 == start for _, stop in reading.cue_spans(before, start, "toll_number")):
        return reading.cue_spans(end, reading.window(end, end, _ESTIMATING_REACH, sentence)[1], "toll")
    return []


def _told_by_ordinals(counter: Counter) -> list[Toll]:
    """`A fourth body was found`: how many there were."""
    reading, sentence = counter.reading, counter.sentence
    made: list[Toll] = []
    for start, end in reading.cue_spans(sentence.start, sentence.end, "body_found"):
        index = reading.document.token_at(start)
        value = reading.language.people.ordinals.get(counter.word(index - 1))
        if value and counter.word(index - 2) in reading.language.one:
            first, _ = _span(reading, index - 2, index)
            made.append(Toll(first, end, "dead", value, value, value, "stated", first, first, is_total=True))
    return made


def _is_estimated(counter: Counter, start: int) -> bool:
    """Whether a toll is the number of one more source, and no later news: `an official put the number of dead at ten`."""
    begin, _ = counter.reading.window(start, start, _ESTIMATING_REACH, counter.sentence)
    estimating = counter.reading.language.people.estimating
    return any(word in estimating for word in counter.reading.document.words(begin, start))
