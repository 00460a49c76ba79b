"""The codebook of a release: its columns as rows, as CSV and as one HTML page, all made from the schema."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from html import escape
from itertools import cycle
from typing import Any, NamedTuple

from schemas.column import Column
from schemas.columns import LIST_OF_NAMES
from schemas.table_schema import Convention, release_table
from schemas.tables import RELEASE_TABLES, Table
from schemas.taxonomy import (
    ACTOR_CLASSES,
    COUNTRIES,
    GEO_PRECISIONS,
    INTERACTIONS,
    REGIONS,
    SOURCE_SCALE_MEANINGS,
    SUB_EVENT_TYPES,
    TIME_PRECISIONS,
)

CODEBOOK_COLUMNS = ("table", "column", "type", "unit", "meaning", "allowed", "nullable", "key", "source")

_TYPE_NAMES = {
    "string": "text",
    "integer": "whole number",
    "big_integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "date": "day (YYYY-MM-DD)",
    "moment": "moment (UTC)",
}

_STYLE = """
:root { color-scheme: light dark; --line: #767676; --soft: #f2f2ee; --ink: #1b1b1b; --paper: #fff; --link: #0b4f8a; }
@media (prefers-color-scheme: dark) {
  :root { --line: #8c8c8c; --soft: #26262a; --ink: #ececec; --paper: #161618; --link: #9ccaf5; }
}
body { margin: 0 auto; padding: 1rem; max-width: 75rem; font: 1rem/1.5 system-ui, sans-serif; }
body { color: var(--ink); background: var(--paper); }
a { color: var(--link); }
.skip { position: absolute; left: -100rem; }
.skip:focus { position: static; }
.scroll { overflow-x: auto; margin-bottom: 2rem; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 600; padding: 0.5rem 0; }
th, td { border: 1px solid var(--line); padding: 0.35rem 0.5rem; text-align: left; vertical-align: top; }
thead th { background: var(--soft); }
tbody th { font-weight: 600; }
nav ul { columns: 16rem; padding-left: 1.2rem; }
:target { outline: 3px solid var(--link); }
@media print { nav, .skip { display: none; } }
"""


_CODE = ("Code", "Meaning")

_LISTS_OF_COLUMNS = {"sub_event_type": "sub_event_type", "interaction": "interaction", "region": "region", "country": "country"}
"""Columns whose values are too many for one cell, with the list that holds them."""


class _ClosedList(NamedTuple):
    """One closed list of values: where it stands in the page, and its table."""

    anchor: str
    heading: str
    caption: str
    headers: tuple[str, ...]
    rows: Sequence[tuple[object, ...]]


def _allowed(column: Column) -> str | None:
    """The values a column may hold, in words; None if any of its type will do."""
    if column.allowed is not None:
        # Not by `; `: one of the disorder types holds it.
        return " | ".join(str(value) for value in column.allowed)
    if column.minimum is not None and column.maximum is not None:
        return f"{column.minimum:g} to {column.maximum:g}"
    if column.minimum is not None:
        return f"{column.minimum:g} or more"
    if column.maximum is not None:
        return f"{column.maximum:g} or less"
    if column.pattern == LIST_OF_NAMES:
        return "parts joined by `; `"
    return f"as `{column.pattern}`" if column.pattern is not None else None


def _row(name: str, table: Table, column: Column) -> dict[str, Any]:
    return {
        "table": name,
        "column": column.name,
        "type": _TYPE_NAMES[column.type],
        "unit": column.unit,
        "meaning": column.meaning,
        "allowed": _allowed(column),
        "nullable": column.name not in table.required,
        "key": column.name in table.key,
        "source": column.source,
    }


def codebook_rows(convention: Convention = "text") -> list[dict[str, Any]]:
    """One row per column of each table of a release, in the order in which they are written.

    Args:
        convention: How the release writes actor classes.

    Returns:
        Dictionaries with the keys `CODEBOOK_COLUMNS`; `nullable` and `key` are booleans, unit and allowed may be None.
    """
    tables = {name: release_table(name, convention) for name in RELEASE_TABLES}
    return [_row(name, table, column) for name, table in tables.items() for column in table.columns]


def _cell(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def codebook_csv(convention: Convention = "text") -> str:
    """The codebook as CSV text: a header, then one line per column; null is empty, booleans are `true` and `false`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CODEBOOK_COLUMNS)
    writer.writerows([_cell(row[name]) for name in CODEBOOK_COLUMNS] for row in codebook_rows(convention))
    return text.getvalue()


class _Markup(str):
    """HTML that is escaped already."""

    __slots__ = ()


def _html(value: object) -> str:
    """A value as HTML: escaped, and what stands between backticks as code."""
    if isinstance(value, _Markup):
        return value
    parts = escape(_cell(value)).split("`")
    return "".join(f"<code>{part}</code>" if odd else part for part, odd in zip(parts, cycle((False, True)), strict=False))


def _html_table(caption: str, headers: Sequence[str], rows: Iterable[Sequence[object]], anchor: str) -> str:
    """A table whose rows are headed by their first cell; each can be linked to as `<anchor>.<first cell>`."""
    head = "".join(f'<th scope="col">{escape(header)}</th>' for header in headers)
    lines = []
    for first, *others in rows:
        target = escape(f"{anchor}.{_cell(first)}".replace(" ", "-"))
        cells = "".join(f"<td>{_html(value)}</td>" for value in others)
        lines.append(f'<tr><th scope="row" id="{target}"><a href="#{target}">{_html(first)}</a></th>{cells}</tr>')
    # The region takes the keyboard's focus, so that a wide table can be scrolled without a mouse.
    return "\n".join(
        [
            f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(caption)}"><table>',
            f"<caption>{escape(caption)}</caption>",
            f"<thead><tr>{head}</tr></thead>",
            "<tbody>",
            *lines,
            "</tbody></table></div>",
        ]
    )


