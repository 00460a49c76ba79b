"""Which events, articles and outlets may not be shown as they are, and until when: reviewed rows of seeds/sensitivity.csv."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pipeline.errors import SeedError

LEVELS: Final = ("open", "coarsen", "withhold")
"""From shown as it is to not shown at all."""
SUBJECTS: Final = ("event", "article", "source")


@dataclass(frozen=True)
class Marking:
    """One row of seeds/sensitivity.csv.

    Attributes:
        subject: event, article or source.
        key: Permanent id of the event; article_id, or the id that the article came with; source_id.
        sensitivity: coarsen or withhold.
        embargo_until: First day on which a release may show it as it is; None for ever.
    """

    subject: str
    key: str
    sensitivity: str
    embargo_until: dt.date | None

    @classmethod
    def from_row(cls, row: Mapping[str, str]) -> Marking:
        """The marking in a row of the seed table.

        Raises:
            SeedError: A cell is missing or cannot be; says which and what to write.
        """
        where = f"seeds/sensitivity.csv: {row['subject']} {row['key']}"
        if row["subject"] not in SUBJECTS or not row["key"]:
            raise SeedError(f"{where}: subject is one of {', '.join(SUBJECTS)}, and key names it.")
        if row["sensitivity"] not in LEVELS[1:]:
            raise SeedError(f"{where}: sensitivity {row['sensitivity']!r} is none of {', '.join(LEVELS[1:])}.")
        if not row["reason"]:
            raise SeedError(f"{where}: reason is missing. It is not published.")
        try:
            until = dt.date.fromisoformat(row["embargo_until"]) if row["embargo_until"] else None
        except ValueError:
            raise SeedError(f"{where}: embargo_until {row['embargo_until']!r} is no day, YYYY-MM-DD.") from None
        return cls(row["subject"], row["key"], row["sensitivity"], until)

    def holds_on(self, day: dt.date) -> bool:
        """Whether a release of that day must heed it."""
        return self.embargo_until is None or day < self.embargo_until


def markings_from_rows(rows: Iterable[Mapping[str, str]]) -> tuple[Marking, ...]:
    """All markings in the order of the rows.

    Raises:
        SeedError: A row cannot be used.
    """
    return tuple(Marking.from_row(row) for row in rows)


def strictest(levels: Iterable[str]) -> str:
    """The level that shows least; open if there is none."""
    return max(levels, key=LEVELS.index, default="open")
