"""changes.html: what differs from the release before, to read. One page that needs nothing beside it and runs no script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from string import Template
from typing import Any

from khaldun.difference import WHOLE_ROW
from pipeline.publishing.ledger import Values
from pipeline.publishing.movement import ChangeClass, Movement

MOST_EVENTS = 2_000
"""Events that the page tells in full; the table has them all."""
MOST_MOVEMENTS = 60

_MEANINGS: Mapping[str, str] = {
    "added": "not in the release before",
    "evidence_added": "told by further reports; nothing that was said before is taken back",
    "revised": "at least one value is another",
    "merged": "turned out to be an event that has an id already",
    "split": "was a part of another event",
    "removed": "no longer there",
}
_CLASSES: Mapping[ChangeClass, str] = {
    "first": "This is the first release: there is nothing to compare it with.",
    "unchanged": "Nothing differs.",
    "additive": "Additive: events or evidence were added, nothing was taken back.",
    "revised": "Revised: some values are other than before.",
    "restructured": "Restructured: some events are gone, merged or divided.",
}


@dataclass(frozen=True)
class ChangeStory:
    """What the page tells.

    Attributes:
        title: Title of the dataset.
        version: The release.
        date: Its date.
        previous: The release before; None for a first.
        kind: Class of the change.
        counts: Events by change.
        movements: Totals that moved.
        changes: Rows of the table changes, by event.
        before: Values of the events of the release before.
        after: Values of the events of this one.
    """

    title: str
    version: str
    date: str
    previous: str | None
    kind: ChangeClass
    counts: Mapping[str, int]
    movements: Sequence[Movement]
    changes: Sequence[Mapping[str, Any]]
    before: Mapping[str, Values]
    after: Mapping[str, Values]


_PAGE = Template("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Changes in $title, version $version</title>
<style>$style</style>
</head>
<body>
<header>
<p class="kicker">$title</p>
<h1>What changed in $version</h1>
<p>Released on $date. $against <strong>$kind</strong></p>
</header>
<main>
$counts
$movements
$events
</main>
</body>
</html>
""")

_STYLE = """
:root{color-scheme:light dark;--ink:#1d2329;--soft:#5a6672;--line:#d5dbe1;--ground:#fff;--card:#f6f8fa;--old:#a3352a;--new:#1b6e3f}
@media(prefers-color-scheme:dark){:root{--ink:#e4e8ec;--soft:#9aa7b3;--line:#39424b;--ground:#15191d;--card:#1d2329;--old:#f0877b;--new:#6fce9b}}
body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--ground);max-width:60rem;margin:0 auto;padding:1.5rem}
h1{margin:.2rem 0;font-size:1.7rem}h2{margin:2rem 0 .5rem;font-size:1.2rem}
.kicker,.soft{color:var(--soft);margin:0}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:left;padding:.25rem .7rem .25rem 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
th{color:var(--soft);font-weight:600}.n{text-align:right;font-variant-numeric:tabular-nums}
.old{color:var(--old);text-decoration:line-through}.new{color:var(--new)}
article{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.6rem .9rem;margin:.7rem 0}
article h3{font:600 1rem/1.4 system-ui,sans-serif;margin:0}article h3 code{font-size:.9rem}
article table{margin-top:.4rem}article td:first-child{width:11rem}article td:last-child{width:13rem;color:var(--soft)}
"""


def changes_page(story: ChangeStory) -> str:
    """The page; all text in it is escaped."""
    against = f"Compared with {escape(story.previous)}." if story.previous else ""
    return _PAGE.substitute(
        title=escape(story.title),
        version=escape(story.version),
        date=escape(story.date),
        against=against,
        kind=_CLASSES[story.kind],
        style=_STYLE,
        counts=_counts(story.counts),
        movements=_movements(story.movements) if story.previous else "",
        events=_events(story) if story.previous else "",
    )


def _cells(values: Iterable[object], names: Iterable[str]) -> str:
    cells = (f'<td class="{name}">{escape(str(value))}</td>' for value, name in zip(values, names, strict=True))
    return f"<tr>{''.join(cells)}</tr>"


def _counts(counts: Mapping[str, int]) -> str:
    rows = [_cells((name, counts[name], meaning), ("", "n", "")) for name, meaning in _MEANINGS.items() if name in counts]
    if not rows:
        return ""
    head = '<tr><th>change</th><th class="n">events</th><th>what it means</th></tr>'
    return f"<h2>In numbers</h2><table>{head}{''.join(rows)}</table>"


def _movements(found: Sequence[Movement]) -> str:
    if not found:
        return "<h2>Countries and months</h2><p>No total of a country and month moved.</p>"
    rows = []
    for each in found[:MOST_MOVEMENTS]:
        steps = (*each.events, _signed(each.events), *each.fatalities, _signed(each.fatalities))
        rows.append(_cells((each.country, each.month, *steps), ("", "", *["n"] * 6)))
    names = ("events before", "now", "step", "deaths before", "now", "step")
    head = "<tr><th>country</th><th>month</th>" + "".join(f'<th class="n">{name}</th>' for name in names) + "</tr>"
    left = len(found) - len(rows)
    more = f'<p class="soft">{left} more with smaller steps: <code>khaldun diff</code> lists them.</p>' if left else ""
    return f"<h2>Countries and months</h2><table>{head}{''.join(rows)}</table>{more}"


def _signed(pair: tuple[int, int]) -> str:
    return f"{pair[1] - pair[0]:+d}" if pair[0] != pair[1] else "0"


def _events(story: ChangeStory) -> str:
    grouped = [(key, list(rows)) for key, rows in groupby(story.changes, key=lambda row: str(row["event_id"]))]
    grouped.sort(key=lambda each: (all(row["change"] == "added" for row in each[1]), each[0]))
    shown = [_event(key, rows, story) for key, rows in grouped[:MOST_EVENTS]]
    left = len(grouped) - len(shown)
    more = f'<p class="soft">{left} more in <code>changes.parquet</code>.</p>' if left else ""
    return f"<h2>Event by event</h2>{''.join(shown) or '<p>None.</p>'}{more}"


def _event(key: str, rows: Sequence[Mapping[str, Any]], story: ChangeStory) -> str:
    values = story.after.get(key) or story.before.get(key) or {}
    told = ", ".join(str(values[name]) for name in ("event_date", "location", "country", "sub_event_type") if values.get(name))
    lines = "".join(_line(row) for row in rows)
    return f"<article><h3><code>{escape(key)}</code> {escape(told)}</h3><table>{lines}</table></article>"


def _line(row: Mapping[str, Any]) -> str:
    cause = escape(row["cause"]) + (f": {escape(row['inputs'])}" if row["inputs"] else "")
    if row["column"] == WHOLE_ROW:
        return f"<tr><td>{escape(row['change'])}</td><td>{_whole(row)}</td><td>{cause}</td></tr>"
    return f"<tr><td>{escape(row['column'])}</td><td>{_side('old', row)} &rarr; {_side('new', row)}</td><td>{cause}</td></tr>"


def _side(side: str, row: Mapping[str, Any]) -> str:
    return "<em>none</em>" if row[side] is None else f'<span class="{side}">{escape(row[side])}</span>'


def _whole(row: Mapping[str, Any]) -> str:
    if row["change"] == "evidence_added":
        return f"reports: {_side('old', row)} &rarr; {_side('new', row)}"
    other = row["new"] or row["old"]
    word = {"merged": "into ", "split": "from "}.get(row["change"], "")
    return f"{word}<code>{escape(other)}</code>" if other else ""
