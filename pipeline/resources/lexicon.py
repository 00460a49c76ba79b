"""The words that tell of incidents, and of what is none: a reviewed table, never regular expressions.

A row's `trigger` says what its forms are:

    cue:<name>           a word that conditions ask for, such as `cue:weapon=air`
    gate:<name>          a word that turns a trigger near it down, such as `gate:planned`
    attribution:<kind>   a word that tells who vouches: claimed, denied or suspected
    anything else        the name of an act; the row has a sub_event_type and may become an incident

Forms are written out, or short: `~throw stones/rocks` stands for every inflection of `throw` before either noun.

Conditions are names joined by `; `, each with an argument after a colon or none:

    needs:<cue>  not:<cue>                 the cue stands, or does not stand, in the sentence
    after:<cue>  before:<cue>              it stands at most 8 tokens after, or before, the trigger
    not_after:<cue>  not_before:<cue>      the contrary
    object:<cue>                           it stands in the object of the act, before the act if this is passive
    noun  verb                             what the forms are
    generic                                a word such as `killed` that joins any violent incident
    weak                                   makes no incident alone, only adds to another one
    topic                                  speaks of a kind of act too (`fighting`): makes none without a day or place of its own
    everywhere                             a cue that counts within and across the longer forms of acts too: `was assassinated`
    scope:before  scope:after              a gate or attribution reaches the clause after it, or before it
    scope:near_before  scope:adjacent      it reaches 4 tokens on, or only the trigger that follows at once
    scope:near  scope:sentence             it reaches 4 tokens both ways, or its sentence
    scope:text                             it reaches the whole text if three such forms occur in it

The text itself gives the cues `place` (a place name) and `armed`, `state`, `nonstate`, `civilian`, `crowd` (actors of those
classes); rows may add words to them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pipeline.errors import SeedError
from pipeline.resources.seeds import Row
from pipeline.resources.verb_forms import written_out
from pipeline.resources.whole_words import WholeWords, with_borders
from schemas.taxonomy import SUB_EVENT_TYPES

TESTS = ("needs", "not", "after", "before", "not_after", "not_before", "object")
_FLAGS = ("noun", "verb", "generic", "weak", "topic", "everywhere")
_SCOPES = ("before", "after", "near_before", "adjacent", "near", "sentence", "text")
_KINDS = ("cue", "gate", "attribution")
_ATTRIBUTIONS = ("claimed", "denied", "suspected")
_WEAPON = "weapon="
COMPUTED_CUES = frozenset({"place", "armed", "state", "nonstate", "civilian", "crowd"})
"""Cues that the text itself gives, not the lexicon."""

_SAME_CHARACTER = str.maketrans(
    {**dict.fromkeys("\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029", " "), "’": "'", "‘": "'", "‐": "-", "‑": "-"}
)


def fold(text: str) -> str:
    """The text in lower case with plain quotes, hyphens and blanks, each code point in its place."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    return lowered.translate(_SAME_CHARACTER)


class Condition(NamedTuple):
    """One condition: its name and argument (empty for a flag)."""

    name: str
    argument: str


@dataclass(frozen=True)
class LexiconRow:
    """One row of the lexicon.

    Attributes:
        rule_id: Name of the rule, as it stands beside every value that it gives.
        trigger: What the forms are; see the module.
        forms: Words or phrases, folded.
        conditions: What must hold where a form occurs.
        sub_event_type: Type that the act proposes; None for cues, gates and attributions.
        weight: How sure the form is, from 0 to 1.
    """

    rule_id: str
    trigger: str
    forms: tuple[str, ...]
    conditions: tuple[Condition, ...]
    sub_event_type: str | None
    weight: float

    @cached_property
    def kind(self) -> str:
        """`cue`, `gate`, `attribution` or `act`."""
        head = self.trigger.partition(":")[0]
        return head if head in _KINDS and ":" in self.trigger else "act"

    @cached_property
    def name(self) -> str:
        """The trigger without its kind: `planned` of `gate:planned`."""
        return self.trigger.partition(":")[2] if self.kind != "act" else self.trigger

    @cached_property
    def heading(self) -> str:
        """What its words are sought by in a text: the kind, of cues the whole trigger."""
        return self.trigger if self.kind == "cue" else self.kind

    @cached_property
    def tests(self) -> tuple[Condition, ...]:
        """Conditions that ask for a cue."""
        return tuple(condition for condition in self.conditions if condition.name in TESTS)

    @cached_property
    def _flags(self) -> frozenset[str]:
        return frozenset(name for name, argument in self.conditions if not argument)

    def has(self, flag: str) -> bool:
        """Whether a flag such as `generic` is set."""
        return flag in self._flags

    @cached_property
    def scope(self) -> str:
        """Where a gate or attribution reaches: before the trigger if nothing else is said."""
        return next((condition.argument for condition in self.conditions if condition.name == "scope"), "before")


