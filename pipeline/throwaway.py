"""Datasets that are made to look at something and thrown away at once."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.progress import Reporter
from pipeline.resources.geonames_files import FOLDER
from pipeline.resources.seeds import OF_OWN_ARTICLES
from pipeline.runner import Build
from pipeline.settings import Settings, load_settings


@contextmanager
def throwaway_dataset(
    articles: bytes, *, root: Path | None = None, jobs: int | None = None, reporter: Reporter | None = None
) -> Iterator[Build]:
    """A dataset of some articles in a temporary folder, not built yet; the folder is removed at the end.

    Args:
        articles: Content of a JSON Lines file of articles.
        root: A dataset whose settings, seeds, added gazetteers and accepted answers of geocoders are used, if it has a
            dataset.toml; else the defaults. Its decisions are not, nor what it says of its own articles.
        jobs: Processes to use; the dataset's setting if None.
        reporter: Told of progress.
    """
    own = root if root is not None and (root / "dataset.toml").is_file() else None
    settings = load_settings(own / "dataset.toml") if own else Settings()
    with tempfile.TemporaryDirectory(prefix="khaldun-") as name:
        folder = Path(name)
        raw = folder / "data" / "raw"
        raw.mkdir(parents=True)
        (raw / "articles.jsonl").write_bytes(articles)
        for kept in ("seeds", "data/raw/geocodes"):
            (folder / kept).mkdir()
            for path in sorted((own / kept).glob("*.csv")) if own else ():
                if path.stem not in OF_OWN_ARTICLES:
                    shutil.copy(path, folder / kept)
        if own and (own / FOLDER).is_dir():
            (folder / FOLDER).symlink_to((own / FOLDER).resolve())
        yield Build(folder, jobs=jobs, reporter=reporter, settings=settings)
