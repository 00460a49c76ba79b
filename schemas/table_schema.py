"""The tables of a release as Frictionless Table Schemas, for CSV files and for datapackage.json."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Literal

from schemas.column import Column, ColumnType
from schemas.tables import RELEASE_TABLES, Table
from schemas.taxonomy import ACTOR_CLASSES, INTERACTIONS

Convention = Literal["text", "numeric"]
"""How a release writes actor classes: as labels, or as the numbers of the ACLED codebook of 2021."""

PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"

_FIELD_TYPES: dict[ColumnType, str] = {
    "string": "string",
    "integer": "integer",
    "big_integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
    "moment": "datetime",
}

_NUMERIC: dict[str, tuple[str, tuple[int, ...]]] = {
    "inter1": ("Class of actor1, as a number.", tuple(ACTOR_CLASSES)),
    "inter2": ("Class of actor2, as a number; null without one.", tuple(ACTOR_CLASSES)),
    "interaction": ("The numbers of the two classes, the smaller first; a class alone is followed by 0.", tuple(INTERACTIONS)),
}


def _numbered(column: Column) -> Column:
    if column.name not in _NUMERIC:
        return column
    meaning, allowed = _NUMERIC[column.name]
    return replace(column, type="integer", meaning=meaning, allowed=allowed)


def release_table(name: str, convention: Convention = "text") -> Table:
    """A table of a release as one convention writes it: `numeric` turns inter1, inter2 and interaction into integers.

    Args:
        name: A key of `schemas.tables.RELEASE_TABLES`.
        convention: How actor classes are written.

    Raises:
        KeyError: A release has no such table.
    """
    table = RELEASE_TABLES[name]
    if convention == "text":
        return table
    return replace(table, columns=tuple(_numbered(column) for column in table.columns))


def _plain_groups(pattern: str) -> str:
    """The pattern in the XML Schema syntax that Table Schema asks for: no `(?:`, alternatives in one group."""
    plain = pattern.replace("(?:", "(")
    return f"({plain})" if "|" in plain else plain


def _constraints(column: Column, table: Table) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if column.name in table.required:
        found["required"] = True
    if table.key == (column.name,):
        found["unique"] = True
    if column.allowed is not None:
        found["enum"] = list(column.allowed)
    for name, bound in (("minimum", column.minimum), ("maximum", column.maximum)):
        if bound is not None:
            found[name] = bound if column.type == "number" else int(bound)
    if column.pattern is not None:
        found["pattern"] = _plain_groups(column.pattern)
    return found


def _field(column: Column, table: Table) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": _FIELD_TYPES[column.type], "description": column.meaning}
    if column.type == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    if column.unit is not None:
        field["unit"] = column.unit
    if constraints := _constraints(column, table):
        field["constraints"] = constraints
    return field


def table_schema(name: str, convention: Convention = "text", *, resources: Iterable[str] = RELEASE_TABLES) -> dict[str, Any]:
    """The Table Schema of one release table, ready for JSON.

    Dates are written as YYYY-MM-DD, booleans as `true` and `false`, and an empty cell is null.

    Args:
        name: A key of `schemas.tables.RELEASE_TABLES`.
        convention: How actor classes are written.
        resources: Names of the tables in the same data package: links to others are left out.

    Raises:
        KeyError: A release has no such table.
    """
    table = release_table(name, convention)
    present = set(resources)
    links = [
        {"fields": list(link.columns), "reference": {"resource": link.table, "fields": list(link.references)}}
        for link in table.foreign_keys
        if link.table in present
    ]
    schema: dict[str, Any] = {
        "$schema": PROFILE,
        "fields": [_field(column, table) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    return schema | ({"foreignKeys": links} if links else {})
