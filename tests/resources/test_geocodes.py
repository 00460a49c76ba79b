"""Answers of geocoders as a layer of the gazetteer: what enters a build, what is refused, and what changes nothing."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.resources.bundle import Resources
from pipeline.resources.geocodes import COLUMNS, accepted_places, read_geocodes
from pipeline.resources.seeds import SEED_TABLES, Seeds, shipped_seeds

ACCEPTED = {
    "geocode_id": "g1",
    "status": "accepted",
    "reviewer": "amber",
    "query": "Bir Nasouh",
    "country": "Iraq",
    "reports": "3",
    "answer": "Bir Nasuh, Kirkuk Governorate, Iraq",
    "name": "Bir Nasuh",
    "kind": "town",
    "place_country": "Iraq",
    "place_admin1": "Kirkuk",
    "latitude": "35.5530",
    "longitude": "44.1190",
    "place_id": "osm:node/105",
    "service": "nominatim",
    "asked_at": "2026-03-01T12:00:00Z",
    "licence": "ODbL 1.0",
}


def written(folder: Path, *rows: dict[str, str], name: str = "nominatim.csv") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows({**ACCEPTED, **row} for row in rows)
    return folder


def test_only_accepted_rows_are_places_under_what_was_asked_and_what_was_answered(tmp_path: Path) -> None:
    others = ({"geocode_id": "g2", "status": "proposed"}, {"geocode_id": "g3", "status": "rejected", "kind": ""})
    (place,) = accepted_places(written(tmp_path, {}, *others))
    assert tuple(place) != () and set(place) == set(SEED_TABLES["places"].columns)
    assert (place["place_id"], place["name"], place["alternate_names"]) == ("osm:node/105", "Bir Nasuh", "Bir Nasouh")
    assert (place["country"], place["admin1"], place["latitude"]) == ("Iraq", "Kirkuk", "35.5530")


def test_rows_about_one_place_are_one_place_and_the_latest_answer_holds(tmp_path: Path) -> None:
    later = {"geocode_id": "g0", "query": "Nasuh Wells", "latitude": "35.6", "asked_at": "2026-04-01T00:00:00Z"}
    (place,) = accepted_places(written(tmp_path, later, {}))
    assert (place["latitude"], place["alternate_names"]) == ("35.6", "Bir Nasouh; Nasuh Wells")


def test_seeds_go_before_geocoders_and_geocoders_before_the_world(tmp_path: Path) -> None:
    mosul = next(row for row in Seeds((shipped_seeds(),)).rows("places") if row["name"] == "Mosul" and row["kind"] == "town")
    moved = {"latitude": "1", "longitude": "1"}
    folder = written(
        tmp_path,
        {**moved, "geocode_id": "g1", "place_id": mosul["place_id"], "name": "Elsewhere"},
        {**moved, "geocode_id": "g2", "place_id": "geonames:2643743", "name": "London", "place_country": "United Kingdom"},
    )
    gazetteer = Resources(Seeds((shipped_seeds(),), geocodes=folder)).gazetteer
    assert gazetteer.get(mosul["place_id"]).name == "Mosul"
    assert gazetteer.get("geonames:2643743").latitude == 1
    assert gazetteer.resolve("London", country="United Kingdom").place.latitude == 1


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"status": "maybe"}, r"nominatim\.csv:2: status 'maybe' is none of proposed, accepted, rejected"),
        ({"geocode_id": ""}, "geocode_id is missing"),
        ({"kind": "country"}, "kind 'country' is none of town"),
        ({"place_country": "Irak"}, "place_country 'Irak'"),
        ({"latitude": "91"}, "latitude '91' is no number of degrees"),
        ({"longitude": "nan"}, "longitude 'nan'"),
        ({"place_id": ""}, "place_id is missing"),
        ({"name": " "}, "name is missing"),
    ],
)
def test_a_row_that_is_no_place_is_refused_with_its_line(tmp_path: Path, values: dict[str, str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        accepted_places(written(tmp_path, values))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"geocode_id;status\n", r"a\.csv:1: columns are"),
        (",".join(COLUMNS).encode() + b"\ng1,accepted\n", r"a\.csv:2: 2 values, expected 21"),
        (",".join(COLUMNS).encode() + b"\n\xff\n", "not UTF-8"),
        (b"", "columns are"),
    ],
)
def test_a_malformed_file_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(InputError, match=said):
        read_geocodes(tmp_path)


def test_one_id_stands_in_one_file(tmp_path: Path) -> None:
    written(tmp_path, {})
    with pytest.raises(InputError, match=r"photon\.csv:2: g1 stands in .*nominatim\.csv:2 already"):
        read_geocodes(written(tmp_path, {}, name="photon.csv"))


def test_a_byte_order_mark_of_a_spreadsheet_and_hidden_files_are_no_matter(tmp_path: Path) -> None:
    path = written(tmp_path, {}) / "nominatim.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    (tmp_path / ".~lock.csv").write_text("x", encoding="utf-8")
    assert len(read_geocodes(tmp_path)) == 1
    assert read_geocodes(tmp_path / "missing") == []


def test_only_what_makes_a_place_shows_in_what_a_build_depends_on(tmp_path: Path) -> None:
    def digest(name: str, *rows: dict[str, str], file: str = "nominatim.csv") -> str:
        return Seeds((), geocodes=written(tmp_path / name, *rows, name=file)).digest(["geocodes"])

    before = digest("a", {})
    assert digest("b", {"reviewer": "", "reports": "9", "asked_at": "2027"}, {"geocode_id": "g2", "status": "proposed"}) == before
    assert digest("c", {}, file="photon.csv") == before
    assert digest("d", {"latitude": "35"}) != before
    assert Seeds(()).digest(["geocodes"]) == digest("e", {"status": "rejected"})
