"""Which of several records of one article is the article as it now reads.

A quarantined record stands back behind every good one. Of equal texts the one retrieved last counts; of different texts the one
that was certainly retrieved last, and if none was, all are in conflict.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Version:
    """One record of an article: what its standing depends on."""

    article_id: str
    origin: str
    content_hash: str
    retrieved_at: dt.datetime | None
    record_hash: str
    status: str


def _rank(version: Version) -> tuple[bool, float, str, str]:
    """Sorts the record that stands for its text to the front: retrieved last, then by content, last by where it lies."""
    moment = version.retrieved_at
    return (moment is None, 0.0 if moment is None else -moment.timestamp(), version.record_hash, version.origin)


def judge_versions(versions: Iterable[Version]) -> dict[str, str]:
    """Outcome of each record of one article, by origin.

    Returns:
        `current` for the record that stands; `repeat` for one with the same text as a record that stands or is in conflict;
        `older_version` for one with a text that was replaced; `conflict` for one record of each text if none is the latest;
        `unusable` for one that cannot be used beside others that can.
    """
    every = sorted(versions, key=_rank)
    usable = [version for version in every if version.status == "ok"] or every
    by_text: dict[str, list[Version]] = defaultdict(list)
    for version in usable:
        by_text[version.content_hash].append(version)
    outcomes = dict.fromkeys((version.origin for version in every), "unusable")
    current = _latest_text(by_text)
    for content_hash, group in by_text.items():
        is_standing = current is None or content_hash == current
        first = ("conflict" if current is None else "current") if is_standing else "older_version"
        rest = "repeat" if is_standing else "older_version"
        outcomes.update(dict.fromkeys((version.origin for version in group), rest))
        outcomes[group[0].origin] = first
    return outcomes


def _latest_text(by_text: dict[str, list[Version]]) -> str | None:
    """The text retrieved strictly last; None if that is not known."""
    if len(by_text) == 1:
        return next(iter(by_text))
    latest = {content_hash: group[0].retrieved_at for content_hash, group in by_text.items()}
    known = [moment for moment in latest.values() if moment is not None]
    if len(known) < len(latest) or known.count(max(known)) > 1:
        return None
    return max(latest, key=lambda content_hash: latest[content_hash] or dt.datetime.min.replace(tzinfo=dt.UTC))
