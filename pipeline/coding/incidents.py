"""From triggers to incidents: an act told again is the same incident, another day or place another one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.coding.act_times import ActTimes
from pipeline.coding.attachment import head_times
from pipeline.coding.calendar_dates import TimeMention
from pipeline.coding.founding import PAST_PERFECT, PLAIN, birth_gate, time_gate, year_gate
from pipeline.coding.items import Item, find_items
from pipeline.coding.kinship import kinship
from pipeline.coding.novelty import is_introduced
from pipeline.coding.places import Scene, SceneFinder, are_compatible, is_finer
from pipeline.coding.reading import Reading
from pipeline.coding.roles import Roles, read_roles
from pipeline.coding.toll import Toll
from pipeline.coding.tolls import share_tolls
from pipeline.coding.triggers import Rejection, Trigger
from pipeline.resources.gazetteer import Gazetteer

_TELLING = frozenset(("protest", "riot", "explosion"))
"""Acts whose people and weapons alone tell of them."""
_KINDS_IN_ORDER = ("explicit", "weekday", "relative", "month", "vague")
_REMEMBERED = 12
"""Incidents told last that an act may tell again, beside the first."""


class Share(NamedTuple):
    """One of several incidents that one list of places or days tells of.

    Attributes:
        number: Position in the list, from 0.
        size: How many there are.
    """

    number: int
    size: int


@dataclass
class Incident:
    """One incident as an article tells it, while it is put together.

    Attributes:
        triggers: Words that tell it, in order.
        roles: Parts of each trigger.
        tolls: What it cost.
        time: The time that dates it.
        scene: Its place.
        acts: Names of its acts.
        is_generic: Whether only words such as `killed` tell it, which any violence may be meant by.
        is_inherited: Whether its time is that of the incident told before it.
        item: Item of a list that tells it.
        share: Its part of what a list of places or days tells; None if it stands alone.
        is_undated: Whether it is recalled without a day that could be coded.
        is_aside: Whether it is told beside the news, and nothing says when.
    """

    triggers: list[Trigger] = field(default_factory=list)
    roles: list[Roles] = field(default_factory=list)
    tolls: list[Toll] = field(default_factory=list)
    time: TimeMention | None = None
    scene: Scene | None = None
    acts: set[str] = field(default_factory=set)
    is_generic: bool = True
    is_inherited: bool = False
    item: Item | None = None
    share: Share | None = None
    is_undated: bool = False
    is_aside: bool = False

    @property
    def last_sentence(self) -> int:
        """Sentence that told of it last."""
        return self.triggers[-1].sentence

    @property
    def is_recalled(self) -> bool:
        """Whether the text only speaks of it as of something known."""
        return all(trigger.is_recalled for trigger in self.triggers)

    def add(self, gazetteer: Gazetteer, trigger: Trigger, roles: Roles, times: Sequence[TimeMention], scene: Scene | None) -> None:
        """Take in one more trigger. The firmest time dates the incident, its scene is the first of the finest places."""
        self.triggers.append(trigger)
        self.roles.append(roles)
        self.acts.add(trigger.row.trigger)
        self.is_generic &= (trigger.row.has("generic") and trigger.row.trigger in PLAIN) or trigger.row.has("weak")
        for time in times:
            if time.day is None or not _same_time(time, self.time):
                continue
            if self.time is None or self.is_inherited or _firmness(time) < _firmness(self.time):
                self.time, self.is_inherited = time, False
        if scene and (self.scene is None or _is_firmer(gazetteer, scene, self.scene)):
            self.scene = scene


def _is_firmer(gazetteer: Gazetteer, scene: Scene, other: Scene) -> bool:
    """Whether a scene says more than another: a town of it, known to the gazetteer, the very place and not what lies about it."""
    if other.basis == "heading":
        return True
    if is_finer(gazetteer, scene, other) or is_finer(gazetteer, other, scene):
        return is_finer(gazetteer, scene, other)
    if scene.phrase.casefold() == other.phrase.casefold():
        return scene.relation == "in" and other.relation == "near"
    return bool(scene.place_ids) and not other.place_ids


def _firmness(time: TimeMention) -> tuple[int, int]:
    """How firm a time is, the lowest first: a day before a month."""
    return max(time.precision, 2), _KINDS_IN_ORDER.index(time.kind)


def _days(time: TimeMention) -> tuple[dt.date, dt.date] | None:
    if time.day is None:
        return None
    if time.precision == 1:
        return time.day, time.last or time.day
    # A vague time overlaps what lies some days about it.
    margin = dt.timedelta(days=4 if time.precision == 2 else 16)
    return time.day - margin, (time.last or time.day) + margin


def _same_time(one: TimeMention | None, other: TimeMention | None) -> bool:
    first, second = _days(one) if one else None, _days(other) if other else None
    return first is None or second is None or (first[0] <= second[1] and second[0] <= first[1])


def _find_incident(
    reading: Reading,
    gazetteer: Gazetteer,
    trigger: Trigger,
    time: TimeMention | None,
    scene: Scene | None,
    item: Item | None,
    incidents: Sequence[Incident],
) -> Incident | None:
    """The incident that a trigger tells again, or None."""
    best: tuple[float, int, Incident] | None = None
    # The first incident and the latest ones: an article goes back to its news, not to everything that it told on the way.
    first_recent = max(1, len(incidents) - _REMEMBERED)
    considered = [*enumerate(incidents[:1]), *enumerate(incidents[first_recent:], first_recent)]
    latest = max((incident.last_sentence for _, incident in considered), default=-1)
    for order, incident in considered:
        fit = kinship(trigger, incident, is_brief=reading.is_brief)
        if not fit or item is not incident.item or not _same_time(time, incident.time):
            continue
        # A vague adverb dates the article's own news and nothing else.
        if time and time.kind == "vague" and order > 0:
            continue
        is_same_sentence = incident.last_sentence == trigger.sentence
        if _is_new(reading, trigger, time, scene, incident):
            continue
        if not _may_share_scene(gazetteer, trigger, scene, incident, is_same_sentence=is_same_sentence):
            continue
        score = (
            min(fit, 2.0)
            + 3 * is_same_sentence
            + 2 * (incident.last_sentence == latest)
            + (incident.last_sentence == latest and _is_near(reading, trigger, incident))
            + (order == 0)
            + 2 * bool(time and incident.time and time.kind == incident.time.kind)
        )
        if best is None or (score, order) > best[:2]:
            best = (score, order, incident)
    return best[2] if best else None


def _is_new(reading: Reading, trigger: Trigger, time: TimeMention | None, scene: Scene | None, incident: Incident) -> bool:
    """Whether an act with a day and a place of its own that the incident does not name meets somebody who is new."""
    if incident.is_recalled:
        return False
    is_elsewhere = scene and not (incident.scene and scene.phrase.casefold() == incident.scene.phrase.casefold())
    return bool(time or is_elsewhere) and is_introduced(reading, trigger, incident.triggers)


def _is_near(reading: Reading, trigger: Trigger, incident: Incident) -> bool:
    """Whether an incident was told last in the paragraph of a trigger."""
    return reading.sentences[trigger.sentence].paragraph == reading.sentences[incident.last_sentence].paragraph


def _may_share_scene(
    gazetteer: Gazetteer, trigger: Trigger, scene: Scene | None, incident: Incident, *, is_same_sentence: bool
) -> bool:
    if scene is None or incident.scene is None:
        return True
    # `tossed into a bar at Nkwen in Bamenda killed two`: words of one breath tell one incident.
    if is_same_sentence and trigger.row.has("generic") and not (scene.place_ids and incident.scene.place_ids):
        return True
    return are_compatible(gazetteer, scene, incident.scene)


class _Gatherer:
    """Puts together the incidents of one text."""

    def __init__(self, finder: SceneFinder, triggers: Sequence[Trigger]) -> None:
        reading, gazetteer = finder.reading, finder.gazetteer
        self.reading, self.gazetteer, self.finder = reading, gazetteer, finder
        self.items = find_items(reading, gazetteer)
        self.first_acts: dict[int, Trigger] = {}
        for trigger in triggers:
            if not trigger.row.has("weak"):
                self.first_acts.setdefault(trigger.sentence, trigger)
        self.act_times = ActTimes(reading, head_times(reading, triggers), self.first_acts)
        self._times_by_sentence: dict[int, list[TimeMention]] = {}
        for trigger in triggers:
            dated = [time for time in self.act_times.heads.get(trigger.start, ()) if time.day]
            self._times_by_sentence.setdefault(trigger.sentence, []).extend(dated)
        self.incidents: list[Incident] = []
        self.rejected: list[Rejection] = []

    def own_times(self, trigger: Trigger) -> list[TimeMention]:
        """The times of a trigger, those counted from the incident told before with their day."""
        return self.act_times.of(trigger, self._anchor())

    def _anchor(self) -> dt.date | None:
        latest = max(self.incidents[-_REMEMBERED:], key=lambda each: each.last_sentence, default=None)
        return latest.time.day if latest and latest.time else None

    def take(self, trigger: Trigger, *, may_be_weak: bool = False) -> None:
        """Puts a trigger into the incident that it tells, or a new one; a weak one founds none unless it may."""
        reading = self.reading
        own = self.own_times(trigger)
        if gate := time_gate(own, reading.reference) or year_gate(reading, trigger, own):
            self.rejected.append(Rejection(trigger, gate))
            return
        time = _nearest_time(reading, trigger, own)
        scene = self.finder.find(trigger, self.first_acts.get(trigger.sentence))
        if self.incidents and (reading.tells_late_death(trigger.start, trigger.end) or self.act_times.is_recalled(trigger)):
            # Who dies of wounds dies of what the text told before, whenever and wherever that was.
            own, time, scene = [], None, None
        item = self.items.get(reading.sentences[trigger.sentence].paragraph)
        is_weak = trigger.row.has("weak")
        known = self.incidents
        incident = (
            None
            if trigger.is_separate and not is_weak
            else _find_incident(reading, self.gazetteer, trigger, time, scene, item, known)
        )
        # What the text says again adds the day to an act that has none, and nothing else.
        if trigger.is_echo and (incident is None or time is None or (incident.time and not incident.is_inherited)):
            self.rejected.append(Rejection(trigger, "echo"))
            return
        if incident is None:
            if self._is_outcome(trigger):
                self.rejected.append(Rejection(trigger, "outcome"))
                return
            if (
                gate := None
                if may_be_weak
                else birth_gate(reading, trigger, time, is_first=not known, is_located=scene is not None)
            ):
                self.rejected.append(Rejection(trigger, gate))
                return
            incident = self._new(trigger, time, item)
        fitting = [time, *(each for each in own if each is not time and _same_time(each, time))] if time else own
        incident.add(self.gazetteer, trigger, read_roles(reading, trigger), fitting, scene)

    def _is_outcome(self, trigger: Trigger) -> bool:
        """Whether a participle tells what the act before it in the sentence came to: `drones struck a camp, killing 14`."""
        tokens, index = self.reading.document.tokens, self.reading.document.token_at(trigger.start)
        is_harm = bool(self.reading.cue_spans(trigger.start, trigger.end, "death", "wound"))
        is_participle = tokens[index].word.endswith(self.reading.language.active_endings)
        if not (is_participle and is_harm) or index == 0 or tokens[index - 1].word != ",":
            return False
        last = self.incidents[-1] if self.incidents else None
        # An act of the same kind that makes one of its own is told of another place or day.
        return (
            last is not None
            and last.last_sentence == trigger.sentence
            and not kinship(trigger, last, is_brief=self.reading.is_brief)
        )

    def take_from_title(self, trigger: Trigger) -> None:
        """Puts a trigger of the title into the incident that it tells, the first if several fit.

        A title only says again what the text tells: it gives what the text lacks, and no second report. It founds an incident only
        over a text of few sentences; what a longer one never tells did not happen as its title has it.
        """
        if not self.incidents and self.reading.is_brief:
            self.take(trigger)
            return
        scene = self.finder.find(trigger, self.first_acts.get(trigger.sentence))
        own = self.own_times(trigger)
        fitting = [
            (-kinship(trigger, incident, is_brief=self.reading.is_brief), order)
            for order, incident in enumerate(self.incidents[:_REMEMBERED])
            if kinship(trigger, incident, is_brief=self.reading.is_brief)
            and not any(not _same_time(time, incident.time) for time in own)
            and _may_share_scene(self.gazetteer, trigger, scene, incident, is_same_sentence=False)
        ]
        if fitting:
            self.incidents[min(fitting)[1]].add(self.gazetteer, trigger, read_roles(self.reading, trigger), own, scene)
        else:
            self.rejected.append(Rejection(trigger, "headline"))

    def take_weak_ones(self) -> None:
        """Takes `rioters`, `bomb` or `had been shot` for news where a brief text has no firmer word for what happened."""
        waiting = [
            each
            for each in self.rejected
            if each.gate == PAST_PERFECT or (each.gate == "weak_alone" and each.trigger.row.trigger in _TELLING)
        ]
        for rejection in waiting:
            self.rejected.remove(rejection)
            self.take(rejection.trigger, may_be_weak=True)

    def _new(self, trigger: Trigger, time: TimeMention | None, item: Item | None) -> Incident:
        inherited = None if time else self._inherited(trigger, item)
        made = Incident(time=inherited, is_inherited=inherited is not None, item=item, scene=item.scene if item else None)
        self.incidents.append(made)
        return made

    def _inherited(self, trigger: Trigger, item: Item | None) -> TimeMention | None:
        """The time of an act that has none: the only one of its sentence, of its item, of the incident told just before."""
        days = {time.day: time for time in self._times_by_sentence.get(trigger.sentence, ()) if not time.is_since}
        if len(days) == 1:
            return next(iter(days.values()))
        return item.time if item else _inherited(self.reading, trigger, self.incidents)


def gather_incidents(finder: SceneFinder, triggers: Sequence[Trigger]) -> tuple[list[Incident], list[Rejection]]:
    """The incidents of a text in the order in which they are first told, and the triggers that make none."""
    gatherer = _Gatherer(finder, triggers)
    reading = finder.reading
    title = reading.document.title_sentence
    for trigger in triggers:
        if trigger.sentence < title:
            gatherer.take(trigger)
        else:
            gatherer.take_from_title(trigger)
    if reading.is_brief and not gatherer.incidents:
        gatherer.take_weak_ones()
    share_tolls(reading, gatherer.incidents)
    return gatherer.incidents, gatherer.rejected


def _nearest_time(reading: Reading, trigger: Trigger, times: Sequence[TimeMention]) -> TimeMention | None:
    """The day that stands nearest to an act, after it rather than before; none that is still to come if another is not."""
    reference = reading.reference
    dated = [time for time in times if time.day]
    past = [time for time in dated if reference is None or (time.day and time.day <= reference + dt.timedelta(days=1))]

    def distance(time: TimeMention) -> tuple[int, int]:
        if time.start >= trigger.end:
            return reading.distance(trigger.end, time.start), time.start
        return reading.distance(time.end, trigger.start) + 1, time.start

    return min(past or dated, key=distance, default=None)


def _inherited(reading: Reading, trigger: Trigger, incidents: Sequence[Incident]) -> TimeMention | None:
    """The time of the incident told just before, if no paragraph lies between; never that of one which is only recalled."""
    told = [each for each in incidents[-_REMEMBERED:] if not each.is_recalled]
    if not told:
        return None
    latest = max(told, key=lambda each: each.last_sentence)
    here = reading.sentences[trigger.sentence].paragraph
    return latest.time if here - reading.sentences[latest.last_sentence].paragraph <= 1 else None
