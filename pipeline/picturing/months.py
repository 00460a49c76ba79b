"""Events and deaths by month."""

from __future__ import annotations

from collections import Counter
from typing import Any

import altair as alt
import pandas as pd

from pipeline.picturing.drawing import Chart, Drawing
from pipeline.picturing.look import COLOURS, FAINT, INK, QUIET

MARGIN = 34
"""Pixels right of the panels, for their numbers: so their left sides stand below that of the map."""

_MOST_MONTHS = 240
_FEWEST = 12  # bars for which there is room, so that a single one is not as wide as the page
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)


def months(drawing: Drawing, events: pd.DataFrame, width: int, height: int) -> Chart:
    """Events by type above, deaths below; by year where there are more months than can be told apart.

    Args:
        drawing: The picture.
        events: The events.
        width: Pixels from side to side.
        height: Pixels of both together.
    """
    number = [day.year * 12 + day.month - 1 for day in events["event_date"]]
    unit = 1 if max(number) - min(number) < _MOST_MONTHS else 12
    counted = events.assign(begin=[month // unit * unit for month in number])
    first, last = int(counted["begin"].min()), int(counted["begin"].max()) + unit
    axis = _axis(first, max(last, first + _FEWEST * unit))
    name = "month" if unit == 1 else "year"
    upper = round(height * 0.56)
    return alt.vconcat(
        _events(drawing, counted, unit, axis).properties(width=width, height=upper, title=_heading(f"Events a {name}")),
        _deaths(drawing, counted, unit, axis).properties(
            width=width,
            height=height - upper - 60,
            title=_heading(f"Deaths reported a {name}, with the range that the words allow"),
        ),
        spacing=14,
    )


def _heading(text: str) -> alt.TitleParams:
    return alt.TitleParams(text, anchor="start", fontSize=13, offset=6)


def _axis(first: int, last: int) -> dict[str, Any]:
    """Months count on from year 0, so that no time zone can move them."""
    step = next(step for step in _STEPS if (last - first) / step <= 9 or step == _STEPS[-1])
    values = [month for month in range(first, last + 1) if month % step == 0]
    year = "toString(floor(datum.value / 12))"
    label = year if step >= 12 else f"{year} + '-' + pad(datum.value % 12 + 1, 2, '0', 'left')"
    axis = alt.Axis(values=values, labelExpr=label, title=None, grid=False, tickColor=QUIET, domainColor=QUIET)
    return {"axis": axis, "scale": alt.Scale(domain=[first, last], nice=False)}


def _counts(most: float) -> alt.Axis:
    """Whole numbers only; at the same distance from the right in both panels."""
    return alt.Axis(
        title=None, gridColor=FAINT, domain=False, ticks=False, tickMinStep=1, format=",d", tickCount=min(4, most),
        orient="right", minExtent=MARGIN, maxExtent=MARGIN,
    )  # fmt: skip


def _events(drawing: Drawing, counted: pd.DataFrame, unit: int, axis: dict[str, Any]) -> Chart:
    numbers = Counter(zip(counted["begin"].tolist(), counted["event_type"].tolist(), strict=True))
    rows: list[dict[str, Any]] = []
    for begin in sorted({begin for begin, _ in numbers}):
        height = 0
        for name, colour in COLOURS.items():
            if events := numbers[begin, name]:
                rows.append({"begin": begin, "end": begin + unit, "colour": colour, "low": height, "high": height + events})
                height += events
    most = max(row["high"] for row in rows)
    return (
        drawing.chart(rows)
        .mark_rect(stroke="white", strokeWidth=0.5)
        .encode(
            x=alt.X("begin:Q", **axis),
            x2="end:Q",
            y=alt.Y("low:Q", axis=_counts(most), scale=alt.Scale(domain=[0, most])),
            y2="high:Q",
            fill=alt.Fill("colour:N", scale=None),
        )
    )


def _deaths(drawing: Drawing, counted: pd.DataFrame, unit: int, axis: dict[str, Any]) -> Chart:
    """A range that is open upwards ends at the number itself."""
    open_ended = counted.assign(fatalities_high=counted["fatalities_high"].fillna(counted["fatalities"]))
    table = open_ended.groupby("begin")[["fatalities_low", "fatalities", "fatalities_high"]].sum()
    rows = [
        {"begin": begin, "end": begin + unit, "middle": begin + unit / 2, "low": low, "deaths": deaths, "high": high}
        for begin, low, deaths, high in table.reset_index().astype(int).to_numpy().tolist()
    ]
    most = max(1, *(row["high"] for row in rows))
    bars = drawing.chart(rows)
    deaths = alt.Y("deaths:Q", axis=_counts(most), scale=alt.Scale(domain=[0, most]))
    ranges = drawing.chart([row for row in rows if row["low"] != row["high"]])
    return alt.layer(
        bars.mark_rect(fill=QUIET, stroke="white", strokeWidth=0.5).encode(
            x=alt.X("begin:Q", **axis), x2="end:Q", y=deaths, y2=alt.datum(0)
        ),
        ranges.mark_rule(stroke=INK, strokeWidth=1.5).encode(x=alt.X("middle:Q", **axis), y=alt.Y("low:Q"), y2="high:Q"),
    )
