"""Disputed territories: one written answer each, with its reason, and by day where it changed."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.errors import SeedError
from pipeline.resources.bundle import Resources
from pipeline.resources.disputed import DisputedTerritories
from pipeline.resources.seeds import SEED_TABLES, Seeds, shipped_seeds

RESOURCES = Resources(Seeds((shipped_seeds(),)))


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Crimea", "Ukraine"),
        ("Golan Heights", "Syria"),
        ("Majdal Shams", "Syria"),
        ("Western Sahara", "Morocco"),
        ("Abyei", "Sudan"),
        ("Kashmir", "India"),
        ("Azad Kashmir", "Pakistan"),
        ("Kosovo", "Kosovo"),
        ("Taiwan", "Taiwan"),
        ("Hong Kong", "China"),
        ("Nagorno-Karabakh", "Azerbaijan"),
        ("Artsakh", "Azerbaijan"),
        ("Transnistria", "Moldova"),
        ("Trans-Dniester", "Moldova"),
        ("Somaliland", "Somalia"),
        ("Northern Cyprus", "Cyprus"),
        ("Donetsk People's Republic", "Ukraine"),
        ("LNR", "Ukraine"),
        ("East Jerusalem", "Palestine"),
        ("Sheikh Jarrah", "Palestine"),
        ("South Ossetia", "Georgia"),
        ("Abkhazia", "Georgia"),
    ],
)
def test_each_territory_has_one_country(name: str, country: str) -> None:
    found = RESOURCES.gazetteer.resolve(name)
    assert found is not None
    assert found.place.country == country


@pytest.mark.parametrize(("day", "country"), [((2011, 7, 8), "Sudan"), ((2011, 7, 9), "South Sudan")])
def test_south_sudan_was_a_part_of_sudan(day: tuple[int, int, int], country: str) -> None:
    assert RESOURCES.disputed.country_on("South Sudan", dt.date(*day)) == country


def test_without_a_day_and_for_all_others_nothing_changes() -> None:
    assert RESOURCES.disputed.country_on("South Sudan", None) == "South Sudan"
    assert RESOURCES.disputed.country_on("Iraq", dt.date(1990, 1, 1)) == "Iraq"


def test_every_row_gives_a_reason_and_a_point_in_the_world() -> None:
    for row in RESOURCES.seeds.rows("disputed"):
        assert len(row["reason"]) > 20
        assert -90 <= float(row["latitude"]) <= 90


@pytest.mark.parametrize(
    ("values", "words"),
    [({"country": "Atlantis"}, "Atlantis"), ({"reason": ""}, "reason"), ({"valid_to": "yesterday"}, "yesterday")],
)
def test_wrong_rows_are_refused(values: dict[str, str], words: str) -> None:
    row = dict.fromkeys(SEED_TABLES["disputed"].columns, "") | {"territory": "X", "country": "Iraq", "reason": "A test"} | values
    with pytest.raises(SeedError, match=words):
        DisputedTerritories.from_rows([row])
