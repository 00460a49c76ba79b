"""What differs from the previous release: one row a difference, and the marks that released events carry of it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from khaldun.difference import EVIDENCE_COLUMNS, PROVENANCE_COLUMNS, WHOLE_ROW
from pipeline.publishing.identity import Identity
from pipeline.publishing.ledger import Ledger, LedgerCorrection, LedgerReport, Tombstone, Values
from pipeline.resources.column_values import text_of

ChangeRow = dict[str, str | None]


@dataclass(frozen=True)
class NewRelease:
    """The new release as it is compared with the one before.

    Attributes:
        version: Its version.
        date: Its date.
        events: Values of each event by permanent id, without the provenance columns.
        reports: Reports of its events, under permanent ids.
        decisions: (decision_id, what it concerns) of each decision that took part.
        inputs: Named digests of what the state was made from.
        corrections: Corrections of what it shows.
    """

    version: str
    date: dt.date
    events: Mapping[str, Values]
    reports: tuple[LedgerReport, ...]
    decisions: frozenset[tuple[str, str | None]] = frozenset()
    inputs: Mapping[str, str] = field(default_factory=dict)
    corrections: frozenset[LedgerCorrection] = frozenset()


def differing_inputs(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """Names of the inputs that differ, in order; one that only one side has differs."""
    return sorted(name for name in {*old, *new} if old.get(name) != new.get(name))


_TOLD_APART = frozenset({"seed corrections", "seed sensitivity"})
_SENSITIVITY = ("sensitivity", None)


class Causes:
    """Why an event differs, from what is known of both releases."""

    def __init__(self, old: Ledger, new: NewRelease, identity: Identity) -> None:
        """Compare two releases."""
        # What people corrected is told event by event.
        self._differing = [name for name in differing_inputs(old.facts.inputs, new.inputs) if name not in _TOLD_APART]
        self._corrections = old.corrections ^ new.corrections
        self._concerned = {concerned for _, concerned in old.decisions ^ new.decisions if concerned is not None}
        self._old = _by_event(old.reports)
        self._new = _by_event(new.reports)
        self._counterparts = identity.counterparts

    def members(self, event_id: str) -> tuple[set[str], set[str]]:
        """Reports of an event then (as their counterparts now; without one, their old id) and now."""
        then = {self._counterparts.get(report.report_id, f"gone {report.report_id}") for report in self._old.get(event_id, [])}
        return then, {report.report_id for report in self._new.get(event_id, [])}

    def of(
        self, *event_ids: str, column: str | None = None, country: str | None = None, arrival_or_loss: bool = False
    ) -> tuple[str, str | None]:
        """Cause, and what it was: for `recoded` the inputs that differ, for `correction` the ids of the corrections.

        In this order: a correction that is new, changed or gone sets the column; a decision of a person that is new or gone
        concerns an article of the event, or the event itself; a correction concerns one of these; the recipe is all that differs;
        the event has other reports than before; else it was coded anew. An event that arrives or goes while the articles are the
        same was coded anew too. The column `status` follows the sign-off of the country, too.
        """
        reports = [report for each in event_ids for report in (*self._old.get(each, []), *self._new.get(each, []))]
        concerned = {*event_ids, *(report.article_id for report in reports)}
        corrections = [each for each in self._corrections if each.concerned in concerned]
        if precise := [each for each in corrections if column in each.columns]:
            return "correction", _names_of(precise)
        if self._concerned & concerned or (column == "status" and country in self._concerned):
            return "decision", None
        if corrections := [each for each in corrections if not each.columns]:
            return "correction", _names_of(corrections)
        if self._differing and all("matching.recipe" in name for name in self._differing):
            return "recipe", None
        recoded = ("recoded", "; ".join(self._differing) or None)
        if arrival_or_loss:
            return recoded if self._differing and "raw" not in self._differing else ("membership", None)
        then, now = self.members(event_ids[0])
        return recoded if then == now and len(event_ids) == 1 else ("membership", None)


def _names_of(corrections: Iterable[LedgerCorrection]) -> str:
    return "; ".join(sorted({each.correction_id for each in corrections}))


def _by_event(reports: Iterable[LedgerReport]) -> dict[str, list[LedgerReport]]:
    found: dict[str, list[LedgerReport]] = defaultdict(list)
    for report in reports:
        found[report.event_id].append(report)
    return found


def compare_releases(old: Ledger | None, new: NewRelease, identity: Identity, buried: Iterable[Tombstone] = ()) -> list[ChangeRow]:
    """One row a difference, sorted by event, change and column. Of a first release every event is `added`.

    Args:
        old: The previous release without the events in `buried`; None for a first release.
        new: The new release.
        identity: What became of the old events.
        buried: Events of the previous release that a skipped one buried: they are gone from this one too.
    """
    if old is None:
        rows = [_row(event_id, "added", ("membership", None)) for event_id in new.events]
    else:
        causes = Causes(old, new, identity)
        rows = [*_losses(old, new, identity, causes), *_arrivals(old, new, identity, causes)]
        rows += [_row(each.event_id, each.reason, ("membership", None), new=each.merged_into) for each in buried]
        for event_id in sorted(identity.inherited & old.events.keys() & new.events.keys()):
            rows += _revisions(event_id, old.events[event_id], new.events[event_id], causes)
    return sorted(rows, key=lambda row: (row["event_id"] or "", row["change"] or "", row["column"] or ""))


def _row(
    event_id: str,
    change: str,
    cause: tuple[str, str | None],
    column: str = WHOLE_ROW,
    old: str | None = None,
    new: str | None = None,
) -> ChangeRow:
    return {
        "event_id": event_id,
        "change": change,
        "cause": cause[0],
        "column": column,
        "old": old,
        "new": new,
        "inputs": cause[1],
    }


def _losses(old: Ledger, new: NewRelease, identity: Identity, causes: Causes) -> Iterator[ChangeRow]:
    """Events that the release before showed and this one does not."""
    for event_id in identity.removed:
        if event_id in old.events:
            yield _row(event_id, "removed", causes.of(event_id, arrival_or_loss=True))
    for event_id, survivor in identity.merged.items():
        if event_id in old.events:
            yield _row(event_id, "merged", causes.of(event_id, survivor), new=survivor)
    for event_id in sorted(identity.inherited & old.events.keys() - new.events.keys()):
        yield _row(event_id, "removed", _SENSITIVITY)


def _arrivals(old: Ledger, new: NewRelease, identity: Identity, causes: Causes) -> Iterator[ChangeRow]:
    """Events that this release shows and the one before did not."""
    for event_id in new.events:
        if event_id in old.held:
            yield _row(event_id, "added", _SENSITIVITY)
        elif (origin := identity.split_from.get(event_id)) is not None and origin in old.events:
            yield _row(event_id, "split", causes.of(event_id, origin), old=origin)
        elif event_id not in identity.inherited:
            yield _row(event_id, "added", causes.of(event_id, arrival_or_loss=True))


def _revisions(event_id: str, old: Values, new: Values, causes: Causes) -> Iterator[ChangeRow]:
    """One row a column; where reports were added and none went, what grows with them is one row `evidence_added`."""
    columns = [name for name in {**new, **old} if name not in PROVENANCE_COLUMNS and old.get(name) != new.get(name)]
    if not columns:
        return
    if old.get("sensitivity") != new.get("sensitivity"):
        for name in columns:
            yield _row(event_id, "revised", _SENSITIVITY, name, text_of(old.get(name)), text_of(new.get(name)))
        return
    then, now = causes.members(event_id)
    if then < now and not EVIDENCE_COLUMNS.isdisjoint(columns):
        reports = (text_of(each.get("n_reports")) for each in (old, new))
        yield _row(event_id, "evidence_added", causes.of(event_id), WHOLE_ROW, *reports)
        columns = [name for name in columns if name not in EVIDENCE_COLUMNS]
    for name in columns:
        cause = causes.of(event_id, column=name, country=new.get("country"))
        yield _row(event_id, "revised", cause, name, text_of(old.get(name)), text_of(new.get(name)))


def mark_events(old: Ledger | None, new: NewRelease, changes: Iterable[ChangeRow]) -> dict[str, Values]:
    """Release marks of each event: first_release, last_changed_release, and as timestamp the latter's date in unix seconds."""
    changed = {row["event_id"] for row in changes}
    dates = {**(old.facts.dates if old else {}), new.version: new.date}
    marks: dict[str, Values] = {}
    for event_id in new.events:
        before = old.events.get(event_id) if old else None
        held = old.held.get(event_id) if old else None
        first = before["first_release"] if before else held.first_release if held and held.was_shown else new.version
        last = before["last_changed_release"] if before and event_id not in changed else new.version
        marks[event_id] = {"first_release": first, "last_changed_release": last, "timestamp": _seconds(dates[last])}
    return marks


def _seconds(day: dt.date) -> int:
    return int(dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC).timestamp())
