"""What a picture needs of a release."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from khaldun.load import load
from pipeline.errors import InputError

_COLUMNS = [
    "event_date", "event_type", "country", "location", "latitude", "longitude", "geo_precision", "fatalities", "fatalities_low",
    "fatalities_high",
]  # fmt: skip


@dataclass(frozen=True)
class PicturedRelease:
    """A release to draw.

    Attributes:
        title: Title of the dataset.
        version: The release.
        licence: Short name of its licence.
        content: Content hash of the release.
        events: Its events, one row each, in order of their id.
    """

    title: str
    version: str
    licence: str
    content: str
    events: pd.DataFrame


def read_release(folder: Path) -> PicturedRelease:
    """The release that lies in a folder.

    Raises:
        InputError: There is no release in the folder, or it holds no event.
    """
    try:
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        content = json.loads((folder / "CONTENT_HASHES.json").read_text(encoding="utf-8"))["release"]
        events = load("events", root=folder)
        release = PicturedRelease(package["title"], package["version"], package["licenses"][0]["name"], content, events[_COLUMNS])
    except (OSError, ValueError, KeyError, IndexError, TypeError):
        raise InputError(f"{folder}: no release lies here. Name a folder such as data/processed/releases/2026.11.0.") from None
    if events.empty:
        raise InputError(f"{folder}: the release holds no event, so there is nothing to draw.")
    return release
