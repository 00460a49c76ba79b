"""Which event of the previous release a new event is, so that its id stays.

Events have no identity of their own: an event is the reports that tell it. First each old report's counterpart is sought among
the new reports of the same article, by whatever coder; then each new event inherits the id of the old event with which it shares
most counterparts.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from khaldun.versions import parse_version
from pipeline.publishing.ledger import LedgerReport, Span
from pipeline.publishing.words import share_found
from schemas.taxonomy import COUNTRIES

WORDS_THRESHOLD = 0.5
"""Share of an old anchor sentence's word runs that must stand near the new report when the text has changed.

Changing one word of a sentence of ten breaks three of its eight runs: half leaves room for one or two corrections, and two
sentences of one article about different incidents share far less.
"""

EVIDENCE_THRESHOLD = 0.5
"""Share of the shorter evidence that must overlap where neither triggers nor anchors do: one shared name is not enough."""


@dataclass(frozen=True)
class NewReport:
    """One report of the new events, and where its words stand.

    Attributes:
        report: The same facts as the ledger will hold, under the event's provisional id.
        words_at_anchor: Hashes of the word runs of its anchor sentence.
        words_near: Hashes of those around its anchor and its triggers; empty unless the article's text has changed.
    """

    report: LedgerReport
    words_near: frozenset[int] = frozenset()

    @property
    def words_at_anchor(self) -> frozenset[int]:
        """Hashes of the word runs of its anchor sentence."""
        return frozenset(self.report.anchor_words)


@dataclass(frozen=True)
class NewEvent:
    """One new event under its provisional id, and what new ids are ordered by."""

    event_id: str
    date: dt.date
    country: str
    location: str
    first_report: str

    def order(self) -> tuple[dt.date, str, str, str]:
        """Date, place and smallest report_id."""
        return self.date, self.country, self.location, self.first_report


@dataclass(frozen=True)
class Identity:
    """Ids of the new events, and what became of the old ones.

    Attributes:
        ids: Permanent id by provisional id.
        inherited: Ids that lived in the previous release too.
        merged: For each old id that another event took over: that event's id.
        split_from: For each new id that was part of an old event which lives on: that event's id.
        removed: Old ids that no new event has a report of.
        highest: Highest number ever used, by country.
        counterparts: report_id of the new counterpart by that of the old report.
    """

    ids: Mapping[str, str] = field(default_factory=dict)
    inherited: frozenset[str] = frozenset()
    merged: Mapping[str, str] = field(default_factory=dict)
    split_from: Mapping[str, str] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    highest: Mapping[str, int] = field(default_factory=dict)
    counterparts: Mapping[str, str] = field(default_factory=dict)


# -- counterparts of reports --------------------------------------------------------------------------------------------------


def find_counterparts(old: Iterable[LedgerReport], new: Iterable[NewReport]) -> dict[str, str]:
    """New report_id by old report_id, one to one; old reports that are not found again are left out.

    An old report's counterpart is the report of the same article with the same report_id; else, in an unchanged text, the one
    whose words overlap most: triggers count before anchor sentences, those before other evidence. In a changed text it is the one
    near which most word runs of the old anchor sentence stand, and the same report_id decides only where words do not.
    """
    olds: dict[str, list[LedgerReport]] = defaultdict(list)
    for report in sorted(old, key=_stand):
        olds[report.article_id].append(report)
    news: dict[str, list[NewReport]] = defaultdict(list)
    for candidate in sorted(new, key=lambda each: _stand(each.report)):
        news[candidate.report.article_id].append(candidate)
    found: dict[str, str] = {}
    for article_id in sorted(olds.keys() & news.keys()):
        found.update(_match_article(olds[article_id], news[article_id]))
    return found


Score = tuple[float, ...]


def _stand(report: LedgerReport) -> tuple[Span, str]:
    return report.anchor, report.report_id


def _match_article(olds: Sequence[LedgerReport], news: Sequence[NewReport]) -> dict[str, str]:
    found: dict[str, str] = {}
    same_text = olds[0].content_hash == news[0].report.content_hash
    for score in (_same_id, _overlap) if same_text else (_same_id_and_words, _same_words, _same_id):
        taken = set(found.values())
        left = [(each, candidate) for each in olds if each.report_id not in found for candidate in news]
        scored = [(points, each, candidate.report) for each, candidate in left if (points := score(each, candidate)) is not None]
        scored.sort(key=lambda item: (tuple(-points for points in item[0]), _stand(item[1]), _stand(item[2])))
        for _, each, report in scored:
            if each.report_id not in found and report.report_id not in taken:
                found[each.report_id] = report.report_id
                taken.add(report.report_id)
    return found


def _same_id(old: LedgerReport, new: NewReport) -> Score | None:
    return (1.0,) if old.report_id == new.report.report_id else None


def _overlap(old: LedgerReport, new: NewReport) -> Score | None:
    """Overlapping code points of triggers, of anchor sentences and of other evidence; None where that is too little."""
    triggers = _common(old.trigger_spans, new.report.trigger_spans)
    anchors = _common((old.anchor,), (new.report.anchor,))
    others = _common(old.evidence_spans, new.report.evidence_spans)
    shorter = min(_covered(old.evidence_spans), _covered(new.report.evidence_spans))
    enough = triggers or anchors or (shorter and others >= EVIDENCE_THRESHOLD * shorter)
    return (triggers, anchors, others) if enough else None


def _same_words(old: LedgerReport, new: NewReport) -> Score | None:
    """Share of the old anchor's word runs in the new anchor sentence, then around it; None below the threshold."""
    wanted = list(old.anchor_words)
    near = share_found(wanted, new.words_near)
    return (share_found(wanted, new.words_at_anchor), near) if near >= WORDS_THRESHOLD else None


