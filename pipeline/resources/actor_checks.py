"""What must hold across the rows of seeds/actors.csv: links lead somewhere, and a name means one actor on a day in a country."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import combinations

from pipeline.errors import SeedError
from pipeline.resources.actor_rows import Actor
from pipeline.resources.names import fold_name


def check_links(rows: Mapping[str, Actor]) -> None:
    """Every parent and successor is a row, and no row descends from itself.

    Raises:
        SeedError: One is not; says which.
    """
    for link in ("parent", "successor"):
        for key, row in rows.items():
            seen, other = {key}, getattr(row, link)
            while other is not None:
                if other not in rows:
                    raise SeedError(f"actors: {key}: {link} {other!r} is no actor_id of the table. Add its row.")
                if other in seen:
                    raise SeedError(f"actors: {key}: its {link} leads back to {other!r}. Break the circle.")
                seen.add(other)
                other = getattr(rows[other], link)


def check_names(rows: Mapping[str, Actor], names: Mapping[str, Iterable[str]]) -> None:
    """No two actors have one name on one day in one country, unless a row says that it is ambiguous.

    A name that is at home nowhere gives way to one that is at home where it is heard, so only equal homes collide.

    Args:
        rows: The rows by key.
        names: Keys with their kind (`registry:x`) by name.

    Raises:
        SeedError: Two have; says which, and what to do.
    """
    ambiguous = {fold_name(name) for row in rows.values() for name in row.ambiguous}
    holders: dict[str, dict[str, str]] = {}
    for name, keys in names.items():
        for key in keys:
            if key.startswith("registry:"):
                holders.setdefault(name.casefold(), {})[key.removeprefix("registry:")] = name
    for found in holders.values():
        for one, other in combinations(sorted(found), 2):
            if _meet(rows[one], rows[other]) and fold_name(found[one]) not in ambiguous:
                raise SeedError(
                    f"actors: {one} and {other} are both called {found[one]!r} at one time in {rows[one].country or 'no country'}. "
                    "Correct their days, or write it into `ambiguous` of one of them."
                )


def _meet(one: Actor, other: Actor) -> bool:
    """Whether two actors are at home in one place, and on some day both there."""
    first, last = dt.date.min, dt.date.max
    starts, ends = max(one.valid_from or first, other.valid_from or first), min(one.valid_to or last, other.valid_to or last)
    return one.country == other.country and starts <= ends