class LexiconMatch(NamedTuple):
    """A form in a text, and the rows that have it: the one that asks for most cues first, then the one with most conditions."""

    start: int
    end: int
    rows: tuple[LexiconRow, ...]


def _read_row(row: Row) -> LexiconRow:
    """One row of the table.

    Raises:
        SeedError: Something in it is unknown or missing.
    """
    rule_id = row["rule_id"]

    def refuse(why: str) -> SeedError:
        return SeedError(f"lexicon, rule {rule_id or '(no rule_id)'}: {why}")

    try:
        written = [each for form in row["forms"].split(";") for each in written_out(fold(form.strip()))]
    except ValueError as error:
        raise refuse(f"a form {error}; write it in parts.") from None
    # Short forms may stand for one that is written out beside them; one written out twice is a slip that is refused later.
    plain = [form for form in map(str.strip, fold(row["forms"]).split(";")) if form and form in written]
    forms = (*plain, *(form for form in dict.fromkeys(filter(None, written)) if form not in plain))
    conditions = tuple(Condition(*_split(part)) for part in row["conditions"].split(";") if part.strip())
    try:
        weight = float(row["weight"] or 1)
    except ValueError:
        raise refuse(f"weight {row['weight']!r} is no number; give one from 0 to 1.") from None
    made = LexiconRow(rule_id, row["trigger"], forms, conditions, row["sub_event_type"] or None, weight)
    if not (rule_id and made.name and forms):
        raise refuse("rule_id, trigger and forms must be given.")
    if not 0 < weight <= 1:
        raise refuse(f"weight {weight} is not above 0 and at most 1.")
    if made.kind == "act" and made.sub_event_type not in SUB_EVENT_TYPES:
        raise refuse(f"sub_event_type {row['sub_event_type']!r} is not in the taxonomy.")
    if made.kind != "act" and made.sub_event_type is not None:
        raise refuse(f"a {made.kind} has no sub_event_type.")
    if made.kind == "attribution" and made.name not in _ATTRIBUTIONS:
        raise refuse(f"attribution {made.name!r} is none of {', '.join(_ATTRIBUTIONS)}.")
    for name, argument in conditions:
        known = (name in TESTS and argument) or (name in _FLAGS and not argument) or (name == "scope" and argument in _SCOPES)
        if not known:
            raise refuse(f"condition {':'.join(filter(None, (name, argument)))!r} is unknown.")
    return made


def _split(text: str) -> tuple[str, str]:
    name, _, argument = text.strip().partition(":")
    return name, argument


def _check_together(rows: list[LexiconRow]) -> None:
    """Refuses cues that no row gives, and one form twice under the same conditions.

    Raises:
        SeedError: One of the two was found.
    """
    cues = {row.name for row in rows if row.kind == "cue"} | COMPUTED_CUES
    seen: dict[tuple[object, ...], str] = {}
    for row in rows:
        for name, argument in row.conditions:
            if name in TESTS and argument not in cues:
                raise SeedError(f"lexicon, rule {row.rule_id}: no row is the cue {argument!r} that {name} asks for.")
        for form in row.forms:
            # One word may be a cue for several things; two acts of one form must differ in their conditions.
            tests = frozenset(row.tests)
            key = (form, row.trigger if row.kind != "act" else "act", tests)
            if key in seen:
                raise SeedError(f"lexicon, rule {row.rule_id}: {form!r} stands under the same conditions in {seen[key]} already.")
            seen[key] = row.rule_id


def _order(row: LexiconRow) -> tuple[int, int, int, str]:
    precedence = SUB_EVENT_TYPES[row.sub_event_type].precedence if row.sub_event_type else 0
    asked = sum(not condition.name.startswith("not") for condition in row.tests)
    return (-asked, -len(row.tests), precedence, row.rule_id)


