"""Maps of events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal

import altair as alt
import pandas as pd

from pipeline.picturing.dots import Box, Dot, dots, most_at_one_place
from pipeline.picturing.drawing import Chart, Drawing
from pipeline.picturing.frame import Frame
from pipeline.picturing.labels import Label, place_labels
from pipeline.picturing.look import DUST, FAINT, INK, QUIET, WIDTH
from pipeline.picturing.towns import dust, known_towns

_PIXELS: dict[str, Any] = {"type": "identity", "scale": 1, "translate": [0, 0]}
_PLACES_NAMED = 25


def world_map(drawing: Drawing, events: pd.DataFrame, close: Frame | None) -> Chart:
    """All events, with the names of their countries; without a closer look, of their places too.

    Args:
        drawing: The picture.
        events: The events.
        close: The window of the closer look, outlined here; None if there is none.
    """
    frame = Frame.around(_points(events), WIDTH, (260, 560))
    found = dots(events, frame, most_at_one_place(events))
    taken = [dot.box for dot in found]
    countries = place_labels(_named(found, "country"), taken, frame, 12)
    layers = [*_ground(drawing, frame), drawn(drawing, found), _texts(drawing, countries, frame, INK, "bold")]
    if close is None:
        places = _named(found, "location")[:_PLACES_NAMED]
        more = place_labels(places, [*taken, *(label.box for label in countries)], frame, 10)
        layers.append(_texts(drawing, more, frame, INK, "normal"))
    else:
        (left, top), (right, bottom) = frame.pixel(close.west, close.north), frame.pixel(close.east, close.south)
        window = [{"x": round(left, 1), "y": round(top, 1), "right": round(right, 1), "bottom": round(bottom, 1)}]
        outline = drawing.chart(window).mark_rect(filled=False, stroke=QUIET, strokeWidth=1)
        layers.append(outline.encode(**at(frame), x2="right:Q", y2="bottom:Q"))
    return alt.layer(*layers).properties(width=frame.width, height=frame.height)


def _named(found: list[Dot], name: Literal["country", "location"]) -> list[tuple[str, list[Box]]]:
    """Countries or places with the room that their dots take, those with most events first."""
    groups: dict[str, list[Dot]] = {}
    for dot in found:
        groups.setdefault(getattr(dot, name), []).append(dot)
    ordered = sorted(groups.items(), key=lambda entry: (-sum(dot.events for dot in entry[1]), entry[0]))
    return [(text, [dot.box for dot in group]) for text, group in ordered]


def close_frame(events: pd.DataFrame, width: int) -> tuple[str, Frame] | None:
    """The country with most events and a window on it; None if its places can be told apart on the map of all."""
    counts = Counter(events["country"].tolist())
    country = min(counts, key=lambda name: (-counts[name], name))
    mine = events[events["country"] == country]
    spread, whole = (float(each["longitude"].max() - each["longitude"].min()) for each in (mine, events))
    if len(mine.drop_duplicates(["longitude", "latitude"])) < 2 or spread > whole / 3:
        return None
    return country, Frame.around(_points(mine), width, (260, 400))


def close_map(drawing: Drawing, events: pd.DataFrame, country: str, frame: Frame) -> Chart:
    """The events of one country in its window, with the names of their places and of the best known towns around."""
    mine = events[events["country"] == country]
    found = dots(mine, frame, most_at_one_place(events))
    named = _named(found, "location")
    places = place_labels(named[:_PLACES_NAMED], [dot.box for dot in found], frame, 11)
    taken = [*(dot.box for dot in found), *(label.box for label in places)]
    around = [town for town in known_towns(frame, 8) if town[0] not in dict(named)]
    towns = place_labels(around, taken, frame, 10)
    layers = [
        *_ground(drawing, frame),
        _texts(drawing, towns, frame, QUIET, "normal"),
        drawn(drawing, found),
        _texts(drawing, places, frame, INK, "bold"),
    ]
    heading = alt.TitleParams(f"{country}: {len(mine):,} of {len(events):,} events", anchor="start", fontSize=13, offset=6)
    return alt.layer(*layers).properties(width=frame.width, height=frame.height, title=heading)


def _points(events: pd.DataFrame) -> list[tuple[float, float]]:
    return list(zip(events["longitude"].astype(float), events["latitude"].astype(float), strict=True))


def at(frame: Frame) -> dict[str, Any]:
    """Channels of positions in pixels, without axes."""
    return {
        "x": alt.X("x:Q", scale=alt.Scale(domain=[0, frame.width], nice=False), axis=None),
        "y": alt.Y("y:Q", scale=alt.Scale(domain=[0, frame.height], nice=False, reverse=True), axis=None),
    }


def _ground(drawing: Drawing, frame: Frame) -> list[Chart]:
    """Meridians, parallels and towns."""
    meridians, parallels = frame.lines()
    across: list[dict[str, Any]] = [
        {"x": round(frame.pixel(each, 0)[0], 1), "y": frame.height, "text": _degrees(each, "EW")} for each in meridians
    ]
    along: list[dict[str, Any]] = [
        {"x": 0, "y": round(frame.pixel(0, each)[1], 1), "text": _degrees(each, "NS")} for each in parallels
    ]
    written: dict[str, Any] = {"fontSize": 9, "color": QUIET, "align": "left", "baseline": "bottom", "dx": 3, "dy": -2}
    channels = at(frame)
    # No number where it would run over the side or into the other numbers.
    down = [row for row in across if 30 < row["x"] < frame.width - 30]
    side = [row for row in along if 14 < row["y"] < frame.height - 14]
    towns = drawing.chart([dust(frame)]).mark_geoshape(fill=DUST, stroke=None)
    return [
        drawing.chart(across).mark_rule(stroke=FAINT).encode(x=channels["x"]),
        drawing.chart(along).mark_rule(stroke=FAINT).encode(y=channels["y"]),
        towns.project(**_PIXELS),
        drawing.chart([*down, *side]).mark_text(**written).encode(**channels, text="text:N"),
    ]


def _degrees(value: float, sides: str) -> str:
    return f"{abs(value):g}°{sides[value < 0] if value else ''}"


def drawn(drawing: Drawing, found: Sequence[Dot]) -> Chart:
    """Dots, in their order."""
    colour: dict[str, Any] = {"field": "colour", "type": "nominal", "scale": None}
    return (
        drawing.chart([shape for dot in found for shape in dot.shapes()])
        .mark_geoshape(strokeWidth=1.2, strokeJoin="round")
        .encode(fill=alt.Fill(**colour), stroke=alt.Stroke(**colour), fillOpacity=alt.FillOpacity("opacity:Q", scale=None))
        .project(**_PIXELS)
    )


def _texts(drawing: Drawing, found: list[Label], frame: Frame, colour: str, weight: str) -> Chart:
    """Names, one layer for each way in which they are set."""
    layers = []
    for align in ("left", "center", "right"):
        rows = [{"x": label.x, "y": label.y, "text": label.text, "size": label.size} for label in found if label.align == align]
        chart = drawing.chart(rows).encode(**at(frame), text="text:N", size=alt.Size("size:Q", scale=None))
        set_so: dict[str, Any] = {"align": align, "fontWeight": weight, "baseline": "middle"}
        # A pale edge keeps the letters readable upon the dust.
        layers += [chart.mark_text(**set_so, stroke="white", strokeWidth=3, opacity=0.85), chart.mark_text(**set_so, color=colour)]
    return alt.layer(*layers)
