"""Floors: the figures reached on each gold set, below which no change may bring them. They rise; they fall for a reason only."""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.errors import InputError, RefusedError

_HEAD = """\
# Floors of `make test`: what each gold set must reach, as shares from 0 to 1. docs/evaluation.md says what they are.
# Written by `python -m pipeline.evaluation.gate --update`. Do not edit by hand: a floor falls with --lower and a reason only.
"""
_NOT_EXACT = ("sub_event_type", "country", "fatalities")
"""Exact figures that the fields hold already, or nearly."""


@dataclass(frozen=True)
class SetFigures:
    """Figures, or floors, of one gold set.

    Attributes:
        sha256: Of its articles and gold coding: figures of other texts cannot be compared.
        parts: For `all`, `even` and `odd`, the figures by name.
    """

    sha256: str
    parts: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Lowering:
    """A floor that was lowered: `what` is SET.FIELD, or SET where its texts changed; `before` the floors that were given up."""

    what: str
    reason: str
    before: str


@dataclass(frozen=True)
class Floors:
    """All floors, by gold set, and every lowering there ever was."""

    sets: Mapping[str, SetFigures] = field(default_factory=dict)
    lowered: tuple[Lowering, ...] = ()


@dataclass(frozen=True)
class Breach:
    """A figure below its floor, or gone (None); `field` is "sha256" where the set is not the one that was pinned."""

    gold_set: str
    part: str
    field: str
    floor: float | None
    figure: float | None

    def __str__(self) -> str:
        """The breach in words."""
        if self.field == "sha256":
            return f"{self.gold_set}: other texts or gold than the floors were taken on"
        found = "no longer given" if self.figure is None else f"{self.figure:.4f}"
        return f"{self.gold_set}, {self.part}: {self.field} is {found}, its floor {self.floor:.2f}"


def floored_figures(found: Mapping[str, Any]) -> dict[str, float]:
    """The figures of an evaluation that have floors, by name: higher is better for each, and none gains by coding less.

    Args:
        found: What `pipeline.evaluation.evaluation.evaluate` returns.
    """
    figures: dict[str, float] = {}
    if relevance := found.get("relevance"):
        figures |= {"relevance": relevance["f1"], "no_false_alarm": round(1 - relevance["false_alarm"], 4)}
    figures |= {"detection": found["detection"]["f1"], "detection_precision": found["detection"]["p"]}
    figures |= {name: row["end_to_end"] for name, row in found["fields"].items()}
    figures |= {f"exact_{name}": row["end_to_end"] for name, row in found["exact"].items() if name not in _NOT_EXACT}
    if background := found.get("background"):
        figures["background"] = background["found"]
    if labels := found.get("sub_event_type"):
        figures |= {name: labels[name] for name in ("weighted_f1", "macro_f1", "none_left_alone")}
    return figures


def matching_figures(found: Mapping[str, Any]) -> dict[str, float]:
    """Figures of matching, which the whole set alone gives: halves tear apart what belongs together."""
    matching = found.get("matching")
    if not matching:
        return {}
    together = {"same_event_together": matching["together"]["f1"]} if "together" in matching else {}
    return {"same_event": matching["f1"], **together}


def check_floors(figures: Mapping[str, SetFigures], floors: Floors) -> list[Breach]:
    """Figures that lie below their floors, in sets that have floors; other sets, and sets not measured, are passed over."""
    found = []
    for name in sorted(set(figures) & set(floors.sets)):
        measured, pinned = figures[name], floors.sets[name]
        if measured.sha256 != pinned.sha256:
            found.append(Breach(name, "all", "sha256", None, None))
            continue
        for part, values in pinned.parts.items():
            for key, floor in values.items():
                figure = measured.parts.get(part, {}).get(key)
                if figure is None or figure < floor:
                    found.append(Breach(name, part, key, floor, figure))
    return found


def floor_of(figure: float) -> float:
    """The figure cut to two decimals; figures have four, so that 0.29 stays 0.29."""
    return math.floor(round(figure * 10_000) / 100) / 100


