"""Dates of publication as outlets write them.

Read are ISO 8601, `2021/10/26`, RFC 2822, `3 JAN 90`, `03-Jan-1990`, `January 3rd, 1990`, `26 Oct 2021, 09:38 pm` and numbers
whose day exceeds 12. Nothing is guessed: `03/04/2021` is two days, so it is none.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final, NamedTuple

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200


class PublicationDate(NamedTuple):
    """What a date says.

    Attributes:
        moment: UTC, or None if the time of day or its offset is not known.
        day: Calendar day where the outlet sits, or None.
        code: Problem code if the date could not be read, else None.
    """

    moment: dt.datetime | None
    day: dt.date | None
    code: str | None = None


_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
            "sep sept september", "oct october", "nov november", "dec december",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip

# Zones that RFC 2822 defines, in hours. IST, CST of China and their like mean several clocks and are taken for unknown.
_ZONES: Final = {
    "z": 0, "utc": 0, "gmt": 0, "ut": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip

_WEEKDAY = r"(?:(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|nesday|sday|rsday|urday)?\.?,?\s+)?"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_ORDINAL = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_CLOCK = (
    r"(?:(?:\s*[,|]\s*|\s+at\s+|\s+-\s+|\s+|t)"
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"(?:\s*(?P<half>[ap])\.?m\.?)?"
    r"(?:\s*(?:(?P<zone>[a-z]{1,4})?(?P<offset>[+-]\d{1,2}(?::?\d{2})?)|(?P<zone_only>[a-z]{1,4}))(?:\s*\([a-z .]{1,40}\))?)?)?"
)


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern + _CLOCK, re.ASCII)


_FORMS: Final = (
    _form(r"(?P<year>\d{4})(?P<separator>[-/.])(?P<number>\d{1,2})(?P=separator)(?P<day>\d{1,2})"),
    _form(_WEEKDAY + _ORDINAL + r"(?:\s+of)?[\s-]+" + _MONTH + r",?[\s-]+" + _YEAR),
    _form(_WEEKDAY + _MONTH + r"\s+" + _ORDINAL + r"(?:\s*,\s*|\s+)" + _YEAR),
)
_COMPACT: Final = re.compile(
    r"(?P<year>\d{4})(?P<number>\d{2})(?P<day>\d{2})"
    r"(?:t?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})(?P<zone_only>z)?)?",
    re.ASCII,
)
_NUMBERS: Final = _form(r"(?P<first>\d{1,2})(?P<separator>[-/.])(?P<second_number>\d{1,2})(?P=separator)(?P<year>\d{4}|\d{2})")

_UNREADABLE: Final = PublicationDate(None, None, "date_unreadable")
_AMBIGUOUS: Final = PublicationDate(None, None, "ambiguous_date")
_OUT_OF_RANGE: Final = PublicationDate(None, None, "date_out_of_range")


def read_publication_date(text: str, utc_offset: float | None = None) -> PublicationDate:
    """The moment and the local day that a date of publication names.

    A moment with an offset gives the day on that clock. A moment in UTC, and one without an offset, belong to the clock of
    the outlet's country. Midnight to the second in UTC or without an offset is how programs write a day, and is read as one.

    Args:
        text: The date as given.
        utc_offset: Hours by which the clock of the outlet's country is ahead of UTC; None if not known.

    Returns:
        The date; its code is `date_unreadable`, `ambiguous_date` or `date_out_of_range` if there is none.
    """
    plain = " ".join(text.split()).casefold()
    if len(plain) > 100:
        return _UNREADABLE
    if match := _COMPACT.fullmatch(plain):
        return _assemble(match.groupdict(), int(match["number"]), utc_offset)
    if match := _NUMBERS.fullmatch(plain):
        return _assemble_numbers(match, utc_offset)
    for form in _FORMS:
        if match := form.fullmatch(plain):
            parts = match.groupdict()
            month = int(parts["number"]) if "number" in parts else _MONTHS.get(parts["month"])
            return _UNREADABLE if month is None else _assemble(parts, month, utc_offset)
    return _UNREADABLE


def _assemble_numbers(match: re.Match[str], utc_offset: float | None) -> PublicationDate:
    first, second = int(match["first"]), int(match["second_number"])
    if len(match["year"]) == 2 or (first != second and max(first, second) <= 12):
        return _AMBIGUOUS
    day, month = (first, second) if first >= second else (second, first)
    return _assemble({**match.groupdict(), "day": str(day)}, month, utc_offset)


def _assemble(parts: dict[str, str | None], month: int, utc_offset: float | None) -> PublicationDate:
    try:
        year = _full_year(parts["year"] or "")
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return _OUT_OF_RANGE
        day = dt.date(year, month, int(parts["day"] or ""))
        if parts.get("hour") is None:
            return PublicationDate(None, day)
        clock = dt.datetime.combine(day, _time_of_day(parts))
        offset = _offset(parts)
    except (ValueError, OverflowError):
        return _UNREADABLE
    return _place(clock, offset, utc_offset)


def _place(clock: dt.datetime, offset: dt.timedelta | None, utc_offset: float | None) -> PublicationDate:
    """The moment and the local day of a clock reading."""
    local = None if utc_offset is None else dt.timedelta(hours=utc_offset)
    if offset:
        return PublicationDate((clock - offset).replace(tzinfo=dt.UTC), clock.date())
    if clock.time() == dt.time.min:
        return PublicationDate(None, clock.date())
    if offset is None:
        moment = None if local is None else (clock - local).replace(tzinfo=dt.UTC)
        return PublicationDate(moment, clock.date())
    return PublicationDate(clock.replace(tzinfo=dt.UTC), (clock + (local or dt.timedelta())).date())


def _full_year(digits: str) -> int:
    # Two digits as POSIX reads them: 69 to 99 are of the last century.
    return int(digits) if len(digits) == 4 else int(digits) + (1900 if int(digits) >= 69 else 2000)


def _time_of_day(parts: dict[str, str | None]) -> dt.time:
    hour, half = int(parts["hour"] or ""), parts.get("half")
    if half is not None:
        if not 1 <= hour <= 12:
            raise ValueError("a twelve-hour clock has no such hour")
        hour = hour % 12 + (12 if half == "p" else 0)
    second = int(parts.get("second") or 0)
    microsecond = int((parts.get("fraction") or "0").ljust(6, "0")[:6])
    # A leap second is the last one that the calendar knows.
    return dt.time(hour, int(parts["minute"] or ""), 59 if second == 60 else second, microsecond)


def _offset(parts: dict[str, str | None]) -> dt.timedelta | None:
    """Offset from UTC; None if the clock is not said or means several."""
    if written := parts.get("offset"):
        digits = written[1:].replace(":", "")
        hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
        if hours > 15 or minutes > 59:
            raise ValueError("no clock is so far from UTC")
        return (-1 if written[0] == "-" else 1) * dt.timedelta(hours=hours, minutes=minutes)
    hours_of_zone = _ZONES.get(parts.get("zone_only") or "")
    return None if hours_of_zone is None else dt.timedelta(hours=hours_of_zone)


def read_moment(text: str) -> dt.datetime | None:
    """A moment of retrieval in UTC: without an offset it is UTC, a day alone is its first instant; None if unreadable."""
    found = read_publication_date(text, 0.0)
    if found.moment is None and found.day is not None:
        return dt.datetime.combine(found.day, dt.time.min, dt.UTC)
    return found.moment
