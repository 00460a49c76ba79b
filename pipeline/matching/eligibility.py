"""Which reports take part in matching."""

from __future__ import annotations

import pandas as pd

from pipeline.settings import DatasetSettings
from schemas.taxonomy import COUNTRIES, COUNTRY_BY_ISO2

NEEDED = ("event_date", "sub_event_type", "country", "location", "latitude", "longitude")
"""Without one of these a report makes no event."""


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
    kept = reports[taken.fillna(False).astype(bool)]
    if dataset.period_start is not None:
        kept = kept[(kept["event_date"] >= dataset.period_start).astype(bool)]
    if dataset.period_end is not None:
        kept = kept[(kept["event_date"] <= dataset.period_end).astype(bool)]
    facts = articles[["article_id", "source_id", "source_name", "url", "published_day", "content_hash"]]
    joined = kept.merge(facts, on="article_id").merge(families[["article_id", "family_id", "relation"]], on="article_id")
    return joined.sort_values("report_id", ignore_index=True)


def _countries(dataset: DatasetSettings) -> list[str]:
    if not dataset.countries:
        return list(COUNTRIES)
    return [COUNTRY_BY_ISO2[code].country for code in dataset.countries]
