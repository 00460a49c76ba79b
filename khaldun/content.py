"""The content hash of a release: what its tables say, whatever the bytes of the files.

Parquet bytes change with the version of the library that writes them; the content hash does not. It is defined so that it
can be computed in any language:

1. Rows are sorted by the table's key: strings by their UTF-8 bytes, numbers by size, days and moments by time.
2. The first line is a JSON array of the column names, each further line one of the row's cells: null, true, false, integers,
   floats in their shortest form that reads back the same (always with a point or an exponent; minus zero is zero), strings
   unescaped but for quotation mark, backslash and control characters, days as `2026-09-01`, moments as
   `2026-09-01T12:00:00.000000Z`. There are no blanks between cells. Lines end in a line feed and are UTF-8.
3. A table's hash is the SHA-256 of these lines. The release's hash is the SHA-256 of one line `["<table>",<rows>,"<hash>"]`
   a table, in the order of the tables' names.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

_ROWS_AT_ONCE = 20_000


@dataclass(frozen=True)
class TableHash:
    """Number of rows and content hash of one table."""

    rows: int
    sha256: str


def canonical_cell(value: Any) -> Any:
    """The value as it is written into a canonical line.

    Raises:
        ValueError: The value is a float that is no number.
        TypeError: The value is of a kind that no release holds.
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{value} is no number")
        return value + 0.0
    if isinstance(value, dt.datetime):
        if value.tzinfo is None:
            raise TypeError("a moment without a time zone has no canonical form")
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical form")


def canonical_line(cells: Sequence[Any]) -> bytes:
    """One line of the canonical form, with its line feed."""
    written = json.dumps([canonical_cell(cell) for cell in cells], ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return written.encode() + b"\n"


def table_hash(table: pa.Table, key: Sequence[str]) -> TableHash:
    """Content hash of a table whose rows may stand in any order.

    Args:
        table: The table; all columns count, in their order.
        key: Columns that together are unique.
    """
    ordered = table.sort_by([(name, "ascending") for name in key]) if table.num_rows > 1 else table
    digest = hashlib.sha256(canonical_line(table.column_names))
    for batch in ordered.to_batches(max_chunksize=_ROWS_AT_ONCE):
        columns = [column.to_pylist() for column in batch.columns]
        for cells in zip(*columns, strict=True):
            digest.update(canonical_line(cells))
    return TableHash(table.num_rows, digest.hexdigest())


def release_hash(tables: Mapping[str, TableHash]) -> str:
    """Content hash of a whole release from those of its tables."""
    digest = hashlib.sha256()
    for name in sorted(tables):
        digest.update(canonical_line([name, tables[name].rows, tables[name].sha256]))
    return digest.hexdigest()
