"""Which reports are compared, and what is said of each field."""

import datetime as dt
from itertools import combinations

import numpy as np
import pytest
from geopy.distance import great_circle
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.matching import blocking
from pipeline.matching.arrays import comparable_name
from pipeline.matching.blocking import blocked_pairs
from pipeline.resources.match_weights import LEVELS, RULED_OUT, MatchWeights
from pipeline.resources.seeds import Seeds, shipped_seeds

WEIGHTS = MatchWeights.from_rows(Seeds((shipped_seeds(),)).rows("match_weights"))
DAYS = st.integers(0, 70).map(lambda offset: dt.date(2017, 9, 1) + dt.timedelta(days=offset))


def compared(corpus, one, two, **matching):
    """Outcome and levels by field of a pair of reports of two articles, or None if they were not compared."""
    tables = corpus.match(*corpus.tell(one, two), matching=matching)
    if tables["pairs"].empty:
        return None
    row = tables["pairs"].iloc[0]
    return row["outcome"], dict(part.split(":") for part in row["reasons"].split("; "))


def level(corpus, field, one, two, **matching):
    found = compared(corpus, one, two, **matching)
    return found and found[1][field]


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ({}, {}, "same"),
        ({}, {"event_date": dt.date(2017, 10, 20)}, "adjacent"),
        ({}, {"event_date": dt.date(2017, 10, 21)}, None),
        ({}, {"event_date": dt.date(2017, 10, 18), "event_date_end": dt.date(2017, 10, 19)}, "overlap"),
        ({}, {"event_date": dt.date(2017, 10, 22), "time_precision": 2}, "same week"),
        ({}, {"event_date": dt.date(2017, 10, 23), "time_precision": 2}, None),
        ({}, {"event_date": dt.date(2017, 10, 10), "event_date_end": dt.date(2017, 10, 24), "time_precision": 2}, "same week"),
        ({}, {"event_date": dt.date(2017, 10, 18), "event_date_end": dt.date(2017, 10, 20), "time_precision": 2}, "overlap"),
        ({}, {"event_date": dt.date(2017, 10, 20), "event_date_end": dt.date(2017, 10, 21), "time_precision": 2}, None),
        (
            {},
            {"event_date_end": dt.date(2017, 10, 20), "time_precision": 2, "needs_review": "actor_assumed; date_assumed"},
            "same week",
        ),
        ({}, {"event_date": dt.date(2017, 10, 1), "time_precision": 3}, "same month"),
        ({}, {"event_date": dt.date(2017, 11, 15), "time_precision": 3}, None),
        ({"time_precision": 3}, {"time_precision": 2}, "same month"),
    ],
)
def test_dates(corpus, one, two, expected):
    assert level(corpus, "date", one, two) == expected


