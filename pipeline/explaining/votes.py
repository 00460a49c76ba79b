"""Which reports had a say in the values of an event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from pipeline.matching.copies import twin_positions
from pipeline.matching.eligibility import eligible_reports
from pipeline.matching.frames import text_list
from pipeline.matching.voters import Row, seat_panel
from pipeline.settings import DatasetSettings

if TYPE_CHECKING:
    from pipeline.store import StateReader

VALUES, TOLL = "values", "toll"


def votes_of(reader: StateReader, event_ids: Sequence[str], dataset: DatasetSettings) -> dict[str, list[str]]:
    """What each report of some events has a say in: `values` (all but the dead), `toll`, both or nothing.

    The panel is seated again as `match` seated it.

    Args:
        reader: The committed state.
        event_ids: The events.
        dataset: Countries and period, which decide what takes part.
    """
    links = _where(reader, "event_reports", "event_id", event_ids)
    reports = _where(reader, "reports", "report_id", links["report_id"])
    articles = _where(reader, "articles", "article_id", links["article_id"])
    families = _where(reader, "article_families", "article_id", links["article_id"])
    seated = eligible_reports(reports, articles, families, dataset).merge(links[["report_id", "event_id", "role"]], on="report_id")
    votes: dict[str, list[str]] = {str(report_id): [] for report_id in links["report_id"]}
    for rows in _events(seated):
        panel = seat_panel(rows)
        for name, voters in ((VALUES, panel.voters), (TOLL, panel.tolls)):
            for row in voters:
                votes[row["report_id"]].append(name)
    return votes


def _where(reader: StateReader, table: str, column: str, keys: Sequence[str] | pd.Series) -> pd.DataFrame:
    return pd.concat([frame[frame[column].isin(keys)] for frame in reader.batches(table)], ignore_index=True)


def _events(reports: pd.DataFrame) -> list[list[Row]]:
    """The reports of each event, copies of a sentence marked as `seat_panel` expects them."""
    columns = [text_list(reports[name]) for name in reports.columns]
    twins = twin_positions(reports).tolist()
    found: dict[str, list[Row]] = {}
    for position, values in enumerate(zip(*columns, strict=True)):
        row = dict(zip(reports.columns, values, strict=True))
        # Where people told two printings of a sentence apart, their roles say so.
        is_copy = row["role"] == "copy" and twins[position] != position
        row["twin_of"] = reports["report_id"].iloc[twins[position]] if is_copy else None
        found.setdefault(row["event_id"], []).append(row)
    return list(found.values())
