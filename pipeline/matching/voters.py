"""Which reports of an event have a say in its values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pipeline.matching.groups import DisjointSets

Row = dict[str, Any]
"""One report with the facts of its article; `twin_of` is the report that it is a copy of, or null."""

CODER_RANK: Final = {"adjudicated": 0, "human": 1, "legacy": 2, "rules": 3}
COPIED: Final = frozenset({"copy", "translation", "edited"})
"""Relations of articles that bring nothing of their own while another text of their family is there."""

_FILLED: Final = (
    "event_date_end", "actor1_id", "actor2", "actor2_id", "assoc_actor_1", "assoc_actor_2", "admin1", "admin2", "admin3",
    "place_id", "fatalities_high", "deaths_actor1", "deaths_actor2", "deaths_civilians", "injured", "crowd_size", "tags",
)  # fmt: skip


@dataclass(frozen=True)
class Panel:
    """The reports of one event, sorted out.

    Attributes:
        primary: The most reliable and fullest of the voters.
        voters: One report per family, the primary first, then by reliability: they decide all but the toll.
        places: The voters that have coordinates, or if none has, all such reports, in the same order.
        tolls: Current reports that give a toll: in each line of sources the latest.
        roles: Role of each report by report_id.
        n_sources: Independent outlets.
        is_retrospective: Whether all reports, copies left aside, only recall the incident.
    """

    primary: Row
    voters: tuple[Row, ...]
    places: tuple[Row, ...]
    tolls: tuple[Row, ...]
    roles: dict[str, str]
    n_sources: int
    is_retrospective: bool


def seat_panel(rows: Sequence[Row]) -> Panel:
    """Sort out the reports of one event.

    A voter is current, fresh and independent: of a family of copies and versions the one report that is read best and is the
    latest, and reports that only recall the incident only where there is no other. For the toll the latest word of each line
    counts: reports of one outlet, or of one family, are a line.

    Args:
        rows: All reports of the event.
    """
    ordered = sorted(rows, key=lambda row: str(row["report_id"]))
    own = _without_twins(ordered)
    is_retrospective = all(row["is_background"] for row in own)
    heard = [row for row in own if is_retrospective or not row["is_background"]]
    voters = sorted(_one_per_family(heard), key=_reliability)
    return Panel(
        primary=voters[0],
        voters=tuple(voters),
        places=tuple(filter(is_placed, voters)) or tuple(sorted(filter(is_placed, ordered), key=_reliability)),
        tolls=tuple(_current_tolls(heard)),
        roles=_roles(ordered, voters, {str(row["report_id"]) for row in own}),
        n_sources=_count_sources(ordered),
        is_retrospective=is_retrospective,
    )


def is_placed(row: Row) -> bool:
    """Whether a report can give an event its place."""
    return None not in (row["latitude"], row["longitude"], row["location"])


def _without_twins(rows: Sequence[Row]) -> list[Row]:
    present = {row["report_id"] for row in rows}
    return [row for row in rows if row["twin_of"] is None or row["twin_of"] not in present]


def publication_order(row: Row) -> tuple[bool, dt.date]:
    """Sorts reports by the day of their article, those without one first."""
    day = row["published_day"]
    return day is not None, day or dt.date.min


def _lateness(row: Row) -> int:
    return -(row["published_day"] or dt.date.min).toordinal()


def _reliability(row: Row) -> tuple[Any, ...]:
    """Sorts the best report first."""
    return (
        CODER_RANK[row["coder_kind"]],
        -sum(row[name] is not None for name in _FILLED),
        row["time_precision"] or 3,
        row["geo_precision"] or 3,
        -row["confidence"],
        not publication_order(row)[0],
        publication_order(row),
        row["report_id"],
    )


def _one_per_family(rows: Iterable[Row]) -> list[Row]:
    best: dict[str, tuple[tuple[Any, ...], Row]] = {}
    for row in rows:
        key = (CODER_RANK[row["coder_kind"]], row["relation"] in COPIED, _lateness(row), row["report_id"])
        family = row["family_id"]
        if family not in best or key < best[family][0]:
            best[family] = (key, row)
    return [row for _, row in best.values()]


def _current_tolls(rows: Sequence[Row]) -> list[Row]:
    """Of each line the reports of its latest day that give a toll, an update before what it updates."""
    stating = [row for row in rows if row["fatalities_basis"] != "none_mentioned"]
    originals = {row["family_id"] for row in stating if row["relation"] not in COPIED}
    counted = [row for row in stating if row["relation"] not in COPIED or row["family_id"] not in originals]
    found: list[Row] = []
    for line in _lines(counted):
        latest = max(_version(row) for row in line)
        found += [row for row in line if _version(row) == latest]
    return sorted(found, key=lambda row: str(row["report_id"]))


def _version(row: Row) -> tuple[tuple[bool, dt.date], bool]:
    return publication_order(row), row["relation"] == "update"


def _lines(rows: Sequence[Row]) -> list[list[Row]]:
    """Reports grouped so that those of one outlet, and those of one family, are together."""
    sets = DisjointSets(len(rows))
    for column in ("family_id", "source_id"):
        first: dict[str, int] = {}
        for position, row in enumerate(rows):
            sets.join(first.setdefault(row[column], position), position)
    lines: dict[int, list[Row]] = {}
    for position, row in enumerate(rows):
        lines.setdefault(sets.root(position), []).append(row)
    return list(lines.values())


def _roles(rows: Sequence[Row], voters: Sequence[Row], own: set[str]) -> dict[str, str]:
    """`primary`; `copy` for what repeats a voter's text; `background`; `update` for all other reports, which add something."""
    families = {row["family_id"] for row in voters}
    voting = {row["report_id"] for row in voters}
    roles = {}
    for row in rows:
        report_id = str(row["report_id"])
        repeats = row["relation"] in COPIED and row["family_id"] in families and report_id not in voting
        if report_id == voters[0]["report_id"]:
            roles[report_id] = "primary"
        elif report_id not in own or repeats:
            roles[report_id] = "copy"
        else:
            roles[report_id] = "background" if row["is_background"] else "update"
    return roles


def _count_sources(rows: Sequence[Row]) -> int:
    """Outlets that first printed the texts of the event."""
    first: dict[str, tuple[tuple[Any, ...], str]] = {}
    for row in rows:
        dated, day = publication_order(row)
        key = (row["relation"] in COPIED, not dated, day, row["article_id"])
        family = row["family_id"]
        if family not in first or key < first[family][0]:
            first[family] = (key, row["source_id"])
    return len({source for _, source in first.values()})
