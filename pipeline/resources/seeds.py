"""Seed tables: small reviewed CSVs that ship with Khaldun and that a dataset overlays by key.

A row of `<root>/seeds/<name>.csv` replaces the shipped row with the same key, or adds one. `geocodes`, the accepted answers of
online geocoders in data/raw/geocodes, are read like a seed table: whatever looks places up declares them.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from pipeline.errors import SeedError
from pipeline.resources.geocodes import accepted_places

Row = dict[str, str]
_FILES_KEPT = 64


@dataclass(frozen=True)
class SeedTable:
    """Columns of one seed table and those that make its key."""

    columns: tuple[str, ...]
    key: tuple[str, ...]


SEED_TABLES: dict[str, SeedTable] = {
    "places": SeedTable(
        (
            "place_id",
            "name",
            "alternate_names",
            "kind",
            "country",
            "admin1",
            "admin2",
            "admin3",
            "latitude",
            "longitude",
            "parent_place_id",
            "capital_place_id",
            "note",
        ),
        ("place_id",),
    ),
    "actors": SeedTable(
        (
            "actor_id",
            "name",
            "kind",
            "inter",
            "country",
            "valid_from",
            "valid_to",
            "parent",
            "successor",
            "acronyms",
            "aliases",
            "ambiguous",
            "ucdp_id",
            "wikidata_id",
            "note",
        ),
        ("actor_id",),
    ),
    "local_actors": SeedTable(
        ("country", "words", "valid_from", "valid_to", "actor_id", "note"), ("country", "actor_id", "valid_from")
    ),
    "organisation_words": SeedTable(("word", "part", "inter", "note"), ("word", "part")),
    "regimes": SeedTable(("country", "valid_from", "valid_to", "note"), ("country", "valid_from")),
    "generic_actors": SeedTable(("term", "forms", "name", "inter", "associate", "note"), ("term",)),
    "sources": SeedTable(
        (
            "source_id",
            "names",
            "domains",
            "country",
            "type",
            "language",
            "ownership",
            "licence",
            "active_from",
            "active_to",
            "disclosure",
            "reach",
        ),
        ("source_id",),
    ),
    "features": SeedTable(
        ("feature_id", "name", "alternate_names", "kind", "countries", "latitude", "longitude", "note"), ("feature_id",)
    ),
    "country_points": SeedTable(("country", "latitude", "longitude"), ("country",)),
    "demonyms": SeedTable(("words", "place", "country"), ("words",)),
    "disputed": SeedTable(
        ("territory", "names", "country", "valid_from", "valid_to", "also_claimed_by", "latitude", "longitude", "reason"),
        ("territory", "valid_from"),
    ),
    "common_words": SeedTable(("word", "kind"), ("word", "kind")),
    "countries": SeedTable(("country", "names", "demonyms", "capital", "utc_offset", "weekend"), ("country",)),
    "corrections": SeedTable(
        ("correction_id", "table", "key", "column", "expected", "value", "reason", "source", "made_on"), ("correction_id",)
    ),
    "sensitivity": SeedTable(("subject", "key", "sensitivity", "embargo_until", "reason"), ("subject", "key")),
    "match_weights": SeedTable(("field", "level", "weight", "note"), ("field", "level")),
    "type_weights": SeedTable(("feature", "sub_event_type", "weight"), ("feature", "sub_event_type")),
    "lexicon": SeedTable(("rule_id", "trigger", "forms", "conditions", "sub_event_type", "weight", "note"), ("rule_id",)),
}


GEOCODES = "geocodes"
OF_OWN_ARTICLES = frozenset({"corrections", "sensitivity"})
"""Tables about single articles, outlets and events of one dataset: none ships, and no other dataset can use them."""


def shipped_seeds() -> Path:
    """The folder of the seeds that ship with Khaldun: inside the package when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "seeds"
    return installed if installed.is_dir() else package.parent / "seeds"


def read_seed_file(path: Path, table: SeedTable) -> list[Row]:
    """Rows of one CSV with every column of the table, blanks stripped.

    Raises:
        SeedError: The file has other columns, a row of another length, or one key twice; says which line.
    """
    return _rows_in(path.read_bytes(), path, table)


def _rows_in(content: bytes, path: Path, table: SeedTable) -> list[Row]:
    try:
        return [dict(zip(table.columns, values, strict=True)) for values in _parsed(content, table)]
    except _WrongLineError as wrong:
        raise SeedError(f"{path}:{wrong}") from None
    except UnicodeDecodeError as error:
        raise SeedError(f"{path}: not UTF-8 ({error}). Save it as UTF-8.") from None
    except csv.Error as error:
        raise SeedError(f"{path}: not a CSV file ({error}).") from None


class _WrongLineError(Exception):
    """What is wrong in which line of a file."""


