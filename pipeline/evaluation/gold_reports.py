"""Gold events in the form of reports: what matching is judged on apart from the coder.

A gold event becomes the report that a coder without fault would have made: its first class, its days, its point with the names of
the gazetteer, its actors with the keys and classes of the registry, its dead. What a gold file does not say stays empty.
"""

from __future__ import annotations

import calendar
import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from pipeline.evaluation.gold import GoldArticle, GoldEvent
from pipeline.matching.arrays import ReportArrays, report_arrays
from pipeline.matching.comparison import Windows
from pipeline.matching.eligibility import eligible_reports
from pipeline.matching.families import find_families
from pipeline.matching.frames import Integers
from pipeline.matching.training import LabelledPairs, labelled_pairs
from pipeline.resources.bundle import Resources
from pipeline.resources.place import Place
from pipeline.settings import Settings
from schemas.arrow import rows_to_frame
from schemas.identity import article_id, report_id
from schemas.taxonomy import ACTOR_CLASSES, COUNTRIES, SUB_EVENT_TYPES

Row = dict[str, Any]

_FARTHEST_DEGREES: Final = 0.75
"""A place of the gold name farther from the gold point is another place of that name."""

_CROWD_FORMS: Final = {"Protesters (": 6, "Rioters (": 5, "Civilians (": 7, "Unidentified Military Forces": 8, "Unidentified": 3}


@dataclass(frozen=True)
class GoldTables:
    """Gold events as tables.

    Attributes:
        articles: Table `articles` without texts.
        reports: Table `reports`, sorted by report_id. An event without a day or a country has no report.
        labels: The `same_event` of each report, in the order of `reports`; a name of its own where gold gives none.
        without: Events that could not become a report, by the id of their article and their place in it.
    """

    articles: pd.DataFrame
    reports: pd.DataFrame
    labels: tuple[str, ...]
    without: tuple[str, ...]


def gold_tables(gold: Sequence[GoldArticle], resources: Resources) -> GoldTables:
    """The gold events of some articles as reports.

    Args:
        gold: Gold coding.
        resources: Gazetteer and registry of actors that a coder would have used.
    """
    articles, reports, labels, without = [], [], {}, []
    for article in gold:
        source = f"gold-{article.id}"
        key = article_id(source, external_id=article.id, url=None, text="")
        articles.append(_article(key, source, article))
        for ordinal, event in enumerate(article.events):
            own = f"{article.id}/{ordinal}"
            row = _report(key, ordinal, event, resources)
            if row is None:
                without.append(own)
                continue
            reports.append(row)
            labels[row["report_id"]] = event.same_event or own
    frame = rows_to_frame(sorted(reports, key=lambda row: str(row["report_id"])), "reports")
    return GoldTables(
        rows_to_frame(sorted(articles, key=lambda row: str(row["article_id"])), "articles"),
        frame,
        tuple(labels[each] for each in frame["report_id"]),
        tuple(without),
    )


def _article(key: str, source: str, article: GoldArticle) -> Row:
    days = [event.date_start for event in article.events if event.date_start and len(event.date_start) == 10]
    return {
        "article_id": key,
        "external_id": article.id,
        "source_id": source,
        "source_name": source,
        "language": "en",
        "published_day": max(map(dt.date.fromisoformat, days), default=None),
        "content_hash": hashlib.sha256(key.encode()).hexdigest(),
        "status": "ok",
    }


def _report(key: str, ordinal: int, event: GoldEvent, resources: Resources) -> Row | None:
    date, place = _dates(event), _place(event, resources)
    if date is None or event.country is None or event.country not in COUNTRIES or not event.classes:
        return None
    kind, country = SUB_EVENT_TYPES[event.classes[0]], COUNTRIES[event.country]
    return {
        "report_id": report_id(key, "rules", ordinal, 0),
        "article_id": key,
        "coder_kind": "rules",
        "codebook_version": "1.0",
        "anchor_start": ordinal,
        "anchor_end": ordinal + 1,
        "anchor_ordinal": 0,
        "status": "candidate",
        "is_background": event.background,
        "disorder_type": kind.disorder_type,
        "event_type": kind.event_type,
        "sub_event_type": event.classes[0],
        "initiator": "unknown",
        "country": event.country,
        "iso": country.iso,
        "region": country.region,
        "gwno": country.gwno,
        "confidence": 0.8,
        **date,
        **place,
        **_toll(event),
        **_side("1", event.actor1, event.country, resources),
        **_side("2", event.actor2, event.country, resources),
    }


