"""A small corpus to match: tests say what differs from one sound report."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from pipeline.matching.arrays import report_arrays
from pipeline.matching.eligibility import eligible_reports
from pipeline.matching.families import find_families
from pipeline.matching.signatures import sign_articles
from pipeline.matching.stage import match_reports
from pipeline.resources.match_weights import MatchWeights
from pipeline.resources.seeds import Seeds, shipped_seeds
from pipeline.resources.sources import SourceRegistry
from pipeline.settings import DatasetSettings, MatchingSettings, Settings
from schemas.arrow import rows_to_frame
from schemas.identity import article_id, report_id
from schemas.taxonomy import COUNTRIES, SUB_EVENT_TYPES

DAY = dt.date(2017, 10, 19)
WEIGHTS = MatchWeights.from_rows(Seeds((shipped_seeds(),)).rows("match_weights"))

SOURCE = {
    "domains": "", "type": "newspaper", "language": "en", "ownership": "private", "licence": "", "active_from": "",
    "active_to": "", "disclosure": "open",
}  # fmt: skip
SOURCES = SourceRegistry.from_rows([
    SOURCE | {"source_id": "kirkuk-now", "names": "Kirkuk Now; KirkukNow", "country": "Iraq", "reach": "subnational"},
    SOURCE | {"source_id": "rudaw", "names": "Rudaw", "country": "Iraq", "reach": "national"},
    SOURCE | {"source_id": "bbc", "names": "BBC News", "country": "United Kingdom", "reach": "international"},
    SOURCE | {"source_id": "partner", "names": "A Friend", "country": "Iraq", "reach": "subnational", "type": "local_partner",
              "disclosure": "undisclosed"},
])  # fmt: skip

REPORT: dict[str, Any] = {
    "coder_kind": "rules", "codebook_version": "1.0", "anchor_start": 0, "anchor_end": 60, "anchor_ordinal": 0,
    "status": "candidate", "is_background": False, "event_date": DAY, "time_precision": 1, "sub_event_type": "Attack",
    "actor1": "IS: Islamic State (Iraq)", "actor1_id": "is-iraq", "inter1": "Rebel group",
    "actor2": "Civilians (Iraq)", "inter2": "Civilians", "initiator": "actor1", "country": "Iraq", "admin1": "Kirkuk",
    "admin2": "Daquq", "location": "Daquq", "place_id": "daquq", "latitude": 35.137, "longitude": 44.448, "geo_precision": 1,
    "fatalities": 0, "fatalities_low": 0, "fatalities_basis": "none_mentioned", "confidence": 0.8,
}  # fmt: skip


def article(name: str, *, source: str = "rudaw", text: str | None = None, **more: Any) -> dict[str, Any]:
    """One article; its id follows from its source and name, its text is its own unless one is given.

    `text` stands for a text that is not there, `words` is one.
    """
    words = more.pop("words", None)
    return {
        "article_id": article_id(source, external_id=name, url=None, text=""),
        "external_id": name,
        "source_id": source,
        "source_name": source.title(),
        "language": "en",
        "published_day": DAY,
        "content_hash": hashlib.sha256((words or text or f"{source}/{name}").encode()).hexdigest(),
        "text": words,
        "status": "ok",
        **more,
    }


def report(of: dict[str, Any], **more: Any) -> dict[str, Any]:
    """One report of an article; `toll` is short for an exact number of dead."""
    toll = more.pop("toll", None)
    told = {"fatalities": toll, "fatalities_low": toll, "fatalities_high": toll, "fatalities_basis": "stated"}
    row = {**REPORT, "article_id": of["article_id"], **({} if toll is None else told), **more}
    kind = SUB_EVENT_TYPES[row["sub_event_type"]]
    row |= {"event_type": kind.event_type, "disorder_type": kind.disorder_type}
    if country := COUNTRIES.get(row["country"] or ""):
        row |= {"iso": country.iso, "region": country.region, "gwno": country.gwno}
    coder = row["coder_kind"] + (row.get("coder_id") or "")
    return {"report_id": report_id(of["article_id"], coder, row["anchor_start"], row["anchor_ordinal"]), **row}


class People:
    """Decisions and the anchors that were found for them."""

    def __init__(self) -> None:
        self.decisions: list[dict[str, Any]] = []
        self.anchors: list[dict[str, Any]] = []

    def decide(self, kind: str, body: dict[str, Any], *sides: dict[str, Any]) -> People:
        number = len(self.decisions)
        moment = dt.datetime(2024, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=number)
        self.decisions.append({
            "decision_id": f"d{number}", "kind": kind, "article_id": sides[0]["article_id"], "coder_id": "a",
            "decided_at": moment, "codebook_version": "1.0", "is_current": True, "body": json.dumps(body),
        })  # fmt: skip
        self.anchors += [
            {"decision_id": f"d{number}", "side": side, "article_id": row["article_id"], "report_id": row["report_id"],
             "matched_by": "offset"}
            for side, row in enumerate(sides)
        ]  # fmt: skip
        return self

    def judge(self, one: dict[str, Any], two: dict[str, Any], verdict: str) -> People:
        return self.decide("pair", {"left": anchor(one), "right": anchor(two), "verdict": verdict}, one, two)

    def attach(self, one: dict[str, Any], two: dict[str, Any]) -> People:
        return self.decide("attach", {"to": anchor(two)}, one, two)

    def override(self, row: dict[str, Any], field: str, value: Any) -> People:
        body = {"anchor": anchor(row), "field": field, "value": value, "reason": "seen", "source": "a second look"}
        return self.decide("event_override", body, row)


def anchor(row: dict[str, Any]) -> dict[str, Any]:
    return {"article_id": row["article_id"], "anchor": {"start": 0, "end": 5, "words": "words"}}


def settings(matching: dict[str, Any] | None = None, **dataset: Any) -> Settings:
    return Settings(dataset=DatasetSettings(**dataset), matching=MatchingSettings(**(matching or {})))


def match(
    articles: list[dict[str, Any]], reports: list[dict[str, Any]], people: People | None = None, **more: Any
) -> dict[str, pd.DataFrame]:
    """Run the stage; keywords are settings of the dataset, `matching` those of that section."""
    said = people or People()
    return match_reports(
        articles=rows_to_frame(articles, "articles").drop(columns=["title", "text"]),
        article_signatures=sign_articles(rows_to_frame(articles, "articles"))["article_signatures"],
        reports=rows_to_frame(reports, "reports"),
        decisions=rows_to_frame(said.decisions, "decisions"),
        decision_anchors=rows_to_frame(said.anchors, "decision_anchors"),
        resources=SimpleNamespace(sources=SOURCES, match_weights=WEIGHTS),  # type: ignore[arg-type]
        settings=settings(**more),
    )


def tell(*rows: dict[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Articles of different outlets, and one report of each that differs from the sound one as the row says."""
    articles = [article(f"a{number}", source=f"outlet-{number}") for number in range(len(rows))]
    return articles, [report(of, **row) for of, row in zip(articles, rows, strict=True)]


