"""Field by field: does gold give it, and is the report right."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.evaluation.coded import CodedReport
from pipeline.evaluation.gold import GoldEvent
from pipeline.evaluation.names import any_named, plain, same_country

_SIDE_1 = ("actor1", "assoc_actor_1")
_SIDE_2 = ("actor2", "assoc_actor_2")
_ACTORS = (*_SIDE_1, *_SIDE_2)
_PLACES = ("location", "admin2", "admin1")
_NEAR_KM = 25
_EARTH_DIAMETER_KM = 12742
_LATE_REPORT = dt.timedelta(days=31)

ONE_SIDED_TYPES = frozenset(
    {
        "Abduction/forced disappearance",
        "Air/drone strike",
        "Arrests",
        "Attack",
        "Chemical weapon",
        "Grenade",
        "Looting/property destruction",
        "Remote explosive/landmine/IED",
        "Sexual violence",
        "Shelling/artillery/missile attack",
        "Suicide bomb",
    }
)
"""Types of which one side is the perpetrator."""


@dataclass(frozen=True)
class Field:
    """A field that is compared: whether gold gives it, and whether a report has it right."""

    is_given: Callable[[GoldEvent], bool]
    is_right: Callable[[GoldEvent, CodedReport], bool]


def whole_day(text: str | None) -> dt.date | None:
    """The day that a gold date names, or None if it names none or less than a day."""
    try:
        return dt.date.fromisoformat(text) if text and len(text) == len("2017-10-18") else None
    except ValueError:
        return None


def date_is_right(event: GoldEvent, report: CodedReport) -> bool:
    """Whether the report's days fit.

    A point or range is met by its own days or, if it is a range, by a first day within it; `on_or_before` by a first day in the
    month that ends with it; a partial date, as 2017-10, by a first day that begins with it.
    """
    first = report.event_date
    if first is None:
        return False
    last = report.event_date_end or first
    start, end = whole_day(event.date_start), whole_day(event.date_end)
    if event.date_kind == "on_or_before" and end:
        return end - _LATE_REPORT <= first <= end
    if start and end:
        return (first == start and end in (first, last)) or (start < end and start <= first <= end)
    return bool(event.date_start) and first.isoformat().startswith(event.date_start or "")


def _country_is_right(event: GoldEvent, report: CodedReport) -> bool:
    return bool(event.country and report.country) and same_country(str(event.country), str(report.country))


def _place_is_right(event: GoldEvent, report: CodedReport) -> bool:
    return any_named(event.places[:1], report.values(_PLACES) + report.quoted(["location"]))


def distance_km(event: GoldEvent, report: CodedReport) -> float | None:
    """Kilometres between the gold place and the coded one along a great circle; None where either is unknown."""
    if event.latitude is None or event.longitude is None or report.latitude is None or report.longitude is None:
        return None
    north, north_coded = math.radians(event.latitude), math.radians(report.latitude)
    east = math.radians(report.longitude - event.longitude)
    chord = math.sin((north_coded - north) / 2) ** 2 + math.cos(north) * math.cos(north_coded) * math.sin(east / 2) ** 2
    return _EARTH_DIAMETER_KM * math.asin(math.sqrt(chord))


def _is_near(event: GoldEvent, report: CodedReport) -> bool:
    distance = distance_km(event, report)
    return distance is not None and distance <= _NEAR_KM


def _perpetrator_is_right(event: GoldEvent, report: CodedReport) -> bool:
    return any_named(event.perpetrators, report.values(_ACTORS) + report.quoted(_ACTORS))


def _role_is_right(event: GoldEvent, report: CodedReport) -> bool:
    side = _SIDE_2 if report.initiator == "actor2" else _SIDE_1
    return any_named(event.perpetrators, report.values(side) + report.quoted(side))


def _target_is_right(event: GoldEvent, report: CodedReport) -> bool:
    return any_named(event.victims, report.values(_ACTORS) + report.quoted((*_ACTORS, "target", "victims")))


def _deaths_are_right(event: GoldEvent, report: CodedReport) -> bool:
    return report.fatalities is not None and report.fatalities == event.deaths


def _no_deaths_are_coded(_: GoldEvent, report: CodedReport) -> bool:
    return not report.fatalities


FIELDS: dict[str, Field] = {
    "class": Field(lambda event: bool(event.classes), lambda event, report: report.sub_event_type in event.classes),
    "exact_class": Field(lambda event: event.exact, lambda event, report: report.sub_event_type == event.classes[0]),
    "date": Field(lambda event: bool(event.date_start or event.date_end), date_is_right),
    "country": Field(lambda event: bool(event.country), _country_is_right),
    "place": Field(lambda event: bool(event.places), _place_is_right),
    "within_25_km": Field(lambda event: event.latitude is not None, _is_near),
    "perpetrator": Field(lambda event: bool(event.perpetrators), _perpetrator_is_right),
    "role": Field(lambda event: bool(event.perpetrators) and event.classes[0] in ONE_SIDED_TYPES, _role_is_right),
    "target": Field(lambda event: bool(event.victims), _target_is_right),
    "deaths": Field(lambda event: event.deaths is not None, _deaths_are_right),
    "deaths_when_any": Field(lambda event: bool(event.deaths), _deaths_are_right),
    "no_false_deaths": Field(lambda event: event.deaths == 0, _no_deaths_are_coded),
}
"""Fields compared with some tolerance, by name."""


def _days_are_exact(event: GoldEvent, report: CodedReport) -> bool:
    start, end = whole_day(event.date_start), whole_day(event.date_end)
    return report.event_date == start and (report.event_date_end or report.event_date) == end


def _same(column: str, key: str | None = None) -> Field:
    """The column equals what gold gives under the key, and is missing where gold says that there is none."""
    given = key or column
    return Field(
        lambda event: event.judges(given),
        lambda event, report: getattr(report, column) == getattr(event, given),
    )


EXACT_FIELDS: dict[str, Field] = {
    "sub_event_type": FIELDS["exact_class"],
    "event_date": Field(lambda event: bool(whole_day(event.date_start) and whole_day(event.date_end)), _days_are_exact),
    "actor1": _same("actor1"),
    "actor2": _same("actor2"),
    "both_actors": Field(
        lambda event: event.judges("actor1") and event.judges("actor2"),
        lambda event, report: {report.actor1, report.actor2} == {event.actor1, event.actor2},
    ),
    "country": Field(lambda event: bool(event.country), lambda event, report: report.country == event.country),
    "admin1": _same("admin1"),
    "location": Field(
        lambda event: bool(event.places), lambda event, report: plain(report.location or "") == plain(event.places[0])
    ),
    "geo_precision": _same("geo_precision"),
    "fatalities": FIELDS["deaths"],
    "fatalities_low": _same("fatalities_low", "deaths_low"),
    "fatalities_high": _same("fatalities_high", "deaths_high"),
}
"""Columns that must equal the gold coding, by name; `both_actors` in either order."""
