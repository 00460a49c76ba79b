"""The laws of incremental building, on a dataset of a few articles."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from pipeline import runner
from pipeline.errors import InputError
from pipeline.resources.seeds import Seeds, shipped_seeds
from pipeline.runner import Build, StageSummary, _differences, _rows_by_article
from pipeline.stages import STAGES
from pipeline.store import StageRecord, Store
from schemas.arrow import rows_to_frame
from tests.conftest import Dataset

LEDES = {
    "a": "Gunmen attacked a village near Kirkuk on Monday, killing three civilians, police said.",
    "b": "A roadside bomb exploded near Mosul on Monday and killed two soldiers, an officer said.",
    "c": "Hundreds of protesters marched in Samarra on Tuesday to demand jobs and electricity.",
}


def article(name: str, text: str) -> dict[str, object]:
    return {
        "id": name,
        "source": "Test Wire",
        "title": "News of the day",
        "language": "en",
        "published_at": "2017-10-19",
        "text": f"BAGHDAD (Test Wire) - {text}\n\nOfficials gave no further details.",
    }


SETTINGS = {"build": {"partition_size": 1}}


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Path:
    """A built dataset, to be copied."""
    dataset = Dataset(tmp_path_factory.mktemp("built") / "set")
    dataset.set(SETTINGS)
    dataset.write_articles([article(name, text) for name, text in LEDES.items()])
    dataset.build()
    return dataset.root


@pytest.fixture
def built(template: Path, tmp_path: Path) -> Dataset:
    """A built dataset of three articles, each a partition of its own."""
    shutil.copytree(template, tmp_path / "copy")
    dataset = Dataset(tmp_path / "copy")
    dataset.set(SETTINGS)
    return dataset


def computed(summaries: list[StageSummary]) -> dict[str, int]:
    return {summary.stage: summary.computed for summary in summaries if summary.computed}


def shipped(name: str) -> list[dict[str, str]]:
    return Seeds((shipped_seeds(),)).rows(name)


def reasons(dataset) -> dict[str, str]:
    return {stale.stage: "; ".join(stale.reasons) for stale in Build(dataset.root).stale()}


# -- what is worked on again ----------------------------------------------------------------------------------------------------


def test_nothing_is_worked_on_twice(built) -> None:
    before = Store(built.root).load()
    assert computed(Build(built.root).run()) == {}
    assert Store(built.root).load() == before
    assert Build(built.root).stale() == []


def test_an_unchanged_output_stops_the_propagation(built) -> None:
    # 41 characters are still fewer than any of the articles has: all is read again, and reads the same.
    built.set({**SETTINGS, "ingest": {"minimum_characters": 41}})
    assert computed(Build(built.root).run()) == {"read": 3}


def test_a_changed_article_is_the_only_one_read_and_coded_again(built) -> None:
    texts = {**LEDES, "b": LEDES["b"].replace("two", "four")}
    built.write_articles([article(name, text) for name, text in texts.items()])
    done = computed(Build(built.root).run())
    # Offsets of later lines are part of what is read: chunks after the change are read again, but not coded.
    assert done["code"] == 1
    assert done["ingest"] <= 2


@pytest.fixture
def coded(monkeypatch) -> list[str]:
    """Ids of the articles that the rules were run on."""
    from pipeline.coding import stage

    found: list[str] = []
    code = stage.code_findings

    def spy(article, *others):
        found.append(article.text)
        return code(article, *others)

    monkeypatch.setattr(stage, "code_findings", spy)
    return found


def test_a_lexicon_change_recodes_only_articles_that_hold_the_term(built, coded) -> None:
    row = next(row for row in shipped("lexicon") if "marched" in row["forms"].split("; ") or "march" in row["trigger"])
    built.write_seed("lexicon", [{**row, "weight": "0.11" if row["weight"] != "0.11" else "0.12"}])
    assert "seed lexicon changed" in reasons(built)["code"]
    Build(built.root).run()
    assert coded
    assert all("marched" in text for text in coded)


def test_after_a_change_of_settings_nothing_of_the_earlier_coding_is_read(built, coded, monkeypatch) -> None:
    read: list[str] = []
    whole = Store.read_files
    monkeypatch.setattr(Store, "read_files", lambda self, table, *more: read.append(table) or whole(self, table, *more))
    built.set({**SETTINGS, "coding": {"codebook_version": "2.0"}})
    # A later version of Khaldun may give the tables other columns: its build must not need those of the earlier one.
    Build(built.root).run("code")
    assert len(coded) == 3
    assert "coding_keys" not in read


def test_of_decisions_a_partition_gets_those_of_its_articles() -> None:
    one, two = "art-0123456789abcdef0123", "art-fedcba98765432100123"
    bodies = [json.dumps({"right": {"article_id": two}}), "{}"]
    frame = pd.DataFrame({"article_id": [one, None], "body": bodies})
    assert _rows_by_article(frame) == {one: [0], two: [0]}


# -- what a stage may see -------------------------------------------------------------------------------------------------------


def test_a_stage_that_reads_an_undeclared_seed_fails(built, monkeypatch) -> None:
    blind = tuple(replace(stage, seeds=("countries",)) if stage.name == "read" else stage for stage in STAGES)
    monkeypatch.setattr(runner, "stages_until", lambda verb: blind)
    with pytest.raises(LookupError, match="sources is read but not declared"):
        Build(built.root).run()


def test_a_seed_that_changes_while_it_is_read_leaves_nothing_under_the_old_key(built, monkeypatch) -> None:
    actors = shipped("actors")[:1]
    function = runner._function

    def edited_meanwhile(stage):
        if stage.name == "locate":
            built.write_seed("actors", [{**actors[0], "note": "second"}])
        return function(stage)

    built.write_seed("actors", [{**actors[0], "note": "first"}])
    monkeypatch.setattr(runner, "_function", edited_meanwhile)
    with pytest.raises(InputError, match="changed while stage locate read it"):
        Build(built.root).run()
    monkeypatch.undo()
    found = reasons(built)
    assert "seed actors changed" in found["code"]
    built.write_seed("actors", [{**actors[0], "note": "first"}])
    assert computed(Build(built.root).run())["locate"] == 3


# -- what status says -----------------------------------------------------------------------------------------------------------


def test_status_names_the_seed_that_changed_and_what_waits(built) -> None:
    built.write_seed("generic_actors", [{**shipped("generic_actors")[0], "note": "edited"}])
    found = reasons(built)
    assert found["code"] == "seed generic_actors changed"
    assert "waits for" in found["match"]
    assert "read" not in found


def test_status_names_the_setting_that_changed(built) -> None:
    built.set({**SETTINGS, "matching": {"max_days_apart": 2}})
    assert reasons(built)["match"] == "setting matching.max_days_apart changed"


def test_status_names_the_files_that_came_changed_and_went(built) -> None:
    built.write_articles([article("d", LEDES["a"])], "more.jsonl")
    assert reasons(built)["read"] == "new: more.jsonl#0"
    built.build()
    built.write_articles([article("d", LEDES["b"])], "more.jsonl")
    assert reasons(built)["read"] == "raw file changed in more.jsonl#0"
    (built.root / "data/raw/more.jsonl").unlink()
    assert reasons(built)["read"] == "gone: more.jsonl#0"


def test_status_names_the_file_of_decisions_that_came_changed_or_went(built) -> None:
    built.write_decisions([{"a": 1}])
    assert reasons(built)["decisions"] == "decisions/coder.jsonl changed"
    built.build()
    assert reasons(built) == {}
    (built.root / "data/raw/decisions/coder.jsonl").unlink()
    assert reasons(built)["decisions"] == "decisions/coder.jsonl changed"


def test_what_an_editor_leaves_beside_decisions_is_not_read(built) -> None:
    (built.root / "data/raw/decisions/.#coder.jsonl").write_text("half a line", encoding="utf-8")
    assert reasons(built) == {}


def test_status_names_code_and_libraries_that_changed() -> None:
    record = StageRecord({"code": "1", "library pandas": "3.0"}, {"all": {}})
    assert _differences(record, {"code": "2", "library pandas": "3.1"}, {"all": {}}) == ("code changed", "library pandas changed")


def test_of_many_changed_partitions_three_are_named() -> None:
    record = StageRecord({}, {str(number): {"raw file": "old"} for number in range(5)})
    found = _differences(record, {}, {str(number): {"raw file": "new"} for number in range(5)})
    assert found == ("raw file changed in 0, 1, 2 and 2 more",)


# -- what is lost or damaged ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"PAR1")])
@pytest.mark.parametrize("table", ["article_versions", "coding_keys", "reports"])
def test_a_lost_or_damaged_file_is_made_anew(built, table: str, damage) -> None:
    before = Store(built.root).load()
    for path in (built.root / "data/processed/state/tables" / table).iterdir():
        damage(path)
    assert any("missing or damaged" in said for said in reasons(built).values())
    Build(built.root).run()
    assert Store(built.root).load() == before
    assert reasons(built) == {}


def test_a_lost_file_is_told_to_who_reads(built) -> None:
    for path in (built.root / "data/processed/state/tables/reports").iterdir():
        path.unlink()
    with pytest.raises(InputError, match="Remove it if it is there and run `khaldun build`"):
        Build(built.root).reader().read("reports")


def test_what_a_killed_build_finished_is_found_again(built, monkeypatch) -> None:
    expected = Store(built.root).load()
    state = built.root / "data/processed/state/state.json"
    state.unlink()  # as after a kill before the first commit: the files are there, no state names them
    assert computed(Build(built.root).run()) == {}
    assert Store(built.root).load() == expected


def test_a_build_that_fails_keeps_what_the_stages_before_made(built, monkeypatch) -> None:
    function = runner._function

    def failing(stage):
        if stage.name == "match":
            raise KeyboardInterrupt
        return function(stage)

    built.write_articles([article(name, text.replace("Kirkuk", "Daquq")) for name, text in LEDES.items()])
    monkeypatch.setattr(runner, "_function", failing)
    with pytest.raises(KeyboardInterrupt):
        Build(built.root).run()
    monkeypatch.undo()
    assert set(reasons(built)) == {"match", "check"}
    assert set(computed(Build(built.root).run())) == {"match", "check"}


def test_leftovers_of_killed_builds_are_cleared_away(built) -> None:
    state = built.root / "data/processed/state"
    left = [state / ".state.json.1.tmp", state / "tables/reports/.k.parquet.1.tmp", state / "tables/reports/k.parquet"]
    for path in left:
        path.write_bytes(b"half")
    Build(built.root).run("match")
    assert all(path.exists() for path in left), "only a whole build clears away"
    Build(built.root).run()
    assert not any(path.exists() for path in left)


def test_a_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch) -> None:
    import pipeline.store

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    store = Store(tmp_path)
    monkeypatch.setattr(pipeline.store.os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        store.write("article_decisions", "k", rows_to_frame([], "article_decisions"))
    with pytest.raises(OSError, match="No space left"):
        store.commit(store.load())
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
