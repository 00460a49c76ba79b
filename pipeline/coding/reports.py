"""From incidents to rows: what is background, and what each value rests on."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.coding.calendar_dates import TimeMention
from pipeline.coding.certainty import confidence_of, review_codes
from pipeline.coding.classes import ARMED
from pipeline.coding.countries import CountryFinder
from pipeline.coding.crowds import find_crowd_size
from pipeline.coding.deaths import Deaths, count_dead, count_injured
from pipeline.coding.incidents import Incident
from pipeline.coding.kinds import decide_type
from pipeline.coding.news import anchor_sentence, main_day
from pipeline.coding.novelty import is_kind
from pipeline.coding.parties import find_buried, find_crowd_and_force, find_displaced, find_sides
from pipeline.coding.places import Scene, SceneFinder
from pipeline.coding.reading import Reading
from pipeline.coding.report_values import (
    CROWD_FIRST,
    allied_phrases,
    decisive_trigger,
    initiator_of,
    on_one_line,
    phrase_of,
    rule_of_place,
)
from pipeline.coding.scenes import SceneSettler
from pipeline.coding.splitting import share_of
from pipeline.coding.tags import tags_of
from pipeline.coding.targets import find_targets
from pipeline.coding.times import TimeSettler
from pipeline.coding.triggers import Rejection, Trigger, attribution_of
from pipeline.coding.undated import UNDATED_GATES, is_specific
from pipeline.coding.weapons import owner_of_disrupted, who_was_hit
from pipeline.coding.weighing import features_of, is_weighed, settle_type, turned
from pipeline.resources.actors import ActorMention
from pipeline.resources.bundle import Resources
from pipeline.resources.countries import CountryFacts
from pipeline.resources.type_weights import NO_EVENT, TypeWeights
from pipeline.settings import Settings
from schemas.columns import TARGET
from schemas.identity import report_id
from schemas.taxonomy import SUB_EVENT_TYPES

Row = dict[str, Any]

LONGEST_EVIDENCE = 12
_MOST_OF_ONE = 50
"""Victims above which a figure without day and place is hardly that of one incident."""
_LEDE = 2
"""Number of the last sentence that opens an article."""
_NO_DATE: Row = {"event_date": None, "event_date_end": None, "time_precision": None}
_RECENT = dt.timedelta(days=62)
_TRIGGERS_SHOWN = 3
_REMOTE, _DISRUPTED = "Explosions/Remote violence", "Disrupted weapons use"


@dataclass
class Report:
    """One row of rule_reports and the evidence for it."""

    row: Row
    evidence: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class ReportWriter:
    """Writes the reports of one article."""

    article_id: str
    reading: Reading
    countries: CountryFacts
    country_finder: CountryFinder
    settler: SceneSettler
    times: TimeSettler
    settings: Settings
    main_day: dt.date | None
    weights: TypeWeights

    @classmethod
    def of(
        cls,
        article_id: str,
        source_country: str | None,
        finder: SceneFinder,
        resources: Resources,
        incidents: Sequence[Incident],
        settings: Settings,
    ) -> ReportWriter:
        """A writer for an article, of which all incidents are known."""
        reading = finder.reading
        return cls(
            article_id,
            reading,
            resources.countries,
            CountryFinder(reading, resources.gazetteer, resources.actors, resources.countries, source_country),
            SceneSettler(finder, incidents),
            TimeSettler(reading, incidents),
            settings,
            main_day(reading, incidents),
            resources.type_weights,
        )

    # Background

    def is_background(self, incident: Incident) -> bool:
        """Whether the incident lies before the day of the article's news, is only spoken of or told beside the news."""
        if incident.is_recalled or incident.is_undated or incident.is_aside:
            return True
        time = incident.time
        if time is None or time.day is None or self.main_day is None:
            return False
        return (time.last or time.day) < self.main_day

    def background_gate(self, incident: Incident) -> str | None:
        """The gate that a background incident fails: it needs a firm day, and a place finer than the country."""
        time, reference = incident.time, self.reading.reference
        if not self.settings.coding.background:
            return "background"
        if incident.is_undated:
            return None
        if time is None or time.day is None:
            return "undated_past"
        is_recent = reference is not None and reference - time.day <= _RECENT
        if not (time.kind in ("explicit", "month") or (time.kind in ("weekday", "relative") and is_recent)):
            return "undated_past"
        if incident.scene:
            return None
        country = self.country_finder.country(incident, None)
        return None if self.settler.settle(incident, country) or country else "no_place"

    def news_gate(self, incident: Incident) -> str | None:
        """The gate that a newly reported incident fails.

        Without a day it is news only where an article opens, if its place or whom it met is told, or if its victims are counted;
        more of them than one incident has are the sum of many. With a day that stands beside it, or that another incident lends it,
        it needs a place as well.
        """
        if (incident.time and not incident.is_inherited) or (incident.scene and self.times.settle(incident)):
            return None
        if any(0 < toll.value <= _MOST_OF_ONE and toll.basis == "stated" for toll in incident.tolls):
            return None
        opens = anchor_sentence(self.reading, incident) <= _LEDE
        met = (target for target in find_targets(self.reading, incident) if not is_kind(self.reading, target))
        is_full = self.reading.is_brief or incident.scene or any(met)
        return None if opens and is_full else "no_day_no_place"

    # Values

    def rule_type(self, incident: Incident, agent: ActorMention | None, patient: ActorMention | None) -> str:
        """The type by the rules alone."""
        reading = self.reading
        spans = range(len(reading.sentences)) if reading.is_brief else sorted({trigger.sentence for trigger in incident.triggers})
        sentences = [reading.sentences[number] for number in spans]
        return decide_type(
            [trigger.row for trigger in incident.triggers],
            agent_class=agent.inter if agent else None,
            patient_class=patient.inter if patient else None,
            is_anyone_hurt=any(toll.value for toll in incident.tolls),
            has_victims=patient is not None or any(toll.value for toll in incident.tolls),
            is_peaceful_transfer=any(reading.has_cue("peaceful_transfer", each.start, each.end) for each in sentences),
        )

    def features(self, incident: Incident, kind: str, agent: ActorMention | None, patient: ActorMention | None) -> list[str]:
        """What the sentences of an incident show."""
        return features_of(
            self.reading,
            sorted({trigger.sentence for trigger in incident.triggers}),
            kind,
            triggers=incident.triggers,
            agent=agent,
            patient=patient,
            is_anyone_hurt=any(toll.value for toll in incident.tolls),
        )

    def settled(self, incident: Incident, agent: ActorMention | None, patient: ActorMention | None) -> tuple[str, Trigger]:
        """The type by the rules and, in a brief text, by what else stands in it, and the trigger that it rests on.

        The type is `none` if what the sentences say tells of no incident.
        """
        told = self.rule_type(incident, agent, patient)
        if not self.reading.is_brief or is_weighed(incident.triggers[0]):
            return told, decisive_trigger(incident, told)
        kind = settle_type(self.weights, told, self.features(incident, told, agent, patient))
        decisive = decisive_trigger(incident, kind)
        return kind, decisive if kind == told else turned(decisive)

    def dates(self, time: TimeMention | None) -> Row:
        """The date columns. Without any time an incident is of the day before R, give or take one (codebook 4.2)."""
        reference = self.reading.reference
        if time and time.day:
            last = time.last if time.last and time.last > time.day else None
            return {"event_date": time.day, "event_date_end": last, "time_precision": time.precision}
        if reference is None:
            return _NO_DATE
        return {"event_date": reference - dt.timedelta(days=1), "event_date_end": reference, "time_precision": 2}

    # Rows

    def kind_and_sides(self, incident: Incident, following: int) -> tuple[str, Trigger, ActorMention | None, ActorMention | None]:
        """The type, the trigger that it rests on, and the two sides as that type asks for them."""
        agent, patient = find_sides(self.reading, self.countries, incident, following)
        kind, decisive = self.settled(incident, agent, patient)
        if kind == NO_EVENT:
            return kind, decisive, agent, patient
        if SUB_EVENT_TYPES[kind].event_type in CROWD_FIRST:
            agent, patient = find_crowd_and_force(self.reading, incident)
        if kind == _DISRUPTED and (patient is None or patient.inter not in ARMED):
            patient = owner_of_disrupted(self.reading, self.countries, incident, agent) or patient
        if patient is None and SUB_EVENT_TYPES[kind].event_type == _REMOTE:
            patient = who_was_hit(self.reading, self.countries, incident, agent)
        match decisive.row.trigger:
            case "displacement":
                agent, patient = find_displaced(incident)
            case "mass grave":
                agent, patient = find_buried(self.reading, self.countries, incident)
        return kind, decisive, agent, patient

    def report(self, incident: Incident, following: int, ordinals: dict[int, int]) -> Report | None:
        """The row of an incident with its evidence; None if its words, weighed together, tell of none.

        Args:
            incident: The incident.
            following: Sentence in which the next incident begins.
            ordinals: How many incidents each anchor has so far.
        """
        kind, decisive, agent, patient = self.kind_and_sides(incident, following)
        if kind == NO_EVENT:
            return None
        anchor = self.reading.sentences[anchor_sentence(self.reading, incident)]
        ordinal = ordinals.get(anchor.start, 0)
        ordinals[anchor.start] = ordinal + 1
        identity = report_id(self.article_id, "rules", anchor.start, ordinal)
        is_crowd = SUB_EVENT_TYPES[kind].event_type in CROWD_FIRST
        crowd = find_crowd_size(self.reading, incident) if is_crowd else None
        time = None if incident.is_undated else self.times.settle(incident)
        countries = self.country_finder
        scene = self.settler.settle(incident, countries.country(incident, None), countries.beside_dateline(incident))
        deaths = count_dead(self.reading, incident.tolls, agent, patient, self.article_id)
        is_background = self.is_background(incident)
        confidence = confidence_of(incident, scene, decisive, agent or patient, is_background=is_background)
        row: Row = {
            "report_id": identity,
            "article_id": self.article_id,
            "coder_kind": "rules",
            "coder_id": None,
            "codebook_version": self.settings.coding.codebook_version,
            "anchor_start": anchor.start,
            "anchor_end": anchor.end,
            "anchor_ordinal": ordinal,
            "status": "candidate",
            "is_background": is_background,
            **(_NO_DATE if incident.is_undated else self.dates(time)),
            "sub_event_type": kind,
            "actor1_mention": phrase_of(agent),
            "assoc_actor_1_mention": allied_phrases(self.reading, agent, patient),
            "actor2_mention": phrase_of(patient),
            "assoc_actor_2_mention": allied_phrases(self.reading, patient, agent),
            "initiator": initiator_of(self.reading, kind, incident, agent, patient),
            "location_mention": on_one_line(scene.phrase) if scene else None,
            "location_relation": scene.relation if scene else None,
            "country": self.country_finder.country(incident, scene),
            "admin1": self.settler.finder.unit_around(scene) if scene else None,
            "latitude": None,
            "longitude": None,
            **share_of(deaths.columns, incident, self.article_id),
            "injured": count_injured(incident.tolls),
            "crowd_size": crowd.value if crowd else None,
            "tags": tags_of(self.reading, incident, kind, patient, crowd),
            "notes": None,
            "confidence": confidence,
            "needs_review": review_codes(self.reading, incident, time, scene, deaths, agent, confidence),
        }
        report = Report(row, self.evidence(row, incident, decisive, agent, patient, time, scene, deaths))
        if crowd:
            self._add(report.evidence, row, "crowd_size", crowd.start, crowd.end, "crowd.size", str(crowd.value))
        return report

    def evidence(
        self,
        row: Row,
        incident: Incident,
        decisive: Trigger,
        agent: ActorMention | None,
        patient: ActorMention | None,
        time: TimeMention | None,
        scene: Scene | None,
        deaths: Deaths,
    ) -> list[Row]:
        """The words that carry each value."""
        found: list[Row] = []
        others = (trigger for trigger in incident.triggers if trigger.start != decisive.start)
        triggers = [decisive, *others][:_TRIGGERS_SHOWN]
        for trigger in triggers:
            self._add(found, row, "sub_event_type", trigger.start, trigger.end, trigger.row.rule_id, row["sub_event_type"])
        if time:
            self._add(found, row, "event_date", time.start, time.end, time.rule_id, str(row["event_date"]))
        for name, actor in (("actor1", agent), ("actor2", patient)):
            if actor:
                self._add(found, row, name, actor.start, actor.end, f"role.{name}", on_one_line(actor.phrase))
        if scene:
            self._add(found, row, "location", scene.start, scene.end, rule_of_place(scene), on_one_line(scene.phrase))
        for toll in deaths.tolls:
            self._add(found, row, "fatalities", toll.start, toll.end, f"toll.{toll.what}", str(toll.value))
            people = self.reading.document.text[toll.people_start : toll.people_end]
            if people:
                self._add(found, row, "victims", toll.people_start, toll.people_end, "toll.people", on_one_line(people))
        for target in find_targets(self.reading, incident):
            words = self.reading.document.text[target.start : target.end]
            self._add(found, row, TARGET, target.start, target.end, "role.target", on_one_line(words))
        wounded = next((toll for toll in incident.tolls if toll.what == "wounded"), None)
        if wounded and row["injured"] is not None:
            self._add(found, row, "injured", wounded.start, wounded.end, "toll.wounded", str(row["injured"]))
        return found

    def _add(self, found: list[Row], row: Row, name: str, start: int, end: int, rule_id: str, value: str) -> None:
        tokens = self.reading.document.token_range(start, end)
        if len(tokens) > LONGEST_EVIDENCE:
            end = self.reading.document.tokens[tokens[LONGEST_EVIDENCE - 1]].end
        part, first, last = self.reading.document.origin(start, end)
        found.append(
            {
                "report_id": row["report_id"],
                "field": name,
                "ordinal": sum(each["field"] == name for each in found),
                "part": part,
                "start": first,
                "end": last,
                "rule_id": rule_id,
                "attribution": attribution_of(self.reading, start, end),
                "value": value,
            }
        )


