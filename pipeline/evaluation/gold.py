"""Gold coding: what a careful reader found in each article. One JSON object a line; docs/evaluation.md describes it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.errors import InputError

Half = Literal["even", "odd"]
HALVES: tuple[Half, ...] = ("even", "odd")


class GoldEvent(BaseModel):
    """One event that an article reports or recalls; a key that was left out is not judged.

    Attributes:
        classes: Sub-event types that are right, the best first.
        exact: Whether the first of them is meant exactly.
        optional: Arguable: no harm if it is missing.
        background: The article recalls it and does not newly report it.
        date_start: Day or, as `date_kind` partial, the beginning of one.
        places: Names of where it happened, the finest first.
        actor1: Name as this project writes it; null means that there is none.
        perpetrators: Words of the text for those who did it.
        deaths: Number killed; null if not given.
        same_event: Label shared by the gold events, of several articles, that are one incident.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    classes: tuple[str, ...]
    exact: bool = False
    optional: bool = False
    background: bool = False
    date_start: str | None = None
    date_end: str | None = None
    date_kind: str = "none"
    country: str | None = None
    places: tuple[str, ...] = ()
    admin1: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geo_precision: int | None = None
    actor1: str | None = None
    actor2: str | None = None
    perpetrators: tuple[str, ...] = ()
    victims: tuple[str, ...] = ()
    deaths: int | None = None
    deaths_low: int | None = None
    deaths_high: int | None = None
    same_event: str | None = None

    @property
    def is_required(self) -> bool:
        """Whether it counts against the coder if the event is missing."""
        return not (self.optional or self.background)

    def judges(self, key: str) -> bool:
        """Whether the gold file gives the key at all, if only as null."""
        return key in self.model_fields_set


class GoldArticle(BaseModel):
    """What one article holds; `relevant` is null where nobody judged whether it newly reports anything."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)

    id: str
    relevant: bool | None = None
    events: tuple[GoldEvent, ...] = ()


def parse_gold(text: str, name: str) -> list[GoldArticle]:
    """The articles of a gold file in its order.

    Args:
        text: Its content: one JSON object a line.
        name: What to call it in errors.

    Raises:
        InputError: A line is no such object; says which line, which key and what was expected.
    """
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            found.append(GoldArticle.model_validate_json(line))
        except ValidationError as error:
            problem = error.errors()[0]
            key = ".".join(str(part) for part in problem["loc"]) or "line"
            raise InputError(f"{name}:{number}: {key}: {problem['msg']}. docs/evaluation.md describes the format.") from None
    if not found:
        raise InputError(f"{name}: holds no article. Name a gold file, one JSON object a line.")
    return found


def half_of(article_id: str) -> Half:
    """The half of a gold file that an article belongs to: `even` if the last hexadecimal digit of SHA-256 of its id is even."""
    return HALVES[int(hashlib.sha256(article_id.encode()).hexdigest()[-1], 16) % 2]


def in_half(gold: Sequence[GoldArticle], half: Half | None) -> list[GoldArticle]:
    """The articles of one half; all if None."""
    return [article for article in gold if half is None or half_of(article.id) == half]
