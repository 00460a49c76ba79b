"""The built wheel holds what is needed and nothing else, and works without the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def wheel(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return next(out.glob("*.whl"))


def test_it_holds_our_packages_and_the_seeds(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"pipeline", "schemas", "khaldun"}
    for needed in ("pipeline/seeds/places.csv", "pipeline/seeds/lexicon.csv", "schemas/data/countries.csv", "khaldun/verify.py"):
        assert needed in names
    assert not [name for name in names if "test" in name or name.endswith(".pyc")]


def test_nobody_else_owns_packages_of_these_names() -> None:
    owners = packages_distributions()
    for package in ("pipeline", "schemas", "khaldun"):
        assert set(owners.get(package, ())) <= {"khaldun"}


def test_it_builds_a_dataset_away_from_the_checkout(wheel: Path, repository: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    shutil.copy(repository / "seeds/sample/articles.jsonl", tmp_path)
    code = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); import pipeline; assert 'installed' in pipeline.__file__; "
        "from pipeline.cli import main; main()"
    )
    for command in (
        ["init", "set"],
        ["ingest", "articles.jsonl", "--root", "set"],
        ["build", "--root", "set", "--release", "2026.11.0"],
    ):
        done = subprocess.run(
            [sys.executable, "-c", code, str(installed), *command],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONSAFEPATH": "1"},
        )
        assert done.returncode == 0, done.stderr
    assert "published" in done.stdout


def test_khaldun_verifies_without_pandas(tmp_path: Path) -> None:
    code = "import sys; sys.modules['pandas'] = None; import khaldun; khaldun.verify"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