def _with_following(reading: Reading, incidents: Sequence[Incident]) -> list[tuple[Incident, int]]:
    """Each incident, and the sentence in which the next one begins."""
    begins = [*sorted({incident.triggers[0].sentence for incident in incidents}), reading.document.title_sentence]
    places = (bisect_right(begins, incident.triggers[0].sentence, 0, len(begins) - 1) for incident in incidents)
    return [(incident, begins[place]) for incident, place in zip(incidents, places, strict=True)]


def incident_features(writer: ReportWriter, incidents: Sequence[Incident]) -> list[list[str]]:
    """What the weights see of each incident, in order."""
    found = []
    for incident, following in _with_following(writer.reading, incidents):
        agent, patient = find_sides(writer.reading, writer.countries, incident, following)
        found.append(writer.features(incident, writer.rule_type(incident, agent, patient), agent, patient))
    return found


def write_reports(writer: ReportWriter, incidents: Sequence[Incident]) -> tuple[list[Report], list[Rejection]]:
    """Reports of an article in the order of their anchors, and the triggers of incidents that are background without a firm day."""
    reading = writer.reading
    reports: list[Report] = []
    dropped: list[Rejection] = []
    ordinals: dict[int, int] = {}
    for incident, following in _with_following(reading, incidents):
        gate = writer.background_gate(incident) if writer.is_background(incident) else writer.news_gate(incident)
        if writer.settings.coding.background and gate in UNDATED_GATES and is_specific(reading, incident):
            incident.is_undated, incident.is_aside = gate == "undated_past", gate == "no_day_no_place"
            gate = None
        report = None if gate else writer.report(incident, following, ordinals)
        if report:
            reports.append(report)
        else:
            dropped += [Rejection(trigger, gate or "weighed") for trigger in incident.triggers]
    return sorted(reports, key=lambda report: (report.row["anchor_start"], report.row["anchor_ordinal"])), dropped
