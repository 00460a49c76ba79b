"""What all charts of one picture share: the rows that they draw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import altair as alt

Chart: TypeAlias = Any
"""A chart or several: altair's types do not say which of its kinds of charts its operators return."""


class Drawing:
    """The rows of a picture, by name. Kept beside the charts, since altair copies all that a chart holds at every step."""

    def __init__(self) -> None:
        """Begin a picture without rows."""
        self._rows: dict[str, Sequence[dict[str, Any]]] = {}

    def chart(self, rows: Sequence[dict[str, Any]]) -> Chart:
        """A chart of some rows."""
        name = f"rows_{len(self._rows)}"
        self._rows[name] = rows
        return alt.Chart(alt.NamedData(name=name))

    def specification(self, chart: Chart) -> dict[str, Any]:
        """The picture in the grammar of Vega-Lite, its rows with it."""
        return {**chart.to_dict(), "datasets": self._rows}
