"""The text of an article as HTML, with the words of its evidence marked.

Spans may overlap, nest and touch. The text is cut wherever one begins or ends; each piece is wrapped in one `mark` per span that
covers it, the longest outermost. What the reader sees beside the words (the label after each span) is drawn by the style sheet:
the text of the page is the text of the article, character for character.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

LANES = 6
"""Spans that cover the same words are underlined at different heights, up to this many."""

_PICTURED = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r"} | {0x7F: 0x2421}
"""Control characters, which no page may hold, as the signs that stand for them: one for one, so that offsets hold."""


def literal(text: object) -> str:
    """A text as HTML that shows it as it is, in an element or in a quoted attribute."""
    return escape(str(text).translate(_PICTURED)).replace("\r", "&#13;")


@dataclass(frozen=True, kw_only=True)
class Span:
    """Words to mark.

    Attributes:
        start: First code point of the words.
        end: Code point after them.
        name: Id of the span in the page, from which the ids of its mark and of its note follow.
        theme: What it is about: the class that gives it its colour.
        style: Class that says how sure the words are.
        label: Short label after the words.
        title: What the label says in full.
    """

    start: int
    end: int
    name: str
    theme: str
    style: str
    label: str
    title: str


def mark_id(span: Span) -> str:
    """Id of the place in the text where the span begins."""
    return f"w{span.name}"


def note_id(span: Span) -> str:
    """Id of the place in the page where the span's value and rule stand."""
    return f"n{span.name}"


def marked(text: str, spans: Iterable[Span]) -> str:
    """The text as HTML with its spans marked.

    Args:
        text: The text.
        spans: Spans of it in any order; what lies outside the text is cut off.
    """
    ordered = sorted(spans, key=lambda span: (span.start, -span.end, span.name))
    lanes = _lanes(ordered)
    cuts = sorted({0, len(text), *(min(cut, len(text)) for span in ordered for cut in (span.start, span.end))})
    parts: list[str] = []
    begun: set[str] = set()
    for start, end in pairwise(cuts):
        covering = [span for span in ordered if span.start <= start and end <= span.end]
        parts.append(_piece(literal(text[start:end]), covering, lanes, begun))
        parts += [_label(span) for span in ordered if min(span.end, len(text)) == end and span in covering]
    return "".join(parts)


def _lanes(ordered: Sequence[Span]) -> dict[str, int]:
    """A lane for each span, so that no two that share words are in one lane."""
    free_from: list[int] = []
    lanes = {}
    for span in ordered:
        lane = next((number for number, end in enumerate(free_from) if end <= span.start), len(free_from))
        free_from[lane : lane + 1] = [span.end]
        lanes[span.name] = min(lane, LANES - 1)
    return lanes


def _piece(words: str, covering: Sequence[Span], lanes: dict[str, int], begun: set[str]) -> str:
    """A run of words that the same spans cover. A click leads to the note of the shortest."""
    if not covering:
        return words
    opened = ""
    for span in covering:
        anchor = "" if span.name in begun else f' id="{mark_id(span)}"'
        begun.add(span.name)
        opened += f'<mark{anchor} class="{span.theme} {span.style} lane{lanes[span.name]}" data-span="{span.name}">'
    shortest = min(covering, key=lambda span: (span.end - span.start, span.name))
    # The label takes the keyboard's focus; the words themselves would only double it.
    link = f'<a class="words" tabindex="-1" href="#{note_id(shortest)}">{words}</a>'
    return f"{opened}{link}{'</mark>' * len(covering)}"


def _label(span: Span) -> str:
    return (
        f'<a class="label {span.theme}" href="#{note_id(span)}" data-span="{span.name}" data-label="{literal(span.label)}"'
        f' aria-label="{literal(span.title)}" title="{literal(span.title)}"></a>'
    )
