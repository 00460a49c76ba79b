"""Who acts: names, order and classes by type of event, and what is put in where the text names nobody."""

from __future__ import annotations

import datetime as dt
from itertools import product
from typing import Any

import pytest

from schemas.taxonomy import ACTOR_CLASSES, SUB_EVENT_TYPES

from .conftest import Locate, evidence, report

ISF = "Military Forces of Iraq (2014-2018)"
IS = "IS: Islamic State (Iraq)"
GUNMEN = "Unidentified Armed Group (Iraq)"
POLICE = "Police Forces of Iraq (2014-2018)"
PEOPLE = "Civilians (Iraq)"
ARMED = {ACTOR_CLASSES[number].label for number in (1, 2, 3, 4, 8)}


@pytest.mark.parametrize(
    ("kind", "first", "second", "expected"),
    [
        ("Armed clash", "Iraqi forces", "IS militants", (IS, ISF)),
        ("Armed clash", "IS", "Peshmerga", (IS, f"{ISF} Peshmerga")),
        ("Armed clash", "IS", None, (IS, GUNMEN)),
        ("Armed clash", None, None, (GUNMEN, GUNMEN)),
        ("Armed clash", "villagers", "IS", (IS, GUNMEN)),
        ("Government regains territory", None, "IS", (IS, ISF)),
        ("Attack", "IS", "villagers", (IS, PEOPLE)),
        ("Attack", "IS", None, (IS, PEOPLE)),
        ("Attack", None, "villagers", (GUNMEN, PEOPLE)),
        ("Attack", "villagers", "gunmen", (GUNMEN, PEOPLE)),
        ("Attack", "villagers", None, (GUNMEN, PEOPLE)),
        ("Attack", "protesters", None, (GUNMEN, PEOPLE)),
        ("Attack", "IS", "John Smith", (IS, PEOPLE)),
        ("Peaceful protest", "students", None, ("Protesters (Iraq)", None)),
        ("Peaceful protest", None, None, ("Protesters (Iraq)", None)),
        ("Peaceful protest", "protesters", "police", ("Protesters (Iraq)", None)),
        ("Protest with intervention", "police", "protesters", ("Protesters (Iraq)", POLICE)),
        ("Protest with intervention", "police", None, ("Protesters (Iraq)", POLICE)),
        ("Violent demonstration", "demonstrators", "police", ("Rioters (Iraq)", POLICE)),
        ("Mob violence", "a mob", "a man", ("Rioters (Iraq)", PEOPLE)),
        ("Remote explosive/landmine/IED", None, "soldiers", (GUNMEN, ISF)),
        ("Remote explosive/landmine/IED", "villagers", None, (GUNMEN, PEOPLE)),
        ("Remote explosive/landmine/IED", None, None, (GUNMEN, None)),
        ("Air/drone strike", "Turkish warplanes", "PKK", ("Military Forces of Turkey (2016-)", "PKK: Kurdistan Workers Party")),
        ("Arrests", "police", "journalists", (POLICE, PEOPLE)),
        ("Arrests", None, None, (POLICE, PEOPLE)),
        ("Looting/property destruction", "farmers", None, (GUNMEN, PEOPLE)),
        ("Agreement", "Iraqi government", "Iraqi army", ("Government of Iraq (2014-2018)", ISF)),
        ("Agreement", "Iraqi army", "Iraqi government", ("Government of Iraq (2014-2018)", ISF)),
        ("Non-violent transfer of territory", "Iraqi army", "IS", (ISF, IS)),
        ("Non-violent transfer of territory", None, "Iraqi army", (GUNMEN, ISF)),
        ("Disrupted weapons use", None, None, (ISF, GUNMEN)),
        ("Non-violent transfer of territory", "IS", None, (IS, ISF)),
        ("Non-state actor overtakes territory", "IS", None, (IS, ISF)),
        ("Protest with intervention", "students", None, ("Protesters (Iraq)", POLICE)),
        ("Mob violence", "a mob", None, ("Rioters (Iraq)", PEOPLE)),
        ("Looting/property destruction", "IS", None, (IS, PEOPLE)),
        ("Agreement", "Iraqi government", None, ("Government of Iraq (2014-2018)", GUNMEN)),
        ("Agreement", None, "IS", ("Government of Iraq (2014-2018)", IS)),
        ("Headquarters or base established", "Iraqi army", "villagers", (ISF, None)),
        ("Change to group/activity", "Peshmerga", None, (f"{ISF} Peshmerga", None)),
        ("Other", None, None, (PEOPLE, None)),
        ("Other", None, "mass grave", (GUNMEN, PEOPLE)),
        ("Other", "soldiers", None, (f"Mutiny of {ISF}", "Government of Iraq (2014-2018)")),
        # Men of whom nothing else is said are those who did it, whomever they met.
        ("Attack", "two men", "villagers", (GUNMEN, PEOPLE)),
        ("Remote explosive/landmine/IED", "two men", "soldiers", (GUNMEN, ISF)),
        ("Armed clash", "two men", "soldiers", (ISF, GUNMEN)),
        # Security forces are the army where they fight, the police where they meet a crowd.
        ("Armed clash", "security forces", "IS", (IS, ISF)),
        ("Excessive force against protesters", "security forces", "protesters", ("Protesters (Iraq)", POLICE)),
        ("Violent demonstration", "demonstrators", "soldiers", ("Rioters (Iraq)", ISF)),
        # Governments fight through their armies, and only states have aircraft.
        ("Shelling/artillery/missile attack", "the government", "villagers", (ISF, PEOPLE)),
        ("Remote explosive/landmine/IED", None, "government", (GUNMEN, PEOPLE)),
        ("Air/drone strike", None, "villagers", ("Unidentified Military Forces", PEOPLE)),
        ("Armed clash", "gunmen", None, (ISF, GUNMEN)),
        ("Agreement", "government", "IS", ("Government of Iraq (2014-2018)", IS)),
    ],
)
def test_sides_by_type(locate: Locate, kind: str, first: str | None, second: str | None, expected: tuple[str | None, ...]) -> None:
    row = locate(report(sub_event_type=kind, actor1_mention=first, actor2_mention=second, location_mention="Daquq")).row
    assert (row["actor1"], row["actor2"]) == expected


