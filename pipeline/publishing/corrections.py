"""Corrections of events, and the errata of a release: which single values people set right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from pipeline.publishing.history import History
from pipeline.publishing.identity import Identity
from pipeline.publishing.ledger import LedgerCorrection
from pipeline.publishing.reading import arrow_table
from pipeline.publishing.registries import Masks
from pipeline.publishing.rewording import is_ours, plain_notes
from pipeline.publishing.state import StateReader
from pipeline.resources.column_values import text_of
from pipeline.resources.consequences import corrected_row
from pipeline.resources.corrections import Correction, given_by
from schemas.arrow import arrow_schema
from schemas.identity import unit_id
from schemas.tables import TABLES

Row = dict[str, Any]

_UNIT = ("event_date", "country", "location", "actor1", "actor2", "event_type")
_ERRATA = tuple(TABLES["errata"].column_names)


@dataclass(frozen=True)
class CorrectedEvents:
    """Events with their corrections.

    Attributes:
        events: The table of events.
        remembered: What the ledger keeps of each correction of an event, by permanent id.
    """

    events: pa.Table
    remembered: tuple[LedgerCorrection, ...]


def correct_events(events: pa.Table, identity: Identity, history: History, corrections: Iterable[Correction]) -> CorrectedEvents:
    """The events of a release with the corrections that name them by their permanent ids.

    Args:
        events: Events under provisional ids.
        identity: Their permanent ids, and what became of the old ones.
        history: Ids that were buried before.
        corrections: All corrections; those of other tables are left alone.

    Raises:
        InputError: A correction names an event that this release does not hold, or expects another value of it.
    """
    by_event: dict[str, list[Correction]] = {}
    for each in corrections:
        if each.table == "events":
            by_event.setdefault(each.key, []).append(each)
    if not by_event:
        return CorrectedEvents(events, ())
    _refuse_unknown(by_event, identity, history)
    rows, remembered = [], []
    for row in events.to_pylist():
        event_id = identity.ids[row["event_id"]]
        concerned = by_event.get(event_id, [])
        rows.append(_corrected(row, given_by(concerned, row, event_id)) if concerned else row)
        changed = tuple(name for name in row if rows[-1][name] != row[name])
        remembered += [LedgerCorrection(each.correction_id, event_id, changed, text_of(each.value)) for each in concerned]
    return CorrectedEvents(pa.Table.from_pylist(rows, schema=events.schema), tuple(remembered))


def _corrected(row: Row, given: Mapping[str, Any]) -> Row:
    changed = corrected_row(row, given)
    if any(changed[name] != row[name] for name in _UNIT):
        day, country, place, actor1, actor2, kind = (changed[name] for name in _UNIT)
        changed["acled_unit_id"] = unit_id(day.isoformat(), country, place, actor1, actor2, kind)
    if is_ours(row) and "notes" not in given:
        # They were written from the values as they stood before.
        changed["notes"] = plain_notes(changed)
    return changed


def _refuse_unknown(by_event: Mapping[str, Sequence[Correction]], identity: Identity, history: History) -> None:
    for event_id in sorted(by_event):
        if why := why_absent(event_id, identity, history):
            raise by_event[event_id][0].stale(why)


def why_absent(event_id: str, identity: Identity, history: History) -> str | None:
    """What became of an event that a release does not hold, in words; None if it holds it, be it shown or not."""
    if event_id in identity.ids.values():
        return None
    gone = {each.event_id: each.merged_into for each in history.tombstones}
    buried = {**gone, **dict.fromkeys(identity.removed), **identity.merged}
    if event_id not in buried:
        return f"there is no event {event_id}"
    return f"{event_id} went into {buried[event_id]}" if buried[event_id] else f"{event_id} is no longer there"


def remembered_corrections(
    state: StateReader, of_events: Iterable[LedgerCorrection], errata: pa.Table
) -> frozenset[LedgerCorrection]:
    """What the ledger keeps of the corrections that a release shows; nothing of others, whose values may tell what is held back.

    Args:
        state: The state, for the corrections of articles and reports: they may concern every event of the article.
        of_events: The corrections of events.
        errata: The table errata.
    """
    shown = set(errata["correction_id"].to_pylist())
    rows: list[Row] = arrow_table(state, "corrections").to_pylist()
    found = [LedgerCorrection(row["correction_id"], row["article_id"], (), row["value"]) for row in rows if row["article_id"]]
    return frozenset(each for each in (*found, *of_events) if each.correction_id in shown)


def errata_table(state: StateReader, shown: Mapping[str, pa.Table], masks: Masks, exact: Iterable[str]) -> pa.Table:
    """The corrections of a release: those of rows that it shows, each under the key that the row has there.

    Left out are those of articles whose outlet must not be named, and those of events that are shown coarsely.

    Args:
        state: The state.
        shown: The released tables reports and articles.
        masks: Outlets that must not be named.
        exact: Permanent ids of the events that are shown as they are.
    """
    reports = set(shown["reports"]["report_id"].to_pylist())
    columns = (shown["articles"][name].to_pylist() for name in ("article_id", "source_id"))
    articles = {article for article, source in zip(*columns, strict=True) if source not in masks.ids.values()}
    columns = (arrow_table(state, "report_corrections")[name].to_pylist() for name in ("correction_id", "report_id"))
    report_of = dict(zip(*columns, strict=True))
    allowed = {"articles": articles, "reports": reports, "events": set(exact)}
    rows = []
    for row in arrow_table(state, "corrections").to_pylist():
        key = {"articles": row["article_id"], "events": row["key"], "reports": report_of.get(row["correction_id"])}[row["table"]]
        if key in allowed[row["table"]]:
            rows.append({name: row[name] for name in _ERRATA} | {"key": key})
    return pa.Table.from_pylist(rows, schema=arrow_schema("errata"))
