"""Opening raw files: plain, compressed, or members of a zip archive that is never unpacked to disk."""

from __future__ import annotations

import codecs
import gzip
import io
import lzma
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Protocol

from pipeline.errors import SettingsError

MAXIMUM_RATIO: Final = 200
"""Times by which data may grow when it is unpacked; news text grows two- to tenfold."""
RATIO_ALLOWANCE: Final = 16 * 1024 * 1024
"""Bytes to which the ratio does not apply: small files of one repeated word are harmless."""

MISSING: Final = "missing"
"""Code of an error for a file that is not there: only who asked for it knows what that means."""

_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class UnreadableFileError(Exception):
    """A raw file that cannot be read on; `code` is the problem's code and the text says what was found."""

    def __init__(self, code: str, found: str) -> None:
        """An error of that code."""
        super().__init__(found)
        self.code = code


class Lines(Protocol):
    """What lines of bytes can be read from."""

    def readline(self, size: int, /) -> bytes:
        """The next line, or `size` bytes of it."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes."""


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file in data/raw, or a member of a zip archive there.

    Attributes:
        path: POSIX path below data/raw; for a member the archive's path, a slash and its name in the archive.
        archive: Path of the archive below data/raw; None for a plain file.
    """

    path: str
    archive: str | None = None

    @property
    def member(self) -> str:
        """Name inside the archive."""
        return self.path[len(self.archive) + 1 :] if self.archive is not None else self.path


@contextmanager
def explained() -> Iterator[None]:
    """Turns what reading a damaged file raises into UnreadableFileError, without the folder's name in its text."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError):
        raise UnreadableFileError(MISSING, "There is no such file.") from None
    except (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile, zipfile.BadZipFile, zipfile.LargeZipFile):
        raise UnreadableFileError("unreadable_file", "The compressed data is damaged or incomplete.") from None
    except (NotImplementedError, RuntimeError):
        raise UnreadableFileError("unreadable_file", "The data is encrypted or compressed in an unknown way.") from None
    except OSError as error:
        reason = error.strerror or "input/output error"
        raise UnreadableFileError("unreadable_file", f"The file cannot be read ({reason}).") from None
    except (ValueError, IndexError, OverflowError, struct.error):
        raise UnreadableFileError("unreadable_file", "The file is damaged, or its name cannot be used.") from None


