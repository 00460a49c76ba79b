"""Which version may be published, with which date, and which release it is compared with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from khaldun.versions import Version
from pipeline.errors import InputError, RefusedError


@dataclass(frozen=True)
class Plan:
    """What is published: version, date and the release before it (None for the first)."""

    version: Version
    date: dt.date
    previous: Version | None


def parse_date(text: str) -> dt.date:
    """The day that `text` names as year-month-day.

    Raises:
        InputError: It names none.
    """
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{text!r} is no date: write year-month-day, such as 2026-09-01.") from None


def parse_version(text: str) -> Version:
    """The version that `text` names.

    Raises:
        InputError: It has another form.
    """
    try:
        return Version.parse(text)
    except ValueError as error:
        raise InputError(f"{error}.") from None


def plan_release(version: Version, previous: Version | None, date: dt.date | None, published: Iterable[Version]) -> Plan:
    """The release before a new version, and its date.

    Args:
        version: The new version.
        previous: The release to compare with; the highest one below the new version if None.
        date: The new release's date; the first day of its month if None.
        published: Versions in the ledger.

    Raises:
        RefusedError: The version is not above every other one published, or above `previous`.
        InputError: `previous` is not in the ledger.
    """
    known = sorted(published)
    if known and version not in known and version < known[-1]:
        raise RefusedError(
            f"{version} is below {known[-1]}, which is published. Choose a higher version, such as {known[-1].next_patch()}."
        )
    below = [each for each in known if each < version]
    if previous is not None and previous not in below:
        listed = ", ".join(map(str, below)) or "none"
        raise InputError(f"--previous {previous}: no such release below {version} in data/raw/ledger. There: {listed}.")
    found = previous if previous is not None else (below[-1] if below else None)
    return Plan(version, date or version.first_day, found)
