from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import app
from pipeline.errors import KhaldunError
from pipeline.evaluation import gate

TEXT = "ERBIL, Iraq, Feb. 12 (Tigris Wire) - A roadside bomb killed three policemen near Tuz Khurmatu on Tuesday, police said."
ARTICLE = {"id": "one", "source": "Tigris Wire", "title": "Bomb", "language": "en", "published_at": "2019-02-12", "text": TEXT}
GOLD = {
    "id": "one",
    "relevant": True,
    "events": [
        {
            "classes": ["Remote explosive/landmine/IED"],
            "exact": True,
            "date_start": "2019-02-12",
            "date_end": "2019-02-12",
            "date_kind": "point",
            "country": "Iraq",
            "places": ["Tuz Khurmatu"],
            "deaths": 3,
        }
    ],
}


def write(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments)])


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return write(tmp_path / "gold.jsonl", GOLD)


def test_the_present_state_and_a_temporary_dataset_give_the_same(dataset, gold: Path, tmp_path: Path) -> None:
    dataset.write_articles([ARTICLE])
    dataset.build()
    state = run(gold, "--root", dataset.root, "--json")
    assert (state.exit_code, state.stderr) == (0, "")
    found = json.loads(state.stdout)
    assert found["fields"]["deaths"] == {"matched": 1.0, "end_to_end": 1.0, "n": 1}
    assert found["rules"][0]["right"] == 1
    apart = run(gold, "--articles", write(tmp_path / "given.jsonl", ARTICLE), "--root", tmp_path, "--json", "--quiet")
    assert json.loads(apart.stdout) == found


def test_settings_of_the_root_are_used_for_articles(dataset, gold: Path, tmp_path: Path) -> None:
    dataset.set({"coding": {"rules": False}})
    articles = write(tmp_path / "given.jsonl", ARTICLE)
    found = json.loads(run(gold, "--articles", articles, "--root", dataset.root, "--json", "--quiet").stdout)
    assert found["detection"]["r"] == 0
    assert not list((dataset.root / "data" / "raw").glob("*.jsonl"))


def test_a_dataset_that_lacks_the_articles_is_warned_of(dataset, gold: Path) -> None:
    done = run(gold, "--root", dataset.root, "--misses", "1")
    assert done.exit_code == 0
    assert "not up to date" in done.stderr
    assert "1 of 1 gold articles are not in the dataset" in done.stderr
    assert "one: missed" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--half", "third"], "even and odd"),
        (["--by", "colour"], "by type, rule or confidence"),
        (["--articles", "none.jsonl"], "cannot be read"),
    ],
)
def test_wrong_arguments_are_refused(dataset, gold: Path, arguments: list[str], said: str) -> None:
    done = run(gold, "--root", dataset.root, *arguments)
    assert isinstance(done.exception, KhaldunError)
    assert said in str(done.exception)


def test_the_gate_sets_keeps_and_lowers_floors(tmp_path: Path, monkeypatch, capsys, gold: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(gate, "SET_FOLDERS", (tmp_path,))
    write(tmp_path / "articles.jsonl", ARTICLE)

    def gate_exit(*arguments: str) -> int:
        monkeypatch.setattr("sys.argv", ["gate", *arguments])
        with pytest.raises(SystemExit) as left:
            gate.main()
        return int(left.value.code or 0)

    assert gate_exit() == 0
    assert "has no floors yet" in capsys.readouterr().out
    assert gate_exit("--update") == 0
    before = (tmp_path / gate.FLOORS_FILE).read_text(encoding="utf-8")
    assert "deaths = 1.00" in before
    write(gold, {**GOLD, "relevant": False})
    assert gate_exit("--update") == 1
    assert "other texts or gold" in capsys.readouterr().out
    assert (tmp_path / gate.FLOORS_FILE).read_text(encoding="utf-8") == before
    assert gate_exit("--lower", tmp_path.name) == 2
    assert gate_exit("--update", "--lower", tmp_path.name, "--reason", "judged again") == 0
    assert "judged again" in (tmp_path / gate.FLOORS_FILE).read_text(encoding="utf-8")
