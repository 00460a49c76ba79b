"""The stage as a whole: evidence, order, and that nothing but the content of its inputs counts."""

from __future__ import annotations

import datetime as dt

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.arrow import arrow_schema, to_arrow
from schemas.tables import TABLES

from .conftest import Locate, evidence, report


def test_evidence_moves_with_its_actor_and_takes_the_name_it_became(locate: Locate) -> None:
    found = locate(
        report(sub_event_type="Armed clash", actor1_mention="Iraqi forces", actor2_mention="IS", location_mention="al-Hawijah"),
        supported=(
            evidence("actor1", "Iraqi forces"),
            evidence("actor2_mention", "IS"),
            evidence("location", "al-Hawijah"),
            evidence("sub_event_type", "Armed clash"),
            evidence("sub_event_type", "Armed clash", ordinal=1),
        ),
    )
    values = {(row["field"], row["ordinal"]): (row["value"], row["rule_id"]) for row in found.evidence}
    assert values == {
        ("actor1", 0): ("IS: Islamic State (Iraq)", "role.actor2_mention"),
        ("actor2", 0): ("Military Forces of Iraq (2014-2018)", "role.actor1"),
        ("location", 0): ("Hawija", "role.location"),
        ("sub_event_type", 0): ("Armed clash", "role.sub_event_type"),
        ("sub_event_type", 1): ("Armed clash", "role.sub_event_type"),
    }


def test_words_for_an_actor_who_was_not_taken_keep_their_own_value(locate: Locate) -> None:
    found = locate(
        report(sub_event_type="Attack", actor1_mention="protesters", actor2_mention="villagers"),
        supported=(evidence("actor1", "protesters"), evidence("actor2", "villagers")),
    )
    assert [(row["field"], row["value"]) for row in found.evidence] == [("actor1", "protesters"), ("actor2", "Civilians (Iraq)")]


def test_evidence_that_meets_in_one_field_is_numbered_on(locate: Locate) -> None:
    found = locate(
        report(sub_event_type="Protest with intervention", actor1_mention="police", actor2_mention="police"),
        supported=(evidence("actor1", "police"), evidence("actor2", "police")),
    )
    keys = [(row["field"], row["ordinal"]) for row in found.evidence]
    assert len(set(keys)) == 2


def test_the_two_articles_the_project_started_from(locate: Locate) -> None:
    attack = report(
        1,
        event_date=dt.date(2017, 10, 18),
        sub_event_type="Attack",
        actor1_mention="suspected Islamic State (IS) militants",
        actor2_mention="Kakai-Kurdish villages",
        location_mention="Daquq",
        location_relation="near",
    )
    takeover = report(
        2,
        sub_event_type="Government regains territory",
        actor1_mention="Iraqi forces",
        actor2_mention="Peshmerga",
        location_mention="Kirkuk",
        assoc_actor_1_mention="Hashd al-Shaabi",
        initiator="actor1",
        is_background=True,
    )
    first, second = locate(attack, takeover).reports
    assert (first["actor1"], first["actor2"], first["assoc_actor_2"]) == (
        "IS: Islamic State (Iraq)",
        "Civilians (Iraq)",
        "Kakai Ethnic Group (Iraq)",
    )
    assert (first["location"], first["geo_precision"], first["civilian_targeting"]) == ("Daquq", 2, "Civilians targeted")
    assert (second["actor1"], second["actor2"]) == (
        "Military Forces of Iraq (2014-2018)",
        "Military Forces of Iraq (2014-2018) Peshmerga",
    )
    assert second["assoc_actor_1"] == "Military Forces of Iraq (2014-2018) Popular Mobilization Forces"
    assert second["interaction"] == "State forces-State forces"
    assert (second["location"], second["geo_precision"]) == ("Kirkuk", 1)


def test_a_regional_outlet_hints_at_its_country_only_if_the_article_says_nothing(locate: Locate) -> None:
    silent = report(location_mention="La Libertad", country=None)
    assert "doubtful_place" in locate(silent, countries=(), source_id="no-such-outlet").codes


MENTIONS = st.sampled_from([None, "IS", "soldiers", "villagers", "protesters", "gunmen", "John Smith"])
PLACES = st.sampled_from([None, "Daquq", "La Libertad", "Iraq", "Kirkuk province", "Zanqar"])
KINDS = st.sampled_from(["Armed clash", "Attack", "Mob violence", "Grenade", "Arrests", "Peaceful protest"])


@settings(max_examples=40)
@given(st.lists(st.tuples(KINDS, MENTIONS, MENTIONS, PLACES), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_row_order_does_not_matter_and_the_frames_are_as_described(locate: Locate, drawn: list[tuple[str, ...]], shuffler) -> None:
    reports = [
        report(number, sub_event_type=kind, actor1_mention=first, actor2_mention=second, location_mention=place)
        for number, (kind, first, second, place) in enumerate(drawn)
    ]
    supported = [evidence("actor1", "x", number) for number in range(len(drawn))]
    one = locate(*reports, supported=tuple(supported)).frames
    shuffler.shuffle(reports)
    shuffler.shuffle(supported)
    other = locate(*reports, supported=tuple(supported)).frames
    for table, frame in one.items():
        pd.testing.assert_frame_equal(frame, other[table])
        to_arrow(frame, arrow_schema(table))
        assert list(frame.columns) == TABLES[table].column_names
        keys = frame[list(TABLES[table].key)]
        assert not keys.duplicated().any()
        assert keys.equals(keys.sort_values(list(keys.columns), ignore_index=True))


def test_nothing_gives_nothing(locate: Locate) -> None:
    found = locate()
    assert (found.reports, found.evidence) == ([], [])
