"""How well reports of one incident were brought together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import Any

from pipeline.evaluation.pairing import PairedArticle

Cluster = tuple[str, Hashable]


def b_cubed(clusters: Sequence[tuple[Hashable, Hashable]]) -> dict[str, float]:
    """B-cubed precision, recall and F1 of items of which each has a gold and a coded cluster (Bagga and Baldwin 1998).

    An item's precision is the share of its coded cluster that lies in its gold cluster, its recall the share of its gold cluster
    that lies in its coded cluster, the item itself included; the figures are means over items, F1 is made from the means.
    """
    shared = Counter(clusters)
    gold_sizes, coded_sizes = Counter(gold for gold, _ in clusters), Counter(coded for _, coded in clusters)
    n = max(len(clusters), 1)
    precision = sum(shared[gold, coded] / coded_sizes[coded] for gold, coded in clusters) / n
    recall = sum(shared[gold, coded] / gold_sizes[gold] for gold, coded in clusters) / n
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"p": round(precision, 4), "r": round(recall, 4), "f1": round(f1, 4)}


def _items(articles: Sequence[PairedArticle]) -> list[tuple[Cluster, Cluster]]:
    found = []
    for article in articles:
        places = {id(event): position for position, event in enumerate(article.gold.events)}
        for event, report in article.pairs:
            alone = ("alone", (article.gold.id, places[id(event)]))
            gold: Cluster = ("label", event.same_event) if event.same_event else alone
            coded: Cluster = ("event", report.event_id) if report.event_id else ("report", report.report_id)
            found.append((gold, coded))
    return found


def matching(articles: Sequence[PairedArticle]) -> dict[str, Any] | None:
    """How the coder's events group what gold groups by `same_event`; None if gold gives no label at all.

    Items are the gold events, required or not, that a report tells: what was not found cannot be grouped. The gold cluster of an
    item is its label, or itself; its coded cluster is the event that its report belongs to, or the report itself.

    Returns:
        B-cubed `p`, `r`, `f1` over `n` items, and in `together` the same over those items that either side puts together with
        another, if there are any: the many that stand alone on both sides are always right and raise the first figures.
    """
    if not any(event.same_event for article in articles for event in article.gold.events):
        return None
    items = _items(articles)
    golds, codeds = Counter(gold for gold, _ in items), Counter(coded for _, coded in items)
    together = [(gold, coded) for gold, coded in items if golds[gold] > 1 or codeds[coded] > 1]
    found: dict[str, Any] = {**b_cubed(items), "n": len(items)}
    return found | ({"together": {**b_cubed(together), "n": len(together)}} if together else {})
