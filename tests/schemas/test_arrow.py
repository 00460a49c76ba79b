"""Frames keep their types and nulls through Arrow, and nothing is cast that would change."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.arrow import arrow_schema, rows_to_frame, to_arrow, to_frame
from schemas.column import Column
from schemas.tables import TABLES

OF_TYPE: dict[str, st.SearchStrategy[Any]] = {
    "string": st.text(st.characters(codec="utf-8"), max_size=12),
    "integer": st.integers(-(2**31), 2**31 - 1),
    "big_integer": st.integers(-(2**63), 2**63 - 1),
    "number": st.floats(allow_nan=False),
    "boolean": st.booleans(),
    "date": st.dates(),
    "moment": st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2200, 1, 1), timezones=st.just(dt.UTC)),
}


def values_of(column: Column, required: frozenset[str]) -> st.SearchStrategy[Any]:
    values = OF_TYPE[column.type]
    return values if column.name in required else st.none() | values


def rows_of(name: str) -> st.SearchStrategy[list[dict[str, Any]]]:
    table = TABLES[name]
    return st.lists(st.fixed_dictionaries({column.name: values_of(column, table.required) for column in table.columns}), max_size=3)


@pytest.mark.parametrize("name", ["articles", "decisions", "reports", "evidence", "released_events", "actors"])
def test_frames_survive_the_way_through_arrow(name: str) -> None:
    schema = arrow_schema(name)

    @given(rows=rows_of(name))
    def law(rows: list[dict[str, Any]]) -> None:
        frame = rows_to_frame(rows, name)
        table = to_arrow(frame, schema)
        assert table.schema == schema and table.schema.metadata is None
        assert table.to_pylist() == rows
        pd.testing.assert_frame_equal(to_frame(table), frame)

    law()


def test_every_type_of_column_is_met_above() -> None:
    assert {column.type for table in TABLES.values() for column in table.columns} <= set(OF_TYPE)


HALF = {"actor_id": "a", "name": "A", "kind": "state", "inter": 2.5}


def test_half_a_death_is_refused_at_the_border() -> None:
    with pytest.raises(pa.ArrowInvalid):
        to_arrow(pd.DataFrame([HALF]), arrow_schema("actors", tuple(HALF)))


def test_half_a_death_is_refused_in_rows() -> None:
    with pytest.raises((pa.ArrowInvalid, pa.ArrowTypeError)):
        rows_to_frame([HALF], "actors")


def test_time_of_day_is_not_cut_off_a_date() -> None:
    with pytest.raises((pa.ArrowInvalid, pa.ArrowTypeError)):
        rows_to_frame([{"actor_id": "a", "valid_from": dt.datetime(2017, 10, 19, 21, 38)}], "actors")


@pytest.mark.parametrize("ignored", ["", "1"])
def test_moments_are_turned_into_utc_whatever_other_libraries_tell_arrow(monkeypatch, ignored: str) -> None:
    monkeypatch.setenv("PYARROW_IGNORE_TIMEZONE", ignored)
    moment = dt.datetime(2023, 3, 20, 12, 30, tzinfo=dt.timezone(dt.timedelta(hours=3)))
    frame = rows_to_frame([{"article_id": "a", "retrieved_at": moment}, {"article_id": "b"}], "articles")
    assert frame["retrieved_at"].iloc[0].isoformat() == "2023-03-20T09:30:00+00:00"


def test_a_moment_of_unknown_offset_is_refused() -> None:
    with pytest.raises(pa.ArrowInvalid, match="offset"):
        rows_to_frame([{"article_id": "a", "retrieved_at": dt.datetime(2023, 3, 20, 12, 30)}], "articles")


def test_whole_floats_and_nulls_become_integers_again() -> None:
    frame = pd.DataFrame({"removed_in": ["2026.1.0", "2026.2.0"], "old": [1.0, None]})
    schema = pa.schema([pa.field("removed_in", pa.string()), pa.field("old", pa.int32())])
    assert to_arrow(frame, schema)["old"].to_pylist() == [1, None]


def test_integers_that_do_not_fit_are_refused() -> None:
    with pytest.raises((pa.ArrowInvalid, OverflowError)):
        rows_to_frame([{"actor_id": "a", "inter": 2**31}], "actors")


def test_null_where_none_may_be_is_refused_by_name() -> None:
    frame = rows_to_frame([{"actor_id": "a", "inter": 1}], "actors")
    with pytest.raises(ValueError, match="null in name, kind"):
        to_arrow(frame, arrow_schema("actors"))


def test_missing_keys_are_null_and_unknown_ones_refused() -> None:
    assert rows_to_frame([{"actor_id": "NA"}], "actors")["name"].isna().all()
    assert rows_to_frame([{"actor_id": "NA"}], "actors")["actor_id"].tolist() == ["NA"]
    with pytest.raises(KeyError, match="table actors has no column nmae"):
        rows_to_frame([{"actor_id": "a", "nmae": "A"}], "actors")


def test_schema_of_some_columns_keeps_the_order_asked_for() -> None:
    assert arrow_schema("events", ("year", "event_id")).names == ["year", "event_id"]
    with pytest.raises(KeyError, match="no column nothing"):
        arrow_schema("events", ("nothing",))


def test_days_come_out_as_dates_and_moments_with_their_zone() -> None:
    moment = dt.datetime(2017, 10, 19, 21, 38, tzinfo=dt.UTC)
    frame = rows_to_frame([{"published_at": moment, "published_day": dt.date(2017, 10, 20)}], "articles")
    assert list(frame["published_day"]) == [dt.date(2017, 10, 20)]
    assert frame["published_at"].iloc[0] == moment
