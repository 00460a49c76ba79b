"""Frames to arrays and back, without widening what holds nulls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from schemas.arrow import arrow_schema, to_frame

Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

MISSING = -1
"""Code of a null."""


def text_list(column: pd.Series) -> list[Any]:
    """The values of a column as plain Python objects, None for null."""
    values: list[Any] = _arrow(column).to_pylist()
    return values


def day_numbers(column: pd.Series) -> tuple[Integers, Flags]:
    """Days since 1970 of a column of dates (0 where null), and where they are given."""
    days = _arrow(column).cast(pa.date32())
    numbers: Integers = days.cast(pa.int32()).fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
    return numbers, ~days.is_null().to_numpy(zero_copy_only=False)


def integers(column: pd.Series, missing: int) -> Integers:
    """The values of a column of integers, with `missing` for null."""
    return np.asarray(column.astype("Int64").fillna(missing).to_numpy(dtype=np.int64))


def codes(*columns: pd.Series) -> Integers:
    """Numbers that are equal where all columns are equal, and `MISSING` where one of them is null."""
    return joint_codes(*(_codes(column) for column in columns))


def _codes(column: pd.Series) -> Integers:
    indices = _dictionary(column).indices
    filled = indices.fill_null(MISSING) if indices.null_count else indices
    found: Integers = filled.to_numpy(zero_copy_only=False).astype(np.int64)
    return found


def joint_codes(*parts: Integers) -> Integers:
    """Numbers that are equal where all of several codes are equal, and `MISSING` where one of them is."""
    result = parts[0]
    for part in parts[1:]:
        joined = result * (int(part.max(initial=0)) + 1) + part
        result = np.where((result == MISSING) | (part == MISSING), MISSING, pd.factorize(joined)[0])
    return result


def positions_in(values: pd.Series, keys: pd.Series) -> Integers:
    """For each value its position among keys, or `MISSING`."""
    found = pc.index_in(_arrow(values), _arrow(keys)).fill_null(MISSING)
    return np.asarray(found.to_numpy(zero_copy_only=False).astype(np.int64))


def distinct_values(column: pd.Series) -> list[Any]:
    """The values of a column, each once, without null."""
    values: list[Any] = _dictionary(column).dictionary.to_pylist()
    return values


def values_of(column: pd.Series, function: Callable[[Any], int]) -> Integers:
    """A whole number for each value of a column, None for null: the function is asked once for each distinct value."""
    encoded = _dictionary(column)
    table = np.array([*(function(value) for value in encoded.dictionary.to_pylist()), 0], dtype=np.int64)
    if encoded.indices.null_count:
        table[-1] = function(None)
    found: Integers = table[encoded.indices.fill_null(len(table) - 1).to_numpy(zero_copy_only=False)]
    return found


def _dictionary(column: pd.Series) -> pa.DictionaryArray:
    array = _arrow(column)
    return array if isinstance(array, pa.DictionaryArray) else array.dictionary_encode()


def columns_to_frame(columns: Mapping[str, Any], table: str) -> pd.DataFrame:
    """A frame of a table from whole columns; a column that is not given is null."""
    schema = arrow_schema(table)
    length = len(next(iter(columns.values()))) if columns else 0
    arrays = [
        pa.array(columns[field.name], type=field.type, from_pandas=True) if field.name in columns else pa.nulls(length, field.type)
        for field in schema
    ]
    return to_frame(pa.Table.from_arrays([_flat(array) for array in arrays], schema=schema))


def _flat(array: pa.Array | pa.ChunkedArray) -> pa.Array:
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _arrow(column: pd.Series) -> pa.Array:
    return _flat(pa.Array.from_pandas(column))
