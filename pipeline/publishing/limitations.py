"""KNOWN_LIMITATIONS.md: what a release knows to be weak in itself, counted from its own tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from schemas.taxonomy import EVENT_TYPES

_MOST_CODES = 8
_PEOPLE = frozenset({"human", "adjudicated", "legacy"})


def limitations_text(tables: Mapping[str, pa.Table], title: str, version: str, withheld: Mapping[str, int]) -> str:
    """The page of known limitations.

    Args:
        tables: The tables of the release.
        title: Title of the dataset.
        version: The release.
        withheld: Events that are not shown, by reason in words.
    """
    events = tables["events"].to_pylist()
    parts = [
        f"# Known limitations of {title}, version {version}",
        "Counted from the tables of this release; what is not listed here may still be wrong.",
        _section("How the events were found", _finding(tables, events)),
        _section("Places and days", _precision(events, tables["articles"])),
        _section("Deaths", _deaths(events)),
        _section("Outlets", _outlets(tables["sources"], tables["articles"])),
        _section("What is not shown", [f"{count} events: {why}." for why, count in withheld.items()] or ["Nothing."]),
        _section("Events to be looked at again", _reviews(events)),
        _section("By type of event", _types(events)),
    ]
    return "\n\n".join(parts) + "\n"


def _section(heading: str, lines: Iterable[str]) -> str:
    return f"## {heading}\n\n" + "\n".join(f"- {line}" for line in lines)


def _share(count: int, total: int) -> str:
    return f"{count} of {total} ({count / total:.0%})" if total else "0 of 0"


def _finding(tables: Mapping[str, pa.Table], events: list[dict[str, Any]]) -> list[str]:
    kinds = dict(zip(*(tables["reports"][name].to_pylist() for name in ("report_id", "coder_kind")), strict=True))
    by_people = {
        event_id
        for event_id, report_id in zip(
            *(tables["event_reports"][name].to_pylist() for name in ("event_id", "report_id")), strict=True
        )
        if kinds[report_id] in _PEOPLE
    }
    total = len(events)
    single = sum(row["n_sources"] == 1 for row in events)
    recalled = sum(row["is_retrospective"] for row in events)
    return [
        f"{_share(total - len(by_people), total)} events rest on the rules alone: no person read any of their reports.",
        f"{_share(sum(row['status'] == 'candidate' for row in events), total)} events are candidates, not final.",
        f"{_share(single, total)} events have one independent source.",
        f"{_share(recalled, total)} events are only recalled by later articles (`is_retrospective`).",
    ]


def _precision(events: list[dict[str, Any]], articles: pa.Table) -> list[str]:
    total = len(events)
    coarse = Counter(row["geo_precision"] for row in events)
    vague = Counter(row["time_precision"] for row in events)
    return [
        f"{_share(coarse[3], total)} events stand for a large region (`geo_precision` 3), {coarse[2]} near a place.",
        f"{_share(vague[3], total)} events are known by their month (`time_precision` 3), {vague[2]} by their week.",
        f"{_share(articles['published_day'].null_count, articles.num_rows)} articles have no day of publication.",
    ]


def _deaths(events: list[dict[str, Any]]) -> list[str]:
    basis = Counter(row["fatalities_basis"] for row in events)
    open_high = sum(row["fatalities_high"] is None and row["fatalities"] > 0 for row in events)
    return [
        f"{_share(basis['none_mentioned'], len(events))} events mention no dead: their 0 is not a finding.",
        f"{basis['word_estimate']} tolls are read from words such as `dozens`, {basis['shared_total']} are shares of a total.",
        f"{open_high} tolls have no known upper end.",
    ]


def _outlets(sources: pa.Table, articles: pa.Table) -> list[str]:
    rows = sources.select(["source_id", "type", "disclosure"]).to_pylist()
    unregistered = {row["source_id"] for row in rows if row["type"] is None and row["disclosure"] == "open"}
    given = sum(source_id in unregistered for source_id in articles["source_id"].to_pylist())
    hidden = sum(row["disclosure"] == "undisclosed" for row in rows)
    return [
        f"{_share(len(unregistered), len(rows))} outlets are not registered. "
        f"They gave {_share(given, articles.num_rows)} articles.",
        f"{hidden} outlets must not be named.",
    ]


def _reviews(events: list[dict[str, Any]]) -> list[str]:
    codes = Counter(code for row in events for code in (row["needs_review"] or "").split("; ") if code)
    marked = sum(row["needs_review"] is not None for row in events)
    most = sorted(codes.items(), key=lambda each: (-each[1], each[0]))[:_MOST_CODES]
    return [
        f"{_share(marked, len(events))} events carry a code in `needs_review`.",
        *(f"`{code}`: {count}" for code, count in most),
    ]


def _types(events: list[dict[str, Any]]) -> list[str]:
    total: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for row in events:
        total[row["event_type"]] += 1
        alone[row["event_type"]] += row["n_sources"] == 1
    return [f"{name}: {total[name]} events, {alone[name]} of them from one source." for name in EVENT_TYPES if total[name]] or [
        "None."
    ]
