"""Names on a map, where there is room for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.picturing.dots import Box
from pipeline.picturing.frame import Frame
from pipeline.picturing.look import text_width

_TOGETHER = 90  # pixels: what is named stands together if it takes no more room than this
_CLEAR = 3  # pixels between a name and what it does not name
_TRIED = 6  # of the things named, beside which a name may stand


@dataclass(frozen=True)
class Label:
    """A name on a map: its text, the point that it is set at, how, and the size of its letters, in pixels."""

    text: str
    x: float
    y: float
    align: str
    size: int

    @property
    def box(self) -> Box:
        """The room that it takes."""
        wide = text_width(self.text, self.size)
        left = self.x - {"left": 0.0, "center": wide / 2, "right": wide}[self.align]
        return left, self.y - self.size * 0.6, left + wide, self.y + self.size * 0.6


def place_labels(names: Iterable[tuple[str, Sequence[Box]]], taken: Iterable[Box], frame: Frame, size: int) -> list[Label]:
    """Names beside what they name; a name for which there is no room is left out.

    Args:
        names: Each name with the room that the things take that it names, the most important first in both.
        taken: What no name may cover.
        frame: The window.
        size: Size of the letters in pixels.
    """
    boxes = [(left - _CLEAR, top, right + _CLEAR, bottom) for left, top, right, bottom in taken]
    found = []
    for name, named in names:
        for label in _candidates(name, named, size):
            if _within(label.box, frame) and not any(_meet(label.box, other) for other in boxes):
                found.append(label)
                boxes.append(label.box)
                break
    return found


def _candidates(text: str, named: Sequence[Box], size: int) -> Iterator[Label]:
    """Beside all things together if they stand together; else, or where that is taken, beside one of them."""
    lefts, tops, rights, bottoms = zip(*named, strict=True)
    together = min(lefts), min(tops), max(rights), max(bottoms)
    if max(together[2] - together[0], together[3] - together[1]) <= _TOGETHER:
        yield from _beside(text, together, size)
    for box in named[:_TRIED]:
        yield from _beside(text, box, size)


def _beside(text: str, box: Box, size: int) -> Iterator[Label]:
    """Right, left, above or below."""
    left, top, right, bottom = box
    middle, level = (left + right) / 2, (top + bottom) / 2
    for x, y, align in (
        (right + _CLEAR + 1, level, "left"),
        (left - _CLEAR - 1, level, "right"),
        (middle, top - size * 0.7, "center"),
        (middle, bottom + size * 0.7, "center"),
    ):
        yield Label(text, round(x, 1), round(y, 1), align, size)


def _within(box: Box, frame: Frame) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= frame.width and box[3] <= frame.height


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
