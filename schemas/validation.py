"""pandera models made from the tables, and what they find as rows.

A model holds the rules on one column at a time and the key. Rules across columns and tables live in the check stage: pandera
turns each row that fails a rule on the whole frame into one failure per column.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from types import MappingProxyType

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaError, SchemaErrorReason, SchemaErrors

from schemas.arrow import arrow_schema, to_frame
from schemas.column import Column
from schemas.tables import TABLES, Table

COLUMN_RULES: Mapping[str, str] = MappingProxyType(
    {
        "table:missing": "The table has every column that it is described with.",
        "table:unknown": "The table has no other columns.",
        "table:key": "No two rows have the same key.",
        "column:type": "The values of the column are of its type.",
        "column:null": "The column has a value in every row.",
        "column:allowed": "Every value stands in the column's closed list.",
        "column:minimum": "No value is below the column's smallest.",
        "column:maximum": "No value is above the column's largest.",
        "column:pattern": "Every value matches the column's pattern as a whole.",
    }
)
"""What must hold, by the first two parts of a rule code. The third is the column: `column:allowed:sub_event_type`."""

_LISTED_AT_MOST = 10


@dataclass(frozen=True, kw_only=True)
class Violation:
    """One value, row or table that breaks a rule on columns.

    Attributes:
        rule: Code of the rule with the column: `column:allowed:sub_event_type`; `table:key` has no column.
        key: Key of the row, its parts joined by `; `; None where the whole table breaks the rule.
        column: The column, if the rule is about one.
        value: The value found, as text; None if it is null or the rule is about no value.
        message: What was found and what is right.
    """

    rule: str
    key: str | None
    column: str | None
    value: str | None
    message: str


def _number(value: float) -> str:
    return f"{value:g}" if abs(value) < 1e6 else str(value)


def expectation(column: Column, rule: str) -> str:
    """What one rule, for example `allowed`, asks of a column, to follow the words `it must`.

    Raises:
        KeyError: There is no such rule on values.
    """
    allowed = column.allowed or ()
    listed = ", ".join(str(value) for value in allowed[:_LISTED_AT_MOST])
    more = f" or {len(allowed) - _LISTED_AT_MOST} more, see the codebook" if len(allowed) > _LISTED_AT_MOST else ""
    return {
        "null": "have a value",
        "allowed": f"be one of {listed}{more}",
        "minimum": f"be {_number(column.minimum or 0)} or more",
        "maximum": f"be {_number(column.maximum or 0)} or less",
        "pattern": f"be written as {column.pattern}",
    }[rule]


def _pattern_check(column: Column, pattern: str) -> pa.Check:
    def matches(values: pd.Series) -> pd.Series:
        return values.str.fullmatch(pattern)

    return pa.Check(matches, name="pattern", error=f"{column.name} must {expectation(column, 'pattern')}")


def _checks(column: Column) -> list[pa.Check]:
    """The rules on the values of one column; a check's name is the rule, its error a sentence."""
    found = []
    if column.allowed is not None:
        found.append(pa.Check.isin(column.allowed, name="allowed", error=f"{column.name} must {expectation(column, 'allowed')}"))
    if column.minimum is not None:
        found.append(pa.Check.ge(column.minimum, name="minimum", error=f"{column.name} must {expectation(column, 'minimum')}"))
    if column.maximum is not None:
        found.append(pa.Check.le(column.maximum, name="maximum", error=f"{column.name} must {expectation(column, 'maximum')}"))
    if column.pattern is not None:
        found.append(_pattern_check(column, column.pattern))
    return found


@cache
def frame_model(table: str, columns: tuple[str, ...] | None = None) -> pa.DataFrameSchema:
    """The pandera model of a table: types as `schemas.arrow.to_frame` gives them, nulls, values and the key.

    Args:
        table: Name of a table in `schemas.tables.TABLES`.
        columns: The columns that the frame holds, if it does not hold all; the key is checked if all of it is among them.

    Raises:
        KeyError: The table, or one of the columns, does not exist.
    """
    described = TABLES[table]
    names = columns if columns is not None else tuple(described.column_names)
    types = to_frame(arrow_schema(table, names).empty_table()).dtypes
    key = list(described.key) if set(described.key) <= set(names) else None
    return pa.DataFrameSchema(
        {name: pa.Column(types[name], _checks(described.column(name)), nullable=name not in described.required) for name in names},
        name=table,
        strict=True,
        unique=key,
        report_duplicates="all",
    )


