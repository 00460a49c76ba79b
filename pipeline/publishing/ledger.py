"""The memory of ids: one file per release in data/raw/ledger, committed and never rebuilt.

    data/raw/ledger/2026.9.0.parquet             one release
    data/raw/ledger/.2026.9.0.parquet.pending    a release that is just being published

A clone that lacks data/processed publishes the next release from these files alone, with the same ids and the same changes.
They therefore hold, beside the ids, where the words of each report stood (as offsets, and as hashes of runs of words, never the
words) and the values of each released row.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from khaldun.versions import Version, parse_version
from pipeline.errors import InputError
from pipeline.publishing.parquet import write_parquet

LEDGER_FOLDER = Path("data") / "raw" / "ledger"
FORMAT_VERSION = 1
_METADATA = b"khaldun"
_SPANS = pa.list_(pa.int32())

_SCHEMA = pa.schema(
    [
        ("kind", pa.string()),
        ("event_id", pa.string()),
        ("article_id", pa.string()),
        ("report_id", pa.string()),
        ("content_hash", pa.string()),
        ("anchor_start", pa.int32()),
        ("anchor_end", pa.int32()),
        ("trigger_spans", _SPANS),
        ("evidence_spans", _SPANS),
        ("anchor_words", pa.list_(pa.uint64())),
        ("values", pa.string()),
        ("decision_id", pa.string()),
        ("merged_into", pa.string()),
        ("removed_in", pa.string()),
        ("reason", pa.string()),
    ]
)

_KINDS = ("report", "event", "tombstone", "decision", "correction", "held")

Span = tuple[int, int]
Values = dict[str, Any]


@dataclass(frozen=True)
class LedgerReport:
    """One report of a released event, and where its words stand.

    Attributes:
        event_id: The event that the report belongs to.
        article_id: Its article.
        report_id: Its id.
        content_hash: Hash of the article's text at that time: offsets hold for this text only.
        anchor: First code point, and the one after the last, of the sentence that first tells the incident.
        trigger_spans: Words that tell what happened.
        evidence_spans: All other words on which a value rests.
        anchor_words: Hashes of the runs of three words of the anchor sentence.
    """

    event_id: str
    article_id: str
    report_id: str
    content_hash: str
    anchor: Span
    trigger_spans: tuple[Span, ...] = ()
    evidence_spans: tuple[Span, ...] = ()
    anchor_words: tuple[int, ...] = ()


@dataclass(frozen=True)
class LedgerCorrection:
    """One correction that took part.

    Attributes:
        correction_id: Its id.
        concerned: The article or event that it corrects.
        columns: Columns of the event that it changed; none where it corrects an article or report, from which all may follow.
        value: The value that it set, as text.
    """

    correction_id: str
    concerned: str
    columns: tuple[str, ...] = ()
    value: str | None = None


@dataclass(frozen=True)
class Tombstone:
    """One event id that is gone for good."""

    event_id: str
    removed_in: str
    merged_into: str | None
    reason: str


@dataclass(frozen=True)
class Held:
    """An event that has an id and is not shown: of it the ledger keeps where its reports stand, and no value.

    Attributes:
        first_release: Release that first showed it, or gave it its id.
        was_shown: Whether an earlier release showed it.
        since: Release from which it is held back.
    """

    first_release: str
    was_shown: bool
    since: str


@dataclass(frozen=True)
class LedgerFacts:
    """What a ledger file says of its release as a whole.

    Attributes:
        version: The release.
        date: Its date.
        previous: The release that it was compared with.
        content_hash: Hash of what its tables say.
        settings: The dataset's settings.
        inputs: Named digests of what its state was made from.
        highest: Highest number ever used in an event id, by country (ISO 3166-1 alpha-3).
        dates: Dates of this release and of all earlier ones that it knew of, skipped ones too.
    """

    version: str
    date: dt.date
    previous: str | None
    content_hash: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    highest: Mapping[str, int] = field(default_factory=dict)
    dates: Mapping[str, dt.date] = field(default_factory=dict)

    def to_json(self) -> str:
        """The facts as JSON with sorted keys."""
        values = {
            "format_version": FORMAT_VERSION,
            "version": self.version,
            "date": self.date.isoformat(),
            "previous": self.previous,
            "content_hash": self.content_hash,
            "settings": self.settings,
            "inputs": dict(self.inputs),
            "highest": dict(self.highest),
            "dates": {version: date.isoformat() for version, date in self.dates.items()},
        }
        return json.dumps(values, sort_keys=True, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> LedgerFacts:
        """The facts that `to_json` wrote."""
        values = json.loads(text)
        if values.pop("format_version") != FORMAT_VERSION:
            raise ValueError("written by a newer Khaldun")
        values["date"] = dt.date.fromisoformat(values["date"])
        values["dates"] = {version: dt.date.fromisoformat(date) for version, date in values["dates"].items()}
        return cls(**values)


@dataclass(frozen=True)
class Ledger:
    """One release as the next one needs to remember it.

    Attributes:
        facts: What holds for the whole release.
        reports: The reports of its events.
        events: Released values of each event by event_id; classes of actors always as labels.
        tombstones: Every id that is gone, also from earlier releases.
        decisions: (decision_id, article_id or event_id or None) of each decision of a person that took part.
        corrections: Corrections of the rows that the release shows.
        held: Events that are held back, by event_id.
    """

    facts: LedgerFacts
    reports: tuple[LedgerReport, ...] = ()
    events: Mapping[str, Values] = field(default_factory=dict)
    tombstones: tuple[Tombstone, ...] = ()
    decisions: frozenset[tuple[str, str | None]] = frozenset()
    corrections: frozenset[LedgerCorrection] = frozenset()
    held: Mapping[str, Held] = field(default_factory=dict)

    def to_arrow(self) -> pa.Table:
        """The ledger as one table: rows of one kind after the other, each sorted by their ids."""
        rows = [_report_row(report) for report in sorted(self.reports, key=lambda report: report.report_id)]
        rows += [{"kind": "event", "event_id": key, "values": _canonical(self.events[key])} for key in sorted(self.events)]
        rows += [
            {
                "kind": "tombstone",
                "event_id": t.event_id,
                "merged_into": t.merged_into,
                "removed_in": t.removed_in,
                "reason": t.reason,
            }
            for t in sorted(self.tombstones, key=lambda tombstone: tombstone.event_id)
        ]
        decisions = sorted(self.decisions, key=lambda pair: (pair[0], pair[1] or ""))
        rows += [{"kind": "decision", "decision_id": name, "article_id": concerned} for name, concerned in decisions]
        rows += [_correction_row(each) for each in sorted(self.corrections, key=lambda each: (each.correction_id, each.concerned))]
        rows += [{"kind": "held", "event_id": key, "values": _canonical(vars(self.held[key]))} for key in sorted(self.held)]
        return pa.Table.from_pylist(rows, schema=_SCHEMA.with_metadata({_METADATA: self.facts.to_json().encode()}))

    @classmethod
    def from_arrow(cls, table: pa.Table) -> Ledger:
        """The ledger that `to_arrow` made."""
        facts = LedgerFacts.from_json(table.schema.metadata[_METADATA].decode())
        rows: dict[str, list[dict[str, Any]]] = {kind: [] for kind in _KINDS}
        for row in table.to_pylist():
            rows[row["kind"]].append(row)
        return cls(
            facts,
            tuple(_report_of(row) for row in rows["report"]),
            {row["event_id"]: json.loads(row["values"]) for row in rows["event"]},
            tuple(Tombstone(row["event_id"], row["removed_in"], row["merged_into"], row["reason"]) for row in rows["tombstone"]),
            frozenset((row["decision_id"], row["article_id"]) for row in rows["decision"]),
            frozenset(_correction_of(row) for row in rows["correction"]),
            {row["event_id"]: Held(**json.loads(row["values"])) for row in rows["held"]},
        )


def _correction_row(each: LedgerCorrection) -> dict[str, Any]:
    values = {"columns": list(each.columns), "value": each.value}
    return {"kind": "correction", "decision_id": each.correction_id, "article_id": each.concerned, "values": _canonical(values)}


def _correction_of(row: Mapping[str, Any]) -> LedgerCorrection:
    values = json.loads(row["values"])
    return LedgerCorrection(row["decision_id"], row["article_id"], tuple(values["columns"]), values["value"])


def _canonical(values: Values) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)


def _flat(spans: Iterable[Span]) -> list[int]:
    return [offset for span in sorted(spans) for offset in span]


def _pairs(flat: list[int]) -> tuple[Span, ...]:
    return tuple(zip(flat[::2], flat[1::2], strict=True))


def _report_row(report: LedgerReport) -> dict[str, Any]:
    return {
        "kind": "report",
        "event_id": report.event_id,
        "article_id": report.article_id,
        "report_id": report.report_id,
        "content_hash": report.content_hash,
        "anchor_start": report.anchor[0],
        "anchor_end": report.anchor[1],
        "trigger_spans": _flat(report.trigger_spans),
        "evidence_spans": _flat(report.evidence_spans),
        "anchor_words": sorted(report.anchor_words),
    }


def _report_of(row: dict[str, Any]) -> LedgerReport:
    return LedgerReport(
        row["event_id"],
        row["article_id"],
        row["report_id"],
        row["content_hash"],
        (row["anchor_start"], row["anchor_end"]),
        _pairs(row["trigger_spans"]),
        _pairs(row["evidence_spans"]),
        tuple(row["anchor_words"]),
    )


class LedgerFolder:
    """The ledger files of one dataset."""

    def __init__(self, root: Path) -> None:
        """Open the folder of the dataset in `root`; it need not exist yet."""
        self.folder = root / LEDGER_FOLDER

    def path(self, version: Version) -> Path:
        """The file of one release."""
        return self.folder / f"{version}.parquet"

    def pending_path(self, version: Version) -> Path:
        """The file of a release that is just being published."""
        return self.folder / f".{version}.parquet.pending"

    def versions(self) -> list[Version]:
        """Published versions, the oldest first; drafts never stand here."""
        found = [parse_version(path.stem) for path in self.folder.glob("[0-9]*.parquet")] if self.folder.is_dir() else []
        return sorted(version for version in found if version is not None and not version.is_dev)

    def pending(self) -> list[Version]:
        """Versions whose publication was cut short."""
        names = [path.name for path in self.folder.glob(".*.parquet.pending")] if self.folder.is_dir() else []
        found = [parse_version(name.removeprefix(".").removesuffix(".parquet.pending")) for name in names]
        return sorted(version for version in found if version is not None)

    def read(self, version: Version) -> Ledger:
        """The ledger of one release.

        Raises:
            InputError: The file is damaged.
        """
        return read_ledger(self.path(version))

    def write_pending(self, version: Version, ledger: Ledger) -> Path:
        """Write a release's ledger under its pending name and flush it to disk."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.pending_path(version)
        write_parquet(ledger.to_arrow(), path)
        with path.open("rb") as file:
            os.fsync(file.fileno())
        return path


def read_ledger(path: Path) -> Ledger:
    """The ledger in one file.

    Raises:
        InputError: The file is damaged.
    """
    try:
        return Ledger.from_arrow(pq.read_table(path))
    except (OSError, pa.ArrowException, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{path}: cannot be read as a ledger ({error}). Restore it, for example from git: it cannot be rebuilt."
        ) from None
