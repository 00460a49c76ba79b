"""Corrections of reports: values that a person found wrong in one reading of one article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from pipeline.resources.column_values import text_of
from pipeline.resources.consequences import corrected_row
from pipeline.resources.corrections import Correction, given_by
from schemas.arrow import arrow_schema, to_arrow

Row = dict[str, Any]

_TAKES_PART = frozenset({"candidate", "accepted"})


def correct_reports(
    reports: Sequence[Row], evidence: Sequence[Row], anchored: pd.DataFrame
) -> tuple[list[Row], list[Row], list[Row]]:
    """Reports and evidence with the corrections of reports, and rows of `report_corrections`.

    Evidence of a corrected value stays at its words, which are where it was misread, under the rule `correction:<id>`.

    Args:
        reports: Rows of reports, all those of each article.
        evidence: Rows of their evidence.
        anchored: The table `anchored_corrections` of these articles.

    Raises:
        InputError: A correction finds no report with what it expects, or several.
    """
    spots: list[Row] = to_arrow(anchored, arrow_schema("anchored_corrections")).to_pylist()
    chosen: dict[str, list[Correction]] = {}
    made = []
    for spot in spots:
        if spot["table"] == "reports":
            correction = Correction.from_row({name: text_of(value) or "" for name, value in spot.items()})
            report = _report_at(correction, spot, reports)
            chosen.setdefault(report["report_id"], []).append(correction)
            made.append({name: row[name] for row, name in ((spot, "correction_id"), (spot, "article_id"), (report, "report_id"))})
    if not chosen:
        return list(reports), list(evidence), []
    corrected = [_corrected(row, chosen.get(row["report_id"], ())) for row in reports]
    marked = [_marked(row, chosen.get(row["report_id"], ())) for row in evidence]
    return corrected, marked, sorted(made, key=lambda row: str(row["correction_id"]))


def _report_at(correction: Correction, spot: Row, reports: Iterable[Row]) -> Row:
    """The one report that takes part, holds the words in its anchor sentence and has the value expected."""
    here = [row for row in reports if row["article_id"] == spot["article_id"] and row["status"] in _TAKES_PART]
    told = [row for row in here if row["anchor_start"] <= spot["anchor_start"] and spot["anchor_end"] <= row["anchor_end"]]
    if not told:
        raise correction.stale(f"no report in use begins in the sentence with {correction.anchor_words!r}")
    fitting = [row for row in told if row[correction.column] == correction.expected]
    if len(fitting) > 1:
        raise correction.stale(f"{len(fitting)} reports begin in the sentence with {correction.anchor_words!r} and have this value")
    return (fitting or told)[0]


def _corrected(row: Row, corrections: Sequence[Correction]) -> Row:
    if not corrections:
        return row
    return corrected_row(row, given_by(corrections, row, str(row["report_id"])))


def _marked(row: Row, corrections: Sequence[Correction]) -> Row:
    for each in corrections:
        if each.column == row["field"]:
            return {**row, "rule_id": f"correction:{each.correction_id}", "value": text_of(each.value)}
    return row
