"""What earlier stages could not use, as rows of the table of problems: raw records, versions and decisions."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from pipeline.checking.check import is_true, no_problems
from pipeline.resources.decisions import unplaced_decisions
from pipeline.resources.sensitivity import Marking
from schemas.arrow import rows_to_frame


def _rows(
    frame: pd.DataFrame, *, rule: pd.Series | str, severity: pd.Series | str, table: str, key: str, message: pd.Series
) -> pd.DataFrame:
    if frame.empty:
        return no_problems()
    return pd.DataFrame(
        {"rule": rule, "severity": severity, "table": table, "key": frame[key], "message": message}, index=frame.index
    ).astype("string")


def problems_of_reading(problems: pd.DataFrame, table: str) -> pd.DataFrame:
    """Problems met while files were read: hard where a record was quarantined, else soft.

    Args:
        problems: The table ingest_problems or decision_problems.
        table: What the records are: `raw` or `decisions`.
    """
    hard = is_true(problems["action"] == "quarantined")
    severity = pd.Series("soft", index=problems.index).mask(hard, "hard")
    return _rows(problems, rule=problems["code"], severity=severity, table=table, key="origin", message=problems["message"])


def problems_of_versions(versions: pd.DataFrame) -> pd.DataFrame:
    """Records of one article of which none can be told to be the current one, as hard problems."""
    conflicts = versions[is_true(versions["outcome"] == "conflict")]
    message = (
        "Several records of " + conflicts["article_id"] + " have different texts and no retrieved_at that says which is the "
        "latest: give retrieved_at, or remove all but one."
    )
    return _rows(conflicts, rule="conflicting_versions", severity="hard", table="raw", key="origin", message=message)


def markings_without_subject(markings: Iterable[Marking], articles: pd.DataFrame) -> pd.DataFrame:
    """Articles and outlets marked as sensitive that the dataset does not hold; only a release knows the ids of events."""
    known = {
        "article": {*articles["article_id"], *articles["external_id"].dropna()},
        "source": set(articles["source_id"]),
    }
    rows = [
        {
            "rule": "sensitivity_without_subject",
            "severity": "soft",
            "table": "seeds",
            "key": f"sensitivity: {each.subject} {each.key}",
            "message": f"The dataset holds no {each.subject} {each.key}: nothing is protected. Correct seeds/sensitivity.csv.",
        }
        for each in markings
        if each.subject in known and each.key not in known[each.subject]
    ]
    return rows_to_frame(rows, "problems")


def stale_decisions(anchors: pd.DataFrame) -> pd.DataFrame:
    """Decisions whose words no longer stand in their article: they were not applied."""
    stale = anchors[is_true(anchors["matched_by"] == "stale")]
    why = (" (" + stale["reason"] + ")").fillna("")
    words = "The words that the decision names are not found again in "
    message = words + stale["article_id"] + why + ": decide again on its present text."
    return _rows(stale, rule="stale_decision", severity="soft", table="decisions", key="decision_id", message=message)


def decisions_without_report(anchors: pd.DataFrame) -> pd.DataFrame:
    """Decisions whose words were found, but where no report stands: nothing could be decided about."""
    idle = anchors[is_true(anchors["matched_by"] != "stale") & anchors["report_id"].isna() & anchors["reason"].notna()]
    message = "The decision changes nothing in " + idle["article_id"] + ": " + idle["reason"] + "."
    return _rows(idle, rule="decision_without_report", severity="soft", table="decisions", key="decision_id", message=message)


def decisions_without_article(decisions: pd.DataFrame, anchors: pd.DataFrame) -> pd.DataFrame:
    """Current decisions about articles that the dataset does not hold."""
    rows = [
        {
            "rule": "decision_without_article",
            "severity": "soft",
            "table": "decisions",
            "key": each.decision_id,
            "message": f"The dataset holds no article {each.article_id}: put it into data/raw, or take the decision back.",
        }
        for each in unplaced_decisions(decisions, anchors)
    ]
    return rows_to_frame(rows, "problems")
