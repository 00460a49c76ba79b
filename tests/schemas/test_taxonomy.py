"""The taxonomy is complete, agrees with itself, and its functions keep their laws."""

import csv
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from importlib.resources import files
from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.taxonomy import (
    ACTOR_CLASS_LABELS,
    ACTOR_CLASSES,
    COUNTRIES,
    COUNTRY_BY_ISO2,
    COUNTRY_BY_ISO3,
    DISORDER_TYPES,
    EVENT_TYPES,
    GEO_PRECISIONS,
    INTERACTIONS,
    REGIONS,
    SOURCE_SCALE_MEANINGS,
    SOURCE_SCALES,
    SUB_EVENT_TYPES,
    TIME_PRECISIONS,
    interaction_code,
    interaction_from_labels,
    interaction_label,
    join_source_scales,
    split_source_scale,
)

HEADERS = {
    "actor_classes.csv": "inter,label,meaning",
    "countries.csv": "country,region,iso,iso2,iso3,gwno,start_year",
    "geo_precisions.csv": "code,meaning",
    "interactions.csv": "interaction,label,inter1,inter2",
    "regions.csv": "region_code,region",
    "source_scales.csv": "source_scale,rank,meaning",
    "sub_event_types.csv": "sub_event_type,event_type,disorder_type,precedence,civilian_targeting,meaning",
    "time_precisions.csv": "code,meaning",
}

CLASSES = st.sampled_from(sorted(ACTOR_CLASSES))
CLASSES_OR_NONE = st.none() | CLASSES
SCALES = st.sampled_from(SOURCE_SCALES)


def read_rows(name: str) -> list[dict[str, str]]:
    text = (files("schemas") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), strict=True))


# The files


@pytest.mark.parametrize("name", sorted(HEADERS))
def test_file_is_tidy(name: str) -> None:
    text = (files("schemas") / "data" / name).read_bytes().decode("utf-8")
    assert text.splitlines()[0] == HEADERS[name]
    assert "\r" not in text
    assert text.endswith("\n")
    cells = [cell for row in read_rows(name) for cell in row.values()]
    assert cells == [cell.strip() for cell in cells]


