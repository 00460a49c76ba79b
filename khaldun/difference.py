"""What differs between two tables of events: two releases of ours, or any two files with a key.

Beside the rows that differ it tells how far a panel would move: the totals of each country and month, which is what most
analyses of such data are made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd

from khaldun.load import load, release_folder
from khaldun.versions import parse_version

PROVENANCE_COLUMNS = frozenset({"event_id", "event_id_cnty", "timestamp", "first_release", "last_changed_release"})
"""They say where a row comes from, not what happened: a difference in them alone is none."""

EVIDENCE_COLUMNS = frozenset({"n_reports", "n_sources", "source", "source_scale", "confidence"})
"""They move when a further report joins an event; nothing that was said before is taken back."""

WHOLE_ROW = "*"
_ROW_COLUMNS = ["key", "change", "column", "old", "new"]
_TOTALS = ("events", "fatalities")
_MOST_NAMED = 5
_MOVERS = 10


@dataclass(frozen=True)
class Columns:
    """Names of the columns that a table of events is read by.

    Attributes:
        key: Identifies a row in both tables.
        country: Of the totals.
        date: A day, of whose month the totals are; values that are no day are counted as undated.
        fatalities: Numbers that are added up; what is no number counts as 0.
    """

    key: str = "event_id"
    country: str = "country"
    date: str = "event_date"
    fatalities: str = "fatalities"


@dataclass(frozen=True)
class Difference:
    """What differs between two tables of events.

    Attributes:
        old: Name of the first.
        new: Name of the second.
        n_old: Rows of the first.
        n_new: Rows of the second.
        rows: One row a difference, by key, change and column: `key`, `change` (added, removed, merged, revised,
            evidence_added), `column` (`*` for a whole row), `old` and `new` as text; for `merged`, `new` is the key that took over.
        totals: Sums by `country` and `month` (`2017-10`; null for undated rows), those that are equal left out: `events_old`,
            `events_new`, `fatalities_old`, `fatalities_new`. None if the tables lack a country or a date.
        n_cells: Country-months that either table has.
        columns_apart: Columns that only one of the tables has; they are not compared.
        moved: For `events` and `fatalities` the sum of what every country-month moved, divided by the first table's total.
    """

    old: str
    new: str
    n_old: int
    n_new: int
    rows: pd.DataFrame
    totals: pd.DataFrame | None
    n_cells: int
    columns_apart: tuple[str, ...]
    moved: Mapping[str, float | None]

    @property
    def counts(self) -> dict[str, int]:
        """Keys by change; one that is revised in several columns counts once."""
        return {str(change): int(keys.nunique()) for change, keys in self.rows.groupby("change", sort=True)["key"]}

    @property
    def columns(self) -> dict[str, int]:
        """Revised columns with the number of rows, the most frequent first."""
        found = self.rows.loc[self.rows["column"] != WHOLE_ROW, "column"].value_counts()
        return {str(name): int(count) for name, count in sorted(found.items(), key=lambda each: (-each[1], str(each[0])))}

    def as_dict(self) -> dict[str, Any]:
        """The figures without the rows."""
        return {
            "old": self.old,
            "new": self.new,
            "rows": {"old": self.n_old, "new": self.n_new},
            "changes": self.counts,
            "columns": self.columns,
            "columns_apart": list(self.columns_apart),
            "country_months": None if self.totals is None else {"all": self.n_cells, "changed": len(self.totals)},
            "moved": dict(self.moved),
        }

    def as_text(self) -> str:
        """The figures in lines, with the country-months that move most."""
        lines = [f"{self.old} -> {self.new}: {self.n_old} rows -> {self.n_new} rows"]
        lines += [f"{change:16}{count:8}" for change, count in self.counts.items()] or ["nothing differs"]
        if named := [f"{name} {count}" for name, count in islice(self.columns.items(), _MOST_NAMED)]:
            lines.append(f"columns: {', '.join(named)}")
        if self.columns_apart:
            lines.append(f"not compared, for only one has them: {', '.join(self.columns_apart)}")
        return "\n".join([*lines, *self._panel()])

    def _panel(self) -> list[str]:
        if self.totals is None:
            return ["no panel: a country or a date column is missing"]
        lines = [f"country-months: {len(self.totals)} of {self.n_cells} differ"]
        for name, share in self.moved.items():
            lines.append(f"  {name}: " + ("none before" if share is None else f"{share:.2%} of the total moved"))
        step = self.totals.assign(step=sum((self.totals[f"{name}_new"] - self.totals[f"{name}_old"]).abs() for name in _TOTALS))
        most = step.sort_values(["step", "country", "month"], ascending=[False, True, True]).head(_MOVERS)
        rows: list[dict[str, Any]] = most.to_dict("records")  # type: ignore[assignment]
        for row in rows:
            steps = [f"{name} {row[f'{name}_old']} -> {row[f'{name}_new']}" for name in _TOTALS]
            lines.append(f"  {row['country']} {'undated' if pd.isna(row['month']) else row['month']}: {', '.join(steps)}")
        return lines


def diff(old: str | Path, new: str | Path, root: str | Path = ".", columns: Columns | None = None) -> Difference:
    """Compare two releases, or two files of events.

    Args:
        old: A version such as `2026.10.0` in `root`, the folder of a release, or a CSV or Parquet file.
        new: Likewise.
        root: The dataset's folder.
        columns: Names of the columns; those of our releases if None.

    Raises:
        FileNotFoundError: There is no such release or file.
        ValueError: A file cannot be read as a table, lacks the key, or has a key twice or empty.
    """
    names = columns or Columns()
    one, two = _read(old, root, names), _read(new, root, names)
    shared = [name for name in two.frame.columns if name in one.frame.columns]
    apart = tuple(sorted({*one.frame.columns, *two.frame.columns} - set(shared)))
    rows = [*_whole_rows(one, two), *_revisions(one, two, [name for name in shared if name not in PROVENANCE_COLUMNS])]
    frame = pd.DataFrame(rows, columns=_ROW_COLUMNS).astype("string")
    totals, n_cells, moved = _totals(one, two, names)
    return Difference(
        old=one.name,
        new=two.name,
        n_old=len(one.frame),
        n_new=len(two.frame),
        rows=frame.sort_values(["key", "change", "column"], ignore_index=True),
        totals=totals,
        n_cells=n_cells,
        columns_apart=apart,
        moved=moved,
    )


@dataclass(frozen=True)
class _Table:
    """One table: its rows by key as texts, and which of its keys went into another."""

    name: str
    frame: pd.DataFrame
    merged_into: Mapping[str, str]


def _read(named: str | Path, root: str | Path, names: Columns) -> _Table:
    path = Path(named)
    if path.is_file():
        return _keyed(path.name, _read_file(path), names.key, {})
    is_version = parse_version(str(named)) is not None
    if not is_version and not path.is_dir():
        raise FileNotFoundError(f"{named}: no version, no folder of a release, and no file.")
    folder = release_folder(str(named), root) if is_version else release_folder(None, path)
    stones = load("tombstones", root=folder)
    gone = stones[stones["merged_into"].notna()]
    merged = dict(zip(gone["event_id"].tolist(), gone["merged_into"].tolist(), strict=True))
    return _keyed(folder.name, _as_text(load("events", root=folder)), names.key, merged)


def _read_file(path: Path) -> pd.DataFrame:
    """A file as texts: nothing is guessed, so that `NA` stays Namibia and `007` a text."""
    if path.suffix == ".parquet":
        return _as_text(pd.read_parquet(path))
    try:
        return pd.read_csv(path, dtype="string", keep_default_na=False, na_values=[""], encoding="utf-8-sig")
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: cannot be read as CSV ({error}). Give a UTF-8 CSV with a header, or Parquet.") from None


def _as_text(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({name: frame[name].astype("string") for name in frame.columns})


def _keyed(name: str, frame: pd.DataFrame, key: str, merged: Mapping[str, str]) -> _Table:
    if key not in frame.columns:
        raise ValueError(f"{name}: no column {key}. Name the key; there: {', '.join(map(str, frame.columns))}.")
    keys = frame[key]
    if keys.isna().any():
        raise ValueError(f"{name}: row {int(keys.isna().to_numpy().argmax()) + 1} has no {key}.")
    if keys.duplicated().any():
        twice = ", ".join(keys[keys.duplicated()].drop_duplicates().head(_MOST_NAMED))
        raise ValueError(f"{name}: {key} stands for several rows: {twice}. Name a column that identifies a row.")
    return _Table(name, frame.set_index(keys.rename(None)), merged)


def _whole_rows(one: _Table, two: _Table) -> Iterable[tuple[str | None, ...]]:
    for key in two.frame.index.difference(one.frame.index):
        yield key, "added", WHOLE_ROW, None, None
    for key in one.frame.index.difference(two.frame.index):
        taker = _last_taker(key, two.merged_into)
        yield key, "merged" if taker else "removed", WHOLE_ROW, None, taker


def _last_taker(key: str, merged_into: Mapping[str, str]) -> str | None:
    """The event that a merged one is in at last: releases between the two may have merged it further."""
    seen = {key}
    while (taker := merged_into.get(key)) is not None and taker not in seen:
        seen.add(taker)
        key = taker
    return key if len(seen) > 1 else None


def _revisions(one: _Table, two: _Table, columns: Sequence[str]) -> Iterable[tuple[str | None, ...]]:
    keys = one.frame.index.intersection(two.frame.index)
    before, after = one.frame.loc[keys], two.frame.loc[keys]
    for name in columns:
        old, new = before[name], after[name]
        differs = (old.fillna("") != new.fillna("")) | (old.isna() != new.isna())
        # `12` and `12.0` are one number that two programs wrote.
        first, second = (pd.to_numeric(each[differs], errors="coerce") for each in (old, new))
        differs.loc[first.index[(first == second).fillna(False).to_numpy(dtype=bool)]] = False
        change = "evidence_added" if name in EVIDENCE_COLUMNS else "revised"
        for key, was, now in zip(keys[differs], old[differs], new[differs], strict=True):
            yield key, change, name, None if pd.isna(was) else was, None if pd.isna(now) else now


def _totals(one: _Table, two: _Table, names: Columns) -> tuple[pd.DataFrame | None, int, dict[str, float | None]]:
    """The country-months whose totals differ, the number of all, and how far the totals moved."""
    if any(name not in table.frame.columns for table in (one, two) for name in (names.country, names.date)):
        return None, 0, {}
    sums = [_by_month(table.frame, names).add_suffix(suffix) for table, suffix in ((one, "_old"), (two, "_new"))]
    joined = sums[0].join(sums[1], how="outer").fillna(0).astype("int64").sort_index()
    joined = joined[[f"{name}{suffix}" for name in _TOTALS for suffix in ("_old", "_new")]]
    moved: dict[str, float | None] = {}
    differs = pd.Series(False, index=joined.index)
    for name in _TOTALS:
        step = (joined[f"{name}_new"] - joined[f"{name}_old"]).abs()
        differs |= step > 0
        total = int(joined[f"{name}_old"].sum())
        moved[name] = float(step.sum() / total) if total else None
    return joined[differs].reset_index(), len(joined), moved


def _by_month(frame: pd.DataFrame, names: Columns) -> pd.DataFrame:
    days = pd.to_datetime(frame[names.date], errors="coerce", format="mixed")
    deaths = pd.Series(0, index=frame.index) if names.fatalities not in frame.columns else frame[names.fatalities]
    made = pd.DataFrame(
        {
            "country": frame[names.country].fillna(""),
            "month": days.dt.strftime("%Y-%m").astype("string"),
            "events": 1,
            "fatalities": pd.to_numeric(deaths, errors="coerce").fillna(0).astype("int64"),
        }
    )
    return made.groupby(["country", "month"], dropna=False)[list(_TOTALS)].sum()
