"""Territories that several states claim, or that changed hands: to which country each is coded, since when, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import SeedError
from pipeline.resources.countries import split_list
from pipeline.resources.names import fold_name
from schemas.taxonomy import COUNTRIES


@dataclass(frozen=True, slots=True)
class Territory:
    """One row of seeds/disputed.csv.

    Attributes:
        name: Territory.
        names: Its other names.
        country: Country to which it is coded.
        valid_from: First day on which this holds; None if it always held.
        valid_to: Last day on which this holds; None if it still does.
        also_claimed_by: Who else claims it.
        latitude: Degrees of a point in it.
        longitude: Degrees of a point in it.
        reason: Why it is coded so.
    """

    name: str
    names: tuple[str, ...]
    country: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    also_claimed_by: tuple[str, ...]
    latitude: str
    longitude: str
    reason: str

    def holds_on(self, day: dt.date) -> bool:
        """Whether the row is valid on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


def _day(row: Mapping[str, str], column: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(row[column]) if row[column] else None
    except ValueError:
        raise SeedError(f"disputed: {row['territory']}: {column} {row[column]!r} is no day; write YYYY-MM-DD.") from None


def _territory(row: Mapping[str, str]) -> Territory:
    if row["country"] not in COUNTRIES:
        raise SeedError(f"disputed: {row['territory']}: country {row['country']!r} is not in schemas/data/countries.csv.")
    if not row["reason"]:
        raise SeedError(f"disputed: {row['territory']}: give the reason why it is coded to {row['country']}.")
    return Territory(
        name=row["territory"],
        names=split_list(row["names"]),
        country=row["country"],
        valid_from=_day(row, "valid_from"),
        valid_to=_day(row, "valid_to"),
        also_claimed_by=split_list(row["also_claimed_by"]),
        latitude=row["latitude"],
        longitude=row["longitude"],
        reason=row["reason"],
    )


class DisputedTerritories:
    """The written table of territories."""

    def __init__(self, territories: Sequence[Territory]) -> None:
        """Use `from_rows`."""
        self._territories = tuple(territories)
        self._dated = {each.name for each in territories if each.valid_from or each.valid_to}

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, str]]) -> DisputedTerritories:
        """Territories from rows of seeds/disputed.csv.

        Raises:
            SeedError: A country is unknown, a day cannot be read, or the reason is missing.
        """
        return cls([_territory(row) for row in rows])

    def country_on(self, territory: str, day: dt.date | None) -> str:
        """The country that an act in a territory, or in a country that once was one, is coded to on a day.

        A name that the table does not date, and a missing day, leave the name as it is.
        """
        if territory in self._dated and day is not None:
            return next((each.country for each in self._territories if each.name == territory and each.holds_on(day)), territory)
        return territory

    def reason(self, names: Iterable[str]) -> str | None:
        """Why the first of some names that is in the table is coded as it is; None if none is there."""
        known = {fold_name(name): each for each in reversed(self._territories) for name in (each.name, *each.names)}
        told = next((known[folded] for name in names if (folded := fold_name(name)) in known), None)
        return None if told is None else f"coded to {told.country}: {told.reason}"

    def add_to(self, places: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
        """Rows of places with the territories among them.

        A unit of the same name in the country takes over the territory's other names; a territory without one becomes a region.
        """
        rows = [dict(row) for row in places]
        units: dict[tuple[str, str], dict[str, str]] = {}
        for row in rows:
            for name in (row["name"], *split_list(row["alternate_names"])) if row["kind"] != "admin2" else ():
                units.setdefault((row["country"], fold_name(name)), row)
        for each in self._territories:
            # Whole countries have names of their own.
            if each.name in COUNTRIES:
                continue
            unit = units.get((each.country, fold_name(each.name)))
            if unit is None:
                rows.append(_region(each, rows[0] if rows else {}))
            else:
                known = {fold_name(name) for name in (unit["name"], *split_list(unit["alternate_names"]))}
                more = [name for name in each.names if fold_name(name) not in known]
                unit["alternate_names"] = "; ".join((*split_list(unit["alternate_names"]), *more))
        return rows


def _region(territory: Territory, like: Mapping[str, str]) -> dict[str, str]:
    slug = fold_name(territory.name).replace("'", "").replace(" ", "-")
    return dict.fromkeys(like, "") | {
        "place_id": f"disputed:{slug}",
        "name": territory.name,
        "alternate_names": "; ".join(territory.names),
        "kind": "region",
        "country": territory.country,
        "admin1": "",
        "admin2": "",
        "admin3": "",
        "latitude": territory.latitude,
        "longitude": territory.longitude,
        "parent_place_id": "",
        "capital_place_id": "",
    }
