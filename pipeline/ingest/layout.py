"""Opening raw files at their records: encodings, CSV headers, Parquet row groups, and what lies beside a file."""

from __future__ import annotations

import csv
import json
import posixpath
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, Final, cast

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.ingest.files import (
    MISSING,
    RawFile,
    RawReader,
    Recoded,
    UnreadableFileError,
    encoding_of,
    explained,
    keeps_ascii,
)
from pipeline.ingest.partition import Kind
from pipeline.ingest.problems import shorten
from pipeline.ingest.publication_dates import read_moment
from pipeline.ingest.units import Unit, csv_units, delimiter_of, line_units, record_units
from pipeline.ingest.values import FIELDS, Record, csv_values, decode_unit

MAXIMUM_METADATA_BYTES: Final = 1024 * 1024
_SIDECAR_FIELDS: Final = (*FIELDS, "file")


@dataclass(slots=True)
class OpenText:
    """A text file opened at its records.

    Attributes:
        units: Its records from the place asked for.
        encoding: Encoding of the units.
        header: Names of its columns; empty for JSON Lines.
        header_data: Bytes of the line that names them.
        delimiter: What parts its columns.
        resumable: Whether it can be opened at the offset of a unit.
    """

    units: Iterator[Unit]
    encoding: str
    header: tuple[str, ...]
    header_data: bytes
    delimiter: str
    resumable: bool


@contextmanager
def open_text(
    reader: RawReader, file: RawFile, *, is_csv: bool, encoding: str, line: int = 1, offset: int | None = None
) -> Iterator[OpenText]:
    """A JSON Lines or CSV file, at its first record or at the one that begins at `line` and `offset`.

    Raises:
        UnreadableFileError: The file cannot be opened, or its header cannot be used.
    """
    with reader.open_lines(file) as stream, explained():
        own_encoding, mark = encoding_of(stream.read(4), encoding)
    is_plain = keeps_ascii(own_encoding)
    with reader.open_lines(file) as stream:
        with explained():
            stream.read(mark)
        lines = line_units(stream if is_plain else Recoded(stream, own_encoding), offset=mark)
        resumable = is_plain and file.archive is None and not file.path.lower().endswith(".gz")
        opened = OpenText(iter(()), own_encoding if is_plain else "utf-8", (), b"", ",", resumable)
        if is_csv:
            _read_header(opened, lines)
        if resumable and offset is not None:
            with explained():
                cast(IO[bytes], stream).seek(offset)
            lines = line_units(stream, line=line, offset=offset)
        opened.units = csv_units(lines, opened.delimiter) if is_csv else record_units(lines)
        yield opened


def _read_header(opened: OpenText, lines: Iterator[Unit]) -> None:
    unit = next(record_units(lines), None)
    if unit is None:
        return
    text = decode_unit(unit, opened.encoding)
    if isinstance(text, Record):
        code, found, _ = text.flaws[0]
        raise UnreadableFileError(code, f"The line that names the columns cannot be read. {found}")
    opened.delimiter = delimiter_of(text, _SIDECAR_FIELDS)
    try:
        opened.header = tuple(name.strip().lower() for name in csv_values(text, opened.delimiter))
    except csv.Error as error:
        raise UnreadableFileError("broken_csv", f"The line that names the columns cannot be read ({error}).") from None
    opened.header_data = unit.data
    refuse_repeated(opened.header)


def refuse_repeated(names: tuple[str, ...]) -> None:
    """Raises UnreadableFileError if a field stands in two columns."""
    if repeated := sorted(name for name, times in Counter(names).items() if times > 1 and name in _SIDECAR_FIELDS):
        raise UnreadableFileError("duplicate_column", f"Two columns are called {', '.join(repeated)}.")


def kind_of_csv(file: RawFile, header: tuple[str, ...]) -> Kind:
    """`sidecar` for an articles.csv with a column `file`, else `csv`.

    Raises:
        UnreadableFileError: It has neither a text nor text files.
    """
    if posixpath.basename(file.path) == "articles.csv" and "file" in header:
        return "sidecar"
    if "text" not in header:
        raise UnreadableFileError("columns_missing", "No column is called text.")
    return "csv"


