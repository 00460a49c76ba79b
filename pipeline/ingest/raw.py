"""What lies in data/raw, as partitions that are read one by one."""

from __future__ import annotations

import hashlib
import os
import stat
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Final, Protocol

from pipeline.ingest.files import (
    MAXIMUM_RATIO,
    MISSING,
    RATIO_ALLOWANCE,
    RawFile,
    RawReader,
    UnreadableFileError,
    explained,
    keeps_ascii,
)
from pipeline.ingest.layout import OpenText, ParquetRows, kind_of_csv, open_text, read_metadata, text_file
from pipeline.ingest.partition import Kind, RawPartition
from pipeline.ingest.problems import Problem, merge_problems, printable, problem, shorten
from pipeline.ingest.reading import open_parquet
from pipeline.ingest.units import Unit
from pipeline.ingest.values import FIELDS, MAXIMUM_SEEN, Seen, csv_record, json_record, source_name

__all__ = ["APART", "MAXIMUM_BYTES", "RawPartition", "scan"]

APART: Final = ("decisions", "gazetteer", "geocodes", "ledger")
"""Folders of data/raw that hold no articles."""
MAXIMUM_BYTES: Final = 16 * 1024**3
"""Bytes that may be unpacked from one compressed file or archive."""

_SUFFIXES: Final[dict[str, Kind]] = {
    ".jsonl": "json_lines", ".ndjson": "json_lines", ".jsonl.gz": "json_lines", ".ndjson.gz": "json_lines",
    ".csv": "csv", ".csv.gz": "csv", ".parquet": "parquet",
}  # fmt: skip


def scan(raw: Path, *, partition_size: int, encoding: str, maximum_bytes: int = MAXIMUM_BYTES) -> list[RawPartition]:
    """Everything in data/raw that holds articles, in pieces of at most `partition_size` records, sorted by path.

    Files that cannot be used make partitions of kind `refused`, whose only rows are their problems. Left out without a word are
    hidden files, README files, .meta.json files and the folders decisions, gazetteer, geocodes and ledger at the top.

    Args:
        raw: The folder data/raw; it need not exist.
        partition_size: Records in one partition.
        encoding: Encoding of text without a byte-order mark (`ingest.encoding`).
        maximum_bytes: Bytes that may be unpacked from one compressed file or archive.

    Raises:
        SettingsError: There is no such encoding.
    """
    keeps_ascii(encoding)
    listing = _Listing()
    with RawReader(raw, maximum_bytes) as reader:
        if raw.is_dir():
            _list_folder(raw, "", listing)
        for archive in list(listing.archives):
            _list_archive(reader, archive, maximum_bytes, listing)
        scanner = _Scanner(reader, partition_size, encoding, maximum_bytes, listing)
        scanner.read_all()
    return scanner.partitions()


@dataclass(slots=True)
class _Listing:
    """Files found, by path."""

    files: dict[str, RawFile] = field(default_factory=dict)
    archives: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, path: str, code: str, found: str) -> None:
        self.problems.append(problem(f"{printable(path)}:0", code, found))


def _is_left_out(name: str) -> bool:
    return name.startswith((".", "README", "__MACOSX")) or name.endswith(".meta.json")


def _suffix_of(path: str) -> str | None:
    lower = path.lower()
    return max((suffix for suffix in (*_SUFFIXES, ".zip") if lower.endswith(suffix)), key=len, default=None)


def _list_folder(folder: Path, prefix: str, listing: _Listing) -> None:
    try:
        with explained(), os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except UnreadableFileError as error:
        listing.refuse(prefix.rstrip("/"), "unreadable_file", str(error))
        return
    for entry in entries:
        if _is_left_out(entry.name) or (not prefix and entry.name in APART):
            continue
        path = prefix + entry.name
        if printable(path) != path:
            listing.refuse(path, "unsafe_path", "The file's name is not UTF-8.")
        elif entry.is_symlink():
            listing.refuse(path, "symbolic_link", "Symbolic links are not followed.")
        elif entry.is_dir(follow_symlinks=False):
            if _suffix_of(path):
                listing.refuse(path, "folder_named_as_file", "This is a folder with the name of a file.")
            _list_folder(folder / entry.name, f"{path}/", listing)
        elif not entry.is_file(follow_symlinks=False):
            listing.refuse(path, "unreadable_file", "It is no ordinary file.")
        elif _suffix_of(path) == ".zip":
            listing.archives.append(path)
        else:
            listing.files[path] = RawFile(path)


