"""How far a point lies from the nearest town of a country, and of any other: what outlines would tell without their errors."""

from __future__ import annotations

from functools import cache

import numpy as np

from pipeline.resources.world import installed_world
from pipeline.resources.world_compile import DEGREE

_KM_A_DEGREE = 111.2


class NearestTowns:
    """The towns of the world by latitude."""

    def __init__(self) -> None:
        """Use the towns of the installed index."""
        names, country, latitude, longitude = installed_world().countries_and_points()
        degrees = np.asarray(latitude, dtype=np.float64) / DEGREE
        order = np.argsort(degrees, kind="stable")
        self._codes = {name: code for code, name in enumerate(names)}
        self._latitude = degrees[order]
        self._longitude = (np.asarray(longitude, dtype=np.float64) / DEGREE)[order]
        self._country = np.asarray(country)[order]

    def lies_abroad(self, latitude: float, longitude: float, country: str, within_km: float) -> bool:
        """Whether a point lies farther than so many km from all towns of a country, and nearer to one of another.

        Args:
            latitude: Degrees.
            longitude: Degrees.
            country: Name; of one without towns nothing can be said.
            within_km: Kilometres.
        """
        code = self._codes.get(country)
        if code is None:
            return False
        # Most points are in order, and those a look at the towns in a narrow band shows.
        low, high = np.searchsorted(self._latitude, (latitude - within_km / _KM_A_DEGREE, latitude + within_km / _KM_A_DEGREE))
        own = self._country[low:high] == code
        if own.any() and self._kilometres(latitude, longitude, slice(low, high))[own].min() <= within_km:
            return False
        away, home = self._kilometres(latitude, longitude, slice(None)), self._country == code
        return bool(home.any() and away[~home].min() < away[home].min())

    def _kilometres(self, latitude: float, longitude: float, towns: slice) -> np.ndarray:
        """Great-circle distances of towns."""
        north, south = np.radians(self._latitude[towns]), np.radians(latitude)
        east = np.radians(self._longitude[towns] - longitude)
        chord = np.sin((north - south) / 2) ** 2 + np.cos(north) * np.cos(south) * np.sin(east / 2) ** 2
        kilometres: np.ndarray = 2 * 6371 * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0)))
        return kilometres


@cache
def nearest_towns() -> NearestTowns:
    """The towns of the installed index, sorted once."""
    return NearestTowns()
