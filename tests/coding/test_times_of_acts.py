"""The day of an act, where the text counts it from another or tells more days than one."""

import pytest


@pytest.fixture(scope="module")
def days(code):
    """Day of each report of a text published on Thursday, 19 October 2017, by its place."""

    def dated(text):
        return {row["location_mention"]: str(row["event_date"]) for row in code(text).reports}

    return dated


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police said on Tuesday that gunmen had killed two men in Baiji a day earlier.", {"Baiji": "2017-10-16"}),
        ("Gunmen killed two men in Baiji on Sunday. A day earlier, a bomb went off in Mosul, killing four.", None),
        ("Rebels killed two guards in Baiji on Monday, two days after soldiers burned houses in Mosul.", None),
        ("A day after gunmen killed four men in Baiji on Sunday, soldiers shot dead two men in Mosul.", None),
        ("Baiji has been in rebel hands since Monday, when fighters overran its last post.", {"Baiji": "2017-10-16"}),
        ("11 October: attack by rebels on a post in Baiji; 12 October: attack by rebels on a post in Mosul.", None),
    ],
)
def test_the_days_of_acts(days, text, expected):
    others = {
        "A day earlier": {"Baiji": "2017-10-15", "Mosul": "2017-10-14"},
        "two days after": {"Baiji": "2017-10-16", "Mosul": "2017-10-14"},
        "A day after": {"Baiji": "2017-10-15", "Mosul": "2017-10-16"},
        "11 October": {"Baiji": "2017-10-11", "Mosul": "2017-10-12"},
    }
    assert days(text) == (expected or next(value for words, value in others.items() if words in text))


def test_one_mention_of_a_day_is_one_day(code):
    """What a day counted from another dates is not counted on from that."""
    text = (
        "A bomb killed two men in Baiji on Sunday. A day earlier, drones struck a gathering of rebels near Mosul, killing 14 men."
    )
    rows = {row["location_mention"]: (str(row["event_date"]), row["fatalities"]) for row in code(text).reports}
    assert rows == {"Baiji": ("2017-10-15", 2), "Mosul": ("2017-10-14", 14)}
