"""From the state of a dataset to the tables of a release."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from khaldun.content import canonical_cell, canonical_line
from pipeline.publishing.changes import ChangeRow, NewRelease, compare_releases, mark_events
from pipeline.publishing.channels import with_channels
from pipeline.publishing.corrections import correct_events, errata_table, remembered_corrections
from pipeline.publishing.coverage import coverage_table
from pipeline.publishing.history import History
from pipeline.publishing.identity import Identity, NewEvent, NewReport, assign_ids
from pipeline.publishing.ledger import Held, Ledger, LedgerFacts, Tombstone, Values
from pipeline.publishing.reading import arrow_batches, find_decisions, find_reports
from pipeline.publishing.registries import Masks, Registries, actors_table
from pipeline.publishing.rewording import reword
from pipeline.publishing.selection import Selection, Whole, replace_column, select_release
from pipeline.publishing.sensitivity import judge
from pipeline.publishing.state import StateReader
from pipeline.publishing.versions import Plan
from pipeline.resources.decisions import signed_countries
from pipeline.settings import Settings
from schemas.arrow import arrow_schema
from schemas.table_schema import Convention, release_table
from schemas.tables import RELEASE_TABLES
from schemas.taxonomy import ACTOR_CLASSES, COUNTRY_BY_ISO2, INTERACTIONS

_CLASS_NUMBERS = {each.label: each.inter for each in ACTOR_CLASSES.values()}
_NUMBERS = {
    "inter1": _CLASS_NUMBERS,
    "inter2": _CLASS_NUMBERS,
    "interaction": {each.label: each.interaction for each in INTERACTIONS.values()},
}


@dataclass(frozen=True)
class Assembled:
    """A release before it is written.

    Attributes:
        tables: Its tables, each sorted by its key.
        ledger: What the next release needs to remember; its content hash is still open.
        changes: Number of changes by kind.
        coder_ids: Pseudonyms that must not appear.
        withheld: Number of events that are not shown as they are, by their sensitivity.
        before: Values of the events of the release before.
    """

    tables: Mapping[str, pa.Table]
    ledger: Ledger
    changes: Mapping[str, int]
    coder_ids: frozenset[str]
    withheld: Mapping[str, int]
    before: Mapping[str, Values]


def assemble(state: StateReader, plan: Plan, history: History, registries: Registries, settings: Settings) -> Assembled:
    """The tables and the ledger of a release: a pure function of its arguments."""
    whole, old = Whole.of(state), history.previous
    decisions = find_decisions(state.read("decisions"), state.read("decision_anchors"))
    old_hashes = {report.article_id: report.content_hash for report in old.reports} if old else {}
    found = find_reports(state, whole.event_of_report(), whole.reports, whole.evidence, old_hashes)
    identity = _identify(whole.events, found, history)
    corrected = correct_events(whole.events, identity, history, registries.corrections)
    whole = replace(whole, events=with_channels(corrected.events, signed_countries(state.read("decisions"))))
    openness = judge(state, whole, identity, history, registries, plan.date)
    source = select_release(whole, openness.levels, openness.coarse, state, registries)
    events, actors = reword(source.events, actors_table(_actor_ids(source), registries), source.sources, state)
    source = replace(source, events=events)
    convention: Convention = settings.release.interaction

    values = _event_values(source.events, identity, source.masks)
    exact = [key for key, each in values.items() if each["sensitivity"] == "open"]
    reports = tuple(replace(each.report, event_id=identity.ids[each.report.event_id]) for each in found)
    coders = _coder_numbers(source.reports)
    tables = {
        "reports": _numbered(_renamed(source.reports, coders), "reports", convention),
        "evidence": source.evidence,
        "event_reports": _members_table(source.members, identity),
        "articles": source.articles.select(RELEASE_TABLES["articles"].column_names),
        "actors": actors,
        "sources": source.sources,
    }
    tables["errata"] = errata_table(state, tables, source.masks, exact)
    corrections = remembered_corrections(state, corrected.remembered, tables["errata"])
    inputs = _inputs(state, decisions)
    new = NewRelease(str(plan.version), plan.date, values, reports, decisions, inputs, corrections)
    changes = compare_releases(old, new, identity, history.buried)
    marks = mark_events(old, new, changes)
    complete = {event_id: {**values[event_id], **marks[event_id]} for event_id in sorted(values)}
    held = _hold(identity, history, complete, new.version)
    tombstones = _bury(history, identity, new.version)

    tables["events"] = _events_table(complete, source.events, identity, convention)
    tables["changes"] = _changes_table(changes, convention)
    tables["tombstones"] = _tombstones_table(tombstones, held)
    covered = [COUNTRY_BY_ISO2[code].country for code in settings.dataset.countries]
    withheld = [key for key, level in openness.levels.items() if level == "withhold"]
    tables["coverage"] = coverage_table(tables["articles"], source.reports, whole.events, source.contributions, withheld, covered)
    tables = {name: _finished(tables[name], name, convention) for name in RELEASE_TABLES}
    facts = _facts(plan, history, identity, settings, inputs)
    counted = Counter(str(row["change"]) for row in changes)
    coder_ids = frozenset({*coders, *state.read("decisions", ["coder_id"])["coder_id"]})
    ledger = Ledger(facts, reports, complete, tombstones, decisions, corrections, held)
    return Assembled(tables, ledger, dict(sorted(counted.items())), coder_ids, openness.counts, old.events if old else {})


def _identify(events: pa.Table, found: list[NewReport], history: History) -> Identity:
    first: dict[str, str] = {}
    for each in found:
        report = each.report
        first[report.event_id] = min(report.report_id, first.get(report.event_id, report.report_id))
    columns = (events.column(name).to_pylist() for name in ("event_id", "event_date", "country", "location"))
    new = [NewEvent(event, day, country, place, first.get(event, "")) for event, day, country, place in zip(*columns, strict=True)]
    old = history.previous
    return assign_ids(
        old.reports if old else (),
        found,
        new,
        first_releases=_first_releases(old) if old else {},
        highest=history.highest,
    )


def _first_releases(old: Ledger) -> dict[str, str]:
    shown = {key: str(values["first_release"]) for key, values in old.events.items()}
    return shown | {key: each.first_release for key, each in old.held.items()}


def _event_values(events: pa.Table, identity: Identity, masks: Masks) -> dict[str, Values]:
    """Canonical values by permanent id, classes as labels, in the order of the ids."""
    units: dict[str, str] = {}
    rows = sorted(events.to_pylist(), key=lambda row: identity.ids[row["event_id"]])
    values: dict[str, Values] = {}
    for row in rows:
        event_id = identity.ids[row["event_id"]]
        shown = {name: canonical_cell(value) for name, value in row.items() if name != "event_id"}
        if str(shown["acled_unit_id"]).startswith("TMP-"):
            # A unit that is named after a provisional event goes on under its first permanent id.
            shown["acled_unit_id"] = units.setdefault(shown["acled_unit_id"], event_id)
        shown["source"] = masks.source(shown["source"])
        values[event_id] = shown
    return values


def _events_table(values: Mapping[str, Values], events: pa.Table, identity: Identity, convention: Convention) -> pa.Table:
    """The released events: the state's cells, with what publishing gives them."""
    described = release_table("events", convention)
    rows = []
    for row in events.to_pylist():
        event_id = identity.ids[row["event_id"]]
        given = values[event_id]
        ours = {name: given[name] for name in ("source", "acled_unit_id", "timestamp", "first_release", "last_changed_release")}
        rows.append(_numbers({**row, **ours, "event_id": event_id, "event_id_cnty": event_id}, convention))
    return pa.Table.from_pylist(rows, schema=arrow_schema(described))


