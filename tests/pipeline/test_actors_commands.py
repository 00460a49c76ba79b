"""`khaldun actors`: from a name that the registry lacks to a row, and from the row to renamed events in the next release."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.naming.candidates import gather
from pipeline.resources.seeds import SEED_TABLES
from tests.conftest import Dataset


def run(*words: str) -> str:
    found = CliRunner().invoke(app, list(words))
    assert found.exit_code == 0, found.output
    return found.stdout


def article(name: str, source: str, text: str) -> dict[str, object]:
    closing = "\n\nOfficials in the capital gave no further details of what had happened there."
    return {"id": name, "source": source, "url": f"https://news.example/{name}", "title": "News", "language": "en",
            "published_at": "2019-03-13", "text": text + closing}  # fmt: skip


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two releases of one dataset: before the second a name of the first became a row of the registry."""
    dataset = Dataset(tmp_path_factory.mktemp("actors") / "set")
    dataset.write_articles(
        [
            article("one", "Test Wire", "Pokomo Liberation Front fighters killed two farmers in Garissa on Monday, police said."),
            article("two", "Other Post", "The Pokomo Liberation Front killed a teacher in Wajir on Tuesday, an officer said."),
            article("three", "Other Post", "Boko Haram militants killed a teacher in Maiduguri on Tuesday, an officer said."),
        ]
    )
    root = str(dataset.root)
    run("build", "--root", root, "--release", "2026.1.0", "--quiet")
    (row,) = csv.DictReader(io.StringIO(run("actors", "review", "--root", root, "--csv")))
    dataset.write_seed("actors", [row | {"name": "PLF: Pokomo Liberation Front", "aliases": "", "valid_from": "2018"}])
    run("build", "--root", root, "--release", "2026.2.0", "--quiet")
    return dataset.root


def release(root: Path, version: str, table: str) -> pd.DataFrame:
    return pd.read_parquet(root / "data/processed/releases" / version / f"{table}.parquet")


def test_an_unknown_group_stands_under_its_own_name_and_is_to_be_looked_at(renamed: Path) -> None:
    events = release(renamed, "2026.1.0", "events")
    assert sorted(events["actor1"]) == ["Boko Haram", "Pokomo Liberation Front", "Pokomo Liberation Front"]
    reports = release(renamed, "2026.1.0", "reports").set_index("actor1")
    assert set(reports.loc["Pokomo Liberation Front", "inter1"]) == {"Rebel group"}
    assert reports.loc["Pokomo Liberation Front", "needs_review"].str.contains("unregistered_actor").all()
    assert "unregistered_actor" not in str(reports.loc["Boko Haram", "needs_review"])


def test_a_new_row_renames_events_and_the_changes_name_the_seed(renamed: Path) -> None:
    changes = release(renamed, "2026.2.0", "changes")
    told = changes[changes["column"] == "actor1"]
    assert set(zip(told["old"], told["new"], told["change"], told["cause"], strict=True)) == {
        ("Pokomo Liberation Front", "PLF: Pokomo Liberation Front", "revised", "recoded")
    }
    assert len(told) == 2
    assert list(told["inputs"]) == ["seed actors"] * 2
    assert set(changes["event_id"]) == set(told["event_id"])
    events = release(renamed, "2026.2.0", "events")
    assert set(events["event_id_cnty"]) == set(release(renamed, "2026.1.0", "events")["event_id_cnty"])
    actors = release(renamed, "2026.2.0", "actors").set_index("actor_id")
    assert actors.loc["pokomo-liberation-front", "name"] == "PLF: Pokomo Liberation Front"


def test_review_is_empty_when_all_are_known(renamed: Path) -> None:
    assert run("actors", "review", "--root", str(renamed)).strip() == "Every actor that a report names is in the registry."
    assert json.loads(run("actors", "review", "--root", str(renamed), "--json")) == []


def test_candidates_are_counted_by_reports_and_come_as_rows() -> None:
    def report(name: str | None, words: str, country: str, day: str, inter: str = "Rebel group") -> dict[str, object]:
        side = {"actor1": name, "actor1_id": None, "inter1": inter, "actor1_mention": words}
        other = {"actor2": "Civilians (Kenya)", "actor2_id": None, "inter2": "Civilians", "actor2_mention": "farmers"}
        return {**side, **other, "country": country, "event_date": day}

    found = gather(
        [
            report("Tana Army", "Tana Army", "Kenya", "2020-01-05", "Political militia"),
            report("Kwale Front", "Kwale Front gunmen", "Kenya", "2020-01-02"),
            report("Kwale Front", "Kwale Front", "Kenya", "2019-12-31"),
            report("KWALE FRONT", "KWALE FRONT", "Somalia", "2020-02-01"),
            report("X and/or Y", "X or Y", "Kenya", "2020-01-02"),
        ]
    )
    assert [(each.name, each.reports, each.inter) for each in found] == [("Kwale Front", 3, 2), ("Tana Army", 1, 3)]
    assert (found[0].first, found[0].last, dict(found[0].countries)) == ("2019-12-31", "2020-02-01", {"Kenya": 2, "Somalia": 1})
    row = found[0].row()
    assert tuple(row) == SEED_TABLES["actors"].columns
    assert (row["actor_id"], row["country"], row["aliases"]) == ("kwale-front", "", "Kwale Front gunmen")
    assert found[1].row()["country"] == "Kenya"


def test_search_says_who_it_is_and_why(tmp_path: Path) -> None:
    told = run("actors", "search", "Nusra Front", "--country", "SY", "--day", "2018-05-01", "--root", str(tmp_path))
    assert told.splitlines()[0] == "Nusra Front in Syria on 2018-05-01: HTS: Hayat Tahrir al-Sham"
    assert "what it had become" in told
    assert "row nusra-front: Jabhat al-Nusra, class 2, Syria, 2012-01-23 to 2016-07-27, became jabhat-fateh-al-sham" in told
    found = json.loads(run("actors", "search", "Ejército de Liberación Nacional", "--country", "Colombia", "--json"))
    assert (found["actor_id"], found["reasons"]) == ("eln", ["named"])
    assert "es:Ejército de Liberación Nacional" in found["rows"][0]["aliases"]
    assert "nobody known" in run("actors", "search", "John Smith", "--root", str(tmp_path))


@pytest.mark.parametrize(("option", "value", "said"), [("--country", "Narnia", "no country"), ("--day", "May 2018", "write a day")])
def test_search_refuses_what_it_cannot_read(option: str, value: str, said: str) -> None:
    found = CliRunner().invoke(app, ["actors", "search", "IS", option, value])
    assert said in str(found.exception)
