"""Rows of seeds/places.csv as places."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.errors import SeedError
from pipeline.resources.place import KIND_ORDER, Place
from schemas.taxonomy import COUNTRIES


def _number(row: Mapping[str, str], column: str, limit: float) -> float:
    try:
        value = float(row[column])
    except ValueError:
        raise SeedError(f"places: {row['place_id']}: {column} {row[column]!r} is not a number of degrees.") from None
    if not -limit <= value <= limit:
        raise SeedError(f"places: {row['place_id']}: {column} {value} lies outside -{limit:g} to {limit:g}.")
    return round(value, 4)


def place_of_row(row: Mapping[str, str]) -> Place:
    """The place of a row of seeds/places.csv.

    Raises:
        SeedError: The row has an unknown country or kind, or coordinates that cannot be.
    """
    if row["country"] not in COUNTRIES:
        raise SeedError(f"places: {row['place_id']}: country {row['country']!r} is not in schemas/data/countries.csv.")
    if row["kind"] not in KIND_ORDER:
        raise SeedError(f"places: {row['place_id']}: kind {row['kind']!r} is none of {', '.join(KIND_ORDER)}.")
    return Place(
        place_id=row["place_id"],
        name=row["name"],
        kind=row["kind"],
        country=row["country"],
        admin1=row["admin1"] or None,
        admin2=row["admin2"] or None,
        admin3=row["admin3"] or None,
        latitude=_number(row, "latitude", 90),
        longitude=_number(row, "longitude", 180),
        parent_place_id=row["parent_place_id"] or None,
        capital_place_id=row["capital_place_id"] or None,
    )
