"""Tables as CSV that is safe to open in a spreadsheet."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0")
"""A text that begins with one of these may be run as a formula (OWASP ASVS 1.2.10)."""

GUARD = "'"
QUOTE = '"'
_SPECIAL = re.compile(r'[",\r\n]')


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
        file.write(_line(table.column_names))
        for batch in table.to_batches(max_chunksize=20_000):
            columns = [[cell(value) for value in column.to_pylist()] for column in batch.columns]
            file.writelines(map(_line, zip(*columns, strict=True)))


def _line(cells: Iterable[str]) -> str:
    """One line of the file. The writer of Python 3.11 leaves a lone carriage return unquoted, which then breaks the row."""
    return ",".join(f'"{text.replace(QUOTE, QUOTE * 2)}"' if _SPECIAL.search(text) else text for text in cells) + "\n"
