"""One row per event from the reports that tell it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.matching.actors import CIVILIANS, MILITIA
from pipeline.matching.notes import write_notes
from pipeline.matching.overrides import DERIVED, Overrides, apply_overrides
from pipeline.matching.recipes import Recipe, joint_confidence
from pipeline.matching.sources import list_sources, scale_of
from pipeline.matching.voters import Panel, Row
from pipeline.resources.sources import SourceRegistry
from schemas.identity import provisional_event_id, unit_id
from schemas.taxonomy import COUNTRIES, SUB_EVENT_TYPES, interaction_from_labels

TARGETED = "Civilians targeted"
ACCEPTING = frozenset({"human", "adjudicated"})


def merge_event(rows: Sequence[Row], panel: Panel, overrides: Overrides, *, recipe: Recipe, sources: SourceRegistry) -> Row:
    """The row of `merged_events` for the reports of one event.

    Args:
        rows: All reports of the event.
        panel: The same reports sorted out by `seat_panel`.
        overrides: What people set.
        recipe: How reports that differ become one value.
        sources: The registry of outlets.
    """
    parts = (recipe.what(panel), recipe.date(panel), recipe.place(panel), recipe.toll(panel), recipe.counts(panel))
    codes = {code for part in parts for code in part.get("codes", ())}
    event = {name: value for part in parts for name, value in part.items() if name != "codes"}
    event = apply_overrides(_without_foreign_deaths(event), overrides, rows)
    event["is_retrospective"] = panel.is_retrospective
    event |= _derived_from_type(event) | _derived_from_country(event)
    event["tags"] = "; ".join(_tags(event)) or None
    event["civilian_targeting"] = _civilian_targeting(event)
    event["notes"] = write_notes(event)
    event |= _counted(rows, panel, event["country"], sources)
    event |= {"sensitivity": "open", "status": _status(panel)}
    event |= {name: overrides.values[name] for name in DERIVED if name in overrides.values}
    if overrides.is_disputed:
        codes.add("override_conflict")
    event["needs_review"] = _review(panel, codes)
    event["acled_unit_id"] = unit_id(
        event["event_date"].isoformat(), event["country"], event["location"], event["actor1"], event["actor2"], event["event_type"]
    )
    return event


def _without_foreign_deaths(event: Row) -> Row:
    """The event without deaths by side where the toll's report has other actors, or has them the other way round."""
    toll_of = event.pop("toll_of", None)
    if toll_of == (event["actor1"], event["actor2"]):
        return event
    return {**event, "deaths_actor1": None, "deaths_actor2": None}


def _derived_from_type(event: Row) -> Row:
    kind = SUB_EVENT_TYPES[event["sub_event_type"]]
    if event["inter1"] is None:
        event["inter1"] = MILITIA
    if event["actor2"] is not None and event["inter2"] is None:
        event["inter2"] = MILITIA
    return {
        "disorder_type": kind.disorder_type,
        "event_type": kind.event_type,
        "year": event["event_date"].year,
        "interaction": interaction_from_labels(event["inter1"], event["inter2"]),
    }


def _derived_from_country(event: Row) -> Row:
    country = COUNTRIES[event["country"]]
    return {"iso": country.iso, "gwno": country.gwno, "region": country.region}


def _civilian_targeting(event: Row) -> str | None:
    rule = SUB_EVENT_TYPES[event["sub_event_type"]].civilian_targeting
    return TARGETED if rule == "always" or (rule == "if_targeted" and event["inter2"] == CIVILIANS) else None


def _tags(event: Row) -> list[str]:
    """Tags of the reports; the size of the crowd only where there is one."""
    crowd = event.pop("crowd_tag")
    if event["event_type"] not in {"Protests", "Riots"} or crowd is None:
        return list(event["tags"])
    return sorted([*event["tags"], crowd])


def _counted(rows: Sequence[Row], panel: Panel, country: str, sources: SourceRegistry) -> Row:
    return {
        "event_id": provisional_event_id([str(row["report_id"]) for row in rows]),
        "source": list_sources(rows, sources),
        "source_scale": scale_of(rows, country, sources),
        "n_reports": len(rows),
        "n_sources": panel.n_sources,
        "confidence": joint_confidence(panel.voters),
    }


def _status(panel: Panel) -> str:
    """`final` once a person accepted a report that has a say; what is only recalled stays a candidate."""
    accepted = any(row["coder_kind"] in ACCEPTING and row["status"] == "accepted" for row in (*panel.voters, *panel.tolls))
    return "final" if accepted and not panel.is_retrospective else "candidate"


def _review(panel: Panel, codes: set[str]) -> str | None:
    found = codes | {code for row in panel.voters for code in (row["needs_review"] or "").split("; ") if code}
    return "; ".join(sorted(found)) or None