def _dates(event: GoldEvent) -> Row | None:
    """First and last day and their precision; a partial date, a year and month, is that month."""
    if not event.date_start:
        return None
    parts = [int(part) for part in event.date_start.split("-")]
    if len(parts) < 2:
        return None
    if len(parts) == 2 or event.date_kind == "partial":
        last = calendar.monthrange(parts[0], parts[1])[1]
        middle, end = dt.date(parts[0], parts[1], 15), dt.date(parts[0], parts[1], last)
        return {"event_date": middle, "event_date_end": end, "time_precision": 3}
    start = dt.date(*parts)
    given = event.date_end if event.date_end and len(event.date_end) == 10 else event.date_start
    end = max(start, dt.date.fromisoformat(given))
    precision = {"point": 1, "range": 1}.get(event.date_kind, 2)
    return {"event_date": start, "event_date_end": end if end > start else None, "time_precision": precision}


def _place(event: GoldEvent, resources: Resources) -> Row:
    """The columns of the place: the gold point under the names of the gazetteer; what gold does not know of it stays empty."""
    if not event.places:
        return dict.fromkeys(("admin1", "admin2", "admin3", "location", "place_id", "latitude", "longitude", "geo_precision"))
    found = [place for name in event.places if (place := _resolved(name, event, resources)) is not None]
    first = _resolved(event.places[0], event, resources)
    latitude, longitude = event.latitude, event.longitude
    if (latitude is None or longitude is None) and first is not None:
        latitude, longitude = first.latitude, first.longitude
    return {
        "admin1": event.admin1 or next((place.admin1 for place in found if place.admin1), None),
        "admin2": first.admin2 if first else None,
        "admin3": first.admin3 if first else None,
        "location": first.name if first else event.places[0],
        "place_id": first.place_id if first else None,
        "latitude": latitude,
        "longitude": longitude,
        "geo_precision": None if latitude is None or longitude is None else event.geo_precision or 1,
    }


def _resolved(name: str, event: GoldEvent, resources: Resources) -> Place | None:
    found = resources.gazetteer.resolve(name, country=event.country)
    if found is None or found.place.latitude is None or found.place.longitude is None:
        return None
    apart = (found.place.latitude - (event.latitude or found.place.latitude),
             found.place.longitude - (event.longitude or found.place.longitude))  # fmt: skip
    # A province's seat may lie far from the point of the incident, a town may not.
    limit = _FARTHEST_DEGREES if found.place.kind == "town" else 4 * _FARTHEST_DEGREES
    return found.place if max(map(abs, apart)) <= limit else None


def _toll(event: GoldEvent) -> Row:
    if event.deaths is None:
        return {"fatalities": 0, "fatalities_low": 0, "fatalities_high": None, "fatalities_basis": "none_mentioned"}
    low = event.deaths if event.deaths_low is None else min(event.deaths_low, event.deaths)
    high = event.deaths_high if event.judges("deaths_high") else event.deaths
    basis = "stated" if event.deaths else "explicit_none"
    return {
        "fatalities": event.deaths,
        "fatalities_low": low,
        "fatalities_high": None if high is None else max(high, event.deaths),
        "fatalities_basis": basis,
    }


def _side(side: str, name: str | None, country: str | None, resources: Resources) -> Row:
    if name is None:
        return {f"actor{side}": None, f"actor{side}_id": None, f"inter{side}": None}
    actor = resources.actors.named(name)
    inter = next((number for form, number in _CROWD_FORMS.items() if name.startswith(form)), None)
    if inter is None:
        inter = actor.inter if actor else 2
        if inter == 1 and actor is not None and actor.country not in (None, country):
            inter = 8
    is_generic = actor is None or actor.kind == "generic"
    return {
        f"actor{side}": name,
        f"actor{side}_id": None if is_generic or actor is None else actor.actor_id,
        f"inter{side}": ACTOR_CLASSES[inter].label,
    }


def numbered(labels: Iterable[str]) -> Integers:
    """Numbers that are equal where labels are."""
    found: Integers = np.unique(list(labels), return_inverse=True)[1].astype(np.int64)
    return found


def gold_arrays(tables: GoldTables) -> tuple[pd.DataFrame, ReportArrays, Integers]:
    """The gold reports that take part in matching, as arrays, and numbers that are equal where their labels are."""
    families = find_families(tables.articles, rows_to_frame([], "article_signatures"))
    eligible = eligible_reports(tables.reports, tables.articles, families, Settings().dataset)
    label_of = dict(zip(tables.reports["report_id"], tables.labels, strict=True))
    return eligible, report_arrays(eligible), numbered(label_of[each] for each in eligible["report_id"])


def gold_labelled_pairs(gold: Sequence[GoldArticle], resources: Resources, windows: Windows) -> LabelledPairs:
    """The pairs of gold reports that matching would compare, labelled."""
    _, arrays, labels = gold_arrays(gold_tables(gold, resources))
    return labelled_pairs(arrays, labels, windows)
