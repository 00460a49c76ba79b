"""Which report tells which gold event of the same article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.evaluation.coded import CodedReport
from pipeline.evaluation.fields import FIELDS
from pipeline.evaluation.gold import GoldArticle, GoldEvent

_WEIGHTS = {"class": 3, "date": 2, "place": 2, "perpetrator": 1, "deaths": 1}
_NOT_REQUIRED = 0.5
"""What an optional or background event gives way by, if it fits a report as well as a required one."""


@dataclass(frozen=True)
class PairedArticle:
    """One article: what gold and coder agree on, what the coder missed, and what it has beyond gold.

    Attributes:
        gold: The gold coding.
        reports: All reports of the article; None if the dataset does not have the article.
        pairs: Gold events with the report that tells each, best agreement first.
        missed: Gold events that no report tells, in the order of gold.
        extra: Reports that tell no gold event, in their order.
    """

    gold: GoldArticle
    reports: tuple[CodedReport, ...] | None
    pairs: tuple[tuple[GoldEvent, CodedReport], ...]
    missed: tuple[GoldEvent, ...]
    extra: tuple[CodedReport, ...]

    @property
    def n_fresh(self) -> int:
        """Number of reports that are not background."""
        return sum(report.is_fresh for report in self.reports or ())

    @property
    def false_reports(self) -> tuple[CodedReport, ...]:
        """Fresh reports beyond gold, where somebody judged what the article newly reports."""
        return tuple(report for report in self.extra if report.is_fresh) if self.gold.relevant is not None else ()


def _agreement(event: GoldEvent, report: CodedReport) -> float | None:
    """How well a report fits; None if neither its type, nor its date together with its place, is right."""
    right = {name for name in _WEIGHTS if FIELDS[name].is_given(event) and FIELDS[name].is_right(event, report)}
    if "class" not in right and not {"date", "place"} <= right:
        return None
    return sum(_WEIGHTS[name] for name in right) - (0 if event.is_required else _NOT_REQUIRED)


def pair(gold: GoldArticle, reports: Sequence[CodedReport] | None) -> PairedArticle:
    """Pair events and reports one to one, the best agreement first; on a tie the earlier event, then the earlier report."""
    coded = list(reports or ())
    candidates = [
        (-agreement, position, place)
        for position, event in enumerate(gold.events)
        for place, report in enumerate(coded)
        if (agreement := _agreement(event, report)) is not None
    ]
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, position, place in sorted(candidates):
        if position not in found and place not in taken:
            found[position] = place
            taken.add(place)
    return PairedArticle(
        gold,
        None if reports is None else tuple(coded),
        tuple((gold.events[position], coded[place]) for position, place in found.items()),
        tuple(event for position, event in enumerate(gold.events) if position not in found),
        tuple(report for place, report in enumerate(coded) if place not in taken),
    )
