"""What follows for the other columns of a report or event when a person sets some of them.

Overrides of events and corrections of reports and events keep rows consistent by the same rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from schemas.taxonomy import COUNTRIES, SUB_EVENT_TYPES, interaction_from_labels

Row = dict[str, Any]

ADMIN: Final = ("admin1", "admin2", "admin3")
_POINT: Final = ("country", "location", "latitude", "longitude")
_TARGETED: Final = "Civilians targeted"
_CIVILIANS: Final = "Civilians"


def follow_date(row: Mapping[str, Any], given: Mapping[str, Any]) -> Row:
    """An end before the day set is emptied."""
    end = row["event_date_end"]
    if given.get("event_date") is not None and end is not None and end < given["event_date"]:
        return {"event_date_end": None}
    return {}


def follow_place(row: Mapping[str, Any], given: Mapping[str, Any]) -> Row:
    """A place set by hand has no entry in the gazetteer, one in another country none of the old units."""
    follows: Row = {}
    if any(name in given for name in _POINT):
        follows["place_id"] = None
    if given.get("country", row["country"]) != row["country"]:
        follows |= dict.fromkeys(ADMIN)
    return follows


def follow_toll(given: Mapping[str, Any]) -> Row:
    """A toll without a range is exact, and whose dead they are is open again."""
    if "fatalities" not in given:
        return {}
    toll = given["fatalities"]
    emptied = dict.fromkeys(("split_group", "deaths_actor1", "deaths_actor2", "deaths_civilians"))
    return {"fatalities_low": toll, "fatalities_high": toll, "fatalities_basis": "stated", **emptied}


def corrected_row(row: Mapping[str, Any], given: Mapping[str, Any]) -> Row:
    """A row of reports or events with values that a person set, and with all that follows from them.

    An actor set by name keeps its class unless that is set too, and has no key in the registry. What is set itself never follows.

    Args:
        row: The row; columns that it lacks are not added.
        given: New value by column.
    """
    changed: Row = {**row, **follow_date(row, given), **follow_place(row, given), **follow_toll(given)}
    for side in ("1", "2"):
        if f"actor{side}" in given:
            changed[f"actor{side}_id"] = None
            if given[f"actor{side}"] is None:
                changed |= {f"assoc_actor_{side}": None, f"inter{side}": None}
    changed |= given
    changed |= {**_follow_type(changed, given), **_follow_country(changed), **_follow_day(changed)}
    return {name: value for name, value in (changed | dict(given)).items() if name in row}


def _follow_type(row: Row, given: Mapping[str, Any]) -> Row:
    kind = SUB_EVENT_TYPES[row["sub_event_type"]]
    follows: Row = {"disorder_type": kind.disorder_type, "event_type": kind.event_type}
    if given.keys() & {"inter1", "inter2", "actor1", "actor2"} and row["inter1"] is not None:
        follows["interaction"] = interaction_from_labels(row["inter1"], row["inter2"])
    if given.keys() & {"sub_event_type", "inter2", "actor2"}:
        rule = kind.civilian_targeting
        is_targeted = rule == "always" or (rule == "if_targeted" and row["inter2"] == _CIVILIANS)
        follows["civilian_targeting"] = _TARGETED if is_targeted else None
    return follows


def _follow_country(row: Row) -> Row:
    if row["country"] is None:
        return dict.fromkeys(("iso", "gwno", "region"))
    country = COUNTRIES[row["country"]]
    return {"iso": country.iso, "gwno": country.gwno, "region": country.region}


def _follow_day(row: Row) -> Row:
    return {"year": row["event_date"].year} if row["event_date"] is not None else {}
