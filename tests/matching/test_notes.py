"""Notes written from the coded values."""

import datetime as dt

import pytest

from pipeline.matching.notes import WORDINGS, write_notes
from schemas.taxonomy import SUB_EVENT_TYPES

EVENT = {
    "sub_event_type": "Attack", "event_date": dt.date(2017, 10, 9), "time_precision": 1, "actor1": "IS",
    "actor2": "Civilians (Iraq)", "location": "Daquq", "admin1": "Kirkuk", "admin2": "Daquq", "fatalities": 3,
    "fatalities_basis": "stated", "geo_precision": 1, "is_retrospective": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "notes"),
    [
        ({}, "On 9 October 2017, IS attacked Civilians (Iraq) in Daquq (Kirkuk). 3 people were reported killed."),
        ({"fatalities": 1, "location": "Zanqar", "sub_event_type": "Grenade", "actor2": None},
         "On 9 October 2017, IS threw a grenade in Zanqar (Daquq, Kirkuk). 1 person was reported killed."),
        ({"fatalities": 0, "admin1": None, "admin2": None, "time_precision": 3},
         "Around 9 October 2017, IS attacked Civilians (Iraq) in Daquq. No fatalities were reported. "
         "Coding: only the month known."),
        ({"sub_event_type": "Government regains territory", "actor2": "Army", "fatalities": 0},
         "On 9 October 2017, IS fought Army in Daquq (Kirkuk). The government side regained the place. "
         "No fatalities were reported."),
        ({"sub_event_type": "Arrests", "actor1": "Police", "fatalities": 0},
         "Arrests: On 9 October 2017, Police arrested Civilians (Iraq) in Daquq (Kirkuk). No fatalities were reported."),
        ({"fatalities_basis": "shared_total", "geo_precision": 3, "time_precision": 2, "is_retrospective": True},
         "Around 9 October 2017, IS attacked Civilians (Iraq) in Daquq (Kirkuk). 3 people were reported killed. "
         "Coding: share of a total over several places or days. Coding: day known to about a week. "
         "Coding: point stands for a large area. Coding: told in retrospect only."),
    ],
)  # fmt: skip
def test_notes(change, notes):
    assert write_notes(EVENT | change) == notes


@pytest.mark.parametrize("name", list(SUB_EVENT_TYPES))
def test_every_type_is_told_with_and_without_a_second_actor(name):
    strategic = SUB_EVENT_TYPES[name].event_type == "Strategic developments"
    assert bool(WORDINGS[name].kind) == strategic
    for actor2 in (None, "The Others"):
        notes = write_notes(EVENT | {"sub_event_type": name, "actor2": actor2})
        assert notes.startswith("On 9 October 2017, IS ") != strategic
        assert notes.count("The Others") == (actor2 is not None)
        assert "{" not in notes
        assert "  " not in notes
    assert set(WORDINGS) == set(SUB_EVENT_TYPES)
