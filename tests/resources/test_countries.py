"""Facts of countries: names, demonyms, clocks, weekends."""

from __future__ import annotations

import pytest

from pipeline.errors import SeedError
from pipeline.resources.countries import CountryFacts
from pipeline.resources.seeds import SEED_TABLES, Seeds, shipped_seeds
from schemas.taxonomy import COUNTRIES

SEEDS = Seeds((shipped_seeds(),))


@pytest.fixture(scope="module")
def facts() -> CountryFacts:
    return CountryFacts.from_rows(SEEDS.rows("countries"))


def row(**values: str) -> dict[str, str]:
    return {name: values.get(name, "") for name in SEED_TABLES["countries"].columns}


@pytest.mark.parametrize(
    ("word", "country"),
    [
        ("Iraqi", "Iraq"),
        ("Iraqis", "Iraq"),
        ("iraq", "Iraq"),
        ("IRAQ", "Iraq"),
        ("U.S.", "United States"),
        ("British", "United Kingdom"),
        ("Salvadoran", "El Salvador"),
        ("Nigerien", "Niger"),
        ("Nigerian", "Nigeria"),
        ("DR Congo", "Democratic Republic of Congo"),
        ("Côte d'Ivoire", "Ivory Coast"),
        ("Burma", "Myanmar"),
        ("Türkiye", "Turkey"),
        ("Kurdish", None),
        ("Baghdad", None),
        ("", None),
    ],
)
def test_words_give_their_country(facts: CountryFacts, word: str, country: str | None) -> None:
    assert facts.name_of(word) == country


def test_every_country_of_the_taxonomy_is_known_by_its_name(facts: CountryFacts) -> None:
    assert {facts.name_of(country) for country in COUNTRIES} == set(COUNTRIES)


def test_no_name_or_demonym_belongs_to_two_countries() -> None:
    owners: dict[str, set[str]] = {}
    for each in SEEDS.rows("countries"):
        for word in [each["country"], *each["names"].split("; "), *each["demonyms"].split("; ")]:
            owners.setdefault(word.casefold(), set()).add(each["country"])
    assert {word: countries for word, countries in owners.items() if word and len(countries) > 1} == {}


def test_states_have_their_facts(facts: CountryFacts) -> None:
    lacking = [each.country for each in COUNTRIES.values() if each.gwno and facts.utc_offset(each.country) is None]
    assert lacking == []
    assert facts.utc_offset("Iraq") == 3.0
    assert facts.utc_offset("Nepal") == 5.75
    assert facts.capital("Iraq") == "Baghdad"
    assert facts.weekend("Iraq") == (4, 5)
    assert facts.weekend("France") == (5, 6)
    assert facts.weekend("Nepal") == (5, 5)
    assert facts.weekend("Narnia") == (5, 6)
    assert facts.utc_offset("Guam") is None


def test_only_the_row_itself_changes_its_digest() -> None:
    one, other = (CountryFacts.from_rows([row(country="Iraq", demonyms=each)]) for each in ("Iraqi", "Iraqi; Iraqis"))
    assert one.digest("Iraq") != other.digest("Iraq")
    assert one.digest("Iran") == other.digest("Iran") == ""


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"country": "Narnia"}, "list of countries"),
        ({"country": "Iraq", "weekend": "Freitag"}, "Fri-Sat"),
        ({"country": "Iraq", "utc_offset": "three"}, "number of hours"),
    ],
)
def test_wrong_rows_are_refused(values: dict[str, str], words: str) -> None:
    with pytest.raises(SeedError, match=words):
        CountryFacts.from_rows([row(**values)])
