"""Figures for gold files with one type an article at most: each article is put into one class or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.evaluation.figures import precision_recall, share
from pipeline.evaluation.pairing import PairedArticle

NONE = "none"
_WORST = 8


@dataclass
class _Tally:
    support: int = 0
    coded: int = 0
    right: int = 0

    @property
    def f1(self) -> float:
        return precision_recall(self.right, self.coded - self.right, self.support - self.right)["f1"]


def has_single_labels(articles: Sequence[PairedArticle]) -> bool:
    """Whether gold gives one event with one class an article at most, and some article has one."""
    events = [article.gold.events for article in articles]
    return any(events) and all(len(found) <= 1 and all(len(event.classes) == 1 for event in found) for found in events)


def coded_label(article: PairedArticle) -> str:
    """The type of the fresh report that the coder is surest of, the first of equals; `none` without one."""
    fresh = [report for report in article.reports or () if report.is_fresh]
    return max(fresh, key=lambda report: report.confidence).sub_event_type if fresh else NONE


def single_labels(articles: Sequence[PairedArticle]) -> dict[str, Any]:
    """How well the coder's one class fits that of gold.

    Returns:
        `accuracy` over articles that have a class; `weighted_f1` and `macro_f1`, means over the classes of gold by their number
        of articles and plain; `none_left_alone`: share of articles without a class that get none; `worst`: F1 of the eight
        classes that fare worst.
    """
    tallies: dict[str, _Tally] = {}
    for article in articles:
        wanted = article.gold.events[0].classes[0] if article.gold.events else NONE
        coded = coded_label(article)
        tallies.setdefault(wanted, _Tally()).support += 1
        tallies.setdefault(coded, _Tally()).coded += 1
        tallies[wanted].right += coded == wanted
    none = tallies.pop(NONE, _Tally())
    f1 = {name: tally.f1 for name, tally in tallies.items() if tally.support}
    support = sum(tally.support for tally in tallies.values())
    return {
        "accuracy": share(sum(tally.right for tally in tallies.values()), support),
        "weighted_f1": share(sum(f1[name] * tallies[name].support for name in f1), support),
        "macro_f1": share(sum(f1.values()), len(f1)),
        "none_left_alone": share(none.right, none.support),
        "worst": {name: f1[name] for name in sorted(f1, key=lambda name: f1[name])[:_WORST]},
    }
