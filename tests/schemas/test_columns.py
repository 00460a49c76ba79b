"""Every column is described once, well, and used."""

from __future__ import annotations

import re

import pytest

from schemas.columns import COLUMNS, LIST_OF_NAMES, _once
from schemas.tables import TABLES
from schemas.taxonomy import INTERACTIONS, SUB_EVENT_TYPES


def test_every_column_is_used_by_some_table() -> None:
    described = {column.meaning for table in TABLES.values() for column in table.columns}
    assert [name for name, column in COLUMNS.items() if column.meaning not in described] == []


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_column_says_what_it_means(name: str) -> None:
    column = COLUMNS[name]
    assert re.fullmatch(r"[a-z][a-z0-9_]*", name)
    assert len(column.meaning) > 3 and column.meaning.endswith("."), "a sentence"
    assert column.source


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_rules_fit_the_type(name: str) -> None:
    column = COLUMNS[name]
    if column.pattern is not None:
        assert column.type == "string" and re.compile(column.pattern)
    if column.minimum is not None or column.maximum is not None:
        assert column.type in {"integer", "big_integer", "number"}
    if column.allowed is not None:
        kind = {"string": str, "integer": int}[column.type]
        assert column.allowed and all(type(value) is kind for value in column.allowed)
        assert len(set(column.allowed)) == len(column.allowed)
    if column.minimum is not None and column.maximum is not None:
        assert column.minimum < column.maximum


def test_no_value_of_a_closed_list_has_blanks_at_its_ends() -> None:
    texts = [value for column in COLUMNS.values() for value in column.allowed or () if isinstance(value, str)]
    assert [text for text in texts if text != text.strip() or not text] == []


def test_closed_lists_are_those_of_the_taxonomy() -> None:
    assert set(COLUMNS["sub_event_type"].allowed or ()) == set(SUB_EVENT_TYPES)
    assert COLUMNS["interaction"].allowed == tuple(each.label for each in INTERACTIONS.values())
    assert COLUMNS["time_precision"].allowed == COLUMNS["geo_precision"].allowed == (1, 2, 3)
    assert COLUMNS["inter1"].allowed == COLUMNS["inter2"].allowed


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("Women (Spain)", True),
        ("Labor Group (Spain); Women (Spain)", True),
        ("a; b; c", True),
        ("", False),
        (" a", False),
        ("a ", False),
        ("a;b", False),
        ("a ; b", False),
        ("a;  b", False),
        ("a; ", False),
        ("a;; b", False),
        ("; a", False),
        ("a; ; b", False),
    ],
)
def test_lists_are_joined_by_semicolon_and_one_blank(text: str, fits: bool) -> None:
    assert bool(re.fullmatch(LIST_OF_NAMES, text)) is fits


def test_column_described_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="event_date is described twice"):
        _once([[COLUMNS["event_date"]], [COLUMNS["event_date"]]])