def _numbers(row: dict[str, Any], convention: Convention) -> dict[str, Any]:
    if convention == "numeric":
        for name, numbers in _NUMBERS.items():
            row[name] = None if row[name] is None else numbers[row[name]]
    return row


def _numbered(table: pa.Table, name: str, convention: Convention) -> pa.Table:
    if convention == "text":
        return table
    rows = [_numbers(row, convention) for row in table.to_pylist()]
    return pa.Table.from_pylist(rows, schema=arrow_schema(release_table(name, convention)))


def _coder_numbers(reports: pa.Table) -> dict[str, str]:
    """Public pseudonym by coder_id, numbered as people appear in the order of the report ids, which are hashes."""
    numbers: dict[str, str] = {}
    for kind, coder_id in zip(reports["coder_kind"].to_pylist(), reports["coder_id"].to_pylist(), strict=True):
        if kind != "rules" and coder_id is not None and coder_id not in numbers:
            numbers[coder_id] = f"coder-{len(numbers) + 1}"
    return numbers


def _renamed(reports: pa.Table, coders: Mapping[str, str]) -> pa.Table:
    return replace_column(reports, "coder_id", coders.get)


def _members_table(members: pa.Table, identity: Identity) -> pa.Table:
    return replace_column(members, "event_id", identity.ids.__getitem__)


