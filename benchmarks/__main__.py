"""Measure speed and memory: `python -m benchmarks [ARTICLES.jsonl]`.

Each figure stands beside a named baseline that was measured in the same run on the same texts: on another machine the seconds
differ, the ratio hardly does. Without a file the sample corpus is taken fifty times over.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.gazetteer import measure as measure_gazetteer

RUNS = 3
SOME = 100
"""Articles on which the coder is compared with itself."""
REPOSITORY = Path(__file__).resolve().parent.parent
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
    """The rule coder on one core against one pass of Aho-Corasick over the same texts."""
    import datetime as dt

    from ahocorasick_rs import AhoCorasick

    from pipeline.coding.coder import Article, code_article
    from pipeline.resources.bundle import Resources
    from pipeline.resources.seeds import Seeds, shipped_seeds
    from pipeline.settings import Settings

    resources, settings = Resources(Seeds((shipped_seeds(),))), Settings()
    names = [row["name"].casefold() for row in resources.seeds.rows("places")]
    finder = AhoCorasick(names)
    texts = [
        Article(
            article_id="art-" + "0" * 20,
            title=str(row["title"]) or None,
            text=str(row["text"]),
            language="en",
            source_id="x",
            source_country=None,
            published_day=dt.date.fromisoformat(str(row["published_at"])[:10]) if row["published_at"] else None,
        )
        for row in rows
    ]
    baseline = median_seconds(lambda: [finder.find_matches_as_indexes(article.text.casefold()) for article in texts])
    coding = median_seconds(lambda: [code_article(article, resources, settings) for article in texts])
    ratio = f"{coding / baseline:.0f} times one pass of Aho-Corasick over {len(names)} names"
    sys.stdout.write(f"coder: {len(texts) / coding:.0f} articles a second, {ratio}\n")
    measure_gazetteer(texts[:SOME], lambda article, known: code_article(article, known, settings))


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


def start_up() -> None:
    """`khaldun --help` against starting Python."""
    python = median_seconds(lambda: subprocess.run([sys.executable, "-c", ""], check=True))
    help_ = median_seconds(lambda: subprocess.run([*KHALDUN, "--help"], check=True, stdout=subprocess.DEVNULL))
    sys.stdout.write(f"khaldun --help: {help_:.2f} s, {help_ / python:.1f} times starting Python\n")


def main() -> None:
    """Run all measurements."""
    rows = articles(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    start_up()
    coder(rows)
    builds(rows)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sys.stdout.write(f"peak memory of the coder: {own / 1024:.0f} MB\n")


if __name__ == "__main__":
    main()
