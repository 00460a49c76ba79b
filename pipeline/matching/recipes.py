"""How reports that differ become one value: the recipes.

`conservative` takes what most reports say and the lowest of the current tolls, `informative` what the fullest report says,
`representative` what most say and the middle one of the tolls. Each function answers for one group of columns that belong together
and takes them from one report, or counts votes. Where votes are even, the more reliable report goes first; no answer depends on
the order in which reports were read.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from pipeline.matching.actors import choose_actors, complete_actors, join_associates
from pipeline.matching.voters import Panel, Row
from pipeline.settings import MatchingSettings
from schemas.taxonomy import SUB_EVENT_TYPES

DATE_FIELDS: Final = ("event_date", "event_date_end", "time_precision")
PLACE_FIELDS: Final = ("country", "admin1", "admin2", "admin3", "location", "place_id", "latitude", "longitude", "geo_precision")
SIDE_DEATHS: Final = ("deaths_actor1", "deaths_actor2", "deaths_civilians")

Choice = Callable[[Panel], Row]


def choose_what(panel: Panel) -> Row:
    """sub_event_type, actors and associates.

    The type is the commonest among the voters; of types with the same number of votes the one that the codebook ranks first
    is taken and the row is marked `type_tie`. A type is passed over if no voter's actors can be those of such an event.
    """
    votes = Counter(row["sub_event_type"] for row in panel.voters)
    ranked = sorted(votes, key=lambda name: (-votes[name], SUB_EVENT_TYPES[name].precedence))
    codes = ["type_tie"] if len(ranked) > 1 and votes[ranked[0]] == votes[ranked[1]] else []
    return _first_that_fits(ranked, panel, codes)


def choose_fullest_what(panel: Panel) -> Row:
    """The same of the most reliable and fullest voter whose type and actors go together."""
    return _first_that_fits(list(dict.fromkeys(row["sub_event_type"] for row in panel.voters)), panel, [])


def _first_that_fits(ranked: Sequence[str], panel: Panel, codes: list[str]) -> Row:
    for name in ranked:
        if actors := choose_actors(name, panel.voters):
            break
    else:
        name = panel.primary["sub_event_type"]
        actors = complete_actors(name, panel.primary)
        codes.append("actors_unfit")
    codes += actors.pop("codes")
    return {"sub_event_type": name, **actors, **join_associates(actors, panel.voters), "codes": codes}


def choose_date(panel: Panel) -> Row:
    """event_date, event_date_end and time_precision: the commonest day, then the shortest span, then the earliest.

    A week or a month holds the day that another source knows: only the most precise dates vote.
    """
    precision = min(row["time_precision"] or 3 for row in panel.voters)
    exact = [row for row in panel.voters if (row["time_precision"] or 3) == precision]
    votes = Counter(row["event_date"] for row in exact)

    def rank(row: Row) -> tuple[Any, ...]:
        end = row["event_date_end"] or row["event_date"]
        return -votes[row["event_date"]], end - row["event_date"], row["event_date"]

    chosen = min(exact, key=rank)
    return {**{name: chosen[name] for name in DATE_FIELDS}, "time_precision": precision}


def choose_fullest_date(panel: Panel) -> Row:
    """The date of the fullest of the most precise voters."""
    precision = min(row["time_precision"] or 3 for row in panel.voters)
    chosen = next(row for row in panel.voters if (row["time_precision"] or 3) == precision)
    return {**{name: chosen[name] for name in DATE_FIELDS}, "time_precision": precision}


def choose_place(panel: Panel) -> Row:
    """All columns of the place, from one report: the most precise, then the finest, the commonest, the most reliable."""
    votes = Counter(_place_key(row) for row in panel.places)

    def rank(entry: tuple[int, Row]) -> tuple[Any, ...]:
        position, row = entry
        return row["geo_precision"] or 3, -_depth(row), -votes[_place_key(row)], position

    chosen = min(enumerate(panel.places), key=rank)[1]
    return {**{name: chosen[name] for name in PLACE_FIELDS}, "geo_precision": chosen["geo_precision"] or 3}


def choose_common_place(panel: Panel) -> Row:
    """The place that most name, then the most precise, the finest, the most reliable."""
    votes = Counter(_place_key(row) for row in panel.places)

    def rank(entry: tuple[int, Row]) -> tuple[Any, ...]:
        position, row = entry
        return -votes[_place_key(row)], row["geo_precision"] or 3, -_depth(row), position

    chosen = min(enumerate(panel.places), key=rank)[1]
    return {**{name: chosen[name] for name in PLACE_FIELDS}, "geo_precision": chosen["geo_precision"] or 3}


def _place_key(row: Row) -> tuple[Any, ...]:
    return (row["place_id"],) if row["place_id"] else (row["country"], row["admin1"], row["location"])


def _depth(row: Row) -> int:
    """A part of a city is finer than the city; places known down to their third unit are finer than others."""
    return 4 * (" - " in row["location"]) + 2 * (row["admin3"] is not None) + (row["admin2"] is not None)


def choose_toll(panel: Panel) -> Row:
    """The columns of the dead: the lowest of the current tolls, with the widest range that these allow.

    Reports that mention no dead have no vote. `fatalities_high` is null if one of the tolls is open upwards. Deaths by side
    and the mark of a divided total come from the report whose toll it is.
    """
    return _toll_of(panel, lambda ranked: ranked[0])


def choose_middle_toll(panel: Panel) -> Row:
    """The same with the middle toll, the lower of two."""
    return _toll_of(panel, lambda ranked: ranked[(len(ranked) - 1) // 2])


def choose_fullest_toll(panel: Panel) -> Row:
    """The same with the toll of the fullest report that gives one."""
    order = {row["report_id"]: position for position, row in enumerate(panel.voters)}
    return _toll_of(panel, lambda ranked: min(ranked, key=lambda row: order.get(row["report_id"], len(order))))


def _toll_of(panel: Panel, choose: Callable[[Sequence[Row]], Row]) -> Row:
    if not panel.tolls:
        return {"fatalities": 0, "fatalities_low": 0, "fatalities_high": None, "fatalities_basis": "none_mentioned", "codes": []}
    chosen = choose(sorted(panel.tolls, key=_toll_rank))
    highs = [row["fatalities_high"] for row in panel.tolls]
    bases = {row["fatalities_basis"] for row in panel.tolls if row["fatalities"] == 0}
    disputed = "explicit_none" in bases and any(row["fatalities"] > 0 for row in panel.tolls)
    return {
        "fatalities": chosen["fatalities"],
        "fatalities_low": min(row["fatalities_low"] for row in panel.tolls),
        "fatalities_high": None if None in highs else max(highs),
        "fatalities_basis": chosen["fatalities_basis"],
        "split_group": chosen["split_group"],
        **{name: chosen[name] for name in SIDE_DEATHS},
        "toll_of": (chosen["actor1"], chosen["actor2"]),
        "codes": ["toll_disputed"] if disputed else [],
    }


_BASES: Final = ("stated", "explicit_none", "word_estimate", "shared_total")


def _toll_rank(row: Row) -> tuple[Any, ...]:
    filled = sum(row[name] is not None for name in SIDE_DEATHS)
    return row["fatalities"], _BASES.index(row["fatalities_basis"]), -filled, row["report_id"]


def choose_counts(panel: Panel) -> Row:
    """The lowest injured and crowd_size of those given, and the tags of all voters, of which one tells the size of the crowd."""
    crowds = sorted((row["crowd_size"], position) for position, row in enumerate(panel.voters) if row["crowd_size"] is not None)
    tags = [tag for row in panel.voters for tag in _tags(row)]
    first = panel.voters[crowds[0][1]] if crowds else panel.primary
    told = [tag for tag in [*_tags(first), *tags] if tag.startswith(CROWD_TAG) and tag != CROWD_TAG + NO_REPORT]
    return {
        "injured": min((row["injured"] for row in panel.voters if row["injured"] is not None), default=None),
        "crowd_size": crowds[0][0] if crowds else None,
        "tags": sorted({tag for tag in tags if not tag.startswith(CROWD_TAG)}),
        "crowd_tag": told[0] if told else CROWD_TAG + NO_REPORT,
    }


CROWD_TAG: Final = "crowd size="
NO_REPORT: Final = "no report"


def _tags(row: Row) -> list[str]:
    return [tag for tag in (row["tags"] or "").split("; ") if tag]


def joint_confidence(voters: Sequence[Row]) -> float:
    """How sure the event is: one minus the chance that all its independent reports are wrong, at most 0.99."""
    wrong: float = math.prod(1.0 - row["confidence"] for row in voters)
    return round(min(1.0 - wrong, 0.99), 4)


@dataclass(frozen=True)
class Recipe:
    """One function for each group of columns."""

    what: Choice
    date: Choice
    place: Choice
    toll: Choice
    counts: Choice


RECIPES: Final = {
    "conservative": Recipe(what=choose_what, date=choose_date, place=choose_place, toll=choose_toll, counts=choose_counts),
    "informative": Recipe(
        what=choose_fullest_what,
        date=choose_fullest_date,
        place=choose_place,
        toll=choose_fullest_toll,
        counts=choose_counts,
    ),
    "representative": Recipe(
        what=choose_what, date=choose_date, place=choose_common_place, toll=choose_middle_toll, counts=choose_counts
    ),
}


def recipe_of(settings: MatchingSettings) -> Recipe:
    """The recipe of a dataset, some parts of which may be those of other recipes."""
    chosen = RECIPES[settings.recipe]
    return replace(chosen, **{part: getattr(RECIPES[name], part) for part, name in settings.recipe_parts.items()})
