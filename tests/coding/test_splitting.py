"""Several places or days in one sentence are one report each; their common toll is divided."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.coding.incidents import Incident, Share
from pipeline.coding.splitting import share_of


def _told(coding, *names):
    return [tuple(row[name] for name in names) for row in coding.reports]


def test_a_list_of_places_is_one_report_each(code):
    coding = code("Rebels attacked villagers in Kirkuk, Hawija and Daquq on Monday, killing seven people.")
    assert _told(coding, "location_mention", "fatalities", "fatalities_basis") == [
        ("Kirkuk", 3, "shared_total"),
        ("Hawija", 2, "shared_total"),
        ("Daquq", 2, "shared_total"),
    ]
    [group] = {row["split_group"] for row in coding.reports}
    assert group.startswith(f"{coding.reports[0]['article_id']}:")
    assert [row["anchor_ordinal"] for row in coding.reports] == [0, 1, 2]


def test_a_list_of_days_is_one_report_each(code):
    coding = code("Rebels and soldiers clashed in Daquq on 14 October and 16 October, and nine soldiers were killed.")
    assert [(str(row["event_date"]), row["fatalities"]) for row in coding.reports] == [("2017-10-14", 5), ("2017-10-16", 4)]


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen attacked a bus on the road between Kirkuk and Hawija on Monday.",
        "A bomb exploded in Hawija, Kirkuk province, on Monday.",
        "Fighting in Kirkuk drove thousands of people from their homes to Hawija and Daquq on Monday.",
    ],
)
def test_places_that_are_no_list_of_scenes(code, text):
    assert all(row["split_group"] is None for row in code(text).reports)


def test_places_told_again_one_by_one_keep_their_own_tolls(code):
    coding = code(
        "Bombs exploded in Kirkuk and Daquq on Monday, killing five.\n\nIn Daquq, a bomb exploded near a school and killed two."
    )
    assert all(row["fatalities_basis"] != "shared_total" for row in coding.reports)


@given(st.integers(1, 500), st.integers(1, 8), st.integers(0, 20), st.none() | st.integers(0, 20))
def test_shares_add_up_to_the_total_and_keep_their_order(total, size, below, above):
    columns = {
        "fatalities": total,
        "fatalities_low": max(0, total - below),
        "fatalities_high": None if above is None else total + above,
        "fatalities_basis": "stated",
    }
    trigger = SimpleNamespace(start=7)
    parts = [share_of(columns, Incident(triggers=[trigger], share=Share(index, size)), "art-1") for index in range(size)]
    assert {part["split_group"] for part in parts} == {"art-1:7"}
    assert sum(part["fatalities"] for part in parts) == total
    for part in parts:
        assert part["fatalities_low"] <= part["fatalities"]
        assert part["fatalities_high"] is None or part["fatalities"] <= part["fatalities_high"]


def test_a_list_that_is_turned_down_is_turned_down_once(code):
    text = (
        "The governor spoke. " * 5
        + "In 2015 and 2016 the town was quiet. Gunmen had attacked farmers in Kirkuk and Daquq on 3 May 2015 and 4 May 2015."
    )
    keys = [(row["part"], row["start"], row["rule_id"]) for row in code(text).rejected]
    assert len(keys) == len(set(keys))


def test_the_dead_of_an_earlier_day_are_no_toll_of_today(code):
    coding = code("Gunmen killed a guard in Daquq on Monday. On Sunday a farmer and two cooks had died there.")
    assert [row["fatalities"] for row in coding.reports] == [1]
