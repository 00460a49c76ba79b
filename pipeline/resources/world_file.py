"""A file of arrays that many processes read in place: written once, mapped into memory, never changed."""

from __future__ import annotations

import fcntl
import json
import mmap
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.durable import write_atomically

_MAGIC = b"khaldun arrays 1\n"
_ALIGNMENT = 64
_KEPT = 3
"""Files of other versions that stay beside a new one: two installations may share a folder."""


@dataclass(frozen=True)
class MappedArrays:
    """Arrays in a mapped file.

    Attributes:
        facts: What the writer said of them.
        arrays: Views by name; nothing is copied. Bytes have the format `B`.
    """

    facts: Mapping[str, Any]
    arrays: Mapping[str, memoryview]


def pack(facts: Mapping[str, Any], arrays: Mapping[str, tuple[str, bytes]]) -> bytes:
    """The content of a file, of arrays given as format of `memoryview.cast` and bytes of this machine; equal if the input is."""
    layout, position = {}, 0
    for name, (code, data) in sorted(arrays.items()):
        layout[name] = [code, position, len(data)]
        position += -(-len(data) // _ALIGNMENT) * _ALIGNMENT
    header = json.dumps({"facts": facts, "layout": layout, "length": position}, sort_keys=True).encode()
    prefix = _MAGIC + len(header).to_bytes(8, "little") + header
    pieces = [prefix, bytes(-len(prefix) % _ALIGNMENT)]
    for _, (_, data) in sorted(arrays.items()):
        pieces += (data, bytes(-len(data) % _ALIGNMENT))
    return b"".join(pieces)


def unpack(content: mmap.mmap | bytes) -> MappedArrays:
    """The arrays in a file's content.

    Raises:
        ValueError: The content is not whole, or of another kind.
    """
    view = memoryview(content)
    begin = len(_MAGIC) + 8
    if bytes(view[: len(_MAGIC)]) != _MAGIC or len(view) < begin:
        raise ValueError("not a file of arrays")
    first = begin + int.from_bytes(view[len(_MAGIC) : begin], "little")
    header = json.loads(bytes(view[begin:first]))
    first += -first % _ALIGNMENT
    if len(view) != first + header["length"]:
        raise ValueError(f"{len(view)} bytes, expected {first + header['length']}")
    arrays = {
        name: view[first + start : first + start + length].cast(code) for name, (code, start, length) in header["layout"].items()
    }
    return MappedArrays(header["facts"], arrays)


def open_or_make(name: str, make: Callable[[], bytes], folder: Path | None = None) -> MappedArrays:
    """The arrays of a file in the user's cache, made if it is missing or damaged.

    Of several processes that miss it one makes it, the others wait. Where nothing can be kept, it is made for this process alone.

    Args:
        name: Name of the file: what it holds, in which version.
        make: Makes its content; called at most once.
        folder: Where it is kept; by default the user's cache.
    """
    try:
        folder = folder or user_folder()
        path = folder / name
        if (found := _mapped(path)) is not None:
            return found
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder / f".{name}.lock"):
            if (found := _mapped(path)) is None:
                write_atomically(path, make())
                _remove_old(folder, name)
                found = _mapped(path)
        if found is not None:
            return found
    except (OSError, RuntimeError):  # no home, read-only, full
        pass
    with tempfile.TemporaryFile() as file:
        file.write(make())
        file.flush()
        return unpack(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def user_folder() -> Path:
    """Where this user keeps what can be had again: `khaldun` in `$XDG_CACHE_HOME` or in `~/.cache`."""
    kept = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(kept) if Path(kept).is_absolute() else Path.home() / ".cache") / "khaldun"


def _mapped(path: Path) -> MappedArrays | None:
    try:
        with path.open("rb") as file:
            return unpack(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (FileNotFoundError, ValueError, KeyError):
        return None


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _remove_old(folder: Path, name: str) -> None:
    stem = name.partition("-")[0]
    others = [path for path in folder.glob(f"{stem}-*") if path.name != name]
    for path in sorted(others, key=lambda each: -each.stat().st_mtime_ns)[_KEPT:]:
        path.unlink(missing_ok=True)
        (folder / f".{path.name}.lock").unlink(missing_ok=True)
