"""Where the values of an article's reports, or of an event, come from: the words, the rule, and what was turned down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline.errors import InputError

if TYPE_CHECKING:
    from pipeline.runner import Build
    from pipeline.store import StateReader

_SURROUNDINGS = 40  # characters shown on either side of the words of evidence
_SHOWN = (
    "sub_event_type",
    "event_date",
    "event_date_end",
    "time_precision",
    "location",
    "admin1",
    "country",
    "geo_precision",
    "actor1",
    "assoc_actor_1",
    "actor2",
    "assoc_actor_2",
    "initiator",
    "fatalities",
    "fatalities_low",
    "fatalities_high",
    "fatalities_basis",
    "injured",
    "crowd_size",
    "confidence",
    "needs_review",
)


def explanation(build: Build, key: str) -> dict[str, Any]:
    """What is known of one article or event.

    Args:
        build: The dataset.
        key: An article_id, the id or address that the article came with, or an event_id, provisional or released.

    Returns:
        `event` (its row, or None) and `articles`: each with id, source, title, text, `reports` (values, evidence with words
        and rule) and `rejected` candidates.

    Raises:
        InputError: Nothing of the dataset has that key.
    """
    reader = build.reader()
    if key.startswith(("KHD-", "TMP-")):
        return _of_event(build, reader, key)
    for column in ("article_id", "external_id", "url"):
        found = _rows_of(reader, "articles", column, {key}, sorted({"article_id", column}))
        if len(found):
            return {"event": None, "articles": [_of_article(reader, article_id, None) for article_id in found["article_id"]]}
    raise InputError(f"{key}: no article has this id or address, and no event this id. `khaldun build` first?")


def _of_event(build: Build, reader: StateReader, key: str) -> dict[str, Any]:
    links = reader.read("event_reports", ["event_id", "report_id", "article_id"])
    report_ids = set(links.loc[links["event_id"] == key, "report_id"])
    if not report_ids and key.startswith("KHD-"):
        report_ids = _released_reports(build, key)
    mine = links[links["report_id"].isin(report_ids)]
    if mine.empty:
        raise InputError(f"{key}: no report of the present state belongs to an event of this id.")
    events = reader.read("events")
    event = events[events["event_id"].isin(mine["event_id"])]
    return {
        "event": _values(event.iloc[0]) if len(event) else None,
        "articles": [_of_article(reader, article_id, report_ids) for article_id in sorted(set(mine["article_id"]))],
    }


def _released_reports(build: Build, event_id: str) -> set[str]:
    """Reports of a released event, from the latest ledger."""
    from pipeline.publishing.ledger import LedgerFolder

    folder = LedgerFolder(build.root)
    versions = folder.versions()
    if not versions:
        raise InputError(f"{event_id}: nothing was published here yet.")
    ledger = folder.read(versions[-1])
    if gone := next((stone for stone in ledger.tombstones if stone.event_id == event_id), None):
        now = f" and is now {gone.merged_into}" if gone.merged_into else ""
        raise InputError(f"{event_id}: left the dataset in release {gone.removed_in} ({gone.reason}){now}.")
    return {report.report_id for report in ledger.reports if report.event_id == event_id}


def _values(row: pd.Series) -> dict[str, Any]:
    """Values that are not null, as plain Python, so that a number stays one in JSON."""
    return {str(name): value.item() if hasattr(value, "item") else value for name, value in row.items() if not pd.isna(value)}


def _rows_of(reader: StateReader, table: str, column: str, keys: set[str], columns: Sequence[str] | None = None) -> pd.DataFrame:
    parts = [frame[frame[column].isin(keys)] for frame in reader.batches(table, columns)]
    return pd.concat(parts, ignore_index=True)


def _of_article(reader: StateReader, article_id: str, only: set[str] | None) -> dict[str, Any]:
    article = _values(_rows_of(reader, "articles", "article_id", {article_id}).iloc[0])
    reports = _rows_of(reader, "reports", "article_id", {article_id})
    if only is not None:
        reports = reports[reports["report_id"].isin(only)]
    evidence = _rows_of(reader, "evidence", "report_id", set(reports["report_id"]))
    rejected = _rows_of(reader, "rejected_candidates", "article_id", {article_id})
    links = _rows_of(reader, "event_reports", "report_id", set(reports["report_id"]), ["report_id", "event_id", "role"])
    told = []
    for _, row in reports.sort_values(["anchor_start", "anchor_ordinal", "report_id"]).iterrows():
        link = links[links["report_id"] == row["report_id"]]
        mine = evidence[evidence["report_id"] == row["report_id"]]
        told.append(
            _values(row)
            | {"event_id": link["event_id"].iloc[0] if len(link) else None, "role": link["role"].iloc[0] if len(link) else None}
            | {"evidence": [_words(article, item) for _, item in mine.iterrows()]}
        )
    return article | {"reports": told, "rejected": [_words(article, row) for _, row in rejected.iterrows()]}


def _words(article: dict[str, Any], row: pd.Series) -> dict[str, Any]:
    """A piece of evidence with its words and what stands on either side of them."""
    text, start, end = str(article.get(row["part"], "")), int(row["start"]), int(row["end"])
    around = {
        "before": text[max(0, start - _SURROUNDINGS) : start],
        "words": text[start:end],
        "after": text[end : end + _SURROUNDINGS],
    }
    return _values(row) | around


def explain_text(found: dict[str, Any]) -> str:
    """The explanation in lines."""
    lines: list[str] = []
    if event := found["event"]:
        lines += [f"Event {event['event_id']}", f"  {event['notes']}", ""]
    for article in found["articles"]:
        lines.append(f"Article {article['article_id']} ({article['source_name']}, {article.get('published_day', 'no date')})")
        lines.append(f"  {article.get('title', '')}")
        if article["status"] == "quarantined":
            lines.append(f"  quarantined: {article['problem']}")
        if not article["reports"]:
            lines.append("  no reports")
        for report in article["reports"]:
            lines += ["", *_report_lines(report)]
        if article["rejected"]:
            lines += ["", "  Turned down:"]
            lines += [f"    {_quote(item)}  [{item['rule_id']}] because {item['gate']}" for item in article["rejected"]]
        lines.append("")
    return "\n".join(lines).rstrip()


def _quote(item: dict[str, Any]) -> str:
    around = f"...{item['before']}>>{item['words']}<<{item['after']}..."
    return " ".join(around.split())


def _report_lines(report: dict[str, Any]) -> list[str]:
    kind = "background report" if report["is_background"] else "report"
    event = f", {report['role']} of {report['event_id']}" if report["event_id"] else ", in no event"
    lines = [f"  {kind} {report['report_id']} ({report['coder_kind']}, {report['status']}{event})"]
    for field in _SHOWN:
        if field not in report:
            continue
        lines.append(f"    {field:18} {report[field]}")
        for item in report["evidence"]:
            if item["field"] == field:
                said = "" if item["attribution"] == "asserted" else f", {item['attribution']}"
                lines.append(f"      {_quote(item)}  [{item['rule_id']}{said}]")
    return lines
