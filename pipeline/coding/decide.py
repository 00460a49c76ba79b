"""Lets people overrule the rules: per article and incident adjudicated > accepted human > rules.

1. The decisions of people are found again in the present texts; words that are not are stale, and what rests on them waits.
2. Of several coders of one article those count who read its present text. If they agree, the first of them holds; if not, and
   nobody settled it, their codings stay candidates and the rules' reports stay in use.
3. A coding of the present text speaks for the whole article: incidents of the rules that it leaves out are superseded.
4. Nothing is thrown away: what is overruled stays as a report with status superseded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from pipeline.coding.decision_places import ArticleReports, attach_rows, override_rows, pair_rows, place_rows, reading_rows
from pipeline.coding.decision_precedence import (
    Reading,
    ReadingDecision,
    Settlement,
    latest_of_each_coder,
    settle,
    verdict_of,
)
from pipeline.coding.decision_rows import Article, CodedEvent, Row, code_events, incident_of, takes_part
from pipeline.resources.decision_bodies import Adjudication, Attach, Coding, EventOverride, NoEvent, Pair, Place
from pipeline.resources.decisions import B, Decision, read_current
from pipeline.settings import Settings
from schemas.arrow import arrow_schema, rows_to_frame, to_arrow
from schemas.tables import TABLES

if TYPE_CHECKING:
    from pipeline.resources.bundle import Resources

UNSETTLED = "double_coding_unsettled"
"""Code in needs_review of codings that two people made differently and nobody adjudicated."""


def apply_decisions(
    articles: pd.DataFrame,
    rule_reports: pd.DataFrame,
    rule_evidence: pd.DataFrame,
    decisions: pd.DataFrame,
    *,
    resources: Resources,  # noqa: ARG001 - every stage function takes it
    settings: Settings,
) -> dict[str, pd.DataFrame]:
    """Reports of rules and people with the status that follows from all of them together.

    Args:
        articles: article_id, title, text, content_hash and status of one partition.
        rule_reports: The rules' reports of these articles.
        rule_evidence: Their evidence.
        decisions: All decisions that concern one of these articles.
        resources: Not used.
        settings: `coding.rules` says whether the rules coded the articles that no person judged.

    Returns:
        `coded_reports`, `coded_evidence`, `article_decisions` (a row for each article that somebody judged, rules included)
        and `decision_anchors` (a row for each place in these articles that a current decision names: `side` counts the events
        of a coding from 0, and is 1 for the right side of a pair and the target of an attachment).
    """
    readers = _Decisions.read(decisions)
    concerned = _concerned(articles, readers)
    names = list(concerned)
    rules = _group(rule_reports[rule_reports["article_id"].isin(names)], "coded_reports", "article_id")
    touched = [row["report_id"] for rows in rules.values() for row in rows]
    evidence = _group(rule_evidence[rule_evidence["report_id"].isin(touched)], "coded_evidence", "report_id")
    outcomes = {name: _decide(article, rules.get(name, []), evidence, readers, settings) for name, article in concerned.items()}
    made = list(outcomes.values())
    anchors = [row for outcome in made for row in outcome.anchors] + _link_anchors(readers, concerned, outcomes)
    return {
        "coded_reports": _joined(
            rule_reports[~rule_reports["article_id"].isin(names)],
            [row for outcome in made for row in outcome.reports],
            "coded_reports",
        ),
        "coded_evidence": _joined(
            rule_evidence[~rule_evidence["report_id"].isin(touched)],
            [row for outcome in made for rows in outcome.evidence.values() for row in rows],
            "coded_evidence",
        ),
        "article_decisions": _joined(
            _verdicts_of_rules(articles[~articles["article_id"].isin(names)], rule_reports, settings),
            [outcome.verdict for outcome in made if outcome.verdict],
            "article_decisions",
        ),
        "decision_anchors": _joined(rows_to_frame([], "decision_anchors"), anchors, "decision_anchors"),
    }


# -- frames and rows ------------------------------------------------------------------------------------------------------------


def _rows(frame: pd.DataFrame, table: str, columns: tuple[str, ...] | None = None) -> list[Row]:
    listed: list[Row] = to_arrow(frame, arrow_schema(table, columns)).to_pylist()
    return listed


def _concerned(articles: pd.DataFrame, decisions: _Decisions) -> dict[str, Article]:
    """The articles of the partition that a decision names, by id, in order of id."""
    named = {*decisions.codings, *decisions.judgements, *decisions.adjudications}
    named |= {decision.article_id for decision in decisions.places} | {decision.article_id for decision in decisions.overrides}
    for pair in decisions.pairs:
        named |= {pair.body.left.article_id, pair.body.right.article_id}
    for attachment in decisions.attachments:
        named |= {attachment.article_id, attachment.body.to.article_id}
    wanted = ("article_id", "title", "text", "content_hash", "status")
    rows = _rows(articles[articles["article_id"].isin(sorted(named))], "articles", wanted)
    return {
        row["article_id"]: Article(**{name: row[name] for name in wanted[:-1]}, is_quarantined=row["status"] == "quarantined")
        for row in sorted(rows, key=lambda row: str(row["article_id"]))
    }


def _group(frame: pd.DataFrame, table: str, column: str) -> dict[str, list[Row]]:
    """Rows of a table by one column, each group sorted by the table's key."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(frame.sort_values(list(TABLES[table].key)), table):
        grouped[row[column]].append(row)
    return grouped


