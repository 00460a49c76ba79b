"""Answers of online geocoders that lie in data/raw/geocodes, and the places that a person made of them by accepting.

A build reads these files and asks nobody; `pipeline/locating/online` writes them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.errors import InputError
from pipeline.resources.place import KIND_ORDER
from schemas.taxonomy import COUNTRIES

COLUMNS: Final = (
    "geocode_id",
    "status",
    "reviewer",
    "query",
    "country",
    "admin1",
    "reports",
    "example",
    "answer",
    "name",
    "kind",
    "place_country",
    "place_admin1",
    "place_admin2",
    "latitude",
    "longitude",
    "place_id",
    "service",
    "url",
    "asked_at",
    "licence",
)
"""Columns of these files: what a person decided, what was asked, what was answered, by whom and on which terms."""

PROPOSED, ACCEPTED, REJECTED = STATUSES = ("proposed", "accepted", "rejected")
KINDS: Final = tuple(kind for kind in KIND_ORDER if kind != "country")

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Geocode:
    """One row.

    Attributes:
        row: Its values by column, blanks stripped.
        path: The file that it stands in.
        line: The line on which it ends.
    """

    row: Row
    path: Path
    line: int

    @property
    def where(self) -> str:
        """File and line, for messages."""
        return f"{self.path}:{self.line}"


def read_geocodes(folder: Path) -> list[Geocode]:
    """All rows of all files in order of file and line; none if the folder is missing.

    Raises:
        InputError: A file is malformed, has other columns, an unknown status or one geocode_id twice; says which line.
    """
    found: list[Geocode] = []
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*.csv")):
        if path.name.startswith("."):
            continue
        for each in _read(path):
            key = each.row["geocode_id"]
            if not key or key in seen:
                told = f"{key} stands in {seen[key]} already" if key else "geocode_id is missing"
                raise InputError(f"{each.where}: {told}. Remove the row.")
            if each.row["status"] not in STATUSES:
                raise InputError(f"{each.where}: status {each.row['status']!r} is none of {', '.join(STATUSES)}.")
            seen[key] = each.where
            found.append(each)
    return found


def _read(path: Path) -> list[Geocode]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header = next(reader, [])
            if tuple(header) != COLUMNS:
                raise InputError(f"{path}:1: columns are {','.join(header)}; expected {','.join(COLUMNS)}.")
            found = []
            for values in reader:
                if not values:
                    continue
                if len(values) != len(COLUMNS):
                    raise InputError(f"{path}:{reader.line_num}: {len(values)} values, expected {len(COLUMNS)}.")
                row = {name: value.strip() for name, value in zip(COLUMNS, values, strict=True)}
                found.append(Geocode(row, path, reader.line_num))
            return found
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 ({error}). Save it as UTF-8.") from None
    except csv.Error as error:
        raise InputError(f"{path}: not a CSV file ({error}).") from None


def accepted_places(folder: Path) -> list[Row]:
    """The accepted answers as rows of the seed table of places, by place_id; both the words asked for and the answer are names.

    What was asked when, of whom and by whom it was accepted is not in them: it changes no place.

    Raises:
        InputError: A file is malformed, or an accepted row is no place; says which line.
    """
    by_place: dict[str, list[Geocode]] = {}
    for each in read_geocodes(folder):
        if each.row["status"] == ACCEPTED:
            check_place(each)
            by_place.setdefault(each.row["place_id"], []).append(each)
    return [_place(by_place[key]) for key in sorted(by_place)]


def check_place(geocode: Geocode) -> None:
    """Refuse a row that cannot be accepted.

    Raises:
        InputError: It lacks what a place needs; says where it stands.
    """
    row = geocode.row
    for column in ("place_id", "name"):
        if not row[column]:
            raise InputError(f"{geocode.where}: {column} is missing in an accepted row.")
    if row["kind"] not in KINDS:
        raise InputError(f"{geocode.where}: kind {row['kind']!r} is none of {', '.join(KINDS)}.")
    if row["place_country"] not in COUNTRIES:
        raise InputError(f"{geocode.where}: place_country {row['place_country']!r} is not in schemas/data/countries.csv.")
    for column, limit in (("latitude", 90), ("longitude", 180)):
        if not _is_degrees(row[column], limit):
            raise InputError(f"{geocode.where}: {column} {row[column]!r} is no number of degrees from -{limit} to {limit}.")


def _is_degrees(text: str, limit: float) -> bool:
    try:
        return -limit <= float(text) <= limit
    except ValueError:
        return False


def _place(geocodes: Iterable[Geocode]) -> Row:
    """One place of its accepted rows; where they differ the latest answer holds."""
    rows = sorted((each.row for each in geocodes), key=lambda row: (row["asked_at"], row["geocode_id"]))
    latest = rows[-1]
    others = sorted({name for row in rows for name in (row["name"], row["query"]) if name} - {latest["name"]})
    given: Mapping[str, str] = {
        "place_id": latest["place_id"],
        "name": latest["name"],
        "alternate_names": "; ".join(name.replace(";", ",") for name in others),
        "kind": latest["kind"],
        "country": latest["place_country"],
        "admin1": latest["place_admin1"],
        "admin2": latest["place_admin2"],
        "latitude": latest["latitude"],
        "longitude": latest["longitude"],
    }
    empty = ("admin3", "parent_place_id", "capital_place_id", "note")
    return {**given, **dict.fromkeys(empty, "")}
