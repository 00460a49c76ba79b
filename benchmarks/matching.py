"""Measure matching: `python -m benchmarks.matching [SIZE ...]`, against Splink and against a bare join.

Reports come from `benchmarks.incidents`. What is timed begins with the table `reports` in memory and ends with the event of each
report: block, compare and cluster, not the merging of event rows. It is timed by the clock and by processors; the latter says
more on a busy machine. The contenders run in the environment whose Python `BENCH_PYTHON` names (docs/contributors.md); without it
only Khaldun is measured. Splink learns from the labels of the training draw, as the shipped weights do, and chooses its threshold
there. The floor is a k-d tree that finds reports near one another in time and space and does nothing else.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.incidents import DENSITIES, SEED, SIZES, TRAINING_SEED, Density, Labelled, Numbers, labelled_reports

CONTENDERS = Path(__file__).resolve().parent / "contenders"
LARGEST_FOR_SPLINK = 100_000
"""Beyond this Splink's own training takes longer than a coffee."""

NEEDED = (
    "report_id", "article_id", "coder_kind", "coder_id", "anchor_start", "anchor_ordinal", "status", "is_background", "event_date",
    "event_date_end", "time_precision", "sub_event_type", "actor1", "actor1_id", "inter1", "actor2", "actor2_id", "inter2",
    "country", "admin1", "admin2", "location", "place_id", "latitude", "longitude", "geo_precision", "fatalities",
    "fatalities_low", "fatalities_high", "fatalities_basis", "needs_review",
)  # fmt: skip
"""What matching looks at; the other columns are carried into the events."""


def pairs_of(numbers: Numbers) -> int:
    counts = np.unique(numbers, return_counts=True)[1]
    return int((counts * (counts - 1) // 2).sum())


def quality(gold: Numbers, coded: Numbers) -> dict[str, float]:
    """Precision, recall and F1 over pairs of reports."""
    both = pairs_of(gold.astype(np.int64) * (int(coded.max()) + 1) + coded)
    p, r = both / max(pairs_of(coded), 1), both / max(pairs_of(gold), 1)
    return {"p": p, "r": r, "f1": 2 * p * r / (p + r) if p + r else 0.0}


def khaldun(folder: Path) -> dict[str, float]:
    """Seconds, quality, and the peak memory of this process."""
    from pipeline.matching.families import find_families
    from pipeline.matching.stage import match_pairs
    from pipeline.resources.bundle import Resources
    from pipeline.resources.seeds import Seeds, shipped_seeds
    from pipeline.settings import Settings
    from schemas.arrow import rows_to_frame, to_frame

    articles, reports = (to_frame(pq.read_table(folder / f"{name}.parquet")) for name in ("articles", "reports"))
    nothing = {name: rows_to_frame([], name) for name in ("article_signatures", "decisions", "decision_anchors")}
    families = find_families(articles, nothing["article_signatures"])
    resources = Resources(Seeds((shipped_seeds(),)))
    _ = resources.match_weights
    began, spent = time.perf_counter(), time.process_time()
    matched = match_pairs(
        articles, families, reports, nothing["decisions"], nothing["decision_anchors"], resources=resources, settings=Settings()
    )
    seconds, cpu = time.perf_counter() - began, time.process_time() - spent
    incident = pd.read_parquet(folder / "test.parquet", columns=["incident"])["incident"].to_numpy()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "cpu": cpu, "megabytes": memory, **quality(incident, matched.clusters)}


def write(made: Labelled, path: Path) -> None:
    """The reports as contenders see them, with labels."""
    names = ["country", "admin1", "place_id", "latitude", "longitude", "geo_precision", "time_precision", "sub_event_type"]
    frame = made.reports[[*names, "event_type", "actor1", "actor1_id", "actor2"]].copy()
    days = pa.Array.from_pandas(made.reports["event_date"]).cast(pa.date32()).cast(pa.int32())
    frame["day"] = days.to_numpy(zero_copy_only=False)
    frame["toll"] = made.reports["fatalities"].where(made.reports["fatalities_basis"] != "none_mentioned")
    frame["number"] = np.arange(len(frame))
    frame["incident"] = made.incident
    frame.to_parquet(path)


def draw(size: int, density: Density, folder: Path) -> None:
    """Write both draws; in a process of its own, so that its memory counts for nobody."""
    made = labelled_reports(size, density, SEED)
    write(made, folder / "test.parquet")
    pq.write_table(pa.Table.from_pandas(made.reports[list(NEEDED)], preserve_index=False), folder / "reports.parquet")
    pq.write_table(pa.Table.from_pandas(made.articles, preserve_index=False), folder / "articles.parquet")
    if size <= LARGEST_FOR_SPLINK:
        write(labelled_reports(size, density, TRAINING_SEED), folder / "train.parquet")


def ran(command: Sequence[str | Path], out: Path) -> dict[str, Any]:
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)
    found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return found


def measure(size: int, density: Density, python: str | None) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, out = Path(name), Path(name) / "out.json"
        ours = [sys.executable, "-m", "benchmarks.matching"]
        subprocess.run([*ours, "--draw", str(size), density.name, name], check=True)
        rows = [("Khaldun", ran([*ours, "--match", name], out))]
        if python:
            rows.append(("k-d tree", ran([python, CONTENDERS / "kd_tree.py", folder / "test.parquet", out], out)))
        if python and size <= LARGEST_FOR_SPLINK:
            splink = [python, CONTENDERS / "splink_duckdb.py", folder / "train.parquet", folder / "test.parquet", out]
            rows.append(("Splink 5", ran(splink, out)))
    for who, found in rows:
        figures = f"P {found['p']:.3f} R {found['r']:.3f} F1 {found['f1']:.4f}" if "f1" in found else f"{found['pairs']} pairs"
        memory = f"  {found['megabytes']:.0f} MB" if "megabytes" in found else ""
        spent = f"{found['seconds']:7.2f} s, processors {found['cpu']:.2f} s"
        sys.stdout.write(f"{size:>9} {density.name:7} {who:9} {spent}  {figures}{memory}\n")
    sys.stdout.flush()


def main() -> None:
    if sys.argv[1:2] == ["--draw"]:
        draw(int(sys.argv[2]), next(each for each in DENSITIES if each.name == sys.argv[3]), Path(sys.argv[4]))
    elif sys.argv[1:2] == ["--match"]:
        folder = Path(sys.argv[2])
        (folder / "out.json").write_text(json.dumps(khaldun(folder)), encoding="utf-8")
    else:
        for size in [int(given) for given in sys.argv[1:]] or SIZES:
            for density in DENSITIES:
                measure(size, density, os.environ.get("BENCH_PYTHON"))


if __name__ == "__main__":
    main()
