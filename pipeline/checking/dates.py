"""Rules on days."""

from __future__ import annotations

import pandas as pd

from pipeline.checking.check import ACLED, BOTH, EVENTS, REPORTS, Tables, across_tables, day_numbers, in_row, is_true

_AFTER_PUBLICATION = "event_date {event_date} lies more than a day after the publication of {found}: look at both dates."


@in_row(
    "year_not_of_event_date",
    "hard",
    EVENTS,
    "year is the year of event_date.",
    "year is {year}, event_date {event_date}: correct one of the two.",
    source=ACLED,
)
def year_not_of_event_date(frame: pd.DataFrame) -> pd.Series:
    """Events of another year than the one given."""
    year: pd.Series = frame["event_date"].dt.year.astype("Int32")
    return frame["year"] != year


@in_row(
    "event_date_end_before_event_date",
    "hard",
    BOTH,
    "event_date_end, if given, is not before event_date.",
    "event_date_end {event_date_end} is before event_date {event_date}: correct one of the two.",
)
def event_date_end_before_event_date(frame: pd.DataFrame) -> pd.Series:
    """Rows that end before they begin."""
    return is_true(frame["event_date_end"] < frame["event_date"])


@across_tables(
    "event_date_after_publication",
    "soft",
    BOTH,
    "event_date is at most one day after the day on which any of its articles was published; one day is for time zones.",
    _AFTER_PUBLICATION,
)
def event_date_after_publication(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    """Rows that lie in the future of an article that tells them, with that article."""
    published = tables.articles.loc[tables.articles["published_day"].notna(), ["article_id", "published_day"]]
    if "article_id" in frame.columns:
        rows = frame.reset_index(names="row")[["row", "event_date", "article_id"]]
    else:
        dated = frame.reset_index(names="row")[["row", "event_id", "event_date"]]
        rows = dated.merge(tables.event_reports[["event_id", "article_id"]], on="event_id")
    told = rows.merge(published, on="article_id").sort_values(["row", "article_id"], ignore_index=True)
    late = told[is_true(day_numbers(told["event_date"]) > day_numbers(told["published_day"]) + 1)].drop_duplicates("row")
    text = late["article_id"] + " (" + late["published_day"].astype("string") + ")"
    return text.set_axis(late["row"]).reindex(frame.index)


@across_tables(
    "exact_day_without_evidence",
    "soft",
    REPORTS,
    "A report with time_precision 1 rests on words that give the day: a date, a weekday, or one such as `yesterday`.",
    "time_precision is 1, but no words of the article support event_date {event_date}: mark them, or take a lower precision.",
)
def exact_day_without_evidence(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    """Reports that claim to know the day without words that tell it."""
    dated = tables.evidence.loc[tables.evidence["field"] == "event_date", "report_id"]
    return (frame["time_precision"] == 1) & (frame["coder_kind"] != "legacy") & ~frame["report_id"].isin(dated)


@across_tables(
    "outside_period",
    "soft",
    EVENTS,
    "Events lie within the period that dataset.toml says the dataset covers.",
    "event_date {event_date} lies outside the dataset's period: correct it, or widen dataset.period_start and period_end.",
)
def outside_period(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    """Events before the first or after the last day of the dataset."""
    outside = pd.Series(False, index=frame.index)
    if tables.period_start is not None:
        outside |= is_true(frame["event_date"] < tables.period_start)
    if tables.period_end is not None:
        outside |= is_true(frame["event_date"] > tables.period_end)
    return outside
