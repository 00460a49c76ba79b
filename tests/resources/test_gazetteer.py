"""Places by name: spellings, kinds, homonyms, digests, and the shipped table itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SeedError
from pipeline.resources.bundle import Resources
from pipeline.resources.countries import CountryFacts
from pipeline.resources.gazetteer import Gazetteer
from pipeline.resources.seeds import SEED_TABLES, Seeds, shipped_seeds
from schemas.taxonomy import COUNTRIES

SEEDS = Seeds((shipped_seeds(),))
FACTS = CountryFacts.from_rows(SEEDS.rows("countries"))
SHIPPED = Gazetteer.from_rows(SEEDS.rows("places"), FACTS)


def row(place_id: str, name: str, **values: str) -> dict[str, str]:
    given_values = {"kind": "town", "country": "Peru", "latitude": "-1.5", "longitude": "2", **values}
    return {column: given_values.get(column, "") for column in SEED_TABLES["places"].columns} | {"place_id": place_id, "name": name}


ROWS = [
    row("a-town", "Santa Rosa", country="Peru", admin1="Lima"),
    row("b-town", "Santa Rosa", country="El Salvador", admin1="La Unión"),
    row("c-town", "Santa Rosa", country="El Salvador", admin1="Sonsonate"),
    row("d-unit", "Lima", kind="admin1", country="Peru", admin1="Lima", capital_place_id="e-town"),
    row("e-town", "Lima", country="Peru", admin1="Lima", parent_place_id="d-unit", alternate_names="Ciudad de los Reyes"),
    row("f-town", "Mexico", country="Mexico", alternate_names="Mexico City"),
    row("g-town", "Cusco", country="Peru", admin1="Cusco"),
]
SMALL = Gazetteer.from_rows(ROWS, FACTS)


@pytest.mark.parametrize("spelling", ["Hawija", "Hawijah", "al-Hawija", "Al Hawija", "Al-Hawijah", "HAWIJA", "Huwija"])
def test_hawija_in_its_spellings(spelling: str) -> None:
    (mention,) = SHIPPED.mentions(f"Fighting near {spelling} went on.")
    assert mention.phrase == spelling
    found = SHIPPED.resolve(spelling, focus=("IQ",))
    assert found is not None
    assert (found.place.name, found.place.admin1, found.place.country) == ("Hawija", "Kirkuk", "Iraq")
    assert not found.is_doubtful


@pytest.mark.parametrize("spelling", ["Daquq", "Daqouq", "Dakuk"])
def test_daquq_in_its_spellings(spelling: str) -> None:
    found = SHIPPED.resolve(spelling)
    assert found is not None
    assert (found.place.latitude, found.place.longitude) == (pytest.approx(35.14, abs=0.05), pytest.approx(44.45, abs=0.05))


@pytest.mark.parametrize(
    ("text", "phrase", "kind"),
    [
        ("in Lima today", "Lima", "town"),
        ("in Lima province today", "Lima province", "admin1"),
        ("in the department of Lima today", "department of Lima", "admin1"),
        ("in the city of Lima today", "city of Lima", "town"),
        ("in Lima, the province of gold", "Lima", "town"),
    ],
)
def test_a_word_of_kind_decides_between_town_and_unit(text: str, phrase: str, kind: str) -> None:
    (mention,) = SMALL.mentions(text)
    assert mention.phrase == phrase
    assert text[mention.start : mention.end] == phrase
    best = SMALL.resolve(phrase)
    assert best is not None
    assert best.place.kind == kind
    assert best.place.place_id in mention.place_ids


def test_towns_come_before_units_and_countries_before_cities_called_like_them() -> None:
    assert [place.place_id for place in SMALL.candidates("Lima")] == ["e-town", "d-unit"]
    assert [place.place_id for place in SMALL.candidates("Mexico")] == ["country:Mexico", "f-town"]
    assert [place.place_id for place in SMALL.candidates("Mexico City")] == ["f-town"]
    assert SMALL.candidates("Atlantis") == []


@pytest.mark.parametrize(
    ("told", "place_id", "reason"),
    [
        ({"country": "Peru"}, "a-town", "country_stated"),
        ({"country": "El Salvador", "admin1": "Sonsonate"}, "c-town", "admin1_stated"),
        ({"focus": ("PE",)}, "a-town", "focus"),
        ({"focus": ("Peru",)}, "a-town", "focus"),
        ({"near": ("Cusco",)}, "a-town", "country_near"),
        ({"near": ("Lima",)}, "a-town", "admin1_near"),
        ({"near": ("country:Peru",)}, "a-town", "country_near"),
    ],
)
def test_what_the_text_tells_decides_between_homonyms(told: dict[str, object], place_id: str, reason: str) -> None:
    found = SMALL.resolve("Santa Rosa", **told)  # type: ignore[arg-type]
    assert found is not None
    assert found.place.place_id == place_id
    assert reason in found.reasons
    assert not found.is_doubtful


def test_homonyms_that_nothing_tells_apart_are_doubtful() -> None:
    found = SMALL.resolve("Santa Rosa", country="El Salvador")
    assert found is not None
    assert found.place.place_id == "b-town"
    assert found.is_doubtful
    sure = SMALL.resolve("Santa Rosa", country="Peru")
    assert sure is not None
    assert found.score < sure.score


def test_a_town_and_the_unit_around_it_are_no_rivals() -> None:
    found = SMALL.resolve("Lima")
    assert found is not None
    assert not found.is_doubtful


def test_no_place_outside_the_country_stated_is_taken() -> None:
    assert SMALL.resolve("Cusco", country="El Salvador") is None
    assert SMALL.resolve("Atlantis") is None


def test_a_lone_homonym_far_from_everything_else_is_doubtful() -> None:
    found = SMALL.resolve("Cusco", near=("El Salvador",))
    assert found is not None
    assert found.is_doubtful


def digest(gazetteer: Gazetteer, text: str) -> str:
    return gazetteer.digest_of(gazetteer.mentions(text))


def test_the_digest_changes_if_and_only_if_a_row_named_in_the_text_does() -> None:
    changed = [each | {"latitude": "9"} if each["place_id"] == "g-town" else each for each in ROWS]
    noted = [each | {"note": "seen"} for each in ROWS]
    other, same = Gazetteer.from_rows(changed, FACTS), Gazetteer.from_rows(noted, FACTS)
    assert digest(SMALL, "raid on Cusco") != digest(other, "raid on Cusco")
    assert digest(SMALL, "raid on Lima in Peru") == digest(other, "raid on Lima in Peru")
    assert digest(SMALL, "raid on Cusco") == digest(same, "raid on Cusco")


@given(st.permutations(ROWS))
def test_the_order_of_rows_does_not_matter(rows: list[dict[str, str]]) -> None:
    other = Gazetteer.from_rows(rows, FACTS)
    text = "From Santa Rosa to Lima province, Mexico City and Cusco."
    assert other.mentions(text) == SMALL.mentions(text)
    assert other.resolve("Santa Rosa") == SMALL.resolve("Santa Rosa")
    assert digest(other, text) == digest(SMALL, text)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"country": "Narnia"}, "country 'Narnia'"),
        ({"kind": "wardrobe"}, "kind 'wardrobe'"),
        ({"latitude": "north"}, "number of degrees"),
        ({"latitude": "91"}, "outside -90 to 90"),
        ({"parent_place_id": "nowhere"}, "no place_id"),
    ],
)
def test_wrong_rows_are_refused(values: dict[str, str], words: str) -> None:
    with pytest.raises(SeedError, match=words):
        Gazetteer.from_rows([row("x", "X", **values)], FACTS)


def test_every_shipped_place_is_found_by_its_name_in_its_country() -> None:
    for each in SEEDS.rows("places"):
        found = SHIPPED.candidates(each["name"])
        assert each["place_id"] in [place.place_id for place in found], each["name"]


def test_countries_are_places_of_kind_country() -> None:
    (mention,) = SHIPPED.mentions("The war in Iraq.")
    assert mention.place_ids == ("country:Iraq",)
    place = SHIPPED.get("country:Iraq")
    assert place is not None
    assert (place.kind, place.latitude) == ("country", None)
    assert all(SHIPPED.get(f"country:{country}") for country in COUNTRIES)


WHOLE = Resources(SEEDS).gazetteer


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left Louisville, Ky., on Monday.", ["khd:us-kentucky"]),
        ("He left for Ky. on Monday.", []),
        ("They met in Oklahoma OR they did not.", ["khd:us-oklahoma"]),
        ("The people of the US and the UK spoke.", ["country:United States", "country:United Kingdom"]),
        ("The Rivers were high.", []),
        ("Gunmen struck in Rivers State.", ["khd:ng-rivers-state"]),
        ("Rebels held the Nuba hills in North Kivu.", ["khd:cd-north-kivu"]),
    ],
)
def test_short_and_common_names_of_units(text: str, expected: list[str]) -> None:
    keys = [mention.place_ids for mention in WHOLE.own_mentions(text)]
    assert [key for each in keys for key in each if not key.startswith("geonames:")] == expected


def test_a_unit_alone_is_the_town_of_its_name_and_a_heading_is_the_unit() -> None:
    assert WHOLE.candidates("Garissa")[0].kind == "town"
    found = WHOLE.own_mentions("- SAGAING. Two villages burnt.\n- SHAN (NORTH). Quiet. The town of Sagaing was calm.")
    kinds = [{place.kind for key in mention.place_ids if (place := WHOLE.get(key))} for mention in found]
    assert kinds == [{"admin1"}, {"admin1"}, {"town"}]


def test_the_unit_named_after_a_town_decides_between_its_namesakes() -> None:
    found = WHOLE.mentions("Troops entered Santa Rosa, California, and left Paris, Texas.")
    places = {mention.phrase: [WHOLE.get(key) for key in mention.place_ids] for mention in found}
    assert {place.admin1 for place in places["Santa Rosa"] if place} == {"California"}


def test_seats_of_units_lie_in_their_country() -> None:
    for place in (unit for country in COUNTRIES for unit in WHOLE.units_of(country)):
        seat = WHOLE.get(place.capital_place_id) if place.capital_place_id else None
        assert seat is None or seat.country == place.country
