"""What several tests share."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import hypothesis
import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = REPOSITORY.parent / "shared"

# The machine decides how long an example takes; what a law says does not depend on it. The same examples on every run, so that
# a failure is a change of the code: `--hypothesis-profile explore` looks for new ones.
hypothesis.settings.register_profile("repeatable", deadline=None, derandomize=True)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=1000)
hypothesis.settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def repository() -> Path:
    """Top of the checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of annotated articles that lies beside some checkouts; tests that need it skip without it."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside this checkout: it holds texts that may not be in the repository")
    return SHARED


class Dataset:
    """A dataset in a folder of its own, built in this process."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in ("data/raw/decisions", "seeds"):
            (root / folder).mkdir(parents=True, exist_ok=True)
        self.set({})

    def set(self, settings: dict[str, dict[str, object]]) -> None:
        lines = []
        for section, values in settings.items():
            lines += [f"[{section}]", *(f"{key} = {json.dumps(value)}" for key, value in values.items())]
        (self.root / "dataset.toml").write_text("\n".join(lines), encoding="utf-8")

    def write_articles(self, articles: list[dict[str, object]], name: str = "articles.jsonl") -> None:
        path = self.root / "data" / "raw" / name
        path.write_text("".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles), encoding="utf-8")

    def write_decisions(self, decisions: list[dict[str, object]]) -> None:
        path = self.root / "data" / "raw" / "decisions" / "coder.jsonl"
        path.write_text("".join(json.dumps(decision) + "\n" for decision in decisions), encoding="utf-8")

    def write_seed(self, name: str, rows: list[dict[str, str]]) -> None:
        from pipeline.resources.seeds import SEED_TABLES

        path = self.root / "seeds" / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, SEED_TABLES[name].columns)
            writer.writeheader()
            writer.writerows(rows)

    def build(self, jobs: int = 1):
        from pipeline.runner import Build

        build = Build(self.root, jobs=jobs)
        self.summaries = build.run()
        return build.reader()

    def publish(self, version: str, **options: object):
        from pipeline.publishing.release import publish_release
        from pipeline.resources.bundle import Resources
        from pipeline.resources.seeds import Seeds
        from pipeline.runner import Build

        build = Build(self.root)
        build.run()
        return publish_release(
            build.reader(),
            root=self.root,
            version=version,
            date=None,
            previous=None,
            resources=Resources(Seeds.of(self.root)),
            settings=build.settings,
            **options,
        )

    def export(self, out: Path) -> dict[str, bytes]:
        from pipeline.publishing.export import export_tables
        from pipeline.runner import Build

        export_tables(Build(self.root).reader(), out)
        return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    """An empty dataset."""
    return Dataset(tmp_path / "dataset")


@pytest.fixture
def new_dataset(tmp_path_factory: pytest.TempPathFactory):
    """Makes empty datasets, each in a folder of its own."""
    return lambda: Dataset(tmp_path_factory.mktemp("data") / "set")


@pytest.fixture(scope="session")
def sample() -> list[dict[str, object]]:
    """The articles of the sample corpus."""
    path = REPOSITORY / "seeds" / "sample" / "articles.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
