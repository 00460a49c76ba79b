"""The page that lists every check, made from the checks themselves."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.checking.check import Check
from pipeline.checking.registry import CHECKS
from schemas.validation import COLUMN_RULES

_INTRODUCTION = """# Checks

`khaldun check` looks at every event, report, link and piece of evidence and writes what it finds into the table `problems`:
the code of the rule, its severity, the table and key of the row, and what to do.

A row that fails a **hard** rule is wrong. An event that does is withheld from `events`; its reports stay. A row that fails a
**soft** rule is to be looked at, and nothing more happens to it. Of the reports, those that are superseded or rejected are
checked column by column only.

This page is made from the code; a test tells when it is out of date.
"""

_RECEIVED = (
    ("hard", "`raw`, `decisions`", "the code that reading gave", "A record or a decision was quarantined and is not used."),
    ("soft", "`raw`, `decisions`", "the code that reading gave", "A record or a decision is used, but is to be looked at."),
    ("hard", "`raw`", "`conflicting_versions`", "Of several texts under one article id, none can be told to be the latest."),
    ("soft", "`decisions`", "`decision_without_article`", "The dataset holds no article that the decision names."),
    (
        "soft",
        "`decisions`",
        "`decision_without_report`",
        "No report stands at the words that the decision names.",
    ),
    ("soft", "`seeds`", "`sensitivity_without_subject`", "The dataset holds no article or outlet that a marking names."),
    ("soft", "`decisions`", "`stale_decision`", "The words that a decision names have left the article; it was not applied."),
)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _table(headers: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(headers)
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _rows(checks: Iterable[Check]) -> list[tuple[str, str, str, str]]:
    return [(f"`{each.code}`", ", ".join(each.tables), each.rule, each.source) for each in checks]


def checks_page() -> str:
    """Markdown that lists every check with its code, its severity, the tables it looks at and what must hold."""
    hard = [each for each in CHECKS.values() if each.severity == "hard"]
    soft = [each for each in CHECKS.values() if each.severity == "soft"]
    headers = ("Code", "Tables", "What must hold", "Source")
    columns = [(f"`{rule}`" if rule == "table:key" else f"`{rule}:<column>`", meaning) for rule, meaning in COLUMN_RULES.items()]
    received = [(code, tables, severity, meaning) for severity, tables, code, meaning in _RECEIVED]
    parts = [
        _INTRODUCTION,
        "## Columns and keys\n",
        "All are hard. What a column may hold stands in the codebook.\n",
        _table(("Code", "What must hold"), columns),
        "\n## Hard rules\n",
        _table(headers, _rows(hard)),
        "\n## Soft rules\n",
        _table(headers, _rows(soft)),
        "\n## What was received\n",
        _table(("Code", "Tables", "Severity", "Meaning"), received),
    ]
    return "\n".join(parts) + "\n"
