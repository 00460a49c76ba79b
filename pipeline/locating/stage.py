"""The stage that places coded reports and names their actors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import pandas as pd

from pipeline.locating.actors import actor_columns, resolve_sides, review_codes
from pipeline.locating.corrections import correct_reports
from pipeline.locating.evidence import located_evidence
from pipeline.locating.places import Surroundings, fold_decisions, locate, others_near
from pipeline.locating.sides import Scene
from pipeline.resources.bundle import Resources
from pipeline.resources.decisions import placed_phrases
from pipeline.settings import Settings
from schemas.arrow import arrow_schema, rows_to_frame, to_arrow
from schemas.tables import TABLES
from schemas.taxonomy import COUNTRIES, SUB_EVENT_TYPES

Row = dict[str, Any]

_KEPT = tuple(name for name in TABLES["coded_reports"].column_names if name in TABLES["reports"].column_names)
_PLACE = ("country", "admin1", "admin2", "admin3", "location", "place_id", "latitude", "longitude", "geo_precision")
# What the coder could not know and this stage finds out again.
_SUPERSEDED_CODES = frozenset({"no_place"})


def _rows(frame: pd.DataFrame, table: str) -> list[Row]:
    listed: list[Row] = to_arrow(frame, arrow_schema(table)).to_pylist()
    return sorted(listed, key=lambda row: tuple(row[name] for name in TABLES[table].key))


def _home_countries(articles: pd.DataFrame, resources: Resources) -> dict[str, str]:
    """Country of each article's outlet, where it is registered."""
    found: dict[str, str] = {}
    for article_id, source_id in zip(articles["article_id"], articles["source_id"], strict=True):
        source = resources.sources.get(source_id)
        if source and source.country:
            found[article_id] = source.country
    return found


def _located_row(report: Row, about: Surroundings, evidence: Sequence[Row], resources: Resources) -> tuple[Row, list[Row]]:
    """The row of `reports` for a coded report, and its evidence."""
    located = locate(report, about)
    kind = SUB_EVENT_TYPES[report["sub_event_type"]]
    country = COUNTRIES[located.country] if located.country else None
    victims = next((row["value"] for row in evidence if row["field"] == "victims"), None)
    scene = Scene(resources.actors, located.country, report["event_date"])
    sides = resolve_sides(report, scene, victims)
    codes = set((report["needs_review"] or "").split("; ")) - _SUPERSEDED_CODES - {""}
    codes |= set(located.codes) | review_codes(sides)
    row = {
        **{name: report[name] for name in _KEPT},
        "event_type": kind.event_type,
        "disorder_type": kind.disorder_type,
        **{name: getattr(located, name) for name in _PLACE},
        **{name: getattr(country, name) if country else None for name in ("iso", "gwno", "region")},
        **actor_columns(kind.sub_event_type, sides),
        "needs_review": "; ".join(sorted(codes)) or None,
    }
    return row, located_evidence(evidence, row, sides)


def locate_reports(
    articles: pd.DataFrame,
    anchored_corrections: pd.DataFrame,
    coded_reports: pd.DataFrame,
    coded_evidence: pd.DataFrame,
    decisions: pd.DataFrame,
    *,
    resources: Resources,
    settings: Settings,
) -> dict[str, pd.DataFrame]:
    """Places and actors of coded reports, from the gazetteer and the registry.

    Args:
        articles: The table `articles`; only article_id and source_id are read.
        anchored_corrections: The table of that name; corrections of reports act here.
        coded_reports: The table of that name.
        coded_evidence: The table of that name.
        decisions: The table of that name; decisions about places are read.
        resources: Gazetteer, actors and sources.
        settings: `dataset.countries` says where a name that several places share is looked for first.

    Returns:
        reports, evidence and report_corrections, each sorted by its key. Every coded report is there, also one that could not be
        placed.

    Raises:
        InputError: A correction does not find the report, or the value, that it expects.
    """
    reports = _rows(coded_reports, "coded_reports")
    by_article: dict[str, list[Row]] = defaultdict(list)
    for report in reports:
        by_article[report["article_id"]].append(report)
    evidence: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(coded_evidence, "coded_evidence"):
        evidence[row["report_id"]].append(row)
    decided = fold_decisions(placed_phrases(decisions))
    homes = _home_countries(articles, resources)
    located: list[Row] = []
    supported: list[Row] = []
    for report in reports:
        near = others_near(by_article[report["article_id"]], report)
        home = homes.get(report["article_id"])
        # Where its outlet sits says something of a place only if the article itself says nothing.
        hints = near or ((home,) if home else ())
        about = Surroundings(
            resources.gazetteer, decided, settings.dataset.countries, hints, resources.disputed, resources.features
        )
        row, its_evidence = _located_row(report, about, evidence[report["report_id"]], resources)
        located.append(row)
        supported += its_evidence
    located, supported, corrected = correct_reports(located, supported, anchored_corrections)
    made = {"reports": located, "evidence": supported, "report_corrections": corrected}
    return {name: rows_to_frame(rows, name) for name, rows in made.items()}