FIRST = (None, "soldiers", "IS", "villagers", "protesters", "a mob", "Smith")
SECOND = (None, "police", "IS", "students", "demonstrators", "a mob", "Smith")


@pytest.mark.parametrize("kind", list(SUB_EVENT_TYPES))
def test_whatever_the_rules_read_the_hard_rules_hold(locate: Locate, kind: str) -> None:
    event_type, targeting = SUB_EVENT_TYPES[kind].event_type, SUB_EVENT_TYPES[kind].civilian_targeting
    pairs = enumerate(product(FIRST, SECOND))
    reports = [report(number, sub_event_type=kind, actor1_mention=one, actor2_mention=two) for number, (one, two) in pairs]
    for row in locate(*reports).reports:
        one, two = row["inter1"], row["inter2"]
        assert (row["actor2"] is None) == (two is None)
        assert (row["actor1"] is None) == (one is None) == (row["interaction"] is None)
        assert (row["event_type"], row["disorder_type"]) == (event_type, SUB_EVENT_TYPES[kind].disorder_type)
        if event_type in ("Battles", "Violence against civilians", "Explosions/Remote violence"):
            assert one in ARMED
        if event_type == "Battles":
            assert two in ARMED
        if event_type == "Violence against civilians":
            assert two == "Civilians"
        if event_type in ("Protests", "Riots"):
            assert one == {"Protests": "Protesters", "Riots": "Rioters"}[event_type]
        assert one != "Civilians" or event_type == "Strategic developments"
        expected = targeting == "always" or (targeting == "if_targeted" and two == "Civilians")
        assert (row["civilian_targeting"] == "Civilians targeted") is expected


@pytest.mark.parametrize(
    ("initiator", "first", "second", "expected"),
    [
        ("actor1", "Iraqi forces", "IS", (ISF, IS, "actor1")),
        ("actor2", "Iraqi forces", "IS", (IS, ISF, "actor1")),
        ("unknown", "Iraqi forces", "IS", (IS, ISF, "unknown")),
        ("actor1", "IS", "Iraqi forces", (IS, ISF, "actor1")),
    ],
)
def test_who_began_a_battle_stays_who_began(
    locate: Locate, initiator: str, first: str, second: str, expected: tuple[str, str, str]
) -> None:
    row = locate(report(sub_event_type="Armed clash", actor1_mention=first, actor2_mention=second, initiator=initiator)).row
    assert (row["actor1"], row["actor2"], row["initiator"]) == expected


