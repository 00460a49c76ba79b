"""All checks, in the order in which they are listed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType, ModuleType

from pipeline.checking import actors, casualties, dates, event_types, interactions, links, places, texts
from pipeline.checking.check import Check

_MODULES: tuple[ModuleType, ...] = (event_types, actors, interactions, dates, places, casualties, texts, links)


def _by_code() -> dict[str, Check]:
    found: dict[str, Check] = {}
    for module in _MODULES:
        for check in vars(module).values():
            if isinstance(check, Check):
                if check.code in found:
                    raise ValueError(f"two checks have the code {check.code}")
                found[check.code] = check
    return found


CHECKS: Mapping[str, Check] = MappingProxyType(_by_code())
"""Every check across columns and tables by its code; rules on single columns are in `schemas.validation`."""
