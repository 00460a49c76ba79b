"""Values of events that people set: they stand above any recipe."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pipeline.matching.recipes import DATE_FIELDS
from pipeline.matching.voters import Row
from pipeline.resources.consequences import follow_date, follow_place, follow_toll
from pipeline.resources.decisions import OverriddenValue
from schemas.taxonomy import ACTOR_CLASSES

DERIVED: Final = ("civilian_targeting", "notes", "sensitivity", "status")
"""Columns that follow from others unless a person sets them: these are set last."""

_GENERIC: Final = {"Rioters (": 5, "Protesters (": 6, "Civilians (": 7, "Unidentified Armed Group (": 3}
_STATE_FORCE: Final = re.compile(r"(?:Mutiny of )?(?:Military|Police) Forces of ")


@dataclass(frozen=True)
class Overrides:
    """What people set for one event.

    Attributes:
        values: New value by column.
        is_disputed: Whether two decisions gave one column different values; the later one holds.
    """

    values: Mapping[str, Any]
    is_disputed: bool


NO_OVERRIDES: Final = Overrides({}, is_disputed=False)


def overrides_by_report(values: Iterable[OverriddenValue]) -> dict[str, list[tuple[int, OverriddenValue]]]:
    """What was set, by the report that names the event, with the place of each decision in their order."""
    found: dict[str, list[tuple[int, OverriddenValue]]] = {}
    for order, value in enumerate(values):
        found.setdefault(value.report_id, []).append((order, value))
    return found


def overrides_of(rows: Sequence[Row], by_report: Mapping[str, list[tuple[int, OverriddenValue]]]) -> Overrides:
    """What was set for the event that holds these reports."""
    named = sorted((entry for row in rows for entry in by_report.get(row["report_id"], ())), key=lambda entry: entry[0])
    if not named:
        return NO_OVERRIDES
    values: dict[str, Any] = {}
    disputed = False
    for _, override in named:
        value = _typed(override.field, override.value)
        disputed |= override.field in values and values[override.field] != value
        values[override.field] = value
    return Overrides(values, disputed)


def _typed(field: str, value: Any) -> Any:
    return dt.date.fromisoformat(value) if field in DATE_FIELDS and isinstance(value, str) else value


def apply_overrides(event: Row, overrides: Overrides, rows: Sequence[Row]) -> Row:
    """The event's own values with what was set, and with what would contradict it emptied.

    A new actor takes its key and class from a report that names it, else its class from the form of its name; any other keeps the
    class of the one before, so a person who means another sets that too. A place set by hand has no entry in the gazetteer, one in
    another country none of the old units; a toll without a range is exact.

    Args:
        event: Values by the recipe, `tags` as a list.
        overrides: What people set.
        rows: All reports of the event.
    """
    given = {name: value for name, value in overrides.values.items() if name not in DERIVED}
    if not given:
        return event
    changed = {**event, **follow_date(event, given), **follow_place(event, given), **follow_toll(given)}
    for side in ("1", "2"):
        changed |= _follow_actor(side, given, rows, given.get("country") or event["country"])
    if "tags" in given:
        given["tags"] = given["tags"].split("; ") if given["tags"] else []
        changed["crowd_tag"] = None
    return {**changed, **given}


def _follow_actor(side: str, given: Row, rows: Sequence[Row], country: str) -> Row:
    if f"actor{side}" not in given:
        return {}
    name = given[f"actor{side}"]
    if name is None:
        return {f"actor{side}_id": None, f"inter{side}": None, f"assoc_actor_{side}": None}
    for row in sorted(rows, key=lambda row: str(row["report_id"])):
        for other in (side, "2" if side == "1" else "1"):
            if row[f"actor{other}"] == name and row[f"inter{other}"] is not None:
                return {f"actor{side}_id": row[f"actor{other}_id"], f"inter{side}": row[f"inter{other}"]}
    label = _class_of_form(name, country)
    return {f"actor{side}_id": None} | ({f"inter{side}": label} if label else {})


def _class_of_form(name: str, country: str) -> str | None:
    """Class of an actor whose name has a fixed form, or None: a state's forces are external forces abroad."""
    if found := _STATE_FORCE.match(name):
        return ACTOR_CLASSES[1 if name.startswith(f"{country} (", found.end()) else 8].label
    return next((ACTOR_CLASSES[inter].label for form, inter in _GENERIC.items() if name.startswith(form)), None)
