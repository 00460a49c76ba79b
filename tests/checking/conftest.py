"""A small sound dataset: one article, its report with evidence, the event made of it. Tests change what they need."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from pipeline.checking.check import Tables
from pipeline.checking.stage import check_tables
from pipeline.settings import Settings
from schemas.arrow import rows_to_frame
from schemas.identity import article_id, provisional_event_id, report_id, unit_id

ARTICLE = article_id("kurdistan-24", external_id="1", url=None, text="")
REPORT = report_id(ARTICLE, "rules", 0, 0)
EVENT = provisional_event_id([REPORT])
DAY = dt.date(2017, 10, 19)

SHARED: dict[str, Any] = {
    "event_date": DAY,
    "time_precision": 1,
    "disorder_type": "Political violence",
    "event_type": "Violence against civilians",
    "sub_event_type": "Attack",
    "actor1": "Islamic State (Iraq)",
    "inter1": "Rebel group",
    "actor2": "Civilians (Iraq)",
    "inter2": "Civilians",
    "assoc_actor_2": "Kakai Religious Group (Iraq)",
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
    "longitude": 44.448,
    "geo_precision": 1,
    "fatalities": 3,
    "fatalities_low": 3,
    "fatalities_high": 3,
    "fatalities_basis": "stated",
    "notes": "On 19 October 2017, Islamic State (Iraq) attacked civilians in Daquq (Daquq, Kirkuk). 3 people were killed.",
    "confidence": 0.9,
}

ROWS: dict[str, list[dict[str, Any]]] = {
    "articles": [
        {
            "article_id": ARTICLE,
            "source_id": "kurdistan-24",
            "source_name": "Kurdistan 24",
            "language": "en",
            "published_day": DAY,
            "content_hash": "0" * 64,
            "status": "ok",
            "title": "Title",
            "text": "Text",
        }
    ],
    "reports": [
        SHARED
        | {
            "report_id": REPORT,
            "article_id": ARTICLE,
            "coder_kind": "rules",
            "codebook_version": "1.0",
            "anchor_start": 0,
            "anchor_end": 90,
            "anchor_ordinal": 0,
            "status": "candidate",
            "is_background": False,
        }
    ],
    "evidence": [
        {
            "report_id": REPORT,
            "field": "event_date",
            "ordinal": 0,
            "part": "text",
            "start": 3,
            "end": 11,
            "rule_id": "weekday",
            "attribution": "asserted",
            "value": "2017-10-19",
        },
        {
            "report_id": REPORT,
            "field": "fatalities",
            "ordinal": 0,
            "part": "text",
            "start": 20,
            "end": 32,
            "rule_id": "killed",
            "attribution": "claimed",
            "value": "3",
        },
    ],
    "event_reports": [
        {
            "event_id": EVENT,
            "report_id": REPORT,
            "article_id": ARTICLE,
            "source_id": "kurdistan-24",
            "role": "primary",
            "score": 1.0,
        }
    ],
    "merged_events": [
        SHARED
        | {
            "event_id": EVENT,
            "year": 2017,
            "source": "Kurdistan 24",
            "source_scale": "National",
            "acled_unit_id": unit_id("2017-10-19", "Iraq", "Daquq", SHARED["actor1"], SHARED["actor2"], SHARED["event_type"]),
            "n_reports": 1,
            "n_sources": 1,
            "is_retrospective": False,
            "sensitivity": "open",
            "status": "candidate",
        }
    ],
    "ingest_problems": [],
    "article_versions": [],
    "decisions": [],
    "decision_problems": [],
    "decision_anchors": [],
}

PLACES = [
    {"place_id": place, "name": name, "kind": kind, "country": "Iraq", "latitude": latitude, "longitude": longitude}
    for place, name, kind, latitude, longitude in [
        ("daquq", "Daquq", "town", "35.137", "44.448"),
        ("kirkuk", "Kirkuk", "town", "35.468", "44.392"),
        ("basra", "Basra", "town", "30.508", "47.783"),
        ("mosul", "Mosul", "town", "36.335", "43.119"),
        ("rutba", "Ar Rutbah", "town", "33.038", "40.285"),
        ("erbil", "Erbil", "town", "36.191", "44.009"),
        ("hit", "Hit", "town", "33.642", "42.826"),
        ("najaf", "Najaf", "town", "32.0", "44.33"),
        ("kut", "Kut", "town", "32.513", "45.818"),
        ("diyala", "Diyala", "admin1", "33.75", "45.15"),
    ]
]

Rows = dict[str, list[dict[str, Any]]]


def changed(changes: Mapping[str, Any]) -> Rows:
    """The sound rows with changes: a dictionary alters a table's first row, a list replaces all its rows."""
    rows = copy.deepcopy(ROWS)
    for table, change in changes.items():
        if isinstance(change, list):
            rows[table] = change
        else:
            rows[table][0] |= change
    return rows


def frames_of(rows: Rows) -> dict[str, pd.DataFrame]:
    return {table: rows_to_frame(listed, table) for table, listed in rows.items()}


def resources_with(places: list[dict[str, str]]) -> Any:
    return SimpleNamespace(place_rows=places, sensitivity=())


def arguments(
    changes: Mapping[str, Any], settings: Settings | None = None, places: list[dict[str, str]] = PLACES
) -> dict[str, Any]:
    given = frames_of(changed(changes))
    given["articles"] = given["articles"].drop(columns=["text", "title"])
    return {**given, "resources": resources_with(places), "settings": settings or Settings()}


@pytest.fixture(scope="session")
def frames() -> Callable[..., dict[str, Any]]:
    """The arguments of the check stage for the sound dataset with some changes."""
    return arguments


@pytest.fixture(scope="session")
def rows() -> Rows:
    """The same for laws, which may not ask for what is made anew for each test; not to be changed."""
    return ROWS


@pytest.fixture
def sound() -> Rows:
    """The rows of a dataset in which nothing is wrong."""
    return copy.deepcopy(ROWS)


@pytest.fixture
def check() -> Callable[..., dict[str, pd.DataFrame]]:
    """Runs the check stage on the sound dataset with some changes."""
    return lambda *given, **more: check_tables(**arguments(*given, **more))


@pytest.fixture
def gather() -> Callable[..., Tables]:
    """The sound dataset with some changes, as the checks see it."""

    def make(changes: Mapping[str, Any], **more: Any) -> Tables:
        frames = frames_of(changed(changes))
        places = pd.DataFrame(PLACES).astype({"latitude": "float64", "longitude": "float64"})
        return Tables(
            events=frames["merged_events"],
            reports=frames["reports"],
            evidence=frames["evidence"],
            event_reports=frames["event_reports"],
            articles=frames["articles"],
            places=places,
            **more,
        )

    return make
