"""What of a state a release may show: sensitive events are left out with their reports, undisclosed sources are masked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.publishing.names import may_name_person
from pipeline.publishing.reading import arrow_batches, arrow_table
from pipeline.publishing.registries import Masks, Registries, find_masks, sources_table
from pipeline.publishing.state import StateReader
from pipeline.publishing.words import words
from schemas.arrow import arrow_schema
from schemas.columns import TARGET, VICTIMS

LONGEST_VALUE = 7
"""Words of evidence that a release quotes at most: one fewer than the gate refuses; the offsets tell the rest."""

_ARTICLE_COLUMNS = ("article_id", "source_id", "source_name", "url", "published_day", "content_hash", "status")


@dataclass(frozen=True)
class Whole:
    """Everything of a state that identity needs, shown or not, under provisional event ids.

    Attributes:
        events: All events.
        members: event_reports of all events, also of those that fail a hard rule.
        reports: All reports.
        evidence: All evidence.
    """

    events: pa.Table
    members: pa.Table
    reports: pa.Table
    evidence: pa.Table

    @classmethod
    def of(cls, state: StateReader) -> Whole:
        """All of it."""
        return cls(*(arrow_table(state, name) for name in ("events", "event_reports", "reports", "evidence")))

    def event_of_report(self) -> dict[str, str]:
        """Provisional event_id by report_id, for the reports of events."""
        members = _among(self.members, "event_id", self.events["event_id"])
        return dict(zip(members["report_id"].to_pylist(), members["event_id"].to_pylist(), strict=True))


@dataclass(frozen=True)
class Selection:
    """The part of a state that a release shows, still under provisional event ids.

    Attributes:
        events: Events that are shown, as they are or coarsely.
        members: event_reports of the events that are shown as they are.
        reports: All reports but those of other events.
        evidence: The evidence of these reports.
        articles: Articles that were coded, and any other that a report is of.
        sources: The table of sources.
        masks: How undisclosed sources are shown.
        contributions: event_id and source_id of each report of any event, outlets masked.
    """

    events: pa.Table
    members: pa.Table
    reports: pa.Table
    evidence: pa.Table
    articles: pa.Table
    sources: pa.Table
    masks: Masks
    contributions: pa.Table


def select_release(
    whole: Whole, levels: Mapping[str, str], coarse: Mapping[str, Mapping[str, Any]], state: StateReader, registries: Registries
) -> Selection:
    """The part of a state that a release shows.

    Only events that are open have reports and evidence in a release: a place that must be coarse in the event would stand exact in
    its reports. So it would in other readings of their articles, superseded or rejected: of these articles only the reports of open
    events are shown.

    Args:
        whole: All events with their reports.
        levels: How openly each event may be shown.
        coarse: Rows of the events that are shown coarsely.
        state: The state, for its articles.
        registries: The registry of outlets.
    """
    shown = [coarse.get(row["event_id"], row) for row in whole.events.to_pylist() if levels[row["event_id"]] != "withhold"]
    is_open = pa.array([key for key in whole.events["event_id"].to_pylist() if levels[key] == "open"], pa.string())
    closed = pa.array(sorted(key for key, level in levels.items() if level != "open"), pa.string())
    members = whole.members.filter(pc.is_in(whole.members["event_id"], is_open))
    hidden = whole.members.filter(pc.is_in(whole.members["event_id"], closed))
    is_shown = pc.is_in(whole.reports["report_id"], members["report_id"].combine_chunks())
    is_of_hidden = pc.is_in(whole.reports["article_id"], hidden["article_id"].combine_chunks())
    reports = whole.reports.filter(pc.or_(is_shown, pc.invert(is_of_hidden)))
    articles, given = _read_articles(state, set(reports["article_id"].to_pylist()))
    masks = find_masks(given, registries.sources)
    contributions = _among(whole.members, "event_id", whole.events["event_id"]).select(["event_id", "source_id"])
    return Selection(
        pa.Table.from_pylist(shown, schema=whole.events.schema),
        _mask_members(members, masks),
        reports,
        _quotable(_among(whole.evidence, "report_id", reports["report_id"])),
        _mask_articles(articles, masks),
        sources_table(given, registries, masks),
        masks,
        replace_column(contributions, "source_id", masks.source_id),
    )


def _among(table: pa.Table, column: str, values: pa.ChunkedArray) -> pa.Table:
    return table.filter(pc.is_in(table[column], values.combine_chunks()))


def _read_articles(state: StateReader, reported: set[str]) -> tuple[pa.Table, dict[str, Counter[str]]]:
    """Articles that were coded or reported, and how often each source gave each of its names."""
    parts = [arrow_schema("articles", _ARTICLE_COLUMNS).empty_table()]
    given: dict[str, Counter[str]] = defaultdict(Counter)
    wanted = pa.array(sorted(reported), pa.string())
    for batch in arrow_batches(state, "articles", _ARTICLE_COLUMNS):
        part = batch.filter(pc.or_(pc.equal(batch["status"], "ok"), pc.is_in(batch["article_id"], wanted)))
        for source_id, name in zip(part["source_id"].to_pylist(), part["source_name"].to_pylist(), strict=True):
            given[source_id][name] += 1
        parts.append(part)
    return pa.concat_tables(parts), dict(given)


def replace_column(table: pa.Table, name: str, change: Callable[[Any], Any]) -> pa.Table:
    """The table with one column's values changed; its type stays."""
    position = table.column_names.index(name)
    values = [change(value) for value in table.column(name).to_pylist()]
    return table.set_column(position, table.schema.field(name), pa.array(values, table.schema.field(name).type))


def _hide_urls(table: pa.Table, masks: Masks) -> pa.Table:
    hidden = [source_id in masks.ids for source_id in table["source_id"].to_pylist()]
    urls = [None if is_hidden else url for is_hidden, url in zip(hidden, table["url"].to_pylist(), strict=True)]
    return table.set_column(table.column_names.index("url"), table.schema.field("url"), pa.array(urls, pa.string()))


def _mask_articles(articles: pa.Table, masks: Masks) -> pa.Table:
    return replace_column(_hide_urls(articles, masks), "source_id", masks.source_id) if masks.ids else articles


def _mask_members(members: pa.Table, masks: Masks) -> pa.Table:
    return replace_column(_hide_urls(members, masks), "source_id", masks.source_id) if masks.ids else members


def _quotable(evidence: pa.Table) -> pa.Table:
    """Evidence without the values that quote more than a release may, or that may name a person who was harmed."""
    shown = [
        None
        if value is None or len(words(value)) > LONGEST_VALUE or may_name_person(value, is_harmed=field in (VICTIMS, TARGET))
        else value
        for field, value in zip(evidence["field"].to_pylist(), evidence["value"].to_pylist(), strict=True)
    ]
    return evidence.set_column(evidence.column_names.index("value"), evidence.schema.field("value"), pa.array(shown, pa.string()))
