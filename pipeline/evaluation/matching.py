"""How well reports made of gold events are matched: matching judged apart from the coder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import Any

from pipeline.evaluation.clusters import b_cubed
from pipeline.evaluation.gold import GoldArticle
from pipeline.evaluation.gold_reports import GoldTables, gold_tables
from pipeline.matching.families import find_families
from pipeline.matching.stage import match_pairs
from pipeline.resources.bundle import Resources
from pipeline.settings import Settings
from schemas.arrow import rows_to_frame

Item = tuple[Hashable, Hashable]


def evaluate_matching(gold: Sequence[GoldArticle], resources: Resources, settings: Settings) -> dict[str, Any]:
    """Figures of the matcher on gold events taken as reports.

    Args:
        gold: Gold coding with `same_event` labels.
        resources: Gazetteer, registry and weights.
        settings: The windows.

    Returns:
        `reports`; `without_report`, gold events that lack a day, a place or a country, each counted as standing alone; `pairs` with
        precision `p`, recall `r` and `f1` over pairs of reports; `b_cubed` with the same over reports; `by_size`, the B-cubed
        figures of the reports of gold incidents told by one, two ... reports.
    """
    tables = gold_tables(gold, resources)
    items = [
        *_matched(tables, resources, settings),
        *((("label", label), ("without", at)) for at, label in enumerate(tables.without)),
    ]
    sizes = Counter(label for label, _ in items)
    by_size = {size: b_cubed_of(items, {label for label in sizes if sizes[label] == size}) for size in sorted(set(sizes.values()))}
    return {
        "reports": len(tables.reports),
        "without_report": len(tables.without),
        "pairs": pairwise(items),
        "b_cubed": b_cubed(items),
        "by_size": {str(size): found for size, found in by_size.items()},
    }


def _matched(tables: GoldTables, resources: Resources, settings: Settings) -> list[Item]:
    nothing = rows_to_frame([], "article_signatures")
    matched = match_pairs(
        tables.articles,
        find_families(tables.articles, nothing),
        tables.reports,
        rows_to_frame([], "decisions"),
        rows_to_frame([], "decision_anchors"),
        resources=resources,
        settings=Settings(matching=settings.matching),
    )
    label_of = dict(zip(tables.reports["report_id"], tables.labels, strict=True))
    ids = matched.reports["report_id"]
    return [(("label", label_of[each]), cluster) for each, cluster in zip(ids, matched.clusters.tolist(), strict=True)]


def pairwise(items: Sequence[Item]) -> dict[str, float]:
    """Precision, recall and F1 over pairs of items, given the gold and the coded cluster of each."""
    both, gold, coded = (_pairs(Counter(of)) for of in (items, (one for one, _ in items), (two for _, two in items)))
    p, r = (both / whole if whole else 1.0 for whole in (coded, gold))
    return {"p": round(p, 4), "r": round(r, 4), "f1": round(2 * p * r / (p + r), 4) if p + r else 0.0, "n": gold}


def _pairs(sizes: Counter[Any]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


def b_cubed_of(items: Sequence[Item], labels: set[Hashable]) -> dict[str, float]:
    """The B-cubed figures of those items whose gold cluster is named; their coded clusters count whole."""
    golds, codeds, shared = Counter(one for one, _ in items), Counter(two for _, two in items), Counter(items)
    chosen = [item for item in items if item[0] in labels]
    n = max(len(chosen), 1)
    p = sum(shared[item] / codeds[item[1]] for item in chosen) / n
    r = sum(shared[item] / golds[item[0]] for item in chosen) / n
    return {"p": round(p, 4), "r": round(r, 4), "f1": round(2 * p * r / (p + r), 4) if p + r else 0.0, "n": len(chosen)}
