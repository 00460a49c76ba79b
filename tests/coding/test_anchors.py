"""Words marked by people are found again where they must be, and nowhere where they only might be."""

import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.coding.anchors import Anchor, Stale, find_span, make_span

TEXT = (
    "Three soldiers were killed on Tuesday when rebels attacked an army post near Mirava. "
    "Police said two people were hurt. On Monday two people were arrested in Karsa."
)


def span_of(words: str, text: str = TEXT):
    start = text.index(words)
    return make_span(text, start, start + len(words))


def words_at(text: str, found: Anchor | Stale) -> str:
    assert isinstance(found, Anchor)
    return text[found.start : found.end]


texts = st.text(alphabet="ab é\n", min_size=1, max_size=60)


@st.composite
def marked_texts(draw):
    text = draw(texts)
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    assume(text[start:end].strip())
    return text, make_span(text, start, end)


@given(marked_texts())
def test_unchanged_text_anchors_at_its_offset_however_repetitive(marked):
    text, span = marked
    assert find_span(span, text, unchanged=True) == Anchor(span.start, span.end, "offset")


def true_stretch(span, shift: int) -> tuple[int, int]:
    """Where the words, without blanks at their ends, really stand after `shift` characters were put in front of them."""
    lead = len(span.words) - len(span.words.lstrip())
    return span.start + shift + lead, span.start + shift + lead + len(span.words.strip())


@given(marked_texts(), st.text(alphabet="ab é\n", max_size=30), st.text(alphabet="ab é\n", max_size=30))
def test_text_put_before_and_after_never_leads_to_other_words(marked, before, after):
    text, span = marked
    found = find_span(span, before + text + after)
    assert isinstance(found, Stale) or (found.start, found.end) == true_stretch(span, len(before))


@given(marked_texts(), st.text(alphabet="cd", min_size=1, max_size=30), st.data())
def test_new_words_anywhere_else_never_lead_to_other_words(marked, inserted, data):
    text, span = marked
    at = data.draw(st.one_of(st.integers(0, span.start), st.integers(span.end, len(text))))
    found = find_span(span, text[:at] + inserted + text[at:])
    shift = len(inserted) if at <= span.start else 0
    assert isinstance(found, Stale) or (found.start, found.end) == true_stretch(span, shift)


@given(st.text(alphabet="ab ", max_size=80), st.text(alphabet="ab ", max_size=80))
def test_words_that_stand_once_with_their_surroundings_are_always_found(before, after):
    text = f"{before} Three soldiers were killed {after}"
    span = span_of("Three soldiers were killed", text)
    changed = f"UPDATE {text} More to come."
    assert words_at(changed, find_span(span, changed)) == "Three soldiers were killed"


def test_how_it_was_matched():
    span = span_of("rebels attacked an army post")
    assert find_span(span, TEXT) == Anchor(span.start, span.end, "offset")
    assert find_span(span, TEXT + " More follows.") == Anchor(span.start, span.end, "offset")
    assert find_span(span, "(Update) " + TEXT) == Anchor(span.start + 9, span.end + 9, "words")


@pytest.mark.parametrize(
    ("words", "old", "new", "reason"),
    [
        ("Three soldiers", "Three soldiers", "Four soldiers", "no longer"),
        ("two people", "Police said two people were hurt. On Monday two people were", "Two people, then two people", "too short"),
        ("two", "Police said two people were hurt.", "", "several places|too short|no longer"),
    ],
)
def test_words_that_are_gone_or_could_be_elsewhere_are_stale(words, old, new, reason):
    changed = TEXT.replace(old, new)
    found = find_span(span_of(words), changed)
    assert isinstance(found, Stale)
    assert any(part in found.reason for part in reason.split("|"))


def test_a_lone_number_is_not_taken_for_that_of_another_sentence():
    text = "Police said two people were hurt near the old market. Shops were closed."
    changed = "Police said some people were hurt near the old market. Then two shops were closed."
    assert isinstance(find_span(span_of("two", text), changed), Stale)


def test_two_places_with_equal_surroundings_are_ambiguous():
    text = "two people were hurt. " * 6
    assert isinstance(find_span(make_span(text, 66, 76), "New: " + text), Stale)
    assert find_span(make_span(text, 66, 76), text, unchanged=True) == Anchor(66, 76, "offset")


def test_one_changed_side_is_enough_to_know_the_place_by_the_other():
    changed = TEXT.replace("Police said two", "The mayor told us that two")
    assert changed[slice(*stretch(find_span(span_of("two people were hurt"), changed)))] == "two people were hurt"


def stretch(found: Anchor | Stale) -> tuple[int, int]:
    assert isinstance(found, Anchor)
    return found.start, found.end


def test_other_line_breaks_do_not_matter():
    wrapped = TEXT.replace(" ", "\n  ")
    assert words_at(wrapped, find_span(span_of("rebels attacked"), wrapped)).split() == ["rebels", "attacked"]


def test_decomposed_letters_find_their_composed_form():
    text = "The caf\u00e9 in Mirava was destroyed by a mortar shell."
    span = make_span("The cafe\u0301 in Mirava was destroyed by a mortar shell.", 4, 19)
    assert words_at(text, find_span(span, text)) == "caf\u00e9 in Mirava"


def test_offsets_counted_in_utf_16_are_put_right_by_the_words():
    text = "\U0001f6a8 \U0001f6a8 Rebels attacked an army post near Mirava."
    span = span_of("attacked an army post", text).model_copy(update={"start": 13, "end": 34})
    assert words_at(text, find_span(span, text, unchanged=True)) == "attacked an army post"


def test_an_article_without_a_title_has_no_words_in_it():
    assert find_span(make_span("Attack", 0, 6, "title"), None) == Stale("the article has no title")


def test_time_grows_with_the_text_only():
    text, span = "ab" * 500_000, make_span("ab" * 400, 100, 400)
    started = time.perf_counter()
    assert isinstance(find_span(span, text + "c"), Stale)
    assert time.perf_counter() - started < 2
