"""The two channels of a release: what is final, and what is a candidate still."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pyarrow as pa

FINAL, CANDIDATE = "final", "candidate"


def with_channels(events: pa.Table, signed: Mapping[str, dt.date]) -> pa.Table:
    """The events, of which only those stay final whose country was signed off up to their day.

    Args:
        events: Events; a person accepted a report of those that are final.
        signed: Last day up to which each country was signed off.
    """
    columns = (events[name].to_pylist() for name in ("status", "country", "event_date"))
    status = [
        FINAL if given == FINAL and country in signed and day <= signed[country] else CANDIDATE
        for given, country, day in zip(*columns, strict=True)
    ]
    position = events.column_names.index("status")
    return events.set_column(position, events.schema.field("status"), pa.array(status, pa.string()))
