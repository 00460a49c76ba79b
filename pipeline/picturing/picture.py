"""A release as one picture: a map, a closer look where the dots crowd, and the months."""

from __future__ import annotations

import json
import re
from typing import Any

import altair as alt
import pandas as pd
import vl_convert

from pipeline.picturing.drawing import Chart, Drawing
from pipeline.picturing.legend import legend
from pipeline.picturing.look import FONT, INK, QUIET, WIDTH
from pipeline.picturing.maps import close_frame, close_map, world_map
from pipeline.picturing.months import MARGIN, months
from pipeline.picturing.release import PicturedRelease

_CLOSE = 380
_GAP = 30
_SHARPNESS = 2  # pixels of a PNG for each pixel of the drawing
_CLIP = re.compile(r'(?<=id="clip)\d+(?=")|(?<=url\(#clip)\d+(?=\))')


def picture_svg(release: PicturedRelease) -> str:
    """The picture as SVG: the same text for the same release."""
    svg: str = vl_convert.vegalite_to_svg(json.dumps(_specification(release)), allowed_base_urls=[])
    # The converter numbers these on and on as long as the process lives.
    numbers: dict[str, str] = {}
    return _CLIP.sub(lambda found: numbers.setdefault(found[0], str(len(numbers))), svg)


def picture_png(release: PicturedRelease) -> bytes:
    """The picture as PNG."""
    png: bytes = vl_convert.vegalite_to_png(json.dumps(_specification(release)), scale=_SHARPNESS, allowed_base_urls=[])
    return png


def _specification(release: PicturedRelease) -> dict[str, Any]:
    """The picture in the grammar of Vega-Lite."""
    drawing, events = Drawing(), release.events
    close = close_frame(events, _CLOSE)
    if close is None:
        below = months(drawing, events, WIDTH - MARGIN, 320)
    else:
        side = months(drawing, events, WIDTH - MARGIN - _CLOSE - _GAP, close[1].height)
        below = alt.hconcat(close_map(drawing, events, *close), side, spacing=_GAP)
    world = world_map(drawing, events, close[1] if close else None)
    chart = alt.vconcat(legend(drawing, events), world, below, _footer(drawing, release), spacing=14)
    facts = _facts(events)
    title = alt.TitleParams(
        f"{release.title}, release {release.version}", subtitle="  \N{MIDDLE DOT}  ".join(facts), anchor="start", fontSize=22,
        subtitleFontSize=14, subtitleColor=QUIET, subtitlePadding=6, offset=12,
    )  # fmt: skip
    return drawing.specification(
        chart.properties(title=title, background="white", padding=24, description=f"{release.title}: {'; '.join(facts)}")
        .configure(font=FONT)
        .configure_view(stroke=None)
        .configure_title(color=INK)
        .configure_axis(labelColor=QUIET, labelFontSize=11)
    )


def _facts(events: pd.DataFrame) -> list[str]:
    first, last = events["event_date"].min(), events["event_date"].max()
    return [
        _count(len(events), "event"),
        f"{first} to {last}" if first != last else str(first),
        _count(events["country"].nunique(), "country", "countries"),
        f"{_count(int(events['fatalities'].sum()), 'death')} reported",
    ]


def _count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def _footer(drawing: Drawing, release: PicturedRelease) -> Chart:
    lines = [
        f"Source: {release.title}, release {release.version}, {release.licence}. Content {release.content[:16]}.",
        "Grey: towns of over 15,000 people (GeoNames, CC BY 4.0). No borders are drawn. A dot of several colours is one place.",
    ]
    rows = [{"text": line, "y": 6 + number * 15} for number, line in enumerate(lines)]
    y = alt.Y("y:Q", scale=alt.Scale(domain=[0, 30], reverse=True), axis=None)
    chart = drawing.chart(rows).mark_text(align="left", fontSize=11, color=QUIET)
    return chart.encode(x=alt.value(0), y=y, text="text:N").properties(width=WIDTH, height=30)
