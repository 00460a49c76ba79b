"""A build that is killed at any moment, publishing included, and two builds at once."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from khaldun.verify import verify
from pipeline.store import State, Store

KILLS = int(os.environ.get("KHALDUN_KILLS", "30"))
VERSION = "2026.11.0"
COMMAND = [sys.executable, "-c", "from pipeline.cli import main; main()", "build", "--release", VERSION, "--quiet"]


def start(root: Path, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, "--root", str(root), *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def succeed(process: subprocess.Popen[str]) -> None:
    _, said = process.communicate()
    assert process.returncode == 0, said


def finish(process: subprocess.Popen[str]) -> None:
    said = process.communicate()
    assert process.returncode == 0, said


def content(root: Path) -> str:
    return json.loads((root / "data/processed/releases" / VERSION / "CONTENT_HASHES.json").read_text())["release"]


def prepared(new_dataset, sample) -> Path:
    dataset = new_dataset()
    dataset.set({"build": {"partition_size": 4}})
    dataset.write_articles(sample)
    return dataset.root


def nothing_half_visible(root: Path) -> None:
    store = Store(root)
    state = store.load()
    for table, partitions in state.tables.items():
        for name, record in partitions.items():
            key = Path(record.file).stem
            assert store.find(table, key) == record, f"{table} {name}"
            assert len(store.read_files(table, [record.file])) == record.rows
    releases = root / "data/processed/releases"
    for release in releases.glob("2*") if releases.exists() else ():
        assert verify(release).ok, release


@pytest.mark.campaign
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_build_killed_at_random_moments_completes_to_the_same_content(new_dataset, sample, jobs: int) -> None:
    whole = prepared(new_dataset, sample)
    began = time.monotonic()
    succeed(start(whole, "--jobs", str(jobs)))
    duration = time.monotonic() - began
    expected, state = content(whole), Store(whole).load()
    chance = random.Random(20261120 + jobs)
    seen = {"before the first commit": 0, "between stages": 0, "release there": 0}
    for _ in range(KILLS // 2):
        root = prepared(new_dataset, sample)
        process = start(root, "--jobs", str(jobs))
        time.sleep(chance.uniform(0.15, 1.0) * duration)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        nothing_half_visible(root)
        left = Store(root).load()
        released = (root / "data/processed/releases" / VERSION).exists()
        seen["release there" if released else "before the first commit" if left == State() else "between stages"] += 1
        succeed(start(root, "--jobs", str(jobs)))
        assert content(root) == expected
        assert Store(root).load() == state
        assert sorted(path.name for path in (root / "data/raw/ledger").iterdir()) == [f"{VERSION}.parquet"]
        assert not list((root / "data/processed").rglob(".*")), "leftovers of the killed build remain"
    assert seen["between stages"], f"no kill met the build at work: {seen}"


@pytest.mark.campaign
def test_of_two_builds_at_once_one_is_told_who_works(new_dataset, sample) -> None:
    root = prepared(new_dataset, sample)
    first = start(root)
    lock = root / "data/processed/state/lock"
    while not (lock.exists() and lock.read_text()):
        assert first.poll() is None
        time.sleep(0.01)
    second = start(root)
    _, said = second.communicate()
    assert second.returncode == 3
    assert f"process {first.pid}" in said
    succeed(first)
    nothing_half_visible(root)
