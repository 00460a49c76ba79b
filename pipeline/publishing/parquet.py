"""Parquet files whose bytes depend on their rows and on the library's version alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

ROWS_PER_GROUP = 65_536

WRITER_OPTIONS: dict[str, Any] = {
    "version": "2.6",
    "compression": "zstd",
    "compression_level": 3,
    "use_dictionary": True,
    "write_statistics": True,
    "data_page_version": "1.0",
    # The Arrow schema would be one more block that changes with the library; all our types read back without it.
    "store_schema": False,
}


def write_parquet(table: pa.Table, path: Path) -> None:
    """Write one table with every option of the writer pinned; pandas metadata never gets in, other metadata is kept."""
    metadata = {key.decode(): value.decode() for key, value in (table.schema.metadata or {}).items() if key != b"pandas"}
    plain = table.replace_schema_metadata(None).combine_chunks()
    with pq.ParquetWriter(path, plain.schema, **WRITER_OPTIONS) as writer:
        writer.write_table(plain, row_group_size=ROWS_PER_GROUP)
        if metadata:
            writer.add_key_value_metadata(metadata)
