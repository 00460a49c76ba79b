"""The records of one partition."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate, islice

from pipeline.ingest.files import MISSING, RawReader, UnreadableFileError, encoding_of
from pipeline.ingest.layout import ParquetRows, open_text, read_metadata, text_file
from pipeline.ingest.partition import RawPartition
from pipeline.ingest.problems import shorten
from pipeline.ingest.values import Record, broken, csv_record, json_record, parquet_record


def read_records(partition: RawPartition, reader: RawReader, maximum_characters: int) -> Iterator[Record]:
    """The records of a partition in order; at the end a record for line 0 if the file breaks off.

    Args:
        partition: What to read.
        reader: Opens files below data/raw.
        maximum_characters: Longest text that is read whole.
    """
    try:
        if partition.kind == "parquet":
            yield from _parquet_records(partition, reader)
        elif partition.kind != "refused":
            yield from _text_records(partition, reader, maximum_characters)
    except UnreadableFileError as error:
        yield broken(0, "unreadable_file" if error.code == MISSING else error.code, str(error))


def _text_records(partition: RawPartition, reader: RawReader, maximum_characters: int) -> Iterator[Record]:
    is_csv = partition.kind != "json_lines"
    with open_text(
        reader, partition.file, is_csv=is_csv, encoding=partition.encoding, line=partition.line, offset=partition.offset
    ) as opened:
        passed = 0 if opened.resumable and partition.offset is not None else partition.start
        for unit in islice(opened.units, passed, passed + partition.stop - partition.start):
            if is_csv:
                record = csv_record(unit, opened.encoding, opened.header, opened.delimiter)
            else:
                record = json_record(unit, opened.encoding)
            record.retrieved_at = partition.retrieved_at
            if partition.kind == "sidecar" and record.values is not None:
                _add_text(record, record.values, partition, reader, maximum_characters)
            yield record


def _add_text(
    record: Record, values: dict[str, object], partition: RawPartition, reader: RawReader, maximum_characters: int
) -> None:
    """Puts the text of the file that a row names into its values."""
    values.pop("text", None)
    name = values.pop("file", None)
    if not isinstance(name, str):
        record.flaws.append(("text_file_missing", "The row names no file.", None))
        return
    try:
        file = text_file(partition.file, name)
        # No encoding takes more than four bytes for a character, the byte-order mark apart.
        data = reader.read_all(file, 4 * maximum_characters + 5)
    except UnreadableFileError as error:
        code = "text_file_missing" if error.code == MISSING else error.code
        record.flaws.append((code, f"Text file {shorten(name)}: {error}", None))
        return
    metadata = read_metadata(reader, file)
    record.retrieved_at = metadata.retrieved_at or partition.retrieved_at
    if metadata.flaw:
        record.flaws.append(("metadata_unreadable", f"{shorten(name + '.meta.json')}: {metadata.flaw}", None))
    if len(data) > 4 * maximum_characters + 4:
        record.flaws.append(("text_too_long", f"Text file {shorten(name)} is longer than {maximum_characters:,} characters.", None))
        return
    _decode_text(record, values, name, data, partition.encoding)


def _decode_text(record: Record, values: dict[str, object], name: str, data: bytes, default: str) -> None:
    encoding, mark = encoding_of(data[:4], default)
    try:
        text = data[mark:].decode(encoding)
    except UnicodeError:
        record.flaws.append(("undecodable", f"Text file {shorten(name)} is not {encoding}.", None))
        return
    if "\x00" in text:
        record.flaws.append(("nul_bytes", f"Text file {shorten(name)} holds NUL bytes.", None))
        return
    values["text"] = text


@contextmanager
def open_parquet(reader: RawReader, partition_file: RawPartition) -> Iterator[ParquetRows]:
    """The Parquet file of a partition; a member of an archive is held in memory, for it must be read from its end."""
    with reader.open_binary(partition_file.file) as stream:
        if partition_file.file.archive is None:
            yield ParquetRows(stream)
        else:
            with reader.open_lines(partition_file.file) as unpacked:
                yield ParquetRows(io.BytesIO(unpacked.read(partition_file.maximum_bytes)))


def _parquet_records(partition: RawPartition, reader: RawReader) -> Iterator[Record]:
    with open_parquet(reader, partition) as parquet:
        for group, (size, end) in enumerate(zip(parquet.sizes, accumulate(parquet.sizes), strict=True)):
            first = end - size
            start, stop = max(partition.start, first), min(partition.stop, end)
            if start >= stop:
                continue
            # A damaged group is left whole, and reported where it begins, so that chunks of any size agree.
            if not parquet.is_readable(group):
                if start == first:
                    yield broken(first + 1, "unreadable_file", f"The {size} rows that begin here are damaged.")
                continue
            for number, values in enumerate(islice(parquet.rows(group), start - first, stop - first), start + 1):
                record = parquet_record(number, parquet.columns, values)
                record.retrieved_at = partition.retrieved_at
                yield record
