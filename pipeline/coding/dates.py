"""Days and spans of days as news tells them, by codebook 4.2.

R is the day of reporting: that of the dateline, else of publication. A bare weekday is the latest such day up to R, R
itself included: news is mostly about the same or the previous day. Without R only dates with a year can be read.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.coding.document import Token
from pipeline.coding.language import Language
from pipeline.coding.numbers import read_number

Kind = Literal["explicit", "anchored", "month", "weekday", "relative", "vague", "uncodable"]

_DAY = dt.timedelta(days=1)
_AHEAD = dt.timedelta(days=60)
_ORDINALS = frozenset(("st", "nd", "rd", "th"))


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

    def anchored_to(self, day: dt.date) -> TimeMention:
        """The mention with its day, counted from that of the incident told before."""
        return replace(self, kind="relative", day=day + (self.offset or 0) * _DAY)


@dataclass(frozen=True)
class _Reader:
    """Reads the time that begins at a token: every method returns the mention and the index after it, or None."""

    tokens: Sequence[Token]
    language: Language
    reference: dt.date | None

    def word(self, index: int) -> str:
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
        start, end = self.tokens[first].start, self.tokens[after - 1].end
        return TimeMention(start, end, kind, day, last, precision, f"date.{rule}", needs_review=needs_review), after

    # Parts of a date

    def day_number(self, index: int) -> tuple[int, int] | None:
        word = self.word(index)
        if not (word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31):
            return None
        return int(word), index + 1 + (self.word(index + 1) in _ORDINALS)

    def month(self, index: int) -> tuple[int, int] | None:
        number = self.language.months.get(self.word(index))
        return None if number is None else (number, index + 1 + (self.word(index + 1) == "."))

    def year(self, index: int) -> tuple[int, int] | None:
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
        return self.iso(index) or self.day_month(index) or self.month_day(index) or self.whole_month(index) or self.day_alone(index)

    def day_alone(self, index: int) -> tuple[TimeMention, int] | None:
        """`on the 12th`: the latest such day up to R."""
        day = self.day_number(index)
        if not day or self.word(index + 1) not in _ORDINALS or self.reference is None:
            return None
        if self.word(index - 1) not in self.language.articles or self.word(index - 2) not in self.language.before_month:
            return None
        # `on the 4th floor` counts something else.
        if self.word(day[1])[:1].isalnum() and self.word(day[1]) not in self.language.small_words:
            return None
        months = (self.reference, self.reference.replace(day=1) - _DAY)
        days = (self.resolved(month.year, month.month, day[0]) for month in months)
        found = next((each for each in days if each and each <= self.reference), None)
        return self.made(index, day[1], "explicit", found, "day_alone") if found else None

    def iso(self, index: int) -> tuple[TimeMention, int] | None:
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
        if not (day := self.day_number(index)):
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

    def day_of_month(self, first: int, after: int, month: int, day: int, until: int | None) -> tuple[TimeMention, int] | None:
        year = self.year(after)
        begins = self.resolved(year[0] if year else None, month, day)
        if begins is None:
            return None
        ends = self.resolved(begins.year, month, until) if until and until > day else None
        return self.made(first, year[1] if year else after, "explicit", begins, "explicit", last=ends)

    def whole_month(self, index: int) -> tuple[TimeMention, int] | None:
        """`March 2021`, `in March`: the middle of the month; its first or last day after `early` or `late`."""
        if not (month := self.month(index)):
            return None
        year = self.year(month[1])
        before = self.word(index - 1)
        # A number before a month that made no date is no day of it.
        if before.isdecimal():
            return None
        if year is None and before not in self.language.before_month:
            return None
        begins = self.resolved(year[0] if year else None, month[0], 1)
        if begins is None or (year is None and self.reference and begins > self.reference):
            return None
        ends = begins.replace(day=calendar.monthrange(begins.year, begins.month)[1])
        part = self.language.month_parts.get(before, 0)
        day = (begins, begins.replace(day=15), ends)[part + 1]
        first = index - 1 if before in self.language.month_parts else index
        kind: Kind = "explicit" if year else "month"
        return self.made(first, year[1] if year else month[1], kind, day, "month", last=ends, precision=3)

    # Weekdays

    def weekday(self, index: int) -> tuple[TimeMention, int] | None:
        number = self.language.weekdays.get(self.word(index))
        if number is None or self.reference is None or self.word(index) in self.language.ambiguous_weekdays:
            return None
        before = self.word(index - 1)
        after = index + 1 + (self.word(index + 1) == "." and len(self.word(index)) <= 4)
        back = (self.reference.weekday() - number) % 7
        if before in self.language.next_words:
            return self.made(index, after, "weekday", self.reference + dt.timedelta(days=7 - back), "weekday")
        if before in self.language.last_words and back == 0:
            back = 7
        day = self.reference - dt.timedelta(days=back)
        # Saturday and Sunday: the night between them belongs to both.
        pair = self.language.weekdays.get(self.word(after + 1)) if self.word(after) in self.language.conjunctions else None
        if pair is not None and (pair - number) % 7 == 1 and day < self.reference:
            return self.made(index, after + 2, "weekday", day, "weekday_pair", last=day + _DAY)
        while self.word(after) in self.language.day_parts:
            after += 1
        first = index - 1 if before in self.language.day_prefixes else index
        return self.made(first, after, "weekday", day, "weekday")

    # Counted from R

    def relative(self, index: int) -> tuple[TimeMention, int] | None:
        """`yesterday`, `last night`, `overnight`, `two days ago`, `last week`, `recently`."""
        first = self.word(index)
        lengths: tuple[int, ...] = ()
        if first in self.language.time_phrase_starters:
            phrases = self.language.time_phrases
            lengths = (*phrases.get((first, self.word(index + 1)), ()), *phrases.get((first, ""), ()))
        for length in lengths:
            phrase = " ".join(self.word(position) for position in range(index, index + length))
            if phrase in self.language.anchored_days:
                offset = self.language.anchored_days[phrase]
                made, after = self.made(index, index + length, "anchored", None, "anchored")
                return replace(made, offset=offset), after
            if phrase in self.language.relative_days and self.reference:
                back, review = self.language.relative_days[phrase]
                return self.made(index, index + length, "relative", self.reference - back * _DAY, "relative", needs_review=review)
            if phrase in self.language.relative_spans and self.reference:
                return self.relative_span(index, index + length, phrase)
            if phrase in self.language.vague_times:
                day = self.reference - 2 * _DAY if self.reference else None
                last = self.reference - _DAY if self.reference else None
                return self.made(index, index + length, "vague", day, "vague", last=last, precision=2)
            if phrase in self.language.uncodable_times:
                return self.made(index, index + length, "uncodable", None, "uncodable", precision=3)
        return self.ago(index) if first in self.language.number_starters or first[:1].isdecimal() else None

    def relative_span(self, index: int, after: int, phrase: str) -> tuple[TimeMention, int]:
        assert self.reference is not None
        begin, length, precision = self.language.relative_spans[phrase]
        if phrase in self.language.month_spans:
            first = self.reference.replace(day=1)
            if begin:
                first = (first - _DAY).replace(day=1)
            ends = first.replace(day=calendar.monthrange(first.year, first.month)[1])
            middle = min(first.replace(day=15), self.reference)
            return self.made(index, after, "relative", middle, "span", last=min(ends, self.reference), precision=3)
        start = self.reference - begin * _DAY
        if phrase in self.language.calendar_weeks:
            start = self.reference - dt.timedelta(days=self.reference.weekday()) - begin * _DAY
        ends = min(start + (length - 1) * _DAY, self.reference)
        return self.made(index, after, "relative", start + (ends - start) // 2, "span", last=ends, precision=precision)

    def ago(self, index: int) -> tuple[TimeMention, int] | None:
        """`two days ago`, `a week ago`; months and years are coarser than what is coded."""
        one = (1, index + 1) if self.word(index) in self.language.one else None
        number = read_number(self.tokens, index, self.language) or one
        unit = self.language.time_units.get(self.word(number[1])) if number else None
        if number is None or unit is None or number[0] > 1000:
            return None
        if self.word(index - 1) in self.language.past_words and unit > 7:
            return self.made(index, number[1] + 1, "uncodable", None, "uncodable", precision=3)
        if self.word(number[1] + 1) not in self.language.ago:
            return None
        after = number[1] + 2
        days = number[0] * unit
        if unit > 7 or days > 31:
            return self.made(index, after, "uncodable", None, "uncodable", precision=3)
        if self.reference is None:
            return None
        return self.made(index, after, "relative", self.reference - dt.timedelta(days=days), "ago", precision=1 if unit <= 1 else 2)

    def bare_year(self, index: int) -> tuple[TimeMention, int] | None:
        """`in 2014`: or `the 1988 bombing`: a year alone dates nothing, and shows that the sentence looks back."""
        word = self.word(index)
        if not (word.isdecimal() and len(word) == 4 and 1900 <= int(word) <= 2100):
            return None
        before = self.word(index - 1)
        is_past = self.reference is not None and int(word) < self.reference.year
        if before in self.language.before_month or (is_past and before in self.language.articles):
            return self.made(index, index + 1, "uncodable", None, "uncodable", precision=3)
        return None


def _from_then_on(time: TimeMention, reference: dt.date | None) -> TimeMention:
    """A time after `since`: from a weekday to R is a span of days, anything longer only the beginning of a state."""
    if time.kind != "weekday" or time.day is None or reference is None or time.day >= reference:
        return replace(time, is_since=True)
    return replace(time, day=time.day + (reference - time.day) // 2, last=reference, precision=2, rule_id="date.since")


def find_times(tokens: Sequence[Token], indices: range, language: Language, reference: dt.date | None) -> list[TimeMention]:
    """All mentions of time that begin within a range of tokens, in order, none within another.

    Args:
        tokens: Tokens of the whole text.
        indices: Those at which a mention may begin.
        language: Its words for days.
        reference: R, the day of reporting; None if not known.
    """
    reader = _Reader(tokens, language, reference)
    found: list[TimeMention] = []
    after, starters, days = indices.start, language.time_starters, language.days_and_months
    for position in indices:
        word = tokens[position][2]
        if not (word in starters or (len(word) <= 4 and word.isdecimal())) or position < after:
            continue
        made = reader.relative(position)
        if made is None and (word in days or word.isdecimal()):
            made = reader.explicit(position) or reader.weekday(position) or reader.bare_year(position)
        if made:
            before = position - 1 - (reader.word(position - 1) in language.articles)
            is_since = reader.word(before) in language.since or reader.word(before - 1) in language.since
            found.append(_from_then_on(made[0], reference) if is_since else made[0])
            after = made[1]
    return found
