"""Where the values of an article's reports, or of an event, come from: the words, the rule, and what was turned down."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline.errors import InputError
from pipeline.explaining.votes import votes_of

if TYPE_CHECKING:
    from pipeline.runner import Build
    from pipeline.store import StateReader

_SURROUNDINGS = 40  # characters shown on either side of the words of evidence

SHOWN = (
    "sub_event_type",
    "event_date",
    "event_date_end",
    "time_precision",
    "location",
    "admin1",
    "country",
    "geo_precision",
    "actor1",
    "assoc_actor_1",
    "actor2",
    "assoc_actor_2",
    "initiator",
    "fatalities",
    "fatalities_low",
    "fatalities_high",
    "fatalities_basis",
    "injured",
    "crowd_size",
    "confidence",
    "needs_review",
)
"""Columns that an explanation shows, in its order."""


def explanation(build: Build, key: str) -> dict[str, Any]:
    """What is known of one article or event.

    Args:
        build: The dataset.
        key: An article_id, the id or address that the article came with, or an event_id, provisional or released.

    Returns:
        `key`; `event` (its row, or None); and `articles`: each with id, source, title, text, `reports` and `rejected`
        candidates. A report has its values, `evidence` with words and rule, and, if it is in an event, `event_id`, `role`,
        `score` and `reasons` of its link, and `votes`: what it has a say in, `values` and `toll`.

    Raises:
        InputError: Nothing of the dataset has that key.
    """
    reader = build.reader()
    if key.startswith(("KHD-", "TMP-")):
        return {"key": key, **_of_event(build, reader, key)}
    for column in ("article_id", "external_id", "url"):
        found = _rows_of(reader, "articles", column, {key}, sorted({"article_id", column}))
        if len(found):
            articles = _Articles.read(reader, build, sorted(found["article_id"]))
            return {"key": key, "event": None, "articles": articles.explained()}
    raise InputError(f"{key}: no article has this id or address, and no event this id. `khaldun build` first?")


def _of_event(build: Build, reader: StateReader, key: str) -> dict[str, Any]:
    links = reader.read("event_reports", ["event_id", "report_id", "article_id"])
    report_ids = set(links.loc[links["event_id"] == key, "report_id"])
    if not report_ids and key.startswith("KHD-"):
        report_ids = _released_reports(build, key)
    mine = links[links["report_id"].isin(report_ids)]
    if mine.empty:
        raise InputError(f"{key}: no report of the present state belongs to an event of this id.")
    events = reader.read("events")
    event = events[events["event_id"].isin(mine["event_id"])]
    articles = _Articles.read(reader, build, sorted(set(mine["article_id"])), report_ids)
    return {"event": values_of(event.iloc[0]) if len(event) else None, "articles": articles.explained()}


def _released_reports(build: Build, event_id: str) -> set[str]:
    """Reports of a released event, from the latest ledger."""
    from pipeline.publishing.ledger import LedgerFolder

    folder = LedgerFolder(build.root)
    versions = folder.versions()
    if not versions:
        raise InputError(f"{event_id}: nothing was published here yet.")
    ledger = folder.read(versions[-1])
    if gone := next((stone for stone in ledger.tombstones if stone.event_id == event_id), None):
        now = f" and is now {gone.merged_into}" if gone.merged_into else ""
        raise InputError(f"{event_id}: left the dataset in release {gone.removed_in} ({gone.reason}){now}.")
    return {report.report_id for report in ledger.reports if report.event_id == event_id}


def values_of(row: pd.Series) -> dict[str, Any]:
    """Values that are not null, as plain Python, so that a number stays one in JSON."""
    return {str(name): value.item() if hasattr(value, "item") else value for name, value in row.items() if not pd.isna(value)}


def _rows_of(
    reader: StateReader, table: str, column: str, keys: Collection[str], columns: Sequence[str] | None = None
) -> pd.DataFrame:
    parts = [frame[frame[column].isin(keys)] for frame in reader.batches(table, columns)]
    return pd.concat(parts, ignore_index=True)


@dataclass(frozen=True)
class _Articles:
    """Some articles and all that was made of them; each table is gone through once."""

    articles: pd.DataFrame
    reports: pd.DataFrame
    evidence: pd.DataFrame
    rejected: pd.DataFrame
    links: pd.DataFrame
    votes: dict[str, list[str]]

    @classmethod
    def read(cls, reader: StateReader, build: Build, article_ids: list[str], only: set[str] | None = None) -> _Articles:
        """The articles, in order of their id, with all their reports or `only` those."""
        reports = _rows_of(reader, "reports", "article_id", article_ids)
        if only is not None:
            reports = reports[reports["report_id"].isin(only)]
        chosen = set(reports["report_id"])
        links = _rows_of(reader, "event_reports", "report_id", chosen)
        return cls(
            articles=_rows_of(reader, "articles", "article_id", article_ids).sort_values("article_id"),
            reports=reports.sort_values(["anchor_start", "anchor_ordinal", "report_id"]),
            evidence=_rows_of(reader, "evidence", "report_id", chosen),
            rejected=_rows_of(reader, "rejected_candidates", "article_id", article_ids),
            links=links.set_index("report_id")[["event_id", "role", "score", "reasons"]],
            votes=votes_of(reader, sorted(set(links["event_id"])), build.settings.dataset),
        )

    def explained(self) -> list[dict[str, Any]]:
        return [self._article(values_of(row)) for _, row in self.articles.iterrows()]

    def _article(self, article: dict[str, Any]) -> dict[str, Any]:
        mine = self.reports[self.reports["article_id"] == article["article_id"]]
        rejected = self.rejected[self.rejected["article_id"] == article["article_id"]]
        return article | {
            "reports": [self._report(article, values_of(row)) for _, row in mine.iterrows()],
            "rejected": [_words(article, row) for _, row in rejected.iterrows()],
        }

    def _report(self, article: dict[str, Any], report: dict[str, Any]) -> dict[str, Any]:
        report_id = report["report_id"]
        link: dict[str, Any] = {"event_id": None, "role": None}
        if report_id in self.links.index:
            link |= values_of(self.links.loc[report_id]) | {"votes": self.votes.get(report_id, [])}
        mine = self.evidence[self.evidence["report_id"] == report_id]
        return report | link | {"evidence": [_words(article, item) for _, item in mine.iterrows()]}


def _words(article: dict[str, Any], row: pd.Series) -> dict[str, Any]:
    """A piece of evidence with its words and what stands on either side of them."""
    text, start, end = str(article.get(row["part"], "")), int(row["start"]), int(row["end"])
    around = {
        "before": text[max(0, start - _SURROUNDINGS) : start],
        "words": text[start:end],
        "after": text[end : end + _SURROUNDINGS],
    }
    return values_of(row) | around
