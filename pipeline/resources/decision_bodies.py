"""What each kind of human decision says, as frozen models that refuse unknown keys.

docs/decisions.md shows one line of each kind. The bodies are validated once, when they are read; later stages parse them
again from the `body` column without a second look.
"""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import AwareDatetime, Field, model_validator

from pipeline.resources.column_values import misfit
from pipeline.resources.decision_parts import (
    ArticleId,
    ContentHash,
    Count,
    CountryName,
    Day,
    DecisionId,
    DecisionPart,
    Latitude,
    Longitude,
    Name,
    Names,
    Reason,
    ReportAnchor,
    Span,
    SubEventTypeName,
    TextSpan,
    one_of,
)
from schemas.columns import COLUMNS, EVENT_ID
from schemas.tables import TABLES

DecisionKind = Literal["coding", "no_event", "adjudication", "pair", "attach", "place", "event_override", "sign_off"]


class EventValues(DecisionPart):
    """What a coder read of one incident; a value that the article does not give is left out."""

    event_date: Day | None = None
    event_date_end: Day | None = None
    time_precision: Literal[1, 2, 3] | None = None
    sub_event_type: SubEventTypeName | None = None
    actor1: Name | None = None
    assoc_actor_1: Names | None = None
    actor2: Name | None = None
    assoc_actor_2: Names | None = None
    initiator: Literal["actor1", "actor2", "unknown"] = "unknown"
    location: Name | None = None
    location_relation: Literal["in", "near"] | None = None
    country: CountryName | None = None
    admin1: Name | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    fatalities: Count | None = None
    fatalities_low: Count | None = None
    fatalities_high: Count | None = None
    fatalities_basis: Literal["stated", "none_mentioned", "explicit_none", "word_estimate", "shared_total"] | None = None
    split_group: Name | None = None
    deaths_actor1: Count | None = None
    deaths_actor2: Count | None = None
    deaths_civilians: Count | None = None
    injured: Count | None = None
    crowd_size: Count | None = None
    tags: Names | None = None
    notes: Reason | None = None

    @model_validator(mode="after")
    def _values_fit_together(self) -> EventValues:
        if self.event_date_end and (self.event_date is None or self.event_date_end < self.event_date):
            raise ValueError("event_date_end needs an event_date that is not later")
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("latitude and longitude are given together or not at all")
        tolls = [toll for toll in (self.fatalities_low, self.fatalities, self.fatalities_high) if toll is not None]
        if tolls != sorted(tolls):
            raise ValueError("fatalities_low, fatalities and fatalities_high must rise in this order")
        if self.fatalities is None and tolls:
            raise ValueError("fatalities_low and fatalities_high need fatalities")
        return self


class EvidenceSpan(DecisionPart):
    """Words on which one value rests.

    Attributes:
        field: Name of the value, as in `values`.
        span: The words.
        attribution: Who vouches for them.
    """

    field: Annotated[str, one_of(EventValues.model_fields, "name of a value")]
    span: Span
    attribution: Literal["asserted", "claimed", "denied", "suspected"] = "asserted"


class EventCoding(DecisionPart):
    """One incident as a person coded it.

    Attributes:
        anchor: The sentence that first tells the incident.
        status: `accepted` enters events, `candidate` waits, `rejected` says that there is no such incident.
        is_background: True if the article recalls the incident and does not newly report it.
        confidence: How sure the coder is, from 0 to 1.
        values: What was coded; a rejected incident needs none.
        evidence: Words for single values; the anchor stands for sub_event_type if nothing else does.
    """

    anchor: TextSpan
    status: Literal["candidate", "accepted", "rejected"] = "accepted"
    is_background: bool = False
    confidence: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] = 1.0
    values: EventValues = EventValues()
    evidence: tuple[EvidenceSpan, ...] = ()

    @model_validator(mode="after")
    def _has_type(self) -> EventCoding:
        if self.status != "rejected" and self.values.sub_event_type is None:
            raise ValueError("values.sub_event_type is missing; only a rejected incident needs none")
        return self


class Coding(DecisionPart):
    """Everything that one coder found in one article. A draft is kept and not used."""

    events: tuple[EventCoding, ...]
    draft: bool = False


class Adjudication(DecisionPart):
    """The last word on an article, with the decisions that it settles and why."""

    events: tuple[EventCoding, ...]
    settles: Annotated[tuple[DecisionId, ...], Field(min_length=1)]
    reason: Reason
    draft: bool = False


class NoEvent(DecisionPart):
    """A judgement on a whole article that gives no incidents."""

    decision: Literal["no_event", "unreadable", "needs_translation", "relevant"]
    reason: Reason | None = None


class Pair(DecisionPart):
    """Whether two reports tell one incident."""

    left: ReportAnchor
    right: ReportAnchor
    verdict: Literal["same", "different"]
    reason: Reason | None = None


