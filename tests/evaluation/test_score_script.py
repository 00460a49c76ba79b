"""Our figures are those of the scoring script that lies with the annotated articles, where it is present."""

from __future__ import annotations

import importlib.util
import itertools
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.evaluation.evaluation import evaluate
from pipeline.evaluation.gold import in_half
from pipeline.evaluation.loader import read_coded, read_gold
from pipeline.evaluation.names import same_country, same_name
from schemas.taxonomy import COUNTRIES

SETS = ["coded-dev", "snippets", pytest.param("hrdsattack-dev", marks=pytest.mark.campaign)]
SETS += [pytest.param("muc4", marks=pytest.mark.campaign)]


@pytest.mark.parametrize("name", SETS)
def test_every_figure_is_equal(shared: Path, dataset, tmp_path: Path, name: str) -> None:
    folder = shared / "eval" / name
    shutil.copy(folder / "articles.jsonl", dataset.root / "data" / "raw")
    reader = dataset.build()
    dataset.export(tmp_path / "tables")
    gold = read_gold(folder / "gold.jsonl")
    coded = read_coded(reader, gold)
    lines = (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    for half in (None, "even", "odd"):
        chosen = in_half(gold, half)
        ids = {article.id for article in chosen}
        part = tmp_path / f"{half}.jsonl"
        part.write_text("\n".join(line for line in lines if json.loads(line)["id"] in ids), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, str(shared / "eval" / "score.py"), str(part), str(tmp_path / "tables"), "--json"],
            capture_output=True,
            text=True,
            check=True,
        )
        theirs = json.loads(done.stdout)
        ours = evaluate(chosen, coded)
        assert theirs["articles"] == len(chosen) > 20
        assert {key: ours.get(key) for key in theirs} == theirs


def test_countries_and_names_are_compared_alike(shared: Path) -> None:
    spec = importlib.util.spec_from_file_location("score", shared / "eval" / "score.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    names = sorted({*script.ALIASES, *script.CANONICAL, *COUNTRIES})
    for one, other in itertools.combinations(names, 2):
        assert same_country(one, other) == (script.country(one) == script.country(other)), (one, other)
    words = ["The City of Malé", "male", "San Miguel", "San Miguel department", "state", "Police Forces of Iraq (2014-)", "police"]
    for one, other in itertools.product(words, words):
        assert same_name(one, other) == script.same_name(one, other), (one, other)
