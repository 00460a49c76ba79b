"""What to ask: the names of places that the reports of a build tell and the gazetteer lacks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pandas as pd

from pipeline.resources.names import fold_name

UNKNOWN_PLACE: Final = "unknown_place"
REPORT_COLUMNS: Final = ("report_id", "status", "needs_review")
CODED_COLUMNS: Final = ("report_id", "article_id", "location_mention", "country", "admin1")
_LIVE: Final = ("candidate", "accepted")


@dataclass(frozen=True, slots=True)
class Question:
    """One name to ask for.

    Attributes:
        name: The words, as most reports write them.
        country: Country that the texts state for it.
        admin1: Largest unit that they state for it.
        reports: Number of reports that tell it.
        example: article_id of one of them, for whoever decides on the answers.
    """

    name: str
    country: str | None
    admin1: str | None
    reports: int = 0
    example: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """The same for two questions about one place, however it is written."""
        return fold_name(self.name), self.country or "", fold_name(self.admin1 or "")


def questions_of(reports: pd.DataFrame, coded_reports: pd.DataFrame) -> list[Question]:
    """The names that were not found, those that most reports tell first, then by name, country and unit.

    Args:
        reports: `REPORT_COLUMNS` of the table of that name.
        coded_reports: `CODED_COLUMNS` of the table of that name.
    """
    codes = reports["needs_review"].fillna("")
    unknown = pd.Series([UNKNOWN_PLACE in each.split("; ") for each in codes], index=reports.index, dtype=bool)
    wanted = reports.loc[unknown & reports["status"].isin(_LIVE), ["report_id"]]
    told = wanted.merge(coded_reports, on="report_id")
    columns = [told[name].astype(object).where(told[name].notna(), None) for name in CODED_COLUMNS[1:]]
    return _grouped(zip(*columns, strict=True))


def _grouped(told: Iterable[tuple[str, str | None, str | None, str | None]]) -> list[Question]:
    spellings: dict[tuple[str, str, str], Counter[tuple[str, str | None]]] = defaultdict(Counter)
    articles: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for article_id, phrase, country, admin1 in told:
        question = Question(" ".join((phrase or "").split()), country, admin1)
        if any(character.isalnum() for character in question.name):
            spellings[question.key][question.name, admin1] += 1
            articles[question.key].add(article_id)
    found = []
    for key, counted in spellings.items():
        name, admin1 = min(counted, key=lambda each: (-counted[each], each[0], each[1] or ""))
        found.append(Question(name, key[1] or None, admin1, counted.total(), min(articles[key])))
    return sorted(found, key=lambda each: (-each.reports, each.name, each.country or "", each.admin1 or ""))
