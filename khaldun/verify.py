"""Check a release by itself: its bytes, its content, its columns, keys and links.

Only the standard library and pyarrow are used, and nothing of the program that wrote the release.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from khaldun.content import TableHash, release_hash, table_hash

MOST_PER_RULE = 20
"""Findings of one kind in one file that are told; the rest is counted."""

_TYPES: dict[str, tuple[pa.DataType, ...]] = {
    "string": (pa.string(),),
    "integer": (pa.int32(), pa.int64()),
    "number": (pa.float64(),),
    "boolean": (pa.bool_(),),
    "date": (pa.date32(),),
    "datetime": (pa.timestamp("us", tz="UTC"),),
}

_GUARDED = re.compile(r"'+[=+\-@\t\r\0]")


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: the file, the row or key in it if there is one, and what."""

    file: str
    where: str | None
    what: str

    def __str__(self) -> str:
        """The finding in a line."""
        return f"{self.file}: {self.where}: {self.what}" if self.where else f"{self.file}: {self.what}"


@dataclass(frozen=True)
class VerifyReport:
    """What was found in a release.

    Attributes:
        folder: The release.
        version: The version that it states; None if it states none.
        content_hash: Content hash computed from its tables; None if they cannot be read.
        rows: Rows of each table.
        findings: What is wrong, in order of files.
    """

    folder: Path
    version: str | None = None
    content_hash: str | None = None
    rows: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings

    def as_dict(self) -> dict[str, Any]:
        """The report ready for JSON."""
        findings = [vars(each) for each in self.findings]
        return {**vars(self), "folder": str(self.folder), "rows": dict(self.rows), "findings": findings, "ok": self.ok}

    def as_text(self) -> str:
        """The report in lines."""
        name = f"{self.folder} (version {self.version})" if self.version else str(self.folder)
        if self.ok:
            size = f"{sum(self.rows.values())} rows in {len(self.rows)} tables"
            return f"{name}: nothing is wrong\n  {size}\n  content {self.content_hash}"
        return "\n".join([f"{name}: {len(self.findings)} things are wrong", *(f"  {each}" for each in self.findings)])


def verify(folder: str | Path) -> VerifyReport:
    """Check a release.

    Checked are the bytes of all files against SHA256SUMS, the content of all tables against CONTENT_HASHES.json, the columns,
    types, values, keys and links of all tables against datapackage.json, and events.csv against events.parquet.

    Args:
        folder: Folder of the release.
    """
    where = Path(folder)
    if not where.is_dir():
        return VerifyReport(where, findings=(Finding(str(where), None, "there is no such folder"),))
    findings = list(_check_sums(where))
    package = _read_json(where / "datapackage.json", findings)
    stated = _read_json(where / "CONTENT_HASHES.json", findings)
    tables: dict[str, pa.Table] = {}
    content_hash = None
    try:
        resources = list(package.get("resources", []))
        tables |= {each["name"]: table for each in resources if (table := _read_table(where, each, findings)) is not None}
        schemas = {each["name"]: each.get("schema", {}) for each in resources}
        content_hash = _check_content(tables, schemas, stated, findings)
        findings += _check_resources(where, resources, tables)
    except (KeyError, TypeError, ValueError, AttributeError, re.error, pa.ArrowException) as error:
        findings.append(Finding("datapackage.json", None, f"does not describe these tables ({type(error).__name__}: {error})"))
    rows = {name: table.num_rows for name, table in sorted(tables.items())}
    return VerifyReport(where, package.get("version"), content_hash, rows, tuple(findings))


def _check_resources(folder: Path, resources: Sequence[Mapping[str, Any]], tables: Mapping[str, pa.Table]) -> Iterator[Finding]:
    for each in resources:
        if each["name"] in tables:
            yield from _check_table(each, tables[each["name"]], tables)
        elif each.get("format") == "csv":
            yield from _check_csv(folder / Path(each["path"]).name, tables.get(str(each["name"]).removesuffix("-csv")))


# -- bytes --------------------------------------------------------------------------------------------------------------------


