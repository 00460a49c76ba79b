"""The world's places: the file they are kept in, their names, and which names in a text are places."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SeedError
from pipeline.resources.common_words import CommonWords
from pipeline.resources.countries import CountryFacts
from pipeline.resources.gazetteer import Gazetteer
from pipeline.resources.seeds import SEED_TABLES, Seeds, shipped_seeds
from pipeline.resources.world import World, installed_world
from pipeline.resources.world_compile import compile_index
from pipeline.resources.world_file import open_or_make, pack, unpack
from pipeline.resources.world_words import extend, fold_word, hash_word, name_words

SEEDS = Seeds((shipped_seeds(),))
FACTS = CountryFacts.from_rows(SEEDS.rows("countries"))
WORDS = CommonWords.from_rows(SEEDS.rows("common_words"), FACTS.demonyms())


def city(number: int, name: str, country: str, population: int, *alternates: str, **values: object) -> dict[str, object]:
    place = {"latitude": 10.0 + number, "longitude": 20.0, "admin1code": "01", **values}
    return (
        {"geonameid": number, "name": name, "countrycode": country, "population": population}
        | place
        | {"alternatenames": list(alternates)}
    )


CITIES = [
    city(1, "Garissa", "KE", 160_000),
    city(2, "Ḩabbārīyah", "IQ", 9_000, "Al Habbariyah", "habaryt", "HBR", "الهبارية"),
    city(3, "Santa Rosa", "PE", 30_000),
    city(4, "Santa Rosa", "AR", 90_000),
    city(5, "Santa Rosa", "US", 170_000, admin1code="CA"),
    city(6, "Hope", "US", 10_000, admin1code="AR"),
    city(7, "Mendoza", "PE", 20_000),
    city(8, "Dadaab", "KE", 4_000),
    city(9, "Metropolis", "IN", 9_000_000),
    city(10, "Metropolis", "US", 7_000, admin1code="IL"),
    city(11, "Modogashe", "KE", 2_000),
    city(12, "Garissa Ndogo", "KE", 900),
    city(13, "Laâyoune", "EH", 200_000),
    city(14, "Port-aux-Français", "TF", 45),
    city(15, "Urbania", "PE", 400_000, "Metropolis"),
    city(16, "Holhol", "DJ", 3_000),
    city(17, "California", "US", 12_000, admin1code="MD"),
]
INDEX = compile_index(CITIES, {"US.CA": "California"}, "1.0")  # type: ignore[arg-type]
WORLD = World(unpack(INDEX))


def own(place_id: str, name: str, **values: str) -> dict[str, str]:
    told = {"kind": "town", "country": "Kenya", "latitude": "1", "longitude": "2", **values, "place_id": place_id, "name": name}
    return {column: told.get(column, "") for column in SEED_TABLES["places"].columns}


ROWS = [
    own("x:garissa", "Garissa", latitude="11.01", longitude="20.01", admin1="Garissa"),
    own("x:lima", "Lima", country="Peru", admin1="Lima"),
    own("x:puno", "Puno", kind="admin1", country="Peru", admin1="Puno"),
]
GAZETTEER = Gazetteer.from_rows(ROWS, FACTS, (WORLD, WORDS))


def phrases(text: str, home: tuple[str, ...] = (), otherwise: tuple[str, ...] = ()) -> list[str]:
    return [mention.phrase for mention in GAZETTEER.mentions(text, home, otherwise)]


# -- the file ---------------------------------------------------------------------------------------------------------------


@given(st.dictionaries(st.text("abc", min_size=1), st.binary(max_size=200)), st.dictionaries(st.text(), st.integers()))
def test_arrays_come_back_as_they_went_in(arrays: dict[str, bytes], facts: dict[str, int]) -> None:
    packed = pack(facts, {name: ("B", data) for name, data in arrays.items()})
    found = unpack(packed)
    assert found.facts == facts
    assert {name: bytes(view) for name, view in found.arrays.items()} == arrays


@pytest.mark.parametrize("damaged", [b"", b"x" * 400, INDEX[:-1], INDEX[:1000], INDEX + b"x"])
def test_a_damaged_file_is_refused(damaged: bytes) -> None:
    with pytest.raises(ValueError, match=r"arrays|bytes|JSON|char|expected"):
        unpack(damaged)


def test_a_missing_or_damaged_file_is_made_again_and_a_good_one_is_not(tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return pack({"n": len(made)}, {"a": ("B", b"abc")})

    folder = tmp_path / "cache"
    assert open_or_make("world-1.bin", make, folder).facts == {"n": 1}
    assert open_or_make("world-1.bin", make, folder).facts == {"n": 1}
    (folder / "world-1.bin").write_bytes(b"torn")
    assert open_or_make("world-1.bin", make, folder).facts == {"n": 2}
    assert [path.name for path in folder.iterdir() if "tmp" in path.name] == []


def test_old_versions_do_not_pile_up(tmp_path: Path) -> None:
    for number in range(7):
        open_or_make(f"world-{number}.bin", lambda: pack({}, {}), tmp_path)
    left = sorted(path.name for path in tmp_path.glob("world-*"))
    assert len(left) == 4
    assert "world-6.bin" in left


def test_without_a_place_to_keep_it_the_file_is_made_for_the_process(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    found = open_or_make("world-1.bin", lambda: INDEX, tmp_path / "file")
    assert len(World(found)) == len(WORLD)


def _open_and_count(folder: Path) -> int:
    def make() -> bytes:
        with (folder / "made.txt").open("a") as file:
            file.write("x")
        return INDEX

    return len(World(open_or_make("world-1.bin", make, folder)).find("Garissa"))


def test_of_many_processes_one_makes_the_file(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        assert pool.map(_open_and_count, [tmp_path] * 8) == [1] * 8
    assert (tmp_path / "made.txt").read_text() == "x"


# -- names ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Sana'a", ["sanaa"]),
        ("Iraq's", ["iraq"]),
        ("Al-Ḥawīja", ["al", "hawija"]),
        ("São Tomé", ["sao", "tome"]),
        ("St. Louis", ["st", "louis"]),
        ("N’Djamena", ["ndjamena"]),
        ("Łódź", ["lodz"]),
    ],
)
def test_names_as_words(name: str, words: list[str]) -> None:
    assert name_words(name) == words


SOME_WORDS = st.lists(st.text("abcdefg", min_size=1, max_size=4), min_size=1, max_size=4)


@given(SOME_WORDS, SOME_WORDS)
def test_different_words_have_different_numbers(one: list[str], other: list[str]) -> None:
    def number(words: list[str]) -> int:
        total = 0
        for word in words:
            total = extend(total, hash_word(word))
        return total

    assert (number(one) == number(other)) == (one == other)


def test_ascii_words_fold_as_all_others_do() -> None:
    assert [fold_word(word) for word in ("GARISSA", "Garissa", "gârissa")] == ["garissa"] * 3


@given(st.permutations(CITIES))
def test_the_index_does_not_depend_on_the_order_of_records(cities: list[dict[str, object]]) -> None:
    assert compile_index(cities, {"US.CA": "California"}, "1.0") == INDEX  # type: ignore[arg-type]


def test_places_come_back_from_the_index() -> None:
    for record in CITIES:
        if record["countrycode"] == "TF":
            continue
        (found,) = [
            each for each in WORLD.find(str(record["name"])) if WORLD.place_id(each.number) == f"geonames:{record['geonameid']}"
        ]
        assert WORLD.point(found.number) == (record["latitude"], record["longitude"])
        assert found.population == record["population"]
        assert found.is_main
        assert WORLD.number_of(f"geonames:{record['geonameid']}") == found.number


@pytest.mark.parametrize("name", ["Habbariyah", "al-Habbariya", "El Habbariyah", "AL HABBARIYAH", "Ḩabbārīyah"])
def test_arabic_names_with_and_without_article_and_h(name: str) -> None:
    (found,) = WORLD.find(name)
    assert (WORLD.name(found.number), found.country) == ("Habbariyah", "Iraq")


@pytest.mark.parametrize("name", ["HBR", "habaryt", "Atlantis", ""])
def test_codes_transliterations_and_unknown_names_are_no_names(name: str) -> None:
    assert list(WORLD.find(name)) == []


def test_territories_lie_where_the_codebook_puts_them() -> None:
    assert [each.country for each in WORLD.find("Laayoune")] == ["Morocco"]
    assert list(WORLD.find("Port-aux-Français")) == []


@pytest.mark.parametrize("place_id", ["geonames:", "geonames:99", "geonames:x", "khd:iq-hawija", "1"])
def test_unknown_ids(place_id: str) -> None:
    assert GAZETTEER.get(place_id) is None


# -- in texts ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenyan police fought raiders in Dadaab on Monday.", ["Dadaab"]),
        ("KENYAN POLICE FOUGHT RAIDERS IN DADAAB ON MONDAY.", ["DADAAB"]),
        ("In Kenya, men from Modogashe and Dadaab met.", ["Kenya", "Modogashe", "Dadaab"]),
        ("Kenya. He was buried in Garissa Ndogo.", ["Kenya", "Garissa Ndogo"]),
        ("A raid north of Dadaab, Kenya, killed two.", ["Dadaab", "Kenya"]),
        ("In Kenya the town of Dadaab fell.", ["Kenya", "town of Dadaab"]),
        ("Kenya: Dadaab district was quiet.", ["Kenya", "Dadaab district"]),
        ("Police in Peru spoke of Mendoza Street in Lima.", ["Peru", "Lima"]),
        ("In Peru a man in Mendoza neighborhood was shot.", ["Peru"]),
        ("The Dadaab-based group is Kenyan.", []),
    ],
)
def test_places_need_words_around_them(text: str, expected: list[str]) -> None:
    assert phrases(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "In the United States there is Hope.",
        "The United States trust in Hope and in God.",
        "IN THE UNITED STATES MANY LIVE IN HOPE.",
        "Peru: President Mendoza spoke.",
        "Peru: Colonel Juan Mendoza of Dadaab Bank spoke.",
        "PERU: A STATEMENT OF MENDOZA WAS READ.",
        "In Peru the dispute between the army and Dr. Mendoza went on.",
        "In Kenya, in May and in March, many a Kenyan met a Somali.",
        "The United States: fires in California went on.",
        "In Kenya the Dadaab went to the SOMA and to Mendoza's Village.",
        "Peru's army and Kenya's police met.",
    ],
)
def test_words_people_and_organisations_are_no_places(text: str) -> None:
    countries = {"the united states", "peru", "kenya"}
    assert [phrase for phrase in phrases(text) if phrase.lower() not in countries] == []


@pytest.mark.parametrize(
    ("text", "home", "place_id"),
    [
        ("Peru: shots were fired in Santa Rosa.", (), "geonames:3"),
        ("Argentina: shots were fired in Santa Rosa.", (), "geonames:4"),
        ("Argentine police fired in Santa Rosa.", (), "geonames:4"),
        ("Shots were fired in Santa Rosa, Argentina, said Peru's army in Peru.", (), "geonames:4"),
        ("Shots were fired in Santa Rosa.", ("PE",), "geonames:3"),
        ("Shots were fired in Santa Rosa.", ("Argentina",), "geonames:4"),
        ("Shots were fired in Metropolis.", (), "geonames:9"),
        ("Kenya: shots were fired in Metropolis.", (), "geonames:9"),
        ("Peru, Peru: the Argentine town of Santa Rosa fell.", (), "geonames:4"),
        ("Peru, Peru: in an American city as in Santa Rosa, shots.", (), "geonames:3"),
    ],
)
def test_the_text_and_the_dataset_decide_between_countries(text: str, home: tuple[str, ...], place_id: str) -> None:
    found = {key for mention in GAZETTEER.mentions(text, home) for key in mention.place_ids if key.startswith("geonames:")}
    assert found == {place_id}


def test_a_small_place_without_its_country_is_not_taken() -> None:
    assert phrases("Shots were fired in Dadaab.") == []
    assert phrases("Shots were fired in Dadaab.", otherwise=("Kenya",)) == ["Dadaab"]
    assert phrases("Peru, Peru. Kenya. Shots were fired in Dadaab.") == ["Peru", "Peru", "Kenya", "Dadaab"]


def test_the_datasets_own_places_come_first() -> None:
    (mention,) = GAZETTEER.mentions("Shots were fired in Garissa.")
    assert mention.place_ids == ("x:garissa",)
    found = GAZETTEER.resolve("Garissa", country="Kenya")
    assert found is not None
    assert found.place.place_id == "x:garissa"


@pytest.mark.parametrize(
    ("name", "told", "place_id"),
    [
        ("Santa Rosa", {"country": "Peru"}, "geonames:3"),
        ("Santa Rosa", {"focus": ("AR",)}, "geonames:4"),
        ("Santa Rosa", {"near": ("Lima",)}, "geonames:3"),
        ("Santa Rosa", {"country": "Kenya"}, None),
        ("Santa Rosa", {}, None),
        ("Metropolis", {}, "geonames:9"),
        ("Metropolis", {"country": "Peru"}, "geonames:15"),
        ("Dadaab", {"focus": ("PE",)}, None),
        ("Hope", {"country": "United States"}, None),
        ("city of Hope", {"country": "United States"}, "geonames:6"),
        ("Garissa", {"country": "Peru"}, None),
        ("California", {"country": "United States"}, None),
    ],
)
def test_resolving_names_of_the_world(name: str, told: dict[str, object], place_id: str | None) -> None:
    found = GAZETTEER.resolve(name, **told)  # type: ignore[arg-type]
    assert (found.place.place_id if found else None) == place_id


def test_units_have_real_names_or_none() -> None:
    units = {each.place_id: each.admin1 for name in ("Santa Rosa", "Dadaab", "Hope") for each in GAZETTEER.candidates(name)}
    # The dataset's Garissa tells the name of the unit in which Dadaab lies too.
    assert units == {
        "geonames:3": None,
        "geonames:4": None,
        "geonames:5": "California",
        "geonames:8": "Garissa",
        "geonames:6": None,
    }


def test_a_province_named_like_a_town_is_no_town() -> None:
    found = GAZETTEER.resolve("Santa Rosa province", country="Argentina")
    assert found is not None
    assert (found.place.kind, found.place.admin1) == ("admin1", "Santa Rosa")


def test_the_digest_tells_the_release_and_the_place() -> None:
    text = "Shots were fired in Dadaab, Kenya."
    newer = Gazetteer.from_rows(ROWS, FACTS, (World(unpack(compile_index(CITIES, {}, "2.0"))), WORDS))  # type: ignore[arg-type]
    same = Gazetteer.from_rows(ROWS, FACTS, (World(unpack(INDEX)), WORDS))
    assert GAZETTEER.digest_of(GAZETTEER.mentions(text)) == same.digest_of(same.mentions(text))
    assert GAZETTEER.digest_of(GAZETTEER.mentions(text)) != newer.digest_of(newer.mentions(text))


def test_a_word_of_no_kind_is_refused() -> None:
    with pytest.raises(SeedError, match="kind 'noun'"):
        CommonWords.from_rows([{"word": "hope", "kind": "noun"}], {})


@pytest.mark.parametrize(
    ("name", "country", "point"),
    [("Afrin", "Syria", (36.5, 36.9)), ("Mariupol", "Ukraine", (47.1, 37.5)), ("Ikorodu", "Nigeria", (6.6, 3.5))],
)
def test_the_installed_world_knows_towns(name: str, country: str, point: tuple[float, float]) -> None:
    world = installed_world()
    (best,) = [each for each in world.find(name) if each.country == country and each.is_main]
    assert world.point(best.number) == (pytest.approx(point[0], abs=0.1), pytest.approx(point[1], abs=0.1))
    assert len(world) > 200_000
