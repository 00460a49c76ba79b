"""Which reports take part in matching."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.matching.frames import MISSING, Flags, Integers, positions_in
from pipeline.settings import DatasetSettings
from schemas.taxonomy import COUNTRIES, COUNTRY_BY_ISO2

REASONS: Final = (
    "it was rejected or superseded, or waits for adjudication",
    "it lacks a day",
    "it lacks a type",
    "it lacks a country",
    "it lies outside the dataset's countries",
    "it lies outside the dataset's period",
    "its article is not in order",
)
"""Why a report takes no part in matching, the first that holds."""

WAITS: Final = "it has no coordinates, and fits no event clearly better than all others"
"""Why a report that takes part is of no event all the same."""


def eligible_reports(
    reports: pd.DataFrame, articles: pd.DataFrame, families: pd.DataFrame, dataset: DatasetSettings
) -> pd.DataFrame:
    """The reports that take part, with what is needed of their articles, sorted by report_id.

    A report takes part if a person accepted it, or if the rules (or an older dataset) coded it and nobody rejected it; if
    its article is in order; if it has a day, a type and a country; and if it lies in the countries and the period of the
    dataset. A person's candidate is a double coding that is not settled yet and waits. Without coordinates a report makes no event,
    but may join one.

    Args:
        reports: The table `reports`.
        articles: The table `articles`.
        families: The table `article_families` of those articles.
        dataset: Countries and period; what is not set does not limit.

    Returns:
        The columns of `reports`, and source_id, source_name, url, published_day, content_hash, family_id and relation of
        the article.
    """
    facts = articles[["article_id", "source_id", "source_name", "url", "published_day", "content_hash"]]
    of_article, of_family = (positions_in(reports["article_id"], each["article_id"]) for each in (facts, families))
    kept = np.flatnonzero(_reasons(reports, dataset, (of_article != MISSING) & (of_family != MISSING)) == MISSING)
    kept = kept[_by_report_id(reports["report_id"].iloc[kept])]
    parts = [
        reports if _is_range(kept, len(reports)) else reports.iloc[kept],
        facts.drop(columns="article_id").iloc[of_article[kept]],
        families[["family_id", "relation"]].iloc[of_family[kept]],
    ]
    return pd.concat([part.reset_index(drop=True) for part in parts], axis="columns")


def reason_to_stand_apart(report: pd.DataFrame, families: pd.DataFrame, dataset: DatasetSettings) -> str | None:
    """Why a report takes no part in matching; None if it does.

    Args:
        report: Its row of the table `reports`.
        families: The table `article_families`, which has all articles that are in order.
        dataset: Countries and period.
    """
    in_order = positions_in(report["article_id"], families["article_id"]) != MISSING
    found = int(_reasons(report, dataset, in_order)[0])
    return None if found == MISSING else REASONS[found]


def _reasons(reports: pd.DataFrame, dataset: DatasetSettings, in_order: Flags) -> Integers:
    """For each report the position in `REASONS` of the first that holds, or `MISSING`."""
    status, day = reports["status"], reports["event_date"]
    coded = (status == "candidate") & reports["coder_kind"].isin(["rules", "legacy"])
    outside = pd.Series(False, index=reports.index)
    if dataset.period_start is not None:
        outside |= day < dataset.period_start
    if dataset.period_end is not None:
        outside |= day > dataset.period_end
    country = reports["country"]
    holds = (
        ~((status == "accepted") | coded),
        day.isna(),
        reports["sub_event_type"].isna(),
        country.isna(),
        ~country.isin(_countries(dataset)),
        outside,
        pd.Series(~in_order, index=reports.index),
    )
    flags = [each.fillna(False).to_numpy(dtype=bool) for each in holds]
    found: Integers = np.select(flags, list(range(len(flags))), MISSING).astype(np.int64)
    return found


def _is_range(positions: Integers, length: int) -> bool:
    """Whether the positions are all of `length`, in order."""
    return len(positions) == length and bool((positions == np.arange(length)).all())


def _by_report_id(ids: pd.Series) -> Integers:
    found: Integers = pc.sort_indices(pa.Array.from_pandas(ids)).to_numpy().astype(np.int64)
    return found


def _countries(dataset: DatasetSettings) -> list[str]:
    if not dataset.countries:
        return list(COUNTRIES)
    return [COUNTRY_BY_ISO2[code].country for code in dataset.countries]