def _check_sums(folder: Path) -> Iterator[Finding]:
    sums = folder / "SHA256SUMS"
    try:
        lines = sums.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        yield Finding(sums.name, None, f"cannot be read ({error})")
        return
    stated: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        digest, _, name = line.partition("  ")
        if not re.fullmatch(r"[0-9a-f]{64}", digest) or not name or Path(name).name != name:
            yield Finding(sums.name, f"line {number}", "is no sum of a file")
        else:
            stated[name] = digest
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {sums.name}
    for name in sorted(stated.keys() | present):
        if name not in present:
            yield Finding(name, None, "is missing")
        elif name not in stated:
            yield Finding(name, None, "is not in SHA256SUMS")
        elif _sha256(folder / name) != stated[name]:
            yield Finding(name, None, "was changed: its bytes do not have the sum in SHA256SUMS")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# -- reading ------------------------------------------------------------------------------------------------------------------


def _read_json(path: Path, findings: list[Finding]) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        findings.append(Finding(path.name, None, f"cannot be read ({error})"))
        return {}
    return values if isinstance(values, dict) else {}


def _read_table(folder: Path, resource: Mapping[str, Any], findings: list[Finding]) -> pa.Table | None:
    if resource.get("format") != "parquet":
        return None
    try:
        return pq.read_table(folder / Path(resource["path"]).name)
    except (OSError, pa.ArrowException) as error:
        findings.append(Finding(resource["path"], None, f"cannot be read ({error})"))
        return None


# -- content ------------------------------------------------------------------------------------------------------------------


def _check_content(
    tables: Mapping[str, pa.Table], schemas: Mapping[str, Any], stated: Mapping[str, Any], findings: list[Finding]
) -> str | None:
    found: dict[str, TableHash] = {}
    for name, table in sorted(tables.items()):
        key = schemas[name].get("primaryKey", [])
        if set(key) <= set(table.column_names):
            found[name] = table_hash(table, key)
    known = stated.get("tables", {})
    for name in sorted(known.keys() | found.keys()):
        if name not in found:
            findings.append(Finding("CONTENT_HASHES.json", name, "names a table that cannot be read"))
        elif name not in known:
            findings.append(Finding("CONTENT_HASHES.json", name, "does not name this table"))
        elif (found[name].rows, found[name].sha256) != (known[name].get("rows"), known[name].get("sha256")):
            findings.append(
                Finding(f"{name}.parquet", None, "was changed: its content does not have the hash in CONTENT_HASHES.json")
            )
    total = release_hash(found) if found else None
    if found and total != stated.get("release"):
        findings.append(Finding("CONTENT_HASHES.json", "release", "is not the hash of these tables"))
    return total


# -- columns, values, keys, links ---------------------------------------------------------------------------------------------


def _check_table(resource: Mapping[str, Any], table: pa.Table, tables: Mapping[str, pa.Table]) -> Iterator[Finding]:
    schema, file = resource["schema"], resource["path"]
    names = [each["name"] for each in schema["fields"]]
    if names != table.column_names:
        yield Finding(file, None, f"has the columns {', '.join(table.column_names)}; datapackage.json says {', '.join(names)}")
        return
    keys = _keys(table, schema["primaryKey"])
    for each in schema["fields"]:
        if table.schema.field(each["name"]).type not in _TYPES[each["type"]]:
            yield Finding(file, each["name"], f"is {table.schema.field(each['name']).type}; datapackage.json says {each['type']}")
        else:
            yield from _at_most(_check_values(file, each, table[each["name"]].to_pylist(), keys), file, each["name"])
    yield from _at_most(_check_unique(file, keys), file, "key")
    for link in schema.get("foreignKeys", []):
        yield from _at_most(_check_link(file, link, table, tables, keys), file, ", ".join(link["fields"]))


def _at_most(findings: Iterator[Finding], file: str, where: str) -> Iterator[Finding]:
    more = 0
    for number, finding in enumerate(findings):
        if number < MOST_PER_RULE:
            yield finding
        else:
            more += 1
    if more:
        yield Finding(file, where, f"{more} more of this kind")


def _keys(table: pa.Table, names: Sequence[str]) -> list[str]:
    columns = [[str(value) for value in table[name].to_pylist()] for name in names]
    return [", ".join(parts) for parts in zip(*columns, strict=True)]


