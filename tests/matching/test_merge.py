"""What an event says when its reports differ: the recipe, roles and counts, hard rules, what people set."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.matching.actors import ARMED_CLASSES
from pipeline.matching.merge import merge_event
from pipeline.matching.overrides import NO_OVERRIDES
from pipeline.matching.recipes import RECIPES, joint_confidence
from pipeline.matching.voters import seat_panel
from schemas.taxonomy import ACTOR_CLASS_LABELS, COUNTRIES, SUB_EVENT_TYPES, interaction_from_labels

OCTOBER = [dt.date(2017, 10, day) for day in range(1, 31)]
FACTS = ("relation", "family_id", "source_id", "published_day", "twin_of")
MONTH = {"event_date": OCTOBER[14], "time_precision": 3}
LATER = dt.date(2017, 10, 21)
UNKNOWN = {"actor1": "Unidentified Armed Group (Iraq)", "actor1_id": None, "inter1": "Political militia"}
ARMY = {"actor2": "Military Forces of Iraq (2014-2018)", "actor2_id": "army-iraq", "inter2": "State forces"}
CROWD = {"actor1": "Protesters (Iraq)", "actor1_id": None, "inter1": "Protesters", "actor2": None, "inter2": None,
         "sub_event_type": "Peaceful protest"}  # fmt: skip


@pytest.fixture(scope="session")
def rows(corpus):
    """Rows as the recipes see them: reports that differ as told, each of an outlet and family of its own."""
    columns = corpus.match([], [])["merged_events"].columns

    def build(*differences):
        made = []
        for number, different in enumerate(differences):
            facts = {name: value for name, value in different.items() if name in FACTS}
            told_apart = {name: value for name, value in different.items() if name not in FACTS}
            of = corpus.article(f"a{number}", source=f"outlet-{number}")
            row = {**dict.fromkeys(columns), "coder_id": None, **corpus.report(of, **told_apart)}
            row |= {"source_id": of["source_id"], "source_name": of["source_name"], "url": None, "twin_of": None}
            row |= {"published_day": corpus.DAY, "family_id": of["article_id"], "relation": "original", "position": number}
            made.append(row | facts)
        return made

    return build


@pytest.fixture(scope="session")
def merge(corpus, rows):
    def run(*differences):
        made = rows(*differences)
        return merge_event(made, seat_panel(made), NO_OVERRIDES, recipe=RECIPES["conservative"], sources=corpus.SOURCES)

    return run


TOLLS = ("fatalities", "fatalities_low", "fatalities_high", "fatalities_basis")


@pytest.mark.parametrize(
    ("differences", "expected"),
    [
        ([{"toll": 3}, {"toll": 5}], (3, 3, 5, "stated")),
        ([{"toll": 5}, {}], (5, 5, 5, "stated")),
        ([{}, {}], (0, 0, None, "none_mentioned")),
        ([{"toll": 3, "fatalities_high": None}, {"toll": 5}], (3, 3, None, "stated")),
        ([{"toll": 4, "fatalities_low": 2}, {"toll": 4, "fatalities_high": 9}], (4, 2, 9, "stated")),
        ([{"toll": 0, "fatalities_basis": "explicit_none"}, {}], (0, 0, 0, "explicit_none")),
        ([{"toll": 3, "fatalities_basis": "word_estimate", "fatalities_low": 2, "fatalities_high": None}, {"toll": 3}],
         (3, 2, None, "stated")),
        ([{"toll": 5}, {"toll": 1, "is_background": True}], (5, 5, 5, "stated")),
        # The same outlet a day later: its new toll stands for the old one, up or down.
        ([{"toll": 3, "source_id": "s"}, {"toll": 9, "source_id": "s", "published_day": LATER}], (9, 9, 9, "stated")),
        ([{"toll": 9, "source_id": "s"}, {"toll": 3, "source_id": "s", "published_day": LATER}], (3, 3, 3, "stated")),
        ([{"toll": 3, "source_id": "s"}, {"source_id": "s", "published_day": LATER}], (3, 3, 3, "stated")),
        ([{"toll": 3, "source_id": "s"}, {"toll": 9, "source_id": "s", "published_day": LATER}, {"toll": 5}],
         (5, 5, 9, "stated")),
        # An update of a text replaces it, even on the same day and from another outlet.
        ([{"toll": 3, "family_id": "f"}, {"toll": 9, "family_id": "f", "relation": "update"}], (9, 9, 9, "stated")),
        ([{"toll": 3, "published_day": None, "source_id": "s"}, {"toll": 9, "source_id": "s"}], (9, 9, 9, "stated")),
        # Copies have no voice of their own.
        ([{"toll": 5, "family_id": "f"}, {"toll": 1, "family_id": "f", "relation": "copy"}], (5, 5, 5, "stated")),
        ([{"toll": 5, "family_id": "f"}, {"toll": 1, "family_id": "f", "relation": "translation"}], (5, 5, 5, "stated")),
    ],
)  # fmt: skip
def test_tolls(merge, differences, expected):
    event = merge(*differences)
    assert tuple(event[name] for name in TOLLS) == expected


def test_a_toll_of_none_against_some_is_looked_at(merge):
    event = merge({"toll": 0, "fatalities_basis": "explicit_none"}, {"toll": 4})
    assert (event["fatalities"], event["fatalities_high"]) == (0, 4)
    assert event["needs_review"] == "toll_disputed"


def test_deaths_by_side_come_with_the_toll_and_its_actors(merge):
    low = {"toll": 3, "deaths_actor1": 2, "deaths_actor2": 0, "deaths_civilians": 1, **ARMY, "sub_event_type": "Armed clash"}
    event = merge(low, {"toll": 5, "deaths_actor1": 5, **ARMY, "sub_event_type": "Armed clash"})
    assert (event["deaths_actor1"], event["deaths_actor2"], event["deaths_civilians"]) == (2, 0, 1)
    turned = low | UNKNOWN
    event = merge(turned, {"toll": 5, **ARMY, "sub_event_type": "Armed clash"})
    assert event["actor1"] == "IS: Islamic State (Iraq)"
    assert (event["deaths_actor1"], event["deaths_actor2"], event["deaths_civilians"]) == (None, None, 1)


@pytest.mark.parametrize(
    ("kinds", "expected", "review"),
    [
        (["Attack", "Abduction/forced disappearance", "Abduction/forced disappearance"], "Abduction/forced disappearance", None),
        (["Abduction/forced disappearance", "Attack"], "Attack", "type_tie"),
        (["Attack"], "Attack", None),
    ],
)
def test_types(merge, kinds, expected, review):
    event = merge(*({"sub_event_type": kind} for kind in kinds))
    assert (event["sub_event_type"], event["needs_review"]) == (expected, review)


@pytest.mark.parametrize(
    ("differences", "expected"),
    [
        ([{"event_date": OCTOBER[4]}, {"event_date": OCTOBER[5]}, {"event_date": OCTOBER[5]}], (OCTOBER[5], None, 1)),
        ([{"event_date": OCTOBER[5]}, {"event_date": OCTOBER[4]}], (OCTOBER[4], None, 1)),
        ([{"event_date": OCTOBER[5]}, {"event_date": OCTOBER[4], "event_date_end": OCTOBER[5]}], (OCTOBER[5], None, 1)),
        ([MONTH, MONTH, {"event_date": OCTOBER[4]}],
         (OCTOBER[4], None, 1)),
        ([{"event_date": OCTOBER[4], "event_date_end": OCTOBER[10], "time_precision": 2}, {"time_precision": 3}],
         (OCTOBER[4], OCTOBER[10], 2)),
    ],
)  # fmt: skip
def test_dates(merge, differences, expected):
    event = merge(*differences)
    assert tuple(event[name] for name in ("event_date", "event_date_end", "time_precision")) == expected


def test_a_place_is_taken_whole_from_the_finest_report(merge):
    city = {"location": "Mosul", "place_id": "mosul", "admin1": "Nineveh", "admin2": "Mosul", "latitude": 36.34, "longitude": 43.13}
    quarter = city | {"location": "Mosul - Old City", "place_id": "old-city", "latitude": 36.343}
    near = quarter | {"geo_precision": 2, "location": "Mosul - Sahaji"}
    event = merge(near, city, quarter, city)
    assert {name: event[name] for name in quarter} == quarter
    assert merge(near, city, city)["location"] == "Mosul"


def test_actors_are_taken_together_from_the_most_specific_report(merge):
    named = {
        "sub_event_type": "Armed clash",
        "inter2": "State forces",
        "actor2": "Military Forces of Iraq (2014-2018)",
        "actor2_id": None,
    }
    event = merge({"sub_event_type": "Armed clash", **UNKNOWN, **ARMY}, {"sub_event_type": "Armed clash", **UNKNOWN, **ARMY}, named)
    assert (event["actor1"], event["actor1_id"], event["inter1"]) == ("IS: Islamic State (Iraq)", "is-iraq", "Rebel group")
    assert (event["actor2"], event["actor2_id"]) == ("Military Forces of Iraq (2014-2018)", None)
    assert event["interaction"] == "State forces-Rebel group"


def test_associates_are_joined_on_their_side(merge):
    clash = {"sub_event_type": "Armed clash", **ARMY, "assoc_actor_2": "Peshmerga; Students (Iraq)"}
    turned = {
        "sub_event_type": "Armed clash", "actor1": ARMY["actor2"], "actor1_id": None, "inter1": "State forces",
        "actor2": "IS: Islamic State (Iraq)", "inter2": "Rebel group", "assoc_actor_1": "Air Force", "assoc_actor_2": "Tribe",
    }  # fmt: skip
    event = merge(clash, turned)
    assert event["actor1"] == "IS: Islamic State (Iraq)"
    assert (event["assoc_actor_1"], event["assoc_actor_2"]) == ("Tribe", "Air Force; Peshmerga; Students (Iraq)")


def test_actors_of_another_type_are_not_taken(merge):
    # Two sources saw a battle; the third, with the most specific names, tells of civilians.
    battle = {
        "sub_event_type": "Armed clash",
        **UNKNOWN,
        "actor2": "Unidentified Military Forces",
        "actor2_id": None,
        "inter2": "State forces",
    }
    event = merge(battle, battle, {})
    assert (event["sub_event_type"], event["actor2"], event["civilian_targeting"]) == ("Armed clash", battle["actor2"], None)


def test_a_peaceful_protest_does_not_take_the_police_of_another_report(merge):
    police = CROWD | {"actor2": "Police Forces of Iraq (2014-2018)", "actor2_id": "p", "inter2": "State forces",
                      "sub_event_type": "Protest with intervention"}  # fmt: skip
    assert merge(CROWD, CROWD, police)["actor2"] is None
    assert merge(CROWD, police)["actor2"] == police["actor2"]


def test_actors_that_nobody_names_are_put_in_and_marked(merge):
    nobody = {"actor1": None, "actor1_id": None, "inter1": None, "actor2": None, "inter2": None}
    event = merge(nobody)
    assert (event["actor1"], event["actor2"]) == ("Unidentified Armed Group (Iraq)", "Civilians (Iraq)")
    assert event["needs_review"] == "actor_assumed"
    assert merge(nobody | {"sub_event_type": "Peaceful protest"})["actor1"] == "Protesters (Iraq)"


def test_counts_are_the_lowest_and_one_tag_tells_the_crowd(merge):
    event = merge(
        CROWD | {"crowd_size": 300, "tags": "crowd size=hundreds; students", "injured": 4},
        CROWD | {"crowd_size": 200, "tags": "crowd size=some 200", "injured": 2},
        CROWD | {"tags": "crowd size=no report; armed"},
    )
    assert (event["crowd_size"], event["injured"], event["tags"]) == (200, 2, "armed; crowd size=some 200; students")
    assert merge(CROWD)["tags"] == "crowd size=no report"
    assert merge({"tags": "local administrators"})["tags"] == "local administrators"


@pytest.mark.parametrize(("given", "expected"), [([0.8], 0.8), ([0.8, 0.5], 0.9), ([0.9, 0.99], 0.99), ([1.0], 0.99), ([0.0], 0.0)])
def test_confidence_grows_with_independent_reports(given, expected):
    assert joint_confidence([{"confidence": value} for value in given]) == expected


def test_confidence_of_copies_does_not_count(merge):
    event = merge({"family_id": "f"}, {"family_id": "f", "relation": "copy"})
    assert (event["confidence"], event["n_reports"], event["n_sources"]) == (0.8, 2, 1)


def test_an_outlet_counts_once_and_so_does_a_text(merge):
    assert merge({"source_id": "s"}, {"source_id": "s"}, {})["n_sources"] == 2
    assert merge({"family_id": "f"}, {"family_id": "f", "relation": "copy"}, {})["n_sources"] == 2


def test_a_person_who_accepted_makes_the_event_final(merge):
    human = {"coder_kind": "human", "status": "accepted"}
    assert merge({}, human)["status"] == "final"
    assert merge({}, {})["status"] == "candidate"
    assert merge({}, human | {"is_background": True})["status"] == "candidate"


def test_roles(rows):
    made = rows(
        {"family_id": "f"},
        {"family_id": "f", "relation": "copy"},
        {"coder_kind": "human", "status": "accepted"},
        {"is_background": True},
        {"family_id": "f", "relation": "update", "published_day": dt.date(2017, 10, 20)},
        {"coder_kind": "rules", "source_id": "outlet-2"},
    )
    panel = seat_panel(made)
    assert [panel.roles[row["report_id"]] for row in made] == ["update", "copy", "primary", "background", "update", "update"]
    assert len(panel.voters) == 3


def test_the_outlets_are_listed_by_name_with_their_scale(corpus, merge):
    event = merge({"source_id": "rudaw"}, {"source_id": "kirkuk-now"}, {"source_id": "bbc"}, {"source_id": "bbc"})
    assert event["source"] == "BBC News; Kirkuk Now; Rudaw"
    assert event["source_scale"] == "Subnational-International"
    assert merge({"source_id": "bbc", "country": "United Kingdom"})["source_scale"] == "National"
    hidden = merge({"source_id": "partner"}, {"source_id": "unheard-of"})
    assert hidden["source"] == "Outlet-1; Undisclosed Source"
    assert hidden["source_scale"] == "Local partner-Other"


def test_a_semicolon_in_a_name_does_not_make_two(corpus):
    of = corpus.article("1", source="x", source_name="This; That ;")
    assert corpus.only_event(corpus.match([of], [corpus.report(of)]))["source"] == "This, That"


def test_events_that_acled_would_write_as_one_row_share_a_unit(merge):
    first = merge({"toll": 1})
    assert first["acled_unit_id"].startswith("unit-")
    assert merge({"toll": 7, "sub_event_type": "Abduction/forced disappearance"})["acled_unit_id"] == first["acled_unit_id"]
    assert merge({"location": "Tuz"})["acled_unit_id"] != first["acled_unit_id"]


@st.composite
def told(draw):
    """A report whose type and actors may contradict each other."""
    labels = st.sampled_from([None, *ACTOR_CLASS_LABELS])
    inter1, inter2 = draw(labels), draw(labels)
    return {
        "sub_event_type": draw(st.sampled_from(list(SUB_EVENT_TYPES))),
        "actor1": draw(st.sampled_from(["A", "B", "Civilians (Iraq)"])) if inter1 else None,
        "inter1": inter1,
        "actor2": draw(st.sampled_from(["A", "B", "Civilians (Iraq)"])) if inter2 else None,
        "inter2": inter2,
        "country": draw(st.sampled_from(["Iraq", "Kosovo", "Mali"])),
        "toll": draw(st.sampled_from([None, 0, 3, 30])),
        "coder_kind": draw(st.sampled_from(["rules", "human"])),
    }


@given(st.lists(told(), min_size=1, max_size=4))
@settings(max_examples=200)
def test_hard_rules_of_the_codebook_hold(merge, differences):
    event = merge(*differences)
    kind, country = SUB_EVENT_TYPES[event["sub_event_type"]], COUNTRIES[event["country"]]
    assert (event["event_type"], event["disorder_type"]) == (kind.event_type, kind.disorder_type)
    assert (event["iso"], event["region"], event["gwno"], event["year"]) == (country.iso, country.region, country.gwno, 2017)
    assert event["interaction"] == interaction_from_labels(event["inter1"], event["inter2"])
    assert (event["actor2"] is None) == (event["inter2"] is None)
    assert event["fatalities_low"] <= event["fatalities"]
    assert event["fatalities_high"] is None or event["fatalities"] <= event["fatalities_high"]
    if kind.civilian_targeting == "always":
        assert event["civilian_targeting"] == "Civilians targeted"
    if kind.civilian_targeting == "never":
        assert event["civilian_targeting"] is None
    if "actors_unfit" in (event["needs_review"] or ""):
        return
    if kind.event_type == "Battles":
        assert {event["inter1"], event["inter2"]} <= ARMED_CLASSES
    if kind.event_type == "Violence against civilians":
        assert event["inter1"] in ARMED_CLASSES
        assert event["inter2"] == "Civilians"
    if kind.event_type in {"Protests", "Riots"}:
        assert event["inter1"] == {"Protests": "Protesters", "Riots": "Rioters"}[kind.event_type]


def test_what_a_person_set_stands_above_the_recipe(corpus):
    articles, reports = corpus.tell({"toll": 3}, {"toll": 5})
    people = corpus.People()
    for field, value in {
        "fatalities": 4, "event_date": "2017-10-18", "actor1": "Unidentified Gang (Iraq)", "inter1": "Political militia",
        "location": "Hawija", "latitude": 35.3, "sensitivity": "withhold", "tags": None, "injured": 6,
    }.items():  # fmt: skip
        people.override(reports[1], field, value)
    event = corpus.only_event(corpus.match(articles, reports, people))
    assert tuple(event[name] for name in TOLLS) == (4, 4, 4, "stated")
    assert (event["event_date"], event["year"], event["location"], event["place_id"]) == (
        dt.date(2017, 10, 18),
        2017,
        "Hawija",
        None,
    )
    assert (event["actor1"], event["actor1_id"], event["inter1"]) == ("Unidentified Gang (Iraq)", None, "Political militia")
    assert event["interaction"] == "Political militia-Civilians"
    assert (event["sensitivity"], event["injured"], event["needs_review"]) == ("withhold", 6, None)
    assert event["notes"].startswith("On 18 October 2017, Unidentified Gang (Iraq) attacked Civilians (Iraq) in Hawija")


def test_a_type_that_a_person_set_brings_its_event_type(corpus):
    articles, reports = corpus.tell(ARMY | {"sub_event_type": "Armed clash"})
    people = corpus.People().override(reports[0], "sub_event_type", "Attack").override(reports[0], "actor2", "Civilians (Iraq)")
    people.override(reports[0], "inter2", "Civilians").override(reports[0], "notes", "Our own words.")
    event = corpus.only_event(corpus.match(articles, reports, people))
    assert (event["event_type"], event["civilian_targeting"]) == ("Violence against civilians", "Civilians targeted")
    assert event["notes"] == "Our own words."


def test_a_name_set_by_hand_brings_class_and_key_of_the_report_that_has_it(corpus):
    clash = {"sub_event_type": "Armed clash"}
    articles, reports = corpus.tell(ARMY | clash, {**UNKNOWN, **ARMY, **clash})
    people = corpus.People().override(reports[0], "actor1", UNKNOWN["actor1"])
    event = corpus.only_event(corpus.match(articles, reports, people))
    assert (event["actor1"], event["actor1_id"], event["inter1"]) == (UNKNOWN["actor1"], None, "Political militia")


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Civilians (Iraq)", "Civilians"),
        ("Police Forces of Iraq (2018-2020)", "State forces"),
        ("Military Forces of Turkey (2016-)", "External/Other forces"),
        ("Another Front", "Rebel group"),
    ],
)
def test_a_name_that_no_report_has_brings_the_class_of_its_form(name, label, corpus):
    report = {"actor2": "IS: Islamic State (Iraq)", "actor2_id": "islamic-state-iraq", "inter2": "Rebel group"}
    articles, reports = corpus.tell(report | {"sub_event_type": "Air/drone strike"})
    event = corpus.only_event(corpus.match(articles, reports, corpus.People().override(reports[0], "actor2", name)))
    assert (event["actor2"], event["actor2_id"], event["inter2"]) == (name, None, label)


def test_of_two_values_set_the_later_holds_and_is_looked_at(corpus):
    articles, reports = corpus.tell({}, {})
    people = corpus.People().override(reports[0], "fatalities", 2).override(reports[1], "fatalities", 6)
    event = corpus.only_event(corpus.match(articles, reports, people))
    assert (event["fatalities"], event["needs_review"]) == (6, "override_conflict")
    agreed = corpus.People().override(reports[0], "fatalities", 2).override(reports[1], "fatalities", 2)
    assert corpus.only_event(corpus.match(articles, reports, agreed))["needs_review"] is None


def test_another_country_empties_the_units_of_the_old_one(corpus):
    articles, reports = corpus.tell({})
    event = corpus.only_event(corpus.match(articles, reports, corpus.People().override(reports[0], "country", "Syria")))
    assert (event["country"], event["iso"], event["admin1"], event["admin2"]) == ("Syria", 760, None, None)