def _with_shorter(match: LexiconMatch, rows: tuple[LexiconRow, ...]) -> LexiconMatch:
    """A match that may also stand for the same act in fewer words."""
    acts = {row.trigger for row in match.rows if row.kind == "act"}
    return match._replace(rows=(*match.rows, *(row for row in rows if row.trigger in acts)))


def _is_act_alone(rows: Sequence[LexiconRow]) -> bool:
    """Whether a form tells of an act and closes none."""
    kinds = {row.kind for row in rows}
    return "act" in kinds and "gate" not in kinds


class Lexicon:
    """All forms of the lexicon, found in one pass over a text."""

    def __init__(self, rows: Iterable[LexiconRow]) -> None:
        """Prepares the search.

        Raises:
            SeedError: Rows contradict each other.
        """
        self.rows = tuple(sorted(rows, key=lambda row: row.rule_id))
        _check_together(list(self.rows))
        by_form: dict[str, list[LexiconRow]] = {}
        for row in self.rows:
            for form in row.forms:
                by_form.setdefault(form, []).append(row)
        self._forms = sorted(by_form)
        self._rows = [tuple(sorted(by_form[form], key=_order)) for form in self._forms]
        self._only_acts = [all(row.kind == "act" for row in rows) for rows in self._rows]
        self._acts = [tuple(row for row in rows if row.kind == "act") for rows in self._rows]
        self._cues = [tuple(row for row in rows if row.kind == "cue" and not row.name.startswith(_WEAPON)) for rows in self._rows]
        self._everywhere = [tuple(row for row in rows if row.has("everywhere")) for rows in self._rows]
        self._is_open = [not here and _is_act_alone(rows) for rows, here in zip(self._rows, self._everywhere, strict=True)]
        self._search = WholeWords(self._forms)
        self._told: dict[int, bytes] = {}

    @classmethod
    def from_rows(cls, rows: Iterable[Row]) -> Lexicon:
        """The lexicon of a seed table.

        Raises:
            SeedError: A row has an unknown type or condition, or repeats another one; names the rule.
        """
        return cls(_read_row(row) for row in rows)

    def _rows_told(self, form: int) -> bytes:
        """What a digest says of the rows of a form, kept from now on."""
        told = self._told[form] = "".join(
            repr((self._forms[form], row.rule_id, row.trigger, row.conditions, row.sub_event_type, row.weight))
            for row in self._rows[form]
        ).encode()
        return told

    def mentions(self, text: str) -> list[LexiconMatch]:
        """The forms in a text from left to right, the longest where several start in the same words.

        None overlap, but for the cues within a longer act: in `killed in an ambush` the dead are still said to be killed. A longer
        cue leaves nothing of the words within it: `air force base` is no aircraft; nor does an act that names its own weapon.
        Cues marked `everywhere` stand within and across whatever form of an act they start in.
        Where the conditions of `marched in` do not hold, those of `marched` may.
        """
        return self.mentions_and_digest(text)[0]

    def digest_of(self, text: str) -> str:
        """A hash of the rows whose forms occur in a text, by the forms that do: other changes to the lexicon leave it alone."""
        return self.mentions_and_digest(text)[1]

    def mentions_and_digest(self, text: str) -> tuple[list[LexiconMatch], str]:
        """Both `mentions` and `digest_of` in one pass."""
        folded = fold(text)
        occurrences = self._search.find(folded, with_borders(folded))
        told = self._told
        forms = sorted({form for _, _, form in occurrences})
        digest = hashlib.sha256(b"".join([told.get(form) or self._rows_told(form) for form in forms]))
        found: list[LexiconMatch] = []
        reached, hidden = 0, 0  # ends of the last match, and of what hides the words within it
        is_open = False
        for start, negative_end, form in occurrences:
            end = -negative_end
            if start >= reached:
                found.append(LexiconMatch(start, end, self._rows[form]))
                reached, hidden, is_open = end, 0 if self._only_acts[form] else end, self._is_open[form]
                continue
            if found[-1].start == start and self._acts[form]:
                found[-1] = _with_shorter(found[-1], self._acts[form])
            if is_open and self._everywhere[form]:
                found.append(LexiconMatch(start, end, self._everywhere[form]))
                hidden, is_open = max(hidden, end), False
            elif end <= reached and start >= hidden and self._cues[form] and not self._acts[form]:
                found.append(LexiconMatch(start, end, self._cues[form]))
                hidden = end
        return found, digest.hexdigest()