def _joined(frame: pd.DataFrame, rows: Sequence[Row], table: str) -> pd.DataFrame:
    """A frame and further rows of one table, sorted by its key."""
    made = rows_to_frame(rows, table)
    kept = frame[list(made.columns)]
    parts = [part for part in (kept, made) if not part.empty]
    joined = pd.concat(parts) if parts else made
    return joined.sort_values(list(TABLES[table].key), ignore_index=True)


def _verdicts_of_rules(articles: pd.DataFrame, rule_reports: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Rows of article_decisions for articles that no decision names."""
    coded = articles[articles["status"] == "ok"] if settings.coding.rules else articles[:0]
    told = set(rule_reports["article_id"])
    rows = [_verdict(name, "relevant" if name in told else "no_event", "rules") for name in coded["article_id"]]
    return rows_to_frame(rows, "article_decisions")


def _verdict(article_id: str, decision: str, reason: str) -> Row:
    return {"article_id": article_id, "decision": decision, "reason": reason}


# -- one article ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Decisions:
    """The current decisions of the partition by kind; those about one article by its id."""

    codings: Mapping[str, list[Decision[Coding]]]
    judgements: Mapping[str, list[Decision[NoEvent]]]
    adjudications: Mapping[str, list[Decision[Adjudication]]]
    places: list[Decision[Place]]
    pairs: list[Decision[Pair]]
    attachments: list[Decision[Attach]]
    overrides: list[Decision[EventOverride]]

    @classmethod
    def read(cls, decisions: pd.DataFrame) -> _Decisions:
        return cls(
            _by_article(read_current(decisions, Coding)),
            _by_article(read_current(decisions, NoEvent)),
            _by_article(read_current(decisions, Adjudication)),
            read_current(decisions, Place),
            read_current(decisions, Pair),
            read_current(decisions, Attach),
            read_current(decisions, EventOverride),
        )


def _by_article(decisions: Sequence[Decision[B]]) -> dict[str, list[Decision[B]]]:
    groups: dict[str, list[Decision[B]]] = defaultdict(list)
    for decision in decisions:
        groups[decision.article_id].append(decision)
    return groups


@dataclass(frozen=True)
class _Outcome:
    """What becomes of one article."""

    reports: list[Row]
    evidence: dict[str, list[Row]]
    verdict: Row | None
    anchors: list[Row]


def _decide(
    article: Article, rules: Sequence[Row], evidence: Mapping[str, list[Row]], decisions: _Decisions, settings: Settings
) -> _Outcome:
    """Reports, evidence, verdict and the anchors of the codings and judgements of one article."""
    name = article.article_id
    pieces = {row["report_id"]: list(evidence.get(row["report_id"], ())) for row in rules}
    codings = [_reading(each, article, code_events(each, article)) for each in decisions.codings.get(name, [])]
    judgements = [_reading(each, article, []) for each in decisions.judgements.get(name, [])]
    adjudications = [_reading(each, article, code_events(each, article)) for each in decisions.adjudications.get(name, [])]
    people = latest_of_each_coder([*codings, *judgements])
    last_word = adjudications[-1] if adjudications else None
    settlement = settle(people, last_word, [incident_of(row, pieces[row["report_id"]]) for row in rules])
    used = [*people, *adjudications[-1:]]
    coded = [event for reading in used for event in reading.events if event.report]
    pieces |= {event.report["report_id"]: list(event.evidence) for event in coded if event.report}
    reports = [_settled(row, settlement) for row in [*rules, *(event.report for event in coded if event.report)]]
    everyone = [*codings, *judgements, *adjudications]
    anchors = [row for reading in everyone for row in reading_rows(reading, article, is_used=reading in used)]
    return _Outcome(reports, pieces, _judge(article, settlement, reports, settings), anchors)


def _reading(decision: ReadingDecision, article: Article, coded: Sequence[CodedEvent]) -> Reading:
    present = decision.content_hash == article.content_hash and not article.is_quarantined
    return Reading(decision, verdict_of(decision.body), present, tuple(coded))


def _settled(report: Row, settlement: Settlement) -> Row:
    """The report with the status that it has in the end."""
    name, review = report["report_id"], report["needs_review"]
    if name in settlement.superseded:
        return report if report["status"] == "rejected" else {**report, "status": "superseded"}
    if name in settlement.waiting:
        status = "rejected" if report["status"] == "rejected" else "candidate"
        return {**report, "status": status, "needs_review": "; ".join(sorted({UNSETTLED, *(review.split("; ") if review else [])}))}
    return report


def _judge(article: Article, settlement: Settlement, reports: Sequence[Row], settings: Settings) -> Row | None:
    """The row of article_decisions, or None if nobody read the present text."""
    name, holder, last_word = article.article_id, settlement.holder, settlement.last_word
    if article.is_quarantined:
        return None
    if last_word and last_word.speaks_for_article:
        return _verdict(name, last_word.verdict, last_word.reason or "adjudicated")
    if holder and holder.of_present_text and (holder.speaks_for_article or holder.is_remark):
        return _verdict(name, holder.verdict, holder.reason or "human")
    in_use = [report for report in reports if takes_part(report)]
    if settlement.counted and not holder:
        verdicts = [reading.verdict for reading in settlement.counted]
        return _verdict(name, "relevant" if in_use or "relevant" in verdicts else verdicts[0], UNSETTLED)
    by_people = any(report["coder_kind"] in ("human", "adjudicated") for report in in_use)
    if not in_use and not settings.coding.rules:
        return None
    return _verdict(name, "relevant" if in_use else "no_event", "human" if by_people else "rules")


def _link_anchors(decisions: _Decisions, concerned: Mapping[str, Article], outcomes: Mapping[str, _Outcome]) -> list[Row]:
    """Anchors of decisions that name reports: pairs, attachments, overrides and places."""
    known = {name: ArticleReports(article, outcomes[name].reports, outcomes[name].evidence) for name, article in concerned.items()}
    return [
        *(row for pair in decisions.pairs for row in pair_rows(pair, known)),
        *(row for attachment in decisions.attachments for row in attach_rows(attachment, known)),
        *(row for override in decisions.overrides for row in override_rows(override, known)),
        *(row for place in decisions.places if place.article_id in known for row in place_rows(place, known[place.article_id])),
    ]
