"""All figures of coded articles against their gold coding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.evaluation import breakdown, clusters, figures, labels
from pipeline.evaluation.coded import CodedReport
from pipeline.evaluation.fields import EXACT_FIELDS, FIELDS
from pipeline.evaluation.gold import GoldArticle
from pipeline.evaluation.misses import misses
from pipeline.evaluation.pairing import pair
from pipeline.evaluation.reliability import reliability


def evaluate(gold: Sequence[GoldArticle], coded: Mapping[str, Sequence[CodedReport]], most_misses: int = 0) -> dict[str, Any]:
    """Every figure that the gold articles allow; docs/evaluation.md says what each one means.

    Args:
        gold: Gold coding.
        coded: Reports by the id that articles came with; an id that it lacks was not ingested.
        most_misses: How many misses to list.

    Returns:
        `articles`, `articles_not_ingested`, `relevance`, `detection`, `load`, `fields`, `background`, `sub_event_type`, `exact`,
        `matching`, `reliability`, `confusion`, `types`, `rules`, `misses`; a figure that gold gives no ground for is left out.
        Shares are between 0 and 1.
    """
    articles = [pair(article, coded.get(article.id)) for article in gold]
    cells = breakdown.confusion(articles)
    found: dict[str, Any] = {
        "articles": len(articles),
        "articles_not_ingested": sum(article.reports is None for article in articles),
        "relevance": figures.relevance(articles),
        "detection": figures.detection(articles),
        "load": figures.load(articles),
        "fields": figures.field_figures(articles, FIELDS),
        "background": figures.background(articles),
        "sub_event_type": labels.single_labels(articles) if labels.has_single_labels(articles) else None,
        "exact": figures.field_figures(articles, EXACT_FIELDS),
        "matching": clusters.matching(articles),
        "reliability": reliability(articles),
        "confusion": cells,
        "types": breakdown.by_type(cells),
        "rules": breakdown.by_rule(articles),
        "misses": misses(articles, most_misses),
    }
    return {name: value for name, value in found.items() if value is not None}