class Attach(DecisionPart):
    """The article belongs to the event that another report tells.

    Attributes:
        to: A report of that event.
        anchor: Sentence of the article that tells it; without it the article's best report is meant.
        reason: Why.
    """

    to: ReportAnchor
    anchor: TextSpan | None = None
    reason: Reason | None = None


class Place(DecisionPart):
    """What place a phrase of the article stands for: an entry of the gazetteer, or a point with its country.

    Attributes:
        phrase: Words that name the place; holds wherever the article uses them.
        anchor: One use of the phrase, for the record.
        place_id: Key of the gazetteer entry.
        name: Name of a place that the gazetteer lacks.
        country: Its country.
        admin1: Its largest sub-national unit.
        latitude: WGS 84 degrees.
        longitude: WGS 84 degrees.
        reason: Why.
    """

    phrase: Name
    anchor: Span | None = None
    place_id: Name | None = None
    name: Name | None = None
    country: CountryName | None = None
    admin1: Name | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    reason: Reason | None = None

    @model_validator(mode="after")
    def _names_a_place(self) -> Place:
        point = (self.name, self.country, self.latitude, self.longitude)
        if self.place_id is None and None in point:
            raise ValueError("give place_id, or name, country, latitude and longitude")
        if self.place_id is not None and any(value is not None for value in (*point, self.admin1)):
            raise ValueError("give place_id or a point, not both")
        return self


OVERRIDABLE = (
    "event_date",
    "event_date_end",
    "time_precision",
    "sub_event_type",
    "civilian_targeting",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "initiator",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "place_id",
    "latitude",
    "longitude",
    "geo_precision",
    "fatalities",
    "fatalities_low",
    "fatalities_high",
    "fatalities_basis",
    "deaths_actor1",
    "deaths_actor2",
    "deaths_civilians",
    "injured",
    "crowd_size",
    "tags",
    "notes",
    "sensitivity",
    "status",
)
"""Columns of an event that a person may set; all others follow from these or are counted."""

OverrideValue = Annotated[str | int | float | bool | None, Field(union_mode="smart")]


class EventOverride(DecisionPart):
    """One value of an event, set by a person above any recipe.

    Attributes:
        anchor: Any report of the event; the event is found by it, whatever its id becomes.
        field: Column of the event.
        value: New value; dates as YYYY-MM-DD; null empties a column that may be empty.
        reason: Why.
        source: What the value rests on.
        event_id: Id of the event when the decision was taken, for the record.
    """

    anchor: ReportAnchor
    field: Annotated[str, one_of(OVERRIDABLE, "column of an event that can be set")]
    value: OverrideValue
    reason: Reason
    source: Reason
    event_id: Annotated[str, Field(pattern=rf"^(?:{EVENT_ID})$")] | None = None

    @model_validator(mode="after")
    def _value_fits_column(self) -> EventOverride:
        table = TABLES["merged_events"]
        if self.value is None and self.field in table.required:
            raise ValueError(f"{self.field} is never empty")
        if self.value is not None and (wrong := misfit(self.value, table.column(self.field))):
            raise ValueError(f"{self.value!r} does not fit {self.field}: {wrong}")
        return self


class SignOff(DecisionPart):
    """A country was looked at as a whole: what people accepted of it may be called final. The latest word on a country holds.

    Attributes:
        country: The country.
        through: Last day of the events that are meant.
        reason: What was looked at.
    """

    country: CountryName
    through: Day
    reason: Reason | None = None


class Header(DecisionPart):
    """What every decision carries; the rest of its line is the body of its kind."""

    decision_id: DecisionId
    format_version: Literal[1]
    kind: DecisionKind
    supersedes: DecisionId | None = None
    article_id: ArticleId | None = None
    content_hash: ContentHash | None = None
    coder_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
    decided_at: AwareDatetime
    codebook_version: Annotated[str, Field(pattern=r"^\S{1,40}$")]

    @model_validator(mode="after")
    def _names_another(self) -> Header:
        if self.supersedes == self.decision_id:
            raise ValueError("a decision cannot supersede itself")
        return self


Body = Coding | NoEvent | Adjudication | Pair | Attach | Place | EventOverride | SignOff

BODIES: dict[str, type[Body]] = {
    "coding": Coding,
    "no_event": NoEvent,
    "adjudication": Adjudication,
    "pair": Pair,
    "attach": Attach,
    "place": Place,
    "event_override": EventOverride,
    "sign_off": SignOff,
}
"""The model of each kind of decision."""

if set(BODIES) != set(get_args(DecisionKind)) or set(BODIES) != set(COLUMNS["kind"].allowed or ()):
    raise ValueError("kinds of decisions differ between the models and the column `kind`")
