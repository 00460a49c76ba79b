"""What a check is: a code, a severity, the tables it looks at, and a function that finds the rows that fail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from string import Formatter
from typing import Literal

import pandas as pd

from schemas.arrow import rows_to_frame
from schemas.tables import TABLES
from schemas.validation import row_keys

Severity = Literal["hard", "soft"]
TableName = Literal["events", "reports", "evidence", "event_reports"]

KHALDUN = "Khaldun"
ACLED = "ACLED codebook (2024)"

EVENTS: tuple[TableName, ...] = ("events",)
REPORTS: tuple[TableName, ...] = ("reports",)
BOTH: tuple[TableName, ...] = ("events", "reports")
LINKS: tuple[TableName, ...] = ("event_reports",)
EVIDENCE: tuple[TableName, ...] = ("evidence",)


@dataclass(frozen=True, kw_only=True)
class Tables:
    """What the checks look at. Every frame is sorted by its key and numbered from 0.

    Attributes:
        events: The merged events, before any is withheld.
        reports: All reports, also those that take no part.
        evidence: The words on which the reports rest.
        event_reports: Which report belongs to which event.
        articles: The articles without their words.
        places: The gazetteer: place_id, kind, country, latitude and longitude.
        countries: Countries that the dataset covers; none is the whole world.
        period_start: First day that the dataset covers.
        period_end: Last day that the dataset covers.
    """

    events: pd.DataFrame
    reports: pd.DataFrame
    evidence: pd.DataFrame
    event_reports: pd.DataFrame
    articles: pd.DataFrame
    places: pd.DataFrame
    countries: frozenset[str] = frozenset()
    period_start: dt.date | None = None
    period_end: dt.date | None = None

    def of(self, table: TableName) -> pd.DataFrame:
        """The rows of a table that are checked: of the reports those that take part."""
        if table == "reports":
            return self._active_reports
        return {"events": self.events, "evidence": self.evidence, "event_reports": self.event_reports}[table]

    @cached_property
    def _active_reports(self) -> pd.DataFrame:
        return self.reports[self.reports["status"].isin(["candidate", "accepted"])]


Find = Callable[[pd.DataFrame, Tables], pd.Series]
FindInRow = Callable[[pd.DataFrame], pd.Series]


@dataclass(frozen=True, kw_only=True)
class Check:
    """One rule.

    Attributes:
        code: Its name in the table of problems; it says what is found.
        severity: `hard`: a row that fails is wrong; `soft`: it is to be looked at.
        tables: The tables whose rows it looks at.
        rule: What must hold, as a sentence.
        message: What was found and what to do; names in braces stand for the row's values, `{found}` for what the function gave.
        source: Where the rule comes from.
        find: Gives, for a frame and all tables, a series that is true where a row fails, or that names what was found and is
            null elsewhere.
    """

    code: str
    severity: Severity
    tables: tuple[TableName, ...]
    rule: str
    message: str
    source: str
    find: Find

    def problems(self, table: TableName, tables: Tables) -> pd.DataFrame:
        """Rows of the table `problems`, one for each row of `table` that fails; in the order of the rows."""
        frame = tables.of(table)
        found = self.find(frame, tables).reindex(frame.index)
        failed = found.fillna(False).astype(bool) if pd.api.types.is_bool_dtype(found.dtype) else found.notna()
        if not failed.any():
            return no_problems()
        rows = frame[failed]
        return pd.DataFrame(
            {
                "rule": self.code,
                "severity": self.severity,
                "table": table,
                "key": row_keys(rows, TABLES[table].key),
                "message": self._messages(rows, found[failed]),
            }
        ).astype("string")

    def _messages(self, rows: pd.DataFrame, found: pd.Series) -> list[str]:
        named = {name for _, name, _, _ in Formatter().parse(self.message) if name}
        shown = rows[sorted(named - {"found"})].assign(found=found)
        return [self.message.format_map(_readable(record)) for record in shown.to_dict("records")]


@cache
def no_problems() -> pd.DataFrame:
    """The table `problems` without a row; not to be changed."""
    return rows_to_frame([], "problems")


def _readable(record: Mapping[object, object]) -> dict[str, object]:
    return {str(name): "null" if pd.isna(value) else value for name, value in record.items()}  # type: ignore[call-overload]


def across_tables(
    code: str, severity: Severity, tables: tuple[TableName, ...], rule: str, message: str, *, source: str = KHALDUN
) -> Callable[[Find], Check]:
    """Make a check from a function that looks at a frame beside all the other tables."""

    def make(find: Find) -> Check:
        return Check(code=code, severity=severity, tables=tables, rule=rule, message=message, source=source, find=find)

    return make


def in_row(
    code: str, severity: Severity, tables: tuple[TableName, ...], rule: str, message: str, *, source: str = KHALDUN
) -> Callable[[FindInRow], Check]:
    """Make a check from a function that looks at one frame alone."""

    def make(find: FindInRow) -> Check:
        return Check(
            code=code,
            severity=severity,
            tables=tables,
            rule=rule,
            message=message,
            source=source,
            find=lambda frame, _: find(frame),
        )

    return make


def is_true(mask: pd.Series) -> pd.Series:
    """A condition as plain booleans: what is not known is not true."""
    return mask.fillna(False).astype(bool)


def day_numbers(dates: pd.Series) -> pd.Series:
    """Days since 1970-01-01 of a column of dates, to reckon with."""
    numbers: pd.Series = dates.astype("int32[pyarrow]").astype("Int32")
    return numbers
