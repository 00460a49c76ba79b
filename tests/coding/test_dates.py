"""Days as news tells them (codebook 4.2) and datelines (4.3)."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.coding.datelines import find_dateline
from pipeline.coding.dates import find_times
from pipeline.coding.document import Document
from pipeline.coding.english import ENGLISH
from pipeline.coding.reading import day_of_reporting

THURSDAY = dt.date(2017, 10, 19)


def times(text, reference=THURSDAY):
    document = Document(text, ENGLISH)
    return find_times(document.tokens, range(len(document.tokens)), ENGLISH, reference)


@pytest.mark.parametrize(
    ("text", "day", "kind"),
    [
        ("on 19 March 2021", "2021-03-19", "explicit"),
        ("on March 19, 2021", "2021-03-19", "explicit"),
        ("on the 3rd of May", "2017-05-03", "explicit"),
        ("ON 30 DECEMBER", "2016-12-30", "explicit"),
        ("on Sept. 25", "2017-09-25", "explicit"),
        ("on 2017-10-03", "2017-10-03", "explicit"),
        ("on 12 JAN 17", "2017-01-12", "explicit"),
        ("Monday's assault", "2017-10-16", "weekday"),
        ("on Thursday", "2017-10-19", "weekday"),
        ("last Thursday", "2017-10-12", "weekday"),
        ("early Friday", "2017-10-13", "weekday"),
        ("on Monday night", "2017-10-16", "weekday"),
        ("today", "2017-10-19", "relative"),
        ("this morning", "2017-10-19", "relative"),
        ("yesterday", "2017-10-18", "relative"),
        ("last night", "2017-10-18", "relative"),
        ("overnight", "2017-10-18", "relative"),
        ("two days ago", "2017-10-17", "relative"),
        ("on 12/10", "2017-10-12", "explicit"),
        ("on 10/12/2016", "2016-12-10", "explicit"),
        ("on 12/31/2016", "2016-12-31", "explicit"),
        ("on 11.09.2017", "2017-09-11", "explicit"),
        ("the first of October", "2017-10-01", "explicit"),
        ("on New Year's Eve", "2016-12-31", "explicit"),
        ("on Easter Monday", "2017-04-17", "explicit"),
        ("on Good Friday 2016", "2016-03-25", "explicit"),
        ("Friday, 15 September", "2017-09-15", "explicit"),
        ("Friday (September 15)", "2017-09-15", "explicit"),
        ("on Monday last week", "2017-10-09", "weekday"),
        ("on Monday of this week", "2017-10-16", "weekday"),
        ("overnight into Tuesday", "2017-10-17", "weekday"),
        ("on the eve of 12 October", "2017-10-11", "explicit"),
    ],
)
def test_days(text, day, kind):
    (found,) = times(text)
    assert (found.day, found.precision, found.kind) == (dt.date.fromisoformat(day), 1, kind)


@pytest.mark.parametrize(
    ("text", "day", "last", "precision"),
    [
        ("in March 2021", "2021-03-15", "2021-03-31", 3),
        ("early March 2021", "2021-03-01", "2021-03-31", 3),
        ("in late March 2021", "2021-03-31", "2021-03-31", 3),
        ("3-5 May 2016", "2016-05-03", "2016-05-05", 1),
        ("between Sunday and Monday", "2017-10-15", "2017-10-16", 1),
        ("the night of Sunday to Monday", "2017-10-15", "2017-10-16", 1),
        ("Sunday night into Monday", "2017-10-15", "2017-10-16", 1),
        ("from Friday to Monday", "2017-10-13", "2017-10-16", 1),
        ("in the first week of August", "2017-08-04", "2017-08-07", 2),
        ("in the last week of August", "2017-08-28", "2017-08-31", 2),
        ("mid-September", "2017-09-15", "2017-09-30", 3),
        ("at the end of September", "2017-09-30", "2017-09-30", 3),
        ("the beginning of September", "2017-09-01", "2017-09-30", 3),
        ("last December", "2016-12-15", "2016-12-31", 3),
        ("since Monday", "2017-10-17", "2017-10-19", 2),
        ("last week", "2017-10-12", "2017-10-15", 2),
        ("over the weekend", "2017-10-14", "2017-10-15", 2),
        ("last month", "2017-09-15", "2017-09-30", 3),
        ("recently", "2017-10-17", "2017-10-18", 2),
        ("in the past 24 hours", "2017-10-18", "2017-10-18", 2),
    ],
)
def test_spans(text, day, last, precision):
    (found,) = times(text)
    assert (found.day, found.last, found.precision) == (dt.date.fromisoformat(day), dt.date.fromisoformat(last), precision)


@pytest.mark.parametrize("text", ["last year", "three years ago", "in 2014", "in recent months"])
def test_what_is_coarser_than_a_month_dates_nothing(text):
    (found,) = times(text)
    assert (found.kind, found.day) == ("uncodable", None)


@pytest.mark.parametrize(
    "text",
    ["he may go", "they march on", "the sun rose", "31 February 2017", "40 May 2017", "mayor Day", "he had 24/7 care", "1/2 of it"],
)
def test_no_time(text):
    assert times(text) == []


@pytest.mark.parametrize(
    ("text", "offset", "opens_clause"),
    [
        ("four days earlier", -4, False),
        ("five days later", 5, False),
        ("a week before", -7, False),
        ("the day before", -1, False),
        ("a day after rebels took the town", 1, True),
        ("two days after the ambush", 2, True),
        ("the day after the ambush", 1, True),
    ],
)
def test_days_counted_from_what_is_told(text, offset, opens_clause):
    (found,) = times(text)
    assert (found.kind, found.offset, found.opens_clause) == ("anchored", offset, opens_clause)


@pytest.mark.parametrize("text", ["two days before the vote", "the day before the vote"])
def test_days_before_what_may_be_still_to_come_date_nothing(text):
    assert times(text) == []


def test_since_makes_a_time_a_beginning():
    assert [each.is_since for each in times("since October 16, since Monday and on Monday")] == [True, False, False]


def test_overnight_alone_is_for_review():
    assert times("overnight")[0].needs_review == "overnight"


def test_without_a_day_of_reporting_only_years_date():
    found = times("on Monday, on 5 May and on 5 May 2019", reference=None)
    assert [each.day for each in found] == [dt.date(2019, 5, 5)]


@given(st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1)), st.sampled_from(sorted(ENGLISH.weekdays)[:12]))
def test_a_bare_weekday_is_the_latest_one_up_to_the_day_of_reporting(reference, name):
    for found in times(f"on {name.title()} evening", reference):
        assert 0 <= (reference - found.day).days < 7
        assert found.day.weekday() == ENGLISH.weekdays[name]


@given(st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1)))
def test_explicit_dates_are_read_back(day):
    for text in (f"{day.day} {day:%B %Y}", f"{day:%B} {day.day}, {day.year}", f"{day:%b}. {day.day}, {day.year}", day.isoformat()):
        assert [each.day for each in times(f"on {text} they left")] == [day]


@given(st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1)), st.integers(0, 300))
def test_a_date_without_a_year_lies_in_the_last_twelve_months(reference, back):
    day = reference - dt.timedelta(days=back)
    if (day.month, day.day) != (2, 29):
        assert times(f"on {day.day} {day:%B}", reference)[0].day == day


@given(
    st.lists(
        st.sampled_from(
            [
                "on",
                "Monday",
                "3",
                "May",
                ",",
                "2017",
                "last",
                "week",
                "early",
                "and",
                "since",
                "two",
                "days",
                "ago",
                "the",
                "of",
                "-",
                "5",
                "14",
            ]
        ),
        max_size=25,
    )
)
def test_mentions_never_overlap(words):
    found = times(" ".join(words))
    assert all(first.end <= second.start for first, second in pairwise(found))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("BAGHDAD (Reuters) - Two", "BAGHDAD"),
        ("BAGHDAD, Oct 19 (Reuters) - Two", "BAGHDAD"),
        ("Oct 19 (Reuters) - Two", None),
        ("IRBIL, Iraq (AP) — Two", "IRBIL"),
        ("ANKARA, Aug. 22 (Xinhua) -- Two", "ANKARA"),
        ("Baghdad (AFP) - Two", "Baghdad"),
        ("ERBIL, Kurdistan Region (Kurdistan 24) – Two", "ERBIL"),
        ("ERBIL, Kurdistan Region - Two", "ERBIL"),
        ("SULAIMANI — Two", "SULAIMANI"),
        ("Shafaq News / Two", None),
        ("BEIRUT, Lebanon, June 2 — Two", "BEIRUT"),
        ("Diyala: At least", "Diyala"),
        ("   SAN SALVADOR, 3 JAN 90 -- [TEXT] TWO", "SAN SALVADOR"),
        ("   NO CITY (EL SALVADOR), 19 MAR 89 (FBIS) -- [TEXT]", "NO CITY"),
    ],
)
def test_datelines(text, place):
    found = find_dateline(text)
    assert found is not None
    assert found.place == place


@pytest.mark.parametrize(
    "text", ["Police said: he left", "In the village, men - armed - left", "Two men died on Monday, police said - the first", ""]
)
def test_no_dateline(text):
    assert find_dateline(text) is None


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("BAGHDAD, Oct 18 (Reuters) - Two", dt.date(2017, 10, 19), dt.date(2017, 10, 18)),
        ("LIMA, 3 JAN 90 -- [TEXT]", None, None),
        ("LIMA, 3 JAN 1990 -- [TEXT]", None, dt.date(1990, 1, 3)),
        ("BAGHDAD (Reuters) - Two", dt.date(2017, 10, 19), dt.date(2017, 10, 19)),
        ("BAGHDAD, Oct 25 (Reuters) - Two", dt.date(2017, 10, 19), dt.date(2017, 10, 19)),
    ],
)
def test_day_of_reporting(text, published, expected):
    assert day_of_reporting(Document(text, ENGLISH), find_dateline(text), published) == expected
