"""The stage withholds what is wrong, tells everything else, and does not care about the order of rows."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipeline.checking.stage import check_tables
from pipeline.resources.sensitivity import Marking
from pipeline.settings import DatasetSettings, Settings
from schemas.arrow import arrow_schema, rows_to_frame, to_arrow
from schemas.validation import violations

Check = Callable[..., dict[str, pd.DataFrame]]


def told(problems: pd.DataFrame) -> list[tuple[str, str, str]]:
    return list(zip(problems["rule"], problems["severity"], problems["table"], strict=True))


def test_sound_dataset_has_no_problems_and_keeps_its_event(check: Check, sound: Any) -> None:
    result = check({})
    assert result["problems"].empty
    assert result["events"]["event_id"].tolist() == [sound["merged_events"][0]["event_id"]]
    assert violations(result["events"], "events") == []


def test_event_that_breaks_a_rule_across_columns_is_withheld_and_its_report_stays(check: Check) -> None:
    result = check({"merged_events": {"year": 2018}})
    assert result["events"].empty
    assert told(result["problems"]) == [("year_not_of_event_date", "hard", "events")]


def test_event_that_breaks_a_rule_on_one_column_is_withheld(check: Check) -> None:
    result = check({"merged_events": {"status": "published"}})
    assert result["events"].empty
    assert told(result["problems"]) == [("column:allowed:status", "hard", "events")]


def test_events_with_one_key_or_none_are_withheld(check: Check, sound: Any) -> None:
    event = sound["merged_events"][0]
    result = check({"merged_events": [event, event, event | {"event_id": None}]})
    assert result["events"].empty
    rules = set(result["problems"]["rule"])
    assert {"table:key", "column:null:event_id"} <= rules


def test_soft_findings_and_wrong_reports_withhold_nothing(check: Check) -> None:
    result = check(
        {
            "merged_events": {"fatalities": 500, "fatalities_high": None},
            "reports": {"fatalities": 2, "fatalities_low": 3, "notes": None},
        }
    )
    assert len(result["events"]) == 1
    assert set(told(result["problems"])) == {
        ("fatalities_outside_bounds", "hard", "reports"),
        ("notes_deaths_not_fatalities", "soft", "events"),
        ("very_many_deaths", "soft", "events"),
    }


@pytest.mark.parametrize("status", ["superseded", "rejected"])
def test_reports_that_take_no_part_are_checked_column_by_column_only(check: Check, sound: Any, status: str) -> None:
    extra = sound["reports"][0] | {"report_id": "rep-" + "0" * 20, "status": status, "fatalities": 9, "fatalities_high": 3}
    assert check({"reports": [*sound["reports"], extra]})["problems"].empty
    again = check({"reports": [*sound["reports"], extra | {"confidence": 2.0}]})["problems"]
    assert told(again) == [("column:maximum:confidence", "hard", "reports")]


def test_event_whose_only_report_is_missing_is_withheld(check: Check) -> None:
    result = check({"reports": [], "evidence": []})
    assert result["events"].empty
    assert set(told(result["problems"])) == {
        ("event_without_report", "hard", "events"),
        ("link_without_report", "hard", "event_reports"),
    }


def test_what_could_not_be_read_is_told(check: Check, sound: Any) -> None:
    article = sound["articles"][0]["article_id"]
    problems = check(
        {
            "ingest_problems": [
                {"origin": "a.jsonl:3", "code": "broken_json", "action": "quarantined", "message": "m"},
                {"origin": "a.jsonl:4", "code": "date_missing", "action": "review", "message": "m"},
                {"origin": "a.jsonl:5", "code": "control_characters", "action": "counted", "message": "m"},
            ],
            "article_versions": [
                {"article_id": article, "origin": "a.jsonl:6", "content_hash": "1" * 64, "outcome": "current"},
                {"article_id": article, "origin": "a.jsonl:7", "content_hash": "2" * 64, "outcome": "conflict"},
            ],
            "decision_problems": [
                {"origin": "decisions/c.jsonl:1", "code": "unknown_kind", "action": "quarantined", "message": "m"}
            ],
            "decision_anchors": [
                {"decision_id": "d1", "side": 0, "article_id": article, "matched_by": "stale", "reason": "words_not_found"},
                {"decision_id": "d1", "side": 1, "article_id": article, "matched_by": "stale"},
                {"decision_id": "d2", "side": 0, "article_id": article, "matched_by": "words"},
                {"decision_id": "d3", "side": 0, "article_id": article, "matched_by": "offset", "reason": "no report stands here"},
            ],
            "decisions": [
                {
                    "decision_id": "d4",
                    "kind": "no_event",
                    "article_id": "art-" + "f" * 20,
                    "content_hash": "1" * 64,
                    "coder_id": "c",
                    "decided_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
                    "codebook_version": "1.0",
                    "is_current": True,
                    "body": '{"decision": "no_event", "reason": "sport"}',
                },
            ],
        }
    )["problems"]
    rows = list(zip(problems["rule"], problems["severity"], problems["table"], problems["key"], strict=True))
    assert rows == [
        ("broken_json", "hard", "raw", "a.jsonl:3"),
        ("conflicting_versions", "hard", "raw", "a.jsonl:7"),
        ("control_characters", "soft", "raw", "a.jsonl:5"),
        ("date_missing", "soft", "raw", "a.jsonl:4"),
        ("decision_without_article", "soft", "decisions", "d4"),
        ("decision_without_report", "soft", "decisions", "d3"),
        ("stale_decision", "soft", "decisions", "d1"),
        ("unknown_kind", "hard", "decisions", "decisions/c.jsonl:1"),
    ]


def test_settings_say_what_the_dataset_covers(check: Check) -> None:
    outside = Settings(dataset=DatasetSettings(countries=("SY",), period_end=dt.date(2017, 1, 1)))
    assert set(check({}, outside)["problems"]["rule"]) == {"outside_countries", "outside_period"}
    inside = Settings(dataset=DatasetSettings(countries=("IQ", "SY"), period_start=dt.date(2017, 1, 1)))
    assert check({}, inside)["problems"].empty


def test_a_point_is_held_against_the_towns_around_it(check: Check) -> None:
    # Close to the border with Iran, but closer to a town of Iraq; then in Iran, where a box around Iraq would pass it.
    assert check({"merged_events": {"latitude": 33.12, "longitude": 45.93}})["problems"].empty
    for latitude, longitude in ((80.0, 44.448), (34.3142, 47.065)):
        found = check({"merged_events": {"latitude": latitude, "longitude": longitude}})["problems"]
        assert set(found["rule"]) == {"coordinates_outside_country"}


def test_table_that_is_not_as_described_is_refused(frames: Any) -> None:
    given = frames({})
    given["merged_events"] = given["merged_events"].assign(fatalities=2.5).drop(columns="tags")
    with pytest.raises(ValueError, match=r"merged_events.*fatalities holds float64, expected Int32.*no column tags"):
        check_tables(**given)


def several(sound: Any, count: int) -> dict[str, list[dict[str, Any]]]:
    """The sound dataset with its rows repeated under other ids, each repetition broken in another way."""
    deadly = {"fatalities": 400, "fatalities_high": 400}
    breaks: list[dict[str, Any]] = [{}, {"year": 2018}, {"sensitivity": "secret"}, deadly, {"iso": 4}]
    repeated: dict[str, list[dict[str, Any]]] = {}
    for table, rows in sound.items():
        repeated[table] = []
        for number in range(count):
            ids = {"event_id": f"TMP-{number:020x}", "report_id": f"rep-{number:020x}"}
            change = breaks[number % len(breaks)] if table == "merged_events" else {}
            repeated[table] += [row | {name: value for name, value in ids.items() if name in row} | change for row in rows]
    repeated["articles"] = sound["articles"]
    return repeated


@pytest.fixture(scope="module")
def in_order(frames: Any, rows: Any) -> Mapping[str, pd.DataFrame]:
    """What comes of several events whose rows stand in the order of their keys."""
    return check_tables(**frames(several(rows, 7)))


@settings(max_examples=10, phases=[Phase.generate])
@given(seed=st.integers(0, 10_000))
def test_order_of_rows_does_not_show(frames: Any, rows: Any, in_order: Mapping[str, pd.DataFrame], seed: int) -> None:
    many, straight = several(rows, 7), in_order
    shuffled = {table: random.Random(seed).sample(listed, len(listed)) for table, listed in many.items()}
    mixed = check_tables(**frames(shuffled))
    for name in ("events", "problems"):
        schema = arrow_schema(name)
        assert to_arrow(mixed[name], schema) == to_arrow(straight[name], schema)
    assert straight["events"]["event_id"].is_monotonic_increasing and len(straight["events"]) == 3
    assert violations(straight["problems"], "problems") == []


def test_types_of_what_comes_out_are_those_of_the_tables(check: Check) -> None:
    for changes in ({}, {"merged_events": {"year": 2018}}, {"merged_events": []}):
        for name, frame in check(changes).items():
            assert frame.dtypes.to_dict() == rows_to_frame([], name).dtypes.to_dict(), name


def test_a_marking_of_what_the_dataset_lacks_is_told(frames: Any) -> None:
    made = frames({})
    known = made["articles"]["source_id"].iloc[0]
    markings = [Marking("source", each, "withhold", None) for each in (known, "no-such-outlet")]
    made["resources"].sensitivity = (*markings, Marking("article", "no-such-id", "coarsen", None))
    problems = check_tables(**made)["problems"].query("rule == 'sensitivity_without_subject'")
    assert list(problems["key"]) == ["sensitivity: article no-such-id", "sensitivity: source no-such-outlet"]
