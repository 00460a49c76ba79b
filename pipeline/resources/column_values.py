"""Values that people write for a column: read from text, and held against what the column may hold."""

from __future__ import annotations

import datetime as dt

from schemas.column import Column

LARGEST = 2_000_000_000  # below the largest value of a 32-bit column

Value = str | int | float | bool | dt.date | None

TYPE_NAMES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "date": "a day, YYYY-MM-DD",
}


def misfit(value: str | int | float | bool, column: Column) -> str | None:
    """Why a value does not fit a column, or None; days are given as text."""
    if not _has_type(value, column.type):
        return f"expected {TYPE_NAMES[column.type]}"
    if column.allowed is not None and value not in column.allowed:
        return f"allowed are {', '.join(map(str, column.allowed))}"
    if isinstance(value, int | float):
        low, high = column.minimum, column.maximum if column.maximum is not None else LARGEST
        if (low is not None and value < low) or value > high:
            return f"expected {low:g} to {high:g}" if low is not None else f"expected at most {high:g}"
    if isinstance(value, str) and (not value.strip() or value != value.strip()):
        return "blank, or blanks at the ends"
    return None


def _has_type(value: str | int | float | bool, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    if kind == "date":
        try:
            return isinstance(value, str) and len(value) == 10 and dt.date.fromisoformat(value).year >= 1900
        except ValueError:
            return False
    wanted: dict[str, type | tuple[type, ...]] = {"string": str, "integer": int, "number": (int, float)}
    return kind in wanted and isinstance(value, wanted[kind])


def parse_value(text: str, column: Column) -> Value:
    """The value that a cell of a CSV file gives a column; an empty cell is null.

    Raises:
        ValueError: The text does not fit the column; says why.
    """
    if not text:
        return None
    value = _converted(text, column)
    if why := misfit(value, column):
        raise ValueError(f"{text!r} does not fit {column.name}: {why}")
    return dt.date.fromisoformat(text) if column.type == "date" else value


def _converted(text: str, column: Column) -> str | int | float | bool:
    if column.type == "boolean":
        return {"true": True, "false": False}.get(text, text)
    if column.type in ("integer", "number"):
        try:
            return int(text) if column.type == "integer" else float(text)
        except ValueError:
            return text
    return text


def text_of(value: Value) -> str | None:
    """A value as text: numbers in their shortest form, booleans as true and false, days as YYYY-MM-DD, null as null."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, dt.date) else repr(value)
