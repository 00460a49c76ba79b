"""Which reports take part in matching."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.matching.frames import MISSING, Integers, positions_in
from pipeline.settings import DatasetSettings
from schemas.taxonomy import COUNTRIES, COUNTRY_BY_ISO2

NEEDED = ("event_date", "sub_event_type", "country")
"""Without one of these a report is of no event. Without coordinates it makes none, but may join one."""


def eligible_reports(
    reports: pd.DataFrame, articles: pd.DataFrame, families: pd.DataFrame, dataset: DatasetSettings
) -> pd.DataFrame:
    """The reports that take part, with what is needed of their articles, sorted by report_id.

    A report takes part if a person accepted it, or if the rules (or an older dataset) coded it and nobody rejected it; if
    its article is in order; if it has a day, a type and a place; and if it lies in the countries and the period of the
    dataset. A person's candidate is a double coding that is not settled yet and waits.

    Args:
        reports: The table `reports`.
        articles: The table `articles`.
        families: The table `article_families` of those articles.
        dataset: Countries and period; what is not set does not limit.

    Returns:
        The columns of `reports`, and source_id, source_name, url, published_day, content_hash, family_id and relation of
        the article.
    """
    status, coder = reports["status"], reports["coder_kind"]
    taken = (status == "accepted") | ((status == "candidate") & coder.isin(["rules", "legacy"]))
    for column in NEEDED:
        taken &= reports[column].notna()
    taken &= reports["country"].isin(_countries(dataset))
    if dataset.period_start is not None:
        taken &= reports["event_date"] >= dataset.period_start
    if dataset.period_end is not None:
        taken &= reports["event_date"] <= dataset.period_end
    facts = articles[["article_id", "source_id", "source_name", "url", "published_day", "content_hash"]]
    of_article, of_family = (positions_in(reports["article_id"], each["article_id"]) for each in (facts, families))
    kept = np.flatnonzero(taken.fillna(False).to_numpy(dtype=bool) & (of_article != MISSING) & (of_family != MISSING))
    kept = kept[_by_report_id(reports["report_id"].iloc[kept])]
    parts = [
        reports if _is_range(kept, len(reports)) else reports.iloc[kept],
        facts.drop(columns="article_id").iloc[of_article[kept]],
        families[["family_id", "relation"]].iloc[of_family[kept]],
    ]
    return pd.concat([part.reset_index(drop=True) for part in parts], axis="columns")


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
