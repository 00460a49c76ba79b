"""What publishing needs of a dataset's state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import pandas as pd


class StateReader(Protocol):
    """Read access to the committed state of a dataset."""

    def tables(self) -> list[str]:
        """Names of the tables that the state holds."""
        ...

    def read(self, table: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """One table, or some of its columns, sorted by its key."""
        ...

    def batches(self, table: str, columns: Sequence[str] | None = None, rows: int = 50_000) -> Iterator[pd.DataFrame]:
        """The same in pieces of at most `rows` rows, in the order of the key."""
        ...

    def inputs(self) -> dict[str, str]:
        """Digests of what the state was made from, by name: seeds, settings and code of each stage, libraries, raw, decisions."""
        ...
