"""Whether confidence means what it says: of the reports of one confidence, that share should tell an event of gold and its type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.evaluation.figures import share
from pipeline.evaluation.pairing import PairedArticle

_BINS = 10


def reliability(articles: Sequence[PairedArticle]) -> dict[str, Any] | None:
    """The reliability curve of fresh reports in articles that were judged; None if there are none.

    A report is right if it tells an event of gold, arguable or recalled ones among them, with an acceptable type.

    Returns:
        `bins`: rows of `confidence_from`, `confidence_to`, `n`, `confidence` (their mean) and `right` (share); bins without reports
        are left out. `error`: the mean distance between confidence and share over all reports, each bin as one (the expected
        calibration error of Naeini, Cooper and Hauskrecht 2015). `n`: all reports.
    """
    judged = [article for article in articles if article.gold.relevant is not None]
    told = [
        (report.confidence, report.sub_event_type in event.classes)
        for article in judged
        for event, report in article.pairs
        if report.is_fresh
    ]
    told += [(report.confidence, False) for article in judged for report in article.false_reports]
    if not told:
        return None
    bins: dict[int, list[tuple[float, bool]]] = {}
    for confidence, is_right in told:
        bins.setdefault(min(int(confidence * _BINS), _BINS - 1), []).append((confidence, is_right))
    rows = [_row(number, each) for number, each in sorted(bins.items())]
    error = sum(abs(row["confidence"] - row["right"]) * row["n"] for row in rows) / len(told)
    return {"bins": rows, "error": round(error, 4), "n": len(told)}


def _row(number: int, reports: Sequence[tuple[float, bool]]) -> dict[str, Any]:
    return {
        "confidence_from": number / _BINS,
        "confidence_to": (number + 1) / _BINS,
        "n": len(reports),
        "confidence": round(sum(confidence for confidence, _ in reports) / len(reports), 4),
        "right": share(sum(is_right for _, is_right in reports), len(reports)),
    }
