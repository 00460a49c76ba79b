"""The stage that codes articles by rules, and reuses what it coded before of those for which nothing changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import pandas as pd

from pipeline.coding.coder import Article, Coding, Findings, code_findings, look_up
from pipeline.resources.bundle import Resources
from pipeline.resources.outlets import country_of_outlet
from pipeline.settings import Settings
from schemas.arrow import arrow_schema, rows_to_frame, to_arrow
from schemas.tables import TABLES

Frames = dict[str, pd.DataFrame]

_SEEN = ("article_id", "source_id", "title", "text", "language", "published_day", "status")


def coding_key(fingerprint: str, article: Article, found: Findings, resources: Resources) -> str:
    """Hash of all that the coding of an article depends on.

    Args:
        fingerprint: Hash of what all articles share: code, settings, versions of libraries, table of countries.
        article: The columns that the coder sees.
        found: What the look-ups found in its text; of them only the rows that occur in the text are hashed.
        resources: The look-ups.
    """
    parts = (
        fingerprint,
        article.article_id,
        article.title,
        article.text,
        article.language,
        str(article.published_day),
        article.source_id,
        article.source_country,
        found.lexicon_digest,
        resources.gazetteer.digest_of(found.places),
        resources.actors.digest_of(found.actors),
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def articles_of(frame: pd.DataFrame, resources: Resources) -> list[Article]:
    """Articles that are to be coded, by article_id."""
    rows = to_arrow(frame, arrow_schema("articles", _SEEN)).to_pylist()
    countries = {source_id: _country(source_id, resources) for source_id in {row["source_id"] for row in rows}}
    return [
        Article(
            article_id=row["article_id"],
            title=row["title"],
            text=row["text"],
            language=row["language"],
            published_day=row["published_day"],
            source_id=row["source_id"],
            source_country=countries[row["source_id"]],
        )
        for row in sorted(rows, key=lambda row: str(row["article_id"]))
        if row["status"] == "ok"
    ]


def _country(source_id: str, resources: Resources) -> str | None:
    source = resources.sources.get(source_id)
    if source is None:
        return country_of_outlet(source_id, resources.gazetteer, resources.countries)
    # An agency that reports on the world says nothing of a place by where it sits.
    return None if source.reach == "international" else source.country


def _code(article: Article, found: Findings, resources: Resources, settings: Settings) -> Coding:
    try:
        return code_findings(article, found, resources, settings)
    except Exception as error:
        raise RuntimeError(f"the rule coder failed on article {article.article_id}: {error}") from error


def _kept(previous: Mapping[str, pd.DataFrame] | None, unchanged: set[str]) -> Frames:
    """Rows of the previous output for the articles whose key is unchanged."""
    if previous is None or not unchanged:
        return {}
    kept: Frames = {}
    for table in ("rule_reports", "rejected_candidates"):
        frame = previous[table]
        kept[table] = frame[frame["article_id"].isin(unchanged)]
    evidence = previous["rule_evidence"]
    kept["rule_evidence"] = evidence[evidence["report_id"].isin(set(kept["rule_reports"]["report_id"]))]
    return kept


def _joined(table: str, kept: pd.DataFrame | None, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Kept and new rows in one frame, in the order of the key."""
    frame = rows_to_frame(rows, table)
    if kept is not None and len(kept):
        frame = pd.concat([kept, frame], ignore_index=True) if len(frame) else kept
    return frame.sort_values(list(TABLES[table].key), kind="stable", ignore_index=True)


def code_articles(
    articles: pd.DataFrame,
    *,
    resources: Resources,
    settings: Settings,
    fingerprint: str,
    previous: Mapping[str, pd.DataFrame] | None = None,
) -> Frames:
    """Codes the articles of one partition by the rules.

    Args:
        articles: Columns article_id, source_id, title, text, language, published_day and status.
        resources: Look-ups.
        settings: Those under `coding`.
        fingerprint: Hash of the code, settings and versions that all articles share.
        previous: The tables that this stage wrote before, from whatever articles and seeds; an article whose coding_key
            is among them keeps its rows. The output is the same with and without them.

    Returns:
        rule_reports, rule_evidence, rejected_candidates and coding_keys, each sorted by its key. Articles that are
        quarantined give no rows; if the rules are switched off, none gives any.

    Raises:
        RuntimeError: The coder failed on an article, which is named; this is a fault of the coder.
    """
    known: dict[str, str] = {}
    if previous is not None:
        keys = previous["coding_keys"]
        known = dict(zip(keys["article_id"], keys["coding_key"], strict=True))
    # Nationalities are looked up word by word, whether or not they belong to an actor; any words may make up an unknown name,
    # and any may be weighed.
    common = f"{fingerprint} {resources.seeds.digest(['common_words', 'countries', 'organisation_words', 'type_weights'])}"
    unchanged: set[str] = set()
    codings: list[Coding] = []
    key_rows: list[dict[str, Any]] = []
    for article in articles_of(articles, resources) if settings.coding.rules else []:
        found = look_up(article, resources, settings)
        key = coding_key(common, article, found, resources)
        key_rows.append({"article_id": article.article_id, "coding_key": key})
        if known.get(article.article_id) == key:
            unchanged.add(article.article_id)
        else:
            codings.append(_code(article, found, resources, settings))
    kept = _kept(previous, unchanged)
    return {
        "rule_reports": _joined("rule_reports", kept.get("rule_reports"), [row for coding in codings for row in coding.reports]),
        "rule_evidence": _joined(
            "rule_evidence", kept.get("rule_evidence"), [row for coding in codings for row in coding.evidence]
        ),
        "rejected_candidates": _joined(
            "rejected_candidates", kept.get("rejected_candidates"), [row for coding in codings for row in coding.rejected]
        ),
        "coding_keys": _joined("coding_keys", None, key_rows),
    }
