"""The description of one column, from which every other form of the schema is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["string", "integer", "big_integer", "number", "boolean", "date", "moment"]


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of one or more tables.

    Attributes:
        name: The column's name: the same word for the same thing in every table.
        type: Its kind of value. `date` is a calendar day, `moment` a UTC instant in microseconds.
        meaning: What the value says, in one or two sentences.
        unit: Unit of a number, for example `degrees` or `people`.
        allowed: The closed list of values, if there is one.
        minimum: Smallest value allowed, inclusive.
        maximum: Largest value allowed, inclusive.
        pattern: Regular expression that a whole string value must match.
        source: Where the rule comes from: a published codebook, or `Khaldun` for our own decisions.
    """

    name: str
    type: ColumnType
    meaning: str
    unit: str | None = None
    allowed: tuple[str | int, ...] | None = None
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    source: str = "Khaldun"
