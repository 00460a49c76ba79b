"""What turns a word for violence down, and what does not."""

import pytest


@pytest.mark.parametrize(
    ("text", "gate"),
    [
        ("The rebels plan to attack Mosul.", "planned"),
        ("An attack on Mosul will take place.", "planned"),
        ("They urged the army to bomb Mosul.", "planned"),
        ("Two men went out to kidnap the mayor of Mosul.", "infinitive"),
        ("The group threatened to bomb offices in Mosul.", "threatened"),
        ("He warned of attacks in Mosul.", "threatened"),
        ("If rebels attacked Mosul, people would flee.", "hypothetical"),
        ("The rebels could attack Mosul.", "hypothetical"),
        ("The army denied that it attacked Mosul.", "denied"),
        ("No camp was attacked in Mosul.", "negated"),
        ("He condemned the killings of farmers.", "condemned"),
        ("Crowds marked the anniversary of the revolt with protests.", "anniversary"),
        ("He was sentenced for attacks on farmers.", "verdict"),
        ("Farmers were killed last year.", "undated_past"),
        ("The army did not attack Mosul.", "negated"),
        ("Reports of killings in Mosul have risen.", "trend"),
        ("A series of attacks hit the mood in Mosul.", "trend"),
        ("Six people were killed in a car crash in Mosul.", "accident"),
        ("He died of a heart attack during an attack in Mosul.", "metaphor"),
        ("Since 3 October the rebels attacked Mosul.", "since"),
        ("The rebels attacked Mosul on 28 November 2017.", "future"),
    ],
)
def test_gates(code, text, gate):
    coding = code(text)
    assert coding.reports == []
    assert gate in {row["gate"] for row in coding.rejected}


@pytest.mark.parametrize(
    "text",
    [
        "He condemned the killing of a farmer in Mosul.",
        "Crowds marked the anniversary of the attack in Mosul.",
        "He was sentenced for the bombing in Mosul.",
        "Three people were killed in Mosul last year.",
        "The road was closed. It rained. Shops were open. A farmer had been killed in Mosul.",
    ],
)
def test_a_fact_without_a_day_is_recalled_and_dates_nothing(code, text):
    reports = code(text).reports
    assert [(each["is_background"], each["event_date"], each["location_mention"]) for each in reports] == [(True, None, "Mosul")]
    assert "no_date" in reports[0]["needs_review"]


@pytest.mark.parametrize(
    "text",
    [
        "He condemned killings of farmers and those who order them.",
        "More than 400 people have been killed in Mosul this year.",
        "He condemned plans to attack the mayor of Mosul.",
        "Farmers had been killed there in the past three years.",
    ],
)
def test_kinds_of_acts_and_totals_are_not_recalled(code, text):
    assert code(text).reports == []


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen tried to kill the mayor of Mosul on Monday.",
        "The police said that rebels had attacked Mosul on Monday.",
        "Clashes led to the arrest of two rebels in Mosul on Monday.",
        "No group has claimed responsibility. Rebels attacked Mosul on Monday.",
        "The army denied losses, but rebels attacked Mosul on Monday.",
    ],
)
def test_not_turned_down(code, text):
    assert [row["event_date"].isoformat() for row in code(text).reports] == ["2017-10-16"]


def test_a_match_is_no_battle(code):
    text = (
        "The home side laid siege to the goal and attacked from the first whistle. The striker shot twice, the goalkeeper fought "
        "like a lion, and the coach spoke of a battle. The derby in Mosul on Monday ended in clashes of midfield and defence."
    )
    coding = code(text)
    assert coding.reports == []
    assert {row["gate"] for row in coding.rejected} == {"sport"}


def test_every_rejection_names_words_rule_and_gate(code):
    text = "The rebels plan to attack Mosul."
    (row,) = code(text).rejected
    assert text[row["start"] : row["end"]] == row["value"] == "attack"
    assert (row["rule_id"], row["gate"], row["part"]) == ("attack.base", "planned", "text")
