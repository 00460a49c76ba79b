"""Corrections at ingest: those of articles act here, those of reports are found in the text for the stage that locates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline.resources.column_values import text_of
from pipeline.resources.corrections import Correction, given_by
from schemas.arrow import rows_to_frame

if TYPE_CHECKING:
    from pipeline.resources.bundle import Resources

Row = dict[str, Any]

_SHOWN = ("correction_id", "table", "key", "column", "reason", "source", "made_on")


def correct_articles(articles: Iterable[Row], corrections: Sequence[Correction]) -> tuple[list[Row], list[Row]]:
    """The articles with their own corrections, and rows of `anchored_corrections` for all corrections that name one of them.

    A day of publication that is set leaves no moment of the old day.

    Raises:
        InputError: An article has another value than the one expected, or the words of a report do not stand in it exactly once.
    """
    by_key: dict[str, list[Correction]] = defaultdict(list)
    for each in corrections:
        if each.table != "events":
            by_key[each.article_key].append(each)
    done, anchored = [], []
    for article in articles:
        keys = {article["article_id"], article["external_id"]} & by_key.keys()
        concerned = [each for key in sorted(keys) for each in by_key[key] if each.names_article(article)]
        own = [each for each in concerned if each.table == "articles"]
        given = given_by(own, article, article["article_id"])
        if "published_day" in given:
            given["published_at"] = None
        done.append(article | given)
        anchored += [_anchored(each, article) for each in concerned]
    return done, anchored


def _anchored(correction: Correction, article: Row) -> Row:
    row = correction_row(correction) | {"article_id": article["article_id"]}
    if correction.table == "articles":
        return row
    text, words = article["text"] or "", correction.anchor_words
    if (times := text.count(words)) != 1:
        told = "stand several times" if times else "no longer stand"
        raise correction.stale(f"the words {words!r} {told} in {article['article_id']}")
    start = text.index(words)
    return row | {"anchor_start": start, "anchor_end": start + len(words)}


def correction_row(correction: Correction) -> Row:
    """A correction as a row of the table `corrections`."""
    values = {"expected": text_of(correction.expected), "value": text_of(correction.value)}
    return {name: getattr(correction, name) for name in _SHOWN} | values


def settle_corrections(anchored_corrections: pd.DataFrame, *, resources: Resources) -> dict[str, pd.DataFrame]:
    """The corrections in force.

    Args:
        anchored_corrections: The corrections of articles and reports that found their article.
        resources: The corrections.

    Returns:
        `corrections`, by correction_id. Those of events have no article: they are applied to a release, which alone knows ids.

    Raises:
        InputError: A correction names an article that the dataset does not hold, or an id that several articles came with.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for name, article_id in zip(anchored_corrections["correction_id"], anchored_corrections["article_id"], strict=True):
        found[name].append(article_id)
    rows = []
    for each in resources.corrections:
        articles = sorted(found[each.correction_id])
        if each.table != "events" and not articles:
            raise each.stale(f"the dataset holds no article {each.article_key}")
        if len(articles) > 1:
            raise each.stale(f"several articles came with the id {each.article_key} ({', '.join(articles)}); name one of these")
        rows.append(correction_row(each) | {"article_id": articles[0] if articles else None})
    return {"corrections": rows_to_frame(rows, "corrections")}
