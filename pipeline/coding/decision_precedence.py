"""Whose word holds where several coders read one article: adjudicated > accepted human > rules.

What a person decided on the present text speaks for the whole article: incidents that it leaves out are overruled too. What
was decided on an earlier text speaks only for the incidents that are found again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from pipeline.coding.anchors import Stale
from pipeline.coding.decision_rows import CodedEvent, Incident, Stretch
from pipeline.resources.decision_bodies import Adjudication, Coding, NoEvent
from pipeline.resources.decisions import Decision

ReadingDecision = Decision[Coding] | Decision[Adjudication] | Decision[NoEvent]
"""A decision about what one article tells."""

_NOT_COMPARED = frozenset({"notes"})
"""Coded values that no two people write alike."""


@dataclass(frozen=True)
class Reading:
    """One person's whole reading of one article.

    Attributes:
        decision: The decision it comes from.
        verdict: What it says of the article as a whole.
        of_present_text: Whether it was made on the text as it is now.
        events: The incidents coded, none if the article was only judged as a whole.
    """

    decision: ReadingDecision
    verdict: str
    of_present_text: bool
    events: tuple[CodedEvent, ...]

    @property
    def is_remark(self) -> bool:
        """True if it says that the article is relevant and leaves the incidents to others."""
        return isinstance(self.decision.body, NoEvent) and self.verdict == "relevant"

    @property
    def speaks_for_article(self) -> bool:
        """Whether incidents that it does not tell are overruled."""
        found = not any(isinstance(coded.found, Stale) for coded in self.events)
        return self.of_present_text and found and not self.is_remark

    @property
    def reason(self) -> str | None:
        """Why, as the person gave it."""
        body = self.decision.body
        return None if isinstance(body, Coding) else body.reason

    @property
    def incidents(self) -> list[Incident]:
        """The incidents that stand in the present text."""
        return [coded.incident for coded in self.events if coded.incident]


def verdict_of(body: Coding | Adjudication | NoEvent) -> str:
    """What a decision says of the article as a whole."""
    if isinstance(body, NoEvent):
        return body.decision
    return "relevant" if any(event.status != "rejected" for event in body.events) else "no_event"


# -- the same incident ----------------------------------------------------------------------------------------------------------


def same_incidents(upper: Sequence[Incident], lower: Sequence[Incident]) -> set[tuple[int, int]]:
    """Which incidents of two coders are the same, as pairs of indices.

    They are the same if their anchor sentences or the words for what happened overlap; where a sentence tells several, those
    whose words for what happened overlap. An incident that overlaps with none is that of the same day and type, or day and
    place, if there is just one such on each side.
    """
    pairs = {(i, j) for i, incident in enumerate(upper) for j in _overlapping(incident, lower)}
    taken_upper, taken_lower = {i for i, _ in pairs}, {j for _, j in pairs}
    alike = [
        (i, j)
        for i, one in enumerate(upper)
        if i not in taken_upper
        for j, other in enumerate(lower)
        if j not in taken_lower and _alike(one, other)
    ]
    alone = [(i, j) for i, j in alike if sum(k == i for k, _ in alike) == 1 and sum(k == j for _, k in alike) == 1]
    return pairs | set(alone)


def _overlapping(incident: Incident, lower: Sequence[Incident]) -> list[int]:
    mine = incident.triggers or (_anchor(incident),)
    direct = [j for j, other in enumerate(lower) if _any_overlap(mine, other.triggers)]
    if direct:
        return direct
    return [j for j, other in enumerate(lower) if _any_overlap((_anchor(incident),), (_anchor(other), *other.triggers))]


def _anchor(incident: Incident) -> Stretch:
    return "text", *incident.anchor


def _any_overlap(some: Iterable[Stretch], others: Iterable[Stretch]) -> bool:
    listed = list(others)
    return any(part == other and start < until and since < end for part, start, end in some for other, since, until in listed)


def _alike(one: Incident, other: Incident) -> bool:
    if one.event_date is None or one.event_date != other.event_date:
        return False
    if one.place and other.place:
        return one.place == other.place
    return one.sub_event_type is not None and one.sub_event_type == other.sub_event_type


# -- double coding --------------------------------------------------------------------------------------------------------------


def latest_of_each_coder(readings: Iterable[Reading]) -> list[Reading]:
    """The last reading of each coder, in the order in which they were decided."""
    ordered = sorted(readings, key=lambda reading: reading.decision.order)
    return list({reading.decision.coder_id: reading for reading in ordered}.values())


def standing(readings: Sequence[Reading]) -> list[Reading]:
    """Readings that count, in the order in which they were decided.

    Those of the present text stand above those of an earlier one, of which only codings count at all: a judgement on a whole
    article does not outlive its text.
    """
    ordered = sorted(readings, key=lambda reading: reading.decision.order)
    present = [reading for reading in ordered if reading.of_present_text]
    if any(not reading.is_remark for reading in present):
        return present
    return [reading for reading in ordered if reading.of_present_text or isinstance(reading.decision.body, Coding)]


def is_settled(readings: Sequence[Reading]) -> bool:
    """Whether all coders of an article agree on everything but notes and the words they marked."""
    return all(_agree(one, other) for one, other in combinations(readings, 2))


def _agree(one: Reading, other: Reading) -> bool:
    if one.verdict != other.verdict:
        return False
    if one.is_remark or other.is_remark:
        return True
    mine = [coded for coded in one.events if coded.event.status != "rejected"]
    theirs = [coded for coded in other.events if coded.event.status != "rejected"]
    if len(mine) != len(theirs):
        return False
    for coded in mine:
        match = next((candidate for candidate in theirs if _told_alike(coded, candidate)), None)
        if match is None:
            return False
        theirs.remove(match)
    return True


def _told_alike(one: CodedEvent, other: CodedEvent) -> bool:
    if (one.event.status, one.event.is_background) != (other.event.status, other.event.is_background):
        return False
    if any(one.values.get(name) != other.values.get(name) for name in {*one.values, *other.values} - _NOT_COMPARED):
        return False
    if one.incident and other.incident:
        return bool(_any_overlap((_anchor(one.incident),), (_anchor(other.incident),)))
    return one.event.anchor.words == other.event.anchor.words


# -- who overrules whom ---------------------------------------------------------------------------------------------------------


def overruled(reading: Reading, lower: Sequence[Incident]) -> set[str]:
    """Ids of the lower coders' reports that a settled reading replaces.

    An incident that the person left as a candidate replaces nothing, so that what the rules say of it stays in use.
    """
    incidents = reading.incidents
    pairs = same_incidents(incidents, lower)
    closed = {j for i, j in pairs if incidents[i].status != "candidate"}
    left_open = {j for i, j in pairs if incidents[i].status == "candidate"}
    if reading.speaks_for_article:
        closed |= set(range(len(lower))) - left_open
    return {name for j in closed if (name := lower[j].report_id)}


@dataclass(frozen=True)
class Settlement:
    """Whose word holds for one article.

    Attributes:
        superseded: Ids of reports that are overruled.
        waiting: Ids of people's reports that stay candidates because two coders differ.
        counted: The readings of people that count, adjudications apart.
        holder: The reading that holds among these; None if they differ or there is none.
        last_word: The adjudication, if there is one.
    """

    superseded: frozenset[str]
    waiting: frozenset[str]
    counted: tuple[Reading, ...]
    holder: Reading | None
    last_word: Reading | None


def settle(people: Sequence[Reading], last_word: Reading | None, rules: Sequence[Incident]) -> Settlement:
    """Whose word holds, given the last reading of each coder, the adjudication and the rules' incidents."""
    counted = standing(people)
    left_out = [reading for reading in people if reading not in counted]
    superseded = set(_report_ids(left_out))
    holder, waiting = None, set[str]()
    if not is_settled(counted):
        waiting = set(_report_ids(counted))
    elif counted:
        holder = next((reading for reading in counted if not reading.is_remark), counted[0])
        superseded |= {*_report_ids([reading for reading in counted if reading is not holder]), *overruled(holder, rules)}
    if last_word:
        lower = [*rules, *(incident for reading in people for incident in reading.incidents)]
        superseded |= overruled(last_word, lower)
    return Settlement(frozenset(superseded), frozenset(waiting - superseded), tuple(counted), holder, last_word)


def _report_ids(readings: Iterable[Reading]) -> list[str]:
    return [coded.report_id for reading in readings for coded in reading.events if coded.report_id]