def _section(anchor: str, heading: str, *parts: str) -> str:
    opening = f'<section aria-labelledby="{escape(anchor)}">\n<h2 id="{escape(anchor)}">{escape(heading)}</h2>'
    return "\n".join([opening, *parts, "</section>"])


def _paragraph(text: str) -> str:
    return f"<p>{_html(text)}</p>"


def _values(row: dict[str, Any]) -> object:
    """The allowed values of a column; the long lists have sections of their own."""
    name = row["column"]
    anchor = _LISTS_OF_COLUMNS.get(name)
    return _Markup(f'<a href="#list-{anchor}">see the list</a>') if anchor else row["allowed"]


def _table_section(name: str, convention: Convention) -> str:
    table = release_table(name, convention)
    headers = ("Column", "Type", "Unit", "Meaning", "Values", "May be null", "Source")
    described = [_row(name, table, column) for column in table.columns]
    rows = [
        [row["column"], row["type"], row["unit"], row["meaning"], _values(row), "yes" if row["nullable"] else "no", row["source"]]
        for row in described
    ]
    links = [f"{', '.join(link.columns)} is {', '.join(link.references)} of {link.table}." for link in table.foreign_keys]
    about = " ".join([f"One row: {table.meaning[0].lower()}{table.meaning[1:]}", f"Key: {', '.join(table.key)}.", *links])
    return _section(f"table-{name}", f"Table {name}", _paragraph(about), _html_table(f"Columns of {name}", headers, rows, name))


def _closed_lists() -> list[_ClosedList]:
    types = sorted(SUB_EVENT_TYPES.values(), key=lambda each: each.precedence)
    return [
        _ClosedList(
            "sub_event_type",
            "Sub-event types",
            "Of several types that fit one incident, the one with the smallest precedence is coded",
            ("Sub-event type", "Event type", "Disorder type", "Precedence", "Civilian targeting", "Meaning"),
            [
                (t.sub_event_type, t.event_type, t.disorder_type, t.precedence, t.civilian_targeting.replace("_", " "), t.meaning)
                for t in types
            ],
        ),
        _ClosedList(
            "inter",
            "Actor classes",
            "Classes of actors",
            ("Number", "Label", "Who"),
            [(c.inter, c.label, c.meaning) for c in ACTOR_CLASSES.values()],
        ),
        _ClosedList(
            "interaction",
            "Interactions",
            "Pairs of actor classes; their order does not matter",
            ("Number", "Label"),
            [(i.interaction, i.label) for i in INTERACTIONS.values()],
        ),
        _ClosedList("time_precision", "Time precision", "How well the day is known", _CODE, list(TIME_PRECISIONS.items())),
        _ClosedList("geo_precision", "Geographical precision", "How well the place is known", _CODE, list(GEO_PRECISIONS.items())),
        _ClosedList(
            "source_scale",
            "Source scales",
            "How far the sources reach, the most local first",
            ("Scale", "Meaning"),
            list(SOURCE_SCALE_MEANINGS.items()),
        ),
        _ClosedList(
            "region", "Regions", "Regions of the world", ("Region", "Number"), [(r.region, r.region_code) for r in REGIONS.values()]
        ),
        _ClosedList(
            "country",
            "Countries and territories",
            "Where events can take place",
            ("Country", "Region", "ISO number", "ISO letters", "Gleditsch-Ward number"),
            [(c.country, c.region, c.iso, c.iso3, c.gwno) for c in COUNTRIES.values()],
        ),
    ]


def _list_section(closed: _ClosedList) -> str:
    table = _html_table(closed.caption, closed.headers, closed.rows, closed.anchor)
    return _section(f"list-{closed.anchor}", closed.heading, table)


def _contents(what: str, entries: Iterable[tuple[str, str]]) -> str:
    items = "".join(f'<li><a href="#{escape(anchor)}">{escape(label)}</a></li>' for anchor, label in entries)
    return f'<nav aria-label="{escape(what)}"><ul>{items}</ul></nav>'


def codebook_html(convention: Convention = "text", *, title: str = "Codebook") -> str:
    """The codebook as one HTML page that needs no other file: tables, columns and the closed lists with their meanings.

    Each column can be linked to as `#<table>.<column>`, each value of a list as `#<list>.<value>`, blanks as hyphens.

    Args:
        convention: How the release writes actor classes.
        title: Heading of the page, for example the title and version of the release.
    """
    lists = _closed_lists()
    classes = "labels" if convention == "text" else "numbers"
    body = [
        _contents("Tables", [(f"table-{name}", f"Table {name}") for name in RELEASE_TABLES]),
        _contents("Lists of values", [(f"list-{closed.anchor}", closed.heading) for closed in lists]),
        _paragraph(
            "An empty cell is null: the value is not known or does not apply. The parts of a list in one cell are joined by `; `. "
            f"Days are those of the place of the event. Classes of actors are written as {classes}."
        ),
        *(_table_section(name, convention) for name in RELEASE_TABLES),
        *(_list_section(closed) for closed in lists),
    ]
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>",
            '<a class="skip" href="#content">Skip to the content</a>',
            f'<header><h1>{escape(title)}</h1></header>\n<main id="content">',
            *body,
            "</main>\n</body>\n</html>\n",
        ]
    )
