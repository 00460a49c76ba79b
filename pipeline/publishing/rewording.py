"""Other words for what the builder wrote itself, where it happens to repeat an article.

Notes are put together from coded values, and the names of actors are long: `..., A Named Front of Some People carried out an air`
is soon shared with an article. What people wrote is never reworded; the gate refuses it instead.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from pipeline.publishing.runs import Runs, registered_names
from pipeline.publishing.state import StateReader

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_OPENING = re.compile(r"(?:On|Around) \d{1,2} [A-Z][a-z]+ \d{4}, ")


def reword(events: pa.Table, actors: pa.Table, sources: pa.Table, state: StateReader) -> tuple[pa.Table, pa.Table]:
    """Events and actors without the notes and aliases of ours that repeat eight words of an article.

    Such notes are replaced by a bare list of the values, such aliases by null.
    """
    columns = [("events", "notes", events["notes"].to_pylist()), ("actors", "aliases", actors["aliases"].to_pylist())]
    found = Runs(columns, registered_names(actors, sources)).repeated_in(state)
    notes, aliases = columns[0][2], columns[1][2]
    for table, _, position in found:
        if table == "actors":
            aliases[position] = None
        elif is_ours(row := events.slice(position, 1).to_pylist()[0]):
            notes[position] = plain_notes(row)
    return _with(events, "notes", notes), _with(actors, "aliases", aliases)


def _with(table: pa.Table, column: str, values: list[str | None]) -> pa.Table:
    return table.set_column(table.column_names.index(column), table.schema.field(column), pa.array(values, pa.string()))


def is_ours(row: Mapping[str, Any]) -> bool:
    """Whether the builder wrote the notes: they open with the date and name the first actor as coded."""
    return _OPENING.match(row["notes"]) is not None and row["actor1"] in row["notes"]


def plain_notes(row: Mapping[str, Any]) -> str:
    """The values of a row in a list; each stands behind its own label, so that no run of words goes from one to the next."""
    day: dt.date = row["event_date"]
    when = "On" if row["time_precision"] == 1 else "Around"
    parts = [
        f"{when} {day.day} {_MONTHS[day.month - 1]} {day.year}, coded as {row['sub_event_type']}",
        f"first actor: {row['actor1']}",
        *([f"second actor: {row['actor2']}"] if row["actor2"] is not None else []),
        f"location as coded: {row['location']}",
        f"fatalities as coded: {row['fatalities']}",
    ]
    return "; ".join(parts) + "."
