"""Who a name stands for in a country on a day, and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from pipeline.errors import RefusedError
from pipeline.resources.actor_rows import Actor
from pipeline.resources.actor_scenes import ActorResolution
from pipeline.resources.bundle import Resources
from schemas.taxonomy import ACTOR_CLASSES, COUNTRY_BY_ISO2

_REASONS = {
    "named": "the name of an actor",
    "full_name": "a full name of the registry",
    "outside_validity": "the name did not hold that day",
    "unregistered": "the registry lacks it: its form shows an armed organisation",
    "succession": "what it had become, or had been, by that day",
    "ambiguous": "either may be meant",
    "regime_unknown": "the table of regimes does not cover that day",
    "abroad": "a state's forces outside it",
    "country_as_actor": "a country that acts stands for its forces",
    "nationals": "people of a country",
    "party": "people of a party",
    "local": "what such words mean in that country in those years",
    "unit": "a unit of a name that only other countries' are known by",
}


@dataclass(frozen=True)
class Answer:
    """What a name stands for.

    Attributes:
        words: The name that was asked for.
        country: Country of the event, if one was named.
        day: Its day, if one was named.
        resolution: The actor; None if the words name nobody known.
        rows: Rows of the registry that have the name, wherever and whenever.
    """

    words: str
    country: str | None
    day: dt.date | None
    resolution: ActorResolution | None
    rows: tuple[Actor, ...]

    def as_dict(self) -> dict[str, Any]:
        """The answer for a JSON summary."""
        found = self.resolution
        return {
            "words": self.words,
            "country": self.country,
            "day": str(self.day) if self.day else None,
            "name": found.name if found else None,
            "actor_id": found.actor_id if found else None,
            "inter": found.inter if found else None,
            "associate": found.associate if found else None,
            "reasons": list(found.reasons) if found else [],
            "rows": [_row(row) for row in self.rows],
        }


def _row(row: Actor) -> dict[str, Any]:
    return {
        "actor_id": row.actor_id,
        "name": row.name,
        "kind": row.kind,
        "inter": row.inter,
        "country": row.country,
        "valid_from": str(row.valid_from) if row.valid_from else None,
        "valid_to": str(row.valid_to) if row.valid_to else None,
        "parent": row.parent,
        "successor": row.successor,
        "aliases": [f"{language}:{name}" for name, language in zip(row.aliases, row.languages, strict=True)],
    }


def country_named(words: str | None, resources: Resources) -> str | None:
    """The country that an option names: its name, another name of it, or its ISO 3166 two-letter code.

    Raises:
        RefusedError: No country is called so.
    """
    if words is None:
        return None
    known = COUNTRY_BY_ISO2.get(words.upper()) if len(words) == 2 else None
    found = known.country if known else resources.countries.name_of(words)
    if found is None:
        raise RefusedError(f"--country {words}: no country is called so. Write its name or its two-letter code, as Iraq or IQ.")
    return found


def day_named(words: str | None) -> dt.date | None:
    """The day that an option names.

    Raises:
        RefusedError: It is no day.
    """
    try:
        return dt.date.fromisoformat(words) if words else None
    except ValueError:
        raise RefusedError(f"--day {words}: write a day as 2017-10-16.") from None


def search(resources: Resources, words: str, country: str | None, day: dt.date | None) -> Answer:
    """Who a name stands for, as a violent actor of an event in that country on that day, and the rows that have the name."""
    found = resources.actors.resolve(words, country=country, day=day, is_armed=True)
    return Answer(words, country, day, found, tuple(resources.actors.rows_named(words)))


def as_text(answer: Answer) -> str:
    """The answer in lines for people."""
    found = answer.resolution
    where = f" in {answer.country}" if answer.country else ""
    when = f" on {answer.day}" if answer.day else ""
    if found is None:
        lines = [f"{answer.words}{where}{when}: nobody known."]
    else:
        reasons = "; ".join(_REASONS.get(each, each.replace("generic:", "people by what they are: ")) for each in found.reasons)
        lines = [f"{answer.words}{where}{when}: {found.name}", f"  class {found.inter}, {ACTOR_CLASSES[found.inter].label}"]
        lines += [f"  with {found.associate}"] if found.associate else []
        lines += [f"  key {found.actor_id}" if found.actor_id else "  not in the registry", f"  because: {reasons}"]
    for row in answer.rows:
        days = f"{row.valid_from or '...'} to {row.valid_to or '...'}"
        links = "".join(f", {link} {key}" for link, key in (("part of", row.parent), ("became", row.successor)) if key)
        lines.append(f"  row {row.actor_id}: {row.name}, class {row.inter}, {row.country or 'no one country'}, {days}{links}")
    return "\n".join(lines)
