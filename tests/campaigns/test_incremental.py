"""The incremental state equals the clean one, byte for byte, after any edits and however the work is divided."""

from __future__ import annotations

import csv
import hashlib
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from pipeline.resources.geocodes import COLUMNS
from pipeline.resources.geonames_files import FOLDER
from pipeline.resources.seeds import SEED_TABLES, Seeds, shipped_seeds
from pipeline.store import Store
from tests.campaigns.edit_scripts import OPERATIONS, Script
from tests.resources.dumps import write

SCRIPTS = int(os.environ.get("KHALDUN_SCRIPTS", "40"))


@pytest.fixture(scope="module")
def shipped() -> dict[str, list[dict[str, str]]]:
    seeds = Seeds((shipped_seeds(),))
    return {name: seeds.rows(name) for name in SEED_TABLES}


def lay(dataset, script: Script, partition_size: int, order: random.Random | None = None) -> None:
    """Write what the script holds into a dataset's folder."""
    articles = list(script.articles.values())
    if order:
        order.shuffle(articles)
    dataset.set({**script.settings, "build": {"partition_size": partition_size}})
    dataset.write_articles(articles)
    from schemas.identity import article_id, slug

    dataset.write_decisions(
        [
            {
                "format_version": 1,
                "decision_id": f"d{item['number']}",
                "kind": "no_event",
                "coder_id": "coder-1",
                "article_id": article_id(
                    slug(str(script.articles[item["about"]]["source"])), external_id=item["about"], url=None, text=""
                ),
                "content_hash": hashlib.sha256(str(script.articles[item["about"]]["text"]).encode()).hexdigest(),
                "decided_at": "2020-01-01T00:00:00Z",
                "codebook_version": "1.0",
                "decision": "no_event",
                "reason": "not a conflict event",
            }
            for item in script.decisions
            if item["about"] in script.articles
        ]
    )
    shutil.rmtree(dataset.root / "seeds")
    (dataset.root / "seeds").mkdir()
    for name, rows in script.seeds.items():
        dataset.write_seed(name, rows)
    folder = dataset.root / "data" / "raw" / "geocodes"
    folder.mkdir(exist_ok=True)
    with (folder / "nominatim.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(script.geocodes.values())
    (dataset.root / FOLDER).mkdir(exist_ok=True)
    dump = write(dataset.root / FOLDER / "IQ.txt", script.dump)
    if not script.dump:
        dump.unlink()


def check_incremental_equals_clean(number: int, new_dataset, shipped, tmp_path: Path, partition_size: int) -> None:
    chance = random.Random(number)
    script, dataset = Script(), new_dataset()
    for _ in range(6):
        script.edit("add", chance, shipped)
    for _ in range(chance.randint(2, 5)):
        lay(dataset, script, partition_size)
        dataset.build()
        script.edit(chance.choice(OPERATIONS), chance, shipped)
        script.edit(chance.choice(OPERATIONS), chance, shipped)
    lay(dataset, script, partition_size)
    dataset.build()
    clean = new_dataset()
    lay(clean, script, partition_size)
    clean.build()
    assert Store(dataset.root).load() == Store(clean.root).load()
    assert dataset.export(tmp_path / "incremental") == clean.export(tmp_path / "clean")


@pytest.mark.parametrize("number", range(4))
def test_incremental_equals_clean(number: int, new_dataset, shipped, tmp_path: Path) -> None:
    check_incremental_equals_clean(number, new_dataset, shipped, tmp_path, 7 if number % 2 else 20_000)


@pytest.mark.campaign
@pytest.mark.parametrize("number", range(100, 100 + SCRIPTS))
def test_incremental_equals_clean_at_length(number: int, new_dataset, shipped, tmp_path: Path) -> None:
    check_incremental_equals_clean(number, new_dataset, shipped, tmp_path, 7 if number % 2 else 20_000)


def build_elsewhere(root: Path, out: Path, jobs: int, environment: dict[str, str]) -> dict[str, bytes]:
    """The bytes of every exported table and of a release, built in another process with another environment."""
    run = [sys.executable, "-c", "from pipeline.cli import main; main()"]
    env = {**os.environ, **environment}
    publish = ["build", "--quiet", "--jobs", str(jobs), "--release", "2026.11.0"]
    for command in (publish, ["export", "tables", str(out)]):
        done = subprocess.run([*run, *command, "--root", str(root)], env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    release = root / "data/processed/releases/2026.11.0"
    paths = [*sorted(out.iterdir()), *sorted(release.iterdir()), root / "data/raw/ledger/2026.11.0.parquet"]
    return {f"{path.parent.name}/{path.name}" if path.parent != out else path.name: path.read_bytes() for path in paths}


# Turkish lower-cases I to a dotless i: the locale that breaks most.
ENVIRONMENTS = (
    {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8"},
)


def test_division_order_and_environment_never_show(new_dataset, shipped, sample, tmp_path: Path) -> None:
    chance = random.Random(7)
    script = Script()
    for _ in range(12):
        script.edit("add", chance, shipped)
    script.edit("repeat", chance, shipped)
    script.edit("no_event", chance, shipped)
    # Half of the sample: among its articles are copies and later reports of what others tell.
    script.articles |= {str(article["id"]): article for article in sample[: len(sample) // 2]}
    results = []
    for number, (size, jobs) in enumerate(((20_000, 1), (7, 2), (7, 1))):
        dataset = new_dataset()
        lay(dataset, script, size, random.Random(number))
        results.append(build_elsewhere(dataset.root, tmp_path / str(number), jobs, ENVIRONMENTS[number % 2]))
    # Where a record stands in a raw file is itself a fact about the raw files; here their lines were shuffled.
    about_lines = {"ingest_problems.parquet", "article_versions.parquet", "problems.parquet"}
    for other in results[1:]:
        assert set(other) == set(results[0])
        for name in set(other) - about_lines:
            assert other[name] == results[0][name], name
    decided = pd.read_parquet(tmp_path / "0" / "article_decisions.parquet")
    assert (decided["reason"] == "not a conflict event").any(), "the decision took part"
    links = pd.read_parquet(tmp_path / "0" / "event_reports.parquet")
    assert {"primary", "copy", "update"} <= set(links["role"]), "so did reports of one event"