REGION = {"geo_precision": 3, "admin1": None, "admin2": None, "location": "Hills", "place_id": "feature:hills", "latitude": 35.3}
NOWHERE = dict.fromkeys(("admin1", "admin2", "location", "place_id", "latitude", "longitude", "geo_precision"))
KIRKUK = {"admin2": "Kirkuk", "location": "Kirkuk", "place_id": "kirkuk", "latitude": 35.468, "longitude": 44.392}


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ({}, {}, "same"),
        ({}, {"latitude": 35.3, "longitude": 44.5}, "same"),  # one entry of the gazetteer, whatever the point
        ({}, {"place_id": None, "latitude": 35.14}, "same"),  # the same name in the same province, near
        ({}, {"place_id": "p", "location": "Tuz", "admin2": "Tuz", "latitude": 35.2}, "other town"),
        ({}, {"place_id": None, "location": "Tuz", "admin2": "Tuz", "latitude": 35.2}, "other town"),
        ({}, {"place_id": "p", "location": "Tuz", "admin2": "Tuz", "latitude": 35.2, "geo_precision": 2}, "neighbouring"),
        ({}, {"place_id": "p", "location": "Daquq - Old Town", "latitude": 35.14}, "near"),
        ({}, {"place_id": "p", "location": "DAQUQ", "admin1": None, "latitude": 35.2}, "same"),
        ({}, {"place_id": "p", "location": "Tuz", "admin2": "Tuz", "latitude": 35.15, "geo_precision": 2}, "near"),
        ({}, {"place_id": "p", "location": "Tuz", "admin2": "Tuz", "latitude": 35.37}, "far town"),
        ({}, {"place_id": "p", "location": "Tuz", "admin2": "Tuz", "latitude": 35.37, "geo_precision": 2}, "distant"),
        ({}, {"place_id": "p", "location": "Tuz", "admin2": "Tuz", "latitude": 35.6}, None),
        ({}, {"place_id": "p", "location": "Tuz", "latitude": 35.6, "geo_precision": 2}, "same district"),
        ({}, {"place_id": "p", "location": "Tuz", "latitude": 35.6}, None),
        ({}, KIRKUK | {"geo_precision": 3}, "within province"),
        ({"admin1": "Diyala"}, KIRKUK | {"geo_precision": 3}, None),
        # Two provinces whose capitals lie side by side are two provinces.
        ({"geo_precision": 3}, {"geo_precision": 3, "admin1": "Erbil", "place_id": "erbil", "location": "Erbil"}, None),
        ({"geo_precision": 3}, {"geo_precision": 3, "place_id": "kirkuk"}, "same province"),
        # A region across provinces has a point of its own.
        ({}, REGION, "around"),
        ({}, REGION | {"latitude": 37.0}, None),
        (REGION, REGION, "same province"),
        (REGION | {"place_id": None}, REGION | {"place_id": None}, "same province"),
        # Without coordinates the country and the name say something.
        ({}, NOWHERE, "none"),
        ({}, NOWHERE | {"location": "daquq"}, "same name"),
        ({}, NOWHERE | {"location": "Tal Sabha"}, "unknown"),
        ({}, NOWHERE | {"country": "Syria"}, None),
        (NOWHERE, NOWHERE, None),
        (NOWHERE | {"location": "Daquq"}, NOWHERE | {"location": "Daquq"}, None),
    ],
)
def test_places(corpus, one, two, expected):
    assert level(corpus, "place", one, two) == expected


def test_country_is_compared_not_assumed(corpus):
    border = {"latitude": 36.9, "longitude": 42.1, "place_id": "a", "location": "A", "admin1": "Dihok"}
    other = border | {"country": "Syria", "admin1": "Hasakeh", "place_id": "b", "location": "B", "latitude": 36.95}
    assert level(corpus, "country", border, other) == "other"
    assert level(corpus, "country", border, other | {"country": "Iraq"}) == "same"


IS, UNKNOWN = {}, {"actor1": "Unidentified Armed Group (Iraq)", "actor1_id": None, "inter1": "Political militia"}
PKK = {"actor1": "PKK: Kurdistan Workers Party", "actor1_id": "pkk"}
ARMY = {"actor2": "Military Forces of Iraq (2014-2018)", "inter2": "State forces", "sub_event_type": "Armed clash"}
PESHMERGA = ARMY | {"actor2": "Military Forces of Iraq (2014-2018) Peshmerga"}
POLICE = ARMY | {"actor2": "Police Forces of Iraq (2014-2018)"}
TURNED = {
    "sub_event_type": "Armed clash", "actor1": ARMY["actor2"], "inter1": "State forces", "actor2": "IS: Islamic State (Iraq)",
    "inter2": "Rebel group",
}  # fmt: skip
CROWD = {
    "sub_event_type": "Peaceful protest",
    "actor1": "Protesters (Iraq)",
    "inter1": "Protesters",
    "actor2": None,
    "inter2": None,
}


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (IS, IS, "same group"),
        (IS | ARMY, PESHMERGA, "same group"),
        # The army, and people of the place: the same group, twice at work.
        (IS | ARMY, IS, "one side"),
        (IS | ARMY, IS | {"actor2": None, "inter2": None}, "same group"),
        (UNKNOWN | ARMY, UNKNOWN | POLICE, "same state"),
        (UNKNOWN, UNKNOWN, "same kinds"),
        (IS, UNKNOWN, "same kinds"),
        (IS, PKK, "other names"),
        # What the registry does not know may be another spelling.
        (IS, PKK | {"actor1_id": None}, "same kinds"),
        (IS | ARMY, PKK | POLICE, "mixed"),
        (IS | ARMY, UNKNOWN, "some kinds"),
        (CROWD, CROWD, "same kinds"),
        (CROWD, {**CROWD, "actor1": None, "inter1": None}, "unknown"),
        # Names on different sides do not contradict each other.
        (ARMY | UNKNOWN, IS | ARMY | {"actor2": None, "inter2": None}, "some kinds"),
        # Sides may stand in either order.
        (IS | ARMY, TURNED, "same group"),
    ],
)  # fmt: skip
def test_actors(corpus, one, two, expected):
    assert level(corpus, "actors", one, two) == expected


