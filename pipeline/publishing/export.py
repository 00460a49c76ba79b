"""Export of the committed state: every table, one Parquet file each, the texts of the articles included."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq

from pipeline.durable import replacing
from pipeline.errors import InputError
from pipeline.publishing.parquet import ROWS_PER_GROUP, WRITER_OPTIONS
from pipeline.publishing.reading import arrow_batches
from pipeline.publishing.state import StateReader
from schemas.arrow import arrow_schema
from schemas.tables import TABLES


def export_tables(state: StateReader, out: Path) -> dict[str, int]:
    """Write every table of the layer `state` to `<out>/<table>.parquet`, sorted by its key, and return their numbers of rows.

    Tables are read and written one batch at a time. A file is replaced as a whole: a reader never sees half of one. Rows of every
    status are written, rejected and superseded ones too.

    Args:
        state: The committed state.
        out: Folder to write to; made if it is missing.

    Raises:
        InputError: The folder cannot be written to.
    """
    rows = {}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, table in TABLES.items():
            if table.layer == "state":
                rows[name] = _export(state, name, out / f"{name}.parquet")
    except OSError as error:
        raise InputError(f"{out}: cannot be written to ({error}). Choose another folder, or make room.") from None
    return rows


def _export(state: StateReader, name: str, path: Path) -> int:
    rows = 0
    with replacing(path) as file, pq.ParquetWriter(file, arrow_schema(name), **WRITER_OPTIONS) as writer:
        for batch in arrow_batches(state, name) if name in state.tables() else ():
            rows += batch.num_rows
            writer.write_table(batch, row_group_size=ROWS_PER_GROUP)
    return rows
