"""The languages that the rules can read."""

from __future__ import annotations

from pipeline.coding.english import ENGLISH
from pipeline.coding.language import Language

_LANGUAGES = {ENGLISH.code: ENGLISH}


def language_of(code: str) -> Language | None:
    """The language of an ISO 639 code such as `en` or `en-GB`; None if the rules know none of its words."""
    return _LANGUAGES.get(code.split("-", maxsplit=1)[0].lower())
