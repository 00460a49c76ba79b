"""The command line: what each command says, in words and in JSON, and how it exits."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

from pipeline.cli import main
from tests.conftest import Dataset

MAIN = "from pipeline.cli import main; main()"


@pytest.fixture
def khaldun(capsys, monkeypatch):
    """Runs a command in this process; gives its exit code and what it said to standard output and error."""

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["khaldun", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return int(ended.value.code or 0), said.out, said.err

    return run


@pytest.fixture(scope="module")
def template(tmp_path_factory, sample) -> Path:
    dataset = Dataset(tmp_path_factory.mktemp("built") / "set")
    dataset.write_articles(sample)
    dataset.write_articles([{"id": "x", "source": "Test Wire", "text": "Too short."}], "short.jsonl")
    dataset.publish("2026.1.0")
    return dataset.root


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    """The sample corpus, built and published; one of its articles is too short."""
    return Path(shutil.copytree(template, tmp_path / "a set of Ḫaldūn's"))


# -- starting -------------------------------------------------------------------------------------------------------------------


def seconds(*command: str) -> float:
    best = 9.0
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run([sys.executable, *command], check=True, capture_output=True)
        best = min(best, time.perf_counter() - began)
    return best


def test_help_answers_at_once() -> None:
    # 0.3 s where Python itself starts in 0.012 s.
    assert seconds("-c", "import sys; sys.argv += ['--help'];" + MAIN) < 25 * seconds("-c", "pass")


def test_help_loads_nothing_heavy() -> None:
    tell = "import sys, atexit; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); sys.argv += ['build', '--help'];"
    loaded = subprocess.run([sys.executable, "-c", tell + MAIN], check=True, capture_output=True, text=True).stderr.split()
    assert "pipeline.cli" in loaded
    assert not {"pandas", "pyarrow", "numpy", "rich", "pipeline.settings", "schemas"} & set(loaded)


def test_without_arguments_the_commands_are_listed(khaldun) -> None:
    _, out, err = khaldun()
    assert all(verb in out + err for verb in ("init", "ingest", "build", "publish", "status", "explain", "export", "verify"))


# -- init -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["plain", "with space", "Ḫaldūn", "日本", 'quo"te', "back\\slash", "{braces}", "-dash", "a\nb"])
def test_any_folder_can_become_a_dataset(khaldun, tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    code, out, _ = khaldun("init", "--countries", "iq, SY", "--", folder)
    assert code == 0
    assert "covering Iraq, Syria" in out
    assert tomllib.loads((folder / "dataset.toml").read_text(encoding="utf-8"))["dataset"]["countries"] == ["IQ", "SY"]
    assert khaldun("status", "--root", folder)[0] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["{full}"], "is not empty"),
        (["{new}", "--countries", "XX"], "no such country"),
        (["{full}/file/below"], "file"),
        ([], "Missing argument"),
    ],
)
def test_init_refuses(khaldun, tmp_path: Path, arguments: list[str], said: str) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()
    code, _, err = khaldun("init", *(each.format(full=tmp_path / "full", new=tmp_path / "new") for each in arguments))
    assert (code, said in err) == (2, True), err


# -- what is refused ------------------------------------------------------------------------------------------------------------

ON_A_DATASET = (
    "ingest",
    "code",
    "locate",
    "match",
    "check",
    "build",
    "publish 2026.2.0",
    "status",
    "explain x",
    "export tables out",
)


@pytest.mark.parametrize("command", ON_A_DATASET)
def test_a_folder_that_is_no_dataset_is_refused(khaldun, tmp_path: Path, command: str) -> None:
    code, out, err = khaldun(*command.split(), "--root", tmp_path / "nowhere")
    assert (code, out) == (2, "")
    assert "dataset.toml: not found. Make a dataset with `khaldun init DIR`" in err


@pytest.mark.parametrize("command", ON_A_DATASET)
def test_wrong_settings_are_refused_with_their_line(khaldun, root: Path, command: str) -> None:
    (root / "dataset.toml").write_text("[dataset]\nnom = 'x'\n")
    code, _, err = khaldun(*command.split(), "--root", root)
    assert code == 2
    assert "dataset.toml:2: dataset.nom: unknown setting" in err


@pytest.mark.parametrize("command", ["build", "status", "publish 2026.2.0"])
def test_wrong_seeds_are_refused_with_their_line(khaldun, root: Path, command: str) -> None:
    (root / "seeds" / "actors.csv").write_text("actor_id,nom\n")
    code, _, err = khaldun(*command.split(), "--root", root)
    assert code == 2
    assert "actors.csv:1: columns are actor_id,nom; expected actor_id,name" in err


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("ingest nofile", "nofile: not found"),
        ("ingest {root}/dataset.toml --retrieved-at yesterday", "no moment of retrieval"),
        ("build --jobs 0", "--jobs"),
        ("build --release 1.0", "'1.0' is no version"),
        ("build --release 2026.2.0 --date tomorrow", "'tomorrow' is no date"),
        ("build --release 2026.2.0 --previous first", "'first' is no version"),
        ("build --date 2026-01-01", "--release"),
        ("publish 1.0", "'1.0' is no version"),
        ("publish 2025.1.0", "2025.1.0"),
        ("explain nothing", "no article has this id"),
        ("explain TMP-nothing", "no report"),
        ("explain KHD-IRQ-999999", "no report"),
        ("export tables {root}/dataset.toml", "cannot be written to"),
        ("frobnicate", "No such command"),
    ],
)
def test_wrong_arguments_are_refused(khaldun, root: Path, command: str, said: str) -> None:
    where = [] if command == "frobnicate" else ["--root", root]
    code, out, err = khaldun(*(part.format(root=root) for part in command.split()), *where)
    assert (code, out) == (2, "")
    assert said in err


def test_a_slip_in_a_version_is_told_before_the_work(khaldun, root: Path) -> None:
    (root / "data/raw/short.jsonl").unlink()
    assert khaldun("build", "--release", "1.0", "--root", root)[2].count("\n") == 1
    assert "gone: short.jsonl#0" in khaldun("status", "--root", root)[1]


def test_a_failing_disk_is_told_in_words(khaldun, root: Path, monkeypatch) -> None:
    import pipeline.store

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    (root / "data/raw/short.jsonl").unlink()
    monkeypatch.setattr(pipeline.store.os, "fsync", full)
    code, _, err = khaldun("build", "--quiet", "--root", root)
    assert (code, err) == (2, "error: No space left on device. Check permissions and free space; what was finished is kept.\n")


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write anywhere")
def test_a_folder_that_cannot_be_written_to_is_told_in_words(khaldun, root: Path) -> None:
    (root / "data/processed/state").chmod(0o500)
    (root / "data/raw/short.jsonl").unlink()
    code, _, err = khaldun("build", "--quiet", "--root", root)
    assert code == 2
    assert "Permission denied" in err


@pytest.mark.parametrize("command", ["build", "publish 2026.2.0", "code"])
def test_a_dataset_that_is_being_built_is_left_alone(khaldun, root: Path, command: str) -> None:
    with (root / "data/processed/state/lock").open("a+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        held.write("process 7 (khaldun build)")
        held.flush()
        code, out, err = khaldun(*command.split(), "--root", root)
    assert (code, out) == (3, "")
    assert "is being built by process 7 (khaldun build)" in err


def test_ctrl_c_ends_without_a_traceback_and_loses_nothing(root: Path, khaldun) -> None:
    shutil.rmtree(root / "data/processed")
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN, "build", "--root", str(root)],
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )
    assert process.stderr
    while not (line := process.stderr.readline()).startswith("code: "):
        assert line, "it ended before it coded"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert json.loads(khaldun("status", "--json", "--root", root)[1])[0]["stage"] == "code"


# -- what is done ---------------------------------------------------------------------------------------------------------------


def test_json_of_every_command_is_json(khaldun, root: Path, tmp_path: Path) -> None:
    def of(*arguments: object) -> object:
        code, out, _ = khaldun(*arguments, "--json")
        assert code == 0
        return json.loads(out)

    at = ("--root", root, "--quiet")
    built = of("build", *at)
    assert {stage["computed"] for stage in built["stages"]} == {0}
    assert built["quarantined"] == 1
    for verb in ("ingest", "code", "locate", "match", "check"):
        assert of(verb, *at)["stages"][-1]["computed"] == 0
    assert of("build", "--release", "2026.1.0", *at)["release"]["outcome"] == "unchanged"
    assert of("publish", "2026.1.0", "--root", root)["outcome"] == "unchanged"
    assert of("status", "--root", root) == []
    assert of("export", "tables", tmp_path / "out", "--root", root)["rows"]["articles"] == built["rows"]["articles"]
    assert of("verify", root / "data/processed/releases/2026.1.0")["ok"] is True


def test_numbers_and_truths_stay_what_they_are_in_json(khaldun, root: Path) -> None:
    event = json.loads(khaldun("explain", "KHD-IRQ-000001", "--root", root, "--json")[1])["event"]
    assert type(event["year"]) is int
    assert type(event["fatalities"]) is int
    assert type(event["is_retrospective"]) is bool


def test_explain_finds_an_article_by_each_of_its_names(khaldun, root: Path, sample) -> None:
    given = next(article for article in sample if article.get("url") and article.get("id"))
    found = json.loads(khaldun("explain", given["id"], "--root", root, "--json")[1])["articles"][0]
    for key in (given["url"], found["article_id"]):
        code, out, _ = khaldun("explain", key, "--root", root)
        assert (code, found["article_id"] in out) == (0, True)


def test_strict_turns_quarantined_input_into_exit_1(khaldun, root: Path) -> None:
    code, out, _ = khaldun("ingest", "--strict", "--quiet", "--root", root)
    assert (code, "Input: 1 quarantined" in out) == (1, True)
    (root / "data/raw/short.jsonl").unlink()
    assert khaldun("ingest", "--strict", "--quiet", "--root", root)[0] == 0


def test_publish_wants_a_dataset_that_is_up_to_date(khaldun, root: Path) -> None:
    (root / "data/raw/short.jsonl").unlink()
    code, _, err = khaldun("publish", "2026.2.0", "--root", root)
    assert (code, "not up to date (read" in err) == (2, True)
    assert not (root / "data/processed/releases/2026.2.0").exists()


def test_export_warns_of_a_dataset_that_is_not_up_to_date(khaldun, root: Path, tmp_path: Path) -> None:
    (root / "data/raw/short.jsonl").unlink()
    code, _, err = khaldun("export", "tables", tmp_path / "out", "--root", root)
    assert (code, "warning: not up to date" in err) == (0, True)


def test_verify_exits_with_1_for_a_difference_and_2_for_no_release(khaldun, root: Path) -> None:
    release = root / "data/processed/releases/2026.1.0"
    assert khaldun("verify", release)[0] == 0
    (release / "events.csv").write_text("changed")
    assert khaldun("verify", release)[0] == 1
    code, _, err = khaldun("verify", root / "nothing")
    assert (code, "does not exist" in err) == (2, True)


def test_words_that_the_terminal_does_not_know_are_no_error(root: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-c", MAIN, "export", "tables", str(root / "out"), "--root", str(root)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "written to" in done.stdout
