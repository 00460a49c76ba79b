"""Distances against an independent library."""

import numpy as np
import pytest
from geopy.distance import great_circle
from hypothesis import given
from hypothesis import strategies as st

from pipeline.matching.distance import haversine_km

points = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(st.lists(st.tuples(points, points), min_size=1, max_size=5))
def test_distances_are_those_of_geopy(pairs):
    left, right = np.array([one for one, _ in pairs]), np.array([two for _, two in pairs])
    found = haversine_km(left[:, 0], left[:, 1], right[:, 0], right[:, 1])
    assert found == pytest.approx([great_circle(one, two).km for one, two in pairs], abs=1e-3, rel=1e-6)


def test_points_across_the_180th_meridian_are_near():
    found = haversine_km(np.array([-17.0]), np.array([179.95]), np.array([-17.0]), np.array([-179.95]))
    assert found[0] == pytest.approx(10.6, abs=0.1)
