"""Measure a dump of 500,000 places as a layer of the gazetteer: what it takes to add and compile it, and what the coder loses.

Seconds are those of the processor: the machine may do other work meanwhile.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.dump import COUNTRY, ROWS, write

RUNS = 9
_COMPILE = """
import sys
from pathlib import Path
from pipeline.resources.dump_compile import compile_files
from pipeline.resources.geonames_files import GeonamesFiles
Path(sys.argv[2]).write_bytes(compile_files(GeonamesFiles.of(Path(sys.argv[1]))))
"""
_ADD = "from pipeline.cli import main; main()"


def _timed(code: str, *arguments: object) -> tuple[float, float]:
    """Seconds of processor time and peak resident megabytes of some code in a process of its own."""
    process = subprocess.Popen([sys.executable, "-c", code, *map(str, arguments)], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"failed: {' '.join(map(str, arguments))}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def _split_lines(path: Path) -> float:
    began = time.process_time()
    with path.open(encoding="utf-8") as file:
        for line in file:
            line.split("\t")
    return time.process_time() - began


def measure(texts: Sequence[Any], code: Callable[[Any, Any], object]) -> None:
    """Print the figures.

    Args:
        texts: Articles.
        code: Codes one of them with some resources.
    """
    from pipeline.resources.bundle import Resources
    from pipeline.resources.dump import Dump
    from pipeline.resources.gazetteer import Gazetteer
    from pipeline.resources.layered_world import LayeredWorld
    from pipeline.resources.seeds import Seeds, shipped_seeds
    from pipeline.resources.world import installed_world
    from pipeline.resources.world_file import unpack

    with tempfile.TemporaryDirectory() as folder:
        root, dump, index = Path(folder) / "set", Path(folder) / f"{COUNTRY}.txt", Path(folder) / "index"
        write(dump)
        root.mkdir()
        (root / "dataset.toml").write_text("")
        baseline = _split_lines(dump)
        for name, (seconds, megabytes) in (
            ("add", _timed(_ADD, "gazetteer", "add", dump, "--root", root)),
            ("compile", _timed(_COMPILE, root, index)),
        ):
            ratio = f"{seconds / baseline:.0f} times splitting its lines"
            sys.stdout.write(f"{name} a dump of {ROWS:,} places: {seconds:.1f} s, {ratio}, peak memory {megabytes:.0f} MB\n")
        without = Resources(Seeds((shipped_seeds(),)))
        without.gazetteer.mentions("Kirkuk")
        began = time.process_time()
        Resources.of(root)
        layers = LayeredWorld(installed_world(), Dump(unpack(index.read_bytes())))
        words = without.common_words
        with_dump = Resources(Seeds((shipped_seeds(),)))
        with_dump.__dict__["gazetteer"] = Gazetteer.from_rows(without.seeds.rows("places"), without.countries, (layers, words))
        sys.stdout.write(f"open it, its bytes hashed: {time.process_time() - began:.2f} s\n")
    times = {False: [], True: []}
    for _ in range(RUNS):
        for has_dump, resources in ((False, without), (True, with_dump)):
            began = time.process_time()
            for text in texts:
                code(text, resources)
            times[has_dump].append(time.process_time() - began)
    sys.stdout.write(f"coder with the dump: {min(times[True]) / min(times[False]):.2f} times the time without\n")
