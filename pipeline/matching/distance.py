"""Great-circle distances between many points at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

EARTH_RADIUS_KM = 6371.009
"""Mean radius of the Earth (IUGG), the one that geopy's great circle uses."""
KM_PER_DEGREE = EARTH_RADIUS_KM * np.pi / 180
"""Of latitude."""


def haversine_km(latitude_l: Numbers, longitude_l: Numbers, latitude_r: Numbers, longitude_r: Numbers) -> Numbers:
    """Kilometres between points on a sphere, element by element.

    The haversine form keeps its precision for points a few metres apart, where the law of cosines loses it.

    Args:
        latitude_l: Latitudes of the first points in degrees.
        longitude_l: Their longitudes in degrees.
        latitude_r: Latitudes of the second points in degrees.
        longitude_r: Their longitudes in degrees.
    """
    phi_l, phi_r = np.radians(latitude_l), np.radians(latitude_r)
    half_height = np.sin((phi_r - phi_l) / 2)
    half_width = np.sin(np.radians(longitude_r - longitude_l) / 2)
    chord = half_height**2 + np.cos(phi_l) * np.cos(phi_r) * half_width**2
    distance: Numbers = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0)))
    return distance
