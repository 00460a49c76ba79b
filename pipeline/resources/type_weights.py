"""How much what stands in an incident's sentences speaks for each type: the seed table `type_weights`.

A weight is in log odds (natural logarithm), drawn from texts that people labelled (`khaldun lexicon train`). What a text shows is
named by its kind: `word:protes` a word by its first letters, `cue:mob` a cue and `gate:planned` a gate of the lexicon, `form:ID` a
form of a row of it whether or not its conditions hold, `fired:ID` a row that applied, `class:7` an actor of a class in the
sentences, `people:ID` a generic actor, `agent:1` and `patient:7` the classes of those who act and suffer, `hurt` dead or wounded,
`rules:TYPE` the type that the rules alone give. `base` stands for what is known before anything is seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pipeline.errors import SeedError
from pipeline.resources.seeds import Row
from schemas.taxonomy import SUB_EVENT_TYPES

NO_EVENT: Final = "none"
"""Stands beside the types for words that tell of no incident."""
BASE: Final = "base"
LABELS: Final = (*SUB_EVENT_TYPES, NO_EVENT)


@dataclass(frozen=True)
class TypeWeights:
    """What the table says.

    Attributes:
        weights: Label and weight of each pair of a feature and a label that has one, by feature.
    """

    weights: dict[str, tuple[tuple[str, float], ...]]

    @classmethod
    def from_rows(cls, rows: Iterable[Row]) -> TypeWeights:
        """The weights in rows of the seed table.

        Raises:
            SeedError: A type is unknown, a pair stands twice, or a weight is no number.
        """
        found: dict[str, dict[str, float]] = {}
        for row in rows:
            feature, label = row["feature"], row["sub_event_type"]
            if label not in LABELS:
                raise SeedError(f"type_weights, {feature}: sub_event_type {label!r} is neither in the taxonomy nor {NO_EVENT}.")
            if label in found.setdefault(feature, {}):
                raise SeedError(f"type_weights, {feature}: {label} has two weights.")
            try:
                found[feature][label] = float(row["weight"])
            except ValueError:
                raise SeedError(f"type_weights, {feature}: weight {row['weight']!r} is no number.") from None
        return cls({feature: tuple(sorted(each.items())) for feature, each in found.items()})

    def scores(self, features: Iterable[str]) -> dict[str, float]:
        """Log odds of every label, up to a common constant; nothing if the table is empty."""
        if not self.weights:
            return {}
        scores = dict.fromkeys(LABELS, 0.0)
        for feature in (BASE, *features):
            for label, weight in self.weights.get(feature, ()):
                scores[label] += weight
        return scores

    def weight(self, feature: str, label: str) -> float:
        """Weight of one feature for one label; 0 if it has none."""
        return dict(self.weights.get(feature, ())).get(label, 0.0)
