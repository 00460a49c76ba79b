"""Fit the shipped table of weights: `python -m benchmarks.fit_weights` writes seeds/match_weights.csv.

What it is fitted on: the even half of our own gold files, its events taken as reports, and the training draws of
`benchmarks.incidents`, sparse and dense. Gold shows what is hard, the draws show what is common.
"""

from __future__ import annotations

import csv
import io
import math
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.incidents import CROWDED, DENSITIES, TRAINING_SEED, Density, labelled_reports
from pipeline.durable import write_atomically
from pipeline.evaluation.gold import in_half, parse_gold
from pipeline.evaluation.gold_reports import gold_labelled_pairs
from pipeline.matching.arrays import report_arrays
from pipeline.matching.comparison import Windows, unpack
from pipeline.matching.eligibility import eligible_reports
from pipeline.matching.families import find_families
from pipeline.matching.training import LabelledPairs, fit_weights, labelled_pairs
from pipeline.resources.bundle import Resources
from pipeline.resources.match_weights import LEVELS, MatchWeights, weight_rows
from pipeline.resources.seeds import Seeds, shipped_seeds
from pipeline.settings import Settings
from schemas.arrow import rows_to_frame

REPOSITORY = Path(__file__).resolve().parent.parent
GOLD = ("tests/golden/incidents_gold.jsonl", "tests/golden/gold.jsonl", "seeds/sample/gold.jsonl")
GOLD_COUNTS = 3.0
"""What each pair of gold counts: it is hard, of all kinds, and rare."""
DRAWN = 20_000
DRAWN_COUNTS = 100.0
UNPLACED = 0.25
"""Share of reports without a point, in draws of their own: that of the matched events of our gold."""
UNPLACED_COUNTS = 33.0

BELIEVED = {
    "date": (1.4, 0.3, -2.2, -4.0, -0.5, -2.0, -math.inf),
    "place": (1.2, 0.8, -1.5, -2.5, -2.5, -5.0, -0.5, -1.0, -0.5, -1.0, 1.0, -2.0, -1.5, -math.inf),
    "country": (0.0, -1.0),
    "type": (1.0, 0.0, -1.0, -4.0, -math.inf),
    "actors": (1.2, 0.7, 0.0, 0.3, -0.3, 0.0, -0.7, -1.5, -1.0),
    "toll": (2.0, 1.0, 0.5, 0.3, 0.0, 0.0, -1.5, 0.0, -3.0),
}
"""What a reader would say of each level before any pair was counted: it holds where the pairs are silent."""


def drawn(density: Density, unplaced: float, windows: Windows) -> LabelledPairs:
    """Pairs of a training draw; where some reports are unplaced, the pairs of those alone."""
    made = labelled_reports(DRAWN, density, TRAINING_SEED, unplaced)
    families = find_families(made.articles, rows_to_frame([], "article_signatures"))
    arrays = report_arrays(eligible_reports(made.reports, made.articles, families, Settings().dataset))
    if not unplaced:
        return counting(labelled_pairs(arrays, made.incident, windows), DRAWN_COUNTS)
    found = labelled_pairs(arrays, made.incident, windows)
    place = np.array(LEVELS["place"])[unpack(found.packed.astype(np.int32))[list(LEVELS).index("place")]]
    alone = place == "none"
    return counting(LabelledPairs(packed=found.packed[alone], is_same=found.is_same[alone]), UNPLACED_COUNTS)


def counting(pairs: LabelledPairs, whole: float) -> LabelledPairs:
    """The pairs, all together counting as many."""
    return replace(pairs, weight=whole / len(pairs.packed))


PRIOR = MatchWeights(BELIEVED, base=0.0, same=0.0, doubtful=0.0, listed=0.0)


def main() -> None:
    settings = Settings().matching
    windows = Windows(max_distance_km=settings.max_distance_km, max_days_apart=settings.max_days_apart)
    resources = Resources(Seeds((shipped_seeds(),)))
    gold = [in_half(parse_gold((REPOSITORY / name).read_text(encoding="utf-8"), name), "even") for name in GOLD]
    judged = [replace(gold_labelled_pairs(each, resources, windows), weight=GOLD_COUNTS) for each in gold]
    draws = [drawn(density, unplaced, windows) for density in (*DENSITIES, CROWDED) for unplaced in (0.0, UNPLACED)]
    weights = fit_weights([*draws, *judged], PRIOR)
    rows = weight_rows(weights)
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_atomically(REPOSITORY / "seeds" / "match_weights.csv", text.getvalue().encode())


if __name__ == "__main__":
    main()
