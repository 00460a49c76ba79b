"""The values of an event and of its reports side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.explaining.explanation import SHOWN
from pipeline.explaining.numbering import Noted, NotedReport
from pipeline.explaining.words import literal

_NOT_COMPARED = frozenset(("confidence", "needs_review"))
"""An event's confidence and marks are its own, not one of its reports'."""


def compared_values(event: dict[str, Any], articles: Sequence[Noted]) -> str:
    """A table as HTML: one row per column, the event first, then each report; what differs from the event says so in words too.

    Args:
        event: Values of the event.
        articles: The articles with their reports.
    """
    reports = [(article, report) for article in articles for report in article.reports]
    heads = "".join(_head(article, report) for article, report in reports)
    rows = []
    for field in SHOWN:
        if field in event or any(field in report.values for _, report in reports):
            cells = "".join(_cell(field, report, event) for _, report in reports)
            rows.append(f'<tr><th scope="row"><code>{field}</code></th><td>{_value(event, field)}</td>{cells}</tr>')
    return f"""<div class="scroll" role="region" tabindex="0" aria-label="Values of the event and of its reports">
<table class="compared"><caption>Reports that vote decide the event's values. Copies do not vote; nor do reports that only recall
the incident, unless there is no other.</caption>
<thead><tr><td></td><th scope="col">Event</th>{heads}</tr></thead>
<tbody>
{chr(10).join(rows)}
</tbody></table></div>"""


def _head(article: Noted, report: NotedReport) -> str:
    outlet = f'<bdi dir="auto">{literal(article.values["source_name"])}</bdi>'
    standing = report.standing if report.values["event_id"] else "in no event"
    return (
        f'<th scope="col"><a href="#{report.anchor}">Report {report.number}</a>'
        f'<span class="role">{outlet}, {literal(article.values.get("published_day", "no date"))}</span>'
        f'<span class="role">{literal(standing)}</span></th>'
    )


def _value(values: dict[str, Any], field: str) -> str:
    return f'<bdi dir="auto">{literal(values[field])}</bdi>' if field in values else '<span class="quiet">none</span>'


def _cell(field: str, report: NotedReport, event: dict[str, Any]) -> str:
    value = _value(report.values, field)
    if field in _NOT_COMPARED or report.values.get(field) == event.get(field):
        return f"<td>{value}</td>"
    return f'<td class="differs"><span aria-hidden="true">&ne; </span><span class="heard">differs: </span>{value}</td>'
