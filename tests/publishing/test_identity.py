"""Ids stay with their incidents, whatever happens to the articles and to the coding."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.publishing.identity import Identity, NewEvent, NewReport, assign_ids, find_counterparts
from pipeline.publishing.ledger import LedgerReport
from pipeline.publishing.words import run_hashes

SENTENCE = "Gunmen stormed the hamlet beside the canal before sunrise and three farmers lost their lives"
OTHER = "Later that day a roadside device went off near a bakery and wounded two of its workers"


def report(name: str, event: str, article: str = "a", anchor: tuple[int, int] = (0, 50), **more) -> LedgerReport:
    return LedgerReport(event, article, name, more.pop("content_hash", "text"), anchor, **more)


def new(*args, near: Sequence[int] = (), **more) -> NewReport:
    return NewReport(report(*args, **more), frozenset(near))


# -- counterparts -------------------------------------------------------------------------------------------------------------


def test_the_same_id_goes_first() -> None:
    old = [report("r1", "E", trigger_spans=((5, 9),))]
    assert find_counterparts(old, [new("r2", "N", trigger_spans=((5, 9),)), new("r1", "N", anchor=(60, 90))]) == {"r1": "r1"}


def test_only_reports_of_the_same_article_are_counterparts() -> None:
    assert find_counterparts([report("r1", "E")], [new("r1", "N", article="b")]) == {}


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"anchor": (200, 250), "trigger_spans": ((5, 9),)}, {"anchor": (0, 50)}),
        ({"anchor": (0, 50)}, {"anchor": (200, 250), "evidence_spans": ((20, 30),)}),
        ({"anchor": (0, 50)}, {"anchor": (40, 80)}),
        ({"anchor": (200, 250), "evidence_spans": ((20, 30),)}, {"anchor": (200, 250), "evidence_spans": ((60, 70),)}),
    ],
)
def test_triggers_go_before_anchors_and_those_before_other_evidence(better, worse) -> None:
    old = [report("r1", "E", trigger_spans=((5, 9),), evidence_spans=((20, 30),))]
    assert find_counterparts(old, [new("worse", "N", **worse), new("better", "N", **better)]) == {"r1": "better"}
    assert find_counterparts(old, [new("better", "N", **better), new("worse", "N", **worse)]) == {"r1": "better"}


def test_one_shared_name_is_not_enough() -> None:
    old = [report("r1", "E", evidence_spans=((20, 30), (32, 40), (42, 48)))]
    assert find_counterparts(old, [new("r2", "N", anchor=(200, 250), evidence_spans=((20, 25), (210, 230)))]) == {}


def test_counterparts_are_one_to_one() -> None:
    old = [report("r1", "E", trigger_spans=((5, 9),)), report("r2", "F", anchor=(51, 99), trigger_spans=((60, 64),))]
    news = [new("n1", "N", trigger_spans=((5, 9),)), new("n2", "M", anchor=(51, 99), trigger_spans=((60, 64),))]
    assert find_counterparts(old, news) == {"r1": "n1", "r2": "n2"}
    assert find_counterparts(old, news[:1]) == {"r1": "n1"}


def changed(name: str, sentence: str, *, near: str | None = None) -> NewReport:
    words = run_hashes(near if near is not None else sentence)
    return new(name, "N", content_hash="new text", anchor=(300, 390), near=words, anchor_words=tuple(run_hashes(sentence)))


@pytest.mark.parametrize(
    ("sentence", "is_found"),
    [
        (SENTENCE, True),
        (SENTENCE.upper(), True),
        (SENTENCE.replace("three", "four"), True),
        (SENTENCE.replace("Gunmen", "Masked gunmen").replace("three", "four"), True),
        (" ".join(reversed(SENTENCE.split())), False),
        (OTHER, False),
    ],
)
def test_a_changed_text_is_found_again_by_its_words(sentence: str, is_found: bool) -> None:
    old = [report("r1", "E", anchor_words=tuple(run_hashes(SENTENCE)))]
    assert find_counterparts(old, [changed("n1", sentence)]) == ({"r1": "n1"} if is_found else {})


def test_words_go_before_a_report_id_that_now_means_something_else() -> None:
    old = [report("r1", "E", anchor_words=tuple(run_hashes(SENTENCE)))]
    both = f"{OTHER}. {SENTENCE}."
    assert find_counterparts(old, [changed("r1", OTHER, near=both), changed("n1", SENTENCE, near=both)]) == {"r1": "n1"}
    assert find_counterparts(old, [changed("r1", OTHER)]) == {"r1": "r1"}


# -- events -------------------------------------------------------------------------------------------------------------------


def event(name: str, day: int = 1, location: str = "Daquq", country: str = "Iraq") -> NewEvent:
    return NewEvent(name, dt.date(2020, 1, day), country, location, name)


def assign(old: dict[str, str], now: dict[str, str], events: Sequence[NewEvent] | None = None, **more) -> Identity:
    """Ids when the reports (letters) of the old events are found unchanged in the new ones."""
    olds = [report(letter, event_id, article=letter) for event_id, letters in old.items() for letter in letters]
    news = [new(letter, name, article=letter) for name, letters in now.items() for letter in letters]
    first = dict.fromkeys(old, "2026.1.0") | more.pop("first_releases", {})
    highest = {"IRQ": max((int(event_id[-6:]) for event_id in old), default=0)}
    return assign_ids(olds, news, events or [event(name) for name in now], first_releases=first, highest=highest, **more)


ONE, TWO, THREE, FOUR = (f"KHD-IRQ-00000{number}" for number in (1, 2, 3, 4))

TABLE = [
    # what, old reports by id, new reports by event, ids, merged, split from, removed
    ("stays", {ONE: "ab"}, {"n": "ab"}, {"n": ONE}, {}, {}, ()),
    ("a report moves", {ONE: "abc", TWO: "d"}, {"n": "ab", "m": "cd"}, {"n": ONE, "m": TWO}, {}, {}, ()),
    ("merge keeps the oldest", {ONE: "a", TWO: "bcd"}, {"n": "abcd"}, {"n": ONE}, {TWO: ONE}, {}, ()),
    ("split", {ONE: "abc"}, {"n": "a", "m": "bc"}, {"m": ONE, "n": TWO}, {}, {TWO: ONE}, ()),
    ("removed", {ONE: "a", TWO: "b"}, {"m": "b"}, {"m": TWO}, {}, {}, (ONE,)),
    ("removed and added", {ONE: "a"}, {"n": "z"}, {"n": TWO}, {}, {}, (ONE,)),
    ("many to many", {ONE: "ab", TWO: "cde"}, {"n": "acd", "m": "be"}, {"n": TWO, "m": ONE}, {}, {}, ()),
    (
        "merge and split at once",
        {ONE: "ab", TWO: "c", THREE: "defg"},
        {"n": "acde", "m": "bfg"},
        {"n": ONE, "m": THREE},
        {TWO: ONE},
        {},
        (),
    ),
    ("three into one", {ONE: "a", TWO: "b", THREE: "c"}, {"n": "abc"}, {"n": ONE}, {TWO: ONE, THREE: ONE}, {}, ()),
]


@pytest.mark.parametrize(("what", "old", "now", "ids", "merged", "split", "removed"), TABLE, ids=[row[0] for row in TABLE])
def test_inheritance(what, old, now, ids, merged, split, removed) -> None:
    found = assign(old, now)
    assert (found.ids, found.merged, found.split_from, found.removed) == (ids, merged, split, removed)


def test_the_oldest_is_the_one_first_released_not_the_lowest_number() -> None:
    found = assign({ONE: "a", TWO: "b"}, {"n": "ab"}, first_releases={ONE: "2026.10.0", TWO: "2026.9.0"})
    assert (found.ids, found.merged) == ({"n": TWO}, {ONE: TWO})


def test_new_ids_go_by_date_then_place_then_report() -> None:
    events = [event("c", 2), event("b", 1, "Tuz"), event("a2", 1), event("a1", 1), event("s", 1, country="Syria")]
    found = assign({}, {each.event_id: each.event_id for each in events}, events)
    assert found.ids == {"a1": ONE, "a2": TWO, "b": THREE, "c": FOUR, "s": "KHD-SYR-000001"}
    assert found.highest == {"IRQ": 4, "SYR": 1}


def test_an_id_keeps_the_country_of_its_birth() -> None:
    assert assign({ONE: "a"}, {"n": "a"}, [event("n", country="Syria")]).ids == {"n": ONE}


# -- laws ---------------------------------------------------------------------------------------------------------------------

partitions = st.lists(st.integers(0, 7), min_size=12, max_size=12)
"""Which event each of twelve reports belongs to; 0 is none."""


def _grouped(labels: Sequence[int], name: str) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for position, label in enumerate(labels):
        if label:
            groups.setdefault(f"{name}{label:06d}", []).append(f"r{position:02d}")
    return groups


@given(partitions, partitions, st.randoms(use_true_random=False))
def test_laws_of_identity(before: Sequence[int], after: Sequence[int], chance: random.Random) -> None:
    old, now = _grouped(before, "KHD-IRQ-"), _grouped(after, "n")
    olds = [report(name, key, article=name) for key, names in old.items() for name in names]
    news = [new(name, key, article=name) for key, names in now.items() for name in names]
    events = [event(key) for key in now]
    arguments = {"first_releases": dict.fromkeys(old, "2026.1.0"), "highest": {"IRQ": 7}}
    found = assign_ids(olds, news, events, **arguments)

    assert set(found.ids) == set(now)
    assert len(set(found.ids.values())) == len(now)
    living = set(found.ids.values()) & set(old)
    assert living == found.inherited
    assert sorted([*living, *found.merged, *found.removed]) == sorted(old)
    assert set(found.merged.values()) <= living
    assert set(found.split_from.values()) <= living
    assert all(int(key[-6:]) > 7 for key in set(found.ids.values()) - living)

    for rows in (olds, news, events):
        chance.shuffle(rows)
    assert assign_ids(olds, news, events, **arguments) == found


@given(partitions)
def test_an_unchanged_state_keeps_every_id(labels: Sequence[int]) -> None:
    old = _grouped(labels, "KHD-IRQ-")
    olds = [report(name, key, article=name) for key, names in old.items() for name in names]
    news = [NewReport(dataclasses.replace(each, event_id=f"n{each.event_id}")) for each in olds]
    found = assign_ids(
        olds, news, [event(f"n{key}") for key in old], first_releases=dict.fromkeys(old, "2026.1.0"), highest={"IRQ": 7}
    )
    assert found.ids == {f"n{key}": key for key in old}
    assert not (found.merged or found.split_from or found.removed)
