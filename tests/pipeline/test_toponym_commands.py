"""`khaldun places find` and `khaldun places review`."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.resources.seeds import SEED_TABLES
from tests.conftest import Dataset


@pytest.fixture
def khaldun(capsys, monkeypatch):
    """Runs a command in this process; gives its exit code and what it said to standard output and error."""

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["khaldun", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


def test_find_writes_the_toponyms_of_each_document(khaldun, tmp_path: Path) -> None:
    texts = [
        {"id": "a", "text": "Gunmen shot two men in Daquq, south of Kirkuk. Iraqi troops came over the Tigris."},
        {"text": "Nothing happened."},
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(json.dumps(each) for each in texts), encoding="utf-8")
    code, out, _ = khaldun("places", "find", tmp_path / "in.jsonl", tmp_path / "out.jsonl", "--countries", "IQ", "--root", tmp_path)
    assert code == 0
    assert out.startswith("4 toponyms in 2 documents")
    first, second = (json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines())
    assert (first["id"], second) == ("a", {"id": "2", "toponyms": []})
    assert [(each["phrase"], each["kind"]) for each in first["toponyms"]] == [
        ("Daquq", "place"),
        ("Kirkuk", "place"),
        ("Iraqi", "demonym"),
        ("Tigris", "feature"),
    ]
    daquq = first["toponyms"][0]
    assert texts[0]["text"][daquq["start"] : daquq["end"]] == "Daquq"
    assert (daquq["country"], daquq["admin1"], daquq["source_id"]) == ("Iraq", "Kirkuk", "khd:iq-daquq")
    assert "focus" in daquq["reasons"]


@pytest.mark.parametrize(("line", "words"), [("{", "not JSON"), ('{"id": "a"}', "no `text`"), ("[]", "no `text`")])
def test_a_bad_line_is_named_and_nothing_is_left(khaldun, tmp_path: Path, line: str, words: str) -> None:
    (tmp_path / "in.jsonl").write_text('{"text": "Kirkuk"}\n' + line, encoding="utf-8")
    code, _, err = khaldun("places", "find", tmp_path / "in.jsonl", tmp_path / "out.jsonl", "--root", tmp_path)
    assert code == 2
    assert "in.jsonl:2" in err
    assert words in err
    assert not (tmp_path / "out.jsonl").exists()


def test_an_unknown_country_is_refused(khaldun, tmp_path: Path) -> None:
    code, _, err = khaldun("places", "find", tmp_path / "in.jsonl", tmp_path / "out.jsonl", "--countries", "QQ", "--root", tmp_path)
    assert code == 2
    assert "QQ" in err


def test_review_lists_the_most_reported_first_as_rows_of_the_seed_table(khaldun, tmp_path: Path) -> None:
    dataset = Dataset(tmp_path / "set")
    told = "On {day} October gunmen killed two farmers in {place}, Iraqi police said. They fled before dawn on foot."
    places = ["Zanqarabad", "Zanqarabad", "Qolbasharan"]
    dataset.write_articles(
        {
            "id": f"a{number}",
            "source": "Test Wire",
            "published_at": "2017-10-20",
            "language": "en",
            "text": told.format(day=10 + 3 * number, place=place),
        }
        for number, place in enumerate(places)
    )
    assert khaldun("build", "--root", dataset.root, "--quiet")[0] == 0
    code, out, _ = khaldun("places", "review", "--root", dataset.root)
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert tuple(rows[0]) == SEED_TABLES["places"].columns
    assert [(row["name"], row["country"], row["latitude"]) for row in rows] == [
        ("Zanqarabad", "Iraq", ""),
        ("Qolbasharan", "Iraq", ""),
    ]
    assert rows[0]["note"].startswith("unknown in 2 reports")
    assert json.loads(khaldun("places", "review", "--root", dataset.root, "--json", "--limit", "1")[1])[0]["reports"] == 2
