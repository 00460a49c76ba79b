"""The only reader and writer of tables and of the state file.

    data/processed/state/
        state.json              which files make the present state; replaced as a whole, never edited
        state.previous.json     the same for the last good build before it
        lock                    held by the one build that may write
        tables/<table>/<key>.parquet

Files of tables are immutable: their name is a hash of everything that went into them, they are written under another name,
flushed to disk and renamed. A build that is killed therefore leaves the state as it was, and finds its finished files again.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.durable import replacing, write_atomically
from pipeline.errors import InputError, LockedError
from schemas.arrow import arrow_schema, to_arrow, to_frame
from schemas.tables import TABLES

FORMAT_VERSION = 1
"""Version of the layout of state.json and of the files; part of every key."""

_ROWS_PER_GROUP = 4096  # small groups, so that a range of keys is read without the rest of the file
_SAMPLE_EVERY = 64  # one key in so many is held in memory to find where sorted batches are cut
_METADATA = "khaldun.columns"


@dataclass(frozen=True)
class FileRecord:
    """One immutable file of a table: its name below the state folder, its rows, and a hash of each column."""

    file: str
    rows: int
    columns: Mapping[str, str]


@dataclass(frozen=True)
class StageRecord:
    """What a stage was last run with: named digests common to all partitions, and those of each partition's inputs."""

    common: Mapping[str, str]
    partitions: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class State:
    """Which files make the present tables, and what each stage was run with."""

    tables: Mapping[str, Mapping[str, FileRecord]] = field(default_factory=dict)
    stages: Mapping[str, StageRecord] = field(default_factory=dict)

    def with_stage(self, name: str, record: StageRecord, tables: Mapping[str, Mapping[str, FileRecord]]) -> State:
        """The state after a stage: its tables replaced as a whole."""
        return State({**self.tables, **tables}, {**self.stages, name: record})

    def files(self) -> set[str]:
        """Names of all files of the state."""
        return {record.file for partitions in self.tables.values() for record in partitions.values()}

    def to_json(self) -> str:
        """The state as JSON; equal states give equal text."""
        tables = {
            table: {name: {"file": r.file, "rows": r.rows, "columns": dict(r.columns)} for name, r in partitions.items()}
            for table, partitions in self.tables.items()
        }
        stages = {
            name: {"common": dict(r.common), "partitions": {key: dict(value) for key, value in r.partitions.items()}}
            for name, r in self.stages.items()
        }
        return json.dumps({"format_version": FORMAT_VERSION, "stages": stages, "tables": tables}, indent=1, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> State:
        """The state that `to_json` wrote; an empty one if the format is another version's, since all can be rebuilt."""
        loaded = json.loads(text)
        if loaded.get("format_version") != FORMAT_VERSION:
            return cls()
        tables = {
            table: {name: FileRecord(r["file"], r["rows"], r["columns"]) for name, r in partitions.items()}
            for table, partitions in loaded["tables"].items()
        }
        return cls(tables, {name: StageRecord(r["common"], r["partitions"]) for name, r in loaded["stages"].items()})


def column_digest(column: pa.ChunkedArray | pa.Array) -> str:
    """A hash of the values of a column in order, the same however they are chunked or padded in memory."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    digest = hashlib.blake2b(f"{array.type}:{len(array)}:".encode(), digest_size=16)
    digest.update(np.packbits(pc.is_valid(array).to_numpy(zero_copy_only=False)).tobytes())
    if pa.types.is_string(array.type):
        filled = pc.fill_null(array, "")
        digest.update(pc.binary_length(filled).to_numpy(zero_copy_only=False).astype("<i4").tobytes())
        digest.update(b"".join(filled.cast(pa.binary()).to_pylist()))
        return digest.hexdigest()
    plain = {pa.date32(): pa.int32(), pa.timestamp("us", tz="UTC"): pa.int64(), pa.bool_(): pa.uint8()}.get(array.type, array.type)
    digest.update(pc.fill_null(array.cast(plain), 0).to_numpy(zero_copy_only=False).tobytes())
    return digest.hexdigest()


class Store:
    """Tables and state of the dataset in one folder."""

    def __init__(self, root: Path) -> None:
        """Open the dataset in `root`; nothing is created before something is written."""
        self.root = root
        self.folder = root / "data" / "processed" / "state"

    # -- state file ---------------------------------------------------------------------------------------------------------

    def load(self) -> State:
        """The last state that was committed; an empty one before the first build.

        Raises:
            InputError: state.json was damaged by something other than Khaldun.
        """
        return self._load("state.json")

    def _load(self, name: str) -> State:
        path = self.folder / name
        try:
            return State.from_json(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return State()
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(
                f"{path}: damaged ({error}). Remove {self.folder} and build again: all in it can be rebuilt."
            ) from None

    def commit(self, state: State) -> None:
        """Make this the present state."""
        self.folder.mkdir(parents=True, exist_ok=True)
        write_atomically(self.folder / "state.json", state.to_json().encode())

    def remove_unused(self, present: State, started_from: State) -> int:
        """After a good build, remove the files that neither it nor the last good build before it names.

        Args:
            present: The state that the build made.
            started_from: The state that it found.

        Returns:
            How many files were removed.
        """
        if present.to_json() != started_from.to_json():
            write_atomically(self.folder / "state.previous.json", started_from.to_json().encode())
        kept = present.files() | self._load("state.previous.json").files()
        removed = 0
        for path in sorted([*self.folder.glob(".*.tmp"), *self.folder.glob("tables/*/*")]):
            if path.relative_to(self.folder).as_posix() not in kept:
                path.unlink(missing_ok=True)
                removed += 1
        return removed

    # -- files of tables ----------------------------------------------------------------------------------------------------

    def file_name(self, table: str, key: str) -> str:
        """Name below the state folder of the file that a key stands for."""
        return f"tables/{table}/{key}.parquet"

    def find(self, table: str, key: str) -> FileRecord | None:
        """The finished file for a key, if an earlier run has written it; a damaged one is as good as none."""
        name = self.file_name(table, key)
        try:
            metadata = pq.read_metadata(self.folder / name)
            return FileRecord(name, metadata.num_rows, json.loads((metadata.metadata or {})[_METADATA.encode()]))
        except (OSError, ValueError, KeyError):
            return None

    def write(self, table: str, key: str, frame: pd.DataFrame) -> FileRecord:
        """Write a frame as the file for a key, its rows sorted by the table's key.

        Raises:
            ValueError: The key is not unique, or a column that always has a value holds a null.
            KeyError: The frame lacks a column.
        """
        described = TABLES[table]
        arrow = to_arrow(frame, arrow_schema(table)).sort_by([(name, "ascending") for name in described.key])
        if arrow.num_rows and arrow.group_by(list(described.key)).aggregate([]).num_rows != arrow.num_rows:
            raise ValueError(f"{table}: key {', '.join(described.key)} is not unique")
        columns = {name: column_digest(arrow.column(name)) for name in arrow.column_names}
        name = self.file_name(table, key)
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        options = {"version": "2.6", "compression": "zstd", "store_schema": False}
        with replacing(path) as file, pq.ParquetWriter(file, arrow.schema, **options) as writer:
            writer.write_table(arrow, row_group_size=_ROWS_PER_GROUP)
            writer.add_key_value_metadata({_METADATA: json.dumps(columns, sort_keys=True)})
        return FileRecord(name, arrow.num_rows, columns)

    def read_files(self, table: str, files: Iterable[str], columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Rows of several files of one table, sorted by the table's key, so that their division does not show."""
        described = TABLES[table]
        wanted = list(columns) if columns is not None else described.column_names
        read = list(dict.fromkeys([*wanted, *described.key]))
        schema = arrow_schema(table, tuple(read))
        parts = [self.read_file(file, read).cast(schema) for file in files]
        arrow = pa.concat_tables(parts) if parts else schema.empty_table()
        return to_frame(arrow.sort_by([(name, "ascending") for name in described.key]).select(wanted))

    def read_file(self, file: str, columns: Sequence[str], bounds: Sequence[tuple[str, str, str]] = ()) -> pa.Table:
        """Columns of one file; with bounds only the rows for which all of them hold.

        Raises:
            InputError: The file is gone or damaged, or another version of Khaldun wrote it.
        """
        path = self.folder / file
        try:
            return pq.read_table(path, columns=list(columns), filters=list(bounds) or None)
        except (OSError, pa.ArrowInvalid) as error:
            if isinstance(error, OSError) and error.errno not in (None, errno.ENOENT):
                raise
            raise InputError(
                f"{path}: missing, damaged or written by another version of Khaldun. Remove it if it is there and run "
                "`khaldun build`, which makes it anew."
            ) from None

    # -- lock ---------------------------------------------------------------------------------------------------------------

    @contextmanager
    def lock(self, purpose: str) -> Iterator[None]:
        """Hold the dataset's lock; it falls with the process that holds it, however that ends.

        Raises:
            LockedError: Another process holds it; says which and for what.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / "lock"
        with path.open("a+", encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.seek(0)
                holder = file.read().strip() or "another process"
                raise LockedError(f"{self.root} is being built by {holder}. Wait for it to end, or stop it.") from None
            file.truncate(0)
            file.write(f"process {os.getpid()} ({purpose})")
            file.flush()
            try:
                yield
            finally:
                file.truncate(0)


class StateReader:
    """Reads the tables of one state, whole or in batches, in the order of their keys."""

    def __init__(self, store: Store, state: State, inputs: Mapping[str, str]) -> None:
        """Read `state`; `inputs` are named digests of what it was made from."""
        self._store = store
        self._state = state
        self._inputs = dict(inputs)

    def tables(self) -> list[str]:
        """Names of the tables that exist."""
        return sorted(self._state.tables)

    def inputs(self) -> dict[str, str]:
        """Named digests of what the state was made from."""
        return dict(self._inputs)

    def rows(self, table: str) -> int:
        """Number of rows of a table; 0 if it does not exist."""
        return sum(record.rows for record in self._state.tables.get(table, {}).values())

    def _files(self, table: str) -> list[str]:
        partitions = self._state.tables.get(table, {})
        return [partitions[name].file for name in sorted(partitions)]

    def read(self, table: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """All rows of a table, sorted by its key; none if it does not exist."""
        return self._store.read_files(table, self._files(table), columns)

    def batches(self, table: str, columns: Sequence[str] | None = None, rows: int = 50_000) -> Iterator[pd.DataFrame]:
        """The rows of a table in the order of its key, about `rows` at a time; memory does not grow with the table."""
        if self.rows(table) <= rows:
            yield self.read(table, columns)
            return
        for low, high in self._ranges(table, rows):
            yield self._read_range(table, columns, low, high)

    def _ranges(self, table: str, rows: int) -> list[tuple[str | None, str | None]]:
        first = TABLES[table].key[0]
        sample: list[str] = []
        for file in self._files(table):
            sample += self._store.read_file(file, [first]).column(0)[::_SAMPLE_EVERY].to_pylist()
        sample.sort()
        cuts = sorted(set(sample[:: max(rows // _SAMPLE_EVERY, 1)][1:]))
        return list(zip([None, *cuts], [*cuts, None], strict=True))

    def _read_range(self, table: str, columns: Sequence[str] | None, low: str | None, high: str | None) -> pd.DataFrame:
        described = TABLES[table]
        wanted = list(columns) if columns is not None else described.column_names
        read = list(dict.fromkeys([*wanted, *described.key]))
        first = described.key[0]
        bounds = ([(first, ">=", low)] if low is not None else []) + ([(first, "<", high)] if high is not None else [])
        schema = arrow_schema(table, tuple(read))
        parts = [self._store.read_file(file, read, bounds).cast(schema) for file in self._files(table)]
        arrow = pa.concat_tables(parts).sort_by([(name, "ascending") for name in described.key])
        return to_frame(arrow.select(wanted))


def digest_of(values: Any) -> str:
    """A hash of a JSON-like value; dictionaries in any order give the same."""
    return hashlib.blake2b(json.dumps(values, sort_keys=True, ensure_ascii=False).encode(), digest_size=16).hexdigest()
