"""Which forms of the lexicon count where they overlap in a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.resources.lexicon_rows import LexiconMatch, LexiconRow, order_of

_WEAPON = "weapon="


def _with_shorter(match: LexiconMatch, rows: tuple[LexiconRow, ...]) -> LexiconMatch:
    """A match that may also stand for the same act in fewer words."""
    acts = {row.trigger for row in match.rows if row.kind == "act"}
    return match._replace(rows=(*match.rows, *(row for row in rows if row.trigger in acts)))


def _with_brief(match: LexiconMatch, rows: tuple[LexiconRow, ...]) -> LexiconMatch:
    """A match within which shorter words stand that tell a brief text's news."""
    added = [row for row in rows if row not in match.rows]
    return match._replace(rows=tuple(sorted((*match.rows, *added), key=lambda row: order_of(row)[:2]))) if added else match


def _hides(row: LexiconRow) -> bool:
    """Whether a form of a row leaves nothing of the words within it."""
    return row.kind in ("gate", "attribution") or row.has("hides")


def _is_act_alone(rows: Sequence[LexiconRow]) -> bool:
    """Whether a form tells of an act and closes none."""
    kinds = {row.kind for row in rows}
    return "act" in kinds and "gate" not in kinds


class Tiling:
    """Which rows count where forms overlap, for a selection of the rows of each form."""

    def __init__(self, rows: Sequence[tuple[LexiconRow, ...]]) -> None:
        """Prepares the search.

        Args:
            rows: Rows of each form, by its number; none for a form that counts nowhere.
        """
        self._rows = rows
        self._hides_all = [any(_hides(row) for row in of_form) for of_form in rows]
        self._is_clear = [not any(_hides(row) or row.name.startswith(_WEAPON) for row in of_form) for of_form in rows]
        self._is_class = [
            clear and all(row.kind == "cue" for row in of_form) for clear, of_form in zip(self._is_clear, rows, strict=True)
        ]
        self._acts = [tuple(row for row in of_form if row.kind == "act") for of_form in rows]
        self._brief_acts = [tuple(row for row in of_form if row.has("brief")) for of_form in rows]
        self._cues = [tuple(row for row in of_form if row.kind == "cue") for of_form in rows]
        self._class_cues = [tuple(row for row in of_form if not row.name.startswith(_WEAPON)) for of_form in self._cues]
        self._everywhere = [tuple(row for row in of_form if row.has("everywhere")) for of_form in rows]
        self._is_open = [not here and _is_act_alone(of_form) for of_form, here in zip(rows, self._everywhere, strict=True)]

    def tile(self, occurrences: Iterable[tuple[int, int, int]]) -> list[LexiconMatch]:
        """The forms that count, in the order of the text.

        Args:
            occurrences: Start, negative end and number of every form, in order.
        """
        found: list[LexiconMatch] = []
        top = -1  # the last match that is no mere class of words
        reached, hidden, veiled = 0, 0, 0  # ends of that match, of what hides weapons within it, and of what hides all
        within = self._cues  # what of a form counts within it
        is_open = False
        for start, negative_end, form in occurrences:
            end = -negative_end
            if not self._rows[form]:
                continue
            if self._is_class[form]:
                if start >= veiled or (is_open and self._everywhere[form]):
                    found.append(LexiconMatch(start, end, self._rows[form]))
                continue
            if start >= reached:
                found.append(LexiconMatch(start, end, self._rows[form]))
                top = len(found) - 1
                reached, hidden, is_open = end, 0 if self._is_clear[form] else end, self._is_open[form]
                veiled = end if self._hides_all[form] else 0
                within = self._class_cues if self._acts[form] else self._cues
                continue
            if found[top].start == start and self._acts[form]:
                found[top] = _with_shorter(found[top], self._acts[form])
            if self._brief_acts[form] and end <= reached and any(row.kind == "act" for row in found[top].rows):
                found[top] = _with_brief(found[top], self._brief_acts[form])
            if is_open and self._everywhere[form]:
                found.append(LexiconMatch(start, end, self._everywhere[form]))
                hidden, is_open = max(hidden, end), False
            elif end <= reached and start >= veiled and not self._acts[form]:
                rows = within[form] if start >= hidden else self._class_cues[form]
                if not rows:
                    continue
                found.append(LexiconMatch(start, end, rows))
                hidden = max(hidden, 0 if self._is_clear[form] else end)
                veiled = max(veiled, end if self._hides_all[form] else 0)
        return found
