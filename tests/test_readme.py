"""The README's commands do what it shows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def checkout(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository's files, with the environment that runs the tests."""
    copy = tmp_path_factory.mktemp("clone") / "khaldun"
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=repository, capture_output=True, text=True, check=True
    )
    for name in listed.stdout.splitlines():
        if (repository / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(repository / name, copy / name)
    environment = Path(sys.executable).parent.parent
    (copy / ".venv").symlink_to(environment)
    # What make would set up is there: its marks must not be older than the files copied a moment ago.
    for mark in (".setup", ".setup-dev"):
        (environment / mark).touch()
    return copy


def blocks(repository: Path, language: str) -> list[str]:
    text = (repository / "README.md").read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


def steps(repository: Path) -> list[tuple[str, list[str]]]:
    """Commands of the console blocks with the lines shown after each."""
    found: list[tuple[str, list[str]]] = []
    for block in blocks(repository, "console"):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def fits(shown: list[str], printed: list[str]) -> bool:
    """Whether the lines shown are those printed; `...` stands for any number of lines, or for the rest of a line."""
    pattern = "".join(
        r"(?:.*\n)*" if line.strip() == "..." else re.escape(line).replace(r"\.\.\.", r".*").rstrip() + r"[ ]*\n" for line in shown
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "100"}
    return subprocess.run(command, shell=True, cwd=folder, env=env, capture_output=True, text=True, check=False)


def test_the_tour_prints_what_it_shows(repository: Path, checkout: Path) -> None:
    assert steps(repository), "the README has a tour"
    for command, shown in steps(repository):
        done = run(command, checkout)
        assert done.returncode == 0, f"$ {command}\n{done.stdout}{done.stderr}"
        assert fits(shown, done.stdout.splitlines()), f"$ {command}\n{done.stdout}"


def test_the_ways_to_load_work(repository: Path, checkout: Path) -> None:
    assert run("make dataset", checkout).returncode == 0
    for code in blocks(repository, "python"):
        done = subprocess.run(
            [sys.executable, "-c", code + "\nassert len(events) > 10"], cwd=checkout, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    import duckdb

    for query in blocks(repository, "sql"):
        found = duckdb.sql(query.replace("'data/", f"'{checkout}/data/")).df()
        assert found["events"].sum() > 10


def test_make_prints_its_help(checkout: Path) -> None:
    done = run("make", checkout)
    for target in ("setup", "dataset", "test", "lint", "check", "bench", "clean"):
        assert f"make {target}" in done.stdout


def test_making_the_sample_again_changes_nothing(checkout: Path) -> None:
    assert run("make dataset", checkout).returncode == 0
    release = checkout / "data/processed/releases/2026.11.0"
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in release.iterdir()}
    assert run("make dataset", checkout).returncode == 0
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in release.iterdir()} == before
    assert run("make clean", checkout).returncode == 0
    assert release.is_dir()
    assert (checkout / "data/raw/ledger/2026.11.0.parquet").is_file()
    assert not (checkout / "data/processed/state").exists()
