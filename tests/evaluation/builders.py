"""Gold events and reports with one line each."""

from __future__ import annotations

import datetime as dt

from pipeline.evaluation.coded import CodedReport
from pipeline.evaluation.gold import GoldArticle, GoldEvent


def event(*classes: str, **values: object) -> GoldEvent:
    return GoldEvent.model_validate({"classes": classes or ("Attack",), **values})


def article(*events: GoldEvent, name: str = "a", relevant: bool | None = True) -> GoldArticle:
    return GoldArticle(id=name, relevant=relevant, events=events)


def report(sub_event_type: str = "Attack", report_id: str = "r1", day: str | None = None, **values: object) -> CodedReport:
    when = {"event_date": dt.date.fromisoformat(day)} if day else {}
    return CodedReport(report_id=report_id, sub_event_type=sub_event_type, **when, **values)
