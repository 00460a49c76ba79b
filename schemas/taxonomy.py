"""The taxonomy: the closed lists of values that events are coded with, read from `schemas/data`.

Each list is a small CSV file that people edit and review; this module only reads it. The mappings are read-only and
keep the order of their files, except `EVENT_TYPES` and `DISORDER_TYPES`, which follow the precedence of the sub-event
types: of two types that fit one incident, the one with the smaller `precedence` is coded.

Only the standard library is used, so that the taxonomy is quick to import.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Final

__all__ = [
    "ACTOR_CLASSES",
    "ACTOR_CLASS_LABELS",
    "COUNTRIES",
    "COUNTRY_BY_ISO2",
    "COUNTRY_BY_ISO3",
    "DISORDER_TYPES",
    "EVENT_TYPES",
    "GEO_PRECISIONS",
    "INTERACTIONS",
    "REGIONS",
    "SOURCE_SCALES",
    "SOURCE_SCALE_MEANINGS",
    "SUB_EVENT_TYPES",
    "TIME_PRECISIONS",
    "ActorClass",
    "Country",
    "Interaction",
    "Region",
    "SubEventType",
    "interaction_code",
    "interaction_from_labels",
    "interaction_label",
    "join_source_scales",
    "split_source_scale",
]


@dataclass(frozen=True, slots=True)
class SubEventType:
    """One of the 25 sub-event types.

    Attributes:
        sub_event_type: Name, as written in the column of that name.
        event_type: The event type it belongs to.
        disorder_type: The disorder type, or two of them joined by `; `.
        precedence: Rank from 1; of several types that fit one incident, the smallest is coded.
        civilian_targeting: `always`, `never`, or `if_targeted`: only when civilians are the main or sole target.
        meaning: What is coded under this name.
    """

    sub_event_type: str
    event_type: str
    disorder_type: str
    precedence: int
    civilian_targeting: str
    meaning: str


@dataclass(frozen=True, slots=True)
class ActorClass:
    """One of the eight classes of actors: its number (`inter`), its label and who belongs to it."""

    inter: int
    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Interaction:
    """A pair of actor classes, or one class that acts alone.

    Attributes:
        interaction: Two digits, the smaller class first; a class that acts alone is followed by 0.
        label: The same in words. The pair of civilians and external forces is printed with the larger class first.
        inter1: The smaller class.
        inter2: The larger class; null when the first acts alone.
    """

    interaction: int
    label: str
    inter1: int
    inter2: int | None


@dataclass(frozen=True, slots=True)
class Region:
    """A region of the world: its code and name. Codes are not consecutive."""

    region_code: int
    region: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory that events are located in.

    Attributes:
        country: Name, as written in the column of that name.
        region: Name of its region.
        iso: ISO 3166-1 numeric code; 0 for Kosovo, which has none.
        iso2: ISO 3166-1 alpha-2 code; Kosovo has the user-assigned `XK`.
        iso3: ISO 3166-1 alpha-3 code; Kosovo has the user-assigned `XKX`.
        gwno: Number in Gleditsch and Ward's lists of independent states and microstates; null for territories that
            are in neither.
        start_year: First year for which ACLED, whose list of countries this is, covers the country.
    """

    country: str
    region: str
    iso: int
    iso2: str
    iso3: str
    gwno: int | None
    start_year: int


