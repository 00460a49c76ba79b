"""What people said of pairs of reports, as positions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from pipeline.matching.frames import MISSING, positions_in
from pipeline.resources.decisions import attached_reports, judged_pairs

Pair = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Verdicts:
    """Pairs of positions, the smaller first.

    Attributes:
        same: Pairs that a person called one incident, with the reason as written in `reasons`.
        different: Pairs that a person told apart, likewise.
    """

    same: Mapping[Pair, str] = field(default_factory=dict)
    different: Mapping[Pair, str] = field(default_factory=dict)


def read_verdicts(reports: pd.DataFrame, decisions: pd.DataFrame, decision_anchors: pd.DataFrame) -> Verdicts:
    """The verdicts on reports that take part.

    A report attached to the event of another is the same incident as that other, unless a person told these two apart. An
    article without a report of its own can be attached to nothing: `decision_anchors` shows that it names none.

    Args:
        reports: Reports as `eligible_reports` gives them.
        decisions: The table `decisions`.
        decision_anchors: The table `decision_anchors`.
    """
    judgements = list(judged_pairs(decisions, decision_anchors))
    attachments = list(attached_reports(decisions, decision_anchors))
    ends = [(judged.report_id_l, judged.report_id_r) for judged in judgements]
    ends += [(attached.report_id or "", attached.to_report_id) for attached in attachments]
    positions = _positions(reports["report_id"], sorted({each for pair in ends for each in pair}))
    same: dict[Pair, str] = {}
    different: dict[Pair, str] = {}
    for judged in judgements:
        pair = _pair(positions, judged.report_id_l, judged.report_id_r)
        if pair is not None:
            chosen = same if judged.verdict == "same" else different
            chosen[pair] = f"person:{judged.verdict}"
    for attached in attachments:
        pair = _pair(positions, attached.report_id, attached.to_report_id)
        if pair is not None and pair not in same and pair not in different:
            same[pair] = "person:attached"
    return Verdicts(same=dict(sorted(same.items())), different=dict(sorted(different.items())))


def _positions(report_ids: pd.Series, named: list[str]) -> dict[str, int]:
    """Where the reports that people named stand among those that take part."""
    if not named:
        return {}
    found = positions_in(pd.Series(named, dtype=report_ids.dtype), report_ids)
    return {name: at for name, at in zip(named, found.tolist(), strict=True) if at != MISSING}


def _pair(positions: Mapping[str, int], one: str | None, two: str) -> Pair | None:
    left, right = positions.get(one or ""), positions.get(two)
    if left is None or right is None or left == right:
        return None
    return min(left, right), max(left, right)
