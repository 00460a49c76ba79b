"""Reads gold files and datasets; the only disk of the evaluation beside the gate."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import pandas as pd

from pipeline.errors import InputError
from pipeline.evaluation.coded import EVIDENCE_COLUMNS, REPORT_COLUMNS, CodedReport, coded_reports
from pipeline.evaluation.gold import GoldArticle, parse_gold
from pipeline.progress import Reporter
from pipeline.store import StateReader
from pipeline.throwaway import throwaway_dataset

_NEEDED = "match"
"""The last verb that evaluation needs: events of reports, no checks."""


def file_content(path: Path) -> bytes:
    """The content of a file that a person named.

    Raises:
        InputError: It cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).") from None


def read_gold(path: Path) -> list[GoldArticle]:
    """The articles of a gold file.

    Raises:
        InputError: It cannot be read, or a line is wrong.
    """
    try:
        return parse_gold(file_content(path).decode("utf-8-sig"), str(path))
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 ({error}). Save it as UTF-8.") from None


def read_coded(reader: StateReader, gold: Sequence[GoldArticle]) -> dict[str, list[CodedReport]]:
    """The reports of the gold articles in a dataset, by the id that the articles came with."""
    articles = _rows(reader, "articles", "external_id", {article.id for article in gold}, ("article_id", "external_id", "text"))
    reports = _rows(reader, "reports", "article_id", set(articles["article_id"]), REPORT_COLUMNS)
    report_ids = set(reports["report_id"])
    evidence = _rows(reader, "evidence", "report_id", report_ids, EVIDENCE_COLUMNS)
    links = _rows(reader, "event_reports", "report_id", report_ids, ("report_id", "event_id"))
    return coded_reports(articles, reports, evidence, links)


def _rows(reader: StateReader, table: str, column: str, wanted: Collection[str], columns: Sequence[str]) -> pd.DataFrame:
    """Rows of a table that may be larger than memory."""
    return pd.concat([frame[frame[column].isin(wanted)] for frame in reader.batches(table, columns)], ignore_index=True)


def code_articles(
    articles: bytes,
    gold: Sequence[GoldArticle],
    *,
    root: Path | None = None,
    jobs: int | None = None,
    reporter: Reporter | None = None,
) -> dict[str, list[CodedReport]]:
    """Build a dataset of the articles in a temporary folder and return the reports of the gold articles.

    Args:
        articles: Content of a JSON Lines file of articles.
        gold: Gold coding of them.
        root: A dataset whose settings and seeds are used, if it has a dataset.toml; else the defaults. Its decisions are not
            used: the rules are scored.
        jobs: Processes to use; the dataset's setting if None.
        reporter: Told of progress.
    """
    with throwaway_dataset(articles, root=root, jobs=jobs, reporter=reporter) as build:
        build.run(_NEEDED)
        return read_coded(build.reader(), gold)
