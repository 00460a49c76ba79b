"""Rules on places."""

from __future__ import annotations

import pandas as pd

from pipeline.checking.check import ACLED, BOTH, EVENTS, KHALDUN, Tables, across_tables, in_row, is_true
from pipeline.resources.nearest_towns import nearest_towns
from schemas.taxonomy import COUNTRIES

# No outlines of countries are shipped: they put border towns such as Goma into the wrong country.
_NEAR_KM = 25

_ISO = {name: each.iso for name, each in COUNTRIES.items()}
_GWNO = {name: each.gwno for name, each in COUNTRIES.items()}
_REGION = {name: each.region for name, each in COUNTRIES.items()}


@in_row(
    "iso_not_of_country",
    "hard",
    BOTH,
    "country decides iso.",
    "iso is {iso}, which is not the number of {country}: correct one of the two.",
    source=ACLED,
)
def iso_not_of_country(frame: pd.DataFrame) -> pd.Series:
    """Rows with the ISO number of another country."""
    return frame["iso"] != frame["country"].map(_ISO).astype("Int32")


@in_row(
    "region_not_of_country",
    "hard",
    BOTH,
    "country decides region.",
    "region is {region}, in which {country} does not lie: correct one of the two.",
    source=ACLED,
)
def region_not_of_country(frame: pd.DataFrame) -> pd.Series:
    """Rows with the region of another country."""
    return frame["region"] != frame["country"].map(_REGION)


@in_row(
    "gwno_not_of_country",
    "hard",
    BOTH,
    "country decides gwno, which is null for territories that are no state.",
    "gwno is {gwno}, which is not the number of {country}: correct one of the two.",
)
def gwno_not_of_country(frame: pd.DataFrame) -> pd.Series:
    """Rows with the Gleditsch-Ward number of another country."""
    expected = frame["country"].map(_GWNO).astype("Int32")
    one_lacks = frame["gwno"].isna() != expected.isna()
    return frame["country"].notna() & (one_lacks | is_true(frame["gwno"] != expected))


@in_row(
    "coordinates_too_fine",
    "soft",
    BOTH,
    "Coordinates have at most four decimals: the point stands for a place, not for a street.",
    "The point {latitude}, {longitude} has more than four decimals: round it.",
    source=ACLED,
)
def coordinates_too_fine(frame: pd.DataFrame) -> pd.Series:
    """Rows whose coordinates feign accuracy."""
    fine = [is_true((frame[name] - frame[name].round(4)).abs() > 1e-9) for name in ("latitude", "longitude")]
    return fine[0] | fine[1]


@in_row(
    "country_as_location",
    "soft",
    BOTH,
    "The location is finer than the country, some Strategic developments aside.",
    "location is {location}, the whole country: name the place, or drop the row if none is told.",
    source=ACLED,
)
def country_as_location(frame: pd.DataFrame) -> pd.Series:
    """Rows placed nowhere but in their country; cities that are called like their country have precision 1."""
    is_country = is_true(frame["location"] == frame["country"]) & is_true(frame["geo_precision"] != 1)
    return is_country & (frame["event_type"] != "Strategic developments")


@in_row(
    "coordinates_outside_country",
    "soft",
    BOTH,
    f"Coordinates lie within {_NEAR_KM} km of a town of the country, or nearer to one of its towns than to any other country's "
    "(GeoNames). Countries without a known town are not checked.",
    "The point {latitude}, {longitude} of {location} lies far from all towns of {country} and nearer to another country: look at "
    "the coordinates and the country.",
)
def coordinates_outside_country(frame: pd.DataFrame) -> pd.Series:
    """Rows whose point lies nearer to another country than to theirs, and far from all of its towns."""
    points = frame[["latitude", "longitude", "country"]].dropna().drop_duplicates()
    abroad = {
        (latitude, longitude, country)
        for latitude, longitude, country in points.itertuples(index=False, name=None)
        if nearest_towns().lies_abroad(latitude, longitude, country, _NEAR_KM)
    }
    rows = zip(frame["latitude"], frame["longitude"], frame["country"], strict=True)
    return pd.Series([row in abroad for row in rows], index=frame.index, dtype=bool)


@across_tables(
    "exact_place_for_area",
    "soft",
    BOTH,
    "geo_precision 1 is kept for towns and the like: where the text names only a province or district, its seat stands for it with "
    "precision 2 or 3.",
    "geo_precision is 1, but the text names only {found}, for which {location} stands: take precision 2 for a district, 3 for a "
    "province.",
)
def exact_place_for_area(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    """Rows that claim the precision of a town for an area, with the area."""
    areas = tables.places[tables.places["kind"] != "town"].set_index("place_id")
    described = (areas["name"] + " (" + areas["kind"] + ")").to_dict()
    return frame["place_id"].map(described).astype("string").where(is_true(frame["geo_precision"] == 1))


@across_tables(
    "outside_countries",
    "soft",
    EVENTS,
    "Events lie in the countries that dataset.toml says the dataset covers.",
    "{country} is none of the dataset's countries: correct it, or add it to dataset.countries.",
    source=KHALDUN,
)
def outside_countries(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    """Events in other countries than those of the dataset."""
    if not tables.countries:
        return pd.Series(False, index=frame.index)
    return ~frame["country"].isin(sorted(tables.countries))
