"""What a piece of evidence is about: the few themes that have a colour, and the short labels beside the words."""

from __future__ import annotations

from schemas.columns import TARGET, VICTIMS

THEMES = {
    "what": "what happened",
    "when": "when",
    "where": "where",
    "who": "who",
    "harm": "dead and wounded",
    "crowd": "crowd",
}
"""Themes and their names in the legend."""

ATTRIBUTIONS = {
    "claimed": "by somebody whom the outlet cites",
    "suspected": "supposed",
    "denied": "denied by somebody",
}
"""Who vouches for the words, where it is not the outlet itself."""

_FIELDS = {
    "sub_event_type": ("what", "what"),
    "event_date": ("when", "when"),
    "event_date_end": ("when", "until"),
    "time_precision": ("when", "when"),
    "location": ("where", "where"),
    "admin1": ("where", "where"),
    "country": ("where", "where"),
    "geo_precision": ("where", "where"),
    "actor1": ("who", "actor 1"),
    "assoc_actor_1": ("who", "beside 1"),
    "actor2": ("who", "actor 2"),
    "assoc_actor_2": ("who", "beside 2"),
    "initiator": ("who", "began"),
    "fatalities": ("harm", "dead"),
    "injured": ("harm", "wounded"),
    VICTIMS: ("harm", "victims"),
    TARGET: ("who", "target"),
    "crowd_size": ("crowd", "crowd"),
}


def theme_of(field: str) -> str:
    """The theme of a column; that of the dead for their many columns, `none` for what has no theme."""
    if field.startswith(("fatalities", "deaths_")):
        return "harm"
    return _FIELDS.get(field, ("none", field))[0]


def label_of(field: str) -> str:
    """The label beside words that support a column."""
    return _FIELDS.get(field, ("none", field))[1]
