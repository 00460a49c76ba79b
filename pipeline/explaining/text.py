"""An explanation as lines for a terminal."""

from __future__ import annotations

from typing import Any

from pipeline.explaining.explanation import SHOWN


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
    for field in SHOWN:
        if field not in report:
            continue
        lines.append(f"    {field:18} {report[field]}")
        for item in report["evidence"]:
            if item["field"] == field:
                said = "" if item["attribution"] == "asserted" else f", {item['attribution']}"
                lines.append(f"      {_quote(item)}  [{item['rule_id']}{said}]")
    return lines
