"""One record of each kind of file as named values, or the reason why it has none."""

from __future__ import annotations

import csv
import datetime as dt
import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from pipeline.ingest.problems import Action, shorten
from pipeline.ingest.units import MAXIMUM_UNIT_BYTES, Unit

FIELDS: Final = (
    "id", "url", "source", "title", "text", "published_at", "language", "version_of", "translation_of", "original_language",
    "retrieved_at",
)  # fmt: skip
"""Fields of an article that a raw file may give."""


MAXIMUM_SEEN: Final = 200
"""Different outlets, and unknown fields, of one file that are reported one by one."""


class GivenNumber(str):
    """A number as the file spells it: 007 and 7 stay two ids."""

    __slots__ = ()


class NotANumber:
    """NaN or an infinity, which some programs write for a missing value."""

    __slots__ = ()


NOT_A_NUMBER: Final = NotANumber()

Flaw = tuple[str, str, Action | None]
"""Code, what was found, and the action if not the code's own."""


@dataclass(slots=True)
class Record:
    """One record of a raw file.

    Attributes:
        line: First line or row in its file, from 1.
        values: Its fields by name, unknown ones left out; None if it could not be taken apart.
        flaws: What was found wrong so far.
        unknown: Names of its unknown fields.
        retrieved_at: Moment of retrieval by the sidecar, used if the record gives none.
    """

    line: int
    values: dict[str, object] | None
    flaws: list[Flaw] = field(default_factory=list)
    unknown: tuple[str, ...] = ()
    retrieved_at: str | None = None


class _Pairs(list[tuple[str, object]]):
    """The members of a JSON object in order, so that two of one name are seen."""


def _constant(_: str) -> NotANumber:
    return NOT_A_NUMBER


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_Pairs, parse_int=GivenNumber, parse_float=GivenNumber, parse_constant=_constant
)


class Seen:
    """Outlets and unknown fields met so far in one file: each is reported once, and only so many of them."""

    def __init__(self, columns: Iterable[str] = (), sources: Iterable[str] = ()) -> None:
        """Those met in earlier chunks of the file."""
        self.columns = set(columns)
        self.sources = set(sources)

    def new_columns(self, columns: Iterable[str]) -> list[str]:
        """Those of the fields that are met for the first time."""
        new = []
        for column in columns:
            if column not in self.columns and len(self.columns) < MAXIMUM_SEEN:
                self.columns.add(column)
                new.append(column)
        return new

    def is_new_source(self, source: str | None) -> bool:
        """Whether the outlet is met for the first time."""
        if source is None or source in self.sources or len(self.sources) >= MAXIMUM_SEEN:
            return False
        self.sources.add(source)
        return True


def source_name(values: dict[str, object]) -> str | None:
    """Name of the outlet on one line, without the semicolon that parts names in lists; None if there is none."""
    given = values.get("source")
    if not isinstance(given, str):
        return None
    name = unicodedata.normalize("NFC", "".join(" " if unicodedata.category(each) == "Cc" else each for each in given))
    plain = " ".join(name.replace(";", ",").split())
    return plain.encode("utf-8", "replace").decode("utf-8") or None


def broken(line: int, code: str, found: str) -> Record:
    """A record that could not be taken apart."""
    return Record(line, None, [(code, found, None)])


def decode_unit(unit: Unit, encoding: str) -> str | Record:
    """The text of a unit, or the broken record that stands for it."""
    if unit.flaw == "line_too_long":
        return broken(unit.line, unit.flaw, f"The line is longer than {MAXIMUM_UNIT_BYTES // 1024**2} MiB.")
    if unit.flaw:
        return broken(unit.line, unit.flaw, "A quoted value that begins here is never closed.")
    try:
        text = unit.data.decode(encoding)
    except UnicodeError as error:
        where = f" at byte {error.start + 1}" if isinstance(error, UnicodeDecodeError) else ""
        return broken(unit.line, "undecodable", f"Not {encoding}{where} of the record.")
    if "\x00" in text:
        return broken(unit.line, "nul_bytes", "The record holds NUL bytes.")
    return text


def json_record(unit: Unit, encoding: str) -> Record:
    """One line of a JSON Lines file."""
    text = decode_unit(unit, encoding)
    if isinstance(text, Record):
        return text
    try:
        found = _DECODER.decode(text.strip())
    except json.JSONDecodeError as error:
        return broken(unit.line, "broken_json", f"{error.msg}, character {error.pos + 1} of the line.")
    except RecursionError:
        return broken(unit.line, "nested_too_deeply", "Objects or lists are nested too deeply to be read.")
    if not isinstance(found, _Pairs):
        return broken(unit.line, "not_an_object", "The line is no JSON object.")
    names = [name.strip().lower() for name, _ in found]
    if repeated := sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []:
        return broken(unit.line, "duplicate_key", f"Given more than once: {', '.join(map(shorten, repeated[:10]))}.")
    values = {name: value for name, (_, value) in zip(names, found, strict=True) if name in FIELDS}
    return Record(unit.line, values, unknown=tuple(sorted(set(names) - set(FIELDS))))


def csv_values(text: str, delimiter: str) -> list[str]:
    """The values of one CSV record.

    Raises:
        csv.Error: The quoting is broken.
    """
    # The module's limit is one of the whole process; units are never longer than this.
    csv.field_size_limit(MAXIMUM_UNIT_BYTES)
    return next(csv.reader([text], delimiter=delimiter, strict=True), [])


def csv_record(unit: Unit, encoding: str, header: Sequence[str], delimiter: str) -> Record:
    """One record of a CSV file; an empty value is a missing one."""
    text = decode_unit(unit, encoding)
    if isinstance(text, Record):
        return text
    try:
        values = csv_values(text, delimiter)
    except csv.Error as error:
        return broken(unit.line, "broken_csv", f"The quoting is broken ({error}).")
    if len(values) != len(header):
        return broken(unit.line, "row_length", f"The row has {len(values)} values, the first line {len(header)} columns.")
    return Record(unit.line, {name: value for name, value in zip(header, values, strict=True) if value})


def plain_value(value: object) -> object:
    """A value of a Parquet column as a JSON or CSV file would give it."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int):
        return GivenNumber(value)
    if isinstance(value, float):
        return GivenNumber(repr(value)) if value - value == 0 else NOT_A_NUMBER
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return value


def parquet_record(row: int, columns: Sequence[str], values: Iterable[object]) -> Record:
    """One row of a Parquet file."""
    record = Record(row, {})
    for name, value in zip(columns, values, strict=True):
        if isinstance(value, UnicodeDecodeError):
            return broken(row, "undecodable", f"Column {name} is not UTF-8.")
        if record.values is not None:
            record.values[name] = plain_value(value)
    return record
