"""The stages of ingest: records of raw files, the versions of one article among them, and the articles as they now read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline.ingest.corrections import correct_articles
from pipeline.ingest.files import RawReader
from pipeline.ingest.partition import RawPartition
from pipeline.ingest.problems import CONFLICTING_VERSIONS, Problem, merge_problems, problem, shorten
from pipeline.ingest.reading import read_records
from pipeline.ingest.records import Row, Rules, read_record
from pipeline.ingest.values import Seen, source_name
from pipeline.ingest.versions import Version, judge_versions
from schemas.arrow import arrow_schema, rows_to_frame, to_arrow
from schemas.tables import TABLES

if TYPE_CHECKING:
    from pipeline.resources.bundle import Resources
    from pipeline.settings import Settings

Tables = dict[str, pd.DataFrame]

VERSION_COLUMNS = ("article_id", "origin", "content_hash", "retrieved_at", "record_hash", "status")
"""Columns of read_articles that `find_versions` needs."""


def read_partition(partition: RawPartition, *, raw: Path, resources: Resources, settings: Settings) -> Tables:
    """The records of one partition.

    Args:
        partition: A raw file or a chunk of one, from `pipeline.ingest.raw.scan`.
        raw: The folder data/raw.
        resources: Of which the sources and the countries are used.
        settings: Of which `ingest.minimum_characters` and `ingest.maximum_characters` are used; the encoding is the partition's.

    Returns:
        `read_articles`, one row for each record that has an identity, and `ingest_problems`. No bytes raise an error.
    """
    limit = settings.ingest.maximum_characters
    rules = Rules(resources.sources, resources.countries.utc_offset, settings.ingest.minimum_characters, limit)
    seen = Seen(partition.seen_columns, partition.seen_sources)
    rows: list[Row] = []
    problems: list[Problem] = list(partition.problems)
    with RawReader(raw, partition.maximum_bytes) as reader:
        for record in read_records(partition, reader, limit):
            origin = f"{partition.path}:{record.line}"
            is_new_source = record.values is not None and seen.is_new_source(source_name(record.values))
            if unknown := seen.new_columns(record.unknown):
                problems.append(problem(origin, "unknown_columns", f"Unknown columns: {', '.join(map(shorten, unknown))}."))
            row, found = read_record(record, origin, rules, is_new_source=is_new_source)
            problems += _of_article(found, row)
            if row is not None:
                rows.append(row)
    problem_rows = [asdict(each) for each in merge_problems(problems)]
    return {
        "read_articles": rows_to_frame(sorted(rows, key=lambda row: str(row["origin"])), "read_articles"),
        "ingest_problems": rows_to_frame(problem_rows, "ingest_problems"),
    }


def _of_article(problems: Iterable[Problem], row: Row | None) -> list[Problem]:
    article = None if row is None else row["article_id"]
    return [Problem(each.origin, each.code, each.action, each.message, article) for each in problems]


def find_versions(read_articles: pd.DataFrame) -> Tables:
    """The standing of every record of articles that raw files hold more than once.

    Args:
        read_articles: All records, at least the columns of `VERSION_COLUMNS`.

    Returns:
        `article_versions`, by article_id and origin; outcomes as in `pipeline.ingest.versions.judge_versions`.
    """
    repeated = read_articles.loc[read_articles["article_id"].duplicated(keep=False), list(VERSION_COLUMNS)]
    groups: dict[str, list[Version]] = {}
    for record in _records(repeated, VERSION_COLUMNS):
        groups.setdefault(record["article_id"], []).append(Version(**record))
    rows = []
    for article_id in sorted(groups):
        outcomes = judge_versions(groups[article_id])
        rows += [
            {"article_id": article_id, "origin": each.origin, "content_hash": each.content_hash, "outcome": outcomes[each.origin]}
            for each in sorted(groups[article_id], key=lambda each: each.origin)
        ]
    return {"article_versions": rows_to_frame(rows, "article_versions")}


def current_articles(read_articles: pd.DataFrame, article_versions: pd.DataFrame, *, resources: Resources) -> Tables:
    """The articles of one partition as they now read.

    Args:
        read_articles: The records of one partition.
        article_versions: The standing of records, at least of these articles in all partitions.
        resources: Of which the corrections are used.

    Returns:
        `articles`: one row for each article whose current record lies in this partition, with its corrections. Of an article in
        conflict the record with the smallest content_hash stands, quarantined with the problem `conflicting_versions`.
        `anchored_corrections`: the corrections of these articles and of their reports.

    Raises:
        InputError: A correction does not find what it expects.
    """
    standing, conflicts, judged = set(), dict[str, tuple[str, str]](), set()
    for version in _records(article_versions, ("article_id", "origin", "content_hash", "outcome")):
        judged.add(version["article_id"])
        if version["outcome"] == "current":
            standing.add(version["origin"])
        elif version["outcome"] == "conflict":
            candidate = (version["content_hash"], version["origin"])
            conflicts[version["article_id"]] = min(conflicts.get(version["article_id"], candidate), candidate)
    in_conflict = {origin for _, origin in conflicts.values()}
    rows = []
    for record in _records(read_articles, TABLES["read_articles"].column_names):
        origin = record["origin"]
        if record["article_id"] in judged and origin not in standing and origin not in in_conflict:
            continue
        if origin in in_conflict:
            record |= {"status": "quarantined", "problem": CONFLICTING_VERSIONS}
        rows.append({name: record[name] for name in TABLES["articles"].column_names})
    corrected, anchored = correct_articles(sorted(rows, key=lambda row: str(row["article_id"])), resources.corrections)
    anchored.sort(key=lambda row: (row["correction_id"], row["article_id"]))
    made = {"articles": corrected, "anchored_corrections": anchored}
    return {name: rows_to_frame(listed, name) for name, listed in made.items()}


def _records(frame: pd.DataFrame, columns: Iterable[str]) -> list[dict[str, Any]]:
    """Rows as dictionaries of plain values, None for null."""
    names = tuple(columns)
    table = "article_versions" if "outcome" in names else "read_articles"
    rows: list[dict[str, Any]] = to_arrow(frame, arrow_schema(table, names)).to_pylist()
    return rows
