"""What the colours, fillings and sizes of the dots say, once for all panels."""

from __future__ import annotations

import altair as alt
import pandas as pd

from pipeline.picturing.dots import Dot, Slice, area_of, most_at_one_place
from pipeline.picturing.drawing import Chart, Drawing
from pipeline.picturing.frame import Frame
from pipeline.picturing.look import COLOURS, INK, OPACITIES, QUIET, WIDTH, text_width
from pipeline.picturing.maps import at, drawn

_PRECISIONS = {1: "at the named place", 2: "near it, or part of a region", 3: "a large region, drawn at its capital"}
_LETTERS, _LINE, _GAP = 12, 24, 18  # pixels
_USUAL = 110.0  # square pixels of a dot that says nothing by its size

Entry = tuple[str, str, float, float]
"""Text, colour, opacity and area."""


def legend(drawing: Drawing, events: pd.DataFrame) -> Chart:
    """Two lines: the event types with their numbers; then how well places are known, and how many events a dot stands for."""
    counts, known = events["event_type"].value_counts(), set(events["geo_precision"])
    types = [(f"{name} {counts[name]:,}", colour, OPACITIES[1], _USUAL) for name, colour in COLOURS.items() if name in counts]
    places = [(text, QUIET, OPACITIES[precision], _USUAL) for precision, text in _PRECISIONS.items() if precision in known]
    first, upper = _line(types, 0)
    second, lower = _line([*places, *_sizes(events)], upper)
    found = [*first, *second]
    frame = Frame(0, 1, 0, 1, WIDTH, upper + lower)
    texts = drawing.chart([{"x": dot.x + dot.radius + 6, "y": dot.y, "text": dot.location} for dot in found])
    written = texts.mark_text(align="left", fontSize=_LETTERS, color=INK, baseline="middle").encode(**at(frame), text="text:N")
    return alt.layer(drawn(drawing, found), written).properties(width=frame.width, height=frame.height)


def _sizes(events: pd.DataFrame) -> list[Entry]:
    """The smallest, a middle and the largest dot; nothing where all dots stand for one event."""
    most = most_at_one_place(events)
    numbers = sorted({1, (most + 1) // 2, most}) if most > 1 else []
    return [(f"{number:,} {'event' if number == 1 else 'events'}", QUIET, 0.0, area_of(number, most)) for number in numbers]


def _line(entries: list[Entry], top: int) -> tuple[list[Dot], int]:
    """Entries side by side as dots that are named by their text, and the height of the line."""
    height = max(_LINE, *(round(2 * (area / 3.14) ** 0.5) + 6 for *_, area in entries))
    found, x = [], 0.0
    for text, colour, opacity, area in entries:
        radius = (area / 3.14) ** 0.5
        found.append(Dot(text, "", round(x + radius + 1, 1), top + height / 2, area, (Slice(1, colour, opacity),)))
        x += 2 * radius + 6 + text_width(text, _LETTERS) + _GAP
    return found, height