HIT, SHELLED = {"toll": 4}, {"sub_event_type": "Shelling/artillery/missile attack"}


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (HIT, HIT, "same"),
        (HIT, HIT | {"sub_event_type": "Abduction/forced disappearance"}, "close"),
        (HIT, HIT | SHELLED, "possible"),
        (HIT, {"toll": 5} | SHELLED, "possible"),
        # Of an attack and of shells a town at war hears on many days: without the dead nothing says that they are one.
        (HIT, SHELLED, "unsupported"),
        ({"toll": 0}, {"toll": 0} | SHELLED, "unsupported"),
    ],
)
def test_types(corpus, one, two, expected):
    assert level(corpus, "type", one, two) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (None, None),
        ("Civilians (Iraq)", None),
        ("Unidentified Gang (Iraq)", None),
        ("Military Forces of Iraq (2022-) Peshmerga", "Iraq (2022-)"),
        ("Mutiny of Military Forces of Mali (2020-2021)", "Mali (2020-2021)"),
        ("Government of Iraq (2022-)", "Iraq (2022-)"),
        ("Fulani Ethnic Militia (Nigeria)", "Fulani Ethnic Militia (Nigeria)"),
    ],
)
def test_names_that_are_compared(name, expected):
    assert comparable_name(name) == expected


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ({"toll": 7}, {"toll": 7}, "same many"),
        ({"toll": 2}, {"toll": 2}, "same"),
        ({"toll": 1}, {"toll": 1}, "same one"),
        ({"toll": 0}, {"toll": 0}, "none"),
        ({"toll": 3}, {"toll": 8}, "doubled"),
        ({"toll": 3}, {"toll": 5}, "close"),
        ({"toll": 3}, {"toll": 30}, "apart"),
        ({"toll": 3, "fatalities_high": None}, {"toll": 30}, "compatible"),
        ({"toll": 3}, {}, "unknown"),
        ({"toll": 3, "fatalities_basis": "shared_total"}, {"toll": 30}, "unknown"),
    ],
)
def test_tolls(corpus, one, two, expected):
    assert level(corpus, "toll", one, two) == expected


@pytest.mark.parametrize(
    ("one", "two", "outcome"),
    [
        (UNKNOWN, UNKNOWN, "same"),
        (UNKNOWN | {"toll": 9}, UNKNOWN | {"event_date": dt.date(2017, 10, 20), "toll": 9}, "same"),
        # A day apart, nameless and of other kinds: such reports come on many days in a row.
        (
            UNKNOWN,
            UNKNOWN | {"event_date": dt.date(2017, 10, 20), "place_id": "p", "location": "Tuz", "latitude": 35.2},
            None,
        ),
        (IS | {"toll": 3}, {"event_date": dt.date(2017, 10, 20), "toll": 3}, "same"),
        # Two towns by name are two incidents, unless the dead are as many; one known roughly may be the other.
        (IS, {"place_id": "p", "location": "Tuz", "latitude": 35.2}, "doubtful"),
        (IS | {"toll": 9}, {"place_id": "p", "location": "Tuz", "latitude": 35.2, "toll": 9}, "same"),
        (IS, {"place_id": "p", "location": "Tuz", "latitude": 35.2, "geo_precision": 2}, "same"),
        (IS | {"toll": 8}, PKK | {"toll": 8}, "same"),
        (IS | {"toll": 3}, PKK | {"toll": 7}, "doubtful"),
        (IS | {"toll": 3}, PKK | {"toll": 30}, "different"),
        (IS | {"toll": 3}, PKK | {"toll": 30, "place_id": "p", "location": "Tuz", "latitude": 35.2}, None),
    ],
)
def test_what_speaks_for_one_incident_is_weighed_against_what_speaks_against_it(corpus, one, two, outcome):
    found = compared(corpus, one, two)
    assert (found and found[0]) == outcome


def test_pairs_that_are_hardly_one_incident_are_not_listed(corpus):
    vague = {"time_precision": 3, "geo_precision": 3}
    other = PKK | vague | {"toll": 30, "sub_event_type": "Abduction/forced disappearance"}
    assert compared(corpus, IS | {"toll": 3}, other) is None


