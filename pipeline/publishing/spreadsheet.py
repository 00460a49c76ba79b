"""Tables as CSV that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0")
"""A text that begins with one of these may be run as a formula (OWASP ASVS 1.2.10)."""

GUARD = "'"


def guard(text: str) -> str:
    """The text, with an apostrophe in front if a spreadsheet might take it for a formula.

    A text that begins with such an apostrophe of its own gets one more, so that taking one away always gives the text back.
    """
    return GUARD + text if text.lstrip(GUARD).startswith(FORMULA_STARTS) else text


def cell(value: Any) -> str:
    """A value as it stands in a CSV file: null is empty, numbers and days as they are, only texts are guarded."""
    if value is None:
        return ""
    if isinstance(value, str):
        return guard(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, dt.date) else repr(value)


def write_csv(table: pa.Table, path: Path) -> None:
    """Write a table as UTF-8 with a header and line feeds, whatever the machine."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.column_names)
        for batch in table.to_batches(max_chunksize=20_000):
            columns = [[cell(value) for value in column.to_pylist()] for column in batch.columns]
            writer.writerows(zip(*columns, strict=True))