def raise_floors(figures: Mapping[str, SetFigures], floors: Floors) -> Floors:
    """Floors that are raised to the present figures; none falls, and a set whose texts changed is left as it is."""
    sets = dict(floors.sets)
    for name, measured in figures.items():
        pinned = floors.sets.get(name, SetFigures(measured.sha256, {}))
        if pinned.sha256 == measured.sha256:
            sets[name] = SetFigures(pinned.sha256, {part: _raised(measured, pinned, part) for part in measured.parts})
    return replace(floors, sets=sets)


def _raised(measured: SetFigures, pinned: SetFigures, part: str) -> dict[str, float]:
    now, before = {name: floor_of(value) for name, value in measured.parts[part].items()}, pinned.parts.get(part, {})
    return {name: max(now.get(name, 0.0), before.get(name, 0.0)) for name in [*now, *(name for name in before if name not in now)]}


def lower_floor(figures: Mapping[str, SetFigures], floors: Floors, what: str, reason: str) -> Floors:
    """Floors of which one is lowered to the present figures, in every part of its set, and the reason recorded.

    Args:
        figures: Present figures.
        floors: Present floors.
        what: SET.FIELD; or SET, whose texts or gold changed, so that all its floors are taken anew.
        reason: Why that is right.

    Raises:
        RefusedError: There is no reason, no such floor, or the set was not measured.
    """
    name, _, key = what.partition(".")
    if not reason.strip():
        raise RefusedError(f"--lower {what}: give a reason with --reason; it is kept with the floors.")
    if name not in floors.sets or name not in figures:
        known = ", ".join(sorted(set(floors.sets) & set(figures)))
        raise RefusedError(f"--lower {what}: no such set was measured and has floors. There are {known}.")
    measured, pinned = figures[name], floors.sets[name]
    if not key:
        before, kept = f"all floors on {pinned.sha256[:12]}", SetFigures(measured.sha256, {})
    elif not any(key in values for values in pinned.parts.values()):
        raise RefusedError(f"--lower {what}: the set {name} has no floor of that name.")
    else:
        before = ", ".join(f"{part} {values[key]:.2f}" for part, values in pinned.parts.items() if key in values)
        parts = {part: {other: value for other, value in values.items() if other != key} for part, values in pinned.parts.items()}
        kept = SetFigures(pinned.sha256, parts)
    without = replace(floors, sets={**floors.sets, name: kept}, lowered=(*floors.lowered, Lowering(what, reason.strip(), before)))
    return raise_floors({name: measured}, without)


def parse_floors(text: str, name: str) -> Floors:
    """Floors from the text of their file.

    Raises:
        InputError: It is not as `floors_text` writes it.
    """
    try:
        read = tomllib.loads(text)
        sets = {
            gold_set: SetFigures(
                str(held["sha256"]),
                {part: {key: float(floor) for key, floor in held[part].items()} for part in held if part != "sha256"},
            )
            for gold_set, held in read.get("sets", {}).items()
        }
        return Floors(sets, tuple(Lowering(row["what"], row["reason"], row["before"]) for row in read.get("lowered", ())))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{name}: cannot be used ({error}). Take it back from git; --update writes it.") from None


def floors_text(floors: Floors) -> str:
    """The file that holds the floors."""
    lines = [_HEAD]
    for name, pinned in sorted(floors.sets.items()):
        quoted = json.dumps(name, ensure_ascii=False)
        lines += [f"[sets.{quoted}]", f'sha256 = "{pinned.sha256}"', ""]
        for part, values in sorted(pinned.parts.items()):
            lines += [f"[sets.{quoted}.{part}]", *(f"{key} = {floor:.2f}" for key, floor in values.items()), ""]
    for row in floors.lowered:
        said = {"what": row.what, "reason": row.reason, "before": row.before}
        lines += ["[[lowered]]", *(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in said.items()), ""]
    return "\n".join(lines).rstrip() + "\n"
