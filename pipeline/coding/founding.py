"""What keeps an act from being an incident of its own: its time, or that nobody is said to have done it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from pipeline.coding.calendar_dates import TimeMention
from pipeline.coding.reading import Reading
from pipeline.coding.triggers import Trigger

PLAIN = frozenset(("attack", "killing", "wounding", "shooting", "beating"))
"""Acts of which words tell that serve accidents and sport as well."""
PAST_PERFECT = "past_perfect"
"""Gate of an act that lies before what is told."""
_ANY_WEAPON = ("weapon=device", "weapon=shell", "weapon=air", "weapon=drone", "weapon=grenade", "weapon=suicide", "weapon=chemical")
_COUNTED_BACK = ("weekday", "relative")
"""Kinds of times that have a day only where that of reporting is known."""
NAMING = frozenset(("arrest", "killing"))
"""Acts that a weak word such as `arrest of` names."""
_LASTING = frozenset(("arrest", "abduction"))
"""Acts that begin the state of a person."""
_HELD = frozenset(("territory", "withdrawal"))
"""Acts that begin the state of a place."""
_SUBJECT_REACH = 12
_YEAR_REACH = 2


def with_year(reading: Reading, time: TimeMention) -> TimeMention:
    """A time in its year: a day without one that is still to come was in the year before, since what is told has happened."""
    reference, day = reading.reference, time.day
    if time.kind != "explicit" or day is None or reference is None or day <= reference + dt.timedelta(days=1):
        return time
    if str(day.year) in reading.document.text[time.start : time.end] or (day.month, day.day) == (2, 29):
        return time
    earlier = day.replace(year=day.year - 1)
    return replace(time, day=earlier, last=earlier + (time.last - day) if time.last else None)


def begins_state(reading: Reading, trigger: Trigger) -> bool:
    """Whether an act lasts from the day after `since` on: `held since 3 May`; not where many are counted over all that time."""
    if trigger.row.trigger not in _LASTING | _HELD:
        return False
    sentence = reading.sentences[trigger.sentence]
    begin, _ = reading.window(trigger.start, trigger.end, _SUBJECT_REACH, sentence)
    language = reading.language
    many = (language.quantity_starters | language.collectives.keys()) - language.articles
    return not any(word.isdecimal() or word in many for word in reading.document.words(begin, trigger.start))


def time_gate(times: Sequence[TimeMention], reference: dt.date | None) -> str | None:
    """The gate that a trigger's own times close: too coarse, a beginning only, or still to come."""
    is_dated = any(time.day or (reference is None and time.kind in _COUNTED_BACK) for time in times if not time.is_since)
    if any(time.is_since for time in times) and not is_dated:
        return "since"
    if times and all(time.kind == "uncodable" for time in times):
        return "undated_past"
    days = [time.day for time in times if time.day]
    if reference and days and min(days) > reference + dt.timedelta(days=1):
        return "future"
    return None


def year_gate(reading: Reading, trigger: Trigger, times: Sequence[TimeMention]) -> str | None:
    """The gate of an act beside a year or a season, whatever other day its sentence tells: `a bombing in 2015`."""
    near = (time for time in times if time.kind == "uncodable")
    is_past = any(
        (time.start >= trigger.end and reading.distance(trigger.end, time.start) <= _YEAR_REACH)
        or (time.end <= trigger.start and reading.distance(time.end, trigger.start) == 0)
        for time in near
    )
    return "undated_past" if is_past else None


def _gate_of_time(reading: Reading, trigger: Trigger, time: TimeMention | None, *, is_first: bool) -> str | None:
    """The gate of an act that is vague in time, lies before what is told, or is a habit."""
    if time is not None and time.kind == "vague" and not is_first:
        return "vague_time"
    if time is None and _is_past_perfect(reading, trigger):
        return PAST_PERFECT
    if time is None and not reading.is_brief and _is_habit(reading, trigger):
        # `He is detained in Minsk` tells of a state that began some day.
        return "undated_past" if trigger.row.trigger in _LASTING else "trend"
    return None


def birth_gate(
    reading: Reading, trigger: Trigger, time: TimeMention | None, *, is_first: bool, is_located: bool = True
) -> str | None:
    """The gate that keeps a trigger from founding an incident of its own, though it may tell more of another.

    Args:
        reading: The text.
        trigger: The trigger.
        time: The time of its own; None if it has none.
        is_first: Whether no incident was told before.
        is_located: Whether it has a place of its own.
    """
    if trigger.row.has("weak"):
        # `The arrest of`, `the bodies of` tell of an act where they come with a day and a place of their own.
        is_firm = time is not None and time.precision == 1 and is_located and trigger.row.trigger in NAMING
        return None if is_firm else "weak_alone"
    if time is None and not is_located and not reading.is_brief and is_topic(reading, trigger):
        return "topic"
    if not trigger.is_plain and not is_first:
        return "brief"
    gate = _gate_of_time(reading, trigger, time, is_first=is_first)
    return gate or ("no_assailant" if _lacks_assailant(reading, trigger) else None)


def is_topic(reading: Reading, trigger: Trigger) -> bool:
    """Whether a noun may speak of a kind of act and of no incident: `attacks must stop`, `the fighting`."""
    if trigger.row.has("topic"):
        return True
    tokens, index = reading.document.tokens, reading.document.token_at(trigger.start)
    after = reading.document.token_at(trigger.end)
    if trigger.row.has("verb") or after <= index:
        return False
    word = tokens[after - 1].word
    is_counted = index > 0 and (tokens[index - 1].word in reading.language.articles or tokens[index - 1].word.isdigit())
    return word.endswith("s") and not word.endswith("ss") and not is_counted


def _lacks_assailant(reading: Reading, trigger: Trigger) -> bool:
    """Whether nobody armed acts and no weapon is named where `killed` or `attacked` is all that is said: `a fire killed ten`."""
    if trigger.row.trigger not in PLAIN or trigger.is_passive or trigger.row.has("noun") or trigger.row.trigger == "shooting":
        return False
    sentence = reading.sentences[trigger.sentence]
    if not trigger.row.has("verb"):
        return False
    if any(reading.has_cue(name, sentence.start, sentence.end) for name in ("armed", *_ANY_WEAPON)):
        return False
    before = reading.actors_in(sentence.start, trigger.start)
    return not any(reading.distance(actor.end, trigger.start) <= _SUBJECT_REACH for actor in before)


def _is_habit(reading: Reading, trigger: Trigger) -> bool:
    """Whether the present tells what is done again and again: `villagers are killed`, `whenever they attack`."""
    tokens, language = reading.document.tokens, reading.language
    index = reading.document.token_at(trigger.start)
    if index == 0:
        return False
    if trigger.row.has("verb"):
        words = [token.word for token in tokens[max(0, index - 2) : index]]
        return any(word in language.present for word in words) and not trigger.row.has("noun")
    return not trigger.row.has("noun") and tokens[index - 1].word in language.pronouns


def _is_past_perfect(reading: Reading, trigger: Trigger) -> bool:
    """Whether an act lies before what is told (`had been killed`), unless somebody is quoted."""
    sentence = reading.sentences[trigger.sentence]
    tokens = reading.document.tokens
    index = reading.document.token_at(trigger.start)
    words = [token.word for token in tokens[max(0, index - 4) : index] if token.start >= sentence.start]
    return any(word in reading.language.have_past for word in words) and not reading.cue_spans(
        sentence.start, trigger.start, "speech"
    )
