"""Actors in text: unknown organisations by the form of their names, acronyms that a text explains, parties, either of two."""

from __future__ import annotations

import datetime as dt
import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SeedError
from pipeline.resources.actors import ActorMention
from pipeline.resources.bundle import Resources
from pipeline.resources.organisations import OrganisationWords
from pipeline.resources.seeds import Seeds, shipped_seeds
from schemas.taxonomy import COUNTRIES

RESOURCES = Resources(Seeds((shipped_seeds(),)))
REGISTRY = RESOURCES.actors


def named(text: str, day: dt.date | None = None, places: tuple[str, ...] = ()) -> list[ActorMention]:
    where = sorted(match.span() for place in places for match in re.finditer(place, text))
    return REGISTRY.mentions(text, day=day, places=where)


def own_names(text: str, **more: tuple[str, ...]) -> list[str]:
    """Names of organisations that no row has."""
    return [key.removeprefix("organisation:") for each in named(text, **more) for key in each.actor_ids if key.startswith("organ")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Fighters of the Kwale Martyrs Brigade shot two drivers.", ["kwale martyrs brigade"]),
        ("The Front for the Salvation of Marsabit burned a post.", ["front for the salvation of marsabit"]),
        ("Two men were shot by the Bukama Liberation Army, police said.", ["bukama liberation army"]),
        ("A unit of Jaysh al-Nasiriyin shelled the town.", ["jaysh al-nasiriyin"]),
        ("Talamat militiamen killed a farmer.", []),
        ("On Monday the Talamat militiamen killed a farmer.", ["talamat"]),
        ("They were killed by the Talamat militia.", ["talamat militia"]),
        ("THE POPULAR LIBERATION BATTALIONS CLAIMED THE BLAST.", ["popular liberation battalions"]),
    ],
)
def test_unknown_organisations_are_known_by_the_form_of_their_names(text: str, names: list[str]) -> None:
    assert own_names(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "The Kenyan Army shelled the Western Front.",
        "The Ugandan People's Army Command said so.",
        "Members of the Civil Rights Front and the Teachers Union Front marched.",
        "The United Front Work Department denied it.",
        "Islamist militants and Maoist rebels fled; Muslim fighters stayed.",
        "Gunmen shot Hassan. Armed rebels fled.",
        "Hamas's Front Street office was shut.",
        "An army brigade and the Northern Command arrived.",
    ],
)
def test_words_that_make_no_organisation(text: str) -> None:
    assert own_names(text) == []


def test_fighters_of_a_place_are_no_organisation_of_its_name() -> None:
    text = "Police shot at the Talamat rebels."
    assert own_names(text) == ["talamat"]
    assert own_names(text, places=("Talamat",)) == []


def test_an_unknown_organisation_swallows_its_fighters_and_its_common_words() -> None:
    found = named("Two shepherds were killed by Kwale Liberation Front gunmen near the river.")
    assert [mention.phrase for mention in found] == ["shepherds", "Kwale Liberation Front gunmen"]
    assert (found[1].kind, found[1].inter) == ("registry", 2)
    assert REGISTRY.resolve(found[1].phrase, country="Kenya", day=None).name == "Kwale Liberation Front"


@pytest.mark.parametrize(
    ("name", "inter"),
    [("Kwale Liberation Front", 2), ("Kwale Death Brigades", 3), ("Kwale Self-Defense Militia", 4), ("Kwale Militia", 3)],
)
def test_the_class_of_an_unknown_organisation_is_that_of_its_words(name: str, inter: int) -> None:
    found = REGISTRY.resolve(name, country="Kenya", day=None)
    assert (found.name, found.inter, found.reasons) == (name, inter, ("unregistered",))


def test_an_acronym_means_what_the_text_says() -> None:
    text = "The Pokomo Defence Front (FMLN) attacked. On Sunday FMLN fighters killed two men."
    keys = [mention.actor_ids for mention in named(text) if mention.kind == "registry"]
    assert keys == [("organisation:pokomo defence front",)] * 3
    assert {mention.phrase for mention in named(text)} == {"Pokomo Defence Front", "men"}
    plain = named("On Sunday FMLN fighters killed two men.")
    assert [mention.actor_ids for mention in plain] == [("fmln", "generic:insurgents"), ("generic:person",)]


def test_an_acronym_of_something_else_is_no_actor() -> None:
    text = "The Farm Market Loan Network (FMLN) gave seed. FMLN staff said gunmen came."
    assert all("fmln" not in mention.actor_ids for mention in named(text))


def test_another_spelling_of_a_registered_name_is_not_taken_from_the_registry() -> None:
    text = "The Front Farabundo Marti de Liberation Nationale (FMLN) attacked. FMLN fighters left."
    assert any("fmln" in mention.actor_ids for mention in named(text))


