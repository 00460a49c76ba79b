"""Actors: regimes by day, names by grammar, mentions in text, digests, and the shipped tables themselves."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise

import pytest

from pipeline.errors import SeedError
from pipeline.resources.actor_rows import read_actor
from pipeline.resources.actors import ActorRegistry
from pipeline.resources.bundle import Resources
from pipeline.resources.countries import CountryFacts
from pipeline.resources.regimes import RegimeTable, read_bound
from pipeline.resources.seeds import SEED_TABLES, Seeds, shipped_seeds
from schemas.taxonomy import COUNTRIES

SEEDS = Seeds((shipped_seeds(),))
FACTS = CountryFacts.from_rows(SEEDS.rows("countries"))
REGISTRY = Resources(SEEDS).actors
DAY = dt.date


def resolve(phrase: str, country: str | None = "Iraq", day: dt.date | None = dt.date(2017, 10, 16), **more: bool):
    return REGISTRY.resolve(phrase, country=country, day=day, **more)


@pytest.mark.parametrize(
    ("country", "day", "name"),
    [
        ("Iraq", DAY(2014, 9, 7), "Military Forces of Iraq (2006-2014)"),
        ("Iraq", DAY(2014, 9, 8), "Military Forces of Iraq (2014-2018)"),
        ("Iraq", DAY(2017, 10, 16), "Military Forces of Iraq (2014-2018)"),
        ("Iraq", DAY(2018, 10, 25), "Military Forces of Iraq (2018-2020)"),
        ("Iraq", DAY(2020, 5, 7), "Military Forces of Iraq (2020-2022)"),
        ("Iraq", DAY(2023, 1, 1), "Military Forces of Iraq (2022-)"),
        ("El Salvador", DAY(1989, 5, 31), "Military Forces of El Salvador (1984-1989)"),
        ("El Salvador", DAY(1989, 6, 1), "Military Forces of El Salvador (1989-1994)"),
        ("Syria", DAY(2024, 12, 7), "Military Forces of Syria (2000-2024)"),
        ("Syria", DAY(2024, 12, 8), "Military Forces of Syria (2024-)"),
        ("United States", DAY(1990, 1, 2), "Military Forces of the United States (1989-1993)"),
        ("Philippines", DAY(2020, 1, 1), "Military Forces of the Philippines (2016-2022)"),
    ],
)
def test_soldiers_are_those_of_the_regime_of_the_day(country: str, day: dt.date, name: str) -> None:
    found = resolve("soldiers", country, day)
    assert (found.name, found.inter) == (name, 1)
    assert "regime_unknown" not in found.reasons


def test_no_years_are_invented_for_days_that_no_regime_covers() -> None:
    before = resolve("soldiers", "Peru", DAY(1930, 1, 1))
    assert (before.name, before.actor_id) == ("Unidentified Military Forces", None)
    assert "regime_unknown" in before.reasons
    between = resolve("soldiers", "Iraq", DAY(2003, 4, 15))
    assert between.name == "Military Forces of Iraq (1979-2003)"
    assert "regime_unknown" in between.reasons


@pytest.mark.parametrize(
    ("phrase", "country", "day", "name", "inter"),
    [
        ("Iraqi forces", "Iraq", DAY(2017, 10, 16), "Military Forces of Iraq (2014-2018)", 1),
        ("Turkish warplanes", "Iraq", DAY(2021, 5, 1), "Military Forces of Turkey (2016-)", 8),
        ("US", "Syria", DAY(2018, 2, 7), "Military Forces of the United States (2017-2021)", 8),
        ("Peshmerga Forces", "Iraq", DAY(2017, 10, 16), "Military Forces of Iraq (2014-2018) Peshmerga", 1),
        ("Peshmerga", "Syria", DAY(2014, 11, 1), "Military Forces of Iraq (2014-2018) Peshmerga", 8),
        ("Hashd al-Shaabi", "Iraq", DAY(2017, 10, 16), "Military Forces of Iraq (2014-2018) Popular Mobilization Forces", 1),
        ("Hashd al-Shaabi", "Iraq", DAY(2015, 3, 1), "PMF: Popular Mobilization Forces", 3),
        ("federal police", "Iraq", DAY(2017, 10, 16), "Police Forces of Iraq (2014-2018) Federal Police", 1),
        ("federal police", "Mexico", DAY(2014, 9, 26), "Police Forces of Mexico (2012-2018)", 1),
        ("armed suspected Islamic State (IS) militants", "Iraq", DAY(2017, 10, 19), "IS: Islamic State (Iraq)", 2),
        ("Isis fighters", "Syria", DAY(2019, 2, 13), "IS: Islamic State (Syria)", 2),
        ("IS", "Syria", DAY(2019, 2, 13), "IS: Islamic State (Syria)", 2),
        ("Taliban", "Afghanistan", DAY(2021, 8, 14), "Taliban", 2),
        ("Taliban", "Afghanistan", DAY(2021, 8, 15), "Military Forces of Afghanistan (2021-)", 1),
        ("Houthis", "Yemen", DAY(2010, 1, 1), "Ansar Allah", 2),
        ("Houthis", "Yemen", DAY(2019, 1, 1), "Military Forces of Yemen (2012-2022) Houthi Forces", 1),
        ("RSF", "Sudan", DAY(2023, 4, 14), "Military Forces of Sudan (2019-) Rapid Support Forces", 1),
        ("RSF", "Sudan", DAY(2023, 4, 15), "RSF: Rapid Support Forces", 2),
        ("coalition forces", "Yemen", DAY(2016, 1, 1), "Operation Restoring Hope", 8),
        ("US-led coalition", "Iraq", DAY(2016, 1, 1), "Global Coalition Against Daesh", 8),
        ("FMLN", "El Salvador", DAY(1989, 11, 11), "FMLN: Farabundo Marti National Liberation Front", 2),
        ("SENDERO LUMINOSO", "Peru", DAY(1989, 11, 11), "Shining Path", 2),
        ("gunmen", "Nigeria", DAY(2021, 1, 1), "Unidentified Armed Group (Nigeria)", 3),
        ("Syrian gunmen", "Lebanon", DAY(2021, 1, 1), "Unidentified Armed Group (Lebanon)", 3),
        ("drug traffickers", "Colombia", DAY(1989, 1, 1), "Unidentified Gang (Colombia)", 3),
        ("demonstrators", "Haiti", DAY(2021, 8, 1), "Protesters (Haiti)", 6),
        ("an angry mob", "India", DAY(2021, 8, 1), "Rioters (India)", 5),
        ("villagers", None, DAY(2021, 8, 1), "Civilians (International)", 7),
        ("members of the armed forces", "El Salvador", DAY(1989, 11, 16), "Military Forces of El Salvador (1989-1994)", 1),
        ("relatives of soldiers", "Iraq", DAY(2018, 1, 1), "Civilians (Iraq)", 7),
        ("off-duty soldiers", "Iraq", DAY(2018, 1, 1), "Civilians (Iraq)", 7),
        ("U.S. nun", "El Salvador", DAY(1990, 1, 1), "Civilians (United States)", 7),
        ("Somaliland forces", "Somalia", DAY(2023, 1, 1), "Military Forces of Somaliland (1991-)", 1),
    ],
)
def test_phrases_give_names_of_the_registry(phrase: str, country: str | None, day: dt.date, name: str, inter: int) -> None:
    found = resolve(phrase, country, day)
    assert (found.name, found.inter) == (name, inter)


@pytest.mark.parametrize(
    ("phrase", "associate"),
    [
        ("Kakai villagers", "Kakai Ethnic Group (Iraq)"),
        ("Kakai-Kurdish villagers", "Kakai Ethnic Group (Iraq)"),
        ("student protesters", "Students (Iraq)"),
        ("a women journalist", "Journalists (Iraq); Women (Iraq)"),
        ("the mayor", "Government of Iraq (2014-2018)"),
        ("villagers", None),
        ("soldiers", None),
    ],
)
def test_identities_become_associates(phrase: str, associate: str | None) -> None:
    assert resolve(phrase).associate == associate


def test_people_named_by_their_country_are_forces_only_if_they_fought() -> None:
    assert resolve("the Russians", "Syria", DAY(2018, 1, 1)).name == "Civilians (Russia)"
    assert resolve("the Russians", "Syria", DAY(2018, 1, 1), is_armed=True).name == "Military Forces of Russia (2000-)"


@pytest.mark.parametrize("phrase", ["Byamukama", "John Smith", "", "the law", "Mr. Abdul Karim"])
def test_phrases_that_name_nobody_known_give_nothing(phrase: str) -> None:
    assert resolve(phrase) is None


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("the Zintan Martyrs Brigade", "Zintan Martyrs Brigade"),
        ("Front for Popular Liberation", "Front for Popular Liberation"),
    ],
)
def test_unknown_organisations_keep_their_name(phrase: str, name: str) -> None:
    found = resolve(phrase, "Libya")
    assert (found.name, found.actor_id, found.reasons) == (name, None, ("unregistered",))


def test_a_full_name_is_taken_as_it_stands() -> None:
    found = resolve("Police Forces of Iraq (2006-2014)", "Iraq", DAY(2010, 1, 1))
    assert (found.name, found.inter, found.reasons) == ("Police Forces of Iraq (2006-2014)", 1, ("full_name",))
    assert resolve("Military Forces of Turkey (2016-)", "Iraq").inter == 8


TEXT = (
    "Iraqi forces and the Shia Hashd al-Shaabi militia fought. Police said gunmen killed Kakai villagers. Boko Haram gunmen fled. "
    "Iraq's army is here; an Iraqi is not. This is what IS militants say."
)


def test_mentions_join_what_belongs_together() -> None:
    found = REGISTRY.mentions(TEXT)
    assert [mention.phrase for mention in found] == [
        "Iraqi forces",
        "Shia",
        "Hashd al-Shaabi militia",
        "Police",
        "gunmen",
        "Kakai villagers",
        "Boko Haram gunmen",
        "Iraq's army",
        "IS militants",
    ]
    assert [mention.kind for mention in found if mention.kind == "registry"] == ["registry"] * 3
    assert all(TEXT[mention.start : mention.end] == mention.phrase for mention in found)
    assert found[0].actor_ids == ("country:Iraq", "generic:army")
    assert [mention.inter for mention in found[:5]] == [1, 7, 1, 1, 3]


def test_generic_words_are_found_in_lower_case_and_names_are_not() -> None:
    found = REGISTRY.mentions("soldiers and protesters met the taliban")
    assert [mention.phrase for mention in found] == ["soldiers", "protesters"]


def table_row(table: str, **values: str) -> dict[str, str]:
    return {name: values.get(name, "") for name in SEED_TABLES[table].columns}


def small(**changed: str) -> ActorRegistry:
    actors = [
        table_row("actors", actor_id="x", name="X Front", kind="armed_group", inter="2", country="Iraq"),
        table_row("actors", actor_id="y", name="Y Front", kind="armed_group", inter="2", country="Iraq") | changed,
    ]
    generic = [table_row("generic_actors", term="gunmen", forms="gunmen", name="Unidentified Armed Group ({country})", inter="3")]
    return ActorRegistry.from_rows(actors, [table_row("regimes", country="Iraq", valid_from="2022-10-27")], generic, FACTS)


def test_the_digest_changes_if_and_only_if_a_row_named_in_the_text_does() -> None:
    one, other, noted = small(), small(inter="3"), small(note="seen")
    for text, is_same in (("X Front gunmen", True), ("Y Front", False), ("Iraqi gunmen", True)):
        assert (one.digest_of(one.mentions(text)) == other.digest_of(other.mentions(text))) is is_same
        assert one.digest_of(one.mentions(text)) == noted.digest_of(noted.mentions(text))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"kind": "club"}, "kind 'club'"),
        ({"inter": "9"}, "no class from 1 to 8"),
        ({"country": "Narnia"}, "country 'Narnia'"),
        ({"valid_from": "2014-13"}, "not a day"),
        ({"valid_from": "2014", "valid_to": "2013"}, "before valid_from"),
        ({"parent": "z"}, "parent 'z'"),
        ({"successor": "y"}, "leads back"),
        ({"aliases": "X Front"}, "both called"),
        ({"wikidata_id": "42"}, "written like Q42418"),
        ({"name": "Military Forces of {regime}", "country": ""}, "needs a country"),
    ],
)
def test_wrong_rows_are_refused(changed: dict[str, str], words: str) -> None:
    with pytest.raises(SeedError, match=words):
        small(**changed)


# The shipped tables

STATE_FORCE = re.compile(r"(Military|Police) Forces of .+ \(\d{4}-(\d{4})?\)( .+)?")


def test_every_state_has_regimes_that_follow_one_another() -> None:
    table = RegimeTable.from_rows(SEEDS.rows("regimes"))
    for country in COUNTRIES.values():
        regimes = table.all_of(country.country)
        assert regimes or country.gwno is None, country.country
        for one, next_one in pairwise(regimes):
            assert one.valid_to is not None, one
            assert one.valid_to <= next_one.valid_from, (one, next_one)
        if regimes:
            assert regimes[-1].valid_to is None, regimes[-1]


def test_the_table_of_actors_holds_every_name_under_its_key() -> None:
    assert REGISTRY.get("civilians-iraq").name == "Civilians (Iraq)"
    assert REGISTRY.get("nobody") is None
    for row in SEEDS.rows("actors"):
        day = read_bound(row, "valid_from", "actors") or read_bound(row, "valid_to", "actors") or DAY(2018, 1, 1)
        found = resolve(read_actor(row).aliases[0] if row["aliases"] else row["name"], row["country"] or "Iraq", day)
        assert found is not None, row
        if found.actor_id is not None:
            assert REGISTRY.get(found.actor_id).name == found.name


def test_names_of_state_forces_have_their_form() -> None:
    for country in COUNTRIES:
        for phrase in ("soldiers", "police"):
            name = resolve(phrase, country, DAY(2020, 6, 1)).name
            assert STATE_FORCE.fullmatch(name) or COUNTRIES[country].gwno is None, name


def test_every_generic_form_resolves_to_its_own_class() -> None:
    for row in SEEDS.rows("generic_actors"):
        for form in row["forms"].split("; "):
            found = resolve(form, "Uruguay", DAY(2018, 1, 1))
            assert found is not None, form
            assert found.inter == int(row["inter"]), (form, found)


def test_names_hold_no_separator_of_lists() -> None:
    assert [row["name"] for row in SEEDS.rows("actors") if ";" in row["name"]] == []
