"""The first articles of the sample corpus, which the rules were written with in view, against their gold coding."""

import json

import pytest

FIRST = 24
"""The rest was written from the codebook alone: there the floors of the gate judge."""


def _lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def corpus(repository, code):
    folder = repository / "seeds" / "sample"
    gold = {row["id"]: row for row in _lines(folder / "gold.jsonl")}
    return [
        (gold[article["id"]], article["text"], code(article["text"], published=(article.get("published_at") or "")[:10] or None))
        for article in _lines(folder / "articles.jsonl")[:FIRST]
    ]


def _fits(event, report, text):
    return (
        report["sub_event_type"] in event["classes"]
        and event["date_start"] <= report["event_date"].isoformat() <= event["date_end"]
        and report["country"] == event["country"]
        and any(place.casefold() in (report["location_mention"] or "").casefold() for place in event["places"][:1])
        and report["fatalities"] == event["deaths"]
    )


def test_every_event_is_found_with_its_kind_day_place_and_dead(corpus):
    missing = [
        (gold["id"], event["classes"][0], event["places"][:1])
        for gold, text, coding in corpus
        for event in gold["events"]
        if not event["optional"]
        and not any(_fits(event, row, text) and row["is_background"] == event["background"] for row in coding.reports)
    ]
    assert missing == []


def test_nothing_is_newly_reported_that_the_gold_does_not_hold(corpus):
    extra = [
        (gold["id"], row["sub_event_type"], row["location_mention"])
        for gold, text, coding in corpus
        for row in coding.reports
        if not row["is_background"] and not any(_fits(event, row, text) for event in gold["events"])
    ]
    assert extra == []


def test_perpetrators_and_targets_are_named(corpus):
    named = {"perpetrators": [0, 0], "victims": [0, 0]}
    for gold, text, coding in corpus:
        for event in gold["events"]:
            report = next((row for row in coding.reports if _fits(event, row, text)), None)
            for field, counts in named.items():
                if report and event[field] and not event["background"]:
                    words = " ".join(str(report[f"actor{side}_mention"]) for side in (1, 2)).casefold()
                    counts[0] += any(
                        name.casefold() in words or word in name.casefold() for name in event[field] for word in words.split()
                    )
                    counts[1] += 1
    assert named["perpetrators"][0] >= 0.9 * named["perpetrators"][1] > 0
    assert named["victims"][0] >= 0.8 * named["victims"][1] > 0
