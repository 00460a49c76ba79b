"""Places that the gazetteer lacks, or of which it is not sure, as rows that a person completes."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pandas as pd

from pipeline.resources.names import fold_name
from schemas.taxonomy import COUNTRIES

_CODES = {"unknown_place": "unknown", "doubtful_place": "doubtful"}
_USED = ("candidate", "accepted")


def places_to_review(reports: pd.DataFrame, coded_reports: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of seeds/places.csv for names that could not be settled, those of most reports first.

    Args:
        reports: The table of that name.
        coded_reports: The table of that name, for the words of the texts.

    Returns:
        Rows with the columns of seeds/places.csv and `reports`, how many reports use the name. A doubtful place has the point that
        was taken for it; the point of an unknown one is left for a person to fill in.
    """
    words = coded_reports[["report_id", "location_mention"]]
    used = reports[reports["status"].isin(_USED)].merge(words, on="report_id")
    counted: Counter[tuple[str, str, str, str]] = Counter()
    examples: dict[tuple[str, str, str, str], dict[str, Any]] = {}
    listed: list[dict[str, Any]] = used.sort_values("report_id").to_dict("records")  # type: ignore[assignment]
    for row in listed:
        codes = set(str(row["needs_review"] or "").split("; "))
        told = next((word for code, word in _CODES.items() if code in codes), None)
        if told is None or not isinstance(row["location_mention"], str):
            continue
        key = (fold_name(row["location_mention"]), _text(row["country"]), _text(row["admin1"]), told)
        counted[key] += 1
        examples.setdefault(key, row)
    ranked = sorted(counted, key=lambda key: (-counted[key], key))
    return [_row(examples[key], key[3], counted[key]) for key in ranked]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _row(report: dict[str, Any], told: str, number: int) -> dict[str, Any]:
    name, country = " ".join(report["location_mention"].split()), _text(report["country"])
    is_doubtful = told == "doubtful"
    plural = "report" if number == 1 else "reports"
    do = "check that it is the place meant" if is_doubtful else "fill in the point, or make the name an alternate of a known place"
    return {
        "place_id": f"{COUNTRIES[country].iso2.lower() if country in COUNTRIES else 'xx'}-{_slug(name)}",
        "name": name,
        "alternate_names": "",
        "kind": "town",
        "country": country,
        "admin1": _text(report["admin1"]),
        "admin2": _text(report["admin2"]),
        "admin3": "",
        "latitude": f"{report['latitude']:.4f}" if is_doubtful and pd.notna(report["latitude"]) else "",
        "longitude": f"{report['longitude']:.4f}" if is_doubtful and pd.notna(report["longitude"]) else "",
        "parent_place_id": "",
        "capital_place_id": "",
        "note": f"{told} in {number} {plural}: {do}",
        "reports": number,
    }


def _slug(name: str) -> str:
    return re.sub("[^a-z0-9]+", "-", fold_name(name)).strip("-") or "name"
