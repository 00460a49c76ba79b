"""Which reports tell one incident, where a list of incidents says so, and how many of them were brought together."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.errors import InputError
from pipeline.evaluation.gold import GoldArticle
from pipeline.evaluation.pairing import PairedArticle


def label_incidents(gold: Sequence[GoldArticle], text: str, name: str) -> list[GoldArticle]:
    """The gold articles with a `same_event` on each event that the list names.

    Args:
        gold: Gold coding.
        text: One JSON object a line for each incident; its `members` name an article by `doc_id` and one of its gold events by
            `template_index`, counted from 0.
        name: Of the file, for messages.

    Raises:
        InputError: A line is not of that form.
    """
    labels: dict[tuple[str, int], str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        try:
            members = json.loads(line)["members"]
            labels |= {(str(each["doc_id"]), int(each["template_index"])): f"incident {number}" for each in members}
        except (ValueError, KeyError, TypeError):
            raise InputError(f"{name}:{number}: give `members`, each with doc_id and template_index.") from None
    return [_labelled(article, labels) for article in gold]


def _labelled(article: GoldArticle, labels: Mapping[tuple[str, int], str]) -> GoldArticle:
    events = tuple(
        event.model_copy(update={"same_event": labels.get((article.id, at), event.same_event)})
        for at, event in enumerate(article.events)
    )
    return article.model_copy(update={"events": events})


def incident_recall(articles: Sequence[PairedArticle]) -> dict[str, Any]:
    """How much of each labelled incident stands in one event, each incident counting the same.

    An incident is a `same_event` that two gold events or more bear. A gold event that no report tells, or whose report is of no
    event, is with nobody.

    Returns:
        `incidents`; `told`, their gold events; `missed`, those without an event; `recall`, the mean over incidents of the share of
        the incident that an event of it holds, the event itself included (B-cubed); `pairs`, the mean share of pairs together.
    """
    members: dict[str, list[str | None]] = {}
    for article in articles:
        event_of = {id(event): report.event_id for event, report in article.pairs}
        for event in article.gold.events:
            if event.same_event:
                members.setdefault(event.same_event, []).append(event_of.get(id(event)))
    groups = [group for group in members.values() if len(group) > 1]
    found = [Counter(each for each in group if each) for group in groups]
    sizes = [len(group) for group in groups]
    n = max(len(groups), 1)
    recall = sum(sum(k * k for k in each.values()) / size**2 for each, size in zip(found, sizes, strict=True)) / n
    pairs = sum(sum(k * (k - 1) for k in each.values()) / (size * (size - 1)) for each, size in zip(found, sizes, strict=True)) / n
    return {
        "incidents": len(groups),
        "told": sum(sizes),
        "missed": sum(sizes) - sum(sum(each.values()) for each in found),
        "recall": round(recall, 4),
        "pairs": round(pairs, 4),
    }
