from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from pipeline.ingest.raw import scan
from pipeline.ingest.stage import current_articles, find_versions, read_partition
from pipeline.resources.seeds import SEED_TABLES, read_seed_file, shipped_seeds
from pipeline.resources.sources import SourceRegistry
from pipeline.settings import IngestSettings, Settings

RESOURCES = SimpleNamespace(
    sources=SourceRegistry.from_rows(read_seed_file(shipped_seeds() / "sources.csv", SEED_TABLES["sources"])),
    corrections=(),
    countries=SimpleNamespace(utc_offset={"Iraq": 3.0, "United Kingdom": 0.0}.get),
)

GOOD = "Armed men attacked a village near Daquq on Monday and wounded two farmers, the mayor said."


class Ingested:
    """What a build makes of a folder, whatever the size of its partitions."""

    def __init__(self, raw: Path, partition_size: int, encoding: str, **limits: int) -> None:
        self.partitions = scan(raw, partition_size=partition_size, encoding=encoding, **limits)
        settings = Settings(ingest=IngestSettings(minimum_characters=20, maximum_characters=2_000))
        made = [read_partition(each, raw=raw, resources=RESOURCES, settings=settings) for each in self.partitions]
        self.read_articles = pd.concat([each["read_articles"] for each in made] or [pd.DataFrame()], ignore_index=True)
        self.problems = pd.concat([each["ingest_problems"] for each in made] or [pd.DataFrame()], ignore_index=True)
        if made:
            self.versions = find_versions(self.read_articles)["article_versions"]
            parts = [current_articles(each["read_articles"], self.versions, resources=RESOURCES)["articles"] for each in made]
            self.articles = pd.concat(parts, ignore_index=True).sort_values("article_id", ignore_index=True)

    def codes(self) -> set[tuple[str, str]]:
        return set(zip(self.problems["origin"], self.problems["code"], strict=True))

    def ids(self, status: str = "ok") -> set[str]:
        rows = self.articles[self.articles["status"] == status]
        return {str(each) for each in rows["external_id"]}


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    path = tmp_path / "raw"
    path.mkdir()
    return path


@pytest.fixture
def ingest(raw: Path) -> Callable[..., Ingested]:
    def run(partition_size: int = 100, encoding: str = "utf-8", **limits: int) -> Ingested:
        return Ingested(raw, partition_size, encoding, **limits)

    return run
