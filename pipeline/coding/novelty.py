"""Whether an act is told as something new: on a day or at a place of its own, it meets somebody not named before.

`A teacher was shot this morning near the market` after a bombing in the same city is another incident, however well the two would
fit; `the attack` and `they` go back to what was told.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.coding.reading import Reading
from pipeline.coding.targets import Target, target_of
from pipeline.coding.triggers import Trigger

_LONG = 4
_REMEMBERED = 6
"""Mentions of an incident, of the first and of the last, whose words are compared."""


def is_introduced(reading: Reading, trigger: Trigger, told: Sequence[Trigger]) -> bool:
    """Whether whom an act met is brought in without `the` or `his`, in a later sentence, and met none of the acts told."""
    if trigger.row.has("weak") or told[-1].sentence == trigger.sentence:
        return False
    target = target_of(reading, trigger)
    if target is None or not _is_indefinite(reading, target):
        return False
    mine = _words(reading, target)
    known = (target_of(reading, each) for each in (*told[:_REMEMBERED], *told[_REMEMBERED:][-_REMEMBERED:]))
    return bool(mine) and not any(mine & _words(reading, other) for other in known if other)


def _is_indefinite(reading: Reading, target: Target) -> bool:
    """Whether `a` or a number stands before or at the head of a phrase."""
    tokens, language = reading.document.tokens, reading.language
    first = reading.document.token_at(target.start)
    before, head = tokens[first - 1].word if first else "", tokens[first].word
    is_number = any(word.isdecimal() or word in language.numbers for word in (before, head))
    return before in language.indefinite or is_number


def _words(reading: Reading, target: Target) -> set[str]:
    return {word for word in reading.document.words(target.start, target.end) if len(word) >= _LONG}
