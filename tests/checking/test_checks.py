"""Every check finds its one deliberately bad row and leaves its one good row alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pytest

from pipeline.checking.registry import CHECKS
from schemas.identity import article_id, provisional_event_id, report_id
from schemas.tables import TABLES

DAY = dt.date(2017, 10, 19)
ARTICLE = article_id("kurdistan-24", external_id="1", url=None, text="")
OTHER_ARTICLE = article_id("rudaw", external_id="2", url=None, text="")
REPORT = report_id(ARTICLE, "rules", 0, 0)
OTHER_REPORT = report_id(OTHER_ARTICLE, "rules", 0, 0)
OTHER_EVENT = provisional_event_id([OTHER_REPORT])

Changes = dict[str, Any]


@dataclass(frozen=True)
class Pair:
    """Values of one row that fails a check, values of one that passes, and what else both need."""

    bad: Changes
    good: Changes
    bad_rest: Changes = field(default_factory=dict)
    good_rest: Changes = field(default_factory=dict)
    period: Changes = field(default_factory=dict)


def kind(sub_event_type: str, **more: Any) -> Changes:
    """A row of one type, with the actors that such a row usually has."""
    event_type, disorder_type, actors = {
        "Armed clash": ("Battles", "Political violence", ("Military Forces of Iraq (2014-)", 1, "Islamic State (Iraq)", 2)),
        "Government regains territory": (
            "Battles",
            "Political violence",
            ("Military Forces of Iraq (2014-)", 1, "Islamic State (Iraq)", 2),
        ),
        "Non-state actor overtakes territory": (
            "Battles",
            "Political violence",
            ("Islamic State (Iraq)", 2, "Military Forces of Iraq (2014-)", 1),
        ),
        "Peaceful protest": ("Protests", "Demonstrations", ("Protesters (Iraq)", 6, None, None)),
        "Protest with intervention": ("Protests", "Demonstrations", ("Protesters (Iraq)", 6, "Police Forces of Iraq (2014-)", 1)),
        "Violent demonstration": ("Riots", "Demonstrations", ("Rioters (Iraq)", 5, None, None)),
        "Mob violence": ("Riots", "Political violence", ("Rioters (Iraq)", 5, None, None)),
        "Air/drone strike": (
            "Explosions/Remote violence",
            "Political violence",
            ("Hezbollah Brigades", 3, "Islamic State (Iraq)", 2),
        ),
        "Suicide bomb": (
            "Explosions/Remote violence",
            "Political violence",
            ("Islamic State (Iraq)", 2, "Military Forces of Iraq (2014-)", 1),
        ),
        "Chemical weapon": (
            "Explosions/Remote violence",
            "Political violence",
            ("Islamic State (Iraq)", 2, "Military Forces of Iraq (2014-)", 1),
        ),
        "Arrests": (
            "Strategic developments",
            "Strategic developments",
            ("Police Forces of Iraq (2014-)", 1, "Civilians (Iraq)", 7),
        ),
        "Agreement": (
            "Strategic developments",
            "Strategic developments",
            ("Military Forces of Iraq (2014-)", 1, "Islamic State (Iraq)", 2),
        ),
        "Change to group/activity": ("Strategic developments", "Strategic developments", ("Islamic State (Iraq)", 2, None, None)),
    }[sub_event_type]
    row = {
        "sub_event_type": sub_event_type,
        "event_type": event_type,
        "disorder_type": disorder_type,
        "civilian_targeting": None,
        "assoc_actor_2": None,
    }
    return row | between(*actors) | more


def between(actor1: str | None, inter1: int, actor2: str | None, inter2: int | None) -> Changes:
    from schemas.taxonomy import ACTOR_CLASSES, interaction_label

    return {
        "actor1": actor1,
        "inter1": ACTOR_CLASSES[inter1].label,
        "actor2": actor2,
        "inter2": ACTOR_CLASSES[inter2].label if inter2 else None,
        "interaction": interaction_label(inter1, inter2),
    }


UNKNOWN = "Unidentified Armed Group (Iraq)"
ARMY = "Military Forces of Iraq (2014-)"
SECOND_REPORT: Changes = {
    "report_id": OTHER_REPORT,
    "article_id": OTHER_ARTICLE,
    "coder_kind": "rules",
    "codebook_version": "1.0",
    "anchor_start": 0,
    "anchor_end": 5,
    "anchor_ordinal": 0,
    "is_background": True,
}


def second_event(**more: Any) -> Changes:
    """The first event once more, under another id."""
    return {"second_event": {"event_id": OTHER_EVENT} | more}


PAIRS: dict[str, Pair] = {
    # kinds of events
    "event_type_not_of_sub_event_type": Pair({"event_type": "Battles"}, {"event_type": "Violence against civilians"}),
    "disorder_type_not_of_sub_event_type": Pair({"disorder_type": "Demonstrations"}, {"disorder_type": "Political violence"}),
    "civilian_targeting_not_of_sub_event_type": Pair({"civilian_targeting": None}, kind("Armed clash")),
    "civilian_targeting_not_of_actors": Pair(
        kind("Suicide bomb", **between(UNKNOWN, 3, "Civilians (Iraq)", 7)),
        kind("Suicide bomb", assoc_actor_2="Civilians (Iraq)", civilian_targeting="Civilians targeted"),
    ),
    "suicide_bomb_without_deaths": Pair(kind("Suicide bomb", fatalities=0), kind("Suicide bomb", fatalities=1)),
    "chemical_weapon": Pair(kind("Chemical weapon"), kind("Suicide bomb")),
    "air_strike_by_militia": Pair(
        kind("Air/drone strike", notes="On 19 October 2017, Hezbollah Brigades carried out an air/drone strike in Daquq."),
        kind("Air/drone strike", notes="On 19 October 2017, Hezbollah Brigades hit a base in Daquq with a drone."),
    ),
    # actors
    "interaction_not_of_classes": Pair({"interaction": "Rebel group only"}, {"interaction": "Rebel group-Civilians"}),
    "actor2_without_class": Pair({"inter2": None}, kind("Change to group/activity")),
    "battle_without_two_actors": Pair(
        kind("Armed clash", **between(ARMY, 1, None, None)), kind("Agreement", **between(ARMY, 1, None, None))
    ),
    "battle_of_unarmed": Pair(kind("Armed clash", **between(ARMY, 1, "Rioters (Iraq)", 5)), kind("Armed clash")),
    "violence_against_civilians_by_unarmed": Pair(
        between("Rioters (Iraq)", 5, "Civilians (Iraq)", 7), between("Coalition Forces", 8, "Civilians (Iraq)", 7)
    ),
    "violence_against_civilians_without_civilians": Pair(between(UNKNOWN, 3, ARMY, 1), between(UNKNOWN, 3, "Civilians (Iraq)", 7)),
    "protest_without_protesters": Pair(
        kind("Peaceful protest", **between("Students (Iraq)", 6, None, None)), kind("Peaceful protest")
    ),
    "riot_without_rioters": Pair(
        kind("Violent demonstration", **between("Protesters (Iraq)", 6, "Rioters (Iraq)", 5)), kind("Violent demonstration")
    ),
    "remote_violence_by_unarmed": Pair(
        kind("Suicide bomb", **between("Rioters (Iraq)", 5, None, None)), kind("Suicide bomb", **between(UNKNOWN, 3, None, None))
    ),
    "civilians_as_actor1": Pair(
        between("Civilians (Iraq)", 7, "Civilians (Iraq)", 7), kind("Agreement", **between("Civilians (Iraq)", 7, None, None))
    ),
    "actor_class_not_of_name": Pair(
        between("Unidentified Armed Group (Iraq)", 2, "Civilians (Iraq)", 7), between(UNKNOWN, 3, "Civilians (Iraq)", 7)
    ),
    "state_force_name_malformed": Pair(
        {"assoc_actor_1": "Farmers (Iraq); Military Forces of Iraq"},
        {"assoc_actor_1": "Mutiny of Military Forces of Iraq (2014-); Police Forces of India (2014-) Assam Rifles"},
    ),
    "actor_years_not_of_event_date": Pair(
        kind("Armed clash", **between("Military Forces of Iraq (2006-2014)", 1, "Islamic State (Iraq)", 2)), kind("Armed clash")
    ),
    "associates_not_sorted": Pair(
        {"assoc_actor_2": "Women (Iraq); Kakai Religious Group (Iraq)"},
        {"assoc_actor_2": "Kakai Religious Group (Iraq); Women (Iraq)"},
    ),
    # interactions
    "regained_without_state": Pair(
        kind("Government regains territory", **between(UNKNOWN, 3, "Islamic State (Iraq)", 2)), kind("Government regains territory")
    ),
    "overtaken_by_state": Pair(
        kind("Non-state actor overtakes territory", **between(ARMY, 1, "Military Forces of Syria (2000-)", 1)),
        kind("Non-state actor overtakes territory"),
    ),
    "protest_met_by_nobody": Pair(
        kind("Protest with intervention", **between("Protesters (Iraq)", 6, None, None)), kind("Protest with intervention")
    ),
    "peaceful_protest_with_force": Pair(
        kind("Peaceful protest", **between("Protesters (Iraq)", 6, "Police Forces of Iraq (2014-)", 1)), kind("Peaceful protest")
    ),
    "violent_demonstration_interaction": Pair(
        kind("Violent demonstration", **between("Protesters (Iraq)", 6, None, None)), kind("Violent demonstration")
    ),
    "mob_violence_interaction": Pair(
        kind("Mob violence", **between("Rioters (Iraq)", 5, "Protesters (Iraq)", 6)),
        kind("Mob violence", **between("Rioters (Iraq)", 5, "Civilians (Iraq)", 7)),
    ),
    "arrests_of_nobody": Pair(kind("Arrests", **between("Police Forces of Iraq (2014-)", 1, None, None)), kind("Arrests")),
    "settlement_with_crowd": Pair(kind("Agreement", **between(ARMY, 1, "Protesters (Iraq)", 6)), kind("Agreement")),
    "own_change_with_opponent": Pair(
        kind("Change to group/activity", **between(ARMY, 1, "Islamic State (Iraq)", 2)),
        kind("Change to group/activity", **between(ARMY, 1, "Coalition Forces", 8)),
    ),
    # dates
    "year_not_of_event_date": Pair({"year": 2018}, {"year": 2017}),
    "event_date_end_before_event_date": Pair({"event_date_end": dt.date(2017, 10, 18)}, {"event_date_end": DAY}),
    "event_date_after_publication": Pair({"event_date": dt.date(2017, 10, 21)}, {"event_date": dt.date(2017, 10, 20)}),
    "exact_day_without_evidence": Pair(
        {"time_precision": 1}, {"time_precision": 2}, bad_rest={"evidence": []}, good_rest={"evidence": []}
    ),
    "outside_period": Pair(
        {"event_date": dt.date(2016, 12, 31)},
        {"event_date": dt.date(2017, 12, 31)},
        period={"period_start": dt.date(2017, 1, 1), "period_end": dt.date(2017, 12, 31)},
    ),
    # places
    "iso_not_of_country": Pair({"iso": 364}, {"iso": 368}),
    "region_not_of_country": Pair({"region": "Europe"}, {"region": "Middle East"}),
    "gwno_not_of_country": Pair({"gwno": None}, {"gwno": 645}),
    "coordinates_too_fine": Pair({"latitude": 35.13712}, {"latitude": 35.1371}),
    "country_as_location": Pair({"location": "Iraq", "geo_precision": 3}, {"location": "Daquq", "geo_precision": 3}),
    "coordinates_outside_country": Pair({"latitude": 44.448, "longitude": 35.137}, {"latitude": 35.137, "longitude": 44.448}),
    "exact_place_for_area": Pair({"place_id": "diyala", "geo_precision": 1}, {"place_id": "diyala", "geo_precision": 3}),
    "outside_countries": Pair({"country": "Syria"}, {"country": "Iraq"}, period={"countries": frozenset({"Iraq", "Iran"})}),
    # deaths
    "fatalities_outside_bounds": Pair({"fatalities": 3, "fatalities_low": 4}, {"fatalities": 3, "fatalities_high": None}),
    "deaths_without_basis": Pair({"fatalities_basis": "none_mentioned"}, {"fatalities_basis": "none_mentioned", "fatalities": 0}),
    "deaths_of_part_above_total": Pair({"deaths_civilians": 4}, {"deaths_civilians": 3}),
    "very_many_deaths": Pair({"fatalities": 301}, {"fatalities": 300}),
    "more_sources_than_reports": Pair({"n_sources": 2, "n_reports": 1}, {"n_sources": 2, "n_reports": 2}),
    # texts
    "text_not_trimmed": Pair({"location": "Daquq "}, {"location": "Daquq"}),
    "separator_malformed": Pair({"assoc_actor_2": "Men (Iraq); ; Women (Iraq)"}, {"assoc_actor_2": "Men (Iraq); Women (Iraq)"}),
    "crowd_size_elsewhere": Pair({"tags": "crowd size=hundreds"}, kind("Peaceful protest", tags="crowd size=hundreds")),
    "crowd_size_missing": Pair(kind("Peaceful protest"), kind("Peaceful protest", tags="crowd size=no report")),
    "source_scale_unknown": Pair({"source_scale": "Local"}, {"source_scale": "Local partner-National"}),
    "notes_date_not_event_date": Pair(
        {"notes": "On 18 October 2017, a group attacked. It had attacked on 19 October 2017."},
        {"notes": "Arrests: On 19 October 2017, a group attacked. It had attacked on 18 October 2017."},
    ),
    "notes_precision_not_of_row": Pair(
        {"time_precision": 2, "notes": "On 19 October 2017, a group attacked."},
        {"time_precision": 2, "notes": "Around 19 October 2017, a group attacked."},
    ),
    "notes_deaths_not_fatalities": Pair(
        {"fatalities": 0, "notes": "On 19 October 2017, a group attacked. Three people were killed."},
        {"fatalities": 0, "notes": "On 19 October 2017, 5 groups attacked. No deaths were reported."},
    ),
    # links
    "event_without_report": Pair({}, {}, bad_rest={"reports": []}),
    "link_without_event": Pair({}, {}, bad_rest={"merged_events": []}),
    "link_without_report": Pair({"report_id": OTHER_REPORT}, {"report_id": REPORT}),
    "link_to_inactive_report": Pair(
        {}, {}, bad_rest={"reports": {"status": "superseded"}}, good_rest={"reports": {"status": "accepted"}}
    ),
    "link_article_not_of_report": Pair({"source_id": "rudaw"}, {"source_id": "kurdistan-24"}),
    "report_without_article": Pair({"article_id": OTHER_ARTICLE}, {"article_id": ARTICLE}),
    "anchor_empty": Pair({"anchor_start": 7, "anchor_end": 7}, {"anchor_start": 7, "anchor_end": 8}),
    "evidence_without_report": Pair({"report_id": OTHER_REPORT}, {"report_id": REPORT}),
    "evidence_empty": Pair({"start": 7, "end": 7}, {"start": 7, "end": 8}),
    "evidence_of_unknown_field": Pair({"field": "deaths"}, {"field": "actor1_mention"}),
    "n_reports_not_of_links": Pair({"n_reports": 2}, {"n_reports": 1}),
    "retrospective_not_of_reports": Pair({"is_retrospective": True}, {"is_retrospective": False}),
    "duplicate_event": Pair({"admin1": None}, {}, bad_rest=second_event(admin1=None), good_rest=second_event(location="Kirkuk")),
    "unit_id_not_of_event": Pair(
        {"location": "Kirkuk"}, between("Civilians (Iraq)", 7, "Islamic State (Iraq)", 2) | {"admin1": "Diyala", "fatalities": 0}
    ),
}

EXAMINED = [(code, table) for code, each in CHECKS.items() for table in each.tables]


def test_every_check_has_a_row_that_fails_and_one_that_passes() -> None:
    assert set(PAIRS) == set(CHECKS)


def found(gather: Any, sound: Any, code: str, table: str, row: Changes, rest: Changes, period: Changes) -> list[str]:
    """Keys of the rows in which one check finds something, when one row of one table has some values."""
    written = {"events": "merged_events"}.get(table, table)
    own = {name: value for name, value in row.items() if name in TABLES[written].column_names}
    listed = {name: change for name, change in rest.items() if name != "second_event"}
    if written not in listed:
        rows = [sound[written][0] | own, *sound[written][1:]]
        if "second_event" in rest:
            rows.append(sound[written][0] | rest["second_event"])
        listed[written] = rows
    problems = CHECKS[code].problems(table, gather(listed, **period))
    told = set(zip(problems["rule"], problems["table"], problems["severity"], strict=True))
    assert told <= {(code, table, CHECKS[code].severity)}
    assert not problems["message"].str.contains(r"[{}]|<NA>|nan", regex=True).any(), problems["message"].tolist()
    return problems["key"].tolist()


@pytest.mark.parametrize(("code", "table"), EXAMINED, ids=[f"{code}-{table}" for code, table in EXAMINED])
def test_check_finds_the_bad_row_and_passes_the_good_one(gather: Any, sound: Any, code: str, table: str) -> None:
    pair = PAIRS[code]
    assert found(gather, sound, code, table, pair.bad, pair.bad_rest, pair.period)
    assert found(gather, sound, code, table, pair.good, pair.good_rest, pair.period) == []


@pytest.mark.parametrize(("code", "table"), EXAMINED, ids=[f"{code}-{table}" for code, table in EXAMINED])
def test_check_finds_nothing_in_a_sound_dataset_nor_in_an_empty_one(gather: Any, code: str, table: str) -> None:
    empty: dict[str, Any] = {name: [] for name in ("articles", "reports", "evidence", "event_reports", "merged_events")}
    assert CHECKS[code].problems(table, gather({})).empty
    assert CHECKS[code].problems(table, gather(empty)).empty


@pytest.mark.parametrize("code", sorted(CHECKS))
def test_check_says_what_it_is(code: str) -> None:
    check = CHECKS[code]
    assert check.rule.endswith(".") and check.rule[0].isalnum()
    assert check.message.endswith(".") and ":" in check.message, "a message says what was found and, after a colon, what to do"
    assert check.tables and len(set(check.tables)) == len(check.tables)


NULLABLE_REPORT_COLUMNS = [name for name in TABLES["reports"].column_names if name not in TABLES["reports"].required]


@pytest.mark.parametrize("name", NULLABLE_REPORT_COLUMNS)
def test_reports_may_lack_what_the_words_do_not_tell(gather: Any, name: str) -> None:
    """A null in a report is what is not known, never by itself a hard failure, unless another value demands it."""
    demanded = {
        "civilian_targeting": "civilian_targeting_not_of_sub_event_type",
        "gwno": "gwno_not_of_country",
        "inter2": "interaction_not_of_classes",
    }
    tables = gather({"reports": {name: None}})
    hard = {
        code
        for code, check in CHECKS.items()
        if check.severity == "hard" and "reports" in check.tables and not check.problems("reports", tables).empty
    }
    assert hard == ({demanded[name]} if name in demanded else set())
