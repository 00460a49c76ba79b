"""Triggers: words that tell of an act, and the gates that turn down those that only speak of one.

A planned, threatened, denied or supposed act is no incident, nor is an anniversary, a verdict, a trend or a match.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.coding.reading import Reading, Word, cues_of
from pipeline.coding.sentences import Sentence
from pipeline.resources.lexicon import Condition, LexiconMatch, LexiconRow
from schemas.taxonomy import SUB_EVENT_TYPES

REACH = 8
"""Tokens within which a cue belongs to a trigger."""
SHORT_REACH = 4
_OBJECT_REACH = 9
"""Tokens within which the object of a verb stands."""
_LONGEST_GATE = 4
_ENTRY = re.compile(r"\(?(?:[a-h]|[1-9][0-9]?)[).]\s")
"""What opens an entry of a list within a paragraph: `(b)`, `2.`"""
_OPENING = 3
"""Code points before a word that still opens its sentence: a quotation mark, a bracket."""
_GIVEN_ONCE = frozenset(("political",))
"""Cues that say of whom a text speaks, once for all its sentences."""
_ACCIDENTS = frozenset(("accident", "disaster"))
_DELIBERATE = frozenset(
    ("arrest", "abduction", "protest", "riot", "sexual violence", "agreement", "coup", "territory", "withdrawal")
)
"""Acts that nobody takes for an accident: `arrested for what she wrote of the epidemic`."""
_SPENT = frozenset(("condemned", "trend"))
"""Gates that the first act after them uses up."""
_VERBAL = frozenset(("negated", "hypothetical", "planned"))
"""Gates that may speak of another verb than that of the act."""
_ANYWHERE = {"text": (1, True), "not_text": (1, False), "two_of": (2, True)}
"""Conditions that look through a brief text: how many of their cues make them hold, and whether these are wanted."""
_HARM_WITHOUT_CAUSE = frozenset(("accident", "crime"))
"""Gates of sentences that turn down only what accidents and common crime do too."""
_VIOLENT = frozenset(("Battles", "Explosions/Remote violence", "Violence against civilians"))
_OF_THINGS = frozenset(("Looting/property destruction", "Disrupted weapons use", "Arrests"))
_SAYS_LITTLE = frozenset(("Peaceful protest", "Armed clash", "Remote explosive/landmine/IED"))
"""Types that another word of a brief text may make more of."""
FORMS_FOR_A_TEXT = 3
"""Different forms of a text-wide gate that close it."""
_TOKENS_FOR_A_FORM = 200
"""Tokens of a long text for which one such form is asked: whoever tells much comes to speak of much."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that tell of an act.

    Attributes:
        start: First code point.
        end: Code point after the last.
        row: Row of the lexicon that applies here.
        sentence: Index of the sentence.
        is_passive: True if those who suffer stand before it.
        is_separate: True if the text says that this is another incident than the last.
        is_recalled: True if the text only speaks of it, as of a fact, and tells its day.
        is_echo: True if it lacks a word that the text gives once for all its sentences: it may only tell an incident again.
        is_plain: False for words that tell of an act only because the text is brief.
    """

    start: int
    end: int
    row: LexiconRow
    sentence: int
    is_passive: bool = False
    is_separate: bool = False
    is_recalled: bool = False
    is_echo: bool = False
    is_plain: bool = True


@dataclass(frozen=True, slots=True)
class Rejection:
    """A trigger that a gate turned down."""

    trigger: Trigger
    gate: str


def _object_span(reading: Reading, match: LexiconMatch, row: LexiconRow, sentence: Sentence) -> tuple[int, int]:
    """Where the object of a verb stands: after it up to a preposition or a new clause, before it if the verb is passive."""
    start, end = reading.window(match.start, match.end, _OBJECT_REACH, sentence)
    tokens, language = reading.document.tokens, reading.language
    if _is_passive(reading, match, row):
        for index in reversed(reading.document.token_range(start, match.start)):
            if tokens[index].word in language.clause_breaks:
                return tokens[index].end, match.start
        return start, match.start
    begins = _after_time(reading, match.end, end)
    for index in reading.document.token_range(begins, end):
        if tokens[index].word in language.object_ends or tokens[index].word in ",;:":
            return begins, tokens[index].start
    return begins, end


def _after_time(reading: Reading, position: int, end: int) -> int:
    """Where the object may begin: after the day in `captured on Monday the port`."""
    time = next(iter(reading.times_in(position, end)), None)
    return time.end if time and reading.distance(position, time.start) <= 1 else position


def _holds(reading: Reading, match: LexiconMatch, row: LexiconRow, sentence: Sentence, name: str, argument: str) -> bool:
    """Whether one condition holds where a form stands."""
    cues = argument.split("+")
    if name == "object":
        return _has_any(reading, cues, _object_span(reading, match, row, sentence))
    if name in _ANYWHERE:
        least, is_wanted = _ANYWHERE[name]
        spans = _around(reading, match.start)
        found = sum(any(reading.has_cue(cue, *span) for span in spans) for cue in cues)
        return (found >= least) is is_wanted
    if name in ("needs", "not"):
        has_any = _has_any(reading, cues, (sentence.start, sentence.end))
    else:
        start, end = reading.window(match.start, match.end, REACH, sentence)
        has_any = _has_any(reading, cues, (match.end, end) if name in ("after", "not_after") else (start, match.start))
    return has_any is not name.startswith("not")


def _has_any(reading: Reading, cues: Sequence[str], span: tuple[int, int]) -> bool:
    return any(reading.has_cue(cue, *span) for cue in cues)


def _around(reading: Reading, position: int) -> list[tuple[int, int]]:
    """The sentence of a position; in a brief text also those beside it and the title, which tell of the same incident."""
    number, sentences = reading.document.sentence_at(position), reading.sentences
    if not reading.is_brief:
        return [(sentences[number].start, sentences[number].end)]
    title = reading.document.title_sentence
    near = range(max(0, number - 1), min(number + 2, title)) if number < title else range(title)
    return [(sentences[each].start, sentences[each].end) for each in (*near, *range(title, len(sentences)))]


def failing_condition(reading: Reading, match: LexiconMatch, row: LexiconRow) -> Condition | None:
    """The first condition of a row that does not hold where a form of it stands, or None."""
    sentence = reading.sentences[reading.document.sentence_at(match.start)]
    for condition in row.tests:
        if not _holds(reading, match, row, sentence, *condition):
            return condition
    return None


def _echoed(reading: Reading, match: LexiconMatch, told: Collection[str]) -> LexiconRow | None:
    """The act that lacks nothing but a word such as `activist`, if the text told such an act before: `he was arrested on 4 May`."""
    for row in cues_of(match, "act"):
        failing = failing_condition(reading, match, row)
        if failing and row.trigger in told and failing.name == "needs" and failing.argument in _GIVEN_ONCE:
            return row
    return None


def _applicable(reading: Reading, match: LexiconMatch) -> LexiconRow | None:
    """The first act whose conditions hold; rows that ask for most cues come first."""
    return next((row for row in cues_of(match, "act") if failing_condition(reading, match, row) is None), None)


def _is_passive(reading: Reading, match: LexiconMatch, row: LexiconRow) -> bool:
    """Whether a verb is passive: an auxiliary stands close before it, or `by` right after."""
    if not row.has("verb"):
        return False
    tokens, language = reading.document.tokens, reading.language
    index = reading.document.token_at(match.start)
    before = [token.word for token in tokens[max(0, index - 3) : index]]
    first = reading.document.folded[match.start : match.end].split()[0]
    if first in language.be:
        return True
    if first.endswith(language.active_endings):
        return False
    after = reading.document.token_at(match.end)
    return any(word in language.be for word in before) or (after < len(tokens) and tokens[after].word in language.by)


def _gate_reaches(reading: Reading, gate: Word, trigger: Trigger) -> bool:
    scope = gate.row.scope
    if gate.start < trigger.end and trigger.start < gate.end:
        return scope == "near"
    is_before = gate.end <= trigger.start
    start, end = (gate.end, trigger.start) if is_before else (trigger.end, gate.start)
    distance = reading.distance(start, end)
    if scope == "adjacent":
        return is_before and distance == 0 and not trigger.row.has("noun")
    if scope == "near":
        return distance <= SHORT_REACH
    if is_before != (scope in ("before", "verb", "near_before")) or (is_before and _is_beyond(reading, gate, trigger)):
        return False
    return distance <= (SHORT_REACH if scope == "near_before" else REACH) and not reading.breaks_between(start, end, commas=True)


def _after_be(reading: Reading, trigger: Trigger) -> int:
    """Where the verb of a trigger begins, after an auxiliary of its own: `were found dead`."""
    index = reading.document.token_at(trigger.start)
    tokens = reading.document.tokens[index : index + 2]
    is_own = tokens[0].word in reading.language.finite_be and tokens[-1].start < trigger.end
    return tokens[-1].start if is_own else trigger.start


def _is_beyond(reading: Reading, gate: Word, trigger: Trigger) -> bool:
    """Whether what stands before a trigger governs another word than it."""
    is_apart = gate.row.scope == "verb" and reading.distance(gate.end, trigger.start) > 0
    return (is_apart and _describes_noun(reading, trigger)) or _is_spent(reading, gate, trigger)


def _describes_noun(reading: Reading, trigger: Trigger) -> bool:
    """Whether a participle follows the noun that it describes: `free a journalist jailed for a tweet`."""
    tokens, language = reading.document.tokens, reading.language
    index = reading.document.token_at(trigger.start)
    word, before = tokens[index].word, tokens[index - 1].word if index else ""
    if not trigger.row.has("verb") or not (word.endswith(language.participle_endings) or word in language.participles):
        return False
    others = language.small_words | language.articles | language.pronouns | language.to | language.negations
    return before.isalpha() and before not in others and not before.endswith(language.adverb_endings)


def _is_spent(reading: Reading, gate: Word, trigger: Trigger) -> bool:
    """Whether what a gate speaks of lies before a trigger: `those accused of a bombing were arrested`."""
    if gate.row.name in _VERBAL:
        return reading.is_spent(gate, _after_be(reading, trigger))
    if gate.row.name not in _SPENT:
        return False
    words = reading.document.words(gate.end, trigger.start)
    language = reading.language
    says_who = any(word in language.relatives or word in language.clause_breaks for word in words)
    if len(words) > 1 and words[-1] in language.be and not says_who:
        return True
    return _acts_between(reading, gate.end, trigger.start)


def _acts_between(reading: Reading, start: int, end: int) -> bool:
    """Whether another act stands between: `accused of a bombing were arrested` condemns the bombing alone."""
    return any(row.kind == "act" for match in reading.matches_in(start, end) for row in match.rows)


def _is_attributive(reading: Reading, trigger: Trigger) -> bool:
    """Whether a participle only describes somebody: `a kidnapped engineer`, `the murdered priest`."""
    tokens, language = reading.document.tokens, reading.language
    first, after = reading.document.token_at(trigger.start), reading.document.token_at(trigger.end)
    if after - first != 1 or not trigger.row.has("verb") or after >= len(tokens) or first == 0:
        return False
    if (
        not tokens[first].word.endswith(language.participle_endings)
        or tokens[first - 1].word not in language.articles - language.relatives
    ):
        return False
    follower = tokens[after].word
    others = language.at | language.by | language.of | language.clause_breaks | language.conjunctions | language.be
    return follower.isalpha() and follower not in others


def closing_gate(reading: Reading, trigger: Trigger) -> str | None:
    """Name of the first gate that turns a trigger down, or None."""
    return next(closing_gates(reading, trigger), None)


def closing_gates(reading: Reading, trigger: Trigger) -> Iterator[str]:
    """Names of all gates that turn a trigger down, the nearest kind first."""
    if _is_attributive(reading, trigger):
        yield "attributive"
    sentence = reading.sentences[trigger.sentence]
    start, end = reading.window(trigger.start, trigger.end, REACH + _LONGEST_GATE, sentence)
    for word in reading.words_in("gate", start, end):
        if word.row.scope not in ("text", "sentence") and _gate_reaches(reading, word, trigger):
            yield word.row.name
    yield from (row.name for row in reading.sentence_rows(trigger.sentence) if row.kind == "gate" and _concerns(row, trigger))


def _concerns(gate: LexiconRow, trigger: Trigger) -> bool:
    """Whether a gate concerns a trigger: an accident or a theft hurts people, it makes no protest, deal or coup untrue."""
    if gate.name in _ACCIDENTS and trigger.row.trigger in _DELIBERATE:
        return False
    kind = trigger.row.sub_event_type
    return (
        gate.name not in _HARM_WITHOUT_CAUSE
        or kind in _OF_THINGS
        or (kind is not None and SUB_EVENT_TYPES[kind].event_type in _VIOLENT)
    )


def _text_gate(reading: Reading) -> str | None:
    """Name of a gate that closes the whole text, or None."""
    forms: dict[str, set[str]] = {}
    for word in reading.words_in("gate", 0, len(reading.document.text)):
        if word.row.scope == "text":
            forms.setdefault(word.row.name, set()).add(reading.document.folded[word.start : word.end])
    enough = max(FORMS_FOR_A_TEXT, len(reading.document.tokens) // _TOKENS_FOR_A_FORM)
    return next((name for name, found in sorted(forms.items()) if len(found) >= enough), None)


def attribution_of(reading: Reading, start: int, end: int) -> str:
    """Who vouches for words: `suspected`, `denied`, `claimed`, or `asserted` by the outlet itself."""
    number = reading.document.sentence_at(start)
    near = reading.window(start, end, SHORT_REACH, reading.sentences[number])
    found = {word.row.name for word in reading.words_in("attribution", *near) if word.row.scope != "sentence"}
    found |= {row.name for row in reading.sentence_rows(number) if row.kind == "attribution"}
    return next((kind for kind in ("denied", "suspected", "claimed") if kind in found), "asserted")


def find_triggers(reading: Reading) -> tuple[list[Trigger], list[Rejection]]:
    """Triggers of a text in order, and those that a gate turned down."""
    plain = _find_triggers(reading, reading.acts)
    if not (reading.is_brief and reading.brief_matches) or any(map(_says_what, plain[0])):
        return plain
    kept, rejected = _find_triggers(reading, [match for match in reading.brief_matches if cues_of(match, "act")])
    told = {index for trigger in plain[0] for index in reading.document.token_range(trigger.start, trigger.end)}
    return [replace(each, is_plain=not each.row.has("brief") or _is_among(reading, each, told)) for each in kept], rejected


def _is_among(reading: Reading, trigger: Trigger, told: set[int]) -> bool:
    return not told.isdisjoint(reading.document.token_range(trigger.start, trigger.end))


def _says_what(trigger: Trigger) -> bool:
    """Whether a trigger tells more than that somebody was hurt, that people demonstrated or that two sides fought."""
    row = trigger.row
    return not (row.has("weak") or row.has("generic") or row.sub_event_type in _SAYS_LITTLE)


def _find_triggers(reading: Reading, matches: Sequence[LexiconMatch]) -> tuple[list[Trigger], list[Rejection]]:
    kept: list[Trigger] = []
    rejected: list[Rejection] = []
    told: set[str] = set()
    closed = _text_gate(reading)
    for match in matches:
        number = reading.document.sentence_at(match.start)
        sentence = reading.sentences[number]
        row = _applicable(reading, match)
        echoed = None if row else _echoed(reading, match, told)
        row = row or echoed
        if row is None:
            continue
        trigger = Trigger(
            match.start,
            match.end,
            row,
            number,
            _is_passive(reading, match, row),
            _is_separate(reading, match, sentence, kept),
            is_echo=echoed is not None,
        )
        gate = closed or closing_gate(reading, trigger)
        if gate:
            rejected.append(Rejection(trigger, gate))
        else:
            kept.append(trigger)
            told.add(row.trigger)
    return kept, rejected


def _opens_entry(reading: Reading, begin: int, start: int, sentence: Sentence) -> bool:
    """Whether a semicolon parts a trigger from the one before it, and what follows names a place or a time of its own."""
    text = reading.document.text
    border = text.rfind(";", begin, start)
    if border < 0:
        return False
    end = text.find(";", start, sentence.end)
    stop = end if end >= 0 else sentence.end
    return bool(reading.places_in(border, stop) or reading.times_in(border, stop))


def _is_separate(reading: Reading, match: LexiconMatch, sentence: Sentence, before: Sequence[Trigger]) -> bool:
    """Whether a word such as `meanwhile` opens the sentence or stands close before the trigger, after any other of the sentence."""
    begin = sentence.start
    if before and before[-1].sentence == reading.document.sentence_at(match.start):
        begin = before[-1].end
        if _opens_entry(reading, begin, match.start, sentence):
            return True
    elif before and _ENTRY.match(reading.document.text, sentence.start):
        return True
    if any(
        reading.distance(end, match.start) <= SHORT_REACH or start - sentence.start <= _OPENING
        for start, end in reading.cue_spans(begin, match.start, "separate")
    ):
        return True
    openings = reading.cue_spans(begin, match.start, "separate_opening")
    return any(start - sentence.start <= _OPENING for start, _ in openings)
