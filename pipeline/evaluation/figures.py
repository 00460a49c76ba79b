"""The figures: relevance, detection, load, fields, background."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.evaluation.fields import Field
from pipeline.evaluation.pairing import PairedArticle


def share(right: float, of: float) -> float:
    """A share to four decimals; 0 of nothing."""
    return round(right / max(of, 1), 4)


def precision_recall(right: int, false: int, missed: int) -> dict[str, float]:
    """Precision `p`, recall `r` and their harmonic mean `f1`, to four decimals."""
    precision, recall = right / max(right + false, 1), right / max(right + missed, 1)
    return {
        "p": round(precision, 4),
        "r": round(recall, 4),
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 4),
    }


def relevance(articles: Sequence[PairedArticle]) -> dict[str, float] | None:
    """Whether articles that newly report something have a fresh report and others have none; None if nobody judged that.

    `false_alarm` is the share of irrelevant articles with a fresh report.
    """
    judged = [(article.gold.relevant, article.n_fresh > 0) for article in articles if article.gold.relevant is not None]
    if not judged:
        return None
    false = judged.count((False, True))
    return {
        **precision_recall(judged.count((True, True)), false, judged.count((True, False))),
        "false_alarm": share(false, false + judged.count((False, False))),
    }


def detection(articles: Sequence[PairedArticle]) -> dict[str, float]:
    """Required gold events found, against those missed and against fresh reports of nothing."""
    return precision_recall(
        sum(event.is_required for article in articles for event, _ in article.pairs),
        sum(len(article.false_reports) for article in articles),
        sum(event.is_required for article in articles for event in article.missed),
    )


def load(articles: Sequence[PairedArticle]) -> float:
    """Fresh reports per relevant article, to two decimals: it tells a coder that reports everything."""
    counts = [article.n_fresh for article in articles if article.gold.relevant]
    return round(sum(counts) / max(len(counts), 1), 2)


def field_figures(articles: Sequence[PairedArticle], fields: Mapping[str, Field]) -> dict[str, dict[str, float]]:
    """For each field that gold gives of some required event, how often the coder has it right.

    Returns:
        `matched`: share of the matched events that give it; `end_to_end`: share of all that do, an event that was missed being
        wrong; `n`: number of all that do.
    """
    found = {}
    for name, field in fields.items():
        pairs = [
            (event, report)
            for article in articles
            for event, report in article.pairs
            if event.is_required and field.is_given(event)
        ]
        missed = sum(event.is_required and field.is_given(event) for article in articles for event in article.missed)
        right = sum(field.is_right(event, report) for event, report in pairs)
        if n := len(pairs) + missed:
            found[name] = {"matched": share(right, len(pairs)), "end_to_end": share(right, n), "n": n}
    return found


def background(articles: Sequence[PairedArticle]) -> dict[str, Any] | None:
    """Share of the background events of gold that some report tells; None if gold has none."""
    found = sum(event.background for article in articles for event, _ in article.pairs)
    n = found + sum(event.background for article in articles for event in article.missed)
    return {"found": share(found, n), "n": n} if n else None
