"""From the values of one record to one row of read_articles."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pipeline.ingest.problems import PROBLEM_CODES, Action, Problem, merge_problems, problem, shorten
from pipeline.ingest.publication_dates import read_moment, read_publication_date
from pipeline.ingest.values import GivenNumber, NotANumber, Record, source_name
from pipeline.resources.sources import UNKNOWN_SOURCE_NAME, SourceRegistry, domain_of
from schemas.columns import ARTICLE_ID
from schemas.identity import article_id

Row = dict[str, Any]

_LINE_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_LANGUAGE: Final = re.compile(r"([A-Za-z]{2,3})((?:[-_][A-Za-z0-9]+)*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Rules:
    """What a record is read by.

    Attributes:
        sources: The registry of sources.
        utc_offset: Hours by which the clock of a country is ahead of UTC, or None.
        minimum_characters: Shorter texts are quarantined.
        maximum_characters: Longer texts are quarantined.
    """

    sources: SourceRegistry
    utc_offset: Callable[[str], float | None]
    minimum_characters: int
    maximum_characters: int


def plain_text(given: str) -> tuple[str, int]:
    r"""The text as it is stored, and how many control characters were removed from it.

    Line ends of every kind become `\n`; byte-order marks and control characters other than `\n` and tab go; the rest is NFC.
    """
    text = _LINE_ENDS.sub("\n", given.replace("\ufeff", ""))
    text, removed = _CONTROLS.subn("", text)
    return unicodedata.normalize("NFC", text), removed


class RecordReader:
    """Reads one record: takes its values one by one and notes what is wrong with them."""

    def __init__(self, record: Record, origin: str, rules: Rules) -> None:
        """A reader of a record that has values."""
        self._values: Mapping[str, object] = record.values or {}
        self._record = record
        self._origin = origin
        self._rules = rules
        self._is_unregistered = False
        self.problems: list[Problem] = [problem(origin, code, found, action=action) for code, found, action in record.flaws]

    def _note(self, code: str, found: str, action: Action | None = None) -> None:
        self.problems.append(problem(self._origin, code, found, action=action))

    def _given(self, name: str, *, action: Action = "review") -> str | None:
        """A value as text; null for a missing one and for one of another type."""
        value = self._values.get(name)
        if isinstance(value, NotANumber):
            self._note("not_a_number", f"{name} is no number (NaN or infinite).")
            return None
        if value is None:
            return None
        if not isinstance(value, str) or (isinstance(value, GivenNumber) and name in ("text", "title")):
            self._note("wrong_type", f"{name} is no text.", action)
            return None
        text = str(value)
        if _SURROGATES.search(text):
            self._note("lone_surrogate", f"{name} holds half a character.", action)
            text = "" if name == "id" else _SURROGATES.sub("\ufffd", text)
        return text if text.strip() else None

    def _line(self, name: str) -> str | None:
        """A value on one line."""
        given = self._given(name)
        if given is None:
            return None
        text, removed = plain_text(given)
        if removed:
            self._note("control_characters", f"{name} held {removed} control characters.")
        return " ".join(text.split()) or None

    def _text(self) -> tuple[str | None, str]:
        """The text that is stored, and the whole text, which may be an article's identity."""
        if any(PROBLEM_CODES[code].action == "quarantined" for code, _, _ in self._record.flaws):
            return None, ""
        given = self._given("text")
        text, removed = plain_text(given or "")
        if removed:
            self._note("control_characters", f"text held {removed} control characters.")
        length = len(text.strip())
        if not length:
            self._note("text_missing", "There is no text.")
            return None, ""
        if length < self._rules.minimum_characters:
            self._note("text_too_short", f"The text has {length} characters; {self._rules.minimum_characters} are the least.")
        if len(text) > self._rules.maximum_characters:
            self._note("text_too_long", f"The text has {len(text):,} characters; {self._rules.maximum_characters:,} are the most.")
            return None, text
        return text, text

    def _source(self, url: str | None, *, is_new: bool) -> tuple[str, str]:
        """The outlet's id and name."""
        self._given("source")
        sources, given = self._rules.sources, source_name(dict(self._values))
        source_id = sources.resolve(given, url)
        registered = sources.get(source_id)
        name = given or (registered.name if registered else domain_of(url)) or UNKNOWN_SOURCE_NAME
        if given is None:
            taken = f"{name} is taken from the address." if domain_of(url) else f"{name} stands in."
            self._note("source_missing", f"The outlet is not named; {taken}", "counted" if registered else None)
        elif registered is None:
            self._unregistered(given, is_new=is_new)
        return source_id, name

    def _unregistered(self, name: str, *, is_new: bool) -> None:
        # Once for each outlet and file: thousands of equal rows would hide the rest. Every article says it in `problem`.
        self._is_unregistered = True
        if is_new:
            self._note("unregistered_source", f"The outlet {shorten(name)} is not in the registry of sources.")

    def _language(self, name: str) -> str | None:
        given = self._line(name)
        if given is None:
            return None
        match = _LANGUAGE.fullmatch(given)
        if match is None:
            self._note("language_unreadable", f"{name} {shorten(given)} is no ISO 639 code.")
            return None
        return match[1].lower() + match[2].replace("_", "-")

    def _required_language(self) -> str:
        language = self._language("language")
        if language is None and not any(each.code == "language_unreadable" for each in self.problems):
            self._note("language_missing", "There is no language.")
        return language or "und"

    def _dates(self, source_id: str) -> Row:
        source = self._rules.sources.get(source_id)
        country = source.country if source else None
        offset = self._rules.utc_offset(country) if country else None
        given = self._line("published_at")
        if given is None:
            self._note("date_missing", "There is no date of publication.")
            return {}
        found = read_publication_date(given, offset)
        if found.code:
            self._note(found.code, f"published_at is {shorten(given)}.")
        return {"published_at": found.moment, "published_day": found.day}

    def _retrieved_at(self) -> Row:
        given = self._line("retrieved_at") or self._record.retrieved_at
        if given is None:
            return {}
        moment = read_moment(given)
        if moment is None:
            self._note("retrieved_at_unreadable", f"retrieved_at is {shorten(given)}.")
        return {"retrieved_at": moment}

    def _other_article(self, name: str, source_id: str) -> str | None:
        """article_id of the article that a field names by article_id or by its id at the same source."""
        given = self._given(name)
        if given is None or re.fullmatch(ARTICLE_ID, given):
            return given
        return article_id(source_id, external_id=given, url=None, text="")

    def row(self, *, is_new_source: bool) -> Row | None:
        """The row of read_articles; None if the record has no identity."""
        external_id, url = self._given("id", action="quarantined"), self._line("url")
        text, whole_text = self._text()
        source_id, name = self._source(url, is_new=is_new_source)
        row: Row = {"external_id": external_id, "source_id": source_id, "source_name": name, "url": url, "text": text}
        row["title"] = self._line("title")
        row["language"] = self._required_language()
        row["original_language"] = self._language("original_language")
        row |= self._dates(source_id) | self._retrieved_at()
        row |= {field: self._other_article(field, source_id) for field in ("version_of", "translation_of")}
        row["content_hash"] = hashlib.sha256((text or "").encode()).hexdigest()
        if not (external_id or url or whole_text):
            self._note_lost_identity()
            return None
        row["article_id"] = article_id(source_id, external_id=external_id, url=url, text=whole_text)
        return self._finish(row)

    def _note_lost_identity(self) -> None:
        if not any(each.action == "quarantined" and each.code != "text_missing" for each in self.problems):
            self._note("identity_missing", "The record has neither id, url nor text.")

    def _finish(self, row: Row) -> Row:
        graver = [each.code for each in self.problems if each.action == "quarantined"]
        review = {each.code for each in self.problems if each.action == "review"}
        if self._is_unregistered:
            review.add("unregistered_source")
        row["status"] = "quarantined" if graver else "ok"
        row["problem"] = graver[0] if graver else "; ".join(sorted(review)) or None
        row["record_hash"] = hashlib.sha256(repr(sorted(row.items())).encode()).hexdigest()
        row["origin"] = self._origin
        return row


def read_record(record: Record, origin: str, rules: Rules, *, is_new_source: bool) -> tuple[Row | None, list[Problem]]:
    """One record as a row of read_articles, and what was found wrong with it.

    Args:
        record: The record.
        origin: `path:line`.
        rules: Registry, clocks and limits.
        is_new_source: Whether its outlet has not been met before in the file.

    Returns:
        The row, None if the record has no identity; and its problems, one for each code.
    """
    if record.values is None:
        return None, [problem(origin, code, found, action=action) for code, found, action in record.flaws]
    reader = RecordReader(record, origin, rules)
    row = reader.row(is_new_source=is_new_source)
    return row, merge_problems(reader.problems)
