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


def is_kind(reading: Reading, target: Target) -> bool:
    """Whether a phrase names a kind of people or things and nobody in particular: `the murder of activists`."""
    tokens, language = reading.document.tokens, reading.language
    within = reading.document.token_range(target.start, target.end)
    words = [tokens[index].word for index in range(max(0, within.start - 1), within.stop)]
    told = language.determiners - language.hedges
    return language.is_plural(words[-1]) and not any(word in told or word.isdecimal() for word in words)


def _is_indefinite(reading: Reading, target: Target) -> bool:
    """Whether `a` or a number stands before or within a phrase, and nothing that points back."""
    tokens, language = reading.document.tokens, reading.language
    within = reading.document.token_range(target.start, target.end)
    words = [tokens[index].word for index in _outside_times(reading, range(max(0, within.start - 1), within.stop))]
    if any(word in language.definite for word in words):
        return False
    return any(word in language.indefinite or word.isdecimal() or word in language.numbers for word in words)


def _words(reading: Reading, target: Target) -> set[str]:
    tokens = reading.document.tokens
    indices = _outside_times(reading, reading.document.token_range(target.start, target.end))
    return {tokens[index].word for index in indices if len(tokens[index].word) >= _LONG}


def _outside_times(reading: Reading, indices: range) -> list[int]:
    """The tokens of a range that tell no day."""
    tokens = reading.document.tokens
    if not indices:
        return []
    times = reading.times_in(tokens[indices.start].start, tokens[indices.stop - 1].end)
    return [index for index in indices if not any(time.start <= tokens[index].start < time.end for time in times)]
