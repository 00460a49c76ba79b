"""How much the recipe moves: the events of a dataset summed up by each recipe, compared with the one in use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from pipeline.matching.merge import merge_event
from pipeline.matching.overrides import overrides_by_report, overrides_of
from pipeline.matching.recipes import DATE_FIELDS, RECIPES, recipe_of
from pipeline.matching.stage import Matched, clusters_of
from pipeline.matching.voters import Row, seat_panel
from pipeline.resources.decisions import overridden_values
from pipeline.resources.sources import SourceRegistry
from pipeline.settings import MatchingSettings

GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "type": ("sub_event_type",),
    "actors": ("actor1", "actor2"),
    "date": DATE_FIELDS,
    "place": ("country", "admin1", "location"),
    "fatalities": ("fatalities",),
}
"""Columns whose change is counted together."""


def recipe_table(
    matched: Matched,
    decisions: pd.DataFrame,
    decision_anchors: pd.DataFrame,
    *,
    sources: SourceRegistry,
    settings: MatchingSettings,
) -> list[Row]:
    """One row for each recipe.

    Args:
        matched: Which reports tell one incident.
        decisions: The table `decisions`: what people set stands above any recipe.
        decision_anchors: The table `decision_anchors`.
        sources: The registry of outlets.
        settings: The recipe in use.

    Returns:
        `recipe`, `fatalities` of all events, and for each group in `GROUPS` how many events differ in it from the recipe in use.
    """
    values = overrides_by_report(overridden_values(decisions, decision_anchors))
    in_use = recipe_of(settings)
    counted = [f"other_{group}" for group in GROUPS]
    table: dict[str, Row] = {name: {"recipe": name, "fatalities": 0, **dict.fromkeys(counted, 0)} for name in RECIPES}
    for chunk in clusters_of(matched):
        for rows in chunk:
            panel, overrides = seat_panel(rows), overrides_of(rows, values)
            now = merge_event(rows, panel, overrides, recipe=in_use, sources=sources)
            for name, recipe in RECIPES.items():
                then = merge_event(rows, panel, overrides, recipe=recipe, sources=sources)
                table[name]["fatalities"] += then["fatalities"]
                for group, columns in GROUPS.items():
                    table[name][f"other_{group}"] += any(now[column] != then[column] for column in columns)
    return list(table.values())