def test_types_that_do_not_go_together_are_not_listed(corpus):
    assert compared(corpus, IS, CROWD) is None


def test_windows_are_settings(corpus):
    apart = {"event_date": dt.date(2017, 10, 22), "place_id": "p", "location": "Tuz", "latitude": 35.9, "admin2": "Tuz"}
    assert compared(corpus, IS, apart) is None
    wide = compared(corpus, IS | {"toll": 6}, apart | {"toll": 6}, max_days_apart=3, max_distance_km=100)
    assert (wide[1]["date"], wide[1]["place"]) == ("days apart", "far town")
    assert compared(corpus, IS, {"event_date": dt.date(2017, 10, 20)}, max_days_apart=0) is None


def test_what_cannot_be_is_outvoted_by_nothing(corpus):
    best = sum(max(WEIGHTS.levels[field]) for field in LEVELS) + WEIGHTS.base
    for field, level_name in RULED_OUT:
        assert WEIGHTS.levels[field][LEVELS[field].index(level_name)] + best == float("-inf")


def scatter(data, number):
    around = data.draw(st.sampled_from([(35.0, 44.0), (0.0, 179.99), (89.8, 20.0), (-70.0, -180.0)]))
    longitude = (around[1] + data.draw(st.floats(-2.5, 2.5)) + 180) % 360 - 180
    return {
        "latitude": min(90.0, around[0] + data.draw(st.floats(-0.6, 0.6))),
        "longitude": data.draw(st.sampled_from([longitude, longitude, longitude, None])),
        "place_id": f"p{number}",
        "location": f"Place {number}",
        "admin1": data.draw(st.sampled_from(["Kirkuk", "Diyala", None])),
        "geo_precision": data.draw(st.sampled_from([1, 1, 2, 3])),
        "event_date": data.draw(DAYS),
        "time_precision": data.draw(st.sampled_from([1, 1, 2, 3])),
        "event_date_end": data.draw(st.sampled_from([None, None, None, dt.date(2017, 11, 30)])),
    }


@settings(max_examples=40)
@given(st.data(), st.sampled_from([5.0, 60.0, 300.0]), st.sampled_from([0, 1, 4]), st.sampled_from([3, 1 << 20]))
def test_blocking_loses_no_pair_near_in_time_and_place_and_makes_none_twice(corpus, data, kilometres, days, chunk):
    articles, reports = corpus.tell(*(scatter(data, number) for number in range(12)))
    arrays = corpus.arrays(reports, articles)
    before = blocking.CHUNK
    blocking.CHUNK = chunk
    try:
        found = [pair for left, right in blocked_pairs(arrays, max_distance_km=kilometres, max_days_apart=days)
                 for pair in zip(left.tolist(), right.tolist(), strict=True)]  # fmt: skip
    finally:
        blocking.CHUNK = before
    assert len(found) == len(set(found))
    for one, two in combinations(range(len(arrays)), 2):
        gap = max(arrays.first[one], arrays.first[two]) - min(arrays.last[one], arrays.last[two])
        point = [(arrays.latitude[at], arrays.longitude[at]) for at in (one, two)]
        pointed = all(arrays.geo_precision[at] < 3 or (arrays.placed[at] and arrays.admin1[at] == -1) for at in (one, two))
        near = pointed and great_circle(*point).km <= kilometres - 0.01
        if arrays.placed[one] != arrays.placed[two]:
            near = True
        elif max(arrays.geo_precision[one], arrays.geo_precision[two]) == 3 and arrays.placed[one]:
            near |= arrays.admin1[one] == arrays.admin1[two] != -1
        if gap <= days and near:
            assert (one, two) in found
        if gap > days:
            assert (one, two) not in found


def test_a_span_of_a_year_does_not_hide_among_short_ones(corpus):
    long = {"event_date": dt.date(2017, 1, 1), "event_date_end": dt.date(2017, 12, 31), "time_precision": 2}
    articles, reports = corpus.tell(long, *({"event_date": dt.date(2017, month, 5)} for month in range(1, 13)))
    arrays = corpus.arrays(reports, articles)
    span = int(np.argmax(arrays.last - arrays.first))
    found = [pair for left, right in blocked_pairs(arrays, max_distance_km=25, max_days_apart=1)
             for pair in zip(left.tolist(), right.tolist(), strict=True)]  # fmt: skip
    assert len(found) == 12
    assert all(span in pair for pair in found)
