"""What a command did, as data for programs and as text for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.runner import Build, StageSummary, Stale
    from pipeline.store import StateReader


def _counts(reader: StateReader, table: str, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """Combinations of values with how often each occurs, the most frequent first."""
    if not reader.rows(table):
        return []
    found: dict[tuple[Any, ...], int] = {}
    for frame in reader.batches(table, columns):
        for values, count in frame.value_counts(list(columns), dropna=False).items():
            key = values if isinstance(values, tuple) else (values,)
            found[key] = found.get(key, 0) + int(count)
    return [(*key, count) for key, count in sorted(found.items(), key=lambda item: (-item[1], str(item[0])))]


def _examples(reader: StateReader) -> dict[str, list[str]]:
    """The first three problems of each code."""
    found: dict[str, list[str]] = {}
    for frame in reader.batches("ingest_problems", ["origin", "code", "message"]):
        for code, rows in frame.groupby("code"):
            held = found.setdefault(str(code), [])
            first = rows.head(3 - len(held))
            held += [f"{origin}: {message}" for origin, message in zip(first["origin"], first["message"], strict=True)]
    return found


def summarise(build: Build, stages: Sequence[StageSummary]) -> dict[str, Any]:
    """What the stages did and what the state now holds.

    Returns:
        `stages`: name, partitions, computed and rows; `ingest`: one entry per problem code with action, count and three
        examples; `quarantined`: inputs that were not coded; `problems`: one entry per check; `hard_problems`: their sum;
        `rows`: rows of each table.
    """
    reader = build.reader()
    run = {stage.stage for stage in stages}
    examples = _examples(reader)
    ingest = [
        {"code": code, "action": action, "count": count, "examples": examples[code]}
        for code, action, count in _counts(reader, "ingest_problems", ["code", "action"])
    ]
    outcomes = [(outcome, count) for outcome, count in _counts(reader, "article_versions", ["outcome"]) if outcome != "current"]
    ingest += [
        {"code": outcome, "action": "quarantined" if outcome == "conflict" else "counted", "count": count, "examples": []}
        for outcome, count in outcomes
    ]
    problems = [
        {"rule": rule, "severity": severity, "table": table, "count": count}
        for rule, severity, table, count in (_counts(reader, "problems", ["rule", "severity", "table"]) if "check" in run else [])
        if table not in {"raw", "decisions"}
    ]
    return {
        "stages": [{"stage": s.stage, "partitions": s.partitions, "computed": s.computed, "rows": dict(s.rows)} for s in stages],
        "rows": {table: reader.rows(table) for table in reader.tables()},
        "ingest": ingest,
        "quarantined": sum(item["count"] for item in ingest if item["action"] == "quarantined"),
        "problems": problems,
        "hard_problems": sum(item["count"] for item in problems if item["severity"] == "hard"),
    }


def summary_text(summary: Mapping[str, Any]) -> str:
    """The summary in lines."""
    lines = []
    if received := summary.get("received"):
        lines.append(f"received   {received['copied']} files copied into data/raw, {received['present']} were there already")
    for stage in summary["stages"]:
        done = f"{stage['computed']} of {stage['partitions']} partitions worked on" if stage["computed"] else "up to date"
        rows = ", ".join(f"{count} {table.replace('_', ' ')}" for table, count in stage["rows"].items())
        lines.append(f"{stage['stage']:10} {rows} ({done})")
    if summary["ingest"]:
        lines.append("")
        lines.append(f"Input: {summary['quarantined']} quarantined")
        for item in summary["ingest"]:
            lines.append(f"  {item['count']:>7} {item['code']} ({item['action']})")
            if item["action"] == "quarantined":
                lines += [f"            {example}" for example in item["examples"]]
    if summary["problems"]:
        lines.append("")
        soft = sum(item["count"] for item in summary["problems"]) - summary["hard_problems"]
        lines.append(f"Checks: {summary['hard_problems']} hard, {soft} soft")
        lines += [f"  {item['count']:>7} {item['rule']} ({item['severity']}, {item['table']})" for item in summary["problems"]]
    if release := summary.get("release"):
        lines += ["", release_text(release)]
    return "\n".join(lines)


def release_text(release: Mapping[str, Any]) -> str:
    """What became of a release, in lines."""
    said = {
        "published": "published",
        "unchanged": "holds this already; nothing was written",
        "rewritten": "written again from the ledger",
    }[release["outcome"]]
    changes = ", ".join(f"{count} {change}" for change, count in release["changes"].items()) or "no changes"
    return (
        f"Release {release['version']} {said}: {release['events']} events ({changes})\n"
        f"  {release['path']}\n  content {release['content_hash']}"
    )


def status_text(stale: Sequence[Stale]) -> str:
    """What is stale and why, in lines."""
    if not stale:
        return "Up to date."
    lines = ["Out of date; `khaldun build` will work on:"]
    for item in stale:
        size = f" ({item.partitions} partitions)" if item.partitions else ""
        lines.append(f"  {item.stage}{size}: {'; '.join(item.reasons)}")
    return "\n".join(lines)
