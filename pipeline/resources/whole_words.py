"""Many phrases sought in a text at once, each found as whole words only.

Most of what an automaton meets lies within longer words: `us` in `because`. So the borders of words are made part of what is
sought: in the text and in the phrases every sign and blank is a space, and phrases have spaces around them. What is found so,
little more than there is, is compared with the text as it stands.
"""

from __future__ import annotations

from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick, MatchKind

_BORDER = " "


class _Borders(dict[int, int]):
    """A space for whatever is no letter or digit, for `str.translate`."""

    def __missing__(self, code: int) -> int:
        made = self[code] = code if chr(code).isalnum() else ord(_BORDER)
        return made


_BORDERS = _Borders()


def with_borders(text: str) -> str:
    """A text as `WholeWords` searches it."""
    return f"{_BORDER}{text}{_BORDER}".translate(_BORDERS)


class WholeWords:
    """Finds phrases in texts that are folded as they are."""

    def __init__(self, phrases: Sequence[str]) -> None:
        """Prepares the search for some phrases, none of them empty."""
        self._phrases = phrases
        # How far before its first character a phrase is found: the border of the text itself, and that of the word.
        self._before = [1 - phrase[0].isalnum() for phrase in phrases]
        bordered = [
            f"{_BORDER * phrase[0].isalnum()}{phrase}{_BORDER * phrase[-1].isalnum()}".translate(_BORDERS) for phrase in phrases
        ]
        self._automaton = AhoCorasick(bordered, matchkind=MatchKind.Standard) if bordered else None

    def find(self, text: str, bordered: str) -> list[tuple[int, int, int]]:
        """Each occurrence between borders of words, also within longer ones, as (start, -end, number of the phrase), in order.

        Args:
            text: The text.
            bordered: What `with_borders` makes of it.
        """
        if self._automaton is None:
            return []
        phrases, before = self._phrases, self._before
        return sorted(
            (start, -start - len(phrase), number)
            for number, position, _ in self._automaton.find_matches_as_indexes(bordered, overlapping=True)
            # A sign may match the border before the text.
            if (start := position - before[number]) >= 0 and text.startswith(phrase := phrases[number], start)
        )
