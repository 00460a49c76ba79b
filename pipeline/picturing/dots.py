"""The dots of a map: one for each place, cut into its event types like a cake."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.picturing.frame import Frame
from pipeline.picturing.look import COLOURS, OPACITIES

_AREA_OF_ONE, _LARGEST_AREA, _SMALLEST_AREA = 60.0, 1500.0, 9.0  # square pixels
_TURN = math.pi / 12  # between two corners of an arc

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in pixels."""


@dataclass(frozen=True)
class Slice:
    """The events of one type and precision at one place: how many, and how they are drawn."""

    events: int
    colour: str
    opacity: float


@dataclass(frozen=True)
class Dot:
    """A place with its events: where it stands and the room that it takes, in pixels."""

    location: str
    country: str
    x: float
    y: float
    area: float
    slices: tuple[Slice, ...]

    @property
    def events(self) -> int:
        """Number of events."""
        return sum(each.events for each in self.slices)

    @property
    def radius(self) -> float:
        """Half its width."""
        return math.sqrt(self.area / math.pi)

    @property
    def box(self) -> Box:
        """The room that it takes."""
        return self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius

    def shapes(self) -> Iterator[dict[str, Any]]:
        """Its slices as GeoJSON features in pixels, clockwise from the top."""
        begun, whole = 0, self.events
        for each in self.slices:
            first, last = (2 * math.pi * number / whole for number in (begun, begun + each.events))
            begun += each.events
            corners = [self._rim(turn) for turn in _turns(first, last)]
            if each.events < whole:
                corners.append((self.x, self.y))
            polygon = {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}
            yield {"type": "Feature", "geometry": polygon, "colour": each.colour, "opacity": each.opacity}

    def _rim(self, turn: float) -> tuple[float, float]:
        return round(self.x + self.radius * math.sin(turn), 1), round(self.y - self.radius * math.cos(turn), 1)


def _turns(first: float, last: float) -> list[float]:
    number = max(1, math.ceil((last - first) / _TURN))
    return [first + (last - first) * each / number for each in range(number + 1)]


def most_at_one_place(events: pd.DataFrame) -> int:
    """The number of events of the largest dot."""
    return max(Counter(zip(events["longitude"], events["latitude"], strict=True)).values())


def area_of(number: int, most: int) -> float:
    """Square pixels of a dot of some events, if the largest dot has `most`; so small that it could not be seen is none."""
    return round(max(number * min(_AREA_OF_ONE, _LARGEST_AREA / most), _SMALLEST_AREA), 1)


def dots(events: pd.DataFrame, frame: Frame, most: int) -> list[Dot]:
    """The dots of a map, the largest first, to be drawn below the others.

    Args:
        events: The events.
        frame: The window.
        most: Number of events of the largest dot of the picture.
    """
    places: dict[tuple[float, float], list[tuple[str, int, str, str]]] = {}
    columns = (events[name].tolist() for name in ("longitude", "latitude", "event_type", "geo_precision", "location", "country"))
    for longitude, latitude, *rest in zip(*columns, strict=True):
        places.setdefault((longitude, latitude), []).append((*rest,))
    found = []
    for (longitude, latitude), told in places.items():
        x, y = frame.pixel(longitude, latitude)
        kinds = Counter((kind, precision) for kind, precision, _, _ in told)
        ordered = sorted(kinds, key=lambda kind: (list(COLOURS).index(kind[0]), kind[1]))
        slices = tuple(Slice(kinds[kind], COLOURS[kind[0]], OPACITIES[kind[1]]) for kind in ordered)
        location, country = min((location, country) for _, _, location, country in told)
        found.append(Dot(location, country, round(x, 1), round(y, 1), area_of(len(told), most), slices))
    return sorted(found, key=lambda dot: (-dot.events, dot.x, dot.y))
