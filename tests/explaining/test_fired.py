"""`khaldun lexicon test`: what fires in a sentence, what does not and why, and what comes of it."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from pipeline.cli import app

SENTENCE = "Gunmen killed three farmers near Hawija on Tuesday, police said. The army threatened to bomb Mosul."


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["lexicon", "test", *arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_meanings_apply_or_name_the_condition_that_fails(tmp_path: Path) -> None:
    found = json.loads(run(SENTENCE, "--date", "2017-10-19", "--root", str(tmp_path), "--json"))
    killed = {each["rule_id"]: each["fails"] for each in found["fired"] if each["words"] == "killed"}
    assert killed["attack.kill"] is None
    assert killed["airstrike.air"] == "needs:weapon=air"
    assert all(SENTENCE[each["start"] : each["end"]] == each["words"] for each in found["fired"])
    (article,) = found["articles"]
    (report,) = article["reports"]
    assert (report["sub_event_type"], report["event_date"], report["fatalities"]) == ("Attack", "2017-10-17", 3)
    assert [(each["words"], each["gate"]) for each in article["rejected"]] == [("bomb", "threatened")]


def test_the_text_shows_words_reports_and_what_was_turned_down(tmp_path: Path) -> None:
    shown = run(SENTENCE, "--date", "2017-10-19", "--root", str(tmp_path))
    assert "  killed  [attack.kill] killing\n" in shown
    assert "bomb.acted (needs:weapon=device)" in shown
    assert "  Hawija  [place] town in Iraq\n" in shown
    assert "[bomb.device] because threatened" in shown


def test_seeds_of_the_dataset_count(tmp_path: Path) -> None:
    root = tmp_path / "district"
    assert CliRunner().invoke(app, ["init", str(root)]).exit_code == 0
    (root / "seeds" / "lexicon.csv").write_text(
        "rule_id,trigger,forms,conditions,sub_event_type,weight,note\nattack.bushwhack,attack,bushwhacked,verb,Attack,0.8,\n"
    )
    sentence = "Gunmen bushwhacked three farmers near Hawija on Tuesday."
    assert "[attack.bushwhack]" in run(sentence, "--date", "2017-10-19", "--root", str(root))
    assert "no act among the words" in run(sentence, "--date", "2017-10-19", "--root", str(tmp_path))


def test_a_day_that_is_none_is_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["lexicon", "test", SENTENCE, "--date", "Tuesday", "--root", str(tmp_path)])
    assert done.exit_code == 1
    assert "YYYY-MM-DD" in str(done.exception)
