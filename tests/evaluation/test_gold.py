from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.evaluation.gold import GoldArticle, half_of, in_half, parse_gold


def test_a_gold_file_is_read_and_says_what_it_judges() -> None:
    line = {"id": 7, "relevant": None, "events": [{"classes": ["Attack"], "actor2": None, "muc_type": "ATTACK"}]}
    [found] = parse_gold(json.dumps(line) + "\n\n", "gold.jsonl")
    assert (found.id, found.relevant) == ("7", None)
    assert found.events[0].judges("actor2")
    assert not found.events[0].judges("actor1")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"id": "a"}\n{"id": "b", "events": [{"classes": "Attack"}]}', r"gold.jsonl:2: events.0.classes"),
        ('{"id": "a"}\nnothing', r"gold.jsonl:2: line"),
        ('{"relevant": true}', r"gold.jsonl:1: id"),
        ("\n", "holds no article"),
    ],
)
def test_a_wrong_line_is_named(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        parse_gold(text, "gold.jsonl")


@given(st.lists(st.text(max_size=8), unique=True))
def test_each_article_is_in_one_half(ids: list[str]) -> None:
    gold = [GoldArticle(id=name) for name in ids]
    even, odd = in_half(gold, "even"), in_half(gold, "odd")
    assert sorted(article.id for article in even + odd) == sorted(ids)
    assert in_half(gold, None) == gold


def test_the_half_is_that_of_the_whole_hash() -> None:
    for name in ("ga-001", "DEV-MUC3-0001", "é"):
        number = int(hashlib.sha256(name.encode()).hexdigest(), 16)
        assert half_of(name) == ("odd" if number % 2 else "even")