class CappedStream:
    """A stream of unpacked bytes that ends with an error once there are too many of them."""

    def __init__(self, stream: IO[bytes], cap: int) -> None:
        """A stream of at most `cap` bytes."""
        self._stream = stream
        self._left = cap

    def _count(self, data: bytes) -> bytes:
        self._left -= len(data)
        if self._left < 0:
            raise UnreadableFileError("too_much_data", "Unpacked, it is far larger than its size on disk or than the limit.")
        return data

    def readline(self, size: int, /) -> bytes:
        """The next line, or `size` bytes of it."""
        return self._count(self._stream.readline(size))

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes."""
        return self._count(self._stream.read(size))


class RawReader:
    """Opens raw files; keeps the last archive open, whose members are often read one after the other."""

    def __init__(self, raw: Path, maximum_bytes: int) -> None:
        """A reader below `raw` that unpacks at most `maximum_bytes` bytes of one file."""
        self._raw = raw
        self._maximum_bytes = maximum_bytes
        self._archive: tuple[str, zipfile.ZipFile] | None = None

    def __enter__(self) -> RawReader:
        """The reader itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Closes the archive."""
        if self._archive is not None:
            self._archive[1].close()
            self._archive = None

    def archive(self, path: str) -> zipfile.ZipFile:
        """The open archive at that path below data/raw."""
        if self._archive is None or self._archive[0] != path:
            self.__exit__(None, None, None)
            with explained():
                self._archive = (path, zipfile.ZipFile(self._raw / path))
        return self._archive[1]

    def _path(self, path: str) -> Path:
        """The plain file at that path; refuses what is not there, lies behind a symbolic link or is no ordinary file."""
        here = self._raw
        for part in path.split("/"):
            here = here / part
            with explained():
                mode = os.lstat(here).st_mode
            if stat.S_ISLNK(mode):
                raise UnreadableFileError("symbolic_link", "It is, or lies behind, a symbolic link.")
        if not stat.S_ISREG(mode):
            raise UnreadableFileError("unreadable_file", "It is no ordinary file.")
        return here

    @contextmanager
    def open_binary(self, file: RawFile) -> Iterator[IO[bytes]]:
        """The file's own bytes, which for a member of an archive are unpacked as they are read."""
        if file.archive is None:
            path = self._path(file.path)
            with explained():
                stream: IO[bytes] = path.open("rb")
        else:
            archive = self.archive(file.archive)
            try:
                with explained():
                    stream = archive.open(file.member)
            except KeyError:
                raise UnreadableFileError(MISSING, "The archive holds no such file.") from None
        with stream:
            yield stream

    @contextmanager
    def open_lines(self, file: RawFile) -> Iterator[Lines]:
        """The file's bytes, unpacked also if it ends in .gz, and capped in number."""
        with self.open_binary(file) as stream:
            capped: Lines = CappedStream(stream, self._maximum_bytes) if file.archive is not None else stream
            if file.path.lower().endswith(".gz"):
                packed = self._size(file)
                cap = min(self._maximum_bytes, RATIO_ALLOWANCE + MAXIMUM_RATIO * packed)
                capped = CappedStream(gzip.GzipFile(fileobj=stream), cap)  # type: ignore[arg-type]
            yield capped

    def _size(self, file: RawFile) -> int:
        if file.archive is not None:
            return self.archive(file.archive).getinfo(file.member).file_size
        with explained():
            return (self._raw / file.path).stat().st_size

    def read_all(self, file: RawFile, limit: int) -> bytes:
        """All bytes of a file, but no more than `limit` of them."""
        with self.open_binary(file) as stream, explained():
            return stream.read(limit)


def encoding_of(head: bytes, default: str) -> tuple[str, int]:
    """The encoding that a byte-order mark at the start of a file tells, else the default, and the mark's length."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    return default, 0


def keeps_ascii(encoding: str) -> bool:
    """Whether line ends, quotes and delimiters are single ASCII bytes in that encoding.

    Raises:
        SettingsError: Python knows no text encoding of that name.
    """
    try:
        return '\n\r",;\t|'.encode(encoding) == b'\n\r",;\t|' and "é".encode(encoding, "replace") != b"+AOk-"
    except LookupError:
        raise SettingsError(
            f"dataset.toml: ingest.encoding: no encoding is called {encoding!r}. "
            "Write utf-8, cp1252, latin-1 or another that Python knows."
        ) from None


class Recoded:
    """Lines of a file in an encoding such as UTF-16 as UTF-8, in which no line end hides in another character."""

    def __init__(self, stream: Lines, encoding: str) -> None:
        """The stream, decoded from `encoding`; what cannot be decoded becomes a byte that no UTF-8 holds."""
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="khaldun.ingest.marked")
        self._buffer = bytearray()
        self._at_end = False

    def _fill(self) -> None:
        block = self._stream.read(io.DEFAULT_BUFFER_SIZE)
        self._at_end = not block
        self._buffer += self._decoder.decode(block, self._at_end).encode("utf-8", "surrogatepass")

    def readline(self, size: int, /) -> bytes:
        """The next line, or `size` bytes of it."""
        searched = 0
        while (end := self._buffer.find(b"\n", searched)) < 0 and len(self._buffer) < size and not self._at_end:
            searched = len(self._buffer)
            self._fill()
        return self.read(min(size, end + 1) if end >= 0 else size)

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes."""
        while len(self._buffer) < size and not self._at_end and not self._buffer:
            self._fill()
        data = bytes(self._buffer[:size])
        del self._buffer[:size]
        return data


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "\udcff", error.end


# A lone surrogate, encoded by `surrogatepass`, is not valid UTF-8: the record that holds it is found undecodable.
codecs.register_error("khaldun.ingest.marked", _mark)
