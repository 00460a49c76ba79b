"""Dumps of GeoNames as a layer of the gazetteer: their places, units and names, and which of them texts name."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.resources.common_words import CommonWords
from pipeline.resources.countries import CountryFacts
from pipeline.resources.dump import Dump
from pipeline.resources.dump_compile import compile_files
from pipeline.resources.dump_names import bare_unit
from pipeline.resources.gazetteer import Gazetteer
from pipeline.resources.geonames_files import GeonamesFile, GeonamesFiles, file_sha256
from pipeline.resources.layered_world import LayeredWorld
from pipeline.resources.seeds import SEED_TABLES, Seeds, shipped_seeds
from pipeline.resources.world import World, installed_world
from pipeline.resources.world_compile import compile_index
from pipeline.resources.world_file import unpack
from schemas.taxonomy import COUNTRIES
from tests.resources.dumps import ADMIN1, ADMIN2, ALTERNATE_NAMES, BAD_LINES, LINES, line, write

SEEDS = Seeds((shipped_seeds(),))
FACTS = CountryFacts.from_rows(SEEDS.rows("countries"))
WORDS = CommonWords.from_rows(SEEDS.rows("common_words"), FACTS.demonyms())
CITIES = [
    {"geonameid": 9010, "name": "Zarmand", "countrycode": "IQ", "population": 190_000, "latitude": 33.5, "longitude": 43.5,
     "admin1code": "91", "alternatenames": ["Zermend"]},
    {"geonameid": 55, "name": "Wazrah", "countrycode": "IQ", "population": 8_000, "latitude": 33.31, "longitude": 43.21,
     "admin1code": "91", "alternatenames": []},
    {"geonameid": 56, "name": "Lower Shirin", "countrycode": "IQ", "population": 800, "latitude": 33.9, "longitude": 43.2,
     "admin1code": "91", "alternatenames": []},
    {"geonameid": 57, "name": "Bilqandar", "countrycode": "IN", "population": 5_000, "latitude": 22.0, "longitude": 80.0,
     "admin1code": "35", "alternatenames": []},
]  # fmt: skip
SHIPPED = Gazetteer.from_rows(SEEDS.rows("places"), FACTS, (installed_world(), WORDS))
WORLD = World(unpack(compile_index(CITIES, {}, "1.0")))


def compiled(folder: Path, **tables: list[str]) -> bytes:
    files = []
    for name, lines in sorted(tables.items()):
        path = write(folder / f"{name}.txt", lines)
        files.append(GeonamesFile(path, file_sha256(path)))
    return compile_files(GeonamesFiles(tuple(files)))


def dump_of(folder: Path, **tables: list[str]) -> Dump:
    return Dump(unpack(compiled(folder, **tables)))


def gazetteer_of(dump: Dump, rows: tuple[dict[str, str], ...] = ()) -> Gazetteer:
    filled = [{column: row.get(column, "") for column in SEED_TABLES["places"].columns} for row in rows]
    return Gazetteer.from_rows(filled, FACTS, (LayeredWorld(WORLD, dump), WORDS))


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory) -> Gazetteer:
    return gazetteer_of(dump_of(tmp_path_factory.mktemp("dump"), IQ=[*LINES, *BAD_LINES]))


def phrases(gazetteer: Gazetteer, text: str, home: tuple[str, ...] = ("IQ",)) -> list[str]:
    return [mention.phrase for mention in gazetteer.mentions(text, home)]


# -- what is kept -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "name", "kind", "admin2", "admin3"),
    [
        (9001, "Zarmand", "admin1", None, None),
        (9002, "Wazrah", "admin2", "Wazrah", None),
        (9003, "Tulmin", "admin3", "Wazrah", "Tulmin"),
        (9011, "Wazrah", "town", "Wazrah", None),
        (9012, "Bilqandar", "town", "Wazrah", "Tulmin"),
        (9020, "Zarmand - Dilsuz", "town", None, None),
        (9021, "Ghazalin", "town", "Wazrah", None),
        (9022, "Nahr Mardush", "region", None, None),
    ],
)
def test_places_have_names_of_units_and_never_codes(gazetteer, number, name, kind, admin2, admin3) -> None:
    place = gazetteer.get(f"geonames:{number}")
    assert (place.name, place.kind, place.country) == (name, kind, "Iraq")
    assert (place.admin1, place.admin2, place.admin3) == ("Zarmand", admin2, admin3)


@pytest.mark.parametrize("number", [9017, 9024, 9025, 9026, 9030, 9031, 9032, 9033])
def test_what_reports_do_not_name_and_bad_lines_are_left_out(gazetteer, number) -> None:
    assert gazetteer.get(f"geonames:{number}") is None


def test_units_know_their_seats_and_places_their_units(gazetteer) -> None:
    seats = {number: gazetteer.get(f"geonames:{number}").capital_place_id for number in (9001, 9002, 9003)}
    assert seats == {9001: "geonames:9010", 9002: "geonames:9011", 9003: None}
    parents = {number: gazetteer.get(f"geonames:{number}").parent_place_id for number in (9002, 9012, 9013, 9020)}
    assert parents == {9002: "geonames:9001", 9012: "geonames:9003", 9013: "geonames:9002", 9020: "geonames:9010"}


def test_tables_of_units_name_them(tmp_path) -> None:
    gazetteer = gazetteer_of(dump_of(tmp_path, IQ=LINES, admin1CodesASCII=ADMIN1, admin2Codes=ADMIN2))
    place = gazetteer.get("geonames:9012")
    assert (place.admin1, place.admin2, place.admin3) == ("Zarmand", "Al-Wazrah", "Tulmin")


def test_a_unit_without_any_name_has_none(tmp_path) -> None:
    gazetteer = gazetteer_of(dump_of(tmp_path, IQ=[line(1, "Bilqandar", admin1="44", admin2="3")]))
    place = gazetteer.get("geonames:1")
    assert (place.admin1, place.admin2) == (None, None)


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Kirkuk Governorate", "Kirkuk"),
        ("Muḩāfaz̧at Kirkūk", "Kirkūk"),
        ("Departamento de Lima", "Lima"),
        ("Diffa Region", "Diffa"),
        ("Kirkuk", "Kirkuk"),
        ("Qada", "Qada"),
    ],
)
def test_units_are_named_without_the_word_for_a_unit(name, bare) -> None:
    assert bare_unit(name) == bare


# -- names ------------------------------------------------------------------------------------------------------------------


def test_alternate_names_with_their_languages_and_times(tmp_path) -> None:
    gazetteer = gazetteer_of(dump_of(tmp_path, IQ=LINES, alternateNames=ALTERNATE_NAMES))
    assert gazetteer.get("geonames:9012").name == "Belqander"
    names = ("Belqander", "Bilqandar", "Belqandar", "Turvache")
    found = {name: [place.place_id for place in gazetteer.candidates(name)] for name in names}
    assert found == {
        "Belqander": ["geonames:9012"],
        "Bilqandar": ["geonames:57", "geonames:9012"],
        "Belqandar": [],
        "Turvache": ["geonames:9013"],
    }
    assert gazetteer.candidates("https://example.org/Kafr") == []


def test_of_two_lines_with_one_number_the_later_counts(tmp_path) -> None:
    newer = line(9012, "Bilqandar", at=(34.0, 44.0), modified="2021-01-01")
    for first, second in ((LINES, [newer]), ([newer], LINES)):
        found = gazetteer_of(dump_of(tmp_path, A=first, B=second)).get("geonames:9012")
        assert (found.latitude, found.longitude) == (34.0, 44.0)


def test_the_index_does_not_depend_on_the_order_of_lines(tmp_path) -> None:
    def places(lines: list[str]) -> list[object]:
        gazetteer = gazetteer_of(dump_of(tmp_path, IQ=lines))
        return [gazetteer.get(f"geonames:{number}") for number in range(9000, 9040)]

    chance = random.Random(7)
    shuffled = [chance.sample(LINES, len(LINES)) for _ in range(5)]
    assert all(places(lines) == places(LINES) for lines in shuffled)


def test_a_file_that_changes_meanwhile_is_refused(tmp_path) -> None:
    path = write(tmp_path / "IQ.txt", LINES)
    with pytest.raises(InputError, match="changed while it was read"):
        compile_files(GeonamesFiles((GeonamesFile(path, "0" * 64),)))


def test_a_file_of_something_else_is_refused_and_an_empty_dump_is_not(tmp_path) -> None:
    with pytest.raises(InputError, match=r"not a table of GeoNames.*2 column"):
        dump_of(tmp_path, list=["a\tb"])
    assert len(dump_of(tmp_path, IQ=[line(1, "Hotel", "S.HTL")])) == 0


# -- layers -----------------------------------------------------------------------------------------------------------------


def test_one_town_is_not_three_candidates(tmp_path) -> None:
    own = {"place_id": "x:zarmand", "name": "Zarmand", "kind": "town", "country": "Iraq", "latitude": "33.49", "longitude": "43.51"}
    gazetteer = gazetteer_of(dump_of(tmp_path, IQ=LINES), (own,))
    found = [(place.place_id, layer) for place, layer in gazetteer.in_all_layers("Zarmand")]
    # The province and the hamlet far off are others.
    assert found == [("x:zarmand", "dataset"), ("geonames:9001", "data/raw/gazetteer"), ("geonames:9016", "data/raw/gazetteer")]
    assert [place.place_id for place in gazetteer.candidates("Wazrah")] == ["geonames:9011", "geonames:9002"]
    assert [place.place_id for place in gazetteer.candidates("Zermend")] == ["x:zarmand"]


def test_the_dataset_names_the_units_of_all_layers(tmp_path) -> None:
    own = {"place_id": "x:w", "name": "Wazrah", "kind": "town", "country": "Iraq", "latitude": "33.3", "longitude": "43.2"}
    gazetteer = gazetteer_of(dump_of(tmp_path, IQ=LINES), ({**own, "admin1": "Zarmend", "admin2": "Wezre"},))
    province, village, elsewhere = (gazetteer.get(f"geonames:{number}") for number in (9001, 9012, 56))
    assert (province.name, province.admin1, village.admin1, elsewhere.admin1) == ("Zarmend",) * 4
    assert (province.admin2, village.admin2, elsewhere.admin2) == (None, "Wezre", None)


def test_places_outside_the_dump_stay(gazetteer) -> None:
    assert gazetteer.get("geonames:57").country == "India"
    assert gazetteer.get("geonames:56").name == "Lower Shirin"


# -- in texts ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen shot two farmers in Bilqandar on Monday.", ["Bilqandar"]),
        ("Gunmen shot two farmers near Belqandar on Monday.", ["Belqandar"]),
        ("Gunmen raided the village of Police on Monday.", ["village of Police"]),
        ("They fled the Ghazalin camp on Monday.", ["Ghazalin camp"]),
        ("Clashes in Wazrah, Bilqandar and Kafr Turvash went on.", ["Wazrah", "Bilqandar", "Kafr Turvash"]),
        ("Shelling of Bilqandar, Zarmand province, went on.", ["Bilqandar", "Zarmand province"]),
        ("A bomb went off in Zarmand's Dilsuz neighbourhood.", ["Zarmand", "Dilsuz neighbourhood"]),
        ("Troops crossed the Mardush River on Monday.", ["Mardush River"]),
        ("Jets struck the Kezvan Mountains on Monday.", ["Kezvan Mountains"]),
        ("Jets struck the Sardan mountains on Monday.", ["Sardan mountains"]),
        ("They hid in the Golshan forest and fled over Lake Simun.", ["Golshan forest", "Lake Simun"]),
        ("SHOTS WERE FIRED IN KAFR TURVASH ON MONDAY, POLICE SAID.", ["KAFR TURVASH"]),
        ("SHOTS WERE FIRED IN THE VILLAGE OF BILQANDAR, POLICE SAID.", ["VILLAGE OF BILQANDAR"]),
        # What the words around do not say is no village.
        ("In Police custody he wept. Police beat him, and Omar saw it.", []),
        ("He told the police in Police that day.", []),
        ("He was seen by Bilqandar and his brothers.", []),
        ("He spoke of Bilqandar.", []),
        ("People in Dilsuz were afraid.", []),
        ("He believed in Omar.", []),
        ("The Bilqandar State was poor.", []),
        ("Bilqandar: what we know.", []),
        ("HE LIVED IN BILQANDAR AND IN FEAR.", []),
    ],
)
def test_names_of_a_dump_need_words_that_say_so(gazetteer, text, expected) -> None:
    assert phrases(gazetteer, text) == expected


def test_a_village_is_known_in_its_country_alone(gazetteer) -> None:
    text = "Peruvian officers said that shots were fired in Bilqandar on Monday."
    assert phrases(gazetteer, text, home=()) == []
    assert phrases(gazetteer, text.replace("Peruvian", "Iraqi"), home=()) == ["Bilqandar"]


def test_the_word_beside_a_name_says_which_namesake_is_meant(gazetteer) -> None:
    kinds = {}
    for name in ("Zarmand", "Zarmand province", "Wazrah district", "town of Wazrah", "Mardush River"):
        (mention,) = gazetteer.mentions(f"Shots were fired in {name} today.", ("IQ",))
        kinds[name] = [gazetteer.get(key).kind for key in mention.place_ids]
    assert kinds == {
        "Zarmand": ["town"],
        "Zarmand province": ["admin1"],
        "Wazrah district": ["admin2"],
        "town of Wazrah": ["town"],
        "Mardush River": ["region"],
    }
    assert gazetteer.resolve("Wazrah district", country="Iraq").place.place_id == "geonames:9002"
    assert gazetteer.resolve("Bilqandar", country="India").place.place_id == "geonames:57"


def test_the_digest_tells_only_of_the_places_that_a_text_names(tmp_path, gazetteer) -> None:
    moved = [each.replace("33.35\t43.15", "33.36\t43.15") for each in LINES]
    renamed = [each.replace("Belqandar,", "") for each in LINES]
    texts = ("Shots were fired in Bilqandar.", "Shots were fired in Kafr Turvash.", "Shots were fired in Belqandar.")

    def digests(of: Gazetteer) -> list[str]:
        return [of.digest_of(of.mentions(text, ("IQ",))) for text in texts]

    def changed(lines: list[str]) -> list[bool]:
        then = digests(gazetteer_of(dump_of(tmp_path, IQ=lines)))
        return [one != other for one, other in zip(digests(gazetteer), then, strict=True)]

    assert (changed(moved), changed(renamed)) == ([False, True, False], [False, False, True])


def test_a_dump_of_what_the_world_knows_changes_no_mention(tmp_path, sample) -> None:
    texts = [str(article["text"]) for article in sample]
    world = installed_world()
    keys = {key for text in texts for mention in SHIPPED.mentions(text) for key in mention.place_ids}
    lines = []
    for number in sorted(each for key in keys if (each := world.number_of(key)) is not None):
        point, population = world.point(number), max(500, world.population(number))
        iso2 = COUNTRIES[world.country(number)].iso2
        lines.append(line(world.geonameid(number), world.name(number), country=iso2, at=point, population=str(population)))
    assert len(lines) > 10
    rows = SEEDS.rows("places")
    layered = Gazetteer.from_rows(rows, FACTS, (LayeredWorld(world, dump_of(tmp_path, world=lines)), WORDS))
    assert [layered.mentions(text) for text in texts] == [SHIPPED.mentions(text) for text in texts]
