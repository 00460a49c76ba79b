"""What has a name on the map and is no town, unit or country: seas, rivers, mountains, parts of the world; and names of peoples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import SeedError
from pipeline.resources.countries import CountryFacts, split_list
from pipeline.resources.names import Found, NameIndex
from schemas.taxonomy import COUNTRIES

PREFIX = "feature:"
"""What the keys of features begin with; the feature_id follows."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One row of seeds/features.csv.

    Attributes:
        key: `feature:` and the feature_id.
        name: The spelling in which it is written.
        kind: What it is: sea, river, mountains, part of the world and so on.
        countries: Countries it lies in, if they are few.
        latitude: Degrees of a point that stands for it.
        longitude: Degrees of that point.
    """

    key: str
    name: str
    kind: str
    countries: tuple[str, ...]
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class People:
    """Of whom a word speaks: the name of their place, and the country it lies in; None for a part of the world."""

    place: str
    country: str | None


def _feature(row: Mapping[str, str]) -> Feature:
    countries = split_list(row["countries"])
    if unknown := [each for each in countries if each not in COUNTRIES]:
        raise SeedError(f"features: {row['feature_id']}: country {unknown[0]!r} is not in schemas/data/countries.csv.")
    try:
        latitude, longitude = float(row["latitude"]), float(row["longitude"])
    except ValueError:
        raise SeedError(f"features: {row['feature_id']}: latitude and longitude must be numbers of degrees.") from None
    return Feature(PREFIX + row["feature_id"], row["name"], row["kind"], countries, latitude, longitude)


class Features:
    """Features by name."""

    def __init__(self, features: Mapping[str, Feature], names: Mapping[str, Sequence[str]]) -> None:
        """Use `from_rows`."""
        self._features = dict(features)
        self._index = NameIndex(names)

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, str]]) -> Features:
        """Features from rows of seeds/features.csv.

        Raises:
            SeedError: A country is unknown or a coordinate is no number.
        """
        features: dict[str, Feature] = {}
        names: dict[str, list[str]] = {}
        for row in rows:
            feature = _feature(row)
            features[feature.key] = feature
            for name in (feature.name, *split_list(row["alternate_names"])):
                names.setdefault(name, [feature.key]).append(feature.key)
        return cls(features, names)

    def find(self, text: str) -> list[tuple[Found, Feature]]:
        """Features named in a text in order."""
        return [(each, self._features[each.keys[0]]) for each in self._index.find(text)]

    def named(self, name: str) -> Feature | None:
        """The feature of a name."""
        keys = self._index.keys_of(name)
        return self._features[keys[0]] if keys else None


class Peoples:
    """Names of peoples: of countries, and of what is smaller or larger than a country."""

    def __init__(self, peoples: Mapping[str, People]) -> None:
        """Use `from_rows`."""
        self._peoples = dict(peoples)
        self._index = NameIndex({word: [word] for word in peoples})

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, str]], countries: CountryFacts) -> Peoples:
        """Peoples of countries and those of seeds/demonyms.csv, which go first where a word stands in both.

        Raises:
            SeedError: A country is unknown.
        """
        peoples = {word: People(country, country) for word, country in countries.demonyms().items()}
        for row in rows:
            if row["country"] and row["country"] not in COUNTRIES:
                raise SeedError(f"demonyms: {row['words']}: country {row['country']!r} is not in schemas/data/countries.csv.")
            peoples |= dict.fromkeys(split_list(row["words"]), People(row["place"], row["country"] or None))
        return cls(peoples)

    @property
    def words(self) -> list[str]:
        """The names of peoples, sorted."""
        return sorted(self._peoples)

    def find(self, text: str) -> list[tuple[Found, People]]:
        """Peoples named in a text in order."""
        return [(each, self._peoples[each.keys[0]]) for each in self._index.find(text)]


def country_points(rows: Iterable[Mapping[str, str]]) -> dict[str, tuple[float, float]]:
    """Latitude and longitude of a point in the middle of each country, from rows of seeds/country_points.csv.

    Raises:
        SeedError: A country is unknown or a coordinate is no number.
    """
    found = {}
    for row in rows:
        if row["country"] not in COUNTRIES:
            raise SeedError(f"country_points: {row['country']!r} is not in schemas/data/countries.csv.")
        try:
            found[row["country"]] = (float(row["latitude"]), float(row["longitude"]))
        except ValueError:
            raise SeedError(f"country_points: {row['country']}: latitude and longitude must be numbers of degrees.") from None
    return found
