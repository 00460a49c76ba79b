"""Numbers in words and digits with what they allow, by codebook 4.1."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.coding.document import Document
from pipeline.coding.english import ENGLISH
from pipeline.coding.numbers import find_quantities


def quantities(text):
    document = Document(text, ENGLISH)
    return find_quantities(document.tokens, range(len(document.tokens)), ENGLISH)


@pytest.mark.parametrize(
    ("text", "value", "low", "high", "is_estimate"),
    [
        ("twelve men", 12, 12, 12, False),
        ("TWENTY-ONE SOLDIERS", 21, 21, 21, False),
        ("two hundred and fifty-three people", 253, 253, 253, False),
        ("a hundred and three rebels", 103, 103, 103, False),
        ("1,300 refugees", 1300, 1300, 1300, False),
        ("1.5 million people", 1_500_000, 1_500_000, 1_500_000, False),
        ("a couple of men", 2, 2, 2, False),
        ("half a dozen shells", 6, 6, 6, False),
        ("two dozen civilians", 24, 24, 24, False),
        ("a score of villagers", 20, 20, 20, False),
        ("at least five people", 5, 5, None, False),
        ("no fewer than 8 police", 8, 8, None, False),
        ("more than 30 others", 30, 30, None, False),
        ("10 or more people", 10, 10, None, False),
        ("three to five men", 3, 3, 5, False),
        ("up to 30 people", 3, 1, 30, True),
        ("as many as 2 people", 2, 1, 2, True),
        ("several villagers", 3, 2, None, True),
        ("several thousand villagers", 1000, 1000, None, True),
        ("a few dozen villagers", 12, 12, None, True),
        ("a couple of hundred men", 200, 200, 200, False),
        ("from 12 to 15 men", 15, 15, 15, False),
        ("a number of houses", 3, 2, None, True),
        ("many people", 10, 3, None, True),
        ("tens of people", 10, 10, None, True),
        ("dozens of people", 12, 12, None, True),
        ("scores of people", 20, 20, None, True),
        ("hundreds of people", 100, 100, None, True),
        ("thousands", 1000, 1000, None, True),
    ],
)
def test_values(text, value, low, high, is_estimate):
    (found,) = quantities(text)
    assert (found.value, found.low, found.high, found.is_estimate) == (value, low, high, is_estimate)


@pytest.mark.parametrize("text", ["the number of people", "few people came", "a farmer", "a.b.c", "the 3rd" * 0])
def test_no_quantity(text):
    assert quantities(text) == []


def test_some_before_a_number_is_no_second_number():
    (found,) = quantities("some 40 men")
    assert (found.value, found.is_approximate) == (40, True)


@given(st.integers(0, 999_999))
def test_digits_are_read_with_and_without_separators(number):
    for text in (f"{number} men", f"{number:,} men"):
        assert [each.value for each in quantities(text)] == [number]


@given(
    st.lists(
        st.sampled_from(
            [
                "a",
                "an",
                "at",
                "least",
                "two",
                "dozen",
                "hundred",
                "thousand",
                "and",
                "-",
                "5",
                "1,000",
                ",",
                "of",
                "to",
                "or",
                "more",
                "several",
                "up",
                "some",
            ]
        ),
        max_size=30,
    )
)
def test_quantities_never_overlap(words):
    found = quantities(" ".join(words))
    assert all(first.last <= second.last and first.first < first.last for first, second in pairwise(found))
    assert all(each.low <= each.value and (each.high is None or each.value <= each.high) for each in found)


def test_a_dash_joins_numbers_of_one_kind_only():
    assert [each.high for each in quantities("Update 1-Ten dead")] == [1, 10]
    assert [(each.value, each.high) for each in quantities("10-15 dead")] == [(10, 15)]


def test_how_many_is_no_number():
    assert quantities("how many villagers") == []
