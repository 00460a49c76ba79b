"""Armed groups that reports name and the registry lacks, as rows that a person may take into seeds/actors.csv."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from pipeline.resources.seeds import SEED_TABLES
from schemas.identity import slug
from schemas.taxonomy import ACTOR_CLASSES

if TYPE_CHECKING:
    from pipeline.store import StateReader

CODE = "unregistered_actor"
_CLASS_OF = {each.label: number for number, each in ACTOR_CLASSES.items()}
_COLUMNS = ("report_id", "status", "country", "event_date", "needs_review")
_SIDES = ("1", "2")
_Key = TypeVar("_Key", str, int)
_REGISTERED_FORMS = ("Unidentified ", "Civilians (", "Protesters (", "Rioters (")


@dataclass
class Candidate:
    """One name that the registry lacks.

    Attributes:
        name: As it is written most often.
        reports: Reports that name it.
        inter: Class that most of them give it.
        words: How texts call it, with the number of reports.
        countries: Countries of the events, with the number of reports.
        first: Day of the earliest event, ISO; None if no day is known.
        last: Day of the latest.
    """

    name: str
    reports: int = 0
    inter: int = 3
    words: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    first: str | None = None
    last: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The candidate for a JSON summary; counts are sorted, the highest first."""
        return {
            "name": self.name,
            "reports": self.reports,
            "inter": self.inter,
            "words": dict(_sorted(self.words)),
            "countries": dict(_sorted(self.countries)),
            "first": self.first,
            "last": self.last,
            "row": self.row(),
        }

    def row(self) -> dict[str, str]:
        """The candidate as a row of actors.csv: what reports cannot tell is empty."""
        row = dict.fromkeys(SEED_TABLES["actors"].columns, "")
        others = [words for words, _ in _sorted(self.words) if words.casefold() != self.name.casefold()]
        home = next(iter(self.countries)) if len(self.countries) == 1 else ""
        return row | {
            "actor_id": slug(self.name),
            "name": self.name,
            "kind": "armed_group",
            "inter": str(self.inter),
            "country": home,
            "aliases": "; ".join(others),
            "note": f"named by {self.reports} reports, {self.first} to {self.last}" if self.first else "",
        }


def _sorted(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))


def candidates(reader: StateReader) -> list[Candidate]:
    """Names that the registry lacks, those of most reports first.

    Args:
        reader: The dataset; tables `reports` and `coded_reports` are read. Superseded and rejected reports do not count.
    """
    sides = [f"{column}{side}" for side in _SIDES for column in ("actor", "inter")] + [f"actor{side}_id" for side in _SIDES]
    reports = reader.read("reports", [*_COLUMNS, *sides])
    told = reader.read("coded_reports", ["report_id", *(f"actor{side}_mention" for side in _SIDES)])
    coded = reports[reports["needs_review"].fillna("").str.split("; ").map(lambda codes: CODE in codes)]
    coded = coded[~coded["status"].isin(["superseded", "rejected"])]
    rows = coded.merge(told, on="report_id", how="left").sort_values("report_id").to_dict("records")
    return gather({str(column): value for column, value in row.items()} for row in rows)


def gather(reports: Iterable[Mapping[str, Any]]) -> list[Candidate]:
    """Names without a key among the actors of reports, those of most reports first, then by name."""
    found: dict[str, Candidate] = {}
    names: dict[str, Counter[str]] = {}
    classes: dict[str, Counter[int]] = {}
    for report in reports:
        for side in _SIDES:
            name = report[f"actor{side}"]
            if not _is_candidate(name, report[f"actor{side}_id"]):
                continue
            key = str(name).casefold()
            names.setdefault(key, Counter())[str(name)] += 1
            classes.setdefault(key, Counter())[_CLASS_OF[report[f"inter{side}"]]] += 1
            _add(found.setdefault(key, Candidate(str(name))), report, report[f"actor{side}_mention"])
    for key, candidate in found.items():
        candidate.name = _first(names[key])
        candidate.inter = _first(classes[key])
    return sorted(found.values(), key=lambda each: (-each.reports, each.name))


def _is_candidate(name: Any, actor_id: Any) -> bool:
    return not pd.isna(name) and pd.isna(actor_id) and not str(name).startswith(_REGISTERED_FORMS) and " and/or " not in str(name)


def _add(candidate: Candidate, report: Mapping[str, Any], words: Any) -> None:
    candidate.reports += 1
    if not pd.isna(words):
        candidate.words[str(words)] += 1
    if not pd.isna(report["country"]):
        candidate.countries[str(report["country"])] += 1
    if not pd.isna(report["event_date"]):
        day = str(report["event_date"])[:10]
        candidate.first = min(candidate.first or day, day)
        candidate.last = max(candidate.last or day, day)


def _first(counts: Counter[_Key]) -> _Key:
    """The commonest, of several the first in order."""
    return min(counts, key=lambda each: (-counts[each], each))


def as_csv(found: Iterable[Candidate]) -> str:
    """Rows for actors.csv, with its header."""
    written = io.StringIO()
    writer = csv.DictWriter(written, SEED_TABLES["actors"].columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(candidate.row() for candidate in found)
    return written.getvalue()


def as_text(found: list[Candidate]) -> str:
    """A table for people: reports, name, class, countries, days, words."""
    if not found:
        return "Every actor that a report names is in the registry."
    lines = [f"{'reports':>7}  name"]
    for each in found:
        where = ", ".join(f"{country} {number}" for country, number in _sorted(each.countries)) or "no country"
        days = f"{each.first} to {each.last}" if each.first else "no day"
        words = "; ".join(words for words, _ in _sorted(each.words))
        lines += [f"{each.reports:>7}  {each.name}", f"{'':9}class {each.inter}; {where}; {days}", f"{'':9}as: {words}"]
    return "\n".join(lines)
