"""The stage `match`: reports of one incident become one event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from pipeline.matching.arrays import ReportArrays, report_arrays
from pipeline.matching.clusters import cluster_reports
from pipeline.matching.comparison import Scorer, Windows
from pipeline.matching.copies import twin_positions
from pipeline.matching.eligibility import eligible_reports
from pipeline.matching.families import find_families
from pipeline.matching.frames import Integers, text_list
from pipeline.matching.links import PairIndex
from pipeline.matching.merge import merge_event
from pipeline.matching.overrides import overrides_by_report, overrides_of
from pipeline.matching.pairs import PairArrays, find_pairs, pair_reasons, pairs_frame
from pipeline.matching.recipes import recipe_of
from pipeline.matching.verdicts import Verdicts, read_verdicts
from pipeline.matching.voters import Row, seat_panel
from pipeline.resources.bundle import Resources
from pipeline.resources.decisions import overridden_values
from pipeline.settings import MatchingSettings, Settings
from schemas.arrow import arrow_schema, to_frame

CHUNK: Final = 20_000
"""Reports merged at a time: bounds the memory, never shows in a table."""


@dataclass(frozen=True, kw_only=True)
class Matched:
    """Which reports tell one incident, before anything is said of the incident.

    Attributes:
        reports: Those that take part, sorted by report_id; every array below goes by their positions.
        arrays: The columns that they were compared by.
        twins: Position of the report that each one is a copy of, or its own.
        verdicts: What people said of pairs.
        pairs: The pairs worth a row.
        clusters: For each report the smallest position in its cluster.
    """

    reports: pd.DataFrame
    arrays: ReportArrays
    twins: Integers
    verdicts: Verdicts
    pairs: PairArrays
    clusters: Integers


def match_pairs(
    articles: pd.DataFrame,
    families: pd.DataFrame,
    reports: pd.DataFrame,
    decisions: pd.DataFrame,
    decision_anchors: pd.DataFrame,
    *,
    resources: Resources,
    settings: Settings,
) -> Matched:
    """Block, compare and cluster; arguments as in `match_reports`, and the table `article_families`."""
    eligible = eligible_reports(reports, articles, families, settings.dataset)
    arrays, twins = report_arrays(eligible), twin_positions(eligible)
    verdicts = read_verdicts(eligible, decisions, decision_anchors)
    scorer, windows = Scorer(resources.match_weights), windows_of(settings.matching)
    pairs = find_pairs(arrays, twins, verdicts, scorer, windows)
    clusters = cluster_reports(arrays, twins, pairs, verdicts, scorer.same)
    return Matched(reports=eligible, arrays=arrays, twins=twins, verdicts=verdicts, pairs=pairs, clusters=clusters)


def windows_of(settings: MatchingSettings) -> Windows:
    """How far apart reports of one incident may be, as the dataset's settings have it."""
    return Windows(max_distance_km=settings.max_distance_km, max_days_apart=settings.max_days_apart)


def match_reports(
    articles: pd.DataFrame,
    article_signatures: pd.DataFrame,
    reports: pd.DataFrame,
    decisions: pd.DataFrame,
    decision_anchors: pd.DataFrame,
    *,
    resources: Resources,
    settings: Settings,
) -> dict[str, pd.DataFrame]:
    """Families of articles, the pairs compared, and the events with their reports.

    Args:
        articles: The table `articles`; title and text are not needed.
        article_signatures: The table `article_signatures`.
        reports: The table `reports`.
        decisions: The table `decisions`.
        decision_anchors: The table `decision_anchors`.
        resources: The registry of sources and the weights are used.
        settings: The sections dataset and matching are used.

    Returns:
        article_families (one row per article in order), pairs (those compared), event_reports (one row per report that takes
        part) and merged_events, each sorted by its key. Every report that takes part and has coordinates is in exactly one event,
        every other in one at most.
    """
    families = find_families(articles, article_signatures)
    matched = match_pairs(articles, families, reports, decisions, decision_anchors, resources=resources, settings=settings)
    eligible, pairs = matched.reports, matched.pairs
    reasons = pair_reasons(pairs, matched.verdicts)
    values = overrides_by_report(overridden_values(decisions, decision_anchors))
    index = PairIndex(pairs, reasons, len(eligible))
    recipe = recipe_of(settings.matching)
    events, links = [], []
    for chunk in clusters_of(matched):
        merged: list[Row] = []
        joined: list[Row] = []
        for rows in chunk:
            panel = seat_panel(rows)
            overrides = overrides_of(rows, values)
            event = merge_event(rows, panel, overrides, recipe=recipe, sources=resources.sources)
            merged.append(event)
            joined += _event_reports(event["event_id"], rows, panel.primary, panel.roles, index)
        events.append(_table(merged, "merged_events"))
        links.append(_table(joined, "event_reports"))
    return {
        "article_families": families,
        "pairs": pairs_frame(pairs, reasons, eligible),
        "event_reports": _sorted(links, "event_reports", "report_id"),
        "merged_events": _sorted(events, "merged_events", "event_id"),
    }


def clusters_of(matched: Matched) -> Iterator[list[list[Row]]]:
    """The rows of whole clusters, about `CHUNK` reports at a time. A cluster without coordinates is no event."""
    reports, clusters = matched.reports, matched.clusters
    on_map = np.zeros(len(clusters), dtype=bool)
    on_map[clusters[matched.arrays.placed]] = True
    order = np.argsort(clusters, kind="stable")
    order = order[on_map[clusters[order]]]
    starts = np.flatnonzero(np.diff(clusters[order], prepend=-1))
    ids = reports["report_id"].to_numpy(dtype=object)
    begin = 0
    while begin < len(order):
        following = np.searchsorted(starts, begin + CHUNK)
        end = int(starts[following]) if following < len(starts) else len(order)
        chosen = order[begin:end]
        yield _grouped(reports.iloc[chosen], chosen, clusters, matched.twins, ids)
        begin = end


def _grouped(
    reports: pd.DataFrame, positions: Integers, clusters: Integers, twins: Integers, ids: np.ndarray[Any, np.dtype[np.object_]]
) -> list[list[Row]]:
    names = list(reports.columns)
    columns = [text_list(reports[name]) for name in names]
    groups: dict[int, list[Row]] = {}
    for position, *values in zip(positions.tolist(), *columns, strict=True):
        twin = int(twins[position])
        row = dict(zip(names, values, strict=True))
        row |= {"position": position, "twin_of": ids[twin] if twin != position else None}
        groups.setdefault(int(clusters[position]), []).append(row)
    return list(groups.values())


def _event_reports(event_id: str, rows: Sequence[Row], primary: Row, roles: Mapping[str, str], index: PairIndex) -> Iterator[Row]:
    for row in rows:
        score, reasons = index.fit(row["position"], primary["position"], [other["position"] for other in rows])
        yield {
            "event_id": event_id,
            "report_id": row["report_id"],
            "article_id": row["article_id"],
            "source_id": row["source_id"],
            "url": row["url"],
            "role": roles[row["report_id"]],
            "score": score,
            "reasons": reasons,
        }


def _table(rows: list[Row], table: str) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=arrow_schema(table))


def _sorted(parts: list[pa.Table], table: str, key: str) -> pd.DataFrame:
    joined = pa.concat_tables(parts) if parts else arrow_schema(table).empty_table()
    return to_frame(joined.sort_by(key))
