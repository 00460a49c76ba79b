"""Reads the decisions of people from JSON Lines files; docs/decisions.md describes each kind.

A line that cannot be used is quarantined with its file, line, what is wrong and what to do, and never stops the others.
"""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pydantic import ValidationError

from pipeline.resources.decision_bodies import BODIES, Adjudication, Attach, Body, Coding, EventOverride, Header, Pair
from schemas.arrow import rows_to_frame

_HEADER_KEYS = frozenset(Header.model_fields)
_NEED_ARTICLE = frozenset({"coding", "no_event", "adjudication", "attach", "place"})
_NEED_HASH = frozenset({"coding", "no_event", "adjudication"})
_ADVICE = "The line is left out. Put it right, or write the decision anew; docs/decisions.md shows a line of each kind."


@dataclass(frozen=True)
class _Line:
    """One decision that was read and found valid."""

    origin: str
    header: Header
    body: Body
    written: str
    raw_body: str

    @property
    def is_draft(self) -> bool:
        return isinstance(self.body, Coding | Adjudication) and self.body.draft


class _BadLineError(ValueError):
    """What is wrong with a line: a code and words."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


Problem = dict[str, Any]


def read_decisions(files: Mapping[str, bytes]) -> dict[str, pd.DataFrame]:
    """All decisions of a dataset and the lines that could not be used.

    A decision is current unless a valid decision that is no draft names it in `supersedes`, or it is a draft itself.

    Args:
        files: Content of each decision file by its path below data/raw.

    Returns:
        `decisions`, one row a decision, and `decision_problems`, one row a line and code; each sorted by its key. Neither
        depends on the order of files, and `decisions` not on that of lines.
    """
    problems: list[Problem] = []
    lines: dict[str, list[_Line]] = defaultdict(list)
    for path in sorted(path for path in files if not path.endswith(".jsonl")):
        told = f"{path}: no file of decisions: their names end in .jsonl. Rename it, or take it out of data/raw/decisions."
        problems.append(_problem(f"{path}:0", "not_json_lines", "quarantined", told))
    for origin, raw in _numbered_lines({path: content for path, content in files.items() if path.endswith(".jsonl")}):
        try:
            line = _read_line(origin, raw)
        except _BadLineError as error:
            problems.append(_problem(origin, error.code, "quarantined", f"{origin}: {error}. {_ADVICE}"))
        else:
            lines[line.header.decision_id].append(line)
    valid = [only for found in lines.values() if (only := _only(found, problems))]
    by_id = {line.header.decision_id: line for line in valid}
    superseded = {line.header.supersedes for line in valid if not line.is_draft}
    problems += [problem for line in valid if (problem := _doubtful(line, by_id))]
    rows = [_row(line, is_current=not line.is_draft and line.header.decision_id not in superseded) for line in valid]
    return {
        "decisions": rows_to_frame(sorted(rows, key=lambda row: row["decision_id"]), "decisions"),
        "decision_problems": rows_to_frame(sorted(problems, key=lambda row: (row["origin"], row["code"])), "decision_problems"),
    }


def _numbered_lines(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Each line that is not blank, with its origin as `path:line`, in order of path and line."""
    for path in sorted(files):
        for number, raw in enumerate(files[path].removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
            if raw.strip():
                yield f"{path}:{number}", raw


def _read_line(origin: str, raw: bytes) -> _Line:
    written = _parse(raw)
    kind = written.get("kind")
    model = BODIES.get(kind) if isinstance(kind, str) else None
    if model is None:
        raise _BadLineError("decision_invalid", f"kind is {kind!r}; expected one of {', '.join(BODIES)}")
    raw_body = _canonical({key: value for key, value in written.items() if key not in _HEADER_KEYS})
    try:
        header = Header.model_validate_json(_canonical({key: value for key, value in written.items() if key in _HEADER_KEYS}))
        body = model.model_validate_json(raw_body)
    except ValidationError as error:
        raise _BadLineError("decision_invalid", f"{kind}: {_explain(error)}") from None
    return _Line(origin, _with_article(header, body), body, _canonical(written), raw_body)


def _parse(raw: bytes) -> dict[str, Any]:
    """The object of one line, all its strings NFC."""
    try:
        found = json.loads(
            unicodedata.normalize("NFC", raw.decode("utf-8")), object_pairs_hook=_no_key_twice, parse_constant=_no_constant
        )
        text = _canonical(found)
        text.encode("utf-8")
        # Escapes such as \u0301 become letters only after the first parse.
        normal = unicodedata.normalize("NFC", text)
        parsed = found if normal == text else json.loads(normal)
    except UnicodeDecodeError:
        raise _BadLineError("decision_unreadable", "not UTF-8; save the file as UTF-8") from None
    except UnicodeEncodeError:
        raise _BadLineError("decision_unreadable", "holds half of a surrogate pair, which is no character") from None
    except _BadLineError:
        raise
    except (ValueError, RecursionError) as error:
        raise _BadLineError("decision_unreadable", f"not a JSON object on one line ({error})") from None
    if not isinstance(parsed, dict):
        raise _BadLineError("decision_unreadable", "not a JSON object")
    return parsed


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _BadLineError("decision_unreadable", "one key stands twice in one object")
    return found


def _no_constant(name: str) -> None:
    raise _BadLineError("decision_unreadable", f"{name} is no JSON number")


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _explain(error: ValidationError) -> str:
    """What pydantic found, one clause a finding: where and why."""
    clauses = []
    for found in error.errors(include_url=False):
        where = ".".join(str(part) for part in found["loc"])
        why = "unknown key" if found["type"] == "extra_forbidden" else found["msg"].removeprefix("Value error, ")
        clauses.append(f"{where}: {why}" if where else why)
    return "; ".join(dict.fromkeys(clauses))


def _with_article(header: Header, body: Body) -> Header:
    """The header with the article that a pair or an override names in its body."""
    sides = [body.left, body.right] if isinstance(body, Pair) else [body.anchor] if isinstance(body, EventOverride) else []
    if sides:
        if header.article_id not in (None, *(side.article_id for side in sides)):
            raise _BadLineError("decision_invalid", f"{header.kind}: article_id differs from that of the anchors")
        named = sides[0]
        known = header.content_hash if header.article_id == named.article_id else None
        return header.model_copy(update={"article_id": named.article_id, "content_hash": named.content_hash or known})
    if header.kind in _NEED_ARTICLE and header.article_id is None:
        raise _BadLineError("decision_invalid", f"{header.kind}: article_id is missing")
    if header.kind in _NEED_HASH and header.content_hash is None:
        raise _BadLineError("decision_invalid", f"{header.kind}: content_hash is missing")
    if isinstance(body, Attach) and body.anchor is None and header.content_hash is None:
        raise _BadLineError("decision_invalid", "attach: give content_hash, or the anchor of the sentence that tells the event")
    return header


def _only(found: list[_Line], problems: list[Problem]) -> _Line | None:
    """The one decision that several lines of one id hold; None if they differ. Tells of it in `problems`."""
    first, others = found[0], found[1:]
    name = first.header.decision_id
    if len({line.written for line in found}) == 1:
        problems += [
            _problem(line.origin, "decision_repeated", "counted", f"{line.origin}: {name} stands in {first.origin}, word for word.")
            for line in others
        ]
        return first
    listed = ", ".join(line.origin for line in found)
    problems += [
        _problem(
            line.origin,
            "decision_conflict",
            "quarantined",
            f"{line.origin}: decision_id {name} has different contents in {listed}; none is used. Give each decision its own id.",
            line.header.article_id,
        )
        for line in found
    ]
    return None


def _doubtful(line: _Line, by_id: Mapping[str, _Line]) -> Problem | None:
    """What is odd about the decision that this one supersedes, if anything is."""
    name = line.header.supersedes
    if name is None:
        return None
    if name not in by_id:
        code, message = "supersedes_unknown", f"supersedes {name}, which no file holds. Add that file, or drop the key"
    elif _leads_back(line, by_id):
        code, message = "supersedes_circle", f"supersedes {name}, which leads back to it; none is used. Write a new decision"
    elif by_id[name].header.article_id != line.header.article_id:
        code, message = "supersedes_other_article", f"supersedes {name}, which is about another article. Look whether that is meant"
    else:
        return None
    return _problem(line.origin, code, "review", f"{line.origin}: {line.header.decision_id} {message}.", line.header.article_id)


def _leads_back(line: _Line, by_id: Mapping[str, _Line]) -> bool:
    """Whether the decisions that a decision supersedes, one after the other, come back to it."""
    start, seen = line.header.decision_id, set[str]()
    name = line.header.supersedes
    while name is not None and name in by_id and name not in seen:
        if name == start:
            return True
        seen.add(name)
        name = by_id[name].header.supersedes
    return False


def _problem(origin: str, code: str, action: str, message: str, article_id: str | None = None) -> Problem:
    return {"origin": origin, "code": code, "action": action, "article_id": article_id, "message": message}


def _row(line: _Line, *, is_current: bool) -> dict[str, Any]:
    header = line.header.model_dump(exclude={"format_version"})
    return {**header, "is_current": is_current, "body": line.raw_body}
