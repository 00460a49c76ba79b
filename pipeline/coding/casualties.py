"""The dead and the wounded that a sentence tells (codebook 4.1). The wounded are never counted as dead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from pipeline.coding.counting import Counter, Form
from pipeline.coding.death_nouns import NOUN_CUES, told_by_nouns, told_by_possessives, without_survivors
from pipeline.coding.numbers import find_quantities
from pipeline.coding.objects import Count
from pipeline.coding.people import Basis
from pipeline.coding.reading import Reading
from pipeline.coding.sentences import Sentence
from pipeline.coding.toll import Part, Toll, What, do_overlap, span_of

_NEIGHBOURS = 4


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
    ("death_of_people", "dead", "noun", True),
    ("buries", "dead", "verb", True),
    ("neutralised", "either", "verb", False),
    ("wound", "wounded", "verb", False),
)
_SUPPOSED = frozenset(("negated", "hypothetical", "planned", "infinitive", "threatened"))
_ALL_CUES = (*(name for name, *_ in _CUES), *NOUN_CUES)
_MANY = (10, 3, None)
"""What many dead without a number are taken for, at least and at most (codebook 4.1)."""
_GATE_REACH = 4
_ADVERBS = 2
_LATER = 3
_BEFORE = 2000
"""Code points before a sentence in which those were wounded who die in it."""
_SHARED_REACH = 6
_GRIEVANCE_REACH = 2


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
    found += told_by_possessives(counter, found)
    found += without_survivors(counter)
    found += told_by_nouns(counter, found)
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
    return toll.what == other.what and (is_same or do_overlap(cue.start, cue.end, other))


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
    whole = span_of(counter.reading, min(count.first, first), max(count.last, after))
    people = span_of(counter.reading, count.first, count.last)
    language = counter.reading.language
    value, low, high, basis = _split(count, cue.what)
    if basis == "word_estimate" and value <= 3 and counter.reading.cue_spans(cue.start, cue.end, "massacre"):
        value, low, high = 10, 3, None
    tokens = document.tokens
    parts = tuple(Part(tokens[item.first].start, tokens[item.last - 1].end, item.value) for item in count.items)
    if ordinal := _ordinal(counter, count):
        return Toll(*whole, cue.what, ordinal, ordinal, ordinal, basis, *people, is_total=True)
    is_added = _is_added(counter, count, first, after)
    is_named = cue.form == "noun" and all(item.kind != "number" for item in count.items)
    # Who is buried may have been told of before, and who speaks of his own tells no whole.
    is_named |= bool(counter.reading.cue_spans(cue.start, cue.end, "buries"))
    is_named |= any(word in language.people.narrators for word in counter.between(count.first, count.last))
    is_noun = cue.form == "noun"
    is_own = bool(counter.reading.cue_spans(cue.start, cue.end, "own_loss"))
    return Toll(
        *whole, cue.what, value, low, high, basis, *people, parts, is_added, is_named=is_named, is_noun=is_noun, is_own=is_own
    )


def _ordinal(counter: Counter, count: Count) -> int | None:
    """How many died with one who was `a third soldier`."""
    language = counter.reading.language
    if len(count.items) != 1 or count.value != 1 or counter.word(count.first) not in language.one:
        return None
    return language.people.ordinals.get(counter.word(count.first + 1))


def _is_added(counter: Counter, count: Count, first: int, after: int) -> bool:
    """Whether words such as `also` or `another` stand beside a verb of dying or before its people."""
    language = counter.reading.language
    # `died two hours later`
    last = after + _LATER if counter.starting(after, after + 2) else after + 1
    beside = [*counter.between(first - _ADVERBS, first), *counter.between(after, min(last, counter.bounds.stop))]
    people = counter.between(count.first, min(count.first + _ADVERBS, count.last))
    tokens = counter.reading.document.tokens
    if _is_late(counter, tokens[first].start, tokens[after - 1].end):
        return True
    # `more than 20`
    is_more = any(word in language.people.adding_people for word in people) and tuple(people) not in language.qualifiers
    return is_more or any(word in language.people.adding for word in beside)


def _is_late(counter: Counter, start: int, end: int) -> bool:
    """Whether somebody died of wounds on another day than others, or the text told of wounded before."""
    reading, sentence = counter.reading, counter.sentence
    if not reading.tells_late_death(start, end):
        return False
    return bool(
        reading.times_in(sentence.start, sentence.end)
        or reading.cue_spans(max(0, sentence.start - _BEFORE), sentence.start, "wound")
    )


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
