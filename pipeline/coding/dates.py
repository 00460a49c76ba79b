"""Days and spans of days as news tells them, by codebook 4.2.

R is the day of reporting: that of the dateline, else of publication. A bare weekday is the latest such day up to R, R
itself included: news is mostly about the same or the previous day. Without R only dates with a year can be read.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from pipeline.coding.calendar_dates import DAY, CalendarReader, TimeMention
from pipeline.coding.document import Token
from pipeline.coding.language import Language
from pipeline.coding.numbers import read_number


class _Reader(CalendarReader):
    """Reads the time that begins at a token: every method returns the mention and the index after it, or None."""

    # Weekdays

    def weekday(self, index: int) -> tuple[TimeMention, int] | None:
        number = self.language.weekdays.get(self.word(index))
        if number is None or self.reference is None or self.word(index) in self.language.ambiguous_weekdays:
            return None
        before = self.word(index - 1)
        after = index + 1 + (self.word(index + 1) == "." and len(self.word(index)) <= 4)
        first = index - 1 if before in self.language.day_prefixes else index
        if dated := self.dated_weekday(first, after):
            return dated
        back = (self.reference.weekday() - number) % 7
        if before in self.language.next_words:
            return self.made(index, after, "weekday", self.reference + dt.timedelta(days=7 - back), "weekday")
        if before in self.language.last_words and back == 0:
            back = 7
        day = self.reference - dt.timedelta(days=back)
        if week := self.week_of_weekday(after):
            monday = self.reference - self.reference.weekday() * DAY
            return self.made(first, week[1], "weekday", monday - week[0] * DAY + number * DAY, "weekday")
        if pair := self.weekday_pair(first, after, number, day):
            return pair
        while self.word(after) in self.language.day_parts:
            after += 1
        return self.weekday_pair(first, after, number, day) or self.made(first, after, "weekday", day, "weekday")

    def dated_weekday(self, first: int, after: int) -> tuple[TimeMention, int] | None:
        """`Friday, 3 March`, `Tuesday (May 4)`: the date that stands beside the name of the day."""
        begin = after + (self.word(after) in (",", "("))
        begin += self.word(begin) in self.language.articles
        found = self.day_month(begin) or self.month_day(begin)
        if found is None or found[0].day is None or found[0].last is not None:
            return None
        return replace(found[0], start=self.tokens[first].start), found[1]

    def week_of_weekday(self, after: int) -> tuple[int, int] | None:
        """How many days before this week that lies which `Monday last week` names, and the token after it."""
        begin = after + (self.word(after) in (",", *self.language.of))
        for phrase, back in self.language.weeks_back.items():
            words = phrase.split(" ")
            if words == [self.word(position) for position in range(begin, begin + len(words))]:
                return back, begin + len(words)
        return None

    def weekday_pair(self, first: int, after: int, number: int, day: dt.date) -> tuple[TimeMention, int] | None:
        """`Saturday and Sunday`, `from Friday night to Saturday`: the night between them belongs to both."""
        assert self.reference is not None
        joint = self.word(after)
        begin = after + 1 + (self.word(after + 1) in self.language.day_prefixes)
        pair = self.language.weekdays.get(self.word(begin))
        if pair is None or joint not in self.language.conjunctions | self.language.to | self.language.into:
            return None
        step = (pair - number) % 7
        is_span = step == 1 or (joint in self.language.to and self.word(first - 1) in self.language.from_ and step)
        if joint in self.language.conjunctions:
            is_span = step == 1 and day < self.reference
        if not is_span or self.word(begin - 1) in self.language.day_prefixes:
            return None
        if day + step * DAY > self.reference:
            day -= 7 * DAY
        return self.made(first, begin + 1, "weekday", day, "weekday_pair", last=day + step * DAY)

    # Counted from R

    def is_night_of_a_day(self, index: int) -> bool:
        """Whether `overnight` stands beside the name of a day, as in `overnight into Friday`."""
        near = (self.word(index + 1), self.word(index + 2))
        return self.word(index) in self.language.overnight and any(word in self.language.weekdays for word in near)

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
                return self.anchored_phrase(index, index + length, self.language.anchored_days[phrase])
            if found := self.phrase(index, index + length, phrase):
                return found
        is_number = first in self.language.number_starters or first[:1].isdecimal()
        return (self.anchored(index) or self.ago(index)) if is_number else None

    def phrase(self, index: int, after: int, phrase: str) -> tuple[TimeMention, int] | None:
        """A phrase of the language that is counted from R, or is vague."""
        if phrase in self.language.relative_days and self.reference:
            back, review = self.language.relative_days[phrase]
            return self.made(index, after, "relative", self.reference - back * DAY, "relative", needs_review=review)
        if phrase in self.language.relative_spans and self.reference:
            return self.relative_span(index, after, phrase)
        if phrase in self.language.vague_times:
            day = self.reference - 2 * DAY if self.reference else None
            last = self.reference - DAY if self.reference else None
            return self.made(index, after, "vague", day, "vague", last=last, precision=2)
        if phrase in self.language.uncodable_times:
            return self.made(index, after, "uncodable", None, "uncodable", precision=3)
        return None

    def anchored_phrase(self, index: int, after: int, offset: int) -> tuple[TimeMention, int] | None:
        """`the day before`, `the day after`: counted from what follows if something does, else from what was told before."""
        word, following = self.word(after - 1), self.word(after)
        opens_clause = word in self.language.clause_breaks and following[:1].isalnum() and following not in self.language.at
        if opens_clause and offset < 0:
            return None
        made, after = self.made(index, after, "anchored", None, "anchored")
        return replace(made, offset=offset, opens_clause=opens_clause), after

    def anchored(self, index: int) -> tuple[TimeMention, int] | None:
        """`three days earlier`, `a week later`; `two days after the ambush`, which is counted from what follows."""
        counted = self.counted(index)
        if counted is None or counted[0] > 31:
            return None
        days, after = counted
        word, following = self.word(after), self.word(after + 1)
        if word in self.language.earlier or word in self.language.later:
            sign = -1 if word in self.language.earlier else 1
            # `two days before the vote` is counted from what may still be to come.
            if word in self.language.clause_breaks and (following[:1].isalnum() and following not in self.language.at):
                return None
        elif word not in self.language.after_words or not following[:1].isalnum():
            return None
        else:
            made, end = self.made(index, after + 1, "anchored", None, "anchored")
            return replace(made, offset=days, opens_clause=True), end
        made, end = self.made(index, after + 1, "anchored", None, "anchored")
        return replace(made, offset=sign * days), end

    def counted(self, index: int) -> tuple[int, int] | None:
        """A number of days and the token after its unit: `two weeks` are 14."""
        one = (1, index + 1) if self.word(index) in self.language.one else None
        number = read_number(self.tokens, index, self.language) or one
        unit = self.language.time_units.get(self.word(number[1])) if number else None
        return None if number is None or unit is None or number[0] > 1000 else (number[0] * unit, number[1] + 1)

    def relative_span(self, index: int, after: int, phrase: str) -> tuple[TimeMention, int]:
        assert self.reference is not None
        begin, length, precision = self.language.relative_spans[phrase]
        if phrase in self.language.month_spans:
            first = self.reference.replace(day=1)
            if begin:
                first = (first - DAY).replace(day=1)
            ends = first.replace(day=calendar.monthrange(first.year, first.month)[1])
            middle = min(first.replace(day=15), self.reference)
            return self.made(index, after, "relative", middle, "span", last=min(ends, self.reference), precision=3)
        start = self.reference - begin * DAY
        if phrase in self.language.calendar_weeks:
            start = self.reference - dt.timedelta(days=self.reference.weekday()) - begin * DAY
        ends = min(start + (length - 1) * DAY, self.reference)
        return self.made(index, after, "relative", start + (ends - start) // 2, "span", last=ends, precision=precision)

    def ago(self, index: int) -> tuple[TimeMention, int] | None:
        """`two days ago`, `a week ago`; months and years are coarser than what is coded."""
        one = (1, index + 1) if self.word(index) in self.language.one else None
        number = read_number(self.tokens, index, self.language) or one
        unit = self.language.time_units.get(self.word(number[1])) if number else None
        if number is None or unit is None or number[0] > 1000 or self.reference is None:
            return None
        if self.word(index - 1) in self.language.past_words and unit > 7:
            return self.made(index, number[1] + 1, "uncodable", None, "uncodable", precision=3)
        if self.word(number[1] + 1) not in self.language.ago:
            return None
        after = number[1] + 2
        days = number[0] * unit
        if self.word(number[1]) in self.language.fortnight and number[0] == 1:
            middle = (self.reference - days * DAY).replace(day=15)
            return self.made(index, after, "relative", min(middle, self.reference), "ago", precision=3)
        if unit > 7 or days > 31:
            return self.made(index, after, "uncodable", None, "uncodable", precision=3)
        return self.made(index, after, "relative", self.reference - dt.timedelta(days=days), "ago", precision=1 if unit <= 1 else 2)

    def on_eve(self, index: int, time: TimeMention) -> TimeMention:
        """The day before a time after `the eve of`."""
        is_eve = self.word(index - 1) in self.language.of and self.word(index - 2) in self.language.eve
        return replace(time, day=time.day - DAY) if is_eve and time.day and time.precision == 1 and time.last is None else time

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
        return replace(time, is_since=True, begins=time.day if time.precision == 1 else None)
    return replace(
        time, day=time.day + (reference - time.day) // 2, last=reference, precision=2, rule_id="date.since", begins=time.day
    )


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
    after, starters, days = indices.start, language.time_starters, language.calendar_starters
    for position in indices:
        word = tokens[position][2]
        if position < after or not (word in starters or word[0].isdecimal()):
            continue
        # `overnight into Friday` and `the last week of May` begin like times that are counted from R.
        made = reader.week_of_month(position)
        if made is None and not reader.is_night_of_a_day(position):
            made = reader.relative(position)
        if made is None and (word in days or word[0].isdecimal()):
            made = reader.explicit(position) or reader.weekday(position) or reader.bare_year(position)
        if made:
            before = position - 1 - (reader.word(position - 1) in language.articles)
            is_since = reader.word(before) in language.since or reader.word(before - 1) in language.since
            found.append(_from_then_on(made[0], reference) if is_since else reader.on_eve(position, made[0]))
            after = made[1]
    return found
