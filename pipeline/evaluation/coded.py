"""Coded reports as the evaluation sees them: the values that gold may give, the words that they rest on, and their rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from pipeline.evaluation.names import proves_something

REPORT_COLUMNS = (
    "report_id",
    "article_id",
    "status",
    "is_background",
    "event_date",
    "event_date_end",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "actor2",
    "assoc_actor_2",
    "initiator",
    "location",
    "admin1",
    "admin2",
    "country",
    "latitude",
    "longitude",
    "geo_precision",
    "fatalities",
    "fatalities_low",
    "fatalities_high",
    "confidence",
)
EVIDENCE_COLUMNS = ("report_id", "field", "ordinal", "part", "start", "end", "rule_id")
_OUT_OF_PLAY = ("rejected", "superseded")


@dataclass(frozen=True, kw_only=True)
class CodedReport:
    """One report.

    Attributes:
        quotations: Words of the article's text that each field rests on, those only that are short enough to prove anything.
        type_rules: Rules that gave the sub-event type.
        event_id: Event that the report belongs to, or None.
    """

    report_id: str
    sub_event_type: str
    is_background: bool = False
    event_date: dt.date | None = None
    event_date_end: dt.date | None = None
    actor1: str | None = None
    assoc_actor_1: str | None = None
    actor2: str | None = None
    assoc_actor_2: str | None = None
    initiator: str = "unknown"
    location: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geo_precision: int | None = None
    fatalities: int | None = None
    fatalities_low: int | None = None
    fatalities_high: int | None = None
    confidence: float = 0.0
    quotations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    type_rules: tuple[str, ...] = ()
    event_id: str | None = None

    @property
    def is_fresh(self) -> bool:
        """Whether the article newly reports the incident."""
        return not self.is_background

    def values(self, columns: Iterable[str]) -> list[str]:
        """The values of these columns that are not missing."""
        return [value for column in columns if (value := getattr(self, column))]

    def quoted(self, fields: Iterable[str]) -> list[str]:
        """The words that these fields rest on."""
        return [words for name in fields for words in self.quotations.get(name, ())]


def coded_reports(
    articles: pd.DataFrame, reports: pd.DataFrame, evidence: pd.DataFrame, event_reports: pd.DataFrame
) -> dict[str, list[CodedReport]]:
    """The reports of each article that take part, neither rejected nor superseded, in the order of `report_id`.

    Args:
        articles: `article_id`, `external_id`, `text`.
        reports: `REPORT_COLUMNS`.
        evidence: `EVIDENCE_COLUMNS`.
        event_reports: `report_id`, `event_id`.

    Returns:
        By the id that the article came with. If several articles came with one id, the last by `article_id` stands for it.
    """
    reports = reports[~reports["status"].isin(_OUT_OF_PLAY)].sort_values("report_id")
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    bodies = {str(row.report_id): texts.get(str(row.article_id)) for row in reports[["report_id", "article_id"]].itertuples()}
    quotations, rules = _quotations_and_rules(evidence, bodies)
    events = dict(zip(event_reports["report_id"], event_reports["event_id"], strict=True))
    of_article: dict[str, list[CodedReport]] = {article_id: [] for article_id in sorted(texts)}
    names = [name for name in REPORT_COLUMNS if name not in {"article_id", "status"}]
    for record in reports.to_dict("records"):
        report_id = record["report_id"]
        values: dict[str, Any] = {name: record[name] for name in names if not pd.isna(record[name])}
        report = CodedReport(
            **values,
            quotations={name: tuple(words) for name, words in quotations.get(report_id, {}).items()},
            type_rules=tuple(rules.get(report_id, {})),
            event_id=events.get(report_id),
        )
        of_article.setdefault(record["article_id"], []).append(report)
    named = articles.sort_values("article_id")
    return {
        str(external_id): of_article[article_id]
        for article_id, external_id in zip(named["article_id"], named["external_id"], strict=True)
        if not pd.isna(external_id)
    }


def _quotations_and_rules(
    evidence: pd.DataFrame, bodies: Mapping[str, Any]
) -> tuple[dict[str, dict[str, list[str]]], dict[str, dict[str, None]]]:
    """The words behind each field of each report, and the rules behind its type, both in the order of the evidence."""
    quotations: dict[str, dict[str, list[str]]] = {}
    rules: dict[str, dict[str, None]] = {}
    for row in evidence.sort_values(["report_id", "field", "ordinal"]).itertuples():
        if row.field == "sub_event_type":
            rules.setdefault(str(row.report_id), {})[str(row.rule_id)] = None
        body = bodies.get(str(row.report_id))
        if row.part != "text" or not isinstance(body, str):
            continue
        words = body[int(str(row.start)) : int(str(row.end))]
        if proves_something(words):
            quotations.setdefault(str(row.report_id), {}).setdefault(str(row.field), []).append(words)
    return quotations, rules
