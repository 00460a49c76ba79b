"""The pairs of reports that were compared, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.matching.arrays import ReportArrays
from pipeline.matching.blocking import blocked_pairs
from pipeline.matching.comparison import OUTCOMES, SCALE, Scorer, Windows, compare, in_words, pack, possible, probability
from pipeline.matching.frames import Flags, Integers, columns_to_frame
from pipeline.matching.verdicts import Verdicts

PAIR_OUTCOMES: Final = (*OUTCOMES, "human_same", "human_different")
SAME, DOUBTFUL, DIFFERENT, HUMAN_SAME, HUMAN_DIFFERENT = range(5)
COPY_REASONS: Final = "text:same; sentence:same"
COPY: Final = -1
"""In place of levels: the two reports are one sentence of one text."""

_SURE: Final = 40 * SCALE
"""Score of a copy."""

Small = npt.NDArray[np.int32]


@dataclass(frozen=True, kw_only=True)
class PairArrays:
    """One position per pair, sorted by the positions of its reports.

    Attributes:
        left: Position of the report with the smaller id.
        right: Position of the other.
        score: Thousandths of log odds.
        outcome: Position in `PAIR_OUTCOMES`.
        levels: The levels of all fields, packed; or `COPY`.
    """

    left: Small
    right: Small
    score: Small
    outcome: npt.NDArray[np.int8]
    levels: Small

    def __len__(self) -> int:
        """How many pairs there are."""
        return len(self.left)

    def chosen(self, kept: Flags | Integers) -> PairArrays:
        """The pairs at some positions."""
        return PairArrays(
            left=self.left[kept],
            right=self.right[kept],
            score=self.score[kept],
            outcome=self.outcome[kept],
            levels=self.levels[kept],
        )


def find_pairs(arrays: ReportArrays, twins: Integers, verdicts: Verdicts, scorer: Scorer, windows: Windows) -> PairArrays:
    """All pairs worth a row: those that may be one incident, copies, and those judged.

    Of copies only the first report is compared with others. A person's verdict replaces the outcome and is named first among
    the reasons.

    Args:
        arrays: The reports.
        twins: Position of the report that each one is a copy of, or its own.
        verdicts: What people said of pairs.
        scorer: The weights.
        windows: How far apart reports may be.
    """
    is_copy = twins != np.arange(len(twins))
    judged = np.array([*verdicts.same, *verdicts.different], dtype=np.int64).reshape(-1, 2)
    found = compare(arrays, judged[:, 0], judged[:, 1], windows)
    parts = [_described(found, judged[:, 0], judged[:, 1], scorer), _copies(twins, is_copy)]
    blocked = blocked_pairs(arrays, max_distance_km=windows.max_distance_km, max_days_apart=windows.max_days_apart)
    for left, right in blocked:
        kept = ~is_copy[left] & ~is_copy[right] & possible(arrays, left, right, windows)
        one, two = left[kept], right[kept]
        part = _described(compare(arrays, one, two, windows), one, two, scorer)
        parts.append(part.chosen(part.score >= scorer.listed))
    return _with_verdicts(_sorted_once(parts), verdicts, len(arrays))


def _described(levels: Integers, left: Integers, right: Integers, scorer: Scorer) -> PairArrays:
    scores = scorer.scores(levels)
    return PairArrays(
        left=left.astype(np.int32),
        right=right.astype(np.int32),
        score=scores.astype(np.int32),
        outcome=scorer.outcomes(scores).astype(np.int8),
        levels=pack(levels),
    )


def _copies(twins: Integers, is_copy: Flags) -> PairArrays:
    positions = np.flatnonzero(is_copy)
    first = twins[positions]
    return PairArrays(
        left=np.minimum(positions, first).astype(np.int32),
        right=np.maximum(positions, first).astype(np.int32),
        score=np.full(len(positions), _SURE, dtype=np.int32),
        outcome=np.full(len(positions), SAME, dtype=np.int8),
        levels=np.full(len(positions), COPY, dtype=np.int32),
    )


def _sorted_once(parts: list[PairArrays]) -> PairArrays:
    names = ("left", "right", "score", "outcome", "levels")
    joined = PairArrays(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})
    # A judged pair may have come up by itself too; what was found of it is the same, but for copies, which come later.
    order = np.lexsort((joined.right, joined.left))
    joined = joined.chosen(order)
    repeated = np.zeros(len(order), dtype=bool)
    repeated[1:] = (joined.left[1:] == joined.left[:-1]) & (joined.right[1:] == joined.right[:-1])
    return joined.chosen(~repeated)


def _with_verdicts(pairs: PairArrays, verdicts: Verdicts, count: int) -> PairArrays:
    if not verdicts.same and not verdicts.different:
        return pairs
    keys = pairs.left.astype(np.int64) * count + pairs.right
    outcome = pairs.outcome.copy()
    for said, code in ((verdicts.same, HUMAN_SAME), (verdicts.different, HUMAN_DIFFERENT)):
        for left, right in said:
            outcome[int(np.searchsorted(keys, left * count + right))] = code
    return PairArrays(left=pairs.left, right=pairs.right, score=pairs.score, outcome=outcome, levels=pairs.levels)


def pair_reasons(pairs: PairArrays, verdicts: Verdicts) -> npt.NDArray[np.object_]:
    """The levels of each pair in words, a person's verdict first."""
    reasons = np.full(len(pairs), COPY_REASONS, dtype=object)
    compared = pairs.levels != COPY
    reasons[compared] = in_words(pairs.levels[compared])
    said = {**verdicts.same, **verdicts.different}
    for at in np.flatnonzero(pairs.outcome >= HUMAN_SAME).tolist():
        reasons[at] = f"{said[int(pairs.left[at]), int(pairs.right[at])]}; {reasons[at]}"
    return reasons


def pairs_frame(pairs: PairArrays, reasons: npt.NDArray[np.object_], reports: pd.DataFrame) -> pd.DataFrame:
    """The table `pairs`, sorted by its key.

    Args:
        pairs: The pairs, sorted.
        reasons: What `pair_reasons` gave for them.
        reports: Reports in the order of the positions.
    """
    ids = reports["report_id"].to_numpy(dtype=object)
    return columns_to_frame(
        {
            "report_id_l": ids[pairs.left],
            "report_id_r": ids[pairs.right],
            "score": probability(pairs.score),
            "outcome": np.array(PAIR_OUTCOMES, dtype=object)[pairs.outcome],
            "reasons": reasons,
        },
        "pairs",
    )
