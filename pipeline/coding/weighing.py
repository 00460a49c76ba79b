"""What all words of an incident say of its type, beside the rules, which look at single words and their conditions.

Rules are sure where their words stand, and blind where a text says it in other words. The weights (`seeds/type_weights.csv`) add up
what words, cues and actors together speak for. They may turn the choice of the rules where they are surer than the trust that the
rules enjoy, and find the incident of a text in which no rule found one. They speak of brief texts alone: what stands in a
longer one belongs to several incidents, or to none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.coding.reading import Reading
from pipeline.coding.sentences import Sentence
from pipeline.coding.triggers import Rejection, Trigger
from pipeline.resources.actors import ActorMention
from pipeline.resources.lexicon import Condition, LexiconRow
from pipeline.resources.type_weights import NO_EVENT, TypeWeights

_LETTERS = 6
"""Letters of a word that are looked at: `protest`, `protesters` and `protesting` are one."""
_GENERIC = "generic:"
_FOUND = "weighed."

_SOFT = frozenset(("weak_alone", "topic", "no_assailant", "attributive", "headline"))
"""Gates that only say that the words of an act are too few."""

TRUST = 2.5
"""Log odds by which the type that the rules give goes before another: about twelve to one."""
DOUBT = 2.0
"""Log odds by which no incident must be likelier than any type before one that the rules found is turned down."""


def features_of(
    reading: Reading,
    sentences: Iterable[int],
    kind: str,
    *,
    triggers: Sequence[Trigger] = (),
    agent: ActorMention | None = None,
    patient: ActorMention | None = None,
    is_anyone_hurt: bool = False,
) -> list[str]:
    """What some sentences of a text show, each once, in alphabetical order; `TypeWeights` says how they are named.

    Args:
        reading: The text.
        sentences: Numbers of its sentences that tell of the incident.
        kind: Type that the rules give; `none` if they found no incident.
        triggers: Words that tell it.
        agent: Who acts.
        patient: Whom it meets.
        is_anyone_hurt: Whether anybody is said to have been killed or wounded.
    """
    found = {f"rules:{kind}", *(f"fired:{trigger.row.rule_id}" for trigger in triggers)}
    for sentence in (reading.sentences[number] for number in sentences):
        found.update(_words(reading, sentence), _lexicon(reading, sentence), _actors(reading, sentence))
    found.update(f"{part}:{actor.inter}" for part, actor in (("agent", agent), ("patient", patient)) if actor)
    if is_anyone_hurt:
        found.add("hurt")
    return sorted(found)


def text_features(reading: Reading) -> list[str]:
    """What a whole text shows in which the rules found no incident."""
    return features_of(reading, range(len(reading.sentences)), NO_EVENT)


def _words(reading: Reading, sentence: Sentence) -> Iterator[str]:
    """Words that are no names: those in small letters, and whatever opens the sentence."""
    document = reading.document
    for index in document.token_range(sentence.start, sentence.end):
        start, _, word = document.tokens[index]
        is_name = document.text[start].isupper() and start > sentence.start and not document.is_in_capitals
        if word[0].isalpha() and not is_name:
            yield f"word:{word[:_LETTERS]}"


def _lexicon(reading: Reading, sentence: Sentence) -> Iterator[str]:
    for match in reading.matches_in(sentence.start, sentence.end):
        for row in match.rows:
            yield f"form:{row.rule_id}" if row.kind == "act" else f"{row.kind}:{row.name}"
            if row.kind == "act":
                yield f"form:{row.sub_event_type}"


def _actors(reading: Reading, sentence: Sentence) -> Iterator[str]:
    for actor in reading.actors_in(sentence.start, sentence.end):
        yield f"class:{actor.inter}"
        for key in actor.actor_ids:
            if key.startswith(_GENERIC):
                yield f"people:{key.removeprefix(_GENERIC)}"


def settle_type(weights: TypeWeights, kind: str, features: Sequence[str]) -> str:
    """The type after weighing: that of the rules, or a likelier one; `none` where the words tell of no incident."""
    scores = weights.scores(features)
    if not scores:
        return kind
    if kind != NO_EVENT:
        scores[kind] += TRUST
    best = max((label for label in scores if label != NO_EVENT), key=lambda label: (scores[label], label))
    if scores[NO_EVENT] > scores[best] + (DOUBT if kind != NO_EVENT else 0.0):
        return NO_EVENT
    return best


def is_weighed(trigger: Trigger) -> bool:
    """Whether the weights found the incident that a trigger tells."""
    return trigger.row.rule_id.startswith(_FOUND)


def turned(trigger: Trigger) -> Trigger:
    """A trigger whose type the weights have turned: its words stay, and its rule is theirs."""
    return replace(trigger, row=replace(trigger.row, rule_id=f"{_FOUND}type"))


def weighed_trigger(reading: Reading, rejected: Sequence[Rejection], weights: TypeWeights) -> Trigger | None:
    """The word that tells the incident of a brief text in which no rule found one; None if the words tell of none.

    A gate that knows why an act is none (planned, denied, long past) stands above all weights. The word is the first form of an act
    of that type, whatever its conditions; without any such word nothing is found.
    """
    if not reading.is_brief or any(each.gate not in _SOFT for each in rejected):
        return None
    kind = settle_type(weights, NO_EVENT, text_features(reading))
    if kind == NO_EVENT:
        return None
    for match in reading.matches:
        for row in match.rows:
            if row.kind == "act" and row.sub_event_type == kind:
                return _trigger(reading, match.start, match.end, row.trigger, kind)
    return None


def _trigger(reading: Reading, start: int, end: int, act: str, kind: str) -> Trigger:
    words = reading.document.folded[start:end]
    row = LexiconRow(f"{_FOUND}{act.replace(' ', '_')}", act, (words,), (Condition("verb", ""),), kind, 0.5)
    return Trigger(start, end, row, reading.document.sentence_at(start))
