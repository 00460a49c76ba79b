from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.publication_dates import PublicationDate, read_moment, read_publication_date


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)  # type: ignore[misc, arg-type]


DAYS = {
    "1990-01-03": ["1990-01-03", "3 JAN 90", "03 Jan 1990", "January 3, 1990", "3 January 1990", "Jan. 3rd, 1990", "1990/1/3",
                   "1990.01.03", "03-Jan-1990", "3rd of January 1990", "Wednesday, 3 January 1990", "Wed Jan 3 1990", "19900103",
                   "  3   JAN\t90 ", "1990-01-03 00:00:00", "1990-01-03T00:00:00Z"],
    "2021-10-26": ["2021/10/26", "26/10/2021", "10/26/2021", "26.10.2021", "26-10-2021"],
    "2021-03-03": ["03/03/2021"],
    "2018-09-04": ["4 Sept 2018", "Sept. 4, 2018"],
    "2000-02-29": ["29 Feb 00"],
}  # fmt: skip


@pytest.mark.parametrize(("day", "text"), [(day, text) for day, texts in DAYS.items() for text in texts])
def test_days(day: str, text: str) -> None:
    assert read_publication_date(text, 3) == PublicationDate(None, dt.date.fromisoformat(day))


@pytest.mark.parametrize(
    ("text", "offset", "moment", "day"),
    [
        ("2021-10-26T21:38:00Z", 3, utc(2021, 10, 26, 21, 38), dt.date(2021, 10, 27)),
        ("2021-10-26T21:38:00Z", None, utc(2021, 10, 26, 21, 38), dt.date(2021, 10, 26)),
        ("2021-10-26T02:00:00Z", -5, utc(2021, 10, 26, 2), dt.date(2021, 10, 25)),
        ("2021-10-26T21:38:00+00:00", 5.5, utc(2021, 10, 26, 21, 38), dt.date(2021, 10, 27)),
        ("2021-10-26T01:30:00+03:00", -5, utc(2021, 10, 25, 22, 30), dt.date(2021, 10, 26)),
        ("2021-10-26 01:30:00.123456789 +0300", None, utc(2021, 10, 25, 22, 30, 0, 123456), dt.date(2021, 10, 26)),
        ("Tue, 26 Oct 2021 21:38:00 GMT", 3, utc(2021, 10, 26, 21, 38), dt.date(2021, 10, 27)),
        ("Tue, 26 Oct 2021 21:38:00 -0500 (EST)", 3, utc(2021, 10, 27, 2, 38), dt.date(2021, 10, 26)),
        ("Tue, 26 Oct 2021 21:38 EST", 3, utc(2021, 10, 27, 2, 38), dt.date(2021, 10, 26)),
        ("26 Oct 2021, 09:38 pm", None, None, dt.date(2021, 10, 26)),
        ("26 Oct 2021, 09:38 pm", 5, utc(2021, 10, 26, 16, 38), dt.date(2021, 10, 26)),
        ("October 26, 2021 at 12:05 a.m.", 0, utc(2021, 10, 26, 0, 5), dt.date(2021, 10, 26)),
        ("26 Oct 2021 21:38 IST", None, None, dt.date(2021, 10, 26)),
        ("20211026T213800Z", 0, utc(2021, 10, 26, 21, 38), dt.date(2021, 10, 26)),
        ("2021-10-26T23:59:60Z", 0, utc(2021, 10, 26, 23, 59, 59), dt.date(2021, 10, 26)),
    ],
)
def test_moments(text: str, offset: float | None, moment: dt.datetime | None, day: dt.date) -> None:
    assert read_publication_date(text, offset) == PublicationDate(moment, day)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("03/04/2021", "ambiguous_date"), ("03/04/21", "ambiguous_date"), ("3.4.2021", "ambiguous_date"),
        ("yesterday", "date_unreadable"), ("2021", "date_unreadable"), ("2021-13-01", "date_unreadable"),
        ("31 Feb 2021", "date_unreadable"), ("2021-02-30", "date_unreadable"), ("3 Foo 1990", "date_unreadable"),
        ("26 Oct 2021, 13:38 pm", "date_unreadable"), ("2021-10-26T25:00:00Z", "date_unreadable"),
        ("2021-10-26T10:00:00+99:00", "date_unreadable"), ("32/13/2021", "date_unreadable"), ("", "date_unreadable"),
        ("\u0662\u0660\u0662\u0661-10-26", "date_unreadable"), ("1" * 5000, "date_unreadable"),
        ("0021-10-26", "date_out_of_range"), ("1899-12-31", "date_out_of_range"), ("2201-01-01", "date_out_of_range"),
    ],
)  # fmt: skip
def test_refusals(text: str, code: str) -> None:
    assert read_publication_date(text, 3) == PublicationDate(None, None, code)


@given(st.text(), st.none() | st.floats(-12, 14))
def test_no_text_raises_an_error(text: str, offset: float | None) -> None:
    found = read_publication_date(text, offset)
    assert (found.day is None) == (found.code is not None)


@given(st.datetimes(dt.datetime(1900, 1, 2), dt.datetime(2200, 12, 30)), st.integers(-14 * 60, 14 * 60).filter(bool))
def test_iso_moments_come_back(clock: dt.datetime, minutes: int) -> None:
    given_moment = clock.replace(tzinfo=dt.timezone(dt.timedelta(minutes=minutes)))
    found = read_publication_date(given_moment.isoformat(), 7)
    assert found == PublicationDate(given_moment.astimezone(dt.UTC), clock.date())


@given(st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31)))
def test_all_forms_of_a_day_agree(day: dt.date) -> None:
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%A, %d %B %Y", "%a %b %d %Y", "%Y%m%d"):
        assert read_publication_date(day.strftime(form)).day == day


def test_retrieval() -> None:
    assert read_moment("2021-10-26") == utc(2021, 10, 26)
    assert read_moment("2021-10-26 10:00") == utc(2021, 10, 26, 10)
    assert read_moment("2021-10-26T10:00:00+02:00") == utc(2021, 10, 26, 8)
    assert read_moment("then") is None