def test_an_acronym_of_a_states_forces_is_theirs() -> None:
    text = "The Zambia Border Forces (ZBF) came. Two ZBF officers were killed."
    known = "Kenya Defence Forces (KDF) troops came. KDF troops fired."
    assert [m.actor_ids for m in named(known) if "kdf" in m.actor_ids]
    assert all(mention.kind == "generic" for mention in named(text))


def test_an_acronym_alone_is_an_actors_only_in_its_days() -> None:
    assert [m.actor_ids for m in named("The RUF attacked.", day=dt.date(1998, 1, 1))] == [("ruf",)]
    assert named("The RUF attacked.", day=dt.date(2024, 1, 1)) == []


def test_of_several_actors_of_one_name_the_text_means_those_of_its_country_and_day() -> None:
    text = "In {} the ERP attacked a bank."
    assert named(text.format("El Salvador"), day=dt.date(1985, 1, 1))[0].actor_ids == ("erp-el-salvador",)
    assert named(text.format("Argentina"), day=dt.date(1974, 1, 1))[0].actor_ids == ("erp-argentina",)


def test_either_of_two_actors_is_both_in_one_name() -> None:
    text = "Suspected Boko Haram or ISWAP fighters killed four."
    (mention,) = named(text)
    found = REGISTRY.resolve(mention.phrase, country="Nigeria", day=dt.date(2022, 1, 1))
    assert found.name == "Boko Haram and/or ISWAP: Islamic State West Africa Province"
    assert (found.actor_id, found.inter) == (None, 2)
    assert "ambiguous" in found.reasons


def test_a_front_stands_for_its_parts_where_either_may_be_meant() -> None:
    found = REGISTRY.resolve("Kurdish forces", country="Syria", day=dt.date(2017, 6, 1))
    assert found.name == "SDF: Syrian Democratic Forces"


@pytest.mark.parametrize(
    ("phrase", "name", "associate"),
    [
        ("Awami League", "Civilians (Bangladesh)", "AL: Awami League"),
        ("BNP supporters", "Civilians (Bangladesh)", "BNP: Bangladesh Nationalist Party"),
        ("BNP protesters", "Protesters (Bangladesh)", "BNP: Bangladesh Nationalist Party"),
        ("Awami League students", "Civilians (Bangladesh)", "AL: Awami League; Students (Bangladesh)"),
    ],
)
def test_a_partys_people_are_civilians_or_a_crowd_with_the_party_beside_them(phrase: str, name: str, associate: str) -> None:
    (mention,) = named(f"Police met {phrase} in Dhaka.")[1:]
    assert (mention.phrase, mention.kind) == (phrase, "generic")
    found = REGISTRY.resolve(phrase, country="Bangladesh", day=dt.date(2018, 1, 1))
    assert (found.name, found.associate) == (name, associate)


def test_a_unit_that_only_other_countries_have_stands_for_the_forces() -> None:
    found = REGISTRY.resolve("Rapid Intervention Battalion", country="Chile", day=dt.date(2001, 1, 1))
    assert (found.name, found.reasons) == ("Military Forces of Chile (2000-2006)", ("unit",))


def test_a_name_of_common_words_reaches_no_other_region() -> None:
    assert REGISTRY.resolve("People's Revolutionary Army", country="Nepal", day=dt.date(2001, 1, 1)).reasons == ("unregistered",)
    assert REGISTRY.resolve("People's Revolutionary Army", country="El Salvador", day=dt.date(1985, 1, 1)).inter == 2


@pytest.mark.parametrize("row", [{"part": "tail", "inter": ""}, {"part": "head", "inter": ""}, {"part": "head", "inter": "9"}])
def test_wrong_rows_of_words_are_refused(row: dict[str, str]) -> None:
    with pytest.raises(SeedError, match="organisation_words: front"):
        OrganisationWords.from_rows([{"word": "front", "note": "", **row}])


LONG = ["Army (ABC) " * 20_000, "Abc rebels " * 20_000, "Liberation Front of the " * 9_000, "A-" * 110_000]