def groups(tables: dict[str, pd.DataFrame]) -> set[frozenset[str]]:
    """Report ids by event."""
    links = tables["event_reports"]
    return {frozenset(part) for _, part in links.groupby("event_id")["report_id"]}


def ids(*rows: dict[str, Any]) -> frozenset[str]:
    return frozenset(row["report_id"] for row in rows)


def only_event(tables: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """The one event, with None for null."""
    events = tables["merged_events"]
    assert len(events) == 1, events[["event_id", "sub_event_type", "event_date", "location"]]
    return {name: None if pd.isna(value) else value for name, value in events.iloc[0].items()}


def arrays(reports: list[dict[str, Any]], articles: list[dict[str, Any]]):
    frame = rows_to_frame(articles, "articles")
    families = find_families(frame, sign_articles(frame)["article_signatures"])
    return report_arrays(eligible_reports(rows_to_frame(reports, "reports"), frame, families, DatasetSettings()))


@pytest.fixture(scope="session")
def corpus() -> SimpleNamespace:
    """The builders above."""
    return SimpleNamespace(
        DAY=DAY, SOURCES=SOURCES, People=People, article=article, report=report, match=match, tell=tell, groups=groups, ids=ids,
        only_event=only_event, arrays=arrays,
    )  # fmt: skip
