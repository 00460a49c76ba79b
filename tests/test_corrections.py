"""Corrections as data: they act before match, name what they expect, and stop the build when it is gone."""

from __future__ import annotations

import pandas as pd
import pytest

from khaldun.verify import verify
from pipeline.errors import InputError, RefusedError, SeedError
from pipeline.lexicon_commands import sentence_explained

BOMB = {
    "id": "bomb", "source": "Test Wire", "url": "https://news.example/bomb", "title": "News", "language": "en",
    "published_at": "2017-10-12",
    "text": "A roadside bomb exploded in Mosul on Wednesday, killing two soldiers, an officer said. "
    "Nobody claimed the attack so far.",
}  # fmt: skip


def correction(name: str, table: str, key: str, column: str, expected: str, value: str) -> dict[str, str]:
    return {
        "correction_id": name, "table": table, "key": key, "column": column, "expected": expected, "value": value,
        "reason": "misread", "source": "the printed paper", "made_on": "2026-02-01",
    }  # fmt: skip


@pytest.fixture
def bomb(dataset):
    dataset.set({"dataset": {"countries": ["IQ"]}})
    dataset.write_articles([BOMB])
    return dataset


def test_an_article_gets_another_day_and_its_reports_follow(bomb) -> None:
    bomb.write_seed("corrections", [correction("c-1", "articles", "bomb", "published_day", "2017-10-12", "2017-10-19")])
    reader = bomb.build()
    article = reader.read("articles").iloc[0]
    assert str(article["published_day"]) == "2017-10-19"
    assert [str(day) for day in reader.read("events")["event_date"]] == ["2017-10-18"]
    assert list(reader.read("corrections")["article_id"]) == [article["article_id"]]


def test_a_report_is_found_by_words_of_its_sentence(bomb) -> None:
    bomb.write_seed("corrections", [correction("c-1", "reports", "bomb :: roadside bomb exploded", "fatalities", "2", "3")])
    reader = bomb.build()
    report = reader.read("reports").iloc[0]
    assert (report["fatalities"], report["fatalities_low"], report["fatalities_high"]) == (3, 3, 3)
    assert list(reader.read("events")["fatalities"]) == [3]
    [row] = reader.read("evidence").query("field == 'fatalities'").to_dict("records")
    assert (row["rule_id"], row["value"]) == ("correction:c-1", "3")
    assert reader.read("report_corrections").iloc[0]["report_id"] == report["report_id"]


def test_a_type_takes_what_follows_from_it(bomb) -> None:
    bomb.write_seed("corrections", [
        correction("c-1", "reports", "bomb :: roadside bomb", "sub_event_type", "Remote explosive/landmine/IED", "Attack"),
    ])  # fmt: skip
    report = bomb.build().read("reports").iloc[0]
    assert (report["event_type"], report["disorder_type"]) == ("Violence against civilians", "Political violence")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("articles", "bomb", "published_day", "2017-10-11", "2017-10-19"), "is '2017-10-12', not '2017-10-11'"),
        (("articles", "gone", "published_day", "2017-10-12", "2017-10-19"), "no article gone"),
        (("reports", "bomb :: car bomb", "fatalities", "2", "3"), "no longer stand"),
        (("reports", "bomb :: in", "fatalities", "2", "3"), "several times"),
        (("reports", "bomb :: Nobody claimed", "fatalities", "2", "3"), "no report in use"),
        (("reports", "bomb :: roadside bomb", "fatalities", "5", "3"), "is '2', not '5'"),
    ],
)
def test_a_correction_that_finds_nothing_stops_the_build(bomb, row, told) -> None:
    bomb.write_seed("corrections", [correction("c-1", *row)])
    with pytest.raises(InputError, match=r"c-1: .*delete the row, or renew it") as error:
        bomb.build()
    assert told in str(error.value)


def test_an_id_that_two_articles_came_with_is_refused(bomb) -> None:
    bomb.write_articles([BOMB, {**BOMB, "source": "Other Post"}])
    bomb.write_seed("corrections", [correction("c-1", "articles", "bomb", "language", "en", "ar")])
    with pytest.raises(InputError, match="several articles came with the id bomb"):
        bomb.build()


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("words", "bomb", "language", "en", "ar"), "is none of articles, reports, events"),
        (("articles", "bomb", "text", "a", "b"), "cannot be corrected"),
        (("reports", "bomb", "fatalities", "2", "3"), "the key of a report"),
        (("events", "KHD-IRQ-000001", "fatalities", "2", "many"), "expected a whole number"),
        (("events", "KHD-IRQ-000001", "fatalities", "2", ""), "is never empty"),
        (("events", "KHD-IRQ-000001", "fatalities", "2", "2"), "are the same"),
    ],
)
def test_rows_that_cannot_be_are_refused(bomb, row, told) -> None:
    bomb.write_seed("corrections", [correction("c-1", *row)])
    with pytest.raises(SeedError, match=told):
        bomb.build()


