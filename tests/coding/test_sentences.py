"""Sentences: what ends one, what does not, and that cutting costs linear time."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.coding.english import ENGLISH
from pipeline.coding.sentences import LONGEST, split_sentences


def sentences(text):
    return [text[each.start : each.end] for each in split_sentences(text, ENGLISH)]


@pytest.mark.parametrize(
    "text",
    [
        "The attack was announced by Lt. Gen. J. P. Smith of the U.N. mission.",
        "It was the first since Sept. 25 in the area.",
        "GEN. LOPEZ SAID THE 3D BRIGADE AND DETACHMENT NO. 4 HAD LEFT",
        "He lives in Washington D.C. with Mr. Brown.",
        'The mayor asked "Why us?" and left the hall.',
        "About 1.5 million people live there.",
        "Prices rose to Rs. 20 and to $3.50 within a day.",
    ],
)
def test_is_one_sentence(text):
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They left the U.S. The army stayed.", ["They left the U.S.", "The army stayed."]),
        ("“We saw nothing.” The mayor left.", ["“We saw nothing.”", "The mayor left."]),
        ("Who was it? Nobody knows… Perhaps a boy.", ["Who was it?", "Nobody knows…", "Perhaps a boy."]),
        ("THREE MEN DIED.  TWO WERE HURT.", ["THREE MEN DIED.", "TWO WERE HURT."]),
        ("A headline without an end\n\nThe first sentence.", ["A headline without an end", "The first sentence."]),
        ("One line\nAnother line. And more.", ["One line", "Another line.", "And more."]),
    ],
)
def test_is_cut(text, expected):
    assert sentences(text) == expected


def test_lines_of_a_fixed_width_are_joined():
    lines = [
        "   SAN SALVADOR, 3 JAN 90 -- [TEXT] THE GARRISON COMMAND HAS REPORTED THAT",
        "ABOUT FIFTY VILLAGERS OF VARIOUS AGES WERE TAKEN AWAY BY GUERRILLAS NEAR THE",
        "RIVER.  NOBODY WAS HURT, ACCORDING TO THE SAME SOURCE IN THE DEPARTMENT.",
    ]
    assert len(sentences("\n".join(lines))) == 2


def test_headlines_are_told_from_sentences():
    found = split_sentences("Bomb kills three in the market\n\nA bomb killed three people. It was large.", ENGLISH)
    assert [each.is_heading for each in found] == [True, False, False]
    assert [each.paragraph for each in found] == [0, 1, 1]


@given(st.text(alphabet="aB .!?\n\"”“'’…,-1", max_size=300))
def test_sentences_are_disjoint_ordered_and_leave_out_only_blanks(text):
    found = split_sentences(text, ENGLISH)
    kept = "".join(text[each.start : each.end] for each in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
    assert "".join(kept.split()) == "".join(text.split())
    assert all(0 < each.end - each.start <= LONGEST for each in found)


@pytest.mark.parametrize("piece", [".", "a. ", "U.S. ", '."', "\n", "\n ", "a" * 50, "Mr. A "])
def test_a_megabyte_of_anything_is_cut_in_time(piece):
    text = piece * (1_000_000 // len(piece))
    begun = time.process_time()
    found = split_sentences(text, ENGLISH)
    assert time.process_time() - begun < 20
    assert all(each.end - each.start <= LONGEST for each in found)
