"""How a release gets onto the disk as a whole or not at all.

1. the ledger is written and flushed under its pending name;
2. the release is written into `.staging-...` and flushed;
3. the staging folder is renamed to `releases/<version>`: from here on the release exists;
4. the pending ledger is renamed to its final name.

Killed before 3, the next publication clears away what was begun; killed after it, the next one ends it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from khaldun.versions import RELEASES_FOLDER, Version
from pipeline.durable import sync_folder
from pipeline.errors import InputError
from pipeline.publishing.ledger import Ledger, LedgerFolder, read_ledger

_STAGING = ".staging-"
_REPLACED = ".replaced-"


class ReleaseFolders:
    """The releases of one dataset."""

    def __init__(self, root: Path) -> None:
        """Open the releases of the dataset in `root`; there may be none yet."""
        self.folder = root / RELEASES_FOLDER
        self.ledgers = LedgerFolder(root)

    def path(self, version: Version) -> Path:
        """The folder of one release."""
        return self.folder / str(version)

    def content_hash(self, version: Version) -> str | None:
        """Content hash that a published folder states; None if there is no folder, or if it states none."""
        try:
            stated = json.loads((self.path(version) / "CONTENT_HASHES.json").read_text(encoding="utf-8"))
            return str(stated["release"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def recover(self) -> None:
        """End or clear away what an earlier publication left when it was cut short."""
        for version in self.ledgers.pending():
            self._end_pending(version)
        if not self.folder.is_dir():
            return
        for path in sorted(self.folder.glob(f"{_REPLACED}*")):
            target = self.folder / path.name.removeprefix(_REPLACED)
            if not target.exists():
                path.rename(target)
        for path in sorted([*self.folder.glob(f"{_STAGING}*"), *self.folder.glob(f"{_REPLACED}*")]):
            shutil.rmtree(path)

    def _end_pending(self, version: Version) -> None:
        pending = self.ledgers.pending_path(version)
        try:
            ledger = read_ledger(pending)
        except InputError:
            pending.unlink()
            return
        if self.content_hash(version) == ledger.facts.content_hash:
            self._settle(version)
        else:
            pending.unlink()

    def _settle(self, version: Version) -> None:
        self.ledgers.pending_path(version).rename(self.ledgers.path(version))
        sync_folder(self.ledgers.folder)

    def commit(self, version: Version, write: Callable[[Path], None], ledger: Ledger | None) -> Path:
        """Write a release and, unless it is a draft, its ledger.

        Args:
            version: The release; a draft's folder is replaced, any other must not exist.
            write: Writes the files of the release into an empty folder.
            ledger: What the next release needs to remember; None for drafts, and where it stands already.
        """
        if ledger is not None:
            self.ledgers.write_pending(version, ledger)
        self.folder.mkdir(parents=True, exist_ok=True)
        staging = self.folder / f"{_STAGING}{version}-{os.getpid()}"
        staging.mkdir()
        write(staging)
        flush_files(staging)
        self._put_in_place(staging, version)
        if ledger is not None:
            self._settle(version)
        return self.path(version)

    def commit_ledger(self, version: Version, ledger: Ledger) -> None:
        """Write only the ledger of a release whose folder stands already."""
        self.ledgers.write_pending(version, ledger)
        self._settle(version)

    def _put_in_place(self, staging: Path, version: Version) -> None:
        target = self.path(version)
        replaced = self.folder / f"{_REPLACED}{version}"
        if version.is_dev and target.exists():
            target.rename(replaced)
        staging.rename(target)
        sync_folder(self.folder)
        if replaced.exists():
            shutil.rmtree(replaced)


def flush_files(folder: Path) -> None:
    """Flush every file of a folder, and its list of names, to disk."""
    for path in sorted(folder.iterdir()):
        with path.open("rb") as file:
            os.fsync(file.fileno())
    sync_folder(folder)
