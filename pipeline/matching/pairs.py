"""The pairs of reports that were compared, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.matching.arrays import ReportArrays
from pipeline.matching.blocking import blocked_pairs
from pipeline.matching.comparison import OUTCOMES, Compared, compare
from pipeline.matching.frames import Flags, Integers, Numbers, columns_to_frame
from pipeline.matching.verdicts import Verdicts

PAIR_OUTCOMES: Final = (*OUTCOMES, "human_same", "human_different")
SAME, DOUBTFUL, DIFFERENT, HUMAN_SAME, HUMAN_DIFFERENT = range(5)
COPY_REASONS: Final = "text:same; sentence:same"


@dataclass(frozen=True, kw_only=True)
class PairArrays:
    """One position per pair, sorted by the positions of its reports.

    Attributes:
        left: Position of the report with the smaller id.
        right: Position of the other.
        score: From 0 to 1.
        outcome: Position in `PAIR_OUTCOMES`.
        reasons: What was found in each field.
    """

    left: Integers
    right: Integers
    score: Numbers
    outcome: Integers
    reasons: npt.NDArray[np.object_]

    def chosen(self, kept: Flags | Integers) -> PairArrays:
        """The pairs at some positions."""
        return PairArrays(
            left=self.left[kept],
            right=self.right[kept],
            score=self.score[kept],
            outcome=self.outcome[kept],
            reasons=self.reasons[kept],
        )


def find_pairs(
    arrays: ReportArrays, twins: Integers, verdicts: Verdicts, *, max_distance_km: float, max_days_apart: int
) -> PairArrays:
    """All pairs worth a row: those near in time and place and of types that go together, copies, and those judged.

    Of copies only the first report is compared with others. A person's verdict replaces the outcome and is named first among
    the reasons.

    Args:
        arrays: The reports.
        twins: Position of the report that each one is a copy of, or its own.
        verdicts: What people said of pairs.
        max_distance_km: Farthest apart that two places of one incident may lie, inclusive.
        max_days_apart: Days that two exact dates may differ, inclusive.
    """
    is_copy = twins != np.arange(len(twins))
    judged = np.array([*verdicts.same, *verdicts.different], dtype=np.int64).reshape(-1, 2)
    found = compare(arrays, judged[:, 0], judged[:, 1], max_distance_km=max_distance_km, max_days_apart=max_days_apart)
    parts = [_described(found, judged[:, 0], judged[:, 1]), _copies(twins, is_copy)]
    for left, right in blocked_pairs(arrays, max_distance_km=max_distance_km, max_days_apart=max_days_apart):
        kept = ~is_copy[left] & ~is_copy[right]
        one, two = left[kept], right[kept]
        found = compare(arrays, one, two, max_distance_km=max_distance_km, max_days_apart=max_days_apart)
        parts.append(_described(found.chosen(found.is_close), one[found.is_close], two[found.is_close]))
    return _with_verdicts(_sorted_once(parts), verdicts, len(arrays))


def _described(found: Compared, left: Integers, right: Integers) -> PairArrays:
    return PairArrays(left=left, right=right, score=found.score, outcome=found.outcome, reasons=found.reasons())


def _copies(twins: Integers, is_copy: Flags) -> PairArrays:
    positions = np.flatnonzero(is_copy)
    first = twins[positions]
    return PairArrays(
        left=np.minimum(positions, first),
        right=np.maximum(positions, first),
        score=np.ones(len(positions)),
        outcome=np.full(len(positions), SAME, dtype=np.int64),
        reasons=np.full(len(positions), COPY_REASONS, dtype=object),
    )


def _sorted_once(parts: list[PairArrays]) -> PairArrays:
    joined = PairArrays(
        left=np.concatenate([part.left for part in parts]),
        right=np.concatenate([part.right for part in parts]),
        score=np.concatenate([part.score for part in parts]),
        outcome=np.concatenate([part.outcome for part in parts]),
        reasons=np.concatenate([part.reasons for part in parts]),
    )
    # A judged pair may have come up by itself too; what was found of it is the same, but for copies, which come later.
    order = np.lexsort((joined.right, joined.left))
    joined = joined.chosen(order)
    repeated = np.zeros(len(order), dtype=bool)
    repeated[1:] = (joined.left[1:] == joined.left[:-1]) & (joined.right[1:] == joined.right[:-1])
    return joined.chosen(~repeated)


def _with_verdicts(pairs: PairArrays, verdicts: Verdicts, count: int) -> PairArrays:
    keys = pairs.left * count + pairs.right
    outcome, reasons = pairs.outcome.copy(), pairs.reasons.copy()
    for said, code in ((verdicts.same, HUMAN_SAME), (verdicts.different, HUMAN_DIFFERENT)):
        for (left, right), reason in said.items():
            at = int(np.searchsorted(keys, left * count + right))
            outcome[at] = code
            reasons[at] = f"{reason}; {reasons[at]}"
    return PairArrays(left=pairs.left, right=pairs.right, score=pairs.score, outcome=outcome, reasons=reasons)


def pairs_frame(pairs: PairArrays, reports: pd.DataFrame) -> pd.DataFrame:
    """The table `pairs`, sorted by its key.

    Args:
        pairs: The pairs, sorted.
        reports: Reports in the order of the positions.
    """
    ids = reports["report_id"].to_numpy(dtype=object)
    return columns_to_frame(
        {
            "report_id_l": ids[pairs.left],
            "report_id_r": ids[pairs.right],
            "score": pairs.score,
            "outcome": np.array(PAIR_OUTCOMES, dtype=object)[pairs.outcome],
            "reasons": pairs.reasons,
        },
        "pairs",
    )
