"""Four versions of one dataset: every event id persists or is a tombstone, and each change is told with its cause."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from khaldun.verify import verify
from pipeline.errors import RefusedError
from pipeline.resources.seeds import Seeds, shipped_seeds

CLOSING = "\n\nOfficials in the capital gave no further details of what had happened there."


def article(name: str, source: str, day: str, text: str) -> dict[str, object]:
    return {
        "id": name, "source": source, "url": f"https://news.example/{name}", "title": "News of the day", "language": "en",
        "published_at": day, "text": text + CLOSING,
    }  # fmt: skip


ATTACK = article(
    "attack-one", "Test Wire", "2017-10-11",
    "Islamic State militants attacked a village near Daquq on Tuesday, killing three civilians, police said.",
)  # fmt: skip
ATTACK_AGAIN = article(
    "attack-two", "Other Post", "2017-10-11",
    "Three civilians were killed on Tuesday when Islamic State militants attacked a village near Daquq, residents said.",
)  # fmt: skip
BOMB = article(
    "bomb", "Test Wire", "2017-10-12", "A roadside bomb exploded in Mosul on Wednesday, killing two soldiers, an officer said."
)
BOMB_CORRECTED = article(
    "bomb", "Test Wire", "2017-10-12", "A roadside bomb exploded in Mosul on Wednesday, killing four soldiers, an officer said."
)
TWINS = [
    article("twin-one", "Test Wire", "2017-10-05", "A car bomb exploded in Tikrit on Wednesday, killing five people, police said."),
    article(
        "twin-two",
        "Other Post",
        "2017-10-05",
        "Five people were killed when a car bomb exploded in Tikrit on Wednesday, a doctor said.",
    ),
]
DUPLICATES = [
    article("double-one", "Test Wire", "2017-09-20", "Gunmen kidnapped three farmers in Samarra on Tuesday, the police said."),
    article("double-two", "Other Post", "2017-09-25", "Gunmen kidnapped three farmers in Samarra on Sunday, the police said."),
]
EARLIER = article(
    "earlier", "Test Wire", "2017-10-18",
    "Islamic State militants bushwhacked farmers in Hawija on Monday, an officer said. It was raining at that time. "
    "The militants killed two farmers in Hawija on Monday, he added.",
)  # fmt: skip


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """The dataset after four releases, and what each publication said."""
    from tests.conftest import Dataset

    dataset = Dataset(tmp_path_factory.mktemp("story") / "set")
    dataset.set({"dataset": {"countries": ["IQ"]}})
    first = [ATTACK, BOMB, *TWINS, *DUPLICATES, EARLIER]
    dataset.write_articles(first)
    told = {"2026.1.0": dataset.publish("2026.1.0")}
    second = [ATTACK, ATTACK_AGAIN, BOMB_CORRECTED, *TWINS, *DUPLICATES, EARLIER]
    dataset.write_articles(second)
    told["2026.2.0"] = dataset.publish("2026.2.0")
    template = next(row for row in Seeds((shipped_seeds(),)).rows("lexicon") if row["sub_event_type"] == "Attack")
    dataset.write_seed(
        "lexicon", [{**template, "rule_id": "test-bushwhack", "trigger": "attack", "forms": "bushwhacked", "conditions": ""}]
    )
    told["2026.3.0"] = dataset.publish("2026.3.0")
    dataset.write_decisions([pair(dataset, "d-1", *DUPLICATES, "same"), pair(dataset, "d-2", *TWINS, "different")])
    told["2026.4.0"] = dataset.publish("2026.4.0")
    return dataset, told


def pair(dataset, name: str, left: dict, right: dict, verdict: str) -> dict[str, object]:
    reader = dataset.build()
    articles = reader.read("articles").set_index("external_id")
    reports = reader.read("reports").set_index("article_id")

    def side(given: dict) -> dict[str, object]:
        row = articles.loc[given["id"]]
        report = reports.loc[row["article_id"]]
        start, end, text = int(report["anchor_start"]), int(report["anchor_end"]), str(row["text"])
        anchor = {"start": start, "end": end, "part": "text", "words": text[start:end], "before": text[max(0, start - 32) : start],
                  "after": text[end : end + 32]}  # fmt: skip
        return {"article_id": row["article_id"], "content_hash": row["content_hash"], "anchor": anchor}

    return {
        "format_version": 1, "decision_id": name, "kind": "pair", "coder_id": "coder-01", "decided_at": "2026-03-20T09:30:00Z",
        "codebook_version": "1.0", "left": side(left), "right": side(right), "verdict": verdict, "reason": "read both texts",
    }  # fmt: skip


def table(dataset, version: str, name: str) -> pd.DataFrame:
    return pd.read_parquet(dataset.root / "data/processed/releases" / version / f"{name}.parquet")


def id_at(dataset, version: str, location: str) -> list[str]:
    events = table(dataset, version, "events")
    return sorted(events.loc[events["location"] == location, "event_id_cnty"])


def changes(dataset, version: str) -> set[tuple[str, ...]]:
    rows = table(dataset, version, "changes")
    return {(r.event_id, r.change, r.cause, r.column, r.old, r.new) for r in rows.itertuples()}


def test_every_release_verifies(story) -> None:
    dataset, told = story
    for version in told:
        report = verify(dataset.root / "data/processed/releases" / version)
        assert report.ok, report.as_text()


def test_the_first_release_numbers_events_by_day_and_place(story) -> None:
    dataset, _ = story
    events = table(dataset, "2026.1.0", "events").sort_values("event_id_cnty")
    assert list(events["event_id_cnty"]) == [f"KHD-IRQ-{n:06d}" for n in range(1, 7)]
    assert list(events["location"]) == ["Samarra", "Samarra", "Tikrit", "Daquq", "Mosul", "Hawija"]
    assert {change for _, change, *_ in changes(dataset, "2026.1.0")} == {"added"}


def test_a_further_source_is_evidence_and_a_corrected_text_a_revision(story) -> None:
    dataset, _ = story
    attack, bomb = id_at(dataset, "2026.1.0", "Daquq")[0], id_at(dataset, "2026.1.0", "Mosul")[0]
    assert id_at(dataset, "2026.2.0", "Daquq") == [attack]
    assert id_at(dataset, "2026.2.0", "Mosul") == [bomb]
    found = changes(dataset, "2026.2.0")
    assert {(c[0], c[1]) for c in found} == {(attack, "evidence_added"), (bomb, "revised")}
    assert (bomb, "revised", "recoded", "fatalities", "2", "4") in found
    events = table(dataset, "2026.2.0", "events").set_index("event_id_cnty")
    assert events.loc[attack, "source"] == "Other Post; Test Wire"
    assert events.loc[bomb, "last_changed_release"] == "2026.2.0"
    assert events.loc[bomb, "first_release"] == "2026.1.0"


def test_a_rule_that_finds_the_incident_earlier_keeps_the_id(story) -> None:
    dataset, _ = story
    before, after = (table(dataset, version, "event_reports").set_index("event_id") for version in ("2026.2.0", "2026.3.0"))
    event = id_at(dataset, "2026.2.0", "Hawija")
    assert id_at(dataset, "2026.3.0", "Hawija") == event
    assert before.loc[event[0], "report_id"] != after.loc[event[0], "report_id"], "the anchor moved to the earlier sentence"
    assert table(dataset, "2026.3.0", "tombstones").empty


def test_a_merge_leaves_a_tombstone_and_a_split_a_new_id(story) -> None:
    dataset, _ = story
    older, younger = id_at(dataset, "2026.3.0", "Samarra")
    assert id_at(dataset, "2026.4.0", "Samarra") == [older]
    assert table(dataset, "2026.4.0", "tombstones").to_dict("records") == [
        {"event_id": younger, "removed_in": "2026.4.0", "merged_into": older, "reason": "merged"}
    ]
    whole = id_at(dataset, "2026.3.0", "Tikrit")
    assert id_at(dataset, "2026.4.0", "Tikrit") == [*whole, "KHD-IRQ-000007"]
    found = changes(dataset, "2026.4.0")
    assert (younger, "merged", "decision", "*", younger, older) in {(*change[:4], change[0], change[5]) for change in found}
    assert ("KHD-IRQ-000007", "split", "decision", "*", whole[0]) in {c[:5] for c in found}


def test_a_clone_that_has_only_the_ledger_publishes_the_same(story, tmp_path: Path) -> None:
    dataset, told = story
    from tests.conftest import Dataset

    clone = Dataset(tmp_path / "another-name")
    for folder in ("data/raw", "seeds"):
        shutil.rmtree(clone.root / folder)
        shutil.copytree(dataset.root / folder, clone.root / folder)
    shutil.copy(dataset.root / "dataset.toml", clone.root)
    assert clone.publish("2026.4.0").outcome == "rewritten"
    assert released(clone, "2026.4.0") == released(dataset, "2026.4.0")
    (clone.root / "data/raw/ledger/2026.4.0.parquet").unlink()
    shutil.rmtree(clone.root / "data/processed")
    again = clone.publish("2026.4.0")
    assert (again.outcome, again.content_hash) == ("published", told["2026.4.0"].content_hash)
    assert released(clone, "2026.4.0") == released(dataset, "2026.4.0")


def released(dataset, version: str) -> dict[str, bytes]:
    folder = dataset.root / "data/processed/releases" / version
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_same_content_again_does_nothing_and_other_content_is_refused(story) -> None:
    dataset, _ = story
    before = released(dataset, "2026.4.0")
    assert dataset.publish("2026.4.0").outcome == "unchanged"
    path = dataset.root / "data/raw/articles.jsonl"
    kept = path.read_text()
    try:
        path.write_text("".join(kept.splitlines(keepends=True)[1:]))
        with pytest.raises(RefusedError, match=r"2026\.4\.1"):
            dataset.publish("2026.4.0")
    finally:
        path.write_text(kept)
    assert released(dataset, "2026.4.0") == before
