"""Rules on deaths."""

from __future__ import annotations

import pandas as pd

from pipeline.checking.check import BOTH, EVENTS, in_row, is_true

_MANY = 300
_PARTS = ("deaths_actor1", "deaths_actor2", "deaths_civilians")


@in_row(
    "fatalities_outside_bounds",
    "hard",
    BOTH,
    "fatalities_low <= fatalities <= fatalities_high where they are given.",
    "fatalities is {fatalities}, fatalities_low {fatalities_low}, fatalities_high {fatalities_high}: correct what is wrong.",
)
def fatalities_outside_bounds(frame: pd.DataFrame) -> pd.Series:
    """Rows whose number of deaths lies outside its own bounds."""
    below = is_true(frame["fatalities"] < frame["fatalities_low"])
    return below | is_true(frame["fatalities"] > frame["fatalities_high"])


@in_row(
    "deaths_without_basis",
    "hard",
    BOTH,
    "There are no deaths where none are mentioned or all are denied.",
    "fatalities is {fatalities} with the basis {fatalities_basis}: correct the number or the basis.",
)
def deaths_without_basis(frame: pd.DataFrame) -> pd.Series:
    """Rows with deaths that nobody stated."""
    return frame["fatalities_basis"].isin(["none_mentioned", "explicit_none"]) & (frame["fatalities"] > 0)


@in_row(
    "deaths_of_part_above_total",
    "soft",
    BOTH,
    "No side lost more people than all sides together.",
    "{found} is more than all deaths of the event, {fatalities} to {fatalities_high}: look at the numbers.",
)
def deaths_of_part_above_total(frame: pd.DataFrame) -> pd.Series:
    """Rows of which a part has more deaths than the whole."""
    total = frame["fatalities_high"].fillna(frame["fatalities"])
    total = total.mask(is_true(total < frame["fatalities"]), frame["fatalities"])
    found = pd.Series(pd.NA, index=frame.index, dtype="string")
    for part in _PARTS:
        found = found.fillna((part + " " + frame[part].astype("string")).where(is_true(frame[part] > total)))
    return found


@in_row(
    "very_many_deaths",
    "soft",
    BOTH,
    f"Events with more than {_MANY} deaths are looked at.",
    f"{{fatalities}} deaths in one event, more than {_MANY}: look whether it is a total over days or places.",
)
def very_many_deaths(frame: pd.DataFrame) -> pd.Series:
    """Events so deadly that a slip is likelier."""
    return frame["fatalities"] > _MANY


@in_row(
    "more_sources_than_reports",
    "hard",
    EVENTS,
    "An event has no more independent sources than reports.",
    "n_sources is {n_sources}, n_reports {n_reports}: the match stage counted wrongly; please report it.",
)
def more_sources_than_reports(frame: pd.DataFrame) -> pd.Series:
    """Events with more sources than reports."""
    return frame["n_sources"] > frame["n_reports"]
