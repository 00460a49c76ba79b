"""How openly each event may be shown, and how an event looks that is shown coarsely."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from pipeline.errors import InputError
from pipeline.publishing.corrections import why_absent
from pipeline.publishing.history import History
from pipeline.publishing.identity import Identity
from pipeline.publishing.reading import arrow_batches, arrow_table
from pipeline.publishing.registries import UNDISCLOSED_NAME, Registries
from pipeline.publishing.rewording import plain_notes
from pipeline.publishing.selection import Whole
from pipeline.publishing.state import StateReader
from pipeline.resources.sensitivity import Marking, strictest

Row = dict[str, Any]


@dataclass(frozen=True)
class Openness:
    """What of each event may be shown.

    Attributes:
        levels: open, coarsen or withhold, by provisional event_id; of events that fail a hard rule too.
        coarse: Rows of the events that are shown coarsely.
        counts: Number of events by level, without those that are open.
    """

    levels: Mapping[str, str]
    coarse: Mapping[str, Row]
    counts: Mapping[str, int]


def judge(state: StateReader, whole: Whole, identity: Identity, history: History, registries: Registries, day: dt.date) -> Openness:
    """What of each event a release of a day may show. What cannot be made coarse enough is withheld.

    Raises:
        InputError: An event that is marked as sensitive is not there: the marking would protect nothing.
    """
    current = [each for each in registries.sensitivity if each.holds_on(day)]
    for each in current:
        if each.subject == "event" and (why := why_absent(each.key, identity, history)):
            raise InputError(f"seeds/sensitivity.csv: event {each.key}: {why}. Correct the row, or delete it.")
    levels = find_levels(state, whole.members, identity.ids, current)
    secret = {each.key for each in current if each.subject == "source"}
    columns = (whole.members[name].to_pylist() for name in ("event_id", "source_id"))
    hidden_sources = {event_id for event_id, source_id in zip(*columns, strict=True) if source_id in secret}
    coarse: dict[str, Row] = {}
    for row in whole.events.to_pylist():
        key = row["event_id"]
        if levels[key] == "coarsen":
            found = coarse_event(row, identity.ids[key], registries, hides_sources=key in hidden_sources)
            if found is None:
                levels[key] = "withhold"
            else:
                coarse[key] = found
    present = Counter(levels[key] for key in whole.events["event_id"].to_pylist())
    return Openness(levels, coarse, {level: count for level, count in sorted(present.items()) if level != "open"})


def find_levels(state: StateReader, members: pa.Table, ids: Mapping[str, str], current: Iterable[Marking]) -> dict[str, str]:
    """How openly each event may be shown: the strictest of what was said of it, of its articles and of their outlets.

    Args:
        state: The state; events that fail a hard rule are judged too, for the sake of their reports.
        members: Which report, article and outlet belongs to which event.
        ids: Permanent ids by provisional ones.
        current: What people marked as sensitive and is so still.
    """
    marked = {(each.subject, each.key): each.sensitivity for each in current}
    articles = _articles_marked(state, {key: level for (subject, key), level in marked.items() if subject == "article"})
    table = "merged_events" if "merged_events" in state.tables() else "events"
    found: dict[str, list[str]] = defaultdict(list)
    for name in {table, "events"}:
        columns = (
            arrow_table(state, name, ("event_id", "sensitivity"))[column].to_pylist() for column in ("event_id", "sensitivity")
        )
        for event_id, level in zip(*columns, strict=True):
            found[event_id] += [level, marked.get(("event", ids.get(event_id, "")), "open")]
    columns = (members[name].to_pylist() for name in ("event_id", "article_id", "source_id"))
    for event_id, article_id, source_id in zip(*columns, strict=True):
        found[event_id] += [articles.get(article_id, "open"), marked.get(("source", source_id), "open")]
    return {event_id: strictest(levels) for event_id, levels in found.items()}


def _articles_marked(state: StateReader, by_key: Mapping[str, str]) -> dict[str, str]:
    """Level by article_id; keys may be ids that articles came with."""
    if not by_key:
        return {}
    found = {}
    for batch in arrow_batches(state, "articles", ("article_id", "external_id")):
        for article_id, external_id in zip(batch["article_id"].to_pylist(), batch["external_id"].to_pylist(), strict=True):
            levels = [by_key[key] for key in (article_id, external_id) if key in by_key]
            if levels:
                found[article_id] = strictest(levels)
    return found


def coarse_event(row: Row, event_id: str, registries: Registries, *, hides_sources: bool) -> Row | None:
    """An event at the capital of its largest unit and in the middle of its month; None if the gazetteer knows no such capital.

    Whatever else could tell day or place goes too: the range of days, smaller units, notes, and the id that events of one day and
    place share.

    Args:
        row: The event as it is.
        event_id: Its permanent id.
        registries: The gazetteer.
        hides_sources: Whether one of its outlets may not be named.
    """
    unit = _unit(row["admin1"], row["country"], registries) if row["admin1"] else None
    if unit is None:
        return None
    seat = (registries.gazetteer.get(unit.capital_place_id) if unit.capital_place_id else None) or unit
    if seat.latitude is None:
        return None
    coarse: Row = {
        **row,
        "event_date": row["event_date"].replace(day=15),
        "event_date_end": None,
        "time_precision": 3,
        **dict.fromkeys(("admin2", "admin3", "split_group")),
        "location": seat.name,
        "place_id": unit.place_id,
        "latitude": seat.latitude,
        "longitude": seat.longitude,
        "geo_precision": 3,
        "acled_unit_id": event_id,
        "sensitivity": "coarsen",
    }
    if hides_sources:
        coarse["source"] = UNDISCLOSED_NAME
    return coarse | {"notes": plain_notes(coarse)}


def _unit(admin1: str, country: str, registries: Registries) -> Any:
    """A country's largest unit of that name, as texts mean it that name the province alone."""
    found = registries.gazetteer.resolve(f"{admin1} province", country=country, admin1=admin1)
    return found.place if found is not None and found.place.admin1 == admin1 else None
