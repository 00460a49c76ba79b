"""What differs between two releases, or two files of events."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from khaldun import Columns, diff
from pipeline.cli import app

FOREIGN = Columns(key="id", country="country", date="day", fatalities="best")
HEADER = "id,country,day,best,name\n"


def table(folder: Path, name: str, *lines: str, header: str = HEADER) -> Path:
    path = folder / name
    path.write_text(header + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def found_rows(found: pd.DataFrame) -> list[tuple[object, ...]]:
    return [tuple(None if pd.isna(value) else value for value in row) for row in found.itertuples(index=False)]


def test_files_of_others_are_compared_by_their_key(tmp_path: Path) -> None:
    old = table(tmp_path, "old.csv", "1,Namibia,2017-10-18,3,NA", "2,Iraq,2017-10-19,0,x", "007,Mali,2017-11-01,12,y")
    new = table(tmp_path, "new.csv", "1,Namibia,2017-10-18,3.0,NA", "2,Iraq,2017-11-19,0,", "8,Mali,2017-11-30,10,y")
    found = diff(old, new, columns=FOREIGN)
    assert found_rows(found.rows) == [
        ("007", "removed", "*", None, None),
        ("2", "revised", "day", "2017-10-19", "2017-11-19"),
        ("2", "revised", "name", "x", None),
        ("8", "added", "*", None, None),
    ]
    assert found.counts == {"added": 1, "removed": 1, "revised": 1}
    assert found.totals is not None
    assert found_rows(found.totals) == [
        ("Iraq", "2017-10", 1, 0, 0, 0),
        ("Iraq", "2017-11", 0, 1, 0, 0),
        ("Mali", "2017-11", 1, 1, 12, 10),
    ]
    assert found.n_cells == 4
    assert found.moved == {"events": pytest.approx(2 / 3), "fatalities": pytest.approx(2 / 15)}


def test_events_without_a_day_are_counted_and_told(tmp_path: Path) -> None:
    old, new = table(tmp_path, "old.csv", "1,Iraq,,1,"), table(tmp_path, "new.csv", "1,Iraq,soon,4,")
    text = diff(old, new, columns=FOREIGN).as_text()
    assert "Iraq undated: events 1 -> 1, fatalities 1 -> 4" in text


def test_releases_tell_what_a_later_one_merged_and_what_is_only_more_evidence(new_sample, attack, publish, tmp_path) -> None:
    sample = new_sample().article("one", attack)
    publish(sample, "2026.9.0")
    sample.event_values["a"] = {"fatalities": 8, "n_sources": 4}
    publish(sample, "2026.10.0")
    found = diff("2026.9.0", "2026.10.0", tmp_path)
    told = {(row.change, row.column): (row.old, row.new) for row in found.rows.itertuples()}
    assert told["revised", "fatalities"][1] == "8"
    assert told["evidence_added", "n_sources"][1] == "4"
    assert not {"timestamp", "last_changed_release", "event_id"} & set(found.columns)
    assert found.as_dict()["country_months"] == {"all": 1, "changed": 1}


def test_of_a_chain_of_merges_the_last_taker_is_named() -> None:
    from khaldun.difference import _last_taker

    assert _last_taker("a", {"a": "b", "b": "c"}) == "c"
    assert _last_taker("a", {"a": "b", "b": "a"}) == "b"
    assert _last_taker("x", {"a": "b"}) is None


@pytest.mark.parametrize(
    ("lines", "told"),
    [(["1,Iraq,,,", "1,Mali,,,"], "stands for several rows: 1"), (["1,Iraq,,,", ",Mali,,,"], "row 2 has no id")],
)
def test_a_key_that_identifies_nothing_is_refused(tmp_path: Path, lines: list[str], told: str) -> None:
    good, bad = table(tmp_path, "good.csv", "1,Iraq,,,"), table(tmp_path, "bad.csv", *lines)
    with pytest.raises(ValueError, match=told):
        diff(good, bad, columns=FOREIGN)


def test_the_command_writes_rows_and_totals_and_explains_what_is_wrong(tmp_path: Path) -> None:
    old = table(tmp_path, "old.csv", "1,Iraq,2017-10-19,0,=1+1")
    new = table(tmp_path, "new.csv", "1,Iraq,2017-10-19,2,+x")
    names = ["--key", "id", "--date", "day", "--fatalities", "best"]
    written = ["--rows", str(tmp_path / "rows.csv"), "--totals", str(tmp_path / "totals.csv")]
    done = CliRunner().invoke(app, ["diff", str(old), str(new), *names, *written], catch_exceptions=False)
    assert done.exit_code == 0
    assert "country-months: 1 of 1 differ" in done.stdout
    assert (tmp_path / "rows.csv").read_text() == "key,change,column,old,new\n1,revised,best,0,2\n1,revised,name,'=1+1,'+x\n"
    assert (tmp_path / "totals.csv").read_text().splitlines()[1] == "Iraq,2017-10,1,1,0,2"
    for one, told in (
        (str(tmp_path / "gone.csv"), "no version, no folder of a release, and no file"),
        (str(old), "no column event_id"),
    ):
        done = CliRunner().invoke(app, ["diff", one, str(new)])
        assert done.exit_code == 1
        assert told in str(done.exception)


rows = st.dictionaries(
    st.integers(1, 6).map(str),
    st.tuples(st.sampled_from(["Iraq", "Mali", ""]), st.sampled_from(["2017-10-01", "2017-11-30", ""]), st.integers(0, 9).map(str)),
)


@given(rows, rows)
def test_comparing_the_other_way_round_exchanges_what_was_and_what_is(tmp_path_factory, one, two) -> None:
    folder = tmp_path_factory.mktemp("diff")
    paths = [
        table(folder, f"{number}.csv", *(f"{key},{country},{day},{best},n" for key, (country, day, best) in each.items()))
        for number, each in enumerate((one, two))
    ]
    there, back = diff(*paths, columns=FOREIGN), diff(*reversed(paths), columns=FOREIGN)
    turned = {"added": "removed", "removed": "added", "revised": "revised"}
    assert sorted(
        (key, turned[change], column, str(new), str(old)) for key, change, column, old, new in found_rows(there.rows)
    ) == sorted((key, change, column, str(old), str(new)) for key, change, column, old, new in found_rows(back.rows))
    assert there.totals is not None
    for name, total in (("events", len), ("fatalities", lambda each: sum(int(best) for _, _, best in each.values()))):
        step = int((there.totals[f"{name}_new"] - there.totals[f"{name}_old"]).sum())
        assert step == total(two) - total(one)
    same = diff(paths[0], paths[0], columns=FOREIGN)
    assert same.rows.empty
    assert same.totals is not None
    assert same.totals.empty
