"""Where the words of the reports stand: what identity needs of articles, reports and evidence."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.publishing.identity import NewReport
from pipeline.publishing.ledger import LedgerReport, Span
from pipeline.publishing.state import StateReader
from pipeline.publishing.words import run_hashes
from schemas.arrow import arrow_schema, to_arrow
from schemas.columns import ARTICLE_ID

TRIGGER_FIELD = "sub_event_type"
"""Evidence of this field is the words that tell what happened."""

NEAR = 300
"""Code points on either side of an anchor or trigger that count as near it: about two sentences of news."""

_ARTICLE = re.compile(ARTICLE_ID)
_Spans = dict[str, list[Span]]


def arrow_table(state: StateReader, table: str, columns: Iterable[str] | None = None) -> pa.Table:
    """A table of the state, or some of its columns, as Arrow, sorted by its key."""
    names = tuple(columns) if columns is not None else None
    return to_arrow(state.read(table, names), arrow_schema(table, names))


def arrow_batches(state: StateReader, table: str, columns: Iterable[str] | None = None) -> Iterator[pa.Table]:
    """The same in pieces."""
    names = tuple(columns) if columns is not None else None
    for frame in state.batches(table, names):
        yield to_arrow(frame, arrow_schema(table, names))


def find_spans(evidence: pa.Table, report_ids: set[str]) -> tuple[_Spans, _Spans]:
    """Spans in the text, by report: of triggers, and of all other evidence."""
    triggers: _Spans = defaultdict(list)
    others: _Spans = defaultdict(list)
    columns = (evidence.column(name).to_pylist() for name in ("report_id", "field", "part", "start", "end"))
    for report_id, field, part, start, end in zip(*columns, strict=True):
        if part == "text" and report_id in report_ids:
            (triggers if field == TRIGGER_FIELD else others)[report_id].append((start, end))
    return triggers, others


def find_reports(
    state: StateReader, members: Mapping[str, str], reports: pa.Table, evidence: pa.Table, old_hashes: Mapping[str, str]
) -> list[NewReport]:
    """The reports of the events with hashes of the words around them; texts are read one batch at a time.

    Args:
        state: The state.
        members: Provisional event_id by report_id.
        reports: The table of reports.
        evidence: The table of evidence.
        old_hashes: content_hash of each article at the previous release.
    """
    triggers, others = find_spans(evidence, set(members))
    by_article: dict[str, list[LedgerReport]] = defaultdict(list)
    columns = [reports.column(name).to_pylist() for name in ("report_id", "article_id", "anchor_start", "anchor_end")]
    for report_id, article_id, start, end in zip(*columns, strict=True):
        if report_id in members:
            spans = tuple(sorted(set(triggers[report_id]))), tuple(sorted(set(others[report_id])))
            by_article[article_id].append(LedgerReport(members[report_id], article_id, report_id, "", (start, end), *spans))
    found: list[NewReport] = []
    for batch in arrow_batches(state, "articles", ("article_id", "content_hash", "text")):
        for row in batch.filter(pc.is_in(batch["article_id"], pa.array(sorted(by_article), pa.string()))).to_pylist():
            has_changed = old_hashes.get(row["article_id"], row["content_hash"]) != row["content_hash"]
            found += [_with_words(report, row, has_changed) for report in by_article[row["article_id"]]]
    return found


def _with_words(report: LedgerReport, article: Mapping[str, Any], has_changed: bool) -> NewReport:
    text = article["text"] or ""
    start, end = report.anchor
    at_anchor = tuple(run_hashes(text[start:end]))
    near: set[int] = set()
    if has_changed:
        for first, last in (report.anchor, *report.trigger_spans):
            near.update(run_hashes(text[max(0, first - NEAR) : last + NEAR]))
    return NewReport(replace(report, content_hash=article["content_hash"], anchor_words=at_anchor), frozenset(near))


def find_decisions(decisions: pd.DataFrame, anchors: pd.DataFrame) -> frozenset[tuple[str, str | None]]:
    """(decision_id, article_id) of each decision that takes part, for every article that it names; of a sign-off the country."""
    named: dict[str, set[str]] = {}
    for row in decisions.to_dict("records"):
        if row.get("is_current", True):
            found = set(_ARTICLE.findall(row["body"]))
            named[row["decision_id"]] = found if pd.isna(row["article_id"]) else {*found, row["article_id"]}
            if row["kind"] == "sign_off":
                named[row["decision_id"]] = {json.loads(row["body"])["country"]}
    for row in anchors.to_dict("records"):
        if row["decision_id"] in named:
            named[row["decision_id"]].add(row["article_id"])
    nothing: tuple[str | None, ...] = (None,)
    return frozenset((name, article) for name, articles in named.items() for article in (articles or nothing))