@pytest.mark.parametrize(
    ("name", "loaded"),
    [
        ("actor_classes.csv", ACTOR_CLASSES),
        ("countries.csv", COUNTRIES),
        ("geo_precisions.csv", GEO_PRECISIONS),
        ("interactions.csv", INTERACTIONS),
        ("regions.csv", REGIONS),
        ("source_scales.csv", SOURCE_SCALE_MEANINGS),
        ("sub_event_types.csv", SUB_EVENT_TYPES),
        ("time_precisions.csv", TIME_PRECISIONS),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_no_row_is_lost_to_a_repeated_key(name: str, loaded: Mapping[object, object]) -> None:
    assert len(loaded) == len(read_rows(name))


@pytest.mark.parametrize("name", [name for name, header in sorted(HEADERS.items()) if header.endswith("meaning")])
def test_every_meaning_is_a_sentence_of_its_own(name: str) -> None:
    meanings = [row["meaning"] for row in read_rows(name)]
    assert len(set(meanings)) == len(meanings)
    assert all(meaning[0].isupper() and meaning.endswith(".") for meaning in meanings)


# Event types


def test_25_sub_event_types_in_6_event_types_and_3_disorder_types() -> None:
    assert len(SUB_EVENT_TYPES) == 25
    assert Counter(each.event_type for each in SUB_EVENT_TYPES.values()) == {
        "Battles": 3,
        "Explosions/Remote violence": 6,
        "Protests": 3,
        "Riots": 2,
        "Strategic developments": 8,
        "Violence against civilians": 3,
    }
    assert Counter(each.disorder_type for each in SUB_EVENT_TYPES.values()) == {
        "Demonstrations": 3,
        "Political violence": 13,
        "Political violence; Demonstrations": 1,
        "Strategic developments": 8,
    }


def test_precedence_is_a_permutation() -> None:
    assert sorted(each.precedence for each in SUB_EVENT_TYPES.values()) == list(range(1, 26))


def test_types_follow_precedence() -> None:
    assert EVENT_TYPES == (
        "Riots",
        "Protests",
        "Battles",
        "Explosions/Remote violence",
        "Violence against civilians",
        "Strategic developments",
    )
    assert DISORDER_TYPES == (
        "Demonstrations",
        "Political violence",
        "Strategic developments",
        "Political violence; Demonstrations",
    )


@pytest.mark.parametrize(
    ("higher", "lower"),
    [
        ("Violent demonstration", "Excessive force against protesters"),
        ("Protest with intervention", "Peaceful protest"),
        ("Armed clash", "Air/drone strike"),
        ("Government regains territory", "Armed clash"),
        ("Suicide bomb", "Attack"),
        ("Sexual violence", "Attack"),
        ("Attack", "Abduction/forced disappearance"),
        ("Abduction/forced disappearance", "Mob violence"),
        ("Mob violence", "Looting/property destruction"),
    ],
)
def test_higher_type_goes_before_lower(higher: str, lower: str) -> None:
    assert SUB_EVENT_TYPES[higher].precedence < SUB_EVENT_TYPES[lower].precedence


def test_civilian_targeting_follows_from_type() -> None:
    found: dict[str, set[str]] = {}
    for each in SUB_EVENT_TYPES.values():
        found.setdefault(each.civilian_targeting, set()).add(each.event_type)
    assert found == {
        "always": {"Violence against civilians", "Protests"},
        "if_targeted": {"Explosions/Remote violence", "Riots"},
        "never": {"Battles", "Protests", "Strategic developments"},
    }
    protests = {name for name, each in SUB_EVENT_TYPES.items() if each.event_type == "Protests"}
    always = {name for name in protests if SUB_EVENT_TYPES[name].civilian_targeting == "always"}
    assert always == {"Excessive force against protesters"}


# Actor classes and interactions


def test_8_actor_classes() -> None:
    assert list(ACTOR_CLASSES) == list(range(1, 9))
    assert len(set(ACTOR_CLASS_LABELS)) == 8
    assert [ACTOR_CLASSES[inter].label for inter in range(1, 9)] == list(ACTOR_CLASS_LABELS)


def test_44_interactions_are_all_pairs_and_all_classes_alone() -> None:
    pairs = {first * 10 + second for first, second in combinations_with_replacement(ACTOR_CLASSES, 2)}
    alone = {inter * 10 for inter in ACTOR_CLASSES}
    assert len(INTERACTIONS) == 44
    assert set(INTERACTIONS) == pairs | alone


def test_interactions_agree_with_their_classes() -> None:
    for code, each in INTERACTIONS.items():
        assert code == each.interaction == each.inter1 * 10 + (each.inter2 or 0)
        first = ACTOR_CLASSES[each.inter1].label
        if each.inter2 is None:
            assert each.label == f"{first} only"
        elif code == 78:
            assert each.label == "External/Other forces-Civilians"
        else:
            assert each.label == f"{first}-{ACTOR_CLASSES[each.inter2].label}"
    assert len({each.label for each in INTERACTIONS.values()}) == 44


@pytest.mark.parametrize(
    ("inter1", "inter2", "code", "label"),
    [
        (2, 1, 12, "State forces-Rebel group"),
        (1, 1, 11, "State forces-State forces"),
        (3, 7, 37, "Political militia-Civilians"),
        (5, None, 50, "Rioters only"),
        (6, None, 60, "Protesters only"),
        (7, 8, 78, "External/Other forces-Civilians"),
        (8, 7, 78, "External/Other forces-Civilians"),
        (8, None, 80, "External/Other forces only"),
    ],
)
def test_interaction(inter1: int, inter2: int | None, code: int, label: str) -> None:
    assert interaction_code(inter1, inter2) == code
    assert interaction_label(inter1, inter2) == label


@given(CLASSES, CLASSES)
def test_interaction_does_not_depend_on_order(inter1: int, inter2: int) -> None:
    label1, label2 = ACTOR_CLASSES[inter1].label, ACTOR_CLASSES[inter2].label
    assert interaction_code(inter1, inter2) == interaction_code(inter2, inter1)
    assert interaction_label(inter1, inter2) == interaction_label(inter2, inter1)
    assert interaction_from_labels(label1, label2) == interaction_from_labels(label2, label1)


@given(CLASSES, CLASSES_OR_NONE)
def test_interaction_is_the_same_from_numbers_and_labels(inter1: int, inter2: int | None) -> None:
    label2 = None if inter2 is None else ACTOR_CLASSES[inter2].label
    label = interaction_label(inter1, inter2)
    assert interaction_from_labels(ACTOR_CLASSES[inter1].label, label2) == label
    assert INTERACTIONS[interaction_code(inter1, inter2)].label == label


@given(st.tuples(CLASSES, CLASSES_OR_NONE), st.tuples(CLASSES, CLASSES_OR_NONE))
def test_interaction_tells_different_actors_apart(one: tuple[int, int | None], other: tuple[int, int | None]) -> None:
    assert (interaction_code(*one) == interaction_code(*other)) == (set(one) == set(other))


@given(st.integers().filter(lambda inter: inter not in ACTOR_CLASSES), CLASSES)
def test_interaction_refuses_what_is_no_class(wrong: int, inter: int) -> None:
    for pair in ((wrong, inter), (inter, wrong), (wrong, None)):
        with pytest.raises(ValueError, match=f"(?<!\\d){wrong}(?!\\d)"):
            interaction_code(*pair)


@pytest.mark.parametrize("inter2", [0, 9, 10, -1])
def test_interaction_names_both_classes(inter2: int) -> None:
    with pytest.raises(ValueError, match=rf"Civilians \(7\) and {inter2}$"):
        interaction_label(7, inter2)


@pytest.mark.parametrize("labels", [("Rebels", None), ("Rioters", "rebel group"), ("", "Rioters")])
def test_interaction_refuses_what_is_no_label(labels: tuple[str, str | None]) -> None:
    with pytest.raises(ValueError, match="is not an actor class; known are State forces"):
        interaction_from_labels(*labels)


# Precisions and source scales


@pytest.mark.parametrize("precisions", [TIME_PRECISIONS, GEO_PRECISIONS], ids=["time", "geo"])
def test_3_precisions(precisions: Mapping[int, str]) -> None:
    assert list(precisions) == [1, 2, 3]


def test_7_source_scales_without_a_hyphen() -> None:
    assert SOURCE_SCALES == (
        "Local partner",
        "Subnational",
        "National",
        "Regional",
        "International",
        "New media",
        "Other",
    )
    assert not any("-" in scale for scale in SOURCE_SCALES)
    assert [int(row["rank"]) for row in read_rows("source_scales.csv")] == list(range(1, 8))


@pytest.mark.parametrize(
    ("scales", "joined"),
    [
        (["National"], "National"),
        (["National", "National"], "National"),
        (["National", "Local partner"], "Local partner-National"),
        (["New media", "International", "Subnational"], "Subnational-New media"),
        (["International", "National", "Regional"], "National-International"),
    ],
)
def test_join_source_scales(scales: list[str], joined: str) -> None:
    assert join_source_scales(scales) == joined


@given(st.lists(SCALES, min_size=1))
def test_joined_source_scales_do_not_depend_on_order(scales: list[str]) -> None:
    assert join_source_scales(scales) == join_source_scales(sorted(scales)) == join_source_scales(reversed(scales))


@given(st.sets(SCALES, min_size=1, max_size=2))
def test_two_source_scales_come_back(scales: set[str]) -> None:
    assert set(split_source_scale(join_source_scales(scales))) == scales


@given(st.sets(SCALES, min_size=1))
def test_split_and_join_source_scale_is_the_same_text(scales: set[str]) -> None:
    joined = join_source_scales(scales)
    assert join_source_scales(split_source_scale(joined)) == joined


@given(st.lists(SCALES, min_size=2, max_size=2, unique=True))
def test_split_source_scale_reads_either_order(scales: list[str]) -> None:
    one, other = scales
    assert split_source_scale(f"{one}-{other}") == split_source_scale(f"{other}-{one}")
    assert split_source_scale(f"{one}-{other}") == tuple(sorted(scales, key=SOURCE_SCALES.index))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "unknown source scale ''"),
        ("Local", "unknown source scale 'Local'"),
        ("National-", "unknown source scale ''"),
        ("national", "unknown source scale 'national'"),
        ("National-National", "one scale or two different ones"),
        ("Subnational-National-Other", "one scale or two different ones"),
    ],
)
def test_split_source_scale_refuses(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        split_source_scale(text)


def test_join_source_scales_refuses_none_and_unknown() -> None:
    with pytest.raises(ValueError, match="at least one"):
        join_source_scales([])
    with pytest.raises(ValueError, match="unknown source scale 'Global'"):
        join_source_scales(["National", "Global"])


# Regions and countries


def test_territories_per_region() -> None:
    assert Counter(country.region for country in COUNTRIES.values()) == {
        "Western Africa": 16,
        "Middle Africa": 9,
        "Eastern Africa": 19,
        "Southern Africa": 8,
        "Northern Africa": 6,
        "South Asia": 7,
        "Southeast Asia": 11,
        "Middle East": 15,
        "Europe": 52,
        "Caucasus and Central Asia": 9,
        "Central America": 7,
        "South America": 15,
        "Caribbean": 28,
        "East Asia": 6,
        "North America": 5,
        "Oceania": 29,
        "Antarctica": 1,
    }
    assert len(COUNTRIES) == 243


def test_17_regions() -> None:
    codes = {each.region: each.region_code for each in REGIONS.values()}
    assert {country.region for country in COUNTRIES.values()} == set(REGIONS)
    assert list(codes.values()) == [1, 2, 3, 4, 5, 7, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]
    assert (codes["Middle East"], codes["Europe"], codes["Oceania"]) == (11, 12, 19)


def test_country_codes_are_unique() -> None:
    every = list(COUNTRIES.values())
    assert len({country.iso for country in every}) == len(every)
    assert len(COUNTRY_BY_ISO2) == len(COUNTRY_BY_ISO3) == len(every)
    numbers = [country.gwno for country in every if country.gwno is not None]
    assert len(set(numbers)) == len(numbers)


def test_kosovo_alone_has_no_iso_code() -> None:
    kosovo = COUNTRIES["Kosovo"]
    assert (kosovo.iso, kosovo.iso2, kosovo.iso3, kosovo.gwno) == (0, "XK", "XKX", 347)
    assert [country.country for country in COUNTRIES.values() if not 0 < country.iso < 1000] == ["Kosovo"]


def test_countries_are_found_by_code() -> None:
    assert COUNTRY_BY_ISO2["NA"].country == "Namibia"
    assert COUNTRY_BY_ISO3["COD"].country == "Democratic Republic of Congo"
    for country in COUNTRIES.values():
        assert COUNTRY_BY_ISO2[country.iso2] is COUNTRY_BY_ISO3[country.iso3] is country


def test_countries_stand_in_alphabetical_order() -> None:
    assert list(COUNTRIES) == sorted(COUNTRIES, key=str.casefold)


def test_iso_codes_agree_with_pycountry() -> None:
    pycountry = pytest.importorskip("pycountry")
    published = {each.alpha_2: (each.alpha_3, int(each.numeric)) for each in pycountry.countries}
    ours = {each.iso2: (each.iso3, each.iso) for each in COUNTRIES.values() if each.country != "Kosovo"}
    assert ours == {iso2: published.get(iso2) for iso2 in ours}
    # Coded under the state that holds them, or without inhabitants.
    assert set(published) - set(ours) == {"AX", "BV", "EH", "HK", "MO", "SJ", "TF"}


@pytest.mark.parametrize(
    ("country", "gwno"),
    [
        # Where Gleditsch and Ward differ from the Correlates of War, theirs is the number.
        ("Germany", 260),
        ("Yemen", 678),
        ("Serbia", 340),
        ("Kiribati", 970),
        ("Nauru", 971),
        ("Tonga", 972),
        ("Tuvalu", 973),
        ("Vietnam", 816),
        ("Andorra", 232),
        ("Democratic Republic of Congo", 490),
        ("Iraq", 645),
        ("Ivory Coast", 437),
        ("Republic of Congo", 484),
        ("Russia", 365),
        ("South Sudan", 626),
        ("Tanzania", 510),
        ("Palestine", None),
        ("Puerto Rico", None),
        ("Vatican City", None),
    ],
)
def test_gwno(country: str, gwno: int | None) -> None:
    assert COUNTRIES[country].gwno == gwno


def test_195_states_have_a_gwno() -> None:
    assert sum(country.gwno is not None for country in COUNTRIES.values()) == 195


def test_start_years() -> None:
    years = {country.start_year for country in COUNTRIES.values()}
    assert years == {1997, 2010, 2011, 2015, 2016, 2017, 2018, 2020, 2021}
    assert [name for name, country in COUNTRIES.items() if country.start_year == 2011] == ["South Sudan"]
    african = {country.region for country in COUNTRIES.values() if country.start_year == 1997}
    assert african == {region for region in REGIONS if region.endswith("Africa")}


# The module


def test_mappings_are_read_only() -> None:
    with pytest.raises(TypeError):
        COUNTRIES["Atlantis"] = COUNTRIES["Iraq"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        COUNTRIES["Iraq"].iso = 1  # type: ignore[misc]


def test_import_needs_the_standard_library_alone() -> None:
    code = "import sys; before = set(sys.modules); import schemas.taxonomy; print(*set(sys.modules) - before)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    imported = {name.split(".")[0] for name in shown.split()}
    assert imported - set(sys.stdlib_module_names) == {"schemas"}
