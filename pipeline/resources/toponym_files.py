"""Toponyms of texts in files: JSON Lines in, JSON Lines out."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from pipeline.durable import replacing
from pipeline.errors import InputError
from pipeline.resources.toponyms import Toponym, ToponymFinder


def write_toponyms(texts: Path, out: Path, finder: ToponymFinder, focus: Collection[str] = ()) -> dict[str, int]:
    """Write the toponyms of each document of a file, one JSON object a line in the order of the documents.

    Args:
        texts: JSON Lines; each object has `text` and may have `id`.
        out: File to write; it is replaced when it is whole.
        finder: Finds the toponyms.
        focus: Countries that the texts are about, by name.

    Returns:
        Numbers of documents, of toponyms and of those without a point.

    Raises:
        InputError: A line is no JSON object with a text; names the file and the line.
    """
    counts = {"documents": 0, "toponyms": 0, "without_a_point": 0}
    with replacing(out) as file:
        for document in _documents(texts):
            found = finder.find(document["text"], focus)
            counts["documents"] += 1
            counts["toponyms"] += len(found)
            counts["without_a_point"] += sum(each.latitude is None for each in found)
            line = {"id": document.get("id", str(counts["documents"])), "toponyms": [toponym_object(each) for each in found]}
            file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
    return counts


def toponym_object(toponym: Toponym) -> dict[str, Any]:
    """A toponym as it is written; offsets count code points of the text as it came."""
    return {
        "start": toponym.start,
        "end": toponym.end,
        "phrase": toponym.phrase,
        "kind": toponym.kind,
        "name": toponym.name,
        "latitude": toponym.latitude,
        "longitude": toponym.longitude,
        "country": toponym.country,
        "admin1": toponym.admin1,
        "admin2": toponym.admin2,
        "source_id": toponym.source_id,
        "score": toponym.score,
        "reasons": list(toponym.reasons),
    }


def _documents(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _document(line, f"{path}:{number}")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).") from None


def _document(line: bytes, where: str) -> dict[str, Any]:
    try:
        document = json.loads(line)
    except ValueError as error:
        raise InputError(f"{where}: not JSON ({error}). Write one object a line, in UTF-8.") from None
    if not isinstance(document, dict) or not isinstance(document.get("text"), str):
        raise InputError(f"{where}: no `text`. Each line is an object such as " + '{"id": "a1", "text": "..."}.')
    return document
