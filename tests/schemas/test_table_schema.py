"""The Table Schemas say what the tables say, and an independent reader of them accepts and refuses what we do."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package, Resource, Schema, system

from schemas.table_schema import Convention, release_table, table_schema
from schemas.tables import RELEASE_TABLES

CONVENTIONS: tuple[Convention, ...] = ("text", "numeric")
BOTH = [(name, convention) for name in RELEASE_TABLES for convention in CONVENTIONS]


def cell(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else value.isoformat() if isinstance(value, dt.date) else str(value)


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows({name: cell(value) for name, value in row.items()} for row in rows)
    return path


def errors(path: Path, schema: dict[str, Any]) -> list[tuple[str, str]]:
    """Kinds of errors that frictionless finds, with the field."""
    own = {name: value for name, value in schema.items() if name != "foreignKeys"}
    with system.use_context(trusted=True):
        report = Resource(path=str(path), schema=Schema.from_descriptor(own)).validate()
    return [(error.type, getattr(error, "field_name", "")) for task in report.tasks for error in task.errors]


@pytest.mark.parametrize(("name", "convention"), BOTH)
def test_schema_is_valid_json_and_lists_the_columns_in_order(name: str, convention: Convention) -> None:
    schema = table_schema(name, convention)
    assert json.loads(json.dumps(schema)) == schema
    assert [field["name"] for field in schema["fields"]] == RELEASE_TABLES[name].column_names
    assert schema["primaryKey"] == list(RELEASE_TABLES[name].key) and schema["missingValues"] == [""]
    required = {field["name"] for field in schema["fields"] if field.get("constraints", {}).get("required")}
    assert required == RELEASE_TABLES[name].required
    assert all(field["description"] for field in schema["fields"])
    assert Schema.from_descriptor(schema).primary_key == schema["primaryKey"]


@pytest.mark.parametrize(("name", "convention"), BOTH)
def test_good_row_is_accepted(tmp_path: Path, good_row: Any, name: str, convention: Convention) -> None:
    row = good_row(release_table(name, convention))
    assert errors(write(tmp_path / "t.csv", [row]), table_schema(name, convention)) == []


@pytest.mark.parametrize(
    ("column", "value", "kind"),
    [
        ("event_id_cnty", "ETH9766", "constraint-error"),
        ("event_id_cnty", "KHD-IRQ-000042x", "constraint-error"),
        ("event_date", "19.10.2017", "type-error"),
        ("event_date", None, "constraint-error"),
        ("sub_event_type", "Raid", "constraint-error"),
        ("fatalities", -1, "constraint-error"),
        ("fatalities", 2.5, "type-error"),
        ("latitude", 91, "constraint-error"),
        ("is_retrospective", "yes", "type-error"),
        ("assoc_actor_1", "Women (Iraq);Men (Iraq)", "constraint-error"),
    ],
)
def test_bad_value_is_refused(tmp_path: Path, good_row: Any, column: str, value: Any, kind: str) -> None:
    row = good_row(RELEASE_TABLES["events"]) | {column: value}
    assert (kind, column) in errors(write(tmp_path / "t.csv", [row]), table_schema("events"))


def test_key_used_twice_is_refused(tmp_path: Path, good_row: Any) -> None:
    row = good_row(RELEASE_TABLES["tombstones"])
    assert errors(write(tmp_path / "t.csv", [row, row]), table_schema("tombstones"))


def test_numeric_convention_changes_classes_and_interaction_alone() -> None:
    text, numeric = release_table("events"), release_table("events", "numeric")
    changed = {ours.name for ours, theirs in zip(text.columns, numeric.columns, strict=True) if ours != theirs}
    assert changed == {"inter1", "inter2", "interaction"}
    assert all(numeric.column(name).type == "integer" for name in changed)
    assert numeric.column("inter1").allowed == tuple(range(1, 9)) and len(numeric.column("interaction").allowed or ()) == 44
    assert numeric.required == text.required and numeric.key == text.key
    assert release_table("articles", "numeric") == release_table("articles")


def test_links_lead_to_tables_of_the_package() -> None:
    for name in RELEASE_TABLES:
        for link in table_schema(name).get("foreignKeys", []):
            other = RELEASE_TABLES[link["reference"]["resource"]]
            assert set(link["reference"]["fields"]) <= set(other.column_names)
    assert "foreignKeys" not in table_schema("evidence", resources=["events", "evidence"])
    assert table_schema("evidence")["foreignKeys"] == [
        {"fields": ["report_id"], "reference": {"resource": "reports", "fields": ["report_id"]}}
    ]


def test_package_of_all_tables_is_accepted_and_a_broken_link_refused(tmp_path: Path, good_row: Any) -> None:
    def package(names: list[str]) -> Any:
        resources = [
            {"name": name, "type": "table", "path": f"{name}.csv", "schema": table_schema(name, resources=names)} for name in names
        ]
        with system.use_context(trusted=True):
            return Package.from_descriptor({"name": "p", "resources": resources}, basepath=str(tmp_path)).validate()

    rows = {name: good_row(table) for name, table in RELEASE_TABLES.items()}
    rows["events"]["event_id"] = rows["event_reports"]["event_id"]
    for name in ("articles", "coverage", "event_reports"):
        rows[name]["source_id"] = rows["sources"]["source_id"]
    for name, row in rows.items():
        write(tmp_path / f"{name}.csv", [row])
    assert package(list(rows)).valid, package(list(rows)).flatten(["type", "message"])
    write(tmp_path / "evidence.csv", [rows["evidence"] | {"report_id": "rep-" + "f" * 20}])
    assert package(list(rows)).flatten(["type"]) == [["foreign-key"]]


def test_table_that_no_release_has_is_refused() -> None:
    with pytest.raises(KeyError):
        table_schema("merged_events")
