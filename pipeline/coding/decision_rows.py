"""Incidents coded by a person, as rows of coded_reports and coded_evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.coding.anchors import Anchor, Stale, find_span
from pipeline.resources.decision_bodies import Adjudication, Coding, EventCoding, EventValues
from pipeline.resources.decision_parts import Span
from pipeline.resources.decisions import Decision
from schemas.identity import report_id

Row = dict[str, Any]
Stretch = tuple[str, int, int]
"""Part of the article, first code point and the one after the last."""

_MENTIONS = {
    "actor1": "actor1_mention",
    "assoc_actor_1": "assoc_actor_1_mention",
    "actor2": "actor2_mention",
    "assoc_actor_2": "assoc_actor_2_mention",
    "location": "location_mention",
}
"""Values that locate resolves stand in coded_reports as mentions."""

TRIGGER = "sub_event_type"
"""Field whose evidence is the words that tell what happened."""


@dataclass(frozen=True)
class Article:
    """What is needed of an article to find words in it."""

    article_id: str
    title: str | None
    text: str
    content_hash: str
    is_quarantined: bool

    def find(self, span: Span, content_hash: str | None) -> Anchor | Stale:
        """Where the words of a span stand now, if they were marked in a text of that hash."""
        if self.is_quarantined:
            return Stale("the article is quarantined")
        if span.part == "title":
            return find_span(span, self.title)
        return find_span(span, self.text, unchanged=content_hash == self.content_hash)


@dataclass(frozen=True)
class Incident:
    """One incident as one coder tells it: what is needed to see that two coders mean the same.

    Attributes:
        report_id: Its report; None for a rejected incident that makes no row.
        status: Of the report.
        anchor: Sentence that tells it, [start, end) of the text.
        triggers: Words that tell what happened.
        event_date: Day, type and place as coded.
        sub_event_type: See event_date.
        place: See event_date; lower case.
    """

    report_id: str | None
    status: str
    anchor: tuple[int, int]
    triggers: tuple[Stretch, ...]
    event_date: Any
    sub_event_type: str | None
    place: str | None


@dataclass(frozen=True)
class CodedEvent:
    """One event of a coding, found in the present text or stale.

    Attributes:
        event: As coded.
        found: Where its anchor stands now.
        values: Coded columns of its report.
        report: Row of coded_reports; None if it is stale or rejected without a type.
        evidence: Rows of coded_evidence.
    """

    event: EventCoding
    found: Anchor | Stale
    values: Row
    report: Row | None
    evidence: tuple[Row, ...]

    @property
    def report_id(self) -> str | None:
        """Id of its report, if it makes one."""
        return str(self.report["report_id"]) if self.report else None

    @property
    def incident(self) -> Incident | None:
        """The event for comparison with others; None if it is stale."""
        if isinstance(self.found, Stale):
            return None
        triggers = tuple(_stretch(row) for row in self.evidence if row["field"] == TRIGGER)
        return Incident(
            self.report_id,
            self.event.status,
            (self.found.start, self.found.end),
            triggers,
            self.values.get("event_date"),
            self.values.get("sub_event_type"),
            fold_place(self.values.get("location_mention")),
        )


def incident_of(report: Row, evidence: Sequence[Row]) -> Incident:
    """A row of coded_reports with its evidence, for comparison with others."""
    return Incident(
        report["report_id"],
        report["status"],
        (report["anchor_start"], report["anchor_end"]),
        tuple(_stretch(row) for row in evidence if row["field"] == TRIGGER),
        report["event_date"],
        report["sub_event_type"],
        fold_place(report["location_mention"]),
    )


def takes_part(report: Row) -> bool:
    """Whether a report is matched: accepted by a person, or found by the rules and overruled by nobody."""
    return report["status"] == "accepted" or (report["status"] == "candidate" and report["coder_kind"] in ("rules", "legacy"))


def fold_place(name: str | None) -> str | None:
    """The name of a place for comparison."""
    return name.casefold() if name else None


def _stretch(row: Row) -> Stretch:
    return row["part"], row["start"], row["end"]


def code_events(decision: Decision[Coding] | Decision[Adjudication], article: Article) -> list[CodedEvent]:
    """Every event of a coding or adjudication with its rows, in the order in which the coder gave them."""
    ordinals: Counter[int] = Counter()
    coded = []
    for event in decision.body.events:
        found = article.find(event.anchor, decision.content_hash)
        if isinstance(found, Stale) or event.values.sub_event_type is None:
            coded.append(CodedEvent(event, found, _values(event.values), None, _anchor_evidence(found)))
            continue
        coded.append(_coded(decision, article, event, found, ordinals[found.start]))
        ordinals[found.start] += 1
    return coded


def _anchor_evidence(found: Anchor | Stale) -> tuple[Row, ...]:
    if isinstance(found, Stale):
        return ()
    return ({"field": TRIGGER, "part": "text", "start": found.start, "end": found.end},)


def _coded(
    decision: Decision[Coding] | Decision[Adjudication], article: Article, event: EventCoding, found: Anchor, ordinal: int
) -> CodedEvent:
    values = _values(event.values)
    coder_kind = "adjudicated" if isinstance(decision.body, Adjudication) else "human"
    coder = coder_kind if coder_kind == "adjudicated" else f"human:{decision.coder_id}"
    name = report_id(article.article_id, coder, found.start, ordinal)
    evidence, lost = _evidence(decision, article, event, found, name)
    reasons = (["evidence_stale"] if lost else []) + (["text_changed"] if decision.content_hash != article.content_hash else [])
    report = {
        "report_id": name,
        "article_id": article.article_id,
        "coder_kind": coder_kind,
        "coder_id": decision.coder_id,
        "codebook_version": decision.codebook_version,
        "anchor_start": found.start,
        "anchor_end": found.end,
        "anchor_ordinal": ordinal,
        "status": event.status,
        "is_background": event.is_background,
        "confidence": event.confidence,
        "needs_review": "; ".join(reasons) or None,
        **values,
    }
    return CodedEvent(event, found, values, report, tuple(evidence))


def _values(values: EventValues) -> Row:
    """Coded columns; what follows from other values is filled in."""
    given = values.model_dump()
    row = {_MENTIONS.get(name, name): value for name, value in given.items()}
    if values.event_date and values.time_precision is None:
        row["time_precision"] = 1
    toll = values.fatalities or 0
    row["fatalities"] = toll
    row["fatalities_low"] = toll if values.fatalities_low is None else values.fatalities_low
    # Left out means as many as stated; an explicit null means that nobody knows how many more.
    if "fatalities_high" not in values.model_fields_set:
        row["fatalities_high"] = toll
    row["fatalities_basis"] = values.fatalities_basis or ("none_mentioned" if values.fatalities is None else "stated")
    return row


def _evidence(
    decision: Decision[Coding] | Decision[Adjudication], article: Article, event: EventCoding, anchor: Anchor, name: str
) -> tuple[list[Row], bool]:
    """Rows of evidence, and whether some words were not found again."""
    rows: list[Row] = []
    ordinals: Counter[str] = Counter()

    def add(field: str, part: str, found: Anchor, attribution: str) -> None:
        value = getattr(event.values, field)
        rows.append(
            {
                "report_id": name,
                "field": field,
                "ordinal": ordinals[field],
                "part": part,
                "start": found.start,
                "end": found.end,
                "rule_id": "human",
                "attribution": attribution,
                "value": None if value is None else str(value),
            }
        )
        ordinals[field] += 1

    lost = False
    for piece in event.evidence:
        found = article.find(piece.span, decision.content_hash)
        if isinstance(found, Stale):
            lost = True
        else:
            add(piece.field, piece.span.part, found, piece.attribution)
    if not ordinals[TRIGGER]:
        add(TRIGGER, "text", anchor, "asserted")
    return rows, lost
