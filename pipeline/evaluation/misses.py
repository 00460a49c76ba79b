"""What went wrong, article by article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from pipeline.evaluation.coded import CodedReport
from pipeline.evaluation.fields import EXACT_FIELDS, FIELDS, Field
from pipeline.evaluation.gold import GoldEvent
from pipeline.evaluation.pairing import PairedArticle

_SHOWN_FIELDS: dict[str, Field] = {
    **{name: FIELDS[name] for name in ("class", "date", "country", "place", "perpetrator", "target", "deaths")},
    **{name: EXACT_FIELDS[name] for name in ("actor1", "actor2")},
}


def misses(articles: Sequence[PairedArticle], most: int) -> list[dict[str, Any]]:
    """The first `most` things that are wrong, in the order of gold.

    Returns:
        Rows of `id`; `what`: `missed`, `extra` or the field that is wrong; `gold` and `coded`: the values, None where a side has
        nothing.
    """
    return list(islice((row for article in articles for row in _of_article(article)), most))


def _of_article(article: PairedArticle) -> Iterator[dict[str, Any]]:
    for event, report in article.pairs:
        for name, field in _SHOWN_FIELDS.items():
            if event.is_required and field.is_given(event) and not field.is_right(event, report):
                yield {"id": article.gold.id, "what": name, "gold": _wanted(event, name), "coded": _summary(report)}
    for event in article.missed:
        if event.is_required:
            wanted = " | ".join(str(_wanted(event, name)) for name in ("class", "date", "place"))
            yield {"id": article.gold.id, "what": "missed", "gold": wanted, "coded": None}
    for report in article.false_reports:
        yield {"id": article.gold.id, "what": "extra", "gold": None, "coded": _summary(report)}


def _wanted(event: GoldEvent, name: str) -> str | None:
    values: dict[str, Any] = {
        "class": " / ".join(event.classes),
        "date": " to ".join(sorted({day for day in (event.date_start, event.date_end) if day})) or None,
        "country": event.country,
        "place": ", ".join(event.places[:2]) or None,
        "perpetrator": ", ".join(event.perpetrators) or None,
        "target": ", ".join(event.victims) or None,
        "deaths": event.deaths,
        "actor1": event.actor1,
        "actor2": event.actor2,
    }
    return None if values[name] is None else str(values[name])


def _summary(report: CodedReport) -> str:
    sides = f"{report.actor1} against {report.actor2}" if report.actor2 else str(report.actor1)
    where = ", ".join(report.values(("location", "admin1", "country")))
    return f"{report.sub_event_type} | {report.event_date} | {where} | {sides} | {report.fatalities} killed"
