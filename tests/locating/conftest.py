"""Coded reports in a few words, located with the shipped seeds."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from pipeline.locating.stage import locate_reports
from pipeline.resources.bundle import Resources
from pipeline.resources.seeds import Seeds, shipped_seeds
from pipeline.settings import DatasetSettings, Settings
from schemas.arrow import rows_to_frame

Row = dict[str, Any]
ARTICLE = "art-" + "0" * 20


def report(number: int = 1, **values: Any) -> Row:
    return {
        "report_id": f"rep-{number:020x}",
        "article_id": ARTICLE,
        "coder_kind": "rules",
        "codebook_version": "1.0",
        "anchor_start": 0,
        "anchor_end": 9,
        "anchor_ordinal": 0,
        "status": "candidate",
        "is_background": False,
        "event_date": dt.date(2017, 10, 16),
        "time_precision": 1,
        "sub_event_type": "Attack",
        "initiator": "unknown",
        "country": "Iraq",
        "fatalities": 0,
        "fatalities_low": 0,
        "fatalities_basis": "none_mentioned",
        "confidence": 0.5,
        **values,
    }


def evidence(field: str, value: str, number: int = 1, ordinal: int = 0) -> Row:
    return {
        "report_id": f"rep-{number:020x}",
        "field": field,
        "ordinal": ordinal,
        "part": "text",
        "start": 0,
        "end": 5,
        "rule_id": f"role.{field}",
        "attribution": "asserted",
        "value": value,
    }


def place_decision(number: int = 1, **body: Any) -> Row:
    return {
        "decision_id": f"d{number}",
        "kind": "place",
        "article_id": ARTICLE,
        "coder_id": "amber",
        "is_current": True,
        "decided_at": dt.datetime(2024, 1, number, tzinfo=dt.UTC),
        "codebook_version": "1.0",
        "body": json.dumps(body, sort_keys=True),
    }


class Located:
    """Output of the stage as plain rows."""

    def __init__(self, frames: dict[str, pd.DataFrame]) -> None:
        self.frames = frames
        self.reports: list[Row] = frames["reports"].astype(object).where(frames["reports"].notna(), None).to_dict("records")
        self.evidence: list[Row] = frames["evidence"].astype(object).where(frames["evidence"].notna(), None).to_dict("records")

    @property
    def row(self) -> Row:
        (only,) = self.reports
        return only

    @property
    def codes(self) -> set[str]:
        return set((self.row["needs_review"] or "").split("; ")) - {""}


Locate = Callable[..., Located]


@pytest.fixture(scope="session")
def resources() -> Resources:
    return Resources(Seeds((shipped_seeds(),)))


@pytest.fixture(scope="session")
def locate(resources: Resources) -> Locate:
    def run(
        *reports: Row,
        supported: tuple[Row, ...] = (),
        decisions: tuple[Row, ...] = (),
        countries: tuple[str, ...] = ("IQ",),
        source_id: str = "no-such-outlet",
    ) -> Located:
        article = {"article_id": ARTICLE, "source_id": source_id, "language": "en", "content_hash": "0" * 64, "status": "ok"}
        return Located(
            locate_reports(
                rows_to_frame([{**article, "source_name": "Outlet"}], "articles")[["article_id", "source_id"]],
                rows_to_frame([], "anchored_corrections"),
                rows_to_frame(reports, "coded_reports"),
                rows_to_frame(supported, "coded_evidence"),
                rows_to_frame(decisions, "decisions"),
                resources=resources,
                settings=Settings(dataset=DatasetSettings(countries=countries)),
            )
        )

    return run
