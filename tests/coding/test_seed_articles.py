"""The two articles that the project started from, which lie beside some checkouts: what must come out of them."""

import csv
import datetime as dt

import pytest

VIOLENT_OR_TAKEN = {"Attack", "Armed clash", "Non-state actor overtakes territory", "Non-violent transfer of territory"}
KIRKUK_TAKEN = {"Government regains territory", "Non-violent transfer of territory", "Armed clash"}


@pytest.fixture(scope="module")
def coded(shared, code):
    folder = shared / "seeds"
    with (folder / "articles.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = {row["id"]: (folder / row["file"]).read_text(encoding="utf-8") for row in rows}
    return {row["id"]: (texts[row["id"]], code(texts[row["id"]], published=row["published_at"])) for row in rows}


def test_the_night_attack_is_one_report(coded):
    text, coding = coded["k24-2017-10-19"]
    (fresh,) = [row for row in coding.reports if not row["is_background"]]
    assert fresh["sub_event_type"] in VIOLENT_OR_TAKEN
    assert fresh["event_date"] in (dt.date(2017, 10, 18), dt.date(2017, 10, 19))
    assert (fresh["location_mention"], fresh["location_relation"], fresh["country"]) == ("Daquq", "near", "Iraq")
    assert (fresh["actor1_mention"], fresh["actor2_mention"], fresh["initiator"]) == ("Islamic State", "Kakai-Kurdish", "actor1")
    assert (fresh["fatalities"], fresh["fatalities_basis"]) == (0, "none_mentioned")
    assert "overnight attacked" in text[fresh["anchor_start"] : fresh["anchor_end"]]


@pytest.mark.parametrize("article", ["k24-2017-10-19", "rudaw-2018-06-04"])
def test_the_taking_of_kirkuk_is_background_in_both(coded, article):
    _, coding = coded[article]
    (taken,) = [row for row in coding.reports if row["event_date"] == dt.date(2017, 10, 16)]
    assert taken["is_background"]
    assert taken["sub_event_type"] in KIRKUK_TAKEN
    assert (taken["location_mention"], taken["country"], taken["time_precision"]) == ("Kirkuk", "Iraq", 1)
    assert taken["actor2_mention"] in ("Peshmerga", "Peshmerga Forces")


def test_nothing_else_but_the_withdrawal_of_tuesday(coded):
    days = [(row["event_date"], row["is_background"]) for row in coded["k24-2017-10-19"][1].reports]
    assert sorted(days)[1:-1] == [(dt.date(2017, 10, 17), True)]
    assert all("Hawija" not in (row["location_mention"] or "") for row in coded["k24-2017-10-19"][1].reports)


def test_a_statement_and_a_meeting_are_no_event(coded):
    _, coding = coded["rudaw-2018-06-04"]
    assert [row["event_date"].year for row in coding.reports] == [2017]
    assert {"trend"} <= {row["gate"] for row in coding.rejected}
