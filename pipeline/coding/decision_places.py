"""Rows of decision_anchors: where the words that decisions name stand now, and which report they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.coding.anchors import Anchor, Stale
from pipeline.coding.decision_precedence import Reading
from pipeline.coding.decision_rows import TRIGGER, Article, Row, Stretch, takes_part
from pipeline.resources.decision_bodies import Attach, EventOverride, Pair, Place
from pipeline.resources.decision_parts import ReportAnchor
from pipeline.resources.decisions import Decision

Part = Literal["title", "text"]

_NO_REPORT = "no report stands at these words"
_NOTHING_CODED = "the article has no report; code it"
_CODERS = ("adjudicated", "human", "rules", "legacy")


@dataclass(frozen=True)
class ArticleReports:
    """The reports of one article as they now stand, and their evidence by report_id."""

    article: Article
    reports: Sequence[Row]
    evidence: Mapping[str, Sequence[Row]]

    def at(self, start: int, end: int, ordinal: int = 0) -> str | None:
        """The report that tells its incident in a stretch of the text.

        First those whose anchor sentence or words for what happened overlap the stretch, else those of which any evidence
        does. Of these, reports that take part come before those that do not; then those that share most with the stretch;
        then the `ordinal`-th incident of the sentence.
        """
        stretch = ("text", start, end)
        return self._first(stretch, ordinal, frozenset({TRIGGER}), by_anchor=True) or self._first(stretch, ordinal)

    def placed_at(self, part: str, start: int, end: int) -> str | None:
        """The report whose evidence for its place overlaps a stretch of the title or the text."""
        return self._first((part, start, end), 0, frozenset({"location", "location_mention"}))

    def _first(
        self, stretch: Stretch, ordinal: int, fields: frozenset[str] | None = None, *, by_anchor: bool = False
    ) -> str | None:
        part, start, end = stretch
        ranked = []
        for report in self.reports:
            spans = [
                (row["start"], row["end"])
                for row in self.evidence.get(report["report_id"], ())
                if row["part"] == part and (fields is None or row["field"] in fields)
            ]
            if by_anchor:
                spans.append((report["anchor_start"], report["anchor_end"]))
            shared = max((min(end, until) - max(start, since) for since, until in spans), default=0)
            if shared > 0:
                coder = _CODERS.index(report["coder_kind"])
                off = abs(report["anchor_ordinal"] - ordinal)
                ranked.append((_rank(report), -shared, off, report["anchor_start"], coder, report["report_id"]))
        return min(ranked)[-1] if ranked else None

    def best(self) -> str | None:
        """The article's main report among those that take part: fresh before background, then the surest, then the first."""
        ranked = [
            (report["is_background"], -report["confidence"], report["anchor_start"], report["anchor_ordinal"], report["report_id"])
            for report in self.reports
            if takes_part(report)
        ]
        return min(ranked)[-1] if ranked else None


def _rank(report: Row) -> int:
    """0 for reports that take part in matching, 1 for codings that wait, 2 for the rest."""
    if takes_part(report):
        return 0
    return 1 if report["status"] == "candidate" else 2


def _anchor_row(
    decision_id: str, side: int, article: Article, found: Anchor | Stale, *, report_id: str | None, reason: str | None = None
) -> Row:
    """One row of decision_anchors."""
    row = {"decision_id": decision_id, "side": side, "article_id": article.article_id}
    if isinstance(found, Stale):
        return {**row, "matched_by": "stale", "reason": found.reason}
    return {**row, "matched_by": found.matched_by, "report_id": report_id, "reason": reason}


def reading_rows(reading: Reading, article: Article, *, is_used: bool) -> list[Row]:
    """A row for each event that a person coded, in order; one for the article as a whole if there is none."""
    decision_id = reading.decision.decision_id
    reason = None if is_used else "a later decision on the article is used"
    if not reading.events:
        return [_whole_article(decision_id, article, unchanged=reading.of_present_text, report_id=None, reason=reason)]
    return [
        _anchor_row(decision_id, side, article, coded.found, report_id=coded.report_id if is_used else None, reason=reason)
        for side, coded in enumerate(reading.events)
    ]


