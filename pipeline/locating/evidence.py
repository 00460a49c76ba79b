"""Evidence of located reports: under the columns that the values went into, with the values that the words became."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.locating.sides import Sides

Row = Mapping[str, Any]

_SUFFIX = "_mention"
_SIDES = {
    "actor1": ("actor", 1),
    "actor2": ("actor", 2),
    "assoc_actor_1": ("assoc_actor_", 1),
    "assoc_actor_2": ("assoc_actor_", 2),
}


def _field(name: str, sides: Sides) -> tuple[str, bool]:
    """The column that a piece of evidence supports now, and whether the column's value comes from its words.

    Evidence moves with its actor to the other side. That of an actor who could not stand in such an event keeps its own value.
    """
    bare = name.removesuffix(_SUFFIX)
    if bare not in _SIDES:
        return bare, bare == "location"
    stem, number = _SIDES[bare]
    for position, side in ((1, sides.first), (2, sides.second)):
        if side.origin == number:
            return f"{stem}{position}", True
    return bare, False


def located_evidence(evidence: Sequence[Row], report: Row, sides: Sides) -> list[dict[str, Any]]:
    """The evidence of one report.

    Args:
        evidence: Its rows of coded_evidence.
        report: Its row of reports.
        sides: Its actors, which know the coded sides they come from.
    """
    moved = [(*_field(row["field"], sides), row) for row in evidence]
    ordered = sorted(moved, key=lambda each: (each[0], not each[1], each[2]["field"], each[2]["ordinal"]))
    rows: list[dict[str, Any]] = []
    for name, is_source, row in ordered:
        ordinal = rows[-1]["ordinal"] + 1 if rows and rows[-1]["field"] == name else 0
        resolved = report[name] if is_source else None
        rows.append({**row, "field": name, "ordinal": ordinal, "value": resolved or row["value"]})
    return rows
