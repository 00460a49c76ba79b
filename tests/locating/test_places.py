"""Where reports lie: precision, substitutes, decisions of people, homonyms."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from .conftest import Locate, place_decision, report

PLACE = ("location", "admin1", "geo_precision")


@pytest.mark.parametrize(
    ("values", "expected", "codes"),
    [
        ({"location_mention": "Daquq"}, ("Daquq", "Kirkuk", 1), set()),
        ({"location_mention": "al-Hawijah", "location_relation": "in"}, ("Hawija", "Kirkuk", 1), set()),
        ({"location_mention": "Daquq", "location_relation": "near"}, ("Daquq", "Kirkuk", 2), set()),
        ({"location_mention": "Daquq District"}, ("Daquq", "Kirkuk", 2), {"district_seat_used"}),
        ({"location_mention": "Kirkuk province"}, ("Kirkuk", "Kirkuk", 3), {"province_capital_used"}),
        ({"location_mention": "Kirkuk province", "location_relation": "near"}, ("Kirkuk", "Kirkuk", 3), {"province_capital_used"}),
        ({"location_mention": "Anbar"}, ("Ramadi", "Anbar", 3), {"province_capital_used"}),
        ({"location_mention": "villages south of Daquq"}, ("Daquq", "Kirkuk", 2), set()),
        ({"location_mention": "Daquq, Kirkuk"}, ("Daquq", "Kirkuk", 1), set()),
        ({"location_mention": "a village 15 km south of Daquq"}, ("Daquq", "Kirkuk", 2), set()),
        ({"location_mention": "the road between Tikrit and Baiji"}, ("Tikrit", "Salah al-Din", 2), set()),
        ({"location_mention": "Hamrin Mountains"}, ("Hamrin Mountains", None, 3), {"region_point_used"}),
        ({"location_mention": "Mosul - Old City"}, ("Mosul - Old City", "Nineveh", 1), set()),
        ({"location_mention": "Iraq"}, (None, None, None), {"no_place"}),
        ({}, (None, None, None), {"no_place"}),
        ({"location_mention": "Nowhere-upon-Tigris"}, ("Nowhere-upon-Tigris", None, None), {"unknown_place"}),
        ({"admin1": "Diyala"}, ("Baqubah", "Diyala", 3), {"province_capital_used"}),
        ({"location_mention": "Nowhere", "admin1": "Diyala"}, ("Nowhere", "Diyala", 3), {"province_capital_used", "unknown_place"}),
    ],
)
def test_words_become_places(locate: Locate, values: dict[str, Any], expected: tuple[Any, ...], codes: set[str]) -> None:
    found = locate(report(actor1_mention="gunmen", needs_review="no_place", **values))
    assert tuple(found.row[name] for name in PLACE) == expected
    assert found.codes == codes
    assert (found.row["latitude"] is None) == (found.row["geo_precision"] is None)


def test_a_province_keeps_its_own_key_and_takes_its_capital_s_point(locate: Locate) -> None:
    province, capital = locate(report(location_mention="Anbar")).row, locate(report(location_mention="Ramadi")).row
    assert province["place_id"] != capital["place_id"]
    assert (province["latitude"], province["longitude"]) == (capital["latitude"], capital["longitude"])
    assert province["admin2"] is None


def test_country_gives_its_number_and_region(locate: Locate) -> None:
    row = locate(report(location_mention="Daquq", country=None)).row
    assert (row["country"], row["iso"], row["gwno"], row["region"]) == ("Iraq", 368, 645, "Middle East")
    row = locate(report(country=None)).row
    assert (row["country"], row["iso"], row["gwno"], row["region"]) == (None, None, None, None)


def test_a_point_that_a_person_coded_wins(locate: Locate) -> None:
    coded = {"coder_kind": "human", "latitude": 35.123456, "longitude": 44.5}
    known = locate(report(location_mention="Daquq", **coded)).row
    assert tuple(known[name] for name in (*PLACE, "latitude", "longitude")) == ("Daquq", "Kirkuk", 1, 35.1235, 44.5)
    unknown = locate(report(location_mention="Zanqar", admin1="Kirkuk", location_relation="near", **coded)).row
    assert tuple(unknown[name] for name in (*PLACE, "place_id")) == ("Zanqar", "Kirkuk", 2, None)
    assert unknown["latitude"] == 35.1235


def test_a_decision_about_a_phrase_wins(locate: Locate, resources: Any) -> None:
    hawija = resources.gazetteer.resolve("Hawija").place
    bridge = place_decision(phrase="the bridge", place_id=hawija.place_id)
    found = locate(report(location_mention="The  Bridge"), decisions=(bridge,))
    assert (found.row["location"], found.row["place_id"]) == ("Hawija", hawija.place_id)
    point = {"name": "Zanqar", "country": "Syria", "latitude": 35.00004, "longitude": 40.0}
    found = locate(report(location_mention="Daquq"), decisions=(place_decision(phrase="Daquq", **point),))
    values = [found.row[name] for name in ("location", "country", "iso", "latitude", "geo_precision")]
    assert values == ["Zanqar", "Syria", 760, 35.0, 1]


def test_of_two_decisions_the_later_holds_and_others_articles_do_not_count(locate: Locate) -> None:
    def point(name: str) -> dict[str, Any]:
        return {"name": name, "country": "Iraq", "latitude": 35.0, "longitude": 44.0}

    decisions = (place_decision(2, phrase="DAQUQ", **point("Later")), place_decision(1, phrase="Daquq", **point("Earlier")))
    assert locate(report(location_mention="Daquq"), decisions=decisions).row["location"] == "Later"
    elsewhere = place_decision(3, phrase="Daquq", **point("Elsewhere")) | {"article_id": "art-" + "1" * 20}
    assert locate(report(location_mention="Daquq"), decisions=(elsewhere,)).row["location"] == "Daquq"


def test_a_decision_for_a_place_that_is_gone_is_to_be_looked_at(locate: Locate) -> None:
    found = locate(report(location_mention="Daquq"), decisions=(place_decision(phrase="Daquq", place_id="khd:gone"),))
    assert (found.row["location"], found.row["latitude"]) == ("Daquq", None)
    assert found.codes >= {"place_decision_unknown"}


def test_homonyms_are_told_apart_by_the_dataset_and_the_rest_of_the_article(locate: Locate) -> None:
    unclear = report(location_mention="La Libertad", country=None)
    assert "doubtful_place" in locate(unclear, countries=()).codes
    assert locate(unclear, countries=("PE",)).row["country"] == "Peru"
    assert locate(unclear, countries=("SV",)).row["country"] == "El Salvador"
    both = locate(unclear, report(2, location_mention="San Salvador", country=None), countries=())
    assert [row["country"] for row in both.reports] == ["El Salvador", "El Salvador"]


def test_no_place_outside_the_country_coded_is_taken(locate: Locate) -> None:
    found = locate(report(location_mention="Daquq", country="Peru"))
    assert (found.row["country"], found.row["latitude"]) == ("Peru", None)


@pytest.mark.parametrize(("day", "country"), [(dt.date(2010, 5, 1), "Sudan"), (dt.date(2012, 5, 1), "South Sudan")])
def test_a_territory_goes_to_the_country_of_the_day(locate: Locate, day: dt.date, country: str) -> None:
    row = locate(report(location_mention="Juba", country="South Sudan", event_date=day)).row
    assert (row["location"], row["country"]) == ("Juba", country)


def test_a_name_by_its_sound_in_the_country_coded(locate: Locate) -> None:
    row = locate(report(location_mention="Haweeja")).row
    assert (row["location"], row["place_id"]) == ("Hawija", "khd:iq-hawija")
