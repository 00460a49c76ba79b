"""Reports that one coder made of the same sentence of the same text, printed in several articles."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.matching.frames import MISSING, Integers, codes


def twin_positions(reports: pd.DataFrame) -> Integers:
    """For each report the position of the report of which it is a copy; its own if it is none.

    Equal text read by equal rules at an equal place gives one and the same incident, so such reports are joined without a
    look at their values: the same dispatch reprinted a week later may have been dated wrongly. The report of the earliest
    article stands for the others.

    Args:
        reports: Reports as `eligible_reports` gives them.
    """
    positions: Integers = np.arange(len(reports))
    # People mark sentences differently: their ordinals do not compare.
    readable = reports["coder_kind"].isin(["rules", "legacy"]).to_numpy(dtype=bool)
    texts = codes(reports["content_hash"])
    readable = readable & (texts != MISSING) & (np.bincount(texts + 1, minlength=1)[texts + 1] > 1)
    few = reports[readable]
    readings = codes(few["content_hash"], few["coder_kind"], few["anchor_start"], few["anchor_ordinal"])
    order = pd.DataFrame(
        {
            "reading": readings,
            "undated": few["published_day"].isna().to_numpy(),
            "day": few["published_day"].to_numpy(),
            "article_id": few["article_id"].to_numpy(),
        },
        index=positions[readable],
    )[readings != MISSING].sort_values(["reading", "undated", "day", "article_id"], kind="stable")
    first = order[~order["reading"].duplicated()]
    by_reading = pd.Series(first.index.to_numpy(), index=first["reading"].to_numpy())
    positions[order.index.to_numpy()] = by_reading.reindex(order["reading"]).to_numpy(dtype=np.int64)
    return positions
