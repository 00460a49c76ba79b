"""What of a state a release may show: sensitive events are left out with their reports, undisclosed sources are masked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
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
class Selection:
    """The part of a state that a release shows, still under provisional event ids.

    Attributes:
        events: Events that are open.
        members: event_reports of these events.
        reports: All reports but those of events that are left out.
        evidence: The evidence of these reports.
        articles: Articles that were coded, and any other that a report is of.
        sources: The table of sources.
        masks: How undisclosed sources are shown.
        withheld: Number of events left out, by their sensitivity.
    """

    events: pa.Table
    members: pa.Table
    reports: pa.Table
    evidence: pa.Table
    articles: pa.Table
    sources: pa.Table
    masks: Masks
    withheld: Counter[str]


def select_release(state: StateReader, registries: Registries) -> Selection:
    """The part of a state that a release shows.

    Events whose sensitivity is not `open` are left out together with their reports and evidence: a place that must be coarse in
    the event would stand exact in its reports. So it would in other readings of their articles, superseded or rejected: of these
    articles only the reports of open events are shown.
    """
    all_events = arrow_table(state, "events")
    is_open = pc.equal(all_events["sensitivity"], "open")
    events, closed = all_events.filter(is_open), all_events.filter(pc.invert(is_open))
    all_members = arrow_table(state, "event_reports")
    members = _among(all_members, "event_id", events["event_id"])
    hidden = _among(all_members, "event_id", _closed_events(state, closed))
    reports = arrow_table(state, "reports")
    is_shown = pc.is_in(reports["report_id"], members["report_id"].combine_chunks())
    is_of_hidden = pc.is_in(reports["article_id"], hidden["article_id"].combine_chunks())
    reports = reports.filter(pc.or_(is_shown, pc.invert(is_of_hidden)))
    evidence = [_quotable(_among(batch, "report_id", reports["report_id"])) for batch in arrow_batches(state, "evidence")]
    articles, given = _read_articles(state, set(reports["article_id"].to_pylist()))
    masks = find_masks(given, registries.sources)
    return Selection(
        events,
        _mask_members(members, masks),
        reports,
        pa.concat_tables([arrow_schema("evidence").empty_table(), *evidence]),
        _mask_articles(articles, masks),
        sources_table(given, registries, masks),
        masks,
        Counter(closed["sensitivity"].to_pylist()),
    )


def _closed_events(state: StateReader, closed: pa.Table) -> pa.ChunkedArray:
    """Ids of events that are not open, of those too that fail a hard rule."""
    if "merged_events" not in state.tables():
        return closed["event_id"]
    merged = arrow_table(state, "merged_events", ("event_id", "sensitivity"))
    failing = merged.filter(pc.not_equal(merged["sensitivity"], "open"))["event_id"]
    return pa.chunked_array([*closed["event_id"].chunks, *failing.chunks], pa.string())


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