def _actor_ids(source: Selection) -> list[str]:
    columns = [table[name] for table in (source.reports, source.events) for name in ("actor1_id", "actor2_id")]
    return sorted({actor_id for column in columns for actor_id in column.to_pylist() if actor_id is not None})


def _hold(identity: Identity, history: History, shown: Mapping[str, Values], version: str) -> dict[str, Held]:
    """The events that have an id and are not shown."""
    old, held = history.previous, {}
    for event_id in sorted(set(identity.ids.values()) - shown.keys()):
        if old and event_id in old.held:
            held[event_id] = old.held[event_id]
        elif old and event_id in old.events:
            held[event_id] = Held(str(old.events[event_id]["first_release"]), was_shown=True, since=version)
        else:
            held[event_id] = Held(version, was_shown=False, since=version)
    return held


def _tombstones_table(tombstones: Iterable[Tombstone], held: Mapping[str, Held]) -> pa.Table:
    """Ids that are gone for good, and those of events that were shown once and are held back now."""
    away = [Tombstone(event_id, each.since, None, "withheld") for event_id, each in held.items() if each.was_shown]
    return pa.Table.from_pylist([vars(each) for each in (*tombstones, *away)], schema=arrow_schema("tombstones"))


def _changes_table(changes: Iterable[ChangeRow], convention: Convention) -> pa.Table:
    rows = [_numbered_change(row) if convention == "numeric" else row for row in changes]
    return pa.Table.from_pylist(rows, schema=arrow_schema("changes"))


def _numbered_change(row: ChangeRow) -> ChangeRow:
    numbers = _NUMBERS.get(row["column"] or "", {})
    return {**row, **{side: str(numbers[label]) for side in ("old", "new") if (label := row[side]) in numbers and label}}


def _finished(table: pa.Table, name: str, convention: Convention) -> pa.Table:
    """The table with exactly its columns, sorted by its key, in one piece."""
    described = release_table(name, convention)
    ordered = table.select(described.column_names).sort_by([(column, "ascending") for column in described.key])
    return ordered.cast(arrow_schema(described)).combine_chunks()


def _bury(history: History, identity: Identity, version: str) -> tuple[Tombstone, ...]:
    """Every id that is gone for good; those that no release ever showed leave no trace."""
    held = history.previous.held if history.previous else {}
    never_shown = {event_id for event_id, each in held.items() if not each.was_shown}
    tombs = list(history.tombstones)
    tombs += [Tombstone(event_id, version, survivor, "merged") for event_id, survivor in identity.merged.items()]
    tombs += [Tombstone(event_id, version, None, "removed") for event_id in (*identity.removed, *history.skipped)]
    return tuple(sorted((each for each in tombs if each.event_id not in never_shown), key=lambda each: each.event_id))


def _inputs(state: StateReader, decisions: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    """Digests of what the state was made from, with those of its articles and decisions as they now read."""
    raw = hashlib.sha256()
    for batch in arrow_batches(state, "articles", ("article_id", "content_hash")):
        for pair in zip(batch["article_id"].to_pylist(), batch["content_hash"].to_pylist(), strict=True):
            raw.update(canonical_line(pair))
    named = sorted((name, concerned or "") for name, concerned in decisions)
    decided = hashlib.sha256(b"".join(map(canonical_line, named)))
    return dict(sorted({"raw": raw.hexdigest(), "decisions": decided.hexdigest(), **state.inputs()}.items()))


def _facts(plan: Plan, history: History, identity: Identity, settings: Settings, inputs: Mapping[str, str]) -> LedgerFacts:
    dates = dict(history.previous.facts.dates) if history.previous else {}
    return LedgerFacts(
        version=str(plan.version),
        date=plan.date,
        previous=str(plan.previous) if plan.previous else None,
        content_hash="",
        settings=recorded_settings(settings),
        inputs=inputs,
        highest=identity.highest,
        dates={**dates, str(plan.version): plan.date},
    )


def recorded_settings(settings: Settings) -> dict[str, Any]:
    """The settings that a release records: all but how the work was divided and whom to ask for places, which show in no table."""
    return settings.model_dump(mode="json", exclude={"build", "geocoding"})
