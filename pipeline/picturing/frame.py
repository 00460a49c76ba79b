"""The part of the earth that a map shows, and how degrees become pixels.

The projection is the plain one: a degree is as long everywhere on the map, and true to scale at its middle latitude.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

_MARGIN, _LEAST_MARGIN = 0.08, 0.8  # of the window, and in degrees
_LEAST = 4.0  # degrees from side to side, around a single place
_STEPS = (0.25, 0.5, 1, 2, 5, 10, 15, 30)


@dataclass(frozen=True)
class Frame:
    """A window on the earth.

    Attributes:
        west: Longitude of the left side, in degrees.
        east: Longitude of the right side.
        south: Latitude of the lower side.
        north: Latitude of the upper side.
        width: Pixels from side to side.
        height: Pixels from top to bottom.
    """

    west: float
    east: float
    south: float
    north: float
    width: int
    height: int

    @classmethod
    def around(cls, points: Iterable[tuple[float, float]], width: int, heights: tuple[int, int]) -> Frame:
        """The window that holds all points with a margin.

        Args:
            points: Longitudes and latitudes.
            width: Pixels from side to side.
            heights: Least and greatest height in pixels; the window is widened to fit.
        """
        places = list(points)
        west, east = _spread([longitude for longitude, _ in places])
        south, north = _spread([latitude for _, latitude in places])
        squeeze = math.cos(math.radians((south + north) / 2))
        height = round(width * (north - south) / ((east - west) * squeeze))
        if height < heights[0]:
            south, north = _grow(south, north, (east - west) * squeeze * heights[0] / width)
            height = heights[0]
        elif height > heights[1]:
            west, east = _grow(west, east, (north - south) / squeeze * width / heights[1])
            height = heights[1]
        return cls(west, east, south, north, width, height)

    def pixel(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a point stands, from the upper left corner."""
        return (
            (longitude - self.west) / (self.east - self.west) * self.width,
            (self.north - latitude) / (self.north - self.south) * self.height,
        )

    def holds(self, longitude: float, latitude: float) -> bool:
        """Whether a point lies in the window."""
        return self.west < longitude < self.east and self.south < latitude < self.north

    def lines(self) -> tuple[list[float], list[float]]:
        """Meridians and parallels to draw: the same step for both, so that they make squares of degrees."""
        step = next((step for step in _STEPS if (self.east - self.west) / step <= 12), _STEPS[-1])
        return _multiples(self.west, self.east, step), _multiples(self.south, self.north, step)


def _spread(values: list[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    margin = max((high - low) * _MARGIN, (_LEAST - (high - low)) / 2, _LEAST_MARGIN)
    return low - margin, high + margin


def _grow(low: float, high: float, wanted: float) -> tuple[float, float]:
    more = (wanted - (high - low)) / 2
    return low - more, high + more


def _multiples(low: float, high: float, step: float) -> list[float]:
    return [number * step for number in range(math.ceil(low / step), math.floor(high / step) + 1) if abs(number * step) <= 180]
