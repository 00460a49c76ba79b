"""Loading tables of releases."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from khaldun import load, versions
from khaldun.versions import Version, parse_version


def test_the_latest_release_goes_by_number_not_by_letter(new_sample, attack, publish, tmp_path) -> None:
    sample = new_sample().article("one", attack)
    for version in ("2026.9.0", "2026.10.0", "2026.11.0-dev"):
        sample.event_values["a"] = {"fatalities": int(version.split(".")[1])}
        publish(sample, version)
    assert versions(tmp_path) == ["2026.9.0", "2026.10.0", "2026.11.0-dev"]
    assert load("events", root=tmp_path)["fatalities"].tolist() == [10]
    assert load("events", "2026.9.0", tmp_path)["fatalities"].tolist() == [9]
    assert load("events", "2026.11.0-dev", root=tmp_path)["fatalities"].tolist() == [11]
    assert load("events", root=tmp_path / "data/processed/releases/2026.9.0")["fatalities"].tolist() == [9]


def test_types_keep_nulls(new_sample, attack, publish, tmp_path) -> None:
    publish(new_sample().article("one", attack))
    events = load("events", root=tmp_path)
    assert isinstance(events["fatalities_high"].dtype, pd.Int64Dtype)
    assert isinstance(events["is_retrospective"].dtype, pd.BooleanDtype)
    assert isinstance(events["admin3"].dtype, pd.StringDtype)
    assert events["admin3"].isna().all()
    assert str(events["event_date"][0]) == "2017-10-19"


def test_what_is_not_there_is_told(new_sample, attack, publish, tmp_path) -> None:
    with pytest.raises(FileNotFoundError, match="holds no release"):
        load("events", root=tmp_path)
    publish(new_sample().article("one", attack))
    with pytest.raises(FileNotFoundError, match=r"no release 2025\.1\.0.*there: 2026\.9\.0"):
        load("events", "2025.1.0", tmp_path)
    with pytest.raises(FileNotFoundError, match="no release"):
        load("events", "../releases/2026.9.0", tmp_path)
    with pytest.raises(KeyError, match="no table event"):
        load("event", root=tmp_path)


numbers = st.builds(Version, st.integers(1900, 2200), st.integers(1, 12), st.integers(0, 40), st.booleans())


@given(numbers, numbers)
def test_versions_are_ordered_by_their_numbers(one: Version, other: Version) -> None:
    assert Version.parse(str(one)) == one
    assert (one < other) == (
        (one.year, one.month, one.patch, not one.is_dev) < (other.year, other.month, other.patch, not other.is_dev)
    )


@pytest.mark.parametrize(
    "text", ["2026.9", "2026.09.0", "2026.0.1", "2026.13.0", "2026.9.01", "2026.9.0-DEV", "2026.9.0 ", "v2026.9.0", ""]
)
def test_other_forms_are_no_versions(text: str) -> None:
    assert parse_version(text) is None
