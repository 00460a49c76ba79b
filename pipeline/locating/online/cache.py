"""What geocoders answered, kept in the user's cache: the same question is never asked twice, not even for another dataset."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.durable import write_atomically
from pipeline.resources.world_file import user_folder

Raw = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it came.

    Attributes:
        asked_at: Moment of the question, ISO 8601 in UTC.
        answers: What the service said of each place that it found, the likeliest first; none if it found none.
    """

    asked_at: str
    answers: Sequence[Raw]


class AnswerCache:
    """A folder with one file for each question. Where it cannot be written, nothing is kept."""

    def __init__(self, folder: Path | None = None) -> None:
        """Keep answers in `folder`, by default in the user's cache; it is made when there is something to keep."""
        self._folder = folder or user_folder() / "geocoders"

    def _path(self, question: Sequence[str]) -> Path:
        return self._folder / f"{hashlib.sha256(json.dumps(list(question)).encode()).hexdigest()}.json"

    def get(self, question: Sequence[str]) -> Kept | None:
        """The answer to a question, given as the texts that make it up; None if it was never asked or the file is damaged."""
        try:
            found = json.loads(self._path(question).read_bytes())
            answers = [each for each in found["answers"] if isinstance(each, dict)]
            return Kept(str(found["asked_at"]), answers) if found["question"] == list(question) else None
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def put(self, question: Sequence[str], kept: Kept) -> None:
        """Keep an answer."""
        found = {"question": list(question), "asked_at": kept.asked_at, "answers": list(kept.answers)}
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path(question), json.dumps(found).encode())
        except OSError:
            pass
