"""What wide and common words mean in one country in some years."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.errors import SeedError
from pipeline.resources.actors import ActorRegistry
from pipeline.resources.bundle import Resources
from pipeline.resources.countries import CountryFacts
from pipeline.resources.seeds import SEED_TABLES, Seeds, shipped_seeds

SEEDS = Seeds((shipped_seeds(),))
REGISTRY = Resources(SEEDS).actors


@pytest.mark.parametrize(
    ("phrase", "country", "year", "name"),
    [
        ("separatists", "Cameroon", 2020, "Ambazonian Separatists (Cameroon)"),
        ("separatists", "Cameroon", 2010, "Unidentified Armed Group (Cameroon)"),
        ("separatists", "Iraq", 2020, "Unidentified Armed Group (Iraq)"),
        ("Islamic State fighters", "Mali", 2020, "ISSP: Islamic State Sahel Province"),
        ("Islamic State fighters", "Iraq", 2020, "IS: Islamic State (Iraq)"),
        ("communist rebels", "Philippines", 2020, "NPA: New People's Army"),
        ("soldiers", "Palestine", 2018, "Military Forces of Israel (2009-2021)"),
        ("Palestinian soldiers", "Palestine", 2018, "Military Forces of Palestine (2005-)"),
        ("Boko Haram insurgents", "Mozambique", 2020, "Boko Haram"),
    ],
)
def test_words_mean_what_they_do_there_and_then(phrase: str, country: str, year: int, name: str) -> None:
    found = REGISTRY.resolve(phrase, country=country, day=dt.date(year, 6, 1))
    assert found is not None
    assert found.name == name


def test_without_a_day_only_what_always_holds_is_meant() -> None:
    found = REGISTRY.resolve("separatists", country="Cameroon", day=None)
    assert found is not None
    assert found.name == "Unidentified Armed Group (Cameroon)"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"country": "Atlantis"}, "is not in schemas/data/countries.csv"),
        ({"actor_id": "nobody"}, "'registry:nobody' is no row"),
        ({"words": "generic:elves"}, "'generic:elves' is no row"),
        ({"valid_from": "soon"}, "is not a day"),
    ],
)
def test_wrong_rows_are_refused(changed: dict[str, str], words: str) -> None:
    empty = dict.fromkeys(SEED_TABLES["local_actors"].columns, "")
    row = {**empty, "country": "Mali", "words": "rebels", "actor_id": "jnim", **changed}
    facts = CountryFacts.from_rows(SEEDS.rows("countries"))
    with pytest.raises(SeedError, match=words):
        ActorRegistry.from_rows(SEEDS.rows("actors"), (), SEEDS.rows("generic_actors"), facts, (), [row])


@pytest.mark.parametrize(
    ("phrase", "country", "name"),
    [
        ("Israeli snipers", "Palestine", "Military Forces of Israel (2009-2021)"),
        ("snipers", "Iraq", "Unidentified Armed Group (Iraq)"),
        ("Frelimo soldiers", "Mozambique", "Military Forces of Mozambique (2015-2025)"),
        ("Houthi government", "Yemen", "Government of Yemen (2012-2022)"),
        ("UN convoy", "Mali", "MINUSMA: United Nations Multidimensional Integrated Stabilization Mission in Mali (2013-2023)"),
    ],
)
def test_words_beside_a_name_decide_what_it_stands_for(phrase: str, country: str, name: str) -> None:
    found = REGISTRY.resolve(phrase, country=country, day=dt.date(2018, 6, 1))
    assert found is not None
    assert found.name == name
