"""Shortcuts of look-ups give what the longer way gives."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline.coding.document import _TOKEN, Document
from pipeline.coding.english import ENGLISH
from pipeline.resources.names import FoldedText, fold_name

PLAIN_BRANCH = "[a-z]++(?!['’\\w])|"
TEXTS = st.text(alphabet="abnt stdé'’_.,-–019 \nİ", max_size=60)


@given(TEXTS)
def test_the_branch_for_plain_words_changes_no_token(text: str) -> None:
    assert _TOKEN.pattern.startswith(PLAIN_BRANCH)
    whole = re.compile(_TOKEN.pattern.removeprefix(PLAIN_BRANCH))
    assert [match.span() for match in _TOKEN.finditer(text)] == [match.span() for match in whole.finditer(text)]


@given(TEXTS)
def test_tokens_are_what_the_pattern_finds_each_at_its_place(text: str) -> None:
    document = Document(text, ENGLISH)
    assert [(each.start, each.end) for each in document.tokens] == [match.span() for match in _TOKEN.finditer(document.folded)]
    assert document.token_starts == [each.start for each in document.tokens]
    assert document.token_words == [each.word for each in document.tokens]


@given(TEXTS)
def test_words_of_a_span_are_those_of_its_tokens(text: str) -> None:
    document = Document(text, ENGLISH)
    for start in range(0, len(text), 7):
        assert document.words(start, start + 9) == [each.word for each in document.tokens if start <= each.start < start + 9]


@given(TEXTS)
def test_a_name_folds_as_a_text_does(name: str) -> None:
    assert fold_name(name) == FoldedText(name).folded.strip(" \x1f")


def test_every_phrase_for_a_time_is_found_by_its_first_words() -> None:
    for phrase in (*ENGLISH.relative_days, *ENGLISH.anchored_days, *ENGLISH.relative_spans, *ENGLISH.uncodable_times):
        first, second, *_ = [*phrase.split(" "), ""]
        assert len(phrase.split(" ")) in ENGLISH.time_phrases[first, second]
        assert first in ENGLISH.time_starters
