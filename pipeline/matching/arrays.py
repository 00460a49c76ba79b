"""The columns that reports are compared by, as arrays."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from pipeline.matching.frames import (
    MISSING,
    Flags,
    Integers,
    Numbers,
    codes,
    day_numbers,
    distinct_values,
    integers,
    joint_codes,
    values_of,
)
from schemas.taxonomy import ACTOR_CLASSES, SUB_EVENT_TYPES

TYPE_CODES: Final = {name: code for code, name in enumerate(SUB_EVENT_TYPES)}

STATE, ARMED, CROWD, CIVILIANS = 1, 2, 4, 8
"""Kinds of actor, one bit each: sources confuse classes within a kind, seldom kinds."""

_KIND_OF_CLASS: Final = {1: STATE, 2: ARMED, 3: ARMED, 4: ARMED, 5: CROWD, 6: CROWD, 7: CIVILIANS, 8: STATE}
_KIND_OF_LABEL: Final = {each.label: _KIND_OF_CLASS[each.inter] for each in ACTOR_CLASSES.values()}

ASSUMED: Final = "date_assumed"

OPEN: Final = 2**31 - 1
"""Highest toll that the words allow where they set no limit."""

_GENERIC = re.compile(r"(?:Unidentified|Civilians|Protesters|Rioters|Private Security Forces)\b")
_STATE_BODY = re.compile(r"(?:Mutiny of )?(?:Military Forces|Police Forces|Government) of (?P<state>[^()]+ \(\d{4}-(?:\d{4})?\))")


@dataclass(frozen=True, kw_only=True)
class ReportArrays:
    """One position per report, in order of report_id.

    Attributes:
        first: First day on which the incident may have been, in days since 1970.
        last: Last such day.
        time_precision: 1 to 3.
        day_assumed: Whether the article gives no day, and that of its printing stands for it.
        latitude: Degrees.
        longitude: Degrees.
        geo_precision: 1 to 3.
        placed: Whether the report has coordinates; latitude and longitude are 0 and the precision 3 where it has none.
        country: Code of the country.
        admin1: Code of country and admin1, or MISSING.
        admin2: Code of country, admin1 and admin2, or MISSING.
        place: Code of place_id, or MISSING.
        location: Code of country, admin1 and location, or MISSING.
        spelled: Code of country and location whatever its case, or MISSING.
        type: Code of the sub-event type in TYPE_CODES.
        name1: Code of actor1 by name, all bodies of one state having the same; MISSING for a generic or missing actor.
        name2: The same of actor2.
        registered1: Whether actor1 has a key in the registry.
        registered2: The same of actor2.
        kind1: Kind of actor1, one bit; 0 if missing.
        kind2: The same of actor2.
        toll: fatalities.
        toll_low: fatalities_low.
        toll_high: fatalities_high, `OPEN` without a limit.
        states_toll: Whether the report gives a toll of its own.
        article: Code of the article.
        coder: Code of coder_kind and coder_id.
        is_background: Whether the article only recalls the incident.
    """

    first: Integers
    last: Integers
    time_precision: Integers
    day_assumed: Flags
    latitude: Numbers
    longitude: Numbers
    geo_precision: Integers
    placed: Flags
    country: Integers
    admin1: Integers
    admin2: Integers
    place: Integers
    location: Integers
    spelled: Integers
    type: Integers
    name1: Integers
    name2: Integers
    registered1: Flags
    registered2: Flags
    kind1: Integers
    kind2: Integers
    toll: Integers
    toll_low: Integers
    toll_high: Integers
    states_toll: Flags
    article: Integers
    coder: Integers
    is_background: Flags

    def __len__(self) -> int:
        """How many reports there are."""
        return len(self.first)


def report_arrays(reports: pd.DataFrame) -> ReportArrays:
    """The arrays of reports as `eligible_reports` gives them. A precision that is null counts as the coarsest."""
    names = _name_codes(reports)
    time_precision = integers(reports["time_precision"], 3)
    day, _ = day_numbers(reports["event_date"])
    first, last = _windows(reports, day, time_precision)
    country, admin1 = codes(reports["country"]), codes(reports["admin1"])
    latitude, longitude = (reports[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in ("latitude", "longitude"))
    placed: Flags = ~(np.isnan(latitude) | np.isnan(longitude)) & reports["location"].notna().to_numpy(dtype=bool)
    return ReportArrays(
        first=first.astype(np.int32),
        last=last.astype(np.int32),
        time_precision=time_precision.astype(np.int8),
        day_assumed=values_of(reports["needs_review"], lambda codes: int(ASSUMED in (codes or ""))).astype(bool),
        latitude=np.where(placed, latitude, 0.0),
        longitude=np.where(placed, longitude, 0.0),
        geo_precision=np.where(placed, integers(reports["geo_precision"], 3), 3).astype(np.int8),
        placed=placed,
        country=_small(country),
        admin1=_small(joint_codes(country, admin1)),
        admin2=_small(joint_codes(country, admin1, codes(reports["admin2"]))),
        place=_small(codes(reports["place_id"])),
        location=_small(joint_codes(country, admin1, codes(reports["location"]))),
        spelled=_small(joint_codes(country, _spelling_codes(reports["location"]))),
        type=values_of(reports["sub_event_type"], TYPE_CODES.__getitem__).astype(np.int8),
        name1=_small(names[0]),
        name2=_small(names[1]),
        registered1=reports["actor1_id"].notna().to_numpy(dtype=bool),
        registered2=reports["actor2_id"].notna().to_numpy(dtype=bool),
        kind1=_kinds(reports["inter1"]),
        kind2=_kinds(reports["inter2"]),
        toll=_small(integers(reports["fatalities"], 0)),
        toll_low=_small(integers(reports["fatalities_low"], 0)),
        toll_high=_small(integers(reports["fatalities_high"], OPEN)),
        # A share of a total that was divided is our arithmetic, not a number that could agree or disagree.
        states_toll=~reports["fatalities_basis"].isin(["none_mentioned", "shared_total"]).to_numpy(dtype=bool),
        article=_small(codes(reports["article_id"])),
        coder=_small(codes(reports["coder_kind"], reports["coder_id"].fillna(""))),
        is_background=reports["is_background"].to_numpy(dtype=bool),
    )


def _small(values: Integers) -> Integers:
    """Whole numbers in four bytes each."""
    found: Integers = np.minimum(values, OPEN).astype(np.int32)
    return found


def comparable_name(name: str | None) -> str | None:
    """The part of an actor's name that two sources should agree on; None for a generic actor.

    Army, police and government of one state become one name, since sources mix them up, and a unit is counted as its
    force: `Military Forces of Iraq (2022-) Peshmerga` gives `Iraq (2022-)`.
    """
    if name is None or _GENERIC.match(name):
        return None
    if body := _STATE_BODY.match(name):
        return body["state"]
    return name


def _name_codes(reports: pd.DataFrame) -> tuple[Integers, Integers]:
    """Codes of the comparable names of actor1 and actor2, from one numbering."""
    columns = (reports["actor1"], reports["actor2"])
    known = sorted({name for column in columns for name in distinct_values(column)})
    comparable = {name: comparable_name(name) for name in known}
    numbers = {name: code for code, name in enumerate(sorted({name for name in comparable.values() if name}))}

    def code(name: str | None) -> int:
        found = comparable[name] if name else None
        return MISSING if found is None else numbers[found]

    return values_of(columns[0], code), values_of(columns[1], code)


def _spelling_codes(column: pd.Series) -> Integers:
    numbers: dict[str, int] = {}
    return values_of(column, lambda name: MISSING if name is None else numbers.setdefault(name.casefold(), len(numbers)))


def _kinds(column: pd.Series) -> Integers:
    return values_of(column, lambda label: _KIND_OF_LABEL.get(label, 0)).astype(np.int8)


def _windows(reports: pd.DataFrame, day: Integers, time_precision: Integers) -> tuple[Integers, Integers]:
    """First and last day on which each incident may have been."""
    end, ended = day_numbers(reports["event_date_end"])
    end = np.where(ended, np.maximum(end, day), day)
    month = day.astype("datetime64[D]").astype("datetime64[M]")
    month_first = month.astype("datetime64[D]").astype(np.int64)
    month_last = (month + 1).astype("datetime64[D]").astype(np.int64) - 1
    # A week around a day; where a last day is given, these are the days.
    week = (time_precision == 2) & ~ended
    # A span of two to three weeks may reach over the end of its month: the days given are kept beside the month.
    first = np.where(time_precision >= 3, np.minimum(month_first, day), np.where(week, day - 3, day))
    last = np.where(time_precision >= 3, np.maximum(month_last, end), np.where(week, np.maximum(day + 3, end), end))
    return first, last