def _list_archive(reader: RawReader, path: str, maximum_bytes: int, listing: _Listing) -> None:
    try:
        members = reader.archive(path).infolist()
    except UnreadableFileError as error:
        listing.refuse(path, "unreadable_file", str(error))
        return
    if not members:
        listing.refuse(path, "empty_file", "The archive is empty.")
    if sum(member.file_size for member in members) > maximum_bytes:
        listing.refuse(path, "too_much_data", f"Unpacked, the archive holds more than {maximum_bytes:,} bytes.")
        return
    for member in members:
        name = member.filename
        if member.is_dir() or any(_is_left_out(part) for part in name.split("/") if part != ".."):
            continue
        inside = f"{path}/{name}"
        if refusal := _refusal_of(member):
            listing.refuse(inside, *refusal)
        elif inside in listing.files:
            listing.refuse(inside, "duplicate_member", "The archive holds two files of this name; the later one is not read.")
        else:
            listing.files[inside] = RawFile(inside, path)


def _refusal_of(member: zipfile.ZipInfo) -> tuple[str, str] | None:
    """Code and finding if a member must not be opened."""
    name = member.filename
    parts = name.split("/")
    if (
        any(part in ("", ".", "..") for part in parts)
        or any(character in member.orig_filename for character in "\\\x00")
        or parts[0].endswith(":")
        or printable(name) != name
    ):
        return "unsafe_path", "The member's name leads out of the archive or cannot be used."
    if stat.S_ISLNK(member.external_attr >> 16):
        return "symbolic_link", "Symbolic links are not followed."
    if member.file_size > RATIO_ALLOWANCE + MAXIMUM_RATIO * member.compress_size:
        return "too_much_data", f"Unpacked, it is more than {MAXIMUM_RATIO} times as large."
    return None


class Hash(Protocol):
    """What hashlib makes."""

    def update(self, data: bytes, /) -> None:
        """Hashes more bytes."""

    def hexdigest(self) -> str:
        """The digest in hexadecimal digits."""

    def copy(self) -> Hash:
        """A second one in the same state."""


@dataclass(slots=True)
class _Chunk:
    """A chunk in the making."""

    start: int
    line: int
    offset: int
    hash: Hash
    stop: int = 0


def _feed(digest: Hash, *parts: bytes) -> None:
    # Lengths are hashed with the parts, so that ("ab", "c") and ("a", "bc") differ.
    for part in parts:
        digest.update(b"%d:" % len(part))
        digest.update(part)


