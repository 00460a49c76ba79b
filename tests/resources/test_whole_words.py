"""Phrases found as whole words: what an automaton with borders finds is what a plain search would."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.resources.whole_words import WholeWords, with_borders

ALPHABET = "ab .-'é\n…"
PHRASES = st.lists(st.text(alphabet=ALPHABET, min_size=1, max_size=4), unique=True, max_size=6)


def plainly(phrases: list[str], text: str) -> list[tuple[int, int, int]]:
    def is_border(position: int) -> bool:
        return not (0 < position < len(text) and text[position - 1].isalnum() and text[position].isalnum())

    return sorted(
        (start, -start - len(phrase), number)
        for number, phrase in enumerate(phrases)
        for start in range(len(text))
        if text.startswith(phrase, start) and is_border(start) and is_border(start + len(phrase))
    )


@given(PHRASES, st.text(alphabet=ALPHABET, max_size=40))
def test_all_phrases_between_borders_of_words_are_found(phrases: list[str], text: str) -> None:
    assert WholeWords(phrases).find(text, with_borders(text)) == plainly(phrases, text)


def test_no_phrase_is_found_within_a_word_nor_in_other_signs() -> None:
    words = WholeWords(["us", "u.s."])
    assert [each[0] for each in words.find("because of us", with_borders("because of us"))] == [11]
    assert words.find("u s. bus", with_borders("u s. bus")) == []