@pytest.mark.parametrize("text", LONG, ids=lambda text: text[:11])
def test_names_are_found_in_time_that_grows_with_the_text(text: str) -> None:
    def seconds(part: str) -> float:
        began = time.perf_counter()
        named(part)
        return time.perf_counter() - began

    assert seconds(text) < 30 * max(seconds(text[: len(text) // 8]), 0.01)


WORDS = ["the", "Kwale", "Liberation", "Front", "(KLF)", "KLF", "rebels", "of", "FMLN", "or", "Hamas", "police", "Kenyan", ".", "-"]


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_mentions_are_in_order_apart_and_resolve(text: str) -> None:
    found = named(text)
    assert all(one.end <= two.start for one, two in pairwise(found))
    for mention in found:
        assert 0 <= mention.start < mention.end <= len(text)
        assert REGISTRY.digest_of([mention])
        assert REGISTRY.resolve(mention.phrase, country="Kenya", day=dt.date(2015, 1, 1)) is not None


STATE_FORCE = re.compile(r"(Mutiny of )?(Military|Police) Forces of .+ \((\d{4})-(\d{4})?\)( .+)?")
DAYS = st.dates(dt.date(1979, 1, 1), dt.date(2026, 12, 31))


@given(st.sampled_from(sorted(COUNTRIES)), DAYS, st.sampled_from(["soldiers", "police", "government troops"]))
def test_names_of_state_forces_have_their_form_and_cover_their_day(country: str, day: dt.date, phrase: str) -> None:
    found = REGISTRY.resolve(phrase, country=country, day=day)
    if found.name == "Unidentified Military Forces":
        assert "regime_unknown" in found.reasons
        return
    form = STATE_FORCE.fullmatch(found.name)
    assert form, found.name
    assert int(form[3]) <= day.year <= int(form[4] or 9999)
    assert REGISTRY.get(found.actor_id).name == found.name


@given(st.sampled_from([row for row in RESOURCES.seeds.rows("actors") if "{regime}" in row["name"]]), DAYS)
def test_names_of_units_have_their_form_and_cover_their_day(row: dict[str, str], day: dt.date) -> None:
    phrase = row["name"].partition("{regime} ")[2] or row["aliases"].split("; ")[0] or row["acronyms"].split("; ")[0]
    found = REGISTRY.resolve(phrase.partition(":")[2] or phrase, country=row["country"], day=day)
    form = STATE_FORCE.fullmatch(found.name)
    if form and "regime_unknown" not in found.reasons:
        assert int(form[3]) <= day.year <= int(form[4] or 9999)


@pytest.mark.parametrize(
    ("country", "day", "years"),
    [
        ("Iraq", "2003-04-08", "1979-2003"),
        ("Iraq", "2003-05-01", "2003-2004"),
        ("Iraq", "2004-06-28", "2004-2005"),
        ("Iraq", "2022-10-27", "2022-"),
        ("Myanmar", "2021-01-31", "2016-2021"),
        ("Myanmar", "2021-02-01", "2021-"),
        ("Afghanistan", "2021-08-14", "2014-2021"),
        ("Afghanistan", "2021-08-15", "2021-"),
        ("Sudan", "2019-04-10", "1989-2019"),
        ("Sudan", "2021-10-25", "2019-"),
        ("Egypt", "2011-02-11", "2011-2012"),
        ("Egypt", "2013-07-04", "2013-2014"),
        ("Syria", "2024-12-08", "2024-"),
        ("Libya", "2011-08-22", "1969-2011"),
        ("Libya", "2011-08-23", "2011-2012"),
        ("Mali", "2020-08-18", "2020-2021"),
        ("Mali", "2021-05-24", "2021-"),
        ("Niger", "2023-07-25", "2021-2023"),
        ("Niger", "2023-07-26", "2023-"),
        ("Burkina Faso", "2022-09-29", "2022-2022"),
        ("Burkina Faso", "2022-10-01", "2022-"),
        ("Peru", "1990-07-28", "1990-2000"),
        ("Peru", "2022-12-08", "2022-2025"),
        ("El Salvador", "1980-03-24", "1979-1982"),
        ("Russia", "1988-01-01", "1985-1991"),
    ],
)
def test_changes_of_regime(country: str, day: str, years: str) -> None:
    found = REGISTRY.resolve("soldiers", country=country, day=dt.date.fromisoformat(day))
    assert found.name.endswith(f"{country} ({years})")


@pytest.mark.parametrize(
    ("phrase", "country", "name"),
    [
        ("Nuer gunmen", "South Sudan", "Nuer Ethnic Militia (South Sudan)"),
        ("raiders from the Dinka", "South Sudan", "Dinka Ethnic Militia (South Sudan)"),
        ("Baloch separatists", "Pakistan", "Unidentified Armed Group (Pakistan)"),
        ("SLA", "Sri Lanka", "SLA"),
    ],
)
def test_armed_men_of_a_people_are_its_militia_and_short_acronyms_stay_in_their_region(phrase, country, name):
    found = REGISTRY.resolve(phrase, country=country, day=dt.date(2015, 5, 1), is_armed=True)
    assert found is not None
    assert found.name == name


def test_peacekeepers_are_those_of_the_only_mission_of_the_united_nations_there():
    found = REGISTRY.resolve("UN peacekeepers", country="Mali", day=dt.date(2016, 5, 1))
    assert found is not None
    assert found.name.startswith("MINUSMA")


def test_an_acronym_with_small_letters_is_no_common_word():
    assert not named("Let nobody say that the village was attacked.")
    assert [mention.actor_ids for mention in named("LeT attacked the village.")] == [("lashkar-e-taiba",)]
