"""The table of changes, row by row, between two published releases."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pyarrow.parquet as pq
import pytest

from khaldun import load

ONE, TWO, THREE = (f"KHD-IRQ-00000{number}" for number in (1, 2, 3))
WHOLE = "*"


@pytest.fixture
def mill(incident):
    return incident("In the afternoon a second band raided the mill beside the river.", "b", "raided")


@pytest.fixture
def between(publish):
    """Publishes two states; gives the changes of the second as tuples, and its folder."""

    def run(before: Any, after: Any, **more: Any) -> tuple[list[tuple[Any, ...]], Any]:
        publish(before, "2026.9.0")
        done = publish(after, "2026.10.0", **more)
        rows = pq.read_table(done.path / "changes.parquet").to_pylist()
        return [tuple(row.values()) for row in rows], done

    return run


def test_of_a_first_release_every_event_is_added(new_sample, attack, mill, publish) -> None:
    done = publish(new_sample().article("one", attack, mill))
    rows = pq.read_table(done.path / "changes.parquet").to_pylist()
    assert [(row["event_id"], row["change"], row["column"], row["old"], row["new"]) for row in rows] == [
        (ONE, "added", WHOLE, None, None),
        (TWO, "added", WHOLE, None, None),
    ]


def test_nothing_changed(new_sample, attack, between) -> None:
    rows, done = between(new_sample().article("one", attack), new_sample().article("one", attack))
    assert rows == []
    [event] = pq.read_table(done.path / "events.parquet").to_pylist()
    assert (event["first_release"], event["last_changed_release"]) == ("2026.9.0", "2026.9.0")
    assert event["timestamp"] == int(dt.datetime(2026, 9, 1, tzinfo=dt.UTC).timestamp())


def test_added(new_sample, attack, mill, between) -> None:
    rows, done = between(new_sample().article("one", attack), new_sample().article("one", attack).article("two", mill))
    assert rows == [(TWO, "added", "membership", WHOLE, None, None, None)]
    marks = {row["event_id"]: row["first_release"] for row in pq.read_table(done.path / "events.parquet").to_pylist()}
    assert marks == {ONE: "2026.9.0", TWO: "2026.10.0"}


def test_removed(new_sample, attack, mill, between) -> None:
    rows, done = between(new_sample().article("one", attack).article("two", mill), new_sample().article("two", mill))
    assert rows == [(ONE, "removed", "membership", WHOLE, None, None, None)]
    assert pq.read_table(done.path / "tombstones.parquet").to_pylist() == [
        {"event_id": ONE, "removed_in": "2026.10.0", "merged_into": None, "reason": "removed"}
    ]


def test_evidence_added_is_no_revision(new_sample, attack, between) -> None:
    after = new_sample().article("one", attack).article("two", attack, source="other-paper")
    after.event_values["a"] = {"source_scale": "National-Other", "confidence": 0.95}
    rows, done = between(new_sample().article("one", attack), after)
    assert rows == [(ONE, "evidence_added", "membership", WHOLE, "1", "2", None)]
    [event] = pq.read_table(done.path / "events.parquet").to_pylist()
    assert event["last_changed_release"] == "2026.10.0"


def test_a_report_that_goes_is_a_revision(new_sample, attack, between) -> None:
    before = new_sample().article("one", attack).article("two", attack)
    rows, _ = between(before, new_sample().article("one", attack))
    assert rows == [(ONE, "revised", "membership", "n_reports", "2", "1", None)]


def test_recoded_names_the_inputs_that_differ(new_sample, attack, between) -> None:
    after = new_sample({"code of code": "2", "setting matching.recipe": "conservative"}).article("one", attack)
    after.event_values["a"] = {"fatalities": 4, "latitude": 35.2, "deaths_civilians": 4, "is_retrospective": True}
    rows, done = between(new_sample().article("one", attack), after)
    assert [row[3:6] for row in rows] == [
        ("deaths_civilians", None, "4"),
        ("fatalities", "3", "4"),
        ("is_retrospective", "false", "true"),
        ("latitude", "35.137", "35.2"),
    ]
    assert {(row[1], row[2], row[6]) for row in rows} == {("revised", "recoded", "code of code")}
    [event] = pq.read_table(done.path / "events.parquet").to_pylist()
    assert event["timestamp"] == int(dt.datetime(2026, 10, 1, tzinfo=dt.UTC).timestamp())


def test_an_event_newly_found_in_old_articles_was_recoded(new_sample, attack, mill, between) -> None:
    both = f"{attack.sentence}  {mill.sentence}"
    after = new_sample({"code of code": "2"}).article("one", attack, mill, text=both)
    rows, _ = between(new_sample({"code of code": "1"}).article("one", attack, text=both), after)
    assert rows == [(TWO, "added", "recoded", WHOLE, None, None, "code of code")]


def test_recipe_when_nothing_else_differs(new_sample, attack, between) -> None:
    name = "setting matching.recipe"
    after = new_sample({"code of code": "1", name: "new"}).article("one", attack)
    after.event_values["a"] = {"fatalities": 4}
    rows, _ = between(new_sample({"code of code": "1", name: "old"}).article("one", attack), after)
    assert rows == [(ONE, "revised", "recipe", "fatalities", "3", "4", None)]


def test_a_decision_on_an_article_of_the_event_is_the_cause(new_sample, attack, mill, between) -> None:
    after = new_sample({"code of code": "2"}).article("one", attack).article("two", mill)
    after.event_values |= {"a": {"fatalities": 4}, "b": {"fatalities": 5}}
    after.decide("d1", "one")
    rows, _ = between(new_sample({"code of code": "1"}).article("one", attack).article("two", mill), after)
    assert [(row[0], row[2]) for row in rows] == [(ONE, "decision"), (TWO, "recoded")]
    assert rows[1][6] == "code of code; decisions"


def test_an_old_decision_is_no_cause(new_sample, attack, between) -> None:
    after = new_sample({"code of code": "2"}).article("one", attack).decide("d1", "one")
    after.event_values["a"] = {"fatalities": 4}
    rows, _ = between(new_sample({"code of code": "1"}).article("one", attack).decide("d1", "one"), after)
    assert [row[2] for row in rows] == ["recoded"]


def test_a_person_who_codes_what_the_rules_coded_keeps_the_id(new_sample, attack, between) -> None:
    human = dataclasses.replace(
        attack, sentence="three farmers lost their lives", trigger="lost their lives", coder="curious-otter"
    )
    after = new_sample().article("one", human, text=attack.sentence).decide("d1", "one")
    after.event_values["a"] = {"sub_event_type": "Attack", "fatalities": 4}
    rows, _ = between(new_sample().article("one", attack), after)
    assert rows == [(ONE, "revised", "decision", "fatalities", "3", "4", None)]


def test_a_corrected_text_keeps_the_id(new_sample, attack, between) -> None:
    text = f"Correction: an earlier version gave another day. {attack.sentence.replace('Thursday', 'Friday')}"
    later = dataclasses.replace(attack, sentence=attack.sentence.replace("Thursday", "Friday"))
    rows, _ = between(new_sample().article("one", attack), new_sample().article("one", later, text=text))
    assert rows == []


def test_merged(new_sample, attack, mill, between, tmp_path) -> None:
    before = new_sample().article("one", attack).article("two", mill)
    after = new_sample().article("one", attack).article("two", dataclasses.replace(mill, event="a"))
    rows, _ = between(before, after)
    assert rows == [
        (ONE, "evidence_added", "membership", WHOLE, "1", "2", None),
        (TWO, "merged", "membership", WHOLE, None, ONE, None),
    ]
    assert load("tombstones", root=tmp_path)["merged_into"].tolist() == [ONE]


def test_split(new_sample, attack, between) -> None:
    before = new_sample().article("one", attack).article("two", attack).article("three", attack)
    after = new_sample().article("one", attack).article("two", attack).article("three", dataclasses.replace(attack, event="b"))
    rows, _ = between(before, after)
    assert rows == [
        (ONE, "revised", "membership", "n_reports", "3", "2", None),
        (TWO, "split", "membership", WHOLE, ONE, None, None),
    ]


def test_tombstones_last_and_their_ids_never_return(new_sample, attack, mill, publish) -> None:
    whole = new_sample().article("one", attack).article("two", mill)
    publish(whole, "2026.1.0")
    publish(new_sample().article("one", attack), "2026.2.0")
    done = publish(whole, "2026.3.0")
    ids = pq.read_table(done.path / "events.parquet")["event_id"].to_pylist()
    assert THREE in ids
    [tombstone] = pq.read_table(done.path / "tombstones.parquet").to_pylist()
    assert tombstone["removed_in"] == "2026.2.0"
    assert tombstone["event_id"] not in ids


def test_another_convention_for_classes_changes_nothing(new_sample, attack, between, settings) -> None:
    numeric = settings.model_copy(update={"release": settings.release.model_copy(update={"interaction": "numeric"})})
    after = new_sample().article("one", attack)
    rows, _ = between(new_sample().article("one", attack), after, settings=numeric)
    assert rows == []


def test_changed_classes_are_told_in_the_convention_of_the_release(new_sample, attack, between, settings) -> None:
    numeric = settings.model_copy(update={"release": settings.release.model_copy(update={"interaction": "numeric"})})
    after = new_sample().article("one", attack)
    after.event_values["a"] = {"inter1": "Political militia", "interaction": "Political militia-Civilians"}
    rows, _ = between(new_sample().article("one", attack), after, settings=numeric)
    assert [row[3:6] for row in rows] == [("inter1", "2", "3"), ("interaction", "27", "37")]
