"""The words that tell of incidents, and of what is none: a reviewed table, never regular expressions.

A row's `trigger` says what its forms are:

    cue:<name>           a word that conditions ask for, such as `cue:weapon=air`
    set:<name>           words that several acts share: `@name` among the forms of another row stands for them all
    gate:<name>          a word that turns a trigger near it down, such as `gate:planned`
    attribution:<kind>   a word that tells who vouches: claimed, denied or suspected
    anything else        the name of an act; the row has a sub_event_type and may become an incident

Forms are written out, or short: `~throw stones/rocks` stands for every inflection of `throw` before either noun.

Conditions are names joined by `; `, each with an argument after a colon or none. Of several cues, joined by
`+`, one is enough:

    needs:<cue>  not:<cue>                 the cue stands, or does not stand, in the sentence
    after:<cue>  before:<cue>              it stands at most 8 tokens after, or before, the trigger
    not_after:<cue>  not_before:<cue>      the contrary
    object:<cue>                           it stands in the object of the act, before the act if this is passive
    text:<cue>  not_text:<cue>             it stands, or does not stand, in the sentence, in a brief text also in those beside it
    two_of:<cue>+<cue>+...                 at least two of them stand there
    noun  verb                             what the forms are
    generic                                a word such as `killed` that joins any violent incident
    weak                                   makes no incident alone, only adds to another one
    brief                                  an act that only a brief text, which has room for its news alone, tells in such words
    topic                                  speaks of a kind of act too (`fighting`): makes none without a day or place of its own
    everywhere                             a cue that counts within and across the longer forms of acts too: `was assassinated`
    hides                                  a cue that leaves nothing of the words within it: `air force base` is no aircraft
    scope:before  scope:after              a gate or attribution reaches the clause after it, or before it
    scope:verb                             as before, but no participle after a noun: `free those held` frees, and holds nobody
    scope:near_before  scope:adjacent      it reaches 4 tokens on, or only the trigger that follows at once
    scope:near  scope:sentence             it reaches 4 tokens both ways, or its sentence
    scope:text                             it reaches the whole text if three such forms occur in it

The text itself gives the cues `place` (a place name), `name` (any word in capitals that is no actor and no day) and `armed`,
`state`, `nonstate`, `civilian`, `crowd` (actors of those classes); rows may add words to them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from pipeline.errors import SeedError
from pipeline.resources.lexicon_rows import TESTS, Condition, LexiconMatch, LexiconRow, order_of
from pipeline.resources.lexicon_tiling import Tiling
from pipeline.resources.seeds import Row
from pipeline.resources.verb_forms import written_out
from pipeline.resources.whole_words import WholeWords, with_borders
from schemas.taxonomy import SUB_EVENT_TYPES

__all__ = ["COMPUTED_CUES", "Condition", "Lexicon", "LexiconMatch", "LexiconRow", "fold"]

_FLAGS = ("noun", "verb", "generic", "weak", "brief", "topic", "everywhere", "hides")
_SCOPES = ("before", "verb", "after", "near_before", "adjacent", "near", "sentence", "text")
_ATTRIBUTIONS = ("claimed", "denied", "suspected")
COMPUTED_CUES = frozenset({"place", "name", "armed", "state", "nonstate", "civilian", "crowd"})
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


def _with_sets(row: Row, sets: Mapping[str, str]) -> Row:
    """A row with the forms of the sets that it names, but for those that it has of its own.

    Raises:
        SeedError: It names a set that no row gives.
    """
    if "@" not in row["forms"]:
        return row
    own = [form.strip() for form in row["forms"].split(";")]
    taken = [form for form in own if not form.startswith("@")]
    for name in (form[1:] for form in own if form.startswith("@")):
        if name not in sets:
            raise SeedError(f"lexicon, rule {row['rule_id']}: no row is the set {name!r}.")
        taken += [form for form in map(str.strip, sets[name].split(";")) if form not in taken]
    return {**row, "forms": "; ".join(taken)}


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
            unknown = [each for each in argument.split("+") if each not in cues] if name in TESTS else []
            if unknown:
                raise SeedError(f"lexicon, rule {row.rule_id}: no row is the cue {unknown[0]!r} that {name} asks for.")
        for form in row.forms:
            # One word may be a cue for several things; two acts of one form must differ in their conditions.
            tests = frozenset(row.tests)
            key = (form, row.trigger if row.kind != "act" else "act", tests, row.has("brief"))
            if key in seen:
                raise SeedError(f"lexicon, rule {row.rule_id}: {form!r} stands under the same conditions in {seen[key]} already.")
            seen[key] = row.rule_id


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
            for form in row.forms if row.kind != "set" else ():
                by_form.setdefault(form, []).append(row)
        self._forms = sorted(by_form)
        self._rows = [tuple(sorted(by_form[form], key=order_of)) for form in self._forms]
        self._plain = Tiling([tuple(row for row in rows if not row.has("brief")) for rows in self._rows])
        self._brief = Tiling(self._rows)
        self._search = WholeWords(self._forms)
        self._told: dict[int, bytes] = {}

    @classmethod
    def from_rows(cls, rows: Iterable[Row]) -> Lexicon:
        """The lexicon of a seed table.

        Raises:
            SeedError: A row has an unknown type or condition, or repeats another one; names the rule.
        """
        given = list(rows)
        sets = {row["trigger"].removeprefix("set:"): row["forms"] for row in given if row["trigger"].startswith("set:")}
        return cls(_read_row(_with_sets(row, sets)) for row in given)

    def _rows_told(self, form: int) -> bytes:
        """What a digest says of the rows of a form, kept from now on."""
        told = self._told[form] = "".join(
            repr((self._forms[form], row.rule_id, row.trigger, row.conditions, row.sub_event_type, row.weight))
            for row in self._rows[form]
        ).encode()
        return told

    def mentions(self, text: str) -> list[LexiconMatch]:
        """The forms in a text from left to right, the longest where several start in the same words.

        None overlap, but for cues that only name a class of words, which stand beside whatever else is said, and for the cues
        within a longer act: in `killed in an ambush` the dead are still said to be killed. A gate or a cue that hides leaves
        nothing of the words within it: `air force base` is no aircraft. A weapon, or an act that names its own, leaves no weapon.
        Cues marked `everywhere` stand within and across whatever form of an act they start in.
        Where the conditions of `marched in` do not hold, those of `marched` may.
        """
        return self.mentions_and_digest(text)[0]

    def digest_of(self, text: str) -> str:
        """A hash of the rows whose forms occur in a text, by the forms that do: other changes to the lexicon leave it alone."""
        return self.mentions_and_digest(text)[1]

    def mentions_and_digest(self, text: str) -> tuple[list[LexiconMatch], str]:
        """Both `mentions` and `digest_of` in one pass."""
        occurrences = self._occurrences(text)
        told = self._told
        forms = sorted({form for _, _, form in occurrences})
        digest = hashlib.sha256(b"".join([told.get(form) or self._rows_told(form) for form in forms]))
        return self._plain.tile(occurrences), digest.hexdigest()

    def brief_mentions(self, text: str) -> list[LexiconMatch]:
        """As `mentions`, with the acts that only a brief text tells in such words."""
        return self._brief.tile(self._occurrences(text))

    def _occurrences(self, text: str) -> list[tuple[int, int, int]]:
        """(start, -end, form) of every form that stands between word boundaries, also within longer ones, in order."""
        folded = fold(text)
        return self._search.find(folded, with_borders(folded))
