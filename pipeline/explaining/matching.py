"""Why reports stand in one event or do not: levels, weights and score of pairs, and what a person could settle."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pipeline.errors import InputError
from pipeline.matching.comparison import OUTCOMES, SCALE, Scorer, compare, probability
from pipeline.matching.eligibility import WAITS, reason_to_stand_apart
from pipeline.matching.pairs import DOUBTFUL, SAME
from pipeline.matching.sensitivity import recipe_table
from pipeline.matching.stage import Matched, match_pairs, windows_of
from pipeline.resources.bundle import Resources
from pipeline.resources.match_weights import LEVELS
from pipeline.runner import Build

Row = dict[str, Any]

_SHOWN = ("report_id", "article_id", "event_date", "sub_event_type", "location", "actor1", "actor2", "fatalities", "url")


class MatchedDataset:
    """The reports of a dataset as they are matched now."""

    def __init__(self, build: Build) -> None:
        """Match what the dataset's last build located."""
        reader = build.reader()
        names = ("articles", "article_families", "reports", "decisions", "decision_anchors")
        tables = {name: reader.read(name) for name in names}
        self.resources, self.settings = Resources.of(build.root), build.settings
        self.matched: Matched = match_pairs(
            tables["articles"], tables["article_families"], tables["reports"], tables["decisions"], tables["decision_anchors"],
            resources=self.resources, settings=self.settings,
        )  # fmt: skip
        self._decisions, self._anchors = tables["decisions"], tables["decision_anchors"]
        self._all, self._families = tables["reports"], tables["article_families"]
        self.links = reader.read("event_reports")
        self._positions = {key: at for at, key in enumerate(self.matched.reports["report_id"])}
        self._scorer = Scorer(self.resources.match_weights)

    def position(self, report_id: str) -> int:
        """Position of a report among those that take part.

        Raises:
            InputError: There is no such report, or it takes no part.
        """
        if report_id in self._positions:
            return self._positions[report_id]
        row = self._all[self._all["report_id"] == report_id]
        if len(row):
            why = reason_to_stand_apart(row, self._families, self.settings.dataset)
            raise InputError(f"{report_id}: takes no part in matching: {why}. `khaldun explain` shows it.")
        raise InputError(f"{report_id}: no report of this dataset. Copy an id from the table reports or event_reports.")

    def pair(self, one: str, two: str) -> Row:
        """How two reports compare: `fields` with level and weight, `base`, `score` in log odds, `probability`, and why."""
        left, right = self.position(one), self.position(two)
        arrays = self.matched.arrays
        levels = compare(arrays, np.array([left]), np.array([right]), windows_of(self.settings.matching))
        scores = self._scorer.scores(levels)
        fields = [
            {"field": field, "level": names[int(row[0])], "weight": weight if weight > float("-inf") else None}
            for (field, names), row, weight in zip(LEVELS.items(), levels, self._scorer.parts(levels[:, 0]), strict=True)
        ]
        ruled_out = [f"{each['field']} {each['level']}" for each in fields if each["weight"] is None]
        joined = bool(self.matched.clusters[left] == self.matched.clusters[right])
        return {
            "reports": [self._row(left), self._row(right)],
            "fields": fields,
            "base": self._scorer.base,
            "score": None if ruled_out else int(scores[0]) / SCALE,
            "probability": float(probability(scores)[0]),
            "outcome": OUTCOMES[int(self._scorer.outcomes(scores)[0])],
            "one_event": joined,
            "why": self._why(left, right, ruled_out, int(scores[0]), joined),
        }

    def _why(self, left: int, right: int, ruled_out: list[str], score: int, joined: bool) -> str:
        arrays, verdicts = self.matched.arrays, self.matched.verdicts
        pair = (min(left, right), max(left, right))
        if pair in verdicts.same or pair in verdicts.different:
            return "a person judged this pair"
        if joined:
            twins = bool(self.matched.twins[left] == self.matched.twins[right])
            fits = "their cluster fits on average" if score < self._scorer.same else "the score is that of one incident"
            return "one sentence of one text, printed twice" if twins else fits
        if arrays.article[left] == arrays.article[right] and arrays.coder[left] == arrays.coder[right]:
            return "one coder told them apart in one article"
        if ruled_out:
            return f"ruled out: {', '.join(ruled_out)}"
        if score < self._scorer.same:
            return "the score is too low"
        both = bool(arrays.placed[left] and arrays.placed[right])
        return (
            "each fits another report better, and their clusters do not fit on average, or hold two that cannot be one incident"
            if both
            else "one has no coordinates, and another event fits it nearly as well"
        )

    def recipes(self) -> list[Row]:
        """What each recipe makes of the events, as `recipe_table` gives it."""
        return recipe_table(
            self.matched, self._decisions, self._anchors, sources=self.resources.sources, settings=self.settings.matching
        )

    def _row(self, position: int) -> Row:
        row = self.matched.reports.iloc[position]
        return {name: _plain(row[name]) for name in _SHOWN}

    def event(self, event_id: str) -> Row:
        """The reports of an event, each with role, score and reasons, and pairs that speak for a report outside it.

        Raises:
            InputError: There is no such event.
        """
        rows = self.links[self.links["event_id"] == event_id]
        if rows.empty:
            raise InputError(f"{event_id}: no event of this dataset. Copy an id from the table event_reports.")
        members = [{name: _plain(row[name]) for name in ("report_id", "role", "score", "reasons")} for _, row in rows.iterrows()]
        return {"event_id": event_id, "reports": members, "outside": self._outside({str(each["report_id"]) for each in members})}

    def report(self, report_id: str) -> Row:
        """The event of a report, as `event` gives it.

        Raises:
            InputError: There is no such report, it takes no part, or it is of no event; why, is said.
        """
        self.position(report_id)
        found = self.links.loc[self.links["report_id"] == report_id, "event_id"]
        if found.empty:
            raise InputError(
                f"{report_id}: is of no event: {WAITS}. Give its place in seeds/places.csv, or attach it by a decision."
            )
        return self.event(str(found.iloc[0]))

    def _outside(self, members: set[str]) -> list[Row]:
        inside = np.zeros(len(self.matched.reports), dtype=bool)
        inside[[self._positions[each] for each in members if each in self._positions]] = True
        pairs = self.matched.pairs
        near = np.flatnonzero((inside[pairs.left] != inside[pairs.right]) & (pairs.outcome <= DOUBTFUL))
        ids = self.matched.reports["report_id"]
        return [self.pair(ids.iloc[pairs.left[at]], ids.iloc[pairs.right[at]]) for at in near.tolist()]

    def review(self, most: int) -> list[Row]:
        """Pairs that a person could settle, the likeliest first: doubtful ones, and those that look the same but stand apart."""
        pairs, clusters = self.matched.pairs, self.matched.clusters
        apart = clusters[pairs.left] != clusters[pairs.right]
        open_ = np.flatnonzero((pairs.outcome == DOUBTFUL) | ((pairs.outcome == SAME) & apart))
        order = open_[np.lexsort((pairs.right[open_], pairs.left[open_], -pairs.score[open_]))][:most]
        return [self._decision(int(pairs.left[at]), int(pairs.right[at]), int(pairs.score[at])) for at in order.tolist()]

    def _decision(self, left: int, right: int, score: int) -> Row:
        """A pair in the form of a decision that lacks its verdict, with what helps to find one."""
        sides = {}
        for side, at in (("left", left), ("right", right)):
            row = self.matched.reports.iloc[at]
            anchor = {"start": int(row["anchor_start"]), "end": int(row["anchor_end"])}
            sides[side] = {"article_id": str(row["article_id"]), "anchor": anchor}
        return {
            "kind": "pair",
            **sides,
            "verdict": None,
            "probability": float(probability(np.array([score]))[0]),
            "one_event": bool(self.matched.clusters[left] == self.matched.clusters[right]),
            "reports": [self._row(left), self._row(right)],
        }


def _plain(value: Any) -> Any:
    """A cell as JSON has it."""
    if pd.isna(value):
        return None
    return value.item() if isinstance(value, np.generic) else value if isinstance(value, int | float) else str(value)