class _Scanner:
    """Makes the partitions of listed files."""

    def __init__(self, reader: RawReader, size: int, encoding: str, maximum_bytes: int, listing: _Listing) -> None:
        self._reader = reader
        self._size = size
        self._encoding = encoding
        self._maximum_bytes = maximum_bytes
        self._listing = listing
        self._named: set[str] = set()
        self._found: list[RawPartition] = []

    def read_all(self) -> None:
        """Reads sidecars first: the files that they name are texts, whatever their names end in."""
        files = sorted(self._listing.files.values(), key=lambda file: file.path)
        is_sidecar = {file.path: file.member.rpartition("/")[2] == "articles.csv" for file in files}
        for file in files:
            if is_sidecar[file.path]:
                self._read(file, "csv")
        for file in files:
            if is_sidecar[file.path] or file.path in self._named:
                continue
            suffix = _suffix_of(file.path)
            if suffix is not None and suffix != ".zip":
                self._read(file, _SUFFIXES[suffix])
            elif file.path.lower().endswith(".txt"):
                self._listing.refuse(file.path, "text_file_unnamed", "No articles.csv names this text file.")
            else:
                self._listing.refuse(file.path, "unknown_kind", "Files of this kind are not read.")

    def partitions(self) -> list[RawPartition]:
        """The partitions by path and chunk, then those that hold only problems."""
        problems = merge_problems(self._listing.problems)
        for index, start in enumerate(range(0, len(problems), self._size)):
            chunk = tuple(problems[start : start + self._size])
            digest = hashlib.sha256(repr([(each.origin, each.code, each.message) for each in chunk]).encode()).hexdigest()
            self._found.append(
                RawPartition(name=f"#{index}", file=RawFile(""), kind="refused", stop=len(chunk), problems=chunk, digest=digest)
            )
        return sorted(self._found, key=lambda partition: (partition.path, partition.start, partition.name))

    def _read(self, file: RawFile, kind: Kind) -> None:
        metadata = read_metadata(self._reader, file)
        if metadata.flaw:
            self._listing.refuse(metadata.path, "metadata_unreadable", metadata.flaw)
        whole = RawPartition(
            name="", file=file, kind=kind, encoding=self._encoding, maximum_bytes=self._maximum_bytes,
            retrieved_at=metadata.retrieved_at,
        )  # fmt: skip
        try:
            if kind == "parquet":
                self._read_parquet(whole)
            else:
                self._read_text(whole)
        except UnreadableFileError as error:
            self._listing.refuse(file.path, "unreadable_file" if error.code == MISSING else error.code, str(error))

    def _keep(self, whole: RawPartition, chunk: _Chunk, index: int, **more: object) -> None:
        partition: RawPartition = replace(
            whole,
            name=f"{whole.path}#{index}",
            start=chunk.start,
            stop=chunk.stop,
            line=chunk.line,
            **more,  # type: ignore[arg-type]
        )
        _feed(chunk.hash, repr(partition).encode())
        self._found.append(replace(partition, digest=chunk.hash.hexdigest()))

    def _report_unknown(self, path: str, columns: Iterable[str], known: Iterable[str] = FIELDS) -> None:
        if unknown := sorted(set(columns) - set(known)):
            names = ", ".join(shorten(name) for name in unknown[:MAXIMUM_SEEN])
            self._listing.refuse(path, "unknown_columns", f"Unknown columns: {names}.")

    def _read_text(self, whole: RawPartition) -> None:
        is_csv = whole.kind != "json_lines"
        chunks: list[_Chunk] = []
        broken_off: UnreadableFileError | None = None
        with open_text(self._reader, whole.file, is_csv=is_csv, encoding=self._encoding) as opened:
            if is_csv and opened.header_data:
                whole = replace(whole, kind=kind_of_csv(whole.file, opened.header))
                self._report_unknown(whole.path, opened.header, (*FIELDS, "file") if whole.kind == "sidecar" else FIELDS)
            try:
                # One by one: those found before the file breaks off are kept.
                for chunk in self._chunks(whole, opened):
                    chunks.append(chunk)  # noqa: PERF402
            except UnreadableFileError as error:
                broken_off = error
            resumable = opened.resumable
        seen = self._seen_before(whole, chunks)
        for index, chunk in enumerate(chunks):
            columns, sources = seen[index]
            offset = chunk.offset if resumable else None
            self._keep(whole, chunk, index, offset=offset, seen_columns=columns, seen_sources=sources)
        if broken_off is not None:
            raise broken_off
        if not chunks:
            raise UnreadableFileError("empty_file", "The file holds no record.")

    def _chunks(self, whole: RawPartition, opened: OpenText) -> Iterator[_Chunk]:
        """The chunks of a text file; the last of a file that breaks off comes before the error."""
        chunk: _Chunk | None = None
        broken_off: UnreadableFileError | None = None
        units = enumerate(opened.units)
        while True:
            try:
                number, unit = next(units, (-1, None))
            except UnreadableFileError as error:
                unit, broken_off = None, error
            if unit is None:
                break
            if chunk is None:
                chunk = _Chunk(number, unit.line, unit.offset, hashlib.sha256(opened.header_data))
            _feed(chunk.hash, unit.data, (unit.flaw or "").encode())
            if whole.kind == "sidecar":
                self._feed_text(whole, opened, unit, chunk)
            chunk.stop = number + 1
            if chunk.stop - chunk.start == self._size:
                full, chunk = chunk, None
                yield full
        if chunk is not None:
            yield chunk
        if broken_off is not None:
            raise broken_off

    def _feed_text(self, whole: RawPartition, opened: OpenText, unit: Unit, chunk: _Chunk) -> None:
        """Hashes the text file that a row of a sidecar names, and what lies beside it."""
        values = csv_record(unit, opened.encoding, opened.header, opened.delimiter).values
        name = None if values is None else values.get("file")
        if not isinstance(name, str):
            return
        try:
            file = text_file(whole.file, name)
            self._named.add(file.path)
            with self._reader.open_binary(file) as stream, explained():
                digest = hashlib.sha256()
                while block := stream.read(1024 * 1024):
                    digest.update(block)
            metadata = read_metadata(self._reader, file)
            _feed(chunk.hash, digest.digest(), metadata.data, (metadata.flaw or "").encode())
        except UnreadableFileError as error:
            _feed(chunk.hash, error.code.encode(), str(error).encode())

    def _seen_before(self, whole: RawPartition, chunks: list[_Chunk]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Unknown fields and outlets of the chunks before each chunk, which need not be reported again."""
        seen = Seen()
        found: list[tuple[tuple[str, ...], tuple[str, ...]]] = [((), ())] if chunks else []
        if len(chunks) < 2:
            return found
        with open_text(self._reader, whole.file, is_csv=whole.kind != "json_lines", encoding=self._encoding) as opened:
            for chunk in chunks[:-1]:
                for unit in islice(opened.units, chunk.stop - chunk.start):
                    if whole.kind == "json_lines":
                        record = json_record(unit, opened.encoding)
                    else:
                        record = csv_record(unit, opened.encoding, opened.header, opened.delimiter)
                    if record.values is not None:
                        seen.new_columns(record.unknown)
                        seen.is_new_source(source_name(record.values))
                found.append((tuple(sorted(seen.columns)), tuple(sorted(seen.sources))))
        return found

    def _read_parquet(self, whole: RawPartition) -> None:
        with self._reader.open_binary(whole.file) as stream, explained():
            content = hashlib.sha256()
            while block := stream.read(1024 * 1024):
                content.update(block)
        with open_parquet(self._reader, whole) as parquet:
            self._report_unknown(whole.path, parquet.unknown)
            total = sum(parquet.sizes)
            if not total:
                raise UnreadableFileError("empty_file", "The file holds no record.")
            starts = range(0, total, self._size)
            chunks = [_Chunk(start, start + 1, 0, content.copy(), min(total, start + self._size)) for start in starts]
            sources = _parquet_sources(parquet, chunks) if len(chunks) > 1 else [()]
        for index, (chunk, seen) in enumerate(zip(chunks, sources, strict=True)):
            self._keep(whole, chunk, index, seen_sources=seen)


def _parquet_sources(parquet: ParquetRows, chunks: list[_Chunk]) -> list[tuple[str, ...]]:
    """Outlets of the chunks before each chunk."""
    seen = Seen()
    found: list[tuple[str, ...]] = []
    number = 0
    for group, size in enumerate(parquet.sizes):
        rows = iter(parquet.rows(group, ["source"])) if "source" in parquet.columns and parquet.is_readable(group) else iter(())
        for row in range(number, number + size):
            if len(found) < len(chunks) and chunks[len(found)].start == row:
                found.append(tuple(sorted(seen.sources)))
            seen.is_new_source(source_name({"source": next(rows, (None,))[0]}))
        number += size
    return found
