"""What earlier releases left behind for the one that is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from pipeline.publishing.ledger import Ledger, Tombstone


@dataclass(frozen=True)
class History:
    """What earlier releases left behind.

    Attributes:
        previous: Ledger of the previous release; None for the first.
        tombstones: Every id that is gone, of the previous and of any release after it that was skipped.
        skipped: Ids that live in a skipped release only.
        highest: Highest number ever used, by country.
        buried: Ids of the previous release that a skipped one buried.
    """

    previous: Ledger | None = None
    tombstones: tuple[Tombstone, ...] = ()
    skipped: frozenset[str] = frozenset()
    highest: Mapping[str, int] = field(default_factory=dict)
    buried: tuple[Tombstone, ...] = ()

    @classmethod
    def of(cls, previous: Ledger | None, skipped: Iterable[Ledger]) -> History:
        """The history of the release that follows `previous`, some later releases being skipped.

        Ids that a skipped release buried never return, those that it gave out are never given out again.
        """
        if previous is None:
            return cls()
        tombs = {each.event_id: each for each in previous.tombstones}
        highest = dict(previous.facts.highest)
        dates = dict(previous.facts.dates)
        alive: set[str] = set()
        for ledger in skipped:
            dates |= ledger.facts.dates
            for each in ledger.tombstones:
                tombs.setdefault(each.event_id, each)
            for country, number in ledger.facts.highest.items():
                highest[country] = max(number, highest.get(country, 0))
            alive |= ledger.events.keys()
        events = {key: values for key, values in previous.events.items() if key not in tombs}
        held = {key: each for key, each in previous.held.items() if key not in tombs}
        reports = tuple(report for report in previous.reports if report.event_id in events or report.event_id in held)
        gone = alive - events.keys() - held.keys() - tombs.keys()
        ordered = tuple(tombs[key] for key in sorted(tombs))
        buried = tuple(each for each in ordered if each.event_id in previous.events)
        kept = replace(previous, facts=replace(previous.facts, dates=dates), events=events, held=held, reports=reports)
        return cls(kept, ordered, frozenset(gone), highest, buried)
