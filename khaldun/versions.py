"""Release versions: `YYYY.M.PATCH`, and `YYYY.M.PATCH-dev` for drafts, ordered by their numbers."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import total_ordering
from pathlib import Path

_FORM = re.compile(r"([1-9]\d{3})\.([1-9]|1[0-2])\.(0|[1-9]\d*)(-dev)?")

RELEASES_FOLDER = Path("data") / "processed" / "releases"
"""Where the releases of a dataset lie, below its root."""


@total_ordering
@dataclass(frozen=True)
class Version:
    """One version. `2026.9.0` comes before `2026.10.0`, and a draft before the release that it is a draft of."""

    year: int
    month: int
    patch: int
    is_dev: bool = False

    @classmethod
    def parse(cls, text: str) -> Version:
        """The version that `text` names.

        Raises:
            ValueError: The text has another form.
        """
        found = _FORM.fullmatch(text)
        if found is None:
            raise ValueError(f"{text!r} is no version: write year.month.patch such as 2026.9.0, or 2026.9.0-dev for a draft")
        return cls(int(found[1]), int(found[2]), int(found[3]), found[4] is not None)

    def __str__(self) -> str:
        """The form that `parse` reads."""
        return f"{self.year}.{self.month}.{self.patch}{'-dev' if self.is_dev else ''}"

    def __lt__(self, other: Version) -> bool:
        """Order by year, month, patch; a draft before its release."""
        return self._order() < other._order()

    def _order(self) -> tuple[int, int, int, bool]:
        return self.year, self.month, self.patch, not self.is_dev

    @property
    def first_day(self) -> dt.date:
        """First day of the version's month: the date of a release that was given none."""
        return dt.date(self.year, self.month, 1)

    def next_patch(self) -> Version:
        """The release after this one in the same month."""
        return Version(self.year, self.month, self.patch + 1)


def parse_version(text: str) -> Version | None:
    """The version that `text` names, or None if it names none."""
    return Version.parse(text) if _FORM.fullmatch(text) else None


def versions(root: str | Path = ".") -> list[str]:
    """Versions of the releases in a dataset's folder, the oldest first; drafts stand before their release.

    Args:
        root: The dataset's folder, which holds `data/processed/releases`.
    """
    folder = Path(root) / RELEASES_FOLDER
    if not folder.is_dir():
        return []
    found = [version for path in folder.iterdir() if path.is_dir() and (version := parse_version(path.name))]
    return [str(version) for version in sorted(found)]