def _read_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of one CSV file of the package, every value as text."""
    text = (files("schemas") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), strict=True))


def _read_sub_event_types() -> Mapping[str, SubEventType]:
    """Return the sub-event types by name."""
    return MappingProxyType(
        {
            row["sub_event_type"]: SubEventType(
                sub_event_type=row["sub_event_type"],
                event_type=row["event_type"],
                disorder_type=row["disorder_type"],
                precedence=int(row["precedence"]),
                civilian_targeting=row["civilian_targeting"],
                meaning=row["meaning"],
            )
            for row in _read_rows("sub_event_types.csv")
        }
    )


def _read_actor_classes() -> Mapping[int, ActorClass]:
    """Return the actor classes by number."""
    return MappingProxyType(
        {int(row["inter"]): ActorClass(int(row["inter"]), row["label"], row["meaning"]) for row in _read_rows("actor_classes.csv")}
    )


def _read_interactions() -> Mapping[int, Interaction]:
    """Return the interactions by code."""
    return MappingProxyType(
        {
            int(row["interaction"]): Interaction(
                interaction=int(row["interaction"]),
                label=row["label"],
                inter1=int(row["inter1"]),
                inter2=int(row["inter2"]) if row["inter2"] else None,
            )
            for row in _read_rows("interactions.csv")
        }
    )


def _read_regions() -> Mapping[str, Region]:
    """Return the regions by name."""
    return MappingProxyType({row["region"]: Region(int(row["region_code"]), row["region"]) for row in _read_rows("regions.csv")})


def _read_countries() -> Mapping[str, Country]:
    """Return the countries and territories by name."""
    return MappingProxyType(
        {
            row["country"]: Country(
                country=row["country"],
                region=row["region"],
                iso=int(row["iso"]),
                iso2=row["iso2"],
                iso3=row["iso3"],
                gwno=int(row["gwno"]) if row["gwno"] else None,
                start_year=int(row["start_year"]),
            )
            for row in _read_rows("countries.csv")
        }
    )


def _read_precisions(name: str) -> Mapping[int, str]:
    """Return the meaning of each precision code."""
    return MappingProxyType({int(row["code"]): row["meaning"] for row in _read_rows(name)})


def _read_source_scales() -> Mapping[str, str]:
    """Return the meaning of each source scale, from the most local to the widest, then the rest."""
    rows = sorted(_read_rows("source_scales.csv"), key=lambda row: int(row["rank"]))
    return MappingProxyType({row["source_scale"]: row["meaning"] for row in rows})


def _order_event_types() -> tuple[str, ...]:
    """Return the event types, each at the place of its first sub-event type in order of precedence."""
    types = sorted(SUB_EVENT_TYPES.values(), key=lambda each: each.precedence)
    return tuple(dict.fromkeys(each.event_type for each in types))


def _order_disorder_types() -> tuple[str, ...]:
    """Return the disorder types in order of precedence, the single ones before the combined one."""
    types = sorted(SUB_EVENT_TYPES.values(), key=lambda each: (";" in each.disorder_type, each.precedence))
    return tuple(dict.fromkeys(each.disorder_type for each in types))


def _index_interactions() -> dict[tuple[int, int | None], Interaction]:
    """Return the interactions by their two classes in either order; a class that acts alone stands first only."""
    found = {(each.inter1, each.inter2): each for each in INTERACTIONS.values()}
    return found | {(each.inter2, each.inter1): each for each in INTERACTIONS.values() if each.inter2 is not None}


SUB_EVENT_TYPES: Final = _read_sub_event_types()
EVENT_TYPES: Final = _order_event_types()
DISORDER_TYPES: Final = _order_disorder_types()
ACTOR_CLASSES: Final = _read_actor_classes()
ACTOR_CLASS_LABELS: Final = tuple(each.label for each in ACTOR_CLASSES.values())
INTERACTIONS: Final = _read_interactions()
REGIONS: Final = _read_regions()
COUNTRIES: Final = _read_countries()
COUNTRY_BY_ISO2: Final[Mapping[str, Country]] = MappingProxyType({each.iso2: each for each in COUNTRIES.values()})
COUNTRY_BY_ISO3: Final[Mapping[str, Country]] = MappingProxyType({each.iso3: each for each in COUNTRIES.values()})
TIME_PRECISIONS: Final = _read_precisions("time_precisions.csv")
GEO_PRECISIONS: Final = _read_precisions("geo_precisions.csv")
SOURCE_SCALE_MEANINGS: Final = _read_source_scales()
SOURCE_SCALES: Final = tuple(SOURCE_SCALE_MEANINGS)

_INTERACTION_BY_CLASSES: Final[Mapping[tuple[int, int | None], Interaction]] = _index_interactions()
_INTER_BY_LABEL: Final = {each.label: each.inter for each in ACTOR_CLASSES.values()}


def _name_class(inter: int | None) -> str:
    """Return how an error message calls a class: its label and number, or what was given instead."""
    known = None if inter is None else ACTOR_CLASSES.get(inter)
    return f"{known.label} ({known.inter})" if known else repr(inter)


def _find_interaction(inter1: int, inter2: int | None) -> Interaction:
    """Return the interaction of two classes in either order, or of one alone."""
    found = _INTERACTION_BY_CLASSES.get((inter1, inter2))
    if found is None:
        raise ValueError(f"no interaction between actor classes {_name_class(inter1)} and {_name_class(inter2)}")
    return found


def interaction_code(inter1: int, inter2: int | None) -> int:
    """Return the two-digit code of an interaction; the order of the classes does not matter.

    Args:
        inter1: Class of the first actor, 1 to 8.
        inter2: Class of the second actor, or None if the first acts alone.

    Raises:
        ValueError: One of the two is not a class. The message names both.
    """
    return _find_interaction(inter1, inter2).interaction


def interaction_label(inter1: int, inter2: int | None) -> str:
    """Return an interaction in words, such as `State forces-Rioters` or `Protesters only`.

    Args:
        inter1: Class of the first actor, 1 to 8.
        inter2: Class of the second actor, or None if the first acts alone.

    Raises:
        ValueError: One of the two is not a class. The message names both.
    """
    return _find_interaction(inter1, inter2).label


def interaction_from_labels(label1: str, label2: str | None) -> str:
    """Return an interaction in words from the labels of its actor classes; their order does not matter.

    Args:
        label1: Label of the first actor's class.
        label2: Label of the second actor's class, or None if the first acts alone.

    Raises:
        ValueError: One of the two is not a label of a class.
    """
    for label in (label1, label2):
        if label is not None and label not in _INTER_BY_LABEL:
            raise ValueError(f"{label!r} is not an actor class; known are {', '.join(ACTOR_CLASS_LABELS)}")
    return interaction_label(_INTER_BY_LABEL[label1], None if label2 is None else _INTER_BY_LABEL[label2])


def _order_source_scales(scales: Iterable[str]) -> tuple[str, ...]:
    """Return the distinct scales in the order of `SOURCE_SCALES`."""
    distinct = set(scales)
    if unknown := sorted(distinct.difference(SOURCE_SCALES)):
        raise ValueError(f"unknown source scale {', '.join(map(repr, unknown))}; known are {', '.join(SOURCE_SCALES)}")
    return tuple(scale for scale in SOURCE_SCALES if scale in distinct)


def join_source_scales(scales: Iterable[str]) -> str:
    """Return the source_scale of an event from the scales of its sources.

    Args:
        scales: Scale of each source, in any order; repetitions do not matter.

    Returns:
        The scale itself if there is but one, else the first and the last of them in the order of `SOURCE_SCALES`,
        joined by a hyphen.

    Raises:
        ValueError: No scale is given, or one is unknown.
    """
    ordered = _order_source_scales(scales)
    if not ordered:
        raise ValueError("a source_scale needs at least one scale")
    return ordered[0] if len(ordered) == 1 else f"{ordered[0]}-{ordered[-1]}"


def split_source_scale(text: str) -> tuple[str, ...]:
    """Return the one or two scales of a source_scale in the order of `SOURCE_SCALES`, in whichever order it has them.

    Args:
        text: One scale, or two different ones joined by a hyphen. No scale has a hyphen in its name.

    Raises:
        ValueError: A scale is unknown or repeated, or there are more than two.
    """
    parts = text.split("-")
    ordered = _order_source_scales(parts)
    if len(parts) > 2 or len(ordered) < len(parts):
        raise ValueError(f"a source_scale is one scale or two different ones, not {text!r}")
    return ordered
