"""Names in text: spellings, borders, case, and laws that hold for any names and texts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.resources.names import FoldedText, NameIndex, fold_name, is_upper_case


def phrases(text: str, *names: str, any_case: tuple[str, ...] = ()) -> list[str]:
    index = NameIndex({name: [name] for name in (*names, *any_case)}, any_case=any_case)
    return [found.phrase for found in index.find(text)]


@pytest.mark.parametrize(
    "written",
    [
        "Al-Hawija",
        "al-Hawija",
        "Al Hawija",
        "AL-HAWIJA",
        "al‑Hawija",
        "Al–Hawija",
        "Al-Ḥawīja",
        "Al\nHawija",
        "Al-Hawi'ja",
    ],
)
def test_spellings_of_one_name_are_found(written: str) -> None:
    assert phrases(f"in {written}, north", "Al-Hawija") == [written]


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("Iraq's army", "Iraq", ["Iraq"]),
        ("Iraq’s army", "Iraq", ["Iraq"]),
        ("Sanaa and Sana'a and Sana’a", "Sana'a", ["Sanaa", "Sana'a", "Sana’a"]),
        ("the 'Hawija' raid", "Hawija", ["Hawija"]),
        ("New People's Army", "New People's Army", ["New People's Army"]),
        ("Hawijans", "Hawija", []),
        ("nonIraq Iraq2", "Iraq", []),
        ("in Tal — Afar fell", "Tal Afar", []),
        ("Tal\n\nAfar", "Tal Afar", []),
        ("Kirkuk.", "Kirkuk", ["Kirkuk"]),
        ("São Tomé e Malé", "Male", ["Malé"]),
        ("Malé", "Male", ["Malé"]),
    ],
)
def test_borders_of_words(text: str, name: str, found: list[str]) -> None:
    assert phrases(text, name) == found


def test_a_longer_name_that_fails_its_border_does_not_hide_the_shorter() -> None:
    assert phrases("Niger Deltas of Niger Delta", "Niger", "Niger Delta") == ["Niger", "Niger Delta"]


def test_a_longer_name_in_the_wrong_case_does_not_hide_the_shorter() -> None:
    assert phrases("Boko haram", "Boko", "Boko Haram") == ["Boko haram"]
    assert phrases("the army Group", "The Army Group", any_case=("army",)) == ["army"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a hit on the town", []),
        ("raids on Hit", ["Hit"]),
        ("THE RAID ON HIT", ["HIT"]),
        ("al-Hit", ["Hit"]),
    ],
)
def test_a_proper_name_begins_with_a_capital(text: str, found: list[str]) -> None:
    assert phrases(text, "Hit") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("IS fighters", ["IS"]),
        ("this Is it and is that", []),
        ("THE CITY IS CALM AND THE FMLN IS GONE", ["FMLN"]),
        ("Fmln", []),
    ],
)
def test_acronyms_are_written_in_capitals(text: str, found: list[str]) -> None:
    assert phrases(text, "IS", "FMLN") == found


def test_common_words_are_found_in_any_case() -> None:
    assert phrases("Soldiers and soldiers; SOLDIERS", any_case=("soldiers",)) == ["Soldiers", "soldiers", "SOLDIERS"]


def test_names_that_fold_to_the_same_letters_share_their_keys() -> None:
    index = NameIndex({"Hawija": ["b"], "HAWIJA": ["a"], "Hawīja": ["c"]})
    assert index.find("Hawija")[0].keys == ("a", "b", "c")
    assert index.keys_of("hawija") == ("a", "b", "c")
    assert index.keys_of("Kirkuk") == ()


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("SAN SALVADOR, 3 JAN 90 -- [TEXT]", True),
        ("San Salvador", False),
        ("", False),
        ("AAAAAAAAAAAAAAAAAAAAAAAAA b", True),
    ],
)
def test_text_in_capitals_is_recognised(text: str, answer: bool) -> None:
    assert is_upper_case(text) is answer


LETTERS = st.sampled_from("aAbB éİßﬁ'’-–\n\u0301.1س")
TEXTS = st.text(LETTERS, max_size=40)
NAMES = st.lists(st.text(LETTERS, min_size=1, max_size=8), max_size=8)


@given(TEXTS, NAMES)
def test_offsets_give_the_phrase_and_the_phrase_is_a_name(text: str, names: list[str]) -> None:
    index = NameIndex({name: [name] for name in names}, any_case=names)
    for found in index.find(text):
        assert text[found.start : found.end] == found.phrase
        assert found.start < found.end
        assert fold_name(found.phrase) in {fold_name(name) for name in names}
        assert all(fold_name(key) == fold_name(found.phrase) for key in found.keys)


@given(TEXTS, NAMES)
def test_what_is_found_is_in_order_and_does_not_overlap(text: str, names: list[str]) -> None:
    spans = [(found.start, found.end) for found in NameIndex({name: [name] for name in names}, any_case=names).find(text)]
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@given(TEXTS, st.permutations(["a", "ab", "b a", "A-B", "é", "bß", "1a"]))
def test_the_order_in_which_names_are_given_does_not_matter(text: str, names: list[str]) -> None:
    expected = NameIndex({name: [name] for name in sorted(names)}, any_case=["a", "ab"]).find(text)
    assert NameIndex({name: [name] for name in names}, any_case=["ab", "a"]).find(text) == expected


@given(st.text(max_size=60))
def test_every_folded_character_has_a_place_in_the_text(text: str) -> None:
    prepared = FoldedText(text)
    for position in range(len(prepared.folded)):
        start, end = prepared.span(position, position + 1)
        assert 0 <= start < end <= len(text)


@given(st.text(st.characters(codec="ascii"), max_size=40))
def test_a_name_alone_is_found_in_itself(name: str) -> None:
    folded = fold_name(name)
    if folded and folded[0].isalnum():
        assert fold_name(NameIndex({name: ["x"]}, any_case=[name]).find(name)[0].phrase) == folded
