"""Publishing: from a state to `data/processed/releases/<version>/` and its ledger."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from khaldun.content import release_hash, table_hash
from khaldun.verify import verify
from khaldun.versions import Version
from pipeline.errors import RefusedError
from pipeline.publishing.assemble import Assembled, assemble
from pipeline.publishing.files import Findings, write_files
from pipeline.publishing.folder import ReleaseFolders
from pipeline.publishing.gate import check_gate
from pipeline.publishing.history import History
from pipeline.publishing.ledger import LedgerFacts
from pipeline.publishing.registries import Registries
from pipeline.publishing.state import StateReader
from pipeline.publishing.versions import Plan, parse_version, plan_release
from pipeline.settings import Settings
from schemas.tables import RELEASE_TABLES

Outcome = Literal["published", "unchanged", "rewritten"]


@dataclass(frozen=True)
class PublishSummary:
    """What became of a publication.

    Attributes:
        version: The release.
        path: Its folder.
        outcome: `published`; `unchanged` if the same content stood there already; `rewritten` if only its folder or only its ledger
            was missing and was written again.
        events: Number of events.
        changes: Number of changes from the previous release by kind.
        content_hash: Hash of what its tables say.
        previous: The release that it was compared with.
    """

    version: str
    path: Path
    outcome: Outcome
    events: int
    changes: Mapping[str, int]
    content_hash: str
    previous: str | None

    def as_dict(self) -> dict[str, Any]:
        """The summary ready for JSON."""
        return {**vars(self), "path": str(self.path), "changes": dict(self.changes)}


def publish_release(
    state: StateReader,
    *,
    root: Path,
    version: str,
    date: dt.date | None,
    previous: str | None,
    resources: Registries,
    settings: Settings,
) -> PublishSummary:
    """Publish a state as a release, or find that it is published already.

    Args:
        state: The committed state.
        root: The dataset's folder.
        version: `YYYY.M.PATCH`; with `-dev` a draft, which leaves no ledger and may be overwritten.
        date: Date of the release; the first day of its month if None, or the recorded date if it was published before.
        previous: Release to compare with; the highest one below if None, or the recorded one if it was published before.
        resources: Registries of actors, places and sources.
        settings: The dataset's settings.

    Raises:
        InputError: A version is malformed, or the ledger damaged.
        RefusedError: The version is used up, or not the highest; releases were published apart; an event is later than the release
            or an earlier release is; what lies in its folder was changed; or the gate found what must not be shown.
    """
    folders = ReleaseFolders(root)
    folders.recover()
    plan = _plan(folders, parse_version(version), parse_version(previous) if previous else None, date)
    assembled = assemble(state, plan, read_history(folders, plan), resources, settings)
    _refuse_events_after(plan.date, assembled.tables["events"])
    check_gate(assembled.tables, state, resources, assembled.coder_ids)
    hashes = {name: table_hash(table, RELEASE_TABLES[name].key) for name, table in assembled.tables.items()}
    facts = replace(assembled.ledger.facts, content_hash=release_hash(hashes))
    ledger = None if plan.version.is_dev else replace(assembled.ledger, facts=facts)

    outcome = _outcome(folders, plan.version, facts.content_hash)
    if outcome != "unchanged":
        has_ledger = plan.version in folders.ledgers.versions()
        if folders.content_hash(plan.version) == facts.content_hash and ledger is not None:
            folders.commit_ledger(plan.version, ledger)
        else:
            report = _validation_report(state, assembled, facts)

            withheld = _withheld_in_words(report)

            def write(folder: Path) -> None:
                write_files(folder, assembled, hashes, facts, settings, Findings(report, withheld))

            folders.commit(plan.version, write, None if has_ledger else ledger)
    path = folders.path(plan.version)
    return PublishSummary(
        str(plan.version), path, outcome, hashes["events"].rows, assembled.changes, facts.content_hash, facts.previous
    )


def _refuse_events_after(date: dt.date, events: pa.Table) -> None:
    """No release tells of what happens after its date."""
    # One that is shown coarsely stands in the middle of its month, which may not have come yet.
    exact = events.filter(pc.equal(events["sensitivity"], "open"))
    late = exact.filter(pc.greater(exact["event_date"], pa.scalar(date))).sort_by([("event_date", "descending")])
    if late.num_rows:
        last, where = late["event_date"][0].as_py(), late["location"][0].as_py()
        raise RefusedError(
            f"{late.num_rows} events are later than the release's date {date}, the last on {last} in {where}. Give the date of the "
            f"release with --date, or correct the dates of the articles."
        )


def _plan(folders: ReleaseFolders, version: Version, previous: Version | None, date: dt.date | None) -> Plan:
    """The plan; a release that was published before keeps its date and the release before it, unless others are given."""
    published = folders.ledgers.versions()
    if version in published:
        facts = folders.ledgers.read(version).facts
        date = date or facts.date
        previous = previous or (parse_version(facts.previous) if facts.previous else None)
    return plan_release(version, previous, date, published)


def read_history(folders: ReleaseFolders, plan: Plan) -> History:
    """What the releases before the planned one left behind.

    Raises:
        RefusedError: They were published apart, or the planned one would be dated before them.
    """
    if plan.previous is None:
        return History()
    published = folders.ledgers.versions()
    previous, *skipped = [folders.ledgers.read(each) for each in published if plan.previous <= each < plan.version]
    for ledger in (previous, *skipped):
        _refuse_apart(ledger.facts, published)
    history = History.of(previous, skipped)
    if plan.version not in published:
        _refuse_date_before(plan, max(ledger.facts.date for ledger in (previous, *skipped)))
    return history


def _refuse_apart(facts: LedgerFacts, published: Iterable[Version]) -> None:
    """Two clones that publish from one ledger give the same ids to different events."""
    unknown = [str(each) for each in published if each < parse_version(facts.version) and str(each) not in facts.dates]
    if unknown:
        raise RefusedError(
            f"{facts.version} was published without knowing of {', '.join(unknown)}: the same ids may stand for different events. "
            f"Keep one side: remove the ledger and the release of the other, and publish that one again under a new version."
        )


def _refuse_date_before(plan: Plan, last: dt.date) -> None:
    """Who asks for what changed since a moment would miss a release that is dated before its forerunner."""
    if plan.date < last:
        raise RefusedError(
            f"{plan.version} would be dated {plan.date}, before {last}, the date of an earlier release. Give its date with --date."
        )


def _outcome(folders: ReleaseFolders, version: Version, content_hash: str) -> Outcome:
    """What publishing this content will be.

    Raises:
        RefusedError: Other content was published under this version, or its folder was changed since.
    """
    if version.is_dev:
        return "published"
    published = folders.ledgers.versions()
    recorded = folders.ledgers.read(version).facts.content_hash if version in published else None
    lies_there = folders.path(version).exists()
    if lies_there and recorded in (None, content_hash) and (findings := verify(folders.path(version)).findings):
        raise RefusedError(
            f"{folders.path(version)} is not what was published ({findings[0]}). Remove it, then publish {version} again."
        )
    if recorded not in (None, content_hash) or (recorded is None and lies_there and folders.content_hash(version) != content_hash):
        free = max([version, *published]).next_patch()
        raise RefusedError(
            f"{version} is published with other content, and a release never changes. Publish this as {free}. "
            "(The same state gives the same content only with the same --date and --previous.)"
        )
    if recorded is None:
        return "rewritten" if lies_there else "published"
    if not lies_there:
        return "rewritten"
    if folders.content_hash(version) != content_hash:
        raise RefusedError(f"{folders.path(version)} is not what was published. Remove it, then publish {version} again.")
    return "unchanged"


def _withheld_in_words(report: Mapping[str, Any]) -> dict[str, int]:
    counted = report["events_withheld"]
    failing = {"they break a hard rule (see validation_report.json)": counted["failing_hard_rules"]}
    sensitive = {
        "they are sensitive": counted["sensitive"],
        "they are sensitive and shown by their province and month only, without reports": report["events_coarsened"],
    }
    return {why: count for why, count in (failing | sensitive).items() if count}


def _validation_report(state: StateReader, assembled: Assembled, facts: LedgerFacts) -> dict[str, Any]:
    """Counts of what the checks found and of what was left out; never words of an article."""
    problems = state.read("problems", ["rule", "severity", "table"])
    counted = Counter(zip(problems["rule"], problems["severity"], problems["table"], strict=True))
    failing = 0
    if "merged_events" in state.tables():
        failing = len(
            set(state.read("merged_events", ["event_id"])["event_id"]) - set(state.read("events", ["event_id"])["event_id"])
        )
    articles = state.read("articles", ["status", "problem"])
    quarantined = articles[articles["status"] == "quarantined"]["problem"].fillna("unknown")
    codes = Counter(code for joined in quarantined for code in joined.split("; "))
    return {
        "version": facts.version,
        "problems": [
            {"rule": rule, "severity": severity, "table": table, "count": counted[rule, severity, table]}
            for rule, severity, table in sorted(counted)
        ],
        "events_withheld": {"failing_hard_rules": failing, "sensitive": assembled.withheld.get("withhold", 0)},
        "events_coarsened": assembled.withheld.get("coarsen", 0),
        "articles_quarantined": [{"problem": code, "count": codes[code]} for code in sorted(codes)],
    }
