"""Score the gazetteer on texts with annotated places: `python -m benchmarks.geoparse FILE.jsonl ...`.

Each line has `text` and `toponyms` with `start`, `end`, `lat` and `lon`, as in LGL and GeoWebNews. Places are found by the words
around them and resolved by what else the text names, with no hint at its country, as in a dataset that covers the world.
Nationalities, buildings and streets are annotated in these sets and never places of ours: the share found cannot reach 1.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

from pipeline.resources.bundle import Resources
from pipeline.resources.gazetteer import Gazetteer, Place, PlaceMention
from pipeline.resources.seeds import Seeds, shipped_seeds

NEAR_KM = 161
"""A hundred miles, the usual distance at which a place counts as found."""


def kilometres(place: Place, toponym: dict[str, Any]) -> float:
    """Great-circle distance; infinite for what has no point."""
    if place.latitude is None or place.longitude is None:
        return float("inf")
    a, b = radians(place.latitude), radians(toponym["lat"])
    h = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(toponym["lon"] - place.longitude) / 2) ** 2
    return 12742 * asin(sqrt(h))


def mention_at(mentions: Sequence[PlaceMention], toponym: dict[str, Any]) -> PlaceMention | None:
    """The mention that shares words with an annotated place."""
    return next((each for each in mentions if each.start < toponym["end"] and toponym["start"] < each.end), None)


def score(rows: list[dict[str, Any]], gazetteer: Gazetteer) -> dict[str, float]:
    """Shares over the annotated places that have a point."""
    counts = dict.fromkeys(("annotated", "found", "countries", "near", "mentions", "right"), 0)
    for row in rows:
        mentions = gazetteer.mentions(row["text"])
        toponyms = [each for each in row["toponyms"] if each["lat"] is not None]
        counts["mentions"] += len(mentions)
        counts["right"] += sum(any(mention_at([each], toponym) for toponym in row["toponyms"]) for each in mentions)
        for toponym in toponyms:
            counts["annotated"] += 1
            if not (mention := mention_at(mentions, toponym)):
                continue
            places = [place for key in mention.place_ids if (place := gazetteer.get(key))]
            if all(place.kind == "country" for place in places):
                counts["countries"] += 1
                continue
            counts["found"] += 1
            counts["near"] += min(kilometres(place, toponym) for place in places) <= NEAR_KM
    towns = counts["annotated"] - counts["countries"]
    return {
        "annotated": counts["annotated"],
        "of which countries found": counts["countries"],
        "found of the rest": round(counts["found"] / max(towns, 1), 3),
        "within 161 km of found": round(counts["near"] / max(counts["found"], 1), 3),
        "mentions that are annotated": round(counts["right"] / max(counts["mentions"], 1), 3),
    }


def main() -> None:
    """Score each file with and without the world's places."""
    resources = Resources(Seeds((shipped_seeds(),)))
    alone = Gazetteer.from_rows(resources.seeds.rows("places"), resources.countries)
    for path in map(Path, sys.argv[1:]):
        with path.open(encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        for name, gazetteer in (("seeds alone", alone), ("with the world", resources.gazetteer)):
            began = time.process_time()
            figures = score(rows, gazetteer)
            seconds = time.process_time() - began
            print(path.stem, name, figures, f"{1000 * seconds / max(len(rows), 1):.2f} ms a text")


if __name__ == "__main__":
    main()
