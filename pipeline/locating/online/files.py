"""The files of answers in data/raw/geocodes: what was asked before, new rows, and what a person decides."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.durable import write_atomically
from pipeline.errors import InputError
from pipeline.locating.online.questions import Question
from pipeline.resources.geocodes import ACCEPTED, COLUMNS, PROPOSED, Row, check_place, read_geocodes


def unasked(questions: Iterable[Question], folder: Path, service: str) -> list[Question]:
    """The questions to which the files hold neither an answer of this service nor one that was accepted."""
    rows = [each.row for each in read_geocodes(folder)]
    known = {_key(row) for row in rows if row["service"] == service or row["status"] == ACCEPTED}
    return [question for question in questions if question.key not in known]


def _key(row: Row) -> tuple[str, str, str]:
    return Question(row["query"], row["country"], row["admin1"]).key


def add_rows(folder: Path, service: str, rows: Sequence[Row]) -> int:
    """Put new rows at the end of the file of a service; those that are there already stay as they are.

    Returns:
        How many rows are new.
    """
    present = read_geocodes(folder)
    known = {each.row["geocode_id"] for each in present}
    new = {row["geocode_id"]: row for row in rows if row["geocode_id"] not in known}
    if new:
        path = folder / f"{service}.csv"
        folder.mkdir(parents=True, exist_ok=True)
        _write(path, [*(each.row for each in present if each.path == path), *new.values()])
    return len(new)


def _write(path: Path, rows: Iterable[Row]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_atomically(path, text.getvalue().encode())


def proposals(folder: Path) -> list[Row]:
    """The rows on which nobody has decided, but for those of questions of which another answer was accepted."""
    rows = [each.row for each in read_geocodes(folder)]
    settled = {_key(row) for row in rows if row["status"] == ACCEPTED}
    return [row for row in rows if row["status"] == PROPOSED and _key(row) not in settled]


def decide(folder: Path, ids: Sequence[str], status: str, reviewer: str) -> list[Row]:
    """Write what a person decided about some rows into their files.

    Args:
        folder: data/raw/geocodes.
        ids: Their geocode_id.
        status: accepted | rejected.
        reviewer: Who decided.

    Returns:
        The rows as they now are, in the order of `ids`.

    Raises:
        InputError: There is no such row, or one to accept is no place; nothing was written.
    """
    present = read_geocodes(folder)
    by_id = {each.row["geocode_id"]: each for each in present}
    if unknown := [each for each in ids if each not in by_id]:
        raise InputError(
            f"{folder}: no row has the geocode_id {', '.join(unknown)}. `khaldun places accept` lists what is proposed."
        )
    for each in ids:
        if status == ACCEPTED:
            check_place(by_id[each])
        by_id[each].row.update(status=status, reviewer=reviewer)
    for path in sorted({by_id[each].path for each in ids}):
        _write(path, [each.row for each in present if each.path == path])
    return [by_id[each].row for each in ids]
