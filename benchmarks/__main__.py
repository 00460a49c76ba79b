"""Measure speed and memory: `python -m benchmarks [--profile] [ARTICLES.jsonl]`.

Each figure stands beside a named baseline that was measured in the same run on the same texts: on another machine the seconds
differ, the ratio hardly does. Without a file the sample corpus is taken fifty times over. With `--profile` nothing is measured but
which modules of the coder its time goes to.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.coder import Coder
from benchmarks.gazetteer import measure as measure_gazetteer
from benchmarks.profile import shares

PROFILE = "--profile"
RUNS = 3
SOME = 100
"""Articles on which the coder is compared with itself."""
REPOSITORY = Path(__file__).resolve().parent.parent
IMPORT = """
from pipeline.coding.coder import code_article
from pipeline.resources.bundle import Resources
from pipeline.resources.seeds import Seeds, shipped_seeds
from pipeline.resources.world import installed_world
"""
LOAD = """
resources = Resources(Seeds((shipped_seeds(),)))
_ = resources.lexicon, resources.gazetteer, resources.actors, resources.sources
"""
KHALDUN = [sys.executable, "-c", "from pipeline.cli import main; main()"]


def articles(path: Path | None) -> list[dict[str, object]]:
    """The articles to measure on."""
    if path:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    sample = [json.loads(line) for line in (REPOSITORY / "seeds/sample/articles.jsonl").read_text(encoding="utf-8").splitlines()]
    return [{**article, "id": f"{article['id']}-{n}"} for n in range(50) for article in sample]


def median_seconds(work: Callable[[], object]) -> float:
    """Median wall time of several runs, after one that is not counted."""
    work()
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def coder(rows: list[dict[str, object]]) -> None:
    """The rule coder on one core, and the screen that drops texts without any act, each against one pass of Aho-Corasick."""
    ready = Coder.of(rows)
    for line in ready.figures():
        sys.stdout.write(f"{line}\n")
    measure_gazetteer(ready.articles[:SOME], ready.code)


def profile(rows: list[dict[str, object]]) -> None:
    """Share of the coder's time by module."""
    for share, module in shares(Coder.of(rows).code_all):
        sys.stdout.write(f"{share:6.1%}  {module}\n")


def timed(*command: str) -> tuple[float, int]:
    """Wall seconds and peak resident kilobytes of one command and its children."""
    before = time.perf_counter()
    process = subprocess.Popen([*KHALDUN, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"khaldun {' '.join(command)} failed")
    return time.perf_counter() - before, usage.ru_maxrss


def builds(rows: list[dict[str, object]]) -> None:
    """A clean build, an idle one, and one after a change of one article, against reading the articles alone."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "set"
        subprocess.run([*KHALDUN, "init", str(root)], check=True, stdout=subprocess.DEVNULL)
        (root / "dataset.toml").write_text("[build]\npartition_size = 500\n", encoding="utf-8")
        raw = root / "data/raw/articles.jsonl"
        raw.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        reading, _ = timed("ingest", "--root", str(root))
        clean, memory = timed("build", "--root", str(root))
        idle, _ = timed("build", "--root", str(root))
        rows[0] = {**rows[0], "text": str(rows[0]["text"]) + " It was quiet afterwards."}
        raw.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        changed, _ = timed("build", "--root", str(root))
    for name, seconds in (("clean build after ingest", clean), ("idle build", idle), ("one article changed", changed)):
        sys.stdout.write(f"{name}: {seconds:.2f} s, {seconds / reading:.2f} times reading the articles ({reading:.2f} s)\n")
    sys.stdout.write(f"peak memory of the clean build: {memory / 1024:.0f} MB for {len(rows)} articles\n")


def in_process(code: str) -> tuple[float, float]:
    """Seconds of processor time and peak resident megabytes of some code in a process of its own, the least of several."""
    found = []
    for _ in range(RUNS):
        process = subprocess.Popen([sys.executable, "-c", code], cwd=REPOSITORY)
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            raise SystemExit("the coder's resources could not be loaded")
        found.append((usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024))
    return min(found)


def start_up() -> None:
    """`khaldun --help` against starting Python; the coder's look-ups against importing it and an empty process."""
    python = median_seconds(lambda: subprocess.run([sys.executable, "-c", ""], check=True))
    help_ = median_seconds(lambda: subprocess.run([*KHALDUN, "--help"], check=True, stdout=subprocess.DEVNULL))
    sys.stdout.write(f"khaldun --help: {help_:.2f} s, {help_ / python:.1f} times starting Python\n")
    bare, imported, (seconds, megabytes) = (in_process(code) for code in ("", IMPORT, IMPORT + LOAD))
    sys.stdout.write(
        f"all resources of the coder: {seconds - imported[0]:.2f} s of the processor, "
        f"{seconds / imported[0]:.1f} times importing it ({imported[0]:.2f} s); "
        f"memory {megabytes:.0f} MB, {megabytes / bare[1]:.1f} times an empty Python ({bare[1]:.0f} MB)\n"
    )


def main() -> None:
    """Run all measurements."""
    paths = [Path(each) for each in sys.argv[1:] if each != PROFILE]
    rows = articles(paths[0] if paths else None)
    if PROFILE in sys.argv:
        profile(rows)
        return
    start_up()
    coder(rows)
    builds(rows)


if __name__ == "__main__":
    main()
