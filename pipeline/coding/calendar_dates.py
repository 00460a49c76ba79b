"""Dates of the calendar as news writes them: `19 March 2021`, `the first week of May`, `27/3`, `Christmas Eve` (codebook 4.2)."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.coding.document import Token
from pipeline.coding.language import Language

Kind = Literal["explicit", "anchored", "month", "weekday", "relative", "vague", "uncodable"]

DAY = dt.timedelta(days=1)
_AHEAD = dt.timedelta(days=60)
_ORDINALS = frozenset(("st", "nd", "rd", "th"))
_NEAR = dt.timedelta(days=75)
"""How long before R a day in bare numbers may lie, since these may count something else."""
_MONTHS = 12
_WEEK = 7
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


_ASIDE = frozenset((",", "("))
"""What parts a date from its day of the week."""


@dataclass(frozen=True, slots=True)
class TimeMention:
    """Words that tell when something was.

    Attributes:
        start: First code point.
        end: Code point after the last.
        kind: `explicit` a day, or a month with its year; `anchored` counted from the incident told before;
            `month` a month without year; `weekday`; `relative` counted from R;
            `vague` an adverb such as `recently`; `uncodable` coarser than a month.
        day: The event_date that the words give; None for `uncodable`.
        last: Last day if the words tell a span.
        precision: Time precision, 1 to 3.
        rule_id: Rule that read it.
        is_since: True after `since` or its like: the words tell when a state began, not an incident.
        needs_review: Code of what is uncertain.
        offset: Days from the incident told before, for `anchored`.
        begins: The day that a time after `since` names.
        opens_clause: Whether what `offset` is counted from stands after the words: `a day after rebels took the town`.
    """

    start: int
    end: int
    kind: Kind
    day: dt.date | None
    last: dt.date | None
    precision: int
    rule_id: str
    is_since: bool = False
    needs_review: str | None = None
    offset: int | None = None
    begins: dt.date | None = None
    opens_clause: bool = False

    def anchored_to(self, day: dt.date) -> TimeMention:
        """The mention with its day, counted from that of the incident told before."""
        return replace(self, kind="relative", day=day + (self.offset or 0) * DAY)


@dataclass(frozen=True)
class CalendarReader:
    """Reads the time that begins at a token: every method returns the mention and the index after it, or None."""

    tokens: Sequence[Token]
    language: Language
    reference: dt.date | None

    def word(self, index: int) -> str:
        """Folded word of a token, empty beyond the text."""
        return self.tokens[index][2] if 0 <= index < len(self.tokens) else ""

    def made(
        self,
        first: int,
        after: int,
        kind: Kind,
        day: dt.date | None,
        rule: str,
        *,
        last: dt.date | None = None,
        precision: int = 1,
        needs_review: str | None = None,
    ) -> tuple[TimeMention, int]:
        """A mention in the words from `first` up to `after`, and the index after them."""
        start, end = self.tokens[first].start, self.tokens[after - 1].end
        return TimeMention(start, end, kind, day, last, precision, f"date.{rule}", needs_review=needs_review), after

    # Parts of a date

    def day_number(self, index: int) -> tuple[int, int] | None:
        """The number of a day, in digits."""
        word = self.word(index)
        if not (word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31):
            return None
        return int(word), index + 1 + (self.word(index + 1) in _ORDINALS)

    def ordinal_day(self, index: int) -> tuple[int, int] | None:
        """`the first of April`."""
        day = self.language.ordinal_days.get(self.word(index))
        return (day, index + 1) if day and self.word(index + 1) in self.language.of and self.month(index + 2) else None

    def month(self, index: int) -> tuple[int, int] | None:
        """The number of a month."""
        number = self.language.months.get(self.word(index))
        return None if number is None else (number, index + 1 + (self.word(index + 1) == "."))

    def year(self, index: int) -> tuple[int, int] | None:
        """The year that may follow a date."""
        skipped = index + (self.word(index) in (",", *self.language.of))
        word = self.word(skipped)
        if word.isdecimal() and len(word) == 4 and 1900 <= int(word) <= 2200:
            return int(word), skipped + 1
        # 3 JAN 90: two digits only where no comma or preposition separates them, and no noun follows that they would count.
        if skipped == index and word.isdecimal() and len(word) == 2 and self.reference and int(word) == self.reference.year % 100:
            return self.reference.year, index + 1
        return None

    def resolved(self, year: int | None, month: int, day: int) -> dt.date | None:
        """The day in the year given, else in the year that brings it nearest to R, rather before than after."""
        years = [year] if year else [self.reference.year + step for step in (1, 0, -1)] if self.reference else []
        for each in years:
            if each and 1 <= day <= calendar.monthrange(each, month)[1]:
                found = dt.date(each, month, day)
                if year or (self.reference and found <= self.reference + _AHEAD):
                    return found
        return None

    # Explicit dates

    def explicit(self, index: int) -> tuple[TimeMention, int] | None:
        """A date of the calendar."""
        return (
            self.iso(index)
            or self.numeric(index)
            or self.holiday(index)
            or self.week_of_month(index)
            or self.day_month(index)
            or self.month_day(index)
            or self.whole_month(index)
            or self.day_alone(index)
        )

    def numeric(self, index: int) -> tuple[TimeMention, int] | None:
        """`27/3`, `11/09/2019`, `11.09.2019`: day before month unless that gives none; without a year only what is just past."""
        if dotted := _DOTTED.fullmatch(self.word(index)):
            return self._in_numbers(index, index + 1, *(int(part) for part in dotted.groups()))
        first, sign, second = (self.word(position) for position in range(index, index + 3))
        if sign not in "/-" or not (self._is_short(first) and self._is_short(second)) or self.word(index - 1) in ("/", "-"):
            return None
        year = self.word(index + 4) if self.word(index + 3) == sign else ""
        if year.isdecimal() and len(year) == 4:
            return self._in_numbers(index, index + 5, int(first), int(second), int(year))
        before = self.word(index - 1)
        is_led = before in self.language.before_month or not before[:1].isalnum()
        if year or sign != "/" or not is_led or self.reference is None:
            return None
        return self._in_numbers(index, index + 3, int(first), int(second), None)

    def _is_short(self, word: str) -> bool:
        return word.isdecimal() and len(word) <= 2

    def _in_numbers(self, first: int, after: int, one: int, other: int, year: int | None) -> tuple[TimeMention, int] | None:
        """The day that two numbers give in the one order or the other, the one that is no more to come and lies near."""
        for day, month in ((one, other), (other, one)):
            found = self.resolved(year, month, day) if 1 <= month <= _MONTHS else None
            is_past = found is not None and (self.reference is None or found <= self.reference + DAY)
            is_near = found is not None and (year is not None or (self.reference is not None and self.reference - found <= _NEAR))
            if found and is_past and is_near:
                return self.made(first, after, "explicit", found, "numeric")
        return None

    def holiday(self, index: int) -> tuple[TimeMention, int] | None:
        """`on New Year's Day`, `Good Friday`: the latest such day up to R, or that of the year that follows."""
        for length in self.language.holiday_lengths.get(self.word(index), ()):
            phrase = " ".join(self.word(position).replace("’", "'") for position in range(index, index + length))
            if (fixed := self.language.holidays.get(phrase)) is None:
                continue
            year = self.year(index + length)
            years = [year[0]] if year else [self.reference.year - step for step in (0, 1)] if self.reference else []
            days = [easter(each) + fixed * DAY if isinstance(fixed, int) else dt.date(each, *fixed) for each in years]
            found = next((each for each in days if self.reference is None or each <= self.reference), None)
            return self.made(index, year[1] if year else index + length, "explicit", found, "holiday") if found else None
        return None

    def week_of_month(self, index: int) -> tuple[TimeMention, int] | None:
        """`the first week of August`: its middle."""
        number = self.language.ordinal_days.get(self.word(index), 0)
        is_last = self.word(index) in self.language.last_words
        if self.word(index + 1) not in self.language.week or not (is_last or 1 <= number <= 4):
            return None
        month = self.month(index + 3)
        if self.word(index + 2) not in self.language.before_month or month is None:
            return None
        year = self.year(month[1])
        begins = self.resolved(year[0] if year else None, month[0], 1)
        if begins is None:
            return None
        ends = begins.replace(day=calendar.monthrange(begins.year, begins.month)[1])
        first = ends - 6 * DAY if is_last else begins + (number - 1) * _WEEK * DAY
        after = year[1] if year else month[1]
        return self.made(index, after, "explicit", first + 3 * DAY, "week_of_month", last=first + 6 * DAY, precision=2)

    def day_alone(self, index: int) -> tuple[TimeMention, int] | None:
        """`on the 12th`: the latest such day up to R."""
        day = self.day_number(index)
        if not day or self.word(index + 1) not in _ORDINALS or self.reference is None:
            return None
        if self.word(index - 1) not in self.language.articles or self.word(index - 2) not in self.language.before_month:
            return None
        # `on the 4th floor` counts something else.
        follower = self.word(day[1])
        if follower[:1].isalnum() and follower not in self.language.small_words | self.language.be:
            return None
        months = (self.reference, self.reference.replace(day=1) - DAY)
        days = (self.resolved(month.year, month.month, day[0]) for month in months)
        found = next((each for each in days if each and each <= self.reference), None)
        return self.made(index, day[1], "explicit", found, "day_alone") if found else None

    def iso(self, index: int) -> tuple[TimeMention, int] | None:
        """`2021-03-19`."""
        if self.word(index + 1) != "-" or len(self.word(index)) != 4:
            return None
        words = [self.word(position) for position in range(index, index + 5)]
        if not (words[3] == "-" and words[0].isdecimal()):
            return None
        try:
            return self.made(index, index + 5, "explicit", dt.date.fromisoformat("".join(words)), "explicit")
        except ValueError:
            return None

    def day_month(self, index: int) -> tuple[TimeMention, int] | None:
        """`19 March 2021`, `30 DECEMBER`, `the 3rd of May`, `3-5 May`."""
        if not (day := self.day_number(index) or self.ordinal_day(index)):
            return None
        position, until = day[1], None
        if self.word(position) in (*self.language.to, *self.language.conjunctions) and (second := self.day_number(position + 1)):
            until, position = second[0], second[1]
        position += self.word(position) in self.language.of
        if not (month := self.month(position)):
            return None
        return self.day_of_month(index, month[1], month[0], day[0], until)

    def month_day(self, index: int) -> tuple[TimeMention, int] | None:
        """`March 19, 2021`, `Oct. 16`, `May 3-5`."""
        if not ((month := self.month(index)) and (day := self.day_number(month[1]))):
            return None
        position, until = day[1], None
        if self.word(position) in self.language.to and (second := self.day_number(position + 1)):
            until, position = second[0], second[1]
        return self.day_of_month(index, position, month[0], day[0], until)

    def _part_of_month(self, index: int) -> tuple[int | None, int]:
        """Which part of a month the words before it name, and where they begin: `early March`, `mid-March`, `the end of March`."""
        before, noun = self.word(index - 1), self.word(index - 2)
        if before in self.language.month_parts:
            return self.language.month_parts[before], index - 1
        if before == "-" and noun in self.language.month_parts:
            return self.language.month_parts[noun], index - 2
        if before in self.language.of and noun in self.language.month_part_nouns:
            return self.language.month_part_nouns[noun], index - 2
        return None, index

    def day_of_month(self, first: int, after: int, month: int, day: int, until: int | None) -> tuple[TimeMention, int] | None:
        """A day, or several up to `until`, of a month whose year may follow."""
        year = self.year(after)
        begins = self.resolved(year[0] if year else None, month, day)
        if begins is None:
            return None
        ends = self.resolved(begins.year, month, until) if until and until > day else None
        after = year[1] if year else after
        # `19 February, Monday`, `5 May (Friday)`: the day of the week only says the same again.
        if self.word(after) in _ASIDE and self.language.weekdays.get(self.word(after + 1)) == begins.weekday():
            after += 2
        return self.made(first, after, "explicit", begins, "explicit", last=ends)

    def whole_month(self, index: int) -> tuple[TimeMention, int] | None:
        """`March 2021`, `in March`: the middle of the month; its first or last day after `early` or `late`."""
        if not (month := self.month(index)):
            return None
        year = self.year(month[1])
        before = self.word(index - 1)
        # A number before a month that made no date is no day of it.
        if before.isdecimal():
            return None
        part, first = self._part_of_month(index)
        if year is None and part is None and before not in self.language.before_month:
            return None
        begins = self.resolved(year[0] if year else None, month[0], 1)
        if begins and self.reference and begins > self.reference and before in self.language.last_words:
            begins = begins.replace(year=begins.year - 1)
        if begins is None or (year is None and self.reference and begins > self.reference):
            return None
        ends = begins.replace(day=calendar.monthrange(begins.year, begins.month)[1])
        day = (begins, begins.replace(day=15), ends)[(part or 0) + 1]
        kind: Kind = "explicit" if year else "month"
        return self.made(first, year[1] if year else month[1], kind, day, "month", last=ends, precision=3)


def easter(year: int) -> dt.date:
    """Easter Sunday of a year in the Gregorian calendar (the anonymous computus of 1876)."""
    golden, century, rest = year % 19, year // 100, year % 100
    leaps, odd = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - shift + 15) % 30
    quarters, left = divmod(rest, 4)
    weekday = (32 + 2 * odd + 2 * quarters - epact - left) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return dt.date(year, month, day + 1)
