"""What is known of countries beyond the taxonomy: their names, their people's names, clocks, weekends and capitals."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.errors import SeedError
from pipeline.resources.names import fold_name
from schemas.taxonomy import COUNTRIES

_DAYS = {"Mon": 0, "Tue": 1, "Wed": 2, "Thu": 3, "Fri": 4, "Sat": 5, "Sun": 6}
_USUAL_WEEKEND = (5, 6)


def split_list(cell: str) -> tuple[str, ...]:
    """The parts of a cell that are joined by `; `."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def digest_of_row(row: Mapping[str, str]) -> str:
    """SHA-256 over the values of a seed row; remarks do not count."""
    return hashlib.sha256(repr(sorted((k, v) for k, v in row.items() if k != "note")).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class CountryFact:
    """One row of seeds/countries.csv."""

    country: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: str | None
    utc_offset: float | None
    weekend: tuple[int, int]
    digest: str


def _weekend(row: Mapping[str, str]) -> tuple[int, int]:
    if not row["weekend"]:
        return _USUAL_WEEKEND
    first, _, last = row["weekend"].partition("-")
    try:
        return _DAYS[first], _DAYS[last or first]
    except KeyError:
        raise SeedError(f"countries: {row['country']}: weekend {row['weekend']!r} is not written like Fri-Sat.") from None


def _offset(row: Mapping[str, str]) -> float | None:
    try:
        return float(row["utc_offset"]) if row["utc_offset"] else None
    except ValueError:
        raise SeedError(f"countries: {row['country']}: utc_offset {row['utc_offset']!r} is not a number of hours.") from None


class CountryFacts:
    """Names, demonyms, clocks, weekends and capitals of countries."""

    def __init__(self, facts: Mapping[str, CountryFact]) -> None:
        """Use `from_rows`."""
        self._facts = dict(sorted(facts.items()))
        self._names: dict[str, str] = {}
        self._demonyms: dict[str, str] = {}
        for country, fact in self._facts.items():
            for name in (country, *fact.names):
                self._names[name] = country
            for demonym in fact.demonyms:
                self._demonyms[demonym] = country
        self._peoples = {demonym.lower(): country for demonym, country in self._demonyms.items() if " " not in demonym}
        self._by_word = {fold_name(word): country for word, country in sorted({**self._demonyms, **self._names}.items())}

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, str]]) -> CountryFacts:
        """Facts from rows of seeds/countries.csv; countries without a row are known by name.

        Raises:
            SeedError: A row names a country that the taxonomy lacks, or its weekend or clock cannot be read.
        """
        facts = {country: CountryFact(country, (), (), None, None, _USUAL_WEEKEND, "") for country in COUNTRIES}
        for row in rows:
            country = row["country"]
            if country not in COUNTRIES:
                raise SeedError(f"countries: {country!r} is not in the list of countries; see schemas/data/countries.csv.")
            facts[country] = CountryFact(
                country=country,
                names=split_list(row["names"]),
                demonyms=split_list(row["demonyms"]),
                capital=row["capital"] or None,
                utc_offset=_offset(row),
                weekend=_weekend(row),
                digest=digest_of_row(row),
            )
        return cls(facts)

    def name_of(self, word: str) -> str | None:
        """The country that a name or demonym stands for, in any case; None if it is neither."""
        return self._by_word.get(fold_name(word))

    def people(self, word: str) -> str | None:
        """The country whose people or things a word in small letters stands for, such as `nigerian`."""
        return self._peoples.get(word)

    def peoples_among(self, words: Iterable[str]) -> dict[str, str]:
        """Those of some words in small letters that stand for a country's people or things, with the country."""
        return {word: self._peoples[word] for word in self._peoples.keys() & words}

    def names(self) -> dict[str, str]:
        """Country by each of its names."""
        return dict(self._names)

    def demonyms(self) -> dict[str, str]:
        """Country by each adjective and each name of its people."""
        return dict(self._demonyms)

    def utc_offset(self, country: str) -> float | None:
        """Standard hours that local time is ahead of UTC; None if not known. Summer time is not counted."""
        fact = self._facts.get(country)
        return fact.utc_offset if fact else None

    def weekend(self, country: str) -> tuple[int, int]:
        """First and last day of the weekend, Monday being 0; Saturday and Sunday if not known."""
        fact = self._facts.get(country)
        return fact.weekend if fact else _USUAL_WEEKEND

    def capital(self, country: str) -> str | None:
        """Name of the capital; None if not known."""
        fact = self._facts.get(country)
        return fact.capital if fact else None

    def digest(self, country: str) -> str:
        """SHA-256 over the country's row; empty if it has none."""
        fact = self._facts.get(country)
        return fact.digest if fact else ""
