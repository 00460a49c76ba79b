"""Parts that several kinds of decisions are made of: spans of words, and the types of single values."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from pipeline.resources.column_values import LARGEST
from schemas.columns import ARTICLE_ID, LIST_OF_NAMES
from schemas.taxonomy import COUNTRIES, SUB_EVENT_TYPES

CONTEXT_CHARACTERS = 32
"""Characters that a span keeps of the text on either side of its words."""


def one_of(values: Any, what: str) -> Any:
    """A validator that takes nothing but these values; `what` names them in its message."""

    def check(value: str) -> str:
        if value not in values:
            raise ValueError(f"{value!r} is no {what}")
        return value

    return AfterValidator(check)


def _not_blank(value: str) -> str:
    if not value.strip():
        raise ValueError("is blank")
    return value


def _to_nfc(value: str) -> str:
    return unicodedata.normalize("NFC", value)


Count = Annotated[int, Field(ge=0, le=LARGEST)]
Name = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(_not_blank), AfterValidator(str.strip)]
Names = Annotated[str, Field(pattern=rf"^(?:{LIST_OF_NAMES})$")]
Reason = Annotated[str, Field(min_length=1, max_length=5_000), AfterValidator(_not_blank)]
Context = Annotated[str, Field(max_length=CONTEXT_CHARACTERS), AfterValidator(_to_nfc)]
Day = Annotated[dt.date, Field(ge=dt.date(1900, 1, 1), le=dt.date(2200, 12, 31))]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
CountryName = Annotated[str, one_of(COUNTRIES, "country of the codebook")]
SubEventTypeName = Annotated[str, one_of(SUB_EVENT_TYPES, "sub_event_type of the codebook")]
ArticleId = Annotated[str, Field(pattern=rf"^{ARTICLE_ID}$")]
ContentHash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
DecisionId = Annotated[str, Field(pattern=r"^\S{1,200}$")]


class DecisionPart(BaseModel):
    """Any part of a decision: frozen, without unknown keys, without conversions between types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Span(DecisionPart):
    """Words of an article and where they stood when they were marked.

    Attributes:
        start: First code point of the words.
        end: Code point after the words.
        part: Part of the article in which the offsets count.
        words: The words themselves, exactly, NFC.
        before: Up to 32 characters in front of them.
        after: Up to 32 characters behind them.
    """

    start: Count
    end: Count
    part: Literal["title", "text"] = "text"
    words: Annotated[str, Field(max_length=20_000), AfterValidator(_not_blank), AfterValidator(_to_nfc)]
    before: Context = ""
    after: Context = ""

    @model_validator(mode="after")
    def _end_follows_start(self) -> Span:
        if self.end <= self.start:
            raise ValueError(f"end {self.end} does not lie behind start {self.start}")
        return self


def _in_text(span: Span) -> Span:
    if span.part != "text":
        raise ValueError("an anchor lies in the text: mark the sentence there, the headline may serve as evidence")
    return span


TextSpan = Annotated[Span, AfterValidator(_in_text)]


class ReportAnchor(DecisionPart):
    """One report, named by its words: report ids change when another coder reads the article, words do not.

    Attributes:
        article_id: Article that the words stand in.
        content_hash: Hash of the text when the words were marked; without it the words must be found by themselves.
        anchor: Words of the sentence that tells the incident.
        ordinal: Which incident is meant where one sentence tells several: 0 for the first.
    """

    article_id: ArticleId
    content_hash: ContentHash | None = None
    anchor: TextSpan
    ordinal: Count = 0