def _same_id_and_words(old: LedgerReport, new: NewReport) -> Score | None:
    """The same report_id at a sentence that still says the same: an offset alone may have come to lie on another incident."""
    at_anchor = share_found(list(old.anchor_words), new.words_at_anchor)
    return _same_id(old, new) if at_anchor >= WORDS_THRESHOLD else None


def _offsets(spans: Iterable[Span]) -> set[int]:
    return {offset for start, end in spans for offset in range(start, end)}


def _covered(spans: Iterable[Span]) -> int:
    return len(_offsets(spans))


def _common(mine: Iterable[Span], others: Iterable[Span]) -> int:
    return len(_offsets(mine) & _offsets(others))


# -- ids of events ------------------------------------------------------------------------------------------------------------


def assign_ids(
    old: Sequence[LedgerReport],
    new: Sequence[NewReport],
    events: Sequence[NewEvent],
    *,
    first_releases: Mapping[str, str],
    highest: Mapping[str, int],
) -> Identity:
    """Ids of the new events, and what became of the old ones.

    Each new event inherits the id of the old event with most counterparts among its reports, one to one: of equal claims the
    oldest id goes first, then the first event in order of date, place and report. An old event that goes empty-handed merges into
    the new event that holds most of its counterparts; of all ids that meet in one event the oldest stays. A new event without an
    inherited id that holds counterparts of an old event which lives on is split from it.

    Args:
        old: Reports of the old events.
        new: Reports of the new events.
        events: The new events.
        first_releases: Release in which each old event first appeared: every old event has one.
        highest: Highest number ever used, by country.
    """
    counterparts = find_counterparts(old, new)
    shared = _shared_reports(old, new, counterparts)
    ordered = sorted(events, key=NewEvent.order)
    rank = {event.event_id: position for position, event in enumerate(ordered)}
    age = {event_id: _age(event_id, first) for event_id, first in first_releases.items()}

    claims = sorted(shared, key=lambda pair: (-shared[pair], age[pair[0]], rank[pair[1]]))
    holders: dict[str, list[str]] = {}
    placed: set[str] = set()
    for old_id, new_id in claims:
        if old_id not in placed and new_id not in holders:
            holders[new_id] = [old_id]
            placed.add(old_id)
    for old_id, new_id in claims:
        if old_id not in placed:
            holders[new_id].append(old_id)
            placed.add(old_id)

    ids = {new_id: min(met, key=age.__getitem__) for new_id, met in holders.items()}
    merged = {old_id: ids[new_id] for new_id, met in holders.items() for old_id in met if old_id != ids[new_id]}
    inherited = frozenset(ids.values())
    numbered, highest_now = _number([event for event in ordered if event.event_id not in ids], highest)
    split_from: dict[str, str] = {}
    for old_id, new_id in claims:
        if new_id in numbered and old_id in inherited:
            split_from.setdefault(numbered[new_id], old_id)
    removed = tuple(sorted(set(first_releases) - placed))
    return Identity({**ids, **numbered}, inherited, merged, split_from, removed, highest_now, counterparts)


def _shared_reports(
    old: Sequence[LedgerReport], new: Sequence[NewReport], counterparts: Mapping[str, str]
) -> Counter[tuple[str, str]]:
    """Number of counterparts that each old event has in each new event."""
    event_of = {each.report.report_id: each.report.event_id for each in new}
    return Counter((each.event_id, event_of[counterparts[each.report_id]]) for each in old if each.report_id in counterparts)


def _age(event_id: str, first_release: str) -> tuple[tuple[int, int, int], int, str]:
    """Sorts the oldest id first: by first release, then number, then country."""
    version = parse_version(first_release)
    order = (version.year, version.month, version.patch) if version else (0, 0, 0)
    return order, number_of(event_id)[1], event_id


def _number(events: Iterable[NewEvent], highest: Mapping[str, int]) -> tuple[dict[str, str], dict[str, int]]:
    ids, used = {}, dict(highest)
    for event in events:
        country = COUNTRIES[event.country].iso3
        used[country] = used.get(country, 0) + 1
        ids[event.event_id] = f"KHD-{country}-{used[country]:06d}"
    return ids, used


def number_of(event_id: str) -> tuple[str, int]:
    """Country and number of a permanent id: `KHD-IRQ-000042` gives `("IRQ", 42)`."""
    _, country, number = event_id.split("-")
    return country, int(number)
