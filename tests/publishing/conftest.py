"""A small dataset held in frames: articles with sentences of our own, one report and one event for each incident."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from pipeline.publishing.release import publish_release
from pipeline.settings import Settings
from schemas.arrow import rows_to_frame
from schemas.identity import article_id, provisional_event_id, report_id
from schemas.tables import TABLES

DAY = dt.date(2017, 10, 19)

VALUES: dict[str, Any] = {
    "event_date": DAY,
    "time_precision": 1,
    "disorder_type": "Political violence",
    "event_type": "Violence against civilians",
    "sub_event_type": "Attack",
    "actor1": "Islamic State (Iraq)",
    "actor1_id": "islamic-state-iraq",
    "inter1": "Rebel group",
    "actor2": "Civilians (Iraq)",
    "inter2": "Civilians",
    "interaction": "Rebel group-Civilians",
    "initiator": "actor1",
    "civilian_targeting": "Civilians targeted",
    "country": "Iraq",
    "iso": 368,
    "gwno": 645,
    "region": "Middle East",
    "admin1": "Kirkuk",
    "admin2": "Daquq",
    "location": "Daquq",
    "place_id": "daquq",
    "latitude": 35.137,
    "longitude": -1.29,
    "geo_precision": 1,
    "fatalities": 3,
    "fatalities_low": 3,
    "fatalities_high": 3,
    "fatalities_basis": "stated",
    "notes": "On 19 October 2017, Islamic State (Iraq) attacked civilians in Daquq (Daquq, Kirkuk). 3 people were killed.",
    "confidence": 0.9,
}


class Frames:
    """A state whose tables are frames in memory."""

    def __init__(self, rows: dict[str, list[dict[str, Any]]], inputs: dict[str, str] | None = None) -> None:
        self.rows = rows
        self.given = inputs or {}

    def tables(self) -> list[str]:
        return sorted(self.rows)

    def inputs(self) -> dict[str, str]:
        return dict(self.given)

    def read(self, table: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        frame = rows_to_frame(self.rows.get(table, []), table).sort_values(list(TABLES[table].key), ignore_index=True)
        return frame if columns is None else frame[list(columns)]

    def batches(self, table: str, columns: Sequence[str] | None = None, rows: int = 2) -> Iterator[pd.DataFrame]:
        frame = self.read(table, columns)
        for start in range(0, max(len(frame), 1), 2):
            yield frame.iloc[start : start + 2]


@dataclass
class Incident:
    """One report of the sample: the sentence that tells it and the words in it."""

    sentence: str
    event: str
    trigger: str = ""
    coder: str = "rules"
    values: dict[str, Any] = field(default_factory=dict)


class Sample:
    """Builds a state from articles given as lists of incidents; one event for each name in `event`."""

    def __init__(self, inputs: dict[str, str] | None = None) -> None:
        self.inputs = inputs or {"code of code": "1", "setting matching.recipe": "conservative"}
        self.articles: dict[str, tuple[str, list[Incident]]] = {}
        self.sources: dict[str, str] = {}
        self.decisions: list[dict[str, Any]] = []
        self.sensitivity: dict[str, str] = {}
        self.event_values: dict[str, dict[str, Any]] = {}
        self.title = "A headline"

    def article(self, name: str, *incidents: Incident, source: str = "example-times", text: str | None = None) -> Sample:
        self.articles[name] = (text or "  ".join(each.sentence for each in incidents), list(incidents))
        self.sources[name] = source
        return self

    def article_id(self, name: str) -> str:
        return article_id(self.sources[name], external_id=name, url=None, text="")

    def decide(self, decision_id: str, name: str, kind: str = "coding", coder: str = "curious-otter") -> Sample:
        self.decisions.append(
            {
                "decision_id": decision_id,
                "kind": kind,
                "article_id": self.article_id(name),
                "coder_id": coder,
                "decided_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
                "codebook_version": "1.0",
                "body": "{}",
                "is_current": True,
            }
        )
        return self

    def state(self) -> Frames:
        rows: dict[str, list[dict[str, Any]]] = {
            name: []
            for name in ("articles", "reports", "evidence", "event_reports", "problems", "decision_anchors", "merged_events")
        }
        members: dict[str, list[tuple[str, dict[str, Any]]]] = {}
        for name, (text, incidents) in sorted(self.articles.items()):
            rows["articles"].append(self._article(name, text))
            for incident in incidents:
                report = self._report(name, text, incident, rows["evidence"])
                rows["reports"].append(report)
                if incident.event:
                    members.setdefault(incident.event, []).append((name, report))
        rows["events"] = [self._event(event, found, rows["event_reports"]) for event, found in sorted(members.items())]
        rows["decisions"] = self.decisions
        return Frames(rows, self.inputs)

    def _article(self, name: str, text: str) -> dict[str, Any]:
        return {
            "article_id": self.article_id(name),
            "source_id": self.sources[name],
            "source_name": self.sources[name].replace("-", " ").title(),
            "url": f"https://example.org/{name}",
            "language": "en",
            "published_day": DAY + dt.timedelta(days=1),
            "content_hash": hashlib.sha256(text.encode()).hexdigest(),
            "status": "ok",
            "title": self.title,
            "text": text,
        }

    def _report(self, name: str, text: str, incident: Incident, evidence: list[dict[str, Any]]) -> dict[str, Any]:
        start = text.index(incident.sentence)
        coder = incident.coder if incident.coder == "rules" else f"human:{incident.coder}"
        key = report_id(self.article_id(name), coder, start, 0)
        if incident.trigger:
            at = text.index(incident.trigger, start)
            evidence.append(
                {
                    "report_id": key,
                    "field": "sub_event_type",
                    "ordinal": 0,
                    "part": "text",
                    "start": at,
                    "end": at + len(incident.trigger),
                    "rule_id": "attack",
                    "attribution": "asserted",
                    "value": "Attack",
                }
            )
        return (
            VALUES
            | {
                "report_id": key,
                "article_id": self.article_id(name),
                "codebook_version": "1.0",
                "anchor_start": start,
                "coder_kind": "rules" if incident.coder == "rules" else "human",
                "anchor_ordinal": 0,
                "is_background": False,
                "coder_id": None if incident.coder == "rules" else incident.coder,
                "status": "accepted",
                "anchor_end": start + len(incident.sentence),
            }
            | incident.values
        )

    def _event(self, name: str, found: list[tuple[str, dict[str, Any]]], links: list[dict[str, Any]]) -> dict[str, Any]:
        key = provisional_event_id([report["report_id"] for _, report in found])
        for number, (article, report) in enumerate(found):
            links.append(
                {
                    "event_id": key,
                    "report_id": report["report_id"],
                    "article_id": report["article_id"],
                    "source_id": self.sources[article],
                    "url": f"https://example.org/{article}",
                    "score": 1.0,
                    "role": "update" if number else "primary",
                }
            )
        sources = sorted({self.sources[article].replace("-", " ").title() for article, _ in found})
        values = {column: value for column, value in found[0][1].items() if column in VALUES}
        return (
            values
            | {
                "event_id": key,
                "year": 2017,
                "source": "; ".join(sources),
                "source_scale": "Other",
                "acled_unit_id": f"unit-{name}",
                "n_reports": len(found),
                "n_sources": len(sources),
                "is_retrospective": False,
                "status": "candidate",
                "sensitivity": self.sensitivity.get(name, "open"),
            }
            | self.event_values.get(name, {})
        )


class _Registry:
    def __init__(self, known: dict[str, Any]) -> None:
        self.known = known

    def get(self, key: str) -> Any:
        return self.known.get(key)

    def mentions(self, text: str) -> list[Any]:
        return [
            SimpleNamespace(start=text.index(each.name), end=text.index(each.name) + len(each.name))
            for each in self.known.values() if each.name in text
        ]  # fmt: skip


class _Places(_Registry):
    def resolve(self, name: str, *, country: str, admin1: str) -> Any:
        if (name, country, admin1) != ("Kirkuk province", "Iraq", "Kirkuk"):
            return None
        place = SimpleNamespace(place_id="kirkuk", name="Kirkuk", latitude=35.468, longitude=44.392, admin1="Kirkuk")
        return SimpleNamespace(place=SimpleNamespace(**{**vars(place), "capital_place_id": None}))


@pytest.fixture
def registries() -> Any:
    """An actor, a place, an open source and one that must stay unnamed."""

    def source(name: str, disclosure: str) -> SimpleNamespace:
        return SimpleNamespace(
            name=name,
            names=(name,),
            domains=("example.org",),
            country="Iraq",
            type="newspaper",
            language="en",
            ownership="private",
            licence=None,
            active_from=None,
            active_to=None,
            disclosure=disclosure,
            reach="national",
        )

    actor = SimpleNamespace(
        actor_id="islamic-state-iraq",
        name="Islamic State (Iraq)",
        kind="armed_group",
        inter=2,
        country="Iraq",
        valid_from=dt.date(2014, 6, 29),
        valid_to=None,
        parent=None,
        successor=None,
        aliases=("Islamic State", "Daesh"),
        ucdp_id=None,
        wikidata_id=None,
    )
    return SimpleNamespace(
        actors=_Registry({"islamic-state-iraq": actor}),
        corrections=(),
        sensitivity=(),
        gazetteer=_Places({"daquq": SimpleNamespace(name="Daquq")}),
        sources=_Registry(
            {"example-times": source("Example Times", "open"), "brave-partner": source("Brave Partner", "undisclosed")}
        ),
    )


@pytest.fixture
def new_sample() -> type[Sample]:
    """Starts an empty sample."""
    return Sample


@pytest.fixture
def incident() -> type[Incident]:
    """Makes incidents."""
    return Incident


@pytest.fixture
def attack() -> Incident:
    """The incident that most tests begin with."""
    return Incident(
        "Gunmen stormed the hamlet of Daquq before sunrise on Thursday and three farmers lost their lives.", "a", "stormed"
    )


@pytest.fixture
def settings() -> Settings:
    """Settings of a dataset on Iraq."""
    return Settings.model_validate(
        {
            "dataset": {"name": "sample", "title": 'Sample: of "events"', "countries": ["IQ"]},
            "release": {"creators": ["The Authors & Co"], "homepage": "https://example.org/data"},
        }
    )


@pytest.fixture
def publish(tmp_path: Path, registries: Any, settings: Settings):
    """Publishes a state, by default below the test's own folder."""

    def run(state: Any, version: str = "2026.9.0", *, root: Path | None = None, **more: Any):
        options = {"date": None, "previous": None, "resources": registries, "settings": settings} | more
        return publish_release(
            state.state() if isinstance(state, Sample) else state, root=root or tmp_path, version=version, **options
        )

    return run
