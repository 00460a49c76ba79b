"""The same figures taken apart: which types are confused, and which rules are right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.evaluation.figures import precision_recall
from pipeline.evaluation.labels import NONE
from pipeline.evaluation.pairing import PairedArticle


def confusion(articles: Sequence[PairedArticle]) -> list[dict[str, Any]]:
    """How often each first gold type was coded as each type, the most frequent first.

    Returns:
        Rows of `gold`, `coded`, `n` over required events. `coded` is "none" where an event was missed, `gold` is "none" for fresh
        reports of nothing in articles that were judged.
    """
    counts: dict[tuple[str, str], int] = {}
    for article in articles:
        found = [(event.classes[0], report.sub_event_type) for event, report in article.pairs if event.is_required]
        found += [(event.classes[0], NONE) for event in article.missed if event.is_required]
        found += [(NONE, report.sub_event_type) for report in article.false_reports]
        for cell in found:
            counts[cell] = counts.get(cell, 0) + 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [{"gold": gold, "coded": coded, "n": n} for (gold, coded), n in ordered]


def by_type(cells: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """For each type that is in gold or coded: `gold`, `coded` and `right` events, `p`, `r`, `f1`; the first gold type counts."""
    rows = []
    for name in sorted({cell[side] for cell in cells for side in ("gold", "coded")} - {NONE}):
        gold = sum(cell["n"] for cell in cells if cell["gold"] == name)
        coded = sum(cell["n"] for cell in cells if cell["coded"] == name)
        right = sum(cell["n"] for cell in cells if cell["gold"] == cell["coded"] == name)
        scores = precision_recall(right, coded - right, gold - right)
        rows.append({"type": name, "gold": gold, "coded": coded, "right": right, **scores})
    return sorted(rows, key=lambda row: (-row["gold"], row["type"]))


def by_rule(articles: Sequence[PairedArticle]) -> list[dict[str, Any]]:
    """How each rule that gives a sub-event type fares, the most frequent first.

    Returns:
        Rows of `rule_id`; `matched`: reports of it that tell a gold event; `right`: those among them whose type is acceptable;
        `extra`: fresh reports of it that tell nothing, in articles that were judged. A report of two rules counts for both.
    """
    rows: dict[str, dict[str, int]] = {}
    for article in articles:
        counted = [("matched", report) for _, report in article.pairs]
        counted += [("right", report) for event, report in article.pairs if report.sub_event_type in event.classes]
        counted += [("extra", report) for report in article.false_reports]
        for what, report in counted:
            for rule in report.type_rules:
                rows.setdefault(rule, {"matched": 0, "right": 0, "extra": 0})[what] += 1
    ordered = sorted(rows.items(), key=lambda item: (-item[1]["matched"] - item[1]["extra"], item[0]))
    return [{"rule_id": rule, **row} for rule, row in ordered]