def text_file(sidecar: RawFile, name: str) -> RawFile:
    """The file that a row of an articles.csv names, relative to the folder of that file.

    Raises:
        UnreadableFileError: The name leads out of data/raw or out of the archive.
    """
    inside = posixpath.normpath(posixpath.join(posixpath.dirname(sidecar.member), name))
    is_writable = name == name.encode("utf-8", "ignore").decode("utf-8")
    if name.startswith("/") or inside.split("/")[0] == ".." or "\x00" in name or not is_writable:
        raise UnreadableFileError("unsafe_path", f"The file {shorten(name)} lies outside of data/raw, or its name cannot be used.")
    return RawFile(f"{sidecar.archive}/{inside}", sidecar.archive) if sidecar.archive is not None else RawFile(inside)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a `<file>.meta.json` says.

    Attributes:
        retrieved_at: Moment at which the bytes were received, as given.
        data: The file's own bytes; empty if there is none.
        flaw: What is wrong with it, or None.
        path: Its path below data/raw.
    """

    retrieved_at: str | None = None
    data: bytes = b""
    flaw: str | None = None
    path: str = ""


def read_metadata(reader: RawReader, file: RawFile) -> Metadata:
    """The .meta.json beside a file; for a member of an archive without one, that beside the archive."""
    beside = RawFile(f"{file.path}.meta.json", file.archive)
    try:
        data = reader.read_all(beside, MAXIMUM_METADATA_BYTES)
        found: Any = json.loads(data)
        retrieved_at = found.get("retrieved_at") if isinstance(found, dict) else 0
    except UnreadableFileError as error:
        if error.code == MISSING:
            return read_metadata(reader, RawFile(file.archive)) if file.archive is not None else Metadata()
        return Metadata(flaw=str(error), path=beside.path)
    except (ValueError, RecursionError):
        return Metadata(data=data, flaw="It is no JSON.", path=beside.path)
    if retrieved_at is None or (isinstance(retrieved_at, str) and read_moment(retrieved_at) is not None):
        return Metadata(retrieved_at, data, path=beside.path)
    return Metadata(data=data, flaw="It is no JSON object, or its retrieved_at is no moment.", path=beside.path)


class ParquetRows:
    """The rows of a Parquet file, a few in memory at a time."""

    def __init__(self, stream: IO[bytes]) -> None:
        """The rows of the file in a stream.

        Raises:
            UnreadableFileError: It is no Parquet file, or lacks or repeats a column.
        """
        with _parquet_errors():
            self._file = pq.ParquetFile(stream)
            self.names = tuple(str(name) for name in self._file.schema_arrow.names)
            self.sizes = tuple(self._file.metadata.row_group(group).num_rows for group in range(self._file.num_row_groups))
        plain = tuple(name.strip().lower() for name in self.names)
        refuse_repeated(plain)
        self.unknown = tuple(sorted({name for name in plain if name not in FIELDS}))
        self._given = [name for name in self.names if name.strip().lower() in FIELDS]
        self.columns = [name.strip().lower() for name in self._given]
        if "text" not in self.columns:
            raise UnreadableFileError("columns_missing", "No column is called text.")

    def rows(self, group: int, columns: list[str] | None = None) -> Iterator[tuple[object, ...]]:
        """The rows of one row group as plain values in the order of `columns`.

        Raises:
            UnreadableFileError: The group is damaged.
        """
        wanted = self.columns if columns is None else columns
        given = [name for name in self._given if name.strip().lower() in wanted]
        order = [given.index(name) for column in wanted for name in given if name.strip().lower() == column]
        batches = self._file.iter_batches(batch_size=256, row_groups=[group], columns=given, use_threads=False)
        while True:
            with _parquet_errors():
                batch = next(batches, None)
                if batch is None:
                    return
                listed = [_plain_list(batch.column(position)) for position in order]
            yield from zip(*listed, strict=True)

    def is_readable(self, group: int) -> bool:
        """Whether every row of the group can be read."""
        try:
            for _ in self.rows(group):
                pass
        except UnreadableFileError:
            return False
        return True


def _plain_list(column: pa.Array[Any]) -> list[object]:
    try:
        return cast(list[object], column.to_pylist())
    except (ValueError, OverflowError):
        return [_plain_scalar(each) for each in column]


def _plain_scalar(scalar: Any) -> object:
    try:
        return cast(object, scalar.as_py())
    except (ValueError, OverflowError) as error:
        # The record's reader tells text that is not UTF-8 from a day that no calendar has.
        return error


@contextmanager
def _parquet_errors() -> Iterator[None]:
    try:
        with explained():
            yield
    except (pa.ArrowException, KeyError, TypeError, MemoryError):
        raise UnreadableFileError("unreadable_file", "It is no Parquet file, or a damaged one.") from None
