"""The check stage: which rows break a rule, and which events are sound enough to be published."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from pipeline.checking.check import Severity, TableName, Tables, no_problems
from pipeline.checking.received import (
    decisions_without_article,
    decisions_without_report,
    markings_without_subject,
    problems_of_reading,
    problems_of_versions,
    stale_decisions,
)
from pipeline.checking.registry import CHECKS
from pipeline.resources.bundle import Resources
from pipeline.settings import DatasetSettings, Settings
from schemas.arrow import rows_to_frame
from schemas.tables import TABLES
from schemas.taxonomy import COUNTRY_BY_ISO2
from schemas.validation import Violation, violations

_CHECKED: dict[TableName, str] = {
    "events": "merged_events",
    "reports": "reports",
    "evidence": "evidence",
    "event_reports": "event_reports",
}
"""The tables that are checked column by column, under the names by which problems call them, with their descriptions."""

_COLUMN_SEVERITY: Severity = "hard"


def check_tables(
    articles: pd.DataFrame,
    ingest_problems: pd.DataFrame,
    article_versions: pd.DataFrame,
    decisions: pd.DataFrame,
    decision_problems: pd.DataFrame,
    decision_anchors: pd.DataFrame,
    reports: pd.DataFrame,
    evidence: pd.DataFrame,
    event_reports: pd.DataFrame,
    merged_events: pd.DataFrame,
    *,
    resources: Resources,
    settings: Settings,
) -> dict[str, pd.DataFrame]:
    """Everything that is wrong or worth a look, and the events in which nothing is wrong.

    First each column and key (pandera), then the rules across columns and across tables.

    Returns:
        `problems`: one row per rule, table and key; what raw files and decisions gave cause for is among them. `events`: the
        merged events without those that fail a hard rule; their reports and links stay. Both are sorted by their keys.

    Raises:
        ValueError: A table lacks a column or holds one of another type: the stage that writes it is broken.
    """
    tables = _gather(articles, reports, evidence, event_reports, merged_events, resources, settings.dataset)
    found = [
        *(_column_problems(tables, name) for name in _CHECKED),
        *(check.problems(table, tables) for check in CHECKS.values() for table in check.tables),
        problems_of_reading(ingest_problems, "raw"),
        problems_of_versions(article_versions),
        problems_of_reading(decision_problems, "decisions"),
        markings_without_subject(resources.sensitivity, articles),
        stale_decisions(decision_anchors),
        decisions_without_report(decision_anchors),
        decisions_without_article(decisions, decision_anchors),
    ]
    problems = _one_per_key(found)
    withheld = problems.loc[(problems["table"] == "events") & (problems["severity"] == "hard"), "key"]
    events = tables.events
    # An event without an id cannot be named in problems by it; nothing can follow it either.
    sound = events["event_id"].notna() & ~events["event_id"].isin(withheld)
    return {"events": events[sound].reset_index(drop=True), "problems": problems}


def _gather(
    articles: pd.DataFrame,
    reports: pd.DataFrame,
    evidence: pd.DataFrame,
    event_reports: pd.DataFrame,
    merged_events: pd.DataFrame,
    resources: Resources,
    dataset: DatasetSettings,
) -> Tables:
    return Tables(
        events=_sorted(merged_events, "merged_events"),
        reports=_sorted(reports, "reports"),
        evidence=_sorted(evidence, "evidence"),
        event_reports=_sorted(event_reports, "event_reports"),
        articles=_sorted(articles, "articles"),
        places=_places(resources),
        countries=frozenset(COUNTRY_BY_ISO2[code].country for code in dataset.countries),
        period_start=dataset.period_start,
        period_end=dataset.period_end,
    )


def _sorted(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    return frame.sort_values(list(TABLES[table].key), ignore_index=True)


def _places(resources: Resources) -> pd.DataFrame:
    rows = resources.place_rows
    names = ["place_id", "name", "kind", "country", "latitude", "longitude"]
    frame = pd.DataFrame([{name: row[name] for name in names} for row in rows], columns=names)
    return frame.astype({"latitude": "float64", "longitude": "float64"})


def _column_problems(tables: Tables, name: TableName) -> pd.DataFrame:
    frame = {"events": tables.events, "reports": tables.reports}.get(name)
    found = violations(tables.of(name) if frame is None else frame, _CHECKED[name])
    if broken := [each.message for each in found if each.key is None]:
        raise ValueError(f"table {_CHECKED[name]} is not as it is described: {'; '.join(broken)}")
    return rows_to_frame((_problem(each, name) for each in found), "problems")


def _problem(violation: Violation, table: TableName) -> dict[str, str]:
    return {
        "rule": violation.rule,
        "severity": _COLUMN_SEVERITY,
        "table": table,
        "key": violation.key or "",
        "message": f"{violation.message}.",
    }


def _one_per_key(found: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """All problems as one frame, one row per rule, table and key; of several messages the first by the alphabet."""
    joined = pd.concat([frame for frame in found if not frame.empty] or [no_problems()], ignore_index=True)
    key = list(TABLES["problems"].key)
    ordered = joined.sort_values([*key, "message"], ignore_index=True)
    kept = ordered.drop_duplicates(key, ignore_index=True)[TABLES["problems"].column_names]
    return kept.astype(no_problems().dtypes.to_dict())
