"""A text file as units, each the bytes of one record, found without decoding: so that a chunk can be read alone."""

from __future__ import annotations

import csv
import hashlib
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.ingest.files import Lines, explained

MAXIMUM_UNIT_BYTES: Final = 16 * 1024 * 1024
"""A longer line is no record: it is skipped without being held in memory."""
MAXIMUM_UNIT_LINES: Final = 5_000
"""A quoted value that spans more lines was never closed."""

DELIMITERS: Final = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class Unit:
    """The bytes of one record.

    Attributes:
        line: Its first line in the file, from 1.
        offset: Its first byte in the file.
        data: Its bytes with the line end; a digest of them if they are too many.
        flaw: Code of what keeps it from being read, or None.
    """

    line: int
    offset: int
    data: bytes
    flaw: str | None = None


def line_units(stream: Lines, *, line: int = 1, offset: int = 0) -> Iterator[Unit]:
    """The lines of a stream; `line` and `offset` are where it stands.

    Raises:
        UnreadableFileError: The stream breaks off.
    """
    while True:
        with explained():
            data = stream.readline(MAXIMUM_UNIT_BYTES)
            if not data:
                return
            size, flaw = len(data), None
            if size == MAXIMUM_UNIT_BYTES and not data.endswith(b"\n"):
                digest = hashlib.sha256(data)
                while not data.endswith(b"\n") and (data := stream.readline(MAXIMUM_UNIT_BYTES)):
                    digest.update(data)
                    size += len(data)
                data, flaw = digest.digest(), "line_too_long"
        yield Unit(line, offset, data, flaw)
        line, offset = line + 1, offset + size


def record_units(lines: Iterator[Unit]) -> Iterator[Unit]:
    """Lines that are not blank: the records of a JSON Lines file."""
    return (unit for unit in lines if unit.flaw or unit.data.strip())


def csv_units(lines: Iterator[Unit], delimiter: str) -> Iterator[Unit]:
    """The records of a CSV file, whose quoted values may span lines.

    A quoted value that is never closed costs the line on which it opens, not the rest of the file.
    """
    separator = delimiter.encode("ascii")
    waiting: deque[Unit] = deque()
    while True:
        record: list[Unit] = []
        is_open, is_astray, size = False, False, 0
        for unit in _from(waiting, lines):
            if unit.flaw:
                record.append(unit)
                break
            if not record and not unit.data.strip():
                continue
            record.append(unit)
            size += len(unit.data)
            is_open, is_astray = _quotes_after(unit.data, separator, is_open)
            if not is_open or is_astray or len(record) > MAXIMUM_UNIT_LINES or size > MAXIMUM_UNIT_BYTES:
                break
        if not record:
            return
        first = record[0]
        if is_open or (len(record) > 1 and (is_astray or record[-1].flaw)):
            waiting.extendleft(reversed(record[1:]))
            yield Unit(first.line, first.offset, first.data, "unclosed_quote")
        else:
            yield first if len(record) == 1 else Unit(first.line, first.offset, b"".join(unit.data for unit in record))


def _from(waiting: deque[Unit], lines: Iterator[Unit]) -> Iterator[Unit]:
    while True:
        if waiting:
            yield waiting.popleft()
        elif (unit := next(lines, None)) is not None:
            yield unit
        else:
            return


def _quotes_after(line: bytes, separator: bytes, is_open: bool) -> tuple[bool, bool]:
    """Whether a quoted value is open after a line, and whether one ended amid other characters."""
    if b'"' not in line:
        return is_open, False
    at = 0
    while True:
        if is_open:
            at = line.find(b'"', at)
            if at < 0:
                return True, False
            if line[at + 1 : at + 2] == b'"':
                at += 2
                continue
            is_open = False
            at += 1
            if line[at : at + 1] not in (separator, b"\r", b"\n", b""):
                return False, True
        elif line[at : at + 1] == b'"':
            is_open = True
            at += 1
            continue
        at = line.find(separator, at)
        if at < 0:
            return False, False
        at += 1


def delimiter_of(header: str, known: Sequence[str]) -> str:
    """The delimiter by which a header names most known columns; a comma if none does better."""

    def named(delimiter: str) -> int:
        try:
            names = next(csv.reader([header], delimiter=delimiter), [])
        except csv.Error:
            return 0
        return sum(name.strip().lower() in known for name in names)

    return max(DELIMITERS, key=named)
