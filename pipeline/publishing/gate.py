"""What a release must never show: words of the articles, names of coders, names of those who were harmed.

The gate stands between the assembled tables and the disk: one finding and nothing is published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from pipeline.errors import RefusedError
from pipeline.publishing.names import find_persons, mask
from pipeline.publishing.registries import Registries
from pipeline.publishing.runs import RUN, Runs, registered_names
from pipeline.publishing.state import StateReader
from schemas.tables import RELEASE_TABLES

SHOWN = 5
"""Findings that the message tells in full."""


@dataclass(frozen=True, order=True)
class Finding:
    """One cell that must not be published."""

    table: str
    key: str
    column: str
    why: str


def check_gate(tables: Mapping[str, pa.Table], state: StateReader, registries: Registries, coder_ids: Iterable[str]) -> None:
    """Pass the tables of a release, or refuse them.

    Args:
        tables: The tables of the release.
        state: The state, for the texts of its articles.
        registries: Names of actors and places, which are no names of victims.
        coder_ids: Pseudonyms of the coders.

    Raises:
        RefusedError: A cell repeats eight words of an article, or holds a coder's pseudonym or the name of a person who was
            harmed; says table, key and column.
    """
    findings = [*find_coders(tables, coder_ids), *find_private_names(tables, registries), *find_article_words(tables, state)]
    if findings:
        ordered = sorted(set(findings))
        told = "\n".join(f"  {each.table} {each.key}, {each.column}: {each.why}" for each in ordered[:SHOWN])
        more = f"\n  and {len(ordered) - SHOWN} more" if len(ordered) > SHOWN else ""
        raise RefusedError(f"Nothing was published: {len(ordered)} cells must not be shown.\n{told}{more}")


def text_cells(
    tables: Mapping[str, pa.Table], *, without: Iterable[tuple[str, str]] = ()
) -> Iterator[tuple[str, str, list[str | None]]]:
    """Table, column and values of every column of free text: not of closed lists, and of addresses only what is none."""
    left_out = set(without)
    for name, table in tables.items():
        for column in RELEASE_TABLES[name].columns:
            is_free = column.type == "string" and column.allowed is None
            if is_free and (name, column.name) not in left_out and table.schema.field(column.name).type == pa.string():
                values = table[column.name].to_pylist()
                yield name, column.name, [_unless_address(value) for value in values] if column.name == "url" else values


def _unless_address(value: str | None) -> str | None:
    """What stands in a column of addresses and cannot be one, because it holds blanks; an address may well repeat a headline."""
    return value if value is not None and len(value.split()) > 1 else None


def key_of(table: str, row: Mapping[str, Any]) -> str:
    """The key of a row in words."""
    return ", ".join(str(row[name]) for name in RELEASE_TABLES[table].key)


def _key_at(tables: Mapping[str, pa.Table], table: str, position: int) -> str:
    return key_of(table, tables[table].select(list(RELEASE_TABLES[table].key)).slice(position, 1).to_pylist()[0])


# -- coders -------------------------------------------------------------------------------------------------------------------


def find_coders(tables: Mapping[str, pa.Table], coder_ids: Iterable[str]) -> list[Finding]:
    """Cells that hold the pseudonym of a coder as a word; the renumbered column coder_id is what coders may be called."""
    names = sorted({name for name in coder_ids if name})
    if not names:
        return []
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
    found = []
    for table, column, values in text_cells(tables, without=[("reports", "coder_id")]):
        found += [
            Finding(table, _key_at(tables, table, position), column, "holds the coder_id of a coder. Take it out of the decision.")
            for position, value in enumerate(values)
            if value is not None and pattern.search(value)
        ]
    renamed = tables["reports"]["coder_id"].to_pylist()
    return found + [
        Finding("reports", _key_at(tables, "reports", position), "coder_id", "is no number of a coder.")
        for position, value in enumerate(renamed)
        if value is not None and not re.fullmatch(r"coder-\d+", value)
    ]


# -- persons ------------------------------------------------------------------------------------------------------------------

_NAMED_IN_ROW = (
    "actor1", "actor2", "assoc_actor_1", "assoc_actor_2", "country", "region", "admin1", "admin2", "admin3", "location", "source",
)  # fmt: skip


def find_private_names(tables: Mapping[str, pa.Table], registries: Registries) -> list[Finding]:
    """Notes, and reasons of corrections, that seem to name a person who was harmed: neither an actor or place that is known."""
    found = []
    for table in ("events", "reports"):
        columns = [name for name in (*RELEASE_TABLES[table].key, *_NAMED_IN_ROW, "notes") if name in tables[table].column_names]
        for row in tables[table].select(columns).to_pylist():
            if row["notes"] is not None and (name := _private_name(row, registries)):
                why = (
                    f"seems to name a person ({name}). Take it out of the notes, or register it under seeds/ as an actor or place."
                )
                found.append(Finding(table, key_of(table, row), "notes", why))
    for row in tables["errata"].to_pylist():
        if name := _private_name({"notes": row["reason"]}, registries):
            why = f"seems to name a person ({name}). Give the reason of the correction without names."
            found.append(Finding("errata", key_of("errata", row), "reason", why))
    return found


def _private_name(row: Mapping[str, Any], registries: Registries) -> str | None:
    notes = row["notes"]
    if not find_persons(notes):
        return None
    known = [part for name in _NAMED_IN_ROW for part in (row.get(name) or "").split("; ")]
    masked = mask(notes, known)
    if not find_persons(masked):
        return None
    spots = [(spot.start, spot.end) for lookup in (registries.actors, registries.gazetteer) for spot in lookup.mentions(notes)]
    for start, end in find_persons(masked):
        if not any(first <= start and end <= last for first, last in spots):
            return str(notes[start:end])
    return None


# -- words of articles --------------------------------------------------------------------------------------------------------


def find_article_words(tables: Mapping[str, pa.Table], state: StateReader) -> list[Finding]:
    """Cells that repeat eight words of an article's title or text in a row, whatever their case and punctuation."""
    found = Runs(text_cells(tables), registered_names(tables["actors"], tables["sources"])).repeated_in(state)
    return [
        Finding(
            table, _key_at(tables, table, position), column, f"repeats {RUN} words of {article_id} in a row. Say it in your own."
        )
        for (table, column, position), article_id in found.items()
    ]
