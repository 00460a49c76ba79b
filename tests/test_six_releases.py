"""Six releases of one dataset, and every row of their changes and tombstones: nothing changes in silence."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from khaldun.difference import EVIDENCE_COLUMNS, PROVENANCE_COLUMNS
from khaldun.verify import verify
from pipeline.resources.seeds import Seeds, shipped_seeds
from tests.test_release_story import pair, table

VERSIONS = [f"2026.{number}.0" for number in range(1, 7)]


def article(name: str, source: str, day: str, text: str) -> dict[str, object]:
    return {
        "id": name, "source": source, "url": f"https://news.example/{name}", "title": "News of the day", "language": "en",
        "published_at": day, "text": text,
    }  # fmt: skip


ATTACK = article(
    "attack", "Test Wire", "2017-10-11",
    "Islamic State militants attacked a village near Daquq on Tuesday, killing three civilians, police said. Rain had fallen.",
)  # fmt: skip
BOMB = article(
    "bomb", "Test Wire", "2017-10-12",
    "A roadside bomb exploded in Mosul on Wednesday, killing two soldiers, an officer said. Shops nearby opened late.",
)  # fmt: skip
LATER_TOLL = article(
    "bomb-later", "Test Wire", "2017-10-13",
    "Four soldiers were killed when a roadside bomb exploded in Mosul on Wednesday, an officer said. The bridge there is narrow.",
)  # fmt: skip
TWINS = [
    article(
        "twin-one", "Test Wire", "2017-10-05",
        "A car bomb exploded in Tikrit on Wednesday, killing five people, police said. Schools in the town stayed open.",
    ),
    article(
        "twin-two", "Other Post", "2017-10-05",
        "Five people were killed when a car bomb exploded in Tikrit on Wednesday, a doctor said. Traffic was light at that hour.",
    ),
]  # fmt: skip
DUPLICATES = [
    article(
        "double-one", "Test Wire", "2017-09-20",
        "Gunmen kidnapped three farmers in Samarra on Tuesday, the police said. The harvest had just begun.",
    ),
    article(
        "double-two", "Other Post", "2017-09-25",
        "Gunmen kidnapped three farmers in Samarra on Sunday, the police said. Their families asked for news of them.",
    ),
]  # fmt: skip
WITHDRAWN = article(
    "withdrawn", "Other Post", "2017-10-20",
    "Gunmen shot dead two teachers in Baiji on Thursday, a doctor said. Lessons were to go on after the weekend.",
)  # fmt: skip
SECRET = article(
    "secret", "Brave Gazette", "2017-10-22",
    "Islamic State militants attacked farmers in Hawija on Saturday, killing one farmer. The fields there lie along a canal.",
)  # fmt: skip
FIRST = [ATTACK, BOMB, *TWINS, *DUPLICATES, WITHDRAWN, SECRET]

SAMARRA, SAMARRA_LATER, TIKRIT, DAQUQ, MOSUL, BAIJI, HAWIJA, TIKRIT_SPLIT = (f"KHD-IRQ-{number:06d}" for number in range(1, 9))
OLD_NAME, NEW_NAME = "IS: Islamic State (Iraq)", "ISO: Islamic State Organisation (Iraq)"


def override(dataset, name: str, given: dict, field: str, value: object) -> dict[str, object]:
    anchor = pair(dataset, name, given, given, "same")["left"]
    return {
        "format_version": 1, "decision_id": name, "kind": "event_override", "coder_id": "coder-01", "codebook_version": "1.0",
        "decided_at": "2026-05-20T09:30:00Z", "anchor": anchor, "field": field, "value": value, "reason": "seen",
        "source": "a visit",
    }  # fmt: skip


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """The dataset after six releases."""
    from tests.conftest import Dataset

    dataset = Dataset(tmp_path_factory.mktemp("six") / "set")
    dataset.set({"dataset": {"countries": ["IQ"]}})
    embargo = {
        "subject": "article",
        "key": "secret",
        "sensitivity": "withhold",
        "embargo_until": "2026-06-01",
        "reason": "a witness",
    }
    dataset.write_seed("sensitivity", [embargo])
    dataset.write_articles(FIRST)
    dataset.publish("2026.1.0")
    dataset.write_articles([*FIRST, LATER_TOLL])
    dataset.publish("2026.2.0")
    decisions = [pair(dataset, "d-1", *DUPLICATES, "same"), pair(dataset, "d-2", *TWINS, "different")]
    dataset.write_decisions(decisions)
    dataset.publish("2026.3.0")
    actor = next(row for row in Seeds((shipped_seeds(),)).rows("actors") if row["actor_id"] == "islamic-state")
    renamed = {"name": "ISO: Islamic State Organisation ({country})", "aliases": f"Islamic State; {actor['aliases']}"}
    dataset.write_seed("actors", [{**actor, **renamed}])
    dataset.publish("2026.4.0")
    correction = {
        "correction_id": "c-1", "table": "events", "key": MOSUL, "column": "fatalities", "expected": "4", "value": "3",
        "reason": "one was counted twice", "source": "the hospital", "made_on": "2026-05-02",
    }  # fmt: skip
    dataset.write_seed("corrections", [correction])
    dataset.write_decisions([*decisions, override(dataset, "d-3", TWINS[0], "injured", 6)])
    dataset.write_articles([*[each for each in FIRST if each is not WITHDRAWN], LATER_TOLL])
    dataset.publish("2026.5.0")
    dataset.publish("2026.6.0")
    return dataset


def changes(dataset, version: str) -> list[tuple[object, ...]]:
    """Every row; of notes and of unit ids only that they changed."""
    rows = table(dataset, version, "changes").astype(object)
    rows = rows.where(rows.notna(), None).to_dict("records")
    return [
        (*(row[name] for name in ("event_id", "change", "cause", "column")), *_sides(row), row["inputs"])
        for row in rows
    ]  # fmt: skip


def _sides(row: dict[str, object]) -> tuple[object, object]:
    return ("...", "...") if row["column"] in ("notes", "acled_unit_id") else (row["old"], row["new"])


def tombstones(dataset, version: str) -> list[tuple[object, ...]]:
    rows = table(dataset, version, "tombstones").astype(object)
    return [tuple(row) for row in rows.where(rows.notna(), None).itertuples(index=False)]


MERGED = (SAMARRA_LATER, "2026.3.0", SAMARRA, "merged")
REMOVED = (BAIJI, "2026.5.0", None, "removed")


def test_every_release_verifies_and_tells_its_class(story) -> None:
    classes = []
    for version in VERSIONS:
        folder = story.root / "data/processed/releases" / version
        assert verify(folder).ok, verify(folder).as_text()
        classes.append(json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["change_class"])
    assert classes == ["first", "revised", "restructured", "revised", "restructured", "additive"]


def test_the_first_release_shows_all_but_what_is_under_embargo(story) -> None:
    shown = [SAMARRA, SAMARRA_LATER, TIKRIT, DAQUQ, MOSUL, BAIJI]
    assert changes(story, "2026.1.0") == [(key, "added", "membership", "*", None, None, None) for key in shown]
    coverage = table(story, "2026.1.0", "coverage")
    assert dict(coverage.groupby("source_id")[["n_withheld"]].sum()["n_withheld"]) == {
        "brave-gazette": 1, "other-post": 0, "test-wire": 0
    }  # fmt: skip
    assert "Hawija" not in set(table(story, "2026.1.0", "reports")["location"])


def test_a_late_toll_is_evidence_and_a_revision(story) -> None:
    toll = [(name, "2", "4") for name in ("deaths_actor2", "fatalities", "fatalities_high", "fatalities_low")]
    assert changes(story, "2026.2.0") == [
        (MOSUL, "evidence_added", "membership", "*", "1", "2", None),
        *[(MOSUL, "revised", "membership", *each, None) for each in toll],
        (MOSUL, "revised", "membership", "notes", "...", "...", None),
    ]
    assert tombstones(story, "2026.2.0") == []


def test_a_merge_and_a_split(story) -> None:
    assert changes(story, "2026.3.0") == [
        (SAMARRA, "evidence_added", "decision", "*", "1", "2", None),
        (SAMARRA_LATER, "merged", "decision", "*", None, SAMARRA, None),
        (TIKRIT, "revised", "decision", "confidence", "0.9688", "0.8235", None),
        (TIKRIT, "revised", "decision", "n_reports", "2", "1", None),
        (TIKRIT, "revised", "decision", "n_sources", "2", "1", None),
        (TIKRIT, "revised", "decision", "source", "Other Post; Test Wire", "Test Wire", None),
        (TIKRIT_SPLIT, "split", "decision", "*", TIKRIT, None, None),
    ]
    assert tombstones(story, "2026.3.0") == [MERGED]


def test_a_renamed_actor(story) -> None:
    assert changes(story, "2026.4.0") == [
        (DAQUQ, "revised", "recoded", "acled_unit_id", "...", "...", "seed actors"),
        (DAQUQ, "revised", "recoded", "actor1", OLD_NAME, NEW_NAME, "seed actors"),
        (DAQUQ, "revised", "recoded", "notes", "...", "...", "seed actors"),
    ]
    assert tombstones(story, "2026.4.0") == [MERGED]


def test_a_correction_an_override_and_a_removal(story) -> None:
    sides = [("deaths_actor1", "0", None), ("deaths_actor2", "4", None), ("deaths_civilians", "0", None)]
    toll = [*sides, *((name, "4", "3") for name in ("fatalities", "fatalities_high", "fatalities_low"))]
    assert changes(story, "2026.5.0") == [
        (TIKRIT, "revised", "decision", "injured", None, "6", None),
        *[(MOSUL, "revised", "correction", *each, "c-1") for each in toll],
        (MOSUL, "revised", "correction", "notes", "...", "...", "c-1"),
        (BAIJI, "removed", "membership", "*", None, None, None),
    ]
    assert tombstones(story, "2026.5.0") == [MERGED, REMOVED]
    [erratum] = table(story, "2026.5.0", "errata").to_dict("records")
    assert (erratum["correction_id"], erratum["key"], erratum["expected"], erratum["value"]) == ("c-1", MOSUL, "4", "3")


def test_an_embargo_that_ends(story) -> None:
    assert changes(story, "2026.6.0") == [(HAWIJA, "added", "sensitivity", "*", None, None, None)]
    assert tombstones(story, "2026.6.0") == [MERGED, REMOVED]
    event = table(story, "2026.6.0", "events").set_index("event_id").loc[HAWIJA]
    assert (event["first_release"], event["fatalities"], event["actor1"]) == ("2026.6.0", 1, NEW_NAME)


def test_every_id_persists_or_is_a_tombstone_and_the_rows_explain_every_difference(story) -> None:
    for old, new in pairwise(VERSIONS):
        before, after = (table(story, version, "events").set_index("event_id") for version in (old, new))
        gone = {row[0] for row in tombstones(story, new)}
        assert set(before.index) - set(after.index) <= gone
        told = {(row[0], row[3]) for row in changes(story, new)}
        for key in set(before.index) & set(after.index):
            differing = {name for name in before.columns if str(before.loc[key, name]) != str(after.loc[key, name])}
            differing -= PROVENANCE_COLUMNS
            explained = {name for name in differing if (key, name) in told or (name in EVIDENCE_COLUMNS and (key, "*") in told)}
            assert differing == explained, (new, key)
