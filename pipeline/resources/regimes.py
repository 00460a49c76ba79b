"""Regimes: the years in brackets behind the name of a state's forces."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.errors import SeedError
from schemas.taxonomy import COUNTRIES

_WITH_ARTICLE = frozenset(
    {
        "Bahamas",
        "Central African Republic",
        "Comoros",
        "Czech Republic",
        "Democratic Republic of Congo",
        "Dominican Republic",
        "Gambia",
        "Maldives",
        "Marshall Islands",
        "Netherlands",
        "Philippines",
        "Republic of Congo",
        "Seychelles",
        "Solomon Islands",
        "United Arab Emirates",
        "United Kingdom",
        "United States",
    }
)


def read_day(row: Mapping[str, str], column: str, table: str) -> dt.date | None:
    """The ISO day in a cell of a seed row; None if the cell is empty.

    Raises:
        SeedError: It is no day.
    """
    if not row[column]:
        return None
    try:
        return dt.date.fromisoformat(row[column])
    except ValueError:
        key = row.get("actor_id") or row.get("country")
        raise SeedError(f"{table}: {key}: {column} {row[column]!r} is not a day written as 2018-10-25.") from None


def read_bound(row: Mapping[str, str], column: str, table: str) -> dt.date | None:
    """As `read_day`, but of a year or month alone the first day where it opens a span (`valid_from`), the last where it closes one.

    Raises:
        SeedError: It is neither a day nor a month nor a year.
    """
    match = re.fullmatch(r"([12][0-9]{3})(?:-(0[1-9]|1[0-2]))?", row[column])
    if match is None:
        return read_day(row, column, table)
    year, is_first = int(match[1]), column.endswith("_from")
    month = int(match[2] or (1 if is_first else 12))
    return dt.date(year, month, 1 if is_first else calendar.monthrange(year, month)[1])


@dataclass(frozen=True, slots=True)
class Regime:
    """Who governed a country from one day to another; valid_to is None for those still in power."""

    country: str
    valid_from: dt.date
    valid_to: dt.date | None

    def covers(self, day: dt.date) -> bool:
        """Whether it governed on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def covers_year(self, year: int) -> bool:
        """Whether it governed in that year."""
        return self.valid_from.year <= year and (self.valid_to is None or year <= self.valid_to.year)

    @property
    def words(self) -> str:
        """Country and years as in names of state forces: `Iraq (2014-2018)`, `the United States (2025-)`."""
        article = "the " if self.country in _WITH_ARTICLE else ""
        return f"{article}{self.country} ({self.valid_from.year}-{self.valid_to.year if self.valid_to else ''})"


class RegimeTable:
    """Regimes by country and day."""

    def __init__(self, regimes: Iterable[Regime]) -> None:
        """Use `from_rows`."""
        self._by_country: dict[str, list[Regime]] = {}
        for regime in sorted(regimes, key=lambda each: (each.country, each.valid_from)):
            self._by_country.setdefault(regime.country, []).append(regime)

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, str]]) -> RegimeTable:
        """Regimes from rows of seeds/regimes.csv.

        Raises:
            SeedError: A row names an unknown country, lacks its first day, or ends before it begins.
        """
        regimes = []
        for row in rows:
            start, end = read_day(row, "valid_from", "regimes"), read_day(row, "valid_to", "regimes")
            if row["country"] not in COUNTRIES:
                raise SeedError(f"regimes: country {row['country']!r} is not in schemas/data/countries.csv.")
            if start is None or (end is not None and end < start):
                raise SeedError(f"regimes: {row['country']}: valid_from {row['valid_from']!r} is missing or after valid_to.")
            regimes.append(Regime(row["country"], start, end))
        return cls(regimes)

    def all_of(self, country: str) -> tuple[Regime, ...]:
        """Regimes of a country, the oldest first."""
        return tuple(self._by_country.get(country, ()))

    def on(self, country: str, day: dt.date | None) -> tuple[Regime | None, bool]:
        """The regime of a country on a day, and whether the table covers that day.

        On the day of a change the new regime is taken. On a day that the table does not cover, a neighbouring regime is returned
        if its years hold the day's year, else None: no years are invented. Without a day it is the last regime.
        """
        regimes = self._by_country.get(country, [])
        if not regimes or day is None:
            return (regimes[-1] if regimes else None), False
        position = bisect_right([each.valid_from for each in regimes], day) - 1
        if position >= 0 and regimes[position].covers(day):
            return regimes[position], True
        near = regimes[max(position, 0) : position + 2]
        return next((each for each in near if each.covers_year(day.year)), None), False
