"""One value that a column allows, and rows made of such values."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schemas.column import Column
from schemas.columns import ARTICLE_ID, EVENT_ID, LIST_OF_NAMES, REPORT_ID
from schemas.tables import Table

OF_PATTERN = {
    ARTICLE_ID: "art-" + "0" * 20,
    REPORT_ID: "rep-" + "0" * 20,
    EVENT_ID: "KHD-IRQ-000042",
    LIST_OF_NAMES: "Women (Iraq); Students (Iraq)",
    r"[a-z0-9]+(-[a-z0-9]+)*": "kurdistan-24",
    r"[a-z]{2,3}(-[A-Za-z0-9]+)*": "ckb",
    r"[0-9a-f]{64}": "0" * 64,
    r"[0-9]{4}-[0-9]{2}": "2017-10",
    r"[0-9a-f]{32}": "0" * 32,
    r"[A-Za-z0-9+/]{512}": "A" * 512,
}
OF_TYPE: dict[str, Any] = {
    "string": "text",
    "integer": 1,
    "big_integer": 1_508_371_200,
    "number": 0.5,
    "boolean": True,
    "date": dt.date(2017, 10, 19),
    "moment": dt.datetime(2017, 10, 19, 12, tzinfo=dt.UTC),
}


def value_of(column: Column) -> Any:
    if column.allowed is not None:
        return column.allowed[0]
    if column.pattern is not None:
        return OF_PATTERN[column.pattern]
    if column.minimum is not None and column.type == "integer":
        return int(column.minimum)
    return OF_TYPE[column.type]


@pytest.fixture(scope="session")
def good_row():
    """Makes a row of a table in which every column has a value it allows."""

    def make(table: Table) -> dict[str, Any]:
        return {column.name: value_of(column) for column in table.columns}

    return make
