"""GeoNames files that a user has added to a dataset: where they lie, what they hold, and their lines one by one."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from pipeline.errors import InputError
from pipeline.resources.geonames_rows import Kind, kinds_of

FOLDER: Final = Path("data/raw/gazetteer")
"""Where a dataset keeps them."""
NOTE: Final = ".meta.json"
"""What the name of the note beside a file ends in."""
MAXIMUM_BYTES: Final = 8 * 1024**3
"""Bytes that may be unpacked from one archive."""

_LONGEST_LINE: Final = 1024 * 1024
_LOOKED_AT: Final = 100
# What GeoNames packs beside the data.
_BESIDE: Final = frozenset(("readme.txt", "iso-languagecodes.txt"))
_FORMAT: Final = "https://download.geonames.org/export/dump/readme.txt"


@dataclass(frozen=True, slots=True)
class GeonamesFile:
    """One file: its path, and the SHA-256 of its bytes."""

    path: Path
    sha256: str

    @property
    def name(self) -> str:
        """Name in the folder."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class GeonamesFiles:
    """The files that a dataset holds, by name; every look-up made from them is a function of their names and bytes."""

    files: tuple[GeonamesFile, ...]

    @classmethod
    def of(cls, root: Path) -> GeonamesFiles:
        """The files in the folder of a dataset; hidden files, README files and notes are left out.

        Raises:
            InputError: One cannot be read.
        """
        folder = root / FOLDER
        found = sorted(folder.iterdir()) if folder.is_dir() else []
        kept = [path for path in found if not path.name.startswith((".", "README")) and not path.name.endswith(NOTE)]
        return cls(tuple(GeonamesFile(path, file_sha256(path)) for path in kept))

    @property
    def digest(self) -> str:
        """Hash of names and bytes; empty if there is no file."""
        if not self.files:
            return ""
        return hashlib.sha256(repr([(file.name, file.sha256) for file in self.files]).encode()).hexdigest()


NO_FILES: Final = GeonamesFiles(())


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes.

    Raises:
        InputError: It is missing, is no file or cannot be read.
    """
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}). Check its name and permissions.") from None


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """The text in a file, or in the one table of an archive."""
    if not zipfile.is_zipfile(path):
        with path.open("rb") as stream:
            yield stream
        return
    with zipfile.ZipFile(path) as archive:
        tables = [each for each in archive.infolist() if each.filename.lower().endswith(".txt") and each.filename not in _BESIDE]
        if len(tables) != 1:
            raise InputError(
                f"{path}: holds {len(tables)} tables, expected one .txt as in GeoNames' archives. Unpack it and add the table."
            )
        if tables[0].file_size > MAXIMUM_BYTES:
            raise InputError(f"{path}: holds more than {MAXIMUM_BYTES:,} bytes. Add the dumps of single countries instead.")
        with archive.open(tables[0]) as member:
            yield member


def numbered_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of a table with their numbers from 1; empty ones are left out.

    Raises:
        InputError: The file cannot be read, or is an archive of something else.
    """
    try:
        with _opened(path) as stream:
            total = number = 0
            while line := stream.readline(_LONGEST_LINE):
                number += 1
                # What an archive says of its sizes need not be so.
                total += len(line)
                if total > MAXIMUM_BYTES:
                    raise InputError(f"{path}: holds more than {MAXIMUM_BYTES:,} bytes. Add the dumps of single countries instead.")
                if line.strip():
                    yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise InputError(f"{path}: the archive is damaged or encrypted. Download it again.") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}). Check its name and permissions.") from None


def kind_of(path: Path) -> Kind:
    """What a file holds, as its first lines tell.

    Raises:
        InputError: None of them is in a format that GeoNames publishes.
    """
    first = b""
    for position, (_, line) in enumerate(numbered_lines(path)):
        first = first or line
        if found := next(kinds_of(line), None):
            return found
        if position == _LOOKED_AT:
            break
    if not first:
        raise InputError(f"{path}: is empty. Download it again.")
    columns = first.count(b"\t") + 1
    raise InputError(
        f"{path}: not a table of GeoNames. Its first line has {columns} column(s) between tabs; a dump such as IQ.zip has 19, "
        f"alternateNamesV2.txt 10, admin1CodesASCII.txt and admin2Codes.txt 4: see {_FORMAT}."
    )