def pair_rows(decision: Decision[Pair], articles: Mapping[str, ArticleReports]) -> list[Row]:
    """The rows of the sides whose article is at hand."""
    return [
        _report_row(decision.decision_id, side, articles[named.article_id], named)
        for side, named in enumerate((decision.body.left, decision.body.right))
        if named.article_id in articles
    ]


def override_rows(decision: Decision[EventOverride], articles: Mapping[str, ArticleReports]) -> list[Row]:
    """The row of the report by which the event is named."""
    named = decision.body.anchor
    return [_report_row(decision.decision_id, 0, articles[named.article_id], named)] if named.article_id in articles else []


def attach_rows(decision: Decision[Attach], articles: Mapping[str, ArticleReports]) -> list[Row]:
    """The rows of the article attached (0) and of the target (1), as far as they are at hand."""
    rows = []
    target = decision.body.to
    if own := articles.get(decision.article_id):
        rows.append(_attached_row(decision, own))
    if target.article_id in articles:
        rows.append(_report_row(decision.decision_id, 1, articles[target.article_id], target))
    return rows


def place_rows(decision: Decision[Place], own: ArticleReports) -> list[Row]:
    """The row of the phrase; its report is the first whose place evidence holds the phrase."""
    article, body = own.article, decision.body
    if body.anchor is not None:
        part = body.anchor.part
        found = article.find(body.anchor, decision.content_hash)
    else:
        part, found = _find_phrase(article, body.phrase, unchanged=decision.content_hash == article.content_hash)
    name = None if isinstance(found, Stale) else own.placed_at(part, found.start, found.end)
    return [_anchor_row(decision.decision_id, 0, article, found, report_id=name)]


def _find_phrase(article: Article, phrase: str, *, unchanged: bool) -> tuple[Part, Anchor | Stale]:
    if article.is_quarantined:
        return "text", Stale("the article is quarantined")
    parts: tuple[tuple[Part, str], ...] = (("text", article.text), ("title", article.title or ""))
    for part, text in parts:
        if use := re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text):
            return part, Anchor(use.start(), use.end(), "offset" if unchanged else "words")
    return "text", Stale("the phrase is not in the article")


def _attached_row(decision: Decision[Attach], own: ArticleReports) -> Row:
    if decision.body.anchor is None:
        unchanged = decision.content_hash == own.article.content_hash
        return _whole_article(decision.decision_id, own.article, unchanged=unchanged, report_id=own.best(), reason=_NOTHING_CODED)
    found = own.article.find(decision.body.anchor, decision.content_hash)
    name = None if isinstance(found, Stale) else own.at(found.start, found.end)
    return _anchor_row(decision.decision_id, 0, own.article, found, report_id=name, reason=None if name else _NO_REPORT)


def _report_row(decision_id: str, side: int, own: ArticleReports, named: ReportAnchor) -> Row:
    found = own.article.find(named.anchor, named.content_hash)
    name = None if isinstance(found, Stale) else own.at(found.start, found.end, named.ordinal)
    return _anchor_row(decision_id, side, own.article, found, report_id=name, reason=None if name else _NO_REPORT)


def _whole_article(decision_id: str, article: Article, *, unchanged: bool, report_id: str | None, reason: str | None) -> Row:
    """The row of a decision about an article as a whole; `reason` is given if there is no report."""
    found: Anchor | Stale = Anchor(0, len(article.text), "offset")
    if article.is_quarantined:
        found = Stale("the article is quarantined")
    elif not unchanged:
        found = Stale("the text changed since the decision")
    return _anchor_row(decision_id, 0, article, found, report_id=report_id, reason=None if report_id else reason)
