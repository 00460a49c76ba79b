"""Copying files into data/raw, byte for byte, with a note of where each came from."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pipeline.durable import replacing
from pipeline.errors import InputError, RefusedError
from pipeline.ingest.problems import printable
from pipeline.ingest.publication_dates import read_moment
from pipeline.ingest.raw import APART

_SUFFIX: Final = ".meta.json"


@dataclass(frozen=True, slots=True)
class ReceiveSummary:
    """What became of files that were to be received, as sorted POSIX paths below data/raw.

    Attributes:
        copied: Copied now.
        present: There already, with the same bytes.
    """

    copied: tuple[str, ...]
    present: tuple[str, ...]


def receive(paths: list[Path], raw: Path, *, retrieved_at: str | None) -> ReceiveSummary:
    """Copies files and folders into data/raw, each file with a `<file>.meta.json`.

    A folder keeps its name and layout; hidden files in it are left. Nothing is copied unless all can be. Each file appears
    whole or not at all, even if the computer stops in between.

    Args:
        paths: Files and folders.
        raw: The folder data/raw, made if it is missing.
        retrieved_at: Moment at which the files were received, or None if not known; a folder's own .meta.json comes next.

    Raises:
        InputError: A path is missing or cannot be read, or retrieved_at is no moment.
        RefusedError: A symbolic link, a name that data/raw keeps for something else, or other bytes under a used name.
    """
    moment = _moment(retrieved_at)
    wanted: dict[str, tuple[Path, str]] = {}
    for path in paths:
        for name, file in _files(path, raw):
            digest = _digest(file)
            if wanted.setdefault(name, (file, digest))[1] != digest:
                raise RefusedError(f"{file}: {wanted[name][0]} has the same name and other bytes. Rename one of them.")
    present = [name for name, (file, digest) in wanted.items() if _is_there(raw, name, file, digest)]
    for name in sorted(set(wanted) - set(present)):
        file, digest = wanted[name]
        _copy(file, raw / name, digest, moment or _own_moment(file))
    return ReceiveSummary(tuple(sorted(set(wanted) - set(present))), tuple(sorted(present)))


def _moment(given: str | None) -> str | None:
    if given is None:
        return None
    moment = read_moment(given)
    if moment is None:
        raise InputError(f"{given!r} is no moment of retrieval. Write it as 2021-10-26T21:38:00Z.")
    return moment.isoformat().replace("+00:00", "Z")


def _files(path: Path, raw: Path) -> Iterator[tuple[str, Path]]:
    """The files at a path and the names that they get below data/raw."""
    if path.is_symlink():
        raise RefusedError(f"{path}: is a symbolic link. Name the file itself.")
    if path.is_dir():
        if raw.resolve().is_relative_to(path.resolve()):
            raise RefusedError(f"{path}: holds {raw}, where it would be copied to. Name the files in it.")
        yield from _folder(path, _place(path, raw))
    elif not path.exists():
        raise InputError(f"{path}: not found. Check its name.")
    elif path.name.startswith((".", "README")) or path.name.endswith(_SUFFIX):
        raise RefusedError(f"{path}: files of this name are not read as articles. Rename it.")
    else:
        yield _checked(_place(path, raw), path), path


def _place(path: Path, raw: Path) -> str:
    """Where a path goes below data/raw: to its own name, or nowhere if it lies there already."""
    # `.` and `..` have no name of their own.
    resolved = path.resolve()
    return resolved.relative_to(raw.resolve()).as_posix() if resolved.is_relative_to(raw.resolve()) else resolved.name


def _folder(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    if prefix in APART or prefix.startswith("."):
        raise RefusedError(f"{folder}: a folder called {prefix} in data/raw is not read as articles. Rename it.")
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise InputError(f"{folder}: cannot be read ({error.strerror}). Check its permissions.") from None
    for entry in entries:
        if entry.name.startswith(".") or entry.name.endswith(_SUFFIX):
            continue
        if entry.is_symlink():
            raise RefusedError(f"{entry}: is a symbolic link. Put the file itself in its place.")
        if entry.is_dir():
            yield from _folder(entry, f"{prefix}/{entry.name}")
        else:
            yield _checked(f"{prefix}/{entry.name}", entry), entry


def _checked(name: str, file: Path) -> str:
    if printable(name) != name or not file.is_file():
        raise RefusedError(f"{printable(str(file))}: is no ordinary file with a name in UTF-8. Rename it, or leave it out.")
    return name


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror}). Check its permissions.") from None


def _is_there(raw: Path, name: str, file: Path, digest: str) -> bool:
    """Whether data/raw holds the file already."""
    target = raw / name
    for place in (target, *target.parents):
        if place == raw:
            break
        if place.is_symlink() or (place != target and place.exists() and not place.is_dir()):
            raise RefusedError(f"{file}: {place} is in the way. Choose another name for what you give.")
    if not target.exists():
        return False
    if target.is_file() and _digest(target) == digest:
        return True
    raise RefusedError(f"{file}: {target} holds other bytes. Raw files are never changed: choose another name.")


def _own_moment(file: Path) -> str | None:
    """retrieved_at of a .meta.json that lies beside the file."""
    try:
        found: Any = json.loads(file.with_name(file.name + _SUFFIX).read_bytes())
        given = found.get("retrieved_at") if isinstance(found, dict) else None
    except (OSError, ValueError, RecursionError):
        return None
    return given if isinstance(given, str) and read_moment(given) is not None else None


def _copy(file: Path, target: Path, digest: str, retrieved_at: str | None) -> None:
    """The note first: a file without its note would be read without its moment of retrieval."""
    target.parent.mkdir(parents=True, exist_ok=True)
    note: dict[str, object] = {"bytes": file.stat().st_size, "name": file.name, "sha256": digest}
    if retrieved_at is not None:
        note["retrieved_at"] = retrieved_at
    data = (json.dumps(note, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
    _write(target.with_name(target.name + _SUFFIX), data)
    _write(target, file)
    if _digest(target) != digest:
        target.unlink()
        raise InputError(f"{file}: changed while it was copied. Receive it again.")


def _write(target: Path, content: bytes | Path) -> None:
    # The name it has until it is whole begins with a dot: it is never read, whatever becomes of it.
    try:
        with replacing(target) as stream:
            if isinstance(content, bytes):
                stream.write(content)
            else:
                with content.open("rb") as given:
                    shutil.copyfileobj(given, stream, 1024 * 1024)
    except OSError as error:
        raise InputError(f"{target}: cannot be written ({error.strerror}). Check permissions and free space.") from None