def test_actors_are_named_by_the_regime_of_the_day(locate: Locate) -> None:
    days = (dt.date(2014, 9, 7), dt.date(2014, 9, 8), dt.date(2018, 10, 25))
    rows = locate(*(report(number, event_date=day, actor1_mention="soldiers") for number, day in enumerate(days))).reports
    regimes = ("2006-2014", "2014-2018", "2018-2020")
    assert [row["actor1"] for row in rows] == [f"Military Forces of Iraq ({years})" for years in regimes]


def test_foreign_soldiers_are_external_forces_and_victims_keep_their_nation(locate: Locate) -> None:
    row = locate(report(actor1_mention="Turkish soldiers", actor2_mention="two Syrian farmers")).row
    assert (row["inter1"], row["actor2"], row["assoc_actor_2"]) == ("External/Other forces", "Civilians (Syria)", "Farmers (Syria)")
    assert row["interaction"] == "External/Other forces-Civilians"


def test_without_a_country_people_are_of_all_the_world(locate: Locate) -> None:
    row = locate(report(country=None, actor1_mention="gunmen")).row
    assert (row["actor1"], row["actor2"]) == ("Unidentified Armed Group (International)", "Civilians (International)")


def test_victims_tell_the_target_where_no_actor_does(locate: Locate) -> None:
    row = locate(report(actor1_mention="IS"), supported=(evidence("victims", "three journalists"),)).row
    assert (row["actor2"], row["assoc_actor_2"]) == (PEOPLE, "Journalists (Iraq)")
    row = locate(report(sub_event_type="Suicide bomb", actor1_mention="IS"), supported=(evidence("victims", "pilgrims"),)).row
    assert (row["actor2"], row["civilian_targeting"]) == (PEOPLE, "Civilians targeted")


def test_fighters_as_victims_of_an_attack_stand_beside_the_civilians(locate: Locate) -> None:
    found = locate(report(actor1_mention="IS", actor2_mention="policemen"))
    assert (found.row["actor2"], found.row["assoc_actor_2"]) == (PEOPLE, POLICE)
    assert "armed_target" in found.codes


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({"actor1_mention": "IS", "actor2_mention": "villagers"}, set()),
        ({"actor2_mention": "villagers"}, {"actor_assumed"}),
        ({"actor1_mention": "the Zintan Martyrs Brigade"}, {"unregistered_actor"}),
        ({"actor1_mention": "FARC"}, {"actor_outside_validity"}),
        ({"actor1_mention": "soldiers", "event_date": dt.date(1950, 1, 1)}, {"regime_unknown"}),
    ],
)
def test_what_is_uncertain_is_listed(locate: Locate, values: dict[str, Any], codes: set[str]) -> None:
    assert locate(report(location_mention="Daquq", **values)).codes == codes


def human(**values: Any) -> dict[str, Any]:
    return report(coder_kind="human", coder_id="amber", status="accepted", location_mention="Daquq", **values)


def test_what_a_person_named_stays_named(locate: Locate) -> None:
    found = locate(
        human(
            actor1_mention="The Seven",
            actor2_mention="Civilians (Iraq)",
            assoc_actor_2_mention="Women (Iraq); Kakai; Farmers (Iraq)",
        )
    )
    assert (found.row["actor1"], found.row["actor1_id"], found.row["inter1"]) == ("The Seven", None, "Political militia")
    assert found.row["assoc_actor_2"] == "Farmers (Iraq); Kakai Ethnic Group (Iraq); Women (Iraq)"
    assert found.codes == {"unregistered_actor"}


def test_a_person_may_give_full_names(locate: Locate) -> None:
    row = locate(human(actor1_mention="Military Forces of Turkey (2016-)", actor2_mention="Civilians (Iraq)")).row
    assert (row["actor1"], row["inter1"]) == ("Military Forces of Turkey (2016-)", "External/Other forces")


def test_a_person_s_report_is_completed_but_not_rewritten(locate: Locate) -> None:
    row = locate(human(actor1_mention="Civilians (Iraq)", actor2_mention="IS")).row
    assert (row["actor1"], row["actor2"]) == (PEOPLE, IS)
    assert locate(human(actor1_mention="IS")).row["actor2"] == PEOPLE
    assert locate(human(sub_event_type="Peaceful protest")).row["actor1"] == "Protesters (Iraq)"
    swapped = locate(human(sub_event_type="Armed clash", actor1_mention="Iraqi army", actor2_mention="IS", initiator="actor2")).row
    assert (swapped["actor1"], swapped["initiator"]) == (IS, "actor1")