def _check_values(file: str, column: Mapping[str, Any], values: Sequence[Any], keys: Sequence[str]) -> Iterator[Finding]:
    """Cells that break a constraint; each distinct value is looked at once."""
    complaints = _complaints(column.get("constraints", {}))
    known: dict[Any, str | None] = {}
    for key, value in zip(keys, values, strict=True):
        if value not in known:
            known[value] = next((said for said in (complain(value) for complain in complaints) if said), None)
        if known[value] is not None:
            yield Finding(file, f"{key}, {column['name']}", str(known[value]))


def _complaints(constraints: Mapping[str, Any]) -> list[Callable[[Any], str | None]]:
    def unless(holds: Callable[[Any], bool], said: str) -> Callable[[Any], str | None]:
        return lambda value: None if value is None or holds(value) else f"{value!r} {said}"

    found: list[Callable[[Any], str | None]] = []
    if constraints.get("required"):
        found.append(lambda value: "is null, but never may be" if value is None else None)
    if "enum" in constraints:
        allowed = set(constraints["enum"])
        found.append(unless(lambda value: value in allowed, "is not in the list of values"))
    if "minimum" in constraints:
        found.append(unless(lambda value: value >= constraints["minimum"], f"is below {constraints['minimum']}"))
    if "maximum" in constraints:
        found.append(unless(lambda value: value <= constraints["maximum"], f"is above {constraints['maximum']}"))
    if "pattern" in constraints:
        pattern = re.compile(constraints["pattern"])
        found.append(unless(lambda value: pattern.fullmatch(value) is not None, "does not have the form of this column"))
    return found


def _check_unique(file: str, keys: Sequence[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            yield Finding(file, key, "stands there twice")
        seen.add(key)


def _check_link(
    file: str, link: Mapping[str, Any], table: pa.Table, tables: Mapping[str, pa.Table], keys: Sequence[str]
) -> Iterator[Finding]:
    other = link["reference"]["resource"]
    if other not in tables:
        yield Finding(file, None, f"links to {other}, which cannot be read")
        return
    known = set(zip(*(tables[other][name].to_pylist() for name in link["reference"]["fields"]), strict=True))
    mine = zip(*(table[name].to_pylist() for name in link["fields"]), strict=True)
    for key, values in zip(keys, mine, strict=True):
        if None not in values and values not in known:
            yield Finding(file, key, f"links to {', '.join(map(str, values))}, which {other} lacks")


# -- events.csv ---------------------------------------------------------------------------------------------------------------


def _check_csv(path: Path, table: pa.Table | None) -> Iterator[Finding]:
    if table is None:
        yield Finding(path.name, None, "cannot be compared: its table cannot be read")
        return
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        yield Finding(path.name, None, f"cannot be read ({error})")
        return
    if not rows or rows[0] != table.column_names:
        yield Finding(path.name, "line 1", "does not have the columns of its table")
        return
    if len(rows) - 1 != table.num_rows:
        yield Finding(path.name, None, f"has {len(rows) - 1} rows; its table has {table.num_rows}")
        return
    yield from _at_most(_compare_cells(path.name, rows[1:], table), path.name, "cells")


def _compare_cells(file: str, rows: Sequence[Sequence[str]], table: pa.Table) -> Iterator[Finding]:
    columns = [table[name].to_pylist() for name in table.column_names]
    for number, (given, wanted) in enumerate(zip(rows, zip(*columns, strict=True), strict=True)):
        if len(given) != len(wanted):
            yield Finding(file, f"row {number + 1}", f"has {len(given)} cells; expected {len(wanted)}")
            continue
        for name, text, value in zip(table.column_names, given, wanted, strict=True):
            if _plain(text, value) != _written(value):
                yield Finding(file, f"row {number + 1}, {name}", f"is {text!r}; its table says {_written(value)!r}")


def _plain(text: str, value: Any) -> str:
    """A cell without the guard, which only texts have."""
    return unguard(text) if isinstance(value, str) else text


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if isinstance(value, str) else repr(value)


def unguard(text: str) -> str:
    """A text of a CSV file without the apostrophe that keeps spreadsheets from running it as a formula."""
    return text[1:] if _GUARDED.match(text) else text
