"""The explanation with numbers: every report, and every piece of evidence as a span that the page can point to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from pipeline.explaining.explanation import SHOWN
from pipeline.explaining.themes import label_of, theme_of
from pipeline.explaining.votes import TOLL, VALUES
from pipeline.explaining.words import Span

Note = tuple[Span, dict[str, Any]]
"""A span and the evidence, or the rejected candidate, that it marks."""


@dataclass(frozen=True)
class NotedReport:
    """A report with its number in the page and its evidence as spans."""

    number: int
    values: dict[str, Any]
    notes: tuple[Note, ...]

    @property
    def anchor(self) -> str:
        """Id of its section in the page."""
        return f"report-{self.number}"

    @property
    def other_fields(self) -> list[str]:
        """Fields that evidence names and explanations do not list."""
        return sorted({item["field"] for _, item in self.notes} - set(SHOWN))

    def notes_of(self, field: str) -> list[Note]:
        """Its evidence for one column."""
        return [note for note in self.notes if note[1]["field"] == field]

    @property
    def standing(self) -> str:
        """What it is within its event, and what it has a say in."""
        says = {
            (VALUES, TOLL): "votes",
            (VALUES,): "votes, tells no toll",
            (TOLL,): "votes on the toll only",
            (): "no vote",
        }[tuple(self.values["votes"])]
        return f"{self.values['role']}: {says}"


@dataclass(frozen=True)
class Noted:
    """An article with its number in the page, its reports, and all spans of each of its parts."""

    number: int
    values: dict[str, Any]
    reports: tuple[NotedReport, ...]
    turned_down: tuple[Note, ...]

    @property
    def spans(self) -> dict[str, list[Span]]:
        """Everything to mark, by the part of the article that offsets count in."""
        notes = [*(note for report in self.reports for note in report.notes), *self.turned_down]
        return {part: [span for span, item in notes if item["part"] == part] for part in ("title", "text")}


def number(articles: Sequence[dict[str, Any]]) -> list[Noted]:
    """The articles of an explanation, numbered in their order.

    Args:
        articles: As `explanation` gives them.
    """
    reports, names = count(1), count(1)
    # One report's labels need no number; several reports must be told apart.
    many = sum(len(article["reports"]) for article in articles) > 1
    found = []
    for position, article in enumerate(articles, start=1):
        told = []
        for values in article["reports"]:
            which = next(reports)
            notes = tuple((_evidence_span(item, which, str(next(names)), many), item) for item in values["evidence"])
            told.append(NotedReport(which, values, notes))
        turned_down = tuple((_gated_span(item, str(next(names))), item) for item in article["rejected"])
        found.append(Noted(position, article, tuple(told), turned_down))
    return found


def _evidence_span(item: dict[str, Any], report: int, name: str, many: bool) -> Span:
    field = item["field"]
    return Span(
        start=item["start"],
        end=item["end"],
        name=name,
        theme=theme_of(field),
        style=item["attribution"],
        label=f"{report}\N{MIDDLE DOT}{label_of(field)}" if many else label_of(field),
        title=f"Report {report}, {field}: {item.get('value', item['words'])}",
    )


def _gated_span(item: dict[str, Any], name: str) -> Span:
    return Span(
        start=item["start"],
        end=item["end"],
        name=name,
        theme="none",
        style="gated",
        label=item["gate"],
        title=f"Turned down: {item['gate']}",
    )
