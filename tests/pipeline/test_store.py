"""The store: immutable files, one state, one lock."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError, LockedError
from pipeline.store import FileRecord, StageRecord, State, StateReader, Store, column_digest
from schemas.arrow import rows_to_frame


def decisions(*rows: tuple[str, str | None]) -> pd.DataFrame:
    return rows_to_frame(
        [{"article_id": article, "decision": "relevant", "reason": reason} for article, reason in rows], "article_decisions"
    )


def reader(store: Store, *files: FileRecord) -> StateReader:
    return StateReader(store, State({"article_decisions": {str(n): file for n, file in enumerate(files)}}), {})


def test_written_rows_come_back_sorted_with_their_nulls(tmp_path: Path) -> None:
    store = Store(tmp_path)
    record = store.write("article_decisions", "k", decisions(("b", None), ("a", "word")))
    frame = store.read_files("article_decisions", [record.file])
    assert frame.to_dict("list") == {"article_id": ["a", "b"], "decision": ["relevant"] * 2, "reason": ["word", None]}


def test_a_file_found_again_has_the_record_it_was_written_with(tmp_path: Path) -> None:
    store = Store(tmp_path)
    record = store.write("article_decisions", "k", decisions(("a", None)))
    assert store.find("article_decisions", "k") == record
    assert store.find("article_decisions", "other") is None


def test_a_key_that_occurs_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="article_id is not unique"):
        Store(tmp_path).write("article_decisions", "k", decisions(("a", None), ("a", "x")))


def test_a_null_where_a_value_must_be_is_refused(tmp_path: Path) -> None:
    frame = decisions(("a", None))
    frame["decision"] = pd.NA
    with pytest.raises(ValueError, match="null in decision"):
        Store(tmp_path).write("article_decisions", "k", frame)


@given(
    st.lists(
        st.tuples(st.text("abcdef", min_size=1, max_size=3), st.none() | st.text("xyz")), unique_by=lambda row: row[0], max_size=40
    ),
    st.integers(1, 5),
    st.integers(1, 9),
)
def test_batches_give_all_rows_in_order_however_they_are_divided(tmp_path_factory, rows, parts, size) -> None:
    store = Store(tmp_path_factory.mktemp("store"))
    records = [store.write("article_decisions", str(part), decisions(*rows[part::parts])) for part in range(parts)]
    read = pd.concat(list(reader(store, *records).batches("article_decisions", rows=size)))
    assert list(zip(read["article_id"], read["reason"].astype(object).where(read["reason"].notna(), None), strict=True)) == sorted(
        rows
    )


@given(st.lists(st.none() | st.text(max_size=5), max_size=12), st.integers(0, 12))
def test_column_digest_sees_values_not_chunks(values, cut) -> None:
    whole = pa.chunked_array([pa.array(values, pa.string())])
    chunked = pa.chunked_array([pa.array(values[:cut], pa.string()), pa.array(values[cut:], pa.string())])
    assert column_digest(whole) == column_digest(chunked)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ([None], [""]),
        (["a", "bc"], ["ab", "c"]),
        (["a", None], ["a"]),
        ([None, "a"], ["a", None]),
    ],
)
def test_column_digest_tells_what_differs(left, right) -> None:
    assert column_digest(pa.array(left, pa.string())) != column_digest(pa.array(right, pa.string()))


def test_column_digest_tells_null_from_zero() -> None:
    assert column_digest(pa.array([0, 1], pa.int32())) != column_digest(pa.array([None, 1], pa.int32()))
    day = dt.date(2020, 1, 1)
    assert column_digest(pa.array([day])) == column_digest(pa.chunked_array([[day]]))


def test_state_round_trip(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.load() == State()
    state = State(
        {"articles": {"p": FileRecord("tables/articles/k.parquet", 3, {"text": "h"})}},
        {"read": StageRecord({"code": "c"}, {"p": {"raw": "r"}})},
    )
    store.commit(state)
    assert store.load() == state


def test_a_state_of_another_format_is_built_anew(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.commit(State())
    path = store.folder / "state.json"
    path.write_text(json.dumps({"format_version": 0, "whatever": 1}))
    assert store.load() == State()


def test_a_damaged_state_says_what_to_do(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.commit(State())
    (store.folder / "state.json").write_text("{")
    with pytest.raises(InputError, match=r"Remove .* and build again"):
        store.load()


def test_unused_files_go_only_when_two_states_do_not_name_them(tmp_path: Path) -> None:
    store = Store(tmp_path)
    states = []
    for key in ("one", "two", "three"):
        record = store.write("article_decisions", key, decisions((key, None)))
        states.append(State({"article_decisions": {"all": record}}))
    assert store.remove_unused(states[1], states[0]) == 1
    assert {path.stem for path in (store.folder / "tables" / "article_decisions").iterdir()} == {"one", "two"}
    assert store.remove_unused(states[1], states[1]) == 0, "an idle build keeps the last good state as well"


def test_the_second_builder_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"""
import sys; from pathlib import Path; from pipeline.store import Store
with Store(Path({str(tmp_path)!r})).lock("khaldun build"):
    print("held", flush=True); sys.stdin.read()
""",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout and holder.stdout.readline() == "held\n"
    with pytest.raises(LockedError, match=rf"process {holder.pid} \(khaldun build\)"), Store(tmp_path).lock("khaldun build"):
        pass
    holder.kill()
    holder.communicate()
    with Store(tmp_path).lock("khaldun build"):
        assert (tmp_path / "data/processed/state/lock").read_text().startswith("process ")
