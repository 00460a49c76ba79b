"""pyarrow schemas made from the tables, and the strict border between frames and Arrow.

pandas widens integers that hold a null to floats and pandera truncates when it coerces: here Arrow casts every column to
its declared type and refuses what would lose anything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import pandas as pd
import pyarrow as pa

from schemas.column import ColumnType
from schemas.tables import TABLES, Table

_ARROW_TYPES: dict[ColumnType, pa.DataType] = {
    "string": pa.string(),
    "integer": pa.int32(),
    "big_integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "moment": pa.timestamp("us", tz="UTC"),
}

_PANDAS_TYPES: dict[pa.DataType, Any] = {
    pa.string(): pd.StringDtype("pyarrow", na_value=pd.NA),
    pa.int32(): pd.Int32Dtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.float64(): pd.Float64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
    pa.date32(): pd.ArrowDtype(pa.date32()),
    pa.timestamp("us", tz="UTC"): pd.ArrowDtype(pa.timestamp("us", tz="UTC")),
}


@cache
def arrow_schema(table: str | Table, columns: tuple[str, ...] | None = None) -> pa.Schema:
    """The Arrow schema of a table, or of some of its columns in the order given.

    Args:
        table: A table or its name in `schemas.tables.TABLES`.
        columns: Names of the columns wanted; all if None.

    Raises:
        KeyError: The table, or one of the columns, does not exist.
    """
    described = TABLES[table] if isinstance(table, str) else table
    wanted = columns if columns is not None else tuple(described.column_names)
    return pa.schema(
        [pa.field(name, _ARROW_TYPES[described.column(name).type], nullable=name not in described.required) for name in wanted]
    )


def to_frame(table: pa.Table) -> pd.DataFrame:
    """A frame whose columns keep their nulls: nullable integers, strings and booleans, days as Arrow dates."""
    frame: pd.DataFrame = table.to_pandas(types_mapper=_PANDAS_TYPES.get, ignore_metadata=True)
    return frame


def to_arrow(frame: pd.DataFrame, schema: pa.Schema) -> pa.Table:
    """The frame's columns as an Arrow table of exactly that schema, without pandas metadata.

    Raises:
        KeyError: The frame lacks a column of the schema.
        ValueError: A column that is never null holds nulls.
        pyarrow.ArrowInvalid: A value would change by the cast, for example 2.5 to an integer.
    """
    if missing := [field.name for field in schema if not field.nullable and frame[field.name].isna().any()]:
        raise ValueError(f"null in {', '.join(missing)}, which must always have a value")
    arrays = [pa.Array.from_pandas(frame[field.name], type=field.type, safe=True) for field in schema]
    flat = [array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array for array in arrays]
    return pa.Table.from_arrays(flat, schema=schema)


def rows_to_frame(rows: Iterable[Mapping[str, Any]], table: str) -> pd.DataFrame:
    """A frame of a table from plain dictionaries; a key that a row lacks is null.

    Raises:
        KeyError: A row has a key that is no column of the table.
        pyarrow.ArrowInvalid: A value has another type than its column.
    """
    schema = arrow_schema(table)
    names = set(schema.names)
    listed = list(rows)
    for row in listed:
        if unknown := set(row) - names:
            raise KeyError(f"table {table} has no column {', '.join(sorted(unknown))}")
    arrays = [_strict_array([row.get(field.name) for row in listed], field.type) for field in schema]
    return to_frame(pa.Table.from_arrays(arrays, schema=schema))


def _strict_array(values: list[Any], type_: pa.DataType) -> pa.Array:
    """An array of exactly these values; Arrow alone would cut 2.5 to 2 and take the time off a moment."""
    if pa.types.is_integer(type_) and any(isinstance(value, float) for value in values):
        return pa.array(values, from_pandas=False).cast(type_, safe=True)
    if pa.types.is_date(type_) and any(isinstance(value, dt.datetime) for value in values):
        raise pa.ArrowInvalid("a moment where a day belongs")
    if pa.types.is_timestamp(type_):
        # Arrow ignores offsets from UTC once pandera has been imported, which sets PYARROW_IGNORE_TIMEZONE for the process.
        if any(isinstance(value, dt.datetime) and value.tzinfo is None for value in values):
            raise pa.ArrowInvalid("a moment without its offset from UTC")
        values = [value.astimezone(dt.UTC) if isinstance(value, dt.datetime) else value for value in values]
    return pa.array(values, type=type_)
