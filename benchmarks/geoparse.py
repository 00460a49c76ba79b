"""Score the gazetteer on texts with annotated places: `python -m benchmarks.geoparse FILE.jsonl ...`.

Each line has `id`, `text` and `toponyms` with `start`, `end`, `phrase`, `lat` and `lon`, as in LGL and GeoWebNews. Toponyms are
found and resolved as `khaldun places find` does it, with no hint at their country, as in a dataset that covers the world.

Counted are the annotated names that have a point. Names of peoples stand apart: they must be found as such. Of the others a name
is found if a toponym shares words with it and is itself no name of a people; it is near if what it was resolved to has a point
within a hundred miles. Countries are counted like the rest, and once more left out, since they are easy. Buildings and streets
are annotated in these sets and never places of ours: the share found cannot reach 1.

The reliability curve shows for places by score what share of them is near; it is drawn on the half of the texts whose id has an
even SHA-256.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from statistics import fmean
from typing import Any

from pipeline.resources.bundle import Resources
from pipeline.resources.seeds import Seeds, shipped_seeds
from pipeline.resources.toponyms import Toponym, ToponymFinder

NEAR_KM = 161
"""A hundred miles, the usual distance at which a place counts as found."""
BINS = (0.0, 0.3, 0.5, 0.7, 0.85, 0.95, 1.0001)


def kilometres(found: Toponym, annotated: dict[str, Any]) -> float:
    """Great-circle distance; infinite for what has no point."""
    if found.latitude is None or found.longitude is None:
        return float("inf")
    a, b = radians(found.latitude), radians(annotated["lat"])
    h = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(annotated["lon"] - found.longitude) / 2) ** 2
    return 12742 * asin(sqrt(h))


@dataclass(frozen=True, slots=True)
class Pair:
    """An annotated name and the toponym that shares words with it, if one does."""

    annotated: dict[str, Any]
    found: Toponym | None

    @property
    def distance(self) -> float:
        """Kilometres between the two points."""
        return kilometres(self.found, self.annotated) if self.found else float("inf")

    @property
    def is_country(self) -> bool:
        """Whether a country was found."""
        return self.found is not None and self.found.kind == "country"


def pairs_of(row: dict[str, Any], toponyms: Sequence[Toponym]) -> list[Pair]:
    """The annotated names of a text that have a point, with what was found there."""
    annotated = [each for each in row["toponyms"] if each["lat"] is not None]
    return [Pair(each, _at(toponyms, each)) for each in annotated]


def _at(toponyms: Sequence[Toponym], annotated: dict[str, Any]) -> Toponym | None:
    return next((each for each in toponyms if each.start < annotated["end"] and annotated["start"] < each.end), None)


def figures(pairs: Sequence[Pair], peoples: frozenset[str]) -> dict[str, float]:
    """Shares over annotated names.

    Args:
        pairs: The names.
        peoples: Names of peoples, in small letters.
    """
    apart = [each for each in pairs if each.annotated["phrase"].lower() in peoples]
    rest = [each for each in pairs if each.annotated["phrase"].lower() not in peoples]
    found = [each for each in rest if each.found and each.found.kind != "demonym"]
    towns = [each for each in found if not each.is_country]
    near = [each.distance for each in found if each.distance <= NEAR_KM]
    measured = [each.distance for each in found if each.distance != float("inf")]
    return {
        "annotated": len(rest),
        "found": _share(len(found), len(rest)),
        "within 161 km of found": _share(len(near), len(found)),
        "found without countries": _share(len(towns), len(rest) - len(found) + len(towns)),
        "within 161 km of these": _share(sum(each.distance <= NEAR_KM for each in towns), len(towns)),
        "mean error km": round(fmean(measured), 1) if measured else float("nan"),
        "peoples": len(apart),
        "found as peoples": _share(sum(each.found is not None and each.found.kind == "demonym" for each in apart), len(apart)),
    }


def _share(part: int, whole: int) -> float:
    return round(part / max(whole, 1), 3)


def reliability(pairs: Sequence[Pair]) -> list[tuple[str, int, float, float]]:
    """By score of what was found: the bin, how many names it holds, their mean score, and the share of them that is near."""
    scored = [(each.found.score, each.distance <= NEAR_KM) for each in pairs if each.found and each.found.kind == "place"]
    rows = []
    for low, high in pairwise(BINS):
        within = [each for each in scored if low <= each[0] < high]
        if within:
            name = f"{low:.2f}-{min(high, 1.0):.2f}"
            rows.append(
                (
                    name,
                    len(within),
                    round(fmean(score for score, _ in within), 3),
                    _share(sum(near for _, near in within), len(within)),
                )
            )
    return rows


def _is_even(row: dict[str, Any]) -> bool:
    return int(hashlib.sha256(str(row["id"]).encode()).hexdigest(), 16) % 2 == 0


def main() -> None:
    """Score each file, and draw the reliability curve over the even half of all."""
    resources = Resources(Seeds((shipped_seeds(),)))
    finder = ToponymFinder(resources)
    peoples = frozenset(word.lower() for word in resources.peoples.words)
    even: list[Pair] = []
    for path in map(Path, sys.argv[1:]):
        with path.open(encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        began = time.process_time()
        found = [finder.find(row["text"]) for row in rows]
        seconds = time.process_time() - began
        pairs = [pairs_of(row, each) for row, each in zip(rows, found, strict=True)]
        even += [pair for row, each in zip(rows, pairs, strict=True) if _is_even(row) for pair in each]
        print(
            path.stem,
            figures([pair for each in pairs for pair in each], peoples),
            f"{1000 * seconds / max(len(rows), 1):.1f} ms a text",
        )
    print("reliability (score, names, mean score, share near):")
    for name, number, score, share in reliability(even):
        print(f"  {name}  {number:5}  {score:.3f}  {share:.3f}")


if __name__ == "__main__":
    main()
