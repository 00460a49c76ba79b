"""Rules across tables: every link leads somewhere, and what it links agrees."""

from __future__ import annotations

import pandas as pd

from pipeline.checking.check import EVENTS, EVIDENCE, LINKS, REPORTS, Tables, across_tables, in_row, is_true
from schemas.columns import TARGET, VICTIMS
from schemas.identity import unit_id
from schemas.tables import TABLES

_DUPLICATE_KEY = ["event_date", "country", "admin1", "location", "actor1", "actor2", "event_type"]
_UNIT_KEY = ["event_date", "country", "location", "actor1", "actor2", "event_type"]
_FIELDS = frozenset(TABLES["reports"].column_names) | frozenset(TABLES["coded_reports"].column_names) | {VICTIMS, TARGET}
_OURS = "the stage that writes the table is at fault; please report it."


def _by_id(frame: pd.DataFrame, key: str, column: str) -> pd.Series:
    """A column by the key of its row; a key that stands in several rows, itself a problem, counts once."""
    return frame.drop_duplicates(key).set_index(key)[column]


@across_tables(
    "event_without_report",
    "hard",
    EVENTS,
    "Every event is told by at least one report.",
    f"No report tells this event: {_OURS}",
)
def event_without_report(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    """Events to which no report that exists is linked."""
    links = tables.event_reports
    existing = links[links["report_id"].isin(tables.reports["report_id"])]
    return ~frame["event_id"].isin(existing["event_id"])


@across_tables(
    "link_without_event",
    "hard",
    LINKS,
    "Every link of event_reports leads to an event.",
    f"There is no event {{event_id}}: {_OURS}",
)
def link_without_event(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    """Links to events that do not exist."""
    return ~frame["event_id"].isin(tables.events["event_id"])


@across_tables(
    "link_without_report",
    "hard",
    LINKS,
    "Every link of event_reports leads to a report.",
    f"There is no report {{report_id}}: {_OURS}",
)
def link_without_report(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    """Links to reports that do not exist."""
    return ~frame["report_id"].isin(tables.reports["report_id"])


@across_tables(
    "link_to_inactive_report",
    "hard",
    LINKS,
    "Superseded and rejected reports belong to no event.",
    f"Report {{report_id}} is {{found}} and yet in an event: {_OURS}",
)
def link_to_inactive_report(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    """Links to reports that take no part, with their status."""
    status = _by_id(tables.reports, "report_id", "status")
    inactive = status[status.isin(["superseded", "rejected"])]
    return frame["report_id"].map(inactive).astype("string")


@across_tables(
    "link_article_not_of_report",
    "hard",
    LINKS,
    "article_id and source_id of a link are those of its report and article.",
    f"Article {{article_id}} of {{source_id}} is not that of report {{report_id}}: {_OURS}",
)
def link_article_not_of_report(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    """Links that name another article or source than their report."""
    article = frame["report_id"].map(_by_id(tables.reports, "report_id", "article_id")).astype("string")
    source = frame["article_id"].map(_by_id(tables.articles, "article_id", "source_id")).astype("string")
    return is_true(frame["article_id"] != article) | is_true(frame["source_id"] != source)


@across_tables(
    "report_without_article",
    "hard",
    REPORTS,
    "Every report leads to an article.",
    f"There is no article {{article_id}}: {_OURS}",
)
def report_without_article(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    """Reports of articles that do not exist."""
    return ~frame["article_id"].isin(tables.articles["article_id"])


@in_row(
    "anchor_empty",
    "hard",
    REPORTS,
    "The anchor of a report is a stretch of text: it ends after it starts.",
    f"The anchor runs from {{anchor_start}} to {{anchor_end}}: {_OURS}",
)
def anchor_empty(frame: pd.DataFrame) -> pd.Series:
    """Reports anchored nowhere."""
    return frame["anchor_end"] <= frame["anchor_start"]


@across_tables(
    "evidence_without_report",
    "hard",
    EVIDENCE,
    "Every piece of evidence leads to a report.",
    f"There is no report {{report_id}}: {_OURS}",
)
def evidence_without_report(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    """Evidence for reports that do not exist."""
    return ~frame["report_id"].isin(tables.reports["report_id"])


@in_row(
    "evidence_empty",
    "hard",
    EVIDENCE,
    "Evidence is a stretch of text: it ends after it starts.",
    f"The words of {{field}} run from {{start}} to {{end}}: {_OURS}",
)
def evidence_empty(frame: pd.DataFrame) -> pd.Series:
    """Evidence that holds no words."""
    return frame["end"] <= frame["start"]


@in_row(
    "evidence_of_unknown_field",
    "hard",
    EVIDENCE,
    "Evidence supports a column of reports, or names the victims or the target.",
    f"Reports have no column {{field}}: {_OURS}",
)
def evidence_of_unknown_field(frame: pd.DataFrame) -> pd.Series:
    """Evidence for columns that do not exist."""
    return ~frame["field"].isin(sorted(_FIELDS))


@across_tables(
    "n_reports_not_of_links",
    "soft",
    EVENTS,
    "n_reports is the number of reports linked to the event.",
    f"n_reports is {{n_reports}}, but {{found}} reports are linked: {_OURS}",
)
def n_reports_not_of_links(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    """Events that count other than the reports they have, with the number of these."""
    linked = frame["event_id"].map(tables.event_reports.groupby("event_id").size()).astype("Int32").fillna(0)
    return linked.astype("string").where(is_true(linked != frame["n_reports"]))


@across_tables(
    "retrospective_not_of_reports",
    "soft",
    EVENTS,
    "is_retrospective is true where all reports of the event are background, and only there.",
    "is_retrospective is {is_retrospective}, but of the event's reports {found}: look at them.",
)
def retrospective_not_of_reports(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    """Events whose flag does not follow from their reports."""
    told = tables.event_reports[["event_id", "report_id"]].merge(tables.reports[["report_id", "is_background"]], on="report_id")
    background = frame["event_id"].map(told.groupby("event_id")["is_background"].all()).astype("boolean")
    words = background.map({True: "all are background", False: "some are not background"}).astype("string")
    return words.where(is_true(background != frame["is_retrospective"]))


@in_row(
    "duplicate_event",
    "soft",
    EVENTS,
    "No two events share event_date, country, admin1, location, actor1, actor2 and event_type, unless the sources tell two "
    "incidents.",
    "Another event has the same day, place, actors and event_type: look whether both are one incident.",
)
def duplicate_event(frame: pd.DataFrame) -> pd.Series:
    """Events that may be one."""
    return frame[_DUPLICATE_KEY].duplicated(keep=False)


@in_row(
    "unit_id_not_of_event",
    "soft",
    EVENTS,
    "acled_unit_id follows from event_date, country, location, the two actors in any order, and event_type.",
    f"acled_unit_id {{acled_unit_id}} is not that of the event's day, place, actors and event_type: {_OURS}",
)
def unit_id_not_of_event(frame: pd.DataFrame) -> pd.Series:
    """Events grouped with others that ACLED would not write as one row with them."""
    complete = frame[frame[[name for name in _UNIT_KEY if name != "actor2"]].notna().all(axis=1)]
    columns = [complete[name].astype("string").astype(object) for name in _UNIT_KEY]
    expected = [
        unit_id(day, country, location, actor1, actor2 if isinstance(actor2, str) else None, event_type)
        for day, country, location, actor1, actor2, event_type in zip(*columns, strict=True)
    ]
    wrong = complete["acled_unit_id"] != pd.Series(expected, index=complete.index, dtype="string")
    return wrong.reindex(frame.index)
