"""Sets of words written as running text, for the tables of a language."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text that blanks part."""
    return frozenset(text.split())
