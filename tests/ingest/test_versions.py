from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.versions import Version, judge_versions
from tests.ingest.conftest import GOOD


def version(origin: str, text: str, day: int | None = None, *, status: str = "ok") -> Version:
    moment = dt.datetime(2020, 1, day, tzinfo=dt.UTC) if day else None
    return Version("art-1", origin, text, moment, f"{text}{day}", status)


@pytest.mark.parametrize(
    ("versions", "outcomes"),
    [
        ([("a", "X"), ("b", "X")], {"a": "current", "b": "repeat"}),
        ([("a", "X", 1), ("b", "X", 2)], {"a": "repeat", "b": "current"}),
        ([("a", "X", 1), ("b", "Y", 2)], {"a": "older_version", "b": "current"}),
        ([("a", "X", 1), ("b", "Y", 2), ("c", "Y", 1)], {"a": "older_version", "b": "current", "c": "repeat"}),
        ([("a", "X", 2), ("b", "Y", 2)], {"a": "conflict", "b": "conflict"}),
        ([("a", "X"), ("b", "Y", 2)], {"a": "conflict", "b": "conflict"}),
        ([("a", "X"), ("b", "Y"), ("c", "Y")], {"a": "conflict", "b": "conflict", "c": "repeat"}),
        ([("a", "X"), ("c", "X", 1), ("b", "Y", 2)], {"a": "older_version", "b": "current", "c": "older_version"}),
    ],
)
def test_outcomes(versions: list[tuple], outcomes: dict[str, str]) -> None:
    assert judge_versions(version(*each) for each in versions) == outcomes


def test_a_quarantined_record_never_displaces_a_good_one() -> None:
    assert judge_versions([version("a", "X", 1), version("b", "", 2, status="quarantined")]) == {"a": "current", "b": "unusable"}
    both = [version("a", "", status="quarantined"), version("b", "", status="quarantined")]
    assert judge_versions(both) == {"a": "current", "b": "repeat"}


@given(
    st.lists(st.tuples(st.sampled_from("XYZ"), st.none() | st.integers(1, 3), st.sampled_from(["ok", "quarantined"])), min_size=2),
    st.randoms(use_true_random=False),
)
def test_one_record_stands_or_all_texts_conflict(given_versions, dice) -> None:  # type: ignore[no-untyped-def]
    versions = [version(f"f:{number}", text, day, status=status) for number, (text, day, status) in enumerate(given_versions)]
    outcomes = judge_versions(versions)
    values = list(outcomes.values())
    assert len(outcomes) == len(versions)
    assert values.count("current") == (0 if "conflict" in values else 1)
    dice.shuffle(versions)
    assert judge_versions(versions) == outcomes


def test_versions_across_files(raw: Path, ingest: Callable) -> None:
    def write(name: str, *articles: dict[str, object]) -> None:
        plain = {"source": "Rudaw", "language": "en", "published_at": "2020-01-01"}
        (raw / name).write_text("".join(json.dumps(plain | each) + "\n" for each in articles))

    write("a.jsonl", {"id": "same", "text": GOOD}, {"id": "later", "text": GOOD, "retrieved_at": "2020-01-01"},
          {"id": "split", "text": GOOD}, {"id": "single", "text": GOOD})  # fmt: skip
    write("b.jsonl", {"id": "same", "text": GOOD}, {"id": "later", "text": GOOD + " More.", "retrieved_at": "2020-01-02"},
          {"id": "split", "text": GOOD + " More."})  # fmt: skip
    for size in (1, 10):
        found = ingest(size)
        articles = found.articles.set_index("external_id")
        assert articles.index.is_unique
        assert found.ids() == {"same", "later", "single"}
        assert articles["text"]["later"] == GOOD + " More."
        assert articles["problem"]["split"] == "conflicting_versions"
        split = found.read_articles[found.read_articles["external_id"] == "split"]
        assert articles["content_hash"]["split"] == split["content_hash"].min()
        assert set(found.versions["outcome"]) == {"current", "repeat", "older_version", "conflict"}
        assert articles["article_id"]["single"] not in set(found.versions["article_id"])
