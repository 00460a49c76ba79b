"""Corrections: single values of articles, reports and events that a person found wrong, as reviewed rows of seeds/corrections.csv.

A correction says which value it expects to find. Once the source is repaired, or the row is gone, it would change something that
nobody looked at: then the build stops and asks for it to be deleted or renewed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from pipeline.errors import InputError, SeedError
from pipeline.resources.column_values import Value, parse_value, text_of
from schemas.columns import ARTICLE_ID
from schemas.tables import TABLES, Table

CorrectedTable = Literal["articles", "reports", "events"]

SEPARATOR: Final = " :: "
"""Between the article and the words of the anchor sentence in the key of a report."""

_INCIDENT: Final = (
    "event_date", "event_date_end", "time_precision", "sub_event_type", "civilian_targeting", "actor1", "assoc_actor_1", "inter1",
    "actor2", "assoc_actor_2", "inter2", "initiator", "country", "admin1", "admin2", "admin3", "location", "place_id", "latitude",
    "longitude", "geo_precision", "fatalities", "fatalities_low", "fatalities_high", "fatalities_basis", "deaths_actor1",
    "deaths_actor2", "deaths_civilians", "injured", "crowd_size", "tags",
)  # fmt: skip

CORRECTABLE: Final[Mapping[str, tuple[str, ...]]] = {
    "articles": ("url", "language", "published_day", "version_of", "translation_of", "original_language"),
    "reports": (*_INCIDENT, "is_background"),
    "events": (*_INCIDENT, "notes"),
}
"""Columns that a correction may change; all others follow from these, or are what ids are made of."""

_TABLES: Final[Mapping[str, Table]] = {
    "articles": TABLES["articles"],
    "reports": TABLES["reports"],
    "events": TABLES["merged_events"],
}
_REPAIR: Final = "The source was repaired: delete the row, or renew it."


@dataclass(frozen=True)
class Correction:
    """One row of seeds/corrections.csv.

    Attributes:
        correction_id: Its id.
        table: Table that it corrects.
        key: The row: an article by its article_id or the id that it came with; a report by article, ` :: ` and words of its anchor
            sentence; an event by its permanent id.
        column: The column.
        expected: Value that it expects to find.
        value: The right value.
        reason: What was wrong.
        source: What the right value rests on.
        made_on: Day on which it was made.
    """

    correction_id: str
    table: CorrectedTable
    key: str
    column: str
    expected: Value
    value: Value
    reason: str
    source: str
    made_on: dt.date

    @classmethod
    def from_row(cls, row: Mapping[str, str]) -> Correction:
        """The correction in a row of the seed table.

        Raises:
            SeedError: A cell is missing or cannot be; says which and what to write.
        """
        name = row["correction_id"]
        if missing := [each for each in ("correction_id", "key", "reason", "source") if not row[each]]:
            raise _wrong(name, f"{', '.join(missing)} is missing")
        if row["table"] not in CORRECTABLE:
            raise _wrong(name, f"table {row['table']!r} is none of {', '.join(CORRECTABLE)}")
        if row["column"] not in CORRECTABLE[row["table"]]:
            known = ", ".join(CORRECTABLE[row["table"]])
            raise _wrong(name, f"column {row['column']!r} of {row['table']} cannot be corrected. Those that can are: {known}")
        if row["table"] == "reports" and not re.fullmatch(rf"\S.*{SEPARATOR}.*\S", row["key"]):
            raise _wrong(name, "the key of a report is its article, ` :: ` and words of the sentence that first tells it")
        table = _TABLES[row["table"]]
        try:
            expected, value = (parse_value(row[each], table.column(row["column"])) for each in ("expected", "value"))
            made_on = dt.date.fromisoformat(row["made_on"])
        except ValueError as error:
            raise _wrong(name, str(error)) from None
        if value is None and row["column"] in table.required:
            raise _wrong(name, f"{row['column']} of {row['table']} is never empty")
        if value == expected:
            raise _wrong(name, "value and expected are the same")
        corrected: CorrectedTable = row["table"]  # type: ignore[assignment]
        return cls(name, corrected, row["key"], row["column"], expected, value, row["reason"], row["source"], made_on)

    @property
    def article_key(self) -> str:
        """The article that an article's or report's key names."""
        return self.key.split(SEPARATOR, 1)[0].strip() if self.table == "reports" else self.key

    @property
    def anchor_words(self) -> str:
        """Words of the anchor sentence that a report's key names."""
        return self.key.split(SEPARATOR, 1)[1].strip()

    def names_article(self, article: Mapping[str, Any]) -> bool:
        """Whether an article's row is the one that the key names."""
        own = article["article_id"] if re.fullmatch(ARTICLE_ID, self.article_key) else article["external_id"]
        return bool(own == self.article_key)

    def stale(self, why: str) -> InputError:
        """The error that stops a build because the correction finds nothing to correct."""
        return InputError(f"seeds/corrections.csv: {self.correction_id}: {why}. {_REPAIR}")


def _wrong(name: str, why: str) -> SeedError:
    return SeedError(f"seeds/corrections.csv: {name or 'a row'}: {why}.")


def corrections_from_rows(rows: Iterable[Mapping[str, str]]) -> tuple[Correction, ...]:
    """All corrections by correction_id.

    Raises:
        SeedError: A row cannot be used, or two correct one value.
    """
    found = sorted((Correction.from_row(row) for row in rows), key=lambda each: each.correction_id)
    seen: dict[tuple[str, str, str], str] = {}
    for each in found:
        place = (each.table, each.key, each.column)
        if place in seen:
            raise _wrong(each.correction_id, f"{seen[place]} corrects the same value. Keep one of them")
        seen[place] = each.correction_id
    return tuple(found)


def given_by(corrections: Sequence[Correction], row: Mapping[str, Any], what: str) -> dict[str, Value]:
    """New value by column, once every correction has found what it expects in the row.

    Args:
        corrections: All that concern the row.
        row: The row as it is without them.
        what: The row in words, for messages.

    Raises:
        InputError: A value is not the one expected, or two corrections concern one column.
    """
    given: dict[str, Value] = {}
    for each in corrections:
        if each.column in given:
            raise each.stale(f"another correction concerns {each.column} of {what} too")
        if row[each.column] != each.expected:
            found, expected = text_of(row[each.column]), text_of(each.expected)
            raise each.stale(f"{each.column} of {what} is {_shown(found)}, not {_shown(expected)} as expected")
        given[each.column] = each.value
    return given


def _shown(text: str | None) -> str:
    return "empty" if text is None else repr(text)
