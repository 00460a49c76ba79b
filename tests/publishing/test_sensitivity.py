"""What may not be shown as it is: withheld, coarsened, and shown later without losing its id."""

from __future__ import annotations

import datetime as dt

import pyarrow.parquet as pq
import pytest

from pipeline.errors import InputError, SeedError
from pipeline.publishing.ledger import LedgerFolder
from pipeline.resources.sensitivity import Marking, strictest

ONE, TWO = "KHD-IRQ-000001", "KHD-IRQ-000002"


@pytest.fixture
def two(new_sample, attack, incident):
    mill = "In the afternoon a second band raided the mill beside the river."
    other = incident(mill, "b", "raided", values={"event_date": dt.date(2017, 10, 20)})
    return lambda: new_sample().article("one", attack).article("two", other, source="other-paper")


def rows(done, table: str) -> list[dict[str, object]]:
    return pq.read_table(done.path / f"{table}.parquet").to_pylist()


def changes(done) -> list[tuple[object, ...]]:
    return [(row["event_id"], row["change"], row["cause"], row["column"]) for row in rows(done, "changes")]


def test_an_embargo_holds_an_event_back_and_its_end_adds_it_under_its_id(two, publish, registries, tmp_path) -> None:
    registries.sensitivity = (Marking("article", "two", "withhold", dt.date(2026, 11, 1)),)
    sample = two()
    state = sample.state()
    for row in state.rows["articles"]:
        row["external_id"] = next(name for name in sample.articles if sample.article_id(name) == row["article_id"])
    first = publish(state, "2026.9.0")
    assert [row["event_id"] for row in rows(first, "events")] == [ONE]
    assert {row["article_id"] for row in rows(first, "reports")} == {sample.article_id("one")}
    [held] = [row for row in rows(first, "coverage") if row["n_withheld"]]
    assert (held["source_id"], held["n_withheld"], held["n_events"]) == ("other-paper", 1, 0)
    ledger = LedgerFolder(tmp_path).read(LedgerFolder(tmp_path).versions()[0])
    assert set(ledger.held) == {TWO} and set(ledger.events) == {ONE}
    assert publish(state, "2026.9.0").outcome == "unchanged"
    third = publish(state, "2026.11.0")
    assert changes(third) == [(TWO, "added", "sensitivity", "*")]
    marks = {row["event_id"]: row["first_release"] for row in rows(third, "events")}
    assert marks == {ONE: "2026.9.0", TWO: "2026.11.0"}


def test_an_event_that_is_withheld_later_leaves_a_tombstone_until_it_returns(two, publish, registries) -> None:
    publish(two(), "2026.9.0")
    registries.sensitivity = (Marking("event", ONE, "withhold", dt.date(2026, 11, 1)),)
    away = publish(two(), "2026.10.0")
    assert changes(away) == [(ONE, "removed", "sensitivity", "*")]
    [stone] = rows(away, "tombstones")
    assert (stone["event_id"], stone["removed_in"], stone["reason"]) == (ONE, "2026.10.0", "withheld")
    back = publish(two(), "2026.11.0")
    assert changes(back) == [(ONE, "added", "sensitivity", "*")]
    assert rows(back, "tombstones") == []
    assert {row["event_id"]: row["first_release"] for row in rows(back, "events")}[ONE] == "2026.9.0"


def test_a_coarse_event_has_no_reports_and_tells_neither_day_nor_place(two, publish, registries) -> None:
    registries.sensitivity = (Marking("source", "other-paper", "coarsen", dt.date(2026, 10, 1)),)
    done = publish(two(), "2026.9.0")
    coarse = next(row for row in rows(done, "events") if row["event_id"] == TWO)
    assert (coarse["event_date"], coarse["time_precision"]) == (dt.date(2017, 10, 15), 3)
    assert (coarse["location"], coarse["latitude"], coarse["geo_precision"], coarse["admin2"]) == ("Kirkuk", 35.468, 3, None)
    assert (coarse["source"], coarse["sensitivity"], coarse["acled_unit_id"]) == ("Undisclosed Source", "coarsen", TWO)
    assert "Daquq" not in coarse["notes"]
    assert {row["event_id"] for row in rows(done, "event_reports")} == {ONE}
    exact = publish(two(), "2026.10.0")
    found = changes(exact)
    assert {(key, change, cause) for key, change, cause, _ in found} == {(TWO, "revised", "sensitivity")}
    assert {"event_date", "location", "latitude", "sensitivity"} <= {column for *_, column in found}


def test_what_cannot_be_made_coarse_is_withheld(two, publish, registries) -> None:
    registries.sensitivity = (Marking("source", "other-paper", "coarsen", None),)
    sample = two()
    sample.event_values["b"] = {"admin1": None}
    assert [row["event_id"] for row in rows(publish(sample), "events")] == [ONE]


def test_a_marking_of_an_event_that_is_not_there_stops_the_release(two, publish, registries) -> None:
    registries.sensitivity = (Marking("event", "KHD-IRQ-000009", "withhold", None),)
    with pytest.raises(InputError, match="there is no event KHD-IRQ-000009"):
        publish(two())


def test_the_strictest_word_counts() -> None:
    assert strictest(["open", "withhold", "coarsen"]) == "withhold"
    assert strictest([]) == "open"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"subject": "person"}, "subject is one of"),
        ({"sensitivity": "open"}, "none of coarsen, withhold"),
        ({"embargo_until": "soon"}, "is no day"),
        ({"reason": ""}, "reason is missing"),
    ],
)
def test_rows_that_cannot_be_are_refused(change, told) -> None:
    row = {"subject": "event", "key": ONE, "sensitivity": "withhold", "embargo_until": "2026-11-01", "reason": "a witness"}
    with pytest.raises(SeedError, match=told):
        Marking.from_row(row | change)


def test_a_month_between_two_articles_of_an_outlet_is_silent(new_sample, attack, publish) -> None:
    state = new_sample().article("one", attack).article("two", attack).state()
    state.rows["articles"][0]["published_day"] = dt.date(2017, 8, 3)
    found = {row["month"]: row["n_articles"] for row in rows(publish(state), "coverage")}
    assert found == {"2017-08": 1, "2017-09": 0, "2017-10": 1}
