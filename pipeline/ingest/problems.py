"""What can be wrong with raw input: every code once, with what it does to the article and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal

Action = Literal["quarantined", "review", "counted"]

_SEVERITY: Final[dict[Action, int]] = {"counted": 0, "review": 1, "quarantined": 2}


@dataclass(frozen=True, slots=True)
class ProblemCode:
    """One kind of problem.

    Attributes:
        action: What it does unless a place says otherwise: `quarantined` is not coded, `review` is coded but to be looked at,
            `counted` loses nothing.
        advice: What to do, as a sentence.
    """

    action: Action
    advice: str


PROBLEM_CODES: Final[dict[str, ProblemCode]] = {
    # files
    "symbolic_link": ProblemCode("quarantined", "Copy the file itself into data/raw, for example with `khaldun ingest`."),
    "unsafe_path": ProblemCode("quarantined", "Give it a plain name inside data/raw."),
    "folder_named_as_file": ProblemCode("counted", "What lies in it is read as usual; rename it if it should be a file."),
    "unknown_kind": ProblemCode(
        "quarantined", "Turn it into JSON Lines, CSV, Parquet or text files with an articles.csv, or take it out of data/raw."
    ),
    "text_file_unnamed": ProblemCode("quarantined", "Name it in the `file` column of an articles.csv in its folder."),
    "unreadable_file": ProblemCode("quarantined", "Check its permissions, or receive it again."),
    "empty_file": ProblemCode("counted", "Nothing to read; receive it again if it should hold articles."),
    "too_much_data": ProblemCode("quarantined", "Unpack it, check that it is what it should be, and split it into smaller files."),
    "duplicate_member": ProblemCode("quarantined", "Pack the archive again with every name once."),
    "metadata_unreadable": ProblemCode("review", "Repair or remove the .meta.json file; the time of retrieval is left empty."),
    "columns_missing": ProblemCode("quarantined", "Name the columns in the first line as in the documentation."),
    "duplicate_column": ProblemCode("quarantined", "Keep one column of each name."),
    "unknown_columns": ProblemCode("review", "They are left out; rename them if they hold a field of the documentation."),
    # records that cannot be taken apart
    "undecodable": ProblemCode("quarantined", "Convert the file to UTF-8, or set ingest.encoding to its encoding."),
    "nul_bytes": ProblemCode("quarantined", "The file is damaged or UTF-16 without a byte-order mark: convert it to UTF-8."),
    "line_too_long": ProblemCode("quarantined", "Write one record to a line."),
    "broken_json": ProblemCode("quarantined", "Write one complete JSON object to a line."),
    "not_an_object": ProblemCode("quarantined", "Write one JSON object, {...}, to a line."),
    "duplicate_key": ProblemCode("quarantined", "Keep one value of each field."),
    "nested_too_deeply": ProblemCode("quarantined", "Leave out the nested field."),
    "row_length": ProblemCode("quarantined", "Give each row a value for every column; quote values that hold a comma."),
    "broken_csv": ProblemCode("quarantined", 'Quote the value with " and double each " inside it.'),
    "unclosed_quote": ProblemCode("quarantined", 'Close the quoted value; double each " inside it.'),
    "identity_missing": ProblemCode("quarantined", "Give the article an id, a url or a text."),
    # fields
    "wrong_type": ProblemCode("review", "Write the value as text."),
    "not_a_number": ProblemCode("review", "It is taken for a missing value; write null."),
    "lone_surrogate": ProblemCode("review", "Half a character was replaced by U+FFFD; receive the text again if it matters."),
    "text_missing": ProblemCode("quarantined", "Give the text, or leave the article out."),
    "text_too_short": ProblemCode("quarantined", "Give the whole text, or lower ingest.minimum_characters."),
    "text_too_long": ProblemCode("quarantined", "Split what are several articles, or raise ingest.maximum_characters."),
    "text_file_missing": ProblemCode("quarantined", "Put the text file beside its articles.csv, or correct its name there."),
    "control_characters": ProblemCode("counted", "They were removed."),
    "source_missing": ProblemCode("review", "Name the outlet in `source`."),
    "unregistered_source": ProblemCode("review", "Add the outlet to seeds/sources.csv, or correct its name."),
    "language_missing": ProblemCode("review", "Give the language as an ISO 639 code, such as en; `und` stands in."),
    "language_unreadable": ProblemCode("review", "Give the language as an ISO 639 code, such as en."),
    "date_missing": ProblemCode("review", "Give the day of publication as YYYY-MM-DD."),
    "date_unreadable": ProblemCode("review", "Give the day of publication as YYYY-MM-DD."),
    "ambiguous_date": ProblemCode("review", "Which number is the month is unclear: give the day of publication as YYYY-MM-DD."),
    "date_out_of_range": ProblemCode("review", "The year lies outside 1900 to 2200: correct it."),
    "retrieved_at_unreadable": ProblemCode("review", "Give the moment of retrieval as 2021-10-26T21:38:00Z; it is left empty."),
}
"""Every code that ingest_problems may hold."""

CONFLICTING_VERSIONS: Final = "conflicting_versions"
"""Problem of an article of which raw files hold different texts, none of them the latest."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing found wrong in one place, `path:line`; line 0 is the file as a whole."""

    origin: str
    code: str
    action: Action
    message: str
    article_id: str | None = None


def problem(origin: str, code: str, found: str, *, action: Action | None = None) -> Problem:
    """A problem whose message says what was found and what to do."""
    kind = PROBLEM_CODES[code]
    return Problem(origin, code, action or kind.action, f"{printable(found)} {kind.advice}")


def printable(text: str) -> str:
    """The text with what UTF-8 cannot hold written as escapes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def shorten(value: str, length: int = 60) -> str:
    """A value as a message quotes it: escaped, and cut after `length` characters."""
    return repr(value if len(value) <= length else value[: length - 3] + "...")


def merge_problems(problems: Iterable[Problem]) -> list[Problem]:
    """One problem for each origin and code, the graver action of several, sorted by both."""
    found: dict[tuple[str, str], Problem] = {}
    for each in problems:
        key = (each.origin, each.code)
        before = found.get(key)
        if before is None:
            found[key] = each
        elif before != each:
            messages = dict.fromkeys((before.message, each.message))
            action = max(before.action, each.action, key=_SEVERITY.__getitem__)
            found[key] = replace(before, action=action, message=" ".join(messages), article_id=before.article_id or each.article_id)
    return [found[key] for key in sorted(found)]
