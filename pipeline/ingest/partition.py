"""A piece of the raw input that is read on its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.ingest.files import RawFile
from pipeline.ingest.problems import Problem

Kind = Literal["json_lines", "csv", "sidecar", "parquet", "refused"]


@dataclass(frozen=True, kw_only=True, slots=True)
class RawPartition:
    """A raw file or a fixed chunk of one. Equal digests give equal rows.

    Attributes:
        name: Path below data/raw and number of the chunk, as `press/2021.jsonl#0`; unique in a scan.
        file: The file; for `refused` one without a path.
        kind: How it is read. `sidecar` is an articles.csv that names text files; `refused` holds what the scan could not use.
        start: Number of the first record, from 0.
        stop: Number after the last record.
        line: Line at which the first record begins.
        offset: Byte at which it begins; None where records before it have to be passed one by one.
        encoding: Encoding of text without a byte-order mark.
        maximum_bytes: Bytes that may be unpacked from one file.
        retrieved_at: Moment of retrieval by the file's .meta.json.
        seen_columns: Unknown fields of earlier chunks, which were reported there.
        seen_sources: Outlets of earlier chunks.
        problems: What the scan found, for `refused`.
        digest: SHA-256 of all that its rows depend on except resources and settings.
    """

    name: str
    file: RawFile
    kind: Kind
    start: int = 0
    stop: int = 0
    line: int = 1
    offset: int | None = None
    encoding: str = "utf-8"
    maximum_bytes: int = 0
    retrieved_at: str | None = None
    seen_columns: tuple[str, ...] = ()
    seen_sources: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    digest: str = ""

    @property
    def path(self) -> str:
        """POSIX path below data/raw."""
        return self.file.path
