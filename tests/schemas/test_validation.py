"""The models find every kind of break in every column of every table, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
import pandera.pandas as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.arrow import rows_to_frame
from schemas.column import Column
from schemas.tables import TABLES
from schemas.validation import COLUMN_RULES, Violation, frame_model, row_keys, violations


def breaks_of(column: Column, required: bool) -> Iterator[tuple[str, Any]]:
    """Rules that one column has, each with a value that breaks it."""
    if required:
        yield "null", None
    if column.allowed is not None:
        yield "allowed", "no such value" if column.type == "string" else 99
    if column.minimum is not None:
        yield "minimum", column.minimum - (1 if column.type == "integer" else 0.5)
    if column.maximum is not None:
        yield "maximum", column.maximum + (1 if column.type == "integer" else 0.5)
    if column.pattern is not None:
        yield "pattern", " blank at the start and ; no pattern; "


CASES = [
    (name, column.name, rule, value)
    for name, table in TABLES.items()
    for column in table.columns
    for rule, value in breaks_of(column, column.name in table.required)
]


@pytest.mark.parametrize("name", sorted(TABLES))
def test_good_rows_and_no_rows_pass(good_row: Any, name: str) -> None:
    table = TABLES[name]
    row = good_row(table)
    assert violations(rows_to_frame([row], name), name) == []
    assert violations(rows_to_frame([{key: row[key] for key in table.required}], name), name) == []
    assert violations(rows_to_frame([], name), name) == []


@pytest.mark.parametrize("name", sorted(TABLES))
def test_each_break_of_each_column_is_found_alone(good_row: Any, name: str) -> None:
    table = TABLES[name]
    good = good_row(table)
    for _, column, rule, value in (case for case in CASES if case[0] == name):
        broken = good | {column: int(value) if isinstance(value, float) and table.column(column).type == "integer" else value}
        found = violations(rows_to_frame([broken], name), name)
        assert [each.rule for each in found] == [f"column:{rule}:{column}"], (column, rule, found)
        assert found[0].column == column and found[0].message.startswith(f"{column} is ") and found[0].key is not None
        assert (found[0].value is None) == (rule == "null")


def test_every_rule_is_broken_above_or_below() -> None:
    broken = {f"column:{rule}" for _, _, rule, _ in CASES}
    assert broken | {"table:missing", "table:unknown", "table:key", "column:type"} == set(COLUMN_RULES)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_rows_with_one_key_are_told_once(good_row: Any, name: str) -> None:
    row = good_row(TABLES[name])
    key = "; ".join(row_keys(rows_to_frame([row], name), TABLES[name].key))
    found = violations(rows_to_frame([row, row, row], name), name)
    assert [(each.rule, each.key, each.column) for each in found] == [("table:key", key, None)]


def test_all_breaks_are_told_at_once_with_the_keys_of_their_rows(good_row: Any) -> None:
    good = good_row(TABLES["tombstones"])
    frame = rows_to_frame(
        [
            good | {"event_id": "KHD-IRQ-000002", "reason": None},
            good | {"event_id": "ETH9766", "merged_into": "KHD-IRQ-1"},
            good,
        ],
        "tombstones",
    )
    assert [(each.rule, each.key, each.value) for each in violations(frame, "tombstones")] == [
        ("column:null:reason", "KHD-IRQ-000002", None),
        ("column:pattern:event_id", "ETH9766", "ETH9766"),
        ("column:pattern:merged_into", "ETH9766", "KHD-IRQ-1"),
    ]


def test_row_without_a_key_is_named_by_what_it_lacks(good_row: Any) -> None:
    frame = rows_to_frame([good_row(TABLES["evidence"]) | {"field": None}], "evidence")
    assert [each.key for each in violations(frame, "evidence")] == ["rep-00000000000000000000; (no field); 0"]


def test_wrong_types_and_columns_concern_the_whole_table(good_row: Any) -> None:
    frame = rows_to_frame([good_row(TABLES["tombstones"])], "tombstones")
    found = violations(frame.assign(removed_in=2.5, extra=1).drop(columns="reason"), "tombstones")
    assert [(each.rule, each.key) for each in found] == [
        ("column:type:removed_in", None),
        ("table:missing:reason", None),
        ("table:unknown:extra", None),
    ]
    assert found[0].message == "column removed_in holds float64, expected string[pyarrow]"


def test_frames_with_some_columns_are_held_to_these(good_row: Any) -> None:
    frame = rows_to_frame([good_row(TABLES["articles"]) | {"language": "English"}], "articles")
    names = ("article_id", "language")
    assert [each.rule for each in violations(frame[list(names)], "articles", names)] == ["column:pattern:language"]
    assert [each.rule for each in violations(frame[["language"]], "articles", ("language",))] == ["column:pattern:language"]


NO_IDS = ["KHD-IRQ-000042\n", "xKHD-IRQ-000042", "KHD-IRQ-000042x", "KHD-IRQ-٠٠٠٠٤٢", "TMP-0", "TMP-" + "0" * 21]


@pytest.mark.parametrize("text", NO_IDS)
def test_patterns_match_whole_values(good_row: Any, text: str) -> None:
    frame = rows_to_frame([good_row(TABLES["tombstones"]) | {"event_id": text}], "tombstones")
    assert [each.rule for each in violations(frame, "tombstones")] == ["column:pattern:event_id"]


@settings(max_examples=25)
@given(order=st.permutations(range(5)), labels=st.lists(st.integers(0, 2), min_size=5, max_size=5))
def test_neither_order_nor_labels_of_rows_show(order: list[int], labels: list[int]) -> None:
    rows = [{"actor_id": f"a{number // 2}", "name": None, "kind": "ghost", "inter": number} for number in range(5)]
    straight = violations(rows_to_frame(rows, "actors"), "actors")
    mixed = rows_to_frame([rows[number] for number in order], "actors").set_axis(labels)
    assert violations(mixed, "actors") == straight
    assert len(set(straight)) == len(straight) and any(each.rule == "table:key" for each in straight)


def test_models_are_strict_and_their_checks_are_sentences() -> None:
    model = frame_model("reports")
    assert model.strict is True and model.unique == ["report_id"]
    sentences = [check.error for column in model.columns.values() for check in column.checks]
    assert "fatalities must be 0 or more" in sentences
    assert all(sentence.split()[1] == "must" for sentence in sentences)


def test_model_raises_all_failures_together_when_asked_lazily(good_row: Any) -> None:
    frame = rows_to_frame([good_row(TABLES["actors"]) | {"inter": 9, "kind": "ghost"}], "actors")
    with pytest.raises(pa.errors.SchemaErrors) as caught:
        frame_model("actors").validate(frame, lazy=True)
    assert set(caught.value.failure_cases["column"]) == {"inter", "kind"}


def test_violation_is_a_value() -> None:
    one = Violation(rule="table:key", key="a", column=None, value=None, message="m")
    assert one == Violation(rule="table:key", key="a", column=None, value=None, message="m")


def test_unknown_table_is_refused() -> None:
    with pytest.raises(KeyError):
        violations(pd.DataFrame(), "evnets")
