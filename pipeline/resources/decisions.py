"""Decisions of people as the stages read them: the current ones, with typed bodies.

Which decision is current was settled when all files were read together, so every function here may be given any part of the
table `decisions`. Where two current decisions say different things of one thing, the later one holds: lists are in the order
in which the decisions were taken, and ties go by decision_id.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import pandas as pd

from pipeline.resources.decision_bodies import BODIES, Attach, Body, EventOverride, Pair, Place, SignOff
from schemas.arrow import arrow_schema, to_arrow

B = TypeVar("B", bound=Body)


@dataclass(frozen=True)
class Decision(Generic[B]):
    """One decision.

    Attributes:
        decision_id: Its id.
        kind: Its kind.
        article_id: The article concerned; for pairs the left one, for overrides that of the anchor; empty for sign-offs.
        content_hash: Hash of the article's text when it was decided.
        coder_id: Pseudonym of who decided.
        decided_at: When, UTC.
        codebook_version: Version of the coding rules that were applied.
        body: What was decided.
    """

    decision_id: str
    kind: str
    article_id: str
    content_hash: str | None
    coder_id: str
    decided_at: dt.datetime
    codebook_version: str
    body: B

    @property
    def order(self) -> tuple[dt.datetime, str]:
        """Sorts decisions by when they were taken."""
        return self.decided_at, self.decision_id


@dataclass(frozen=True)
class JudgedPair:
    """Two reports, the smaller report_id first, and whether a person said `same` or `different` of them."""

    report_id_l: str
    report_id_r: str
    verdict: str
    decision_id: str
    reason: str | None


@dataclass(frozen=True)
class AttachedReport:
    """A report that belongs to the event of another report; null if the article attached has no report."""

    article_id: str
    report_id: str | None
    to_report_id: str
    decision_id: str
    reason: str | None


@dataclass(frozen=True)
class OverriddenValue:
    """One value of whatever event holds the report; a date is given as text, YYYY-MM-DD."""

    report_id: str
    field: str
    value: str | int | float | bool | None
    decision_id: str
    reason: str
    source: str


@dataclass(frozen=True)
class UnplacedDecision:
    """A current decision about an article that the dataset does not hold."""

    decision_id: str
    side: int
    article_id: str


def current_decisions(decisions: pd.DataFrame) -> pd.DataFrame:
    """Rows of `decisions` that are neither superseded nor drafts, sorted by decision_id."""
    kept = decisions[decisions["is_current"].astype(bool)]
    return kept.sort_values("decision_id", ignore_index=True)


def read_current(decisions: pd.DataFrame, model: type[B]) -> list[Decision[B]]:
    """The current decisions whose body is of one model, in the order in which they were taken."""
    kinds = [kind for kind, other in BODIES.items() if other is model]
    rows = current_decisions(decisions[decisions["kind"].isin(kinds)])
    wanted = ("decision_id", "kind", "article_id", "content_hash", "coder_id", "decided_at", "codebook_version", "body")
    listed: list[dict[str, Any]] = to_arrow(rows, arrow_schema("decisions", wanted)).to_pylist()
    bodies = [model.model_validate_json(row["body"]) for row in listed]
    found = [
        Decision(**{**row, "article_id": row["article_id"] or "", "body": body}) for row, body in zip(listed, bodies, strict=True)
    ]
    return sorted(found, key=lambda decision: decision.order)


def judged_pairs(decisions: pd.DataFrame, anchors: pd.DataFrame) -> list[JudgedPair]:
    """Pairs of reports that a person compared, one row a pair, sorted by the two report ids.

    Left out are those with a stale side, those whose words lie in no report, and those that name one report twice.

    Args:
        decisions: The table `decisions`, or part of it.
        anchors: The table `decision_anchors`.
    """
    reports = _reports_of(anchors)
    found: dict[tuple[str, str], JudgedPair] = {}
    for decision in read_current(decisions, Pair):
        left, right = reports.get((decision.decision_id, 0)), reports.get((decision.decision_id, 1))
        if left and right and left != right:
            pair = (min(left, right), max(left, right))
            found[pair] = JudgedPair(*pair, decision.body.verdict, decision.decision_id, decision.body.reason)
    return [found[pair] for pair in sorted(found)]


def attached_reports(decisions: pd.DataFrame, anchors: pd.DataFrame) -> list[AttachedReport]:
    """Reports, or articles without one, that a person attached to the event of another report, in the order of decisions.

    Left out are those with a stale side and those whose target words lie in no report.
    """
    reports, stale = _reports_of(anchors), _stale_sides(anchors)
    found = []
    for decision in read_current(decisions, Attach):
        target = reports.get((decision.decision_id, 1))
        report = reports.get((decision.decision_id, 0))
        if target and target != report and (decision.decision_id, 0) not in stale:
            found.append(AttachedReport(decision.article_id, report, target, decision.decision_id, decision.body.reason))
    return found


def overridden_values(decisions: pd.DataFrame, anchors: pd.DataFrame) -> list[OverriddenValue]:
    """Values that a person set, in the order of decisions: of two for one event and field the last holds.

    Left out are those whose words are stale or lie in no report.
    """
    reports = _reports_of(anchors)
    found = []
    for decision in read_current(decisions, EventOverride):
        if report := reports.get((decision.decision_id, 0)):
            body = decision.body
            found.append(OverriddenValue(report, body.field, body.value, decision.decision_id, body.reason, body.source))
    return found


def placed_phrases(decisions: pd.DataFrame) -> dict[tuple[str, str], Place]:
    """What place a phrase stands for, by article_id and phrase; holds for every use of the phrase in the article."""
    return {(decision.article_id, decision.body.phrase): decision.body for decision in read_current(decisions, Place)}


def signed_countries(decisions: pd.DataFrame) -> dict[str, dt.date]:
    """Last day up to which each country was signed off, by country; the latest word on a country holds."""
    return {decision.body.country: decision.body.through for decision in read_current(decisions, SignOff)}


def unplaced_decisions(decisions: pd.DataFrame, anchors: pd.DataFrame) -> list[UnplacedDecision]:
    """Current decisions that name an article which the dataset does not hold, sorted by decision_id and side."""
    placed = set(zip(anchors["decision_id"], anchors["article_id"], strict=True))
    found = []
    for model in BODIES.values():
        for decision in read_current(decisions, model):
            for side, article_id in _articles_named(decision):
                if (decision.decision_id, article_id) not in placed:
                    found.append(UnplacedDecision(decision.decision_id, side, article_id))
    return sorted(found, key=lambda row: (row.decision_id, row.side))


def _articles_named(decision: Decision[Body]) -> Iterator[tuple[int, str]]:
    if isinstance(decision.body, SignOff):
        return
    yield 0, decision.article_id
    if isinstance(decision.body, Pair):
        yield 1, decision.body.right.article_id
    elif isinstance(decision.body, Attach):
        yield 1, decision.body.to.article_id


def _reports_of(anchors: pd.DataFrame) -> dict[tuple[str, int], str]:
    """The report that each side of a decision names, where it names one."""
    placed = anchors[(anchors["matched_by"] != "stale") & anchors["report_id"].notna()]
    return {
        (decision_id, int(side)): report_id
        for decision_id, side, report_id in zip(placed["decision_id"], placed["side"], placed["report_id"], strict=True)
    }


def _stale_sides(anchors: pd.DataFrame) -> set[tuple[str, int]]:
    stale = anchors[anchors["matched_by"] == "stale"]
    return {(decision_id, int(side)) for decision_id, side in zip(stale["decision_id"], stale["side"], strict=True)}
