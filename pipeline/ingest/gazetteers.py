"""Copying GeoNames files into data/raw/gazetteer, byte for byte, with a note of what each holds."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Literal

from pipeline.durable import replacing, write_atomically
from pipeline.errors import InputError, RefusedError
from pipeline.resources.geonames_files import FOLDER, NOTE, GeonamesFiles, file_sha256, kind_of, numbered_lines
from pipeline.resources.geonames_rows import Kind, RowError, check_row, place_row, rank_of

LICENCE: Final = "CC BY 4.0"
CREDIT: Final = "GeoNames, https://www.geonames.org/"

_SHOWN: Final = 20
"""Refused lines that a note names; the others are counted."""
_MOST_REFUSED: Final = 10
"""Of as many lines one may be refused, else the file is none of GeoNames."""
_ALTERNATE: Final = "alternateNames"

Outcome = Literal["copied", "present", "replaced"]


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line that is not in the published format, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Note:
    """What is noted beside a file.

    Attributes:
        name: Name under which it was given.
        bytes: Its size.
        sha256: Hash of its bytes.
        kind: places | admin1_codes | admin2_codes | alternate_names.
        rows: Lines in the published format.
        left_out: Of these, places of kinds that reports of conflict do not name, such as roads and hotels.
        refused: Lines that are not in the format.
        reasons: How many of them for which reason.
        refused_lines: The first of them.
        licence: Under what terms GeoNames publishes it.
        credit: Whom to name.
    """

    name: str
    bytes: int
    sha256: str
    kind: Kind
    rows: int
    left_out: int
    refused: int
    reasons: dict[str, int]
    refused_lines: tuple[RefusedLine, ...]
    licence: str = LICENCE
    credit: str = CREDIT


@dataclass(frozen=True, slots=True)
class Added:
    """A file that was given: its name in data/raw/gazetteer, what became of it, and its note."""

    name: str
    outcome: Outcome
    note: Note


@dataclass(frozen=True, slots=True)
class Listed:
    """A file in data/raw/gazetteer; no note if it was put there by other means or changed since it was added."""

    name: str
    sha256: str
    note: Note | None


def add_files(paths: Iterable[Path], root: Path, *, replace: bool = False) -> list[Added]:
    """Copy files of GeoNames into a dataset. Nothing is copied unless all can be; what is there already stays.

    Args:
        paths: Dumps, tables of units and of alternate names, as downloaded: .txt or .zip.
        root: Folder of the dataset.
        replace: Whether a file may take the place of one of the same name with other bytes.

    Raises:
        InputError: A file is missing, cannot be read or is not in a format that GeoNames publishes.
        RefusedError: Its name cannot be used, or is that of a file with other bytes.
    """
    folder, held = root / FOLDER, {file.sha256: file.name for file in GeonamesFiles.of(root).files}
    planned: dict[str, tuple[Path, Note, Outcome]] = {}
    for path in paths:
        note = _noted(path)
        name = held.get(note.sha256) or _name_for(path, note.kind)
        outcome = _outcome(path, folder / name, note.sha256, replace=replace)
        if planned.setdefault(name, (path, note, outcome))[1].sha256 != note.sha256:
            raise RefusedError(f"{path}: {planned[name][0]} has the same name and other bytes. Rename one of them.")
    for name, (path, note, outcome) in sorted(planned.items()):
        folder.mkdir(parents=True, exist_ok=True)
        # The note first, so that no file is ever without one that was added.
        write_atomically(folder / (name + NOTE), _as_json(note))
        if outcome != "present":
            _copy(path, folder / name, note.sha256)
    return [Added(name, outcome, note) for name, (_, note, outcome) in sorted(planned.items())]


def list_files(root: Path) -> list[Listed]:
    """The files in a dataset's folder with their notes."""
    found = []
    for file in GeonamesFiles.of(root).files:
        note = _read_note(file.path.with_name(file.name + NOTE))
        found.append(Listed(file.name, file.sha256, note if note and note.sha256 == file.sha256 else None))
    return found


def _noted(path: Path) -> Note:
    """What a file holds, read once from its first line to its last."""
    if path.is_symlink() or path.is_dir():
        raise RefusedError(f"{path}: is a folder or a symbolic link. Name the file itself.")
    sha256, kind = file_sha256(path), kind_of(path)
    rows = left_out = 0
    reasons: Counter[str] = Counter()
    first: list[RefusedLine] = []
    for number, line in numbered_lines(path):
        try:
            if kind == "places":
                left_out += rank_of(place_row(line)) is None
            else:
                check_row(line, kind)
            rows += 1
        except RowError as error:
            reasons[str(error)] += 1
            if len(first) < _SHOWN:
                first.append(RefusedLine(number, str(error)))
    refused = reasons.total()
    if refused * _MOST_REFUSED > rows + refused:
        raise InputError(
            f"{path}:{first[0].line}: {first[0].reason}. {refused:,} of {rows + refused:,} lines are not as GeoNames writes them. "
            "Download the file again, and do not save it from a spreadsheet."
        )
    return Note(path.name, path.stat().st_size, sha256, kind, rows, left_out, refused, dict(sorted(reasons.items())), tuple(first))


def _name_for(path: Path, kind: Kind) -> str:
    """Name in the folder; GeoNames gives the alternate names of a country the name of its dump."""
    if path.name.startswith((".", "README")) or path.name.endswith(NOTE):
        raise RefusedError(f"{path}: files of this name are not read. Rename it.")
    is_named_as_dump = kind == "alternate_names" and not path.name.lower().startswith(_ALTERNATE.lower())
    return f"{_ALTERNATE}-{path.name}" if is_named_as_dump else path.name


def _outcome(path: Path, target: Path, sha256: str, *, replace: bool) -> Outcome:
    if not target.exists():
        return "copied"
    if file_sha256(target) == sha256:
        return "present"
    if not replace:
        raise RefusedError(f"{path}: {target} holds other bytes. If this is a newer copy, put it in its place with --replace.")
    return "replaced"


def _copy(path: Path, target: Path, sha256: str) -> None:
    with replacing(target) as stream, path.open("rb") as given:
        shutil.copyfileobj(given, stream, 1024 * 1024)
    if file_sha256(target) != sha256:
        target.unlink()
        raise InputError(f"{path}: changed while it was copied. Add it again.")


def _as_json(note: Note) -> bytes:
    return (json.dumps(asdict(note), ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _read_note(path: Path) -> Note | None:
    try:
        found: Any = json.loads(path.read_bytes())
        return Note(**{**found, "refused_lines": tuple(RefusedLine(**line) for line in found["refused_lines"])})
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
