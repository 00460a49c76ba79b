"""The columns `source` and `source_scale`."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.matching.voters import Row
from pipeline.resources.sources import SourceRegistry
from schemas.taxonomy import join_source_scales


def list_sources(rows: Sequence[Row], sources: SourceRegistry) -> str:
    """The outlets of an event in alphabetical order, joined by `; `.

    A registered outlet has its usual name, or the one that hides it; another the name that its article gave.

    Args:
        rows: All reports of the event.
        sources: The registry.
    """
    names: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: str(row["report_id"])):
        registered = sources.get(row["source_id"])
        names.setdefault(row["source_id"], registered.public_name if registered else row["source_name"])
    return "; ".join(sorted({_in_list(name) for name in names.values()}))


def _in_list(name: str) -> str:
    """A name that may stand in a list joined by `; `."""
    parts = [part.strip() for part in name.split(";")]
    return ", ".join(part for part in parts if part)


def scale_of(rows: Sequence[Row], country: str, sources: SourceRegistry) -> str:
    """The source_scale of an event in a country, from all outlets that tell it."""
    return join_source_scales(sources.scale(source_id, country) for source_id in sorted({row["source_id"] for row in rows}))