def errata(dataset, version: str) -> list[dict[str, object]]:
    return pd.read_parquet(dataset.root / "data/processed/releases" / version / "errata.parquet").to_dict("records")


def test_an_event_is_corrected_in_the_release_that_follows(bomb) -> None:
    bomb.publish("2026.1.0")
    bomb.write_seed("corrections", [correction("c-1", "events", "KHD-IRQ-000001", "fatalities", "2", "5")])
    bomb.publish("2026.2.0")
    folder = bomb.root / "data/processed/releases/2026.2.0"
    [event] = pd.read_parquet(folder / "events.parquet").to_dict("records")
    assert (event["fatalities"], event["fatalities_low"], event["fatalities_high"]) == (5, 5, 5)
    assert "fatalities as coded: 5" in event["notes"]
    changes = pd.read_parquet(folder / "changes.parquet")
    emptied = {"deaths_actor1", "deaths_actor2", "deaths_civilians"}
    assert set(changes["column"]) == {"fatalities", "fatalities_low", "fatalities_high", "notes", *emptied}
    assert {(row.change, row.cause, row.inputs) for row in changes.itertuples()} == {("revised", "correction", "c-1")}
    [erratum] = errata(bomb, "2026.2.0")
    assert (erratum["key"], erratum["expected"], erratum["value"]) == ("KHD-IRQ-000001", "2", "5")
    assert "c-1,events,KHD-IRQ-000001,fatalities,2,5" in (folder / "ERRATA.csv").read_text(encoding="utf-8")
    assert verify(folder).ok
    bomb.write_seed("corrections", [])
    bomb.publish("2026.3.0")
    back = pd.read_parquet(bomb.root / "data/processed/releases/2026.3.0/changes.parquet")
    assert {(row.cause, row.inputs) for row in back.itertuples()} == {("correction", "c-1")}


def test_a_correction_of_a_report_is_named_by_the_changes_and_listed_by_its_report(bomb) -> None:
    bomb.publish("2026.1.0")
    bomb.write_seed("corrections", [correction("c-1", "reports", "bomb :: roadside bomb exploded", "fatalities", "2", "3")])
    bomb.publish("2026.2.0")
    changes = pd.read_parquet(bomb.root / "data/processed/releases/2026.2.0/changes.parquet")
    assert ("fatalities", "2", "3", "c-1") in {(row.column, row.old, row.new, row.inputs) for row in changes.itertuples()}
    assert set(changes["cause"]) == {"correction"}
    [erratum] = errata(bomb, "2026.2.0")
    assert erratum["key"].startswith("rep-"), "the words of the article stay out of the release"


@pytest.mark.parametrize(
    ("key", "expected", "told"),
    [("KHD-IRQ-000009", "2", "there is no event"), ("KHD-IRQ-000001", "4", "is '2', not '4'")],
)
def test_an_event_that_is_gone_or_repaired_stops_the_release(bomb, key, expected, told) -> None:
    bomb.publish("2026.1.0")
    bomb.write_seed("corrections", [correction("c-1", "events", key, "fatalities", expected, "5")])
    with pytest.raises(InputError, match=told):
        bomb.publish("2026.2.0")


def test_a_sentence_is_tried_without_the_corrections_of_the_dataset(bomb) -> None:
    bomb.write_seed("corrections", [correction("c-1", "articles", "bomb", "language", "en", "ar")])
    found = sentence_explained(str(BOMB["text"]), bomb.root, "2017-10-12", "Test Wire")
    assert found["articles"][0]["reports"]


def test_no_person_is_named_by_a_reason(bomb) -> None:
    row = correction("c-1", "articles", "bomb", "language", "en", "ar")
    bomb.write_seed("corrections", [row | {"reason": "Dr Hamid Qasim was counted twice."}])
    with pytest.raises(RefusedError, match="seems to name a person"):
        bomb.publish("2026.1.0")