@lru_cache(maxsize=_FILES_KEPT)
def _parsed(content: bytes, table: SeedTable) -> tuple[tuple[str, ...], ...]:
    """The rows of a file: a build asks for most tables in several stages."""
    reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    header = next(reader, [])
    if tuple(header) != table.columns:
        raise _WrongLineError(f"1: columns are {','.join(header)}; expected {','.join(table.columns)}.")
    places = [table.columns.index(column) for column in table.key]
    rows: list[tuple[str, ...]] = []
    seen: dict[tuple[str, ...], int] = {}
    for values in reader:
        if not values:
            continue
        if len(values) != len(header):
            raise _WrongLineError(f"{reader.line_num}: {len(values)} values, expected {len(header)}. Quote values with commas.")
        row = tuple(map(str.strip, values))
        key = tuple(row[place] for place in places)
        if key in seen:
            raise _WrongLineError(f"{reader.line_num}: {', '.join(key)} stands in line {seen[key]} already.")
        seen[key] = reader.line_num
        rows.append(row)
    return tuple(rows)


@dataclass(frozen=True)
class SeedFiles:
    """What the files of one table hold at some moment; two are equal if the tables are the same, wherever the files lie.

    Attributes:
        name: Name of the table.
        contents: The files, the shipped one first.
        paths: Where they lie.
    """

    name: str
    contents: tuple[bytes, ...]
    paths: tuple[Path, ...] = field(compare=False)

    def rows(self) -> list[Row]:
        """Rows sorted by key; a later file's row replaces an earlier one with the same key.

        Raises:
            SeedError: A file is malformed.
        """
        table = SEED_TABLES[self.name]
        merged: dict[tuple[str, ...], Row] = {}
        for content, path in zip(self.contents, self.paths, strict=True):
            for row in _rows_in(content, path, table):
                merged[tuple(row[column] for column in table.key)] = row
        return [merged[key] for key in sorted(merged)]


@lru_cache(maxsize=_FILES_KEPT)
def _digest_of(files: SeedFiles) -> str:
    return digest_of_rows(files.name, files.rows())


def digest_of_rows(name: str, rows: Sequence[Row]) -> str:
    """SHA-256 over the rows of a table."""
    return hashlib.sha256(repr((name, [tuple(row.items()) for row in rows])).encode()).hexdigest()


@dataclass(frozen=True)
class Seeds:
    """The seed tables of one dataset: shipped rows overlaid by the dataset's own.

    Attributes:
        folders: Folders that may hold `<name>.csv`; later ones overlay earlier ones. A folder or file may be missing.
        declared: The only tables that may be read, or None for all: a stage sees no seed that it did not declare.
        geocodes: Folder of the answers of geocoders, or None.
    """

    folders: tuple[Path, ...]
    declared: frozenset[str] | None = None
    geocodes: Path | None = None

    @classmethod
    def of(cls, root: Path) -> Seeds:
        """The seeds of the dataset in `root`.

        Raises:
            SeedError: A CSV there has the name of no seed table, so that its rows would be without effect.
        """
        shipped, own = shipped_seeds(), root / "seeds"
        if unknown := sorted(path.name for path in own.glob("*.csv") if path.stem not in SEED_TABLES):
            raise SeedError(f"{own / unknown[0]}: there is no such seed table. Names are {', '.join(sorted(SEED_TABLES))}.")
        folders = (shipped,) if own.resolve() == shipped.resolve() else (shipped, own)
        return cls(folders, geocodes=root / "data" / "raw" / "geocodes")

    def restricted_to(self, names: Sequence[str]) -> Seeds:
        """The same seeds, of which only the tables named may be read."""
        return replace(self, declared=frozenset(names))

    def files(self, name: str) -> list[Path]:
        """Files that hold the table, the shipped one first."""
        return [path for folder in self.folders if (path := folder / f"{name}.csv").is_file()]

    def rows(self, name: str) -> list[Row]:
        """Rows of one table sorted by key; a later folder's row replaces an earlier one with the same key.

        Raises:
            SeedError: A file is malformed.
            InputError: A file of geocodes is.
            LookupError: The table was not declared.
        """
        if name == GEOCODES:
            self._check_declared(name)
            return accepted_places(self.geocodes) if self.geocodes else []
        return self.read(name).rows()

    def read(self, name: str) -> SeedFiles:
        """The files of one table as they are now.

        Raises:
            LookupError: The table was not declared.
        """
        self._check_declared(name)
        paths = self.files(name)
        return SeedFiles(name, tuple(path.read_bytes() for path in paths), tuple(paths))

    def _check_declared(self, name: str) -> None:
        if self.declared is not None and name not in self.declared:
            raise LookupError(f"seed table {name} is read but not declared by the stage (pipeline/runner.py)")

    def digest_of(self, name: str) -> str:
        """SHA-256 over the rows of a table: what a stage's output depends on, whatever the layout of the files."""
        return digest_of_rows(name, self.rows(name)) if name == GEOCODES else _digest_of(self.read(name))

    def digest(self, names: Sequence[str]) -> str:
        """The same over several tables."""
        return hashlib.sha256(repr([self.digest_of(name) for name in sorted(names)]).encode()).hexdigest()