def row_keys(frame: pd.DataFrame, key: Sequence[str]) -> pd.Series:
    """The key of each row as text, its parts joined by `; `; a part that is null reads `(no <column>)`."""
    parts = [frame[name].astype("string").fillna(f"(no {name})") for name in key if name in frame.columns]
    if not parts:
        return pd.Series("(no key)", index=frame.index, dtype="string")
    return reduce(lambda joined, part: joined + "; " + part, parts)


def _of_table(error: SchemaError, frame: pd.DataFrame) -> Violation | None:
    """The violation that an error on a whole column or table stands for; None if the error lists rows."""
    column = str(getattr(error.schema, "name", ""))
    case = str(error.failure_cases)
    match error.reason_code:
        case SchemaErrorReason.COLUMN_NOT_IN_DATAFRAME:
            rule, column, message = "table:missing", case, f"there is no column {case}"
        case SchemaErrorReason.COLUMN_NOT_IN_SCHEMA:
            rule, column, message = "table:unknown", case, f"column {case} is none of this table's"
        case SchemaErrorReason.WRONG_DATATYPE:
            expected = getattr(error.schema, "dtype", "")
            rule, message = "column:type", f"column {column} holds {frame[column].dtype}, expected {expected}"
        case _:
            return None
    return Violation(rule=f"{rule}:{column}", key=None, column=column, value=None, message=message)


def _of_rows(error: SchemaError, keys: pd.Series, described: Table) -> Iterator[Violation]:
    """The violations that an error on single rows stands for."""
    cases = error.failure_cases
    if error.reason_code is SchemaErrorReason.DUPLICATES:
        # pandera lists each duplicate once per column of the key: once per key is enough here.
        for key in keys.iloc[sorted(set(cases["index"]))]:
            message = f"more than one row has the key {key} ({', '.join(described.key)})"
            yield Violation(rule="table:key", key=key, column=None, value=None, message=message)
        return
    column = described.column(str(getattr(error.schema, "name", "")))
    is_null = error.reason_code is SchemaErrorReason.SERIES_CONTAINS_NULLS
    rule = "null" if is_null else str(getattr(error.check, "name", ""))
    wanted = expectation(column, rule)
    for key, value in zip(keys.iloc[list(cases["index"])], cases["failure_case"], strict=True):
        found = "null" if is_null else repr(value) if isinstance(value, str) else str(value)
        yield Violation(
            rule=f"column:{rule}:{column.name}",
            key=key,
            column=column.name,
            value=None if is_null else str(value),
            message=f"{column.name} is {found}; it must {wanted}",
        )


def violations(frame: pd.DataFrame, table: str, columns: tuple[str, ...] | None = None) -> list[Violation]:
    """Everything in which a frame differs from the description of its table.

    Args:
        frame: The frame, in any order of rows.
        table: Name of a table in `schemas.tables.TABLES`.
        columns: The columns that the frame is meant to hold, if not all.

    Returns:
        One violation per rule and row, or per rule and table; sorted by rule and key, so that the order of rows does not show.
        A key that stands in several rows is told once.

    Raises:
        KeyError: The table, or one of the columns, does not exist.
    """
    described = TABLES[table]
    numbered = frame.reset_index(drop=True)
    try:
        frame_model(table, columns).validate(numbered, lazy=True)
    except SchemaErrors as errors:
        keys = row_keys(numbered, described.key)
        found: set[Violation] = set()
        for error in errors.schema_errors:
            if (whole := _of_table(error, numbered)) is not None:
                found.add(whole)
            elif error.reason_code is not SchemaErrorReason.CHECK_ERROR:
                # A rule that cannot even be asked, such as a pattern of numbers, has a wrong type reported beside it.
                found.update(_of_rows(error, keys, described))
        return sorted(found, key=lambda each: (each.rule, each.key or "", each.value or ""))
    return []
