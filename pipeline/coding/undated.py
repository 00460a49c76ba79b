"""Acts that a text speaks of as facts without a day that can be coded: `those who murdered the judge`, `was killed in 1985`.

They are no news and date no event; they become reports of background without a day, which no event is made of, so that nothing is
lost of what a text tells. Kinds of acts and trends are none: somebody or something in particular must have met them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.coding.casualties import find_tolls
from pipeline.coding.founding import NAMING, PAST_PERFECT, is_topic
from pipeline.coding.incidents import Incident
from pipeline.coding.kinship import kinship
from pipeline.coding.places import Scene, SceneFinder, are_compatible
from pipeline.coding.reading import Reading
from pipeline.coding.roles import read_roles
from pipeline.coding.triggers import Rejection, Trigger, closing_gates

UNDATED_GATES = frozenset(("undated_past", "no_day_no_place", "no_place"))
"""Gates of incidents that lack a day or a place."""
_FACTUAL = frozenset(("condemned", "verdict", "anniversary", "undated_past", PAST_PERFECT, "attributive", "weak_alone"))
"""Gates of acts that are facts, but no news."""
_MOST = 4
"""Such incidents that one text gives."""
_REACH, _CLOSE = 10, 4
"""Tokens about an act within which whom it met is named, and before one that is not passive."""
_MOST_OF_ONE = 50
"""Victims above which a figure without a day is hardly that of one act."""
_REMEMBERED = 12
"""Incidents, and mentions of one, that others are compared with."""
_SHARED = 3
"""Words that two mentions share if they speak of one act."""
_LONG = 4
_STOPS = frozenset('.!?:“"')


def gather_undated(
    finder: SceneFinder, told: Sequence[Incident], rejections: Iterable[Rejection]
) -> tuple[list[Incident], list[Rejection]]:
    """Incidents made of triggers that gates of facts turned down, and the rejections that make none."""
    reading = finder.reading
    found: list[Incident] = []
    others: list[Rejection] = []
    for each in sorted(rejections, key=lambda rejection: rejection.trigger.start):
        if not _is_fact(reading, each):
            others.append(each)
            continue
        scene = finder.find(each.trigger, None)
        if any(_is_same(finder, each.trigger, scene, incident) for incident in told[:_REMEMBERED]):
            others.append(each)
            continue
        known = next((incident for incident in found if _is_same(finder, each.trigger, scene, incident)), None)
        if known is None and len(found) == _MOST:
            others.append(each)
            continue
        if known is None:
            known = Incident(is_undated=True)
            found.append(known)
        known.add(finder.gazetteer, each.trigger, read_roles(reading, each.trigger), (), scene)
    for incident in found:
        _add_tolls(reading, incident)
    return found, others


def is_specific(reading: Reading, incident: Incident) -> bool:
    """Whether an incident that was told is one act, and no kind of acts."""
    return any(_is_particular(reading, trigger) for trigger in incident.triggers[:_REMEMBERED])


def _is_fact(reading: Reading, rejection: Rejection) -> bool:
    trigger = rejection.trigger
    if rejection.gate not in _FACTUAL or (trigger.row.has("weak") and trigger.row.trigger not in NAMING):
        return False
    return set(closing_gates(reading, trigger)) <= _FACTUAL and _is_particular(reading, trigger)


def _is_particular(reading: Reading, trigger: Trigger) -> bool:
    """Whether an act met somebody in particular, or took place somewhere: a count, a name, or a place after it."""
    if _is_total(reading, trigger):
        return False
    sentence = reading.sentences[trigger.sentence]
    start, end = reading.window(trigger.start, trigger.end, _REACH, sentence)
    if _is_named(reading, trigger, start, end):
        return True
    counted = (toll for toll in find_tolls(reading, sentence) if toll.basis == "stated" and 0 < toll.value <= _MOST_OF_ONE)
    return any(start <= toll.start < end for toll in counted)


def _is_named(reading: Reading, trigger: Trigger, start: int, end: int) -> bool:
    """Whether a name stands where whom an act met is told; a text in capitals leaves that open."""
    if is_topic(reading, trigger):
        return False
    sentence = reading.sentences[trigger.sentence]
    # Whom an act met stands after it, in the passive before it, or close before a noun: `Losada's arrest`.
    begin = start if trigger.is_passive else reading.window(trigger.start, trigger.end, _CLOSE, sentence)[0]
    return reading.document.is_in_capitals or _has_name(reading, begin, end)


def _is_total(reading: Reading, trigger: Trigger) -> bool:
    """Whether a time beside an act is a span that holds many: `killed this year`, `in the past six months`."""
    sentence = reading.sentences[trigger.sentence]
    return any(
        time.kind == "uncodable"
        and reading.language.spanning.intersection(
            (*reading.document.words(time.start, time.end), *reading.document.words(sentence.start, time.start)[-2:])
        )
        for time in reading.times_in(sentence.start, sentence.end)
    )


def _has_name(reading: Reading, start: int, end: int) -> bool:
    """Whether a word that opens no sentence is written with a capital, and names no organisation, day or month."""
    document = reading.document
    tokens, language = document.tokens, document.language
    others = [(actor.start, actor.end) for actor in reading.actors_in(start, end)]
    others += [(time.start, time.end) for time in reading.times_in(start, end)]
    return any(
        document.text[tokens[index].start].isupper()
        and index > 0
        and tokens[index - 1].word not in _STOPS
        and tokens[index].word not in language.small_words
        and not any(first <= tokens[index].start < last for first, last in others)
        for index in document.token_range(start, end)
    )


def _is_same(finder: SceneFinder, trigger: Trigger, scene: Scene | None, incident: Incident) -> bool:
    """Whether a mention speaks of an incident: of its kind, not elsewhere, and in the same words."""
    if not kinship(trigger, incident, is_brief=finder.reading.is_brief):
        return False
    if scene and incident.scene and not are_compatible(finder.gazetteer, scene, incident.scene):
        return False
    mine = _words(finder.reading, trigger)
    return any(len(mine & _words(finder.reading, other)) >= _SHARED for other in incident.triggers[:_REMEMBERED])


def _words(reading: Reading, trigger: Trigger) -> set[str]:
    start, end = reading.window(trigger.start, trigger.end, _REACH, reading.sentences[trigger.sentence])
    own = reading.document.words(trigger.start, trigger.end)
    return {word for word in reading.document.words(start, end) if len(word) >= _LONG and word not in own}


def _add_tolls(reading: Reading, incident: Incident) -> None:
    """The victims counted where a text first speaks of an incident."""
    incident.tolls += find_tolls(reading, reading.sentences[incident.triggers[0].sentence])
